"""Score translation on a TSV of pairs (chrF, BLEU), or attribution on a JSONL of annotated reports."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from wivtext.cli.options import add_settings, add_terms, settings_of, show

HELP = "scores of translation or attribution on a gold file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext evaluate`."""
    parser.add_argument("file", type=Path, metavar="TSV|JSONL", help="`source<TAB>reference` lines, or reports")
    parser.add_argument("--task", choices=["translation", "speakers"], help="default: by the file's extension")
    parser.add_argument("--to", choices=["en", "zh"], help="translate into (default: found out from the references)")
    parser.add_argument("--engine", metavar="E", help="translator (default: embedded)")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N pairs only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_terms(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Score and print, signatures included."""
    from wivtext.records import to_dict

    task = options.task or ("speakers" if options.file.suffix == ".jsonl" else "translation")
    scores = to_dict(_speakers(options) if task == "speakers" else _translation(options))
    show(json.dumps(scores, ensure_ascii=False, indent=1, sort_keys=True) if options.json else _table(scores))
    return 0


def _translation(options: argparse.Namespace) -> Any:
    from wivtext.evaluation import read_pairs, score_translation
    from wivtext.language import detect
    from wivtext.terms import TermBase

    pairs = read_pairs(options.file, options.limit)
    target = options.to or detect("\n".join(reference for _, reference in pairs[:200]))
    if detect("\n".join(source for source, _ in pairs[:200])) == target:
        # `en<TAB>zh` read the other way round: --to en.
        pairs = [(reference, source) for source, reference in pairs]
    settings = settings_of(options, translation={"engine": options.engine})
    terms = TermBase.load(options.terms, starter=settings.terms.starter)
    source = {"en": "zh", "zh": "en"}[target]
    return score_translation(pairs, source, target, engine=settings.translation.engine, terms=terms, settings=settings)


def _speakers(options: argparse.Namespace) -> Any:
    from wivtext.scoring import score_speakers

    return score_speakers(options.file)


def _table(scores: Any, indent: str = "") -> str:
    if not isinstance(scores, dict):
        return "\n".join(f"{indent}{item}" for item in scores) if isinstance(scores, list) else f"{indent}{scores}"
    lines = []
    for key, value in scores.items():
        nested = isinstance(value, (dict, list))
        lines.append(f"{indent}{key}:\n{_table(value, indent + '  ')}" if nested else f"{indent}{key}: {value}")
    return "\n".join(lines)
