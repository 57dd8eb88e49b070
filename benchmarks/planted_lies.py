"""Lies to plant in a point of a summary: each says something that no reader finds in the sentences behind it.

A maker takes a random generator and what is known of a point and gives the point that lies, or None where this one does
not offer the place for it. Figures are spoilt by the makers of `planted_errors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from planted_errors import Pair, currency, digit, month, percent, places, replaced, scale, unit


class Told(NamedTuple):
    """A point, the sentences behind it in their language, and whom and what its document names in the point's."""

    text: str
    language: str
    source: str
    speakers: tuple[tuple[str, ...], ...] = ()
    """Each speaker of the document: the full name, then what else people may call him."""
    sayers: tuple[str, ...] = ()
    """The full names of those who say the sentences behind the point."""
    strangers: tuple[str, ...] = ()
    """People of other documents."""
    organisations: tuple[str, ...] = ()
    foreign_organisations: tuple[str, ...] = ()
    other_points: tuple[str, ...] = ()


Lie = Callable[[Random, Told], str | None]

_AUXILIARY = r"\b(?:will|would|can|could|must|should|is|are|was|were|has|have|had|may)\b(?! not| no\b| never)"
_VERB_ZH = {"将": "将不", "会": "不会", "能": "不能", "可": "不可", "是": "不是", "已": "尚未", "须": "不须"}
_DENIAL_EN = r" (?:not|never)\b(?! only| just)|(?<=[a-z])n['’]t\b"
_DENIAL_ZH = (
    "不(?=会|能(?!够)|是(?!.{1,20}而)|再|可能|需要|愿|应|得|支持|同意|接受)|没有|并未|尚未|从未|未(?=[能获达公透])|无法"
)
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_OPPOSITE_EN = (
    ("rose", "fell"), ("rises", "falls"), ("rise", "fall"), ("rising", "falling"), ("increased", "decreased"),
    ("increase", "decrease"), ("growth", "decline"), ("grew", "shrank"), ("higher", "lower"), ("raised", "lowered"),
    ("widened", "narrowed"), ("climbed", "dropped"), ("doubled", "halved"),
)  # fmt: skip
_OPPOSITE_ZH = (
    ("增长", "下降"), ("上涨", "下跌"), ("上升", "下降"), ("提高", "降低"), ("增加", "减少"), ("增至", "降至"),
    ("升至", "降至"), ("涨至", "跌至"), ("扩大", "收窄"),
)  # fmt: skip


def figure(rng: Random, told: Told) -> str | None:
    """A digit is another one."""
    return digit(rng, _pair(told))


def scale_or_unit(rng: Random, told: Told) -> str | None:
    """万 for 亿, million for billion; kilometres for miles, dollars for yuan, a number for a percentage."""
    makers = [scale, unit, currency, percent]
    rng.shuffle(makers)
    return next((made for maker in makers if (made := maker(rng, _pair(told)))), None)


def date(rng: Random, told: Told) -> str | None:
    """A month is another one."""
    if told.language == "zh":
        return month(rng, _pair(told))
    found = [
        match for match in places(rf"\b(?:{'|'.join(_MONTHS)})\b", told.text) if _told_month(match[0], told.source)
    ]
    return replaced(rng, told.text, found, lambda old: rng.choice([new for new in _MONTHS if new != old]))


def _told_month(name: str, source: str) -> bool:
    return name in source or bool(re.search(rf"(?<!\d){_MONTHS.index(name) + 1}月", source))


def person(rng: Random, told: Told) -> str | None:
    """A name is that of somebody whom the document does not know."""
    found = _named(told, told.speakers)
    return _renamed(told.text, rng.choice(found), rng.choice(told.strangers)) if found and told.strangers else None


def speaker(rng: Random, told: Told) -> str | None:
    """What one speaker says is put in the mouth of another one of the document."""
    mine = [names for names in told.speakers if names[0] in told.sayers]
    others = [names for names in told.speakers if names[0] not in told.sayers]
    others = [names for names in others if not any(name in told.source or name in told.text for name in names)]
    found = [name for name in _named(told, mine) if _speaks(name, told)]
    if not found or not others:
        return None
    name, rival = rng.choice(found), rng.choice(others)
    return _renamed(told.text, name, rival[0] if name in {names[0] for names in mine} else rival[-1])


def organisation(rng: Random, told: Told) -> str | None:
    """A firm or an office is one of another document."""
    found = [name for name in told.organisations if name in told.text]
    rivals = [name for name in told.foreign_organisations if name not in told.organisations]
    return told.text.replace(max(found, key=len), rng.choice(rivals)) if found and rivals else None


def inserted_not(rng: Random, told: Told) -> str | None:
    """What is asserted is denied."""
    if told.language == "en":
        return replaced(rng, told.text, places(_AUXILIARY, told.text), lambda word: f"{word} not")
    found = places(
        "(?<![不未没社机协大学开议员就可只])(?:将(?!近|军|来)|会(?=[在有使让把被给继])|能(?=[够在使让把])|已(?!经不)|须)",
        told.text,
    )
    return replaced(rng, told.text, found, _VERB_ZH.__getitem__)


def lost_not(rng: Random, told: Told) -> str | None:
    """What is denied is asserted."""
    return replaced(
        rng, told.text, places(_DENIAL_EN if told.language == "en" else _DENIAL_ZH, told.text), lambda _: ""
    )


def direction(rng: Random, told: Told) -> str | None:
    """A rise is a fall, or the other way round."""
    pairs = _OPPOSITE_EN if told.language == "en" else _OPPOSITE_ZH
    swap = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    words = "|".join(sorted(swap, key=len, reverse=True))
    found = places(rf"\b(?:{words})\b" if told.language == "en" else words, told.text)
    return replaced(rng, told.text, found, swap.__getitem__)


def another_document(rng: Random, told: Told) -> str | None:
    """The point is one about something else."""
    return rng.choice(told.other_points) if told.other_points else None


LIES: dict[str, Lie] = {
    "changed figure": figure, "scale or unit": scale_or_unit, "changed month": date, "swapped person": person,
    "another speaker": speaker, "swapped organisation": organisation, "inserted not": inserted_not,
    "lost not": lost_not, "rise for fall": direction, "another document": another_document,
}  # fmt: skip


def _pair(told: Told) -> Pair:
    return Pair(told.source, told.text, told.language)


def _named(told: Told, people: Sequence[tuple[str, ...]]) -> list[str]:
    """The longest name of each of the people whom the point names."""
    there = [[name for name in names if _has(name, told.text)] for names in people]
    return [max(names, key=len) for names in there if names]


def _has(name: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", text)) if name.isascii() else name in text


def _renamed(text: str, name: str, other: str) -> str:
    return re.sub(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), lambda _: other, text)


def _speaks(name: str, told: Told) -> bool:
    """Whether the point begins with the name, as those that say who says something do."""
    return told.text.startswith(name)
