"""How the terms of a text came out in its translation, term by term: hits, misses, and where.

>>> from wivtext.terms import TermBase, TermEntry
>>> terms = TermBase((TermEntry("Lanchi Auto", "澜驰汽车", own=True),))
>>> audit([("Lanchi Auto grew.", "澜驰汽车增长。"), ("Lanchi Auto fell.", "蓝池下跌。")], terms, "en", "zh")
(TermUse(source='Lanchi Auto', target='澜驰汽车', kind='', hits=(0,), misses=(1,)),)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wivtext.records import Brief, Language, TermPair, TermUse
from wivtext.terms import ROLES, TermBase
from wivtext.terms.index import contains


@dataclass(slots=True)
class _Uses:
    hits: list[int] = field(default_factory=list)
    misses: list[int] = field(default_factory=list)


def audit(lines: Iterable[tuple[str, str]], terms: TermBase, source: Language, target: Language) -> tuple[TermUse, ...]:
    """The terms of (source, translation) lines, those missed most first; their places are the numbers of the lines."""
    return audit_places(((number, *line) for number, line in enumerate(lines)), terms, source, target)


def audit_places(
    lines: Iterable[tuple[int, str, str]], terms: TermBase, source: Language, target: Language
) -> tuple[TermUse, ...]:
    """As `audit`, each line with the number of its place."""
    uses: dict[TermPair, _Uses] = defaultdict(_Uses)
    for place, text, translation in lines:
        for pair in terms.pairs(text, source, target):
            right = any(contains(form, translation, target) for form in (pair.target, *pair.allowed))
            (uses[pair].hits if right else uses[pair].misses).append(place)
    found = [
        TermUse(pair.source, pair.target, kind_of(pair, terms, source), tuple(use.hits), tuple(use.misses))
        for pair, use in uses.items()
    ]
    return tuple(sorted(found, key=lambda use: (-len(use.misses), -len(use.hits), use.source)))


def audit_brief(brief: Brief, terms: TermBase) -> tuple[TermUse, ...]:
    """The terms of a brief's sentences and the names of its speakers; places are sentence numbers."""
    from wivtext.naming import name_pairs

    named = terms.with_names(name_pairs([part.speaker for part in brief.speakers], terms))
    found: list[TermUse] = []
    languages: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))
    for source, target in languages:
        lines = [
            (sentence.index, *((line.en, line.zh) if source == "en" else (line.zh, line.en)))
            for sentence, line in zip(brief.document.sentences, brief.sentences, strict=True)
            if sentence.language == source
        ]
        found += audit_places(lines, named, source, target)
    return tuple(found)


def kind_of(pair: TermPair, terms: TermBase, source: Language) -> str:
    """What a term is about: its kind, or the file that it stands in; a job title is a role, whoever gives it.

    >>> kind_of(TermPair("chief engineer", "总工程师"), TermBase.load(), "en")
    'role'
    """
    entry = next(iter(terms.find(pair.source, source)), None)
    if entry is None:
        return ""
    return "role" if entry.is_about(ROLES) else entry.kind or entry.topic
