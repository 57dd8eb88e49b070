"""Summaries: what is given to the summarizer, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from samples import CHINESE, ENGLISH, report

from wivtext.attribution import attribute
from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer
from wivtext.errors import EngineError
from wivtext.reading import read_text
from wivtext.records import Attribution, Point
from wivtext.settings import SummarySettings
from wivtext.summary import document_passage, summarize, summarize_all

DOCUMENTS = [report(ENGLISH, "en"), report(CHINESE, "zh")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["en", "zh"])
def test_points_are_sentences_in_their_order(document) -> None:
    points = summarize(document)
    indexes = [point.sentences[0] for point in points]
    assert len(points) == 5 and indexes == sorted(set(indexes))
    assert all(point.text == document.sentences[point.sentences[0]].text for point in points)
    assert summarize(document) == points


@pytest.mark.parametrize("document", DOCUMENTS, ids=["en", "zh"])
@pytest.mark.parametrize("limit", [1, 3, 200])
def test_limit(document, limit: int) -> None:
    assert len(summarize(document, limit=limit)) == min(limit, len(document.sentences))


def test_headings_and_captions_are_no_points() -> None:
    text = (
        "# Vans\n\n## What changed\n\nSales rose by 12 percent in May. (Photo/Agency)\n\nExports fell, the firm said.\n"
    )
    passage = document_passage(read_text(text, "vans.md"), SummarySettings())
    assert "What changed" not in [sentence.text for sentence in passage.sentences]


def test_speakers_get_their_own_sentences() -> None:
    document = DOCUMENTS[0]
    found = attribute(document)
    made = summarize_all(document, found, engine="extractive")
    assert set(made.speakers) == {speaker.id for speaker in found.speakers}
    for speaker, points in made.speakers.items():
        own = {index for one in found.statements if one.speaker == speaker for index in one.sentences}
        assert own.issuperset(index for point in points for index in point.sentences)


def test_speakers_without_statements_have_no_points() -> None:
    document = DOCUMENTS[0]
    found = attribute(document)
    assert set(summarize_all(document, Attribution(found.speakers, ()), engine="lead").speakers.values()) == {()}


def test_point_from_nowhere_is_refused() -> None:
    class Inventing(ExtractiveSummarizer):
        def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
            return [(Point("Sales doubled.", (99,)),) for _ in passages]

    with pytest.raises(EngineError, match="not given"):
        summarize(DOCUMENTS[0], engine=Inventing())
