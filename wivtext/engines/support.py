"""Which source sentences stand behind a line that a model wrote: by shared words, every figure and every name.

Words weigh more the rarer they are in the passage: what all sentences share ("the company", "公司") proves little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from wivtext.checking.support import unsupported
from wivtext.records import Sentence

# A paraphrase keeps a good part of its source's words; below this share the line speaks of something else.
ENOUGH_SHARED = 0.25
_STEM = 5  # letters that "investment" and "invested" have in common

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


def supports(sentences: Sequence[Sentence], text: str, passage: Sequence[Sentence]) -> bool:
    """Whether `sentences`, some of those of `passage`, bear out `text`: its figures, its people, enough of its words.

    Other names may stand elsewhere in the passage: "BYD" for "the company".

    >>> said = Sentence(0, 0, 27, "BYD sold 4.27 million cars.", 0, "en")
    >>> supports([said], "Car sales of BYD: 4,270,000", [said]), supports([said], "BYD sold 5 million cars", [said])
    (True, False)
    >>> supports([said], "Tesla sold 4.27 million cars", [said])
    False
    """
    said = [sentence.text for sentence in sentences]
    if unsupported(text, said, around=[sentence.text for sentence in passage]):
        return False
    source = " ".join(said)
    return _shared(_words(text), _words(source), _weights(passage)) >= ENOUGH_SHARED


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


def _words(text: str) -> frozenset[str]:
    """Latin words cut to a stem, and pairs of neighbouring hanzi."""
    words: set[str] = set()
    for run in _RUNS.findall(text.lower()):
        if "\u3400" <= run[0] <= "\u9fff":
            words.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        else:
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
