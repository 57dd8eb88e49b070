"""What is kept of one brief for an overview: its sentences in both languages, who says them, and what they mention.

All else of the brief can be forgotten, so that a thousand of them fit into memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern

from wivtext.across.records import Cited, Place
from wivtext.directory import Appearance
from wivtext.engines.extractive import tokens
from wivtext.hanzi import simplified
from wivtext.records import Brief, Language, Line, SpeakerBrief, StatementKind
from wivtext.terms import TermBase
from wivtext.topics import About, about
from wivtext.typography import is_chinese

_LEAD, _OFTEN = 2, 3  # sentences
_SHORT = 5  # words
_CAPITAL = re.compile(r"\b[A-Z][\w&’'-]+")
_LABEL = re.compile(r"^[^:：]{1,40}[:：]\s*")
_NO_NAME = re.compile(
    r"(?:Janu|Febru)ary|March|April|May|Ju(?:ne|ly)|August|(?:Septem|Octo|Novem|Decem)ber"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I(?:['’]\w+)?|The|In|It|He|She|We|They|But|And|For|At|On|By"
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the term base, or a name of a document, the same in both languages."""

    en: str
    zh: str
    about: About


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: `voice` is an index into `Account.voices`; `words` are what it is compared by, for each language.

    `names` are the capitalised words of its English text, `called` those of them that only say who speaks; `gist` says
    that it is of what the speaker mainly says.
    """

    document: str
    index: int
    line: Line
    language: Language
    voice: int | None
    kind: StatementKind | None
    turn: bool
    gist: bool
    concepts: tuple[Concept, ...]
    names: frozenset[str]
    called: frozenset[str]
    words: dict[Language, frozenset[str]]

    def text(self, language: Language) -> str:
        """Its text in a language."""
        return self.line.en if language == "en" else self.line.zh

    @property
    def own(self) -> str:
        """Its text in the language that it was written in."""
        return self.text(self.language)

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return asks(self.own)

    @property
    def key(self) -> tuple[str, int]:
        return self.document, self.index


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a brief; `points` are the indexes of the sentences that its points are made of."""

    name: str
    title: Line
    language: Language
    facts: tuple[str, ...]
    date: str
    told: tuple[Told, ...]
    voices: tuple[Appearance, ...]
    names: frozenset[str]
    central: frozenset[Concept]
    points: tuple[tuple[Line, Language], ...]
    statements: int
    signature: str


def account_of(brief: Brief, terms: TermBase) -> Account:
    """What an overview needs of a brief."""
    document = brief.document
    own = _own_names(brief)
    spoken = {
        index: (voice, statement.kind)
        for voice, part in enumerate(brief.speakers)
        for statement in part.statements
        for index in statement.sentences
    }
    summed_up = {index for part in brief.speakers for index in _main_sentences(brief, part)}
    told = tuple(
        Told(
            document.name,
            sentence.index,
            _without_label(line, sentence.text, document.paragraphs[sentence.paragraph].label),
            sentence.language,
            spoken[sentence.index][0] if sentence.index in spoken else None,
            spoken[sentence.index][1] if sentence.index in spoken else None,
            document.paragraphs[sentence.paragraph].label is not None,
            sentence.index in summed_up,
            tuple(_concepts(sentence.text, sentence.language, line, terms, own)),
            frozenset(_names(line.en)),
            _called(brief.speakers, spoken.get(sentence.index)),
            {"en": _words(line.en), "zh": _words(line.zh)},
        )
        for sentence, line in zip(document.sentences, brief.sentences, strict=True)
    )
    return Account(
        name=document.name,
        title=brief.title,
        language=document.language,
        facts=tuple(document.origin[key] for key in ("date", "source", "author") if document.origin.get(key)),
        date=document.origin.get("date", ""),
        told=told,
        voices=tuple(Appearance.of(document.name, part) for part in brief.speakers),
        names=frozenset(_names(f"– {brief.title.en}")).union(*(one.names for one in told)),
        central=frozenset(_central(brief, told, terms, own)),
        points=tuple((line, document.sentences[line.sentences[0]].language) for line in brief.points if line.sentences),
        statements=sum(len(part.statements) for part in brief.speakers),
        signature=brief.signature,
    )


def cited(told: Sequence[Told], speaker: int | None, also: tuple[Place, ...] = ()) -> Cited:
    """Neighbouring sentences of one document as one citation."""
    first, indexes = told[0], tuple(one.index for one in told)
    between = {"en": " ", "zh": ""}
    findings = tuple(finding for one in told for finding in one.line.findings)
    line = Line(
        between["en"].join(one.line.en for one in told),
        between["zh"].join(one.line.zh for one in told),
        indexes,
        findings,
        all(one.line.corrected for one in told),
    )
    return Cited(line, Place(first.document, indexes), first.language, speaker, first.kind, first.turn, also)


def _without_label(line: Line, text: str, label: str | None) -> Line:
    """The line without the name before the colon that a turn of a transcript begins with."""
    if label is None or not re.match(rf"{re.escape(label)}\s*[:：]", text):
        return line
    en, zh = (_LABEL.sub("", side, count=1) for side in (line.en, line.zh))
    return replace(line, en=en, zh=zh) if en and zh else line


def _called(speakers: Sequence[SpeakerBrief], said: tuple[int, StatementKind] | None) -> frozenset[str]:
    """The words that name the one who says a sentence: it is not about them because they say it."""
    if said is None or speakers[said[0]].speaker.kind == "organisation":
        return frozenset()
    part = speakers[said[0]]
    lines = (part.name, part.organisation) if part.organisation else (part.name,)
    return frozenset(word.lower() for line in lines for word in _CAPITAL.findall(line.en))


def _main_sentences(brief: Brief, part: SpeakerBrief) -> set[int]:
    """The sentences of a speaker's summary that tell something; a moderator's, who asks, do not."""
    indexes = {index for line in part.summary for index in line.sentences}
    texts = {index: brief.document.sentences[index].text for index in indexes}
    if any(asks(text) for text in texts.values()):
        return set()
    return {index for index, text in texts.items() if len(_words(text)) >= _SHORT}


def asks(text: str) -> bool:
    """Whether a sentence is a question."""
    return text.rstrip("”\"'’」』").endswith(("?", "？"))


def _own_names(brief: Brief) -> list[Concept]:
    """The organisations of the document's speakers, which the term base need not know."""
    lines = [part.organisation for part in brief.speakers]
    lines += [part.name for part in brief.speakers if part.speaker.kind == "organisation"]
    pairs = dict.fromkeys((line.en, line.zh) for line in lines if line and line.en[:1].isupper())
    return [Concept(en, zh, "organisation") for en, zh in pairs]


def _concepts(text: str, language: Language, line: Line, terms: TermBase, own: Sequence[Concept]) -> Iterator[Concept]:
    found = {match.entry: None for match in terms.match(text, language)}
    known = [Concept(entry.en, entry.zh, about(entry)) for entry in found]
    yield from known
    for name in own:
        if not any(name.en == one.en for one in known) and (
            name.en in line.en or (is_chinese(name.zh) and name.zh in line.zh)
        ):
            yield name


def _central(brief: Brief, told: Sequence[Told], terms: TermBase, own: Sequence[Concept]) -> Iterator[Concept]:
    """What a document is about: the terms of its title and of its first sentences, and those that come again."""
    title = brief.document.title or brief.document.name.replace("-", " ")
    yield from _concepts(title, "zh" if is_chinese(title) else "en", brief.title, terms, own)
    counts = Counter(concept for one in told for concept in one.concepts)
    often = max(_OFTEN, len(told) / 8)
    yield from (concept for concept, count in counts.items() if count >= often)
    yield from (concept for one in told[:_LEAD] for concept in one.concepts)


def _names(text: str) -> Iterator[str]:
    """Capitalised words of an English text, but for the first of it."""
    for match in _CAPITAL.finditer(text, 1):
        word = match.group().removesuffix("’s").removesuffix("'s")
        if not _NO_NAME.fullmatch(word):
            yield intern(word.lower())


def _words(text: str) -> frozenset[str]:
    return frozenset(intern(word) for word in tokens(simplified(text)) if not word[0].isdecimal())
