"""Anybody's summary of a document, held against it: each sentence with those that bear it out, or what they don't.

The summary may be in either language. Where it says which sentences it rests on, "[3, 5]" as in a brief, these are
taken; else the likeliest are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wivtext.checking.claims import KIND, language_of
from wivtext.checking.likest import shares
from wivtext.engines import Passage
from wivtext.engines.support import refusals
from wivtext.reading import sentences
from wivtext.records import Attribution, Displayed, Document, Finding, Point, Sentence
from wivtext.settings import SummarySettings
from wivtext.summary import document_passage
from wivtext.terms import TermBase

_BULLET = re.compile(r"\s*(?:[-*+•·] |\d{1,2}[.)、](?!\d) ?|[（(]\d{1,2}[）)] ?)")
_CITED = re.compile(r"(?: ?\[[\d ,，、]{1,60}\]){1,5} ?⚠? ?$")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# Sentences that are tried, that a line may draw together, and what of the likeliest's likeness they have.
_LIKELY, _MOST, _SHARE = 8, 4, 0.4


@dataclass(frozen=True, slots=True)
class SummaryLine(Displayed):
    """A sentence of a summary, the number of its line, and what was found; `point.sentences` are those behind it."""

    line: int
    point: Point


def check_summary(
    text: str, document: Document, *, attribution: Attribution | None = None, terms: TermBase | None = None
) -> tuple[SummaryLine, ...]:
    """The sentences of a summary as points, with findings where the document does not bear them out.

    With an attribution, words put in the mouth of another speaker are found, too. Headings are left aside.

    >>> from wivtext.reading import read_text
    >>> document = read_text("BYD sold 4.27 million cars. It will not raise prices.")
    >>> lines = check_summary("# Sales\\n- BYD sold 4.27 million cars. [1]\\n- 比亚迪将提高价格。", document)
    >>> [(one.line, one.point.sentences, [found.message for found in one.point.findings]) for one in lines]
    [(2, (0,), []), (3, (1,), ['the sentences cited say “not”, and the point does not'])]
    """
    passage = document_passage(document, SummarySettings(), limit=1, attribution=attribution)
    known = terms if terms is not None else TermBase.load()
    made = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.lstrip().startswith("#"):
            made += [SummaryLine(number, point) for point in _points(line, document, passage, known)]
    return tuple(made)


def _points(line: str, document: Document, passage: Passage, terms: TermBase) -> Iterator[Point]:
    """The points of a line; the sentences that it cites stand behind all of them."""
    bullet, cited = _BULLET.match(line), _CITED.search(line)
    body = line[bullet.end() if bullet else 0 : cited.start() if cited else len(line)]
    numbers = sorted({int(number) for number in re.findall(r"\d+", cited[0])}) if cited else []
    for start, end in sentences.split(body, language_of(body)):
        claim = body[start:end].strip()
        if not any(map(str.isalnum, claim)):
            continue
        yield _cited(claim, numbers, document, passage, terms) if numbers else _borne_out(claim, passage, terms)


def _cited(claim: str, numbers: Sequence[int], document: Document, passage: Passage, terms: TermBase) -> Point:
    """A point with the sentences that it says it rests on, counted from 1."""
    places = [number - 1 for number in numbers if 0 < number <= len(document.sentences)]
    findings = [_no_such(number, document) for number in numbers if number - 1 not in places]
    if places:
        findings += refusals(claim, [document.sentences[place] for place in places], passage, terms)
    return Point(claim, tuple(places), findings=tuple(findings))


def _no_such(number: int, document: Document) -> Finding:
    count = len(document.sentences)
    return Finding(KIND, "", f"[{number}]", f"there is no sentence [{number}]: the document has {count}")


def _borne_out(claim: str, passage: Passage, terms: TermBase) -> Point:
    """A point with the sentence most like it, and others as long as they leave less of it unsaid."""
    likely = _likeliest(claim, passage)
    if not likely:
        return Point(claim, (), findings=(Finding(KIND, "", claim, "the document says nothing like the point"),))
    chosen = [likely.pop(0)]  # not what suits it best: beside "will not rise", "rises" is no support
    found = refusals(claim, chosen, passage, terms)
    while likely and found and len(chosen) < _MOST:
        tried = [(refusals(claim, [*chosen, sentence], passage, terms), sentence) for sentence in likely]
        least, best = min(tried, key=lambda one: len(one[0]))
        if len(least) >= len(found):
            break
        found = least
        chosen.append(best)
        likely.remove(best)
    return Point(claim, tuple(sorted(sentence.index for sentence in chosen)), findings=found)


def _likeliest(claim: str, passage: Passage) -> list[Sentence]:
    """The sentences most like a claim, in whatever language, the likeliest first, and those with its figures."""
    language, spoken = language_of(claim), passage.language
    scored = []
    for sentence in passage.sentences:
        there, back = shares(claim, sentence.text, language, spoken)
        scored.append((there + back / 2, sentence))
    scored.sort(key=lambda one: -one[0])
    figures, least = set(_FIGURE.findall(claim)), _SHARE * scored[0][0] if scored else 0.0
    likely = [one for score, one in scored[:_LIKELY] if score > least]
    others = [one for score, one in scored if score > 0 and one not in likely]
    return likely + [one for one in others if figures & set(_FIGURE.findall(one.text))][:_LIKELY]
