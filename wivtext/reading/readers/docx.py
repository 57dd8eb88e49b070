"""Word: paragraphs, headings, list items and the cells of tables, in the order of the document.

A title is the paragraph styled Title, else the first heading, else a first line that looks like one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from wivtext.errors import DocumentError
from wivtext.reading import encodings
from wivtext.reading.readers import Block, Kind, Page, page
from wivtext.reading.readers.blocks import with_turns
from wivtext.reading.readers.text import kind_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# A small .docx can hold gigabytes: refused before anything is unpacked.
LARGEST = 200 * 1024 * 1024
_HEADING = re.compile(r"(?:heading|title|标题|標題|überschrift|titre)", re.IGNORECASE)
_ITEM = re.compile(r"(?:list|列表|列出|清单|項目)", re.IGNORECASE)
_STOPS = re.compile(r"[.。！!？?；;:：，,][”\"’』」]?$")
_LONGEST_TITLE = 100
_TEMPLATE_AUTHOR = "python-docx"


def read(data: bytes, name: str) -> Page:
    """The page of a .docx file. Raises `DocumentError` where it is damaged, something else, or too large unpacked."""
    document = _open(data, name)
    try:
        # Looked up once: python-docx searches all styles for each paragraph.
        styles = {style.style_id: style.name or "" for style in document.styles}
        blocks = list(_blocks(document.element.body, styles))
        # When the file was made says nothing about when the news was; who made it is often the author.
        author = document.core_properties.author
    except Exception as error:  # a part that is missing or is something else
        raise _damaged(name, error) from None
    if not blocks:
        raise DocumentError(f"{name}: no text in this document; if it holds scanned pages, type them out first")
    return page(with_turns(_headed(blocks)), "", {"author": author} if author and author != _TEMPLATE_AUTHOR else {})


def _open(data: bytes, name: str) -> WordDocument:
    import docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(f"{name}: an old or encrypted Word file; open it in Word and save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            known = "word/document.xml" in archive.namelist() or "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise DocumentError(f"{name}: damaged, or no .docx file at all; open it in Word and save it again") from None
    if not known:
        raise DocumentError(f"{name}: a zip archive, not a Word document; unpack it and name the documents in it")
    if size > LARGEST:
        raise DocumentError(f"{name}: {size >> 20} MB when unpacked, more than {LARGEST >> 20} MB; save it as .txt")
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever its parsers raise
        raise _damaged(name, error) from None


def _damaged(name: str, error: Exception) -> DocumentError:
    return DocumentError(f"{name}: damaged ({type(error).__name__}); open it in Word and save it again")


def _blocks(parent: Any, styles: Mapping[str, str]) -> Iterator[Block]:
    """Paragraphs and tables as they follow each other; content controls are looked into."""
    from docx.oxml.ns import qn

    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            yield from _paragraph(element, styles)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, qn)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _blocks(element, styles)


def _paragraph(paragraph: Any, styles: Mapping[str, str]) -> Iterator[Block]:
    style = styles.get(paragraph.style or "", "")
    numbered = paragraph.pPr is not None and paragraph.pPr.numPr is not None
    for line in _shown(paragraph).split("\n"):
        text = _line(line)
        if not text:
            continue
        kind: Kind = kind_of(text)
        if style.lower() == "caption" or style == "题注":
            kind = "caption"
        elif _HEADING.search(style):
            kind = "heading"
        elif numbered or _ITEM.search(style):
            kind = "item"
        yield Block(text, kind)


def _shown(element: Any) -> str:
    """The text of a paragraph as it shows: insertions and hyperlinks in, deletions and field codes out."""
    from docx.oxml.ns import qn

    marks = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    parts = []
    for node in element.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in marks and node.getparent().tag == qn("w:r"):
            parts.append(marks[node.tag])
    return "".join(parts)


def _table(table: Any, qn: Any) -> Iterator[Block]:
    """A block a row, its cells side by side; a cell that spans several columns is there once."""
    for row in table.iterchildren(qn("w:tr")):
        cells = []
        for cell in row.iterchildren(qn("w:tc")):
            lines = [_line(_shown(paragraph)) for paragraph in cell.iter(qn("w:p"))]
            cells.append(" ".join(line for line in lines if line))
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield Block(text, kind_of(text))


def _headed(blocks: list[Block]) -> list[Block]:
    """The blocks, a first line that looks like a title made a heading where none is styled as one."""
    first = blocks[0]
    plain = first.kind == "text" and len(first.text) <= _LONGEST_TITLE and not _STOPS.search(first.text)
    if plain and len(blocks) > 1 and "|" not in first.text:
        return [Block(first.text, "heading"), *blocks[1:]]
    return blocks


def _line(text: str) -> str:
    return " ".join(encodings.normalise(text).split())
