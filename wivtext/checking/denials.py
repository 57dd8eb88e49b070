"""A "not" that a line of a summary has too many or too few, against the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wivtext.checking.claims import HANZI, STEM, WORDS, clauses, innocent, lists, lost, missing, pattern
from wivtext.checking.negation import expressions
from wivtext.records import Finding, Language

_NOT_EN = re.compile(r"not|never|cannot|[a-z]+n['’]t")
_MUCH = 3  # words that a line and a sentence share when they say the opposite of the same
_SHORT_CLAUSE = 8  # characters of Chinese
_SHORTEST = 4  # letters of a word that a denial is about


def denials(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A plain "not" that no sentence has; or a word denied in the sentences that the line asserts."""
    plain = expressions("plain", language).search(innocent(text, language))
    negative = pattern(f"negative_{language}") if language == spoken else expressions("negative", spoken)
    if plain and not any(negative.search(sentence) for sentence in sentences):
        yield missing(plain[0])
    elif language != spoken:
        yield from _lost_in_translation(text, language, sentences, spoken)
    else:
        denied = _denied_in_english if language == "en" else _denied_in_chinese
        yield from (lost(words) for words in denied([text], sentences))
        yield from (missing(words) for words in denied(sentences, [text], _MUCH))


def _lost_in_translation(
    text: str, language: Language, sentences: Sequence[str], spoken: Language
) -> Iterator[Finding]:
    """A "not" in every sentence, and nothing negative in the line, which is in the other language."""
    found = [expressions("plain", spoken).search(innocent(sentence, spoken)) for sentence in sentences]
    if all(found) and not expressions("negative", language).search(text):
        yield from (lost(match[0]) for match in found[:1] if match)


def _denied_in_english(claims: Sequence[str], sentences: Sequence[str], shared: int = 1) -> Iterator[str]:
    """The "not" before a word that the claims assert and no sentence does: "will not rise", "will rise"."""
    asserted = {stem for clause in clauses(sentences) for stem in _stems(clause) - set(_denied(clause))}
    claimed = [_stems(one) for one in clauses(claims) if not pattern("negative_en").search(one)]
    for clause in clauses(sentences):
        said = {stem for stem in _stems(clause) if len(stem) >= _SHORTEST}
        for stem, negation in _denied(clause).items():
            # They speak of the same where they share another word.
            if stem not in asserted and any(
                stem in one and len(one & said) > min(shared, len(said) - 1) for one in claimed
            ):
                yield negation


def _denied(clause: str) -> dict[str, str]:
    """The stems that a clause denies, each with the negation before it."""
    words = WORDS.findall(clause)
    low = [word.lower() for word in words]
    return {
        stem: words[place] for place, word in enumerate(low) if _NOT_EN.fullmatch(word) and (stem := _after(low, place))
    }


def _after(words: Sequence[str], place: int) -> str:
    """The stem of the first word with a meaning after a "not"."""
    for word in words[place + 1 : place + 5]:
        if word not in lists()["auxiliaries_en"] and not word.endswith("ly"):
            return word[:STEM] if len(word) >= _SHORTEST else ""
    return ""


def _stems(clause: str) -> set[str]:
    return {word.lower()[:STEM] for word in WORDS.findall(clause)}


def _denied_in_chinese(claims: Sequence[str], sentences: Sequence[str], shared: int = 1) -> Iterator[str]:
    """The "not" with a word that the claims assert and no sentence does: 不会涨价, 将涨价."""
    spoken, claimed = clauses(sentences), [one for one in clauses(claims) if not pattern("negative_zh").search(one)]
    for clause in spoken:
        for match in pattern("not_zh").finditer(innocent(clause, "zh")):
            word = match["word"]
            asserted = any(word in other and not pattern("negative_zh").search(other) for other in spoken)
            # After 没有 a noun may follow; a verb is what will happen or has.
            happens = re.compile(f"(?:将|会|已|已经|正在|正){word}|{word}了")
            about = [one for one in claimed if word in one and _shares(one, clause, word, shared)]
            said = any(happens.search(one) or not match[0].startswith("没有") for one in about)
            if said and not asserted:
                yield match[0]


def _shares(one: str, other: str, word: str, least: int) -> bool:
    """Whether two clauses have more than a word in common, `least` pairs of characters, where the other has more."""
    pairs = {other[start : start + 2] for start in range(len(other) - 1)} - {word}
    rest = [pair for pair in pairs if not set(pair) & set(word) and HANZI.match(pair)]
    return len(other) < _SHORT_CLAUSE or sum(pair in one for pair in rest) >= least
