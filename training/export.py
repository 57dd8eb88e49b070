"""Write a model as plain transformers and as CTranslate2 int8: `python -m training.export en-zh --to DIR`.

WORK/<direction>/transformers loads with `MarianMTModel.from_pretrained` and `MarianTokenizer.from_pretrained`;
DIR holds what is shipped: CTranslate2 files, the SentencePiece model, model.json.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece
from transformers import GenerationConfig, MarianTokenizer

from training import model as marian
from training import settings as recipe
from training.text import AS, END, SPARE, TERM
from wivtext.engines.quantization import NAME, quantize

SHIPPED = ("model.bin", "config.json", "shared_vocabulary.json", "tokenizer.model")


def transformers_folder(settings: recipe.Settings, direction: str) -> Path:
    """The averaged weights as a transformers checkpoint."""
    work: Path = settings["paths"]["work"]
    folder = work / direction / "transformers"
    shutil.rmtree(folder, ignore_errors=True)
    model = marian.build(settings["model"], settings["tokenizer"]["vocab_size"] + 1)
    marian.restore(model, work / direction / "averaged.safetensors")
    model.generation_config = generation(model.config)
    model.save_pretrained(folder, safe_serialization=True)
    save_tokenizer(work / "tokenizer.model", folder, direction)
    return folder


def generation(config: Any) -> GenerationConfig:
    """How plain transformers should decode: the pad token starts and is never chosen."""
    blank = config.pad_token_id
    return GenerationConfig(
        bad_words_ids=[[blank]],
        decoder_start_token_id=blank,
        eos_token_id=marian.EOS,
        forced_eos_token_id=marian.EOS,
        pad_token_id=blank,
        max_length=256,
        num_beams=4,
    )


def save_tokenizer(model_file: Path, folder: Path, direction: str) -> None:
    """Write the tokenizer as transformers' `MarianTokenizer` loads it."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model_file))
    vocabulary = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())} | {"<pad>": pieces.get_piece_size()}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0), "utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(model_file, folder / name)
    source, target = direction.split("-")
    names = {name: str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")}
    tokenizer = MarianTokenizer(
        names["source.spm"],
        names["target.spm"],
        names["vocab.json"],
        source_lang=source,
        target_lang=target,
        model_max_length=512,
    )
    tokenizer.save_pretrained(folder)


def convert(folder: Path, to: Path, quantization: str, tokenizer: Path) -> None:
    """CTranslate2 files and the tokenizer in a new folder, put in place whole; model cards there are kept."""
    part = to.with_name(to.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    whole = "float32" if quantization == NAME else quantization
    ctranslate2.converters.TransformersConverter(str(folder)).convert(str(part), quantization=whole, force=True)
    if quantization == NAME:
        quantize(part / "model.bin")
    config = json.loads((part / "config.json").read_text("utf-8")) | {"add_source_eos": True}
    (part / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8")
    shutil.copy(tokenizer, part / "tokenizer.model")
    if (to / "README.md").exists():
        shutil.copy(to / "README.md", part / "README.md")
    shutil.rmtree(to, ignore_errors=True)
    part.rename(to)


def facts(settings: recipe.Settings, direction: str, folder: Path) -> dict[str, Any]:
    """What model.json says of a shipped model."""
    state = json.loads((settings["paths"]["work"] / direction / "averaged.json").read_text("utf-8"))
    return {
        "name": f"wivtext-{direction}",
        "version": settings["export"]["version"],
        "direction": direction,
        "licence": "Apache-2.0",
        "quantization": settings["export"]["quantization"],
        "annotation": {"term": TERM, "as": AS, "end": END, "spare": list(SPARE)},
        "training": {
            "steps": state["step"],
            "target_tokens": state["tokens"],
            "pairs_drawn": state["drawn"],
            "seconds": round(state["seconds"]),
        },
        "recipe": {k: settings[k] for k in ("model", "tokenizer", "augment", "train")},
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SHIPPED},
    }


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("--to", type=Path, help="shipped folder (default: wivtext/embedded/<direction>)")
    parser.add_argument("--quantization", help="instead of the one in the settings, e.g. float32")
    arguments = parser.parse_args()
    settings, direction = recipe.from_arguments(arguments), arguments.direction
    settings["export"]["quantization"] = arguments.quantization or settings["export"]["quantization"]
    to = arguments.to or recipe.REPOSITORY / "wivtext" / "embedded" / direction
    folder = transformers_folder(settings, direction)
    convert(folder, to, settings["export"]["quantization"], settings["paths"]["work"] / "tokenizer.model")
    text = json.dumps(facts(settings, direction, to), ensure_ascii=False, indent=1, sort_keys=True)
    (to / "model.json").write_text(text + "\n", "utf-8")
    print(to)


if __name__ == "__main__":
    main()
