"""Quantities of Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from wivtext.quantities import Kind, Quantity
from wivtext.quantities.chinese_numerals import (
    DIGITS,
    FULL_WIDTH,
    NUMBER,
    Core,
    both_values,
    cores,
    hanzi_value,
    joined,
    scale_of,
)
from wivtext.quantities.compound import with_compounds
from wivtext.quantities.units import chinese_units, currencies, english_units

_APPROXIMATE = re.compile(r"(?:近|约|超过?|逾|大约|将近|接近|不足|至少|最多|以上|以下|突破|大概|左右|约为|不到|多达)$")
_MONEY_MARK = re.compile(
    r"(?:US\$|HK\$|A\$|C\$|NT\$|S\$|R\$|NZ\$|[$€£¥￥₩₹]|人民币|港币|美金|新台币|RMB|USD|EUR|CNY) ?$"
)
_SPACED = re.compile(" (?=世纪|年|个?月|[日时点分秒季周天成倍多余]|个?百分点|个半)")
_CLOCK = re.compile(
    r"[点时](?!代|候|间|速|空|期|段|尚|光|而|的)(?:钟|整)?(?:(?P<half>半)|(?P<quarter>一刻)|"
    r"(?P<minutes>\d{1,2}|[一二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])分)?"
)
# 二十大 is the 20th National Congress, 十二大产业 are twelve large industries.
_CONGRESS = re.compile(
    "大(?:报告|以来|精神|党章|代表|召开|会议|开幕|闭幕|胜利|上|后|前|期间|提出|确定|作出|部署|审议|通过|关于|的|和|、|，|。|》|”|$)"
)
_WRITTEN, _MANY_WORDS = re.compile("个?(?:大|黑|金)?字(?![母体幕号节段典据])"), 20
_SECONDS = re.compile(r"分\d{1,2}(?:\.\d{1,3})?秒")
_AFTER_UNIT = re.compile(r"\s{0,2}")


def read(text: str) -> list[Quantity]:
    """The quantities of a Chinese text in its order.

    >>> [(q.kind, float(q.value)) for q in read("近三成，2.5个百分点，两个半小时，二〇二六年一季度")]
    [('ratio', 0.3), ('points', 2.5), ('measure', 2.5), ('year', 2026.0), ('quarter', 1.0)]
    """
    plain = text.translate(FULL_WIDTH)
    found: list[Quantity] = []
    end = 0
    for core in joined(plain, cores(plain)):
        if core.start < end:
            continue
        if _SPACED.match(plain, core.end):
            core = core._replace(end=core.end + 1)
        for quantity in _quantities(plain, core):
            found.append(quantity)
            end = max(end, quantity.end)
    found += [*_words(plain), *_relative(plain)]
    return with_compounds(plain, sorted(_ranges(plain, found), key=lambda quantity: quantity.start))


@lru_cache(maxsize=1)
def _unit_names() -> dict[str, list[str]]:
    """Names of units by their first character, the longest first."""
    names: dict[str, list[str]] = {}
    for name in sorted(chinese_units(), key=len, reverse=True):
        names.setdefault(name[0], []).append(name)
    return names


def _quantities(text: str, core: Core) -> list[Quantity]:
    """What a number is the number of."""
    before, after = text[max(0, core.start - 8) : core.start], text[core.end : core.end + 8]
    for reader in (_share, _date, _time):
        quantity = reader(text, core, before, after)
        if quantity:
            return [quantity]
    if core.value < _MANY_WORDS and _WRITTEN.match(after):
        return []  # 四个字 may be two words
    if before.endswith("第"):
        return [_quantity("ordinal", core, text, core.value, start=core.start - 1)]
    if _CONGRESS.match(after) and 10 < core.value < 30 and not text[core.start].isdigit():
        return [_quantity("ordinal", core, text, core.value, core.end + 1, firm=False)]
    return [_measure(text, core, before, after)]


def _share(text: str, core: Core, before: str, after: str) -> Quantity | None:
    """Percentages, points, fractions, tenths."""
    if re.match(r" ?[%％]", after):
        return _quantity("ratio", core, text, core.value / 100, core.end + after.index("%") + 1, firm=core.value != 100)
    if after.startswith("‰"):
        return _quantity("ratio", core, text, core.value / 1000, core.end + 1)
    if match := re.match(r" ?个?(?:多)?百分点", after):
        return _quantity("points", core, text, core.value, core.end + match.end(), firm=core.value != 1)
    if before.endswith("百万分之"):
        return _quantity("number", core, text, core.value, start=core.start - 4)
    if match := re.search(r"百分之$|千分之$|万分之$", before):
        divisor = {"百": 100, "千": 1000, "万": 10000}[match[0][0]]
        return _quantity("ratio", core, text, core.value / divisor, start=core.start - 3, firm=True)
    if match := re.match(r"分之([零一二两三四五六七八九十百]+|\d+(?:\.\d+)?)", after):
        numerator = Fraction(match[1]) if match[1][0].isdigit() else hanzi_value(match[1])
        if numerator is not None and core.value:
            return _quantity(
                "ratio",
                core,
                text,
                numerator / core.value,
                core.end + match.end(),
                firm=False,
                readings=(numerator, core.value),
            )
    if re.match(r"成(?![员立为功本长熟交果品分]|都)", after) and core.value <= 10:
        half = Fraction(1, 20) if after[1:2] == "半" else Fraction(0)
        if match := re.match(r"成([一二三四五六七八九])(?![成])", after):
            half = Fraction(DIGITS[match[1]], 100)
        return _quantity("ratio", core, text, core.value / 10 + half, core.end + (2 if half else 1), firm=True)
    return None


def _date(text: str, core: Core, before: str, after: str) -> Quantity | None:
    """Years, months, days, weekdays, quarters, decades."""
    value = core.value
    if (
        re.search(r"(?:周|星期|礼拜)$", before)
        and value <= 6
        and core.end - core.start == 1
        and text[core.start] not in "0123456789两"
    ):
        if re.match(r"[次趟回场期班天个辆篇届遍次条万千百]", after) or re.search(
            r"[一两三四五六七八九十\d]周$", before
        ):
            return None
        if re.search(r"每(?:周|星期|礼拜)$", before) and re.match(
            r"[棵家座节门封件份道顿杯瓶名位台艘架组套双对只头支部堂]", after
        ):
            return None  # 每周一棵树
        return _quantity("weekday", core, text, value, start=core.start - 1, firm=True)
    if match := re.match(r"世纪 ?(\d0|[二三四五六七八九]十) ?年代", after):
        tens = hanzi_value(match[1]) if not match[1].isdigit() else Fraction(match[1])
        return _quantity("decade", core, text, (value - 1) * 100 + (tens or 0), core.end + match.end())
    if after.startswith("后") and value % 5 == 0 and core.end - core.start == 2 and text[core.start].isdigit():
        return _quantity("decade", core, text, value, core.end + 1, firm=False, readings=(1900 + value, 2000 + value))
    if after.startswith("年代") and value < 3000:
        several = (value, *(both_values(text[core.start : core.end]) or ()))
        readings = tuple(century + decade for decade in several for century in (1900, 2000))
        return _quantity("decade", core, text, value, core.end + 2, readings=readings)
    if after.startswith("世纪"):
        return _quantity("ordinal", core, text, value, core.end + 2)
    if after.startswith("年") and 1000 <= value <= 2200 and core.end - core.start == 4:
        return _quantity("year", core, text, value, core.end + 1)
    if (match := re.match(r"个?季度|季(?=[报末中至到、和]|$)", after)) and value <= 4:
        if before.endswith("前"):
            end = core.end + match.end()
            return _quantity("measure", core, text, value, end, start=core.start - 1, unit="quarter", firm=False)
        kind: Kind = "measure" if match[0].startswith("个") and not before.endswith("第") else "quarter"
        return _quantity(
            kind,
            core,
            text,
            value,
            core.end + match.end(),
            unit="quarter" if kind == "measure" else "",
            # 第三季 may be a season of a series.
            firm=kind == "quarter" and match[0] != "季",
        )
    if re.match(r"月(?!球|饼|台)", after) and 1 <= value <= 12:
        return _quantity("month", core, text, value, core.end + 1, firm=True)
    if (
        re.match(
            r"[日号](?!线|楼|店|院|机|馆|均|本|元|产|电|文件|公告|令|法|公路|桥|厂|车|船|井|城|门|展|文|港|航)", after
        )
        and 1 <= value <= 31
        and value == int(value)
    ):
        if after[1:2] == "内" and "月" not in before[-3:]:
            return _quantity("measure", core, text, value, core.end + 1, unit="day")
        if after[0] == "日" or re.search(r"月$|[日号][至到、和]$|月\d{1,2}[至到、和]$", before):
            return _quantity("day", core, text, value, core.end + 1)
    if (
        re.match(r"[至到、和—~-]", after)
        and before.endswith("月")
        and re.match(r"[至到、和—~-]{1,2}\d{1,2}[日号]", after)
    ):
        return _quantity("day", core, text, value)
    if re.match(r"[至到、和—~-]{1,2}(?:\d{1,2}|十?[一二三四五六七八九十])月(?!球)", after) and 1 <= value <= 12:
        return _quantity("month", core, text, value, firm=True)
    if (match := re.match(r"-(\d{1,2})-(\d{1,2})(?!\d)", after)) and 1900 <= value <= 2100:
        return _quantity("year", core, text, value)
    return None


def _time(text: str, core: Core, before: str, after: str) -> Quantity | None:
    part = re.search(r"(上午|中午|下午|早上|早晨|清晨|凌晨|晚上|傍晚|夜里|午夜|今晨|今晚|当晚|晚|早)$", before)
    if match := re.match(r":(\d\d\.\d{1,3})(?!\d)", after):
        return _quantity("measure", core, text, core.value * 60 + Fraction(match[1]), core.end + match.end(), unit="s")
    if (match := re.match(r":(\d\d)(?!\d)", after)) and core.value < 25:
        start = core.start - len(part[1]) if part else core.start
        minutes = _minutes(core.value, Fraction(int(match[1])), part)
        return _quantity("time", core, text, minutes, core.end + 3, start=start)
    match = _CLOCK.match(after)
    if not match or core.value > 24 or core.value != int(core.value):
        return None
    stands_alone = text[core.start].isdigit() and ("日" in before or after[1:2] in "至到、，。—前后")
    if not (part or match["minutes"] or match["half"] or (after[0] == "时" and stands_alone)):
        return None
    minutes = Fraction(30 if match["half"] else 15 if match["quarter"] else 0)
    if match["minutes"]:
        minutes = _count(match["minutes"])
    start = core.start - len(part[1]) if part else core.start
    return _quantity("time", core, text, _minutes(core.value, minutes, part), core.end + match.end(), start=start)


def _count(digits: str) -> Fraction:
    """The value of figures or a hanzi numeral with or without a nought before it: 05, 零五."""
    return Fraction(digits) if digits.isdecimal() else hanzi_value(digits.lstrip("零〇")) or Fraction(0)


def _minutes(hours: Fraction, minutes: Fraction, part: re.Match[str] | None) -> Fraction:
    if part and part[1] in ("下午", "晚上", "傍晚", "今晚", "当晚", "晚") and hours < 12:
        hours += 12
    return hours * 60 + minutes


def _measure(text: str, core: Core, before: str, after: str) -> Quantity:
    """Money, measures and plain numbers."""
    mark = _MONEY_MARK.search(before)
    start = core.start - len(mark[0]) if mark else core.start
    value, shift = core.value, 0
    if match := re.match(r"(?:多|余|来|几)?个?半(?=小时|个?月|年|天|钟头|世纪)", after):
        value, shift = value + Fraction(1, 2), match.end()
    elif match := re.match(r"[多余来几]", after):
        shift = match.end()
    unit, length = _unit(text, core.end + shift)
    if not unit and (_SECONDS.match(text, core.end) or (text.startswith("分", core.end) and before.endswith("小时"))):
        unit, length = "min", 1
    if (
        unit == "s"
        and (hundredths := re.match(r"\d{1,3}(?![\d.年月日])", text[core.end + 1 : core.end + 6]))
        and before.endswith("分")
    ):
        value, length = value + Fraction(int(hundredths[0]), 10 ** len(hundredths[0])), length + len(hundredths[0])
    if not unit:
        shift = 0 if value == core.value else shift
    end = core.end + shift + length
    if unit in ("month", "year", "day", "week") and re.match(r"半", text[end : end + 1]):
        value, end = value + Fraction(1, 2), end + 1
    if re.search(r"(?:零下|负)$", before) and unit in ("c", "deg", ""):
        start -= 2 if text[start - 1] == "下" else 1
    firm = (core.firm or (value != core.value and core.value > 2)) and value not in (0, 1)
    if mark or unit in currencies():
        if unit == "CNY" and text[end - 1] == "块" and (tenth := DIGITS.get(text[end : end + 1], 0)):
            value, end = value + Fraction(tenth, 10), end + 1
        marked = _marked_currency(mark[0].strip()) if mark else ""
        # 港币21亿元, US$3亿元: 元 is a dollar, too.
        code = marked if marked and unit in ("", "CNY") else unit if unit in currencies() else marked or "CNY"
        return _quantity("money", core, text, value, end, start=start, unit=code, firm=firm)
    if unit in ("bp", "pp"):
        return _quantity("points", core, text, value / 100 if unit == "bp" else value, end, unit=unit)
    if text.startswith("毛", end) and not unit and value < 10:
        cents = DIGITS.get(text[end + 1 : end + 2], 0)
        return _quantity("money", core, text, value / 10 + Fraction(cents, 100), end + 1 + (cents > 0), unit="CNY")
    if text.startswith("折", end) and not unit:
        tenths = value / 10 if value < 10 else value / 100
        return _quantity("ratio", core, text, tenths, end + 1, firm=False, readings=(1 - tenths,))
    if text.startswith("号", end) and value < 100:
        firm = False
    if before.endswith("双") and value < 20:
        firm = False
    kind: Kind = "measure" if unit else "number"
    readings: tuple[Fraction, ...] = (value * 10**12,) if unit == "tops" else ()
    if text.startswith("倍半", end):
        value, end = value + Fraction(1, 2), end + 2
    if (core.about or text[end : end + 1] in ("几", "多", "余")) and value == 10:
        readings = (Fraction(12), Fraction(11))
    if between := both_values(text[core.start : core.end]):
        readings = (between[1],)
    return _quantity(kind, core, text, value, end, start=start, unit=unit, firm=firm, readings=readings)


def _marked_currency(mark: str) -> str:
    return chinese_units().get(mark) or english_units().get(mark, "CNY")


def _unit(text: str, start: int) -> tuple[str, int]:
    """The unit at a place, and how long its name is."""
    skip = _AFTER_UNIT.match(text, start)
    place = skip.end() if skip else start
    for name in _unit_names().get(text[place : place + 1], ()):
        if text.startswith(name, place) and not _is_other_word(text, place, name):
            return chinese_units()[name], place + len(name) - start
    latin = re.compile(r"[A-Za-zμµ²³]{1,5}|[°℃][CF]?").match(text, place)
    if latin:
        unit = english_units().get(latin[0]) or english_units().get(latin[0].lower())
        if unit and not re.match(r"[A-Za-z]", text[latin.end() : latin.end() + 1]):
            return unit, latin.end() - start
    return "", 0


# A short name of a unit begins other words: 元旦, 天津, 方面, 克服, 度假.
_OTHER_WORDS = re.compile(
    r"元(?:旦|素|宇宙|年|件|老|器件|首|组)|天(?:津|然|气|空|线|下|使|窗|文)|方(?:面|案|向|式|法|程|针|便|阵|块|舱|可|言|才|能)|克(?:服|制|隆|拉|朗|罗|里|莱)|度(?:假|过|量|电站|的|日|以内)"
    r"|升(?:级|至|到|高|温|值|降|学|幅)|米(?:粉|饭|兰|其|哈|拉|勒|尔)|分(?:之|别|成|布)|安(?:全|排|装|静|徽|心)|牛(?:肉|奶|市)|年(?:轻|度|报|货|级|底|初|终|会|产|均|代|龄)|日(?:本|元|均|前|常|产|益|程|报|电|内瓦)"
    r"|桶(?:装)|盾(?:构|牌)|块(?:链|状|金|银|铜|奖|地|屏|石|板|砖|田|电)|晚(?:会|上|期|间|报)|周(?:一|二|三|四|五|六|日|末|边|围|转|期)|秒(?:级|杀)|巴(?:士|黎|西|基)|斤(?:两)|亩(?:产)|吨(?:位)|瓦(?:片|斯)|铢(?:钱)|夜(?:间)|月(?:球)|匹(?:配)|寸"
)


def _is_other_word(text: str, place: int, name: str) -> bool:
    return len(name) == 1 and bool(_OTHER_WORDS.match(text, place))


def _words(text: str) -> Iterator[Quantity]:
    """Quantities without a numeral: 一半, 半年, 上半年, 首季, 周日."""
    for match in re.finditer(
        r"(?P<half>[上下]半年)|(?P<sunday>(?:周|星期|礼拜)[日天](?!报|常|均|期))|(?P<one>一半|半数|过半|对半)|(?P<first>首个?季度?)|(?P<off>[一二三四五六七八九]{2}折)|十(?P<plan>[一二三四五六七])五(?=[”规时期末以开收等建])"
        "|半(?P<unit>年|天|个?小时|个?月|世纪|个世纪|分钟)",
        text,
    ):
        start, end = match.span()
        word = match[0]
        if match["half"]:
            yield Quantity("half-year", Fraction(1 if word[0] == "上" else 2), start, end, word, firm=False)
        elif match["sunday"]:
            yield Quantity("weekday", Fraction(7), start, end, word)
        elif match["first"]:
            yield Quantity("quarter", Fraction(1), start, end, word, firm=False)
        elif match["plan"]:
            yield Quantity("ordinal", Fraction(10 + DIGITS[match["plan"]]), start, end, word, firm=False)
        elif match["off"]:
            share = Fraction(DIGITS[word[0]] * 10 + DIGITS[word[1]], 100)
            yield Quantity("ratio", share, start, end, word, firm=False, readings=(1 - share,))
        elif match["one"]:
            yield Quantity("ratio", Fraction(1, 2), start, end, word, firm=False)
        elif (not start or text[start - 1] not in "上下个多") and match["unit"]:
            unit = {"年": "year", "天": "day", "小时": "h", "月": "month", "分钟": "min", "世纪": "century"}.get(
                match["unit"].lstrip("个")
            )
            if unit:
                yield Quantity("measure", Fraction(1, 2), start, end, word, unit, firm=False)


_RELATIVE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"上月|上个月|当月|本月|这个月|同月|次月|下月|下个月|环比|今年以来|年初以来|同期|去年底|年底|年末|岁末"
        ),
        "month",
    ),
    (re.compile(r"去年|前年|今年|明年|后年|上年|同比|当年|本年|同年|次年|翌年|年内|年底|年末"), "year"),
    (re.compile(r"上季|本季|当季|下季|单季|环比|同期"), "quarter"),
    (re.compile(r"今天|昨天|明天|今日|昨日|明日|当天|当日|次日|前一天"), "weekday"),
    (re.compile(r"今天|昨天|明天|今日|昨日|明日|当天|当日|次日|前一天"), "day"),
)


def _relative(text: str) -> Iterator[Quantity]:
    """Words that date relatively to the text's own day, month, year: 去年 may be 2025 in the other language."""
    for pattern, kind in _RELATIVE:
        for match in pattern.finditer(text):
            yield Quantity(kind, Fraction(-1), match.start(), match.end(), match[0], "relative", firm=False)


_BETWEEN = re.compile(r"[~～—–\-至到、或]{1,2}")


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """20至30亿元: the first figure may be meant in the scale and unit of the second."""
    found = sorted(found, key=lambda quantity: quantity.start)
    for place in range(len(found) - 1):
        left, right = found[place], found[place + 1]
        if left.kind != "number" or not _BETWEEN.fullmatch(text[left.end : right.start]):
            continue
        number = NUMBER.match(text, right.start)
        scale = scale_of((number and number["scale"]) or "")
        if right.kind in ("money", "measure", "points", "number"):
            found[place] = _again(left, right.kind, right.unit, (left.value * scale,))
        elif right.kind == "ratio" and "%" in right.text:
            found[place] = _again(left, "ratio", "", (left.value / 100,), left.value / 100)
        elif right.kind == "ratio":
            found[place] = _again(left, "ratio", "", (left.value / 10,), left.value / 10)
        elif right.kind in ("day", "year", "quarter", "weekday"):
            found[place] = _again(left, right.kind, "", ())
    return found


def _again(
    left: Quantity, kind: Kind, unit: str, readings: tuple[Fraction, ...], value: Fraction | None = None
) -> Quantity:
    chosen = left.value if value is None else value
    return Quantity(kind, chosen, left.start, left.end, left.text, unit, left.firm, left.approximate, readings)


def _quantity(
    kind: Kind,
    core: Core,
    text: str,
    value: Fraction,
    end: int | None = None,
    *,
    start: int | None = None,
    unit: str = "",
    firm: bool | None = None,
    readings: tuple[Fraction, ...] = (),
) -> Quantity:
    start, end = core.start if start is None else start, core.end if end is None else end
    about = core.about or bool(_APPROXIMATE.search(text[max(0, start - 3) : start]))
    return Quantity(
        kind, value, start, end, text[start:end], unit, core.firm if firm is None else firm, about, readings
    )
