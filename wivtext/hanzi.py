"""Simplified characters for Traditional ones, character by character, so that offsets stay true.

Term base, lexicons and the embedded models know Simplified Chinese; what a reader sees keeps its own characters.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from wivtext.records import Attribution, Document, Speaker


def simplified(text: str) -> str:
    """The text in Simplified characters, as long as it was.

    >>> simplified("「裴思遠對臺下觀眾說」")
    '“裴思远对台下观众说”'
    """
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_one(character) for character in text)
    return converted.translate(_QUOTATION_MARKS)


def simplified_document(document: Document) -> Document:
    """The document in Simplified characters, every offset the same."""
    text = simplified(document.text)
    return replace(
        document,
        title=simplified(document.title),
        text=text,
        script="simplified",
        paragraphs=tuple(
            replace(part, text=text[part.start : part.end], label=part.label and simplified(part.label))
            for part in document.paragraphs
        ),
        sentences=tuple(replace(part, text=text[part.start : part.end]) for part in document.sentences),
    )


def as_written(attribution: Attribution, document: Document) -> Attribution:
    """The attribution of a simplified twin of `document`, its names as the document writes them."""
    twin = simplified(document.text)

    def original(text: str) -> str:
        start = twin.find(text)
        return document.text[start : start + len(text)] if start >= 0 else text

    def speaker_of(speaker: Speaker) -> Speaker:
        return replace(
            speaker,
            id=original(speaker.id),
            name=original(speaker.name),
            aliases=tuple(original(alias) for alias in speaker.aliases),
            role=speaker.role and original(speaker.role),
            organisation=speaker.organisation and original(speaker.organisation),
        )

    return Attribution(
        tuple(speaker_of(speaker) for speaker in attribution.speakers),
        tuple(
            replace(said, speaker=said.speaker and original(said.speaker), cue=said.cue and original(said.cue))
            for said in attribution.statements
        ),
    )


_QUOTATION_MARKS = str.maketrans("「」『』", "“”‘’")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _one(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character
