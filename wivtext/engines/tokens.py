"""The tokens of models from the hub, for one direction or one language, and what each family wants around a text.

    Marian       >>cmn_Hans<< before the text where the model has several targets          (see `marian.py`)
    NLLB         eng_Latn TEXT </s>, and the translation begins with zho_Hans
    M2M100       __en__ TEXT </s>, and the translation begins with __zh__
    mBART-50     en_XX TEXT </s>, and the translation begins with zh_CN
    T5, MADLAD   a task in words or a token (<2zh>) before the text

Codes and prefixes come from the registry of models, or else from what the tokenizer knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from wivtext import models
from wivtext.engines import Segment
from wivtext.engines.architecture import Architecture
from wivtext.engines.marian import MarianTokens, is_marian
from wivtext.engines.written import Tokens, Written, written
from wivtext.errors import EngineError, ModelNotFound
from wivtext.records import Language, TermPair

# A language's names in NLLB, M2M100 and mBART-50, and MADLAD's token before the text.
_CODES: dict[Language, tuple[str, ...]] = {"en": ("eng_Latn", "__en__", "en_XX"), "zh": ("zho_Hans", "__zh__", "zh_CN")}
_TASKS: dict[Language, str] = {"en": "<2en>", "zh": "<2zh>"}
_TASK = re.compile(r"<2\w{1,12}>")  # MADLAD's are pieces of its vocabulary, which the tokenizer doesn't tell apart
_LINE_BREAK = re.compile(r" ?<n> ?")  # Pegasus writes it between sentences
_BRACKETED = re.compile(r"[<\[_>]\S*[>\]_<]")


def translation_tokens(name: str, folder: Path, source: Language, target: Language) -> Tokens:
    """The tokens to translate with. Raises `EngineError` where the registry says that the model doesn't."""
    info = models.find(name)
    if info and f"{source}-{target}" not in info.directions:
        raise EngineError(
            f"{name} translates {', '.join(info.directions)}, not {source}-{target}; choose another model"
        )
    before = info.prefixes.get(target, "") if info else ""
    if is_marian(folder):
        return MarianTokens(folder, target, before)
    return HubTokens(folder, before, source, target)


def summary_tokens(name: str, folder: Path, language: Language) -> Tokens:
    """The tokens to summarize with. Raises `EngineError` where the registry says that the model doesn't."""
    info = models.find(name)
    if info and language not in info.directions:
        raise EngineError(f"{name} summarizes {', '.join(info.directions)}, not {language}; choose another model")
    before = info.prefixes.get(language, "") if info else ""
    first = Architecture.read(folder).summary.get("forced_bos_token_id")
    return HubTokens(folder, before, language, language, first)


class HubTokens:
    """The tokens of transformers' own tokenizer, which needs no torch. Terms find no place in them.

    `first` is the number of the token that every text of the model has to begin with, if any.
    """

    def __init__(self, folder: Path, before: str, source: Language, target: Language, first: int | None = None) -> None:
        self._folder, self._before, self._source, self._target = folder, before.strip(), source, target
        self._first = first

    @property
    def start(self) -> Sequence[str]:
        """What stands before a source text: the source's code, the task."""
        return [*self._around[0], *self._task]

    @property
    def end(self) -> Sequence[str]:
        """What stands after it."""
        return self._around[1]

    @cached_property
    def prefix(self) -> Sequence[str]:
        """The target's code, or what else the model's texts begin with."""
        first = [] if self._first is None else [self._tokenizer.convert_ids_to_tokens(self._first)]
        return self._code(self._target) or first

    def encode(self, segment: Segment) -> list[str]:
        """The tokens of a segment; a "</s>" of its own is text."""
        return self._split(plain(segment.text, self._tokenizer))

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of target tokens, special ones left out."""
        ids = self._tokenizer.convert_tokens_to_ids(list(tokens))
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return _LINE_BREAK.sub(" ", text).strip()

    def source_places(self, segment: Segment, pair: TermPair) -> list[int]:
        """The tokens of a term in a segment."""
        return written(self.encode(Segment(segment.text))).places(pair, self._source)

    def write(self, text: str) -> Written:
        """A target text as the model writes it."""
        ids = self._tokenizer(text_target=plain(text, self._tokenizer), add_special_tokens=False)["input_ids"]
        return written(self._tokenizer.convert_ids_to_tokens(ids))

    def read(self, text: str) -> str:
        """The text of something that is written as the model does."""
        return text.strip()

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer(self._folder)

    @cached_property
    def _around(self) -> tuple[list[str], list[str]]:
        """What the tokenizer itself puts around a text."""
        for code in self._code(self._source):
            self._tokenizer.src_lang = code.strip("_")
        body = self._split("a")
        whole = self._tokenizer.convert_ids_to_tokens(self._tokenizer("a")["input_ids"])
        start = next(i for i in range(len(whole)) if whole[i : i + len(body)] == body)
        return whole[:start], whole[start + len(body) :]

    @cached_property
    def _task(self) -> list[str]:
        task = self._before or _TASKS[self._target]
        if task and self._knows(task):
            return [task]
        return self._split(self._before)

    def _code(self, language: Language) -> list[str]:
        return [code for code in _CODES[language] if self._knows(code)][:1]

    def _knows(self, token: str) -> bool:
        return _is_one(token, self._tokenizer)

    def _split(self, text: str) -> list[str]:
        ids = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        tokens: list[str] = self._tokenizer.convert_ids_to_tokens(ids)
        return tokens


@contextmanager
def quiet() -> Iterator[None]:
    """transformers without its progress bars and its advice, on the error stream of a program that pipes."""
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


def tokenizer(folder: Path) -> Any:
    """transformers' tokenizer of a model. Raises `ModelNotFound` where its files lack."""
    from transformers import AutoTokenizer

    try:
        with quiet():
            # Texts are split to the model's length by us: no limit of the tokenizer's own, and no warning about it.
            return AutoTokenizer.from_pretrained(str(folder), local_files_only=True, model_max_length=1 << 30)
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelNotFound(
            f"{folder}: no tokenizer that can be used ({reason}); fetch the whole model again"
        ) from None


def plain(text: str, tokenizer: Any) -> str:
    """The text with the model's control tokens in it, "</s>", "<|im_end|>", "<think>", made powerless by a space."""
    for token in _control_tokens(tokenizer):
        text = text.replace(token, f"{token[0]} {token[1:]}")
    return _TASK.sub(lambda task: f"< {task[0][1:]}" if _is_one(task[0], tokenizer) else task[0], text)


@lru_cache(maxsize=4)
def _control_tokens(tokenizer: Any) -> tuple[str, ...]:
    """Special tokens, and added ones in brackets: chat models have "<think>" and "<tool_call>" as ordinary ones."""
    special = dict.fromkeys(str(token) for token in tokenizer.all_special_tokens)
    added = (token for token in tokenizer.get_added_vocab() if _BRACKETED.fullmatch(token))
    return tuple(token for token in dict.fromkeys([*special, *added]) if len(token) > 1)


def _is_one(token: str, tokenizer: Any) -> bool:
    return tokenizer.convert_tokens_to_ids(token) not in (None, tokenizer.unk_token_id)
