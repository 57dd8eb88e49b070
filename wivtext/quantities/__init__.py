"""Quantities of a text by value: numbers, money, measures, shares, dates; the same in both languages.

What is firm has to be found again in a translation: figures, scale words, months. What is soft, a small number in
words ("one", 一方面), may be expressed otherwise, but can stand for a figure of the other side.

Libraries were measured on phrases from our case file before this was kept: cn2an 0.5 gives the value of 4 of 16 Chinese
ones, quantulum3 0.10 of 5 of 12 English ones, and recognizers-text 1.0.2a2 does not import beside emoji 2.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from wivtext.quantities.comparing import compare, same
from wivtext.quantities.quantity import DATES, Kind, Mismatch, Quantity
from wivtext.records import Language

__all__ = ["DATES", "Kind", "Mismatch", "Quantity", "compare", "quantities", "same"]


def quantities(text: str, language: Language) -> list[Quantity]:
    """The quantities of a text in its order.

    >>> [(q.kind, int(q.value), q.unit) for q in quantities("3.5 billion yuan in May 2026", "en")]
    [('money', 3500000000, 'CNY'), ('month', 5, ''), ('year', 2026, '')]
    >>> [(q.kind, int(q.value), q.unit) for q in quantities("2026年5月投资35亿元", "zh")]
    [('year', 2026, ''), ('month', 5, ''), ('money', 3500000000, 'CNY')]
    """
    return list(_read(text, language))


@lru_cache(maxsize=4096)
def _read(text: str, language: Language) -> tuple[Quantity, ...]:
    """Several checks ask for the quantities of one text."""
    if language == "en":
        from wivtext.quantities.english import read
    else:
        from wivtext.quantities.chinese import read
    found = read(text)
    # The readers see half-width figures; what is shown is what was written.
    return tuple(one if one.text == (whole := text[one.start : one.end]) else replace(one, text=whole) for one in found)
