"""Term bases as TBX-Basic, for terminology and CAT tools.

An entry is a concept: its kind is the subject field, the preferred form and the variants are the terms of a language,
told apart by their status, the note is a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wivtext.errors import TermBaseError
from wivtext.records import Language
from wivtext.terms import TermEntry

_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
_CONCEPTS = {"termEntry", "conceptEntry"}
_LANGUAGES = {"langSet", "langSec"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TbxFault:
    """Why a concept is no entry."""

    reason: str


def to_tbx(entries: Sequence[TermEntry]) -> str:
    """A TBX-Basic file.

    >>> print(to_tbx([TermEntry("Hefei", "合肥", "city")]).split("<body>")[1].split("</body>")[0].strip())
    <termEntry id="c1">
            <descrip type="subjectField">city</descrip>
            <langSet xml:lang="en">
              <tig>
                <term>Hefei</term>
                <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
              </tig>
            </langSet>
            <langSet xml:lang="zh-Hans">
              <tig>
                <term>合肥</term>
                <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
              </tig>
            </langSet>
          </termEntry>
    """
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    header = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(header, "titleStmt"), "title").text = "Term base"
    etree.SubElement(etree.SubElement(header, "sourceDesc"), "p").text = "wivtext"
    encoding = etree.SubElement(root[0], "encodingDesc")
    etree.SubElement(encoding, "p", type="XCSURI").text = "TBXBasicXCSV02.xcs"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        _add_concept(body, number, entry)
    text: str = etree.tostring(
        root,
        encoding="unicode",
        pretty_print=True,
        doctype='<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def from_tbx(data: bytes, path: Path) -> Iterator[tuple[int, TermEntry | TbxFault]]:
    """The entries of a file, each with its line. Raises `TermBaseError` where it is no TBX."""
    from lxml import etree

    # Nothing is fetched, no entity is expanded: the file may be anybody's.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        words = " ".join(str(error.msg).split())
        raise TermBaseError(f"{path} line {error.lineno}: not well-formed XML ({words}); export it again") from None
    concepts = [node for node in root.iter() if _name(node) in _CONCEPTS]
    if not concepts:
        raise TermBaseError(f"{path}: no termEntry or conceptEntry in it; export the term base as TBX")
    for node in concepts:
        yield int(node.sourceline or 0), _entry(node, path.stem)


def _add_concept(body: Any, number: int, entry: TermEntry) -> None:
    from lxml import etree

    concept = etree.SubElement(body, "termEntry", id=f"c{number}")
    if entry.kind:
        etree.SubElement(concept, "descrip", type="subjectField").text = _clean(entry.kind)
    if entry.note:
        etree.SubElement(concept, "note").text = _clean(entry.note)
    for code, forms in (("en", entry.forms("en")), ("zh-Hans", entry.forms("zh"))):
        language = etree.SubElement(concept, "langSet", {_LANG: code})
        for form in forms:
            tig = etree.SubElement(language, "tig")
            etree.SubElement(tig, "term").text = _clean(form)
            status = _PREFERRED if form is forms[0] else _ADMITTED
            etree.SubElement(tig, "termNote", type="administrativeStatus").text = status


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _entry(concept: Any, topic: str) -> TermEntry | TbxFault:
    forms: dict[Language, list[str]] = {"en": [], "zh": []}
    for node in concept.iter():
        code = (node.get(_LANG) or "").lower()
        if _name(node) in _LANGUAGES and code[:2] in ("en", "zh"):
            forms["en" if code.startswith("en") else "zh"] += _terms(node)
    lacking = [name for name, found in (("English", forms["en"]), ("Chinese", forms["zh"])) if not found]
    if lacking:
        return TbxFault(f"no {' and no '.join(lacking)} term in concept {concept.get('id') or '?'}")
    en, zh = list(dict.fromkeys(forms["en"])), list(dict.fromkeys(forms["zh"]))
    kind = next((_text(node) for node in concept.iter() if node.get("type") == "subjectField"), "")
    notes = dict.fromkeys(_text(node) for node in concept.iter() if _name(node) == "note")
    notes |= dict.fromkeys(f"not to be used: {_text(node)}" for node in concept.iter() if _is_deprecated(node))
    return TermEntry(en[0], zh[0], kind, tuple(en[1:]), tuple(zh[1:]), "; ".join(filter(None, notes)), topic, True)


def _terms(language: Any) -> list[str]:
    """The terms of one language, the preferred ones first; deprecated ones only get a note."""
    found = [(_status(node.getparent()), _text(node)) for node in language.iter() if _name(node) == "term"]
    allowed = [(status, text) for status, text in found if text and "deprecated" not in status]
    return [text for status, text in sorted(allowed, key=lambda term: "preferred" not in term[0])]


def _is_deprecated(node: Any) -> bool:
    return _name(node) == "term" and "deprecated" in _status(node.getparent())


def _status(group: Any) -> str:
    """The administrative status of a term, in its group or in the group around that."""
    for holder in (group, group.getparent()):
        for node in holder if _name(holder) not in _LANGUAGES else ():
            if node.get("type") in ("administrativeStatus", "normativeAuthorization"):
                return _text(node)
    return ""


def _text(node: Any) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(node.itertext()).split()))


def _name(node: Any) -> str:
    """The name without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
