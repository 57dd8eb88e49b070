"""The clause of some sentences that a clause of a summary's line is most like, in the same language or across."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from wivtext.checking.claims import STEM, clauses, pattern
from wivtext.checking.counterparts import shipped
from wivtext.quantities import DATES, quantities
from wivtext.records import Language

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]{4,}")
_FIGURE = 2.0  # words that a figure counts for
LITTLE = frozenset(
    [
        "that", "this", "with", "from", "have", "been", "were", "will", "would", "their", "they", "which", "when",
        "while", "than", "then", "also", "into", "said", "says", "more", "most", "over", "about", "after", "some",
        "such", "what", "only", "other", "there", "these", "those", "could", "should", "must", "does", "being",
        "because",
    ]
)  # fmt: skip


class Likest(NamedTuple):
    """A clause and its sentence; `share` is the part of the line's clause that it has, `back` the part of itself."""

    clause: str
    sentence: str
    share: float
    back: float


def likest(clause: str, sentences: Sequence[str], language: Language, spoken: Language) -> Likest | None:
    """The clause of `sentences`, which are in the language `spoken`, that is most like `clause`; the first of equals.

    >>> likest("sales rose 12%", ["Costs fell, and sales rose by 12 percent."], "en", "en").clause.strip()
    'and sales rose by 12 percent'
    >>> likest("销量增长12%", ["Costs fell, and sales rose by 12 percent."], "zh", "en").clause.strip()
    'and sales rose by 12 percent'
    """
    best: Likest | None = None
    for sentence in sentences:
        for other in clauses([sentence]):
            found = Likest(other, sentence, *shares(clause, other, language, spoken))
            if best is None or found.share + found.back / 4 > best.share + best.back / 4:
                best = found
    return best


def share_across(text: str, other: str, language: Language) -> float:
    """The part of a text's words, as far as they are known, that have a counterpart in one of the other language.

    >>> [round(share_across("电池价格", other, "zh")) for other in ("Battery prices", "The mayor resigned.")]
    [1, 0]
    """
    there, everything = _across(text, other, language)
    return there / everything if everything else 0.0


def without(text: str, lists: str, language: Language) -> str:
    """A text without the words of some lists."""
    for name in lists.split():
        text = pattern(f"{name}_{language}").sub(" ", text)
    return text


def shares(one: str, other: str, language: Language, spoken: Language) -> tuple[float, float]:
    """The part of a text's words and figures that another one has, and the part of the other one's."""
    mine, theirs = _figures(one, language), _figures(other, spoken)
    figures = _FIGURE * len(mine & theirs)
    if language == spoken:
        words, others = _words(one), _words(other)
        shared = figures + len(words & others)
        return (
            shared / max(1.0, len(words) + _FIGURE * len(mine)),
            shared / max(1.0, len(others) + _FIGURE * len(theirs)),
        )
    there, all_mine = _across(one, other, language)
    back, all_theirs = _across(other, one, spoken)
    return (
        (there + figures) / max(1.0, all_mine + _FIGURE * len(mine)),
        (back + figures) / max(1.0, all_theirs + _FIGURE * len(theirs)),
    )


@lru_cache(maxsize=4096)
def _across(text: str, other: str, language: Language) -> tuple[float, float]:
    """How much of the words of a text has a counterpart in the other one, and how much there is of them."""
    lexicon = shipped()
    if lexicon is None:
        return 0.0, 0.0
    weights = [word.weight for word in lexicon.evidence(text, other, language)]
    there = sum(min(2.0, -weight) for weight in weights if weight < 0)
    return there / 2, (there + sum(min(2.0, weight) for weight in weights if weight > 0)) / 2


@lru_cache(maxsize=4096)
def _figures(text: str, language: Language) -> frozenset[Hashable]:
    return frozenset((one.kind, one.value, one.unit) for one in quantities(text, language) if one.kind not in DATES)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """Stems of words with a meaning, and pairs of neighbouring characters."""
    words: set[str] = set()
    for run in _RUNS.findall(text.lower()):
        if "\u3400" <= run[0] <= "\u9fff":
            words.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif run not in LITTLE:
            words.add(run[:STEM])
    return frozenset(words)
