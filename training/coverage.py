"""Measure what a lost word is worth when a hypothesis is chosen: `python -m training.coverage en-zh`.

See `wivtext/engines/coverage.py`. Printed: BLEU and chrF on sentences of our reports' `dev` for the model's first
hypothesis, for choices with several weights of lost words, and for the best hypothesis that there is.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sacrebleu

from training import corpora
from training import settings as recipe
from wivtext.engines import Segment
from wivtext.engines.coverage import Coverage
from wivtext.engines.embedded import EmbeddedTranslator
from wivtext.lexicon import Lexicon
from wivtext.records import Language
from wivtext.settings import Settings

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
HYPOTHESES = 8


@dataclass(frozen=True)
class Hypothesis:
    """A translation with the model's score, its share of lost words, and its score against the reference."""

    text: str
    score: float
    lost: float
    quality: float


def hypotheses(
    pairs: Sequence[tuple[str, str]], model: str, source: Language, target: Language
) -> list[list[Hypothesis]]:
    """Those of each (source, reference), the model's first one first."""
    segments = [Segment(text) for text, _ in pairs]
    beams = EmbeddedTranslator(model, Settings()).alternatives(segments, source, target, HYPOTHESES)
    coverage, chrf = Coverage(Lexicon.load(), source, target), sacrebleu.CHRF()
    return [
        [
            Hypothesis(one.text, one.score or 0.0, lost, chrf.sentence_score(one.text, [reference]).score)
            for one, lost in zip(beam, coverage.lost(text, beam), strict=True)
        ]
        for (text, reference), beam in zip(pairs, beams, strict=True)
    ]


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("--model", default="", help="folder with en-zh and zh-en (default: the shipped models)")
    parser.add_argument("--limit", type=int, default=500, help="sentences of dev")
    given: argparse.Namespace = parser.parse_args()
    source, target = given.direction.split("-")
    pairs = list(corpora.report_sentences(recipe.from_arguments(given)["paths"]["reports"] / "dev.jsonl"))
    random.Random(1).shuffle(pairs)
    rows = [(getattr(pair, source), getattr(pair, target)) for pair in pairs[: given.limit]]
    beams = hypotheses(rows, given.model, source, target)

    def report(name: str, quality: Callable[[Hypothesis], float]) -> None:
        texts, references = [max(beam, key=quality).text for beam in beams], [[reference for _, reference in rows]]
        bleu = sacrebleu.corpus_bleu(texts, references, tokenize="zh" if target == "zh" else "13a")
        print(f"{name:12} BLEU {bleu.score:.2f}  chrF {sacrebleu.corpus_chrf(texts, references).score:.2f}")

    for weight in WEIGHTS:
        report(f"weight {weight}", lambda one, weight=weight: one.score - weight * one.lost)
    report("the best", lambda one: one.quality)


if __name__ == "__main__":
    main()
