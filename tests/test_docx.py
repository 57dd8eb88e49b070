"""The Word document of a brief, opened again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from samples import HOSTILE, hostile_brief, sample_brief

from wivtext.records import Finding, Line
from wivtext.rendering import render
from wivtext.rendering.views import View

BRIEF = sample_brief()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(brief):
    return docx.Document(io.BytesIO(render(brief, "docx")))


def texts(document) -> list[str]:
    """Every paragraph's text, that of links included."""
    return ["".join(node.text or "" for node in p._p.iter(f"{W}t")) for p in document.paragraphs]


def test_has_what_the_pages_have() -> None:
    document = opened(BRIEF)
    said = "\n".join(texts(document))
    for language in ("en", "zh"):
        view = View(BRIEF, language)
        lines = [
            BRIEF.title,
            *BRIEF.points,
            *BRIEF.sentences,
            *(line for one in BRIEF.speakers for line in one.summary),
        ]
        assert all(view.text(line) in said for line in lines)
        assert all(view.text(speaker.name) in said for speaker in BRIEF.speakers)
        assert all(view.position(speaker) in said for speaker in BRIEF.speakers)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title" and styles.count("Heading 1") >= 4
    assert styles.count("Heading 2") == len(BRIEF.speakers)
    assert BRIEF.signature in said


def test_findings_are_marked_and_listed() -> None:
    said = texts(opened(BRIEF))
    assert any(text.endswith("⚠") for text in said)
    place = next(i for i, text in enumerate(said) if text.startswith("To check"))
    assert any("[2]" in text and "74" in text for text in said[place + 1 :])


def test_a_line_that_a_model_worded_says_so() -> None:
    first, *others = BRIEF.points
    found = "\n".join(texts(opened(replace(BRIEF, points=(replace(first, generated=True), *others)))))
    assert found.count("(worded by a model)") == found.count("(模型撰写)") == 1


def test_every_reference_leads_to_its_sentence() -> None:
    body = opened(BRIEF).element.body
    marks = {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    links = [node.get(f"{W}anchor") for node in body.iter(f"{W}hyperlink")]
    assert len(marks) == len(BRIEF.sentences)
    assert links and set(links) <= marks


def test_both_scripts_have_a_font() -> None:
    styles = opened(BRIEF).styles
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(f"{W}ascii") and fonts.get(f"{W}eastAsia")
        # Word takes a theme's font before a named one.
        assert not [attribute for attribute in fonts.attrib if "heme" in attribute], name
    assert styles["Normal"].element.rPr.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_same_brief_same_bytes() -> None:
    first = render(BRIEF, "docx")
    assert first == render(BRIEF, "docx")
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_document_says_is_text_and_nothing_else() -> None:
    brief = hostile_brief()
    document = opened(brief)
    assert HOSTILE.split("{{")[0][:20] in "\n".join(texts(document))
    names = {node.tag.removeprefix(W) for node in document.element.body.iter() if isinstance(node.tag, str)}
    assert not names & {"fldSimple", "fldChar", "instrText", "object", "drawing", "altChunk"}
    with zipfile.ZipFile(io.BytesIO(render(brief, "docx"))) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "embeddings" in name]
        links = [parts.read(name) for name in parts.namelist() if name.endswith("document.xml.rels")]
        assert b"TargetMode" not in b"".join(links)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\uffff"])
def test_characters_that_xml_cannot_hold(character: str) -> None:
    title = Line(f"Plant{character}opens", "工厂", (), (Finding("number", character, character, character),))
    brief = replace(BRIEF, title=title)
    assert any("Plant" in text and "opens" in text for text in texts(opened(brief)))
