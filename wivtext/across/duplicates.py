"""Versions of one article: copies, shortened and updated ones, and translations.

Copies in one language share runs of words, told from a sample of them: every fourth by its checksum, so that the part
of a short version that a long one contains is seen. Translations share figures and names, and nearly all sentences in
one order. Figures are masked in the runs: a version with a corrected figure is a version. But a report of the same
making on another month, whose figures are nearly all others, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from zlib import crc32

from wivtext.across.accounts import Account, Told
from wivtext.across.figures import firm
from wivtext.hanzi import simplified
from wivtext.quantities import Quantity, compare
from wivtext.records import Language

_RUN: dict[Language, int] = {"en": 4, "zh": 5}  # words, characters
_SAMPLED = 4
_CONTAINED = 0.6  # of the shorter one's runs
_SAME_SENTENCE = 0.5
_IN_COMMON = 0.3  # of the figures and names of a text and of its translation: many are spelled or rounded otherwise
_TRANSLATED = 0.6  # of the sentences, and the shorter text has so much of the longer one's length
_SAME_TRANSLATED = 0.35
_IN_ORDER = 0.85
_FEWEST = 5
_SMALL = 12  # bare numbers up to this one stand everywhere
_OTHER_FIGURES = 0.5
_TOGETHER = 12  # documents that share something, each compared with each; of more, each with the first and the next
_ENGLISH = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+(?:[.,]\d+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]|\d+(?:[.,]\d+)*")

Pairs = list[tuple[Told, Told]]


@dataclass(frozen=True)
class Version:
    """A document that is a version of another, and which of its sentences are which of the other's."""

    account: Account
    same: Pairs


@dataclass(frozen=True)
class Versions:
    """An article: the document that stands for it, and the others."""

    first: Account
    others: tuple[Version, ...]


def versions_of(accounts: Sequence[Account]) -> list[Versions]:
    """The articles that there are several versions of. The longest version stands for each, the first by name of two.

    Every document is compared with few others, so that the time grows with their number and not with its square.
    """
    groups = _Groups(len(accounts))
    runs = [_runs_of(account) for account in accounts]
    mixed = len({account.language for account in accounts}) > 1
    items = [_items(account) if mixed else [] for account in accounts]

    def are_copies(one: int, other: int) -> bool:
        return _is_copy(accounts[one], accounts[other], runs[one], runs[other])

    def are_translations(one: int, other: int) -> bool:
        apart = accounts[one].language != accounts[other].language
        return apart and _is_translation(accounts[one], accounts[other], items[one], items[other])

    sampled = [[run for run in of if run % _SAMPLED == 0] for of in runs]
    for candidates, holds in (
        (_sharing(sampled, _TOGETHER, 3), are_copies),
        (_sharing(items, _TOGETHER, _FEWEST), are_translations),
    ):
        for one, other in candidates:
            if groups.apart(one, other) and holds(one, other) and groups.fit(one, other, holds):
                groups.join(one, other)
    return [_versions([accounts[place] for place in group]) for group in groups.several()]


def alignment(one: Account, other: Account) -> Pairs:
    """Which sentences of two versions are the same, each once, in the order of the first."""
    pairs = _alike(one, other)
    return pairs if one.language == other.language else list(_filled(one, other, pairs))


def _alike(one: Account, other: Account) -> Pairs:
    scored = sorted(_scored(one, other), key=lambda pair: (-pair[0], pair[1], pair[2]))
    mine: set[int] = set()
    theirs: set[int] = set()
    pairs = []
    for _, first, second in scored:
        if first not in mine and second not in theirs:
            mine.add(first)
            theirs.add(second)
            pairs.append((one.told[first], other.told[second]))
    return sorted(pairs, key=lambda pair: pair[0].index)


def _filled(one: Account, other: Account, pairs: Pairs) -> Iterator[tuple[Told, Told]]:
    """The pairs of a translation, and the sentences between two of them where both sides have as many."""
    before = -1, -1
    for mine, theirs in [*((a.index, b.index) for a, b in pairs), (len(one.told), len(other.told))]:
        gap = mine - before[0]
        if gap == theirs - before[1]:
            yield from ((one.told[before[0] + step], other.told[before[1] + step]) for step in range(1, gap))
        if mine < len(one.told):
            yield one.told[mine], other.told[theirs]
        before = mine, theirs


def _versions(group: list[Account]) -> Versions:
    first = min(group, key=lambda account: (-len(account.told), account.name))
    others = [account for account in group if account is not first]
    return Versions(first, tuple(Version(account, alignment(first, account)) for account in others))


class _Groups:
    """Which documents belong together, by their places."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._top(one), self._top(other)))
        self._above[second] = first

    def apart(self, one: int, other: int) -> bool:
        return self._top(one) != self._top(other)

    def fit(self, one: int, other: int, holds: Callable[[int, int], bool]) -> bool:
        """Whether the groups of two documents are of one article: a round-up of two articles does not make them one."""
        top, other_top = self._top(one), self._top(other)
        return (top == one or holds(top, other)) and (other_top == other or holds(one, other_top))

    def several(self) -> list[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._above)):
            groups[self._top(place)].append(place)
        return [group for group in groups.values() if len(group) > 1]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place


def _sharing(features: Sequence[Iterable[Hashable]], together: int, least: int) -> Iterator[tuple[int, int]]:
    """Pairs of documents that share at least `least` features, those that share most first."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, of in enumerate(features):
        for feature in dict.fromkeys(of):
            places[feature].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for having in places.values():
        if len(having) <= together:
            shared.update(combinations(having, 2))
        else:
            shared.update((having[0], other) for other in having[1:])
            shared.update(pairwise(having))
    for pair, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if count >= least:
            yield pair


def _runs(text: str, language: Language) -> list[int]:
    """Checksums of the runs of a sentence's words or characters, figures masked."""
    pattern = _ENGLISH if language == "en" else _CHINESE
    plain = text.lower().replace("’", "'") if language == "en" else simplified(text)
    units = ["#" if unit[0].isdecimal() else unit for unit in pattern.findall(plain)]
    size = min(_RUN[language], max(1, len(units)))
    return [crc32(" ".join(units[start : start + size]).encode()) for start in range(len(units) - size + 1)]


def _runs_of(account: Account) -> frozenset[int]:
    return frozenset(run for one in account.told for run in _runs(one.own, one.language))


def _is_copy(one: Account, other: Account, mine: frozenset[int], theirs: frozenset[int]) -> bool:
    if len(mine & theirs) < _CONTAINED * min(len(mine), len(theirs)):
        return False
    pairs = alignment(one, other)
    figures = [(firm(first, first.language), firm(second, second.language)) for first, second in pairs]
    told = [pair for pair in figures if pair[0] or pair[1]]
    changed = sum(bool(compare(*pair)) for pair in told)
    return bool(pairs) and (len(told) < 2 or changed <= _OTHER_FIGURES * len(told))


def _items(account: Account) -> list[Hashable]:
    """What a translation has in common with its original, in the order of the text."""
    items: list[Hashable] = []
    for one in account.told:
        items += [(quantity.kind, quantity.value) for quantity in firm(one, one.language) if _tells(quantity)]
        items += [concept.en for concept in one.concepts if concept.about in ("organisation", "person", "place")]
        items += [account.voices[one.voice].name[0]] if one.voice is not None else []
    return list(dict.fromkeys(items))


def _tells(quantity: Quantity) -> bool:
    return quantity.value > _SMALL or quantity.kind not in ("number", "ordinal")


def _is_translation(one: Account, other: Account, mine: list[Hashable], theirs: list[Hashable]) -> bool:
    """Whether two texts have sentence for sentence the same; two reports of one event have another order."""
    common, lengths = set(mine) & set(theirs), sorted((len(one.told), len(other.told)))
    if len(common) < _IN_COMMON * len(set(mine) | set(theirs)) or lengths[0] < _TRANSLATED * lengths[1]:
        return False
    pairs = _alike(one, other)
    in_order = _longest_rise(second.index for _, second in pairs)
    return len(pairs) >= _TRANSLATED * lengths[0] and in_order >= _IN_ORDER * len(pairs)


def _longest_rise(numbers: Iterable[int]) -> int:
    """How many of the numbers stand in rising order."""
    ends: list[int] = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)


def _scored(one: Account, other: Account) -> Iterator[tuple[float, int, int]]:
    if one.language == other.language:
        yield from _scored_copies(one, other)
    else:
        yield from _scored_translations(one, other)


def _scored_copies(one: Account, other: Account) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences that share most of their runs, with a preference for neighbours of the same place."""
    mine = [set(_runs(told.own, told.language)) for told in one.told]
    theirs = [set(_runs(told.own, told.language)) for told in other.told]
    having: dict[int, list[int]] = defaultdict(list)
    for place, runs in enumerate(theirs):
        for run in runs:
            having[run].append(place)
    for first, runs in enumerate(mine):
        shared = Counter(second for run in runs if len(having[run]) <= _TOGETHER for second in having[run])
        for second, count in shared.items():
            share = count / max(1, min(len(runs), len(theirs[second])))
            if share >= _SAME_SENTENCE:
                yield round(share, 6), first, second


def _scored_translations(one: Account, other: Account) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences about as far into the text that share figures, terms and names."""
    reach = 3 + abs(len(one.told) - len(other.told))
    for first, mine in enumerate(one.told):
        for second in range(max(0, first - reach), min(len(other.told), first + reach + 1)):
            score = _shared_part(mine, other.told[second])
            if score >= _SAME_TRANSLATED:
                yield round(score - abs(first - second) / 1000, 6), first, second


def _shared_part(mine: Told, theirs: Told) -> float:
    def items(told: Told) -> set[Hashable]:
        values: set[Hashable] = {quantity.value for quantity in firm(told, told.language)}
        return values | {concept.en for concept in told.concepts} | {f"name {name}" for name in told.names}

    one, other = items(mine), items(theirs)
    shared = len(one & other) / max(1, min(len(one), len(other)))
    words = mine.words["en"] & theirs.words["en"]
    alike = len(words) / max(1, min(len(mine.words["en"]), len(theirs.words["en"])))
    return max(shared * 0.5 + alike * 0.5, alike)
