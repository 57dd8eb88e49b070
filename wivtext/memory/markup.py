"""XML from anywhere, read so that it can do no harm; and text that XML can carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from wivtext.contents import content_of
from wivtext.errors import MemoryFileError

# What stands inside these is another program's formatting, not text.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "bx", "ex", "x"})
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(path: Path) -> Any:
    """The root element of an XML file. Raises `MemoryFileError`, also for a file that defines entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(content_of(path), parser).getroottree()
    except OSError as error:
        raise MemoryFileError(f"{path}: can't be read ({error.strerror}); check the path") from None
    except (etree.XMLSyntaxError, ValueError) as error:
        words = " ".join(str(getattr(error, "msg", error)).split())
        raise MemoryFileError(f"{path}: not well-formed XML ({words}); mend it or restore an older copy") from None
    declared = tree.docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise MemoryFileError(f"{path}: defines entities, which may hide anything; save it again without a DOCTYPE")
    return tree.getroot()


def name(element: Any) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Any, wanted: str) -> Iterator[Any]:
    """The children of an element that are called `wanted`."""
    return (child for child in element if name(child) == wanted)


def child_text(element: Any, wanted: str) -> str:
    """The text of the first child of that name, empty where there is none."""
    return next((plain(child) for child in children(element, wanted)), "")


def plain(element: Any) -> str:
    """An element's text on one line, without the formatting codes of CAT tools.

    >>> plain(etree.fromstring("<seg>Up <bpt i='1'>&lt;b></bpt>5%<ept i='1'>&lt;/b></ept>.</seg>"))
    'Up 5%.'
    """
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name(child) and name(child) not in _CODES:
            yield from _texts(child)
        yield child.tail or ""


def legal(text: str) -> str:
    """A text on one line without the characters that XML has no way to write."""
    return " ".join(_ILLEGAL.sub(" ", text).split())
