"""A corpus: the documents of a folder, the names of their outputs, and the term bases beside them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from itertools import count
from pathlib import Path

from wivtext.errors import SettingsError
from wivtext.memory import NAME as MEMORY
from wivtext.namebook import FILLED
from wivtext.reading.readers import READERS

# No system minds anything else in a name; bytes that are no text come as surrogates.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff/\\:*?"<>|]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|", re.IGNORECASE)
_LONGEST = 180  # bytes: file systems allow 255, and something is added at times
# What the outputs folder holds beside the documents' folders.
RESERVED = {"index.html", "manifest.json", "statements.csv", "speakers.csv", "findings.csv", "names.tsv"}
RESERVED |= {"across.html", "across.json", "across.en.md", "across.zh.md"}
# What a corpus has beside its documents, and how many other things are named.
BESIDE = {"terms/", MEMORY, "SOURCES.tsv"}
_LISTED = 5


def documents_of(corpus: Path) -> list[Path]:
    """The documents of the folder, sorted by name; hidden files, folders and other kinds are passed over.

    Links to nothing and pipes are among them: the build says that they can't be read.

    Raises `SettingsError` where there is no such folder.
    """
    if not corpus.is_dir():
        raise SettingsError(f"{corpus}: no such folder; make it and put documents in, or name another with --corpus")
    return sorted(path for path in corpus.iterdir() if _is_document(path))


def passed_over(corpus: Path) -> str:
    """What lies in the folder and is no document, in one line; "" where there is nothing but what belongs there."""
    found = [path.name + "/" * path.is_dir() for path in corpus.iterdir() if not _is_document(path)]
    strange = sorted(name for name in found if name not in BESIDE and not name.startswith((".", "~$")))
    if not strange:
        return ""
    listed = ", ".join(strange[:_LISTED]) + f" and {len(strange) - _LISTED} more" * (len(strange) > _LISTED)
    return f"{corpus}: passed over {listed}; documents lie in the folder itself and end in {', '.join(sorted(READERS))}"


def folder_names(documents: list[Path]) -> dict[str, Path]:
    """A folder name for each document: its stem, with the extension where the stem alone would not do.

    >>> folder_names([Path("a.md"), Path("b.md"), Path("b.txt")])
    {'a': PosixPath('a.md'), 'b-md': PosixPath('b.md'), 'b-txt': PosixPath('b.txt')}
    """
    stems = Counter(_folded(safe_name(path.stem)) for path in documents)
    doubled = {stem for stem, number in stems.items() if number > 1} | RESERVED
    names: dict[str, Path] = {}
    taken: set[str] = set()
    for path in documents:
        name = safe_name(path.stem)
        if _folded(name) in doubled:
            name = f"{name}-{path.suffix[1:].lower()}"
        # Files of several folders, or a-md.md beside a.md and a.txt.
        name = _numbered(name, taken)
        names[name] = path
        taken.add(_folded(name))
    return names


def safe_name(stem: str) -> str:
    """A folder's name on any system, for a document of that name: most often the name itself.

    >>> safe_name("大会 2025"), safe_name("CON"), safe_name("a\\nb")
    ('大会 2025', 'CON-a3dbc4', 'a_b-7e18f7')
    """
    plain = _UNSAFE.sub("_", stem).rstrip(". ")
    while len(plain.encode()) > _LONGEST:
        plain = plain[:-1]
    if plain == stem and not _DEVICE.fullmatch(plain):
        return plain
    # What was changed could be another's name: told apart by a digest.
    return f"{plain}-{hashlib.sha256(stem.encode(errors='surrogatepass')).hexdigest()[:6]}"


def _folded(name: str) -> str:
    """On many file systems A and a are one folder, and é in one or in two characters."""
    return unicodedata.normalize("NFC", name).casefold()


def _numbered(name: str, taken: set[str]) -> str:
    """The name, with a number after it where it is taken."""
    if _folded(name) not in taken:
        return name
    numbered = (f"{name}-{number}" for number in count(2))
    return next(one for one in numbered if _folded(one) not in taken)


def term_files_of(corpus: Path) -> tuple[Path, ...]:
    """The analyst's term bases: `terms/*.tsv` of the corpus, by name; the names filled in are none of them."""
    return tuple(sorted(path for path in (corpus / "terms").glob("*.tsv") if path.name != FILLED and path.is_file()))


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in READERS and not path.name.startswith((".", "~$")) and not path.is_dir()
