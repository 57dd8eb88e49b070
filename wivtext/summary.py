"""Summaries: which sentences of a document, or of one speaker, stand for the whole.

>>> from wivtext.records import Document, Sentence
>>> sentence = Sentence(0, 0, 5, "销量上升。", 0, "zh")
>>> summarize(Document("n", "t", "zh", "销量上升。", (), (sentence,)), engine="lead")
(Point(text='销量上升。', sentences=(0,), generated=False),)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wivtext.engines import Passage, Summarizer, summarizer
from wivtext.errors import EngineError
from wivtext.records import Attribution, Document, Point, Sentence, Statement
from wivtext.settings import Settings, SummarySettings


@dataclass(frozen=True, slots=True)
class Summaries:
    """The general points of a document, and those of each speaker by `Speaker.id`."""

    points: tuple[Point, ...]
    speakers: dict[str, tuple[Point, ...]]


def summarize(
    document: Document,
    *,
    engine: str | Summarizer = "extractive",
    limit: int | None = None,
    settings: Settings | None = None,
    attribution: Attribution | None = None,
) -> tuple[Point, ...]:
    """The points of a document, in its order: `limit` of them, or as many as its length calls for.

    With an attribution, the points are spread over the speakers. Raises `EngineError`.
    """
    settings = settings or Settings()
    passage = document_passage(document, settings.summary, limit=limit, attribution=attribution)
    return _run(engine, [passage], settings)[0]


def summarize_all(
    document: Document, attribution: Attribution, *, engine: str | Summarizer, settings: Settings | None = None
) -> Summaries:
    """The general points and every speaker's, in one call of the engine. Raises `EngineError`."""
    settings = settings or Settings()
    speakers = [speaker.id for speaker in attribution.speakers]
    passages = [document_passage(document, settings.summary, attribution=attribution)]
    for speaker in speakers:
        statements = [statement for statement in attribution.statements if statement.speaker == speaker]
        passages.append(speaker_passage(document, statements, settings.summary.speaker_lines))
    points, *said = _run(engine, passages, settings)
    return Summaries(points, dict(zip(speakers, said, strict=True)))


def document_passage(
    document: Document, settings: SummarySettings, *, limit: int | None = None, attribution: Attribution | None = None
) -> Passage:
    """What is to be summarized of a document: everything but headings and captions."""
    aside = {paragraph.index for paragraph in document.paragraphs if paragraph.kind in ("heading", "caption")}
    sentences = [sentence for sentence in document.sentences if sentence.paragraph not in aside]
    sentences = sentences or list(document.sentences)
    limit = limit or fitting_limit(len(sentences), settings)
    speakers = _speaker_of(attribution.statements) if attribution else {}
    return Passage(
        tuple(sentences),
        document.language,
        limit,
        document.title,
        tuple(speakers.get(sentence.index) for sentence in sentences),
    )


def speaker_passage(document: Document, statements: Iterable[Statement], limit: int) -> Passage:
    """The sentences of one speaker's statements."""
    indexes = sorted({index for statement in statements for index in statement.sentences})
    return Passage(tuple(document.sentences[index] for index in indexes), document.language, limit)


def fitting_limit(count: int, settings: SummarySettings) -> int:
    """How many points `count` sentences call for: a third of them within the settings, half of a short document.

    >>> [fitting_limit(count, SummarySettings()) for count in (0, 1, 6, 12, 21, 90)]
    [0, 1, 3, 5, 7, 8]
    """
    wanted = max(settings.min_points, min(settings.max_points, count // 3))
    return min(wanted, (count + 1) // 2)


def _run(engine: str | Summarizer, passages: Sequence[Passage], settings: Settings) -> list[tuple[Point, ...]]:
    engine = summarizer(engine, settings) if isinstance(engine, str) else engine
    given = [passage for passage in passages if passage.sentences and passage.limit > 0]
    made = iter(engine.summarize(given)) if given else iter(())
    answers = [next(made) if passage.sentences and passage.limit > 0 else () for passage in passages]
    for passage, points in zip(passages, answers, strict=True):
        _check(passage.sentences, points, engine.signature)
    return answers


def _check(sentences: tuple[Sentence, ...], points: tuple[Point, ...], signature: str) -> None:
    known = {sentence.index for sentence in sentences}
    for point in points:
        if not known.issuperset(point.sentences):
            raise EngineError(f"{signature}: a point cites a sentence that it was not given: {point.text[:60]!r}")


def _speaker_of(statements: Iterable[Statement]) -> dict[int, str | None]:
    return {index: statement.speaker for statement in statements for index in statement.sentences}
