"""Organisations and other names that a line of a summary has and the sentences it cites, or their document, don't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wivtext.checking.claims import HANZI, STEM, WORDS, missing, pattern
from wivtext.checking.latin_names import names
from wivtext.records import Finding, Language
from wivtext.terms import GENERIC_BODIES, ORGANISATIONS, PEOPLE, PLACES, TermBase, TermEntry

_CAPITALIZED = re.compile(r"(?<![\w’'-])[A-Z][^\W\d_\u3400-\u9fff]+(?:-[A-Z][^\W\d_\u3400-\u9fff]+)*")
_CAPITALS = re.compile(r"[A-Z]+s?")
_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_TOWNS = frozenset(["city", "port", "venue"])
_ABBREVIATION = 3  # letters: MW, EU, GDP need no source


def known_names(text: str, language: Language, sentences: Sequence[str], terms: TermBase) -> Iterator[Finding]:
    """People and organisations of the term base that the sentences name in no form, in either language."""
    source = " ".join(sentences)
    low = source.lower()
    for match in terms.match(text, language):
        entries = (match.entry, *match.others)
        named = all(_is_name(entry) for entry in entries)
        if not named or any(entry.kind in GENERIC_BODIES for entry in entries) or len(match.text) < 2:
            continue
        forms = [form for entry in entries for each in _LANGUAGES for form in entry.forms(each)]
        if not any(form.lower() in low for form in forms) and not _is_abbreviated(match.text, source):
            yield missing(match.text)


def _is_name(entry: TermEntry) -> bool:
    """Whether an entry is a person, an organisation or a town: countries are named in too many ways."""
    return entry.is_about(ORGANISATIONS | PEOPLE) or (entry.is_about(PLACES) and entry.kind in _TOWNS)


def _is_abbreviated(name: str, source: str) -> bool:
    """Whether the sentences have a part of the name that is a name of its own, or its letters."""
    if HANZI.search(name):
        return any(name[start : start + 2] in source for start in range(len(name) - 1))
    words = [word for word in name.split() if word[:1].isupper()]
    letters = "".join(word[0] for word in words)
    return any(word in source for word in words) or (len(letters) > 1 and letters in source)


def invented(
    text: str, language: Language, sentences: Sequence[str], around: Sequence[str], spoken: Language
) -> Iterator[Finding]:
    """Capitalised words that no sentence has; common English ones and adjectives of places are left aside."""
    from wivtext.attribution.lexicons import english

    if language != spoken:
        found = names(" ".join(sentences), text, spoken)
        yield from (missing(one.target) for one in found if one.target and _is_told(one.target, text))
        return
    source = " ".join((*sentences, *around))
    known = {word.lower()[:STEM] for word in WORDS.findall(source)}
    common = english().common_words
    for match in _CAPITALIZED.finditer(text):
        opens = match.start() == 0 and not text[match.end() :].lstrip()[:1].isupper()
        if opens or len(match[0]) <= _ABBREVIATION or _CAPITALS.fullmatch(match[0]):
            continue
        if pattern("derived_en").search(match[0]) or (match[0] == "China" and "Chinese" in source):
            continue
        parts = match[0].lower().split("-")
        if not any(part in common or part[:STEM] in known for part in parts) and match[0] not in source:
            yield missing(match[0])


def _is_told(name: str, text: str) -> bool:
    """Whether a name stands where only a name can: in characters before a verb of saying; dots are `point_people`'s."""
    if not HANZI.match(name):
        return True
    place = text.find(name)
    return "·" not in name and pattern("speaks_zh").match(text, place + len(name)) is not None
