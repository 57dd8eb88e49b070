"""Names and codes in Latin letters: none invented, none lost, and pinyin that fits the characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wivtext.checking.changed_names import changed_names
from wivtext.checking.chinese_names import SURNAMES
from wivtext.checking.lost_names import lost_names
from wivtext.checking.pinyin import is_given_name
from wivtext.checking.sounds import DOTTED, latin_names, readings, sound_alike
from wivtext.records import Finding, Language

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
# Codes of models, standards, routes: letters with digits.
_CODE = re.compile(r"(?<![A-Za-z\d.])[A-Za-z]{1,6}-?\d{1,5}[A-Za-z]{0,3}(?![A-Za-z\d])")
_UNITS = re.compile(r"(?:No|Q|H|CO|PM|x|v|V|km|m|h|kg|L|G|K|Level|Class|US|RMB|FY|GDP)-?\d+")
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][\w'’]*(?:[ -][A-Z][\w'’]*)*(?!-)")
_PLACES = frozenset({"Hong Kong", "Tai Po", "Tai Wan"})


def names(source: str, target: str, source_language: Language, allowed: str = "") -> Iterator[Finding]:
    """Names of one side that the other does not have; `allowed` are the forms that the terms ask for."""
    english, chinese = (source, target) if source_language == "en" else (target, source)
    yield from _invented(source, target, source_language, allowed)
    yield from _lost_codes(source, target, allowed)
    changed = list(changed_names(english, chinese, source_language, allowed))
    yield from changed
    told = {side for one in changed for side in (one.source, one.target)}
    unfitting = _unfitting_pinyin(english, chinese, source_language, allowed)
    yield from (one for one in unfitting if not told & {one.source, one.target})
    if not changed:
        yield from _unlike(english, chinese, source_language, allowed)
    if source_language == "zh":
        yield from lost_names(source, target, allowed)


def _invented(source: str, target: str, source_language: Language, allowed: str) -> Iterator[Finding]:
    """Capitalised Latin words of a Chinese translation that the English has not."""
    if source_language != "en":
        return
    known = {word.lower() for word in _WORD.findall(source + " " + allowed)}
    for match in _WORD.finditer(target):
        word = match[0]
        if len(word) > 3 and word[0].isupper() and not word.isupper() and not _is_like(word.lower(), known):
            yield Finding("name", "", word, f"“{word}” is not in the source")


def _is_like(word: str, known: set[str]) -> bool:
    """Whether a word or a longer or shorter form of it is known: Huawei, Huaweis."""
    return word in known or any(word in other or other in word for other in known if len(other) > 3)


def _lost_codes(source: str, target: str, allowed: str) -> Iterator[Finding]:
    """Codes, which are the same in every language."""
    there = re.sub(r"[^a-z0-9]", "", (target + allowed).lower())
    for match in _CODE.finditer(source):
        code = match[0]
        if _UNITS.fullmatch(code) or re.sub(r"[^a-z0-9]", "", code.lower()) in there:
            continue
        digits = re.sub(r"\D", "", code)
        if not digits or digits not in target:
            yield Finding("name", code, "", f"“{code}” is not in the translation")


def _unfitting_pinyin(english: str, chinese: str, source_language: Language, allowed: str) -> Iterator[Finding]:
    """Chinese names in pinyin whose characters are not in the Chinese, nor the pinyin itself."""
    found = [name for name in map(_pinyin_name, _CAPITALISED.findall(english)) if name]
    if not found:
        return
    spelled = [read for read in map(readings, chinese) if read]
    for surname, given in dict.fromkeys(found):
        name = f"{surname} {given}"
        if name in chinese or name in allowed:
            continue
        if not any(_is_spelled(surname.lower(), plain, spelled) for plain in _plain(given)):
            sides = (name, "") if source_language == "en" else ("", name)
            yield Finding("name", sides[0], sides[1], f"nothing in the Chinese is read “{name}”")


def _unlike(english: str, chinese: str, source_language: Language, allowed: str) -> Iterator[Finding]:
    """Foreign names in Chinese characters (马库斯·德莱尼) that no name of the English sounds like."""
    there = latin_names(english)
    if not _NAME_INSIDE.search(english):
        return  # "the company" may become its name
    for name in dict.fromkeys(DOTTED.findall(chinese)):
        if name not in allowed and not sound_alike(name, there):
            sides = ("", name) if source_language == "en" else (name, "")
            yield Finding("name", sides[0], sides[1], f"no name in the English sounds like “{name}”")


# A word with a capital that does not owe it to the beginning of a sentence.
_NAME_INSIDE = re.compile(r"(?<=[\w,;)] )[A-Z][a-zà-ÿ]|[A-Z][a-zà-ÿ]+[ -][A-Z][a-zà-ÿ]")


def _pinyin_name(capitalised: str) -> tuple[str, str] | None:
    """Surname and given name at the end of capitalised words ("Chairman Peng Zhaohui"), None where there are none."""
    words = re.sub(r"['’]s$", "", capitalised).split(" ")
    if len(words) < 2 or "-" in capitalised or (len(words) > 2 and words[-3].lower() in _surnames()):
        return None
    surname, given = words[-2:]
    if f"{surname} {given}" in _PLACES or surname.lower() not in _surnames() or len(given) < 3:
        return None
    return (surname, given) if any(is_given_name(plain) for plain in _plain(given)) else None


def _plain(given: str) -> set[str]:
    """A given name as pinyin dictionaries write it: lyu and nyu stand for lü and nü, or are read on as lyu-, -n yu."""
    plain = given.lower().replace("'", "").replace("’", "").replace("ü", "v")
    return {plain, plain.replace("lyu", "lv").replace("nyu", "nv")}


def _is_spelled(surname: str, given: str, readings: list[frozenset[str]]) -> bool:
    """Whether somewhere in the Chinese the characters are read surname and given name."""
    forms = {surname} | _READ_OTHERWISE.get(surname, frozenset())
    for place in range(len(readings)):
        starts = [place + 1] if readings[place] & forms else []
        if place + 1 < len(readings) and any(a + b in forms for a in readings[place] for b in readings[place + 1]):
            starts.append(place + 2)
        if any(_is_read(given, readings, start) for start in starts):
            return True
    return False


# Surnames that are read otherwise than the character mostly is.
_READ_OTHERWISE = {
    "ou": frozenset({"qu"}),
    "shan": frozenset({"dan"}),
    "zeng": frozenset({"ceng"}),
    "lyu": frozenset({"lv"}),
}
_READ_OTHERWISE |= {"lv": frozenset({"lv"}), "lu": frozenset({"lv", "lu"})}


def _is_read(given: str, readings: list[frozenset[str]], start: int) -> bool:
    if not given:
        return True
    if start >= len(readings):
        return False
    return any(given.startswith(r) and _is_read(given[len(r) :], readings, start + 1) for r in readings[start])


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    from wivtext.romanization import SURNAMES as READINGS

    syllables = {s for char in SURNAMES for s in readings(char)} | set(READINGS.values())
    return frozenset(
        syllables - {"he", "you", "long", "can", "men", "pan", "ban", "an", "a", "e", "ha", "bang", "song", "fan"}
        | {"he", "long", "pan", "song", "fan"}
    )
