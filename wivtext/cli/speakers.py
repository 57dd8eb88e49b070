"""Say who said what in a document: a table of speakers and the statements of each."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wivtext.cli.options import add_terms, show

if TYPE_CHECKING:
    from wivtext.records import Attribution, Document, Speaker

HELP = "who said what in a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext speakers`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a document")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_terms(parser)


def run(options: argparse.Namespace) -> int:
    """Read, attribute, print."""
    from wivtext.attribution import attribute
    from wivtext.reading import read
    from wivtext.terms import TermBase

    document = read(options.file)
    attribution = attribute(document, TermBase.load(options.terms))
    if options.json:
        show(json.dumps(as_json(document, attribution), ensure_ascii=False, indent=1, sort_keys=True))
    else:
        _show_table(document, attribution)
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


def _show_table(document: Document, attribution: Attribution) -> None:
    if not attribution.speakers:
        show("no speaker found")
    for speaker in attribution.speakers:
        post = ", ".join(part for part in (speaker.role, speaker.organisation) if part)
        show(f"{speaker.name}{f' - {post}' if post else ''}")
        _show_statements(document, attribution, speaker.id)
    if any(statement.speaker is None for statement in attribution.statements):
        show("(nobody named)")
        _show_statements(document, attribution, None)


def _show_statements(document: Document, attribution: Attribution, speaker: str | None) -> None:
    for statement in attribution.statements:
        if statement.speaker == speaker:
            for index in statement.sentences:
                show(f"  [{index}] {statement.kind:8} {document.sentences[index].text}")
    show()
