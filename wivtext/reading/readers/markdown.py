r"""Markdown: front matter, headings, lists and tables as text, emphasis and links without their marks.

>>> page = read("---\nsource: 新华社\n---\n# 大会开幕\n\n**主持人：** 欢迎。\n\n- 第一项\n".encode(), "a.md")
>>> page.title, [paragraph.text for paragraph in page.paragraphs], page.origin
('大会开幕', ['大会开幕', '主持人： 欢迎。', '第一项'], {'source': '新华社'})
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from wivtext.language import HAN
from wivtext.reading import encodings, paragraphs
from wivtext.reading.readers import Block, Kind, Page, page
from wivtext.reading.readers.blocks import with_turns
from wivtext.reading.readers.frontmatter import take_front_matter
from wivtext.reading.readers.text import kind_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}，。、；：？！”」』）])\n(?=[{HAN}“「『（])")
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,300}\]:[^\n]{1,2000}$", re.MULTILINE)
# Characters that are parsed at once: a parser's tree takes a hundred times their room. A piece ends before a paragraph
# or a heading, past the second limit at any empty line, past the third at any line.
_PIECE, _LONG_PIECE, _LONGEST_PIECE = 100_000, 400_000, 1_000_000


def read(data: bytes, name: str) -> Page:
    """The page of a Markdown file. Raises `DocumentError` where it is no text or its front matter is no YAML."""
    origin, text = take_front_matter(encodings.decode(data, name), name)
    title = origin.pop("title", "")
    return page(with_turns(block for tokens in _parsed(text) for block in _blocks(tokens)), title, origin)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _parsed(text: str) -> Iterator[list[Token]]:
    """The text's tokens, those of a long one piece by piece; a link's address may stand in another piece."""
    if len(text) <= _PIECE:
        yield _parser().parse(text)
        return
    known: dict[str, object] = {}
    _parser().parse("\n\n".join(_DEFINITION.findall(text)), known)
    for piece in _pieces(text):
        yield _parser().parse(piece, known)


def _pieces(text: str) -> Iterator[str]:
    """Parts of a text that can be parsed alone: none ends within a fenced block, none if possible within a list."""
    start = place = 0
    fence, blank = "", True
    for line in text.splitlines(keepends=True):
        size, mark = place - start, _FENCE.match(line)
        begins = blank and (line[0].isalpha() or line[0] == "#") and not fence
        if (begins and size >= _PIECE) or (blank and size >= _LONG_PIECE) or size >= _LONGEST_PIECE:
            yield text[start:place]
            start, fence = place, ""
        if mark:
            fence = mark[1] if not fence else "" if mark[1] == fence else fence
        place += len(line)
        blank = line.isspace()
    yield text[start:]


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks of a parsed document, in order; a table's row is one block."""
    kind: Kind = "text"
    depth = 0
    cells: list[str] | None = None
    for token in tokens:
        if token.type.startswith("list_item"):
            depth += token.nesting
        elif token.type.startswith("heading"):
            kind = "heading" if token.nesting == 1 else "text"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield from _lines(" | ".join(cell for cell in cells or () if cell), "text")
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(_plain(token.children or ()))
        elif token.type == "inline":
            yield from _lines(_plain(token.children or ()), "item" if depth and kind == "text" else kind)
        elif token.type in ("fence", "code_block"):
            yield from _lines(token.content, "text")
        elif token.type == "html_block":
            yield from _lines(_TAG.sub("", _COMMENT.sub("", token.content)), "text")


def _plain(children: Sequence[Token]) -> str:
    """What is left to read of a line: text, code and the text of links; no image, no tag."""
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and token.content[:3] == "<br"):
            parts.append("\n")
    return "".join(parts)


def _lines(text: str, kind: Kind) -> Iterator[Block]:
    """The paragraphs of a block: wrapped lines joined, other lines each for itself."""
    for start, end in paragraphs.spans(text):
        line = _BETWEEN_HAN.sub("", text[start:end]).replace("\n", " ")
        yield Block(line, kind_of(line) if kind == "text" else kind)
