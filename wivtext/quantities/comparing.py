"""Which quantities of a text and of its translation disagree."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from wivtext.quantities.quantity import DATES, Kind, Mismatch, Quantity
from wivtext.quantities.units import currencies, dimensions, same_currency

_MOST = 100  # quantities of a line that are compared one by one


def compare(source: list[Quantity], target: list[Quantity]) -> list[Mismatch]:
    """What of the firm quantities of either side has no equal on the other.

    >>> from wivtext.quantities import quantities
    >>> compare(quantities("up 20 percent to 3.5 billion", "en"), quantities("增长20%，达到35亿", "zh"))
    []
    >>> compare(quantities("3.5 billion", "en"), quantities("350亿", "zh"))[0].target.text
    '350亿'
    """
    everything, source = source, [q for q in source if q.unit != "relative"]
    others, target = target, [q for q in target if q.unit != "relative"]
    pairs, left, right = _matched(source, target)
    mismatches = [Mismatch(_unit_kind(a, b), a, b) for a, b in pairs]
    for a, b in _shifted_months(left, right, source, target):
        mismatches.append(Mismatch("date", a, b))
        left, right = [q for q in left if q is not a], [q for q in right if q is not b]
    left, right = _without_repeated(left, right, source, target)
    left, right = _without_expanded(left, target), _without_expanded(right, source)
    left, right = _without_known_months(left, right, source, target), _without_known_months(right, left, target, source)
    return mismatches + [
        mismatch
        for mismatch in _paired(left, right)
        if not (mismatch.target is None and mismatch.source and _is_relative(mismatch.source, others))
        and not (mismatch.source is None and mismatch.target and _is_relative(mismatch.target, everything))
    ]


def _shifted_months(
    left: list[Quantity], right: list[Quantity], source: list[Quantity], target: list[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """July 1 and 1月1日: months that differ before the same day."""
    mine = {day: q for q in left if (day := _day_of(q, source)) is not None}
    theirs = {day: q for q in right if (day := _day_of(q, target)) is not None}
    return [(mine[day], theirs[day]) for day in mine if day in theirs]


def _day_of(month: Quantity, quantities: list[Quantity]) -> Fraction | None:
    if month.kind != "month":
        return None
    days = [q for q in quantities if q.kind in ("day", "number", "ordinal") and 0 <= q.start - month.end <= 2]
    return days[0].value if days else None


def _without_repeated(
    left: list[Quantity], right: list[Quantity], source: list[Quantity], target: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Without what the other side says less often, unless something else stands in its place there."""
    new_left = [a for a in left if not any(_repeats(a, b, source) for b in target)]
    new_right = [b for b in right if not any(_repeats(b, a, target) for a in source)]
    kept_left = [a for a in left if a in new_left or any(_stands_for(b, a) for b in new_right)]
    kept_right = [b for b in right if b in new_right or any(_stands_for(a, b) for a in new_left)]
    return kept_left, kept_right


def _repeats(one: Quantity, other: Quantity, beside: list[Quantity]) -> bool:
    """Whether a quantity says again what the other side says. A bare number there stands for one thing.

    "138 a year ago" is no 138年, where 138美元 stands beside it.
    """
    if not same(one, other):
        return False
    if one.kind != "measure" or other.kind != "number":
        return True
    return not any(q.kind not in ("number", one.kind) and same(q, other) for q in beside)


def _stands_for(new: Quantity, repeated: Quantity) -> bool:
    """Every six years ... every six years: every nine years ... every six years."""
    if new.kind == repeated.kind == "ordinal":
        return True
    counts = repeated.kind in ("measure", "number", "money", "ratio") and not {0, 1} & (new.values | repeated.values)
    return new.kind == repeated.kind and new.unit == repeated.unit and counts


def _without_known_months(
    left: list[Quantity], right: list[Quantity], mine: list[Quantity], theirs: list[Quantity]
) -> list[Quantity]:
    """Without the month of September 27 where the other side has only 27日."""
    if any(q.kind == "month" for q in (*right, *(q for q in theirs if q.unit == "relative"))):
        return left
    dated = {q.end for q in theirs if q.kind == "month"}
    bare = {q.value for q in theirs if q.kind in ("day", "number") and q.start not in dated}
    if not bare:
        return left
    days = [q for q in mine if q.kind in ("day", "number", "ordinal") and q.value in bare]
    return [q for q in left if not (q.kind == "month" and any(0 <= day.start - q.end <= 2 for day in days))]


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
    if kinds == {"month", "ordinal"}:
        return _overlap(a, b)
    if kinds in ({"points", "ratio"},):
        return any(x == y * 100 for x in _of("points", a, b).values for y in _of("ratio", a, b).values)
    if "ratio" in kinds and kinds <= {"ratio", "number", "measure", "ordinal"}:
        return _same_share(_of("ratio", a, b), next(q for q in (a, b) if q.kind != "ratio"))
    if kinds == {"number", "points"}:
        return _same_points(_of("number", a, b), _of("points", a, b))
    if "number" in kinds and kinds & {"month", "quarter"}:
        return _overlap(a, b) and _of("number", a, b).plain.replace(".", "").isdecimal()
    if kinds == {"quarter", "measure"} or kinds == {"quarter", "ordinal"}:
        # 前三季度 are nine months, not the third quarter.
        return _overlap(a, b) and "前" not in (a.text + b.text)
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
        rest, left = sorted(left, key=_is_span), []
        for a in rest:
            fitting = [b for b in free if same(a, b) and (not strict or a.kind == b.kind)]
            fitting.sort(key=_is_span)
            b = next((b for b in fitting if not _contradicts(a, b, source, target)), None)
            if b:
                free.remove(b)
            else:
                left.append(a)
    pairs = []
    for a in list(left):
        b = next((b for b in free if _differ_in_unit(a, b) or _contradicts(a, b, source, target)), None)
        if b and a.firm and b.firm:
            pairs.append((a, b))
            left.remove(a)
            free.remove(b)
    return pairs, left, free


def _is_span(quantity: Quantity) -> bool:
    """Whether it is a span of time, which is seldom told without its unit."""
    return quantity.kind == "measure" and dimensions()[quantity.unit][0] in ("time", "months")


def _contradicts(a: Quantity, b: Quantity, source: list[Quantity], target: list[Quantity]) -> bool:
    """Whether one side's unit is none that the other has, though that one leaves it away here only.

    "From 0.19 yuan to 0.07" is in yuan throughout: 由0.19元降到0.07美元 is wrong.
    """
    if a.kind == "number" and b.kind in ("money", "measure", "points"):
        return not a.unit and _is_foreign(b, source) and same(a, b)
    if b.kind == "number" and a.kind in ("money", "measure", "points"):
        return not b.unit and _is_foreign(a, target) and same(a, b)
    return False


def _is_foreign(quantity: Quantity, others: list[Quantity]) -> bool:
    """Whether the others count the like, but never in this unit."""
    alike = [q for q in others if q.kind == quantity.kind and _counts_like(q, quantity)]
    return bool(alike) and not any(_same_unit(q, quantity) for q in alike)


def _counts_like(one: Quantity, other: Quantity) -> bool:
    if one.kind != "measure":
        return True
    dimension = dimensions()[other.unit][0]
    # Ages and dates are told without a unit: not so lengths, masses, energies.
    return dimensions()[one.unit][0] == dimension and dimension not in ("time", "months")


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.kind == "points":
        return (one.unit == "bp") == (other.unit == "bp")
    return one.unit == other.unit or (one.kind == "money" and same_currency(one.unit, other.unit))


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
    if a.kind in ("ordinal", "ratio"):
        return True
    if a.kind not in ("number", "measure") or {0, 1} & (a.values | b.values):
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
        hours = 1440 if _half_of_day(a) and _half_of_day(b) else 720
        return any((x - y) % hours == 0 for x in a.values for y in b.values)
    if a.kind == "measure":
        return _same_measure(a, b)
    if a.kind == "ratio":
        # The 3 of 三分之一 is no share: only a figure of the other side may stand for it.
        return a.value == b.value or any(value < 1 for value in a.values & b.values)
    return _overlap(a, b)


def _half_of_day(time: Quantity) -> bool:
    """Whether a time plainly is of the morning or of the evening; 12 o'clock and the small hours never are."""
    hours = time.value / 60 % 12
    if hours < 1:
        return False
    if re.search(r"[ap]\.?m|上午|下午|清晨|早上|早晨|凌晨|今晨", time.text, re.IGNORECASE):
        return True
    return hours >= 5 and bool(re.search("晚|傍", time.text))


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


def _same_points(number: Quantity, points: Quantity) -> bool:
    """A bare number and points of either size."""
    return number.value in points.values or (points.unit == "bp" and number.value == points.value * 100)


def _clock(value: Fraction) -> Fraction:
    """Minutes of a time written as a number: 6.15 is a quarter past six, 3 is three o'clock."""
    hours = value.numerator // value.denominator
    minutes = (value - hours) * 100
    return hours * 60 + (minutes if minutes < 60 else (value - hours) * 60)


def _same_share(ratio: Quantity, other: Quantity) -> bool:
    """A share and what need not look like one: "from 4 percent to 17", one in twenty, four tenths of a second."""
    if other.kind == "ordinal" and other.value and ratio.value * other.value == 1:
        return True  # the slowest tenth: 最慢的一成
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
    units = {a.unit, b.unit} - {""}
    return "money" if units and units <= currencies() else "unit"
