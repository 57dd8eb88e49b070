"""Records as small pages of HTML, for JupyterLab: every record's `_repr_html_` comes from here.

Texts are escaped, colours are see-through so that light and dark themes both work, and everything stays readable where
a viewer drops the styles.

>>> html(Point("销量增长<3%。", (4, 5))).partition("</style>")[2]
'<div class="wivtext"><p>销量增长&lt;3%。 <sup>[4, 5]</sup></p></div>'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any

from markupsafe import Markup

from wivtext.directory import CorpusSpeaker
from wivtext.namebook import NameEntry
from wivtext.records import (
    Attribution,
    Brief,
    Document,
    Finding,
    Line,
    Paragraph,
    Point,
    Sentence,
    Speaker,
    SpeakerBrief,
    Statement,
    Translation,
)

# A document may be of any length; a notebook's output should not be.
SHOWN_SENTENCES = 200
HUES = (210, 28, 150, 330, 48, 268, 180, 0)
LANGUAGES = {"en": "English", "zh": "Chinese"}
STYLE = Markup(
    "<style>"
    ".wivtext{max-width:62em;line-height:1.55;text-align:left}"
    ".wivtext :lang(zh){font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}"
    ".wivtext :lang(zh-Hant){font-family:'Noto Sans CJK TC','Source Han Sans TC','PingFang TC','Microsoft JhengHei',"
    "sans-serif}"
    ".wivtext h4{margin:.3em 0}.wivtext p{margin:.45em 0}.wivtext .dim{opacity:.65}"
    ".wivtext sup{opacity:.6;font-size:.72em;margin-right:.15em}"
    ".wivtext table{border-collapse:collapse;width:100%;table-layout:fixed}"
    ".wivtext td,.wivtext th{text-align:left!important;vertical-align:top;padding:.3em .6em;white-space:normal}"
    ".wivtext .kind{border:1px solid;border-radius:3px;padding:0 .35em;font-size:.82em;opacity:.85}"
    ".wivtext .said{border-left:3px solid;padding:0 .35em;border-radius:2px}"
    "</style>"
)


def html(record: Any) -> str:
    """The page of a record, or of a sequence of records one below the other. Raises `TypeError` for anything else."""
    return str(_page(_body(record)))


def annotated(document: Document, attribution: Attribution) -> str:
    """The document's text with every statement in its speaker's colour, and the speakers as a key above it."""
    colours = _colours(attribution)
    said = {index: statement for statement in attribution.statements for index in statement.sentences}
    key = Markup(" ").join(_mark(speaker.name, colours[speaker.id]) for speaker in attribution.speakers)
    text = _paragraphs(document, lambda sentence: _coloured(sentence, said.get(sentence.index), colours))
    return str(_page(Markup("<p>{}</p>{}").format(key, text)))


def _page(body: Markup) -> Markup:
    return STYLE + Markup('<div class="wivtext">{}</div>').format(body)


@singledispatch
def _body(record: Any) -> Markup:
    raise TypeError(f"display.html shows the records of wivtext.records, not {type(record).__name__}")


@_body.register(list)
@_body.register(tuple)
def _sequence(records: Sequence[Any]) -> Markup:
    if records and all(isinstance(record, Translation) for record in records):
        return _translations(records)
    return Markup("").join(Markup("<div>{}</div>").format(_body(record)) for record in records)


@_body.register
def _document(document: Document) -> Markup:
    facts = [LANGUAGES[document.language] + (f" ({document.script})" if document.script else "")]
    facts += [_count(document.paragraphs, "paragraph"), _count(document.sentences, "sentence")]
    facts += [f"{key}: {value}" for key, value in sorted(document.origin.items())]
    head = Markup('<h4 lang="{}">{}</h4><p class="dim">{}</p>')
    text = _paragraphs(document, _numbered)
    return head.format(_code(document), document.title or document.name, " · ".join(facts)) + text


@_body.register
def _paragraph(paragraph: Paragraph) -> Markup:
    label = Markup("<b>{}</b> ").format(paragraph.label) if paragraph.label else ""
    return Markup("<p>{}{}</p>").format(label, paragraph.text)


@_body.register
def _sentence(sentence: Sentence) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(sentence.language, _numbered(sentence))


@_body.register
def _speaker(speaker: Speaker) -> Markup:
    parts: list[str] = [Markup("<b>{}</b>").format(_twice(speaker.name, speaker.name_other))]
    parts += [_twice(speaker.role, speaker.role_other)] if speaker.role else []
    parts += [_twice(speaker.organisation, speaker.organisation_other)] if speaker.organisation else []
    return Markup(", ").join(parts)


@_body.register
def _corpus_speaker(entry: CorpusSpeaker) -> Markup:
    parts: list[str] = [Markup("<b>{}</b>").format(_twice(entry.name.en, entry.name.zh))]
    parts += [_twice(line.en, line.zh) for line in (entry.role, entry.organisation) if line]
    where = Markup('<span class="dim">{} in {}</span>').format(
        _count(range(entry.statements), "statement"), ", ".join(entry.documents)
    )
    return Markup(", ").join([*parts, where])


@_body.register
def _name_entry(entry: NameEntry) -> Markup:
    role, body = entry.role_en or entry.role_zh, entry.organisation_en or entry.organisation_zh
    parts = [Markup("<b>{}</b>").format(_twice(entry.en or "?", entry.zh or "?")), role, body, entry.status]
    return Markup(", ").join(part for part in parts if part)


@_body.register
def _statement(statement: Statement) -> Markup:
    speaker = Markup("<b>{}</b>").format(statement.speaker or "unknown speaker")
    cue = Markup(" “{}”").format(statement.cue) if statement.cue else ""
    how = Markup('<span class="dim">{}{} · {}, {:.2f}</span>')
    return Markup("{} {} {}").format(
        speaker,
        _numbers(statement.sentences),
        how.format(statement.kind, cue, statement.rule, statement.confidence),
    )


@_body.register
def _attribution(attribution: Attribution) -> Markup:
    colours = _colours(attribution)
    rows = [_speaker_row(speaker, attribution, colours[speaker.id]) for speaker in attribution.speakers]
    nameless = [statement for statement in attribution.statements if statement.speaker is None]
    rows += [Markup("<tr><td>unknown speaker</td><td>{}</td></tr>").format(_statements(nameless))] if nameless else []
    return _table(("speaker", "sentences"), rows)


@_body.register
def _finding(finding: Finding) -> Markup:
    return Markup('<b class="kind">{}</b> <span>{}</span> → <span>{}</span> <span class="dim">{}</span>').format(
        finding.kind, finding.source or "–", finding.target or "–", finding.message
    )


@_body.register
def _translation(result: Translation) -> Markup:
    return _translations([result])


@_body.register
def _point(point: Point) -> Markup:
    return Markup("<p>{} {}</p>").format(point.text, _numbers(point.sentences))


@_body.register
def _line(line: Line) -> Markup:
    return _table(("English", "Chinese"), [_line_row(line)])


@_body.register
def _speaker_brief(part: SpeakerBrief) -> Markup:
    return _table(("English", "Chinese"), _speaker_brief_rows(part))


@_body.register
def _brief(brief: Brief) -> Markup:
    rows = [_heading_row(brief.title), *(_line_row(line) for line in brief.points)]
    for part in brief.speakers:
        rows += _speaker_brief_rows(part)
    note = f"{_count(brief.findings, 'finding')} · {brief.signature}"
    return _table(("English", "Chinese"), rows) + Markup('<p class="dim">{}</p>').format(note)


def _translations(results: Sequence[Translation]) -> Markup:
    return _table(("source", "translation"), (_translation_row(result) for result in results))


def _translation_row(result: Translation) -> Markup:
    cells = Markup('<tr><td lang="{}">{}</td><td lang="{}">{}{}</td></tr>')
    notes = _notes(result.findings)
    return cells.format(result.source_language, result.source, result.target_language, result.text, notes)


def _paragraphs(document: Document, shown: Any) -> Markup:
    texts: dict[int, list[Markup]] = {}
    for sentence in document.sentences[:SHOWN_SENTENCES]:
        texts.setdefault(sentence.paragraph, []).append(shown(sentence))
    parts = [_run(document, index, marks) for index, marks in texts.items()]
    left = len(document.sentences) - SHOWN_SENTENCES
    parts += [Markup('<p class="dim">… and {} more sentences</p>').format(left)] if left > 0 else []
    return Markup("").join(parts)


def _run(document: Document, index: int, marks: list[Markup]) -> Markup:
    label = document.paragraphs[index].label
    name = Markup("<b>{}</b> ").format(label) if label else Markup("")
    return Markup('<p lang="{}">{}{}</p>').format(_code(document), name, Markup(" ").join(marks))


def _numbered(sentence: Sentence) -> Markup:
    return Markup("<sup>{}</sup>{}").format(sentence.index, sentence.text)


def _coloured(sentence: Sentence, statement: Statement | None, colours: dict[str, int]) -> Markup:
    if statement is None:
        return _numbered(sentence)
    return _mark(_numbered(sentence), colours.get(statement.speaker or ""))


def _mark(text: str, hue: int | None) -> Markup:
    colour = "hsla(0,0%,50%,{})" if hue is None else f"hsla({hue},75%,50%,{{}})"
    style = f"background:{colour.format('.16')};border-left-color:{colour.format('.9')}"
    return Markup('<span class="said" style="{}">{}</span>').format(style, text)


def _colours(attribution: Attribution) -> dict[str, int]:
    return {speaker.id: HUES[place % len(HUES)] for place, speaker in enumerate(attribution.speakers)}


def _speaker_row(speaker: Speaker, attribution: Attribution, hue: int) -> Markup:
    said = [statement for statement in attribution.statements if statement.speaker == speaker.id]
    name = _mark(_speaker(speaker), hue)
    return Markup("<tr><td>{}</td><td>{}</td></tr>").format(name, _statements(said))


def _statements(said: Iterable[Statement]) -> Markup:
    each = Markup('{} <span class="dim">{}{}</span>')
    marks = (each.format(_numbers(s.sentences), s.kind, f", {s.cue}" if s.cue else "") for s in said)
    return Markup("; ").join(marks)


def _speaker_brief_rows(part: SpeakerBrief) -> list[Markup]:
    titles = [line for line in (part.name, part.role, part.organisation) if line]
    name = Line(", ".join(line.en for line in titles), "，".join(line.zh for line in titles))
    return [_heading_row(name), *(_line_row(line) for line in part.summary)]


def _heading_row(line: Line) -> Markup:
    cells = Markup('<tr><th lang="en">{}</th><th lang="zh">{}{}</th></tr>')
    return cells.format(line.en, line.zh, _notes(line.findings))


def _line_row(line: Line) -> Markup:
    numbers = _numbers(line.sentences)
    cells = Markup('<tr><td lang="en">{} {}</td><td lang="zh">{} {}{}</td></tr>')
    return cells.format(line.en, numbers, line.zh, numbers, _notes(line.findings))


def _notes(findings: Iterable[Finding]) -> Markup:
    return Markup("").join(Markup("<br>{}").format(_finding(finding)) for finding in findings)


def _table(heads: tuple[str, ...], rows: Iterable[Markup]) -> Markup:
    head = Markup("").join(Markup('<th class="dim">{}</th>').format(text) for text in heads)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, Markup("").join(rows))


def _count(things: Sequence[object], noun: str) -> str:
    return f"{len(things)} {noun}" if len(things) == 1 else f"{len(things)} {noun}s"


def _twice(own: str, other: str | None) -> str:
    return f"{own} ({other})" if other else own


def _numbers(indexes: Iterable[int]) -> Markup:
    return Markup("<sup>[{}]</sup>").format(", ".join(str(index) for index in indexes))


def _code(document: Document) -> str:
    return "zh-Hant" if document.script == "traditional" else document.language
