"""Chinese names that a translation into English has lost altogether: nothing in it can be the person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wivtext.attribution.chinese_names import people
from wivtext.attribution.lexicons import chinese, english
from wivtext.records import Finding
from wivtext.romanization import romanize


def lost_names(source: str, target: str, allowed: str = "") -> Iterator[Finding]:
    """Chinese names that the English has not, neither surname nor given name, nor any name that could be meant.

    Koreans, Vietnamese and Cantonese spell themselves otherwise: any name at all in the English is taken for theirs.

    >>> [one.source for one in lost_names("董事长林浩然说，工厂将投产。", "The chairman said it would open.", "")]
    ['林浩然']
    """
    lost = [(name, pinyin) for name, pinyin in _native_names(source) if pinyin not in allowed]
    if not lost or any(_may_be_name(word) for word in re.findall(r"[A-ZÀ-Þ][\w'’-]+", target)):
        return
    for name, pinyin in lost:
        yield Finding("name", name, "", f"“{name}” ({pinyin}) is not in the translation")


def _native_names(source: str) -> Iterator[tuple[str, str]]:
    """Chinese names of a sentence that are surely names, with their pinyin."""
    words = chinese()
    for person in people([source]):
        name = person.name
        surname = name[:2] if name[:2] in words.compound_surnames else name[:1]
        given = name[len(surname) :]
        known = surname in words.frequent_surnames or len(surname) == 2
        spelled = len(surname) == 1 and all(char in words.transliteration for char in given)
        if known and len(given) == 2 and not spelled and all(char in words.given_characters for char in given):
            pinyin = romanize(name)
            if pinyin:
                yield name, pinyin


def _may_be_name(word: str) -> bool:
    """Whether a word with a capital can be somebody's name."""
    lexicon, plain = english(), re.sub(r"['’]s$", "", word)
    known = lexicon.organisation_heads | lexicon.calendar | lexicon.titles | lexicon.roles
    if plain in known or plain.lower() in known or plain in lexicon.places:
        return False
    return plain.lower() not in lexicon.common_words or plain in lexicon.surnames or plain in lexicon.pinyin_surnames
