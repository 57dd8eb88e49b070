"""Which of a beam's hypotheses says most of the source: the model's score and the lexicon's words.

Small models skip words, and their own scores don't mind. `training/coverage.py` measures what a lost word is worth.
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

VERSION = 1
LOST = 2.0  # nats of mean log-probability that it is worth to lose no word of those that the lexicon knows


@dataclass(frozen=True)
class Coverage:
    """Chooses among the candidates of segments, one direction."""

    lexicon: Lexicon
    source: Language
    target: Language

    def best(self, segment: Segment, candidates: Sequence[Candidate]) -> Candidate:
        """The best candidate; the first of those that are equal."""
        ranks = [
            (candidate.score or 0.0) - LOST * lost
            for candidate, lost in zip(candidates, self.lost(segment.text, candidates), strict=True)
        ]
        return candidates[ranks.index(max(ranks))]

    def lost(self, text: str, candidates: Sequence[Candidate]) -> list[float]:
        """The share of a text's words that each candidate has lost."""
        words = self.lexicon.words(text, self.source)
        return [words.lost_in(candidate.text) for candidate in candidates]
