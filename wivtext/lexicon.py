"""Words with the translation that the training texts gave them, for sentences in which the embedded models lost some.

`data/lexicon.tsv.xz` was counted over aligned words (`training/lexicon.py`): `en, zh, zh_given_en, en_given_zh, count`,
names with their capitals.
What it says is a hint, no rule: a hint stands in the source text as a term does, and nothing is found wrong when the
translation has another word. A word is lost where a draft has none of its known translations.

>>> rows = [Row("ferry", "渡轮", 0.8, 0.9, 12), Row("ferry", "轮渡", 0.2, 0.7, 3), Row("the", "这", 0.5, 0.9, 90000)]
>>> Lexicon(rows).hints("The ferry left.", "en")
[Hint(start=4, end=9, source='ferry', target='渡轮')]
>>> Lexicon(rows).hints("渡轮已经离开。", "zh")
[Hint(start=0, end=2, source='渡轮', target='ferry')]
>>> Lexicon(rows).hints("The ferry left.", "en", draft="轮渡开走了。")
[]
"""

from __future__ import annotations

import hashlib
import lzma
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from wivtext.errors import TermBaseError
from wivtext.language import other_language
from wivtext.records import Language
from wivtext.terms.index import stem

FILE = "lexicon.tsv.xz"
SHIPPED = Path(__file__).parent / "data" / FILE
MOST = 3  # hints of a sentence

_SELDOM = 1000  # occurrences in the training texts, at most: the others are known well enough, or no content words
_SURE = 0.5  # probability of the translation, its inflected forms together
_MUTUAL = 0.02  # and of the word, given the translation: what is aligned by accident has less
_LIKELY = 0.25  # the least probability of a translation that a word is asked for in another text
_COMMON = 200_000  # occurrences of a word that says nothing when it is lost
_RARE = 6.0  # powers of e below that, from which a word counts in full
_WORDS = 4  # of a phrase

_ENGLISH = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_OPENS = re.compile(r"(?:^|[.!?:;…\n])[\s\"'“‘(]*$")

Span = tuple[int, int]


class Row(NamedTuple):
    """Two words that translate each other: how probable each is, given the other, and how often they were aligned."""

    en: str
    zh: str
    zh_given_en: float
    en_given_zh: float
    times: int


class Hint(NamedTuple):
    """A word of a text, and what it is probably called in the other language."""

    start: int
    end: int
    source: str
    target: str


class _Entry(NamedTuple):
    target: str
    probability: float
    mutual: float
    times: int
    known: list[str]  # every translation, in the plain form

    def stands_in(self, drafted: str) -> bool:
        """Whether a draft in the plain form has a translation of the word."""
        return any(form in drafted for form in self.known)

    @property
    def weight(self) -> float:
        """What the word counts when it is lost: 1 for a rare one, nothing where its translation is uncertain."""
        if self.probability < _LIKELY or self.mutual < _MUTUAL / 2:
            return 0.0
        return min(1.0, max(0.0, math.log(_COMMON / max(1, self.times)) / _RARE))

    @property
    def helps(self) -> bool:
        return self.times <= _SELDOM and self.probability >= _SURE and self.mutual >= _MUTUAL


class _Entries:
    """The words of one language; an entry is made when its word is first met, as few of them are.

    It has the likeliest form of the likeliest translation: "plant" and "plants" are one. How often a word stands in the
    texts is the sum over all its translations.
    """

    def __init__(self, rows: Sequence[Row], language: Language) -> None:
        self._language = language
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row.en if language == "en" else row.zh, []).append(row)
        self._made: dict[str, _Entry] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __getitem__(self, word: str) -> _Entry:
        if word not in self._made:
            self._made[word] = self._entry(self._rows[word])
        return self._made[word]

    def _entry(self, rows: Sequence[Row]) -> _Entry:
        alike: dict[str, list[tuple[float, float, str]]] = {}
        for en, zh, forward, backward, _ in rows:
            form, probability, mutual = (zh, forward, backward) if self._language == "en" else (en, backward, forward)
            alike.setdefault(_plain(form, other_language(self._language)), []).append((probability, mutual, form))
        best = max(alike.values(), key=lambda forms: sum(form[0] for form in forms))
        probability, mutual = sum(form[0] for form in best), max(form[1] for form in best)
        return _Entry(max(best)[2], probability, mutual, sum(row.times for row in rows), list(alike))


class Words(NamedTuple):
    """Those words of a text that have a likely translation into `other`."""

    other: Language
    entries: list[_Entry]

    def lost_in(self, draft: str) -> float:
        """The share of the words that a draft has no known translation of, rare words counting more."""
        drafted = _plain(draft, self.other)
        lost = sum(entry.weight for entry in self.entries if not entry.stands_in(drafted))
        return lost / (sum(entry.weight for entry in self.entries) + 1)


@dataclass(frozen=True)
class Lexicon:
    """Word pairs, looked up from either side."""

    rows: Sequence[Row] = ()
    _entries: dict[Language, _Entries] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Lexicon:
        """The lexicon of a file, .tsv or .tsv.xz; an empty one where there is none.

        Raises `TermBaseError` naming a line that is no entry.
        """
        return _load(path)

    def hints(
        self, text: str, language: Language, *, taken: Iterable[Span] = (), draft: str = "", most: int = MOST
    ) -> list[Hint]:
        """At most `most` hints for a text, those for the rarest words, from left to right.

        There are none for what stands within `taken`, and none for a word that `draft` has a known translation of.
        """
        occupied = {place for span in taken for place in range(*span)}
        entries, drafted = self._of(language), _plain(draft, other_language(language))
        found: list[tuple[int, Hint]] = []
        for start, end, key in self._words(text, language):
            entry = entries[key]
            if entry.helps and occupied.isdisjoint(range(start, end)) and not entry.stands_in(drafted):
                found.append((entry.times, Hint(start, end, text[start:end], entry.target)))
        return sorted(hint for _, hint in sorted(found)[:most])

    def words(self, text: str, language: Language) -> Words:
        """The words of a text that have a likely translation.

        >>> rows = [Row("ferry", "渡轮", 0.8, 0.9, 12), Row("harbour", "港口", 0.8, 0.9, 12)]
        >>> round(Lexicon(rows).words("The ferry left the harbour.", "en").lost_in("港口。"), 2)
        0.33
        """
        entries = self._of(language)
        found = [entries[key] for _, _, key in self._words(text, language)]
        return Words(other_language(language), [entry for entry in found if entry.weight])

    def _words(self, text: str, language: Language) -> Iterator[tuple[int, int, str]]:
        return self._english(text) if language == "en" else self._chinese(text)

    def _english(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Known words and phrases, the longest at each place; a capital inside a sentence is that of a name."""
        words = [match.span() for match in _ENGLISH.finditer(text)]
        entries, place = self._of("en"), 0
        while place < len(words):
            used = 1
            for last in range(min(place + _WORDS, len(words)) - 1, place - 1, -1):
                start, end = words[place][0], words[last][1]
                key = next((key for key in spellings(text[start:end]) if key in entries), None)
                if key is not None:
                    used = last - place + 1
                    if not _is_name(text, start, end):
                        yield start, end, key
                    break
            place += used

    def _chinese(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Known words of two characters or more that the longest match finds from the left and from the right."""
        for run in _CHINESE.finditer(text):
            part, start = run.group(), run.start()
            both = set(self._from_left(part)) & set(self._from_right(part))
            yield from ((start + a, start + b, part[a:b]) for a, b in sorted(both))

    def _from_left(self, text: str) -> Iterator[Span]:
        entries, start = self._of("zh"), 0
        while start < len(text):
            ends = range(min(start + self._longest, len(text)), start + 1, -1)
            end = next((end for end in ends if text[start:end] in entries), 0)
            if end:
                yield start, end
            start = end or start + 1

    def _from_right(self, text: str) -> Iterator[Span]:
        entries, end = self._of("zh"), len(text)
        while end > 0:
            starts = range(max(end - self._longest, 0), end - 1)
            start = next((start for start in starts if text[start:end] in entries), -1)
            if start >= 0:
                yield start, end
            end = start if start >= 0 else end - 1

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._of("zh")), default=0)

    def _of(self, language: Language) -> _Entries:
        if language not in self._entries:
            self._entries[language] = _Entries(self.rows, language)
        return self._entries[language]


def digest(path: Path = SHIPPED) -> str:
    """Eight hex digits over a lexicon's file, "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def spellings(text: str) -> list[str]:
    """How the lexicon may write an English word: abbreviations as they are, or as a name; others in small letters.

    A name with a capital is not found by its small letters: it is left to the term base.

    >>> spellings("Ferry"), spellings("NATO"), spellings("A")
    (['ferry'], ['NATO', 'Nato'], ['a'])
    """
    if text.isupper() and len(text) > 1:
        return [text, text.capitalize()]
    return [text.lower().replace("’", "'")]


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital may be a name: it opens no sentence, or another capital follows it."""
    if not text[start].isupper() or text[start:end].isupper():
        return False
    return not _OPENS.search(text[max(0, start - 8) : start]) or text[end : end + 2].strip()[:1].isupper()


def _plain(text: str, language: Language) -> str:
    """A text as words of it are looked for: Chinese as it is, English by its stems."""
    if language == "zh":
        return text
    return f" {stem(text) if text.isalpha() else ' '.join(map(stem, _ENGLISH.findall(text)))} "


@lru_cache(maxsize=4)
def _load(path: Path) -> Lexicon:
    if not path.is_file():
        return Lexicon()
    content = path.read_bytes()
    try:
        text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode()
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        raise TermBaseError(f"{path}: can't be read ({error}); install wivtext again") from None
    return Lexicon(tuple(_rows(text, path)))


def _rows(text: str, path: Path) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines()[1:], start=2):
        try:
            en, zh, forward, backward, times = line.split("\t")
            yield Row(en, zh, float(forward), float(backward), int(times))
        except ValueError:
            raise TermBaseError(f"{path} line {number}: not {', '.join(Row._fields)}; install wivtext again") from None
