"""A rise that became a fall, told by the words beside a figure that both languages have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wivtext.language import other_language
from wivtext.quantities import Quantity, same
from wivtext.records import Finding, Language

_UP_EN = (
    "rose|risen|rises?|rising|up|grew|grows?|grown|growing|growth|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|gain(?:s|ed)?"
    "|higher|jump(?:s|ed)?|surg(?:e|es|ed|ing)|soar(?:s|ed)?"
)
_DOWN_EN = (
    "fell|fallen|falls?|falling|down|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)|lower|slid|slip(?:s|ped)?"
    "|plung(?:es?|ed)|tumbl(?:es?|ed)|shrank|shrunk|sank|plummet(?:s|ed)?"
)
_UP_ZH = "同比增长|增长|上涨|上升|提高|增加|提升|攀升|大涨|增幅|涨幅|增|涨|升"
_DOWN_ZH = "同比下降|下降|下跌|下滑|减少|降低|回落|大跌|降幅|跌幅|降|跌|减"
_TO_FIGURE_EN = r"(?: (?:by|of|about|around|nearly|almost|roughly|some|over|more|than|only|just|a|an|another|further))*"
_TO_FIGURE_ZH = "(?:了|约|近|超过?|逾|达到?|为|幅度?|率|仅|大约)*"

_MOST = 60  # figures of a line that are looked at: with more of them it is a table


def turns(
    source: str, target: str, language: Language, mine: Sequence[Quantity], theirs: Sequence[Quantity]
) -> Iterator[Finding]:
    """Figures that rise in one text and fall in the other; `language` is the source's.

    >>> from wivtext.quantities import quantities
    >>> en, zh = "Output rose 35%.", "产量下降35%。"
    >>> [finding.message for finding in turns(en, zh, "en", quantities(en, "en"), quantities(zh, "zh"))]
    ['“rose 35%” became “下降35%”: a rise in one, a fall in the other']
    """
    for quantity in mine[:_MOST]:
        equal = [other for other in theirs[:_MOST] if other.kind == quantity.kind and same(quantity, other)]
        if quantity.kind not in ("ratio", "points", "number", "money", "measure") or len(equal) != 1:
            continue
        here, there = _move(source, quantity, language), _move(target, equal[0], other_language(language))
        if here and there and here[0] != there[0]:
            message = f"“{here[1]}” became “{there[1]}”: a rise in one, a fall in the other"
            yield Finding("number", here[1], there[1], message)


def _move(text: str, quantity: Quantity, language: Language) -> tuple[str, str] | None:
    """Up or down, and the words, of what stands right before a figure, or after it in English."""
    before = _before(language).search(text, max(0, quantity.start - 40), quantity.start)
    if before:
        return str(before.lastgroup), text[before.start() : quantity.end]
    after = _after().match(text, quantity.end) if language == "en" else None
    return (str(after.lastgroup), text[quantity.start : after.end()]) if after else None


@lru_cache(maxsize=2)
def _before(language: Language) -> re.Pattern[str]:
    if language == "en":
        return re.compile(rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN})){_TO_FIGURE_EN} ?$", re.IGNORECASE)
    return re.compile(rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH})){_TO_FIGURE_ZH}$")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(r" (?:(?P<up>increase|rise|growth|higher|gain)|(?P<down>decrease|decline|drop|fall|lower))\b")
