"""Names that open a Chinese line and that no verb of saying gives away: 岳大鹏引导双方, 德沃尔夫计划翻番."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wivtext.checking.claims import HANZI
from wivtext.checking.counterparts import shipped

_AFTER = re.compile("[把将为被对与在于以从向给则也还已曾占因邦州]")
_LONGEST, _SHORTEST = 6, 3  # characters of a foreign name
_OFTEN = 2  # times that characters are a word in the lexicon: then they are no name


def opening_names(text: str) -> Iterator[tuple[str, bool]]:
    """The name that a line begins with, and whether that is sure: two characters are as often a word.

    >>> list(opening_names("岳大鹏引导双方接受独立校准。")), list(opening_names("德沃尔夫计划明年翻番。"))
    ([('岳大鹏', True)], [('德沃尔夫', True)])
    >>> list(opening_names("高质量发展仍是重点。")), list(opening_names("加拿大计划明年翻番。"))
    ([], [])
    """
    for size in (3, 2):
        if _is_native(text[:size]) and _ends(text, size):
            yield text[:size], size > 2
            return
    for size in range(_LONGEST, _SHORTEST - 1, -1) if text[:1] != "圣" else ():
        if _is_foreign(text[:size]) and _ends(text, size):
            yield text[:size], True
            return


def _is_native(name: str) -> bool:
    """Whether characters are a Chinese name, and none that a word of its own may end in."""
    if _AFTER.match(name[-1:]):
        return False
    from wivtext.attribution.lexicons import chinese

    words = chinese()
    if name[:1] not in words.frequent_surnames or not set(name[1:]) <= words.given_characters or not HANZI.match(name):
        return False
    return not is_word(name) and not is_word(name[:2]) and not (len(name) > 2 and is_word(name[1:]))


def _is_foreign(name: str) -> bool:
    """Whether characters are those that foreign names are spelled with, and no words are among them."""
    from wivtext.attribution.lexicons import chinese

    spelled = (
        len(name) >= _SHORTEST
        and not _AFTER.match(name[-1])
        and all(char in chinese().transliteration for char in name)
    )
    return spelled and not any(
        is_word(name[start : start + size]) for size in (2, 3, 4) for start in range(len(name) - size + 1)
    )


def _ends(text: str, place: int) -> bool:
    """Whether a word begins where a name ends, and none goes over its end."""
    rest = text[place:]
    if _AFTER.match(rest):
        return True
    return is_word(rest[:2]) and len(rest) > 1 and not is_word(text[place - 1 : place + 1])


def is_word(characters: str) -> bool:
    """Whether the lexicon has characters as a word."""
    words = shipped()
    return words is not None and words.times(characters) > _OFTEN
