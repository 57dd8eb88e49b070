"""A "not" of one side that nothing on the other side can stand for."""

from __future__ import annotations

from collections.abc import Iterator

from wivtext.checking.counterparts import Counterparts, shipped
from wivtext.checking.marks import Mark, expressions
from wivtext.checking.polarity import Side, sides, weighed
from wivtext.records import Finding, Language

__all__ = ["expressions", "negations"]

_MESSAGE = "one says “{}”, and nothing in the other does"
# Log odds from which a "not" of a text is lost in its translation, and from which the translation has made one up.
_LOST: dict[Language, float] = {"en": 1.1, "zh": 1.3}
_MADE_UP: dict[Language, float] = {"en": 2.3, "zh": 1.8}


def negations(source: str, target: str, source_language: Language) -> Iterator[Finding]:
    """A negation that nothing on the other side stands for, by where its words went and what else is negative there.

    >>> [finding.source for finding in negations("It will not open this year.", "今年将开业。", "en")]
    ['not']
    >>> list(negations("It is not hard to open.", "开业并不难。", "en"))
    []
    """
    words = shipped()
    if words is None:
        return
    mine, theirs = sides(source, target, source_language)
    lost = _likeliest(mine, theirs, words)
    if lost and lost[0] > _LOST[source_language]:
        yield _sided(lost[1].text(source), is_source=True)
        return
    added = _likeliest(theirs, mine, words)
    if added and added[0] > _MADE_UP[theirs.language]:
        yield _sided(added[1].text(target), is_source=False)


def _likeliest(one: Side, other: Side, words: Counterparts) -> tuple[float, Mark] | None:
    return max(weighed(one, other, words), key=lambda found: found[0], default=None)


def _sided(text: str, is_source: bool) -> Finding:
    return Finding("negation", text if is_source else "", "" if is_source else text, _MESSAGE.format(text))
