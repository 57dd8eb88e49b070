"""The records that pass between the stages: small, frozen, JSON in and out.

    read        file -> Document
    attribute   Document -> Attribution (Speakers, Statements)
    translate   texts -> Translations
    summarize   Passages -> Points
    brief       all of it -> Brief
    check       source, target -> Findings

Offsets count Unicode code points of `Document.text`, and `text[start:end]` of every span equals its text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import msgspec

Language = Literal["en", "zh"]
Script = Literal["simplified", "traditional"]
StatementKind = Literal["direct", "indirect", "mixed"]

Record = TypeVar("Record")


def to_dict(record: Any) -> Any:
    """Plain dicts, lists and strings of a record, ready for `json.dumps`.

    >>> to_dict(Point("Sales rose.", (0,)))
    {'text': 'Sales rose.', 'sentences': [0], 'generated': False, 'findings': []}
    """
    data = msgspec.to_builtins(record)
    return _without_tuples(data)


def from_dict(kind: type[Record], data: Any) -> Record:
    """The record of class `kind` that `to_dict` made `data` of.

    Raises `msgspec.ValidationError` (a `ValueError`), which names the field that does not fit.

    >>> from_dict(Point, {"text": "Sales rose.", "sentences": [0]})
    Point(text='Sales rose.', sentences=(0,), generated=False)
    """
    return msgspec.convert(data, kind)


def _without_tuples(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_tuples(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_without_tuples(value) for value in data]
    return data


class Displayed:
    """A record that JupyterLab shows as a table or a page instead of its repr."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from wivtext import display

        page: str = display.html(self)
        return page


@dataclass(frozen=True, slots=True)
class Sentence(Displayed):
    """One sentence of a document, quotations kept whole. `paragraph` is an index into `Document.paragraphs`."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    language: Language


@dataclass(frozen=True, slots=True)
class Paragraph(Displayed):
    """A run of text. `label` is the speaker's name where the paragraph is a turn of a transcript ("NAME: ...")."""

    index: int
    start: int
    end: int
    text: str
    kind: Literal["text", "heading", "item", "turn", "caption"] = "text"
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Document(Displayed):
    """What a reader of the file sees. The title is part of `text` where the file shows it there, but no sentence.

    `language` is the main language; a mixed document has sentences of the other one. `digest` is the SHA-256 of the
    file's bytes; `origin` holds what front matter or the page's head say (date, source, url, author).
    """

    name: str
    title: str
    language: Language
    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    script: Script | None = None
    mixed: bool = False
    origin: dict[str, str] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Speaker(Displayed):
    """A person or an organisation that speaks in a document, as its source names it.

    `id` is unique within the document (the name, with a number where two share it). `name_other`, `role_other` and
    `organisation_other` are the same in the other language where the document itself, the term base or the name book
    knows them, else None: a person's Chinese name is never guessed.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    organisation: str | None = None
    kind: Literal["person", "organisation"] = "person"
    name_other: str | None = None
    role_other: str | None = None
    organisation_other: str | None = None


@dataclass(frozen=True, slots=True)
class Statement(Displayed):
    """Sentences that report what one speaker said, with the evidence for it.

    `speaker` is a `Speaker.id`, or None where nobody can be named; `cue` is the reporting expression found in the text
    ("said", "表示") and `rule` names the rule or model that decided; `reason` says why in words.
    """

    speaker: str | None
    kind: StatementKind
    sentences: tuple[int, ...]
    cue: str | None
    confidence: float
    rule: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attribution(Displayed):
    """Who said what in one document."""

    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Finding(Displayed):
    """Something a check does not vouch for. `source` and `target` are the parts that disagree.

    `kind` is one of `wivtext.checking.KINDS` (number, date, money, term, name, omission, loop, untranslated, ...).
    """

    kind: str
    source: str
    target: str
    message: str


@dataclass(frozen=True, slots=True)
class TermPair(Displayed):
    """A source expression and the target expression that has to come out for it; `allowed` forms are as right."""

    source: str
    target: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermUse(Displayed):
    """How a term came out: `hits` and `misses` are the sentences (or lines) that have it, right and not."""

    source: str
    target: str
    kind: str = ""
    hits: tuple[int, ...] = ()
    misses: tuple[int, ...] = ()

    @property
    def places(self) -> int:
        """How many sentences have the term."""
        return len(self.hits) + len(self.misses)


@dataclass(frozen=True, slots=True)
class Translation(Displayed):
    """A text and its translation. `engine` is the engine's signature; `score` its own, comparable within one engine."""

    source: str
    text: str
    source_language: Language
    target_language: Language
    engine: str
    score: float | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Point(Displayed):
    """A line of a summary and the indexes of the source sentences that support it; `findings` say what they don't."""

    text: str
    sentences: tuple[int, ...]
    generated: bool = False
    findings: tuple[Finding, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Line(Displayed):
    """A line of a brief in both languages, the sentences behind it, and what the checks found in its translation.

    `corrected` says that the translation is an analyst's, from the memory: what the checks find in it is a notice.
    `generated` says that a model put the line in words of its own, which no sentence has (`Point.generated`).
    """

    en: str
    zh: str
    sentences: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    corrected: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerBrief(Displayed):
    """One speaker: name, role and organisation in both languages, a summary, the statements.

    A name, role or organisation that is not known in the other language stands there in the source's own form.
    """

    speaker: Speaker
    name: Line
    role: Line | None
    organisation: Line | None
    summary: tuple[Line, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Brief(Displayed):
    """A document's brief in English and Chinese.

    `sentences[i]` is the document's sentence i in both languages (its own words on one side, the translation on the
    other); every `Line.sentences` and `Statement.sentences` points into it. `signature` names everything that the
    wording depends on: package version, engines, settings. `terms` says how each term of the term base came out.
    """

    document: Document
    title: Line
    points: tuple[Line, ...]
    speakers: tuple[SpeakerBrief, ...]
    unattributed: tuple[Statement, ...]
    sentences: tuple[Line, ...]
    signature: str
    terms: tuple[TermUse, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding in reading order: title, sentences, what is made of them, names; see `findings.placed`."""
        from wivtext.findings import placed

        return tuple(one.finding for one in placed(self))
