"""The learning curve of our own reports: `python -m training.curve en-zh --steps 1500 --share 0 --share 0.5 --share 1`.

For each share a model is trained from scratch with that part of the reports' documents, as often repeated as in the
full mix (what the reports leave free goes to the other pools), and as many target tokens in all. Scores on `dev` and
FLORES go to WORK/curve/<direction>.json; a share that is there already is not trained again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import sacrebleu
import sentencepiece
import torch
from safetensors.torch import load_file

from training import average, export, schedule
from training import model as marian
from training import settings as recipe
from training.evaluate import Item, Model, read
from training.run import Run
from training.text import to_model
from training.train import train

LIMIT = 300  # sentences scored of each set


def first_documents(lines: list[str], share: float) -> list[str]:
    """The stored rows of a share of the documents; a smaller share's documents are among a larger one's.

    Rows that belong to no document (names and roles) are kept in the same share.
    """
    return [line for line in lines if _place(json.loads(line)["document"] or line) < share]


def _place(name: str) -> float:
    """Where between 0 and 1 a name stands, always the same."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64


def with_share(mix: dict[str, float], share: float) -> dict[str, float]:
    """The mix with so much of its reports, the others in their proportions.

    >>> with_share({"reports": 0.5, "news": 0.25, "general": 0.25}, 0.5)
    {'reports': 0.25, 'news': 0.375, 'general': 0.375}
    """
    reports = mix["reports"] * share
    rest = (1 - reports) / (1 - mix["reports"])
    return {name: reports if name == "reports" else round(part * rest, 6) for name, part in mix.items()}


def work_of(settings: recipe.Settings, share: float) -> recipe.Settings:
    """The settings for one share, its work folder made."""
    work: Path = settings["paths"]["work"]
    folder = work / "curve" / f"{share:g}"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("written.jsonl", "news.jsonl", "terms.jsonl", "general.jsonl", "exchange.json", "tokenizer.model"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(work / name)
    lines = (work / "reports.jsonl").read_text("utf-8").splitlines()
    # A pool may not be empty: with a share of 0 it is there and never drawn.
    kept = first_documents(lines, share) or lines[:1]
    (folder / "reports.jsonl").write_text("\n".join(kept) + "\n", "utf-8")
    first = work / "embeddings.safetensors"
    if first.exists():
        cut = load_file(str(first))["embeddings"][:, : settings["model"]["d_model"]].contiguous()
        marian.save(folder / "embeddings.safetensors", {"embeddings": cut})
    options = {**settings["train"], **{key: with_share(settings["train"][key], share) for key in ("mix", "decay_mix")}}
    return {**settings, "paths": {**settings["paths"], "work": folder}, "train": options}


def loss(run: Run, items: list[Item], settings: recipe.Settings, direction: str) -> float:
    """Nats a target piece on unseen sentences, by the averaged weights and the whole vocabulary."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(settings["paths"]["work"] / "tokenizer.model"))
    target = direction.split("-")[1]
    pairs = [([*pieces.encode(i.source), 0], [*pieces.encode(to_model(i.reference, target)), 0]) for i in items]
    for name, weight in marian.tensors(run.model).items():
        weight.data.copy_(run.ema[name])
    run.model.eval()
    total, tokens = 0.0, 0
    with torch.no_grad():
        for start in range(0, len(pairs), 16):
            value, count = marian.loss(run.model, pairs[start : start + 16], 0.0, run.device, 0)
            total, tokens = total + value.item() * count, tokens + count
    return total / tokens


def measure(settings: recipe.Settings, direction: str, share: float, steps: int) -> dict[str, Any]:
    """Train with one share and score."""
    own = work_of(settings, share)
    folder = own["paths"]["work"]
    run = Run(own, direction)
    train(run, schedule.make(own["train"], None, steps))
    average.average(folder / direction, ["final"])
    checkpoint = export.transformers_folder(own, direction)
    export.convert(checkpoint, folder / "export", "float32", folder / "tokenizer.model")
    model = Model(folder / "export", direction, own["train"]["threads"], 4, 1.0)
    result: dict[str, Any] = {"share": share, "target_tokens": run.state["tokens"], "steps": steps}
    rows = (folder / "reports.jsonl").read_text("utf-8").splitlines()
    result["report_documents"] = len({json.loads(row)["document"] for row in rows} - {""}) if share else 0
    for name in ("dev", "flores"):
        items = read(own["paths"], name, direction, LIMIT)
        outputs, references = model.translate([i.source for i in items]), [i.reference for i in items]
        bleu = sacrebleu.BLEU(tokenize="zh" if model.target == "zh" else "13a")
        result[name] = {
            "loss": round(loss(run, items, own, direction), 3),
            "BLEU": round(bleu.corpus_score(outputs, [references]).score, 1),
            "chrF2": round(sacrebleu.CHRF().corpus_score(outputs, [references]).score, 1),
        }
    shutil.rmtree(folder)
    return result


def curve(settings: recipe.Settings, direction: str, shares: list[float], steps: int) -> list[dict[str, Any]]:
    """The figures of every share, kept as they come."""
    path: Path = settings["paths"]["work"] / "curve" / f"{direction}.json"
    found = json.loads(path.read_text("utf-8")) if path.exists() else []
    for share in shares:
        if not any(one["share"] == share and one["steps"] == steps for one in found):
            found.append(measure(settings, direction, share, steps))
            path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
            print(json.dumps(found[-1]), flush=True)
    return [one for one in found if one["steps"] == steps]


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("--steps", type=int, default=1500, help="updates of each model, decay included")
    parser.add_argument("--share", type=float, action="append", help="part of the reports' documents (repeatable)")
    arguments = parser.parse_args()
    settings = recipe.from_arguments(arguments)
    torch.set_num_threads(settings["train"]["threads"])
    torch.set_flush_denormal(True)
    for one in curve(settings, arguments.direction, arguments.share or [0.0, 0.25, 0.5, 1.0], arguments.steps):
        print(one["share"], one["report_documents"], one["dev"], one["flores"])


if __name__ == "__main__":
    main()
