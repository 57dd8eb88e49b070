"""Chinese persons' names by their sound.

>>> chinese_name("Qiao", "Lifang", "合肥一家企业的董事长乔丽芳说")
'乔丽芳'
"""

from __future__ import annotations

import functools
import itertools
import re

from pypinyin import Style, pinyin

COMPOUND = {
    "Ouyang",
    "Sima",
    "Zhuge",
    "Shangguan",
    "Situ",
    "Huangfu",
    "Murong",
    "Dongfang",
    "Linghu",
    "Xiahou",
    "Gongsun",
}


@functools.cache
def readings(hanzi: str) -> frozenset[str]:
    """Every reading of a character, without tones; lü also as lu and lyu."""
    found = set(pinyin(hanzi, style=Style.NORMAL, heteronym=True, v_to_u=False)[0])
    return frozenset(found | {r.replace("v", other) for r in found for other in ("u", "yu")})


def spelling(hanzi: str) -> str:
    """The most usual reading of a character, without its tone.

    >>> spelling("砚"), spelling("吕")
    ('yan', 'lü')
    """
    return str(pinyin(hanzi, style=Style.NORMAL, v_to_u=True)[0][0])


def sounds_like(hanzi: str, latin: str) -> bool:
    """Whether the characters can be read so."""
    return any("".join(r) == latin for r in itertools.product(*map(readings, hanzi)))


def chinese_name(family: str, given: str, text: str) -> str:
    """The characters in a Chinese text that a pinyin name is written with; empty where there are none."""
    given = re.sub("['-]", "", given).lower()
    width = 2 if family in COMPOUND else 1
    for m in re.finditer(rf"(?=([\u4e00-\u9fff]{{{width + 1},{width + 2}}}))", text):
        for end in (len(m[1]), len(m[1]) - 1):
            name = m[1][:end]
            if end > width and sounds_like(name[:width], family.lower()) and sounds_like(name[width:], given):
                return name
    return ""
