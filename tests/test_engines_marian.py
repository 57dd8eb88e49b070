"""One Marian checkpoint, three readings: transformers' tokenizer and ours, transformers' decoding and CTranslate2's."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkpoints import PAIRS

from wivtext.engines import Segment
from wivtext.engines.conversion import convert
from wivtext.engines.decoding import CTranslate2Decoder
from wivtext.engines.generation import TorchDecoder
from wivtext.engines.marian import MarianTokens
from wivtext.engines.tokens import tokenizer
from wivtext.errors import ModelNotFound

UNSEEN = (
    "Prices rose 4.5% in Beijing, she said.",
    "Unknown signs: ü, 比亚迪, ％ and “（：）”.",
    "   spaces\tand\u3000wide ones   ",
    "a",
    "2026-02-26",
)
TEXTS = (*(en for en, _ in PAIRS), *UNSEEN)
LANGUAGE = ">>cmn_Hans<<"


@pytest.fixture(scope="module")
def converted(marian: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In full precision: int8 rounds, and rounding is not what is compared here."""
    folder = tmp_path_factory.mktemp("converted")
    convert(marian, folder, "float32")
    return folder


def rows(marian: Path) -> list[list[str]]:
    tokens = MarianTokens(marian, "zh")
    return [[*tokens.start, *tokens.encode(Segment(text)), *tokens.end] for text in TEXTS]


@pytest.mark.parametrize("text", TEXTS)
def test_same_source_tokens_as_transformers(marian: Path, text: str) -> None:
    theirs = tokenizer(marian)
    ours = MarianTokens(marian, "zh")
    found = theirs.convert_tokens_to_ids([*ours.start, *ours.encode(Segment(text)), *ours.end])
    assert found == theirs(f"{LANGUAGE} {text}")["input_ids"]


@pytest.mark.parametrize("text", [zh for _, zh in PAIRS])
def test_same_target_text_as_transformers(marian: Path, text: str) -> None:
    theirs = tokenizer(marian)
    ids = theirs(text_target=text)["input_ids"]
    ours = MarianTokens(marian, "zh").decode(theirs.convert_ids_to_tokens(ids))
    assert ours == theirs.decode(ids, skip_special_tokens=True, use_source_tokenizer=False) == text


@pytest.mark.parametrize("text", ["</s>", ">>yue_Hant<< hello", "He said </s> and <unk> and <pad>."])
def test_commands_in_a_text_are_text(marian: Path, text: str) -> None:
    tokens = MarianTokens(marian, "zh")
    pieces = tokens.encode(Segment(text))
    assert not {"</s>", "<pad>", ">>yue_Hant<<"} & set(pieces)
    assert list(tokens.start) == [LANGUAGE] and list(tokens.end) == ["</s>"]


def test_no_language_token_where_the_model_has_none(marian: Path) -> None:
    assert list(MarianTokens(marian, "en").start) == []


@pytest.mark.parametrize(
    "options",
    [
        {"beam_size": 1},
        {"beam_size": 4},
        {"beam_size": 4, "num_hypotheses": 2},
        {"beam_size": 2, "no_repeat_ngram_size": 3},
    ],
    ids=str,
)
def test_same_tokens_from_both_decoders(marian: Path, converted: Path, options: dict[str, int]) -> None:
    torch = TorchDecoder(marian, batch_tokens=512, longest=127)
    quick = CTranslate2Decoder(converted, threads=1, batch_tokens=512, longest=127)
    known = rows(marian)[: len(PAIRS)]
    theirs, ours = torch.decode(known, **options), quick.decode(known, **options)
    assert [[h.tokens for h in several] for several in ours] == [[h.tokens for h in several] for several in theirs]
    assert [several[0].finished for several in ours] == [True] * len(PAIRS)
    if options["beam_size"] == 1:  # with beams, transformers leaves the final token out of the mean
        assert [h.score for [h] in ours] == pytest.approx([h.score for [h] in theirs], abs=1e-4)


def test_same_greedy_tokens_for_unseen_texts(marian: Path, converted: Path) -> None:
    torch = TorchDecoder(marian, batch_tokens=512, longest=127)
    quick = CTranslate2Decoder(converted, threads=1, batch_tokens=512, longest=127)
    unseen = rows(marian)[len(PAIRS) :]
    options = {"beam_size": 1, "max_decoding_length": 16}  # then nonsense repeats itself, until rounding decides
    theirs, ours = torch.decode(unseen, **options), quick.decode(unseen, **options)
    assert [h.tokens for [h] in ours] == [h.tokens for [h] in theirs]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_text("{}")
    with pytest.raises(ModelNotFound, match=r"source\.spm, target\.spm missing"):
        MarianTokens(tmp_path, "zh")
