"""Is a passage of one text missing in the other? Judged by its words and by the lengths of both, together."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from wivtext.checking.counterparts import CHINESE, Counterparts, Evidence
from wivtext.language import other_language
from wivtext.quantities import Quantity, quantities, same
from wivtext.records import Language

_MARKS = re.compile("[,，、;；:：—]")
_CLAUSE = re.compile(r"[，；。！？：—]|[,;:.!?](?=\s|$|[\"”'])|[“”\"]")
_DIGITS_ZH, _DIGITS_EN, _LATIN_ZH = 0.75, 1.5, 1 / 3


_EQUAL, _UNEQUAL = -2.5, 1.5  # weights of a quantity
_UNLIKE = 1.0  # weight of all words of both sides, in tens, from which they have nothing in common
_MOST = 30  # quantities looked at
_SHORTEST = 4  # length of what a clause should become, from which it is one


class Passage(NamedTuple):
    """The words of `start:end` together: `weight` is how much speaks for nothing standing for them."""

    start: int
    end: int
    weight: float


class Signs(NamedTuple):
    """What is compared of a source and a target: passages that nothing stands for, and lengths."""

    missing: Passage
    added: Passage
    features: tuple[float, ...]

    @property
    def is_other_text(self) -> bool:
        """Whether hardly a word of either side has a counterpart on the other."""
        mine, theirs = self.features[10:12]
        return min(mine, theirs) > 0 and mine + theirs > _UNLIKE


def signs(source: str, target: str, source_language: Language, words: Counterparts) -> Signs:
    """The passages and lengths of a pair, as the scores weigh them."""
    target_language = other_language(source_language)
    numbers, their_numbers = quantities(source, source_language), quantities(target, target_language)
    mine = _with_quantities(words.evidence(source, target, source_language), numbers, their_numbers)
    theirs = _with_quantities(words.evidence(target, source, target_language), their_numbers, numbers)
    missing, added = heaviest(mine), heaviest(theirs)
    expected, expected_back = _expected(source, mine, target_language), _expected(target, theirs, source_language)
    longer = math.log(max(1.0, _length(target, target_language)) / expected)
    shorter = math.log(max(1.0, _length(source, source_language)) / expected_back)
    size = math.sqrt(expected if target_language == "zh" else expected / 3)
    marks = math.log((1 + len(_MARKS.findall(target))) / (1 + len(_MARKS.findall(source))))
    features = (
        1.0, missing.weight, math.sqrt(missing.weight), added.weight, math.sqrt(added.weight),
        longer * size, -shorter * size, longer, marks, math.log(1 + size),
        sum(word.weight for word in mine) / 10, sum(word.weight for word in theirs) / 10,
        *_barest_clause(source, mine),
    )  # fmt: skip
    return Signs(missing, added, features)


def _barest_clause(source: str, words: list[Evidence]) -> tuple[float, ...]:
    """How little stands for the clause that has least: its weight, share of it, size, and the weight of the rest."""
    ends = [0, *(match.end() for match in _CLAUSE.finditer(source)), len(source)]
    inside: list[list[Evidence]] = [[] for _ in ends]
    for word in words:
        inside[bisect_right(ends, word.start) - 1].append(word)
    clauses = [some for some in inside if sum(word.length for word in some) >= _SHORTEST]
    if not clauses:
        return (0.0,) * 6
    sums = [sum(word.weight for word in some) for some in clauses]
    least = max(range(len(clauses)), key=lambda number: sums[number])
    above = sum(max(0.0, word.weight) for word in clauses[least])
    share = above / (2 * above - sums[least] + 0.5)
    rest = max(-2.0, (sum(sums) - sums[least]) / 10)
    several = share if len(clauses) > 1 else 0.0
    return max(sums[least], -3.0), math.sqrt(max(0.0, sums[least])), share, len(clauses[least]) / 10, rest, several


def scores(found: Signs, source_language: Language) -> tuple[float, float]:
    """How much speaks for a passage of the source being lost, and for one of the target being added: log odds."""
    missing, added = _WEIGHTS[source_language]
    return _dot(found.features, missing), _dot(found.features[: len(added)], added)


# Fitted (logistic regression) to our reports and to news, with and without clauses taken out.
_WEIGHTS: dict[Language, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "en": (
        (-10.1, -0.271, 2.721, 0.037, -0.276, 0.616, -0.769, -7.595, -1.213, 2.193, 0.014, 0.307,
         0.052, 0.129, 0.53, 0.534, -0.126, 0.237),
        (-3.992, 0.213, -0.486, 0.251, 1.843, 0.050, 0.590, 5.866, 0.960, -2.031, -0.342, -0.257),
    ),
    "zh": (
        (-8.597, -0.239, 2.432, 0.145, -0.472, 0.459, -0.946, -6.095, -0.447, 0.831, -0.308, 0.059,
         0.103, 0.303, 0.451, 0.1, 0.018, 1.321),
        (-7.607, -0.188, 0.598, -0.076, 2.445, -0.270, 0.962, 5.428, 1.351, 0.547, 0.172, -0.072),
    ),
}  # fmt: skip


def _dot(features: tuple[float, ...], weights: tuple[float, ...]) -> float:
    return sum(feature * weight for feature, weight in zip(features, weights, strict=True))


def heaviest(words: list[Evidence]) -> Passage:
    """The passage whose words' weights have the greatest sum.

    >>> words = [Evidence(0, 1, -3, 1), Evidence(2, 3, 2, 1), Evidence(4, 5, 1, 1), Evidence(6, 7, -2, 1)]
    >>> heaviest(words)
    Passage(start=2, end=5, weight=3.0)
    """
    best, start, total = Passage(0, 0, 0.0), 0, 0.0
    for word in words:
        if total <= 0:
            start, total = word.start, 0.0
        total += word.weight
        if total > best.weight:
            best = Passage(start, word.end, total)
    return best


def _with_quantities(words: list[Evidence], mine: list[Quantity], theirs: list[Quantity]) -> list[Evidence]:
    """The words, with each quantity as one of them: what has an equal on the other side is not left out."""
    weighed = words
    for quantity in mine[:_MOST]:
        if quantity.unit == "relative":
            continue
        inside = [word for word in weighed if quantity.start <= word.start < quantity.end]
        if any(same(quantity, other) for other in theirs[:_MOST]):
            weight = _EQUAL
        else:
            weight = _UNEQUAL if quantity.firm else sum(word.weight for word in inside)
        length = sum(word.length for word in inside)
        kept = [word for word in weighed if not quantity.start <= word.start < quantity.end]
        weighed = [*kept, Evidence(quantity.start, quantity.end, weight, length)]
    return sorted(weighed)


def clause_of(text: str, passage: Passage) -> str:
    """The clauses that a passage stands in for the most part, without their marks.

    >>> clause_of("It grew, he said, by half.", Passage(9, 16, 3.0))
    'he said'
    """
    ends = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    clauses = [(a, b) for a, b in pairwise(ends) if text[a:b].strip()]
    inside = [(a, b) for a, b in clauses if 2 * (min(b, passage.end) - max(a, passage.start)) > b - a]
    start, end = (inside[0][0], inside[-1][1]) if inside else (passage.start, passage.end)
    return text[start:end].strip(' ,，;；:：。.!！?？—“”"')


def _expected(text: str, words: list[Evidence], language: Language) -> float:
    """The letters or characters that a text's translation into `language` should have."""
    digits = sum(char.isdigit() for char in text)
    latin = len(re.findall("[A-Za-z]", text)) if language == "en" else 0
    return max(
        1.0, sum(word.length for word in words) + latin + digits * (_DIGITS_ZH if language == "zh" else _DIGITS_EN)
    )


def _length(text: str, language: Language) -> float:
    if language == "en":
        return sum(char.isalnum() for char in text)
    hanzi = sum(len(match[0]) for match in CHINESE.finditer(text))
    digits = sum(char.isdigit() for char in text)
    return hanzi + digits * _DIGITS_ZH + len(re.findall("[A-Za-z]", text)) * _LATIN_ZH
