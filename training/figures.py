"""Figures: their values in English and in Chinese, and new ones written in both languages.

>>> list(figures_en("It sold 3.5 billion yuan in 2,300 days"))
[('3.5 billion', 3500000000.0), ('2,300', 2300.0)]
>>> list(figures_zh("35亿元，2300天"))
[('35亿', 3500000000.0), ('2300', 2300.0)]
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SCALES_EN = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALES_ZH = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
EN = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?( (?:thousand|million|billion|trillion)\b)?(?![\w]|[.,]\d|-[a-z])"
)
ZH = re.compile(
    r"(?<![\d.,A-Za-z-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万亿|千万|百万|亿|万|千(?!瓦|米|克|伏|赫|卡))?(?![\d]|[.,]\d)"
)


def figures_en(text: str) -> Iterator[tuple[str, float]]:
    """English figures in digits with their values."""
    for m in EN.finditer(text):
        scale = SCALES_EN[m[3].strip()] if m[3] else 1
        yield m[0], round(float(m[1].replace(",", "") + (m[2] or "")) * scale, 4)


def figures_zh(text: str) -> Iterator[tuple[str, float]]:
    """Chinese figures in digits with their values."""
    for m in ZH.finditer(text):
        scale = SCALES_ZH[m[3]] if m[3] else 1
        yield m[0], round(float(m[1].replace(",", "") + (m[2] or "")) * scale, 4)


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def write_zh(value: float) -> str:
    """A figure as Chinese news writes it.

    >>> write_zh(9e9), write_zh(126000), write_zh(2300)
    ('90亿', '12.6万', '2300')
    """
    for sign, scale in (("万亿", 1e12), ("亿", 1e8), ("万", 1e4)):
        if value >= scale and _plain(round(value / scale, 4)) and abs(round(value / scale, 4) * scale - value) < 1e-3:
            return _plain(value / scale) + sign
    return _plain(value)


def write_en(value: float) -> str:
    """A figure as English news writes it.

    >>> write_en(9e9), write_en(126000), write_en(1.5)
    ('9 billion', '126,000', '1.5')
    """
    for word, scale in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if value >= scale and abs(round(value / scale, 4) * scale - value) < 1e-3:
            return f"{_plain(value / scale)} {word}"
    return f"{int(value):,}" if value >= 1000 and value == int(value) else _plain(value)


def _large(rng: random.Random) -> float:
    digits = rng.choice((1, 2, 2, 3, 3, 4))
    return float(rng.randint(10 ** (digits - 1), 10**digits - 1)) * 10.0 ** rng.randint(max(0, 5 - digits), 12 - digits)


def _like(digits: str, rng: random.Random) -> str:
    """A figure of the same shape: as many digits before and after the point."""
    whole, _, fraction = digits.partition(".")
    head = str(rng.randint(1 if len(whole) > 1 else 0, 9) or 1)
    new = head + "".join(str(rng.randint(0, 9)) for _ in whole[1:])
    return new + ("." + "".join(str(rng.randint(0, 9)) for _ in fraction) if fraction else "")


def exchange(en: str, zh: str, rng: random.Random) -> tuple[str, str]:
    """Another figure for both sides, of the same kind: scaled, year, day or count."""
    value = next(figures_en(en))[1]
    if re.search("[^0-9.,]", en + zh) or value >= 10000:
        new = _large(rng)
        return write_en(new), write_zh(new)
    if en == zh and len(en) == 4 and 1900 <= value <= 2100:
        year = str(rng.randint(1985, 2040))
        return year, year
    if value <= 31 and value == int(value):
        small = str(rng.randint(2, 28))
        return small, small
    new_text = _like(zh.replace(",", ""), rng)
    return (f"{int(new_text):,}" if "," in en and "." not in new_text else new_text), new_text
