"""Is anything said twice? Loops, doubled words, phrases that come again though the source has them once."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from wivtext.checking.completeness import HAN
from wivtext.records import Finding

_HAN = re.compile(f"[{HAN}]")


def loops(source: str, target: str) -> Iterator[Finding]:
    """A word or a phrase over and over again, or twice where the source says it once, as engines do.

    >>> [finding.target for finding in loops("赛力斯董事长说。", "The chairman of Seres Seres said so.")]
    ['Seres Seres']
    """
    repeated = _repeated(_units(target)) or _stuttered(target)
    if repeated:
        if not _repeated(_units(source)) and not _stuttered(source):
            yield Finding("loop", "", repeated, f"“{repeated}” is repeated")
        return
    doubled = _doubled(target)
    if doubled and not _doubled(source):
        yield Finding("loop", "", doubled, f"“{doubled}” is repeated")
        return
    again = "" if _HAN.search(target) or _says_again(source) else _said_again(target)
    again = again or ("" if _HAN.search(target) or _says_again(source, _RUN) else _title_again(target))
    if again:
        yield Finding("loop", "", again, f"“{again}” is repeated")


def _again(text: str) -> set[tuple[str, str]]:
    """Two telling words of English, without their endings, that come more than once."""
    pairs = itertools.pairwise(_ENGLISH.findall(text))
    found = Counter((_stem(one), _stem(other)) for one, other in pairs if _is_telling(one) and _is_telling(other))
    return {pair for pair, times in found.items() if times > 1}


def _title_again(text: str) -> str:
    """Three telling words in a row that come again within a few words: a title, its year, the title."""
    words = _ENGLISH.findall(text)
    stems = [_stem(word) if _is_telling(word) else "" for word in words]
    last: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - 2):
        row = tuple(stems[place : place + 3])
        if all(row):
            if place - last.get(row, -_NEAR) < _NEAR:
                return " ".join(words[place : place + 3])
            last[row] = place
    return ""


def _says_again(chinese: str, size: int = 2) -> bool:
    """Whether two characters, or more, come more than once."""
    runs = re.findall(f"[{HAN}]+", chinese)
    found = Counter(run[place : place + size] for run in runs for place in range(len(run) - size + 1))
    return any(times > 1 for times in found.values())


_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]+")
_DOUBLED_ENGLISH = re.compile(r"\b([A-Za-z]{4,}) (?=([A-Za-z]{4,}))")
# 一个一个, 很多很多 are said.
_DOUBLED_CHINESE = re.compile(rf"(?![一很])([{HAN}]{{2,6}})\1")
_ENDING = re.compile("(?:ies|ing|ed|es|s|ions?|y)$")
_EMPTY = frozenset({
    "that", "had", "very", "more", "than", "said", "have", "been", "there", "their", "about", "which", "would", "from",
    "with", "were", "this", "year", "years", "percent", "these", "those", "where", "while", "could", "should", "other",
})  # fmt: skip
_RUN, _NEAR = 3, 7  # characters in a row; words from one time to the next
_LONG = 5  # letters of an English word that tells something


def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower()) if len(word) > 4 else word.lower()


def _is_telling(word: str) -> bool:
    return len(word) >= _LONG and word.lower() not in _EMPTY


def _doubled(text: str) -> str:
    """A word and itself in another form right after it: boundary boundaries, 发展发展."""
    for match in _DOUBLED_ENGLISH.finditer(text):
        if match[1].lower() not in _EMPTY and _stem(match[1]) == _stem(match[2]):
            return f"{match[1]} {match[2]}"
    found = _DOUBLED_CHINESE.search(text)
    return found[0] if found else ""


def _said_again(text: str) -> str:
    """Two telling words of English that come again: artificial intelligence into artificial intelligence."""
    again = _again(text)
    pairs = itertools.pairwise(_ENGLISH.findall(text)) if again else ()
    return next((f"{one} {other}" for one, other in pairs if (_stem(one), _stem(other)) in again), "")


def _units(text: str) -> list[str]:
    """Words of English, characters of Chinese."""
    return re.findall(rf"[{HAN}]|[^\W{HAN}]+", text.lower())


def _repeated(units: list[str]) -> str:
    """The phrase that follows itself: a long one twice, a short one three times, a single unit four times."""
    for length in range(1, min(24, len(units) // 2) + 1):
        times = 4 if length == 1 else 3 if length < 6 else 2
        run = 0
        for place in range(length, len(units)):
            run = run + 1 if units[place] == units[place - length] else 0
            if run >= length * (times - 1):
                phrase = units[place - length + 1 : place + 1]
                return ("" if _HAN.match(phrase[0]) else " ").join(phrase)
    return ""


def _stuttered(text: str) -> str:
    """What is repeated inside a word or a figure ("nananana", 4444444444), or all over the text ("人人有有有天天")."""
    inside = _STUTTER.search(text)
    if inside:
        return inside[0][:24]
    units = _units(text)
    twice = [unit for unit, before in zip(units[1:], units, strict=False) if unit == before]
    return twice[0] if len(twice) >= 4 and len(twice) * 6 > len(units) else ""


_STUTTER = re.compile(r"([^\W\d_]{1,4}?)\1{5,}|([1-9])\2{6,}|0{13,}|(\d{2,3}?)\3{4,}")
