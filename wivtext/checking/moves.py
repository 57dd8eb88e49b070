"""A rise in a line of a summary that is a fall in the sentences it cites, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wivtext.checking.claims import clauses, contradicted, pattern
from wivtext.checking.likest import likest
from wivtext.records import Finding, Language

# Of a clause, what the sentences' clause has to have; more where only the rest of its sentence tells the way.
_ENOUGH, _ENOUGH_ACROSS, _NEARBY = 0.3, 0.6, 0.6


def moves(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A clause that only goes up where the one most like it only goes down.

    >>> [one.target for one in moves("Sales rose in May.", "en", ["Sales fell in May."], "en")]
    ['rose']
    >>> [one.target for one in moves("5月销量下降12%。", "zh", ["Sales rose 12% in May."], "en")]
    ['降']
    """
    enough = _ENOUGH if language == spoken else _ENOUGH_ACROSS
    for clause in clauses([text]):
        mine = _ways(clause, language)
        found = likest(clause, sentences, language, spoken, without="up down") if len(mine) == 1 else None
        if found is None or found.share < enough:
            continue
        theirs = _ways(found.clause, spoken)
        if not theirs and found.share >= _NEARBY:
            theirs = _ways(found.sentence, spoken)
        if len(theirs) == 1 and theirs.keys() != mine.keys():
            yield contradicted(*mine.values(), *theirs.values())


def _ways(text: str, language: Language) -> dict[str, str]:
    """Up, down, both or neither, each with its first word."""
    found = {way: pattern(f"{way}_{language}").search(text) for way in ("up", "down")}
    return {way: match[0] for way, match in found.items() if match}
