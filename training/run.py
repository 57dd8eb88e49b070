"""A model in training, and its checkpoints: plain files of tensors and counters, WORK/<direction>/<name>/."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from training import model as marian
from training import settings as recipe


class Run:
    """A model in training with its optimizer, averaged weights and counters."""

    def __init__(self, settings: recipe.Settings, direction: str) -> None:
        self.settings, self.options = settings, settings["train"]
        self.work: Path = settings["paths"]["work"]
        self.folder = self.work / direction
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = marian.build(settings["model"], settings["tokenizer"]["vocab_size"] + 1)
        first = self.work / "embeddings.safetensors"
        marian.start(self.model, load_file(str(first))["embeddings"] if first.exists() else None, self.options["seed"])
        self.model = self.model.to(self.device).train()
        self.ema = {k: v.clone() for k, v in marian.tensors(self.model).items()}
        betas = tuple(self.options["betas"])
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=1.0, betas=betas, eps=1e-8, weight_decay=0.0, fused=True
        )
        # `began`: the step at which the optimizer began, and with it the warm-up
        self.state: dict[str, Any] = {
            "step": 0,
            "began": 0,
            "tokens": 0,
            "seconds": 0.0,
            "direction": direction,
            "drawn": {},
        }

    def count(self, tokens: int) -> None:
        """One more update is done, with so many target tokens."""
        self.state["step"] += 1
        self.state["tokens"] += tokens
        if self.state["step"] % self.options["ema_every"] == 0:
            self._average()

    def _average(self) -> None:
        updates = self.state["step"] / self.options["ema_every"]
        keep = min(self.options["ema"] ** self.options["ema_every"], (1 + updates) / (10 + updates))
        torch._foreach_lerp_(list(self.ema.values()), list(marian.tensors(self.model).values()), 1 - keep)

    def save(self, name: str) -> None:
        """Write a checkpoint, whole or not at all."""
        folder, part = self.folder / name, self.folder / f"{name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        marian.save(part / "model.safetensors", marian.tensors(self.model))
        marian.save(part / "ema.safetensors", self.ema)
        marian.save(part / "optimizer.safetensors", self._moments())
        (part / "state.json").write_text(json.dumps(self.state, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)

    def begin_decay(self) -> None:
        """Keep the end of the stable phase, unless this run was resumed after it."""
        if not self.state.get("decaying"):
            self.save("stable")
        self.state["decaying"] = True

    def _moments(self) -> dict[str, torch.Tensor]:
        names = {id(w): n for n, w in self.model.named_parameters()}
        return {f"{names[id(w)]}|{k}": v for w, values in self.optimizer.state.items() for k, v in values.items()}

    def resume(self, name: str) -> None:
        """Continue from a checkpoint; one of a shipped model has no optimizer, which begins afresh."""
        folder = self.folder / name
        marian.restore(self.model, folder / "model.safetensors")
        averaged = load_file(str(folder / "ema.safetensors"))
        self.ema = {name: averaged[name].to(self.device) for name in self.ema}
        weights = dict(self.model.named_parameters())
        moments = folder / "optimizer.safetensors"
        for key, value in load_file(str(moments)).items() if moments.exists() else ():
            weight, moment = key.split("|")
            self.optimizer.state[weights[weight]][moment] = value if moment == "step" else value.to(self.device)
        self.state = json.loads((folder / "state.json").read_text("utf-8"))
