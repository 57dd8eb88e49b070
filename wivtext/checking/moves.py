"""A rise in a line of a summary that is a fall in the sentences it cites, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wivtext.checking.claims import contradicted, parts, pattern
from wivtext.checking.direction import turns
from wivtext.checking.likest import shares, without
from wivtext.quantities import quantities
from wivtext.records import Finding, Language

# What a clause and the one it is held against have of each other; across languages not every word is known.
_ENOUGH: dict[Language, float] = {"en": 0.3, "zh": 0.22}
_ENOUGH_ACROSS, _CLEARLY = 0.45, 0.1


class _Move(NamedTuple):
    """A part of a clause that goes up or down, without the words that say so, and the first of these by way."""

    rest: str
    words: dict[str, str]


def moves(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A part of a clause that only goes up where those most like it only go down; figures that do, across languages.

    >>> [one.target for one in moves("Sales rose in May.", "en", ["Sales fell in May."], "en")]
    ['rose']
    >>> [one.target for one in moves("5月销量下降12%。", "zh", ["Sales rose 12% in May."], "en")]
    ['降']
    >>> list(moves("Sales rose while costs fell.", "en", ["Costs fell.", "Sales were rising."], "en"))
    []
    """
    mine = [move for move in _moves([text], language) if len(move.words) == 1]
    theirs = list(_moves(sentences, spoken)) if mine else []
    enough = _ENOUGH[language] if language == spoken else _ENOUGH_ACROSS
    found = False
    for move in mine:
        ((way, word),) = move.words.items()
        likeness = [(_likeness(move.rest, other.rest, language, spoken), other.words) for other in theirs]
        same = max((score for score, words in likeness if way in words), default=0.0)
        score, words = max(
            ((score, words) for score, words in likeness if way not in words),
            key=lambda one: one[0],
            default=(0.0, {}),
        )
        if score >= enough and score > same + _CLEARLY:
            found = True
            yield contradicted(word, *words.values())
    if mine and not found and language != spoken:
        yield from _turned(text, language, sentences, spoken)


def _moves(texts: Sequence[str], language: Language) -> Iterator[_Move]:
    """The parts of clauses that go anywhere."""
    for part in parts(texts, language):
        words = _ways(part, language)
        if words:
            yield _Move(without(part, "up down", language), words)


def _ways(text: str, language: Language) -> dict[str, str]:
    """Up, down, both or neither, each with its first word."""
    found = {way: pattern(f"{way}_{language}").search(text) for way in ("up", "down")}
    return {way: match[0] for way, match in found.items() if match}


def _likeness(one: str, other: str, language: Language, spoken: Language) -> float:
    there, back = shares(one, other, language, spoken)
    return there + back / 2


def _turned(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Figures that rise in the sentences and fall in the line."""
    source = " ".join(sentences)
    for one in turns(source, text, spoken, quantities(source, spoken), quantities(text, language)):
        yield contradicted(one.target, one.source)
