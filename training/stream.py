"""The endless stream of training batches: pools drawn by share, slots filled, sentences bucketed by length."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sentencepiece

from training.augment import Filler

Example = tuple[list[int], list[int]]


class Pool:
    """Stored rows of one kind, drawn by weight."""

    def __init__(self, path: Path) -> None:
        self.rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        self.cumulative = list(itertools.accumulate(r["weight"] for r in self.rows))
        self.indices = range(len(self.rows))
        self.mean = sum(len(r["zh"]) * r["weight"] for r in self.rows) / self.cumulative[-1] + 2

    def draw(self, rng: random.Random) -> int:
        """A row's index."""
        return rng.choices(self.indices, cum_weights=self.cumulative)[0]


class Stream:
    """Examples and batches of one direction; `mix` may be changed at any time."""

    def __init__(self, work: Path, settings: dict[str, Any], direction: str, seed: str) -> None:
        self.rng = random.Random(seed)
        self.filler = Filler.load(work, settings["augment"], direction, self.rng)
        self.pools = {name: Pool(work / f"{name}.jsonl") for name in settings["train"]["mix"]}
        self.mix: dict[str, float] = settings["train"]["mix"]
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(work / "tokenizer.model"))
        self.options = settings["train"]
        self.drawn: dict[str, int] = dict.fromkeys(self.pools, 0)

    def example(self) -> tuple[str, str]:
        """Source and target text of one example."""
        names = list(self.pools)
        name = self.rng.choices(names, [self.mix[n] / self.pools[n].mean for n in names])[0]
        pool = self.pools[name]
        self.drawn[name] += 1
        i = pool.draw(self.rng)
        pair = self.filler.fill(pool.rows[i])
        other = self._partner(name, pool, i)
        return (
            self.filler.join(pair, self.filler.fill(pool.rows[other]))
            if other is not None
            else self.filler.shorten(*pair)
        )

    def _partner(self, name: str, pool: Pool, i: int) -> int | None:
        if name == "terms":
            return None
        if name == "reports":
            follows = i + 1 < len(pool.rows) and pool.rows[i]["document"] == pool.rows[i + 1]["document"]
            return i + 1 if follows and self.filler.happens("join_next") else None
        return pool.draw(self.rng) if self.filler.happens("join_any") else None

    def encoded(self) -> Iterator[Example]:
        """Examples as ids, each side ended by </s> (0)."""
        while True:
            source, target = self.example()
            ids = [*self._cut_source(source), 0], [*self.pieces.encode(target), 0]
            if len(ids[0]) <= 200 and len(ids[1]) <= 200:
                yield ids

    def _cut_source(self, text: str) -> list[int]:
        """A source text's pieces, now and then not the likeliest ones (Kudo 2018, subword regularization)."""
        if not self.filler.happens("sample_pieces"):
            return self.pieces.encode(text)
        return self.pieces.encode(text, enable_sampling=True, alpha=self.filler.options["sample_alpha"], nbest_size=-1)

    def batches(self) -> Iterator[list[Example]]:
        """Batches of like length, at most `batch_tokens` padded tokens a side, in random order."""
        examples = self.encoded()
        size = min(self.options["window"], 40 * self.options["batch_tokens"])
        while True:
            window = sorted(itertools.islice(examples, size), key=lambda e: (len(e[0]) // 2, len(e[1])))
            cut = list(_cut(window, self.options["batch_tokens"]))
            self.rng.shuffle(cut)
            yield from cut


def _cut(window: list[Example], tokens: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    longest = 0
    for example in window:
        longest = max(longest, *map(len, example))
        if batch and longest * (len(batch) + 1) > tokens:
            yield batch
            batch, longest = [], max(map(len, example))
        batch.append(example)
    if batch:
        yield batch
