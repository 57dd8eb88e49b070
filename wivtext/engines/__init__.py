"""Engines: what translates and what summarizes, behind two protocols of one method each.

An engine is named `KIND` or `KIND:MODEL` and is imported on use, so that `import wivtext` loads none of them.

>>> translator("echo").translate([Segment("Hello.")], "en", "zh")
[Candidate(text='Hello.', score=None)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

from wivtext.errors import UnknownEngine
from wivtext.records import Language, Point, Sentence, TermPair
from wivtext.settings import Settings

TRANSLATORS = {
    "embedded": "wivtext.engines.embedded:EmbeddedTranslator",
    "ctranslate2": "wivtext.engines.ctranslate:CTranslate2Translator",
    "transformers": "wivtext.engines.transformer:TransformersTranslator",
    "server": "wivtext.engines.server:ServerTranslator",
    "echo": "wivtext.engines.fakes:EchoTranslator",
}
SUMMARIZERS = {
    "extractive": "wivtext.engines.extractive:ExtractiveSummarizer",
    "ctranslate2": "wivtext.engines.ctranslate:CTranslate2Summarizer",
    "transformers": "wivtext.engines.transformer:TransformersSummarizer",
    "server": "wivtext.engines.server:ServerSummarizer",
    "lead": "wivtext.engines.fakes:LeadSummarizer",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A text to translate, at most a sentence long, with the terms that have to come out."""

    text: str
    terms: tuple[TermPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation; `score` is the engine's own (mean log-probability a token where it has one)."""

    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences to summarize in at most `limit` points: a document's, or those of one speaker's statements.

    `speakers` names who says each sentence, None where nobody does, and is empty where it is not known; `speaker` says
    all of them. `around` are the sentences of the whole document, where other names stand.
    """

    sentences: tuple[Sentence, ...]
    language: Language
    limit: int
    title: str = ""
    speakers: tuple[str | None, ...] = ()
    speaker: str = ""
    around: tuple[str, ...] = ()


class Translator(Protocol):
    """Batch in, batch out: as many candidates as segments, in their order, none depending on its neighbours."""

    @property
    def signature(self) -> str:
        """Engine, model digest and settings in one line; the cache key, and printed with every output."""

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment. Raises `EngineError`."""


@runtime_checkable
class AlternativesTranslator(Translator, Protocol):
    """A translator that has more than one answer: asked where the first one fails a check."""

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """At most `count` candidates for each segment, the best first (n-best, sampling). Raises `EngineError`."""


@runtime_checkable
class PlacingTranslator(Translator, Protocol):
    """A translator that can put terms into a draft that lacks them: asked where a term did not come out."""

    def place_terms(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """Versions of each draft with the terms of its segment, the likeliest first. Raises `EngineError`."""


@runtime_checkable
class HintedTranslator(Translator, Protocol):
    """A translator that can be told what single words are called: asked where a draft has lost some."""

    def with_hints(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """For each draft that has lost words, a translation that has lost fewer, if any. Raises `EngineError`."""


class Summarizer(Protocol):
    """Batch in, batch out: a tuple of points for each passage, in the order of the passages."""

    @property
    def signature(self) -> str:
        """Engine, model digest and settings in one line."""

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """Summarize each passage. `Point.sentences` holds `Sentence.index` values. Raises `EngineError`."""


def translator(name: str, settings: Settings | None = None) -> Translator:
    """The translator called `name`, e.g. "embedded", "transformers:Helsinki-NLP/opus-mt-en-zh".

    Raises `UnknownEngine`, `MissingExtra`, `ModelNotFound`.
    """
    engine: Translator = _load(name, TRANSLATORS, settings or Settings())
    return engine


def summarizer(name: str, settings: Settings | None = None) -> Summarizer:
    """The summarizer called `name`. Raises as `translator` does."""
    engine: Summarizer = _load(name, SUMMARIZERS, settings or Settings())
    return engine


def _load(name: str, registry: dict[str, str], settings: Settings) -> Any:
    kind, _, model = name.partition(":")
    if kind not in registry:
        raise UnknownEngine(name, registry)
    module, _, attribute = registry[kind].partition(":")
    return getattr(import_module(module), attribute)(model, settings)
