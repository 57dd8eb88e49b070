"""What a line of a summary says that its sentences don't: figures, names, and a "not" too many or too few.

The line may be in the language of the sentences or in the other one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wivtext.checking.latin_names import names
from wivtext.checking.negation import expressions
from wivtext.quantities import DATES, Quantity, quantities, same
from wivtext.records import Finding, Language
from wivtext.terms import GENERIC_BODIES, ORGANISATIONS, PEOPLE, TermBase

if TYPE_CHECKING:
    from wivtext.attribution.mentions import Entity

KIND = "unsupported"

_DIGIT = re.compile(r"\d")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CAPITALIZED = re.compile(r"(?<![\w’'-])[A-Z][^\W\d_\u3400-\u9fff]+(?:-[A-Z][^\W\d_\u3400-\u9fff]+)*")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_CAPITALS = re.compile(r"[A-Z]+s?")
_CLAUSE = re.compile(r"[,;:—–.!?，；：。！？]")
_NOT_EN = re.compile(r"not|never|cannot|[a-z]+n['’]t")
_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_STEM = 5  # letters that "investment" and "invested" have in common
_ABBREVIATION = 3  # letters: MW, EU, GDP need no source
_MUCH = 3  # words that a line and a sentence share when they say the opposite of the same
_SHORT_CLAUSE = 8  # characters of Chinese
_NEAR = 0.02  # 90,000 may stand for 89,214, 10% not for 12%
_SHORTEST = 4  # letters of a word that a denial is about


def unsupported(
    text: str,
    sentences: Sequence[str],
    *,
    before: Sequence[str] = (),
    around: Sequence[str] = (),
    terms: TermBase | None = None,
) -> tuple[Finding, ...]:
    """What `text` says and `sentences` don't.

    People may also be named in the sentences `before` them, other names anywhere `around` in the document.

    >>> said = ["BYD sold 4.27 million cars.", "It will not raise prices."]
    >>> [finding.target for finding in unsupported("BYD sold 5 million cars.", said)]
    ['5 million']
    >>> [finding.message for finding in unsupported("The carmaker will raise prices.", said)]
    ['the sentences cited say “not”, and the point does not']
    >>> unsupported("比亚迪售出427万辆车，不会涨价。", said)
    ()
    """
    if not text.strip() or _is_part_of(text, sentences):
        return ()
    terms = terms if terms is not None else TermBase.load()
    language, spoken = _language(text), _language(" ".join(sentences))
    found = [
        *_figures(text, language, sentences, spoken),
        *_people(text, language, (*sentences, *before), around),
        *_known_names(text, language, (*sentences, *around), terms),
        *_invented(text, language, (*sentences, *before), around, spoken),
        *_negations(text, language, sentences, spoken),
    ]
    return tuple(dict.fromkeys(one for one in found if not _is_part_of_another(one, found)))


def _is_part_of_another(one: Finding, found: Sequence[Finding]) -> bool:
    """Whether a name is part of a longer one that is missing as well."""
    return any(one.target in other.target and one.target != other.target for other in found if one.target)


def _is_part_of(text: str, sentences: Sequence[str]) -> bool:
    """Whether a line is quoted as it stands, which is what extractive engines do."""
    squeezed = "".join(text.split())
    return squeezed in "".join("".join(sentence.split()) for sentence in sentences)


def _language(text: str) -> Language:
    # A name in Latin letters is found in Chinese too: any Chinese character tells.
    return "zh" if len(_HANZI.findall(text)) * 6 > len(text) else "en"


def _missing(words: str) -> Finding:
    return Finding(KIND, "", words, f"“{words}” is in none of the sentences cited")


def _figures(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Firm quantities that no sentence has, by value or rounded."""
    wanted = [one for one in quantities(text, language) if one.firm and _DIGIT.search(one.text)]
    if not wanted:
        return
    offered = [one for sentence in sentences for one in quantities(sentence, spoken)]
    for one in wanted:
        if not any(same(one, other) or _is_rounded(one, other) for other in offered):
            yield _missing(one.text)


def _is_rounded(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity is the other with fewer figures: 88,000 for 87,614, 35% for 35.2%."""
    if one.kind != other.kind or one.unit != other.unit or one.kind in DATES or not other.value:
        return False
    digits, value, difference = _significant(one.text), abs(float(one.value)), abs(float(one.value - other.value))
    if not digits or not value or _significant(other.text) <= digits:
        return False
    unit = 10.0 ** (floor(log10(value)) - digits + 1)
    return difference <= min(unit / 2 * 1.001, _NEAR * value)


def _significant(text: str) -> int:
    """How many figures of a number are more than zeros at its ends."""
    figures = "".join(_DIGIT.findall(text)).lstrip("0")
    return len(figures.rstrip("0"))


def _people(text: str, language: Language, sentences: Sequence[str], around: Sequence[str]) -> Iterator[Finding]:
    """People of the line that no sentence names, if by surname only; the whole document tells who is one."""
    source = " ".join(sentences)
    if _language(source) != language:
        return
    for person, parts in _known_people(language, tuple(around)):
        named = [part for part in (person, *parts) if _has_name(part, text)]
        if named and not any(part in source for part in (person, *parts)):
            yield _missing(named[0])
    finder = _finder(language)
    for one in finder.people([text]):
        name = one.name
        if (language == "zh" and not _is_surely_name(one, text)) or _CAPITALS.fullmatch(name.split()[-1]):
            continue
        # A name in characters may have taken in the word after it.
        shorter = name[:-1] if language == "zh" and len(name) == 3 else name
        if not any(part in source for part in (name, shorter, *finder.name_parts(name))):
            yield _missing(name)


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
    if _HANZI.match(name):
        return name in text
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _is_surely_name(person: Entity, text: str) -> bool:
    """Whether characters are a name beyond doubt: 高海 in 高海拔 and 许诺 look like names too."""
    name = person.name
    if not _HANZI.match(name) or "·" in name or person.role:
        return True
    # 官方承诺: a name begins where no word is cut.
    ends = [match.end() for match in re.finditer(rf"(?<![\u3400-\u9fff]){re.escape(name)}", text)]
    if len(name) == 3 and any(_pattern("goes_on_zh").match(text, end) for end in ends):
        return True
    return any(_pattern("speaks_zh").match(text, end) for end in ends)


def _known_names(text: str, language: Language, sentences: Sequence[str], terms: TermBase) -> Iterator[Finding]:
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
            yield _missing(match.text)


def _is_abbreviated(name: str, source: str) -> bool:
    """Whether the sentences have a part of the name that is a name of its own, or its letters."""
    if _HANZI.search(name):
        return any(name[start : start + 2] in source for start in range(len(name) - 1))
    words = [word for word in name.split() if word[:1].isupper()]
    letters = "".join(word[0] for word in words)
    return any(word in source for word in words) or (len(letters) > 1 and letters in source)


def _invented(
    text: str, language: Language, sentences: Sequence[str], around: Sequence[str], spoken: Language
) -> Iterator[Finding]:
    """Capitalised words that no sentence has; common English ones and adjectives of places are left aside."""
    from wivtext.attribution.lexicons import english

    if language != spoken:
        found = names(" ".join(sentences), text, spoken)
        yield from (_missing(one.target) for one in found if one.target and not one.source)
        return
    source = " ".join((*sentences, *around))
    known = {word.lower()[:_STEM] for word in _WORDS.findall(source)}
    common = english().common_words
    for match in _CAPITALIZED.finditer(text):
        opens = match.start() == 0 and not text[match.end() :].lstrip()[:1].isupper()
        if opens or len(match[0]) <= _ABBREVIATION or _CAPITALS.fullmatch(match[0]):
            continue
        if _pattern("derived_en").search(match[0]) or (match[0] == "China" and "Chinese" in source):
            continue
        parts = match[0].lower().split("-")
        if not any(part in common or part[:_STEM] in known for part in parts) and match[0] not in source:
            yield _missing(match[0])


def _negations(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A plain "not" that no sentence has; or a word denied in the sentences that the line asserts."""
    plain = expressions("plain", language).search(_innocent(text, language))
    negative = _pattern(f"negative_{language}") if language == spoken else expressions("negative", spoken)
    if plain and not any(negative.search(sentence) for sentence in sentences):
        yield _missing(plain[0])
    elif language != spoken:
        yield from _lost_in_translation(text, language, sentences, spoken)
    else:
        denied = _denied_in_english if language == "en" else _denied_in_chinese
        yield from (_lost(words) for words in denied([text], sentences))
        yield from (_missing(words) for words in denied(sentences, [text], _MUCH))


def _lost(words: str) -> Finding:
    return Finding(KIND, words, "", f"the sentences cited say “{words}”, and the point does not")


def _innocent(text: str, language: Language) -> str:
    return expressions("innocent", language).sub("", text) if language == "zh" else text


def _lost_in_translation(
    text: str, language: Language, sentences: Sequence[str], spoken: Language
) -> Iterator[Finding]:
    """A "not" in every sentence, and nothing negative in the line, which is in the other language."""
    found = [expressions("plain", spoken).search(_innocent(sentence, spoken)) for sentence in sentences]
    if all(found) and not expressions("negative", language).search(text):
        yield from (_lost(match[0]) for match in found[:1] if match)


def _denied_in_english(claims: Sequence[str], sentences: Sequence[str], shared: int = 1) -> Iterator[str]:
    """The "not" before a word that the claims assert and no sentence does: "will not rise", "will rise"."""
    asserted = {stem for clause in _clauses(sentences) for stem in _stems(clause) - set(_denied(clause))}
    claimed = [_stems(one) for one in _clauses(claims) if not _pattern("negative_en").search(one)]
    for clause in _clauses(sentences):
        said = {stem for stem in _stems(clause) if len(stem) >= _SHORTEST}
        for stem, negation in _denied(clause).items():
            # They speak of the same where they share another word.
            if stem not in asserted and any(
                stem in one and len(one & said) > min(shared, len(said) - 1) for one in claimed
            ):
                yield negation


def _denied(clause: str) -> dict[str, str]:
    """The stems that a clause denies, each with the negation before it."""
    words = _WORDS.findall(clause)
    low = [word.lower() for word in words]
    return {
        stem: words[place] for place, word in enumerate(low) if _NOT_EN.fullmatch(word) and (stem := _after(low, place))
    }


def _after(words: Sequence[str], place: int) -> str:
    """The stem of the first word with a meaning after a "not"."""
    for word in words[place + 1 : place + 5]:
        if word not in _lists()["auxiliaries_en"] and not word.endswith("ly"):
            return word[:_STEM] if len(word) >= _SHORTEST else ""
    return ""


def _stems(clause: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORDS.findall(clause)}


def _clauses(sentences: Iterable[str]) -> list[str]:
    return [clause for sentence in sentences for clause in _CLAUSE.split(sentence)]


def _denied_in_chinese(claims: Sequence[str], sentences: Sequence[str], shared: int = 1) -> Iterator[str]:
    """The "not" with a word that the claims assert and no sentence does: 不会涨价, 将涨价."""
    spoken, claimed = _clauses(sentences), [one for one in _clauses(claims) if not _pattern("negative_zh").search(one)]
    for clause in spoken:
        for match in _pattern("not_zh").finditer(_innocent(clause, "zh")):
            word = match["word"]
            asserted = any(word in other and not _pattern("negative_zh").search(other) for other in spoken)
            # After 没有 a noun may follow; a verb is what will happen or has.
            happens = re.compile(f"(?:将|会|已|已经|正在|正){word}|{word}了")
            about = [one for one in claimed if word in one and _shares(one, clause, word, shared)]
            said = any(happens.search(one) or not match[0].startswith("没有") for one in about)
            if said and not asserted:
                yield match[0]


def _shares(one: str, other: str, word: str, least: int) -> bool:
    """Whether two clauses have more than a word in common, `least` pairs of characters, where the other has more."""
    pairs = {other[start : start + 2] for start in range(len(other) - 1)} - {word}
    rest = [pair for pair in pairs if not set(pair) & set(word) and _HANZI.match(pair)]
    return len(other) < _SHORT_CLAUSE or sum(pair in one for pair in rest) >= least


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """The expressions of `data/support.json`: for `derived_en` the ends of words (Mixing, Turkish), else whole ones."""
    path = Path(__file__).parent.parent / "data" / "support.json"
    lists: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    expressions_ = "|".join(_lists()[name])
    if name == "derived_en":
        return re.compile(rf"(?:{expressions_})s?$")
    if name == "not_zh":
        return re.compile(rf"(?:{expressions_})(?:再|被|能|会|进一步)?(?P<word>[\u3400-\u9fff]{{2}})")
    return (
        re.compile(rf"\b(?:{expressions_})\b|n['’]t\b", re.IGNORECASE)
        if name.endswith("en")
        else re.compile(expressions_)
    )
