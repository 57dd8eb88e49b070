"""How much a sentence tells of its text: a linear model over what can be seen of it, learned from briefs.

The weights (`data/ranker.json`) are made by `python -m training.summaries` from the gold briefs of our reports.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from wivtext.engines import Passage
from wivtext.records import Language

Vector = NDArray[np.float64]

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[\u4e00-\u9fff]|[a-z0-9]+")
_QUOTED = re.compile('[“"]')
_SHARE = re.compile(r"%|percent|per cent|百分")
_MONEY = re.compile(r"yuan|euro|dollar|[$€£¥]|元|[万亿]|million|billion")
_YEAR = re.compile(r"20\d\d|年")
_COMING = re.compile(r"\b(?:will|plans?|expect(?:ed|s)?|aims?|targets?|set to|due)\b|将|计划|预计|目标|力争")
_DENIED = re.compile(r"\b(?:not|no|never)\b|n['’]t|不|没")
_TURN = re.compile(r"^(?:But|However|Yet|Still|Even)\b|^(?:但|不过|然而)|, but |，但")
_NAME = {"en": re.compile(r"\b[A-Z][a-z]+"), "zh": re.compile(r"[A-Za-z]{2,}|·")}
_USUAL_LENGTH = 35  # words or characters


@dataclass(frozen=True, slots=True)
class Seen:
    """What the summarizer has found out of a passage's sentences already: one number for each."""

    likeness: NDArray[np.float64]
    to_title: Vector
    centrality: Vector
    sizes: Vector
    leaning: NDArray[np.bool_]
    dangling: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by feature, and how much likeness to what was chosen already costs."""

    weights: dict[str, float]
    redundancy: float

    def scores(self, passage: Passage, seen: Seen) -> Vector:
        """A number for each sentence, the higher the more it tells; only differences mean anything."""
        given = features(passage, seen)
        scores: Vector = np.zeros(len(passage.sentences))
        for name, column in given.items():
            scores += self.weights.get(name, 0.0) * column
        return scores


@cache
def shipped_ranker(language: Language, kind: str) -> Ranker:
    """The shipped model for the "points" of a document, or for the "lines" of a speaker."""
    return Ranker(**json.loads(_shipped())[language][kind])


@cache
def ranker_digest() -> str:
    """Which weights are shipped, in a few characters."""
    return hashlib.sha256(_shipped().encode()).hexdigest()[:12]


def _shipped() -> str:
    return (files("wivtext") / "data" / "ranker.json").read_text(encoding="utf-8")


def features(passage: Passage, seen: Seen) -> dict[str, Vector]:
    """What the model looks at, a column a feature, a number a sentence."""
    texts = [sentence.text for sentence in passage.sentences]
    count, places = len(texts), np.arange(len(texts))
    words = np.array([len(_WORD.findall(text.lower())) for text in texts], dtype=float)
    figures = np.array([len(_FIGURE.findall(text)) for text in texts], dtype=float)
    others = seen.likeness - np.diag(np.diag(seen.likeness))
    names = _NAME[passage.language]
    return {
        "centrality": seen.centrality,
        "first": _flag(places == 0),
        "second": _flag(places == 1),
        "third": _flag(places == 2),
        "last": _flag(places == count - 1),
        "last but one": _flag(places == count - 2),
        "place": places / count,
        "nearness to the start": 1 / (places + 1),
        "likeness to the title": seen.to_title,
        "mean likeness": 3 * seen.likeness.mean(axis=1),
        "nearest likeness": others.max(axis=1),
        "figures": np.minimum(figures, 3) / 3,
        "any figure": _flag(figures > 0),
        "share": _found(_SHARE, texts),
        "money": _found(_MONEY, texts),
        "year": _found(_YEAR, texts),
        "to come": _found(_COMING, texts),
        "denied": _found(_DENIED, texts),
        "turn": _found(_TURN, texts),
        "names": np.array([len(names.findall(text)) for text in texts]) / 10,
        "size": np.minimum(seen.sizes, 25) / 25,
        "short": np.minimum(words, 10) / 10,
        "long": np.maximum(0, words - _USUAL_LENGTH) / 20,
        "quoted": _found(_QUOTED, texts),
        "question": _flag([text.rstrip("”\"'’").endswith(("?", "？")) for text in texts]),
        "dangling": _flag(seen.dangling),
        "leaning": _flag(seen.leaning),
        **_of_speakers(passage, seen.to_title),
    }


def _of_speakers(passage: Passage, to_title: Vector) -> dict[str, Vector]:
    speakers = passage.speakers or (None,) * len(passage.sentences)
    said = Counter(speaker for speaker in speakers if speaker is not None)
    met: set[str] = set()
    first = []
    for speaker in speakers:
        first.append(speaker is not None and speaker not in met)
        met |= {speaker} if speaker is not None else set()
    narrated = _flag([speaker is None for speaker in speakers])
    return {
        "narrated": narrated,
        "narrated, like the title": narrated * to_title,
        "a speaker's first": _flag(first),
        "the speaker's part": np.array([said[one] / len(speakers) if one is not None else 0.0 for one in speakers]),
    }


def _flag(holds: object) -> Vector:
    return np.asarray(holds, dtype=float)


def _found(pattern: re.Pattern[str], texts: list[str]) -> Vector:
    return _flag([bool(pattern.search(text)) for text in texts])
