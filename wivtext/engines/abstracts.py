"""Summaries in a model's own words: a passage in parts that the model takes, each line with the sentences behind it.

The models (BART, Pegasus, mT5) were trained to write a sentence or three about a text, so that a passage with room for
eight points is given to them in parts. A line that its sentences don't bear out gives way to the likeliest of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any

from wivtext.engines import Passage, Segment
from wivtext.engines.decoding import Decoder, room
from wivtext.engines.sequences import LOOP, split_long
from wivtext.engines.support import chosen_instead, nearest, refusals, replacement, strange, subject
from wivtext.engines.written import Tokens
from wivtext.reading import sentences
from wivtext.records import Finding, Language, Point, Sentence

log = logging.getLogger(__name__)

SMALLEST_PART = 160  # tokens: less is no text to sum up
MOST_SUPPORT = 3  # sentences that one line may draw together


class Abstracts:
    """A summarizer made of a decoder and a model's tokens; `options` are the model's own (see `Architecture`)."""

    def __init__(self, decoder: Decoder, tokens: Callable[[Language], Tokens], options: dict[str, Any]) -> None:
        self._decoder, self._tokens, self._options = decoder, tokens, options
        self._known: dict[Language, Tokens] = {}
        self._long: set[str] = set()

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        """The points of each passage in the order of their sentences, at most `limit`."""
        return [self._points(passage) for passage in passages]

    def _points(self, passage: Passage) -> tuple[Point, ...]:
        if len(passage.sentences) < 2:
            return tuple(Point(sentence.text, (sentence.index,)) for sentence in passage.sentences[: passage.limit])
        found = [self._of_part(part, passage) for part in self._parts(passage)]
        self._note_silence(found, passage)
        in_turn = [point for point in chain.from_iterable(zip_longest(*found)) if point is not None]
        kept = list({point.text: point for point in reversed(in_turn)}.values())[::-1][: passage.limit]
        return tuple(sorted(kept, key=lambda point: point.sentences))

    def _note_silence(self, found: Sequence[Sequence[Point]], passage: Passage) -> None:
        """One line for all parts about which the model writes nothing that can be used."""
        silent = sum(not any(point.generated or _is_refused(point) for point in points) for points in found)
        if silent and passage.limit > 0:
            of_all = f" for {silent} of {len(found)} parts" if len(found) > 1 else ""
            log.warning(
                "%sno summary%s in the answers of the model: sentences were chosen instead", subject(passage), of_all
            )

    def _of_part(self, part: tuple[Sentence, ...], passage: Passage) -> Sequence[Point]:
        """The points of a part; sentences of it where the model writes nothing about it that can be used."""
        points = supported_points(self._write(part, passage.language), part, passage)
        if points or passage.limit < 1:
            return points
        few = replace(passage, sentences=part, limit=max(1, passage.limit // 2), speakers=())
        first, last = part[0].index + 1, part[-1].index + 1
        where = f"sentence {first}" if first == last else f"sentences {first} to {last}"
        return chosen_instead(few, f"the model about {where}")

    def _parts(self, passage: Passage) -> Iterator[tuple[Sentence, ...]]:
        """Runs of sentences: half as many as points are wanted, but no longer than the model takes, nor too short."""
        tokens = self._of(passage.language)
        lengths = [len(tokens.encode(Segment(sentence.text))) for sentence in passage.sentences]
        wanted = sum(lengths) // max(1, passage.limit // 2)
        budget = min(max(SMALLEST_PART, wanted), self._decoder.longest - _around(tokens))
        part: list[Sentence] = []
        size = 0
        for sentence, length in zip(passage.sentences, lengths, strict=True):
            if part and size + length > budget:
                yield tuple(part)
                part, size = [], 0
            part.append(sentence)
            size += length
        yield tuple(part)

    def _write(self, part: Sequence[Sentence], language: Language) -> str:
        """What the model writes about a part; nothing where it finds no end."""
        tokens = self._of(language)
        joint = " " if language == "en" else ""
        body = tokens.encode(Segment(joint.join(sentence.text for sentence in part)))
        written = []
        runs = split_long(body, self._decoder.longest - _around(tokens))
        if len(runs) > 1 and part[0].text not in self._long:
            self._long.add(part[0].text)
            log.warning(
                "sentence %d is longer than the model takes: summed up in %d parts", part[0].index + 1, len(runs)
            )
        for run in runs:
            row = [*tokens.start, *run, *tokens.end]
            best = self._decoder.decode([row], tokens.prefix, **self._decoding(len(row)))[0][0]
            written += [tokens.decode(best.tokens)] if best.finished else []
        return joint.join(written)

    def _decoding(self, length: int) -> dict[str, Any]:
        """The model's own way of decoding; its limit only where there is more room in it than a summary needs."""
        options = self._options
        return {
            "beam_size": options.get("num_beams", LOOP),
            "length_penalty": options.get("length_penalty", 1.0),
            "no_repeat_ngram_size": options.get("no_repeat_ngram_size", LOOP),
            "min_decoding_length": min(options.get("min_length", 1), max(1, length // 4)),
            "max_decoding_length": min(
                max(2 * options.get("max_length", 128), 128), room(length, self._decoder.longest)
            ),
        }

    def _of(self, language: Language) -> Tokens:
        if language not in self._known:
            self._known[language] = self._tokens(language)
        return self._known[language]


def supported_points(text: str, part: Sequence[Sentence], passage: Passage) -> list[Point]:
    """A point for each sentence of `text`, with those of `part` that bear it out, or else the likeliest in its place.

    >>> said = Sentence(4, 0, 25, "Sales rose 12% last year.", 0, "en")
    >>> supported_points("Sales rose by 12%. Sales fell by 9%.", [said], Passage((said,), "en", 3))
    [Point(text='Sales rose by 12%.', sentences=(4,), generated=True), \
Point(text='Sales rose 12% last year.', sentences=(4,), generated=False)]
    """
    lines = [text[start:end].strip() for start, end in sentences.split(text, passage.language)]
    points = [_point(line, part, passage) for line in lines if line]
    return [point for point in points if point is not None]


def _point(line: str, part: Sequence[Sentence], passage: Passage) -> Point | None:
    cited: list[Sentence] = []
    first: tuple[Finding, ...] = ()
    for _ in range(MOST_SUPPORT):
        another = nearest(line, [sentence for sentence in part if sentence not in cited])
        if another is None:
            break
        cited.append(another)
        reasons = strange(line, cited) or refusals(line, cited, passage)
        if not reasons:
            return Point(line, tuple(sorted(sentence.index for sentence in cited)), generated=True)
        first = first or reasons
    return replacement(line, cited[0], first) if cited else None


def _is_refused(point: Point) -> bool:
    return any(finding.message.startswith("refused") for finding in point.findings)


def _around(tokens: Tokens) -> int:
    return len(tokens.start) + len(tokens.end)
