"""Any sequence-to-sequence or chat model through transformers' own classes: `transformers:MODEL`. Needs torch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cached_property

from wivtext import models
from wivtext.engines import Candidate, Passage, Segment
from wivtext.engines.abstracts import Abstracts
from wivtext.engines.architecture import Architecture
from wivtext.engines.chat import (
    placing_messages,
    prompts_digest,
    read_points,
    read_translation,
    summary_messages,
    tokens,
    translation_messages,
)
from wivtext.engines.condensing import condense
from wivtext.engines.conversion import digest
from wivtext.engines.generation import Answer, ChatDecoder, TorchDecoder, require_torch
from wivtext.engines.placing import lacking
from wivtext.engines.sequences import SequenceTranslator
from wivtext.engines.support import chosen_instead
from wivtext.engines.tokens import summary_tokens, translation_tokens
from wivtext.errors import EngineError
from wivtext.records import Language, Point
from wivtext.settings import Settings

log = logging.getLogger(__name__)

_INSTRUCTIONS = 600  # tokens of a prompt beside the text


class TransformersModel:
    """A model on this machine, its weights loaded on first use. Raises `ModelNotFound`, `MissingExtra`."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.folder = models.locate(name)
        require_torch()
        self.architecture = Architecture.read(self.folder)
        self._settings = settings.translation

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is asked."""
        how = f"beam {self._settings.beam_size}" if self.architecture.encodes else f"prompts {prompts_digest()}"
        return f"transformers:{self.name}|{digest(self.folder)}|{how}"

    @cached_property
    def sequences(self) -> TorchDecoder:
        """The model as one from sequence to sequence."""
        return TorchDecoder(self.folder, batch_tokens=self._settings.batch_tokens, longest=self.architecture.positions)

    @cached_property
    def chat(self) -> ChatDecoder:
        """The model as one to talk to."""
        return ChatDecoder(self.folder, batch_tokens=self._settings.batch_tokens, longest=self.architecture.positions)


class TransformersTranslator:
    """Translates with `transformers:MODEL`: terms go into a chat model's prompt, else are left to choice and repair."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = TransformersModel(model, settings)
        self._beam = settings.translation.beam_size
        self._directions: dict[tuple[Language, Language], SequenceTranslator] = {}

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is asked."""
        return self._model.signature

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment. An answer that comes to no end counts as none: ""."""
        if self._model.architecture.encodes:
            return self._direction(source, target).translate(segments)
        return self._ask(segments, source, target)

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """See `SequenceTranslator.alternatives`; a chat model has one answer only."""
        if self._model.architecture.encodes:
            return self._direction(source, target).alternatives(segments, count)
        return [[] for _ in segments]

    def place_terms(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """See `TermPlacer.versions`; a chat model corrects its draft when told which terms it lacks."""
        if self._model.architecture.encodes:
            return self._direction(source, target).place_terms(segments, drafts)
        requests = [
            (placing_messages(segment, draft, lacking(draft, segment, target)), 128 + 3 * tokens(segment.text))
            for segment, draft in zip(segments, drafts, strict=True)
        ]
        answers = zip(self._model.chat.answers(requests), segments, strict=True)
        found = [_translation(answer, segment) for answer, segment in answers]
        return [[Candidate(text)] if text else [] for text in found]

    def _direction(self, source: Language, target: Language) -> SequenceTranslator:
        if (source, target) not in self._directions:
            self._directions[source, target] = SequenceTranslator(
                self._model.sequences,
                translation_tokens(self._model.name, self._model.folder, source, target),
                joint="" if target == "zh" else " ",
                beam_size=self._beam,
            )
        return self._directions[source, target]

    def _ask(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        wanted = [segment for segment in segments if segment.text.strip()]
        requests = [
            (translation_messages(segment, source, target, self._model.name), 128 + 3 * tokens(segment.text))
            for segment in wanted
        ]
        answers = iter(self._model.chat.answers(requests))
        return [Candidate(_translation(next(answers), segment) if segment.text.strip() else "") for segment in segments]


class TransformersSummarizer:
    """Summarizes with `transformers:MODEL`, a model trained to or a chat model."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = TransformersModel(model, settings)
        self._settings = settings

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is asked."""
        return self._model.signature

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """The points of each passage, long ones in parts; see `Abstracts` and `condense`."""
        if self._model.architecture.encodes:
            return self._abstracts.summarize(passages)
        longest = self._model.architecture.positions - _INSTRUCTIONS - max((_most(p) for p in passages), default=0)
        if longest < _INSTRUCTIONS:
            raise EngineError(f"{self._model.name} takes too short a text to summarize; choose another model")
        return condense(passages, self._ask, min(longest, self._settings.server.passage_tokens))

    def _ask(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        answers = self._model.chat.answers([(summary_messages(passage), _most(passage)) for passage in passages])
        return [self._points(answer, passage) for answer, passage in zip(answers, passages, strict=True)]

    def _points(self, answer: Answer, passage: Passage) -> tuple[Point, ...]:
        """Of an answer that is cut off, the whole lines: each stands for itself."""
        return read_points(answer.text, passage) or chosen_instead(passage, self._model.name, self._settings)

    @cached_property
    def _abstracts(self) -> Abstracts:
        model = self._model
        return Abstracts(
            model.sequences,
            lambda language: summary_tokens(model.name, model.folder, language),
            model.architecture.summary,
        )


def _most(passage: Passage) -> int:
    return 256 + 192 * passage.limit


def _translation(answer: Answer, segment: Segment) -> str:
    if answer.cut:
        log.warning("the translation of %.60r does not come to an end; left out", segment.text)
        return ""
    return read_translation(answer.text, segment.text)
