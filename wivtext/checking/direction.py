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
    "|higher|jump(?:s|ed)?|surg(?:e|es|ed|ing)|soar(?:s|ed)?|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|expand(?:s|ed|ing)?"
    "|boost(?:s|ed|ing)?"
)
_DOWN_EN = (
    "fell|fallen|falls?|falling|down|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)|lower|slid|slip(?:s|ped)?"
    "|plung(?:es?|ed)|tumbl(?:es?|ed)|shrank|shrunk|sank|plummet(?:s|ed)?|cut(?:s|ting)?|reduc(?:es?|ed|ing)"
    "|shorten(?:s|ed|ing)?|narrow(?:s|ed|ing)?|slash(?:es|ed|ing)?"
)
_UP_ZH = "同比增长|增长|上涨|上升|提高|增加|提升|攀升|大涨|增幅|涨幅|上调|回升|走高|扩大|增|涨|升"
_DOWN_ZH = "同比下降|下降|下跌|下滑|减少|降低|回落|大跌|降幅|跌幅|下调|削减|缩减|缩短|收窄|走低|降|跌|减"
_TO_FIGURE_EN = r"(?: (?:by|of|about|around|nearly|almost|roughly|some|over|more|than|only|just|a|an|another|further))*"
_TO_FIGURE_ZH = "(?:了|约|近|超过?|逾|达到?|为|幅度?|率|仅|大约)*"

_CLAUSE = 80  # characters before a figure in which a verb is looked for
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
        equal = [other for other in theirs[:_MOST] if other.unit != "relative" and same(quantity, other)]
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
    if language == "en" and text.endswith("by ", 0, quantity.start):
        clause = re.split(r"[,;:.–—]", text[max(0, quantity.start - _CLAUSE) : quantity.start])[-1]
        moves = list(_moves().finditer(clause))
        if moves and len({move.lastgroup for move in moves}) == 1:
            return str(moves[-1].lastgroup), clause[moves[-1].start() :] + text[quantity.start : quantity.end]
    after = _after().match(text, quantity.end) if language == "en" else None
    return (str(after.lastgroup), text[quantity.start : after.end()]) if after else None


@lru_cache(maxsize=2)
def _before(language: Language) -> re.Pattern[str]:
    if language == "en":
        return re.compile(rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN})){_TO_FIGURE_EN} ?$", re.IGNORECASE)
    return re.compile(rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH})){_TO_FIGURE_ZH}$")


@lru_cache(maxsize=1)
def _moves() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    up = "increase|rise|growth|higher|gain|more than (?:a year|in|the)|dearer"
    down = "decrease|decline|drop|fall|lower|(?:less|fewer) than (?:a year|in|the)|cheaper"
    return re.compile(rf" (?:(?P<up>{up})|(?P<down>{down}))\b")
