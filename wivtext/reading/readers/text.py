"""Plain text: the file's own characters, its paragraphs found, the first line taken as the title where one follows.

>>> page = read(b"Sales rise\\n\\nSales rose in May. Exports did too.", "sales.txt")
>>> page.title, [paragraph.kind for paragraph in page.paragraphs]
('Sales rise', ['heading', 'text'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.reading import encodings, paragraphs
from wivtext.reading.readers import Kind, Page, labels
from wivtext.reading.readers.frontmatter import take_front_matter
from wivtext.reading.titles import without_dateline
from wivtext.records import Paragraph

_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n")
_ITEM = re.compile(r"(?:[-*•·●▪◦–]|\d{1,3}[.)、]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*\S")
_CAPTION = re.compile(
    r"[（(]?(?:Photo|Image|Picture|Caption|Credit|图片来源|图源|图为|图：|图/|摄影：|（图)"
    r"|.{0,300}[（(](?:Photo|Image|Picture|Photograph|Xinhua|图片来源|图源|图|摄|资料图|供图)[^()（）]{0,40}[)）][.。]?$",
    re.IGNORECASE,
)
# A first line longer than this, or of several sentences, is a paragraph that happens to stand first.
_LONGEST_TITLE = 200
_LONG = 14  # words, half as many as hanzi: a title with a full stop is shorter
_STOP = re.compile(r"[.。][\"”’」]?$")
_HANZI = re.compile("[\u4e00-\u9fff]")
_SENTENCES = re.compile(r".*(?:[a-z)%\d]{2}[.!?][\"”’]?\s|[。！？]).*[.。][\"”’」]?$")


def read(data: bytes, name: str) -> Page:
    """The page of a .txt file. Raises `DocumentError` where it is no text."""
    return page_of(encodings.decode(data, name), name)


def page_of(text: str, name: str) -> Page:
    """The page of a text that is decoded already."""
    origin, text = take_front_matter(text, name)
    title = origin.pop("title", "")
    found = paragraphs.spans(text)
    parts = _paragraphs(text, found)
    shown = _title_line(text, parts, title)
    if shown and parts[0].kind != "turn":
        parts[0] = Paragraph(0, parts[0].start, parts[0].end, parts[0].text, "heading")
        title = parts[0].text
    return Page(text, tuple(parts), title, 0 if shown else None, origin)


def _paragraphs(text: str, found: Sequence[paragraphs.Span]) -> list[Paragraph]:
    texts = [text[start:end] for start, end in found]
    turns = labels.turns(texts)
    return [
        Paragraph(
            index, start, end, texts[index], "turn" if turn else kind_of(texts[index]), turn.name if turn else None
        )
        for index, ((start, end), turn) in enumerate(zip(found, turns, strict=True))
    ]


def kind_of(paragraph: str) -> Kind:
    """What a paragraph without markup is by its looks.

    >>> kind_of("1. Cheaper batteries"), kind_of("The cars of tomorrow. (Photo/WIV)"), kind_of("(Photo: Li Lei)")
    ('item', 'caption', 'caption')
    """
    if _CAPTION.match(paragraph):
        return "caption"
    return "item" if _ITEM.match(paragraph) else "text"


def _title_line(text: str, parts: Sequence[Paragraph], title: str) -> bool:
    """Whether the first paragraph is the title: one line, a blank line after it, more text to come."""
    if len(parts) < 2 or parts[0].kind == "turn":
        return False
    first = parts[0]
    if title:
        return first.text == title
    line = "\n" not in first.text and bool(_BLANK_LINE.match(text, first.end))
    return line and len(first.text) <= _LONGEST_TITLE and not _is_lead(first.text)


def _is_lead(line: str) -> bool:
    """Whether a first line is an article's first sentence: behind a dateline, or a long one with a full stop.

    >>> _is_lead("OSLO, May 3 (Reuters) - Ferries stopped."), _is_lead("Ferries stop."), _is_lead("渡轮停航")
    (True, False, False)
    """
    if without_dateline(line) != line or _SENTENCES.match(line):
        return True
    return _STOP.search(line) is not None and (len(line.split()) > _LONG or len(_HANZI.findall(line)) > 2 * _LONG)
