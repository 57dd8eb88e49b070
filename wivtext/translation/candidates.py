"""Ask an engine, check its answer, ask in other ways what failed, and keep the best.

The ways: the sentence with its terms; the engine's other answers; without the terms; clause by clause; with hints for
words that got lost; with terms put in that did not come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from wivtext import typography
from wivtext.checking import check
from wivtext.checking.repeats import repeats
from wivtext.engines import AlternativesTranslator, Candidate, HintedTranslator, PlacingTranslator, Segment, Translator
from wivtext.errors import EngineError
from wivtext.quantities.repair import repair
from wivtext.records import Finding, Language, TermPair
from wivtext.translation import articles
from wivtext.translation.cache import TranslationCache, cache_key
from wivtext.translation.segments import Clause, clauses, estimate, keep_ending, keep_quotes, rejoin
from wivtext.translation.term_repair import adds_nothing, missing, repair_terms, repaired

# Segments and their drafts, source and target language; candidates for each.
_Reviser = Callable[[Sequence[Segment], Sequence[str], Language, Language], list[list[Candidate]]]

ALTERNATIVES = 4
_BATCH = 256  # segments asked for, and kept in the cache, at once
LESS_LIKELY = 0.2  # mean log-probability that a candidate with hints may lose for the words that it gains
_SHORTEST_CLAUSE = 12  # tokens: what is shorter has too little context to be translated alone

# How bad a finding is, when candidates are compared; what weighs less than TOLERABLE is not worth asking again.
WEIGHTS = {
    "loop": 10.0,
    "untranslated": 10.0,
    "omission": 6.0,
    "addition": 3.0,
    "marker": 5.0,
    "term": 3.0,
    "name": 2.0,
    "negation": 2.0,
}
WEIGHTS |= {"punctuation": 0.5, "repaired": 0.9}
_OTHER = 4.0
REPEATS = 1.0  # what a line that says something twice weighs: worth asking again, and no finding
TOLERABLE = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate for a sentence so far, finished, with what the checks found in it."""

    text: str
    score: float | None
    findings: tuple[Finding, ...]
    engine: str = ""  # the signature of the one that made it, where that is not the first
    repeats: bool = False

    @property
    def weight(self) -> float:
        """How much is wrong with it, 0 for nothing."""
        return sum(WEIGHTS.get(finding.kind, _OTHER) for finding in self.findings) + REPEATS * self.repeats

    def is_better_than(self, other: Choice) -> bool:
        """By findings, then by the engine's own score."""
        if self.weight != other.weight:
            return self.weight < other.weight
        return self.score is not None and other.score is not None and self.score > other.score


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence to translate, and the terms that have to come out."""

    text: str
    terms: tuple[TermPair, ...] = ()


@dataclass(frozen=True)
class Desk:
    """One engine, one direction, one cache."""

    engine: Translator
    source: Language
    target: Language
    cache: TranslationCache | None = None
    max_tokens: int = 200
    _seen: dict[str, list[Candidate]] = field(default_factory=dict)
    _judged: dict[tuple[Task, str, float | None], Choice] = field(default_factory=dict)

    @property
    def way(self) -> tuple[Language, Language, TranslationCache | None, int]:
        """Everything but the engine, for a desk of another."""
        return self.source, self.target, self.cache, self.max_tokens

    def translate(self, sentences: Sequence[Task]) -> list[Choice]:
        """The best translation of each sentence that the engine can be brought to give."""
        choices = self._try(
            sentences, [self._pieces(sentence, sentence.terms, self.max_tokens) for sentence in sentences]
        )
        for way in (self._others, self._without_terms, self._by_clauses):
            failing = [place for place, choice in enumerate(choices) if choice.weight >= TOLERABLE]
            if not failing:
                break
            for place, choice in zip(failing, way([sentences[place] for place in failing]), strict=True):
                if choice and choice.is_better_than(choices[place]):
                    choices[place] = choice
        return self._with_terms(sentences, self._with_hints(sentences, choices))

    def _with_hints(self, sentences: Sequence[Task], choices: list[Choice]) -> list[Choice]:
        """The choices, made anew where words got lost, the engine knows them and nothing else suffers."""
        engine = self.engine
        if not isinstance(engine, HintedTranslator):
            return choices
        short = [place for place, sentence in enumerate(sentences) if estimate(sentence.text) <= self.max_tokens]
        drafts = {sentences[place]: choices[place].text for place in short if choices[place].text}
        answers = dict(zip(drafts, self._ask_again(drafts, "hints for", engine.with_hints), strict=True))
        return [
            self._unless_worse(sentence, draft, answers.get(sentence, []))
            for sentence, draft in zip(sentences, choices, strict=True)
        ]

    def _unless_worse(self, sentence: Task, draft: Choice, candidates: Sequence[Candidate]) -> Choice:
        for candidate in candidates:
            if candidate.score is None or draft.score is None or candidate.score <= draft.score - LESS_LIKELY:
                continue
            choice = self._judge(sentence, candidate.text, candidate.score)
            if choice.weight <= draft.weight:
                return choice
        return draft

    def _with_terms(self, sentences: Sequence[Task], choices: list[Choice]) -> list[Choice]:
        """The choices, with the terms put in that they lack, where the engine can and nothing else suffers."""
        lacking = [place for place, choice in enumerate(choices) if any(f.kind == "term" for f in choice.findings)]
        lacking = [place for place in lacking if estimate(sentences[place].text) <= self.max_tokens]
        if not isinstance(self.engine, PlacingTranslator) or not lacking:
            return choices
        choices = list(choices)
        drafts = {sentences[place]: choices[place].text for place in lacking}
        versions = self._ask_again(drafts, "terms into", self.engine.place_terms)
        for place, candidates in zip(lacking, versions, strict=True):
            sentence, draft = sentences[place], choices[place]
            absent = missing(sentence.text, draft.text, self.target, sentence.terms)
            for candidate in candidates:
                choice = self._judge(sentence, candidate.text, candidate.score)
                left = missing(sentence.text, choice.text, self.target, sentence.terms)
                notes = tuple(repaired(pair) for pair in absent if pair not in left)
                choice = replace(choice, findings=(*notes, *choice.findings))
                if adds_nothing(choice.findings, draft.findings) and choice.weight < choices[place].weight:
                    choices[place] = choice
        return choices

    def _others(self, sentences: Sequence[Task]) -> list[Choice | None]:
        if not isinstance(self.engine, AlternativesTranslator):
            return [None] * len(sentences)
        short = [s for s in sentences if estimate(s.text) <= self.max_tokens]
        segments = [Segment(sentence.text, sentence.terms) for sentence in short]
        answers = dict(zip(short, self._ask_others(segments), strict=True))
        return [self._best(sentence, answers.get(sentence, [])) for sentence in sentences]

    def _without_terms(self, sentences: Sequence[Task]) -> list[Choice | None]:
        return self._again({s: self._pieces(s, (), self.max_tokens) for s in sentences if s.terms}, sentences)

    def _by_clauses(self, sentences: Sequence[Task]) -> list[Choice | None]:
        """Each sentence in halves, or in clauses, as long as these are not too short."""
        best: list[Choice | None] = [None] * len(sentences)
        for parts in (2, 4):
            limits = {s: min(self.max_tokens, max(_SHORTEST_CLAUSE, estimate(s.text) // parts + 4)) for s in sentences}
            cut = {s: self._pieces(s, s.terms, limits[s]) for s in sentences}
            found = self._again({s: pieces for s, pieces in cut.items() if len(pieces) > 1}, sentences)
            best = [b if a is None or (b and b.is_better_than(a)) else a for a, b in zip(best, found, strict=True)]
        return best

    def _again(self, pieces: dict[Task, list[_Piece]], every: Sequence[Task]) -> list[Choice | None]:
        found = dict(zip(pieces, self._try(list(pieces), list(pieces.values())), strict=True))
        return [found.get(sentence) for sentence in every]

    def _pieces(self, sentence: Task, terms: tuple[TermPair, ...], limit: int) -> list[_Piece]:
        parts = clauses(sentence.text, limit)
        return [_Piece(part, Segment(part.text, tuple(t for t in terms if t.source in part.text))) for part in parts]

    def _try(self, sentences: Sequence[Task], pieces: Sequence[list[_Piece]]) -> list[Choice]:
        answers = iter(self._ask([piece.segment for parts in pieces for piece in parts]))
        choices = []
        for sentence, parts in zip(sentences, pieces, strict=True):
            got = [next(answers) for _ in parts]
            text = rejoin([part.clause for part in parts], [answer.text for answer in got], self.target)
            choices.append(self._judge(sentence, text, _mean_score(got)))
        return choices

    def _best(self, sentence: Task, candidates: Iterable[Candidate]) -> Choice | None:
        best = None
        for candidate in candidates:
            choice = self._judge(sentence, candidate.text, candidate.score)
            if best is None or choice.is_better_than(best):
                best = choice
        return best

    def _judge(self, sentence: Task, text: str, score: float | None) -> Choice:
        """The finished form of a candidate, what could be repaired in it repaired, and what the checks find in it."""
        asked = sentence, text, score
        if asked not in self._judged:  # one way of asking often gives what another has given
            self._judged[asked] = self._finish(sentence, text, score)
        return self._judged[asked]

    def _finish(self, sentence: Task, text: str, score: float | None) -> Choice:
        text = finished(text, self.target)
        text = keep_ending(sentence.text, keep_quotes(sentence.text, text, self.target))
        text, repairs = repair(sentence.text, text, self.source, self.target)
        text, placed = repair_terms(sentence.text, text, self.source, self.target, sentence.terms)
        findings = check(sentence.text, text, self.source, self.target, sentence.terms)
        twice = repeats(sentence.text, text, self.target)
        return Choice(text, score, (*repairs, *placed, *findings), repeats=twice)

    def _ask(self, segments: Sequence[Segment]) -> list[Candidate]:
        keys = [cache_key(segment, self.source, self.target, self.engine.signature) for segment in segments]
        self._fill(keys, segments, lambda batch: [[c] for c in self.engine.translate(batch, self.source, self.target)])
        return [self._seen[key][0] for key in keys]

    def _ask_others(self, segments: Sequence[Segment]) -> list[list[Candidate]]:
        engine = self.engine
        assert isinstance(engine, AlternativesTranslator)
        use = f"{ALTERNATIVES} alternatives"
        keys = [cache_key(segment, self.source, self.target, engine.signature, use) for segment in segments]
        self._fill(keys, segments, lambda batch: engine.alternatives(batch, self.source, self.target, ALTERNATIVES))
        return [self._seen[key] for key in keys]

    def _ask_again(self, drafts: dict[Task, str], use: str, engine: _Reviser) -> list[list[Candidate]]:
        """What the engine makes of each draft in one of its ways; the draft itself where it makes nothing of it."""
        texts = {Segment(task.text, task.terms): draft for task, draft in drafts.items()}
        signature = self.engine.signature
        keys = [cache_key(s, self.source, self.target, signature, f"{use} {draft}") for s, draft in texts.items()]

        def ask(batch: list[Segment]) -> list[list[Candidate]]:
            found = engine(batch, [texts[segment] for segment in batch], self.source, self.target)
            return [versions or [Candidate(texts[segment])] for segment, versions in zip(batch, found, strict=True)]

        self._fill(keys, list(texts), ask)
        return [self._seen[key] for key in keys]

    def _fill(
        self, keys: Sequence[str], segments: Sequence[Segment], ask: Callable[[list[Segment]], list[list[Candidate]]]
    ) -> None:
        """Have an answer for every key: from before, from the cache, from the engine; the longest segments first."""
        if self.cache:
            self._seen.update(self.cache.get(key for key in keys if key not in self._seen))
        missing = {key: segment for key, segment in zip(keys, segments, strict=True) if not self._seen.get(key)}
        order = sorted(missing, key=lambda key: (-len(missing[key].text), key))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            answers = ask([missing[key] for key in batch])
            if len(answers) != len(batch):
                name = self.engine.signature
                raise EngineError(
                    f"{name}: {len(answers)} answers for {len(batch)} segments; this is the engine's defect"
                )
            fresh = dict(zip(batch, answers, strict=True))
            self._seen.update(fresh)
            if self.cache:
                self.cache.put(fresh)


@dataclass(frozen=True, slots=True)
class _Piece:
    clause: Clause
    segment: Segment


def finished(text: str, language: Language) -> str:
    """A text with the punctuation of its language, and the right articles.

    >>> finished(" 他说:好. ", "zh"), finished("it is a end.", "en")
    ('他说：好。', 'It is an end.')
    """
    text = " ".join(text.split())
    return typography.chinese(text) if language == "zh" else articles.corrected(typography.english(text))


def _mean_score(candidates: Sequence[Candidate]) -> float | None:
    scores = [candidate.score for candidate in candidates if candidate.score is not None]
    return sum(scores) / len(scores) if scores else None
