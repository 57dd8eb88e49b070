"""A term that became another one of its kind: data centre, 百亿亿次计算."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from wivtext.checking.counterparts import Evidence, shipped
from wivtext.checking.coverage import heaviest
from wivtext.language import other_language
from wivtext.records import Finding, Language
from wivtext.terms import TermBase, TermEntry, TermMatch
from wivtext.terms.index import contains

_TELLING = 1.0  # weight of a term's words from which nothing stands for them
_NAMED, _PLACES = "organisations", "places"
_SLIGHT = 0.5  # that of an organisation's or a place's
_SHORTEST = {"en": 4, "zh": 2}  # characters of a form worth comparing


def swapped(source: str, target: str, source_language: Language) -> Iterator[Finding]:
    """Terms of the starter that the target has not, where it has one of the same kind that the source has not.

    >>> found = swapped("The data centre would need 35 people.", "百亿亿次计算需要35人。", "en")
    >>> [finding.message for finding in found]
    ['“data centre” became “百亿亿次计算”']
    >>> [finding.message for finding in swapped("Vans may use lanes in Hebei.", "厢式车可在浙江省的车道行驶。", "en")]
    ['“Hebei” became “浙江省”']
    >>> list(swapped("Officials in Beijing agreed.", "中国官员表示同意。", "en"))
    []
    """
    target_language = other_language(source_language)
    lost = list(_alone(source, target, source_language))
    new = list(_alone(target, source, target_language)) if lost else []
    if new:
        lost, new = _unheard(lost, source, target, source_language), _unheard(new, target, source, target_language)
    for match in lost:
        rival = next(
            (other for other in new if _kind(other.entry) == _kind(match.entry) and not _akin(other, match)), None
        )
        if rival:
            new.remove(rival)
            yield Finding("term", match.text, rival.text, f"“{match.text}” became “{rival.text}”")


def _alone(text: str, other: str, language: Language) -> Iterator[TermMatch]:
    """The terms of a text of which the other one has no form of any entry that they may stand for."""
    across = other_language(language)
    for match in matched(text, language):
        if (len(match.text) < _SHORTEST[language] and not _is_firm(match)) or match.text in other:
            continue
        forms = {form for entry in (match.entry, *match.others) for form in entry.forms(across)}
        if not any(contains(form, other, across) for form in forms):
            yield match


@lru_cache(maxsize=4096)
def matched(text: str, language: Language) -> tuple[TermMatch, ...]:
    """The starter's terms of a text; a source is compared with one candidate after the other."""
    return tuple(_starter().match(text, language))


def _unheard(matches: list[TermMatch], text: str, other: str, language: Language) -> list[TermMatch]:
    """Those whose words the lexicon has no counterpart for in the other text either: "director" may be 总监."""
    words = shipped()
    if words is None:
        return []
    weighed = words.evidence(text, other, language)
    return [match for match in matches if _weight(match, weighed) > (_SLIGHT if _is_named(match) else _TELLING)]


def _is_named(match: TermMatch) -> bool:
    """Whether it names an organisation or a place, which have hardly another name."""
    return match.entry.topic == _PLACES or _is_firm(match)


def _is_firm(match: TermMatch) -> bool:
    """Whether it names an organisation: BYD and Bosch are called nothing else."""
    return match.entry.topic == _NAMED and (len(match.text) > 2 or not match.text.isascii())


def _weight(match: TermMatch, weighed: list[Evidence]) -> float:
    """That of its most telling words: batteries are in both, solid-state ones are not."""
    return heaviest([word for word in weighed if word.start < match.end and match.start < word.end]).weight


def _akin(one: TermMatch, other: TermMatch) -> bool:
    """Whether their Chinese has a character in common, as what is nearly the same mostly has: 投产, 量产."""
    if one.entry.topic == other.entry.topic and one.entry.topic in (_NAMED, _PLACES):
        # 博世集团 and 大陆集团 are two firms, 河北省 and 浙江省 two provinces; 长安 may be 长安福特.
        names = [(a, b) for a in one.entry.forms("zh") for b in other.entry.forms("zh")]
        return any(a in b or b in a for a, b in names)
    return bool(set("".join(one.entry.forms("zh"))) & set("".join(other.entry.forms("zh"))))


def _kind(entry: TermEntry) -> tuple[str, str]:
    if entry.topic == _PLACES:
        # Beijing may stand for 中国, but not Hebei for 浙江.
        return entry.topic, "country" if entry.kind in ("country", "bloc") else ""
    return entry.topic, "" if entry.topic == _NAMED else entry.kind


@lru_cache(maxsize=1)
def _starter() -> TermBase:
    return TermBase.load()
