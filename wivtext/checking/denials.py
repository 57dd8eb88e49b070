"""A "not" that a line of a summary has too many or too few, against the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wivtext.checking.claims import HANZI, STEM, WORDS, clauses, innocent, lists, lost, missing, parts, pattern, plain
from wivtext.checking.likest import Likest, likest, shares
from wivtext.checking.negation import expressions
from wivtext.records import Finding, Language

_NOT_EN = re.compile(r"not|never|cannot|[a-z]+n['’]t")
_QUESTION = re.compile('[?？][”’"」]*$')  # what is asked is not denied
_CONTRAST = re.compile(r" (?:but |and )?not (?:\w+ ){0,3}\w+$")  # conditions, not certificates, count
_MUCH = 3  # words that a line and a sentence share when they say the opposite of the same
_SHORT_CLAUSE = 8  # characters of Chinese
_SCOPE_EN, _SCOPE_ZH = 4, 6  # words, characters
_SCOPE_ACROSS, _WHOLE_SCOPE, _WHOLE_ACROSS, _HALF = 0.6, 0.8, 0.75, 0.45
# Likeness of a part that denies to one that doesn't, and by how much it is more than to any that does.
_PUT_IN: dict[Language, tuple[float, float]] = {"en": (0.6, 0.3), "zh": (0.4, 0.3)}
_PUT_IN_ACROSS = (0.6, 0.3)
# Likeness of two parts of which one denies, by how much another may be more, and what of the "not"'s words is there.
_LITTLE, _SOMEWHAT, _CLEARLY = 0.2, 0.1, 0.1
_SAID: dict[Language, float] = {"en": 0.5, "zh": 0.7}
_DENIAL = {
    "en": re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE),
    "zh": re.compile("不|没有?|未|无法|尚|并"),
}
_SHORTEST = 4  # letters of a word that a denial is about


def denials(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A plain "not" that no sentence has; or a word denied in the sentences that the line asserts.

    >>> said = ["The plant will open in May, but not on Sunday."]
    >>> {one.target for one in denials("The plant will not open in May.", "en", said, "en")}
    {'not'}
    """
    denial = next((word for word, _ in _scopes(text, language)), "")
    if denial and not any(_may_deny(sentence, language, spoken) for sentence in sentences):
        yield missing(denial)
        return
    yield from _put_in(text, language, sentences, spoken)
    sentences = [sentence for sentence in sentences if not _QUESTION.search(sentence)]
    if language == spoken:
        denied = _denied_in_english if language == "en" else _denied_in_chinese
        yield from (lost(words) for words in denied([text], sentences))
        yield from (missing(words) for words in denied(sentences, [text], _MUCH))
        yield from _asserted(text, sentences, language)
    yield from _left_out(text, language, sentences, spoken)


def _put_in(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A "not" in a part of a clause that is more like parts that deny nothing than like any that does."""
    theirs = [(_bare(part, spoken), _is_negative(part, spoken)) for part in parts(sentences, spoken)]
    enough, clearly = _PUT_IN[language] if language == spoken else _PUT_IN_ACROSS
    for part in parts([text], language):
        denial, scope = next(_scopes(part, language), ("", ""))
        first = _first(scope, language)
        if not denial or any(denies and shares(first, other, language, spoken)[0] >= _HALF for other, denies in theirs):
            continue
        mine = _bare(part, language)
        likeness = [(_likeness(mine, other, language, spoken), denies) for other, denies in theirs]
        asserted = max((score for score, denies in likeness if not denies), default=0.0)
        denied = max((score for score, denies in likeness if denies), default=0.0)
        if asserted >= enough and asserted > denied + clearly:
            yield missing(denial)


def _bare(part: str, language: Language) -> str:
    """A part without what denies in it."""
    return _DENIAL[language].sub(" ", part)


def _likeness(one: str, other: str, language: Language, spoken: Language) -> float:
    there, back = shares(one, other, language, spoken)
    return there + back / 2


def _is_negative(part: str, spoken: Language) -> bool:
    return pattern(f"negative_{spoken}").search(innocent(part, spoken)) is not None


def _asserted(text: str, sentences: Sequence[str], language: Language) -> Iterator[Finding]:
    """A "not" whose words, the first of them above all, stand in a part of the line that denies nothing."""
    theirs = parts(sentences, language)
    asserted = [part for part in theirs if not plain(language).search(innocent(part, language))]
    for part in parts([text], language):
        if expressions("negative", language).search(innocent(part, language)):
            continue
        least = max((_likeness(part, other, language, language) for other in asserted), default=0.0)
        for other in theirs:
            for word, scope in _scopes(other, language):
                if _likeness(part, _bare(other, language), language, language) < max(_LITTLE, least - _SOMEWHAT):
                    continue
                share, first = (
                    shares(words, part, language, language)[0] for words in (scope, _first(scope, language))
                )
                elsewhere = max((shares(scope, one, language, language)[0] for one in asserted), default=0.0)
                if min(share, first) >= _SAID[language] and elsewhere < share - _CLEARLY:
                    yield lost(word)


def _first(scope: str, language: Language) -> str:
    return " ".join(scope.split()[:2]) if language == "en" else scope[:3]


def _left_out(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A "not" of the sentences whose words all stand in a clause of a line that has no negative word whatsoever."""
    if expressions("negative", language).search(text):
        return
    for sentence in sentences:
        for word, scope in _scopes(sentence, spoken):
            found = likest(scope, [text], spoken, language)
            if found and _is_whole(found, language == spoken) and not _is_asserted(scope, sentences, spoken):
                yield lost(word)


def _is_whole(found: Likest, in_one_language: bool) -> bool:
    """Whether a clause has all that is denied elsewhere; across languages that is not seen of every word."""
    if in_one_language:
        return found.share >= _WHOLE_SCOPE
    return found.share >= _WHOLE_ACROSS or min(found.share - _SCOPE_ACROSS, found.back - _HALF) >= 0


def _is_asserted(scope: str, sentences: Sequence[str], spoken: Language) -> bool:
    """Whether another clause of the sentences says what one denies."""
    asserted = [one for one in clauses(sentences) if not plain(spoken).search(innocent(one, spoken))]
    found = likest(scope, asserted, spoken, spoken)
    return found is not None and found.share >= _WHOLE_SCOPE


def _scopes(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Each plain "not" with the words after it, which are what it denies."""
    for clause in clauses([text]):
        if language == "en" and _CONTRAST.match(clause):
            continue
        clause = innocent(clause, language)
        for match in plain(language).finditer(clause):
            rest = clause[match.end() :]
            yield match[0], " ".join(rest.split()[:_SCOPE_EN]) if language == "en" else rest[:_SCOPE_ZH]


def _may_deny(sentence: str, language: Language, spoken: Language) -> bool:
    """Whether a sentence has anything that a "not" may stand for."""
    narrow = pattern(f"negative_{spoken}").search(sentence) is not None
    return narrow or (language != spoken and expressions("negative", spoken).search(sentence) is not None)


def _denied_in_english(claims: Sequence[str], sentences: Sequence[str], shared: int = 1) -> Iterator[str]:
    """The "not" before a word that the claims assert and no sentence does: "will not rise", "will rise"."""
    asserted = {stem for clause in clauses(sentences) for stem in _stems(clause) - set(_denied(clause))}
    claimed = [_stems(one) for one in clauses(claims) if not pattern("negative_en").search(one)]
    for clause in clauses(sentences):
        if _CONTRAST.match(clause):
            continue
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
