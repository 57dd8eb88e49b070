"""A quantity of a text, and two that disagree."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from wivtext.records import Displayed

Kind = Literal[
    "number", "ratio", "points", "money", "measure", "ordinal",
    "year", "month", "day", "weekday", "quarter", "half-year", "decade", "time",
]  # fmt: skip
DATES = frozenset({"year", "month", "day", "weekday", "quarter", "half-year", "decade", "time"})


FULL_WIDTH = str.maketrans("０１２３４５６７８９．％：", "0123456789.%:")


@dataclass(frozen=True, slots=True)
class Quantity(Displayed):
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
    def plain(self) -> str:
        """Its text with half-width figures."""
        return self.text.translate(FULL_WIDTH)

    @property
    def values(self) -> frozenset[Fraction]:
        """Its value and its other readings."""
        return frozenset((self.value, *self.readings))


@dataclass(frozen=True, slots=True)
class Mismatch(Displayed):
    """Quantities that disagree; one of them None where the other side has nothing for it."""

    kind: str
    source: Quantity | None
    target: Quantity | None
