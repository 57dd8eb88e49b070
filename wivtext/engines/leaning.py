"""Sentences that lean on the one before: a reader who meets "He added" alone can't tell who.

>>> leans("Costs will fall, she said.", "en"), leans("Costs will fall, Jane Roe said.", "en")
(True, False)
>>> leans("他还表示，成本将下降。", "zh"), leans("林浩然表示，他的成本将下降。", "zh", ("林浩然",))
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from wivtext.records import Language

# Somebody or something named before.
_POINTING = {
    "en": re.compile(
        r"[“\"‘']?(?:(?:this|that|these|those|such)\b|(?:it|its|they|their|them|the (?:former|latter|two|pair))\b)",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "[“]?(?:这|那(?!时)|其(?!中|次|他|余|实|间)|该(?!国)|此(?!前|次|外|间|后)|对此|两者|双方|前者|后者)"
    ),
}
_PERSON = {
    "en": re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE),
    "zh": re.compile("(?<![其吉])[他她](?!人|国|乡|日|山)|这[位名]"),
}
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<![.!?“\"‘'\s])[\s—–-]+(?:of |de |the )?([A-Z][\w’'-]+)")


def leans(text: str, language: Language, names: Collection[str] = ()) -> bool:
    """Whether the sentence says "he", "this" or the like of what it does not name itself.

    `names` are the people of the document; in English, `named` gives them.
    """
    if points_back(text, language):
        return True
    person = _PERSON[language].search(text)
    if person is None:
        return False
    before = text[: person.start()]
    if any(name in before for name in names):
        return False
    return language == "zh" or _CAPITAL.search(before) is None


def points_back(text: str, language: Language) -> bool:
    """Whether the sentence opens with "it", "this" or the like, of what was named before.

    >>> points_back("It opens in May.", "en"), points_back("他们将在5月开业。", "zh")
    (True, False)
    """
    return _POINTING[language].match(text) is not None


def named(texts: Iterable[str], language: Language, speakers: Iterable[str | None]) -> frozenset[str]:
    """What people may be called in these texts: the speakers, and in English the words with a capital within sentences.

    >>> sorted(named(["Then Jane Roe spoke.", "Roe left."], "en", ["Jane Roe"]))
    ['Jane', 'Roe']
    """
    people = {speaker for speaker in speakers if speaker}
    if language == "zh":
        return frozenset(people)
    words = {word for name in people for word in name.split() if word[:1].isupper()}
    return frozenset(words | {match[1] for text in texts for match in _CAPITAL.finditer(text)})
