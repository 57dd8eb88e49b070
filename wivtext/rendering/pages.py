"""What the HTML templates ask for; the templates escape every text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from wivtext.language import other_language
from wivtext.records import Brief, Finding, Language, Line, Sentence, SpeakerBrief, Statement
from wivtext.rendering.views import Check, View, checks, runs
from wivtext.rendering.wording import finding_kind, parts
from wivtext.typography import is_chinese

Tag = str


@dataclass(frozen=True)
class Side:
    """One language of a page: its view, and the language tag of its texts."""

    view: View
    tag: Tag

    @property
    def language(self) -> Language:
        return self.view.language

    @property
    def words(self) -> Tag:
        """The tag of the page's own words, which are Simplified Chinese."""
        return "en" if self.language == "en" else "zh-Hans"


@dataclass(frozen=True)
class BriefPage:
    """The page of one brief."""

    brief: Brief

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        return Side(View(self.brief, "en"), "en"), Side(View(self.brief, "zh"), self.tag("zh"))

    @property
    def url(self) -> str:
        """The document's address, if it is one that can be followed."""
        url = self.brief.document.origin.get("url", "")
        return url if re.fullmatch(r"https?://[^\s<>\"']+", url) else ""

    @property
    def facts(self) -> tuple[str, ...]:
        origin = self.brief.document.origin
        return tuple(origin[key] for key in ("date", "source", "author") if origin.get(key))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        return checks(self.brief)

    @property
    def paragraphs(self) -> list[list[Sentence]]:
        """The sentences by paragraph."""
        return [list(group) for _, group in groupby(self.brief.document.sentences, lambda one: one.paragraph)]

    @cached_property
    def _speaker_of(self) -> dict[int, tuple[SpeakerBrief, Statement]]:
        return {
            index: (speaker, statement)
            for speaker in self.brief.speakers
            for statement in speaker.statements
            for index in statement.sentences
        }

    def said(self, index: int) -> tuple[SpeakerBrief, Statement] | None:
        """Who says the sentence, if anybody."""
        return self._speaker_of.get(index)

    def tag(self, language: Language, original: bool = False) -> Tag:
        """The BCP 47 tag of a text in `language`; Traditional characters are only in what is original."""
        if language == "en":
            return "en"
        traditional = self.brief.document.script == "traditional" and (original or self.brief.document.language == "zh")
        return "zh-Hant" if traditional else "zh-Hans"

    def tag_of(self, text: str) -> Tag:
        """The tag of a name or an expression as the document has it."""
        return self.tag("zh" if is_chinese(text) else "en", True)

    def other(self, language: Language) -> Language:
        return other_language(language)

    def side(self, language: Language) -> Side:
        return self.sides[0 if language == "en" else 1]

    def marks(self, speaker: SpeakerBrief) -> list[tuple[int, int]]:
        """Where in the document a speaker speaks: the first sentence and the number of sentences of each stretch."""
        indexes = [index for statement in speaker.statements for index in statement.sentences]
        return [(first, last - first + 1) for first, last in runs(indexes)]

    def kind_zh(self, finding: Finding) -> str:
        return finding_kind(finding.kind, "zh")

    def parts(self, finding: Finding) -> str:
        return parts(finding)

    def shown(self, side: Side, line: Line) -> Tag:
        """The tag of the text that a side shows of a line: another where it was not translated."""
        return self.side(side.view.language_of(line)).tag

    def runs(self, line: Line | Statement) -> list[tuple[int, int]]:
        return list(runs(line.sentences))
