"""The summarizer that comes with the package: sentences of the source, chosen so that together they stand for it.

A linear model (`ranking.py`) says how much each sentence tells, from its centrality in a graph of shared words
(LexRank, Erkan and Radev 2004, https://doi.org/10.1613/jair.1523), place, likeness to the title, figures, speakers and
more; then they are taken one by one for what they add to those already taken (maximal marginal relevance, Carbonell and
Goldstein 1998, https://doi.org/10.1145/290941.291025), each speaker in turn. See `benchmarks/summaries.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from wivtext.engines import Passage
from wivtext.engines.leaning import leans, named, points_back
from wivtext.engines.ranking import Ranker, Seen, ranker_digest, shipped_ranker
from wivtext.records import Language, Point
from wivtext.settings import Settings

Vector = NDArray[np.float64]


SAME_SPEAKER = 0.02  # what each point that a speaker has already takes off
ALONE = 0.3  # and what the last point loses that would leave all of them to one speaker
LEANING = 10.0  # what a sentence that can't stand alone loses


class ExtractiveSummarizer:
    """Graph-ranked sentences chosen for coverage, in either language.

    >>> from wivtext.engines import Passage
    >>> from wivtext.records import Sentence
    >>> texts = ["Sales of vans rose 12% in May.", "It rained.", "Exports of vans rose 40%, and sales will rise again."]
    >>> sentences = tuple(Sentence(i, 0, len(t), t, 0, "en") for i, t in enumerate(texts))
    >>> [point.sentences for point in ExtractiveSummarizer().summarize([Passage(sentences, "en", 2)])[0]]
    [(0,), (2,)]
    """

    def __init__(self, model: str = "", settings: Settings | None = None, ranker: Ranker | None = None) -> None:
        self._ranker = ranker  # instead of the shipped ones

    @property
    def signature(self) -> str:
        """The engine's version and the digest of its weights."""
        return f"extractive 3 {ranker_digest()}"

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """The sentences chosen for each passage, in their order."""
        return [self._points(passage) for passage in passages]

    def _points(self, passage: Passage) -> tuple[Point, ...]:
        if len(passage.sentences) <= passage.limit:
            chosen = list(range(len(passage.sentences)))
        else:
            chosen = self._choose(passage)
        picked = [passage.sentences[place] for place in sorted(chosen)]
        return tuple(Point(sentence.text, (sentence.index,)) for sentence in picked)

    def _choose(self, passage: Passage) -> list[int]:
        """The places of the sentences chosen; a book is read part by part, then its parts' choices together."""
        places = list(range(len(passage.sentences)))
        while len(places) > _AT_ONCE:
            parts = [places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE)]
            places = [part[i] for part in parts for i in sorted(self._choose_at_once(_part(passage, part)))]
        return [places[i] for i in self._choose_at_once(_part(passage, places))]

    def _choose_at_once(self, passage: Passage) -> list[int]:
        seen = looked_at(passage)
        model = self._ranker or shipped_ranker(passage.language, "lines" if is_of_one_speaker(passage) else "points")
        scores, likeness, count = model.scores(passage, seen), seen.likeness, len(passage.sentences)
        chosen: list[int] = []
        while len(chosen) < min(passage.limit, count):
            nearest = _nearest(likeness, chosen)
            worth = scores - model.redundancy * nearest - _NEVER * (nearest > _SAME)
            worth -= SAME_SPEAKER * _already(passage.speakers, chosen, count)
            worth -= ALONE * _would_be_alone(passage, chosen)
            worth -= LEANING * (seen.leaning & ~_follows(chosen, count))
            worth[chosen] = -np.inf
            chosen.append(int(np.argmax(worth)))
        return chosen


def is_of_one_speaker(passage: Passage) -> bool:
    """Whether a passage is what one speaker said, not a document."""
    return not passage.title and not passage.speakers


def looked_at(passage: Passage) -> Seen:
    """What there is to see of a passage's sentences, as the ranker wants it."""
    likenesses = _likeness([*(sentence.text for sentence in passage.sentences), passage.title])
    likeness = likenesses[:-1, :-1]
    return Seen(
        likeness=likeness,
        to_title=likenesses[:-1, -1],
        centrality=_centrality(likeness),
        sizes=np.array([len(tokens(sentence.text)) for sentence in passage.sentences], dtype=float),
        leaning=_leaning(passage),
        dangling=np.array([bool(_dangling(one.language).match(one.text)) for one in passage.sentences]),
    )


def tokens(text: str) -> list[str]:
    """What sentences are compared by: English words without endings, pairs of Chinese characters, figures.

    >>> tokens("The plants opened: 35%"), tokens("销量增长35%")
    (['plant', 'open', '35'], ['销量', '量增', '增长', '35'])
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        run = match.group()
        if "\u4e00" <= run[0] <= "\u9fff":
            found += [run[start : start + 2] for start in range(max(1, len(run) - 1))]
        elif run not in _stop_words():
            found.append(_stem(run))
    return found


_TOKEN = re.compile(r"[\u4e00-\u9fff]+|\d+(?:[.,]\d+)*|[^\W\d_]+")
_AT_ONCE = 1000  # sentences compared with one another
_COLUMNS = 4096  # words
# From this likeness on a sentence says the same again: taken only where nothing else is left.
_SAME, _NEVER = 0.45, 100.0
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ed|es|s|ly)$")
_DAMPING, _ROUNDS = 0.85, 40


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if word.isascii() else word


@cache
def _lists() -> dict[str, list[str]]:
    text = (files("wivtext") / "data" / "summary.json").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return lists


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_lists()["stop_words"])


@cache
def _dangling(language: Language) -> re.Pattern[str]:
    """Openings that lean on the sentence before."""
    openings = "|".join(map(re.escape, _lists()[f"dangling.{language}"]))
    return re.compile(rf"[“\"]?(?:{openings})" + (r"\b" if language == "en" else ""), re.IGNORECASE)


def _likeness(texts: Sequence[str]) -> Vector:
    """The cosine of each two texts: term frequency by inverse sentence frequency.

    A few thousand words at a time, so that memory is bounded; a word of one text alone makes it longer and is in no
    product.
    """
    counts = [Counter(tokens(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    weights = {word: float(np.log((1 + len(texts)) / number)) for word, number in spread.items()}
    lengths = np.array([sum((n * weights[word]) ** 2 for word, n in count.items()) ** 0.5 for count in counts])
    products = np.zeros((len(texts), len(texts)))
    shared = [word for word, number in spread.items() if number > 1]
    for start in range(0, len(shared), _COLUMNS):
        column = {word: place for place, word in enumerate(shared[start : start + _COLUMNS])}
        rows = np.zeros((len(texts), len(column)))
        for row, count in zip(rows, counts, strict=True):
            for word in count.keys() & column.keys():
                row[column[word]] = count[word] * weights[word]
        products += rows @ rows.T
    some = np.where(lengths > 0, lengths, 1)
    cosines: Vector = products / some / some[:, np.newaxis]
    np.fill_diagonal(cosines, lengths > 0)
    return cosines


def _centrality(likeness: Vector) -> Vector:
    """PageRank over the sentences, the highest 1."""
    links = likeness.copy()
    np.fill_diagonal(links, 0)
    sums = links.sum(axis=1, keepdims=True)
    count = len(links)
    links = np.where(sums > 0, links / np.where(sums > 0, sums, 1), 1 / count)
    rank = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        rank = (1 - _DAMPING) / count + _DAMPING * (links.T @ rank)
    highest: Vector = rank / rank.max()
    return highest


def _part(passage: Passage, places: list[int]) -> Passage:
    return replace(
        passage,
        sentences=tuple(passage.sentences[place] for place in places),
        speakers=tuple(passage.speakers[place] for place in places) if passage.speakers else (),
    )


def _leaning(passage: Passage) -> NDArray[np.bool_]:
    """Which sentences can't stand alone; among one speaker's own, everybody knows who "he" is, but not what "it" is."""
    if is_of_one_speaker(passage):
        return np.array([points_back(sentence.text, sentence.language) for sentence in passage.sentences])
    texts = [sentence.text for sentence in passage.sentences]
    names = named(texts, passage.language, passage.speakers)
    return np.array([leans(sentence.text, sentence.language, names) for sentence in passage.sentences])


def _follows(chosen: list[int], count: int) -> NDArray[np.bool_]:
    """The places right after a chosen one: what they lean on is there to read."""
    follows = np.zeros(count + 1, dtype=bool)
    follows[[place + 1 for place in chosen]] = True
    return follows[:count]


def _nearest(likeness: Vector, chosen: list[int]) -> Vector:
    nearest: Vector = likeness[:, chosen].max(axis=1) if chosen else np.zeros(len(likeness))
    return nearest


def _already(speakers: Sequence[str | None], chosen: list[int], count: int) -> Vector:
    """How often each sentence's speaker has been chosen."""
    if not speakers:
        return np.zeros(count)
    taken = Counter(speakers[place] for place in chosen if speakers[place] is not None)
    return np.array([float(taken[speaker]) for speaker in speakers])


def _would_be_alone(passage: Passage, chosen: list[int]) -> NDArray[np.bool_]:
    """The places of the speaker who has every point so far, when the last one is chosen and others speak, too."""
    speakers = passage.speakers or (None,) * len(passage.sentences)
    so_far = {speakers[place] for place in chosen}
    if len(chosen) != passage.limit - 1 or len(so_far) != 1 or so_far == {None} or len(set(speakers) - {None}) < 2:
        return np.zeros(len(speakers), dtype=bool)
    return np.array([speaker in so_far for speaker in speakers])
