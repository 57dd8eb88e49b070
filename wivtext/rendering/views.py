"""What the pages show of a brief: texts dressed for one language, references, places of findings.

>>> references((2, 6, 7))
'[3] [7–8]'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from wivtext.findings import Placed, placed
from wivtext.language import other_language
from wivtext.records import Brief, Finding, Language, Line, SpeakerBrief, Statement
from wivtext.rendering.wording import finding_kind, labels, message
from wivtext.typography import curled, is_chinese, spaced

QUOTATION_MARKS = frozenset('“”"「」『』')
SHOWN = 3  # findings of one kind at one place


@dataclass(frozen=True, slots=True)
class Check:
    """The findings at one place: a sentence (by index), what a speaker is called, else the title.

    `corrected` says that they are about an analyst's own words.
    """

    findings: tuple[Finding, ...]
    sentence: int | None = None
    speaker: SpeakerBrief | None = None
    corrected: bool = False


@dataclass(frozen=True)
class View:
    """A brief as one language's reader sees it."""

    brief: Brief
    language: Language

    def text(self, line: Line) -> str:
        """The line in this language, dressed for the page; the other one's text where it was not translated."""
        language = self.language_of(line)
        return dressed(line.en if language == "en" else line.zh, language)

    def language_of(self, line: Line) -> Language:
        """The language that `text` is in."""
        if self.missing(line):
            return other_language(self.language)
        return self.language

    def missing(self, line: Line) -> bool:
        """Whether the line was not translated into this language."""
        return not (line.en if self.language == "en" else line.zh).strip() and bool((line.en + line.zh).strip())

    def translated(self, line: Line) -> bool:
        """Whether this language's text is a translation."""
        document = self.brief.document
        if line is self.brief.title:
            return is_chinese(document.title) != (self.language == "zh")
        return any(document.sentences[index].language != self.language for index in line.sentences)

    def flagged(self, line: Line) -> bool:
        """Whether the text shown is a translation that has to be checked; an analyst's own was."""
        return (
            not line.corrected
            and self.translated(line)
            and any(finding.kind != "repaired" for finding in line.findings)
        )

    def quotes_translation(self, line: Line) -> bool:
        """Whether the line shows words in a language they were not spoken in; a transcript says so once."""
        if self.missing(line) or not self.translated(line):
            return False
        marked = not QUOTATION_MARKS.isdisjoint(line.en if self.language == "en" else line.zh)
        said = any(self._kinds.get(index, "indirect") != "indirect" for index in line.sentences)
        reported = any(index in self._kinds for index in line.sentences)
        return (said or (marked and reported)) and not any(self.in_turn(index) for index in line.sentences)

    def notes(self, line: Line) -> list[str]:
        """What has to be said about a line beside its findings, as keys of `labels`."""
        found = {
            "untranslated": self.missing(line),
            "translated_quotation": self.quotes_translation(line),
            "corrected": line.corrected and self.translated(line),
            "generated": line.generated,
        }
        return [note for note, holds in found.items() if holds]

    def in_turn(self, index: int) -> bool:
        """Whether a sentence belongs to a labelled turn of a transcript."""
        document = self.brief.document
        return document.paragraphs[document.sentences[index].paragraph].label is not None

    @property
    def is_translated_transcript(self) -> bool:
        """Whether the speakers' turns are shown in translation."""
        sentences = self.brief.document.sentences
        return any(self.in_turn(one.index) and one.language != self.language for one in sentences)

    def statements(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements as they are listed: a speaker's label is no cue; neighbours without one are drawn together."""
        shown: list[Statement] = []
        for one in statements:
            if any(self.in_turn(index) for index in one.sentences[:1]):
                one = replace(one, cue=None)
            if shown and not one.cue and not shown[-1].cue and shown[-1].kind == one.kind:
                one = replace(one, sentences=(*shown.pop().sentences, *one.sentences))
            shown.append(one)
        return shown

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
            position = ", ".join(part for part in (role, organisation) if part)
            return position[:1].upper() + position[1:]
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

    def place(self, check: Check) -> str:
        """The place of a check in words."""
        label = labels(self.language)
        if check.sentence is not None:
            return label["sentence"].format(number=check.sentence + 1)
        return self.text(check.speaker.name) if check.speaker else label["title"]

    def findings(self, check: Check) -> str:
        """What is to be checked at one place, in words, by kind; of many alike the first few and their number."""
        colon, comma, semicolon = (": ", "; ", ". ") if self.language == "en" else ("：", "，", "；")
        kinds = []
        for kind in dict.fromkeys(finding.kind for finding in check.findings):
            words = list(dict.fromkeys(self.message(one) for one in check.findings if one.kind == kind))
            if len(words) > SHOWN + 1:
                more = labels(self.language)["more"]
                count = len(words) - SHOWN if self.language == "en" else len(words)
                words[SHOWN:] = [more.format(count=count)]
            kinds.append(finding_kind(kind, self.language) + colon + comma.join(words))
        if check.corrected:
            kinds[-1] += (" ({})" if self.language == "en" else "（{}）").format(labels(self.language)["corrected"])
        return semicolon.join(kinds)

    def message(self, finding: Finding) -> str:
        """A finding in words."""
        return dressed(message(finding, self.language), self.language)

    @cached_property
    def _kinds(self) -> dict[int, str]:
        """How each sentence of a statement is reported."""
        found = chain(self.brief.unattributed, *(speaker.statements for speaker in self.brief.speakers))
        return {index: one.kind for one in found for index in one.sentences}


def checks(brief: Brief) -> tuple[Check, ...]:
    """Everything to check, in reading order: title, sentences and what is made of them, what speakers are called."""
    found: dict[tuple[int | None, str], list[Placed]] = {}
    for one in placed(brief):
        called = one.speaker.speaker.id if one.speaker and one.part == "speaker" else ""
        found.setdefault((one.sentence, called), []).append(one)
    return tuple(
        Check(
            tuple(one.finding for one in group),
            sentence,
            group[0].speaker if called else None,
            all(one.line.corrected for one in group),
        )
        for (sentence, called), group in found.items()
    )


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
