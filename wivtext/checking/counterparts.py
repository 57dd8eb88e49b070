"""Words of a text and whether the other language has anything for them, by a lexicon of aligned words.

How much a word says is a logarithm: of how likely what is seen would be if the passage had been left out, to how likely
it is in a good translation. A rare word with one translation says much, "of" hardly anything.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from wivtext.checking.sounds import DOTTED, latin_names, readings, sound_alike
from wivtext.lexicon import Lexicon, Row
from wivtext.records import Language
from wivtext.terms.index import stem

ENGLISH = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_PHRASE = 4  # English words of a phrase
_LIKELY = 0.004  # a translation that is less likely counts for nothing
_RARE = 0.004  # share of the running text: a character that is more frequent proves nothing
_LITTLE = frozenset(
    ["the", "a", "an", "of", "to", "in", "that", "it", "is", "be", "and", "for", "with", "by", "on", "at"]
)
_FORMS, _PLACES = 12, 4  # translations that are looked for, and places of one
_NAME_THERE, _NAME_MISSING = -2.0, 1.0


_Chance = Callable[[str], float]
_Parts = Callable[[str], Iterator[str]]


class Evidence(NamedTuple):
    """A word at `start:end`; `weight` above zero speaks for its having been left out; `length` of its translation."""

    start: int
    end: int
    weight: float
    length: float


class _Entry(NamedTuple):
    """What a word may become: all forms, parts of likely ones, how often chance brings one, how sure they are."""

    forms: tuple[str, ...]
    parts: tuple[str, ...]
    chance: float
    known: float
    length: float


class Counterparts:
    """The lexicon from both sides.

    >>> rows = [Row("battery", "电池", 0.9, 0.9, 50), Row("price", "价格", 0.9, 0.9, 40), Row("of", "的", 1, 1, 9000)]
    >>> words = Counterparts(rows).evidence("battery prices", "价格", "en")
    >>> [round(word.weight, 1) for word in words]
    [1.9, -3.7]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._english_rows: dict[str, list[Row]] = defaultdict(list)
        self._chinese_rows: dict[str, list[Row]] = defaultdict(list)
        self._times = Counter[str]()
        self._characters = Counter[str]()
        keys: dict[str, str] = {}
        english: dict[str, int] = defaultdict(int)
        chinese: dict[str, int] = defaultdict(int)
        for row in rows:
            en, zh, count = row.en, row.zh, row.times
            key = keys.get(en)
            if key is None:
                key = keys[en] = _key(en)
            self._english_rows[key].append(row)
            self._chinese_rows[zh].append(row)
            english[key] += count
            chinese[zh] += count
        self._times.update(english)
        self._times.update(chinese)
        for zh, count in chinese.items():
            for char in zh:
                self._characters[char] += count
        self._total = max(1, sum(row.times for found in self._chinese_rows.values() for row in found))
        # How long the longest word is that begins with a character, and the longest phrase that does with a word.
        self._longest: dict[str, int] = {}
        for word in self._chinese_rows:
            self._longest[word[0]] = max(len(word), self._longest.get(word[0], 1))
        self._words: dict[str, int] = {}
        for phrase in self._english_rows:
            if " " in phrase:
                first, *others = phrase.split()[:_PHRASE]
                self._words[first] = max(len(others) + 1, self._words.get(first, 1))
        self._entries: dict[str, _Entry | None] = {}
        # A text is held against every candidate that there is for it.
        self._units = lru_cache(maxsize=4096)(self._cut)

    def times(self, word: str) -> int:
        """How often a word was aligned with another."""
        return self._times[word if CHINESE.match(word) else stem(word)]

    def units(self, text: str, language: Language) -> list[tuple[int, int, str]]:
        """The words and phrases of a text: start, end, and what they are found by."""
        return self._units(text, language)

    def _cut(self, text: str, language: Language) -> list[tuple[int, int, str]]:
        return list(self._english_units(text) if language == "en" else self._chinese_units(text))

    def telling(self, key: str, common: float) -> tuple[float, tuple[str, ...]] | None:
        """How telling a unit is, and its likeliest translations; None where chance brings one, or nothing is known."""
        entry = self._entry_of(key)
        if entry is None or entry.chance > common:
            return None
        return min(3.0, -math.log(entry.chance + 0.01) / 1.5), entry.forms[:_FORMS]

    def finder(self, text: str, language: Language) -> Callable[[tuple[str, ...]], list[int]]:
        """Where the first of some translations that a text has stands in it: a few places, none if it has none."""
        if language == "zh":
            return lambda forms: next((found for form in forms if (found := _places(form, text))), [])
        line, starts = " ", {}
        for match in ENGLISH.finditer(text):
            starts[len(line) - 1] = match.start()
            line += stem(match[0]) + " "

        def find(forms: tuple[str, ...]) -> list[int]:
            found = next((found for form in forms if (found := _places(form, line))), [])
            return [starts[place] for place in found if place in starts]

        return find

    def evidence(self, text: str, other: str, language: Language) -> list[Evidence]:
        """The words of `text`, which is in `language`, weighed by what `other` has of them."""
        return list(self._of_english(text, other) if language == "en" else self._of_chinese(text, other))

    def _of_english(self, text: str, chinese: str) -> Iterator[Evidence]:
        size = sum(len(match[0]) for match in CHINESE.finditer(chinese))
        spoken = _pinyin(chinese)
        weight = cache(lambda word: _name_weight(word, chinese, spoken))
        for start, end, key in self.units(text, "en"):
            entry = self._entry_of(key)
            if entry is None:
                yield Evidence(start, end, weight(text[start:end]), (end - start) / 3)
                continue
            length = 0.12 if key in _LITTLE else entry.length
            share = min(0.93, max(0.1, entry.known - 0.05))
            yield Evidence(start, end, _weight(entry, chinese, size / 1.6, share, -0.4), length)

    def _of_chinese(self, text: str, english: str) -> Iterator[Evidence]:
        words = [stem(match[0]) for match in ENGLISH.finditer(english)]
        line = f" {' '.join(words)} "
        names = latin_names(english)
        spelled = re.sub("[^a-z]", "", "".join(names).lower())
        for start, end, word in self.units(text, "zh"):
            entry = self._entry_of(word)
            if "·" in word:
                weight = _NAME_THERE if sound_alike(word, names) else _NAME_MISSING
                yield Evidence(start, end, weight, 3.4 * (end - start))
            elif entry is None:
                yield Evidence(start, end, 0.0, 3.4 * (end - start))
            else:
                share = min(0.8, max(0.1, 0.9 * entry.known - 0.12))
                weight = _weight(entry, line, len(words), share, -1.5)
                if weight > 0 and _is_spelled(text, start, end, spelled):
                    weight = _NAME_THERE
                yield Evidence(start, end, weight, entry.length)

    def _english_units(self, text: str) -> Iterator[tuple[int, int, str]]:
        words = [(match.start(), match.end(), stem(match[0])) for match in ENGLISH.finditer(text)]
        place = 0
        while place < len(words):
            for count in range(min(self._words.get(words[place][2], 1), len(words) - place), 0, -1):
                key = " ".join(word for _, _, word in words[place : place + count])
                if count == 1 or key in self._english_rows:
                    yield words[place][0], words[place + count - 1][1], key
                    place += count
                    break

    def _chinese_units(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Names with a dot, then the longest known words from left to right."""
        end = 0
        for name in DOTTED.finditer(text):
            # What stands before the dot may begin with other words: at most four characters of it are the name.
            start = max(name.start(), name.start() + name[0].index(_dot(name[0])) - 4)
            yield from self._longest_words(text, end, start)
            yield start, name.end(), text[start : name.end()].replace("•", "·").replace("・", "·")
            end = name.end()
        yield from self._longest_words(text, end, len(text))

    def _longest_words(self, text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
        for run in CHINESE.finditer(text, start, stop):
            place = run.start()
            while place < run.end():
                for size in range(min(self._longest.get(text[place], 1), run.end() - place), 0, -1):
                    if size == 1 or text[place : place + size] in self._chinese_rows:
                        yield place, place + size, text[place : place + size]
                        place += size
                        break

    def _entry_of(self, word: str) -> _Entry | None:
        """What is known of an English or Chinese word, worked out when it is first met."""
        if word not in self._entries:
            self._entries[word] = self._from_chinese(word) if CHINESE.match(word) else self._from_english(word)
        return self._entries[word]

    def _from_english(self, key: str) -> _Entry | None:
        """Inflected forms are one word: their probabilities weighed by how often each occurs."""
        rows = self._english_rows.get(key, [])
        times = Counter[str]()
        for row in rows:
            times[row.en] += row.times
        likely: dict[str, float] = defaultdict(float)
        for row in rows:
            likely[row.zh] += row.zh_given_en * times[row.en] / self._times[key]
        return self._entry(likely, self._chance_of_chinese, self._rare_characters) if likely else None

    def _from_chinese(self, word: str) -> _Entry | None:
        likely: dict[str, float] = defaultdict(float)
        for row in self._chinese_rows.get(word, []):
            likely[_key(row.en)] += row.en_given_zh
        return self._entry(likely, self._chance_of_english, _beginning) if likely else None

    def _entry(self, likely: Mapping[str, float], chance: _Chance, parts: _Parts) -> _Entry:
        known = sum(likely.values())
        forms = sorted((form for form, share in likely.items() if share >= _LIKELY), key=lambda form: -likely[form])
        near = [part for form in forms if likely[form] >= 0.08 for part in parts(form)]
        length = sum(share * len(form.replace(" ", "")) for form, share in likely.items()) / known
        padded = tuple(form if CHINESE.match(form) else f" {form} " for form in forms)
        return _Entry(padded, tuple(near), sum(map(chance, forms)), min(1.0, known), length)

    def _chance_of_chinese(self, form: str) -> float:
        times = self._characters[form] / 2 if len(form) == 1 else self._times[form]
        return times / self._total

    def _chance_of_english(self, form: str) -> float:
        return min(self._times.get(word, 1) for word in form.split()) / self._total

    def _rare_characters(self, form: str) -> Iterator[str]:
        if len(form) > 1:
            yield from (char for char in form if self._characters[char] / self._total < _RARE)


@lru_cache(maxsize=1)
def shipped() -> Counterparts | None:
    """The counterparts of the lexicon in the package, None where it has none."""
    rows = Lexicon.load().rows
    return Counterparts(rows) if rows else None


def _places(form: str, text: str) -> list[int]:
    """The first places of a form."""
    found: list[int] = []
    place = text.find(form)
    while place >= 0 and len(found) < _PLACES:
        found.append(place)
        place = text.find(form, place + 1)
    return found


def _key(phrase: str) -> str:
    if phrase.isascii() and phrase.isalpha():
        return stem(phrase)
    return " ".join(stem(match[0]) for match in ENGLISH.finditer(phrase))


def _beginning(form: str) -> Iterator[str]:
    """A word of the same family begins alike."""
    if len(form) > 5:
        yield f" {form[:5]}"


def _dot(name: str) -> str:
    return next(char for char in name if char in "·•・")


def _weight(entry: _Entry, other: str, size: float, share: float, partly: float) -> float:
    chance = min(0.95, entry.chance * size)
    for form in entry.forms:  # loops: `any` takes twice as long, and this is asked for every word
        if form in other:
            return math.log(chance + 0.015) - math.log(share + (1 - share) * chance)
    for part in entry.parts:
        if part in other:
            return partly
    return -math.log(1 - share) * (1 - chance)


def _pinyin(chinese: str) -> list[frozenset[str]]:
    return [read for read in map(readings, chinese) if read]


def _name_weight(word: str, chinese: str, spoken: list[frozenset[str]]) -> float:
    """A word that the lexicon does not know: there where the Chinese has it in Latin letters or its characters."""
    if word in chinese:
        return _NAME_THERE
    if not word[0].isupper() or not CHINESE.search(chinese):
        return 0.0
    plain = word.lower()
    return _NAME_THERE if any(_reads(plain, spoken, place) for place in range(len(spoken))) else 0.0


def _reads(plain: str, spoken: list[frozenset[str]], place: int) -> bool:
    """Whether the characters from a place on are read as a word, which is one to three syllables."""
    if not plain:
        return True
    if place >= len(spoken):
        return False
    return any(plain.startswith(read) and _reads(plain[len(read) :], spoken, place + 1) for read in spoken[place])


def _is_spelled(chinese: str, start: int, end: int, spelled: str) -> bool:
    """Whether characters, with one more before or after them, stand in the names of the English in pinyin."""
    spans = [(start, end)] if end - start > 1 else [(start - 1, end), (start, end + 1)]
    return any(a >= 0 and b <= len(chinese) and _in_letters(chinese[a:b], spelled) for a, b in spans)


def _in_letters(hanzi: str, spelled: str) -> bool:
    spellings = [""]
    for char in hanzi[:3]:
        spellings = [before + read for before in spellings for read in readings(char)]
    return any(spelling in spelled for spelling in spellings if len(spelling) > 2)
