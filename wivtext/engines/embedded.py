"""The translator that comes with the package: two compact Marian models of our own, run by CTranslate2.

    wivtext/embedded/en-zh/     model.bin, config.json, shared_vocabulary.json, tokenizer.model, model.json
    wivtext/embedded/zh-en/

How they want their text is written in `training/README.md` and done in `markup.py`. Words that a draft has lost are
given to them with a translation, as terms are (`wivtext/lexicon.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from wivtext.engines import Candidate, Segment
from wivtext.engines.coverage import VERSION as COVERAGE
from wivtext.engines.coverage import Coverage
from wivtext.engines.decoding import PATIENCE, CTranslate2Decoder
from wivtext.engines.markup import END, FORM, TERM, annotate, from_model, term_places, to_model
from wivtext.engines.sequences import SequenceTranslator
from wivtext.engines.written import Written, written
from wivtext.errors import EngineError, ModelNotFound
from wivtext.lexicon import FILE, Hint, Lexicon, digest
from wivtext.lexicon import SHIPPED as SHIPPED_LEXICON
from wivtext.records import Language, TermPair
from wivtext.settings import Settings

SHIPPED = Path(__file__).parent.parent / "embedded"
DIRECTIONS: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))

_LONGEST = 510  # pieces: the models know 512 positions, and CTranslate2 adds the final token
_REPETITION_PENALTY = 1.0  # none: digits repeat rightly (2,000,000), and loops are dealt with when they come


class EmbeddedTranslator:
    """English to Chinese and back; `model` is "" for the shipped models, or a folder of such (en-zh, zh-en).

    Raises `ModelNotFound` where there is none.
    """

    def __init__(self, model: str, settings: Settings) -> None:
        folder = Path(model).expanduser() if model else SHIPPED
        there = [(source, target) for source, target in DIRECTIONS if (folder / f"{source}-{target}").is_dir()]
        if not there:
            raise ModelNotFound(
                f"{folder}: no embedded models (en-zh, zh-en) here; install wivtext again or choose another engine"
            )
        self._beam, self._hints = settings.translation.beam_size, settings.translation.hints
        self._lexicon = folder / FILE if model else SHIPPED_LEXICON
        self._models = {direction: Model(folder, *direction, settings, self._lexicon) for direction in there}

    @cached_property
    def signature(self) -> str:
        """The engine, version and digest of each model, and what decides on the wording."""
        names = [model.name for model in self._models.values()]
        lexicon = digest(self._lexicon) if self._hints else ""
        hints = [f"hints {self._hints} {lexicon}, coverage {COVERAGE}"] if lexicon else []
        return "|".join(["embedded", *names, FORM, *hints, f"beam {self._beam}, patience {PATIENCE}"])

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment, its terms given to the model in line. See `SequenceTranslator.translate`."""
        return self._model(source, target).translator.translate(segments)

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """See `SequenceTranslator.alternatives`."""
        return self._model(source, target).translator.alternatives(segments, count)

    def with_hints(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """See `Model.with_hints`."""
        return self._model(source, target).with_hints(segments, drafts)

    def place_terms(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        """See `TermPlacer.versions`."""
        return self._model(source, target).translator.place_terms(segments, drafts)

    def _model(self, source: Language, target: Language) -> Model:
        if (source, target) not in self._models:
            raise EngineError(f"embedded: no model {source}-{target} among {self.signature}")
        return self._models[source, target]


class Model:
    """One direction: its facts at once, its weights on first use."""

    def __init__(self, folder: Path, source: Language, target: Language, settings: Settings, lexicon: Path) -> None:
        folder = folder / f"{source}-{target}"
        facts = _facts(folder)
        digests = json.dumps(facts["sha256"], sort_keys=True).encode()
        self.name = f"{folder.name} {facts.get('version', '?')} {hashlib.sha256(digests).hexdigest()[:12]}"
        options = settings.translation
        self._decoder = CTranslate2Decoder(
            folder, threads=options.threads, batch_tokens=options.batch_tokens, longest=_LONGEST
        )
        self._beam, self._most, self._lexicon = options.beam_size, options.hints, lexicon
        self._source, self._target = source, target
        self._tokens = EmbeddedTokens(folder, source, target)
        self.translator = self._by(self._tokens)

    def with_hints(self, segments: Sequence[Segment], drafts: Sequence[str]) -> list[list[Candidate]]:
        """For each draft that has lost words, a translation that was made with hints and has lost fewer, if any."""
        hints = {s: self._lost(s, draft) for s, draft in zip(segments, drafts, strict=True)} if self._most else {}
        asked = [segment for segment, lost in hints.items() if lost]
        answers = dict(zip(asked, self._by(self._tokens.with_hints(hints)).translate(asked), strict=True))
        return [
            [answer] if answer and answer.text and len(self._lost(segment, answer.text)) < len(hints[segment]) else []
            for segment in segments
            for answer in [answers.get(segment)]
        ]

    def _lost(self, segment: Segment, draft: str) -> list[Hint]:
        """Hints for words outside the segment's terms."""
        terms = [(start, end) for start, end, _ in term_places(segment.text, segment.terms, self._source)]
        lexicon = Lexicon.load(self._lexicon)
        return lexicon.hints(segment.text, self._source, taken=terms, draft=draft, most=self._most)

    def _by(self, tokens: EmbeddedTokens) -> SequenceTranslator:
        return SequenceTranslator(
            self._decoder,
            tokens,
            joint=tokens.joint,
            beam_size=self._beam,
            choose=self._best if self._most else None,
            repetition_penalty=_REPETITION_PENALTY,
            disable_unk=True,
        )

    def _best(self, segment: Segment, candidates: Sequence[Candidate]) -> Candidate:
        """Of a beam's candidates the one that covers the segment best."""
        return Coverage(Lexicon.load(self._lexicon), self._source, self._target).best(segment, candidates)


class EmbeddedTokens:
    """The SentencePiece model that both directions share; hints go in line with the segments that have some."""

    start: Sequence[str] = ()
    end: Sequence[str] = ()
    prefix: Sequence[str] = ()

    def __init__(self, folder: Path, source: Language, target: Language) -> None:
        self._folder, self._source, self._target = folder, source, target
        self._hints: Mapping[Segment, Sequence[Hint]] = {}

    def with_hints(self, hints: Mapping[Segment, Sequence[Hint]]) -> EmbeddedTokens:
        """The same with these hints."""
        tokens = copy(self)
        tokens._hints = hints
        return tokens

    @property
    def joint(self) -> str:
        """What stands between two texts of the target language."""
        return "" if self._target == "zh" else " "

    def encode(self, segment: Segment) -> list[str]:
        """The pieces of a segment with its terms in line."""
        text = annotate(segment.text, segment.terms, self._source, self._hints.get(segment, ()))
        pieces: list[str] = self._pieces.encode(text, out_type=str)
        return pieces

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target pieces."""
        return from_model(self._pieces.decode(list(tokens)), self._target)

    def source_places(self, segment: Segment, pair: TermPair) -> list[int]:
        """The pieces of a term in a segment, with the translation that stands beside it."""
        pieces = self.encode(segment)
        starts = [place for place, piece in enumerate(pieces) if piece == TERM]
        ends = [place for place, piece in enumerate(pieces) if piece == END]
        terms = [(start, found) for start, _, found in term_places(segment.text, segment.terms, self._source)]
        hints = [(hint.start, None) for hint in self._hints.get(segment, ())]
        given = sorted([*terms, *hints], key=lambda place: place[0])
        marked = zip(starts, ends, given, strict=False)
        return [place for start, end, (_, found) in marked if found == pair for place in range(start, end + 1)]

    def write(self, text: str) -> Written:
        """A target text as the model writes it."""
        return written(self._pieces.encode(to_model(text, self._target), out_type=str))

    def read(self, text: str) -> str:
        """The text of something that is written as the model does."""
        return from_model(text, self._target)

    @cached_property
    def _pieces(self) -> Any:
        import sentencepiece

        return sentencepiece.SentencePieceProcessor(model_file=str(self._folder / "tokenizer.model"))


def _facts(folder: Path) -> dict[str, Any]:
    """What model.json says; its digests stand for the weights, which are not read for it."""
    try:
        facts: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
        missing = [name for name in facts["sha256"] if not (folder / name).is_file()]
    except (OSError, ValueError, KeyError) as error:
        raise ModelNotFound(f"{folder / 'model.json'} can't be read ({error!r}); install wivtext again") from None
    if missing:
        raise ModelNotFound(f"{folder}: {', '.join(missing)} missing; install wivtext again")
    return facts
