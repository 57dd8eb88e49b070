"""The translated segments of a brief, each with an identity that tells later whether somebody changed it.

The identity of a segment holds a digest of its source and one of its translation as it was written. Whatever happens
to the file, the document or the engine afterwards, a translation that no longer fits its digest is an edit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wivtext import naming
from wivtext.language import other_language
from wivtext.memory.corrections import short_key
from wivtext.records import Brief, Finding, Language, Line

TITLE, SENTENCE, POINT, NAME = "title", "s", "p", "n"
_ID = re.compile(r"(title|[snp]\d{1,7})-(en|zh)-([0-9a-f]{8})-([0-9a-f]{8})")
_DIRECTION: dict[str, Language] = {"en": "en", "zh": "zh"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What `Segment.id` says: the place, the target language, the digests of source and translation."""

    place: str
    target_language: Language
    source: str
    translation: str

    def __str__(self) -> str:
        return f"{self.place}-{self.target_language}-{self.source}-{self.translation}"

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """The identity of an id, None for anything else.

        >>> str(Identity.parse(" s12-zh-0a1b2c3d-4e5f6a7b")), Identity.parse("12")
        ('s12-zh-0a1b2c3d-4e5f6a7b', None)
        """
        match = _ID.fullmatch(text.strip())
        return cls(match[1], _DIRECTION[match[2]], match[3], match[4]) if match else None

    @property
    def before(self) -> str | None:
        """The place of the sentence before this one."""
        number = int(self.place[1:]) if self.place.startswith(SENTENCE) else 0
        return f"{SENTENCE}{number - 1}" if number else None


@dataclass(frozen=True, slots=True)
class TranslatedSegment:
    """A text of a brief and its translation."""

    identity: Identity
    source: str
    translation: str
    findings: tuple[Finding, ...] = ()


def segments(brief: Brief) -> Iterator[TranslatedSegment]:
    """Title, sentences, points that are no sentence, and names that an engine translated; each text once a place."""
    if brief.title.en or brief.title.zh:
        yield _segment(TITLE, brief.title, naming.language_of(brief.document.title))
    for sentence, line in zip(brief.document.sentences, brief.sentences, strict=True):
        yield _segment(f"{SENTENCE}{sentence.index}", line, sentence.language)
    seen = {(line.en, line.zh) for line in (brief.title, *brief.sentences)}
    for place, line, language in (*_points(brief), *_names(brief)):
        if (line.en, line.zh) not in seen:
            seen.add((line.en, line.zh))
            yield _segment(place, line, language)


def digest_of(translation: str) -> str:
    """Eight hexadecimal digits for a translation, the same however its spaces were changed."""
    return hashlib.sha256(" ".join(translation.split()).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _segment(place: str, line: Line, language: Language) -> TranslatedSegment:
    source, translation = (line.en, line.zh) if language == "en" else (line.zh, line.en)
    source, translation = " ".join(source.split()), " ".join(translation.split())
    identity = Identity(place, other_language(language), short_key(source), digest_of(translation))
    return TranslatedSegment(identity, source, translation, line.findings)


def _points(brief: Brief) -> Iterator[tuple[str, Line, Language]]:
    lines = (*brief.points, *(line for speaker in brief.speakers for line in speaker.summary))
    for number, line in enumerate(lines):
        cited = line.sentences[:1]
        language = brief.document.sentences[cited[0]].language if cited else brief.document.language
        yield f"{POINT}{number}", line, language


def _names(brief: Brief) -> Iterator[tuple[str, Line, Language]]:
    """Roles and organisations; what a person is called belongs to the term base."""
    number = 0
    for speaker in brief.speakers:
        own = speaker.name if speaker.speaker.kind == "organisation" else None
        named = ((own, speaker.speaker.name), (speaker.role, speaker.speaker.role),
                 (speaker.organisation, speaker.speaker.organisation))  # fmt: skip
        for line, source in named:
            if line and source and (line.findings or line.corrected):
                yield f"{NAME}{number}", line, naming.language_of(source)
            number += 1
