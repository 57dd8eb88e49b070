"""Long documents whole: every sentence reaches a model of few positions, and none is cut silently."""

import pytest

from wivtext.engines import Passage, Segment
from wivtext.engines.abstracts import Abstracts
from wivtext.engines.condensing import condense
from wivtext.engines.decoding import Hypothesis
from wivtext.records import Point, Sentence


class Words:
    """A word is a token."""

    start, end, prefix = ("<s>",), ("</s>",), ()

    def encode(self, segment: Segment) -> list[str]:
        return segment.text.split()

    def decode(self, tokens: list[str]) -> str:
        return " ".join(tokens)


class Listener:
    """A decoder that keeps what it was given and repeats its first words."""

    longest = 64

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def decode(self, rows, prefix=(), **options):
        assert all(len(row) <= self.longest for row in rows)
        self.rows += [list(row) for row in rows]
        return [[Hypothesis(list(row[1:7]), 0.0, True)] for row in rows]


def said(texts: list[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(i, 0, len(text), text, 0, "en") for i, text in enumerate(texts))


def heard(texts: list[str], limit: int = 4) -> tuple[list[str], tuple[Point, ...]]:
    listener = Listener()
    points = Abstracts(listener, lambda language: Words(), {}).summarize([Passage(said(texts), "en", limit)])[0]
    return [word for row in listener.rows for word in row[1:-1]], points


def test_every_sentence_reaches_a_model_of_few_positions() -> None:
    texts = [f"Plant {n} made {n + 100} cars in its year number {n}." for n in range(300)]
    words, points = heard(texts)
    assert words == " ".join(texts).split()
    assert len(points) <= 4


def test_a_sentence_longer_than_the_model_takes_is_given_in_parts(caplog: pytest.LogCaptureFixture) -> None:
    texts = ["The fair opened.", ", ".join(f"maker {n} showed car {n}" for n in range(100)) + ".", "It closed."]
    assert heard(texts)[0] == " ".join(texts).split()
    assert "sentence 2 is longer than the model takes: summed up in 9 parts" in caplog.text


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    listener = Listener()
    texts = ["Open.", ", ".join(f"maker {n} showed car {n}" for n in range(30)) + "."]
    Abstracts(listener, lambda language: Words(), {}).summarize([Passage(said(texts), "en", 2)])
    assert all(row[-2].endswith((",", ".")) for row in listener.rows)


class Silent(Listener):
    """A decoder that comes to no end."""

    def decode(self, rows, prefix=(), **options):
        super().decode(rows, prefix, **options)
        return [[Hypothesis(list(row[1:7]), 0.0, False)] for row in rows]


def test_a_part_that_the_model_has_no_summary_of_is_not_left_out(caplog: pytest.LogCaptureFixture) -> None:
    texts = [f"Plant {n} made {n + 100} cars in its year number {n}." for n in range(60)]
    [points] = Abstracts(Silent(), lambda language: Words(), {}).summarize([Passage(said(texts), "en", 8)])
    assert len(points) == 8 and all(point.text in texts and not point.generated for point in points)
    assert len({point.sentences[0] // 20 for point in points}) == 3
    assert points[0].findings[0].message.startswith("no summary in the answer of the model about sentences 1 to")
    assert caplog.text.count("no summary") == 1 and "no summary for 10 of 10 parts in the answers" in caplog.text


def test_every_sentence_reaches_a_chat_model() -> None:
    sentences, asked = said([f"Plant {n} made {n + 100} cars." for n in range(500)]), []

    def ask(passages):
        asked.extend(sentence.text for passage in passages for sentence in passage.sentences)
        return [(Point(one.sentences[0].text, (one.sentences[0].index,)),) for one in passages]

    condense([Passage(sentences, "en", 4)], ask, budget=80)
    assert {sentence.text for sentence in sentences} <= set(asked)
