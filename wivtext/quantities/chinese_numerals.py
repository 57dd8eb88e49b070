"""Chinese numerals, in figures, hanzi and both, and where they stand in a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from wivtext.quantities.units import english_units

DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一壹", "二两贰", "三叁", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％：", "0123456789.%:")

# 千 of 千瓦 and 百 of 百分之 belong to the unit, 万 and 千 alone are words (万一, 千万别).
_SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦米克伏卡赫兆帕焦安]|字节)|百(?!分))"
_NO_UNIT = "(?![瓦米克伏卡赫兆帕焦安]|字节)"
NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,15})?|\d{1,30}(?:\.\d{1,15})?)"
    rf"(?: ?(?P<more>[多余几来]))?(?: ?(?P<scale>{_SCALE}))?"
    rf"|(?P<hanzi>(?:[零〇一二两三四五六七八九十百亿]|万(?!一)|千{_NO_UNIT}){{1,24}}"
    r"(?:点[零一二三四五六七八九]{1,9}(?=[万亿倍个米元公千吨度])(?!个?小时))?)"
    rf"(?P<some>[多余几来](?=[百千万亿个年天家名人项条辆台]))?(?P<scale2>{_SCALE})?"
)
_DECIMALS = re.compile(r"点[零一二三四五六七八九]+(?![十百千万亿])")
_VAGUE = re.compile(r"[一二两三四五六七八九]{2}[十百千万亿]{1,2}")
_ROUND = re.compile(r"一?[百千万亿]+")
_COUNTS_ANYWAY = re.compile(r"(?:周|星期|礼拜|上午|下午|凌晨|晚上|早上|中午|清晨|傍晚)$")
# 百余名, 亿元以上, 百强: about so many, which the other language may put into figures.
_ROUND_COUNT = re.compile("[余多名个位家种项款人强日问件元天亩年里辆]")
_IDLE_ONE = re.compile(r"[下上这每任同唯某另统]一$")


class Core(NamedTuple):
    """A number in a text: its value, where it stands, whether it is made of figures or has a scale word."""

    value: Fraction
    start: int
    end: int
    firm: bool
    about: bool = False
    scale: int = 1


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    """Words in which a hanzi numeral counts nothing: 一方面, 零部件, 三亚."""
    lists = json.loads((Path(__file__).parent.parent / "data" / "numerals.json").read_text(encoding="utf-8"))
    return re.compile("|".join(lists["idle"]))


def hanzi_value(text: str) -> Fraction | None:
    """The value of a numeral in hanzi, None where it is not one (三四十, 十几).

    >>> [int(hanzi_value(text) or 0) for text in ("一百二十万", "二〇二六", "十二", "两亿三千万", "三万五")]
    [1200000, 2026, 12, 230000000, 35000]
    """
    whole, _, decimals = text.partition("点")
    if decimals:
        value = hanzi_value(whole)
        tenths = Fraction(int("".join(str(DIGITS[char]) for char in decimals)), 10 ** len(decimals))
        return None if value is None else value + tenths
    if not any(char in SCALES for char in text):
        if len(text) == 1 or "〇" in text or "零" in text or len(text) == 4:
            return Fraction(int("".join(str(DIGITS[char]) for char in text)))
        return None
    total, section, digit, last = 0, 0, 0, 1
    for place, char in enumerate(text):
        if char in DIGITS:
            if digit and place and text[place - 1] in DIGITS and text[place - 1] not in "零〇":
                return None
            digit = DIGITS[char]
        elif char in "万亿":
            scale = SCALES[char]
            total = (
                (total + section + digit or 1) * scale
                if total and scale > total
                else total + (section + digit or 1) * scale
            )
            section, digit, last = 0, 0, scale
        else:
            section += (digit or 1) * SCALES[char]
            digit, last = 0, SCALES[char]
    # 三万五 is 35,000, 三万零五 is 30,005
    tail = digit * (last // 10) if digit and last >= 100 and text[-2:-1] not in "零〇" else digit
    return Fraction(total + section + tail)


def both_values(text: str) -> tuple[Fraction, Fraction] | None:
    """The two values of 七八十 or 三四百."""
    if not _VAGUE.fullmatch(text):
        return None
    scale = scale_of(text[2:])
    return Fraction(DIGITS[text[0]] * scale), Fraction(DIGITS[text[1]] * scale)


def cores(text: str) -> Iterator[Core]:
    idle = {place for match in _idle().finditer(text) for place in range(*match.span())}
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if match["digits"]:
            if _is_code(text, start, match.end("digits")):
                if "." not in match["digits"]:
                    yield Core(Fraction(match["digits"].replace(",", "")), start, match.end("digits"), False)
                continue
            scale = scale_of(match["scale"] or "")
            value = Fraction(match["digits"].replace(",", "")) * scale
            if match["more"] and not match["scale"] and match["more"] == "来":
                end = match.end("digits")
            yield Core(value, start, end, True, bool(match["more"]), scale)
        else:
            hanzi = match["hanzi"]
            if (start in idle and not _COUNTS_ANYWAY.search(text, max(0, start - 3), start)) or _IDLE_ONE.search(
                text, max(0, start - 1), end
            ):
                continue
            if (
                hanzi in SCALES
                and len(hanzi) == 1
                and hanzi != "十"
                and text[max(0, start - 1) : start] not in ("每", "上", "数", "近")
                and not text.startswith(("公里", "米"), end)
            ):
                if _ROUND_COUNT.match(text, end):
                    yield Core(Fraction(SCALES[hanzi]), start, end, False, True)
                continue
            if text.startswith("百分之", max(0, start - 3)) and (spoken := _DECIMALS.match(text, end)):
                hanzi, end = hanzi + spoken[0], spoken.end()
            value_ = hanzi_value(hanzi)
            if value_ is None and (between := both_values(hanzi)):
                yield Core(between[0], start, end, False, True)
                continue
            if value_ is None:
                continue
            scale = scale_of(match["scale2"] or "")
            firm = (
                (value_ > 10 or scale > 1 or len(hanzi) > 1)
                and not _ROUND.fullmatch(hanzi)
                and text[start - 1 : start] not in ("数", "几")
            )
            yield Core(value_ * scale, start, end, firm, bool(match["some"]), scale)


def joined(text: str, cores: Iterator[Core]) -> list[Core]:
    """1亿2000万 and 3万5千 as one number each."""
    joined: list[Core] = []
    for core in cores:
        last = joined[-1] if joined else None
        if (
            last
            and last.end == core.start
            and last.scale > 1
            and core.value < last.scale
            and text[core.start] not in "十百千万亿"
        ):
            joined[-1] = Core(last.value + core.value, last.start, core.end, True, core.about, max(core.scale, 2))
        else:
            joined.append(core)
    return joined


def scale_of(text: str) -> int:
    scale = 1
    for char in text:
        scale *= SCALES[char]
    return scale


def _is_code(text: str, start: int, end: int) -> bool:
    """Digits of a model or a version: L3, ET5, A320, 5G, 3D, V2X, 4S店; not those before a unit."""
    before = text[start - 1 : start]
    if before.isascii() and (before.isalpha() or before == "_"):
        return True
    if (
        before == "-"
        and re.search(r"[A-Za-z0-9]-$", text[max(0, start - 2) : start])
        and re.search(r"[A-Za-z]-?[\dA-Za-z]{0,8}-$", text[max(0, start - 12) : start])
    ):
        return True
    letters = re.match(r"[A-Za-z]+", text[end : end + 12])
    if not letters:
        return False
    return letters[0] in ("G", "S", "D") or (
        letters[0] not in _latin_units() and letters[0].lower() not in _latin_units()
    )


@lru_cache(maxsize=1)
def _latin_units() -> dict[str, str]:
    return {name: unit for name, unit in english_units().items() if " " not in name and len(name) <= 5}
