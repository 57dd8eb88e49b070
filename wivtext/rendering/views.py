"""What the pages show of a brief: texts dressed for one language, references, places of findings.

>>> references((2, 6, 7))
'[3] [7–8]'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from wivtext.records import Brief, Finding, Language, Line, SpeakerBrief, Statement
from wivtext.typography import curled, is_chinese, spaced

TEMPLATES = Path(__file__).parent / "templates"
QUOTATION_MARKS = frozenset('“”"「」『』')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: the title, a sentence (by index), or what a speaker is called."""

    finding: Finding
    sentence: int | None = None
    title: bool = False
    speaker: SpeakerBrief | None = None


@dataclass(frozen=True)
class View:
    """A brief as one language's reader sees it."""

    brief: Brief
    language: Language

    def text(self, line: Line) -> str:
        """The line in this language, dressed for the page."""
        return dressed(line.en if self.language == "en" else line.zh, self.language)

    def translated(self, line: Line) -> bool:
        """Whether this language's text is a translation."""
        return any(self.brief.document.sentences[index].language != self.language for index in line.sentences)

    def quotes_translation(self, line: Line) -> bool:
        """Whether the line shows somebody's words in a language they were not spoken in."""
        text = line.en if self.language == "en" else line.zh
        quoting = not QUOTATION_MARKS.isdisjoint(text) or not self._quoted.isdisjoint(line.sentences)
        return quoting and self.translated(line)

    def quotes_name(self, speaker: SpeakerBrief) -> str:
        """The other language's name, empty where it is the same."""
        other = speaker.name.zh if self.language == "en" else speaker.name.en
        return "" if other == self.text(speaker.name) else other

    def position(self, speaker: SpeakerBrief) -> str:
        """Role and organisation, as far as they are known; an organisation is not said to belong to itself."""
        role = self.text(speaker.role) if speaker.role else ""
        own = speaker.organisation is None or speaker.organisation.en == speaker.name.en
        organisation = self.text(speaker.organisation) if speaker.organisation and not own else ""
        if self.language == "en":
            return ", ".join(part for part in (role, organisation) if part)
        return dressed(f"{organisation}{role}", "zh") if is_chinese(organisation) else f"{organisation} {role}".strip()

    def facts(self) -> tuple[str, ...]:
        """Date, source and author as the document gives them, and the original language."""
        origin = self.brief.document.origin
        given = [origin[key] for key in ("date", "source", "author") if origin.get(key)]
        return (*given, self.original_language())

    def original_language(self) -> str:
        """In words, the language the document was written in."""
        document, label = self.brief.document, labels(self.language)
        return label["mixed"] if document.mixed else label["original"].format(language=label[document.language])

    def kind(self, statement: Statement) -> str:
        """How the words are reported: direct, indirect, partly quoted."""
        label = labels(self.language)
        return label["mixed_quote" if statement.kind == "mixed" else statement.kind]

    def place(self, place: Place) -> str:
        """A finding's place in words."""
        label = labels(self.language)
        if place.sentence is not None:
            return label["sentence"].format(number=place.sentence + 1)
        return self.text(place.speaker.name) if place.speaker else label["title"]

    def finding(self, finding: Finding) -> str:
        """A finding in words: the message where it can be read in this language, else the parts that disagree."""
        kind = finding_kind(finding.kind, self.language)
        if self.language == "en":
            return f"{kind}: {finding.message}"
        if finding.kind == "name" and not finding.target:
            return spaced(f"{kind}：{finding.source}，译名未知，请补充到corpus/terms")
        parts = [f"{word}“{part}”" for word, part in (("原文", finding.source), ("译文", finding.target)) if part]
        return spaced(f"{kind}：{'，'.join(parts) or finding.message}")

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """The sentences with direct speech."""
        found = chain(self.brief.unattributed, *(speaker.statements for speaker in self.brief.speakers))
        return frozenset(index for one in found if one.kind != "indirect" for index in one.sentences)


def places(brief: Brief) -> tuple[Place, ...]:
    """Everything to check, in reading order: title, sentences, points with a wording of their own, names."""
    found = [Place(finding) for finding in brief.title.findings]
    for index, sentence in enumerate(brief.sentences):
        found += [Place(finding, sentence=index) for finding in sentence.findings]
    known = {(place.sentence, place.finding) for place in found}
    for line in chain(brief.points, *(speaker.summary for speaker in brief.speakers)):
        own = [Place(finding, line.sentences[0] if line.sentences else None) for finding in line.findings]
        found += [place for place in own if not any((index, place.finding) in known for index in line.sentences)]
        known |= {(place.sentence, place.finding) for place in own}
    found += [Place(finding, speaker=speaker) for speaker, finding in _name_findings(brief)]
    return tuple(found)


def references(indexes: Iterable[int]) -> str:
    """Sentence numbers as a reader counts them, from one, runs drawn together."""
    return " ".join(f"[{first + 1}]" if first == last else f"[{first + 1}–{last + 1}]" for first, last in runs(indexes))


def runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring indexes, each as its first and last.

    >>> list(runs((2, 6, 7)))
    [(2, 2), (6, 7)]
    """
    first = last = None
    for index in sorted(set(indexes)):
        if last is not None and index == last + 1:
            last = index
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = index
    if first is not None and last is not None:
        yield first, last


def dressed(text: str, language: Language) -> str:
    """A text as a page shows it: quotation marks curled in English, spaces around Latin in Chinese."""
    return curled(text) if language == "en" else spaced(text)


def labels(language: Language) -> dict[str, str]:
    """The pages' own words in one language."""
    words: dict[str, str] = _words()[language]
    return words


def finding_kind(kind: str, language: Language) -> str:
    """A finding's kind in one language."""
    name: str = _words()["kinds"].get(kind, kind) if language == "zh" else kind
    return name


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads((TEMPLATES / "labels.json").read_text(encoding="utf-8"))
    return words


def _name_findings(brief: Brief) -> Iterator[tuple[SpeakerBrief, Finding]]:
    for speaker in brief.speakers:
        for line in (speaker.name, speaker.role, speaker.organisation):
            for finding in line.findings if line else ():
                yield speaker, finding
