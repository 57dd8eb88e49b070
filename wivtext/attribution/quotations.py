"""Quoted text: which characters of a document stand inside quotation marks, across sentences and paragraphs.

>>> quoted("“A,” he said. “B.”")
[(0, 4), (14, 18)]
>>> quoted("他说：“质量第一。”")
[(3, 10)]
"""

from __future__ import annotations

from dataclasses import dataclass

_CLOSERS = {"“": "”", "「": "」", "『": "』", '"': '"', "«": "»", "„": "“", "‟": "”"}


@dataclass(frozen=True, slots=True)
class Quoting:
    """How one sentence stands to quotation marks; spans count from the sentence's start, marks included.

    `opens_inside`: the sentence begins within a quotation of an earlier one; `stays_open`: it ends within one.
    """

    spans: tuple[tuple[int, int], ...]
    opens_inside: bool
    stays_open: bool

    @property
    def length(self) -> int:
        """Characters inside quotation marks."""
        return sum(end - start for start, end in self.spans)


def quoted(text: str) -> list[tuple[int, int]]:
    """Spans of the quotations of a paragraph, marks included; one that is never closed runs to the end.

    Quotations inside quotations belong to the outer one. A straight mark closes what a straight mark opened.
    """
    spans: list[tuple[int, int]] = []
    start, closer, opener, depth = -1, "", "", 0
    for position, character in enumerate(text):
        if start < 0:
            if character in _CLOSERS:
                start, closer, opener, depth = position, _CLOSERS[character], character, 1
        elif character == closer:
            depth -= 1
            if depth == 0:
                spans.append((start, position + 1))
                start = -1
        elif character == opener and position + 1 < len(text) and not _reopens(text, position):
            depth += 1
    if start >= 0:
        spans.append((start, len(text)))
    return spans


def _reopens(text: str, position: int) -> bool:
    """Whether an opening mark begins a new paragraph of one long quotation (each opens, only the last closes)."""
    return position == 0 or text[position - 1] == "\n"


def quoting(sentences: list[tuple[int, int]], spans: list[tuple[int, int]]) -> list[Quoting]:
    """For each sentence, in order, its part of the quotations; all offsets count in the same text."""
    result: list[Quoting] = []
    first = 0
    for start, end in sentences:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        inside = []
        for index in range(first, len(spans)):
            if spans[index][0] >= end:
                break
            inside.append(spans[index])
        cut = tuple((max(a, start) - start, min(b, end) - start) for a, b in inside)
        opens = bool(inside) and inside[0][0] < start
        stays = bool(inside) and inside[-1][1] > end
        result.append(Quoting(cut, opens, stays))
    return result
