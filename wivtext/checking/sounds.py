"""Do a foreign name in Chinese characters and one in Latin letters sound alike?

Only the consonants are compared, in classes wide enough for transliteration: 菲奥娜·加里克 and Fiona Garrick are both
P-N-K-L-K.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

# 和 joins names, it is in none: 安妮·韦伯和彼得·朗.
DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[·•・](?:(?![和与及])[\u4e00-\u9fff-]){1,9}){1,3}")
_PARTICLES = "de|da|do|dos|del|della|van|von|der|den|bin|ibn|al|el|la|le|di|du|ter|ten|af|av|zu"
_NAME = re.compile(rf"[A-ZÀ-Þ][\w'’]*(?:[ -](?:(?:{_PARTICLES})[ -]){{0,3}}[A-ZÀ-Þ][\w'’]*)*")
_LETTERS = {
    **dict.fromkeys("szxç", "S"),
    **dict.fromkeys("kgqh", "K"),
    **dict.fromkeys("lr", "L"),
    **dict.fromkeys("mn", "N"),
    **dict.fromkeys("bpvfw", "P"),
    **dict.fromkeys("dt", "T"),
    **dict.fromkeys("jc", "?"),  # Jorge, Jean; Cecilia, Carlos: S or K
}
_CLUSTERS = {"sch": "s", "sh": "s", "ch": "c", "zh": "s", "th": "t", "ph": "f", "gh": "g", "ck": "k", "x": "ks"}
_ALIKE = 0.7
_PART_ALIKE, _BOTH_ALIKE, _SURNAME_ALIKE = 0.25, 0.6, 0.65  # of a given and a family name
_LONGEST = 5  # words of a name


def sound_alike(chinese: str, names: Iterable[str]) -> bool:
    """Whether one of `names`, or words of one of them, may be what a dotted Chinese name spells.

    Other words may stand around the Chinese: 总监卡米拉·伊图里亚加算过.

    >>> sound_alike("菲奥娜·加里克", ["Fiona Garrick"]), sound_alike("菲奥娜·加里克", ["Torunn Vik"])
    (True, False)
    """
    first, *_, last = re.split("[·•・]", chinese)
    firsts = {chinese_sounds(first[start:]) for start in range(len(first))}
    lasts = {chinese_sounds(last[:end]) for end in range(1, len(last) + 1)}
    for name in names:
        words = [word for word in re.split(r"[ -]", name) if word[:1].isupper()]
        if len(words) == 1 or _INITIALS.match(name):
            if _closest(lasts if len(words) > 1 else firsts | lasts, latin_sounds(words[-1])) >= _SURNAME_ALIKE:
                return True
        elif any(_full_names_alike(firsts, lasts, words[start : start + _LONGEST]) for start in range(len(words) - 1)):
            return True
    return False


_INITIALS = re.compile(r"[A-Z]{1,3}\.? ")


def _full_names_alike(firsts: set[str], lasts: set[str], words: list[str]) -> bool:
    """Whether a given name is alike and the end of the name after it too, one making up for the other."""
    given = max(_closest(firsts, latin_sounds("".join(words[:count]))) for count in (1, 2) if count < len(words))
    if given < _PART_ALIKE:
        return False
    ends = ("".join(words[start:stop]) for stop in range(2, len(words) + 1) for start in range(max(1, stop - 3), stop))
    return any(
        (family := _closest(lasts, latin_sounds(end))) >= _PART_ALIKE and given + family >= 2 * _BOTH_ALIKE
        for end in ends
    )


def _closest(several: set[str], sounds: str) -> float:
    return max((_likeness(one, sounds) for one in several), default=0.0)


def names_alike(chinese: str, names: Iterable[str]) -> bool:
    """Whether a whole name in characters may be what one of `names` sounds like.

    >>> names_alike("马斯克", ["Elon Musk"]), names_alike("刘光耀", ["Chloe Ransome"])
    (True, False)
    """
    mine = chinese_sounds(chinese)
    return any(_alike(mine, theirs) for name in names for theirs in _part_sounds(name))


def latin_names(text: str) -> list[str]:
    """The runs of capitalised words of an English text."""
    return [match[0] for match in _NAME.finditer(text)]


def latin_sounds(name: str) -> str:
    """The consonants of a name in Latin letters, by class."""
    plain = "".join(char for char in unicodedata.normalize("NFD", name.lower()) if char.isalpha() or char == "ç")
    for cluster, letter in _CLUSTERS.items():
        plain = plain.replace(cluster, letter)
    return re.sub(r"([A-Z])\1+", r"\1", "".join(_LETTERS.get(letter, "") for letter in plain))


def chinese_sounds(name: str) -> str:
    """The consonants of a name in Chinese characters, by class, the final n of a syllable among them."""
    return re.sub(r"([A-Z])\1+", r"\1", "".join(map(_sound, name)))


@lru_cache(maxsize=16384)
def readings(char: str) -> frozenset[str]:
    """The syllables that a character is read, without tones."""
    return frozenset(_readings(char))


@lru_cache(maxsize=16384)
def usual_reading(char: str) -> str:
    """The syllable that a character is mostly read, without its tone; "" for what is no character."""
    return next(iter(_readings(char)), "")


def _readings(char: str) -> list[str]:
    """The syllables of a character, the usual one first."""
    if not "\u3400" <= char <= "\u9fff":
        return []
    return [_toneless(reading) for reading in _dictionary().get(str(ord(char)), "").split(",") if reading]


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, str]:
    """pypinyin's readings of single characters; to import it is to load its phrases, too, ten times as long."""
    spec = find_spec("pypinyin")
    path = Path(spec.origin).with_name("pinyin_dict.json") if spec and spec.origin else None
    if path is not None and path.is_file():
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return found
    from pypinyin.constants import PINYIN_DICT

    return {str(code): readings for code, readings in PINYIN_DICT.items()}


def _toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(char for char in plain.replace("u\u0308", "v") if char.isascii() and char.isalpha())


def _part_sounds(name: str) -> Iterator[str]:
    words = re.split(r"[ -]", name)
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 5) + 1):
            yield latin_sounds("".join(words[first:last]))


@lru_cache(maxsize=4096)
def _sound(char: str) -> str:
    syllable = next(iter(_readings(char)), "")
    if syllable == "er":
        return "L"
    initial = re.match(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsw])", syllable)
    letters = {"j": "?", "q": "?", "x": "?", "c": "S", "ch": "?", "h": "K"}
    start = "" if not initial else letters.get(initial[0], _LETTERS.get(initial[0][0], ""))
    return start + ("N" if syllable.endswith(("n", "ng")) else "")


def _alike(a: str, b: str) -> bool:
    """Whether two skeletons share most of their letters in order."""
    return bool(b) and 0.4 <= len(a) / len(b) <= 2.5 and _likeness(a, b) >= _ALIKE


@lru_cache(maxsize=4096)
def _likeness(a: str, b: str) -> float:
    """The share of two skeletons' letters that they have in common, in order; "?" is S or K."""
    if not a or not b:
        return 1.0 if a == b else 0.0
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for place, y in enumerate(b):
            same = x == y or ("?" in (x, y) and {x, y} <= {"?", "S", "K"})
            before, row[place + 1] = row[place + 1], before + 1 if same else max(row[place + 1], row[place])
    return 2 * row[-1] / (len(a) + len(b))
