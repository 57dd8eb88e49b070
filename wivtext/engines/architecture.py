"""What a model's config.json says of it, read without transformers or torch."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wivtext.errors import EngineError, ModelNotFound

# T5 counts distances, not positions: it takes any length, and gets worse beyond what it was trained on.
_RELATIVE = 1024
_CONVERTED = 512  # for a converted model that doesn't say
_SUMMARY = ("num_beams", "length_penalty", "no_repeat_ngram_size", "min_length", "max_length", "forced_bos_token_id")


@dataclass(frozen=True, slots=True)
class Architecture:
    """`kind` is transformers' model type, "" where a converted model doesn't say; `summary` are options to decode with.

    `positions` is the longest row of tokens that the model takes.
    """

    kind: str
    encodes: bool
    positions: int
    summary: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Architecture:
        """Of the model in `folder`. Raises `ModelNotFound` where config.json can't be read."""
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelNotFound(f"{folder}: no model here, config.json can't be read ({error})") from None
        generation = folder / "generation_config.json"
        options = config | (config.get("task_specific_params") or {}).get("summarization", {})
        if generation.is_file():
            options |= json.loads(generation.read_text("utf-8"))
        return cls(
            config.get("model_type", ""),
            config.get("is_encoder_decoder", _encodes(config)),
            _positions(config),
            {name: options[name] for name in _SUMMARY if options.get(name) is not None},
        )

    def require_encoder(self, folder: Path) -> None:
        """Raise `EngineError` for a chat model."""
        if not self.encodes:
            raise EngineError(f"{folder.name} is a chat model ({self.kind}); use transformers:MODEL or a server")


def _encodes(config: dict[str, Any]) -> bool:
    """Old configs leave out what their class takes for granted, CTranslate2's have a decoder's first token."""
    kind = config.get("model_type", "")
    known = kind in {"marian", "m2m_100", "mbart", "bart", "pegasus"} or kind.endswith("t5")
    return known or "decoder_start_token" in config


def _positions(config: dict[str, Any]) -> int:
    if "model_type" not in config:
        return _CONVERTED
    return int(config.get("max_position_embeddings") or config.get("n_positions") or _RELATIVE)
