"""Train one direction: `python -m training.train en-zh --deadline 20:00` (or --steps N).

Checkpoints go to WORK/<direction>/<name>/: `last` (to resume after an interruption), `stable` (the end of the stable
phase: a later run continues from it with --from-stable) and `final`.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from training import model as marian
from training import schedule
from training import settings as recipe
from training.stream import Stream


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
        self.state: dict[str, Any] = {"step": 0, "tokens": 0, "seconds": 0.0, "direction": direction, "drawn": {}}

    def step(self, batch: list[tuple[list[int], list[int]]], rate: float, negatives: int) -> float:
        """One update; the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        value, tokens = marian.loss(self.model, batch, self.options["label_smoothing"], self.device, negatives)
        self.optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.options["clip"])
        self.optimizer.step()
        self.state["step"] += 1
        self.state["tokens"] += tokens
        if self.state["step"] % self.options["ema_every"] == 0:
            self._average()
        return value.item()

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
        """Continue from a checkpoint."""
        folder = self.folder / name
        marian.restore(self.model, folder / "model.safetensors")
        averaged = load_file(str(folder / "ema.safetensors"))
        self.ema = {name: averaged[name].to(self.device) for name in self.ema}
        weights = dict(self.model.named_parameters())
        for key, value in load_file(str(folder / "optimizer.safetensors")).items():
            weight, moment = key.split("|")
            self.optimizer.state[weights[weight]][moment] = value if moment == "step" else value.to(self.device)
        self.state = json.loads((folder / "state.json").read_text("utf-8"))


def train(run: Run, plan: schedule.Schedule) -> None:
    """Run to the end of the plan, saving now and then."""
    direction, step = run.state["direction"], run.state["step"]
    stream = Stream(run.work, run.settings, direction, f"{run.options['seed']}-{step}")
    started = saved = time.time()
    before, losses, decaying = dict(run.state), [], False
    for batch in stream.batches():
        step = run.state["step"]
        if plan.done(step):
            break
        if plan.decaying(step) and not decaying:
            decaying = True
            run.begin_decay()
            stream.mix = run.options["decay_mix"]
            print(f"step {step}: decay begins", flush=True)
        losses.append(run.step(batch, plan.rate(step), run.options["negatives"]))
        run.state["seconds"] = before["seconds"] + time.time() - started
        run.state["drawn"] = {k: v + before["drawn"].get(k, 0) for k, v in stream.drawn.items()}
        if len(losses) == 50:
            _report(run, losses, plan.rate(step), before, started)
            losses = []
        if time.time() - saved > run.options["save_minutes"] * 60:
            run.save("last")
            saved = time.time()
    run.save("final")


def _report(run: Run, losses: list[float], rate: float, before: dict[str, Any], started: float) -> None:
    state, clock = run.state, time.strftime("%H:%M:%S")
    speed = (state["tokens"] - before["tokens"]) / (time.time() - started)
    mean = sum(losses) / len(losses)
    print(
        f"{clock} step {state['step']} tokens {state['tokens']} loss {mean:.3f} rate {rate:.1e} {speed:.0f} tok/s",
        flush=True,
    )


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("--deadline", metavar="HH:MM", help="end, decay included, when the clock shows this")
    parser.add_argument("--steps", type=int, help="end, decay included, after so many updates in all")
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint `last`")
    parser.add_argument("--from-stable", action="store_true", help="continue from the checkpoint `stable`")
    arguments = parser.parse_args()
    settings = recipe.from_arguments(arguments)
    torch.set_num_threads(settings["train"]["threads"])
    torch.set_flush_denormal(True)
    run = Run(settings, arguments.direction)
    if arguments.resume or arguments.from_stable:
        run.resume("stable" if arguments.from_stable else "last")
    train(run, schedule.make(settings["train"], arguments.deadline, arguments.steps))


if __name__ == "__main__":
    main()
