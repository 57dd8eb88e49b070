"""Check that both exports of a model say the same: `python -m training.compare en-zh`.

Greedy decoding of 50 sentences of the reports' dev split, plain transformers against CTranslate2 in float32.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import ctranslate2
import torch
from transformers import MarianMTModel, MarianTokenizer

from training import corpora
from training import settings as recipe
from training.export import convert
from training.text import to_model


def with_transformers(folder: Path, texts: list[str]) -> list[list[str]]:
    """Greedy output tokens of the transformers checkpoint, sentence by sentence."""
    tokenizer, model = MarianTokenizer.from_pretrained(folder), MarianMTModel.from_pretrained(folder).eval()
    found = []
    for text in texts:
        with torch.no_grad():
            ids = model.generate(**tokenizer(text, return_tensors="pt"), num_beams=1, do_sample=False, max_length=128)
        found.append(tokenizer.convert_ids_to_tokens(ids[0], skip_special_tokens=True))
    return found


def with_ctranslate2(folder: Path, tokenizer: MarianTokenizer, texts: list[str]) -> list[list[str]]:
    """The same with CTranslate2; the end mark is added by its own configuration."""
    engine = ctranslate2.Translator(str(folder), device="cpu", compute_type="float32", intra_threads=1)
    tokens = [tokenizer.tokenize(text) for text in texts]
    return [r.hypotheses[0] for r in engine.translate_batch(tokens, beam_size=1, max_decoding_length=127)]


def agreement(settings: recipe.Settings, direction: str, count: int = 50) -> int:
    """How many of the sentences have the same tokens."""
    paths, source = settings["paths"], direction.split("-")[0]
    pairs = list(corpora.report_sentences(paths["reports"] / "dev.jsonl"))[:count]
    texts = [to_model(p.en if source == "en" else p.zh, source) for p in pairs]
    checkpoint = paths["work"] / direction / "transformers"
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "float32"
        convert(checkpoint, to, "float32", paths["work"] / "tokenizer.model")
        ours = with_ctranslate2(to, MarianTokenizer.from_pretrained(checkpoint), texts)
    theirs = with_transformers(checkpoint, texts)
    same = [a[:100] == b[:100] for a, b in zip(ours, theirs, strict=True)]
    return sum(same)


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    arguments = parser.parse_args()
    print(agreement(recipe.from_arguments(arguments), arguments.direction), "of 50 sentences have the same tokens")


if __name__ == "__main__":
    main()
