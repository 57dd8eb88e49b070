"""Corrections from and to the files of other programs: TMX, XLIFF, tables.

`import_file` takes what an analyst or a translator made; `export` writes the memory, `export_document` a document's
translations, changed or not, for a CAT tool or a spreadsheet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from wivtext.building.files import write_atomically
from wivtext.contents import content_of
from wivtext.errors import MemoryFileError, OutputError
from wivtext.memory import Correction, Memory, keep, review, tmx, xliff
from wivtext.memory.cells import table
from wivtext.memory.corrections import short_key
from wivtext.memory.segments import Identity, digest_of, segments
from wivtext.records import Brief, from_dict

READERS: dict[str, Callable[[Path, str], review.Edits]] = {
    ".tmx": lambda path, _: review.Edits(tuple(tmx.read(path))),
    ".tsv": review.read,
    ".csv": review.read,
    ".txt": review.read,
    ".xlf": lambda path, _: review.Edits(tuple(xliff.read(path, review.changed(path)))),
    ".xliff": lambda path, _: review.Edits(tuple(xliff.read(path, review.changed(path)))),
}
WRITTEN = (".tmx", ".tsv", ".xlf", ".xliff")


def read_file(path: Path | str, *, document: str = "", author: str = "") -> review.Edits:
    """The corrections of a TMX, XLIFF or review file. Raises `MemoryFileError`."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise MemoryFileError(f"{path}: unknown kind of file; corrections are read from {', '.join(READERS)}")
    if not path.is_file():
        raise MemoryFileError(f"{path}: no such file; check the path")
    found = reader(path, document or review.document_of(path))
    signed = (replace(one, author=one.author or author) for one in found.corrections)
    return replace(found, corrections=tuple(signed))


def import_file(path: Path | str, memory: Path | str, *, document: str = "", author: str = "") -> review.Edits:
    """Take the corrections of a file into a memory file. Raises `MemoryFileError`, `OutputError`."""
    found = read_file(path, document=document, author=author)
    known = Memory.load(memory)
    keep(memory, (placed for one in found.corrections for placed in known.in_place(one)))
    return found


def export(memory: Memory, path: Path | str) -> int:
    """Write a memory as TMX, XLIFF or TSV, by the file's ending; how many corrections. Raises `OutputError`."""
    made = {
        ".tmx": lambda: tmx.text(memory.corrections),
        ".tsv": lambda: _table(memory.corrections),
        ".xlf": lambda: xliff.text(_unit(number, one) for number, one in enumerate(memory.corrections, 1)),
    }
    write_atomically(Path(path), made[_ending(path)]())
    return len(memory)


def export_document(brief: Brief, path: Path | str) -> int:
    """Write a brief's segments, to be corrected elsewhere and imported again. Raises `OutputError`."""
    made = list(segments(brief))
    name = brief.document.name
    texts = {
        ".tmx": lambda: tmx.text(
            Correction(one.source, one.translation, "zh" if one.identity.target_language == "en" else "en",
                       one.identity.target_language, name)
            for one in made if one.source and one.translation
        ),
        ".tsv": lambda: review.text(brief),
        ".xlf": lambda: xliff.text(
            (xliff.Unit(str(one.identity), one.source, one.translation, one.identity.target_language,
                        review.in_words(one.findings)) for one in made),
            name,
        ),
    }  # fmt: skip
    write_atomically(Path(path), texts[_ending(path)]())
    return len(made)


def brief_of(path: Path) -> Brief:
    """The brief of a `brief.json`, or of the folder that has one. Raises `MemoryFileError`."""
    path = path / "brief.json" if path.is_dir() else path
    try:
        return from_dict(Brief, json.loads(content_of(path)))
    except OSError as error:
        raise MemoryFileError(f"{path}: can't be read ({error.strerror}); name a brief.json of the outputs") from None
    except (ValueError, RecursionError):
        raise MemoryFileError(f"{path}: is no brief; name a brief.json of the outputs") from None


def _ending(path: Path | str) -> str:
    ending = Path(path).suffix.lower()
    if ending not in WRITTEN:
        raise OutputError(f"{path}: unknown kind of file; corrections are written as {', '.join(WRITTEN)}")
    return ".xlf" if ending == ".xliff" else ending


def _table(corrections: Iterable[Correction]) -> str:
    rows = []
    for number, one in enumerate(corrections):
        identity = Identity(f"n{number}", one.target_language, short_key(one.source), digest_of(""))
        rows.append([str(identity), one.source, "", one.target, "", one.note])
    return table(review.COLUMNS, rows)


def _unit(number: int, one: Correction) -> xliff.Unit:
    return xliff.Unit(str(number), one.source, one.target, one.target_language, one.note)
