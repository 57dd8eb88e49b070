"""How each record is shown; one without a form of its own shows its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import singledispatch
from typing import Any

from markupsafe import Markup

from wivtext.across.records import Overview
from wivtext.directory import CorpusSpeaker
from wivtext.display.page import count, in_table, numbers, twice
from wivtext.memory import Memory
from wivtext.memory.corrections import Correction
from wivtext.namebook import NameEntry
from wivtext.records import (
    Attribution,
    Brief,
    Displayed,
    Document,
    Finding,
    Line,
    Paragraph,
    Point,
    Sentence,
    Speaker,
    SpeakerBrief,
    Statement,
    TermUse,
    Translation,
)
from wivtext.terms import TermBase

# A document may be of any length; a notebook's output should not be.
SHOWN_SENTENCES = 200
SHOWN_ROWS = 50
HUES = (210, 28, 150, 330, 48, 268, 180, 0)
LANGUAGES = {"en": "English", "zh": "Chinese"}


@singledispatch
def body(record: Any) -> Markup:
    raise TypeError(f"display.html shows the records of wivtext.records, not {type(record).__name__}")


@body.register(list)
@body.register(tuple)
def _sequence(records: Sequence[Any]) -> Markup:
    if records and all(isinstance(record, Translation) for record in records):
        return _translations(records)
    return Markup("").join(Markup("<div>{}</div>").format(body(record)) for record in records)


@body.register
def _document(document: Document) -> Markup:
    facts = [LANGUAGES[document.language] + (f" ({document.script})" if document.script else "")]
    facts += [count(document.paragraphs, "paragraph"), count(document.sentences, "sentence")]
    facts += [f"{key}: {value}" for key, value in sorted(document.origin.items())]
    head = Markup('<h4 lang="{}">{}</h4><p class="dim">{}</p>')
    text = _paragraphs(document, _numbered)
    return head.format(_code(document), document.title or document.name, " · ".join(facts)) + text


@body.register
def _paragraph(paragraph: Paragraph) -> Markup:
    label = Markup("<b>{}</b> ").format(paragraph.label) if paragraph.label else ""
    return Markup("<p>{}{}</p>").format(label, paragraph.text)


@body.register
def _sentence(sentence: Sentence) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(sentence.language, _numbered(sentence))


@body.register
def _speaker(speaker: Speaker) -> Markup:
    parts: list[str] = [Markup("<b>{}</b>").format(twice(speaker.name, speaker.name_other))]
    parts += [twice(speaker.role, speaker.role_other)] if speaker.role else []
    parts += [twice(speaker.organisation, speaker.organisation_other)] if speaker.organisation else []
    return Markup(", ").join(parts)


@body.register
def _corpus_speaker(entry: CorpusSpeaker) -> Markup:
    parts: list[str] = [Markup("<b>{}</b>").format(twice(entry.name.en, entry.name.zh))]
    parts += [twice(line.en, line.zh) for line in (entry.role, entry.organisation) if line]
    where = Markup('<span class="dim">{} in {}</span>').format(
        count(range(entry.statements), "statement"), ", ".join(entry.documents)
    )
    return Markup(", ").join([*parts, where])


@body.register
def _name_entry(entry: NameEntry) -> Markup:
    role, body = entry.role_en or entry.role_zh, entry.organisation_en or entry.organisation_zh
    parts = [Markup("<b>{}</b>").format(twice(entry.en or "?", entry.zh or "?")), role, body, entry.status]
    return Markup(", ").join(part for part in parts if part)


@body.register
def _statement(statement: Statement) -> Markup:
    speaker = Markup("<b>{}</b>").format(statement.speaker or "unknown speaker")
    cue = Markup(" “{}”").format(statement.cue) if statement.cue else ""
    how = Markup('<span class="dim">{}{} · {}, {:.2f}</span>')
    return Markup("{} {} {}").format(
        speaker,
        numbers(statement.sentences),
        how.format(statement.kind, cue, statement.rule, statement.confidence),
    )


@body.register
def _attribution(attribution: Attribution) -> Markup:
    colours = _colours(attribution)
    rows = [_speaker_row(speaker, attribution, colours[speaker.id]) for speaker in attribution.speakers]
    nameless = [statement for statement in attribution.statements if statement.speaker is None]
    rows += [Markup("<tr><td>unknown speaker</td><td>{}</td></tr>").format(_statements(nameless))] if nameless else []
    return in_table(("speaker", "sentences"), rows)


@body.register
def _finding(finding: Finding) -> Markup:
    return Markup('<b class="kind">{}</b> <span>{}</span> → <span>{}</span> <span class="dim">{}</span>').format(
        finding.kind, finding.source or "–", finding.target or "–", finding.message
    )


@body.register
def _translation(result: Translation) -> Markup:
    return _translations([result])


@body.register
def _point(point: Point) -> Markup:
    shown = point.text, numbers(point.sentences), _worded(point), _notes(point.findings)
    return Markup("<p>{} {}{}{}</p>").format(*shown)


@body.register
def _line(line: Line) -> Markup:
    return in_table(("English", "Chinese"), [_line_row(line)])


@body.register
def _speaker_brief(part: SpeakerBrief) -> Markup:
    return in_table(("English", "Chinese"), _speaker_brief_rows(part))


@body.register
def _brief(brief: Brief) -> Markup:
    rows = [_heading_row(brief.title), *(_line_row(line) for line in brief.points)]
    for part in brief.speakers:
        rows += _speaker_brief_rows(part)
    note = f"{count(brief.findings, 'finding')} · {brief.signature}"
    return in_table(("English", "Chinese"), rows) + Markup('<p class="dim">{}</p>').format(note)


@body.register
def _overview(overview: Overview) -> Markup:
    """The topics with who says what on them, and how much there is of the rest."""
    facts = [count(overview.sources, "document"), count(overview.topics, "topic"), count(overview.people, "speaker")]
    facts += [f"{len(overview.discrepancies)} with different figures", f"{len(overview.echoes)} agree or disagree"]
    rows = []
    for topic in overview.topics[:SHOWN_ROWS]:
        rows.append(_heading_row(topic.label))
        for voice in topic.voices[:SHOWN_ROWS]:
            name, line = overview.people[voice.speaker].name, voice.said[0].line
            rows.append(_line_row(Line(f"{name.en}: {line.en}", f"{name.zh}：{line.zh}", line.sentences)))
    return Markup('<p class="dim">{}</p>').format(" · ".join(facts)) + in_table(("English", "Chinese"), rows)


def _translations(results: Sequence[Translation]) -> Markup:
    return in_table(("source", "translation"), (_translation_row(result) for result in results))


def _translation_row(result: Translation) -> Markup:
    cells = Markup('<tr><td lang="{}">{}</td><td lang="{}">{}{}</td></tr>')
    notes = _notes(result.findings)
    return cells.format(result.source_language, result.source, result.target_language, result.text, notes)


@body.register
def _term_use(use: TermUse) -> Markup:
    return in_table(("term", "wanted", "right in", "not in"), [_term_use_row(use)])


@body.register
def _correction(one: Correction) -> Markup:
    return in_table(("source", "correction"), [_correction_row(one)])


@body.register
def _memory(memory: Memory) -> Markup:
    rows = [_correction_row(one) for one in memory.corrections[:SHOWN_ROWS]]
    return in_table(("source", "correction"), rows) + _more(len(memory) - SHOWN_ROWS, "correction")


@body.register
def _term_base(terms: TermBase) -> Markup:
    """How many there are of each topic, and the analyst's own, which win."""
    own = [entry for entry in terms.entries if entry.own]
    topics = Counter(entry.topic for entry in terms.entries if not entry.own)
    facts = [count(terms.entries, "term"), f"{len(own)} of your own", *(f"{t}: {n}" for t, n in sorted(topics.items()))]
    cells = Markup('<tr><td lang="en">{}</td><td lang="zh">{}</td></tr>')
    rows = [cells.format(" | ".join(e.forms("en")), " | ".join(e.forms("zh"))) for e in own[:SHOWN_ROWS]]
    table = in_table(("English", "Chinese"), rows) if rows else Markup("")
    return Markup('<p class="dim">{}</p>').format(" · ".join(facts)) + table + _more(len(own) - SHOWN_ROWS, "term")


@body.register
def _any_record(record: Displayed) -> Markup:
    if not is_dataclass(record):
        return Markup("<p>{}</p>").format(repr(record))
    return _fields(record)


def _fields(record: Any) -> Markup:
    values = [(field.name, getattr(record, field.name)) for field in fields(record) if field.repr]
    row = Markup("<tr><th>{}</th><td>{}</td></tr>")
    rows = [row.format(name.replace("_", " "), _value(value)) for name, value in values]
    return Markup('<table class="loose"><tbody>{}</tbody></table>').format(Markup("").join(rows))


def _value(value: Any) -> str | Markup:
    if isinstance(value, Displayed):
        return body(value)
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_value(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)) and any(isinstance(one, Displayed) for one in value):
        shown = Markup("").join(Markup("<div>{}</div>").format(body(one)) for one in value[:SHOWN_ROWS])
        return shown + _more(len(value) - SHOWN_ROWS, "record")
    if isinstance(value, (list, tuple, frozenset)):
        return ", ".join(map(str, sorted(value, key=str) if isinstance(value, frozenset) else value))
    return "" if value is None else str(value)


def _term_use_row(use: TermUse) -> Markup:
    row = Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>")
    return row.format(use.source, use.target, numbers(use.hits), numbers(use.misses))


def _correction_row(one: Correction) -> Markup:
    row = Markup('<tr><td lang="{}">{}</td><td lang="{}">{}{}</td></tr>')
    facts = " · ".join(part for part in (one.document, one.author, one.note) if part)
    note = Markup('<br><span class="dim">{}</span>').format(facts) if facts else ""
    return row.format(one.source_language, one.source, one.target_language, one.target, note)


def _more(left: int, noun: str) -> Markup:
    return Markup('<p class="dim">… and {}</p>').format(count(range(left), f"more {noun}")) if left > 0 else Markup("")


def annotated_body(document: Document, attribution: Attribution) -> Markup:
    """The text with every statement in its speaker's colour, and the speakers as a key above it."""
    colours = _colours(attribution)
    said = {index: statement for statement in attribution.statements for index in statement.sentences}
    key = Markup(" ").join(_mark(speaker.name, colours[speaker.id]) for speaker in attribution.speakers)
    text = _paragraphs(document, lambda sentence: _coloured(sentence, said.get(sentence.index), colours))
    return Markup("<p>{}</p>{}").format(key, text)


def points_body(brief: Brief) -> Markup:
    """The title and the points of a brief, in both languages."""
    return in_table(("English", "Chinese"), [_heading_row(brief.title), *map(_line_row, brief.points)])


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
    marks = (each.format(numbers(s.sentences), s.kind, f", {s.cue}" if s.cue else "") for s in said)
    return Markup("; ").join(marks)


def _speaker_brief_rows(part: SpeakerBrief) -> list[Markup]:
    titles = [line for line in (part.name, part.role, part.organisation) if line]
    name = Line(", ".join(line.en for line in titles), "，".join(line.zh for line in titles))
    return [_heading_row(name), *(_line_row(line) for line in part.summary)]


def _heading_row(line: Line) -> Markup:
    cells = Markup('<tr><th lang="en">{}</th><th lang="zh">{}{}</th></tr>')
    return cells.format(line.en, line.zh, _notes(line.findings))


def _line_row(line: Line) -> Markup:
    cited = numbers(line.sentences)
    cells = Markup('<tr><td lang="en">{} {}</td><td lang="zh">{} {}{}</td></tr>')
    return cells.format(line.en, cited, line.zh, cited, _worded(line) + _notes(line.findings))


def _worded(line: Line | Point) -> Markup:
    return Markup(' <span class="dim">worded by a model</span>') if line.generated else Markup("")


def _notes(findings: Iterable[Finding]) -> Markup:
    return Markup("").join(Markup("<br>{}").format(_finding(finding)) for finding in findings)


def _code(document: Document) -> str:
    return "zh-Hant" if document.script == "traditional" else document.language
