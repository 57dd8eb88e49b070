"""Where the findings of a brief stand: one traversal for pages, tables and counts, so that all of them agree.

>>> severity(Finding("punctuation", "", "“", "the quotation marks have no partner"))
'minor'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wivtext.records import Brief, Displayed, Finding, Line, SpeakerBrief

Part = Literal["title", "sentence", "point", "summary", "speaker"]
Severity = Literal["serious", "minor", "notice"]
_MadeOf = tuple[Part, Line, SpeakerBrief | None]
_MINOR = frozenset({"punctuation", "marker"})


@dataclass(frozen=True, slots=True)
class Placed(Displayed):
    """A finding at its line. `sentence` is the (first) sentence it is about, `speaker` whose name or line it is."""

    finding: Finding
    line: Line
    part: Part
    sentence: int | None = None
    speaker: SpeakerBrief | None = None

    @property
    def severity(self) -> Severity:
        """See `severity`; what is found in an analyst's own words is no more than a notice."""
        return "notice" if self.line.corrected else severity(self.finding)


def severity(finding: Finding) -> Severity:
    """How much a finding weighs: a value, name or clause that may be wrong; a blemish; what was put right already."""
    if finding.kind == "repaired":
        return "notice"
    return "minor" if finding.kind in _MINOR else "serious"


def placed(brief: Brief) -> Iterator[Placed]:
    """Every finding of a brief, once at a place: title, sentences, what is made of them, what speakers are called.

    Points and summaries repeat what their sentences have; only what these don't have is theirs.
    """
    lines = _lines_made_of(brief)
    yield from (Placed(finding, brief.title, "title") for finding in dict.fromkeys(brief.title.findings))
    for part, line, speaker in lines:
        if not line.sentences:
            yield from (Placed(finding, line, part, None, speaker) for finding in dict.fromkeys(line.findings))
    for index, sentence in enumerate(brief.sentences):
        yield from (Placed(finding, sentence, "sentence", index) for finding in dict.fromkeys(sentence.findings))
        yield from _of_lines(brief, index, [one for one in lines if one[1].sentences[:1] == (index,)])
    for speaker in brief.speakers:
        yield from _called(speaker)


def _of_lines(brief: Brief, index: int, lines: list[_MadeOf]) -> Iterator[Placed]:
    """What is found in points and summaries that begin with a sentence, and not in the sentences they cite."""
    seen: set[Finding] = set()
    for part, line, speaker in lines:
        seen.update(finding for cited in line.sentences for finding in brief.sentences[cited].findings)
        for finding in dict.fromkeys(line.findings):
            if finding not in seen:
                seen.add(finding)
                yield Placed(finding, line, part, index, speaker)


def _lines_made_of(brief: Brief) -> list[_MadeOf]:
    points: list[_MadeOf] = [("point", line, None) for line in brief.points]
    return points + [("summary", line, speaker) for speaker in brief.speakers for line in speaker.summary]


def _called(speaker: SpeakerBrief) -> Iterator[Placed]:
    seen: set[Finding] = set()
    for line in (speaker.name, speaker.role, speaker.organisation):
        for finding in line.findings if line else ():
            if line and finding not in seen:
                seen.add(finding)
                yield Placed(finding, line, "speaker", None, speaker)
