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
from typing import Any, get_args

from wivtext.engines import Candidate, Segment
from wivtext.engines.decoding import LOOP, Decoder, Hypothesis, split_long
from wivtext.engines.markup import annotate, from_model, to_model
from wivtext.errors import EngineError, ModelNotFound
from wivtext.records import Language
from wivtext.settings import Settings

SHIPPED = Path(__file__).parent.parent / "embedded"

_POSITIONS = 512  # that the models know, the final token included


class EmbeddedTranslator:
    """English to Chinese and back; `model` is "" for the shipped models, or a folder of such (en-zh, zh-en).

    Raises `ModelNotFound` where there is none.
    """

    def __init__(self, model: str, settings: Settings) -> None:
        folder = Path(model).expanduser() if model else SHIPPED
        self._settings = settings
        self._models = {name: Model(folder / name, settings) for name in _directions() if (folder / name).is_dir()}
        if not self._models:
            raise ModelNotFound(
                f"{folder}: no embedded models (en-zh, zh-en) here; install wivtext again, "
                "or choose another engine (wivtext models list)"
            )

    @property
    def signature(self) -> str:
        """The engine, version and digest of each model, and what decides on the wording."""
        models = (f"{name} {model.version} {model.digest}" for name, model in sorted(self._models.items()))
        return "|".join(["embedded", *models, f"beam {self._settings.translation.beam_size}"])

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """Translate each segment, its terms given to the model in line.

        A text that the model finds no end for, even when told not to repeat itself, comes back empty.
        """
        return self._model(source, target).translate(segments)

    def alternatives(self, segment: Segment, source: Language, target: Language, count: int) -> list[Candidate]:
        """Up to `count` different translations of a segment, best first: other beams, then one without loops."""
        return self._model(source, target).alternatives(segment, count)

    def _model(self, source: Language, target: Language) -> Model:
        name = f"{source}-{target}"
        if name not in self._models:
            raise EngineError(f"embedded: no model for {name}; there is {', '.join(self._models)}")
        return self._models[name]


class Model:
    """One direction: its facts at once, its weights on first use."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._facts = _facts(folder)
        self._folder = folder
        self._source, self._target = _languages(folder.name)
        self._beam = settings.translation.beam_size
        self._decoder = Decoder(
            folder,
            threads=settings.translation.threads,
            batch_tokens=settings.translation.batch_tokens,
            longest=_POSITIONS - 1,
        )

    @property
    def version(self) -> str:
        """Of the weights, not of the package."""
        return str(self._facts.get("version", "?"))

    @property
    def digest(self) -> str:
        """Twelve hex digits over the digests of the model's files, as model.json has them."""
        digests = json.dumps(self._facts.get("sha256", {}), sort_keys=True)
        return hashlib.sha256(digests.encode()).hexdigest()[:12]

    def translate(self, segments: Sequence[Segment]) -> list[Candidate]:
        """A candidate for each segment, in order."""
        runs = [self._runs(segment) for segment in segments]
        found = iter(self._decoder.best([row for rows in runs for row in rows], **self._options()))
        return [self._candidate([next(found) for _ in rows]) for rows in runs]

    def alternatives(self, segment: Segment, count: int) -> list[Candidate]:
        """See `EmbeddedTranslator.alternatives`."""
        rows = self._runs(segment)
        options = self._options(beam_size=max(self._beam, count), num_hypotheses=count)
        beams = [list(beam) for beam in zip(*self._decoder.decode(rows, **options), strict=False)]
        calm = [found[0] for found in self._decoder.decode(rows, **self._options(no_repeat_ngram_size=LOOP))]
        ordered = [*beams[: max(1, count - 1)], calm, *beams[max(1, count - 1) :]] if rows else []
        candidates = [self._candidate(hypotheses) for hypotheses in ordered]
        distinct = {candidate.text: candidate for candidate in reversed(candidates) if candidate.text}
        return list(reversed(distinct.values()))[:count]

    @cached_property
    def _pieces(self) -> Any:
        import sentencepiece

        return sentencepiece.SentencePieceProcessor(model_file=str(self._folder / "tokenizer.model"))

    def _runs(self, segment: Segment) -> list[list[str]]:
        """The rows of tokens that a segment makes: one; none for a blank text; several for one that is too long."""
        limit = self._decoder.longest - 1  # CTranslate2 adds the final token
        tokens = self._pieces.encode(annotate(segment.text, segment.terms, self._source), out_type=str)
        if len(tokens) > limit:
            tokens = self._pieces.encode(to_model(segment.text, self._source), out_type=str)
        return split_long(tokens, limit) if tokens else []

    def _options(self, **changes: Any) -> dict[str, Any]:
        return {"beam_size": self._beam, "repetition_penalty": REPETITION_PENALTY, "disable_unk": True} | changes

    def _candidate(self, hypotheses: list[Hypothesis]) -> Candidate:
        if not hypotheses or not all(hypothesis.finished for hypothesis in hypotheses):
            return Candidate("")
        text = " ".join(self._pieces.decode(hypothesis.tokens) for hypothesis in hypotheses)
        count = sum(len(hypothesis.tokens) + 1 for hypothesis in hypotheses)
        total = sum(hypothesis.score * (len(hypothesis.tokens) + 1) for hypothesis in hypotheses)
        return Candidate(from_model(text, self._target), round(total / count, 4))


REPETITION_PENALTY = 1.0


def _directions() -> list[str]:
    return [f"{source}-{target}" for source in get_args(Language) for target in get_args(Language) if source != target]


def _languages(direction: str) -> tuple[Language, Language]:
    return ("en", "zh") if direction == "en-zh" else ("zh", "en")


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelNotFound(f"{folder}/model.json can't be read ({error}); install wivtext again") from None
    missing = [name for name in facts.get("sha256", {}) if not (folder / name).exists()]
    if missing:
        raise ModelNotFound(f"{folder}: {', '.join(missing)} missing; install wivtext again")
    return facts
