"""Numbers put right where there is no doubt which one is wrong and what it should be.

A repair is made only where one quantity of the source is missing, one of the target is too many, both count the same
thing, and the repaired text agrees with the source in every quantity that was touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from wivtext.quantities import Mismatch, Quantity, compare, quantities
from wivtext.quantities.english_words import MONTHS, ORDINALS, WEEKDAYS
from wivtext.quantities.units import same_currency
from wivtext.records import Finding, Language

# The part of a quantity that is its number: 350亿 of 350亿元, $3.5 billion of $3.5 billion.
_NUMBER_ZH = re.compile(r"(?:US\$|[$€£¥])?(?P<number>\d[\d,]*(?:\.\d+)?(?:万亿|[千百十]?[万亿])?)(?=[^\d.,]|$)")
_NUMBER_EN = re.compile(
    r"(?:US\$|[$€£¥])?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?(?:[ -](?:hundred|thousand|million|billion|trillion)\b)?)(?=[^\d.,]|$)"
)
_NUMERAL_ZH = re.compile(
    "(?P<number>[零一二两三四五六七八九十百千万亿]+)(?=[^零一二两三四五六七八九十百千万亿几多余来点分成半]|$)"
)
_LONGEST = 32  # characters: what is longer is an engine gone astray, not a wrong number
_HANZI = "〇一二三四五六日"
_NAMES_OF_MONTHS = [name.capitalize() for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_NAMES_OF_DAYS = [name.capitalize() for name in WEEKDAYS if name.endswith("day")]
_SCALES_ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_SCALES_EN = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


def repair(
    source: str, target: str, source_language: Language, target_language: Language
) -> tuple[str, tuple[Finding, ...]]:
    """The target with its wrong numbers repaired, and a finding for each that was.

    >>> repair("Investment reached 3.5 billion yuan.", "投资达到3.5亿元。", "en", "zh")[0]
    '投资达到35亿元。'
    >>> repair("5月销量下降12%。", "Sales fell 12% in June.", "zh", "en")[0]
    'Sales fell 12% in May.'
    >>> repair("It cost $118,000.", "它的成本为1.18万美元。", "en", "zh")[0]
    '它的成本为11.8万美元。'
    >>> repair("It took forty-one seconds.", "用了四十秒。", "en", "zh")[0]
    '用了41秒。'
    """
    asked = quantities(source, source_language)
    findings: list[Finding] = []
    for _ in range(4):
        wrong = compare(asked, quantities(target, target_language))
        repaired = _one_repaired(wrong, target, target_language)
        if not repaired:
            break
        text, mismatch = repaired
        left = compare(asked, quantities(text, target_language))
        if len(left) >= len(wrong):
            break
        findings.append(_finding(mismatch, text))
        target = text
    return target, tuple(findings)


def written(value: Fraction, language: Language) -> str:
    """A value as a newspaper writes it.

    >>> written(Fraction(3_500_000_000), "zh"), written(Fraction(3_500_000_000), "en"), written(Fraction(12800), "zh")
    ('35亿', '3.5 billion', '1.28万')
    """
    for scale, word in _SCALES_ZH if language == "zh" else _SCALES_EN:
        if value >= scale and (shown := _decimal(value / scale, 2 if scale != 10**8 else 4)):
            return f"{shown}{word}"
    plain = _decimal(value, 6) or str(float(value))
    whole, dot, decimals = plain.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if language == "en" or value >= 10**8 else plain


def _one_repaired(wrong: list[Mismatch], target: str, language: Language) -> tuple[str, Mismatch] | None:
    for mismatch in _certain(wrong):
        assert mismatch.source and mismatch.target
        new = _rewritten(mismatch.source, mismatch.target, language)
        if new and new != mismatch.target.text:
            return target[: mismatch.target.start] + new + target[mismatch.target.end :], mismatch
    return None


def _certain(wrong: list[Mismatch]) -> Iterable[Mismatch]:
    """The mismatches whose two sides are the only ones of their kind that are left."""
    for mismatch in wrong:
        left, right = mismatch.source, mismatch.target
        if not left or not right or not left.firm or not right.firm or left.readings or len(right.text) > _LONGEST:
            continue
        rivals = [m for m in wrong if m is not mismatch and _is_rival(m, left, right)]
        if not rivals and _count_the_same(left, right):
            yield mismatch


def _is_rival(mismatch: Mismatch, left: Quantity, right: Quantity) -> bool:
    sides = (mismatch.source, mismatch.target)
    return any(
        side is not None and side.firm and _count_the_same(side, other) for side in sides for other in (left, right)
    )


def _count_the_same(a: Quantity, b: Quantity) -> bool:
    """Whether a number of one could stand in the place of the other."""
    if a.kind == b.kind:
        return a.unit == b.unit or not a.unit or not b.unit or same_currency(a.unit, b.unit)
    return {a.kind, b.kind} in ({"number", "money"}, {"number", "measure"})


def _rewritten(wanted: Quantity, wrong: Quantity, language: Language) -> str | None:
    """The text of `wrong` with the value of `wanted`, None where it is not plainly written."""
    value, before = int(wanted.value), wrong.plain
    if wrong.kind == "month":
        return _NAMES_OF_MONTHS[value - 1] if language == "en" else _digits_replaced(before, str(value))
    if wrong.kind == "weekday":
        return _NAMES_OF_DAYS[value - 1] if language == "en" else before[:-1] + _HANZI[value]
    if wrong.kind == "quarter":
        word = next((word for word, number in ORDINALS.items() if number == value), "")
        return re.sub(r"^\w+(?=[ -]quarter$)", word, before) if language == "en" else _numeral(before, value)
    if wrong.kind in ("year", "day"):
        return _digits_replaced(before, str(value))
    if wrong.kind == "ratio":
        return _digits_replaced(before, _decimal(wanted.value * 100, 4)) if before[-1] in "%t％" else None
    if wrong.kind in ("number", "money", "measure", "points"):
        match = _NUMBER_EN.match(before) if language == "en" else _NUMBER_ZH.match(before) or _NUMERAL_ZH.match(before)
        if match and len(match["number"]) <= _LONGEST // 2:
            # A bare year takes no comma.
            bare = wanted.plain.isdecimal() and value < 10000 and "," not in before
            number = wanted.plain if bare else written(wanted.value, language)
            return before[: match.start("number")] + number + before[match.end("number") :]
    return None


def _digits_replaced(text: str, digits: str) -> str | None:
    return re.sub(r"\d+(?:\.\d+)?", digits, text, count=1) if digits and re.search(r"\d", text) else None


def _numeral(text: str, value: int) -> str | None:
    if re.search(r"\d", text):
        return _digits_replaced(text, str(value))
    return re.sub("[一二三四]", _HANZI[value], text, count=1)


def _decimal(value: Fraction, places: int) -> str:
    """A value with at most so many decimals, "" where it has more."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        return ""
    digits = str(int(scaled)).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits


def _finding(mismatch: Mismatch, text: str) -> Finding:
    left, right = mismatch.source, mismatch.target
    assert left and right
    return Finding("repaired", left.text, right.text, f"“{right.text}” was corrected: the source says “{left.text}”")
