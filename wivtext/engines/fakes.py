"""Engines that do next to nothing, for tests, docs and trying things out."""

from __future__ import annotations

from collections.abc import Sequence

from wivtext.engines import Candidate, Passage, Segment
from wivtext.records import Language, Point
from wivtext.settings import Settings


class EchoTranslator:
    """Gives each text back as it is, with the terms put in place.

    >>> from wivtext.records import TermPair
    >>> EchoTranslator().translate([Segment("BYD grew.", (TermPair("BYD", "比亚迪"),))], "en", "zh")
    [Candidate(text='比亚迪 grew.', score=None)]
    """

    signature = "echo"

    def __init__(self, model: str = "", settings: Settings | None = None) -> None:
        pass

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Each segment's own text."""
        return [Candidate(_with_terms(segment)) for segment in segments]


class LeadSummarizer:
    """The first sentences, as many as wanted: the baseline every summarizer has to beat."""

    signature = "lead"

    def __init__(self, model: str = "", settings: Settings | None = None) -> None:
        pass

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """The first `limit` sentences of each passage."""
        return [
            tuple(Point(sentence.text, (sentence.index,)) for sentence in passage.sentences[: passage.limit])
            for passage in passages
        ]


def _with_terms(segment: Segment) -> str:
    text = segment.text
    for term in segment.terms:
        text = text.replace(term.source, term.target)
    return text
