"""Check any translation against its source: line N of TARGET is the translation of line N of SOURCE."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, add_terms, note, settings_of, show, text_of

if TYPE_CHECKING:
    from wivtext.records import Language

HELP = "the fidelity of any translation, line by line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext check`."""
    parser.add_argument("source", metavar="SOURCE", help="a text file")
    parser.add_argument("target", metavar="TARGET", help="its translation, as many lines")
    parser.add_argument("--from", dest="source_language", choices=["en", "zh"], help="default: found out")
    parser.add_argument("--to", dest="target_language", choices=["en", "zh"], help="default: the other one")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_terms(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Check line by line; 1 where there is a finding."""
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
