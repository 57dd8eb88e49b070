"""Translating and summarizing with a chat model behind an OpenAI-compatible server, named `server:URL#MODEL`."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from wivtext.engines import Candidate, Passage, Segment
from wivtext.engines.chat import (
    placing_messages,
    prompts_digest,
    read_points,
    read_translation,
    summary_messages,
    tokens,
    translation_messages,
)
from wivtext.engines.completions import Answer, PassageTooLong, Request, Server
from wivtext.engines.condensing import condense
from wivtext.engines.placing import lacking
from wivtext.engines.support import chosen_instead, noted, subject
from wivtext.records import Finding, Language, Point
from wivtext.settings import Settings

log = logging.getLogger(__name__)

_SMALLEST_BUDGET = 400  # tokens; a model that takes less can't even read the instructions


class ServerTranslator:
    """One sentence a request, its terms in the prompt. An answer that stays cut off counts as none: ""."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._server = Server(model, settings.server)

    @property
    def signature(self) -> str:
        """Address, model and prompts; what the server makes of them is its own affair."""
        return _signature(self._server)

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment. Raises `EngineError`."""
        wanted = [segment for segment in segments if segment.text.strip()]
        answers = iter(self._server.answers([self._request(segment, source, target) for segment in wanted]))
        return [
            Candidate(_translation(next(answers), segment) if segment.text.strip() else segment.text)
            for segment in segments
        ]

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """Sampled answers, as different as they come; those that don't come to an end are left out."""
        requests = [self._request(segment, source, target, seed + 1) for segment in segments for seed in range(count)]
        answers = iter(self._server.answers(requests))
        found = [[_translation(next(answers), segment) for _ in range(count)] for segment in segments]
        return [[Candidate(text) for text in dict.fromkeys(texts) if text] for texts in found]

    def place_terms(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """Each draft as the model corrects it when told which terms it lacks."""
        requests = [
            Request(placing_messages(segment, draft, lacking(draft, segment, target)), 128 + 3 * tokens(segment.text))
            for segment, draft in zip(segments, drafts, strict=True)
        ]
        answers = zip(self._server.answers(requests), segments, strict=True)
        found = [_translation(answer, segment) for answer, segment in answers]
        return [[Candidate(text)] if text else [] for text in found]

    def _request(self, segment: Segment, source: Language, target: Language, seed: int = 0) -> Request:
        messages = translation_messages(segment, source, target, self._server.model)
        return Request(messages, 128 + 3 * tokens(segment.text), seed)


class ServerSummarizer:
    """Points with the sentences they rest on; long documents in parts. What can't be read gives way to extraction."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._server = Server(model, settings.server)
        self._settings = settings

    @property
    def signature(self) -> str:
        """Address, model, prompts and the length of the parts."""
        return f"{_signature(self._server)} passage_tokens={self._settings.server.passage_tokens}"

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """Summarize each passage, in smaller parts where the model takes less. Raises `EngineError`."""
        budget = self._settings.server.passage_tokens
        while True:
            try:
                return condense(passages, self._ask, budget)
            except PassageTooLong:
                budget //= 2
                if budget < _SMALLEST_BUDGET:
                    raise

    def _ask(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        requests = [Request(summary_messages(passage), 256 + 192 * passage.limit) for passage in passages]
        answers = self._server.answers(requests)
        return [self._points(answer, passage) for answer, passage in zip(answers, passages, strict=True)]

    def _points(self, answer: Answer, passage: Passage) -> tuple[Point, ...]:
        """Of an answer that stays cut off, the whole lines, which stand for themselves; the last says so."""
        points, model = read_points(answer.text, passage), self._server.model
        if not points:
            log.warning("%sno summary in the answer of %s: sentences were chosen instead", subject(passage), model)
            return chosen_instead(passage, model, self._settings)
        if not answer.cut:
            return points
        message = f"the answer of {model} breaks off here: more points may have been to come"
        log.warning("%sthe answer of %s breaks off: more points may have been to come", subject(passage), model)
        return noted(points, Finding("repaired", "", "", message), place=-1)


def _translation(answer: Answer, segment: Segment) -> str:
    if answer.cut:
        log.warning("the translation of %.60r does not come to an end; left out", segment.text)
        return ""
    return read_translation(answer.text, segment.text)


def _signature(server: Server) -> str:
    return f"server:{server.url}#{server.model} temperature=0 seed=0 prompts={prompts_digest()}"
