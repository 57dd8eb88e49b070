"""Texts as a model writes them: its own tokens, and which part of a text each of them stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, runtime_checkable

from wivtext.engines import Segment
from wivtext.engines.markup import term_places
from wivtext.records import Language, TermPair


@dataclass(frozen=True, slots=True)
class Written:
    """A target text as a model writes it, its tokens, and the span of the text that each stands for."""

    text: str
    tokens: list[str]
    spans: list[tuple[int, int]]

    def places(self, pair: TermPair, language: Language) -> list[int]:
        """The tokens that the source expression of a term stands in."""
        terms = [(start, end) for start, end, _ in term_places(self.text, (pair,), language)]
        return [
            place
            for place, (first, last) in enumerate(self.spans)
            if any(first < end and start < last for start, end in terms)
        ]


def written(pieces: Sequence[str]) -> Written:
    """The text of SentencePiece's pieces, and which part of it each stands for.

    >>> written(["▁He", "fei", "▁grew"])
    Written(text=' Hefei grew', tokens=['▁He', 'fei', '▁grew'], spans=[(0, 3), (3, 6), (6, 11)])
    """
    ends = list(accumulate(map(len, pieces)))
    return Written("".join(pieces).replace("▁", " "), list(pieces), list(zip([0, *ends], ends, strict=False)))


class Tokens(Protocol):
    """A model's own tokens, for one direction."""

    @property
    def start(self) -> Sequence[str]:
        """What stands before a source text."""

    @property
    def end(self) -> Sequence[str]:
        """What stands after it."""

    @property
    def prefix(self) -> Sequence[str]:
        """What a target text begins with."""

    def encode(self, segment: Segment) -> list[str]:
        """The tokens of a segment, without `start` and `end`."""

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens."""


@runtime_checkable
class AligningTokens(Tokens, Protocol):
    """Tokens whose places in a text are known."""

    def source_places(self, segment: Segment, pair: TermPair) -> list[int]:
        """Which tokens of `encode(segment)` a term has, its translation included where it is given in line."""

    def write(self, text: str) -> Written:
        """A text of the target language, taken apart."""

    def read(self, text: str) -> str:
        """The text of something that is written as the model does."""
