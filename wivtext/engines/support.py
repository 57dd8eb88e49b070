"""Which source sentences stand behind a line that a model wrote: by shared words, every figure and every name.

Words weigh more the rarer they are in the passage: what all sentences share ("the company", "公司") proves little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

from wivtext.checking.claims import HANZI, language_of
from wivtext.checking.likest import LITTLE, share_across
from wivtext.checking.support import KIND, unsupported
from wivtext.engines import Passage, summarizer
from wivtext.records import Finding, Language, Point, Sentence
from wivtext.settings import Settings
from wivtext.terms import TermBase

# A paraphrase keeps a part of its source's words. Below these shares the line speaks of something else: of gold points
# of our training reports one in 200 has less, of points of other documents nine in ten.
_ENOUGH: dict[Language, float] = {"en": 0.11, "zh": 0.045}
_ENOUGH_ACROSS = 0.2
_BACK = (1, 2)  # sentences back, where "he" may have his name
_SHORT = 3  # letters of words that all texts share: the, and, for
_STEM = 5  # letters that "investment" and "invested" have in common

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


def refusals(
    text: str, cited: Sequence[Sentence], passage: Passage, terms: TermBase | None = None
) -> tuple[Finding, ...]:
    """Why a line that a model wrote about `passage` is not borne out by the sentences it cites; () where it is.

    Other names may stand elsewhere in the passage: "BYD" for "the company".

    >>> said = Sentence(0, 0, 27, "BYD sold 4.27 million cars.", 0, "en")
    >>> passage = Passage((said,), "en", 3)
    >>> refusals("Car sales of BYD: 4,270,000", [said], passage)
    ()
    >>> [finding.target for finding in refusals("Tesla sold 4.27 million cars", [said], passage)]
    ['Tesla']
    """
    found = held_against(text, cited, passage, terms)
    if found or _has_enough(text, cited, passage):
        return found
    return (Finding(KIND, "", text, "the sentences cited have too little of what the point says"),)


def strange(text: str, cited: Sequence[Sentence]) -> tuple[Finding, ...]:
    """The finding that a line is not in the language of the sentences it cites, in which engines are asked to write.

    >>> said = Sentence(0, 0, 5, "会议开幕。", 0, "zh")
    >>> [finding.message for finding in strange("The meeting opened.", [said])], strange("BYD会议", [said])
    (['the point is not in the language of the sentences cited'], ())
    """
    spoken = cited[0].language if cited else language_of(text)
    if HANZI.search(text) if spoken == "zh" else language_of(text) == "en":
        return ()
    return (Finding(KIND, "", text, "the point is not in the language of the sentences cited"),)


def held_against(
    text: str, cited: Sequence[Sentence], passage: Passage, terms: TermBase | None = None
) -> tuple[Finding, ...]:
    """The figures, names and "nots" of a line that the sentences it cites don't have."""
    by_index = {sentence.index: sentence for sentence in passage.sentences}
    speaking = dict(zip(by_index, passage.speakers or repeat(passage.speaker), strict=False))
    return unsupported(
        text,
        [sentence.text for sentence in cited],
        before=[by_index[one.index - back].text for one in cited for back in _BACK if one.index - back in by_index],
        around=[passage.title, *(sentence.text for sentence in passage.sentences), *passage.around],
        speakers=tuple(dict.fromkeys(name for one in cited if (name := speaking.get(one.index)))),
        terms=terms,
    )


def replacement(text: str, sentence: Sentence, reasons: Sequence[Finding]) -> Point:
    """The sentence as a point in the place of a model's line, with a finding that says what was refused and why.

    >>> said = Sentence(0, 0, 27, "BYD sold 4.27 million cars.", 0, "en")
    >>> point = replacement("BYD sold 5 million cars.", said, [Finding(KIND, "", "5 million", "no such figure")])
    >>> point.findings[0].message
    'refused: “BYD sold 5 million cars.” (no such figure); this sentence stands in its place'
    """
    why = "; ".join(dict.fromkeys(reason.message for reason in reasons))
    message = f"refused: “{text}” ({why}); this sentence stands in its place"
    return Point(sentence.text, (sentence.index,), findings=(Finding("repaired", sentence.text, text, message),))


def subject(passage: Passage) -> str:
    """What a note about a passage begins with: whom or which document it is about.

    >>> subject(Passage((), "en", 3, title="Sales rise")), subject(Passage((), "zh", 3, speaker="涂可"))
    ('“Sales rise”: ', 'what 涂可 says: ')
    """
    if passage.speaker:
        return f"what {passage.speaker} says: "
    return f"“{passage.title}”: " if passage.title else ""


def chosen_instead(passage: Passage, whose: str, settings: Settings | None = None) -> tuple[Point, ...]:
    """Sentences of a passage that a model has written nothing usable about; the first says so.

    >>> said = Sentence(0, 0, 27, "BYD sold 4.27 million cars.", 0, "en")
    >>> chosen_instead(Passage((said,), "en", 3), "the model")[0].findings[0].message
    'no summary in the answer of the model: sentences were chosen instead'
    """
    points = summarizer("extractive", settings).summarize([passage])[0]
    message = f"no summary in the answer of {whose}: sentences were chosen instead"
    said = Finding("repaired", "", "", message)
    return noted(points, said, place=0)


def noted(points: Sequence[Point], finding: Finding, place: int) -> tuple[Point, ...]:
    """The points, one of them with a finding more."""
    chosen = points[place] if points else None
    return tuple(replace(one, findings=(*one.findings, finding)) if one is chosen else one for one in points)


def nearest(text: str, passage: Sequence[Sentence]) -> Sentence | None:
    """The sentence of `passage` that is most like `text`, the first among equals; None where nothing is shared.

    >>> passage = [Sentence(0, 0, 5, "会议开幕。", 0, "zh"), Sentence(1, 5, 11, "销量创新高。", 0, "zh")]
    >>> nearest("公司销量大增", passage).text
    '销量创新高。'
    """
    wanted, weights = _words(text), _weights(passage)
    scores = [_likeness(wanted, _words(sentence.text), weights) for sentence in passage]
    best = max(scores, default=0.0)
    return passage[scores.index(best)] if best > 0 else None


def _has_enough(text: str, cited: Sequence[Sentence], passage: Passage) -> bool:
    """Whether the sentences have enough of a line's words, in whatever language these are."""
    source = " ".join(sentence.text for sentence in cited)
    language = language_of(text)
    if language != language_of(source):
        return share_across(text, source, language) >= _ENOUGH_ACROSS
    return _shared(_words(text), _words(source), _weights(passage.sentences)) >= _ENOUGH[language]


def _words(text: str) -> frozenset[str]:
    """Latin words cut to a stem, and pairs of neighbouring hanzi."""
    words: set[str] = set()
    for run in _RUNS.findall(text.lower()):
        if "\u3400" <= run[0] <= "\u9fff":
            words.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif run.isdecimal() or (len(run) > _SHORT and run not in LITTLE):
            words.add(run[:_STEM])
    return frozenset(words)


def _weights(passage: Sequence[Sentence]) -> dict[str, float]:
    """The information of each word of the passage: 1 bit less with every doubling of the sentences that have it."""
    counts = Counter(word for sentence in passage for word in _words(sentence.text))
    return {word: math.log2(1 + len(passage) / count) for word, count in counts.items()}


def _shared(wanted: frozenset[str], offered: frozenset[str], weights: dict[str, float]) -> float:
    """The part of `wanted` that `offered` has; words from outside the passage weigh as much as its rarest."""
    unseen = max(weights.values(), default=1.0)
    total = sum(weights.get(word, unseen) for word in wanted)
    return sum(weights.get(word, unseen) for word in wanted & offered) / total if total else 0.0


def _likeness(wanted: frozenset[str], offered: frozenset[str], weights: dict[str, float]) -> float:
    covered, used = _shared(wanted, offered, weights), _shared(offered, wanted, weights)
    return 2 * covered * used / (covered + used) if covered + used else 0.0
