"""Marian's tokens without torch: what transformers' `MarianTokenizer` makes, from the same files.

    source.spm, target.spm    SentencePiece models of the two languages
    vocab.json                the pieces that the model knows, of both languages together or of the source
    target_vocab.json         those of the target, where a model keeps them apart

Two things differ on purpose: a text's own "</s>" or ">>fra<<" is text, not a command, and the target's SentencePiece
model decodes (transformers 5 takes the source's where the vocabulary is shared). Neither normalizes punctuation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from wivtext.errors import ModelNotFound

FILES = ("source.spm", "target.spm", "vocab.json")
END, UNKNOWN, SPECIAL = "</s>", "<unk>", frozenset({"</s>", "<unk>", "<pad>"})


def is_marian(folder: Path) -> bool:
    """Whether a folder has a Marian tokenizer's files."""
    return all((folder / name).is_file() for name in FILES)


class MarianTokens:
    """The tokenizer of a Marian model; its files are read on first use. Raises `ModelNotFound` where they lack."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelNotFound(f"{folder}: {', '.join(missing)} missing; fetch the whole model again")
        self._folder = folder

    def encode(self, text: str, prefix: str = "") -> list[str]:
        """The pieces of a source text and the final token; `prefix` is a language token like ">>cmn_Hans<<".

        A piece that the model does not know becomes its unknown token.
        """
        pieces = [prefix.strip()] if prefix.strip() else []
        pieces += self._models["source"].encode(text, out_type=str)
        return [piece if piece in self._vocabulary else UNKNOWN for piece in pieces] + [END]

    def decode(self, tokens: Iterable[str]) -> str:
        """The text of target tokens, special ones left out."""
        text: str = self._models["target"].decode([token for token in tokens if token not in SPECIAL])
        return text.replace("▁", " ").strip()

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """The model's own numbers of source tokens."""
        return [self._vocabulary[token] for token in tokens]

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
