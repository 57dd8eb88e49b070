"""What the index page needs of a brief, light enough to be kept for thousands of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from wivtext.records import Brief, TermUse
from wivtext.rendering.pages import BriefPage
from wivtext.rendering.wording import finding_kind
from wivtext.terms import PEOPLE, ROLES

TERMS = 20  # of a document, the most frequent
BARS = 8  # of a chart
Both = tuple[str, str]  # English, Chinese


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A brief on the index page; pairs are (English, Chinese).

    `speakers` and `terms` come with the number of sentences, `kinds` of findings with how many there are; `searched` is
    what the search box looks through.
    """

    name: str
    date: str
    facts: tuple[str, ...]
    original: Both
    title: Both
    tags: Both
    speakers: tuple[tuple[str, str, int], ...]
    statements: int
    terms: tuple[tuple[str, str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    searched: str

    @property
    def link(self) -> str:
        """The address of the brief's page from the index."""
        return f"{quote(self.name)}/brief.html"

    @property
    def findings(self) -> int:
        """How much is to be checked."""
        return sum(count for _, count in self.kinds)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The page that lists the briefs of a corpus, the latest first, with charts where there are several."""

    entries: list[IndexEntry]
    charts: list[tuple[str, list[Bar]]]

    @classmethod
    def of(cls, entries: Iterable[IndexEntry]) -> IndexPage:
        """The page of these entries, whatever order they come in."""
        shown = sorted(sorted(entries, key=lambda entry: entry.name), key=_date, reverse=True)
        if len(shown) < 2:
            return cls(shown, [])
        charts = [
            ("chart_speakers", most_quoted(shown)),
            ("chart_terms", most_used(shown)),
            ("chart_findings", most_found(shown)),
        ]
        return cls(shown, [(label, bars) for label, bars in charts if bars])


def _date(entry: IndexEntry) -> str:
    return entry.date if re.match(r"\d{4}-\d\d", entry.date) else ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for in both languages, its number, its length in percent of the longest."""

    en: str
    zh: str
    count: int
    length: float


def index_entry(name: str, brief: Brief) -> IndexEntry:
    """The entry of a brief whose files lie in the folder `name`."""
    page = BriefPage(brief)
    english, chinese = (side.view for side in page.sides)
    speakers = tuple(
        (english.text(one.name), chinese.text(one.name), sum(len(said.sentences) for said in one.statements))
        for one in brief.speakers
    )
    found = (finding.kind for check in page.checks for finding in check.findings)
    kinds = Counter(kind for kind in found if kind != "repaired")
    return IndexEntry(
        name=name,
        date=brief.document.origin.get("date", ""),
        facts=page.facts,
        original=(english.original_language(), chinese.original_language()),
        title=(english.text(brief.title) or brief.document.name, chinese.text(brief.title) or brief.document.name),
        tags=(page.sides[0].tag, page.sides[1].tag),
        speakers=speakers,
        statements=sum(len(speaker.statements) for speaker in brief.speakers),
        terms=tuple(_terms(brief)),
        kinds=tuple(sorted(kinds.items())),
        searched=_searched(brief, page),
    )


def most_quoted(entries: Iterable[IndexEntry]) -> list[Bar]:
    """The speakers with the most sentences over all documents."""
    return _bars((en, zh, count) for entry in entries for en, zh, count in entry.speakers)


def most_used(entries: Iterable[IndexEntry]) -> list[Bar]:
    """The terms that stand in the most documents; those of a single one tell nothing about the corpus."""
    return [bar for bar in _bars((en, zh, 1) for entry in entries for en, zh, _ in entry.terms) if bar.count > 1]


def most_found(entries: Iterable[IndexEntry]) -> list[Bar]:
    """The kinds of findings, by how many there are."""
    return _bars((kind, finding_kind(kind, "zh"), count) for entry in entries for kind, count in entry.kinds)


def _bars(counted: Iterable[tuple[str, str, int]]) -> list[Bar]:
    total: Counter[Both] = Counter()
    for en, zh, count in counted:
        total[en, zh] += count
    ranked = sorted(((count, pair) for pair, count in total.items() if count), key=lambda one: (-one[0], one[1]))
    longest = ranked[0][0] if ranked else 1
    return [Bar(en, zh, count, round(100 * count / longest, 1)) for count, (en, zh) in ranked[:BARS]]


def _terms(brief: Brief) -> Iterable[tuple[str, str, int]]:
    def pair(use: TermUse) -> Both:
        return (use.source, use.target) if brief.document.language == "en" else (use.target, use.source)

    uses = [use for use in brief.terms if use.kind not in PEOPLE and use.kind not in ROLES]
    for use in sorted(uses, key=lambda use: (-use.places, use.source))[:TERMS]:
        yield (*pair(use), use.places)


def _searched(brief: Brief, page: BriefPage) -> str:
    people = [line for one in brief.speakers for line in (one.name, one.role, one.organisation) if line]
    lines = (brief.title, *brief.points, *people, *(line for one in brief.speakers for line in one.summary))
    texts = [text for line in lines for text in dict.fromkeys((line.en, line.zh))]
    return " ".join(" ".join([*texts, *page.facts]).lower().split())
