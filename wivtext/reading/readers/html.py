"""HTML: the article of a page, without navigation, comments and advertisements; title, date and address from its head.

>>> data = "<title>大会开幕</title><h1>大会开幕</h1><p>大会30日开幕，为期三天。</p><p>展商超过200家。</p>".encode()
>>> [paragraph.text for paragraph in read(data, "a.html").paragraphs]
['大会开幕', '大会30日开幕，为期三天。', '展商超过200家。']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy
from functools import lru_cache
from typing import Any

from wivtext.errors import DocumentError
from wivtext.reading import encodings
from wivtext.reading.readers import Block, Kind, Page, page
from wivtext.reading.readers.blocks import with_turns
from wivtext.reading.readers.text import kind_of

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_NO_CONTENT = "script|style|noscript|template|svg|nav|header|footer|aside|form|button|select|iframe|head"
_NO_ARTICLE = re.compile(r"\b(?:comments?|nav(?:bar|igation)?|menu|footer|sidebar|breadcrumbs?|related|share|advert)\b")
_LINES = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "li",
    "tr",
    "br",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "td",
    "th",
    "table",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary"}
# Less than this is what is left of a navigation bar.
_SHORTEST = 20
# Deeper trees are not pages that people wrote.
_DEEPEST = 200


def read(data: bytes, name: str) -> Page:
    """The page of an HTML file. Raises `DocumentError` where there is nothing to read in it."""
    text = encodings.decode(data, name, _declared(data))
    article = _article(text)
    blocks = list(_blocks(article.body)) if article is not None and article.body is not None else []
    tree = _tree(text)
    plain = list(_plain_blocks(tree)) if tree is not None else []
    blocks = plain if _flattened(blocks, plain) else _with_repeats(blocks, plain)
    if not plain and sum(len(block.text) for block in blocks) < _SHORTEST:
        raise DocumentError(f"{name}: no article found in this page; save its text as .txt instead")
    title = _line((article.title if article is not None else "") or "") or _head_title(tree)
    return page(with_turns(_title_first(blocks, title, tree)), title, _origin(article))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii").lower() if match else None


def _article(text: str) -> Any:
    """What trafilatura takes for the article, as a tree with its metadata; None where it finds none."""
    import trafilatura

    return trafilatura.bare_extraction(
        text,
        fast=True,
        include_comments=False,
        with_metadata=True,
        config=_config(),
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


@lru_cache(maxsize=1)
def _config() -> ConfigParser:
    """Short articles are articles too: Chinese says much in 200 characters."""
    from trafilatura.settings import DEFAULT_CONFIG

    config: ConfigParser = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")
    return config


def _blocks(body: Any) -> Iterator[Block]:
    """The blocks of trafilatura's tree: head, p, list/item, table/row/cell, quote."""
    for element in body:
        if element.tag == "head":
            yield from _lines(_text(element), "heading")
        elif element.tag == "list":
            for item in element.iter("item"):
                yield from _lines(_text(item), "item")
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = [_line(_text(cell)) for cell in row.iter("cell")]
                yield from _lines(" | ".join(cell for cell in cells if cell), "text")
        elif element.tag in ("quote", "div") and len(element):
            yield from _lines(element.text or "", "text")
            yield from _blocks(element)
        else:
            yield from _lines(_text(element), "text")
        yield from _lines(element.tail or "", "text")


def _text(element: Any) -> str:
    parts = [" ".join((element.text or "").split("\n"))]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _text(child) if child.tag not in ("list", "graphic") else "")
        parts.append(" ".join((child.tail or "").split("\n")))
    return "".join(parts)


def _tree(text: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, ValueError):
        return None


def _plain_blocks(tree: Any) -> Iterator[Block]:
    """Every line of the page that is not plainly navigation: what is left to do when no article is found."""
    lines: list[tuple[str, Kind]] = [("", "text")]
    places = tree.xpath("//article") or tree.xpath("//main") or [tree]
    _collect(places[0], "text", lines, 0)
    for text, kind in lines:
        yield from _lines(text, kind)


def _collect(element: Any, kind: Kind, lines: list[tuple[str, Kind]], depth: int) -> None:
    if not isinstance(element.tag, str) or _skipped(element) or depth > _DEEPEST:
        return
    breaks = element.tag in _LINES or element.tag in _HEADINGS or element.tag == "figcaption"
    if element.tag in _HEADINGS:
        kind = "heading"
    elif element.tag == "li":
        kind = "item"
    elif element.tag == "figcaption":
        kind = "caption"
    if breaks:
        lines.append(("", kind))
    _append(lines, element.text, kind)
    for child in element:
        _collect(child, kind, lines, depth + 1)
        _append(lines, child.tail, kind)
    if breaks:
        lines.append(("", "text"))


def _append(lines: list[tuple[str, Kind]], text: str | None, kind: Kind) -> None:
    if text:
        before, known = lines[-1]
        lines[-1] = (before + text.replace("\n", " "), known if before.strip() else kind)


def _skipped(element: Any) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".lower()
    return element.tag in _NO_CONTENT.split("|") or bool(_NO_ARTICLE.search(named))


def _flattened(blocks: list[Block], plain: list[Block]) -> bool:
    """Whether the page's paragraphs were lost: trafilatura's last resort runs the whole page together."""
    if len(blocks) != 1 or len(plain) < 2:
        return not blocks
    return sum(len(block.text) for block in plain) <= 1.3 * len(blocks[0].text)


def _with_repeats(blocks: list[Block], plain: list[Block]) -> list[Block]:
    """The blocks as often as the page has them: trafilatura may drop a second "Yes." of an interview."""
    known = {block.text: block for block in blocks}
    places = [index for index, line in enumerate(plain) if line.text in known]
    if len(places) <= len(blocks) or not known.keys() <= {line.text for line in plain}:
        return blocks
    first = next(index for index in places if plain[index].text == blocks[0].text)
    return [known[plain[index].text] for index in places if index >= first]


def _title_first(blocks: list[Block], title: str, tree: Any) -> list[Block]:
    """The blocks with the title in front where the page shows it as its main heading."""
    if not title or any(block.text == title for block in blocks[:3]) or tree is None:
        return blocks
    shown = any(_line(heading.text_content()) == title for heading in tree.iter("h1"))
    return [Block(title, "heading"), *blocks] if shown else blocks


def _head_title(tree: Any) -> str:
    title = tree.find(".//title") if tree is not None else None
    return _line(title.text_content()) if title is not None else ""


def _origin(article: Any) -> dict[str, str]:
    if article is None:
        return {}
    known = {"date": article.date, "url": article.url, "author": article.author, "source": article.sitename}
    return {key: str(value) for key, value in known.items() if value}


def _lines(text: str, kind: Kind) -> Iterator[Block]:
    for part in text.split("\n"):
        line = _line(part)
        if line:
            yield Block(line, kind_of(line) if kind == "text" else kind)


def _line(text: str) -> str:
    return " ".join(encodings.normalise(text).split())
