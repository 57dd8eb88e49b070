"""The English article before a vowel: small models write "a emergency" and "an regional hub".

>>> corrected("A intelligent car cut a emergency stop in an short hour")
'An intelligent car cut an emergency stop in a short hour'
"""

from __future__ import annotations

import re

# With a capital where a sentence begins only: Liu An and Ping An are names.
_ARTICLE = re.compile(
    r"(?:(?<![\w'’.&/-])(?P<small>an?)|(?:^|(?<=[.!?:] )|(?<=[\"“‘(]))(?P<capital>An?))"
    r"(?P<gap> [\"“‘(]?)(?P<word>[A-Za-z][A-Za-z'’]*)(?![\w&/]|\.\w)"
)
_NO_NOUN = frozenset({"and", "or", "is", "as", "in", "on", "at"})  # teams A and B, grade A is
# Spelled with a vowel and spoken with a consonant, or the other way round; "u" and "y" say too little.
_CONSONANT = re.compile(r"(?:eu|ew|one(?:$|[s'’])|once$|oui|uni[cfloqstv]|u[bcfst][aeiou]|us)", re.IGNORECASE)
_VOWEL = re.compile(r"(?:hour|honest|hono|heir)", re.IGNORECASE)
_SYLLABLE = re.compile("[aeiouy]", re.IGNORECASE)
_UNSURE = re.compile(r"(?:u|y|h|a$|x)", re.IGNORECASE)


def corrected(text: str) -> str:
    """An English text with "a" before consonants and "an" before vowels, as they are spoken; in doubt as it was.

    >>> corrected("a one-off, an union, a hour; a SUV, an EV, a x-ray")
    'a one-off, a union, an hour; a SUV, an EV, a x-ray'
    """
    return _ARTICLE.sub(_with_article, text)


def _with_article(match: re.Match[str]) -> str:
    article = match["small"] or match["capital"]
    if article == "An" and match["word"][0].isupper():  # An Fengshan
        return match[0]
    vowel = _begins_with_vowel(match["word"])
    if vowel is None or vowel == (article[1:] == "n"):
        return match[0]
    return article[0] + ("n" if vowel else "") + match["gap"] + match["word"]


def _begins_with_vowel(word: str) -> bool | None:
    """Whether a word is spoken with a vowel first; None where its letters don't tell (abbreviations, names, u, h)."""
    if word in _NO_NOUN or not word[1:].islower() or not _SYLLABLE.search(word[:3]):
        return None
    if _CONSONANT.match(word):
        return False
    if _VOWEL.match(word):
        return True
    return None if _UNSURE.match(word) else word[0] in "aeioAEIO"
