"""Different figures for the same thing, as different places tell it.

Two sentences have to be alike, to be about the same (one name at least that is not everybody's, no other subject, no
other period), and all but one or two of their figures have to be equal or stand in like words. Precision goes first: a
figure that only may be about the same is passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from wivtext.across.accounts import Account, Concept, Told
from wivtext.across.likeness import Sentences
from wivtext.engines.extractive import tokens
from wivtext.hanzi import simplified
from wivtext.quantities import Quantity, quantities, same
from wivtext.records import Language

_ALIKE = 0.45
_AROUND: dict[Language, int] = {"en": 36, "zh": 12}  # characters on either side of a figure
_RARE = 12  # documents that have a name, at most
_ANCHORS = 2  # rare names that two documents share where the sentences name nobody
_NEARBY = 0.5  # of the words around a figure
_COUNTED = frozenset({"money", "measure", "ratio", "points", "number"})
_PERIODS = ("year", "quarter", "half-year", "month", "day")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my)\b|我|咱|本公司")
_BOUND = re.compile(
    r"(?:more than|over|at least|nearly|almost|about|around|some|roughly|fewer than|less than|up to|as many as"
    r"|approximately|close to|just|only|超过?|逾|至少|近|约|大约|不到|最多|高达|将近|接近) ?$"
)
_LOOSE = re.compile(r"^(?:余|多|左右|上下|以上|以下| or so| or more)")


@dataclass(frozen=True)
class Claim:
    """A figure of a sentence."""

    told: Told
    quantity: Quantity

    @property
    def key(self) -> tuple[str, int, int]:
        return *self.told.key, self.quantity.start


@dataclass(frozen=True)
class Conflict:
    """Figures for the same thing, at least two of them different."""

    about: tuple[Concept, ...]
    claims: tuple[Claim, ...]


def firm(told: Told, language: Language) -> list[Quantity]:
    """The plain figures of a sentence in one of its languages."""
    return [one for one in _read(told.text(language), language) if one.firm and one.unit != "relative"]


@lru_cache(maxsize=4096)
def _read(text: str, language: Language) -> tuple[Quantity, ...]:
    return tuple(quantities(text, language))


def conflicts(pairs: Iterable[tuple[Told, Told]], accounts: Sequence[Account], sentences: Sentences) -> list[Conflict]:
    """What the sentences of different documents say differently; `pairs` are those that may be alike."""
    known = Subjects.of(accounts)
    found = [
        (first, second)
        for one, other in pairs
        if one.document != other.document and known.agree(one, other) and sentences.likeness(one, other) >= _ALIKE
        for first, second in differing(one, other)
    ]
    return gathered(found)


def differing(one: Told, other: Told, *, versions: bool = False) -> list[tuple[Claim, Claim]]:
    """The figures that stand in like words of two sentences and differ in value; of `versions`, at the like place."""
    language = one.language if one.language == other.language else "en"
    mine, theirs = _trusted(one, language), _trusted(other, language)
    if not _same_periods(mine, theirs):
        return []
    left, right = _unequal(mine, theirs), _unequal(theirs, mine)
    pairs = []
    for first in left:
        fitting = [second for second in right if _comparable(first, second)]
        ranked = sorted(fitting, key=lambda second: -_nearness(one, first, other, second, language))
        if not ranked or (len(left) > 1 and len(right) != len(left)):
            continue
        best = ranked[0]
        near = _nearness(one, first, other, best, language)
        if near >= (0.3 if versions else _NEARBY) and _is_plainly_other(first, best, one, other, language):
            right = [second for second in right if second is not best]
            pairs.append((_own(one, first, language), _own(other, best, language)))
    return [(a, b) for a, b in pairs if a and b]


@dataclass(frozen=True)
class Subjects:
    """What documents are about by the names in them; a name of many documents is everybody's."""

    names: dict[str, frozenset[str]]
    spread: Counter[str]
    dates: dict[str, str]
    voices: dict[tuple[str, int], str]

    @classmethod
    def of(cls, accounts: Sequence[Account]) -> Subjects:
        return cls(
            {account.name: account.names for account in accounts},
            Counter(name for account in accounts for name in account.names),
            {account.name: account.date for account in accounts},
            {
                (account.name, place): (voice.organisation or voice.name)[0]
                for account in accounts
                for place, voice in enumerate(account.voices)
            },
        )

    def agree(self, one: Told, other: Told) -> bool:
        """Whether two sentences can be about the same: a rare name in common, and none that the other lacks."""
        speaking = [self._first_person(told) for told in (one, other)]
        if any(speaking) and speaking[0] != speaking[1]:
            return False
        mine, theirs = self._rare(one.names), self._rare(other.names)
        if mine - theirs - one.called and theirs - mine - other.called:
            return False
        shared = self._rare(self.names[one.document] & self.names[other.document])
        told = (mine - one.called) | (theirs - other.called)
        return bool(mine & theirs) or (len(shared) >= _ANCHORS and not told - shared)

    def _first_person(self, told: Told) -> str:
        if told.voice is None or not _FIRST_PERSON.search(told.text(told.language)):
            return ""
        return self.voices[told.document, told.voice]

    def _rare(self, names: frozenset[str]) -> frozenset[str]:
        most = min(max(3, len(self.names) // 10), _RARE)
        return frozenset(name for name in names if self.spread[name] <= most)


def _trusted(told: Told, language: Language) -> list[Quantity]:
    """The figures in a language; of a translation, those that the original has too."""
    found = firm(told, language)
    if language == told.language:
        return found
    original = firm(told, told.language)
    return [one for one in found if any(one.kind == own.kind and same(one, own) for own in original)]


def _own(told: Told, quantity: Quantity, language: Language) -> Claim | None:
    """The figure as the original has it."""
    if language == told.language:
        return Claim(told, quantity)
    fitting = (one for one in firm(told, told.language) if one.kind == quantity.kind and same(one, quantity))
    return next((Claim(told, one) for one in fitting), None)


def _same_periods(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    for kind in _PERIODS:
        one = {value for quantity in mine if quantity.kind == kind for value in quantity.values}
        other = {value for quantity in theirs if quantity.kind == kind for value in quantity.values}
        if one and other and one != other:
            return False
    return True


def _unequal(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    return [one for one in mine if one.kind in _COUNTED and not any(same(one, other) for other in theirs)]


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and one.unit == other.unit


def _nearness(one: Told, first: Quantity, other: Told, second: Quantity, language: Language) -> float:
    """How much of the words around two figures is the same."""
    mine, theirs = _around(one.text(language), first, language), _around(other.text(language), second, language)
    before, after = set(mine[0]) & set(theirs[0]), set(mine[1]) & set(theirs[1])
    if not (before or after):
        return 0.0
    # What is counted stands right behind a bare number.
    if first.kind == "number" and not set(mine[1][:2]) & set(theirs[1][:2]) and (mine[1] or theirs[1]):
        return 0.0
    sizes = [max(1, min(len(a), len(b))) for a, b in zip(mine, theirs, strict=True)]
    parts = [len(shared) / size for shared, size in zip((before, after), sizes, strict=True)]
    return max(sum(parts) / 2, min(parts))


def _around(text: str, quantity: Quantity, language: Language) -> tuple[list[str], list[str]]:
    reach = _AROUND[language]
    before, after = text[max(0, quantity.start - reach) : quantity.start], text[quantity.end : quantity.end + reach]
    first, second = (
        [token for token in tokens(simplified(part)) if not token[0].isdecimal()] for part in (before, after)
    )
    return first[-4:], second[:4]


def _is_plainly_other(first: Quantity, second: Quantity, one: Told, other: Told, language: Language) -> bool:
    """Whether no rounding, "about" or "more than" can make the figures agree."""
    low, high = sorted((abs(first.value), abs(second.value)))
    if any(_is_rounded(a, b) for a, b in ((first.value, second.value), (second.value, first.value))):
        return False
    loose = any(
        quantity.approximate or _is_loose(told.text(language), quantity)
        for told, quantity in ((one, first), (other, second))
    )
    return not (loose and high <= low * Fraction(6, 5))


def _is_loose(text: str, quantity: Quantity) -> bool:
    return bool(_BOUND.search(text[: quantity.start]) or _LOOSE.search(text[quantity.end :]))


def _is_rounded(rough: Fraction, exact: Fraction) -> bool:
    """Whether the first is the second with fewer digits: 58 million, 58.3 million."""
    digits = f"{float(abs(rough)):.15g}".replace(".", "").split("e")[0].strip("0")
    return f"{float(exact):.{max(1, len(digits)) - 1}e}" == f"{float(rough):.{max(1, len(digits)) - 1}e}"


def gathered(pairs: Iterable[tuple[Claim, Claim]]) -> list[Conflict]:
    """Pairs that have a figure in common are about one thing."""
    found = []
    joined: dict[tuple[str, int, int], set[tuple[str, int, int]]] = defaultdict(set)
    claims: dict[tuple[str, int, int], Claim] = {}
    for first, second in pairs:
        claims |= {first.key: first, second.key: second}
        joined[first.key].add(second.key)
        joined[second.key].add(first.key)
    done: set[tuple[str, int, int]] = set()
    for start in sorted(joined):
        group, waiting = set(), [start]
        while waiting:
            key = waiting.pop()
            if key not in done:
                done.add(key)
                group.add(key)
                waiting += joined[key]
        if group:
            members = tuple(claims[key] for key in sorted(group))
            found.append(Conflict(_shared_concepts(members), members))
    return found


def _shared_concepts(claims: Sequence[Claim]) -> tuple[Concept, ...]:
    first, *others = (dict.fromkeys(claim.told.concepts) for claim in claims)
    return tuple(concept for concept in first if all(concept in other for other in others))
