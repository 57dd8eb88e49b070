"""An overview as Markdown in each language, one self-contained page, and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from wivtext.across.records import Cited, Discrepancy, Echo, Overview, Place, Topic
from wivtext.directory import CorpusSpeaker
from wivtext.errors import SettingsError
from wivtext.language import other_language, script
from wivtext.records import Finding, Language, Line, to_dict
from wivtext.rendering import markdown_page, secured_page
from wivtext.rendering.markdown import escape
from wivtext.rendering.views import QUOTATION_MARKS, dressed, runs
from wivtext.rendering.wording import finding_kind, labels, message, parts
from wivtext.typography import is_chinese

Item = TypeVar("Item")

# What a page shows of one kind; the rest is counted, and stands in the JSON.
VOICES, SAID, TOLD, LISTED, PEOPLE, POINTS = 10, 4, 3, 60, 20, 2


def render_overview(overview: Overview, form: str, *, links: Mapping[str, str] | None = None, home: str = "") -> str:
    """The overview in one of `FORMS`, a text that ends in a newline.

    `links` has the address of a document's brief page by its name, where there is one; the HTML page links to the page
    `home`, if there is one. Raises `SettingsError` for another form.
    """
    if form not in FORMS:
        raise SettingsError(f"unknown form {form!r}; choose one of: {', '.join(FORMS)}")
    if form == "html":
        return _html(overview, links or {}, home)
    return FORMS[form](overview, links or {})


@dataclass(frozen=True)
class OverviewView:
    """What the templates ask for of an overview in one language."""

    overview: Overview
    language: Language
    links: Mapping[str, str]

    @property
    def tag(self) -> str:
        return "en" if self.language == "en" else "zh-Hans"

    @property
    def title(self) -> str:
        return self.label("across").format(count=len(self.overview.sources))

    def label(self, key: str) -> str:
        return labels(self.language)[key]

    def text(self, line: Line) -> str:
        """The line in this language; the other one's text where it was not translated."""
        language = self.language_of(line)
        return dressed(line.en if language == "en" else line.zh, language)

    def language_of(self, line: Line) -> Language:
        """The language that `text` is in."""
        own = line.en if self.language == "en" else line.zh
        return self.language if own.strip() or not (line.en + line.zh).strip() else other_language(self.language)

    def notes(self, cited: Cited) -> list[str]:
        """What has to be said about a line, beside its findings: that it is not translated, corrected, a model's."""
        line = cited.line
        if self.language_of(line) != self.language:
            return [self.label("untranslated")]
        text = line.en if self.language == "en" else line.zh
        marked = cited.kind is not None and not QUOTATION_MARKS.isdisjoint(text)
        translated = cited.language != self.language
        found = {
            "translated_quotation": translated and (marked or cited.kind in ("direct", "mixed")),
            "corrected": translated and line.corrected,
            "generated": line.generated,
        }
        return [self.label(key) for key, holds in found.items() if holds]

    def flagged(self, cited: Cited) -> bool:
        """Whether the text shown is a translation that has to be checked."""
        return cited.language != self.language and bool(findings_of(cited))

    def speaker(self, cited: Cited) -> CorpusSpeaker | None:
        return None if cited.speaker is None else self.overview.people[cited.speaker]

    def name(self, person: CorpusSpeaker) -> str:
        return self.text(person.name)

    def other_name(self, person: CorpusSpeaker) -> str:
        other = person.name.zh if self.language == "en" else person.name.en
        return "" if other == self.name(person) else other

    def position(self, person: CorpusSpeaker) -> str:
        """Role and organisation; an organisation is not said to belong to itself."""
        role = self.text(person.role) if person.role else ""
        own = person.organisation is None or person.organisation.en == person.name.en
        body = self.text(person.organisation) if person.organisation and not own else ""
        if self.language == "en":
            return ", ".join(part for part in (role, body) if part)
        return f"{body}{role}" if is_chinese(body) else f"{body} {role}".strip()

    def stance(self, echo: Echo) -> str:
        """How the second speaker stands to the first, in words."""
        person = self.speaker(echo.second)
        if echo.cue is None or person is None:
            return self.label(echo.stance)
        verb = self.label("agree" if echo.stance == "alike" else "disagree")
        return f"{self.name(person)}{' ' if self.language == 'en' else ''}{verb}"

    def heading(self, topic: Topic) -> str:
        """The topic's label, with a capital."""
        label = self.text(topic.label)
        return label[:1].upper() + label[1:]

    def figures(self, item: Discrepancy) -> str:
        """The different figures, each once."""
        texts: dict[str, str] = {}
        for figure in item.figures:
            texts.setdefault(figure.value, figure.text)
        return " ≠ ".join(texts.values())

    def documents(self, topic: Topic) -> str:
        return self.label("in_documents").format(count=len(topic.documents))

    def terms(self, terms: Iterable[Line]) -> str:
        return ("; " if self.language == "en" else "；").join(dict.fromkeys(map(self.text, terms)))

    def more(self, count: int) -> str:
        return self.label("in_json").format(count=count)

    def message(self, finding: Finding) -> str:
        return dressed(message(finding, self.language), self.language)


@dataclass(frozen=True)
class OverviewMarkdown(OverviewView):
    """The same for Markdown; every text is escaped."""

    @property
    def colon(self) -> str:
        return ": " if self.language == "en" else "："

    def plain(self, text: str) -> str:
        return escape(text)

    def line(self, cited: Cited) -> str:
        """A line, its notes, and where it stands."""
        form = " *({})*" if self.language == "en" else "（{}）"
        notes = "".join(form.format(note) for note in self.notes(cited))
        flag = " ⚠" if self.flagged(cited) else ""
        return f"{escape(self.text(cited.line))}{notes}{self._space}{self.places(cited)}{flag}"

    def places(self, cited: Cited) -> str:
        where = self.place(cited.place)
        if cited.also:
            also = self._space.join(map(self.place, cited.also))
            where += (
                f"{self._space}({self.label('also_in')} {also})"
                if self.language == "en"
                else (f"（{self.label('also_in')} {also}）")
            )
        return where

    def place(self, place: Place) -> str:
        """The document and its sentences, with a link to its brief where there is one."""
        label = f"{escape(place.document)} {numbers(place)}"
        link = self.links.get(place.document)
        return f"\\[[{label}](<{link}>)\\]" if link else f"\\[{label}\\]"

    def who(self, person: CorpusSpeaker) -> str:
        """Name, in brackets the other language's, and position."""
        other = escape(self.other_name(person))
        brackets = " ({})" if self.language == "en" else "（{}）"
        name = f"**{escape(self.name(person))}**" + (brackets.format(other) if other else "")
        position = escape(self.position(person))
        return name + (f"{', ' if self.language == 'en' else '，'}{position}" if position else "")

    def said(self, cited: Cited) -> str:
        """A line with its speaker before it."""
        person = self.speaker(cited)
        return (f"{self.who(person)}{self.colon}" if person else "") + self.line(cited)

    @property
    def signature(self) -> str:
        return self.overview.signature.replace("`", "'")

    @property
    def _space(self) -> str:
        return " " if self.language == "en" else ""


@dataclass(frozen=True)
class OverviewPage:
    """The HTML page: both languages of one overview."""

    overview: Overview
    links: Mapping[str, str]

    @property
    def sides(self) -> tuple[OverviewView, OverviewView]:
        return (
            OverviewView(self.overview, "en", self.links),
            OverviewView(self.overview, "zh", self.links),
        )

    def link(self, place: Place) -> str:
        """The address of a sentence in the brief of its document."""
        link = self.links.get(place.document, "")
        return f"{link}#s{place.sentences[0]}" if link and place.sentences else link

    def tag(self, view: OverviewView, line: Line) -> str:
        if view.language_of(line) == "en":
            return "en"
        return "zh-Hant" if script(line.zh) == "traditional" else "zh-Hans"

    def numbers(self, place: Place) -> str:
        return numbers(place)

    def speaker(self, cited: Cited) -> CorpusSpeaker | None:
        return self.sides[0].speaker(cited)

    def findings(self, cited: Cited) -> tuple[Finding, ...]:
        return findings_of(cited)

    def kind_zh(self, finding: Finding) -> str:
        return finding_kind(finding.kind, "zh")

    def parts(self, finding: Finding) -> str:
        return parts(finding)


def findings_of(cited: Cited) -> tuple[Finding, ...]:
    """What is to be checked in a line; what was repaired, or corrected by hand, is not."""
    if cited.line.corrected:
        return ()
    return tuple(dict.fromkeys(finding for finding in cited.line.findings if finding.kind != "repaired"))


def numbers(place: Place) -> str:
    """Sentence numbers as a reader counts them.

    >>> numbers(Place("a", (2, 6, 7)))
    '3, 7–8'
    """
    return ", ".join(
        f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in runs(place.sentences)
    )


def beside(documents: Iterable[str]) -> dict[str, str]:
    """Links to the briefs of documents whose folders lie beside the overview."""
    return {name: f"{quote(name)}/brief.html" for name in documents}


def _shown(items: Sequence[Item], most: int) -> tuple[Sequence[Item], int]:
    """The first of them, and how many are left."""
    return items[:most], max(0, len(items) - most)


def _limits() -> dict[str, object]:
    return {
        "shown": _shown,
        "limit": {"voices": VOICES, "said": SAID, "told": TOLD, "listed": LISTED, "people": PEOPLE, "points": POINTS},
    }


def _markdown(language: Language) -> Callable[[Overview, Mapping[str, str]], str]:
    def form(overview: Overview, links: Mapping[str, str]) -> str:
        page = OverviewMarkdown(overview, language, links)
        return markdown_page("across", language, overview=overview, page=page, **_limits())

    return form


def _html(overview: Overview, links: Mapping[str, str], home: str = "") -> str:
    page = OverviewPage(overview, links)
    return secured_page("across", styles=("page.css", "across.css"), page=page, home=home, **_limits())


def _json(overview: Overview, _: Mapping[str, str]) -> str:
    return json.dumps(to_dict(overview), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


FORMS: dict[str, Callable[[Overview, Mapping[str, str]], str]] = {
    "en.md": _markdown("en"),
    "zh.md": _markdown("zh"),
    "html": _html,
    "json": _json,
}
