"""A first embedding that knows words and their translations: `python -m training.embeddings`.

Cross-language latent semantic indexing (Dumais et al. 1997): pieces by sentence pairs, both languages in one column,
reduced to the model's width. Pieces that translate each other come out close, so a decoder with tied embeddings that
merely attends to a source word already favours its translation. Half a minute here replaces hours of training.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from scipy import sparse

from training import settings as recipe
from training.augment import Filler
from training.stream import Pool

Matrix = NDArray[np.float32]


def sentence_pairs(settings: recipe.Settings) -> Iterator[set[int]]:
    """The pieces of each pair, both sides in one set."""
    work, rng = settings["paths"]["work"], random.Random(2)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(work / "tokenizer.model"))
    plain = dict.fromkeys(settings["augment"], 0.0)
    filler = Filler.load(work, plain, "zh-en", rng)
    for name in settings["train"]["mix"]:
        pool = Pool(work / f"{name}.jsonl")
        drawn = (
            pool.indices
            if name != "general"
            else [pool.draw(rng) for _ in range(settings["embeddings"]["general_lines"])]
        )
        for i in drawn:
            yield {p for text in filler.fill(pool.rows[i]) for p in pieces.encode(text)}


def weighted(columns: list[set[int]], height: int) -> sparse.csr_matrix:
    """Pieces by sentences: rare pieces weigh more, each sentence has length one."""
    rows = np.fromiter((p for c in columns for p in c), dtype=np.int32)
    places = np.repeat(np.arange(len(columns), dtype=np.int32), [len(c) for c in columns])
    counts = np.bincount(rows, minlength=height)
    values = np.log((1 + len(columns)) / (1 + counts))[rows].astype(np.float32)
    lengths = np.sqrt(np.bincount(places, values**2))
    return sparse.csr_matrix(
        (values / lengths[places].astype(np.float32), (rows, places)), shape=(height, len(columns))
    )


def reduced(matrix: sparse.csr_matrix, width: int, rounds: int, power: float) -> Matrix:
    """Left singular vectors by randomized iteration, scaled by a power of their values; rows of length one."""
    rng = np.random.default_rng(3)
    basis = rng.standard_normal((matrix.shape[0], width + 16), dtype=np.float32)
    across = matrix.T.tocsr()
    for _ in range(rounds):
        basis = np.linalg.qr(matrix @ (across @ basis))[0].astype(np.float32)
    small = (across @ basis).astype(np.float32)
    values, turn = np.linalg.eigh(small.T @ small)
    best = np.argsort(-values)[:width]
    vectors = (basis @ turn[:, best]) * np.maximum(values[best], 1e-12) ** (power / 2)
    vectors += rng.standard_normal(vectors.shape) * 1e-4 * np.abs(vectors).mean()
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def turned(vectors: Matrix) -> Matrix:
    """The same vectors under a random rotation, so that no single dimension carries the topic."""
    rotation = np.linalg.qr(np.random.default_rng(4).standard_normal((vectors.shape[1],) * 2))[0]
    return (vectors @ rotation).astype(np.float32)


def digit_pieces(settings: recipe.Settings) -> list[int]:
    """The ids of the ten digits."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(settings["paths"]["work"] / "tokenizer.model"))
    return [pieces.piece_to_id(digit) for digit in "0123456789"]


def make(settings: recipe.Settings) -> Path:
    """Write the embedding into the work directory."""
    height, options = settings["tokenizer"]["vocab_size"] + 1, settings["embeddings"]
    matrix = weighted(list(sentence_pairs(settings)), height)
    vectors = turned(reduced(matrix, settings["model"]["d_model"], options["rounds"], options["power"]))
    vectors[-1] = 0
    vectors[digit_pieces(settings)] = 0  # the first weights add noise: digits must not resemble each other
    path: Path = settings["paths"]["work"] / "embeddings.safetensors"
    save_file({"embeddings": torch.from_numpy(vectors)}, str(path))
    return path


def main() -> None:
    """Command line."""
    print(make(recipe.from_arguments(recipe.parser(__doc__).parse_args())))


if __name__ == "__main__":
    main()
