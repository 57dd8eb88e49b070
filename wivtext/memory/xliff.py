"""XLIFF 1.2 (OASIS, 2008) for CAT tools; 1.2 and 2.0 are read.

A segment that wivtext wrote is a correction when its target was changed; one that another program wrote, when it has a
target that the program doesn't call unfinished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wivtext.errors import MemoryFileError
from wivtext.language import other_language
from wivtext.memory.corrections import Correction
from wivtext.memory.markup import child_text, children, legal, name, parse
from wivtext.memory.segments import Identity, digest_of
from wivtext.memory.tmx import language_of
from wivtext.records import Language

_UNFINISHED = frozenset({"new", "needs-translation", "needs-adaptation", "needs-l10n", "initial"})
_MEMORY = "memory"  # what an export of the memory calls itself in place of a document
_TAGS: dict[Language, str] = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment of an XLIFF file."""

    id: str
    source: str
    target: str
    target_language: Language
    note: str = ""


def read(path: Path, date: str = "") -> list[Correction]:
    """The corrections of an XLIFF file. Raises `MemoryFileError`."""
    root = parse(path)
    if name(root) != "xliff":
        raise MemoryFileError(f"{path}: is no XLIFF file (its root is <{name(root)}>)")
    corrections = []
    for file in children(root, "file"):
        document = file.get("original") or ""
        document = "" if document == _MEMORY else document
        languages = [
            file.get("source-language") or root.get("srcLang"),
            file.get("target-language") or root.get("trgLang"),
        ]
        source, target = (language_of(tag or "") for tag in languages)
        target = target or (other_language(source) if source else None)
        if source is None or target is None or source == target:
            raise MemoryFileError(f"{path}: is not from English to Chinese or back ({languages[0]} to {languages[1]})")
        units = list(_units(file, target))
        places = {identity.place: one.source for one in units if (identity := Identity.parse(one.id))}
        corrections += [
            Correction(one.source, one.target, source, target, document, _before(one, places), date=date)
            for one in units
            if _is_edited(one)
        ]
    return corrections


def text(units: Iterable[Unit], document: str = "") -> str:
    """The units as XLIFF 1.2, a `file` element for each direction.

    >>> print(text([Unit("1", "Up.", "上涨。", "zh")]).splitlines()[5].strip())
    <source>Up.</source>
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">',
    ]
    for language, group in groupby(sorted(units, key=lambda one: one.target_language), lambda one: one.target_language):
        lines += [
            f'  <file original={quoteattr(legal(document) or _MEMORY)} datatype="plaintext"'
            f' source-language="{_TAGS[other_language(language)]}" target-language="{_TAGS[language]}">',
            "    <body>",
            *(line for one in group for line in _lines(one)),
            "    </body>",
            "  </file>",
        ]
    return "\n".join([*lines, "</xliff>"]) + "\n"


def _lines(one: Unit) -> Iterator[str]:
    yield f'      <trans-unit id={quoteattr(legal(one.id))} xml:space="preserve">'
    yield f"        <source>{escape(legal(one.source))}</source>"
    state = "translated" if one.target else "needs-translation"
    yield f'        <target state="{state}">{escape(legal(one.target))}</target>'
    if one.note:
        yield f"        <note>{escape(legal(one.note))}</note>"
    yield "      </trans-unit>"


def _units(file: Any, target: Language) -> Iterator[Unit]:
    for element in file.iter():
        if name(element) not in ("trans-unit", "segment"):
            continue
        # XLIFF 2.0 has the identity on the unit around the segments.
        identity = element.get("id") or ""
        if name(element) == "segment":
            identity = element.getparent().get("name") or element.getparent().get("id") or identity
        translated = next(children(element, "target"), None)
        state = (translated.get("state") if translated is not None else None) or element.get("state") or ""
        words = child_text(element, "target")
        yield Unit(identity, child_text(element, "source"), "" if state in _UNFINISHED else words, target)


def _before(one: Unit, places: Mapping[str, str]) -> str:
    """The source of the sentence before this one."""
    identity = Identity.parse(one.id)
    return places.get(identity.before or "", "") if identity else ""


def _is_edited(one: Unit) -> bool:
    identity = Identity.parse(one.id)
    return bool(one.source and one.target) and (identity is None or digest_of(one.target) != identity.translation)
