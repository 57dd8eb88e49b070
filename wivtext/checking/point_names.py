"""People and organisations that a line of a summary names and the sentences it cites don't."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wivtext.checking.claims import HANZI, STEM, WORDS, language_of, missing, pattern
from wivtext.checking.latin_names import names
from wivtext.records import Finding, Language
from wivtext.terms import GENERIC_BODIES, ORGANISATIONS, PEOPLE, TermBase

if TYPE_CHECKING:
    from wivtext.attribution.mentions import Entity

_CAPITALIZED = re.compile(r"(?<![\w’'-])[A-Z][^\W\d_\u3400-\u9fff]+(?:-[A-Z][^\W\d_\u3400-\u9fff]+)*")
_CAPITALS = re.compile(r"[A-Z]+s?")
_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_ABBREVIATION = 3  # letters: MW, EU, GDP need no source


def people(text: str, language: Language, sentences: Sequence[str], around: Sequence[str]) -> Iterator[Finding]:
    """People of the line that no sentence names, if by surname only; the whole document tells who is one."""
    source = " ".join(sentences)
    if language_of(source) != language:
        return
    for person, parts in _known_people(language, tuple(around)):
        named = [part for part in (person, *parts) if _has_name(part, text)]
        if named and not any(part in source for part in (person, *parts)):
            yield missing(named[0])
    finder = _finder(language)
    for one in finder.people([text]):
        name = one.name
        if (language == "zh" and not _is_surely_name(one, text)) or _CAPITALS.fullmatch(name.split()[-1]):
            continue
        # A name in characters may have taken in the word after it.
        shorter = name[:-1] if language == "zh" and len(name) == 3 else name
        if not any(part in source for part in (name, shorter, *finder.name_parts(name))):
            yield missing(name)


def _finder(language: Language) -> Any:
    from wivtext.attribution import chinese_names
    from wivtext.attribution import names as english_names

    return chinese_names if language == "zh" else english_names


@lru_cache(maxsize=64)
def _known_people(language: Language, document: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Who is named in a document, with the short forms that nobody else there shares."""
    finder = _finder(language)
    named = [(person.name, finder.name_parts(person.name)) for person in finder.people(document)]
    counts = Counter(part for name, parts in named for part in {name, *parts})
    return tuple((name, frozenset(part for part in parts if counts[part] == 1)) for name, parts in named)


def _has_name(name: str, text: str) -> bool:
    """Whether a text has a name, in Latin letters as words of their own."""
    if HANZI.match(name):
        return name in text
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _is_surely_name(person: Entity, text: str) -> bool:
    """Whether characters are a name beyond doubt: 高海 in 高海拔 and 许诺 look like names too."""
    name = person.name
    if not HANZI.match(name) or "·" in name or person.role:
        return True
    # 官方承诺: a name begins where no word is cut.
    ends = [match.end() for match in re.finditer(rf"(?<![\u3400-\u9fff]){re.escape(name)}", text)]
    if len(name) == 3 and any(pattern("goes_on_zh").match(text, end) for end in ends):
        return True
    return any(pattern("speaks_zh").match(text, end) for end in ends)


def known_names(text: str, language: Language, sentences: Sequence[str], terms: TermBase) -> Iterator[Finding]:
    """People and organisations of the term base that the sentences name in no form, in either language."""
    source = " ".join(sentences)
    low = source.lower()
    for match in terms.match(text, language):
        entries = (match.entry, *match.others)
        named = all(entry.is_about(ORGANISATIONS | PEOPLE) for entry in entries)
        if not named or any(entry.kind in GENERIC_BODIES for entry in entries) or len(match.text) < 2:
            continue
        forms = [form for entry in entries for each in _LANGUAGES for form in entry.forms(each)]
        if not any(form.lower() in low for form in forms) and not _is_abbreviated(match.text, source):
            yield missing(match.text)


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
        yield from (missing(one.target) for one in found if one.target and not one.source)
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
