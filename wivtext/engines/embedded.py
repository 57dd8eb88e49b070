"""The translator that comes with the package: two compact Marian models of our own, run by CTranslate2.

    wivtext/embedded/en-zh/     model.bin, config.json, shared_vocabulary.json, tokenizer.model, model.json
    wivtext/embedded/zh-en/

How they want their text is written in `training/README.md` and done in `markup.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from wivtext.engines import Candidate, Segment
from wivtext.engines.decoding import PATIENCE, CTranslate2Decoder
from wivtext.engines.markup import annotate, from_model
from wivtext.engines.sequences import SequenceTranslator
from wivtext.errors import EngineError, ModelNotFound
from wivtext.records import Language
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
        self._beam = settings.translation.beam_size
        self._models = {direction: Model(folder, *direction, settings) for direction in there}

    @property
    def signature(self) -> str:
        """The engine, version and digest of each model, and what decides on the wording."""
        names = (model.name for model in self._models.values())
        return "|".join(["embedded", *names, f"beam {self._beam}, patience {PATIENCE}"])

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment, its terms given to the model in line. See `SequenceTranslator.translate`."""
        return self._model(source, target).translator.translate(segments)

    def alternatives(
        self, segments: Sequence[Segment], source: Language, target: Language, count: int
    ) -> list[list[Candidate]]:
        """See `SequenceTranslator.alternatives`."""
        return self._model(source, target).translator.alternatives(segments, count)

    def _model(self, source: Language, target: Language) -> Model:
        if (source, target) not in self._models:
            raise EngineError(f"embedded: no model {source}-{target} among {self.signature}")
        return self._models[source, target]


class Model:
    """One direction: its facts at once, its weights on first use."""

    def __init__(self, folder: Path, source: Language, target: Language, settings: Settings) -> None:
        folder = folder / f"{source}-{target}"
        facts = _facts(folder)
        digests = json.dumps(facts["sha256"], sort_keys=True).encode()
        self.name = f"{folder.name} {facts.get('version', '?')} {hashlib.sha256(digests).hexdigest()[:12]}"
        self.translator = SequenceTranslator(
            CTranslate2Decoder(
                folder,
                threads=settings.translation.threads,
                batch_tokens=settings.translation.batch_tokens,
                longest=_LONGEST,
            ),
            EmbeddedTokens(folder, source, target),
            joint="" if target == "zh" else " ",
            beam_size=settings.translation.beam_size,
            repetition_penalty=_REPETITION_PENALTY,
            disable_unk=True,
        )


class EmbeddedTokens:
    """The SentencePiece model that both directions share."""

    start: Sequence[str] = ()
    end: Sequence[str] = ()
    prefix: Sequence[str] = ()

    def __init__(self, folder: Path, source: Language, target: Language) -> None:
        self._folder, self._source, self._target = folder, source, target

    def encode(self, segment: Segment) -> list[str]:
        """The pieces of a segment with its terms in line."""
        text = annotate(segment.text, segment.terms, self._source)
        pieces: list[str] = self._pieces.encode(text, out_type=str)
        return pieces

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target pieces."""
        return from_model(self._pieces.decode(list(tokens)), self._target)

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
