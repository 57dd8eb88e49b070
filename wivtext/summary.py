"""Summaries: which sentences of a document, or of one speaker, stand for the whole.

>>> from wivtext.records import Document, Sentence
>>> sentence = Sentence(0, 0, 5, "销量上升。", 0, "zh")
>>> summarize(Document("n", "t", "zh", "销量上升。", (), (sentence,)), engine="lead")
(Point(text='销量上升。', sentences=(0,), generated=False),)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wivtext.checking.support import GUARD, unsupported
from wivtext.engines import Passage, Summarizer, summarizer
from wivtext.engines.support import held_against, nearest, refusals, replacement
from wivtext.errors import EngineError
from wivtext.records import Attribution, Displayed, Document, Point, Sentence, Speaker, Statement
from wivtext.settings import Settings, SummarySettings
from wivtext.shortening import shorten


@dataclass(frozen=True, slots=True)
class Summaries(Displayed):
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
    points = _run(engine, [passage], settings)[0]
    return shortened(points, document) if settings.summary.shorten else points


def signature(engine: Summarizer) -> str:
    """What the points depend on besides their document: the engine, and the guard that may refuse what it wrote.

    >>> signature(summarizer("lead"))
    'lead, guard 2'
    """
    return f"{engine.signature}, {GUARD}"


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
    if settings.summary.shorten:
        points = shortened(points, document)
        said = [shortened(one, document, speaker) for speaker, one in zip(attribution.speakers, said, strict=True)]
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
    statements = list(statements)
    indexes = sorted({index for statement in statements for index in statement.sentences})
    return Passage(
        tuple(document.sentences[index] for index in indexes),
        document.language,
        limit,
        speaker=next((statement.speaker for statement in statements if statement.speaker), ""),
        around=(document.title, *(sentence.text for sentence in document.sentences)),
    )


def shortened(points: tuple[Point, ...], document: Document, speaker: Speaker | None = None) -> tuple[Point, ...]:
    """The points that are sentences without what can go; for those of a `speaker` also without "X said".

    What the check of figures, names and "not" would mark, and what is there already, stays whole.

    >>> text = "此外，厢式车出口去年增长12%。"
    >>> document = Document("n", "t", "zh", text, (), (Sentence(0, 0, 16, text, 0, "zh"),))
    >>> shortened((Point(text, (0,)),), document)
    (Point(text='厢式车出口去年增长12%。', sentences=(0,), generated=False),)
    """
    made: list[Point] = []
    for point in points:
        text = _shortened(point, document, speaker)
        made.append(point if any(text == other.text for other in made) else replace(point, text=text))
    return tuple(made)


def _shortened(point: Point, document: Document, speaker: Speaker | None) -> str:
    if point.generated or len(point.sentences) != 1:
        return point.text
    sentence = document.sentences[point.sentences[0]]
    text = shorten(sentence.text, sentence.language, speaker) if sentence.text == point.text else point.text
    return point.text if text != point.text and unsupported(text, [sentence.text]) else text


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
    return [guarded(points, passage) for passage, points in zip(passages, answers, strict=True)]


def guarded(points: tuple[Point, ...], passage: Passage) -> tuple[Point, ...]:
    """The points with every figure, name and "not" of theirs held against the sentences they cite.

    What a model wrote and its sentences don't bear out gives way to the likeliest sentence; what can't be replaced, and
    a sentence that an engine changed, is marked.

    >>> said = Sentence(4, 0, 25, "Sales rose 12% last year.", 0, "en")
    >>> lie = Point("Sales rose by 21%.", (4,), generated=True)
    >>> guarded((lie,), Passage((said,), "en", 3))
    (Point(text='Sales rose 12% last year.', sentences=(4,), generated=False),)
    """
    taken = {point.text for point in points}
    return tuple(_guarded(point, passage, taken) for point in points)


def _guarded(point: Point, passage: Passage, taken: set[str]) -> Point:
    by_index = {sentence.index: sentence for sentence in passage.sentences}
    cited = [by_index[index] for index in point.sentences] or list(passage.sentences)
    findings = (refusals if point.generated else held_against)(point.text, cited, passage)
    if not findings:
        return point
    free = [sentence for sentence in cited if sentence.text not in taken]
    free = free or [sentence for sentence in passage.sentences if sentence.text not in taken]
    instead = nearest(point.text, free) or next(iter(free), None)
    if not point.generated or instead is None:
        return replace(point, findings=(*point.findings, *findings))
    taken.add(instead.text)
    return replacement(point.text, instead, findings)


def _check(sentences: tuple[Sentence, ...], points: tuple[Point, ...], signature: str) -> None:
    known = {sentence.index for sentence in sentences}
    for point in points:
        if not known.issuperset(point.sentences):
            raise EngineError(f"{signature}: a point cites a sentence that it was not given: {point.text[:60]!r}")


def _speaker_of(statements: Iterable[Statement]) -> dict[int, str | None]:
    return {index: statement.speaker for statement in statements for index in statement.sentences}
