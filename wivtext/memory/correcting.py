"""Corrections from a notebook cell or a script: kept in the memory, and seen in the brief at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wivtext import naming
from wivtext.checking import check
from wivtext.errors import SettingsError
from wivtext.language import other_language
from wivtext.memory import NAME, keep
from wivtext.memory.corrections import Correction, key
from wivtext.records import Brief, Document, Finding, Language, Line
from wivtext.terms import TermBase


def correct(
    brief: Brief,
    texts: Mapping[int | str, str],
    *,
    memory: Path | str = Path("corpus") / NAME,
    author: str = "",
    terms: TermBase | None = None,
) -> Brief:
    """The brief with other translations, which are kept in the file `memory` for every brief to come.

    `texts` maps the index of a sentence, or "title", or the words of the source, to the translation that is wanted.
    The next build takes them; so does `wivtext.brief(document, memory=Memory.load(memory))`. Raises `SettingsError` for
    a place that the brief doesn't have, `MemoryFileError`, `OutputError`.
    """
    date = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    made = [
        replace(_correction(brief.document, place, text), author=author, date=date) for place, text in texts.items()
    ]
    keep(memory, made)
    targets = {(one.source_language, key(one.source)): one.target for one in made}
    return _applied(brief, targets, terms if terms is not None else TermBase())


def _applied(brief: Brief, targets: Mapping[tuple[Language, str], str], terms: TermBase) -> Brief:
    """The brief with the lines changed whose source, by language and `key`, has another target."""
    document = brief.document

    def corrected(line: Line, language: Language | None = None) -> Line:
        if language is None:
            language = document.sentences[line.sentences[0]].language if line.sentences else document.language
        source = line.en if language == "en" else line.zh
        target = targets.get((language, key(source)))
        if target is None:
            return line
        en, zh = (line.en, target) if language == "en" else (target, line.zh)
        return replace(line, en=en, zh=zh, findings=_findings(source, target, language, terms), corrected=True)

    return replace(
        brief,
        title=corrected(brief.title, naming.language_of(document.title)),
        points=tuple(map(corrected, brief.points)),
        sentences=tuple(map(corrected, brief.sentences)),
        speakers=tuple(replace(one, summary=tuple(map(corrected, one.summary))) for one in brief.speakers),
    )


def _correction(document: Document, place: int | str, target: str) -> Correction:
    if not target.strip():
        raise SettingsError(f"no translation given for {place!r}; an empty one is no correction")
    if isinstance(place, int):
        if not 0 <= place < len(document.sentences):
            raise SettingsError(f"no sentence {place}; the document has {len(document.sentences)}, counted from 0")
        sentence = document.sentences[place]
        before = document.sentences[place - 1].text if place else ""
        other = other_language(sentence.language)
        return Correction(sentence.text, target, sentence.language, other, document.name, before)
    source = document.title if place == "title" else place
    if not source:
        raise SettingsError("the document has no title")
    same = [sentence.index for sentence in document.sentences if key(sentence.text) == key(source)]
    if same:
        return _correction(document, same[0], target)
    language = naming.language_of(source)
    return Correction(source, target, language, other_language(language), document.name)


def _findings(source: str, target: str, language: Language, terms: TermBase) -> tuple[Finding, ...]:
    other = other_language(language)
    return check(source, target, language, other, terms.pairs(source, language, other))
