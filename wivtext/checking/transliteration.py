"""How well Chinese characters spell a foreign name: each syllable stands for a few letters, some likelier than others.

`data/transliteration.json` says which: for each syllable (of the usual reading, without tone) letters and the logarithm
of how often they are written so, "-" for none. It was counted over the names of our own reports and terms, each letter
given to one syllable (expectation maximisation over all ways to divide a name).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from wivtext.checking.sounds import usual_reading

_LONGEST = 5  # letters that a syllable stands for
_MANY = 40  # letters of a name that are looked at
_IMPOSSIBLE = -1e9
_HOPELESS = -7.0  # from which no division is followed further
_SILENT, _UNSEEN, _SAME_SOUND, _SAME_SPELLING, _SAME_END, _EACH_MORE = -5.0, -7.8, 1.8, 1.5, 1.0, -1.5
# Of 100 letters of names; their logarithm is what a letter costs that nothing explains.
_LETTERS = dict(zip("aeinorlstmdhkuvbgcyjfpzwqx", (
    15, 10, 9.5, 8.5, 7.5, 7, 6, 4.5, 4.2, 3.2, 3.2, 2.9, 2.9,
    2.7, 2, 1.9, 1.9, 1.5, 1.2, 1, 1, 0.9, 0.9, 0.7, 0.2, 0.2,
), strict=True))  # fmt: skip
_SOUNDS = {
    **dict.fromkeys("szxcjq", "s"), **dict.fromkeys("kgh", "k"), **dict.fromkeys("lr", "l"), **dict.fromkeys("mn", "n"),
    **dict.fromkeys("bpvfw", "p"), **dict.fromkeys("dt", "t"), **dict.fromkeys("aeiouy", "a"),
}  # fmt: skip
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@lru_cache(maxsize=16384)
def likeness(hanzi: str, name: str, anywhere: bool = False) -> float:
    """Log odds that characters (`anywhere`: some of them, in a row) spell a name, and don't stand beside it by chance.

    >>> likeness("穆勒", plain("Müller")) > 5, likeness("穆勒", "garrick") > 5
    (True, False)
    >>> likeness("特斯拉首席执行官马斯克说", "musk", anywhere=True) > 5
    True
    """
    syllables = tuple(usual_reading(char) for char in hanzi)
    return _best(syllables, name, anywhere)


def plain(name: str) -> str:
    """A name in the letters a to z.

    >>> plain("Łukasz O’Brien")
    'lukaszobrien'
    """
    spelled = unicodedata.normalize("NFD", name.lower().translate(_SPELLED))
    return re.sub("[^a-z]", "", spelled)[:_MANY]


def _best(syllables: Sequence[str], name: str, anywhere: bool) -> float:
    """The likeliest division of a name among syllables, from the first to the last or from any to any."""
    size = len(name)
    best, row = _IMPOSSIBLE, [0.0] + [_IMPOSSIBLE] * size
    for syllable in syllables:
        if anywhere:
            row[0] = 0.0
        following = [_IMPOSSIBLE] * (size + 1)
        for start, before in enumerate(row):
            if before < _HOPELESS:
                continue
            for end in range(start, min(size, start + _LONGEST) + 1):
                value = before + _odds(syllable, name[start:end])
                if value > following[end]:
                    following[end] = value
        row = following
        if anywhere:
            best = max(best, row[size])
    return max(best, row[size])


@lru_cache(maxsize=65536)
def _odds(syllable: str, letters: str) -> float:
    """How much likelier letters are where a syllable stands than by chance."""
    if not letters:
        return _table().get(syllable, {}).get("", _SILENT)
    chance = sum(map(_chances().__getitem__, letters))
    known = _table().get(syllable, {})
    if letters in known:
        return known[letters] - chance
    if not syllable:
        return _HOPELESS * 2
    alike = syllable[0] == letters[0] or _SOUNDS.get(syllable[0]) == _SOUNDS.get(letters[0])
    value = _UNSEEN + (_SAME_SOUND if alike else 0) + (_SAME_SPELLING if letters == syllable else 0)
    return value + (_SAME_END if letters[-1] == syllable[-1] else 0) + _EACH_MORE * (len(letters) - 1) - chance


@lru_cache(maxsize=1)
def _chances() -> dict[str, float]:
    from math import log

    return {letter: log(share / 100) for letter, share in _LETTERS.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    path = Path(__file__).parent.parent / "data" / "transliteration.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {syllable: dict(map(_entry, entries.split())) for syllable, entries in found.items()}


def _entry(entry: str) -> tuple[str, float]:
    letters, _, odds = entry.partition(":")
    return letters.strip("-"), float(odds)
