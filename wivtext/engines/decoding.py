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
from typing import Any

from wivtext.errors import EngineError

# What a text may become at most: a Chinese word of one piece can take three English ones, more is a loop.
GROWTH, ROOM = 3, 24
LOOP = 4  # a row that finds no end is tried again without repeating any four tokens

_BREAKS = frozenset("，。；：、！？,.;:!?")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens without the final one; `score` is the mean log-probability; not `finished` where it ran into the limit."""

    tokens: list[str]
    score: float
    finished: bool


class Decoder:
    """A CTranslate2 model, loaded from its folder on first use. `longest` is the number of positions it knows."""

    def __init__(self, folder: Path, *, threads: int = 0, batch_tokens: int = 2048, longest: int = 512) -> None:
        self.folder = folder
        self.longest = longest
        self._threads = threads or processors()
        self._batch_tokens = batch_tokens
        self._translator: Any = None
        self._end = "</s>"

    def best(self, rows: Sequence[Sequence[str]], prefix: Sequence[str] = (), **options: Any) -> list[Hypothesis]:
        """The best hypothesis of each row; one that ran into the limit is tried again without loops."""
        found = [hypotheses[0] for hypotheses in self.decode(rows, prefix, **options)]
        cut = [place for place, hypothesis in enumerate(found) if not hypothesis.finished]
        again = self.decode([rows[place] for place in cut], prefix, **options | {"no_repeat_ngram_size": LOOP})
        for place, hypotheses in zip(cut, again, strict=True):
            found[place] = hypotheses[0]
        return found

    def decode(
        self, rows: Sequence[Sequence[str]], prefix: Sequence[str] = (), **options: Any
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each row, best first; `options` are those of CTranslate2's `translate_batch`.

        Raises `EngineError` where a row is longer than `longest`.
        """
        if any(len(row) > self.longest for row in rows):
            raise EngineError(f"{self.folder}: a text of more than {self.longest} tokens; split it into sentences")
        self._load()
        running = [(places, self._start([rows[i] for i in places], prefix, options)) for places in self._batches(rows)]
        found: list[list[Hypothesis]] = [[] for _ in rows]
        for places, results in running:
            for place, result in zip(places, results, strict=True):
                found[place] = self._hypotheses(result.result(), len(prefix))
        return found

    def _load(self) -> None:
        if self._translator is not None:
            return
        import ctranslate2

        self._end = json.loads((self.folder / "config.json").read_text("utf-8")).get("eos_token") or self._end
        # Batches run side by side on a thread each: quicker than many threads at one small batch.
        self._translator = ctranslate2.Translator(
            str(self.folder), device="cpu", inter_threads=self._threads, intra_threads=1, max_queued_batches=-1
        )

    def _batches(self, rows: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """Places of equally long rows, the longest first, at most `batch_tokens` tokens together."""
        lengths = defaultdict(list)
        for place, row in enumerate(rows):
            lengths[len(row)].append(place)
        for length in sorted(lengths, reverse=True):
            size = max(1, self._batch_tokens // max(1, length))
            yield from (lengths[length][i : i + size] for i in range(0, len(lengths[length]), size))

    def _start(self, rows: list[Sequence[str]], prefix: Sequence[str], options: dict[str, Any]) -> list[Any]:
        room = min(GROWTH * len(rows[0]) + ROOM, self.longest - 1)
        running: list[Any] = self._translator.translate_batch(
            [list(row) for row in rows],
            target_prefix=[list(prefix)] * len(rows) if prefix else None,
            max_input_length=0,
            asynchronous=True,
            return_scores=True,
            return_end_token=True,
            **{"max_decoding_length": room, **options},
        )
        return running

    def _hypotheses(self, result: Any, prefixed: int) -> list[Hypothesis]:
        found = []
        for tokens, score in zip(result.hypotheses, result.scores, strict=True):
            finished = tokens[-1:] == [self._end]
            found.append(Hypothesis(tokens[prefixed : len(tokens) - finished], score, finished))
        return found


def split_long(tokens: Sequence[str], limit: int) -> list[list[str]]:
    """The tokens in runs of at most `limit`, cut after punctuation or before a word where there is any.

    >>> split_long(["▁a", "b", ",", "▁c", "d"], 4)
    [['▁a', 'b', ','], ['▁c', 'd']]
    """
    runs, start = [], 0
    while len(tokens) - start > limit:
        cuts = range(start + limit, start + limit // 2, -1)
        cut = next((i for i in cuts if tokens[i - 1][-1:] in _BREAKS), None) or next(
            (i for i in cuts if tokens[i].startswith("▁")), start + limit
        )
        runs.append(list(tokens[start:cut]))
        start = cut
    return [*runs, list(tokens[start:])]


def processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
