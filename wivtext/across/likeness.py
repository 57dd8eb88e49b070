"""Which sentences of many documents are alike, without comparing each with each.

Sentences are compared only where they share two of their rarest words, terms or names, in either language: a list of
places for each of them, and none for what stands everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import fsum, log, sqrt

from wivtext.across.accounts import Told
from wivtext.records import Language

_RAREST = 8  # features of a sentence that it is looked up by
_MOST = 40  # sentences that share a feature, at most: what more of them have tells nothing
_LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Sentences:
    """Sentences and how often each of their words stands in all of them."""

    told: Sequence[Told]
    _spread: dict[Language, Counter[str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for language in _LANGUAGES:
            self._spread[language] = Counter(word for one in self.told for word in one.words[language])

    def weight(self, word: str, language: Language) -> float:
        """The rarer, the heavier."""
        return log((1 + len(self.told)) / max(1, self._spread[language][word]))

    def likeness(self, one: Told, other: Told) -> float:
        """From 0 to 1: in the language that both were written in, else in the one in which they are more alike."""
        if one.language == other.language:
            return self._cosine(one, other, one.language)
        return max(self._cosine(one, other, language) for language in _LANGUAGES)

    # Exact sums: the order of a set, which differs from run to run, must not tell.
    def _cosine(self, one: Told, other: Told, language: Language) -> float:
        mine, theirs = one.words[language], other.words[language]
        shared = fsum(self.weight(word, language) ** 2 for word in mine & theirs)
        return shared / (self._length(mine, language) * self._length(theirs, language)) if shared else 0.0

    def _length(self, words: frozenset[str], language: Language) -> float:
        return sqrt(fsum(self.weight(word, language) ** 2 for word in words))

    def neighbours(self) -> Iterator[tuple[Told, Told]]:
        """Pairs that share at least two of their rarest features, each pair once, in the order of the sentences."""
        shared: Counter[tuple[int, int]] = Counter()
        for places in self._postings().values():
            shared.update(combinations(places, 2))
        for (first, second), count in sorted(shared.items()):
            if count > 1:
                yield self.told[first], self.told[second]

    def _postings(self) -> dict[str, list[int]]:
        spread = Counter(feature for one in self.told for feature in _features(one))
        places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.told):
            common = (feature for feature in _features(one) if 1 < spread[feature] <= _MOST)
            for feature in sorted(common, key=lambda feature: (spread[feature], feature))[:_RAREST]:
                places[feature].append(place)
        return places


def _features(one: Told) -> set[str]:
    words = {word for language in _LANGUAGES for word in one.words[language]}
    return words | {f"term {concept.en}" for concept in one.concepts}
