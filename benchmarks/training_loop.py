"""The trainer of `training/train.py` against transformers' Seq2SeqTrainer as documented: target tokens a second.

    python -m benchmarks.training_loop [--tokens 12000] [--rounds 2] [--json]

One thread of the CPU, the same model and the same sentences. The trainer is set up as its documentation does: bf16,
label smoothing, sentences grouped by length, padding by DataCollatorForSeq2Seq, the fused AdamW, as many sentences in
a batch as ours have on average. The recipe's is the same trainer with batches of so many tokens, its own loss, plain
attention and a running average of the weights. Seconds are those of the processor that the process used, so that
other work on the machine counts little; the first two updates don't count. Needs the `training` and `dev` extras and
what `training.prepare` and `training.tokenizer` write.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any

import torch
from transformers import (
    DataCollatorForSeq2Seq,
    MarianMTModel,
    MarianTokenizer,
    PrinterCallback,
    Seq2SeqTrainer,
    Seq2SeqTrainingArguments,
    TrainerCallback,
)

from training import export, schedule, train
from training import model as marian
from training import settings as recipe
from training.run import Run
from training.stream import Example, Stream

WARM_UP = 2  # updates
IGNORED = -100
Batch = list[Example]


class Clock:
    """Tokens and seconds since the warm-up."""

    def __init__(self) -> None:
        self.updates, self.tokens, self._started = 0, 0, 0.0

    def update(self, tokens: int) -> None:
        """One update is done."""
        self.updates += 1
        if self.updates == WARM_UP:
            self._started = process_time()
        elif self.updates > WARM_UP:
            self.tokens += tokens

    @property
    def speed(self) -> float:
        """Target tokens a second, until now."""
        return self.tokens / (process_time() - self._started)


def fresh(settings: recipe.Settings) -> MarianMTModel:
    """The model of the recipe with its first weights, and transformers' own kind of attention."""
    model = marian.build(settings["model"], settings["tokenizer"]["vocab_size"] + 1)
    marian.start(model, None, settings["train"]["seed"])
    model.set_attn_implementation("sdpa")
    return model.train()


class Counting(Seq2SeqTrainer):
    """transformers' trainer that counts target tokens."""

    tokens = 0

    def compute_loss(self, model: Any, inputs: dict[str, Any], *arguments: Any, **options: Any) -> Any:
        """Its own loss."""
        self.tokens = int((inputs["labels"] != IGNORED).sum())
        return super().compute_loss(model, inputs, *arguments, **options)


class Ticking(TrainerCallback):
    """Tells the clock of every update."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.trainer: Any = None

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self.clock.update(self.trainer.tokens)


class Averaging(Ticking):
    """The recipe's running average, too."""

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self.trainer.run.count(self.trainer.tokens)
        super().on_step_end(args, state, control)


def by_recipe(settings: recipe.Settings, batches: Sequence[Batch], negatives: int) -> float:
    """The recipe's trainer; the softmax over all pieces where `negatives` is 0."""
    clock, run = Clock(), Run(settings, "en-zh")
    run.options = run.options | {"negatives": negatives}
    averaging = Averaging(clock)
    plan = schedule.make(settings["train"], None, len(batches))
    with tempfile.TemporaryDirectory() as folder:
        rows = [{"rows": batch} for batch in batches]
        trainer = averaging.trainer = train.Trainer(run, rows, plan, folder, callbacks=[averaging])
        trainer.args.max_steps = len(batches)
        trainer.train()
    return clock.speed


def by_trainer(settings: recipe.Settings, batches: Sequence[Batch]) -> float:
    """The trainer as documented."""
    examples = [example for batch in batches for example in batch]
    data = [{"input_ids": s, "attention_mask": [1] * len(s), "labels": t} for s, t in examples]
    model = fresh(settings)
    clock = Clock()
    ticking = Ticking(clock)
    with tempfile.TemporaryDirectory() as folder:
        ticking.trainer = Counting(
            model,
            trainer_arguments(settings, folder, round(mean(map(len, batches)))),
            train_dataset=data,
            data_collator=DataCollatorForSeq2Seq(tokenizer(settings, Path(folder)), model),
            callbacks=[ticking],
        )
        ticking.trainer.remove_callback(PrinterCallback)
        ticking.trainer.train()
        return clock.speed


def trainer_arguments(settings: recipe.Settings, folder: str, size: int) -> Seq2SeqTrainingArguments:
    """What the trainer is told; logging, saving and evaluation are off."""
    options = settings["train"]
    return Seq2SeqTrainingArguments(
        output_dir=folder,
        use_cpu=True,
        bf16=True,
        num_train_epochs=1,
        per_device_train_batch_size=size,
        train_sampling_strategy="group_by_length",
        label_smoothing_factor=options["label_smoothing"],
        optim="adamw_torch_fused",
        learning_rate=options["peak_rate"],
        adam_beta2=options["betas"][1],
        max_grad_norm=options["clip"],
        lr_scheduler_type="constant",
        seed=options["seed"],
        logging_strategy="no",
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        remove_unused_columns=False,
    )


def tokenizer(settings: recipe.Settings, folder: Path) -> MarianTokenizer:
    """The recipe's tokenizer as transformers knows it."""
    export.save_tokenizer(settings["paths"]["work"] / "tokenizer.model", folder, "en-zh")
    return MarianTokenizer.from_pretrained(folder)


def targets(batch: Batch) -> int:
    """The target tokens of a batch."""
    return sum(len(target) for _, target in batch)


def drawn(settings: recipe.Settings, tokens: int) -> list[Batch]:
    """Batches of the recipe's stream with so many target tokens, without the documentation, which is slow to load."""
    settings["train"]["mix"] = {name: settings["train"]["mix"][name] for name in ("reports", "news")}
    stream = Stream(settings["paths"]["work"], settings, "en-zh", "benchmark")
    return list(_until(stream.batches(), tokens))


def _until(batches: Iterator[Batch], tokens: int) -> Iterator[Batch]:
    for batch in batches:
        yield batch
        tokens -= targets(batch)
        if tokens <= 0:
            return


def contestants(settings: recipe.Settings, batches: Sequence[Batch]) -> dict[str, Callable[[], float]]:
    """The rows of the table; the first is what the others are compared with."""
    negatives = settings["train"]["negatives"]
    return {
        "Seq2SeqTrainer as documented": lambda: by_trainer(settings, batches),
        "the recipe, softmax over all pieces": lambda: by_recipe(settings, batches, 0),
        f"the recipe, softmax over the batch's pieces and {negatives}": lambda: by_recipe(settings, batches, negatives),
    }


def main() -> None:
    parser = recipe.parser(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--tokens", type=int, default=12000, help="target tokens of every run")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    settings = recipe.from_arguments(options)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    batches = drawn(settings, options.tokens)
    rows = contestants(settings, batches)
    speeds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(options.rounds):
        for name, row in rows.items():
            speeds[name].append(row())
    if options.json:
        print(json.dumps({name: [round(speed, 1) for speed in found] for name, found in speeds.items()}, indent=1))
        return
    base = median(next(iter(speeds.values())))
    print("| training, one thread | target tokens/s | ratio |\n|---|---:|---:|")
    for name, found in speeds.items():
        print(f"| {name} | {median(found):.0f} | {median(found) / base:.2f} |")
    print(f"\n{len(batches)} batches, {sum(map(targets, batches))} target tokens, {options.rounds} rounds, medians")


if __name__ == "__main__":
    main()
