"""Measures in two units as one quantity: 5分30秒, two hours and 15 minutes, 6 feet 2 inches."""

from __future__ import annotations

from wivtext.quantities.quantity import Quantity
from wivtext.quantities.units import dimensions

_BETWEEN = frozenset(["", " ", " and ", "零", "又"])
_JOINED = frozenset(["time", "months", "length", "mass"])


def with_compounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a text, in order, measures that go on in a smaller unit made one.

    >>> from wivtext.quantities import quantities
    >>> [(int(q.value), q.unit, q.text) for q in quantities("用时2小时15分钟", "zh")]
    [(135, 'min', '2小时15分钟')]
    >>> [(int(q.value), q.unit) for q in quantities("历时4年零3个月", "zh")]
    [(51, 'month')]
    """
    joined: list[Quantity] = []
    for quantity in found:
        before = joined[-1] if joined else None
        if quantity.text == "零" and before and before.kind == "measure" and before.end == quantity.start:
            continue  # 4年零3个月
        if before and _goes_on(text, before, quantity):
            joined[-1] = _sum(text, before, quantity)
        else:
            joined.append(quantity)
    return joined


def _goes_on(text: str, larger: Quantity, smaller: Quantity) -> bool:
    if not larger.kind == smaller.kind == "measure" or text[larger.end : smaller.start] not in _BETWEEN:
        return False
    (one, factor), (other, part) = dimensions()[larger.unit], dimensions()[smaller.unit]
    return one == other and one in _JOINED and part < factor and smaller.value * part < factor


def _sum(text: str, larger: Quantity, smaller: Quantity) -> Quantity:
    ratio = dimensions()[larger.unit][1] / dimensions()[smaller.unit][1]
    # "An hour and 20 minutes" gives no figure for the hour, which the other language may do.
    readings = (smaller.value,) if larger.value == 1 else ()
    return Quantity(
        "measure",
        larger.value * ratio + smaller.value,
        larger.start,
        smaller.end,
        text[larger.start : smaller.end],
        smaller.unit,
        larger.firm or smaller.firm,
        larger.approximate or smaller.approximate,
        readings,
    )
