"""Where a text's quotations and brackets are, so that a sentence doesn't end within one.

>>> regions = Regions('He said: "We won. We did." Then he left.', "en")
>>> regions.holds(17, 17), regions.closed_at(25, 26)
(True, (9, 26))
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque

from wivtext.records import Language

Span = tuple[int, int]

_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "[": "]"}
_OPENER_OF = {closer: opener for opener, closer in _PAIRS.items()}
_MARKS = re.compile(r"[“”「」『』（）()《》【】\[\]\"‘’]")
# A longer quotation is split into its sentences: nobody wants to read or translate a page as one sentence.
_LONGEST: dict[Language, int] = {"en": 400, "zh": 160}
# Openers waiting for their closers: a bound, so that hostile text stays cheap.
_DEEPEST = 16


class Regions:
    """The quotations and brackets of one paragraph. An opener without a closer opens nothing: it swallows no text."""

    def __init__(self, text: str, language: Language) -> None:
        closed = sorted(span for span in _closed(text) if span[1] - span[0] <= _LONGEST[language])
        self._by_end = {end: (start, end) for start, end in reversed(closed)}
        self._outermost: list[Span] = []
        for span in closed:
            if not self._outermost or span[1] > self._outermost[-1][1]:
                self._outermost.append(span)
        self._starts = [start for start, _ in self._outermost]

    def holds(self, stop: int, closers: int) -> bool:
        """Whether a sentence end lies inside a region: its stop before `stop`, its closing marks before `closers`."""
        nearest = bisect_right(self._starts, stop - 1) - 1
        return nearest >= 0 and self._outermost[nearest][1] > closers

    def closed_at(self, stop: int, closers: int) -> Span | None:
        """The outermost region that the closing marks between `stop` and `closers` close."""
        if stop == closers:
            return None
        closed = [self._by_end[end] for end in range(stop + 1, closers + 1) if end in self._by_end]
        return min(closed, default=None)

    def opened_at(self, position: int) -> Span | None:
        """The outermost region that begins at `position`."""
        nearest = bisect_right(self._starts, position) - 1
        return self._outermost[nearest] if nearest >= 0 and self._starts[nearest] == position else None

    def before(self, position: int) -> Span | None:
        """The last outermost region that begins before `position`."""
        nearest = bisect_right(self._starts, position - 1) - 1
        return self._outermost[nearest] if nearest >= 0 else None


def _closed(text: str) -> list[Span]:
    """Every pair of marks; an apostrophe is none, and a straight quote opens or closes by what stands around it."""
    waiting: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_DEEPEST))
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        mark, position = match[0], match.start()
        opener = _opens(text, position, mark, waiting)
        if opener:
            waiting[opener].append(position)
        elif (closes := _closes(text, position, mark)) and waiting[closes]:
            found.append((waiting[closes].pop(), position + 1))
    return found


def _opens(text: str, position: int, mark: str, waiting: dict[str, deque[int]]) -> str:
    if mark in _PAIRS or mark == "‘":
        return mark
    if mark != '"' or not text[position + 1 : position + 2].strip():
        return ""
    before = text[position - 1] if position else " "
    if before.isspace() or before in "([（“—–":
        waiting[mark].clear()
        return mark
    # Chinese sets no space before a quote; after a Latin letter or figure it is a closing one, or inches.
    return mark if not waiting[mark] and not before.isascii() else ""


def _closes(text: str, position: int, mark: str) -> str:
    if mark == '"':
        return mark
    if mark == "’":
        return "" if text[position + 1 : position + 2].isalnum() else "‘"
    return _OPENER_OF.get(mark, "")
