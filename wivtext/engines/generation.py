"""transformers' own model classes: safetensors only, never code from a model's folder, nothing cut silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wivtext.engines.chat import Message, without_system
from wivtext.engines.decoding import Hypothesis, Row, equally_long, refuse_too_long, room
from wivtext.engines.tokens import plain, quiet, tokenizer
from wivtext.errors import EngineError, MissingExtra, ModelNotFound

# What a model's own generation config is asked for. Sampling, lengths and penalties are our affair, and an end that is
# forced at the limit would make a text that is cut look complete.
_KEPT = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id", "bad_words_ids", "suppress_tokens")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chat model wrote; `cut` where it came to no end."""

    text: str
    cut: bool


class TorchDecoder:
    """A sequence-to-sequence model. Rows decode together only when they are equally long, so that nothing is padded."""

    def __init__(self, folder: Path, *, batch_tokens: int, longest: int) -> None:
        require_torch()
        self.longest = longest
        self._folder, self._batch_tokens = folder, batch_tokens

    def decode(self, rows: Sequence[Row], prefix: Row = (), **options: Any) -> list[list[Hypothesis]]:
        """See `decoding.Decoder.decode`."""
        refuse_too_long(rows, self.longest, self._folder)
        found: list[list[Hypothesis]] = [[] for _ in rows]
        for places in equally_long(rows, self._batch_tokens):
            hypotheses = self._generate([rows[place] for place in places], prefix, options)
            count = len(hypotheses) // len(places)
            for number, place in enumerate(places):
                found[place] = hypotheses[number * count : (number + 1) * count]
        return found

    def attention(self, row: Row, target: Row) -> list[list[float]]:
        """See `decoding.AligningDecoder.attention`: the mean over the heads of the last layer."""
        found = self._forward(row, [target], attentions=True)
        weights: list[list[float]] = found.cross_attentions[-1][0].mean(0).tolist()
        # What is written at a place was looked for at the place before it: the decoder's first token is no target.
        return weights[: len(target)]

    def scores(self, row: Row, targets: Sequence[Row]) -> list[float]:
        """See `decoding.AligningDecoder.scores`."""
        import torch

        found: list[float] = []
        for target in targets:
            logits = self._forward(row, [target]).logits[0].log_softmax(-1)
            wanted = [*self._tokenizer.convert_tokens_to_ids(list(target)), self._model.generation_config.eos_token_id]
            chosen = logits.gather(1, torch.tensor(wanted, device=logits.device)[:, None])
            found.append(float(chosen.mean()))
        return found

    def endings(self, row: Row, prefixes: Sequence[Row], **options: Any) -> list[list[Hypothesis]]:
        """See `decoding.AligningDecoder.endings`."""
        return [self.decode([row], prefix, **options)[0] for prefix in prefixes]

    def _forward(self, row: Row, targets: Sequence[Row], attentions: bool = False) -> Any:
        import torch

        convert = self._tokenizer.convert_tokens_to_ids
        start = self._model.generation_config.decoder_start_token_id
        device = self._model.device
        inputs = torch.tensor([convert(list(row))], device=device)
        decoder = torch.tensor([[start, *convert(list(target))] for target in targets], device=device)
        if attentions:
            self._model.set_attn_implementation("eager")  # the others don't tell what they looked at
        with torch.inference_mode():
            return self._model(input_ids=inputs, decoder_input_ids=decoder, output_attentions=attentions)

    def _generate(self, rows: list[Row], prefix: Row, options: dict[str, Any]) -> list[Hypothesis]:
        import torch

        ids = [self._tokenizer.convert_tokens_to_ids(list(row)) for row in rows]
        begun = self._tokenizer.convert_tokens_to_ids(list(prefix))
        start = self._start(begun)
        first = begun[0] if len(begun) == 1 and len(start) == 2 else None
        inputs = torch.tensor(ids, device=self._model.device)
        given = (
            {} if first or not begun else {"decoder_input_ids": torch.tensor([start] * len(ids), device=inputs.device)}
        )
        with torch.inference_mode():
            found = self._model.generate(
                inputs,
                attention_mask=torch.ones_like(inputs),
                generation_config=self._config(len(ids[0]), start[0], first, options),
                **given,
            )
        if "sequences_scores" in found:
            scores = found.sequences_scores
        else:
            steps = self._model.compute_transition_scores(found.sequences, found.scores, normalize_logits=True)
            written = found.sequences[:, 1:] != self._model.generation_config.pad_token_id
            scores = steps.masked_fill(~written, 0.0).sum(1) / written.sum(1)
        return [
            self._hypothesis(sequence, float(score), len(start))
            for sequence, score in zip(found.sequences.tolist(), scores, strict=True)
        ]

    def _start(self, begun: list[int]) -> list[int]:
        """What the decoder is given first; the first mBART begins with the target language's code alone."""
        config = self._model.config
        if config.model_type == "mbart" and begun and config.decoder_start_token_id != config.eos_token_id:
            return begun
        return [self._model.generation_config.decoder_start_token_id, *begun]

    def _config(self, length: int, start: int, first: int | None, options: dict[str, Any]) -> Any:
        return _decoding(
            num_beams=options.get("beam_size", 1),
            num_return_sequences=options.get("num_hypotheses", 1),
            length_penalty=options.get("length_penalty", 1.0),
            repetition_penalty=options.get("repetition_penalty", 1.0),
            no_repeat_ngram_size=options.get("no_repeat_ngram_size", 0),
            min_new_tokens=options.get("min_decoding_length", 1),
            max_new_tokens=options.get("max_decoding_length", room(length, self.longest)),
            early_stopping=False,  # else a few hypotheses that end too early keep the good one from being found
            decoder_start_token_id=start,
            forced_bos_token_id=first,
            output_scores=True,
            return_dict_in_generate=True,
        )

    def _hypothesis(self, sequence: list[int], score: float, started: int) -> Hypothesis:
        end = self._model.generation_config.eos_token_id
        written = sequence[started:]
        finished = end in written
        ids = written[: written.index(end)] if finished else written
        return Hypothesis(self._tokenizer.convert_ids_to_tokens(ids), score, finished)

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer(self._folder)

    @cached_property
    def _model(self) -> Any:
        from transformers import AutoModelForSeq2SeqLM

        return load(AutoModelForSeq2SeqLM, self._folder, whole=True)


class ChatDecoder:
    """A chat model with its template, asked many questions at a time."""

    def __init__(self, folder: Path, *, batch_tokens: int, longest: int) -> None:
        require_torch()
        self.longest = longest
        self._folder, self._batch_tokens = folder, batch_tokens

    def answers(self, requests: Sequence[tuple[Sequence[Message], int]]) -> list[Answer]:
        """The answer to each request, which is messages and the most tokens that the answer may have.

        Raises `EngineError` where a request is longer than the model takes.
        """
        rows = [self._prompt(messages) for messages, _ in requests]
        for row, (_, most) in zip(rows, requests, strict=True):
            if len(row) + most > self.longest:
                raise EngineError(
                    f"{self._folder.name}: a request of {len(row)} tokens, the model takes {self.longest}"
                )
        found: list[Answer] = [Answer("", True)] * len(rows)
        for places in _similar(rows, self._batch_tokens):
            answers = self._generate([rows[place] for place in places], max(requests[place][1] for place in places))
            for place, answer in zip(places, answers, strict=True):
                found[place] = answer
        return found

    def _prompt(self, messages: Sequence[Message]) -> list[int]:
        from jinja2 import TemplateError

        safe = [{**message, "content": plain(message["content"], self._tokenizer)} for message in messages]
        try:
            return self._templated(safe)
        except TemplateError:  # no system role
            return self._templated(without_system(safe))

    def _templated(self, messages: Sequence[Message]) -> list[int]:
        # Reasoning models think unless told not to; other templates don't mind the extra word.
        text = self._tokenizer.apply_chat_template(
            list(messages), add_generation_prompt=True, tokenize=False, enable_thinking=False
        )
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def _generate(self, rows: list[list[int]], most: int) -> list[Answer]:
        import torch

        width = max(map(len, rows))
        blank = self._blank
        inputs = torch.tensor([[blank] * (width - len(row)) + row for row in rows], device=self._model.device)
        mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows], device=self._model.device)
        with torch.inference_mode():
            config = _decoding(max_new_tokens=most, pad_token_id=blank)
            found = self._model.generate(inputs, attention_mask=mask, generation_config=config)
        return [self._answer(sequence[width:]) for sequence in found.tolist()]

    def _answer(self, ids: list[int]) -> Answer:
        end = next((place for place, token in enumerate(ids) if token in self._ends), None)
        text = self._tokenizer.decode(ids[:end], skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return Answer(text, end is None)

    @property
    def _ends(self) -> set[int]:
        ends = self._model.generation_config.eos_token_id
        given = set(ends) if isinstance(ends, list) else {ends}
        return (given | {self._tokenizer.eos_token_id}) - {None}

    @property
    def _blank(self) -> int:
        pad = self._tokenizer.pad_token_id
        return int(pad if pad is not None else min(self._ends))

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer(self._folder)

    @cached_property
    def _model(self) -> Any:
        from transformers import AutoModelForCausalLM

        return load(AutoModelForCausalLM, self._folder, whole=False)


def require_torch() -> None:
    """Raise `MissingExtra` where torch is not installed."""
    if find_spec("torch") is None:
        raise MissingExtra("torch", "models")


def load(kind: Any, folder: Path, whole: bool) -> Any:
    """The model in `folder`, on the GPU where there is one; on the processor in full precision if `whole`.

    Raises `ModelNotFound` where there are no safetensors weights that fit the config.
    """
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = torch.float32 if whole and device == "cpu" else "auto"
    try:
        with quiet():
            model = kind.from_pretrained(str(folder), dtype=dtype, use_safetensors=True, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelNotFound(f"{folder}: no safetensors weights that can be used ({reason}); fetch it again") from None
    kept = {name: getattr(model.generation_config, name) for name in _KEPT}
    model.generation_config = _decoding(**kept)  # `generate` takes from it what it isn't told
    return model.to(device).eval()


def _decoding(**options: Any) -> Any:
    import transformers

    kind: Any = transformers.GenerationConfig
    return kind(**options)


def _similar(rows: Sequence[Sequence[int]], batch_tokens: int) -> Iterator[list[int]]:
    """Places of rows of similar lengths, the longest first, at most `batch_tokens` together with their padding."""
    order = sorted(range(len(rows)), key=lambda place: (-len(rows[place]), place))
    start = 0
    while start < len(order):
        size = max(1, batch_tokens // max(1, len(rows[order[start]])))
        yield order[start : start + size]
        start += size
