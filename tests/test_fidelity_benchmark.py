import importlib.util
import sys
from pathlib import Path
from random import Random

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def planted():
    specification = importlib.util.spec_from_file_location("planted_errors", FOLDER / "planted_errors.py")
    module = importlib.util.module_from_spec(specification)
    sys.modules["planted_errors"] = module
    specification.loader.exec_module(module)
    yield module
    del sys.modules["planted_errors"]


@pytest.fixture(scope="module")
def fidelity(planted):
    specification = importlib.util.spec_from_file_location("fidelity", FOLDER / "fidelity.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


SOURCE = "Output rose 35% to 3.5 billion yuan in April, said Xu Kang, and the second line ran 40 kilometres on Friday."
TARGET = "徐康说，4月产值增长35%，达到35亿元，第二条生产线周五运行了40公里，不会停。"


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("万 for 亿, million for billion", "35亿"),
        ("shifted month", "4月"),
        ("shifted weekday", "周五"),
        ("percent sign lost", "35%"),
        ("changed unit", "公里"),
        ("changed currency", "亿元"),
        ("ordinal", "第二"),
        ("swapped name", "徐康"),
        ("lost negation", "不会"),
        ("rise for fall", "增长"),
    ],
)
def test_an_error_of_its_kind_is_planted(planted, kind, lost):
    pair = planted.Pair(SOURCE, TARGET, "zh", names=("徐康",), other_names=("林浩然",))
    made = planted.MAKERS[kind](Random(1), pair)
    assert made not in (None, TARGET)
    assert lost not in made


def test_no_error_where_no_reader_could_see_it(planted):
    pair = planted.Pair("He came last year.", "他2025年来过。", "zh")
    assert [
        kind for kind in ("changed digit", "shifted year", "changed unit") if planted.MAKERS[kind](Random(1), pair)
    ] == []


def test_figures_of_a_file(fidelity, tmp_path, monkeypatch, capsys):
    path = tmp_path / "pairs.tsv"
    path.write_text(f"en\tzh\nx\t{SOURCE}\t{TARGET}\nIt opens in May.\t5月开业。\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["fidelity.py", str(path), "--kinds", "changed digit", "empty"])
    fidelity.main()
    shown = capsys.readouterr().out
    assert "| changed digit | 100.0% | 1 | 100.0% | 1 |" in shown
    assert "| empty | 100.0% | 2 | 100.0% | 2 |" in shown
