"""Two of our own reports as documents, and a translator that knows their translations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from wivtext.engines import Candidate, Segment
from wivtext.reading import read_text
from wivtext.records import Document, Language

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
