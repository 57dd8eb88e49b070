"""Which of a beam's hypotheses says most of the source: the model's score, the lexicon's words, quotation marks.

Small models skip words and quotation marks, and their own scores don't mind. `training/coverage.py` measures what a
lost word is worth.
What a hypothesis adds or says twice was tried as well: it did not help to choose.

>>> from wivtext.lexicon import Lexicon, Row
>>> lexicon = Lexicon([Row("ferry", "渡轮", 0.8, 0.9, 12), Row("harbour", "港口", 0.8, 0.9, 20)])
>>> drafts = [Candidate("渡轮离开了。", -0.5), Candidate("渡轮离开了港口。", -0.6)]
>>> Coverage(lexicon, "en", "zh").best(Segment("The ferry left the harbour."), drafts).text
'渡轮离开了港口。'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wivtext.engines import Candidate, Segment
from wivtext.lexicon import Lexicon
from wivtext.records import Language

VERSION = 2
LOST = 2.0  # nats of mean log-probability that it is worth to lose no word of those that the lexicon knows
QUOTED = 0.2  # what it is worth to have the source's quotation marks
_MARKS = '"“”「」'
_TITLES = "《》"


@dataclass(frozen=True)
class Coverage:
    """Chooses among the candidates of segments, one direction."""

    lexicon: Lexicon
    source: Language
    target: Language

    def best(self, segment: Segment, candidates: Sequence[Candidate]) -> Candidate:
        """The best candidate; the first of those that are equal."""
        ranks = [
            (candidate.score or 0.0) - LOST * lost - QUOTED * (not quotes_alike(segment.text, candidate.text))
            for candidate, lost in zip(candidates, self.lost(segment.text, candidates), strict=True)
        ]
        return candidates[ranks.index(max(ranks))]

    def lost(self, text: str, candidates: Sequence[Candidate]) -> list[float]:
        """The share of a text's words that each candidate has lost."""
        words = self.lexicon.words(text, self.source)
        return [words.lost_in(candidate.text) for candidate in candidates]


def quotes_alike(one: str, other: str) -> bool:
    """Whether two texts have as many quotation marks, where 《》 may stand for some.

    >>> quotes_alike('A "bubble," he says.', "他说是“泡沫”。"), quotes_alike('A "bubble," he says.', "他说是泡沫。”")
    (True, False)
    >>> quotes_alike("她读《红楼梦》。", 'She reads "Dream of the Red Chamber".'), quotes_alike("《时代》", "Time")
    (True, True)
    """
    (least, most), (other_least, other_most) = _quotes(one), _quotes(other)
    return least <= other_most and other_least <= most


def _quotes(text: str) -> tuple[int, int]:
    """How many quotation marks a text has, without and with those of titles."""
    marks = sum(text.count(mark) for mark in _MARKS)
    return marks, marks + sum(text.count(mark) for mark in _TITLES)
