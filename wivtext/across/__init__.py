"""One brief of many documents: who said what on which topic, who agrees, which figures differ, what is told twice.

    account_of    Brief -> Account, what is kept of it
    versions_of   Accounts -> versions of one article, to be counted once
    people_of     Accounts -> the speakers, each once
    topics_of     sentences -> topics
    conflicts     pairs of sentences -> different figures for the same thing
    answers, alike  -> who agrees with whom

>>> overview([]).sources
()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wivtext.across.accounts import Account, Concept, Told, account_of, cited
from wivtext.across.agreement import Pair, alike, answers
from wivtext.across.duplicates import Versions, versions_of
from wivtext.across.figures import Claim, Conflict, conflicts, differing, gathered
from wivtext.across.likeness import Sentences
from wivtext.across.pages import FORMS, render_overview
from wivtext.across.people import People, people_of
from wivtext.across.records import (
    Article,
    Cited,
    Discrepancy,
    Echo,
    Figure,
    Overview,
    Place,
    Source,
    Stance,
    Topic,
    Voice,
)
from wivtext.across.sources import briefs_in
from wivtext.across.topics import Found, plain_terms, stretches, topics_of
from wivtext.errors import DocumentError
from wivtext.records import Brief, Line
from wivtext.terms import TermBase

__all__ = [
    "FORMS",
    "Article",
    "Cited",
    "Discrepancy",
    "Echo",
    "Figure",
    "Overview",
    "Place",
    "Source",
    "Stance",
    "Topic",
    "Voice",
    "briefs_in",
    "overview",
    "render_overview",
]

SIGNATURE = "overview 1"


def overview(briefs: Iterable[Brief], *, terms: TermBase | None = None) -> Overview:
    """One brief of all these, whatever order they come in; they may come one by one, and are not kept.

    `terms` is the term base that topics are found with, the shipped one by default. Raises `DocumentError` where two
    documents have one name.
    """
    known = terms or TermBase.load()
    accounts = sorted((account_of(brief, known) for brief in briefs), key=lambda account: account.name)
    for one, other in pairwise(accounts):
        if one.name == other.name:
            raise DocumentError(f"{one.name}: two documents have this name; name them apart")
    return _Making.of(accounts).overview()


@dataclass(frozen=True)
class _Making:
    """All that an overview is made of."""

    accounts: Sequence[Account]
    articles: Sequence[Versions]
    counted: Sequence[Told]
    copies: dict[tuple[str, int], list[Place]]
    people: People

    @classmethod
    def of(cls, accounts: Sequence[Account]) -> _Making:
        articles = versions_of(accounts)
        copies: dict[tuple[str, int], list[Place]] = {}
        repeated: set[tuple[str, int]] = set()
        for article in articles:
            for version in article.others:
                for one, other in version.same:
                    copies.setdefault(one.key, []).append(Place(other.document, (other.index,)))
                    repeated.add(other.key)
        counted = [one for account in accounts for one in account.told if one.key not in repeated]
        same = (pair for article in articles for version in article.others for pair in version.same)
        return cls(accounts, articles, counted, copies, people_of(accounts, counted, same))

    def overview(self) -> Overview:
        sentences = Sentences(self.counted)
        pairs = list(sentences.neighbours())
        different = [
            *(self._discrepancy(one, True) for one in gathered(self._differing_versions())),
            *(self._discrepancy(one, False) for one in conflicts(pairs, self.accounts, sentences)),
        ]
        said = [pair for account in self.accounts for pair in answers(account)]
        return Overview(
            sources=tuple(map(self._source, self.accounts)),
            topics=tuple(map(self._topic, topics_of(self.accounts, self.counted))),
            discrepancies=tuple(different),
            echoes=tuple(map(self._echo, [*said, *alike(pairs, sentences, self.people)])),
            articles=tuple(map(self._article, self.articles)),
            people=self.people.speakers,
            signature=" | ".join([SIGNATURE, *sorted({account.signature for account in self.accounts})]),
        )

    def _source(self, account: Account) -> Source:
        points = tuple(Cited(line, Place(account.name, line.sentences), language) for line, language in account.points)
        return Source(
            account.name,
            account.title,
            account.language,
            account.facts,
            len(account.told),
            account.statements,
            points,
        )

    def _cited(self, told: Sequence[Told]) -> Cited:
        found: dict[str, list[int]] = {}
        for one in told:
            for place in self.copies.get(one.key, ()):
                found.setdefault(place.document, []).extend(place.sentences)
        also = tuple(Place(document, tuple(indexes)) for document, indexes in sorted(found.items()))
        return cited(told, self.people.speaker(told[0]), also)

    def _topic(self, found: Found) -> Topic:
        voices: dict[int, list[Cited]] = {}
        for stretch in stretches(one for one in found.told if one.voice is not None):
            voices.setdefault(self.people.of[stretch[0].document, stretch[0].voice or 0], []).append(
                self._cited(stretch)
            )
        told = (self._cited(stretch) for stretch in stretches(one for one in found.told if one.voice is None))
        return Topic(
            terms=tuple(_line(concept) for concept in found.concepts),
            documents=tuple(dict.fromkeys(one.document for one in found.told)),
            voices=tuple(Voice(speaker, tuple(said)) for speaker, said in sorted(voices.items())),
            told=tuple(told),
        )

    def _differing_versions(self) -> Iterator[tuple[Claim, Claim]]:
        for article in self.articles:
            for version in article.others:
                for one, other in version.same:
                    yield from differing(one, other, versions=True)

    def _discrepancy(self, conflict: Conflict, versions: bool) -> Discrepancy:
        return Discrepancy(tuple(_telling(conflict.about)), tuple(map(self._figure, conflict.claims)), versions)

    def _figure(self, claim: Claim) -> Figure:
        value = f"{float(claim.quantity.value):.10g} {claim.quantity.unit or claim.quantity.kind}"
        return Figure(claim.quantity.text, value, cited([claim.told], self.people.speaker(claim.told)))

    def _echo(self, pair: Pair) -> Echo:
        return Echo(pair.stance, self._cited([pair.first]), self._cited([pair.second]), pair.cue)

    def _article(self, article: Versions) -> Article:
        only = [
            self._cited(stretch)
            for version in article.others
            for stretch in stretches(_without(version.account.told, {other.key for _, other in version.same}))
        ]
        return Article(
            (article.first.name, *(version.account.name for version in article.others)),
            sum(len(version.same) for version in article.others),
            tuple(only),
        )


def _without(told: Iterable[Told], keys: set[tuple[str, int]]) -> Iterator[Told]:
    return (one for one in told if one.key not in keys)


def _telling(concepts: Iterable[Concept]) -> Iterator[Line]:
    return (_line(concept) for concept in concepts if concept.en not in plain_terms())


def _line(concept: Concept) -> Line:
    return Line(concept.en, concept.zh)
