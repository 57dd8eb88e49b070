"""Say who said what in a document: a table of speakers and the statements of each."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wivtext.cli.options import add_settings, add_terms, settings_of, show

if TYPE_CHECKING:
    from wivtext.records import Attribution, Document, Speaker
    from wivtext.terms import TermBase

HELP = "who said what in a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext speakers`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a document")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_terms(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Read, attribute, print."""
    from wivtext.attribution import attribute
    from wivtext.reading import read
    from wivtext.terms import TermBase

    document = read(options.file, largest=settings_of(options).reading.largest)
    terms = TermBase.load(options.terms)
    attribution = attribute(document, terms)
    if options.json:
        show(json.dumps(as_json(document, attribution), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        _show_table(document, attribution, terms)
    return 0


def as_json(document: Document, attribution: Attribution) -> dict[str, Any]:
    """The contract's form: speakers, statements, and every sentence with its speaker's name and kind, or null."""
    names = {speaker.id: speaker.name for speaker in attribution.speakers}
    said = {index: statement for statement in attribution.statements for index in statement.sentences}
    return {
        "language": document.language,
        "speakers": [_speaker(speaker) for speaker in attribution.speakers],
        "statements": [
            {
                "speaker": statement.speaker,
                "kind": statement.kind,
                "sentences": list(statement.sentences),
                "cue": statement.cue,
                "confidence": statement.confidence,
                "rule": statement.rule,
                "reason": statement.reason,
            }
            for statement in attribution.statements
        ],
        "sentences": [
            {
                "index": sentence.index,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "speaker": names.get(said[sentence.index].speaker or "") if sentence.index in said else None,
                "kind": said[sentence.index].kind if sentence.index in said else None,
            }
            for sentence in document.sentences
        ],
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "aliases": list(speaker.aliases),
        "role": speaker.role,
        "organisation": speaker.organisation,
    }


def _show_table(document: Document, attribution: Attribution, terms: TermBase) -> None:
    if not attribution.speakers:
        show("no speaker found")
        return
    rows = [_HEADERS, *(_cells(speaker, attribution, terms) for speaker in attribution.speakers)]
    columns = [column for column in range(len(_HEADERS)) if any(row[column] for row in rows[1:])]
    widths = {column: min(_MOST, max(width(row[column]) for row in rows)) for column in columns}
    for number, row in enumerate(rows):
        show("  ".join(padded(row[column], widths[column]) for column in columns).rstrip())
        if not number:
            show("  ".join("-" * widths[column] for column in columns))
    for speaker in attribution.speakers:
        _show_statements(document, attribution, speaker.id, speaker.name)
    _show_statements(document, attribution, None, "(nobody named)")


_HEADERS = ("name", "other name", "role", "organisation", "statements", "also")
# Wider cells are cut: the JSON has all of them.
_MOST = 44


def _cells(speaker: Speaker, attribution: Attribution, terms: TermBase) -> tuple[str, ...]:
    from wivtext.naming import name_line

    line = name_line(speaker, terms)
    other = line.zh if line.en == speaker.name else line.en
    said = sum(statement.speaker == speaker.id for statement in attribution.statements)
    return (
        speaker.name,
        "" if other == speaker.name else other,
        speaker.role or "",
        speaker.organisation or "",
        str(said),
        ", ".join(alias for alias in speaker.aliases if alias != other),
    )


def width(text: str) -> int:
    """How many columns a terminal takes to show a text: two for each Chinese character.

    >>> width("林浩然"), width("Lin")
    (6, 3)
    """
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, columns: int) -> str:
    """The text in exactly so many columns, cut with an ellipsis where it is longer.

    >>> padded("林浩然", 8), padded("Lin Haoran", 6)
    ('林浩然  ', 'Lin H…')
    """
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def _show_statements(document: Document, attribution: Attribution, speaker: str | None, heading: str) -> None:
    said = [statement for statement in attribution.statements if statement.speaker == speaker]
    if not said:
        return
    show(f"\n{heading}")
    for statement in said:
        for index in statement.sentences:
            show(f"  [{index}] {statement.kind:8}  {' '.join(document.sentences[index].text.split())}")
        if speaker is None and statement.reason:
            show(f"      {statement.reason}")
