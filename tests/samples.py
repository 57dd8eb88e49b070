"""Two of our own reports as documents and briefs, and a translator that knows their translations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wivtext.briefs import brief
from wivtext.engines import Candidate, Segment
from wivtext.engines.fakes import LeadSummarizer
from wivtext.reading import read_text
from wivtext.records import Brief, Document, Finding, Language, Line
from wivtext.terms import TermBase

REPORTS = json.loads((Path(__file__).parent / "data" / "reports.json").read_text(encoding="utf-8"))
ENGLISH, CHINESE = REPORTS["world-006"], REPORTS["bul-031"]


def report(data: dict, language: Language) -> Document:
    """A report as its reader sees it: title, a blank line, paragraphs of two sentences."""
    sentences = [sentence[language] for sentence in data["sentences"]]
    between = " " if language == "en" else ""
    paragraphs = [between.join(sentences[start : start + 2]) for start in range(0, len(sentences), 2)]
    return read_text("\n\n".join([data["title"][language], *paragraphs]), data["id"])


class GoldTranslator:
    """Knows the reports' sentences; anything else comes back as "译" or "T" with its text. Notes what it was asked."""

    signature = "gold 1"

    def __init__(self) -> None:
        pairs = [pair for data in REPORTS.values() for pair in (*data["sentences"], data["title"])]
        self.known = {pair["en"]: pair["zh"] for pair in pairs} | {pair["zh"]: pair["en"] for pair in pairs}
        self.asked: list[tuple[str, Language]] = []

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        self.asked += [(segment.text, source) for segment in segments]
        mark = "译" if target == "zh" else "T "
        return [Candidate(self.known.get(segment.text) or mark + segment.text) for segment in segments]


HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    "{{ 7*7 }} [x](javascript:a) 'q' \"q\""
)


def sample_brief() -> Brief:
    """The English report's brief, with something to check at sentence 2."""
    made = brief(report(ENGLISH, "en"), translator=GoldTranslator(), summarizer=LeadSummarizer(), terms=TermBase())
    finding = Finding("number", "47", "74", "“47” (47) became “74” (74)")
    flagged = tuple(
        replace(line, findings=(finding,)) if 1 in line.sentences else replace(line, findings=())
        for line in made.sentences
    )
    points = tuple(flagged[line.sentences[0]] for line in made.points)
    speakers = tuple(
        replace(one, summary=tuple(flagged[line.sentences[0]] for line in one.summary)) for one in made.speakers
    )
    origin = {"date": "2026-05-03", "source": "Island Herald", "url": "https://example.org/coalition"}
    document = replace(made.document, origin=origin)
    return replace(made, document=document, sentences=flagged, points=points, speakers=speakers)


def hostile_brief() -> Brief:
    """A brief whose every text tries to be more than text."""
    made = sample_brief()
    document = replace(made.document, title=HOSTILE, origin={"url": "javascript:alert(1)", "source": HOSTILE})
    finding = Finding("name", HOSTILE, HOSTILE, HOSTILE)

    def spoil(line: Line) -> Line:
        return replace(line, en=HOSTILE, zh=f"坏{HOSTILE}", findings=(finding,))

    speakers = tuple(
        replace(
            one,
            speaker=replace(one.speaker, name=HOSTILE),
            name=spoil(one.name),
            summary=tuple(map(spoil, one.summary)),
            statements=tuple(replace(statement, cue=HOSTILE) for statement in one.statements),
        )
        for one in made.speakers
    )
    lines = {"points": tuple(map(spoil, made.points)), "sentences": tuple(map(spoil, made.sentences))}
    return replace(
        made, document=document, title=spoil(made.title), speakers=speakers, signature=f"`{HOSTILE}`", **lines
    )
