"""What one brief of many documents consists of: small, frozen, JSON in and out like the records of a single brief.

Every text is a `Cited` line: in both languages, with its document and the sentences there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wivtext.directory import CorpusSpeaker
from wivtext.records import Displayed, Language, Line, StatementKind

Stance = Literal["alike", "contrary"]


@dataclass(frozen=True, slots=True)
class Place(Displayed):
    """Sentences of a document, by index."""

    document: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cited(Displayed):
    """Neighbouring sentences of one document in both languages, and who says them.

    `speaker` is an index into `Overview.people`, `kind` how the words are reported; both None where the document itself
    speaks. `language` is the language they were written in, `turn` says that they are of a transcript, and `also` are
    the same sentences in other versions of the article.
    """

    line: Line
    place: Place
    language: Language
    speaker: int | None = None
    kind: StatementKind | None = None
    turn: bool = False
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice(Displayed):
    """What one speaker (an index into `Overview.people`) says on a topic, in all documents."""

    speaker: int
    said: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Topic(Displayed):
    """What several documents are about: its terms in both languages, who said what on it, and what is told besides."""

    terms: tuple[Line, ...]
    documents: tuple[str, ...]
    voices: tuple[Voice, ...]
    told: tuple[Cited, ...]

    @property
    def label(self) -> Line:
        """The term that it is called by."""
        return self.terms[0]


@dataclass(frozen=True, slots=True)
class Echo(Displayed):
    """Two speakers who say alike things, or the contrary; `cue` is the expression that says so, None where the
    likeness of their words does."""

    stance: Stance
    first: Cited
    second: Cited
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Figure(Displayed):
    """A figure as it is written at one place, in the language of that place; the same `value` is the same figure."""

    text: str
    value: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Discrepancy(Displayed):
    """Different figures for the same thing; `versions` says that they are of versions of one article."""

    about: tuple[Line, ...]
    figures: tuple[Figure, ...]
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Article(Displayed):
    """Documents that are versions of one article; the first stands for all.

    `shared` counts the sentences that the others have in common with it, `only` are those a version has alone.
    """

    documents: tuple[str, ...]
    shared: int
    only: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Source(Displayed):
    """A document of the overview: its title, what is known of it, and how much there is in it."""

    document: str
    title: Line
    language: Language
    facts: tuple[str, ...]
    sentences: int
    statements: int
    points: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Overview(Displayed):
    """One brief of many documents; `signature` names what the wording depends on."""

    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    discrepancies: tuple[Discrepancy, ...]
    echoes: tuple[Echo, ...]
    articles: tuple[Article, ...]
    people: tuple[CorpusSpeaker, ...]
    signature: str

    def __repr__(self) -> str:
        # Whole it would fill a hundred pages of a notebook.
        return f"<overview of {len(self.sources)} documents, {len(self.topics)} topics>"
