"""Score translation on a TSV of pairs (chrF, BLEU), or attribution on a JSONL of annotated reports."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, add_terms, positive, settings_of, show

if TYPE_CHECKING:
    from wivtext.evaluation import TranslationScores
    from wivtext.scoring import SpeakerScores
    from wivtext.speaker_scores import EntryScores

HELP = "scores of translation or attribution on a gold file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext evaluate`."""
    parser.add_argument("file", type=Path, metavar="TSV|JSONL", help="`source<TAB>reference` lines, or reports")
    parser.add_argument("--task", choices=["translation", "speakers"], help="default: by the file's extension")
    parser.add_argument("--to", choices=["en", "zh"], help="translate into (default: found out from the references)")
    parser.add_argument("--engine", metavar="E", help="translator (default: embedded)")
    parser.add_argument("--limit", type=positive, metavar="N", help="the first N pairs only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_terms(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Score and print, signatures included."""
    task = options.task or ("speakers" if options.file.suffix == ".jsonl" else "translation")
    if task == "speakers":
        _speakers(options)
    else:
        _translation(options)
    return 0


def _speakers(options: argparse.Namespace) -> None:
    from wivtext.scoring import score_speakers
    from wivtext.speaker_scores import score_entries
    from wivtext.terms import TermBase

    scores = score_speakers(options.file)
    entries = score_entries(options.file, TermBase.load(options.terms))
    if options.json:
        said = scores.to_dict()
        both = {language: said[language] | {"entries": entries[language].to_dict()} for language in entries}
        show(json.dumps(both, ensure_ascii=False, indent=1, sort_keys=True))
        return
    for one in scores.languages:
        _errors(one)
    for one in scores.languages:
        _figures(one)
        _entries(entries[one.language])


def _entries(scores: EntryScores) -> None:
    """How many speakers have an entry, the share that is right, and that of what the documents state at all."""
    from wivtext.speaker_scores import FIELDS

    figures = "; ".join(f"{name.replace('_', ' ')} {scores.recall(name):.3f}" for name in FIELDS)
    show(f"    {scores.speakers} speakers, {scores.found / max(1, scores.speakers):.3f} found; right: {figures}")
    stated = "; ".join(
        f"{name} {scores.recall_stated(name):.3f} of {scores.stated[name]}" for name in ("role", "organisation")
    )
    show(f"    right of what the document states: {stated}; of what is given: {_given(scores)}")


def _given(scores: EntryScores) -> str:
    return "; ".join(f"{name} {scores.precision(name):.3f}" for name in ("role", "organisation"))


def _errors(scores: SpeakerScores) -> None:
    """Each error under its group: where, what was found for what, which rule and cue, and the sentence."""
    for group, count in scores.groups.items():
        if count:
            show(f"{scores.language}: {group} ({count})")
        for error in scores.errors:
            if error.group == group:
                by = ", ".join(part for part in (error.rule, error.cue and f"“{error.cue}”") if part)
                show(f"  {error.document}[{error.sentence}] {error.found or '-'} for {error.expected or '-'} ({by})")
                show(f"    {error.text}")


def _figures(scores: SpeakerScores) -> None:
    figures = f"P {scores.precision:.3f}  R {scores.recall:.3f}  F1 {scores.f1:.3f}  kind {scores.kind_accuracy:.3f}"
    show(f"{scores.language}: {figures}  ({scores.documents} documents, {scores.expected} sentences with a speaker)")
    show("    " + "; ".join(f"{group}: {count}" for group, count in scores.groups.items()))


def _translation(options: argparse.Namespace) -> None:
    from wivtext.records import to_dict

    scores = to_dict(_scored(options))
    if options.json:
        show(json.dumps(scores, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for name, value in scores.items():
            show(f"{name + ':':16} {value}")


def _scored(options: argparse.Namespace) -> TranslationScores:
    from wivtext.evaluation import read_pairs, score_translation
    from wivtext.language import detect, other_language
    from wivtext.terms import TermBase

    pairs = read_pairs(options.file, options.limit)
    target = options.to or detect("\n".join(reference for _, reference in pairs[:200]))
    if detect("\n".join(source for source, _ in pairs[:200])) == target:
        # `en<TAB>zh` read the other way round: --to en.
        pairs = [(reference, source) for source, reference in pairs]
    settings = settings_of(options, translation={"engine": options.engine})
    terms = TermBase.load(options.terms, starter=settings.terms.starter)
    engine = settings.translation.engine
    return score_translation(pairs, other_language(target), target, engine=engine, terms=terms, settings=settings)
