"""Readers, one module a format: bytes in, a `Page` out.

>>> reader_of(".md").__name__
'wivtext.reading.readers.markdown'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Literal, Protocol, cast

from wivtext.records import Paragraph

Kind = Literal["text", "heading", "item", "turn", "caption"]

READERS = {
    ".txt": "wivtext.reading.readers.text",
    ".md": "wivtext.reading.readers.markdown",
    ".markdown": "wivtext.reading.readers.markdown",
    ".html": "wivtext.reading.readers.html",
    ".htm": "wivtext.reading.readers.html",
    ".docx": "wivtext.reading.readers.docx",
    ".vtt": "wivtext.reading.readers.captions",
    ".srt": "wivtext.reading.readers.captions",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader makes of a file: text, its paragraphs, and which of them (if any) is the title.

    `title` is "" where the file names none; `shown` is the index of the paragraph that shows it, and only that.
    `origin` holds what the file says about itself (date, source, url, author, language).
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    shown: int | None = None
    origin: dict[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """A module that reads one format."""

    __name__: str

    def read(self, data: bytes, name: str) -> Page:
        """The page that `data` holds. Raises `DocumentError`, naming the file as `name`."""


def reader_of(suffix: str) -> Reader:
    """The reader for files ending in `suffix`. Raises `KeyError`."""
    return cast("Reader", import_module(READERS[suffix.lower()]))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph that has no place in a text yet."""

    text: str
    kind: Kind = "text"
    label: str | None = None


def page(blocks: Iterable[Block], title: str = "", origin: dict[str, str] | None = None) -> Page:
    r"""A page with the blocks set one under the other, an empty line between them.

    The first block is the title where it is a heading and no other title is given, or the one given.

    >>> page([Block("Results", "heading"), Block("Sales rose.")]).text
    'Results\n\nSales rose.'
    """
    paragraphs: list[Paragraph] = []
    start = 0
    for block in blocks:
        end = start + len(block.text)
        paragraphs.append(Paragraph(len(paragraphs), start, end, block.text, block.kind, block.label))
        start = end + 2
    text = "\n\n".join(paragraph.text for paragraph in paragraphs)
    return titled(Page(text, tuple(paragraphs), title, None, origin or {}))


def titled(page: Page) -> Page:
    """The page with its first heading taken as the title where it is that, or where no other is known."""
    first = page.paragraphs[0] if page.paragraphs else None
    if first is None or page.shown is not None or len(page.paragraphs) == 1:
        return page
    if first.text == page.title or (first.kind == "heading" and not page.title):
        paragraphs = (replace(first, kind="heading", label=None), *page.paragraphs[1:])
        return replace(page, title=first.text, shown=0, paragraphs=paragraphs)
    return page
