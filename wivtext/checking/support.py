"""What a line of a summary says that its sentences don't: figures, names, and a "not" too many or too few.

The line may be in the language of the sentences or in the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import floor, log10

from wivtext.checking.claims import KIND, language_of, missing, pattern
from wivtext.checking.denials import denials
from wivtext.checking.moves import moves
from wivtext.checking.point_names import invented, known_names
from wivtext.checking.point_organisations import organisations
from wivtext.checking.point_people import Around, people
from wivtext.quantities import DATES, Quantity, quantities, same
from wivtext.records import Finding, Language
from wivtext.terms import TermBase

__all__ = ["GUARD", "KIND", "unsupported"]

GUARD = "guard 2"
"""Part of the signature of every summary: to be raised with each change of what is refused."""

_DIGIT = re.compile(r"\d")
_NEAR = 0.02  # 90,000 may stand for 89,214, 10% not for 12%


def unsupported(
    text: str,
    sentences: Sequence[str],
    *,
    before: Sequence[str] = (),
    around: Sequence[str] = (),
    speakers: Sequence[str] = (),
    terms: TermBase | None = None,
) -> tuple[Finding, ...]:
    """What `text` says and `sentences` don't.

    People may also be named in the sentences `before` them, other names anywhere `around` in the document; `speakers`
    are those who say the sentences.

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
    language, spoken = language_of(text), language_of(" ".join(sentences))
    found = [
        *_figures(text, language, sentences, spoken),
        *people(text, language, Around(sentences, before, around, speakers), spoken),
        *known_names(text, language, (*sentences, *around, *speakers), terms),
        *invented(text, language, (*sentences, *before, *speakers), around, spoken),
        *organisations(text, language, (*sentences, *around, *speakers), spoken),
        *denials(text, language, sentences, spoken),
        *moves(text, language, sentences, spoken),
    ]
    return tuple(dict.fromkeys(one for one in found if not _is_part_of_another(one, found)))


def _is_part_of_another(one: Finding, found: Sequence[Finding]) -> bool:
    """Whether a name, or a "not", is part of a longer one that is found as well."""
    words = one.target or one.source
    others = {other.target or other.source for other in found}
    return any(words in other and words != other for other in others)


def _is_part_of(text: str, sentences: Sequence[str]) -> bool:
    """Whether a line is quoted as it stands, which is what extractive engines do."""
    squeezed = "".join(text.split())
    return squeezed in "".join("".join(sentence.split()) for sentence in sentences)


def _figures(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Firm quantities that no sentence has, by value or rounded."""
    firm = [one for one in quantities(text, language) if one.firm]
    wanted = [one for one in firm if one.kind == "month" or _DIGIT.search(one.text)]
    if not wanted:
        return
    offered = [one for sentence in sentences for one in quantities(sentence, spoken)]
    counts_years = any(pattern(f"relative_year_{spoken}").search(sentence) for sentence in sentences)
    for one in wanted:
        if one.kind == "year" and counts_years:
            continue  # 明年 may be 2027: the sentences alone don't tell
        if not any(same(one, other) or _is_rounded(one, other) for other in offered):
            yield missing(one.text)


def _is_rounded(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity is the other with fewer figures: 88,000 for 87,614, 35% for 35.2%."""
    if one.kind != other.kind or one.unit != other.unit or one.kind in DATES or not other.value:
        return False
    digits, value, difference = _significant(one.plain), abs(float(one.value)), abs(float(one.value - other.value))
    if not digits or not value or _significant(other.plain) <= digits:
        return False
    unit = 10.0 ** (floor(log10(value)) - digits + 1)
    return difference <= min(unit / 2 * 1.001, _NEAR * value)


def _significant(text: str) -> int:
    """How many figures of a number are more than zeros at its ends."""
    figures = "".join(_DIGIT.findall(text)).lstrip("0")
    return len(figures.rstrip("0"))
