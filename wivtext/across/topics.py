"""What several documents are about: terms, names and frequent phrases that tie their statements together.

The terms are the same in both languages, whichever a document was written in. A phrase that no term base knows gets its
label in the other language from the sentences: what stands in the translation of nearly all that have it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from math import log

from wivtext.across.accounts import Account, Concept, Told
from wivtext.engines.extractive import tokens
from wivtext.hanzi import simplified
from wivtext.quantities import quantities

Key = tuple[str, int]

MOST = 24  # topics of an overview
_TERMS = 6  # of a topic
_ABOUT = frozenset({"subject", "organisation", "place"})
_TOGETHER = 0.5  # of the sentences of the rarer term also have the other: one topic
_PLACE, _MENTIONED = 0.4, 0.35  # what a place, and a document that only mentions a term, count
_FEWEST = 2  # documents, and sentences that somebody says
_PHRASE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LABELLED = 0.7


@dataclass(frozen=True)
class Found:
    """A topic: its terms, the one that it is called by first, and the sentences that have one of them."""

    concepts: tuple[Concept, ...]
    told: tuple[Told, ...]


def topics_of(accounts: Sequence[Account], told: Sequence[Told], *, most: int = MOST) -> list[Found]:
    """The topics of the sentences `told`, those first that tie most together.

    One after the other the term is taken that ties most statements of most documents together that no topic has yet.
    To a topic belong the sentences with its terms, and of documents that are about it what each speaker mainly says.
    """
    central = {account.name: account.central for account in accounts}
    sentences: dict[Concept, dict[Key, Told]] = defaultdict(dict)
    for one in told:
        about_it = [concept for concept in central[one.document] if one.gist]
        for concept in dict.fromkeys((*one.concepts, *about_it)):
            if concept.about in _ABOUT and concept.en not in plain_terms():
                sentences[concept][one.key] = one
    for phrase, having in phrases(told):
        sentences[phrase] = {one.key: one for one in having}
    candidates = {concept: having for concept, having in sentences.items() if _is_shared(having.values())}
    about = {concept: sum(concept in of for of in central.values()) for concept in candidates}
    return list(_chosen(candidates, about, most))


def plain_terms() -> frozenset[str]:
    """Terms that stand in documents about anything; they make no topic."""
    return _words("plain_terms")


@cache
def _words(name: str) -> frozenset[str]:
    text = (files("wivtext") / "data" / "across.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)[name])


def phrases(told: Sequence[Told]) -> Iterator[tuple[Concept, list[Told]]]:
    """Frequent English phrases that are no term, with what their sentences have in common in Chinese."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(told):
        if one.language == "en":
            for phrase in dict.fromkeys(_phrases_in(one)):
                places[phrase].append(place)
    pairs: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        for pair in one.words["zh"] if one.language == "zh" else ():
            pairs[pair].append(one)
    for phrase, found in sorted(places.items()):
        if quantities(phrase, "en"):
            continue
        having = [told[place] for place in found]
        if _is_frequent(having) and _is_shared(having) and (chinese := _counterpart(having)):
            rarest = min(tokens(chinese), key=lambda pair: len(pairs[pair]))
            others = [one for one in pairs[rarest] if chinese in simplified(one.line.zh)]
            yield Concept(phrase, chinese, "subject"), [*having, *others]


def _is_frequent(having: Sequence[Told]) -> bool:
    """Whether a phrase comes again in two documents: what is said once in each is a turn of speech."""
    return sum(count > 1 for count in Counter(one.document for one in having).values()) >= _FEWEST


def _phrases_in(one: Told) -> Iterator[str]:
    """Two neighbouring words that both carry meaning, in lower case, and are part of no term."""
    unfit = _words("not_in_phrases")
    known = {word for concept in one.concepts for word in concept.en.lower().split()}
    words = list(_PHRASE.finditer(one.line.en))
    for first, second in pairwise(words):
        joined = one.line.en[first.end() : second.start()] == " "
        pair = f"{first.group()} {second.group()}"
        if joined and pair.islower() and len(tokens(pair)) == 2 and not {*pair.split()} & (known | unfit):
            yield pair


def _counterpart(having: Sequence[Told]) -> str:
    """The longest run of Chinese characters in nearly all of the translations."""
    texts = [simplified(one.line.zh) for one in having]
    counts: Counter[str] = Counter()
    for text in texts:
        runs = re.findall(r"[\u4e00-\u9fff]+", text)
        counts.update(
            {run[start : start + size] for run in runs for size in range(2, 7) for start in range(len(run) - size + 1)}
        )
    known = [run for run, count in counts.items() if count >= _LABELLED * len(texts) and len(tokens(run)) > 0]
    return max(known, key=lambda run: (len(run), counts[run], run), default="")


def _is_shared(having: Iterable[Told]) -> bool:
    said = [one for one in having if one.voice is not None]
    return len({one.document for one in said}) >= _FEWEST


def _chosen(candidates: dict[Concept, dict[Key, Told]], about: dict[Concept, int], most: int) -> Iterator[Found]:
    covered: set[Key] = set()
    left = dict(candidates)
    for _ in range(most):
        ranked = ((_worth(concept, having, covered, about), concept) for concept, having in left.items())
        worth, best = max(ranked, key=lambda one: (one[0], one[1].en, one[1].zh), default=(0.0, None))
        if best is None or worth <= 0:
            return
        concepts = [best, *_companions(best, left)][:_TERMS]
        told = {key: one for concept in concepts for key, one in left[concept].items()}
        yield Found(tuple(concepts), tuple(sorted(told.values(), key=lambda one: one.key)))
        covered |= told.keys()
        left = {concept: having for concept, having in left.items() if concept not in concepts}


def _worth(concept: Concept, having: dict[Key, Told], covered: set[Key], about: dict[Concept, int]) -> float:
    """How many statements a term ties together that no topic has yet, more so those of documents that are about it."""
    said = [one for one in having.values() if one.voice is not None]
    new = [one for one in said if one.key not in covered]
    fresh = len({one.document for one in new})
    if fresh < _FEWEST or len(new) * 3 < len(said):
        return 0.0
    documents = len({one.document for one in said})
    central = min(documents, about.get(concept, 0))
    weight = _PLACE if concept.about == "place" else 1.0
    return weight * (central + _MENTIONED * (documents - central)) * log(1 + fresh) * log(1 + len(new))


def _companions(best: Concept, left: dict[Concept, dict[Key, Told]]) -> list[Concept]:
    """Terms that mostly stand in the chosen one's sentences, and in no other documents, the most frequent first."""
    mine, documents = left[best].keys(), {document for document, _ in left[best]}
    shared = {concept: len(mine & having.keys()) for concept, having in left.items() if concept != best}
    fitting = [
        concept
        for concept, count in shared.items()
        if (count >= 2 and count >= _TOGETHER * len(left[concept]) and documents >= {name for name, _ in left[concept]})
        or _is_part(best, concept)
    ]
    return sorted(fitting, key=lambda concept: (-shared[concept], concept.en))


def _is_part(best: Concept, concept: Concept) -> bool:
    """Driver assistance, and advanced driver assistance systems."""
    words, others = set(tokens(best.en)), set(tokens(concept.en))
    return bool(words) and words < others and best.zh in concept.zh


def stretches(told: Iterable[Told]) -> Iterator[list[Told]]:
    """Sentences of one speaker that follow one another in a document, drawn together."""

    def run(item: tuple[int, Told]) -> tuple[str, int, int | None, str | None, str]:
        number, one = item
        return one.document, one.index - number, one.voice, one.kind, one.language

    for _, group in groupby(enumerate(told), key=run):
        yield [one for _, one in group]
