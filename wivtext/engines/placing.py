"""Terms put into a draft translation that lacks them, where the model's own attention says that they belong.

Two ways for each place: the words that stand for the term give way to it and the rest stays; or the draft is kept up to
there, the term follows, and the model goes on by itself. The model's score says which is the more natural one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wivtext.engines import Candidate, Segment
from wivtext.engines.decoding import AligningDecoder
from wivtext.engines.written import AligningTokens, Written
from wivtext.records import Language, TermPair
from wivtext.terms.index import contains, form_places
from wivtext.typography import is_chinese

VERSIONS = 16  # of one draft, at most
_KEPT = 2  # drafts that go on to the next term
_MORE = 2  # rounds for terms that were there and went lost
_ENDINGS = 3  # ways to go on after a term
_ATTENDED = 0.35  # share of a target token's attention that goes to the term it stands for
_CERTAIN = 0.2  # what a token has at least, for its place to be likelier than others
_PLACES = 12  # tried for the term, those that attend to it most
_ONWARD = 3  # from which the model may go on by itself
_EVERYWHERE = 16  # places tried for a term that nothing stands for
# Log-probability that a token of the term may cost, in place of other words and between them: where it makes no sense,
# it costs 4 and more.
_STRAIN, _STRAIN_BETWEEN = 3.5, 2.5
_WORSE = 1.0  # mean log-probability that a version may lose: what is worse is no sentence any more


Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scored(Candidate):
    """A candidate whose score is known."""

    score: float = 0.0


_Way = Callable[[list[str], Written, list[Run], list[int], TermPair], list[Scored]]


class TermPlacer:
    """Puts terms into drafts, with one direction of a model."""

    def __init__(self, decoder: AligningDecoder, tokens: AligningTokens, target: Language, **options: Any) -> None:
        self._decoder, self._tokens, self._target, self._options = decoder, tokens, target, options

    def versions(self, segment: Segment, draft: str) -> list[Candidate]:
        """Drafts with the terms of the segment that `draft` lacks, the best first; [] where none can be had.

        Those that keep the rest of the draft come first: it has passed checks that the model knows nothing of.
        """
        row = [*self._tokens.start, *self._tokens.encode(segment), *self._tokens.end]
        if not draft.strip() or not lacking(draft, segment, self._target) or len(row) > self._decoder.longest:
            return []
        near = self._completed(segment, row, [draft], self._near)[: VERSIONS // 2]
        begun = [version.text for version in near[:1] if lacking(version.text, segment, self._target)]
        return [*near, *self._completed(segment, row, [draft, *begun], self._onward)][:VERSIONS]

    def _completed(self, segment: Segment, row: list[str], texts: Sequence[str], way: _Way) -> list[Candidate]:
        """One term after the other, and those that went lost on the way once more."""
        drafts, found = [Candidate(text) for text in texts], dict[str, Candidate]()
        for _ in range(len(segment.terms) + _MORE):
            versions = [version for kept in drafts for version in self._next(segment, row, kept.text, way)]
            versions = [version for version in versions if version.text not in found]
            found |= {version.text: version for version in versions}
            drafts = self._best([v for v in versions if lacking(v.text, segment, self._target)], segment)[:_KEPT]
            if not drafts:
                break
        return self._best(list(found.values()), segment)

    def _best(self, versions: list[Candidate], segment: Segment) -> list[Candidate]:
        """Those that lack least first, then the likeliest."""
        return sorted(versions, key=lambda v: (len(lacking(v.text, segment, self._target)), -(v.score or 0.0)))

    def _next(self, segment: Segment, row: list[str], draft: str, way: _Way) -> list[Candidate]:
        """The draft with the first of the terms that it lacks."""
        pair = lacking(draft, segment, self._target)[0]
        written = self._tokens.write(draft)
        heeded = self._heeded(segment, row, pair, written)
        taken = list(_taken(written.text, segment, pair, self._target))
        runs = [run for run in _runs(heeded) if not _is_taken(run, written, taken)][:2]
        return list(way(row, written, runs, _places(heeded, runs, written, self._target), pair))

    def _near(
        self, row: list[str], written: Written, runs: list[Run], places: list[int], pair: TermPair
    ) -> list[Scored]:
        """The draft with nothing changed but the term, where the model can put up with it there."""
        replaced = [self._replaced(written, run, pair) for run in runs]
        # Inside or beside the words that stand for the term it would be said twice.
        between = [place for place in places if all(place < start or place > end for start, end in runs)]
        texts = [*replaced, *(self._inserted(written, place, pair) for place in between)]
        size = len(self._tokens.write(pair.target).tokens)
        whole = self._scored(row, [self._tokens.read(written.text)])[0].score * (len(written.tokens) + 1)
        return [
            version
            for version in self._scored(row, [text for text in texts if _has(text, pair, self._target)])
            if (whole - version.score * (len(self._tokens.write(version.text).tokens) + 1)) / size
            < (_STRAIN if version.text in replaced else _STRAIN_BETWEEN)
        ]

    def _onward(
        self, row: list[str], written: Written, runs: list[Run], places: list[int], pair: TermPair
    ) -> list[Scored]:
        """The draft up to the term, and what the model writes then."""
        lowest = self._scored(row, [self._tokens.read(written.text)])[0].score - _WORSE
        # Where nothing stands for the term, places far from each other are more worth trying than neighbours.
        chosen = places[:_ONWARD] if runs else places[:: max(1, len(places) // (2 * _ONWARD))]
        texts = self._endings(row, written, chosen, pair)
        return [version for version in self._scored(row, texts) if version.score > lowest]

    def _scored(self, row: list[str], texts: list[str]) -> list[Scored]:
        texts = list(dict.fromkeys(texts))
        prefix = list(self._tokens.prefix)
        scores = self._decoder.scores(row, [prefix + self._tokens.write(text).tokens for text in texts])
        return [Scored(text, round(score, 4)) for text, score in zip(texts, scores, strict=True)]

    def _heeded(self, segment: Segment, row: list[str], pair: TermPair, written: Written) -> list[float]:
        """How much of each target token's attention goes to the term."""
        before = len(self._tokens.start)
        places = [before + place for place in self._tokens.source_places(segment, pair)]
        prefix = list(self._tokens.prefix)
        attention = self._decoder.attention(row, prefix + written.tokens)[len(prefix) :]
        return [sum(weights[place] for place in places if place < len(weights)) for weights in attention]

    def _replaced(self, written: Written, run: tuple[int, int], pair: TermPair) -> str:
        start, end = written.spans[run[0]][0], written.spans[run[1] - 1][1]
        start, end = _whole_words(written.text, start, end, self._target)
        start, end = _with_remains(written.text, start, end, pair.target)
        return self._tokens.read(_joined(written.text[:start], pair.target, written.text[end:], self._target))

    def _inserted(self, written: Written, place: int, pair: TermPair) -> str:
        start = written.spans[place][0]
        return self._tokens.read(_joined(written.text[:start], pair.target, written.text[start:], self._target))

    def _endings(self, row: list[str], written: Written, places: list[int], pair: TermPair) -> list[str]:
        """The draft up to each place, the term, and what the model writes then."""
        kept = [written.text[: written.spans[place][0]] for place in places]
        begun = [self._tokens.read(_joined(text, pair.target, "", self._target)) for text in kept]
        tokens = [list(self._tokens.write(text).tokens) for text in begun]
        prefixes = [[*self._tokens.prefix, *given] for given in tokens]
        found = self._decoder.endings(row, prefixes, **self._options | {"num_hypotheses": _ENDINGS})
        return [
            self._tokens.decode([*given, *hypothesis.tokens])
            for given, hypotheses in zip(tokens, found, strict=True)
            for hypothesis in hypotheses
            if hypothesis.finished
        ]


def lacking(text: str, segment: Segment, target: Language) -> list[TermPair]:
    """The terms of a segment that a translation of it has in no allowed form."""
    return [pair for pair in segment.terms if not _has(text, pair, target)]


def _has(text: str, pair: TermPair, target: Language) -> bool:
    return any(contains(form, text, target) for form in (pair.target, *pair.allowed))


def _taken(text: str, segment: Segment, pair: TermPair, target: Language) -> Iterator[tuple[int, int]]:
    """What the segment's other terms have as theirs in the draft."""
    for other in segment.terms:
        if other != pair:
            for form in (other.target, *other.allowed):
                yield from form_places(form, text, target)


def _is_taken(run: tuple[int, int], written: Written, taken: Sequence[tuple[int, int]]) -> bool:
    start, end = written.spans[run[0]][0], written.spans[run[1] - 1][1]
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _runs(heeded: Sequence[float]) -> list[tuple[int, int]]:
    """Runs of tokens that attend to the term, those that do so most first; one token may stray in between."""
    runs: list[tuple[int, int]] = []
    for place, weight in enumerate(heeded):
        if weight < _ATTENDED:
            continue
        if runs and place - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return sorted(runs, key=lambda run: -sum(heeded[run[0] : run[1]]))


def _places(heeded: Sequence[float], runs: Sequence[tuple[int, int]], written: Written, target: Language) -> list[int]:
    """Where the term may begin: at the tokens that attend to it most; anywhere, where none does."""
    text = written.text
    free = [place for place, (start, _) in enumerate(written.spans) if _may_begin(text, start, target)]
    if runs or max(heeded, default=0.0) >= _CERTAIN:
        starts = [start for start, _ in runs]
        return list(dict.fromkeys([*starts, *sorted(free, key=lambda place: -heeded[place])]))[:_PLACES]
    return free[:: max(1, -(-len(free) // _EVERYWHERE))]


def _may_begin(text: str, start: int, target: Language) -> bool:
    return target == "zh" or start == 0 or " " in text[start - 1 : start + 1]


def _whole_words(text: str, start: int, end: int, target: Language) -> tuple[int, int]:
    """A span from which the words that it cuts stick out no more, and the spaces and points at its edges either."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while start and _goes_on(text[start - 1 : start + 1], target):
        start -= 1
    while end < len(text) and _goes_on(text[end - 1 : end + 1], target):
        end += 1
    return start, end


def _with_remains(text: str, start: int, end: int, term: str) -> tuple[int, int]:
    """A span with the beginning of the term before it and the end of it after it: 克|洛伊 for 克洛伊."""
    before = next((size for size in range(len(term), 0, -1) if text[:start].endswith(term[:size])), 0)
    after = next((size for size in range(len(term), 0, -1) if text[end:].startswith(term[-size:])), 0)
    return start - before, end + after


def _goes_on(two: str, target: Language) -> bool:
    """Whether two neighbours belong to one word written in letters."""
    return len(two) == 2 and two.isalnum() and (target == "en" or two.isascii())


def _joined(before: str, term: str, after: str, target: Language) -> str:
    if target == "zh":  # the space that a text begins with in pieces has no place inside
        return before + term + (after.lstrip(" ") if is_chinese(after.lstrip(" ")[:1]) else after)
    left = " " if before[-1:].isalnum() or before.endswith((",", ".", ";", ":", ")")) else ""
    right = " " if after[:1].isalnum() else ""
    return f"{before}{left}{term}{right}{after}"
