"""Sequence-to-sequence models as translators: segments into rows of tokens, through a decoder, into candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from wivtext.engines import Candidate, Segment
from wivtext.engines.decoding import PATIENCE, AligningDecoder, Decoder, Hypothesis
from wivtext.engines.placing import TermPlacer
from wivtext.engines.written import AligningTokens, Tokens
from wivtext.records import Language

LOOP = 4  # a row that finds no end is tried again without repeating any four tokens
KEPT = 1024  # rows whose hypotheses are remembered: what failed a check is soon asked for its others

Choose = Callable[[Segment, Sequence[Candidate]], Candidate]

_BREAKS = frozenset("，。；：、！？,.;:!?")


class SequenceTranslator:
    """One direction of a model: its tokens and its decoder."""

    def __init__(
        self, decoder: Decoder, tokens: Tokens, joint: str, choose: Choose | None = None, **options: Any
    ) -> None:
        """`joint` stands between the parts of a text that was too long; `options` are the decoder's.

        `choose` takes one of a segment's candidates, the beam's; without it, that is the model's first.
        """
        self._decoder, self._tokens, self._joint, self._options = decoder, tokens, joint, options
        self._choose = choose
        self._kept: dict[tuple[str, ...], list[Hypothesis]] = {}

    def translate(self, segments: Sequence[Segment]) -> list[Candidate]:
        """A candidate for each segment; one that finds no end, even when told not to repeat itself, is empty."""
        groups = [self._rows(segment) for segment in segments]
        rows = [row for group in groups for row in group]
        several = {"num_hypotheses": self._options.get("beam_size", 1) * PATIENCE} if self._choose else {}
        beams = self._decode(rows, **several)
        self._keep(rows, beams)
        found = [_finished(hypotheses) for hypotheses in beams]
        cut = [place for place, hypotheses in enumerate(found) if not hypotheses]
        again = self._decode([rows[place] for place in cut], no_repeat_ngram_size=LOOP)
        for place, hypotheses in zip(cut, again, strict=True):
            found[place] = hypotheses[:1]
        each = iter(found)
        return [
            self._chosen(segment, [next(each) for _ in group]) for segment, group in zip(segments, groups, strict=True)
        ]

    def _chosen(self, segment: Segment, beams: list[list[Hypothesis]]) -> Candidate:
        """The first candidate of a segment, or the one that is chosen where its beam has several."""
        if self._choose is None or len(beams) != 1 or len(beams[0]) < 2:
            return self._candidate([beam[0] for beam in beams])
        candidates = [self._candidate([hypothesis]) for hypothesis in beams[0]]
        return self._choose(segment, candidates)

    def alternatives(self, segments: Sequence[Segment], count: int) -> list[list[Candidate]]:
        """Up to `count` different candidates for each segment, best first: the beam's, and one without repetitions."""
        groups = [self._rows(segment) for segment in segments]
        rows = [row for group in groups for row in group]
        several = iter(self._several(rows, count))
        calm = iter(self._decode(rows, no_repeat_ngram_size=LOOP))
        return [
            self._distinct([next(several) for _ in group], [next(calm)[0] for _ in group])[:count] for group in groups
        ]

    def _several(self, rows: Sequence[Sequence[str]], count: int) -> list[list[Hypothesis]]:
        """The best `count` hypotheses of each row, those that `translate` has met from there."""
        beam = max(count, self._options.get("beam_size", 1))
        kept = self._kept if beam == self._options.get("beam_size", 1) else {}
        known = [kept.get(tuple(row), [])[:count] for row in rows]
        left = [place for place, hypotheses in enumerate(known) if len(hypotheses) < count]
        decoded = self._decode([rows[place] for place in left], beam_size=beam, num_hypotheses=count)
        for place, hypotheses in zip(left, decoded, strict=True):
            known[place] = hypotheses
        return known

    def _keep(self, rows: Sequence[Sequence[str]], beams: list[list[Hypothesis]]) -> None:
        new = {tuple(row): hypotheses for row, hypotheses in zip(rows, beams, strict=True)}
        self._kept = dict(list({**self._kept, **new}.items())[-KEPT:])

    def place_terms(self, segments: Sequence[Segment], drafts: Sequence[str]) -> list[list[Candidate]]:
        """Versions of each draft that have the terms of its segment; none where decoder or tokens can't align."""
        if self._placer is None:
            return [[] for _ in segments]
        return [self._placer.versions(segment, draft) for segment, draft in zip(segments, drafts, strict=True)]

    @cached_property
    def _placer(self) -> TermPlacer | None:
        if not isinstance(self._decoder, AligningDecoder) or not isinstance(self._tokens, AligningTokens):
            return None
        target: Language = "en" if self._joint else "zh"
        return TermPlacer(self._decoder, self._tokens, target, **self._options)

    def _rows(self, segment: Segment) -> list[list[str]]:
        """One row for a segment, none for a blank one, several for one that is longer than the model takes."""
        start, end = list(self._tokens.start), list(self._tokens.end)
        limit = self._decoder.longest - len(start) - len(end)
        body = self._tokens.encode(segment) if segment.text.strip() else []
        if len(body) > limit:
            body = self._tokens.encode(Segment(segment.text))  # a cut must not go through a term
        return [start + run + end for run in split_long(body, limit)] if body else []

    def _decode(self, rows: Sequence[Sequence[str]], **options: Any) -> list[list[Hypothesis]]:
        return self._decoder.decode(rows, self._tokens.prefix, **self._options | options) if rows else []

    def _distinct(self, several: list[list[Hypothesis]], calm: list[Hypothesis]) -> list[Candidate]:
        """The best of the beam, the calm one, the others of the beam; each text once, no empty ones."""
        beams = [list(beam) for beam in zip(*several, strict=False)]
        ordered = [*beams[:-1], calm, *beams[-1:]] if beams else []
        candidates = [self._candidate(hypotheses) for hypotheses in ordered]
        texts = dict.fromkeys(candidate.text for candidate in candidates if candidate.text)
        return [next(candidate for candidate in candidates if candidate.text == text) for text in texts]

    def _candidate(self, hypotheses: list[Hypothesis]) -> Candidate:
        if not hypotheses or not all(hypothesis.finished for hypothesis in hypotheses):
            return Candidate("")
        text = self._joint.join(self._tokens.decode(hypothesis.tokens) for hypothesis in hypotheses)
        lengths = [len(hypothesis.tokens) + 1 for hypothesis in hypotheses]
        total = sum(hypothesis.score * length for hypothesis, length in zip(hypotheses, lengths, strict=True))
        return Candidate(text, round(total / sum(lengths), 4))


def _finished(hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses that have found an end; none where the likeliest has not."""
    return [one for one in hypotheses if one.finished] if hypotheses[0].finished else []


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
