"""Tidy tables of the records: one row a document, statement, speaker, finding, term, translation or sentence.

Column names are stable: notebooks, `outputs/*.csv` and spreadsheets depend on them. Sentence numbers are the indexes of
the records; what is not known is missing (pandas' own None or NaN), never a made-up text.

>>> from wivtext.records import Sentence, Document
>>> document = Document("a", "", "zh", "你好。", (), (Sentence(0, 0, 3, "你好。", 0, "zh"),))
>>> sentences(document)["text"].tolist()
['你好。']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from wivtext.directory import CorpusSpeaker, speakers_of
from wivtext.findings import Placed, placed
from wivtext.memory.cells import harmless
from wivtext.namebook import NameEntry
from wivtext.records import (
    Attribution,
    Brief,
    Document,
    Language,
    Line,
    Sentence,
    Speaker,
    SpeakerBrief,
    Statement,
    Translation,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from wivtext.models import ModelInfo
    from wivtext.terms import TermBase

STATEMENTS = (
    "document",
    "speaker_en",
    "speaker_zh",
    "kind",
    "sentences",
    "text_en",
    "text_zh",
    "cue",
    "confidence",
    "rule",
)
SPEAKERS = (
    "document",
    "speaker_en",
    "speaker_zh",
    "kind",
    "role_en",
    "role_zh",
    "organisation_en",
    "organisation_zh",
    "statements",
    "sentences",
    "characters",
    "summary_en",
    "summary_zh",
)
CORPUS_SPEAKERS = (
    "speaker_en",
    "speaker_zh",
    "kind",
    "role_en",
    "role_zh",
    "organisation_en",
    "organisation_zh",
    "aliases",
    "documents",
    "statements",
    "sentences",
)
NAMES = (
    "en",
    "zh",
    "pinyin",
    "role_en",
    "role_zh",
    "organisation_en",
    "organisation_zh",
    "documents",
    "status",
)
FINDINGS = ("document", "sentence", "where", "kind", "severity", "source", "target", "message", "text_en", "text_zh")
TRANSLATIONS = ("source_language", "target_language", "source", "text", "engine", "score", "findings")
TERMS = ("document", "term", "wanted", "kind", "places", "hits", "misses", "missed_sentences")
SENTENCES = ("sentence", "paragraph", "language", "speaker", "kind", "text")
TOPICS = ("document", "term_en", "term_zh", "about", "kind", "mentions", "sentences")
MODELS = ("alias", "task", "directions", "parameters", "download", "licence", "commercial")
DOCUMENTS = (
    "document",
    "title_en",
    "title_zh",
    "language",
    "date",
    "source",
    "sentences",
    "speakers",
    "statements",
    "findings",
)


def documents(briefs: Iterable[Brief]) -> DataFrame:
    """One row a document: its title in both languages, what is known of it, and how much there is in it."""
    return _frame(DOCUMENTS, map(_document_row, briefs))


def statements(briefs: Iterable[Brief]) -> DataFrame:
    """One row a statement, in reading order, those of unknown speakers too (`speaker_en`, `speaker_zh` empty)."""
    return _frame(STATEMENTS, (row for brief in briefs for row in statement_rows(brief)))


def speakers(briefs: Iterable[Brief]) -> DataFrame:
    """One row a speaker of a document; `sentences` and `characters` say how much of its text is theirs."""
    return _frame(SPEAKERS, (_speaker_row(brief, part) for brief in briefs for part in brief.speakers))


def corpus_speakers(briefs: Iterable[Brief]) -> DataFrame:
    """One row a speaker of all the briefs, across documents; aliases and documents are divided by ` | `."""
    return _frame(CORPUS_SPEAKERS, map(corpus_speaker_row, speakers_of(briefs)))


def name_book(entries: Iterable[NameEntry]) -> DataFrame:
    """One row a person of a name book; what is not known is missing, documents are divided by ` | `."""
    return _frame(NAMES, map(_name_row, entries))


def findings(briefs: Iterable[Brief]) -> DataFrame:
    """One row a finding, as many as `Brief.findings`; `sentence` is empty for the title and for speakers' names.

    `where` is title, sentence, point, summary or speaker; `severity` is serious, minor or notice (see `findings`).
    """
    return _frame(FINDINGS, (finding_row(brief, one) for brief in briefs for one in placed(brief)))


def translations(results: Iterable[Translation]) -> DataFrame:
    """One row a translation; `findings` lists the kinds of what the checks found."""
    return _frame(TRANSLATIONS, (_translation_row(result) for result in results))


def sentences(document: Document, attribution: Attribution | None = None) -> DataFrame:
    """One row a sentence; with an attribution, whose statement it belongs to and of what kind."""
    said = _statement_of(attribution.statements if attribution else ())
    return _frame(SENTENCES, (_sentence_row(sentence, said) for sentence in document.sentences))


def terms(briefs: Iterable[Brief], base: TermBase | None = None) -> DataFrame:
    """One row a term of a document: in how many sentences it stands, came out as the term base has it, and did not."""
    from wivtext.terms import TermBase
    from wivtext.terms.audit import audit_brief

    base = base if base is not None else TermBase.load()
    return _frame(
        TERMS,
        (
            (
                brief.document.name,
                use.source,
                use.target,
                use.kind,
                use.places,
                len(use.hits),
                len(use.misses),
                _numbers(use.misses),
            )
            for brief in briefs
            for use in audit_brief(brief, base)
        ),
    )


def topics(briefs: Iterable[Brief], base: TermBase | None = None) -> DataFrame:
    """One row a term of a document, in whichever form and language it stands there, the most frequent first.

    `about` is person, organisation, place, role, measure or subject; `base` is the shipped term base by default.
    """
    from wivtext.terms import TermBase
    from wivtext.topics import mentions

    base = base if base is not None else TermBase.load()
    return _frame(
        TOPICS,
        (
            (brief.document.name, use.en, use.zh, use.about, use.kind, use.mentions, use.sentences)
            for brief in briefs
            for use in mentions(brief.document.sentences, base)
        ),
    )


def models(found: Iterable[ModelInfo]) -> DataFrame:
    """One row a model, as of `wivtext.models.registry`: millions of parameters, megabytes to download."""
    rows = ([getattr(one, name) for name in MODELS] for one in found)
    return _frame(MODELS, ((*row[:2], ", ".join(row[2]), *row[3:]) for row in rows))


def _frame(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> DataFrame:
    import pandas

    return pandas.DataFrame(list(rows), columns=list(columns))


def _document_row(brief: Brief) -> tuple[Any, ...]:
    document = brief.document
    facts = (document.origin.get("date"), document.origin.get("source"))
    said = len(brief.unattributed) + sum(len(part.statements) for part in brief.speakers)
    counts = (len(document.sentences), len(brief.speakers), said, len(brief.findings))
    return (document.name, *_both(brief.title), document.language, *facts, *counts)


def statement_rows(brief: Brief) -> Iterator[tuple[Any, ...]]:
    """The rows of one brief in `statements`."""
    said: list[tuple[Line | None, Statement]] = [(None, statement) for statement in brief.unattributed]
    said += [(part.name, statement) for part in brief.speakers for statement in part.statements]
    for name, statement in sorted(said, key=lambda row: row[1].sentences):
        lines = [brief.sentences[index] for index in statement.sentences]
        yield (
            brief.document.name,
            *_both(name),
            statement.kind,
            _numbers(statement.sentences),
            _joined(lines, "en"),
            _joined(lines, "zh"),
            statement.cue,
            round(statement.confidence, 2),
            statement.rule,
        )


def _speaker_row(brief: Brief, part: SpeakerBrief) -> tuple[Any, ...]:
    said = sorted({index for statement in part.statements for index in statement.sentences})
    return (
        brief.document.name,
        part.name.en,
        part.name.zh,
        part.speaker.kind,
        *_both(part.role),
        *_both(part.organisation),
        len(part.statements),
        len(said),
        sum(len(brief.document.sentences[index].text) for index in said),
        _joined(part.summary, "en"),
        _joined(part.summary, "zh"),
    )


def finding_row(brief: Brief, one: Placed) -> tuple[Any, ...]:
    """The row of a finding in `findings`."""
    finding, line = one.finding, one.line
    where = None if one.sentence is None else str(one.sentence)
    parts = (finding.source, finding.target, finding.message)
    return (brief.document.name, where, one.part, finding.kind, one.severity, *parts, line.en, line.zh)


def _name_row(entry: NameEntry) -> tuple[Any, ...]:
    cells = (getattr(entry, name) for name in NAMES if name not in ("documents", "status"))
    return (*(cell or None for cell in cells), " | ".join(entry.documents), entry.status)


def corpus_speaker_row(entry: CorpusSpeaker) -> tuple[Any, ...]:
    """The row of a speaker in `corpus_speakers`."""
    return (
        entry.name.en,
        entry.name.zh,
        entry.kind,
        *_both(entry.role),
        *_both(entry.organisation),
        " | ".join(entry.aliases),
        " | ".join(entry.documents),
        entry.statements,
        entry.sentences,
    )


def _translation_row(result: Translation) -> tuple[Any, ...]:
    return (
        result.source_language,
        result.target_language,
        result.source,
        result.text,
        result.engine,
        None if result.score is None else round(result.score, 3),
        ", ".join(finding.kind for finding in result.findings),
    )


def _sentence_row(sentence: Sentence, said: dict[int, Statement]) -> tuple[Any, ...]:
    statement = said.get(sentence.index)
    speaker, kind = (statement.speaker, statement.kind) if statement else (None, None)
    return (sentence.index, sentence.paragraph, sentence.language, speaker, kind, sentence.text)


def _statement_of(said: Iterable[Statement]) -> dict[int, Statement]:
    return {index: statement for statement in said for index in statement.sentences}


def _joined(lines: Iterable[Line], language: Language) -> str:
    # Chinese sentences follow each other without a space.
    return " ".join(line.en for line in lines) if language == "en" else "".join(line.zh for line in lines)


def _both(line: Line | None) -> tuple[str | None, str | None]:
    return (line.en, line.zh) if line else (None, None)


def _numbers(indexes: Iterable[int]) -> str:
    return " ".join(str(index) for index in indexes)


def csv(frame: DataFrame) -> str:
    """A table as CSV in which a spreadsheet takes no text for a formula.

    >>> import pandas
    >>> csv(pandas.DataFrame({"n": [1], "text": ["=1+1"]}))
    "n,text\\n1,'=1+1\\n"
    """
    safe: str = frame.map(harmless).to_csv(index=False, lineterminator="\n")
    return safe


def names(people: Iterable[Speaker]) -> list[str]:
    """The speakers' names, sorted: short enough for a line of a notebook.

    >>> names([Speaker("b", "冷炎"), Speaker("a", "Leng Yan")])
    ['Leng Yan', '冷炎']
    """
    return sorted(person.name for person in people)
