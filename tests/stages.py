"""Every stage as a function of one text, with what must hold whatever the text is. Shared by test_hostile and fuzz."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from html import escape as html_escape
from pathlib import Path

from wivtext import typography
from wivtext.attribution import attribute
from wivtext.briefs import brief
from wivtext.checking import check, check_lines
from wivtext.engines.extractive import ExtractiveSummarizer
from wivtext.engines.fakes import EchoTranslator
from wivtext.errors import DocumentError, MemoryFileError, TermBaseError, WivtextError
from wivtext.findings import placed
from wivtext.hanzi import simplified
from wivtext.language import detect, script
from wivtext.memory import review, tmx, xliff
from wivtext.namebook import glosses
from wivtext.quantities import quantities
from wivtext.quantities.repair import repair
from wivtext.reading import encodings, paragraphs, read_text, sentences
from wivtext.reading.readers import Page, captions, docx, html, markdown, text
from wivtext.reading.readers.frontmatter import take_front_matter
from wivtext.records import Brief, Document, from_dict, to_dict
from wivtext.rendering import FORMS, render
from wivtext.summary import summarize
from wivtext.terms import TermBase
from wivtext.terms.files import read_terms
from wivtext.translation import translate
from wivtext.translation.segments import clauses, keep_ending, keep_quotes, split_label

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=1)
def terms() -> TermBase:
    """The shipped term base."""
    return TermBase.load()


def document_of(content: str) -> Document | None:
    """The document a text is, its spans checked; None where there is nothing to read."""
    try:
        document = read_text(content)
    except DocumentError:
        return None
    check_document(document)
    return document


def check_document(document: Document) -> None:
    """Spans equal their text, indexes count, nothing overlaps."""
    end = 0
    for index, sentence in enumerate(document.sentences):
        assert sentence.index == index
        assert document.text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= end
        end = sentence.end
    for index, paragraph in enumerate(document.paragraphs):
        assert paragraph.index == index
        assert document.text[paragraph.start : paragraph.end] == paragraph.text


def check_page(page: Page) -> None:
    """The paragraphs of a page are where it says."""
    for paragraph in page.paragraphs:
        assert page.text[paragraph.start : paragraph.end] == paragraph.text
    assert page.shown is None or page.shown < len(page.paragraphs)


def splitting(content: str) -> None:
    for language in ("en", "zh"):
        spans = sentences.split(content, language)
        assert "".join(content[start:end] for start, end in spans) == content
    for start, end in paragraphs.spans(content):
        assert content[start:end].strip() == content[start:end] != ""


def detecting(content: str) -> None:
    detect(content)
    script(content)
    simplified(content)
    encodings.normalise(content)
    encodings.decode(content.encode("utf-8", errors="replace"))


def plain_reading(content: str) -> None:
    check_page(text.page_of(content, "a"))
    document_of(content)


def markdown_reading(content: str) -> None:
    check_page(markdown.read(_bytes(content), "a.md"))


def html_reading(content: str) -> None:
    check_page(html.read(_bytes(content), "a.html"))


def captions_reading(content: str) -> None:
    check_page(captions.read(_bytes(content), "a.vtt"))


def captions_inside(content: str) -> None:
    check_page(captions.read(_bytes("WEBVTT\n\n00:01.000 --> 00:02.000\n" + content), "a.vtt"))


def docx_reading(content: str) -> None:
    check_page(docx.read(word_file(content), "a.docx"))


def any_bytes(content: str) -> None:
    """Each reader with bytes that may be anything."""
    data = bytes(ord(character) & 255 for character in content)
    for reader in (text, markdown, html, captions, docx):
        with suppress(DocumentError):
            check_page(reader.read(data, "a"))


def damaged_docx(content: str) -> None:
    """A Word file with some bytes of its own changed, and some of its XML."""
    data = bytearray(word_file("Sales rose.\nSo it was said."))
    for number, character in enumerate(content[:20]):
        data[(ord(character) * 7919 + number * 104729) % len(data)] = ord(character) & 255
    with suppress(DocumentError):
        check_page(docx.read(bytes(data), "a.docx"))
    files = _word_template() | {"word/document.xml": _bytes(content)}
    check_page(docx.read(zipped(files), "a.docx"))


def front_matter(content: str) -> None:
    take_front_matter("---\ntitle: " + content + "\n---\n" + content, "a.md")
    take_front_matter(content, "a.md")


def attributing(content: str) -> None:
    document = document_of(content)
    if document:
        found = attribute(document, terms())
        ids = {speaker.id for speaker in found.speakers}
        for statement in found.statements:
            assert statement.speaker is None or statement.speaker in ids
            assert all(0 <= index < len(document.sentences) for index in statement.sentences)
        indexes = [index for statement in found.statements for index in statement.sentences]
        assert len(indexes) == len(set(indexes))


def reading_quantities(content: str) -> None:
    for language in ("en", "zh"):
        for one in quantities(content, language):
            assert content[one.start : one.end] == one.text, one


def repairing(content: str) -> None:
    repair(content, "Sales rose 5% to 35 million yuan in May.", "zh", "en")
    repair("2026年5月销售35亿元。", content, "zh", "en")
    repair("Sales rose 5% to 35 million yuan in May.", content, "en", "zh")


def checking(content: str) -> None:
    check(content, content, "en", "zh")
    check(content, "销量增长。", "en", "zh")
    check("Sales grew.", content, "en", "zh")
    check(content, "Sales grew.", "zh", "en")
    check_lines([content], ["销量增长5%。"], terms=terms())


def typesetting(content: str) -> None:
    """Marks and spaces may change, never a letter or a figure; and once is enough."""
    for dress in (typography.chinese, typography.english, typography.spaced, typography.curled):
        dressed = dress(content)
        assert _letters(dressed) == _letters(content), dress.__name__
        assert dress(dressed) == dressed, dress.__name__


def _letters(content: str) -> str:
    return re.sub(r"\W+", "", content).casefold()


def matching_terms(content: str) -> None:
    for language, other in (("en", "zh"), ("zh", "en")):
        for match in terms().match(content, language):
            assert content[match.start : match.end], match
        terms().pairs(content, language, other)
    glosses(content)


def segmenting(content: str) -> None:
    assert "".join(clause.text if hasattr(clause, "text") else clause[0] for clause in clauses(content, 50)) or True
    split_label(content)
    keep_quotes(content, content, "zh")
    keep_quotes(content, content, "en")
    keep_ending(content, content)


def translating(content: str) -> None:
    for language, other in (("en", "zh"), ("zh", "en")):
        translate([content[:20_000]], source=language, target=other, engine=EchoTranslator(), terms=terms(), cache=None)


def summarizing(content: str) -> None:
    document = document_of(content)
    if document:
        for point in summarize(document, engine=ExtractiveSummarizer()):
            assert all(0 <= index < len(document.sentences) for index in point.sentences)


def briefing(content: str) -> Brief | None:
    document = document_of(content)
    if not document or not document.sentences:
        return None
    made = brief(document, translator=EchoTranslator(), summarizer=ExtractiveSummarizer(), terms=terms())
    assert len(made.sentences) == len(document.sentences)
    return made


def rendering(content: str) -> None:
    made = briefing(content)
    if made:
        for form in FORMS:
            render(made, form)
        assert from_dict(Brief, to_dict(made)) == made
        review.text(made)
        list(placed(made))


def term_file(content: str) -> None:
    for suffix, body in (
        (".tsv", "en\tzh\n" + content),
        (".csv", "en,zh\n" + content),
        (".csv", content),
        (".tbx", content),
        (".tbx", f'<martif><text><body><termEntry><langSet xml:lang="en"><tig><term>{html_escape(content)}</term>'),
    ):
        _file(suffix, body, read_terms, TermBaseError)


def memory_file(content: str) -> None:
    inside = html_escape(content)
    _file(".tmx", content, tmx.read, MemoryFileError)
    _file(
        ".tmx",
        f'<tmx><body><tu><tuv xml:lang="en"><seg>{inside}</seg></tuv></tu></body></tmx>',
        tmx.read,
        MemoryFileError,
    )
    _file(".xlf", content, xliff.read, MemoryFileError)
    _file(".tsv", content, review.read, MemoryFileError)
    _file(".tsv", "id\tsource\ttranslation\tcorrection\n" + content, review.read, MemoryFileError)


STAGES: dict[str, Callable[[str], object]] = {
    stage.__name__: stage
    for stage in (
        splitting, detecting, plain_reading, markdown_reading, html_reading, captions_reading, captions_inside,
        docx_reading, any_bytes, damaged_docx, front_matter, attributing, reading_quantities, repairing, checking,
        typesetting, matching_terms, segmenting, translating, summarizing, rendering, term_file, memory_file,
    )
}  # fmt: skip


def run(stage: str, content: str) -> None:
    """Run a stage; what it refuses in one line is as good as done."""
    try:
        STAGES[stage](content)
    except WivtextError as error:
        assert "\n" not in str(error), str(error)
        assert len(str(error)) < 1000, str(error)[:2000]


def word_file(content: str) -> bytes:
    """A small .docx that holds one paragraph for each line."""
    legal = _ILLEGAL.sub("", content)
    body = "".join(f"<w:p><w:r><w:t>{html_escape(line)}</w:t></w:r></w:p>" for line in legal.split("\n"))
    files = dict(_word_template())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    files["word/document.xml"] = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()
    return zipped(files)


@lru_cache(maxsize=1)
def _word_template() -> dict[str, bytes]:
    import docx as python_docx

    buffer = io.BytesIO()
    python_docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _bytes(content: str) -> bytes:
    return content.encode("utf-8", errors="replace")


def _file(suffix: str, body: str, read: Callable[[Path], object], refused: type[WivtextError]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(_bytes(body))
        try:
            read(path)
        except refused as error:
            assert "\n" not in str(error), str(error)
