"""The text form that the embedded models read and write: their spaces and quotation marks, and terms given in line.

The recipe that trains them (`training/text.py`) has the same rules; a test holds the two together.

>>> annotate("报告称Sang到了罗勇府。", (TermPair("罗勇府", "Rayong"),), "zh")
'报告称 Sang到了<term>罗勇府<as> Rayong</term>。'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from wivtext.lexicon import Hint
from wivtext.records import Language, TermPair

FORM = "form 2"  # in the engine's signature
TERM, AS, END = "<term>", "<as>", "</term>"

_WIDE = r"\u2e80-\u2fff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·"
_SPACE_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}]) (?=\S)|(?<=\S) (?=[{_WIDE}])")
_LATIN_AFTER_WIDE = re.compile(rf"(?<=[{_WIDE}>])(?=[A-Za-z\u00c0-\u024f])")
_MARKS = re.compile(r"</?term>|<as>|<r[0-7]>")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_DASH = re.compile(r"(?<=\S)(?: ?(?:—{1,2}|--) ?| – )(?=\S)")
_PRINTED_DASH = re.compile(r"(?<=[^\s\d]) [-–] (?=\S)|(?<=\S) [-–] (?=[^\s\d])")
_DATELINE = 80  # characters at most
_SMALL = frozenset(["and", "de", "del", "of", "the"])
_PLACEHOLDERS = range(0xE000, 0xF900)  # private use: no text has them but by accident


def to_model(text: str, language: Language) -> str:
    """Text of one language as the models know it.

    In Chinese a Latin word gets a space before it, so that its pieces are those it has in English.

    >>> to_model("“OK”,  he said", "en"), to_model('董事长 Sang说"OK"', "zh")
    ('"OK", he said', '董事长 Sang说“ OK”')
    >>> to_model("OSLO (AP) — A plan—the third—failed.", "en")
    'OSLO (AP) — A plan - the third - failed.'
    """
    text = _MARKS.sub(" ", text)  # not by nothing: "<te<term>rm>" would become one
    return _dashed(_tidy(text.translate(_STRAIGHT))) if language == "en" else _spaced(text)


def from_model(text: str, language: Language) -> str:
    """What a model wrote, with the spaces of its Chinese taken out again, its English dashes printed, and no marks.

    >>> from_model("董事长 Sang说“ OK”", "zh"), from_model("A record - the third - in May.", "en")
    ('董事长Sang说“OK”', 'A record — the third — in May.')
    """
    text = _tidy(_MARKS.sub("", text))
    return _PRINTED_DASH.sub(" — ", text) if language == "en" else _SPACE_BESIDE_WIDE.sub("", text)


def annotate(text: str, terms: Sequence[TermPair], source: Language, hints: Sequence[Hint] = ()) -> str:
    """The text in the models' form with every place of a term marked and its translation given; hints look the same.

    >>> annotate("He said Lanchi Auto grew.", (TermPair("Lanchi Auto", "澜驰汽车"),), "en")
    'He said<term> Lanchi Auto<as>澜驰汽车</term> grew.'
    """
    terms_there = [(start, end, pair.target) for start, end, pair in term_places(text, terms, source)]
    places = sorted([*terms_there, *((hint.start, hint.end, hint.target) for hint in hints)])
    free = (chr(code) for code in _PLACEHOLDERS if chr(code) not in text)
    given: dict[str, str] = {}
    for (start, end, target), placeholder in zip(reversed(places), free, strict=False):
        given[placeholder] = _given(text[start:end], target, source)
        text = f"{text[:start]}{placeholder}{text[end:]}"
    text = to_model(text, source)
    for placeholder, annotation in given.items():
        text = text.replace(f" {placeholder}", annotation).replace(placeholder, annotation)
    return text if source == "en" else _spaced(text)


def term_places(text: str, terms: Sequence[TermPair], source: Language) -> list[tuple[int, int, TermPair]]:
    """Where the terms stand in a text, from left to right; where they overlap, the longest.

    >>> pairs = (TermPair("car", "汽车"), TermPair("car maker", "车企"))
    >>> [(start, end, pair.target) for start, end, pair in term_places("A car maker sells cars.", pairs, "en")]
    [(2, 11, '车企'), (18, 22, '汽车')]
    """
    taken: list[tuple[int, int, TermPair]] = []
    for pair in sorted(terms, key=lambda pair: -len(pair.source)):
        for start, end in _places(text, pair.source, source):
            if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
                taken.append((start, end, pair))
    return sorted(taken, key=lambda place: place[0])


def _places(text: str, term: str, source: Language) -> Iterator[tuple[int, int]]:
    """Whole words only, as far as the script has words; an English plural counts."""
    if not term.strip():
        return
    pattern = re.escape(term)
    if source == "en":
        pattern = rf"(?<![\w-]){pattern}(?:s|es)?(?![\w-])"
    else:
        pattern = (r"(?<![A-Za-z0-9])" if term[0].isascii() else "") + pattern
        pattern += r"(?![A-Za-z0-9])" if term[-1].isascii() else ""
    yield from (match.span() for match in re.finditer(pattern, text))


def _given(term: str, target: str, source: Language) -> str:
    """One annotation, with its spaces where training had them."""
    term, target = _MARKS.sub(" ", term), _MARKS.sub(" ", target)
    if source == "en":
        return f"{TERM} {to_model(term, 'en')}{AS}{_spaced(target)}{END}"
    return f"{TERM}{_spaced(term)}{AS} {_tidy(target)}{END}"


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _dashed(text: str) -> str:
    """English: a dash is " - " wherever it stands, but behind a dateline, where the models know no other than "—"."""
    return _DASH.sub(lambda dash: dash[0] if _stays(text, dash) else " - ", text)


def _stays(text: str, dash: re.Match[str]) -> bool:
    before, after = text[: dash.start()], text[dash.end()]
    if before[-1].isdigit() and after.isdigit():  # a range
        return True
    words = before.split() if len(before) <= _DATELINE else ["long"]
    place = all(not word.lstrip("(\"'")[:1].islower() or word in _SMALL for word in words)
    return place and not after.islower()


def _spaced(text: str) -> str:
    """Chinese: no space beside a wide character, paired quotation marks, a space before Latin letters."""
    text = _SPACE_BESIDE_WIDE.sub("", _tidy(text))
    if text.count('"') % 2 == 0:
        pieces = text.split('"')
        text = pieces[0] + "".join(f"{'“' if i % 2 == 0 else '”'}{piece}" for i, piece in enumerate(pieces[1:]))
    return _LATIN_AFTER_WIDE.sub(" ", text)
