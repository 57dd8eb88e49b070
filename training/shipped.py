"""Go on from a shipped model: `python -m training.shipped en-zh [DIR]`.

Makes the checkpoint WORK/<direction>/shipped of the CTranslate2 files in DIR (default: wivtext/embedded/<direction>),
and WORK/tokenizer.model of theirs; `training.train --from-shipped` continues there, `training.average` takes it, too.
Int8 weights come back to within half a step of their row's scale; the optimizer begins afresh.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training import model as marian
from training import settings as recipe
from wivtext.engines import quantization

ATTENTION = {
    "self_attention": ("self_attn", (("q_proj", "k_proj", "v_proj"), ("out_proj",))),
    "attention": ("encoder_attn", (("q_proj",), ("k_proj", "v_proj"), ("out_proj",))),
}


def weights(found: dict[str, np.ndarray[Any, Any]], model: dict[str, Any]) -> dict[str, torch.Tensor]:
    """The same arrays under transformers' names, by the [model] settings; the pad token's embedding is zero."""
    shared = found["decoder/embeddings/weight"].astype(np.float32)
    named: dict[str, Any] = {}
    for side in ("encoder", "decoder"):
        named |= _layers(found, side, model[f"{side}_layers"])
        named[f"model.{side}.embed_positions.weight"] = found["decoder/position_encodings/encodings"]
    named["model.shared.weight"] = np.vstack([shared, np.zeros_like(shared[:1])])
    return {name: torch.tensor(np.asarray(value, np.float32)) for name, value in named.items()}


def _layers(found: dict[str, Any], side: str, count: int) -> Iterator[tuple[str, Any]]:
    for number in range(count):
        theirs, ours = f"{side}/layer_{number}", f"model.{side}.layers.{number}"
        for kind, (attention, linears) in ATTENTION.items():
            if f"{theirs}/{kind}/linear_0/weight" in found:
                yield from _norm(found, f"{theirs}/{kind}/layer_norm", f"{ours}.{attention}_layer_norm")
                for index, parts in enumerate(linears):
                    yield from _linear(found, f"{theirs}/{kind}/linear_{index}", f"{ours}.{attention}", parts)
        yield from _norm(found, f"{theirs}/ffn/layer_norm", f"{ours}.final_layer_norm")
        for index, part in enumerate(("fc1", "fc2")):
            yield from _linear(found, f"{theirs}/ffn/linear_{index}", ours, (part,))


def _norm(found: dict[str, Any], theirs: str, ours: str) -> Iterator[tuple[str, Any]]:
    yield f"{ours}.weight", found[f"{theirs}/gamma"]
    yield f"{ours}.bias", found[f"{theirs}/beta"]


def _linear(found: dict[str, Any], theirs: str, ours: str, parts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for what in ("weight", "bias"):
        for part, value in zip(parts, np.split(found[f"{theirs}/{what}"], len(parts)), strict=True):
            yield f"{ours}.{part}.{what}", value


def checkpoint(settings: recipe.Settings, direction: str, shipped: Path) -> Path:
    """Write WORK/<direction>/shipped of a folder with a shipped model; returns it."""
    work: Path = settings["paths"]["work"]
    folder = work / direction / "shipped"
    folder.mkdir(parents=True, exist_ok=True)
    values = weights(quantization.read(shipped / "model.bin"), settings["model"])
    for name in ("model.safetensors", "ema.safetensors"):
        marian.save(folder / name, values)
    training = json.loads((shipped / "model.json").read_text("utf-8"))["training"]
    state = {
        "step": training["steps"],
        "began": training["steps"],
        "tokens": training["target_tokens"],
        "seconds": training["seconds"],
        "direction": direction,
        "drawn": training["pairs_drawn"],
    }
    (folder / "state.json").write_text(json.dumps(state, indent=1), "utf-8")
    shutil.copy(shipped / "tokenizer.model", work / "tokenizer.model")
    return folder


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("folder", nargs="?", type=Path, help="default: wivtext/embedded/<direction>")
    arguments = parser.parse_args()
    folder = arguments.folder or recipe.REPOSITORY / "wivtext" / "embedded" / arguments.direction
    print(checkpoint(recipe.from_arguments(arguments), arguments.direction, folder))


if __name__ == "__main__":
    main()
