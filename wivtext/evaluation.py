"""Scores of translations against references: chrF and BLEU, with sacrebleu's signatures.

BLEU is computed on Chinese with the `zh` tokenizer and on English with `13a` (Post 2018, https://aclanthology.org/W18-6319).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wivtext.contents import content_of
from wivtext.engines import Translator
from wivtext.errors import DocumentError
from wivtext.records import Displayed, Language
from wivtext.settings import Settings
from wivtext.terms import TermBase
from wivtext.translation import translate

TOKENIZERS: dict[Language, str] = {"en": "13a", "zh": "zh"}


@dataclass(frozen=True, slots=True)
class TranslationScores(Displayed):
    """Scores of one direction over `segments` pairs; `clean` is the share of translations without a finding."""

    direction: str
    engine: str
    segments: int
    bleu: float
    chrf: float
    clean: float
    bleu_signature: str
    chrf_signature: str


def read_pairs(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """The first two columns of a tab-separated file with a header line. Raises `DocumentError` naming faulty lines."""
    try:
        lines = io.StringIO(content_of(path).decode("utf-8-sig"), newline="")
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise DocumentError(f"{path}: can't be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise DocumentError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    faults = [str(number) for number, row in enumerate(rows, 1) if row and len(row) < 2]
    if faults or len(rows) < 2:
        where = f"lines {', '.join(faults[:10])} have no tab" if faults else "no pairs under the header line"
        raise DocumentError(f"{path}: {where}; give a header line and `source<TAB>reference` lines")
    pairs = [(row[0], row[1]) for row in rows[1:] if row]
    return pairs[:limit]


def score_translation(
    pairs: Sequence[tuple[str, str]],
    source: Language,
    target: Language,
    *,
    engine: str | Translator = "embedded",
    terms: TermBase | None = None,
    settings: Settings | None = None,
) -> TranslationScores:
    """Translate the first of each pair and compare with the second."""
    translations = translate([pair[0] for pair in pairs], source, target, engine=engine, terms=terms, settings=settings)
    texts = [translation.text for translation in translations]
    bleu, chrf, signatures = corpus_scores(texts, [pair[1] for pair in pairs], target)
    clean = sum(not translation.findings for translation in translations) / len(translations)
    name = translations[0].engine
    return TranslationScores(f"{source}-{target}", name, len(texts), bleu, chrf, round(clean, 4), *signatures)


def corpus_scores(
    texts: Sequence[str], references: Sequence[str], target: Language
) -> tuple[float, float, tuple[str, str]]:
    """BLEU, chrF and their signatures.

    >>> bleu, chrf, signatures = corpus_scores(["销量增长了35%。"], ["销量增长了35%。"], "zh")
    >>> bleu, chrf, "tok:zh" in signatures[0]
    (100.0, 100.0, True)
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(tokenize=TOKENIZERS[target]), CHRF()
    scores = [round(metric.corpus_score(list(texts), [list(references)]).score, 2) for metric in (bleu, chrf)]
    return scores[0], scores[1], (str(bleu.get_signature()), str(chrf.get_signature()))
