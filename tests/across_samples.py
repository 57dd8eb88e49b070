"""Small briefs of invented documents, for the tests of overviews."""

from __future__ import annotations

import json
from pathlib import Path

from wivtext.records import Brief, Document, Language, Line, Paragraph, Sentence, Speaker, SpeakerBrief, Statement

Rows = list[tuple[str, str, str | None]]  # English, Chinese, speaker

PEOPLE = {
    "Mira Kolt": ("米拉·科尔特", "operations director", "运营总监", "Halvern Ferries", "哈尔文渡轮"),
    "Luo Qing": ("罗青", "professor", "教授", "Donghai University", "东海大学"),
    "Jon Abara": ("乔恩·阿巴拉", "spokesman", "发言人", "Port of Selmouth", "塞尔茅斯港"),
}

_ROWS = json.loads((Path(__file__).parent / "data" / "across.json").read_text(encoding="utf-8"))
ELECTRIC, BATTERIES, HARBOUR = ([tuple(row) for row in _ROWS[name]] for name in ("electric", "batteries", "harbour"))


def brief_of(name: str, title: tuple[str, str], rows: Rows, language: Language = "en", date: str = "") -> Brief:
    """A brief whose document has these sentences, one paragraph each."""
    texts = [row[0] if language == "en" else row[1] for row in rows]
    sentences, paragraphs, position = [], [], 0
    for index, text in enumerate(texts):
        end = position + len(text)
        sentences.append(Sentence(index, position, end, text, index, language))
        paragraphs.append(Paragraph(index, position, end, text))
        position = end + 1
    document = Document(
        name,
        title[0] if language == "en" else title[1],
        language,
        "\n".join(texts),
        tuple(paragraphs),
        tuple(sentences),
        origin={"date": date} if date else {},
    )
    lines = tuple(Line(en, zh, (index,)) for index, (en, zh, _) in enumerate(rows))
    speakers = tuple(_speaker(name, rows, lines, language) for name in dict.fromkeys(row[2] for row in rows if row[2]))
    return Brief(document, Line(*title), lines[:2], speakers, (), lines, "test 1")


def _speaker(name: str, rows: Rows, lines: tuple[Line, ...], language: Language) -> SpeakerBrief:
    zh, role, role_zh, body, body_zh = PEOPLE[name]
    own, other = (name, zh) if language == "en" else (zh, name)
    said = tuple(
        Statement(own, "direct" if "“" in row[0] else "indirect", (index,), None, 0.9, "test")
        for index, row in enumerate(rows)
        if row[2] == name
    )
    return SpeakerBrief(
        Speaker(own, own, name_other=other),
        Line(name, zh),
        Line(role, role_zh),
        Line(body, body_zh),
        tuple(lines[one.sentences[0]] for one in said),
        said,
    )


def changed(rows: Rows, old: tuple[str, str], new: tuple[str, str]) -> Rows:
    """The rows with a text replaced in both languages."""
    return [(en.replace(old[0], new[0]), zh.replace(old[1], new[1]), who) for en, zh, who in rows]
