"""Sizes told without a figure: "doubled" and 三倍, "several hundred thousand" and 数亿."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wivtext.records import Finding, Language

_TIMES = {"doubl": {1, 2}, "tripl": {2, 3}, "trebl": {2, 3}, "quadrupl": {3, 4}, "quintupl": {4, 5}}
_MULTIPLIED = re.compile(r"\b(doubl|tripl|trebl|quadrupl|quintupl)(?:es?|ed|ing)\b", re.IGNORECASE)
_FOLD = re.compile(r"(\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十]) ?(?:多|余|几)?倍")
_HANZI = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}

_VAGUE_EN = re.compile(
    r"\b(?:(?P<tens>(?:tens|dozens)|(?:several|a few) dozen)|(?P<hundreds>hundreds|(?:several|a few) hundred)"
    r"|(?:several|a few)"
    r"|(?P<alone>thousands|millions|billions))"
    r"(?: of)?(?: (?P<scale>thousand|million|billion|trillion)s?)?\b(?! and)",
    re.IGNORECASE,
)
_VAGUE_ZH = re.compile(
    r"(?<![\d十百千万亿无])[数几上](?P<small>[十百千]?)(?P<scale>万亿|[万亿]?)(?![\d一二三四五六七八九十百千分倍])"
)
_SCALES_EN = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SCALES_ZH = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "万亿": 12}


def magnitudes(source: str, target: str, source_language: Language) -> Iterator[Finding]:
    """A size in words that the other language has as another one.

    >>> [found.message for found in magnitudes("Orders doubled.", "订单增至四倍。", "en")]
    ['“doubled” became “四倍”']
    >>> [found.message for found in magnitudes("融资数亿元。", "It raised several hundred thousand yuan.", "zh")]
    ['“数亿” became “several hundred thousand”']
    >>> list(magnitudes("Orders tripled to tens of millions.", "订单增长两倍，达到数千万。", "en"))
    []
    """
    english, chinese = (source, target) if source_language == "en" else (target, source)
    for left, right in (*_multiples(english, chinese), *_vague(english, chinese)):
        one, other = (left, right) if source_language == "en" else (right, left)
        yield Finding("number", one, other, f"“{one}” became “{other}”")


def _multiples(english: str, chinese: str) -> Iterator[tuple[str, str]]:
    words, folds = _MULTIPLIED.findall(english), list(_FOLD.finditer(chinese))
    # With more than one of them, or a figure that may be meant, nobody knows which is which.
    if len(words) != 1 or len(folds) != 1 or re.search(r"-?fold\b|\btimes\b", english):
        return
    if float(_HANZI.get(folds[0][1], 0) or folds[0][1]) not in _TIMES[words[0].lower()]:
        match = _MULTIPLIED.search(english)
        yield (match[0] if match else words[0]), folds[0][0]


def _vague(english: str, chinese: str) -> Iterator[tuple[str, str]]:
    here = [(match[0], size) for match in _VAGUE_EN.finditer(english) if (size := _size_en(match)) >= 3]
    there = [(match[0], size) for match in _VAGUE_ZH.finditer(chinese) if (size := _size_zh(match)) >= 3]
    if len(here) == len(there) == 1 and here[0][1] != there[0][1]:
        yield here[0][0], there[0][0]


def _size_en(match: re.Match[str]) -> int:
    """The power of ten of "tens of thousands"; 0 where it tells none."""
    if match["alone"]:
        return 0 if match["scale"] else _SCALES_EN[match["alone"].lower()[:-1]]
    scale = _SCALES_EN[(match["scale"] or "").lower()]
    return scale + (1 if match["tens"] else 2 if match["hundreds"] else 0)


def _size_zh(match: re.Match[str]) -> int:
    return _SCALES_ZH[match["small"]] + _SCALES_ZH[match["scale"]]
