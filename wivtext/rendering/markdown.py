"""A brief as Markdown, in one language, with what comes from the document escaped.

>>> escape("a*b <c> [d]")
'a\\\\*b \\\\<c\\\\> \\\\[d\\\\]'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wivtext.language import other_language
from wivtext.records import Brief, Language, Line, SpeakerBrief, Statement
from wivtext.rendering.views import Check, View, checks, references
from wivtext.rendering.wording import labels

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~]|&(?=#?[A-Za-z0-9]{1,32};))")
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
        title = escape(self.view.text(self.brief.title))
        return title + self.flag(self.brief.title) if title else escape(self.brief.document.name)

    @property
    def other_title(self) -> str:
        title = self.brief.title
        other = escape(View(self.brief, other_language(self.language)).text(title))
        return "" if other == escape(self.view.text(title)) else other

    @property
    def facts(self) -> str:
        url = self.brief.document.origin.get("url", "")
        link = (f"[{labels(self.language)['link']}](<{url}>)",) if re.fullmatch(r"https?://[^\s<>]+", url) else ()
        return " · ".join((*map(escape, self.view.facts()), *link))

    @property
    def legend(self) -> str:
        """What the marks mean, as far as they occur."""
        label = labels(self.language)
        texts = (check for check in self.checks if check.speaker is None)
        flagged = any(finding.kind != "repaired" for check in texts for finding in check.findings)
        between = " " if self.language == "en" else ""
        return between.join((label["legend"], label["legend_check"]) if flagged else (label["legend"],))

    @property
    def colon(self) -> str:
        return ": " if self.language == "en" else "："

    @property
    def divider(self) -> str:
        return "; " if self.language == "en" else "；"

    @property
    def signature(self) -> str:
        return self.brief.signature.replace("`", "'")

    def line(self, line: Line) -> str:
        """A point or a summary's line with what there is to say about it."""
        text = escape(self.view.text(line))
        notes = "".join(map(self._note, self.view.notes(line)))
        cited = references(line.sentences)
        space = " " if cited and self.language == "en" else ""
        return f"{text}{notes}{space}{cited}{self.flag(line)}"

    def flag(self, line: Line) -> str:
        return " ⚠" if self.view.flagged(line) else ""

    def name(self, speaker: SpeakerBrief) -> str:
        other = escape(self.view.quotes_name(speaker))
        brackets = " ({})" if self.language == "en" else "（{}）"
        return escape(self.view.text(speaker.name)) + (brackets.format(other) if other else "")

    def position(self, speaker: SpeakerBrief) -> str:
        return escape(self.view.position(speaker))

    def statements(self, statements: Iterable[Statement]) -> str:
        return self.divider.join(map(self._statement, self.view.statements(statements)))

    def original(self, index: int) -> str:
        language = self.brief.document.sentences[index].language
        return escape(View(self.brief, language).text(self.brief.sentences[index]))

    def translation(self, index: int) -> str:
        """A sentence's translation, or that there is none."""
        line = self.brief.sentences[index]
        view = View(self.brief, other_language(self.brief.document.sentences[index].language))
        text = self._note("untranslated").strip() if view.missing(line) else escape(view.text(line))
        text += self._note("corrected") if line.corrected else ""
        return f"{text} ⚠" if view.flagged(line) else text

    @property
    def checks(self) -> tuple[Check, ...]:
        return checks(self.brief)

    def place(self, check: Check) -> str:
        return f"[{check.sentence + 1}]" if check.sentence is not None else f"{escape(self.view.place(check))} ·"

    def findings(self, check: Check) -> str:
        return escape(self.view.findings(check))

    def _note(self, label: str) -> str:
        # Chinese has no italics.
        words = labels(self.language)[label]
        return f" *({words})*" if self.language == "en" else f"（{words}）"

    def _statement(self, statement: Statement) -> str:
        cue, space = escape(statement.cue or ""), " " if self.language == "en" else ""
        quoted = f"{space}“{cue}”" if cue else ""
        return f"{references(statement.sentences)} {self.view.kind(statement)}{quoted}"
