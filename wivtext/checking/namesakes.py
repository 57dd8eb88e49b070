"""May a name in Latin letters and one in characters be the same person's, when both are known to be whole names?

Spelling decides part by part: 玛格丽特·德拉库尔 spells Marguerite and Delacourt; 龚晓燕 is read Gong Xiaoyan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from wivtext.checking.claims import HANZI
from wivtext.checking.pinyin import is_pinyin
from wivtext.checking.sounds import readings
from wivtext.checking.transliteration import likeness, plain

_DOTS = re.compile("[·•・]")
_EITHER, _BOTH, _ALONE = -4.0, 4.0, 3.0  # log odds of each part, of both together, of a name of one part
_JOINED = 3  # words that one part spells: van der Horn
_SHORT, _SHORT_ALONE = 3, 6.5  # characters that may be a Chinese name as well
_MOST = 8  # words of a name, and its characters


@lru_cache(maxsize=16384)
def may_be_same(latin: str, hanzi: str) -> bool:
    """Whether both may name one person, by pinyin or by sound.

    >>> may_be_same("Marguerite Delacourt", "玛格丽特·德拉库尔"), may_be_same("Gu Feng", "马利卡·拉希多娃")
    (True, False)
    >>> may_be_same("Gong Xiaoyan", "龚晓燕"), may_be_same("Gong Xiaoyan", "龚振宇"), may_be_same("Gong", "龚振宇")
    (True, False, True)
    """
    if not HANZI.match(hanzi) or HANZI.match(latin):
        return latin == hanzi
    words = [word for part in re.split(r"[\s-]+", latin)[:_MOST] if (word := plain(part))]
    parts = _DOTS.split(hanzi)
    if len(parts) > 1:
        return _are_spelled(parts[0], parts[-1], words)
    return _is_read(hanzi[:_MOST], words) or (len(hanzi) > 1 and _is_spelled(hanzi, words))


def _are_spelled(given: str, family: str, words: Sequence[str]) -> bool:
    """Whether both parts of a name with a dot are spelled, one after the other, or one where there is no more."""
    if len(words) == 1:
        return max(likeness(given, words[0]), likeness(family, words[0])) > _ALONE
    runs = _runs(words)
    for (start, end, one), (then, _, other) in combinations(runs, 2):
        if then >= end and start < then:
            both = likeness(given, one), likeness(family, other)
            if min(both) > _EITHER and sum(both) > _BOTH:
                return True
    return False


def _is_spelled(hanzi: str, words: Sequence[str]) -> bool:
    """Whether characters without a dot spell words of a name that is not in pinyin: 德拉库尔, 马斯克."""
    from wivtext.attribution.lexicons import chinese

    if len(words) > 1 and all(map(is_pinyin, words)):
        return False
    is_native = len(hanzi) <= _SHORT and not all(char in chinese().transliteration for char in hanzi)
    enough = _SHORT_ALONE if is_native else _ALONE
    return any(likeness(hanzi, run) > enough for *_, run in _runs(words))


def _runs(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Words in a row, a few of them, written as one."""
    return [
        (start, end, "".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _JOINED) + 1)
    ]


def _is_read(hanzi: str, words: Sequence[str]) -> bool:
    """Whether a Chinese name is read as written: all of it, or the surname or given name alone."""
    from wivtext.checking.changed_names import surname_spellings

    letters = "".join(words)
    if any(_reads(hanzi[:start], letters) for start in (1, 2)) and len(words) == 1:
        return True
    if any(_reads(turned, letters) for turned in (hanzi, hanzi[1:], hanzi[1:] + hanzi[:1])):
        return True
    surname = {form.replace("v", "u") for form in surname_spellings(hanzi[0])}
    if len(words) == 1:
        return letters in surname
    # Cantonese, Koreans and Vietnamese: characters that their letters hide.
    return any(word in surname for word in words) and (len(hanzi) == 1 or not all(map(is_pinyin, words)))


def _reads(hanzi: str, letters: str) -> bool:
    """Whether characters are read as some letters, in one of their readings each."""
    if not hanzi or not letters:
        return not hanzi and not letters
    forms = {form.replace("v", spelled) for form in readings(hanzi[0]) for spelled in ("u", "yu", "v")}
    return any(letters.startswith(form) and _reads(hanzi[1:], letters[len(form) :]) for form in forms if form)
