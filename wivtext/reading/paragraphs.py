r"""Where the paragraphs of plain text are: at blank lines, and at line ends unless the text is hard-wrapped.

>>> text = "One paragraph.\nAnother one.\n\nA third."
>>> [text[start:end] for start, end in spans(text)]
['One paragraph.', 'Another one.', 'A third.']
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from wivtext.language import HAN

_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[-*•·●▪◦–]\s|\d{1,3}[.)、]\s|[（(]?[一二三四五六七八九十\d]{1,3}[)）、])")
_SENTENCE_END = re.compile(r"[.!?。！？…：:;；][\"”’'」』)）\]]*\s*$")
_GOES_ON = re.compile(rf"[a-z0-9(“\"{HAN}]")
_FIRST_WORD = re.compile(rf"\s*(?:[{HAN}]|[^\s{HAN}]+)")
# Nobody wraps lines wider than this: longer lines are paragraphs of their own.
_WIDEST = 120
_NARROWEST = 30
# Not every line is filled to the last column: some programs even the lines out.
_NEARLY = 0.85

Span = tuple[int, int]


def spans(text: str) -> list[Span]:
    r"""The paragraphs of `text`, without the white space around them.

    Hard-wrapped lines (an e-mail, an RFC) are joined: the next line's first word would not have fitted on the line.

    >>> text = "A sentence that runs on over the\nend of the line it began on, up to\nhere.\nAnd a new one."
    >>> [text[start:end].split()[0] for start, end in spans(text)]
    ['A', 'And']
    """
    lines = [_trim(text, match.start(), match.end()) for match in _LINE.finditer(text) if not match[0].isspace()]
    width = _wrapped_at(text, lines)
    found: list[Span] = []
    for line in lines:
        if found and width and _joined(text, found[-1], line, width):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _wrapped_at(text: str, lines: list[Span]) -> int:
    """The column the text is wrapped at, 0 when it is not: then too few lines break off in mid-sentence."""
    width = max((_columns(text[start:end]) for start, end in lines if end - start <= _WIDEST), default=0)
    if not _NARROWEST <= width <= _WIDEST or any(end - start > _WIDEST for start, end in lines):
        return 0
    breaks = [(before, after) for before, after in pairwise(lines) if _adjacent(text, before, after)]
    unfinished = [
        pair for pair in breaks if not _SENTENCE_END.search(text, max(pair[0][0], pair[0][1] - 10), pair[0][1])
    ]
    broken_off = sum(_breaks_off(text, before, after, width) for before, after in unfinished)
    return width if broken_off and broken_off >= 0.5 * len(unfinished) else 0


def _breaks_off(text: str, before: Span, after: Span, width: int) -> bool:
    return bool(_GOES_ON.match(text, after[0])) and not _ITEM.match(text, *after) and _full(text, before, after, width)


def _joined(text: str, paragraph: Span, line: Span, width: int) -> bool:
    if not _adjacent(text, paragraph, line) or _ITEM.match(text, *line):
        return False
    last = (text.rfind("\n", *paragraph) + 1 or paragraph[0], paragraph[1])
    return _full(text, last, line, width)


def _full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the line after would hardly have fitted on this one."""
    word = _FIRST_WORD.match(text, *after)
    return _columns(text[line[0] : line[1]]) + _columns(word[0] if word else "") + 1 > _NEARLY * width


def _adjacent(text: str, before: Span, after: Span) -> bool:
    return text.count("\n", before[1], after[0]) == 1


def _columns(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
