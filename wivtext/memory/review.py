"""`review.tsv`: a brief's translations for an analyst to correct in a spreadsheet, and what they changed in it.

A correction stands in the column of that name, or in place of the translation; both are found whatever a spreadsheet
did to the file besides.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from wivtext.errors import MemoryFileError
from wivtext.language import detect, other_language
from wivtext.memory.cells import BOM, plain, rows_of, table
from wivtext.memory.corrections import Correction, short_key
from wivtext.memory.segments import Identity, TranslatedSegment, digest_of, segments
from wivtext.records import Brief, Finding

NAME = "review.tsv"
COLUMNS = ("id", "source", "translation", "correction", "findings", "note")
GONE = "gone"  # the id of a row whose sentence is no longer in the document but has a note
_LOST = re.compile(r"\?\?|\ufffd")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Edits:
    """What was changed in a review: corrections, notes by the `short_key` of their source, and what to tell.

    `faults` says what could not be taken in: the file has to be kept then.
    """

    corrections: tuple[Correction, ...] = ()
    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def text(brief: Brief, notes: Mapping[str, tuple[str, str]] | None = None) -> str:
    """The review of a brief as tab-separated values, with the notes made before: `short_key` -> (source, note)."""
    return _text(segments(brief), notes or {})


def with_notes(review: str, notes: Mapping[str, tuple[str, str]]) -> str:
    """A review that was just made, with the notes of the one before it."""
    if not notes:
        return review
    rows = list(csv.DictReader(io.StringIO(review.removeprefix(BOM), newline=""), delimiter="\t"))
    left = dict(notes)
    for row in rows:
        identity = Identity.parse(row["id"])
        if identity and identity.source in notes:
            row["note"] = notes[identity.source][1]
            left.pop(identity.source, None)
    kept = [[plain(row[column]) for column in COLUMNS] for row in rows]
    return table(COLUMNS, [*kept, *([GONE, source, "", "", "", note] for source, note in left.values())])


def read(path: Path, document: str = "", known: Mapping[str, str] | None = None) -> Edits:
    """What an analyst changed in a review; `known` are sources by `short_key`, for cells that were damaged.

    Raises `MemoryFileError` for a file that is no review, or one that was saved without Unicode.
    """
    rows = rows_of(path, COLUMNS)
    identities = [Identity.parse(row["id"]) for row in rows]
    _refuse_lossy(path, rows, identities)
    places = {one.place: row["source"] for one, row in zip(identities, rows, strict=True) if one}
    date = changed(path)
    corrections: list[Correction] = []
    faults: list[str] = []
    notes: dict[str, tuple[str, str]] = {}
    for number, (row, identity) in enumerate(zip(rows, identities, strict=True), 2):
        source = _source(row, identity, known or {})
        if row["note"] and source:
            notes[identity.source if identity else short_key(source)] = (source, row["note"])
        target = _target(row, identity)
        if target and not source:
            faults.append(f"row {number}: no source for “{target[:40]}”")
        elif target:
            context = places.get(identity.before or "", "") if identity else ""
            language = identity.target_language if identity else other_language(detect(source))
            corrections.append(
                Correction(
                    source, target, other_language(language), language, document, context, date=date, note=row["note"]
                )
            )
        elif identity and not row["translation"] and digest_of("") != identity.translation:
            faults.append(f"row {number}: an emptied translation is no correction")
    return Edits(tuple(corrections), notes, tuple(faults))


def _text(made: Iterable[TranslatedSegment], notes: Mapping[str, tuple[str, str]]) -> str:
    rows = [[str(one.identity), one.source, one.translation, "", in_words(one.findings), ""] for one in made]
    return with_notes(table(COLUMNS, rows), notes)


def in_words(found: Iterable[Finding]) -> str:
    """Findings as a cell of a table."""
    return "; ".join(dict.fromkeys(f"{finding.kind}: {finding.message}" for finding in found))


def _source(row: Mapping[str, str], identity: Identity | None, known: Mapping[str, str]) -> str:
    """The source as the document has it, if the cell was changed and it is known; else the cell."""
    if identity and short_key(row["source"]) != identity.source:
        return known.get(identity.source) or row["source"]
    return row["source"]


def _target(row: Mapping[str, str], identity: Identity | None) -> str:
    """What the analyst wants the translation to be, empty where they said nothing."""
    if row["correction"]:
        return row["correction"]
    edited = identity is not None and digest_of(row["translation"]) != identity.translation
    return row["translation"] if edited else ""


def _refuse_lossy(path: Path, rows: Iterable[Mapping[str, str]], identities: Iterable[Identity | None]) -> None:
    """A program that saves without Unicode makes question marks of Chinese: that is no correction."""
    for row, identity in zip(rows, identities, strict=True):
        target = _target(row, identity)
        chinese = identity is not None and identity.target_language == "zh"
        damaged = identity is not None and short_key(row["source"]) != identity.source
        if (chinese and _LOST.search(target) and not _HAN.search(target)) or (damaged and _LOST.search(row["source"])):
            raise MemoryFileError(
                f"{path}: was saved without Unicode, its Chinese is question marks; save it as Unicode text or UTF-8"
            )


def document_of(path: Path) -> str:
    """The name of the document whose review lies at `path` among its outputs, empty for a file from elsewhere."""
    return path.parent.name if path.name == NAME and (path.parent / "brief.json").is_file() else ""


def changed(path: Path) -> str:
    """When a file was changed, as TMX writes dates."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y%m%dT%H%M%SZ")
