"""The tokens of an English text, and what reading them needs everywhere."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from wivtext.quantities import Kind, Quantity
from wivtext.quantities.units import english_units

_TOKEN = re.compile(
    r"(?P<sign>(?:US|HK|A|C|NT|S|R|NZ)\$)"
    r"|(?P<figure>\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,15})?|\d{1,30}(?:\.\d{1,15})?[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
    r"|(?P<word>[ckm]?m[23](?![\w.,])|[A-Za-zÀ-ɏ]+(?:\.[A-Za-z]\.)?[²³]?)"
    r"|(?P<mark>[$€£¥￥₩₹%°℃μµ’'.,:;/–—~-]|[^\sA-Za-z\d])"
)
_APPROXIMATE = frozenset(
    [
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "some",
        "over",
        "under",
        "than",
        "least",
        "most",
        "close",
        "to",
        "up",
        "exceeding",
        "exceeded",
        "above",
        "below",
        "estimated",
    ]
)


class Token(NamedTuple):
    """A figure, a word or a mark, and where it stands."""

    text: str
    lower: str
    kind: str
    start: int
    end: int


class Tokens:
    """A text's figures, words and marks, asked for by their place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            Token(match[0], match[0].lower(), match.lastgroup or "", match.start(), match.end())
            for match in _TOKEN.finditer(text)
        ]

    def _word(self, place: int) -> str:
        return self.tokens[place].lower if 0 <= place < len(self.tokens) and self.tokens[place].kind == "word" else ""

    def _mark(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) and self.tokens[place].kind == "mark" else ""

    def _kind(self, place: int) -> str:
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else ""

    def _skip(self, place: int) -> int:
        """The place after a hyphen."""
        return place + 1 if self._mark(place) == "-" else place

    def _next_word(self, place: int) -> str:
        return self._word(self._skip(place))

    def _is_adjacent(self, place: int) -> bool:
        return 0 < place < len(self.tokens) and self.tokens[place - 1].end == self.tokens[place].start

    def _quantity(
        self,
        kind: Kind,
        value: Fraction,
        first: int,
        after: int,
        firm: bool,
        unit: str = "",
        readings: tuple[Fraction, ...] = (),
    ) -> Quantity:
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        about = self._word(first - 1) in _APPROXIMATE
        return Quantity(kind, value, start, end, self.text[start:end], unit, firm, about, readings)


def figure_value(text: str) -> Fraction:
    """The value of a figure.

    >>> figure_value("1,280"), float(figure_value("2½"))
    (Fraction(1280, 1), 2.5)
    """
    part = _PARTS.get(text[-1], Fraction(0))
    whole = text.rstrip("½¼¾⅓⅔").replace(",", "")
    return Fraction(whole or 0) + part


_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}


def unit_named(tokens: list[Token]) -> str:
    """The unit that words name, in the singular or the plural."""
    names = english_units()
    if len(tokens) == 1 and tokens[0].text in names:
        return names[tokens[0].text]
    words = [token.lower for token in tokens]
    if len(tokens) == 1 and len(words[0]) == 4 and tokens[0].text.isupper():  # RAND, the institute, is no currency
        return ""
    last = words[-1] if words else ""
    if len(last) < 2 and len(words) == 1:
        return names.get(last, "") if last in ("%",) else ""
    for form in (last, last.removesuffix("s"), last.removesuffix("es")):
        name = " ".join([*words[:-1], form])
        if name in names:
            return names[name]
        cased = _cased_units().get(name)
        if cased:
            return cased
    if len(words) > 1 and words[0].endswith("s"):
        return unit_named(
            [tokens[0]._replace(lower=words[0].removesuffix("s"), text=words[0].removesuffix("s")), *tokens[1:]]
        )
    return ""


@lru_cache(maxsize=1)
def _cased_units() -> dict[str, str]:
    return {name.lower(): unit for name, unit in english_units().items() if len(name) > 2}
