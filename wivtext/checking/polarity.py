"""How much speaks for a "not" of one text being lost in the other: where its words went, and what stands there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from wivtext.checking.counterparts import Counterparts
from wivtext.checking.marks import PLAIN, STRONG, Mark, Trace, expressions, lists, marks, traces
from wivtext.language import other_language
from wivtext.records import Language

_CLAUSE = {"en": re.compile(r"[,;:!?—–()]|\.(?!\d)"), "zh": re.compile("[，；。！？：—（）]")}
_MOST = 8  # signs of a line that are looked at
_NEAR = {"en": 60, "zh": 20}  # characters from a sign to the words that it may be about
_BEFORE = {"en": (45, 15), "zh": (12, 4)}  # those before and after a word in which its "not" stands
_SURE = frozenset({"not", "never", "nothing", "none", "no"})
_COMMON = 0.02  # chance from which a word tells nothing of where it went

Unit = tuple[int, int, str]
_Finder = Callable[[tuple[str, ...]], list[int]]


class Region(NamedTuple):
    """A clause of the other text in which a sign is looked for, by how many words stand in it."""

    number: int
    weight: float
    share: float


class Word(NamedTuple):
    """A word near a sign: the how manieth after it (0 before it), and where it went."""

    order: int
    weight: float
    places: list[int]


class Side:
    """A text with its signs and clauses."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = text, language
        self.marks = marks(text, language)
        self.starts = [0, *(match.end() for match in _CLAUSE[language].finditer(text))]
        self.plain = [mark for mark in self.marks if mark.kind in PLAIN[language]]
        self.strong = [mark.start for mark in self.marks if mark.kind in STRONG[language]]
        self.weak = [mark.start for mark in self.marks if mark.kind not in STRONG[language]]

    @cached_property
    def is_positive(self) -> bool:
        """Whether nothing in it is negative, however far-fetched."""
        text = expressions("only_other", "zh").sub("", self.text) if self.language == "zh" else self.text
        return not expressions("negative", self.language).search(text)

    def clause(self, place: int) -> int:
        """The number of the clause that a place is in."""
        return bisect_right(self.starts, place) - 1

    def count(self, places: Sequence[int], first: int, last: int) -> int:
        """How many places are in some clauses."""
        return sum(first <= self.clause(place) <= last for place in places)


def weighed(source: Side, target: Side, words: Counterparts) -> Iterator[tuple[float, Mark]]:
    """Each plain sign of a text with the log odds of its being lost in the other."""
    if not source.plain:
        return
    weights = lists()["weights"][source.language]
    for mark, found in signs(source, target, words):
        yield sum(weights.get(name, 0.0) * value for name, value in found.items()), mark


def signs(source: Side, target: Side, words: Counterparts) -> Iterator[tuple[Mark, dict[str, float]]]:
    """Each plain sign of a text with what is seen of it in the other, by name."""
    units = words.units(source.text, source.language)
    places = words.finder(target.text, target.language)
    left = _traces(target)
    for mark in source.plain[:_MOST]:
        near = list(_near(mark, source, units, words, places))
        region = _region(mark, near, source, target)
        found = {**_sentence(source, target, mark), **_clause(mark, near, region, source, target)}
        yield mark, {name: float(value) for name, value in (found | _left(left, region, target)).items() if value}


def _near(mark: Mark, source: Side, units: list[Unit], words: Counterparts, places: _Finder) -> Iterator[Word]:
    """The telling words of a sign's clause near it."""
    clause, order = source.clause(mark.start), 0
    for start, end, key in units:
        if (
            abs(start - mark.start) >= _NEAR[source.language]
            or source.clause(start) != clause
            or start <= mark.start < end
        ):
            continue
        telling = words.telling(key, _COMMON)
        if telling is None:
            continue
        order += start > mark.start
        yield Word(order if start > mark.start else 0, telling[0], places(telling[1]))


def _region(mark: Mark, near: list[Word], source: Side, target: Side) -> Region:
    """The clause that most of the words near a sign went to, or the one that stands where it does."""
    votes: dict[int, float] = {}
    for word in near:
        for place in word.places:
            number = target.clause(place)
            votes[number] = votes.get(number, 0) + word.weight / len(word.places) * (1.5 if word.order else 1)
    if not votes:
        return Region(target.clause(int(mark.start * len(target.text) / max(1, len(source.text)))), 0, 0)
    total = sum(votes.values())
    best = max(votes, key=lambda number: votes[number])
    return Region(best, min(total, 8) / 4, votes[best] / total)


def _sentence(source: Side, target: Side, mark: Mark) -> dict[str, float]:
    """What of both texts as a whole speaks for a loss, or against it."""
    asked = "?" in source.text or "？" in source.text or "whether" in source.text
    until = ("until", "before") if source.language == "en" else ("才", "前", "就")
    return {
        "always": 1,
        f"is {mark.kind}": 1,
        "nothing": not target.strong,
        "none at all": target.is_positive,
        "none at all, said": target.is_positive and mark.kind in _SURE,
        "nothing weak": not target.strong and not target.weak,
        "fewer": len(target.strong) < len(source.plain),
        "several": min(3, len(source.plain)) - 1,
        "weak in source": len(source.marks) > len(source.plain),
        "asked": asked,
        "until": any(word in source.text for word in until),
    }


def _clause(mark: Mark, near: list[Word], region: Region, source: Side, target: Side) -> dict[str, float]:
    """What stands in the clause of the other text, beside it, and right at the words that the sign is about."""
    number = region.number
    strong, weak = target.count(target.strong, number, number), target.count(target.weak, number, number)
    beside = target.count(target.strong, number - 1, number + 1) - strong
    here = source.clause(mark.start)
    mine = source.count([other.start for other in source.plain], here, here)
    first = next((word for word in near if word.order and word.places), None)
    at_strong, at_weak = (
        first is not None and _stands_at(first, places, target) for places in (target.strong, target.weak)
    )
    bare = not strong and not weak
    return {
        "strong": strong > 0, "fewer here": strong < mine, "weak": min(weak, 3), "any weak": weak > 0,
        "beside": beside > 0, "nothing here": bare, "nothing around": bare and not beside,
        "nothing but weak elsewhere": not target.strong and not weak, "share": region.share,
        "said without": region.weight * (not strong), "said bare": region.weight * bare,
        "said, nothing": region.weight * (not target.strong),
        "found": first is not None, "found next": first is not None and first.order == 1,
        "next missing": any(word.order == 1 and not word.places for word in near),
        "strong at it": at_strong, "weak at it": at_weak,
        "bare": first is not None and not at_strong, "bare of all": first is not None and not at_strong and not at_weak,
    }  # fmt: skip


def _stands_at(word: Word, places: Sequence[int], target: Side) -> bool:
    before, after = _BEFORE[target.language]
    return any(there - before <= place <= there + after for there in word.places for place in places)


def _traces(target: Side) -> list[Trace]:
    """Words that a lost "not" leaves, in clauses that have none."""
    with_sign = {target.clause(place) for place in target.strong}
    return [trace for trace in traces(target.text, target.language) if target.clause(trace.start) not in with_sign]


def _left(left: list[Trace], region: Region, target: Side) -> dict[str, float]:
    here = [trace for trace in left if target.clause(trace.start) == region.number]
    emphatic = any(trace.emphatic for trace in left) and target.text.rstrip('”"’')[-1:] != "?"
    return {
        "traces": min(2, len(here)), "traces elsewhere": min(2, len(left) - len(here)), "emphatic": emphatic,
        "emphatic here": emphatic and any(trace.emphatic for trace in here),
    }  # fmt: skip


def sides(source: str, target: str, source_language: Language) -> tuple[Side, Side]:
    """Both texts."""
    return Side(source, source_language), Side(target, other_language(source_language))
