"""Terms put right in a translation that has them wrong: left as they were, misspelt, or said in other words.

What a text itself shows is repaired here, whoever translated it; what only the model knows, by `engines.placing`. A
repair stands only where no check finds anything that it did not find before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from wivtext.checking import check, counterparts
from wivtext.records import Finding, Language, TermPair
from wivtext.terms.index import contains, form_places
from wivtext.typography import is_chinese

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LATIN = "A-Za-z\u00c0-\u024f"
_CAPITALISED = re.compile(rf"[A-Z\u00c0-\u00de][{_LATIN}'’.-]*(?: [A-Z\u00c0-\u00de][{_LATIN}'’.-]*){{0,4}}")
_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,4}")
_SMALL = "and|as|at|by|for|from|had|has|in|is|of|on|or|said|says|that|the|to|was|which|who|will|with"
_ALIKE = 0.75  # share of letters that a misspelt name has in common with the right one
_STRAY = 2  # letters that a misspelt name may have more or less than a short one
_NAME = 5  # letters, at least, of a name that can be told from its misspelling
_CHARACTERS = 3  # the same of a Chinese name
_HAN = re.compile("[\u4e00-\u9fff]+")


def repair_terms(
    source: str, target: str, source_language: Language, target_language: Language, terms: Sequence[TermPair]
) -> tuple[str, tuple[Finding, ...]]:
    """The target with the terms put in that plainly stand there in a wrong form, and a finding for each.

    >>> terms = (TermPair("Lanchi Auto", "澜驰汽车"),)
    >>> repair_terms("Lanchi Auto grew 3%.", "Lanchi Auto增长3%。", "en", "zh", terms)[0]
    '澜驰汽车增长3%。'
    >>> terms = (TermPair("斯韦勒·尼高", "Sverre Nygaard"),)
    >>> repair_terms("斯韦勒·尼高说，好。", "Good, said Sverre Nyard.", "zh", "en", terms)[0]
    'Good, said Sverre Nygaard.'
    >>> terms = (TermPair("Ye Siqi", "叶思琪"),)
    >>> repair_terms("Ye Siqi told us.", "叶思岚告诉我们。", "en", "zh", terms)[0]
    '叶思琪告诉我们。'
    """
    findings: list[Finding] = []
    for pair in missing(source, target, target_language, terms):
        for find in (_left_standing, _glued, _misspelt, _one_off):
            spans = _free(find(target, pair, target_language), target, target_language, pair, terms)
            if not spans:
                continue
            text = _put(target, spans, pair, target_language)
            if is_harmless(source, target, text, source_language, target_language, terms):
                findings.append(repaired(pair, target[slice(*spans[0])]))
                target = text
                break
    return target, tuple(findings)


def missing(source: str, target: str, language: Language, terms: Iterable[TermPair]) -> list[TermPair]:
    """The terms of the source that the target has in no allowed form.

    >>> terms = [TermPair("BYD", "比亚迪"), TermPair("Hefei", "合肥")]
    >>> [pair.source for pair in missing("BYD in Hefei", "BYD在合肥", "zh", terms)]
    ['BYD']
    """
    return [
        pair
        for pair in terms
        if pair.source in source and not any(contains(form, target, language) for form in (pair.target, *pair.allowed))
    ]


def repaired(pair: TermPair, wrong: str = "") -> Finding:
    """The finding that tells an analyst about a term that was put in."""
    instead = f" in place of “{wrong}”" if wrong else ""
    return Finding("repaired", pair.source, wrong, f"“{pair.target}” was put in for “{pair.source}”{instead}")


def is_harmless(
    source: str,
    before: str,
    after: str,
    source_language: Language,
    target_language: Language,
    terms: Sequence[TermPair],
) -> bool:
    """Whether the checks find less in a text than they did before, and nothing new."""
    old = _kinds(check(source, before, source_language, target_language, terms))
    new = _kinds(check(source, after, source_language, target_language, terms))
    return new < old


def adds_nothing(new: Iterable[Finding], old: Iterable[Finding]) -> bool:
    """Whether every finding was there before, repairs aside."""
    return _kinds(new) <= _kinds(old)


def _kinds(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter(
        (found.kind, found.source or found.target)
        for found in findings
        if found.kind not in ("repaired", "punctuation")
    )


def _left_standing(target: str, pair: TermPair, language: Language) -> list[tuple[int, int]]:
    """Where the source's own words were left as they are."""
    if language == "en":
        return [match.span() for match in re.finditer(re.escape(pair.source), target)]
    pattern = rf"(?<![A-Za-z0-9-]){re.escape(pair.source)}(?:['’]s)?(?![A-Za-z0-9-])"
    return [match.span() for match in re.finditer(pattern, target)]


def _glued(target: str, pair: TermPair, language: Language) -> list[tuple[int, int]]:
    """Where the term itself stands without the space that has to follow or go before: "Feng Zhiyunsaid"."""
    if language == "zh" or len(pair.target) < _NAME:
        return []
    pattern = rf"{re.escape(pair.target)}(?=(?:{_SMALL})\b)"
    return [match.span() for match in re.finditer(pattern, target, re.IGNORECASE)]


def _misspelt(target: str, pair: TermPair, language: Language) -> list[tuple[int, int]]:
    """Where a name stands that can only be this one: Sverre Nyard for Sverre Nygaard."""
    if language == "zh":
        wanted = [name for name in (pair.target, pair.source) if "·" in name or not is_chinese(name)]
        found = [*_FOREIGN_NAME.finditer(target), *_CAPITALISED.finditer(target)]
    else:
        wanted = [pair.target]
        found = list(_CAPITALISED.finditer(target))
    names = [name for name in wanted if len(name) >= _NAME and _is_name(name)]
    return [span for match in found for span in _likest(match, names)]


def _one_off(target: str, pair: TermPair, language: Language) -> list[tuple[int, int]]:
    """Where a Chinese name has one character wrong that makes no word with its neighbours: 叶思岚 for 叶思琪."""
    name = pair.target
    if language != "zh" or len(name) < _CHARACTERS or not _HAN.fullmatch(name) or not _is_name(pair.source):
        return []
    spans = [(start, start + len(name)) for start in range(len(target) - len(name) + 1)]
    return [span for span in spans if (wrong := _wrong(target, span, name)) is not None and _is_alone(target, wrong)]


def _wrong(target: str, span: tuple[int, int], name: str) -> int | None:
    """The place of the only character that is not the name's."""
    places = [place for place, right in zip(range(*span), name, strict=True) if target[place] != right]
    return places[0] if len(places) == 1 and _HAN.fullmatch(target[places[0]]) else None


def _is_alone(target: str, place: int) -> bool:
    """Whether no word that the lexicon knows has the character of this place in it."""
    lexicon = counterparts.shipped()
    around = [
        target[start : start + size]
        for size in (2, 3)
        for start in range(max(0, place - size + 1), min(place, len(target) - size) + 1)
    ]
    return lexicon is not None and not any(lexicon.times(each) for each in around if _HAN.fullmatch(each))


def _is_name(text: str) -> bool:
    return "·" in text or all(word[:1].isupper() for word in _WORD.findall(text))


def _likest(match: re.Match[str], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The part of a match, whole words of it, that is most like one of the names, if any is like it."""
    text = match[0]
    words = [word.span() for word in re.finditer(r"[^ ]+" if text[0].isascii() else "(?s:.)", text)]
    spans = [(left[0], right[1]) for i, left in enumerate(words) for right in words[i:]]
    rated = [
        (_likeness(text[start:end], name), end - start, (start, end))
        for name in names
        for start, end in spans
        if abs(end - start - len(name)) <= max(_STRAY, len(name) // 2)
    ]
    likeness, _, (start, end) = max(rated, default=(0.0, 0, (0, 0)))
    if likeness >= _ALIKE:
        yield match.start() + start, match.start() + len(text[:end].rstrip(".,'’-"))


def _likeness(text: str, name: str) -> float:
    if text[:1] != name[:1]:
        return 0.0
    return SequenceMatcher(None, text.casefold(), name.casefold(), autojunk=False).ratio()


def _free(
    spans: Iterable[tuple[int, int]], target: str, language: Language, pair: TermPair, terms: Iterable[TermPair]
) -> list[tuple[int, int]]:
    """The spans that are no other term's."""
    taken = [
        place
        for other in terms
        if other is not pair
        for form in (other.target, *other.allowed)
        for place in form_places(form, target, language)
    ]
    return [span for span in spans if all(span[1] <= start or span[0] >= end for start, end in taken)]


def _put(target: str, spans: Sequence[tuple[int, int]], pair: TermPair, language: Language) -> str:
    for start, end in sorted(spans, reverse=True):
        before, after = target[:start], _without_remains(target[end:], pair, language)
        possessive = target[end - 2 : end] if language == "en" and target[start:end].endswith(("'s", "’s")) else ""
        if language == "zh":
            before, after = before.rstrip(" "), after.lstrip(" ")
        else:
            before += " " if before[-1:].isalnum() else ""
            after = (" " if after[:1].isalnum() else "") + after
        target = before + pair.target + possessive + after
    return target


def _without_remains(after: str, pair: TermPair, language: Language) -> str:
    """What follows a name, without a second, stuttered end of it: Petersen |Peterson|, 隋亮|Liang|, 科普夫|·科普|."""
    last = re.split("[ ·]", pair.target)[-1]
    if language == "zh":
        again = next((size for size in range(len(last), 1, -1) if after.startswith(f"·{last[:size]}")), 0)
        latin = re.match(rf" ?([{_LATIN}]+)", after)
        stray = latin.end() if latin and len(latin[1]) > 2 and latin[1] in pair.source.split(" ") else 0
        return after[again + 1 if again else stray :]
    word = re.match(rf" ([A-Z\u00c0-\u00de][{_LATIN}]+)", after)
    is_again = word is not None and _is_name(pair.target) and _likeness(word[1], last) >= _ALIKE
    return after[word.end() :] if word and is_again else after
