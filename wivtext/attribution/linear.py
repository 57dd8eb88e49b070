"""A linear model over named features, stored as JSON: weights trained by `python -m training.attribution`.

>>> model = Linear({"cue=subject": 2.0, "N": 1.0})
>>> [round(p, 2) for p in model.probabilities([["N"], ["cue=subject", "unseen"]])]
[0.27, 0.73]
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import repeat


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature name; features that training never saw weigh nothing."""

    weights: dict[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def probabilities(self, choices: Sequence[Iterable[str]], priors: Sequence[float] = ()) -> list[float]:
        """How likely each of several choices is, given the features of each; `priors` are added to the scores."""
        scores = [self.score(features) for features in choices]
        if priors:
            scores = [score + prior for score, prior in zip(scores, priors, strict=True)]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


@lru_cache(maxsize=8)
def load(name: str) -> Linear:
    """The model `name` of `data/attribution`, e.g. "sources.en"."""
    text = files("wivtext").joinpath("data", "attribution", f"{name}.json").read_text(encoding="utf-8")
    return Linear(json.loads(text)["weights"])
