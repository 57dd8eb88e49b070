"""Frequent terms of a corpus that the term base lacks, as an analyst's list to fill in.

Candidates are runs of content words (English) and of nouns (Chinese, tagged by jieba). They are ranked by C-value
(Frantzi, Ananiadou and Mima 2000: frequent, long, and seldom only a part of something longer) times how rare their
words are in general language (wordfreq). The other side is given where a text has it in brackets.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2, log10
from pathlib import Path
from typing import Any, NamedTuple

from wivtext.errors import MissingExtra
from wivtext.hanzi import simplified
from wivtext.reading import LARGEST, read
from wivtext.records import Displayed, Document, Language
from wivtext.terms import COLUMNS, TermBase
from wivtext.terms.files import PROPOSED
from wivtext.terms.index import TOKEN, stem

_LONGEST: dict[Language, int] = {"en": 4, "zh": 5}  # words
_COMMON = 8.0  # Zipf: "the"; a word that general language lacks has 0
_EVERYDAY: dict[Language, float] = {"en": 3.4, "zh": 3.5}  # Zipf from which a single word is no term by itself
_EXAMPLE = 160  # characters
_WORDS = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]*(?:[-'’.][A-Za-z0-9\u00c0-\u024f]+)*|[^\w\s]|\d\S*")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_GLOSS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r" ?[（(] ?[“\"]?([\u4e00-\u9fff·]{2,20})[”\"]? ?[,，;；）)]"),
    "zh": re.compile(r"[”\"]? ?[（(] ?([A-Za-z][A-Za-z0-9 .&’'-]{1,60}?) ?[,，;；）)]"),
}
_NOUNS = ("n", "j", "eng", "vn", "an", "l", "i")
_BEFORE_NOUNS = (*_NOUNS, "b", "a", "v", "zg", "ng", "vg")


@dataclass(frozen=True, slots=True)
class Proposal(Displayed):
    """A term that the term base lacks; `other` is its other side where a text gives it."""

    language: Language
    term: str
    count: int
    documents: int
    score: float
    other: str
    example: str


class Word(NamedTuple):
    """A word of a sentence, and whether a term may begin with it, end with it, and be it alone."""

    text: str
    start: int
    end: int
    may_begin: bool = True
    may_end: bool = True
    may_be_all: bool = True


@dataclass(slots=True)
class _Candidate:
    size: int
    surfaces: Counter[str] = field(default_factory=Counter)
    places: list[tuple[int, str]] = field(default_factory=list)
    longer: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.places)


def propose(
    paths: Iterable[Path], terms: TermBase, *, least: int = 3, most: int = 100, largest: int = LARGEST
) -> list[Proposal]:
    """The terms of documents that `terms` lacks, at most so many of each language, the likeliest first.

    Raises `DocumentError` for a file that can't be read, `MissingExtra` where the packages for this are not installed.
    """
    return propose_from([read(path, largest=largest) for path in paths], terms, least=least, most=most)


def propose_from(documents: Sequence[Document], terms: TermBase, *, least: int = 3, most: int = 100) -> list[Proposal]:
    """As `propose`, from documents that are read already."""
    found: list[Proposal] = []
    for language in ("en", "zh"):
        sentences = [
            (number, simplified(sentence.text) if document.script == "traditional" else sentence.text)
            for number, document in enumerate(documents)
            for sentence in document.sentences
            if sentence.language == language
        ]
        found += _proposals(sentences, language, terms, least)[:most]
    return found


def as_tsv(proposals: Iterable[Proposal]) -> str:
    """A term file with the empty cells to be filled in; the note has the count and an example.

    >>> proposal = Proposal("en", "zonal architecture", 7, 2, 9.1, "", "A zonal architecture saves wire.")
    >>> as_tsv([proposal]).splitlines()[1].split("\\t")[5]
    'proposed: 7 times in 2 documents: A zonal architecture saves wire.'
    """
    rows = [COLUMNS, *(_row(proposal) for proposal in proposals)]
    return "".join("\t".join(row) + "\n" for row in rows)


def _row(proposal: Proposal) -> tuple[str, ...]:
    pair = (proposal.term, proposal.other) if proposal.language == "en" else (proposal.other, proposal.term)
    documents = "1 document" if proposal.documents == 1 else f"{proposal.documents} documents"
    note = f"{PROPOSED}{proposal.count} times in {documents}: {proposal.example}"
    return (*pair, "", "", "", " ".join(note.split()))


def _proposals(sentences: Sequence[tuple[int, str]], language: Language, terms: TermBase, least: int) -> list[Proposal]:
    candidates = _candidates(sentences, language, terms)
    frequent = {key: candidate for key, candidate in candidates.items() if candidate.count >= least}
    _nest(frequent)
    texts = [text for _, text in sentences]
    rated = ((_score(candidate, language), key) for key, candidate in frequent.items())
    chosen = sorted(((score, key) for score, key in rated if score > 0), key=lambda pair: (-pair[0], pair[1]))
    return [_proposal(frequent[key], score, language, texts) for score, key in chosen]


def _candidates(sentences: Sequence[tuple[int, str]], language: Language, terms: TermBase) -> dict[str, _Candidate]:
    words_of = _english_runs if language == "en" else _chinese_runs
    found: dict[str, _Candidate] = {}
    for document, text in sentences:
        known = [(match.start, match.end) for match in terms.match(text, language)]
        for run in words_of(text, terms):
            for words in _parts(run, _LONGEST[language]):
                start, end = words[0].start, words[-1].end
                if _is_new(start, end, known) and _may_be_term(words, language):
                    key = _key([word.text for word in words], language)
                    candidate = found.setdefault(key, _Candidate(len(words)))
                    candidate.surfaces[text[start:end]] += 1
                    candidate.places.append((document, text))
    parts = frozenset(part for _, text in sentences for part in _parts_of_names(text)) if language == "en" else ()
    return {
        key: candidate
        for key, candidate in found.items()
        if candidate_name(candidate) not in parts and not terms.find(candidate_name(candidate), language)
    }


def _parts(run: Sequence[Word], longest: int) -> Iterator[Sequence[Word]]:
    for first, begin in enumerate(run):
        for last in range(first, min(first + longest, len(run))):
            if begin.may_begin and run[last].may_end:
                yield run[first : last + 1]


def _is_new(start: int, end: int, known: Sequence[tuple[int, int]]) -> bool:
    """Whether a span is no known term, no part of one, and goes through none."""
    for left, right in known:
        if start < right and left < end and not (start <= left and right <= end and (start, end) != (left, right)):
            return False
    return True


def _may_be_term(words: Sequence[Word], language: Language) -> bool:
    if language == "zh":
        first, last = words[0].text[0], words[-1].text[-1]
        if first in _stops("chinese_first") or last in _stops("chinese_last"):
            return False
    text = words[0].text
    if len(words) > 1:
        return language == "zh" or not (all(word.text.isupper() for word in words) or _is_repeated(words))
    if not words[0].may_be_all:
        return False
    if language == "zh":
        return len(text) > 1 and _zipf(text, "zh") < _EVERYDAY["zh"]
    is_code = text.isupper() and len(text) > 1
    return is_code or (len(text) > 3 and _zipf(text.lower(), "en") < _EVERYDAY["en"])


def _is_repeated(words: Sequence[Word]) -> bool:
    return len({word.text.lower() for word in words}) == 1


def _english_runs(text: str, terms: TermBase) -> Iterator[list[Word]]:
    """Runs of words that are no function words, verbs of every day, numbers or marks."""
    run: list[Word] = []
    for match in _WORDS.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        if _is_plain(word) or not word[0].isalpha():
            yield run
            run = []
            continue
        lower = word.lower()
        ends = not lower.endswith(("ly", "ed")) and not (lower.endswith("ing") and not word[0].isupper() and not run)
        start, end = match.start(), match.start() + len(word)
        run.append(Word(word, start, end, not lower.endswith("ly"), ends, not _is_part_of_name(text, start, end)))
        if word != match[0]:  # a possessive ends a term
            yield run
            run = []
    yield run


def _chinese_runs(text: str, terms: TermBase) -> Iterator[list[Word]]:
    """Runs of nouns and what stands before nouns."""
    run: list[Word] = []
    position = 0
    for word, flag in _tagger(terms.digest, tuple(entry.zh for entry in terms.entries if entry.own)).cut(text):
        start, position = position, position + len(word)
        fits = flag.startswith(_BEFORE_NOUNS) and word not in _stops("chinese") and word.strip() and not word.isdigit()
        if not fits or (flag.startswith("nr") and not _is_whole_name(word, text, start, position)):
            yield run
            run = []
            continue
        alone = flag.startswith(("n", "j", "eng")) and not flag.startswith(("ng", "ns"))
        run.append(Word(word, start, position, flag not in ("ng", "vg", "v", "zg"), flag.startswith(_NOUNS), alone))
    yield run


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital stands beside another one: a surname, a first name."""
    if not text[start].isupper():
        return False
    before, after = text[:start].rstrip(" ")[-24:].split(" ")[-1], text[end : end + 2]
    return before[:1].isupper() or (after[:1] == " " and after[1:].isupper())


def _parts_of_names(text: str) -> Iterator[str]:
    """Words with a capital that stand beside another one: no term by themselves."""
    for match in _WORDS.finditer(text):
        if _is_part_of_name(text, *match.span()):
            yield match[0].removesuffix("'s").removesuffix("’s")


def _is_whole_name(word: str, text: str, start: int, end: int) -> bool:
    """Whether a person's name has its surname, and is not half of a foreign one."""
    from wivtext.romanization import surname_of

    before = text[max(start - 1, 0) : start]
    if len(word) < 2 or "·" in before + text[end : end + 1]:
        return False
    return surname_of(word) is not None and surname_of(f"{before}{word}") != before


@lru_cache(maxsize=2)
def _tagger(digest: str, own: tuple[str, ...]) -> Any:
    """jieba's tagger, which knows the analyst's own terms as words; `digest` keeps taggers apart."""
    import logging
    import warnings

    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba asks for pkg_resources where there is one
        try:
            import jieba
            from jieba.posseg import POSTokenizer
        except ImportError as error:
            raise MissingExtra("jieba", "terms") from error

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    folder = Path(platformdirs.user_cache_dir("wivtext", appauthor=False))
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)  # not the machine's temporary folder, where anybody may write
    for form in own:
        tokenizer.add_word(form, tag="nz")
    return POSTokenizer(tokenizer)


def _is_plain(word: str) -> bool:
    lower = word.lower().replace("’", "'")
    stops = _stops("english")
    if lower in stops:
        return True
    bases = {lower[:-1], lower[:-2], lower[:-2] + "e", lower[:-3], lower[:-3] + "e", lower[:-3] + "y"}
    return lower.endswith(("s", "ed", "ing")) and not word.isupper() and bool(bases & _stops("verbs"))


@lru_cache(maxsize=4)
def _stops(name: str) -> frozenset[str]:
    lists = json.loads((Path(__file__).parent.parent / "data" / "proposals.json").read_text(encoding="utf-8"))
    return frozenset(lists[name])


def _key(words: Sequence[str], language: Language) -> str:
    if language == "zh":
        return "".join(words)
    return " ".join(stem(part) for word in words for part in TOKEN.findall(word))


def candidate_name(candidate: _Candidate) -> str:
    """The form a candidate is called by: the one it has most, small letters before capitals, one before several."""
    form = min(candidate.surfaces, key=lambda form: (-candidate.surfaces[form], _capitals(form), len(form), form))
    last = form.split(" ")[-1]
    one = stem(last)
    is_plural = last.islower() and last.isascii() and one != last and _zipf(one, "en") > _zipf(last, "en") - 1
    return form.removesuffix(last) + one if is_plural else form


def _capitals(form: str) -> int:
    return sum(letter.isupper() for letter in form)


def _nest(candidates: dict[str, _Candidate]) -> None:
    """Tell each candidate of the longer ones that it is a part of."""
    by_part: dict[str, list[str]] = defaultdict(list)
    for key in candidates:
        for part in _inner(key):
            by_part[part].append(key)
    for key, candidate in candidates.items():
        candidate.longer = {longer: candidates[longer].count for longer in by_part[key]}


def _inner(key: str) -> set[str]:
    """The parts of a key: runs of its words, or of its characters where it has no spaces."""
    units, between = (key.split(" "), " ") if " " in key or key.isascii() else (list(key), "")
    sizes = range(1, len(units))
    return {between.join(units[start : start + size]) for size in sizes for start in range(len(units) - size + 1)}


def _score(candidate: _Candidate, language: Language) -> float:
    """C-value times the rarity of the words; 0 for what stands (nearly) only in something longer."""
    inside = max(candidate.longer.values(), default=0)
    if inside and candidate.count - inside < max(2, 0.3 * candidate.count):
        return 0.0
    mean = sum(candidate.longer.values()) / len(candidate.longer) if candidate.longer else 0.0
    name = candidate_name(candidate)
    words = [word.lower() for word in TOKEN.findall(name)] if language == "en" else _chinese_units(name)
    rarity = sum(1 - min(_zipf(word, language), _COMMON) / _COMMON for word in words) / max(1, len(words))
    return round(log2(candidate.size + 1) * (candidate.count - mean) * rarity, 2)


def _chinese_units(name: str) -> list[str]:
    return [name[start : start + 2] for start in range(0, len(name), 2)]


def _zipf(word: str, language: Language) -> float:
    """How common a word is in general language: 3 is once in a million words, 0 for one that is not known."""
    frequency = _frequencies(language).get(word, 0.0)
    return max(0.0, log10(frequency) + 9) if frequency else 0.0


@lru_cache(maxsize=2)
def _frequencies(language: Language) -> dict[str, float]:
    import wordfreq

    found: dict[str, float] = wordfreq.get_frequency_dict(language)
    return found


def _proposal(candidate: _Candidate, score: float, language: Language, texts: Sequence[str]) -> Proposal:
    name = candidate_name(candidate)
    example = min((text for _, text in candidate.places), key=lambda text: abs(len(text) - _EXAMPLE // 2))
    documents = len({document for document, _ in candidate.places})
    other = _gloss(candidate.surfaces, language, [text for _, text in candidate.places])
    return Proposal(language, name, candidate.count, documents, score, other, example[:_EXAMPLE])


def _gloss(forms: Iterable[str], language: Language, texts: Sequence[str]) -> str:
    """What stands in brackets after a term, in the other language."""
    for form in forms:
        for text in texts:
            for found in re.finditer(re.escape(form), text):
                match = _GLOSS[language].match(text, found.end())
                if match:
                    return match[1].strip()
    return ""
