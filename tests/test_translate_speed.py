"""The speed benchmark in small: every engine writes as much as it is told to, the table compares with its first row."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="the benchmark needs torch: pip install 'wivtext[models]'")

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from translate_speed import OPUS_MT, ROWS, SHIPPED, Row, Worker, build, engine, sentences, table

if not SHIPPED.is_dir():
    pytest.skip("no weights in wivtext/embedded", allow_module_level=True)

TEXTS = ["The plant opened on 26 February.", "Sales rose 12.5% in March, he said, and will rise again."]
TINY: dict[str, Any] = OPUS_MT | {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    "vocab_size": 12100,
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opus-mt")
    build(folder, TINY)
    return folder


@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind != "embedded-free"])
def test_every_sentence_has_the_same_length(kind: str, checkpoint: Path) -> None:
    assert engine(kind, checkpoint, "en", "zh", 1)(TEXTS, 7) == 7 * len(TEXTS)


def test_as_used_ends_where_it_ends(checkpoint: Path) -> None:
    assert engine("embedded-free", checkpoint, "en", "zh", 1)(TEXTS, 3) > 3 * len(TEXTS)


def test_a_worker_measures_itself(checkpoint: Path) -> None:
    worker = Worker("embedded", checkpoint, "en", TEXTS[0], 1)
    answer = worker.ask(TEXTS, 5)
    worker.close()
    assert answer["tokens"] == 10 and answer["seconds"] > 0 and 20 < answer["peak_mb"] < 2000
    assert worker.load_seconds > answer["seconds"]


def test_the_table_compares_with_its_first_row() -> None:
    rows = [
        Row("slow", 2, 10, 1.0, 500.0, [4.0, 2.0, 9.0], [4.0, 4.0, 5.0]),
        Row("quick", 2, 10, 0.1, 50.0, [0.5], [1.0]),
    ]
    assert "| slow | 1.0 | 5 | 1.0 | 2 | 1.0 | 500 | 1.0 |" in table(rows)
    assert "| quick | 4.0 | 20 | 4.0 | 10 | 4.0 | 50 | 0.1 |" in table(rows)


def test_sentences_come_evenly_from_the_documents_of_one_language(tmp_path: Path) -> None:
    texts = {
        "a": "Exports rose again in the third quarter, the ministry said. ",
        "b": "Prices fell for the second month in a row, the bank said. ",
        "c": "工信部表示，今年前三个季度汽车出口继续保持较快增长。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text * 6)
    found = sentences(sorted(tmp_path.iterdir()), "en", 4)
    assert [text[0] for text in found] == ["E", "E", "P", "P"]
