"""Summaries of texts of any length: parts that fit a model, then the points of the parts. Nothing is cut off.

Each point of the second round cites points of the first, and through them sentences of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from wivtext.engines import Passage
from wivtext.engines.chat import tokens
from wivtext.records import Finding, Point, Sentence

Ask = Callable[[Sequence[Passage]], list[tuple[Point, ...]]]
Points = tuple[Point, ...]


def condense(passages: Sequence[Passage], ask: Ask, budget: int) -> list[Points]:
    """The points of each passage; `ask` gets passages of two sentences and more, and at most about `budget` tokens.

    >>> texts = ["会议开幕。", "销量大增。", "会议闭幕。"]
    >>> said = tuple(Sentence(i, 0, 0, text, 0, "zh") for i, text in enumerate(texts))
    >>> first = lambda passages: [(Point(p.sentences[0].text, (p.sentences[0].index,)),) for p in passages]
    >>> condense([Passage(said, "zh", 1)], first, budget=10)
    [(Point(text='会议开幕。', sentences=(0,), generated=False),)]
    """
    groups = [list(_parts(passage, budget)) for passage in passages]
    parts = [part for group in groups for part in group]
    asked = iter(ask([part for part in parts if len(part.sentences) > 1]))
    found = iter([next(asked) if len(part.sentences) > 1 else _itself(part) for part in parts])
    answers = [[next(found) for _ in group] for group in groups]
    results = [_in_order(points, passage.limit) for points, passage in zip(answers, passages, strict=True)]
    again = {
        number: _of_points(list(chain.from_iterable(answer)), passages[number])
        for number, answer in enumerate(answers)
        if len(answer) > 1 and _has_shrunk(answer, passages[number])
    }
    reduced = condense(list(again.values()), ask, budget) if again else []
    for number, points in zip(again, reduced, strict=True):
        results[number] = _resolved(points, list(chain.from_iterable(answers[number])))
    return results


def _parts(passage: Passage, budget: int) -> Iterator[Passage]:
    """Runs of whole sentences of at most `budget` tokens; a sentence longer than that makes a part of its own."""
    start = size = 0
    for place, sentence in enumerate(passage.sentences):
        length = tokens(sentence.text)
        if place > start and size + length > budget:
            yield _run(passage, start, place)
            start, size = place, 0
        size += length
    if passage.sentences:
        yield _run(passage, start, len(passage.sentences))


def _run(passage: Passage, start: int, end: int) -> Passage:
    return replace(passage, sentences=passage.sentences[start:end], speakers=passage.speakers[start:end])


def _itself(part: Passage) -> Points:
    return tuple(Point(sentence.text, (sentence.index,)) for sentence in part.sentences)


def _in_order(answers: Sequence[Points], limit: int) -> Points:
    """The first points of every part, then the second ones, in the document's order: nothing is gained by asking again.

    The points of a single part stand in the model's order.
    """
    in_turn = [point for points in zip_longest(*answers) for point in points if point is not None][:limit]
    return tuple(in_turn if len(answers) == 1 else sorted(in_turn, key=lambda point: point.sentences))


def _has_shrunk(answers: Sequence[Points], passage: Passage) -> bool:
    points = list(chain.from_iterable(answers))
    before = sum(tokens(sentence.text) for sentence in passage.sentences)
    return len(points) > passage.limit and sum(tokens(point.text) for point in points) < before


def _of_points(points: Sequence[Point], passage: Passage) -> Passage:
    """The points as the sentences of a passage, numbered by their places."""
    sentences = (Sentence(place, 0, 0, point.text, 0, passage.language) for place, point in enumerate(points))
    return replace(passage, sentences=tuple(sentences), speakers=())


def _resolved(points: Points, cited: Sequence[Point]) -> Points:
    """The same points with the document's sentences that stand behind the points they cite."""
    return tuple(
        Point(
            point.text,
            tuple(sorted({sentence for place in point.sentences for sentence in cited[place].sentences})),
            generated=point.generated or any(cited[place].generated for place in point.sentences),
            findings=(*point.findings, *_kept(point, cited)),
        )
        for point in points
    )


def _kept(point: Point, cited: Sequence[Point]) -> Iterator[Finding]:
    """What was found in points of the first round that stand as they were."""
    for place in point.sentences:
        if cited[place].text == point.text:
            yield from cited[place].findings
