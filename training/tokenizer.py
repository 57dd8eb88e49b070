"""Train the joint SentencePiece model: `python -m training.tokenizer`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

from training import settings as recipe
from training.augment import Filler
from training.stream import Pool
from training.text import SYMBOLS, to_model


def lines(settings: recipe.Settings) -> Iterator[str]:
    """Text of both languages; English starts with a space as its inner words do, Chinese doesn't."""
    work, rng = settings["paths"]["work"], random.Random(1)
    options = dict(settings["augment"], annotate_sentence=0.0)
    filler = Filler.load(work, options, "zh-en", rng)
    for name, repeats in (("reports", 2), ("news", 2), ("terms", 1), ("general", 0)):
        pool = Pool(work / f"{name}.jsonl")
        drawn = [i for i in pool.indices for _ in range(repeats)]
        for i in drawn or (pool.draw(rng) for _ in range(settings["tokenizer"]["general_lines"])):
            zh, en = filler.fill(pool.rows[i])
            yield " " + en
            yield to_model(zh, "zh")


def train(settings: recipe.Settings) -> None:
    """Train, then let the model add the space before a text itself (so that plain tools may call it)."""
    work: Path = settings["paths"]["work"]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=lines(settings),
        model_prefix=str(work / "raw"),
        model_type="unigram",
        vocab_size=settings["tokenizer"]["vocab_size"],
        character_coverage=settings["tokenizer"]["character_coverage"],
        normalization_rule_name="identity",
        byte_fallback=True,
        split_digits=True,
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        user_defined_symbols=list(SYMBOLS),
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        num_threads=2,
        max_sentence_length=4000,
    )
    model = proto.ModelProto()
    model.ParseFromString((work / "raw.model").read_bytes())
    model.trainer_spec.model_prefix = "tokenizer"  # not where it was trained
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    (work / "tokenizer.model").write_bytes(model.SerializeToString())


def main() -> None:
    """Command line."""
    train(recipe.from_arguments(recipe.parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()
