"""A brief as Markdown, in one language, with what comes from the document escaped.

>>> escape("a*b <c> [d]")
'a\\\\*b \\\\<c\\\\> \\\\[d\\\\]'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from wivtext.records import Brief, Finding, Language, Line, SpeakerBrief, Statement
from wivtext.rendering.views import Place, View, labels, places, references

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~]|&(?=[#A-Za-z]))")
# What would begin a heading, a list or a rule.
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|)([.)]|[#+](?=[\s#]|$)|[-=](?=[\s=-]|$))")


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    # Between two dollar signs some readers see a formula.
    text = text.replace("$", r"\$") if text.count("$") > 1 else text
    return _LINE_START.sub(r"\1\\\2", text)


@dataclass(frozen=True)
class MarkdownPage:
    """What the Markdown template asks for; every text it gives is escaped."""

    brief: Brief
    language: Language

    @cached_property
    def view(self) -> View:
        return View(self.brief, self.language)

    @property
    def title(self) -> str:
        return escape(self.view.text(self.brief.title)) or escape(self.brief.document.name)

    @property
    def other_title(self) -> str:
        other = View(self.brief, "zh" if self.language == "en" else "en")
        title = escape(other.text(self.brief.title))
        return "" if title == self.title else title

    @property
    def facts(self) -> str:
        url = self.brief.document.origin.get("url", "")
        link = (f"[{labels(self.language)['link']}](<{url}>)",) if re.fullmatch(r"https?://[^\s<>]+", url) else ()
        return " · ".join((*map(escape, self.view.facts()), *link))

    @property
    def colon(self) -> str:
        return ": " if self.language == "en" else "："

    @property
    def divider(self) -> str:
        return "; " if self.language == "en" else "；"

    @property
    def signature(self) -> str:
        return self.brief.signature.replace("`", "'")

    def text(self, line: Line) -> str:
        return escape(self.view.text(line))

    def note(self, line: Line) -> str:
        """Says that a quotation is a translation."""
        if not self.view.quotes_translation(line):
            return ""
        label = labels(self.language)["translated_quotation"]
        return f" *({label})*" if self.language == "en" else f"*（{label}）*"

    def references(self, sentences: tuple[int, ...]) -> str:
        return f" {references(sentences)}" if sentences else ""

    def flag(self, line: Line) -> str:
        return " ⚠" if line.findings else ""

    def name(self, speaker: SpeakerBrief) -> str:
        other = escape(self.view.quotes_name(speaker))
        brackets = " ({})" if self.language == "en" else "（{}）"
        return self.text(speaker.name) + (brackets.format(other) if other else "")

    def position(self, speaker: SpeakerBrief) -> str:
        return escape(self.view.position(speaker))

    def statement(self, statement: Statement) -> str:
        cue = escape(statement.cue or "")
        parts = [references(statement.sentences), self.view.kind(statement), f"“{cue}”" if cue else ""]
        return " ".join(part for part in parts if part)

    def original(self, index: int) -> str:
        return self._side(index, self.brief.document.sentences[index].language)

    def translation(self, index: int) -> str:
        return self._side(index, "zh" if self.brief.document.sentences[index].language == "en" else "en")

    @property
    def findings(self) -> tuple[Place, ...]:
        return places(self.brief)

    def place(self, place: Place) -> str:
        return escape(self.view.place(place))

    def finding(self, finding: Finding) -> str:
        return escape(self.view.finding(finding))

    def _side(self, index: int, language: Language) -> str:
        return escape(View(self.brief, language).text(self.brief.sentences[index]))
