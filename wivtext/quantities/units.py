"""Units and currencies by their English and Chinese names, with what they are worth in the base of their dimension."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

# canonical name: dimension, factor to its base, English names (singular, without hyphens), Chinese names
_UNITS = """
km      length 1000      km|kilometer|kilometre            公里|千米
m       length 1         m|meter|metre                     米
cm      length 1/100     cm|centimeter|centimetre          厘米
mm      length 1/1000    mm|millimeter|millimetre          毫米
um      length 1/1000000 micron|micrometer|micrometre|μm|µm 微米
nm      length 1/1000000000 nm|nanometer|nanometre         纳米
mile    length 1609.344  mile                              英里
nmi     length 1852      nautical.mile                     海里
inch    length 127/5000  inch|inches                       英寸
foot    length 381/1250  ft|foot|feet                      英尺
kg      mass 1           kg|kilogram|kilo|kilogramme       公斤|千克
g       mass 1/1000      g|gram|gramme                     克
mg      mass 1/1000000   mg|milligram                      毫克
jin     mass 1/2         jin                               斤
t       mass 1000        t|ton|tonne|metric.ton            吨|公吨
lb      mass 0.45359237  lb|pound.weight                   磅
l       volume 1         l|liter|litre                     升
gl      volume 1000000000 gigaliter|gigalitre               -
mlg     volume 1000000   megaliter|megalitre                -
ml      volume 1/1000    ml|milliliter|millilitre          毫升
m3      volume 1000      cubic.meter|cubic.metre|m³|m3        立方米|方
km3     volume 1000000000000 cubic.kilometer|cubic.kilometre|km³ 立方公里
barrel  volume 158.987   barrel                            桶
m2      area 1           square.meter|square.metre|sqm|m²|m2  平方米|平米
km2     area 1000000     square.kilometer|square.kilometre|sq.km|km²|km2  平方公里|平方千米
ha      area 10000       ha|hectare                        公顷
mu      area 2000/3      mu                                亩
w       power 1          w|watt                            瓦
kw      power 1000       kw|kilowatt                       千瓦
mw      power 1000000    mw|megawatt                       兆瓦
gw      power 1000000000 gw|gigawatt                       吉瓦
hp      horsepower 1     hp|horsepower                     马力|匹
wh      energy 1         wh|watt.hour                      瓦时
kwh     energy 1000      kwh|kilowatt.hour                 千瓦时|度电
mwh     energy 1000000   mwh|megawatt.hour                 兆瓦时
gwh     energy 1000000000 gwh|gigawatt.hour                吉瓦时
twh     energy 1000000000000 twh|terawatt.hour             太瓦时
v       voltage 1        v|volt                            伏|伏特
kv      voltage 1000     kv|kilovolt                       千伏
a       current 1        amp|ampere                        安|安培
ah      charge 1         ah|amp.hour|ampere.hour                     安时
hz      frequency 1      hz|hertz                          赫兹|赫
khz     frequency 1000   khz|kilohertz                     千赫|千赫兹
mhz     frequency 1000000 mhz|megahertz                    兆赫|兆赫兹
ghz     frequency 1000000000 ghz|gigahertz                 吉赫|吉赫兹
nm_     torque 1         newton.meter|newton.metre         牛米|牛·米
n       force 1          newton                            牛|牛顿
mpa     pressure 1       mpa|megapascal                    兆帕
bar     pressure 1/10    bar                               巴
c       temperature 1    °c|℃|degree.celsius|celsius       摄氏度|℃|°C
deg     angle 1          degree|°                          度|°
db      level 1          db|decibel                        分贝
byte    data 1           byte                              字节
gb      data 1000000000  gb|gigabyte                       吉字节
tb      data 1000000000000 tb|terabyte                     太字节
tops    computing 1      tops                              TOPS
s       time 1           s|second|sec                      秒|秒钟
ms      time 1/1000      ms|millisecond                    毫秒
us      time 1/1000000   microsecond                       微秒
ns      time 1/1000000000 nanosecond                       纳秒
min     time 60          min|minute                        分钟
h       time 3600        h|hr|hour                         小时|个小时
day     time 86400       day                               天|日
night   time 86400       night                             晚|夜
week    time 604800      week                              周|个星期|星期
month   months 1         month                             个月|个多月
year    months 12        year|yr|year.old                  年|周年|岁|周岁|年期|整年
quarter months 3         -                                 个季度
decade  months 120       decade                            -
century months 1200      century|centurie                  个世纪
bp      points 1/100     basis.point|bp|bps                个基点|基点
pp      points 1         percentage.point|point            个百分点|百分点
mph     speed 1.609344   mph                               -
kmh     speed 1          km.h                              公里/小时|公里每小时
"""

_CURRENCIES = """
CNY  ¥|￥|RMB|CNY|yuan|renminbi                                元|块|块钱|元人民币|人民币
USD  US$|USD|US.dollar|U.S.dollar|American.dollar              美元|美金
dollar $|dollar|buck|greenback                                -
HKD  HK$|HKD|Hong.Kong.dollar                                  港元|港币
EUR  €|EUR|euro                                                欧元
GBP  £|GBP|pound.sterling|British.pound                        英镑
pound pound                                                   镑
JPY  JP¥|JPY|yen                                               日元|日圆
KRW  ₩|KRW|won                                                 韩元|韩圆|韩圜
AUD  A$|AUD|Australian.dollar                                  澳元|澳大利亚元
CAD  C$|CAD|Canadian.dollar                                    加元|加拿大元
NZD  NZ$|NZD|New.Zealand.dollar                                新西兰元|纽元
SGD  S$|SGD|Singapore.dollar                                   新加坡元|新元|坡元
TWD  NT$|TWD|New.Taiwan.dollar|Taiwan.dollar                   新台币|台币
CHF  CHF|Swiss.franc                                           瑞士法郎|瑞郎
franc franc                                                   法郎
INR  ₹|INR|Indian.rupee                                        印度卢比
rupee rupee                                                   卢比
IDR  IDR|rupiah|Indonesian.rupiah                              印尼盾|印度尼西亚盾|盾
VND  VND|dong                                                  越南盾
THB  ฿|THB|baht|Thai.baht                                      泰铢|铢
MYR  MYR|ringgit|RM                                            林吉特|马币|令吉
PHP  PHP|Philippine.peso                                       菲律宾比索
MXN  MXN|Mexican.peso                                          墨西哥比索
peso peso                                                     比索
BRL  R$|BRL|real|reais|Brazilian.real                          雷亚尔|巴西雷亚尔
RUB  RUB|ruble|rouble                                          卢布
TRY  TRY|lira|Turkish.lira                                     里拉|土耳其里拉
ZAR  ZAR|rand                                                  兰特
AED  AED|dirham                                                迪拉姆
SAR  SAR|riyal|Saudi.riyal                                     里亚尔|沙特里亚尔
KWD  KWD|dinar                                                 第纳尔
EGP  EGP|Egyptian.pound                                        埃及镑|埃镑
SEK  SEK|Swedish.krona|Swedish.kronor                          瑞典克朗
NOK  NOK|Norwegian.krone|Norwegian.kroner                      挪威克朗
DKK  DKK|Danish.krone|Danish.kroner                            丹麦克朗
CZK  CZK|Czech.koruna|Czech.crown                              捷克克朗
crown krona|kronor|krone|kroner|koruna|crown                  克朗
PLN  PLN|zloty                                                 兹罗提
HUF  HUF|forint                                                福林
KES  KES|shilling                                              先令
KZT  KZT|tenge                                                 坚戈
NGN  NGN|naira                                                 奈拉
"""

# Names that several countries' currencies share: "dollars" may be the Australian ones that the text is about.
_SHARED = {
    "dollar": {"USD", "HKD", "AUD", "CAD", "NZD", "SGD", "TWD"},
    "pound": {"GBP", "EGP"},
    "franc": {"CHF"},
    "rupee": {"INR"},
    "peso": {"MXN", "PHP"},
    "crown": {"SEK", "NOK", "DKK", "CZK"},
}


@lru_cache(maxsize=1)
def dimensions() -> dict[str, tuple[str, Fraction]]:
    """Dimension and factor of every unit.

    >>> dimensions()["km"]
    ('length', Fraction(1000, 1))
    """
    return {row[0]: (row[1], Fraction(row[2])) for row in _rows(_UNITS)}


@lru_cache(maxsize=1)
def english_units() -> dict[str, str]:
    """Canonical unit or currency by its English name, lower-cased but for codes, words divided by spaces."""
    names = {name.replace(".", " "): row[0] for row in _rows(_UNITS) for name in row[3].split("|") if name != "-"}
    return names | {name.replace(".", " "): row[0] for row in _rows(_CURRENCIES) for name in row[1].split("|")}


@lru_cache(maxsize=1)
def chinese_units() -> dict[str, str]:
    """Canonical unit or currency by its Chinese name."""
    names = {name: row[0] for row in _rows(_UNITS) for name in row[4].split("|") if name != "-"}
    return names | {name: row[0] for row in _rows(_CURRENCIES) for name in row[2].split("|") if name != "-"}


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The codes of the currencies."""
    return frozenset(row[0] for row in _rows(_CURRENCIES))


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """The codes that stand before a figure: USD, RMB.

    >>> "JPY" in currency_codes(), "yen" in currency_codes()
    (True, False)
    """
    return frozenset(name for row in _rows(_CURRENCIES) for name in row[1].split("|") if re.fullmatch("[A-Z]{3}", name))


def same_currency(one: str, other: str) -> bool:
    """Whether two currencies may be the same: a shared name may stand for any of its currencies.

    >>> same_currency("dollar", "AUD"), same_currency("USD", "CNY")
    (True, False)
    """
    return one == other or other in _SHARED.get(one, ()) or one in _SHARED.get(other, ())


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]
