"""Sentences that can't stand alone, and that they don't open a brief."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer
from wivtext.engines.leaning import leans
from wivtext.records import Language, Sentence

CASES = json.loads((Path(__file__).parent / "cases" / "leaning.json").read_text(encoding="utf-8"))
TEXTS = {
    "en": ["Vans sold well.", "Jane Roe runs the firm.", "He told 400 guests of 3 plants.", "Exports of vans rose."],
    "zh": ["厢式车热销。", "林浩然管理这家公司。", "他向400名来宾介绍了3座工厂。", "厢式车出口增长。"],
}


@pytest.mark.parametrize(("language", "label", "text", "names", "expected"), CASES)
def test_leans(language: Language, label: str, text: str, names: list[str], expected: bool) -> None:
    assert leans(text, language, names) == expected, label


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_leaning_sentence_comes_only_after_what_it_leans_on(language: Language) -> None:
    sentences = tuple(Sentence(i, 0, len(text), text, 0, language) for i, text in enumerate(TEXTS[language]))
    for limit in (1, 2, 3):
        points = ExtractiveSummarizer().summarize([Passage(sentences, language, limit, "Vans 厢式车")])[0]
        chosen = {point.sentences[0] for point in points}
        assert 2 not in chosen or 1 in chosen


def test_among_one_speakers_own_sentences_a_pronoun_is_clear() -> None:
    sentences = tuple(Sentence(i, 0, len(text), text, 0, "en") for i, text in enumerate(TEXTS["en"]))
    chosen = {point.sentences[0] for point in ExtractiveSummarizer().summarize([Passage(sentences, "en", 2)])[0]}
    assert 2 in chosen and 1 not in chosen  # without Jane Roe's name before it


def test_among_one_speakers_own_sentences_it_and_this_are_not() -> None:
    texts = ["Vans sold well.", "Jane Roe runs the firm.", "It sold 400 vans in 3 cities.", "Exports of vans rose."]
    for text in (texts[2], texts[2].replace("It", "Roe")):
        said = [*texts[:2], text, texts[3]]
        sentences = tuple(Sentence(i, 0, len(one), one, 0, "en") for i, one in enumerate(said))
        chosen = {point.sentences[0] for point in ExtractiveSummarizer().summarize([Passage(sentences, "en", 1)])[0]}
        assert (2 in chosen) == (not text.startswith("It"))


def test_a_book_is_read_part_by_part() -> None:
    texts = [f"Plant {number} sold {number * 7} vans." for number in range(2500)]
    sentences = tuple(Sentence(i, 0, len(text), text, 0, "en") for i, text in enumerate(texts))
    points = ExtractiveSummarizer().summarize([Passage(sentences, "en", 4, "Vans")])[0]
    assert len(points) == 4
