"""Errors to plant in a good translation, each one that a careful reader with both languages would find.

A maker takes a random generator and a pair and gives the spoilt target, or None where this pair does not offer the
place for it. Nothing here asks wivtext what it can read: the places are found with expressions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple


class Pair(NamedTuple):
    """A source, its human translation into `language`, the same of the sentence after it, and names of both."""

    source: str
    target: str
    language: str
    following: tuple[str, str] | None = None
    names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of the target, each with another one of its kind."""


Maker = Callable[[Random, Pair], str | None]

_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_HANZI = "零一二三四五六七八九十"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_FIGURE = r"(?<![A-Za-z\d.,-])\d[\d,]*(?:\.\d+)?(?![A-Za-z\d])"


def places(pattern: str, text: str, flags: int = 0) -> list[re.Match[str]]:
    return list(re.finditer(pattern, text, flags))


def replaced(rng: Random, text: str, found: Sequence[re.Match[str]], new: Callable[[str], str]) -> str | None:
    """The text with one of the places found written anew."""
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + new(match[0]) + text[match.end() :]


def seen(figure: str, source: str) -> bool:
    """Whether a reader finds a figure in the source: its digits, however scaled, or its word."""
    digits = re.sub(r"[.,]", "", figure).strip("0")
    there = {re.sub(r"[.,]", "", other).strip("0") for other in re.findall(r"\d[\d.,]*", source)}
    value = figure.replace(",", "")
    words = []
    if value.isdecimal() and int(value) <= 10:
        words = [_SMALL[int(value)], _HANZI[int(value)]]
    return bool(digits and digits in there) or any(
        re.search(rf"\b{w}\b|{w}" if w.isascii() else w, source) for w in words
    )


def figures(pair: Pair, pattern: str = _FIGURE) -> list[re.Match[str]]:
    """The figures of the target that are in the source too."""
    return [match for match in places(pattern, pair.target) if seen(re.search(r"[\d,.]*\d", match[0])[0], pair.source)]  # type: ignore[index]


def digit(rng: Random, pair: Pair) -> str | None:
    """One digit of a figure is another one."""

    def other(figure: str) -> str:
        place = rng.choice([i for i, char in enumerate(figure) if char.isdigit()])
        lowest = 1 if place == 0 else 0
        return (
            figure[:place] + rng.choice([d for d in "0123456789"[lowest:] if d != figure[place]]) + figure[place + 1 :]
        )

    return replaced(rng, pair.target, figures(pair), other)


def lost_digit(rng: Random, pair: Pair) -> str | None:
    """A figure lost one of its digits, or got one more nought."""
    found = [match for match in figures(pair) if re.fullmatch(r"\d{2,}", match[0])]
    return replaced(rng, pair.target, found, lambda figure: rng.choice([figure[:-1], figure + "0"]))


def number_word(rng: Random, pair: Pair) -> str | None:
    """A number in words is another one: three cars, 四辆."""
    if pair.language == "en":
        words = _SMALL[2:11]
        found = [
            match
            for match in places(rf"\b(?:{'|'.join(words)})\b(?!-)", pair.target)
            if re.search(rf"{_HANZI[_SMALL.index(match[0])]}|\b{_SMALL.index(match[0])}(?!\d)", pair.source)
        ]
        return replaced(rng, pair.target, found, lambda word: rng.choice([w for w in words[:8] if w != word]))
    found = [
        match
        for match in places(
            r"(?<![一二三四五六七八九十百千万第零〇\d周星期])[三四五六七八九](?=[个家款名年位辆台种项座次条])",
            pair.target,
        )
        if re.search(rf"\b{_SMALL[_HANZI.index(match[0])]}\b|\b{_HANZI.index(match[0])}\b", pair.source, re.IGNORECASE)
    ]
    return replaced(rng, pair.target, found, lambda word: rng.choice([w for w in "三四五六七八九" if w != word]))


def scale(rng: Random, pair: Pair) -> str | None:
    """万 for 亿, billion for million, and the other way round."""
    if pair.language == "zh":
        swap = {"万": "亿", "亿": "万"}
        found = figures(pair, r"\d[\d,]*(?:\.\d+)?(?:万(?!亿)|亿)")
        return replaced(rng, pair.target, found, lambda text: text[:-1] + swap[text[-1]])
    swap = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}
    found = places(r"(?<=\d[ -])(?:million|billion|trillion|thousand)\b", pair.target)
    return replaced(rng, pair.target, found, swap.__getitem__)


def month(rng: Random, pair: Pair) -> str | None:
    """A month is another one."""
    if pair.language == "zh":
        found = [m for m in figures(pair, r"(?<![\d.])(?:1[0-2]|[1-9])(?=月)") if 1 <= int(m[0]) <= 12]
        named = re.search("|".join([*_MONTHS, r"\bMay\b", "Sept?", "Oct", "Nov", "Dec", "Jan", "Feb"]), pair.source)
        found = places(r"(?<![\d.])(?:1[0-2]|[1-9])(?=月(?!球))", pair.target) if named else []
        return replaced(rng, pair.target, found, lambda m: str(rng.choice([n for n in range(1, 13) if n != int(m)])))
    found = places(rf"\b(?:{'|'.join(_MONTHS)})\b(?! \d{{1,2}} Movement)", pair.target) if "月" in pair.source else []
    return replaced(rng, pair.target, found, lambda m: rng.choice([n for n in _MONTHS if n != m]))


def day(rng: Random, pair: Pair) -> str | None:
    """A day of a month is another one."""
    pattern = (
        r"(?<=月)\d{1,2}(?=日)"
        if pair.language == "zh"
        else rf"(?<=(?:{'|'.join(m[-3:] for m in _MONTHS)}) )\d{{1,2}}(?![\d:.%])"
    )
    return replaced(
        rng, pair.target, figures(pair, pattern), lambda d: str(rng.choice([n for n in range(1, 29) if n != int(d)]))
    )


def year(rng: Random, pair: Pair) -> str | None:
    """A year is one earlier or later."""
    found = [
        m for m in places(r"(?<![\d,.A-Za-z-])(?:19|20)\d\d(?![\d,.]?\d|s|年代)", pair.target) if m[0] in pair.source
    ]
    return replaced(rng, pair.target, found, lambda y: str(int(y) + rng.choice([-1, 1, 10])))


def weekday(rng: Random, pair: Pair) -> str | None:
    """A weekday is another one."""
    if pair.language == "zh":
        if not re.search("|".join(_DAYS), pair.source):
            return None
        return replaced(
            rng,
            pair.target,
            places(r"(?<=周|期)[一二三四五六日]", pair.target),
            lambda d: rng.choice([n for n in "一二三四五六日" if n != d]),
        )
    found = (
        places("|".join(_DAYS), pair.target)
        if re.search("周[一二三四五六日]|星期[一二三四五六日]", pair.source)
        else []
    )
    return replaced(rng, pair.target, found, lambda d: rng.choice([n for n in _DAYS if n != d]))


def quarter(rng: Random, pair: Pair) -> str | None:
    """A quarter or half of a year is another one."""
    if pair.language == "zh":
        found = (
            places("(?<=第)[一二三四](?=季度)|[一二三四](?=季度)|[上下](?=半年)", pair.target)
            if re.search(r"quarter|\bhalf\b|\bQ[1-4]|\bH[12]", pair.source)
            else []
        )
        return replaced(
            rng,
            pair.target,
            found,
            lambda q: rng.choice([n for n in ("上下" if q in "上下" else "一二三四") if n != q]),
        )
    found = (
        places(r"(?:first|second|third|fourth)(?= quarter| half)", pair.target)
        if re.search("季|半年", pair.source)
        else []
    )
    return replaced(rng, pair.target, found, lambda q: {"first": "second", "second": "first"}.get(q, "second"))


def time_of_day(rng: Random, pair: Pair) -> str | None:
    """An hour is another one."""
    pattern = (
        r"(?<![\d:])\d{1,2}(?=[:：]\d\d)|(?<=[上下中]午)\d{1,2}(?=[点时])"
        if pair.language == "zh"
        else r"(?<![\d:])\d{1,2}(?=:\d\d| [ap]\.?m\b)"
    )
    return replaced(
        rng, pair.target, figures(pair, pattern), lambda h: str((int(h) + rng.choice([1, 2, 3])) % 12 or 12)
    )


def percent(rng: Random, pair: Pair) -> str | None:
    """The percentage sign is lost: 35 for 35%."""
    found = [
        match
        for match in places(
            r"(?<![\d.])(\d[\d.]*)(?:[%％]| ?per ?cent\b(?! ?age))(?!-| ?(?:至|到|–|—|~|to\b|and \d))", pair.target
        )
        if re.search(rf"(?<![\d.]){re.escape(match[1])} ?(?:[%％]|per ?cent)", pair.source)
    ]
    return replaced(rng, pair.target, found, lambda text: re.sub(r"[%％]| ?per ?cent", "", text))


def lost_number(rng: Random, pair: Pair) -> str | None:
    """A percentage is lost altogether: 增长35% became 增长."""
    if pair.language == "zh":
        return replaced(rng, pair.target, figures(pair, r"(?:约|近|超过)?\d[\d.]*[%％]"), lambda _: "")
    return replaced(
        rng, pair.target, figures(pair, r"(?: by| of| about| nearly)* \d[\d.]*(?:%| per ?cent\b(?!age))"), lambda _: ""
    )


_UNITS_ZH = {
    "公里": "英里", "千米": "米", "米": "公里", "吨": "公斤", "公斤": "吨", "千克": "吨", "千瓦时": "千瓦",
    "兆瓦": "吉瓦", "吉瓦": "兆瓦", "千瓦": "兆瓦", "小时": "分钟", "分钟": "小时", "秒": "分钟", "毫秒": "秒",
    "个月": "年", "周": "天", "天": "个月", "公顷": "亩", "亩": "公顷",
    "平方米": "平方公里", "升": "毫升", "个百分点": "个基点", "英里": "公里",
}  # fmt: skip
_UNITS_EN = {
    "kilometres": "miles", "kilometers": "miles", "km": "m", "miles": "kilometres", "metres": "kilometres",
    "meters": "kilometers", "tonnes": "kilograms", "tons": "kilograms", "kg": "tonnes", "kilograms": "tonnes",
    "megawatts": "gigawatts", "gigawatts": "megawatts", "kilowatts": "megawatts", "kWh": "kW", "GWh": "MWh",
    "kilowatt-hours": "kilowatts", "gigawatt-hours": "megawatt-hours", "hours": "minutes", "minutes": "hours",
    "seconds": "minutes", "milliseconds": "seconds", "months": "years", "weeks": "days", "days": "months",
    "hectares": "acres", "litres": "millilitres", "percentage points": "basis points",
}  # fmt: skip


def unit(rng: Random, pair: Pair) -> str | None:
    """A unit is another one."""
    units = _UNITS_ZH if pair.language == "zh" else _UNITS_EN
    names = "|".join(sorted(units, key=len, reverse=True))
    before, after = (r"(?<=\d)", r"(?![\u4e00-\u9fff]?/)") if pair.language == "zh" else (r"(?<=\d[ -])", r"\b")
    found = places(rf"{before}(?:{names}){after}", pair.target)
    if pair.language == "zh":
        found = [
            m
            for m in found
            if not re.match("[一二三四五六日末边长期克级]", pair.target[m.end() : m.end() + 1]) or len(m[0]) > 1
        ]
    return replaced(rng, pair.target, found, units.__getitem__)


def currency(rng: Random, pair: Pair) -> str | None:
    """A currency is another one."""
    if pair.language == "zh":
        swap = {"美元": "欧元", "欧元": "美元", "日元": "韩元", "英镑": "欧元", "港元": "美元", "元": "美元"}
        found = places(r"(?<=[\d万亿])(?:美元|欧元|日元|英镑|港元|元(?!/|旦|素))", pair.target)
        return replaced(rng, pair.target, found, swap.__getitem__)
    swap = {
        "yuan": "dollars",
        "euros": "dollars",
        "dollars": "euros",
        "yen": "won",
        "pounds": "euros",
        "$": "€",
        "€": "$",
        "£": "€",
    }
    found = places(r"(?<=[\dn] )(?:yuan|euros|dollars|yen|pounds)\b|(?<![A-Z])[$€£](?=\d)", pair.target)
    return replaced(rng, pair.target, found, swap.__getitem__)


def range_end(rng: Random, pair: Pair) -> str | None:
    """One end of a range is another figure."""
    between = r"[%％]?(?:至|到|-|–|—|~|～)" if pair.language == "zh" else r"%?(?: to |-|–)"
    found = [
        m
        for m in figures(pair, rf"(?<![\d.A-Za-z-])\d[\d.,]*{between}\d[\d.,]*(?![\d-])")
        if re.search(r"\d[\d.,]*$", m[0])
    ]
    found = [m for m in found if seen(re.findall(r"\d[\d.,]*", m[0])[-1], pair.source)]

    def other(text: str) -> str:
        last = places(r"\d[\d.,]*", text)[-1]
        return text[: last.start()] + (str(int(last[0]) + rng.randint(1, 9)) if last[0].isdecimal() else "9" + last[0])

    return replaced(rng, pair.target, found, other)


def ordinal(rng: Random, pair: Pair) -> str | None:
    """An ordinal is another one: the third plant, 第四座."""
    if pair.language == "zh":
        asked = re.search(r"\b(?:" + "|".join(_ORDINALS) + r")\b|\d(?:st|nd|rd|th)\b", pair.source, re.IGNORECASE)
        found = places("(?<=第)[一二三四五六七八九](?=[个届次大座批家代条名位轮])", pair.target) if asked else []
        return replaced(rng, pair.target, found, lambda o: rng.choice([n for n in "一二三四五六七八九" if n != o]))
    found = (
        places(r"(?<=the |its |his |her )(?:second|third|fourth|fifth|sixth|seventh)(?= [a-z])", pair.target)
        if "第" in pair.source
        else []
    )
    return replaced(rng, pair.target, found, lambda o: rng.choice([n for n in _ORDINALS[1:7] if n != o]))


def clause(rng: Random, pair: Pair) -> str | None:
    """A clause between two commas, or at one end, is lost."""
    long = 6 if pair.language == "zh" else 18
    parts = re.split("([，；])" if pair.language == "zh" else "([,;] )", pair.target)
    several = [i for i in range(0, len(parts), 2) if len(re.findall(r"\w", parts[i])) >= long]
    if len(parts) < 3 or not several:
        return None
    place = rng.choice(several)
    if place + 1 < len(parts):
        return "".join(parts[:place] + parts[place + 2 :])
    last = re.search(r"[.。!！?？”\"’]*$", parts[-1])
    return "".join(parts[: place - 1]) + (last[0] if last else "")


def sentence(rng: Random, pair: Pair) -> str | None:
    """Of two sentences translated together one is lost; the source keeps both."""
    return pair.target if pair.following and min(len(pair.following[0]), len(pair.following[1])) >= 8 else None


def other_sentence(rng: Random, pair: Pair) -> str | None:
    """The translation of the next sentence stands in the place of this one's."""
    return pair.following[1] if pair.following and min(map(len, pair.following)) >= 8 else None


def cut(rng: Random, pair: Pair) -> str | None:
    """The end is cut off, full stop and all."""
    return pair.target[: len(pair.target) * 2 // 3].rstrip(" ，,") if len(pair.target) > 15 else None


def loop(rng: Random, pair: Pair) -> str | None:
    """A phrase again and again."""
    units, blank = (list(pair.target), "") if pair.language == "zh" else (pair.target.split(" "), " ")
    if len(units) < 8:
        return None
    start, length = rng.randrange(len(units) - 4), rng.randint(2, 4)
    again = units[start : start + length] * rng.randint(4, 7)
    return blank.join(units[:start] + again + units[start + length :])


def empty(rng: Random, pair: Pair) -> str | None:
    """Nothing."""
    return ""


def copy(rng: Random, pair: Pair) -> str | None:
    """The source again."""
    return pair.source if len(pair.source) > 8 else None


def half_copy(rng: Random, pair: Pair) -> str | None:
    """The translation, its second half in the source's words."""
    if len(pair.target) < 30:
        return None
    middle = pair.target.find("，" if pair.language == "zh" else ", ")
    return pair.target[: middle + 1] + pair.source[len(pair.source) // 2 :] if middle > 0 else None


def term(rng: Random, pair: Pair) -> str | None:
    """A term is another one of its kind."""
    found = [(old, new) for old, new in pair.terms if pair.target.count(old) == 1]
    return pair.target.replace(*rng.choice(found)) if found else None


def name(rng: Random, pair: Pair) -> str | None:
    """A person's name is that of somebody else."""
    found = [own for own in pair.names if own in pair.target]
    others = [other for other in pair.other_names if other not in pair.names]
    return pair.target.replace(rng.choice(found), rng.choice(others)) if found and others else None


def negation(rng: Random, pair: Pair) -> str | None:
    """A "not" is lost."""
    if pair.language == "zh":
        return replaced(
            rng,
            pair.target,
            places("不(?=会|能(?!够)|是(?!.{1,20}而)|再|可能|需要)|没有|并未|尚未|从未", pair.target),
            lambda _: "",
        )
    return replaced(rng, pair.target, places(r" not\b(?! only)|n['’]t\b", pair.target), lambda _: "")


_OPPOSITE_ZH = ("增长", "下降"), ("上涨", "下跌"), ("上升", "下降"), ("提高", "降低"), ("增加", "减少"), ("涨", "跌")
_OPPOSITE_EN = (
    ("rose", "fell"), ("increased", "decreased"), ("growth", "decline"), ("higher", "lower"), ("up", "down"),
    ("rise", "fall"),
)  # fmt: skip
_MOVES = (
    r"\b(?:r[io]se|rising|risen|gr[eo]w\w*|increas\w*|up|higher|climb\w*|gain\w*|fall\w*|fell|drop\w*|declin\w*"
    r"|decreas\w*|down|lower\w*|cut)\b|[增涨升跌降减]"
)


def direction(rng: Random, pair: Pair) -> str | None:
    """A rise became a fall, or the other way round, at a figure."""
    swap = {
        a: b
        for one, other in (_OPPOSITE_ZH if pair.language == "zh" else _OPPOSITE_EN)
        for a, b in ((one, other), (other, one))
    }
    words = "|".join(sorted(swap, key=len, reverse=True))
    pattern = rf"(?:{words})(?=了?约?近?\d)" if pair.language == "zh" else rf"\b(?:{words})(?= (?:by )?\d)"
    found = places(pattern, pair.target) if re.search(_MOVES, pair.source) else []
    return replaced(rng, pair.target, found, swap.__getitem__)


def width(rng: Random, pair: Pair) -> str | None:
    """A mark of the other script's width."""
    if pair.language == "zh":
        return replaced(
            rng,
            pair.target,
            places(r"(?<=[\u4e00-\u9fff])[，；](?=[\u4e00-\u9fff])", pair.target),
            lambda m: ",;"["，；".index(m)],
        )
    return replaced(rng, pair.target, places(r"(?<=[a-z])[,;](?= )", pair.target), lambda m: "，；"[",;".index(m)])


def quotes(rng: Random, pair: Pair) -> str | None:
    """A quotation mark is lost, its partner is there."""
    return replaced(rng, pair.target, places("[“”]", pair.target), lambda _: "")


def marker(rng: Random, pair: Pair) -> str | None:
    """An engine's own mark is left."""
    return rng.choice(["<unk>", "▁", "</s>", "&quot;", "<extra_id_0>", "⁇"]).join((pair.target[:6], pair.target[6:]))


MAKERS: dict[str, Maker] = {
    "changed digit": digit, "digit lost or added": lost_digit, "number in words": number_word,
    "万 for 亿, million for billion": scale, "shifted month": month, "shifted day": day, "shifted year": year,
    "shifted weekday": weekday, "quarter, half-year": quarter, "time of day": time_of_day, "percent sign lost": percent,
    "percentage lost": lost_number, "changed unit": unit, "changed currency": currency, "end of a range": range_end,
    "ordinal": ordinal, "lost clause": clause, "lost sentence": sentence, "another sentence": other_sentence,
    "end cut off": cut, "loop": loop, "empty": empty, "copy": copy, "half a copy": half_copy, "swapped term": term,
    "swapped name": name, "lost negation": negation, "rise for fall": direction, "punctuation width": width,
    "quotation mark lost": quotes, "marker left": marker,
}  # fmt: skip
