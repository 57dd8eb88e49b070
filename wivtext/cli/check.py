"""Check any translation against its source, line by line, or anybody's summary of a document."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, add_terms, note, settings_of, show, text_of

if TYPE_CHECKING:
    from wivtext.records import Language
    from wivtext.summary_lines import SummaryLine

HELP = "the fidelity of any translation, line by line, or of a summary"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext check`."""
    parser.add_argument("source", metavar="SOURCE", help="a text file; with --summary any document")
    parser.add_argument("target", metavar="TARGET", help="its translation, as many lines, or a summary of it")
    parser.add_argument(
        "--summary", action="store_true", help="TARGET sums up SOURCE, in either language; [3] cites sentence 3"
    )
    parser.add_argument("--from", dest="source_language", choices=["en", "zh"], help="default: found out")
    parser.add_argument("--to", dest="target_language", choices=["en", "zh"], help="default: the other one")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_terms(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Check line by line; 1 where there is a finding."""
    if options.summary:
        return _run_summary(options)
    from wivtext.checking import check_lines
    from wivtext.records import to_dict
    from wivtext.terms import TermBase

    largest = settings_of(options).reading.largest
    sources, targets = (lines_of(text_of(path, largest)) for path in (options.source, options.target))
    source_language, target_language = languages_of(options, "\n".join(sources))
    if len(sources) != len(targets):
        note(f"{_unequal(options, len(sources), len(targets))}{_where(sources, targets, source_language)}")
    # Without --terms no choice of words is wrong: a translator may have had another term base.
    terms = TermBase.load(options.terms, starter=False) if options.terms else None
    found = 0
    checked = check_lines(sources, targets, source_language, target_language, terms)
    for number, made in enumerate(checked, 1):
        found += len(made.findings)
        if options.json:
            findings = to_dict(made.findings)
            line = {"line": number, "source": made.source, "target": made.text, "engine": None, "findings": findings}
            show(json.dumps(line, ensure_ascii=False, sort_keys=True))
        else:
            for finding in made.findings:
                show(f"{options.target}:{number}: {finding.kind}: {finding.message}")
    return 1 if found else 0


def _run_summary(options: argparse.Namespace) -> int:
    """Hold each sentence of a summary against the document; 1 where there is a finding."""
    from wivtext.attribution import attribute
    from wivtext.errors import DocumentError, SettingsError
    from wivtext.reading import read
    from wivtext.summary_lines import check_summary
    from wivtext.terms import TermBase

    if options.source_language or options.target_language:
        raise SettingsError("--from and --to are for translations: the languages of a summary are found out")
    settings = settings_of(options)
    document = read(Path(options.source), largest=settings.reading.largest)
    text = text_of(options.target, settings.reading.largest)
    terms = TermBase.load(options.terms, starter=settings.terms.starter)
    lines = check_summary(text, document, attribution=attribute(document, terms), terms=terms)
    if not lines:
        raise DocumentError(f"{options.target}: no point to check; write a point a line")
    for made in lines:
        _show_point(made, options)
    return 1 if any(made.point.findings for made in lines) else 0


def _show_point(made: SummaryLine, options: argparse.Namespace) -> None:
    """A point as JSON, sentences counted from 0 as in all JSON; else its findings, sentences counted as in a brief."""
    from wivtext.records import to_dict

    point = made.point
    if options.json:
        findings = to_dict(point.findings)
        line = {"line": made.line, "text": point.text, "sentences": list(point.sentences), "findings": findings}
        show(json.dumps(line, ensure_ascii=False, sort_keys=True))
        return
    behind = f" (held against [{', '.join(str(index + 1) for index in point.sentences)}])" if point.sentences else ""
    for finding in point.findings:
        show(f"{options.target}:{made.line}: {finding.kind}: {finding.message}{behind}")


def refuse_unequal(options: argparse.Namespace, source: int, target: int) -> None:
    """Raise `DocumentError` where two files can't be line by line the same text."""
    from wivtext.errors import DocumentError

    if source != target:
        raise DocumentError(_unequal(options, source, target))


def _unequal(options: argparse.Namespace, source: int, target: int) -> str:
    return (
        f"{options.source} has {source} lines and {options.target} has {target}; "
        "line N of one must be the translation of line N of the other"
    )


def _where(sources: list[str], targets: list[str], language: Language) -> str:
    from wivtext.checking import parting

    line = parting(sources, targets, language)
    return f"; they seem to part at line {line}" if line else ""


def lines_of(text: str) -> list[str]:
    """The lines of a text without blank ones at its end; nothing but a line break ends a line.

    >>> lines_of("One.\\nTwo\\u2028more.\\n\\n")
    ['One.', 'Two\\u2028more.']
    """
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def languages_of(options: argparse.Namespace, text: str) -> tuple[Language, Language]:
    """The languages of SOURCE and TARGET, given or found out. Raises `SettingsError` where they are the same."""
    from wivtext.errors import SettingsError
    from wivtext.language import detect, other_language

    if options.source_language and options.source_language == options.target_language:
        raise SettingsError(f"--from and --to are both {options.target_language}; give one of them, or en and zh")
    if options.source_language:
        source: Language = options.source_language
    else:
        source = other_language(options.target_language) if options.target_language else detect(text)
    return source, options.target_language or other_language(source)
