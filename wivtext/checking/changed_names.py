"""A person of one text who is somebody else in the other: a name on either side that nothing on the other spells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from wivtext.attribution.chinese_names import people
from wivtext.attribution.lexicons import chinese as chinese_words
from wivtext.attribution.lexicons import english as english_words
from wivtext.checking.chinese_names import SURNAMES
from wivtext.checking.counterparts import CHINESE, shipped
from wivtext.checking.pinyin import is_given_name, is_pinyin
from wivtext.checking.sounds import DOTTED, latin_names, readings
from wivtext.checking.swapped_terms import matched
from wivtext.checking.transliteration import likeness, plain
from wivtext.records import Finding, Language
from wivtext.terms import TermMatch

_BOTH_ALIKE, _PART_ALIKE, _ALONE_ALIKE, _WITHIN = 7.5, 6.5, 4.0, 7.5
_SHORTEST = 3  # letters of a name that stands alone
_OFTEN = 5  # times that characters are a word in the lexicon: then they are hardly a name
_SOMEWHAT, _NEITHER, _PART = 5.0, -1.0, 4  # likeness below which a part is another one; characters of a part
_WORDS = 8  # of a name
_MOST = 12  # names of a line that are looked at
_SURNAMES = frozenset(SURNAMES + "傅贡阚")
# Surnames that stand for something else as often.
_WORDS_TOO = frozenset("和方时文任段党费古左关席安金高原林龙成于向常白马")
_COURTESY = re.compile(
    rf"([{SURNAMES}])(?=女士|先生|小姐|博士|教授|某[，。说称表]|某某)|(?<=[老小])([{SURNAMES}])(?=[说称，的表])"
)
_ANYWHERE = re.compile(rf"(?=([{SURNAMES}][\u4e00-\u9fff]{{2}}))")
_TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Prof|Professor|Sir|Madam|Chairman|Chairwoman)\.?$")


class Stranger(NamedTuple):
    """Words of an English name that nothing in the Chinese spells.

    `eastern`: its characters can't be told from its letters; `sure`: it is a person, by a given name or surname.
    """

    name: str
    eastern: bool
    sure: bool


def changed_names(english: str, chinese: str, source_language: Language, allowed: str = "") -> Iterator[Finding]:
    """Names that nothing on the other side spells, where that side has another such name.

    >>> [one.message for one in changed_names("Oscar Lindgren, a broker, agreed.", "经纪人罗莎·马马尼同意了。", "en")]
    ['“Oscar Lindgren” became “罗莎·马马尼”']
    >>> list(changed_names("Oscar Lindgren, a broker, agreed.", "经纪人奥斯卡·林德格伦同意了。", "en"))
    []
    """
    names = _names(english)
    if not names:
        return
    foreign = [name for name in dict.fromkeys(DOTTED.findall(chinese)) if not _spells(name, names, chinese, allowed)][
        :_MOST
    ]
    native = [] if foreign else [name for name in _native(chinese) if not _is_written(name, english, names, allowed)]
    hidden = [] if foreign or native else list(_hidden(chinese))
    if not foreign and not native and not hidden:
        return
    known = allowed + " ".join(match.text for match in matched(english, "en") if _has_form(match, chinese))
    for stranger in _strangers(names, english, _without(chinese, foreign), known):
        if stranger.eastern and not foreign:
            continue
        if hidden and stranger.sure:
            native = [name for name in hidden if not _is_written(name, english, names, allowed)]
        others = [other for other in foreign or native if not _is_somewhat_alike(stranger.name, other)]
        if others:
            other = _trimmed(others[0], chinese)
            sides = (stranger.name, other) if source_language == "en" else (other, stranger.name)
            yield Finding("name", *sides, f"“{sides[0]}” became “{sides[1]}”")
            return


def _trimmed(name: str, chinese: str) -> str:
    """A name without the words around it, where attribution knows who it is."""
    return next((person.name for person in people([chinese]) if person.name in name), name)


def _is_somewhat_alike(name: str, other: str) -> bool:
    """Whether a name may be another one after all, in a spelling of its own."""
    if _is_pinyin_name(name):
        return False
    words = [plain(word) for word in re.split("[ -]", name)]
    parts = re.split("[·•・]", other)
    first, last = parts[0], parts[-1]
    if len(parts) == 1 or len(words) == 1:
        return any(max(_ending(first, word), _beginning(last, word)) > _SOMEWHAT for word in (*words, "".join(words)))
    return max(_ending(first, word) for word in words) + max(_beginning(last, word) for word in words[1:]) > _SOMEWHAT


def _has_form(match: TermMatch, chinese: str) -> bool:
    return any(form in chinese for entry in (match.entry, *match.others) for form in entry.forms("zh"))


def _names(english: str) -> list[str]:
    """The runs of words with capitals that may name a person, without what surely is none of it."""
    found = []
    for run in latin_names(english)[:_MOST]:
        words = [word for word in re.sub(r"['’]s?$", "", run).split(" ") if word][:_WORDS]
        if any(" ".join(words[start : start + 2]) in english_words().places for start in range(len(words))):
            continue
        while words and _is_common(words[0]) and not _is_pinyin_name(" ".join(words)):
            words = words[1:]
        while words and _is_common(words[-1]):
            words = words[:-1]
        if words:
            found.append(" ".join(words))
    return found


@lru_cache(maxsize=16384)
def _is_common(word: str) -> bool:
    lists, small = english_words(), word.lower()
    if word in lists.surnames or word in lists.given_names or word in lists.pinyin_surnames:
        return small in ("will", "may", "the", "in", "an", "he", "she", "long", "so", "can")
    return (
        small in lists.common_words or word in lists.calendar or word in lists.titles or small in lists.titles
        or small in lists.roles or _TITLE.match(word) is not None
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _is_pinyin_name(name: str) -> bool:
    """Whether a name is a Chinese surname with a given name, or a surname that is nothing else."""
    first, _, rest = name.partition(" ")
    if first not in english_words().pinyin_surnames:
        return False
    return is_given_name(plain(rest)) and len(rest) > 1 and rest.isalpha() if rest else len(first) > 3


def _spells(name: str, names: list[str], chinese: str, allowed: str) -> bool:
    """Whether a name with a dot is one of the English ones."""
    if name in allowed:
        return True
    first, *_, last = re.split("[·•・]", name)
    rest = _without(chinese, [name])
    runs = ([plain(word) for word in re.split("[ -]", other)] for other in names if not _is_pinyin_name(other))
    return any(_is_among(first, last, [word for word in words if len(word) > 1], rest) for words in runs)


def _is_among(first: str, last: str, words: list[str], rest: str) -> bool:
    """Whether both parts of a name, or one of them surely, are among words that nothing else in the text spells."""
    given = [_ending(first, word) for word in words]
    family = [_beginning(last, word) for word in words]
    enough = _ALONE_ALIKE if len(words) == 1 else _PART_ALIKE
    if any(
        max(pair) > enough and not is_explained(word, rest) for *pair, word in zip(given, family, words, strict=True)
    ):
        return True
    for start, one in enumerate(given):
        for place in range(start + 1, len(words)):
            both = one, family[place]
            if min(both) > _NEITHER and sum(both) > _BOTH_ALIKE and not is_explained(words[place], rest):
                return True
    joined = [a + b for a, b in pairwise(words)]
    return any(max(_ending(first, word), _beginning(last, word)) > _PART_ALIKE for word in joined)


def _without(chinese: str, foreign: list[str]) -> str:
    """A text without some names with a dot, and without the characters that may belong to them."""
    for name in foreign:
        dot = re.search("[·•・]", name)
        end = re.search("[·•・](?!.*[·•・])", name)
        if dot and end:
            chinese = chinese.replace(name[max(0, dot.start() - _PART) : end.end() + _PART], "　")
    return chinese


def _ending(first: str, word: str) -> float:
    """What stands before the dot may begin with other words: 总监卡米拉."""
    return max(likeness(first[start:], word) for start in range(max(0, len(first) - 6), len(first)))


def _beginning(last: str, word: str) -> float:
    return max(likeness(last[:end], word) for end in range(1, min(7, len(last)) + 1))


def _native(chinese: str) -> list[str]:
    """Names of Chinese people in a text, whole or with a courtesy."""
    words = chinese_words()
    found = [
        person.name for person in people([chinese])
        if 2 <= len(person.name) <= 4 and CHINESE.fullmatch(person.name) and person.name[0] in words.surnames
    ]  # fmt: skip
    return [name for name in found if not _is_word(name)] + [a or b for a, b in _COURTESY.findall(chinese)]


def _hidden(chinese: str) -> Iterator[str]:
    """Characters anywhere that may be a name."""
    words = chinese_words()
    for match in _ANYWHERE.finditer(chinese):
        name = match[1]
        if (
            name[0] in words.frequent_surnames
            and name[0] not in _WORDS_TOO
            and set(name[1:]) <= words.given_characters
            and not _is_word(name)
        ):
            yield name


@lru_cache(maxsize=16384)
def _is_word(name: str) -> bool:
    words = shipped()
    return words is not None and any(words.times(part) > _OFTEN for part in (name, name[:2], name[1:]) if len(part) > 1)


def _is_written(name: str, english: str, names: list[str], allowed: str) -> bool:
    """Whether a Chinese name is in the English: in pinyin, or by the sound of a foreign one."""
    if name in english or name in allowed:
        return True
    spelled = [plain(word) for other in names for word in re.split("[ -]", other)]
    surname = surname_spellings(name[0])
    if surname & set(spelled) or any(form in surname for form in re.findall("[a-z]+", allowed.lower())):
        return True
    letters = "".join(re.findall("[a-z]+", english.lower()))
    pairs = list(pairwise(name))
    if any(one + two in letters for a, b in pairs for one in readings(a) for two in readings(b) if len(one + two) > 3):
        return True
    return len(name) > 1 and any(likeness(name, word) > _PART_ALIKE for word in (*spelled, *map(plain, names)))


def surname_spellings(surname: str) -> set[str]:
    """How a Chinese surname is spelled in pinyin, otherwise and abroad."""
    from wivtext.romanization import SURNAMES as OTHERWISE

    found = set(readings(surname)) | ({OTHERWISE[surname]} if surname in OTHERWISE else set())
    return (
        found
        | {form.replace("v", "yu") for form in found}
        | {form.replace("v", "u") for form in found}
        | _abroad().get(surname, frozenset())
    )


def _strangers(names: list[str], english: str, chinese: str, allowed: str) -> Iterator[Stranger]:
    """Names of the English that may be people and that nothing in the Chinese spells."""
    lists = english_words()
    for name in names:
        words = name.split(" ")
        if len(words) > 4 or any(
            word in lists.organisation_heads or word.lower() in lists.organisation_heads for word in words
        ):
            continue
        if any(word in lists.places for word in (*words, name)) or (any(map(str.isupper, words)) and len(name) < 6):
            continue
        if name in allowed or any(is_explained(word, chinese) for word in words):
            continue
        sure = _is_person(words)
        if (sure and len(name) > _SHORTEST + 1) or len(words) > 1 or _speaks(name, english):
            parts = [part.capitalize() for word in words for part in word.split("-")]
            yield Stranger(name, _is_eastern(parts), sure)


def _is_person(words: list[str]) -> bool:
    """Whether one of the words is a given name or surname."""
    lists = english_words()
    return any(
        word in some
        for word in map(str.capitalize, words)
        for some in (lists.pinyin_surnames, lists.surnames, lists.given_names)
    )


def _speaks(name: str, english: str) -> bool:
    """Whether a single name stands right before or after a verb of saying, or after a title."""
    place = english.find(name)
    before, after = english[max(0, place - 20) : place].split(), english[place + len(name) :][:20].split()
    verbs = english_words().reporting_verbs
    spoken = any(word[0].strip(",.;") in verbs for word in (before[-1:], after[:1]) if word)
    return spoken or bool(before and _TITLE.match(before[-1]))


@lru_cache(maxsize=8192)
def _is_called(word: str, chinese: str) -> bool:
    """Whether the Chinese has what the lexicon says a word is called."""
    lexicon = shipped()
    return (
        lexicon is not None
        and bool(lexicon.times(word))
        and any(one.weight < -0.5 for one in lexicon.evidence(word, chinese, "en"))
    )


@lru_cache(maxsize=8192)
def is_explained(word: str, chinese: str) -> bool:
    """Whether the Chinese has a word: as it is, by what it is called, by its pinyin or by its sound."""
    small = plain(word)
    if word in chinese or not small:
        return True
    if _is_called(word, chinese):
        return True
    if word in english_words().pinyin_surnames and len(small) < 7 and is_pinyin(small):
        if any(char in _SURNAMES and small in surname_spellings(char) for char in chinese):
            return True
        if len(small) < 5:
            return False
    if any(_reads(small, chinese, place) for place in range(len(chinese))):
        return True
    return any(likeness(run, small, anywhere=True) > _WITHIN for run in CHINESE.findall(chinese))


def _reads(letters: str, chinese: str, place: int) -> bool:
    """Whether the characters from a place on, two or more, are read as a word."""
    return (
        any(
            letters.startswith(one) and letters[len(one) :] in readings(chinese[place + 1])
            for one in readings(chinese[place])
        )
        if place + 1 < len(chinese)
        else False
    )


def _is_eastern(words: list[str]) -> bool:
    """Whether a name may be Japanese, Korean, Vietnamese or Cantonese: written in characters that its letters hide."""
    if _is_pinyin_name(" ".join(words)):
        return False
    return any(word in _eastern() for word in words) or all(_ROMAJI.fullmatch(word.lower()) for word in words)


_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmyrwj]|sh|ch|ts|ky|gy|ny|hy|by|py|my|ry)?[aeiou]|fu|n){1,8}h?")
# Those of them that are read so in pinyin too, and given names.
_PINYIN_TOO = frozenset({"Chen", "Wang", "Li", "Lin", "Yang", "Wu", "Zeng", "Hua"})
_GIVEN_ABROAD = frozenset({"Thi", "Trang", "Minh", "Anh", "Duc", "Tuan"})


@lru_cache(maxsize=1)
def _abroad() -> dict[str, frozenset[str]]:
    """How Chinese surnames are spelled in Cantonese, Hokkien, Korean, Vietnamese."""
    path = Path(__file__).parent.parent / "data" / "surnames_abroad.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {surname: frozenset(forms.split()) for surname, forms in found.items()}


@lru_cache(maxsize=1)
def _eastern() -> frozenset[str]:
    return frozenset(form.capitalize() for forms in _abroad().values() for form in forms) - _PINYIN_TOO | _GIVEN_ABROAD
