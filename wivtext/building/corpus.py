"""A corpus: the documents of a folder, the names of their outputs, and the term bases beside them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wivtext.errors import SettingsError
from wivtext.namebook import FILLED
from wivtext.reading.readers import READERS

# What the outputs folder holds beside the documents' folders.
RESERVED = {"index.html", "manifest.json", "statements.csv", "speakers.csv", "findings.csv", "names.tsv"}


def documents_of(corpus: Path) -> list[Path]:
    """The documents of the folder, sorted by name; hidden files and other kinds are passed over.

    Raises `SettingsError` where there is no such folder.
    """
    if not corpus.is_dir():
        raise SettingsError(f"{corpus}: no such folder; make it and put documents in, or name another with --corpus")
    return sorted(path for path in corpus.iterdir() if _is_document(path))


def folder_names(documents: list[Path]) -> dict[str, Path]:
    """A folder name for each document: its stem, with the extension where the stem alone would not do.

    >>> folder_names([Path("a.md"), Path("b.md"), Path("b.txt")])
    {'a': PosixPath('a.md'), 'b-md': PosixPath('b.md'), 'b-txt': PosixPath('b.txt')}
    """
    # Case is folded: on many file systems A and a are one folder.
    stems = Counter(path.stem.casefold() for path in documents)
    taken = {stem for stem, count in stems.items() if count > 1} | RESERVED
    return {
        f"{path.stem}-{path.suffix[1:].lower()}" if path.stem.casefold() in taken else path.stem: path
        for path in documents
    }


def term_files_of(corpus: Path) -> tuple[Path, ...]:
    """The analyst's term bases: `terms/*.tsv` of the corpus, by name; the names filled in are none of them."""
    return tuple(sorted(path for path in (corpus / "terms").glob("*.tsv") if path.name != FILLED))


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in READERS and not path.name.startswith((".", "~$"))
