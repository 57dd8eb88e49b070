"""Marian's tokens without torch: what transformers' `MarianTokenizer` makes, from the same files.

    source.spm, target.spm    SentencePiece models of the two languages
    vocab.json                the pieces that the model knows, of both languages together or of the source

Two things differ on purpose: a text's own "</s>" or ">>fra<<" is text, not a command, and the target's SentencePiece
model decodes (transformers 5 takes the source's where the vocabulary is shared). Neither normalizes punctuation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from wivtext.engines import Segment
from wivtext.engines.written import Written, written
from wivtext.errors import ModelNotFound
from wivtext.language import other_language
from wivtext.records import Language, TermPair

FILES = ("source.spm", "target.spm", "vocab.json")
END, UNKNOWN = "</s>", "<unk>"

_SPECIAL = frozenset({END, UNKNOWN, "<pad>"})
# How models of several target languages call ours, the best first.
_TARGETS = {
    "zh": (">>cmn_Hans<<", ">>zho_Hans<<", ">>cmn<<", ">>zho<<", ">>zh_cn<<", ">>zh<<", ">>zh_CN<<"),
    "en": (">>eng<<", ">>en<<", ">>eng_Latn<<"),
}


def is_marian(folder: Path) -> bool:
    """Whether a folder has a Marian tokenizer's files."""
    return all((folder / name).is_file() for name in FILES)


class MarianTokens:
    """The tokens of a Marian model; its files are read on first use. Raises `ModelNotFound` where one is missing.

    `language` is the token for the target language (">>cmn_Hans<<"), found in the vocabulary where it isn't given.
    """

    end: Sequence[str] = (END,)
    prefix: Sequence[str] = ()

    def __init__(self, folder: Path, target: Language, language: str = "") -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelNotFound(f"{folder}: {', '.join(missing)} missing; fetch the whole model again")
        self._folder, self._target, self._language = folder, target, language.strip()
        self._source = other_language(target)

    @cached_property
    def start(self) -> Sequence[str]:
        """The target language's token, where the model has one."""
        known = [token for token in (self._language, *_TARGETS[self._target]) if token in self._vocabulary]
        return known[:1]

    def encode(self, segment: Segment) -> list[str]:
        """The pieces of a segment; one that the model does not know is its unknown token. Terms find no place."""
        pieces = self._models["source"].encode(segment.text, out_type=str)
        return [piece if piece in self._vocabulary else UNKNOWN for piece in pieces]

    def decode(self, tokens: Iterable[str]) -> str:
        """The text of target tokens, special ones left out."""
        text: str = self._models["target"].decode([token for token in tokens if token not in _SPECIAL])
        return text.replace("▁", " ").strip()

    def source_places(self, segment: Segment, pair: TermPair) -> list[int]:
        """The pieces of a term in a segment."""
        return written(self._models["source"].encode(segment.text, out_type=str)).places(pair, self._source)

    def write(self, text: str) -> Written:
        """A target text as the model writes it; what it does not know is kept for the reader."""
        return written(self._models["target"].encode(text, out_type=str))

    def read(self, text: str) -> str:
        """The text of something that is written as the model does: the same."""
        return text

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        vocabulary: dict[str, int] = json.loads((self._folder / "vocab.json").read_text("utf-8"))
        return vocabulary

    @cached_property
    def _models(self) -> dict[str, Any]:
        import sentencepiece

        return {
            side: sentencepiece.SentencePieceProcessor(model_file=str(self._folder / f"{side}.spm"))
            for side in ("source", "target")
        }
