"""Words that are spelled as pinyin."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


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
    """Those of every character in common use, without tones; made from pypinyin's readings, which take long to load."""
    return frozenset((files("wivtext") / "data" / "syllables.txt").read_text(encoding="ascii").split())
