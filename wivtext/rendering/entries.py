"""What the index page needs of a brief, light enough to be kept for thousands of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from wivtext.records import Brief, TermUse
from wivtext.rendering.pages import BriefPage
from wivtext.rendering.wording import finding_kind
from wivtext.terms import ROLES
from wivtext.topics import is_subject
from wivtext.typography import is_chinese

TERMS = 20  # of a document, the most frequent
BARS = 8  # of a chart
COLUMNS = 80  # of the chart of topics: more documents share one
OPTIONS = 200  # of a filter
SEARCHED = 6_000_000  # characters of sentences on the page, past which only titles, speakers and points are searched
Both = tuple[str, str]  # English, Chinese
_MARKS = ".,;:!?()[]{}\"“”‘’'…—–"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A brief on the index page; pairs are (English, Chinese).

    `speakers` and `terms` come with the number of sentences, `kinds` of findings with how many there are; `searched` is
    what the search box looks through, `sentences` what all sentences add to that: None where there is too much of it.
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
    sentences: str | None = None

    @property
    def month(self) -> str:
        """Year and month, where the date begins with them."""
        return self.date[:7] if re.match(r"\d{4}-\d\d", self.date) else ""

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
    """The page that lists the briefs of a corpus, the latest first, with charts where there are several.

    `complete` says whether every sentence is searched.
    """

    entries: list[IndexEntry]
    charts: list[tuple[str, list[Bar]]]
    strips: list[Strip]
    filters: list[tuple[str, list[Option]]]
    marks: dict[str, str]
    complete: bool

    @classmethod
    def of(cls, entries: Iterable[IndexEntry]) -> IndexPage:
        """The page of these entries, whatever order they come in."""
        shown = sorted(sorted(Entries(entries), key=lambda entry: entry.name), key=_date, reverse=True)
        complete = all(entry.sentences is not None for entry in shown)
        if len(shown) < 2:
            return cls(shown, [], [], [], {entry.name: "" for entry in shown}, complete)
        charts = [
            ("chart_speakers", most_quoted(shown)),
            ("chart_findings", most_found(shown)),
        ]
        marks, filters = marked(shown)
        return cls(shown, [(label, bars) for label, bars in charts if bars], strips(shown), filters, marks, complete)

    def text(self, entry: IndexEntry) -> str:
        """What the search box looks through."""
        return f"{entry.searched} {entry.sentences}" if entry.sentences and self.complete else entry.searched

    def tag(self, text: str) -> str:
        """The language tag of a fact."""
        return "zh-Hans" if is_chinese(text) else "en"


class Entries(list[IndexEntry]):
    """Entries whose sentences are dropped, to keep memory and page small, past `SEARCHED` characters of them."""

    def __init__(self, entries: Iterable[IndexEntry] = ()) -> None:
        super().__init__()
        self._held = 0
        for entry in entries:
            self.append(entry)

    def append(self, entry: IndexEntry) -> None:
        """Put an entry at the end."""
        self._held += len(entry.sentences or "")
        super().append(entry if self._held <= SEARCHED else replace(entry, sentences=None))


def _date(entry: IndexEntry) -> str:
    return entry.date if entry.month else ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for in both languages, its number, its length in percent of the longest."""

    en: str
    zh: str
    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A term's line in the chart of topics: the documents it stands in, and the share of them in each column."""

    en: str
    zh: str
    count: int
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """What a filter offers: the mark of the documents it keeps, its name in both languages, how many they are."""

    mark: str
    en: str
    zh: str
    count: int


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
        searched=(searched := _searched(brief, page)),
        sentences=_sentences(brief, searched),
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


def strips(entries: Sequence[IndexEntry]) -> list[Strip]:
    """The terms that stand in the most documents, and where: the documents from the earliest to the latest.

    `entries` begin with the latest.
    """
    width = min(len(entries), COLUMNS)
    column = {entry.name: place * width // len(entries) for place, entry in enumerate(reversed(entries))}
    sizes, found = Counter(column.values()), []
    for bar in most_used(entries):
        holding = [entry for entry in entries if any((en, zh) == (bar.en, bar.zh) for en, zh, _ in entry.terms)]
        held = Counter(column[entry.name] for entry in holding)
        found.append(Strip(bar.en, bar.zh, bar.count, tuple(round(held[at] / sizes[at], 2) for at in range(width))))
    return found


def marked(entries: Sequence[IndexEntry]) -> tuple[dict[str, str], list[tuple[str, list[Option]]]]:
    """The marks that a document is filtered by, by its name; and the filters, where there is something to choose."""
    marks: dict[str, list[str]] = {entry.name: ["f"] * bool(entry.findings) for entry in entries}
    filters = []
    for letter, (label, values) in zip("ltsd", _FILTERED.items(), strict=True):
        spread = Counter(value for entry in entries for value in dict.fromkeys(values(entry)))
        if label == "filter_topic":
            spread = Counter({value: count for value, count in spread.items() if count > 1})
        ranked = sorted(spread, key=lambda value: (-spread[value], value))[:OPTIONS]
        if label == "filter_date":
            ranked = sorted(spread, reverse=True)[:OPTIONS]
        codes = {value: f"{letter}{place}" for place, value in enumerate(ranked)}
        for entry in entries:
            marks[entry.name] += [codes[value] for value in dict.fromkeys(values(entry)) if value in codes]
        if len(ranked) > 1:
            filters.append((label, [Option(codes[value], *value, spread[value]) for value in ranked]))
    return {name: " ".join(found) for name, found in marks.items()}, filters


_FILTERED: dict[str, Callable[[IndexEntry], Iterable[Both]]] = {
    "filter_language": lambda entry: [entry.original],
    "filter_topic": lambda entry: [(en, zh) for en, zh, _ in entry.terms],
    "filter_speaker": lambda entry: [(en, zh) for en, zh, _ in entry.speakers],
    "filter_date": lambda entry: [(entry.month, entry.month)] if entry.month else [],
}


def _terms(brief: Brief) -> Iterable[tuple[str, str, int]]:
    def pair(use: TermUse) -> Both:
        return (use.source, use.target) if brief.document.language == "en" else (use.target, use.source)

    uses = [use for use in brief.terms if use.kind not in ROLES and is_subject(pair(use)[0], use.kind)]
    for use in sorted(uses, key=lambda use: (-use.places, use.source))[:TERMS]:
        yield (*pair(use), use.places)


def _searched(brief: Brief, page: BriefPage) -> str:
    people = [line for one in brief.speakers for line in (one.name, one.role, one.organisation) if line]
    lines = (brief.title, *brief.points, *people, *(line for one in brief.speakers for line in one.summary))
    texts = [text for line in lines for text in dict.fromkeys((line.en, line.zh))]
    return " ".join(" ".join([*texts, *page.facts]).lower().split())


def _sentences(brief: Brief, searched: str) -> str:
    """The English words of all sentences, each once, and the Chinese sentences: those that are not in `searched`."""
    words = {word.strip(_MARKS) for line in brief.sentences for word in line.en.lower().split()}
    chinese = dict.fromkeys(" ".join(line.zh.lower().split()) for line in brief.sentences if line.zh != line.en)
    return " ".join(
        [*sorted(word for word in words if word not in searched), *(s for s in chinese if s not in searched)]
    )
