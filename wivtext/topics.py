"""What documents are about, as far as the term base knows: its terms, and how often each of them stands where.

>>> from wivtext.records import Sentence
>>> said = Sentence(0, 0, 24, "BYD sells power batteries.", 0, "en")
>>> [(use.en, use.zh, use.about, use.mentions) for use in mentions([said], TermBase.load())]
[('BYD', '比亚迪', 'organisation', 1), ('power battery', '动力电池', 'subject', 1)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wivtext.records import Displayed, Sentence
from wivtext.terms import NAMES, ORGANISATIONS, PEOPLE, PLACES, ROLES, TermBase, TermEntry

About = Literal["person", "organisation", "place", "role", "measure", "subject"]

# Kinds of an analyst's own entries, which stand in files of any name.
_BODIES = frozenset(
    {"company", "carmaker", "supplier", "association", "university", "institute", "academy", "ministry"}
)
_SITES = frozenset({"city", "province", "state", "country", "region", "district"})
_MEASURES = frozenset({"accounting", "unit", "units"})


@dataclass(frozen=True, slots=True)
class Mentions(Displayed):
    """A term in the preferred forms of both languages, and how often it stands in a text, in how many sentences."""

    en: str
    zh: str
    about: About
    kind: str
    mentions: int
    sentences: int


def mentions(sentences: Iterable[Sentence], terms: TermBase) -> tuple[Mentions, ...]:
    """The terms of these sentences, whichever form or language they stand in, the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    entries: dict[tuple[str, str], TermEntry] = {}
    for sentence in sentences:
        found = [match.entry for match in terms.match(sentence.text, sentence.language)]
        keys = [(entry.en, entry.zh) for entry in found]
        entries.update(zip(keys, found, strict=True))
        times.update(keys)
        places.update(set(keys))
    ranked = sorted(times, key=lambda key: (-times[key], key))
    return tuple(
        Mentions(*key, about(entries[key]), entries[key].kind or entries[key].topic, times[key], places[key])
        for key in ranked
    )


def is_subject(en: str, kind: str) -> bool:
    """Whether a term of this kind, as the term base has them, is a subject and nobody's or no place's name.

    >>> is_subject("power battery", "battery"), is_subject("Huawei", "technology"), is_subject("Hangzhou", "city")
    (True, False, False)
    """
    return not en[:1].isupper() or kind not in _kinds_of_names()


@lru_cache(maxsize=1)
def _kinds_of_names() -> frozenset[str]:
    named = {entry.kind for entry in TermBase.load().entries if entry.is_about(NAMES)}
    return frozenset(named | NAMES | _BODIES | _SITES)


def about(entry: TermEntry) -> About:
    """What sort of thing a term is, for choosing and colouring.

    >>> about(TermEntry("Jane Roe", "简·罗", "person")), about(TermEntry("Level 3", "3级自动驾驶"))
    ('person', 'subject')
    """
    sorts: tuple[tuple[frozenset[str], About], ...] = (
        (ROLES, "role"),
        (PEOPLE, "person"),
        (PLACES | _SITES, "place"),
        (_MEASURES, "measure"),
        (ORGANISATIONS | _BODIES, "organisation"),
    )
    return next((sort for kinds, sort in sorts if entry.is_about(kinds)), "subject")
