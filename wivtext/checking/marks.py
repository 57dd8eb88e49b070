"""Signs of negation in a text: plain ones, and everything that may stand for one in the other language.

The lists are `data/negation_marks.json`: of each language expressions by kind. "innocent" ones negate nothing (非常,
"not only"); "soft" ones have a "not" that need not be one in the other language (不到, "no more than").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from wivtext.records import Language

# Those that the other side must have something for, and those that a "not" of the other side is found in.
PLAIN: dict[Language, frozenset[str]] = {
    "en": frozenset([
        "longer", "not", "never", "no", "nothing", "neither", "nor", "without", "instead", "un", "in", "non", "fail",
        "hardly", "until",
    ]),
    "zh": frozenset(["not", "none", "yet", "bare", "without", "other", "but"]),
}  # fmt: skip
STRONG: dict[Language, frozenset[str]] = {
    "en": PLAIN["en"] - {"instead"} | {"refuse", "soft"},
    "zh": PLAIN["zh"] | {"different", "soft"},
}
_WORD = re.compile(r"[A-Za-z]{1,40}(?:['’-][A-Za-z]{1,40})?")
_NOTHING = frozenset({"innocent", "question"})


class Mark(NamedTuple):
    """A sign of negation at `start:end` of a text."""

    start: int
    end: int
    kind: str

    def text(self, whole: str) -> str:
        """Its words in the text that it is of."""
        return whole[self.start : self.end]


class Trace(NamedTuple):
    """What a lost "not" leaves behind: "at all", 任何; `emphatic` is a "does" without need."""

    start: int
    emphatic: bool


def marks(text: str, language: Language) -> list[Mark]:
    """The signs of a text from left to right, without the innocent ones.

    >>> [mark.kind for mark in marks("It is not only unsafe, it never works.", "en")]
    ['un', 'never']
    >>> [mark.kind for mark in marks("不断扩大，但没有盈利。", "zh")]
    ['none']
    """
    found = _english(text) if language == "en" else _found(_chinese(), text)
    return [mark for mark in found if mark.kind not in _NOTHING]


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    return (Mark(match.start(), match.end(), str(match.lastgroup)) for match in pattern.finditer(text))


def _english(text: str) -> Iterator[Mark]:
    """Phrases, and words by themselves, each of which is looked at once for all texts."""
    phrases = list(_found(_phrases(), text))
    inside = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    words = (
        Mark(match.start(), match.end(), kind)
        for match in _WORD.finditer(text)
        if match.start() not in inside and (kind := _kind(match[0].lower()))
    )
    return iter(sorted([*phrases, *words]))


def traces(text: str, language: Language) -> list[Trace]:
    """Words that mostly stand beside a negation.

    >>> traces("She did blame them at all.", "en")
    [Trace(start=4, emphatic=True), Trace(start=19, emphatic=False)]
    """
    return [Trace(match.start(), match["emphatic"] is not None) for match in _polar(language).finditer(text)]


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The expressions, and what `negation` weighs them by."""
    path = Path(__file__).parent.parent / "data" / "negation_marks.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    """All kinds as one pattern, the first that fits counts; `first_zh` are the characters that one can begin with."""
    kinds = "|".join(f"(?P<{kind}>{'|'.join(some)})" for kind, some in lists()["marks_zh"].items())
    return re.compile(f"(?=[{lists()['first_zh']}])(?:{kinds})")


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """The English expressions of more than a word, or that depend on the word after them."""
    kinds = lists()["phrases_en"]
    whole = "|".join(f"(?P<{kind}>{'|'.join(some)})" for kind, some in kinds.items())
    return re.compile(rf"\b(?:{whole})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    whole = "|".join(f"(?P<{kind}>{'|'.join(some)})" for kind, some in lists()["marks_en"].items())
    return re.compile(whole)


@lru_cache(maxsize=16384)
def _kind(word: str) -> str:
    """The kind of an English word, "" if it has none."""
    if word.endswith(("n't", "n’t")):
        return "not"
    match = _single().fullmatch(word)
    return str(match.lastgroup) if match else ""


@lru_cache(maxsize=2)
def _polar(language: Language) -> re.Pattern[str]:
    expressions = lists()[f"polar_{language}"]
    if language == "en":
        return re.compile(rf"\b(?:{expressions})\b", re.IGNORECASE)
    return re.compile(rf"(?P<emphatic>(?!))|{expressions}")


def expressions(kind: str, language: Language) -> re.Pattern[str]:
    """The `plain` negations of a language, everything `negative` in it, or (Chinese) what only looks negative."""
    return _listed(f"{kind}_{language}")


@lru_cache(maxsize=8)
def _listed(name: str) -> re.Pattern[str]:
    """The expressions of `data/negation.json` as one pattern; those of English match whole words."""
    lists = json.loads((Path(__file__).parent.parent / "data" / "negation.json").read_text(encoding="utf-8"))
    expressions = "|".join(lists[name])
    if name.endswith("zh"):
        return re.compile(expressions)
    return re.compile(rf"\b(?:{expressions})\b|n['’]t\b", re.IGNORECASE)
