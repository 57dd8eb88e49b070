"""Any Marian, NLLB, M2M100, mBART, T5, BART or Pegasus checkpoint, run by CTranslate2: `ctranslate2:MODEL`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from wivtext import models
from wivtext.engines import Candidate, Passage, Segment
from wivtext.engines.abstracts import Abstracts
from wivtext.engines.architecture import Architecture
from wivtext.engines.conversion import QUANTIZATION, converted, digest, require_convertible
from wivtext.engines.decoding import PATIENCE, CTranslate2Decoder
from wivtext.engines.sequences import SequenceTranslator
from wivtext.engines.tokens import summary_tokens, translation_tokens
from wivtext.records import Language, Point
from wivtext.settings import Settings


class CTranslate2Model:
    """A checkpoint, converted on first use, or a folder that is converted already.

    Raises `ModelNotFound`, `MissingExtra` where it has yet to be converted and torch is missing, `EngineError` for a
    chat model.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.folder: Path = models.locate(name)
        self.architecture = Architecture.read(self.folder)
        self.architecture.require_encoder(self.folder)
        require_convertible(self.folder)
        self._settings = settings.translation

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is run."""
        how = f"beam {self._settings.beam_size}, patience {PATIENCE}"
        return f"ctranslate2:{self.name}|{digest(self.folder)}|{QUANTIZATION}|{how}"

    @cached_property
    def decoder(self) -> CTranslate2Decoder:
        """The converted model."""
        return CTranslate2Decoder(
            converted(self.folder),
            threads=self._settings.threads,
            batch_tokens=self._settings.batch_tokens,
            longest=self.architecture.positions,
        )


class CTranslate2Translator:
    """Translates with `ctranslate2:MODEL`; the terms of a segment are left to choice and repair."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = CTranslate2Model(model, settings)
        self._beam = settings.translation.beam_size
        self._directions: dict[tuple[Language, Language], SequenceTranslator] = {}

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is run."""
        return self._model.signature

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """See `SequenceTranslator.translate`."""
        return self._direction(source, target).translate(segments)

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """See `SequenceTranslator.alternatives`."""
        return self._direction(source, target).alternatives(segments, count)

    def place_terms(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """See `TermPlacer.versions`."""
        return self._direction(source, target).place_terms(segments, drafts)

    def _direction(self, source: Language, target: Language) -> SequenceTranslator:
        if (source, target) not in self._directions:
            self._directions[source, target] = SequenceTranslator(
                self._model.decoder,
                translation_tokens(self._model.name, self._model.folder, source, target),
                joint="" if target == "zh" else " ",
                beam_size=self._beam,
            )
        return self._directions[source, target]


class CTranslate2Summarizer:
    """Summarizes with `ctranslate2:MODEL`, a model trained to."""

    def __init__(self, model: str, settings: Settings) -> None:
        self._model = CTranslate2Model(model, settings)

    @property
    def signature(self) -> str:
        """The model by its name and digest, and how it is run."""
        return self._model.signature

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """See `Abstracts.summarize`."""
        return self._abstracts.summarize(passages)

    @cached_property
    def _abstracts(self) -> Abstracts:
        model = self._model
        return Abstracts(
            model.decoder,
            lambda language: summary_tokens(model.name, model.folder, language),
            model.architecture.summary,
        )
