"""Words that are spelled as pinyin."""

from __future__ import annotations

from functools import lru_cache

from wivtext.checking.sounds import readings


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a word in small letters is one to three syllables of pinyin.

    >>> is_pinyin("guangyao"), is_pinyin("lindgren")
    (True, False)
    """
    return is_given_name(word) or any(
        word[:cut] in _syllables() and is_given_name(word[cut:]) for cut in range(1, len(word))
    )


def is_given_name(given: str) -> bool:
    """Whether a given name is one or two syllables of pinyin."""
    known = _syllables()
    return given in known or any(given[:cut] in known and given[cut:] in known for cut in range(1, len(given)))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT

    common = range(0x4E00, 0x9FA6)
    return frozenset(s for code in common for s in readings(chr(code)) if code in PINYIN_DICT)
