"""Quoted text: which characters of a document stand inside quotation marks, across sentences and paragraphs.

>>> quoted("“A,” he said. “B.”")
[(0, 4), (14, 18)]
>>> quoted("他说：“质量第一。”")
[(3, 10)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_PARAGRAPHS = 6
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
    return _scan(text)[0]


def quoted_across(paragraphs: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Spans of the quotations of a document, from (offset, text) of its paragraphs.

    A quotation that a paragraph leaves open goes on where the next one opens it anew, as long quotations are printed,
    or where one of the next closes it; otherwise it ends with its paragraph.

    >>> quoted_across([(0, "“One."), (6, "“Two,” she said.")]), quoted_across([(0, "“一。"), (4, "二。”"), (8, "三。")])
    ([(0, 12)], [(0, 7)])
    """
    spans: list[tuple[int, int]] = []
    begun, opener = -1, ""
    for index, (offset, text) in enumerate(paragraphs):
        inside = begun >= 0 and _goes_on(paragraphs[index : index + _PARAGRAPHS], opener)
        if begun >= 0 and not inside:
            before, words = paragraphs[index - 1]
            spans.append((begun, before + len(words)))
            begun = -1
        found, left = _scan(text, opener if inside and not text.startswith(opener) else "")
        for start, end in found:
            spans.append((begun if begun >= 0 and start == 0 else offset + start, offset + end))
            begun = -1 if start == 0 else begun
        if left:
            begun, opener = spans.pop()[0], left
    if begun >= 0:
        spans.append((begun, paragraphs[-1][0] + len(paragraphs[-1][1])))
    return spans


def _goes_on(paragraphs: Sequence[tuple[int, str]], opener: str) -> bool:
    """Whether the quotation before these paragraphs is opened anew by the first, or closed by one of them."""
    closer = _CLOSERS[opener]
    if paragraphs[0][1].startswith(opener):
        return True
    for _, text in paragraphs:
        for position, character in enumerate(text):
            if character == closer and (closer != opener or not _opens(text, position)):
                return True
            if character in _CLOSERS:
                return False
    return False


def _opens(text: str, position: int) -> bool:
    """Whether a straight mark stands where one opens: at the start, or after a space or a bracket."""
    return position == 0 or text[position - 1].isspace() or text[position - 1] in "([—–"


def _scan(text: str, opener: str = "") -> tuple[list[tuple[int, int]], str]:
    """The quotations of a paragraph that begins inside one of `opener`, and the mark of one that stays open."""
    spans: list[tuple[int, int]] = []
    closer, depth = _CLOSERS.get(opener, ""), 1
    start = 0 if opener else -1
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
    return spans, opener if start >= 0 else ""


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
