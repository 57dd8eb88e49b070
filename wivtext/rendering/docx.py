"""A brief as a Word document: both languages, each reference a link to its source sentence.

The same brief gives the same bytes: nothing in the file tells when it was made.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from xml.sax.saxutils import escape

from wivtext.records import Brief, Language, Line, SpeakerBrief, Statement
from wivtext.rendering.views import View, checks, runs
from wivtext.rendering.wording import labels

LATIN, CHINESE = "Calibri", "Microsoft YaHei"
BODY, PROPERTIES = "word/document.xml", "docProps/core.xml"
_HERE = b"@@wivtext@@"
_MOMENT = datetime(2000, 1, 1)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GREY, _RED, _BLUE = "666666", "B3261E", "1F5FA8"
_BOTH: tuple[Language, Language] = ("en", "zh")


def render_docx(brief: Brief) -> bytes:
    """The brief as a .docx file."""
    return _Writer(brief).write()


@dataclass
class _Writer:
    """Writes the parts of a brief one after the other, as the pages show them, as WordprocessingML."""

    brief: Brief
    paragraphs: list[str] = field(default_factory=list)

    def write(self) -> bytes:
        self._title()
        self._points()
        self._speakers()
        self._unattributed()
        self._sources()
        self._checks()
        self._add([_run(f"{_label('signature')}: {self.brief.signature}", _GREY, size=8)], before=12)
        return self._packed()

    def _packed(self) -> bytes:
        title = _plain(self._view("en").text(self.brief.title) or self.brief.document.name)[:255]
        made = {BODY: "".join(self.paragraphs), PROPERTIES: escape(title)}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in _frame().items():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                packed.writestr(entry, data.replace(_HERE, made[name].encode()) if name in made else data)
        return buffer.getvalue()

    def _title(self) -> None:
        texts = list(dict.fromkeys(self._view(language).text(self.brief.title) for language in _BOTH))
        first, *others = [text for text in texts if text] or [self.brief.document.name]
        self._add([_run(first)], "Title")
        for text in others:
            self._add([_run(text)], "Subtitle")
        facts = dict.fromkeys(fact for language in _BOTH for fact in self._view(language).facts())
        self._add([_run(" · ".join(facts), _GREY)])

    def _points(self) -> None:
        self._heading("points")
        for line in self.brief.points:
            self._line(line)

    def _speakers(self) -> None:
        self._heading("speakers")
        if any(view.is_translated_transcript for view in self._views.values()):
            self._add([_run(_label("transcript"), _GREY)])
        for speaker in self.brief.speakers:
            self._speaker(speaker)
        if not self.brief.speakers:
            self._add([_run(_label("nobody"))])

    def _speaker(self, speaker: SpeakerBrief) -> None:
        names = dict.fromkeys(self._view(language).text(speaker.name) for language in _BOTH)
        self._add([_run("  ".join(names))], "Heading2")
        positions = dict.fromkeys(self._view(language).position(speaker) for language in _BOTH)
        if any(positions):
            self._add([_run(" · ".join(filter(None, positions)), _GREY)], kept=True)
        for line in speaker.summary:
            self._line(line)
        self._add([_run(f"{_label('statements')}: ", _GREY), *self._statements(speaker.statements)])

    def _unattributed(self) -> None:
        if self.brief.unattributed:
            self._heading("unattributed")
            self._add(self._statements(self.brief.unattributed))

    def _statements(self, statements: Iterable[Statement]) -> Iterator[str]:
        for number, statement in enumerate(self._view("en").statements(statements)):
            yield _run("; " if number else "", _GREY)
            yield _references(statement.sentences)
            kinds = " ".join(self._view(language).kind(statement) for language in _BOTH)
            cue = f" “{statement.cue}”" if statement.cue else ""
            yield _run(f" {kinds}{cue}", _GREY)

    def _line(self, line: Line) -> None:
        """A point or a line of a summary: English, and the Chinese under it."""
        for language in _BOTH:
            view = self._view(language)
            notes = [_run(f" ({labels(language)[note]})", _GREY) for note in view.notes(line)]
            mark = _run(" ⚠", _RED) if view.flagged(line) else ""
            runs_ = [_run(view.text(line)), *notes, _run(" "), _references(line.sentences), mark]
            self._add(runs_, "ListBullet" if language == "en" else "", indented=language == "zh")

    def _sources(self) -> None:
        self._heading("source")
        for sentence, line in zip(self.brief.document.sentences, self.brief.sentences, strict=True):
            own = self._view(sentence.language)
            other = self._view("zh" if sentence.language == "en" else "en")
            number = f'<w:bookmarkStart w:id="{sentence.index}" w:name="{_anchor(sentence.index)}"/>'
            number += f'<w:bookmarkEnd w:id="{sentence.index}"/>' + _run(f"[{sentence.index + 1}] ", _GREY)
            self._add([number, _run(own.text(line))], after=0)
            words = labels(other.language)
            below = _run(words["untranslated"] if other.missing(line) else other.text(line), _GREY)
            corrected = _run(f" ({words['corrected']})", _GREY) if line.corrected else ""
            self._add([below, corrected, _run(" ⚠", _RED) if other.flagged(line) else ""], indented=True)

    def _checks(self) -> None:
        self._heading("check")
        found = checks(self.brief)
        for check in found:
            here = check.sentence is not None
            place = _references([check.sentence or 0]) if here else _run(f"{self._view('en').place(check)} ")
            words = [_run(f" {self._view(one).findings(check)}", "" if one == "en" else _GREY) for one in _BOTH]
            self._add([place, *words], "ListBullet")
        if not found:
            self._add([_run(_label("clean"))])

    def _heading(self, label: str) -> None:
        self._add([_run(_label(label))], "Heading1")

    @cached_property
    def _views(self) -> dict[Language, View]:
        return {language: View(self.brief, language) for language in _BOTH}

    def _view(self, language: Language) -> View:
        return self._views[language]

    def _add(
        self,
        runs: Iterable[str],
        style: str = "",
        *,
        indented: bool = False,
        before: int = 0,
        after: int = 4,
        kept: bool = False,
    ) -> None:
        """Add a paragraph of runs, `kept` on the page of the next one; distances in points."""
        form = f'<w:pStyle w:val="{style}"/>' if style else ""
        form += "<w:keepNext/>" if kept else ""
        form += (
            "" if style.startswith(("H", "T", "S")) else f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"/>'
        )
        form += '<w:ind w:left="360"/>' if indented else ""
        self.paragraphs.append(f"<w:p><w:pPr>{form}</w:pPr>{''.join(runs)}</w:p>")


@cache
def _frame() -> dict[str, bytes]:
    """The parts of a document without text, with `_HERE` where the paragraphs and the title go.

    Opening python-docx's template and saving it takes ten times as long as a brief takes to write.
    """
    import docx

    document = docx.Document()
    _dress(document)
    _leave_out_what_nobody_reads(document)
    mark = _HERE.decode()
    properties = document.core_properties
    properties.title, properties.author, properties.language, properties.comments = mark, "wivtext", "en, zh", ""
    properties.created = properties.modified = _MOMENT
    document.add_paragraph(mark)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as parts:
        frame = {name: parts.read(name) for name in parts.namelist()}
    frame[BODY] = re.sub(rb"<w:p>(?:(?!</w:p>).)*" + _HERE + rb".*?</w:p>", _HERE, frame[BODY], flags=re.DOTALL)
    return frame


def _dress(document: Any) -> None:
    """Fonts and languages for both scripts, A4, narrow margins."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet"):
        font = document.styles[name].font
        font.name = LATIN
        fonts = font.element.rPr.rFonts
        fonts.set(qn("w:eastAsia"), CHINESE)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A theme's font goes before a named one.
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].font.size = Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.rPr.append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)


def _leave_out_what_nobody_reads(document: Any) -> None:
    """The template's picture of itself, and its styles for Word 2007 once more."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del relations[key]


def _run(text: str, colour: str = "", size: int = 0) -> str:
    """A run; what a document says is text here, never a field or a mark."""
    if not text:
        return ""
    form = f'<w:color w:val="{colour}"/>' if colour else ""
    form += f'<w:sz w:val="{2 * size}"/>' if size else ""
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{escape(_plain(text))}</w:t></w:r>'


def _references(indexes: Iterable[int]) -> str:
    """[3] [7–8], each a link to its first sentence."""
    links = []
    for first, last in runs(indexes):
        shown = f"[{first + 1}]" if first == last else f"[{first + 1}–{last + 1}]"
        links.append(f'<w:hyperlink w:anchor="{_anchor(first)}">{_run(shown, _BLUE)}</w:hyperlink>')
    return _run(" ").join(links)


def _label(name: str) -> str:
    return f"{labels('en')[name]} {labels('zh')[name]}"


def _plain(text: str) -> str:
    """A text on one line that XML can hold."""
    return " ".join(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).split("\n")).replace("\t", " ").replace("\r", " ")


def _anchor(index: int) -> str:
    return f"sentence-{index + 1}"
