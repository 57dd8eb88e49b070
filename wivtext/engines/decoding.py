"""CTranslate2 over rows of tokens: nothing cut silently, and no row's result depends on its neighbours.

Rows decode together only when they are equally long: padding changes how int8 rounds, and now and then a word with it.
Measured: with padding one score in 120 moved; without, all are the same to the last bit, for a tenth more time.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from wivtext.errors import EngineError

# Hypotheses to finish, in beams: with one, a few that end too early keep the good one from being found.
PATIENCE = 2
# What a text may become at most. Measured on our reports: 1.5 times as many pieces and 12, from Chinese to English.
GROWTH, ROOM = 2, 24

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens without the final one; `score` is the mean log-probability; not `finished` where it ran into the limit."""

    tokens: list[str]
    score: float
    finished: bool


class Decoder(Protocol):
    """A model that turns rows of tokens into others. `longest` is the number of positions that it knows."""

    longest: int

    def decode(self, rows: Sequence[Row], prefix: Row = (), **options: Any) -> list[list[Hypothesis]]:
        """The hypotheses of each row, best first, each begun with `prefix`, which is left out of them.

        `options` are named as in CTranslate2's `translate_batch`. Raises `EngineError` for a row that is too long.
        """


@runtime_checkable
class AligningDecoder(Decoder, Protocol):
    """A model that tells what it looked at, and what it thinks of a text that it is given."""

    def attention(self, row: Row, target: Row) -> list[list[float]]:
        """How much each token of `target` attends to each token of `row`."""

    def scores(self, row: Row, targets: Sequence[Row]) -> list[float]:
        """The mean log-probability of each target text, its end included."""

    def endings(self, row: Row, prefixes: Sequence[Row], **options: Any) -> list[list[Hypothesis]]:
        """How one row goes on after each of several prefixes. See `Decoder.decode`."""


class CTranslate2Decoder:
    """A CTranslate2 model, loaded from its folder on first use."""

    def __init__(self, folder: Path, *, threads: int = 0, batch_tokens: int = 2048, longest: int = 512) -> None:
        self.longest = longest
        self._folder = folder
        self._threads = threads or processors()
        self._batch_tokens = batch_tokens
        self._translator: Any = None
        self._end = "</s>"
        self._begins_with_prefix = False

    def decode(self, rows: Sequence[Row], prefix: Row = (), **options: Any) -> list[list[Hypothesis]]:
        """See `Decoder.decode`."""
        refuse_too_long(rows, self.longest, self._folder)
        self._load()
        batches = list(equally_long(rows, self._batch_tokens))
        running = [self._start([rows[place] for place in places], prefix, options) for places in batches]
        found: list[list[Hypothesis]] = [[] for _ in rows]
        for places, results in zip(batches, running, strict=True):
            for place, result in zip(places, results, strict=True):
                found[place] = self._hypotheses(self._finished(result), self._given(prefix))
        return found

    def attention(self, row: Row, target: Row) -> list[list[float]]:
        """See `AligningDecoder.attention`; the model writes one more token than it is given, whose row is left out."""
        self._load()
        options = {"beam_size": 1, "return_attention": True, "max_decoding_length": len(target) + 1}
        result = self._finished(self._start([row], target, options)[0])
        weights: list[list[float]] = result.attention[0]
        return weights[: len(target)]

    def scores(self, row: Row, targets: Sequence[Row]) -> list[float]:
        """See `AligningDecoder.scores`."""
        self._load()
        found: list[float] = [0.0] * len(targets)
        batches = list(equally_long(targets, self._batch_tokens))
        running = [self._score(row, [targets[place] for place in places]) for places in batches]
        for places, results in zip(batches, running, strict=True):
            for place, result in zip(places, results, strict=True):
                scored = self._finished(result)
                found[place] = sum(scored.log_probs) / max(1, len(scored.log_probs))
        return found

    def endings(self, row: Row, prefixes: Sequence[Row], **options: Any) -> list[list[Hypothesis]]:
        """See `AligningDecoder.endings`; each by itself, side by side."""
        self._load()
        running = [self._start([row], prefix, options)[0] for prefix in prefixes]
        return [
            self._hypotheses(self._finished(one), self._given(prefix))
            for one, prefix in zip(running, prefixes, strict=True)
        ]

    def _load(self) -> None:
        if self._translator is not None:
            return
        import ctranslate2

        config = json.loads((self._folder / "config.json").read_text("utf-8"))
        self._end = config.get("eos_token") or self._end
        # The first mBART: the target's code stands in the place of the decoder's first token, which is no output.
        self._begins_with_prefix = config.get("decoder_start_token", self._end) is None
        # Batches run side by side on a thread each: quicker than many threads at one small batch.
        self._translator = ctranslate2.Translator(
            str(self._folder), device="cpu", inter_threads=self._threads, intra_threads=1, max_queued_batches=-1
        )

    def _start(self, rows: list[Row], prefix: Row, options: dict[str, Any]) -> list[Any]:
        running: list[Any] = self._translator.translate_batch(
            [list(row) for row in rows],
            target_prefix=[list(prefix)] * len(rows) if prefix else None,
            max_input_length=0,
            asynchronous=True,
            return_scores=True,
            return_end_token=True,
            **{"patience": PATIENCE, "max_decoding_length": room(len(rows[0]), self.longest), **options},
        )
        return running

    def _score(self, row: Row, targets: Sequence[Row]) -> list[Any]:
        running: list[Any] = self._translator.score_batch(
            [list(row)] * len(targets), [list(target) for target in targets], max_input_length=0, asynchronous=True
        )
        return running

    def _given(self, prefix: Row) -> int:
        """How many tokens of a hypothesis are its prefix."""
        return max(0, len(prefix) - self._begins_with_prefix)

    def _finished(self, running: Any) -> Any:
        try:
            return running.result()
        except RuntimeError as error:
            raise EngineError(f"{self._folder}: CTranslate2 failed ({error}); convert the model again") from None

    def _hypotheses(self, result: Any, prefixed: int) -> list[Hypothesis]:
        found = []
        for tokens, score in zip(result.hypotheses, result.scores, strict=True):
            finished = tokens[-1:] == [self._end]
            found.append(Hypothesis(tokens[prefixed : len(tokens) - finished], score, finished))
        return found


def room(length: int, longest: int) -> int:
    """How many tokens a row of `length` may become."""
    return min(GROWTH * length + ROOM, longest - 1)


def refuse_too_long(rows: Sequence[Row], longest: int, folder: Path) -> None:
    """Raise `EngineError` where a row has more tokens than the model has positions."""
    length = max(map(len, rows), default=0)
    if length > longest:
        raise EngineError(f"{folder.name}: a text of {length} tokens, and the model takes {longest}; split it")


def equally_long(rows: Sequence[Row], batch_tokens: int) -> Iterator[list[int]]:
    """Places of rows of one length, the longest first, at most `batch_tokens` tokens together.

    >>> list(equally_long([["a"], ["a", "b"], ["c"]], 2048))
    [[1], [0, 2]]
    """
    lengths = defaultdict(list)
    for place, row in enumerate(rows):
        lengths[len(row)].append(place)
    for length in sorted(lengths, reverse=True):
        size = max(1, batch_tokens // max(1, length))
        yield from (lengths[length][i : i + size] for i in range(0, len(lengths[length]), size))


def processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
