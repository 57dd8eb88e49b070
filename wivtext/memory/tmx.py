"""TMX 1.4 (https://www.gala-global.org/tmx-14b), as OmegaT and other CAT tools read and write it.

One line an element and units in a fixed order, so that two analysts' files merge line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wivtext import __version__
from wivtext.errors import MemoryFileError
from wivtext.language import script
from wivtext.memory.corrections import Correction
from wivtext.memory.markup import child_text, children, legal, name, parse
from wivtext.records import Language

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# OmegaT's names for where a translation was made.
_DOCUMENT, _CONTEXT = "file", "prev"


def read(path: Path) -> list[Correction]:
    """Every pair of English and Chinese in a TMX file; other languages are passed over. Raises `MemoryFileError`."""
    root = parse(path)
    if name(root) != "tmx":
        raise MemoryFileError(f"{path}: is no TMX file (its root is <{name(root)}>); export TMX 1.4 from your tool")
    header = next(children(root, "header"), None)
    otherwise = header.get("srclang", "") if header is not None else ""
    return [one for body in children(root, "body") for unit in children(body, "tu") for one in _pairs(unit, otherwise)]


def text(corrections: Iterable[Correction]) -> str:
    """The corrections as a TMX file.

    >>> print(text([Correction("Up 5%.", "上涨5%。", "en", "zh")]).splitlines()[6])
          <tuv xml:lang="en"><seg>Up 5%.</seg></tuv>
    """
    units = list(corrections)
    languages = {one.source_language for one in units}
    source = _tag("", languages.pop()) if len(languages) == 1 else "*all*"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'  <header creationtool="wivtext" creationtoolversion={quoteattr(__version__)} segtype="sentence"'
        f' o-tmf="wivtext" adminlang="en" srclang="{source}" datatype="plaintext"/>',
        "  <body>",
        *(line for one in units for line in _unit(one)),
        "  </body>",
        "</tmx>",
    ]
    return "\n".join(lines) + "\n"


def _unit(one: Correction) -> Iterator[str]:
    source = _tag(one.source, one.source_language)
    yield f'    <tu srclang="{source}">'
    if one.note:
        yield f"      <note>{escape(legal(one.note))}</note>"
    for kind, value in ((_DOCUMENT, one.document), (_CONTEXT, one.context)):
        if value:
            yield f'      <prop type="{kind}">{escape(legal(value))}</prop>'
    changed = f" changedate={quoteattr(legal(one.date))}" if one.date else ""
    changed += f" changeid={quoteattr(legal(one.author))}" if one.author else ""
    yield f'      <tuv xml:lang="{source}"><seg>{escape(legal(one.source))}</seg></tuv>'
    target = _tag(one.target, one.target_language)
    yield f'      <tuv xml:lang="{target}"{changed}><seg>{escape(legal(one.target))}</seg></tuv>'
    yield "    </tu>"


def _tag(words: str, language: Language) -> str:
    if language == "en":
        return "en"
    return "zh-TW" if script(words) == "traditional" else "zh-CN"


def _pairs(unit: Any, otherwise: str) -> Iterator[Correction]:
    versions: dict[Language, Any] = {}
    for version in children(unit, "tuv"):
        language = language_of(version.get(_LANG) or version.get("lang") or "")
        if language and child_text(version, "seg"):
            versions.setdefault(language, version)
    if len(versions) != 2:
        return
    declared = language_of(unit.get("srclang") or otherwise)
    # A unit of any direction is right both ways.
    for source in (declared,) if declared else tuple(versions):
        target: Language = "zh" if source == "en" else "en"
        yield _pair(unit, versions[source], versions[target], source, target)


def _pair(unit: Any, source: Any, target: Any, source_language: Language, target_language: Language) -> Correction:
    props = {prop.get("type"): child for prop in children(unit, "prop") if (child := (prop.text or "").strip())}
    dates = (target.get("changedate"), unit.get("changedate"), target.get("creationdate"), unit.get("creationdate"))
    authors = (target.get("changeid"), unit.get("changeid"), target.get("creationid"), unit.get("creationid"))
    return Correction(
        child_text(source, "seg"),
        child_text(target, "seg"),
        source_language,
        target_language,
        document=props.get(_DOCUMENT, ""),
        context=props.get(_CONTEXT, ""),
        author=next(filter(None, authors), ""),
        date=next(filter(None, dates), ""),
        note=child_text(unit, "note"),
    )


def language_of(tag: str) -> Language | None:
    """English or Chinese, of a BCP 47 tag or an old one; None for anything else.

    >>> language_of("EN-US"), language_of("zh_Hant"), language_of("*all*")
    ('en', 'zh', None)
    """
    first = tag.replace("_", "-").split("-")[0].lower()
    return "en" if first in ("en", "eng") else "zh" if first in ("zh", "zho", "chi", "cmn") else None
