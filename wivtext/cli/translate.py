"""Translate a text: one line in, one line out, blank lines kept."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from wivtext.cli.options import add_memory, add_settings, add_terms, memory_of, note, settings_of, show, text_of

if TYPE_CHECKING:
    from wivtext.records import Translation

HELP = "a text, one line in, one line out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext translate`."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text file, - for standard input")
    parser.add_argument("--to", choices=["en", "zh"], required=True, help="the language wanted")
    parser.add_argument("--from", dest="source", choices=["en", "zh"], help="the language given (default: the other)")
    parser.add_argument("--engine", metavar="E", help="translator (default: embedded)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, with findings")
    add_terms(parser)
    add_memory(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Translate line by line; 1 where a line has findings."""
    from wivtext.language import other_language
    from wivtext.terms import TermBase
    from wivtext.translation import translate

    settings = settings_of(options, translation={"engine": options.engine})
    lines = text_of(options.file, settings.reading.largest).splitlines()
    translations = translate(
        lines,
        options.source or other_language(options.to),
        options.to,
        engine=settings.translation.engine,
        terms=TermBase.load(options.terms, starter=settings.terms.starter),
        settings=settings,
        memory=memory_of(options),
    )
    for number, translation in enumerate(translations, 1):
        show(as_json(number, translation) if options.json else translation.text)
    found = sum(len(translation.findings) for translation in translations)
    if found and not options.json:
        note(f"{found} findings to check; --json shows them")
    return 1 if found else 0


def as_json(number: int, translation: Translation) -> str:
    """The contract's line: line number (from 1), source, target, engine, findings."""
    from wivtext.records import to_dict

    line = {
        "line": number,
        "source": translation.source,
        "target": translation.text,
        "engine": translation.engine,
        "findings": to_dict(translation.findings),
    }
    return json.dumps(line, ensure_ascii=False, sort_keys=True)
