"""Train one direction: `python -m training.train en-zh --deadline 20:00` (or --steps N).

transformers' Seq2SeqTrainer with the recipe's batches, loss, schedule and checkpoints. Checkpoints go to
WORK/<direction>/<name>/: `last` (to resume after an interruption), `stable` (the end of the stable phase: a later run
continues from it with --from-stable) and `final`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from typing import Any

import torch
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.data import DataLoader, IterableDataset
from transformers import PrinterCallback, Seq2SeqTrainer, Seq2SeqTrainingArguments, TrainerCallback

from training import model as marian
from training import schedule
from training import settings as recipe
from training.run import Run
from training.stream import Example, Stream

ENDLESS = 10**9  # updates: the plan says when a run ends


class Batches(IterableDataset[dict[str, list[Example]]]):
    """The stream as the trainer wants it."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def __iter__(self) -> Iterator[dict[str, list[Example]]]:
        return ({"rows": batch} for batch in self.stream.batches())


class Trainer(Seq2SeqTrainer):
    """The trainer with batches of so many tokens, and the loss of `training.model`."""

    def __init__(self, run: Run, rows: Any, plan: schedule.Schedule, folder: str, **options: Any) -> None:
        self.run, self.rows, self.tokens = run, rows, 0
        first, began = run.state["step"], run.state.get("began", 0)
        rate = LambdaLR(run.optimizer, lambda done: plan.rate(first + done, began))
        super().__init__(run.model, arguments_for(run, folder), optimizers=(run.optimizer, rate), **options)
        self.remove_callback(PrinterCallback)

    def compute_loss(self, model: Any, inputs: dict[str, Any], *arguments: Any, **options: Any) -> torch.Tensor:
        """Label-smoothed, over the batch's pieces and some others."""
        own = self.run.options
        value, self.tokens = marian.loss(
            model, inputs["rows"], own["label_smoothing"], self.run.device, own["negatives"]
        )
        return value

    def get_train_dataloader(self) -> DataLoader[Any]:
        """The batches as they come."""
        return DataLoader(self.rows, batch_size=None, collate_fn=lambda batch: batch)


def arguments_for(run: Run, folder: str) -> Seq2SeqTrainingArguments:
    """What the trainer is told; the checkpoints are our own, without pickles."""
    return Seq2SeqTrainingArguments(
        output_dir=folder,
        use_cpu=run.device.type == "cpu",
        bf16=marian.multiplies_bf16(run.device),
        max_steps=ENDLESS,
        learning_rate=1.0,  # the plan's rate is the rate
        max_grad_norm=run.options["clip"],
        seed=run.options["seed"],
        logging_steps=50,
        logging_nan_inf_filter=False,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        remove_unused_columns=False,
        accelerator_config={"dispatch_batches": False},
    )


class Recipe(TrainerCallback):
    """What a run does around its updates: count, report, save, change the mix, end."""

    def __init__(self, run: Run, plan: schedule.Schedule, stream: Stream) -> None:
        self.run, self.plan, self.stream = run, plan, stream
        self.trainer: Trainer | None = None
        self.started = self.saved = time.time()
        self.before, self.decaying = dict(run.state), False

    def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """The last part has another mix; before it, the run is kept as `stable`."""
        step = self.run.state["step"]
        if self.plan.decaying(step) and not self.decaying:
            self.decaying = True
            self.run.begin_decay()
            self.stream.mix = self.run.options["decay_mix"]
            print(f"step {step}: decay begins", flush=True)

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Count, save now and then, and end where the plan ends."""
        assert self.trainer is not None
        run, before = self.run, self.before
        run.count(self.trainer.tokens)
        run.state["seconds"] = before["seconds"] + time.time() - self.started
        run.state["drawn"] = {k: v + before["drawn"].get(k, 0) for k, v in self.stream.drawn.items()}
        if time.time() - self.saved > run.options["save_minutes"] * 60:
            run.save("last")
            self.saved = time.time()
        control.should_training_stop = self.plan.done(run.state["step"])

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **kwargs: Any) -> None:
        """A line with the loss since the last one."""
        if "loss" in logs:
            now, tokens = time.strftime("%H:%M:%S"), self.run.state["tokens"]
            speed = (tokens - self.before["tokens"]) / (time.time() - self.started)
            print(
                f"{now} step {self.run.state['step']} tokens {tokens} loss {logs['loss']:.3f} "
                f"rate {logs['learning_rate']:.1e} {speed:.0f} tok/s",
                flush=True,
            )


def train(run: Run, plan: schedule.Schedule) -> None:
    """Run to the end of the plan, saving now and then."""
    first = run.state["step"]
    stream = Stream(run.work, run.settings, run.state["direction"], f"{run.options['seed']}-{first}")
    callback = Recipe(run, plan, stream)
    with tempfile.TemporaryDirectory() as folder:
        callback.trainer = Trainer(run, Batches(stream), plan, folder, callbacks=[callback])
        if not plan.done(first):
            callback.trainer.train()
    run.save("final")


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("--deadline", metavar="HH:MM", help="end, decay included, when the clock shows this")
    parser.add_argument("--steps", type=int, help="end, decay included, after so many updates in all")
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint `last`")
    parser.add_argument("--from-stable", action="store_true", help="continue from the checkpoint `stable`")
    parser.add_argument("--from-shipped", action="store_true", help="continue from what `training.shipped` made")
    parser.add_argument("--afresh", action="store_true", help="begin again where there is a checkpoint `last`")
    arguments = parser.parse_args()
    settings = recipe.from_arguments(arguments)
    last = settings["paths"]["work"] / arguments.direction / "last"
    flags = {"last": arguments.resume, "stable": arguments.from_stable, "shipped": arguments.from_shipped}
    origin = [name for name, given in flags.items() if given]
    if len(origin) > 1:
        parser.error("give one of --resume, --from-stable and --from-shipped")
    if last.exists() and not (arguments.resume or arguments.from_stable or arguments.afresh):
        parser.error(f"there is {last}: go on with --resume or --from-stable, or replace it with --afresh")
    torch.set_num_threads(settings["train"]["threads"])
    torch.set_flush_denormal(True)
    run = Run(settings, arguments.direction)
    for name in origin:
        run.resume(name)
    train(run, schedule.make(settings["train"], arguments.deadline, arguments.steps))


if __name__ == "__main__":
    main()
