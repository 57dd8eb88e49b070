"""The recipe in small: made-up sentences, a tiny model, every command's work in less than a minute on one core."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="the training recipe needs torch: pip install 'wivtext[models]'")
pytest.importorskip("google.protobuf", reason="the tokenizer recipe needs protobuf")
pytest.importorskip("scipy", reason="the first embedding needs scipy")
pytest.importorskip("pypinyin", reason="the name finder needs pypinyin")

import torch
from safetensors.torch import load_file

from training import average, compare, curve, embeddings, export, prepare, schedule, settings, shipped, tokenizer, train
from training.evaluate import Model
from training.run import Run
from training.text import annotation, to_model

WHO = [
    ("Sang Weidong", "桑卫东"),
    ("Qiao Lifang", "乔丽芳"),
    ("Lian Yuhe", "廉玉河"),
    ("Kittipong Saelim", "吉提蓬·赛林"),
]
WHAT = [
    ("battery plant", "电池工厂"),
    ("research centre", "研究中心"),
    ("charging station", "充电站"),
    ("service network", "服务网络"),
]
WHERE = [("Thailand", "泰国"), ("Hungary", "匈牙利"), ("Sichuan", "四川"), ("Hefei", "合肥")]


def invented() -> list[tuple[str, str, int]]:
    """Sentences of one pattern; the number says whose they are."""
    rng = random.Random(1)
    return [
        (
            f"{who[0]} said the {what[0]} in {where[0]} cost {n / 10} billion yuan.",
            f"{who[1]}表示，{where[1]}的{what[1]}耗资{n / 10}亿元。".replace(f"{n / 10}亿", f"{n}亿"),
            i,
        )
        for (i, who), what, where in itertools.product(enumerate(WHO), WHAT, WHERE)
        for n in [rng.randint(11, 99)]
    ]


def document(number: int, name: tuple[str, str], pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A report like those of the corpus."""
    person = {
        "id": "S1",
        "en": name[0],
        "zh": name[1],
        "role_en": "director",
        "role_zh": "主任",
        "org_en": "Lanchi Auto",
        "org_zh": "澜驰汽车",
    }
    return {
        "id": f"d{number}",
        "title": {"en": "New plant", "zh": "新工厂"},
        "speakers": [person],
        "sentences": [{"en": en, "zh": zh, "speaker": "S1", "quote": "indirect"} for en, zh in pairs],
        "brief": {"en": ["The plant is open."], "zh": ["工厂已投产。"]},
        "speaker_briefs": {"S1": {"en": "He spoke.", "zh": "他发言。"}},
    }


def corpus(folder: Path) -> None:
    """Write reports, news, general text and terms as the recipe expects them."""
    for part in ("reports", "terms", "written"):
        (folder / part).mkdir()
    documents = [document(i, name, [(e, z) for e, z, who in invented() if who == i]) for i, name in enumerate(WHO)]
    for split in ("train", "dev"):
        (folder / "reports" / f"{split}.jsonl").write_text(
            "\n".join(json.dumps(d, ensure_ascii=False) for d in documents) + "\n", "utf-8"
        )
    plain = "".join(f"{e}\t{z}\n" for e, z, _ in invented())
    (folder / "reports" / "sentences.tsv").write_text("en\tzh\n" + plain, "utf-8")
    (folder / "news.tsv").write_text(
        "source\ten\tzh\n" + "".join(f"newstest\t{line}\n" for line in plain.splitlines()), "utf-8"
    )
    (folder / "written" / "sentences.tsv").write_text(plain, "utf-8")
    terms = "".join(f"{en}\t{zh}\tplace\t\t\t\n" for en, zh in WHERE + WHAT)
    (folder / "terms" / "places.tsv").write_text("en\tzh\tkind\ten_variants\tzh_variants\tnote\n" + terms, "utf-8")


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    """Settings for a tiny run over the invented corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    corpus(folder)
    tiny = settings.load(work=folder / "work")
    tiny["paths"] |= {
        "reports": folder / "reports",
        "terms": folder / "terms",
        "written": folder / "written",
        "news": folder / "news.tsv",
        "general": folder / "news.tsv",
    }
    tiny["tokenizer"] |= {"vocab_size": 420, "general_lines": 50, "character_coverage": 1.0}
    tiny["embeddings"] |= {"general_lines": 50}
    tiny["model"] |= {"d_model": 32, "ffn": 64, "heads": 2, "encoder_layers": 1, "decoder_layers": 1}
    tiny["train"] |= {"warmup_steps": 10, "batch_tokens": 256, "window": 200, "peak_rate": 3e-3}
    return tiny


def test_rehearsal(recipe: settings.Settings, tmp_path: Path) -> None:
    """Prepare, train, resume, average, export: the loss falls, and both exports say the same."""
    prepare.prepare(recipe)
    tokenizer.train(recipe)
    embeddings.make(recipe)
    run = Run(recipe, "en-zh")
    train.train(run, schedule.make(recipe["train"], None, 25))
    again = Run(recipe, "en-zh")
    again.resume("final")
    assert again.state["step"] == 25
    train.train(again, schedule.make(recipe["train"], None, 60))
    assert again.state["tokens"] > run.state["tokens"]
    work = recipe["paths"]["work"]
    average.average(work / "en-zh", ["stable", "final"])
    folder = export.transformers_folder(recipe, "en-zh")
    export.convert(folder, tmp_path / "int8", "int8-7", work / "tokenizer.model")
    assert compare.agreement(recipe, "en-zh", 8) == 8
    texts = [to_model(en, "en") for en, _, _ in invented()[:2]]
    assert len(Model(tmp_path / "int8", "en-zh", 1, 2, 1.1).translate(texts)) == 2
    go_on_from_shipped(recipe, tmp_path / "int8")

    part, whole = curve.curve(recipe, "en-zh", [0.5, 1.0], 15)
    assert 0 < part["report_documents"] < whole["report_documents"] == 4
    assert curve.curve(recipe, "en-zh", [1.0], 15) == [part, whole]  # kept, not trained again


def go_on_from_shipped(recipe: settings.Settings, folder: Path) -> None:
    """A shipped model comes back to within its rounding, ships again as the same bytes, and can be trained on."""
    work = recipe["paths"]["work"]
    facts = export.facts(recipe, "en-zh", folder)
    (folder / "model.json").write_text(json.dumps(facts), "utf-8")
    back = load_file(str(shipped.checkpoint(recipe, "en-zh", folder) / "ema.safetensors"))
    averaged = load_file(str(work / "en-zh" / "averaged.safetensors"))
    assert back.keys() == averaged.keys()
    for name, weight in averaged.items():
        assert torch.all((back[name] - weight).abs() <= weight.abs().amax(-1, keepdim=True) / 125), name
    average.average(work / "en-zh", ["shipped"])
    export.convert(
        export.transformers_folder(recipe, "en-zh"), folder.with_name("again"), "int8-7", work / "tokenizer.model"
    )
    assert (folder.with_name("again") / "model.bin").read_bytes() == (folder / "model.bin").read_bytes()
    run = Run(recipe, "en-zh")
    run.resume("shipped")
    plan = schedule.make(recipe["train"], None, 70)
    assert plan.rate(60, run.state["began"]) < plan.rate(65, run.state["began"]) < plan.peak
    train.train(run, plan)
    assert run.state["step"] == 70


def test_a_checkpoint_is_not_replaced_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en-zh" / "last").mkdir(parents=True)
    monkeypatch.setattr("sys.argv", ["train", "en-zh", "--steps", "1", "--work", str(tmp_path)])
    with pytest.raises(SystemExit, match="2"):
        train.main()


def test_slots_fill_both_sides(recipe: settings.Settings) -> None:
    """Figures agree, a bare name stays Latin, an annotation's target is in the translation."""
    from training.augment import Filler

    prepare.prepare(recipe)
    work = recipe["paths"]["work"]
    rows = [json.loads(line) for line in (work / "reports.jsonl").read_text("utf-8").splitlines()]
    row = next(r for r in rows if {"name", "figure"} <= {s[0] for s in r["slots"]})
    filler = Filler.load(work, recipe["augment"] | {"annotate_sentence": 0.5}, "en-zh", random.Random(3))
    for source, target in (filler.fill(row) for _ in range(50)):
        if "<term>" not in source:
            assert " ".join(source.split()[:2]) in target
        for piece in source.split("<as>")[1:]:
            assert piece.split("</term>")[0] in target


def test_annotation_of_a_sentence() -> None:
    """The form that the README promises."""
    assert "said" + annotation("Sang Weidong", "桑卫东", "en") == "said<term> Sang Weidong<as>桑卫东</term>"
