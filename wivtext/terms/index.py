"""Finding the forms of a term base in a text, in one pass: by words in English, by characters in Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from wivtext.hanzi import simplified
from wivtext.language import script
from wivtext.records import Language

TOKEN = re.compile(r"[^\W_]+")
# Between the words of a term a text may write a space for a hyphen, a line break for a space, and so on.
LOOSE_GAP = re.compile(r"[\s\-‐‑–]{1,3}")


class Hit(NamedTuple):
    """A form found at `start:end`, and the places of the entries that have it, the winning one first."""

    start: int
    end: int
    entries: tuple[int, ...]


class _Form(NamedTuple):
    tokens: tuple[str, ...]
    gaps: tuple[str, ...]
    tail: str
    entry: int


@lru_cache(maxsize=1)
def ambiguous() -> dict[str, frozenset[str]]:
    """Forms that need care, lower-cased.

    `several_senses`: abbreviations and words that only their context tells apart, never enforced. `common_names`:
    brands that are common English words, never matched where a sentence begins and any word has a capital.
    `months` and `homographs`: names and nouns that are other words, too, as what stands `before` and `after` shows.
    `common_words`: short Chinese names that are common words or parts of them; only their longer forms (理想汽车)
    match. `traps`: Chinese words in which a form stands by accident. `sounds`: characters that spell foreign names.
    """
    lists = json.loads((Path(__file__).parent.parent / "data" / "ambiguous.json").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


def normal(text: str, language: Language) -> str:
    """What two spellings of one expression have in common: case, spaces and hyphens put aside.

    >>> normal("Vice-President", "en"), normal("“十四五” 规划", "zh")
    ('vice president', '十四五规划')
    """
    if language == "zh":
        return re.sub(r"[\s“”\"‘’]", "", text)
    return re.sub(r"[\s\-‐‑–]+", " ", text).strip().casefold()


def contains(form: str, text: str, language: Language) -> bool:
    """Whether a text has a form of a term, inflected or with other hyphens.

    >>> contains("solid-state battery", "Solid state batteries", "en"), contains("“十四五”规划", "十四五规划", "zh")
    (True, True)
    """
    if language == "zh":
        wanted = normal(form, "zh").casefold()
        return wanted in normal(text, "zh").casefold() or (
            script(text) == "traditional" and wanted in normal(simplified(text), "zh").casefold()
        )
    return f" {_stemmed(form)} " in f" {_stemmed(text)} "


def form_places(form: str, text: str, language: Language) -> list[tuple[int, int]]:
    """Where a text has a form of a term, as `contains` counts it.

    >>> form_places("battery", "Batteries and a battery", "en"), form_places("电池", "动力电池", "zh")
    ([(0, 9), (16, 23)], [(2, 4)])
    """
    if language == "zh":
        loose = r"[\s“”\"‘’]?".join(map(re.escape, normal(form, "zh")))
        return [match.span() for match in re.finditer(loose, text, re.IGNORECASE)] if loose else []
    wanted = [stem(word) for word in TOKEN.findall(form)]
    spans = [match.span() for match in TOKEN.finditer(text)]
    stems = [stem(text[start:end]) for start, end in spans]
    size = len(wanted)
    starts = [place for place in range(len(stems) - size + 1) if size and stems[place : place + size] == wanted]
    return [(spans[place][0], spans[place + size - 1][1]) for place in starts]


@lru_cache(maxsize=64)
def _stemmed(text: str) -> str:
    """One text is asked for many terms."""
    return " ".join(stem(word) for word in TOKEN.findall(text))


class EnglishIndex:
    """English forms by their words, plural and hyphen tolerant.

    >>> [(hit.start, hit.end) for hit in EnglishIndex([("solid-state battery",)]).find("Solid state batteries")]
    [(0, 21)]
    """

    def __init__(self, forms: Sequence[Iterable[str]], under: EnglishIndex | None = None) -> None:
        """`under` is the index of the entries that follow on these ones: it is used as it is, not built again."""
        self._forms: dict[str, list[_Form]] = {}
        self._prefixes: set[str] = set()
        self._exact: dict[str, list[int]] = {}
        self._size, self._under = len(forms), under
        for entry, variants in enumerate(forms):
            for form in variants:
                self._add(form, entry)

    def exact(self, key: str) -> list[int]:
        """The places of the entries with this normal form."""
        below = self._under.exact(key) if self._under else []
        return [*self._exact.get(key, []), *(place + self._size for place in below)]

    def find(self, text: str) -> list[Hit]:
        """The longest form at each place, from left to right."""
        tokens = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
        stems = [stem(text[start:end]) for start, end in tokens]
        shouting = text.isupper()
        hits: list[Hit] = []
        place = 0
        while place < len(tokens):
            hit, used = self._longest(text, tokens, stems, place, shouting)
            if hit:
                hits.append(hit)
            place += used
        return hits

    def _add(self, form: str, entry: int) -> None:
        self._exact.setdefault(normal(form, "en"), []).append(entry)
        spans = [match.span() for match in TOKEN.finditer(form)]
        if not spans or form[: spans[0][0]]:
            return
        words = tuple(form[start:end] for start, end in spans)
        gaps = tuple(form[left[1] : right[0]] for left, right in pairwise(spans))
        key = ""
        for word in words:
            key = f"{key} {stem(word)}" if key else stem(word)
            self._prefixes.add(key)
        self._forms.setdefault(key, []).append(_Form(words, gaps, form[spans[-1][1] :].rstrip("."), entry))

    def _longest(
        self, text: str, tokens: list[tuple[int, int]], stems: list[str], first: int, shouting: bool
    ) -> tuple[Hit | None, int]:
        key, best, used = "", None, 1
        for last in range(first, len(tokens)):
            key = f"{key} {stems[last]}" if key else stems[last]
            if not self._begins(key):
                break
            hit = self._fitting(text, tokens[first : last + 1], self._forms_of(key), shouting)
            if hit:
                best, used = hit, last - first + 1
        return best, used

    def _begins(self, key: str) -> bool:
        return key in self._prefixes or (self._under is not None and self._under._begins(key))

    def _forms_of(self, key: str) -> list[_Form]:
        own = self._forms.get(key, [])
        below = self._under._forms_of(key) if self._under else []
        return [*own, *(form._replace(entry=form.entry + self._size) for form in below)] if below else own

    def _fitting(self, text: str, spans: list[tuple[int, int]], forms: list[_Form], shouting: bool) -> Hit | None:
        """The forms that fit the words at `spans`, those with the longest tail ("L2++" before "L2+")."""
        start, end = spans[0][0], spans[-1][1]
        fits = [form for form in forms if _fits(form, text, spans, shouting)]
        if not fits:
            return None
        tail = max((form.tail for form in fits), key=len)
        places = tuple(dict.fromkeys(form.entry for form in fits if form.tail == tail))
        return Hit(start, end + len(tail), places)


class ChineseIndex:
    """Chinese forms by their first two characters, the longest first.

    >>> [(hit.start, hit.end) for hit in ChineseIndex([("智能网联汽车",), ("汽车",)]).find("发展智能网联汽车")]
    [(2, 8)]
    """

    def __init__(self, forms: Sequence[Iterable[str]], under: ChineseIndex | None = None) -> None:
        """`under` is the index of the entries that follow on these ones: it is used as it is, not built again."""
        self._size, self._under = len(forms), under
        self._entries: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._starts: dict[str, list[str]] = {}
        for entry, variants in enumerate(forms):
            for form in variants:
                self._entries.setdefault(form, []).append(entry)
                self._exact.setdefault(normal(form, "zh"), []).append(entry)
        for form in sorted(self._entries, key=len, reverse=True):
            if len(form) > 1 and form not in ambiguous()["common_words"]:
                self._starts.setdefault(form[:2], []).append(form)
        self._traps = re.compile("|".join(sorted(ambiguous()["traps"])))

    def exact(self, key: str) -> list[int]:
        """The places of the entries with this normal form."""
        below = self._under.exact(key) if self._under else []
        return [*self._exact.get(key, []), *(place + self._size for place in below)]

    def find(self, text: str) -> list[Hit]:
        """The longest form at each place, from left to right."""
        return list(self._hits(text))

    def _places(self, form: str) -> list[int]:
        below = self._under._places(form) if self._under else []
        return [*self._entries.get(form, []), *(place + self._size for place in below)]

    def _starting(self, two: str) -> list[str]:
        """The forms that begin with these two characters, the longest first."""
        own = self._starts.get(two, [])
        below = self._under._starting(two) if self._under else []
        return sorted([*own, *below], key=len, reverse=True) if own and below else own or below

    def _hits(self, text: str) -> Iterator[Hit]:
        start = 0
        traps = {place for trap in self._traps.finditer(text) for place in range(*trap.span())}
        while start < len(text) - 1:
            form = self._longest(text, start)
            if start in traps and len(form) < 4:
                form = ""
            if form:
                yield Hit(start, start + len(form), tuple(dict.fromkeys(self._places(form))))
            start += len(form) or 1

    def _longest(self, text: str, start: int) -> str:
        for form in self._starting(text[start : start + 2]):
            if text.startswith(form, start) and _is_whole(text, start, start + len(form)):
                return form
        return ""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without case and plural ending: enough to find it again, no more.

    >>> stem("Batteries"), stem("EVs"), stem("bus"), stem("buses"), stem("warehouses")
    ('battery', 'ev', 'bus', 'bus', 'warehouse')
    """
    word = word.lower()
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes", "uses")) and not word.endswith(("ouses", "auses")):
        return word[:-2]
    return word[:-1]


def _fits(form: _Form, text: str, spans: list[tuple[int, int]], shouting: bool) -> bool:
    start, end = spans[0][0], spans[-1][1]
    if not text.startswith(form.tail, end) or (text[end : end + 1] == "+" and form.tail[:1] != "+"):
        return False
    if not all(
        _same_gap(gap, text[left[1] : right[0]]) for gap, (left, right) in zip(form.gaps, pairwise(spans), strict=True)
    ):
        return False
    words = [text[left:right] for left, right in spans]
    last = len(words) - 1
    if not all(_same_word(a, b, i == last, shouting) for i, (a, b) in enumerate(zip(form.tokens, words, strict=True))):
        return False
    if not last and _is_other_word(form.tokens[0], text, start, end):
        return False
    if last or form.tokens[0].lower() not in ambiguous()["common_names"]:
        return True
    return form.tokens[0][0].isupper() and not _opens_sentence(text, start)


def _is_other_word(form: str, text: str, start: int, end: int) -> bool:
    """Whether a homograph is plainly used as the other word: in May, they lead the market, to charge."""
    word = form.lower()
    before = text[max(start - 24, 0) : start].lower().split()
    after = text[end : end + 16].lower().strip(" ").partition(" ")[0]
    if form.istitle() and word in ambiguous()["months"]:
        near = ambiguous()["months"] | ambiguous()["before_months"]
        return after[:1].isdigit() or "".join(before[-1:])[:1].isdigit() or not near.isdisjoint(before[-2:])
    if word in ambiguous()["homographs"]:
        return not ambiguous()["before_verbs"].isdisjoint(before[-1:]) or after in ambiguous()["after_verbs"]
    return False


def _same_gap(form: str, text: str) -> bool:
    if form == text:
        return True
    return bool(LOOSE_GAP.fullmatch(form) and LOOSE_GAP.fullmatch(text)) or form.replace("’", "'") == text.replace(
        "’", "'"
    )


def _same_word(form: str, word: str, last: bool, shouting: bool) -> bool:
    """Whether a word of a text is this word of a form: abbreviations keep their case, names their capital."""
    if form == word:
        return not (shouting and len(form) < 4 and last)
    if any(letter.isupper() for letter in form[1:]):
        return word in (form + "s", form + "es")
    if form[:1].isupper() and not word[:1].isupper():
        return False
    lowered, wanted = word.lower(), form.lower()
    return lowered == wanted or stem(lowered) == wanted or (last and lowered == stem(wanted) and len(lowered) > 4)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?:\n…"


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether Latin letters and digits at the edges of a form end there in the text, too."""
    if (
        text[start].isascii()
        and text[start].isalnum()
        and start
        and text[start - 1].isascii()
        and text[start - 1].isalnum()
    ):
        return False
    if (
        text[end - 1].isascii()
        and text[end - 1].isalnum()
        and end < len(text)
        and text[end].isascii()
        and text[end].isalnum()
    ):
        return False
    return end - start > 3 or not _is_part_of_name(text, start, end)


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a short form is a piece of a foreign name written by its sound: 里昂 of 德纳里昂, 别克 of 奥塔别克."""
    sounds = ambiguous()["sounds"]
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return "·" in around or (sounds.issuperset(text[start:end]) and not sounds.isdisjoint(around))
