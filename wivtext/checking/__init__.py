"""Fidelity: what of a translation can't be vouched for, whoever made it.

>>> for finding in check("Revenue was 9 billion yuan in May.", "5月营收为900亿元。", "en", "zh"):
...     print(finding.kind, "|", finding.message)
money | “9 billion yuan” (9,000,000,000 CNY) became “900亿元” (90,000,000,000 CNY)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from wivtext.checking.completeness import habit, markers, omissions, punctuation, untranslated
from wivtext.checking.counterparts import shipped
from wivtext.checking.coverage import signs
from wivtext.checking.direction import turns
from wivtext.checking.latin_names import names
from wivtext.checking.magnitudes import magnitudes
from wivtext.checking.negation import negations
from wivtext.checking.repetition import loops
from wivtext.checking.stray_words import strays
from wivtext.checking.swapped_terms import swapped
from wivtext.language import other_language
from wivtext.quantities import Mismatch, Quantity, compare, quantities
from wivtext.records import Finding, Language, TermPair, Translation
from wivtext.terms import TermBase
from wivtext.terms.index import contains

KINDS = (
    "number", "date", "money", "unit", "term", "name", "omission", "addition",
    "loop", "untranslated", "marker", "punctuation",
    "negation", "repaired", "unsupported",
)  # fmt: skip

_LONGEST = 10_000  # characters of a line: no sentence, and no paragraph either
_SHOWN = 40


def check(
    source: str, target: str, source_language: Language, target_language: Language, terms: Iterable[TermPair] = ()
) -> tuple[Finding, ...]:
    """Everything in `target` that is doubtful as a translation of `source`; `terms` have to appear as they say.

    >>> check("销量增长3%。", "Sales grew by 3 percent.", "zh", "en")
    ()
    """
    return _check(source, target, source_language, target_language, tuple(terms), 0.0)


def check_lines(
    source: Sequence[str],
    target: Sequence[str],
    source_language: Language | None = None,
    target_language: Language | None = None,
    terms: TermBase | None = None,
) -> list[Translation]:
    """Each line of a translation checked against the same line of its source; the languages are found out if not given.

    A text with fewer lines than the other is filled up with empty ones: what is missing is a finding.

    >>> [len(line.findings) for line in check_lines(["Up 5%.", "Down 2%."], ["上涨5%。", "下跌20%。"])]
    [0, 1]
    """
    source_language = source_language or _language(source, "en" if target_language == "zh" else "zh")
    target_language = target_language or other_language(source_language)
    usual = habit(zip(source, target, strict=False), source_language)
    lines = []
    for left, right in zip_longest(source, target, fillvalue=""):
        pairs = terms.pairs(left, source_language, target_language, names_only=True) if terms else ()
        findings = _check(left, right, source_language, target_language, pairs, usual)
        lines.append(Translation(left, right, source_language, target_language, "", None, findings))
    return lines


def parting(source: Sequence[str], target: Sequence[str], source_language: Language) -> int | None:
    """The first line, counted from 1, from which two texts no longer translate each other; None if they do to the end.

    >>> bridge = "The engineers repaired the damaged bridge within two weeks."
    >>> parting(["It opens.", bridge, "Up."], ["开业了。", "去年的苹果价格明显低于往年水平。"], "en")
    2
    """
    words = shipped()
    for number, (left, right) in enumerate(zip(source, target, strict=False), 1):
        if words and signs(left, right, source_language, words).is_other_text:
            return number
    return min(len(source), len(target)) + 1 if len(source) != len(target) else None


@lru_cache(maxsize=1024)  # a candidate is often what another way of asking gave already
def _check(
    source: str,
    target: str,
    source_language: Language,
    target_language: Language,
    terms: tuple[TermPair, ...],
    usual: float,
) -> tuple[Finding, ...]:
    if not source.strip() and not target.strip():
        return ()
    if not target.strip():
        return tuple(omissions(source, target, source_language))
    size = max(len(source), len(target))
    if size > _LONGEST:
        message = f"{size:,} characters are too many to be checked in one line; divide it into sentences"
        return (Finding("omission", source[:_SHOWN], target[:_SHOWN], message),)
    allowed = " ".join(form for term in terms for form in (term.target, *term.allowed))
    return (
        *_quantities(source, target, source_language, target_language),
        *_terms(source, target, target_language, terms),
        *(one for one in swapped(source, target, source_language) if one.source not in {term.source for term in terms}),
        *names(source, target, source_language, allowed),
        *omissions(source, target, source_language, usual),
        *loops(source, target),
        *(tuple(untranslated(source, target, target_language)) or strays(source, target, target_language, allowed)),
        *markers(source, target),
        *punctuation(source, target, target_language),
        *negations(source, target, source_language),
    )


def _language(lines: Sequence[str], otherwise: Language) -> Language:
    from wivtext.language import detect

    text = "\n".join(lines)[:20000]
    return detect(text) if text.strip() else otherwise


def _quantities(source: str, target: str, source_language: Language, target_language: Language) -> Iterator[Finding]:
    mine, theirs = quantities(source, source_language), quantities(target, target_language)
    yield from turns(source, target, source_language, mine, theirs)
    yield from magnitudes(source, target, source_language)
    for mismatch in compare(mine, theirs):
        left, right = mismatch.source, mismatch.target
        yield Finding(mismatch.kind, left.text if left else "", right.text if right else "", _explained(mismatch))


def _explained(mismatch: Mismatch) -> str:
    left, right = mismatch.source, mismatch.target
    if left and right:
        return f"{_shown(left)} became {_shown(right)}"
    if left:
        return f"{_shown(left)} is not in the translation"
    return f"{_shown(right)} is not in the source" if right else ""


def _shown(quantity: Quantity) -> str:
    """A quantity as it is written and its value, where that is not the same."""
    value = quantity.value * 100 if quantity.kind == "ratio" else quantity.value
    number = f"{float(value):,.6g}" if value.denominator > 1 else f"{int(value):,}"
    if quantity.kind == "time":
        number = f"{int(value) // 60}:{int(value) % 60:02}"
    elif quantity.kind in ("year", "decade"):
        number = str(int(value))
    unit = "%" if quantity.kind == "ratio" else f" {quantity.unit}" if quantity.unit else ""
    plain = f"{number}{unit}"
    return f"“{quantity.text}”" if plain == quantity.text else f"“{quantity.text}” ({plain})"


def _terms(source: str, target: str, language: Language, terms: Iterable[TermPair]) -> Iterator[Finding]:
    for term in terms:
        if term.source not in source or any(contains(form, target, language) for form in (term.target, *term.allowed)):
            continue
        yield Finding("term", term.source, "", f"“{term.source}” has to be “{term.target}”")
