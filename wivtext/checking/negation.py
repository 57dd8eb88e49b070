"""A "not" of one side that nothing on the other side can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wivtext.checking.counterparts import Counterparts, shipped
from wivtext.checking.marks import Mark, expressions
from wivtext.checking.polarity import Side, sides, weighed
from wivtext.language import other_language
from wivtext.records import Finding, Language

__all__ = ["expressions", "negations"]

_MESSAGE = "one says “{}”, and nothing in the other does"
# Log odds from which a "not" of a text is lost in its translation, and from which the translation has made one up.
_LOST: dict[Language, float] = {"en": 1.1, "zh": 1.3}
_MADE_UP: dict[Language, float] = {"en": 2.3, "zh": 1.8}
# 不是降价，而是半夜降价: of two things set against each other one is denied, whatever the words.
_CONTRAST: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:\b(?P<a>not)\b(?! only| just| merely| least)|(?P<b>\w+n['’]t)\b(?! only| just))"
        r"[^.;!?\"”]{1,60}, ?but\b(?! also)"
        r"|, (?P<c>not) (?:\w+ ){0,4}\w+[.\"”]*$",
        re.IGNORECASE,
    ),
    "zh": re.compile("(?P<a>不是|并非|不在于)[^。；！？]{1,30}，(?:而是|而在于)|(?P<b>而不是|而非)"),
}
# What may stand for it in the other language; of 303 such pairs of human translations 3 have nothing of these.
_AGAINST: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|no|never|neither|nor|none|nothing|nobody|without|rather|instead|than|before|cannot|unlike|fail\w*|hardly"
        r"|less|beyond|far|replac\w*|avoid\w*|stop\w*|refus\w*|over|against|lieu|opposed|lack\w*|prefer\w*|non\w*|un\w+"
        r"|only|just|mere\w*|anything|reject\w*|away)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    "zh": re.compile("[不没未无非别莫勿免拒反否难]|代替|取代|而是|宁|舍|放弃|改|最早"),
}


def negations(source: str, target: str, source_language: Language) -> Iterator[Finding]:
    """A negation that nothing on the other side stands for, by where its words went and what else is negative there.

    >>> [finding.source for finding in negations("It will not open this year.", "今年将开业。", "en")]
    ['not']
    >>> list(negations("It is not hard to open.", "开业并不难。", "en"))
    []
    >>> [finding.source for finding in negations("最怕的不是降价，而是半夜降价。", "They dread cuts but late.", "zh")]
    ['不是']
    """
    words = shipped()
    if words is None:
        return
    mine, theirs = sides(source, target, source_language)
    lost = _likeliest(mine, theirs, words)
    if lost and lost[0] > _LOST[source_language]:
        yield _sided(lost[1].text(source), is_source=True)
        return
    if opposed := _opposed(source, target, source_language):
        yield _sided(opposed, is_source=True)
        return
    added = _likeliest(theirs, mine, words)
    if added and added[0] > _MADE_UP[theirs.language]:
        yield _sided(added[1].text(target), is_source=False)
    elif opposed := _opposed(target, source, other_language(source_language)):
        yield _sided(opposed, is_source=False)


def _opposed(text: str, other: str, language: Language) -> str:
    """The "not" by which a text sets two things against each other, where nothing in the other does; else empty."""
    match = _CONTRAST[language].search(text)
    if match is None or _AGAINST[other_language(language)].search(other):
        return ""
    return next(group for group in match.groups() if group)


def _likeliest(one: Side, other: Side, words: Counterparts) -> tuple[float, Mark] | None:
    return max(weighed(one, other, words), key=lambda found: found[0], default=None)


def _sided(text: str, is_source: bool) -> Finding:
    return Finding("negation", text if is_source else "", "" if is_source else text, _MESSAGE.format(text))
