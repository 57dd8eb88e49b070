"""Choose the weights to ship, the mean of checkpoints' running averages: `python -m training.average en-zh`."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from training import model as marian
from training import settings as recipe


def mean(files: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of several sets of weights."""
    total = load_file(str(files[0]))
    for path in files[1:]:
        for name, value in load_file(str(path)).items():
            total[name] += value
    return {name: value / len(files) for name, value in total.items()}


def average(folder: Path, checkpoints: list[str]) -> Path:
    """Average the running averages of checkpoints; returns the file written beside them."""
    path = folder / "averaged.safetensors"
    marian.save(path, mean([folder / name / "ema.safetensors" for name in checkpoints]))
    state = json.loads((folder / checkpoints[-1] / "state.json").read_text("utf-8"))
    state["checkpoints"] = checkpoints
    (folder / "averaged.json").write_text(json.dumps(state, indent=1), "utf-8")
    return path


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("checkpoints", nargs="*", default=["final"], help="default: final")
    arguments = parser.parse_args()
    settings = recipe.from_arguments(arguments)
    print(average(settings["paths"]["work"] / arguments.direction, arguments.checkpoints))


if __name__ == "__main__":
    main()
