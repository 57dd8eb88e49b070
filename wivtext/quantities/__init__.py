"""Quantities of a text by value: numbers, money, measures, shares, dates; the same in both languages.

What is firm has to be found again in a translation: figures, scale words, months. What is soft, a small number in
words ("one", 一方面), may be expressed otherwise, but can stand for a figure of the other side.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from wivtext.quantities.units import currencies, dimensions, same_currency
from wivtext.records import Language

Kind = Literal[
    "number", "ratio", "points", "money", "measure", "ordinal",
    "year", "month", "day", "weekday", "quarter", "half-year", "decade", "time",
]  # fmt: skip
_MOST = 300  # quantities of a line that are compared one by one
DATES = frozenset({"year", "month", "day", "weekday", "quarter", "half-year", "decade", "time"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `start:end` of a text; `readings` are other values that the same words may mean.

    `value` is in the unit as written (35亿元: 3,500,000,000 CNY), a ratio as a fraction of one.
    """

    kind: Kind
    value: Fraction
    start: int
    end: int
    text: str
    unit: str = ""
    firm: bool = True
    approximate: bool = False
    readings: tuple[Fraction, ...] = ()

    @property
    def values(self) -> frozenset[Fraction]:
        """Its value and its other readings."""
        return frozenset((self.value, *self.readings))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Quantities that disagree; one of them None where the other side has nothing for it."""

    kind: str
    source: Quantity | None
    target: Quantity | None


def quantities(text: str, language: Language) -> list[Quantity]:
    """The quantities of a text in its order.

    >>> [(q.kind, int(q.value), q.unit) for q in quantities("3.5 billion yuan in May 2026", "en")]
    [('money', 3500000000, 'CNY'), ('month', 5, ''), ('year', 2026, '')]
    >>> [(q.kind, int(q.value), q.unit) for q in quantities("2026年5月投资35亿元", "zh")]
    [('year', 2026, ''), ('month', 5, ''), ('money', 3500000000, 'CNY')]
    """
    if language == "en":
        from wivtext.quantities.english import read
    else:
        from wivtext.quantities.chinese import read
    return read(text)


def compare(source: list[Quantity], target: list[Quantity]) -> list[Mismatch]:
    """What of the firm quantities of either side has no equal on the other.

    >>> compare(quantities("up 20 percent to 3.5 billion", "en"), quantities("增长20%，达到35亿", "zh"))
    []
    >>> compare(quantities("3.5 billion", "en"), quantities("350亿", "zh"))[0].target.text
    '350亿'
    """
    everything, source = source, [q for q in source if q.unit != "relative"]
    others, target = target, [q for q in target if q.unit != "relative"]
    pairs, left, right = _matched(source, target)
    mismatches = [Mismatch(_unit_kind(a, b), a, b) for a, b in pairs]
    left = [a for a in left if not any(same(a, b) for b in target)]
    right = [b for b in right if not any(same(a, b) for a in source)]
    left, right = _without_expanded(left, target), _without_expanded(right, source)
    return mismatches + [
        mismatch
        for mismatch in _paired(left, right)
        if not (mismatch.target is None and mismatch.source and _is_relative(mismatch.source, others))
        and not (mismatch.source is None and mismatch.target and _is_relative(mismatch.target, everything))
    ]


def _is_relative(quantity: Quantity, other: list[Quantity]) -> bool:
    """Whether the other side gives the date relatively: "unchanged from September", 与上月持平."""
    return any(q.kind == quantity.kind and q.unit == "relative" for q in other)


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may say the same."""
    if a.kind == b.kind:
        return _same_of_kind(a, b)
    kinds = {a.kind, b.kind}
    if kinds <= {"number", "ordinal", "measure", "money", "day", "year", "decade"}:
        if kinds == {"measure", "money"} and {a.unit, b.unit} != {"pound", "lb"}:
            return False
        return _overlap(a, b)
    if kinds in ({"points", "ratio"},):
        return any(x == y * 100 for x in _of("points", a, b).values for y in _of("ratio", a, b).values)
    if "ratio" in kinds and kinds <= {"ratio", "number", "measure", "ordinal"}:
        return _same_share(_of("ratio", a, b), next(q for q in (a, b) if q.kind != "ratio"))
    if "number" in kinds and kinds & {"points", "month", "quarter"}:
        return _overlap(a, b) and _of("number", a, b).text.replace(".", "").isdecimal()
    if kinds == {"quarter", "measure"} or kinds == {"quarter", "ordinal"}:
        return _overlap(a, b)
    if kinds == {"time", "number"} or kinds == {"time", "measure"}:
        time, number = _of("time", a, b), next(q for q in (a, b) if q.kind != "time")
        return any(_clock(v) % 720 in {t % 720 for t in time.values} for v in number.values)
    return False


def _matched(
    source: list[Quantity], target: list[Quantity]
) -> tuple[list[tuple[Quantity, Quantity]], list[Quantity], list[Quantity]]:
    """The pairs that agree but for their unit, and what is left on each side."""
    free, left = _without_equals(source, target)
    for strict in (True, False):
        rest, left = left, []
        for a in rest:
            b = next((b for b in free if same(a, b) and (not strict or a.kind == b.kind)), None)
            if b:
                free.remove(b)
            else:
                left.append(a)
    pairs = []
    for a in list(left):
        b = next((b for b in free if _differ_in_unit(a, b)), None)
        if b and a.firm and b.firm:
            pairs.append((a, b))
            left.remove(a)
            free.remove(b)
    return pairs, left, free


def _without_equals(source: list[Quantity], target: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Target and source without what is plainly the same, and without the end of what is no text but a table."""
    theirs = Counter((q.kind, q.value, q.unit) for q in target)
    mine = Counter((q.kind, q.value, q.unit) for q in source)
    both = mine & theirs
    return _less(target, both)[:_MOST], _less(source, both)[:_MOST]


def _less(some: list[Quantity], away: Counter[tuple[Kind, Fraction, str]]) -> list[Quantity]:
    away = away.copy()
    kept = []
    for q in some:
        key = (q.kind, q.value, q.unit)
        away[key] -= 1
        if away[key] < 0:
            kept.append(q)
    return kept


def _paired(left: list[Quantity], right: list[Quantity]) -> list[Mismatch]:
    """What is left, two by two where it is of one kind: that is what a reader would compare."""
    mismatches = []
    right = list(right)
    for a in left:
        b = next((b for b in right if b.kind == a.kind and (a.firm or b.firm or _compete(a, b))), None)
        b = b or next((b for b in right if _group(b) == _group(a) and a.firm and b.firm), None)
        if b:
            right.remove(b)
        if b or a.firm:
            mismatches.append(Mismatch(_kind(a), a, b))
    return mismatches + [Mismatch(_kind(b), None, b) for b in right if b.firm]


def _compete(a: Quantity, b: Quantity) -> bool:
    """Whether two soft quantities count the same, so that one of them must be wrong: three years, 七年."""
    if a.kind in DATES:
        return True
    if a.kind not in ("number", "measure", "ordinal") or 1 in a.values | b.values or 0 in a.values | b.values:
        return False
    return a.unit == b.unit


def _without_expanded(left: list[Quantity], other: list[Quantity]) -> list[Quantity]:
    """Without quarters whose months the other side names, and months of a quarter that it names."""
    months = {int(q.value) for q in other if q.kind == "month"}
    quarters = {int(q.value) for q in other if q.kind == "quarter"}
    counted = {int(q.value) for q in other if q.kind == "measure" and q.unit == "month"}
    kept = []
    for q in left:
        value = int(q.value)
        if q.kind == "quarter" and {3 * value - 2, 3 * value} <= months:
            continue
        if q.kind == "month" and ((value + 2) // 3 in quarters or value in counted or (value == 1 and counted)):
            continue
        kept.append(q)
    return kept


def _same_of_kind(a: Quantity, b: Quantity) -> bool:
    if a.kind == "money":
        return _overlap(a, b) and same_currency(a.unit, b.unit)
    if a.kind == "time":
        return any((x - y) % 720 == 0 for x in a.values for y in b.values)
    if a.kind == "measure":
        return _same_measure(a, b)
    return _overlap(a, b)


def _same_measure(a: Quantity, b: Quantity) -> bool:
    if a.unit == b.unit:
        return _overlap(a, b)
    (one, factor), (other, divisor) = dimensions()[a.unit], dimensions()[b.unit]
    if {a.unit, b.unit} == {"km", "kmh"}:
        return _overlap(a, b)
    if "deg" in (a.unit, b.unit) and {one, other} & {"temperature", "energy"}:
        return _overlap(a, b)
    if one != other:
        return False
    # Conversions are rounded in texts: 250 miles are 402 km.
    return any(abs(x * factor - y * divisor) <= abs(x * factor) / 200 for x in a.values for y in b.values)


def _differ_in_unit(a: Quantity, b: Quantity) -> bool:
    if {a.unit, b.unit} == {"pound", "lb"}:
        return False
    return {a.kind, b.kind} <= {"money", "measure", "points"} and _overlap(a, b)


def _overlap(a: Quantity, b: Quantity) -> bool:
    return not a.values.isdisjoint(b.values)


def _clock(value: Fraction) -> Fraction:
    """Minutes of a time written as a number: 6.15 is a quarter past six, 3 is three o'clock."""
    hours = value.numerator // value.denominator
    minutes = (value - hours) * 100
    return hours * 60 + (minutes if minutes < 60 else (value - hours) * 60)


def _same_share(ratio: Quantity, other: Quantity) -> bool:
    """A share and what need not look like one: "from 4 percent to 17", one in twenty, four tenths of a second."""
    if not ratio.values.isdisjoint(other.readings) or not other.values.isdisjoint(ratio.readings):
        return True
    return not ratio.firm and ratio.value == other.value


def _of(kind: Kind, a: Quantity, b: Quantity) -> Quantity:
    return a if a.kind == kind else b


def _group(quantity: Quantity) -> str:
    return "date" if quantity.kind in DATES else "number"


def _kind(quantity: Quantity) -> str:
    """The kind of finding that a quantity makes."""
    if quantity.kind in DATES:
        return "date"
    return "money" if quantity.kind == "money" else "number"


def _unit_kind(a: Quantity, b: Quantity) -> str:
    return "money" if a.unit in currencies() and b.unit in currencies() else "unit"
