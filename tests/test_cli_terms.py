"""`wivtext terms` as other programs call it."""

import json

import pytest

from wivtext.cli import main

HEADER = "en\tzh\tkind\ten_variants\tzh_variants\tnote\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pair(here):
    (here / "own.tsv").write_text(HEADER + "Lanchi Auto\t澜驰汽车\t\tLanchi\t澜驰\t\nzonal\t区域\t\t\t\t\n", "utf-8")
    (here / "en.txt").write_text("Lanchi Auto grew.\nLanchi fell.\nA zonal design.\n", "utf-8")
    (here / "zh.txt").write_text("澜驰汽车增长。\n蓝池下跌。\n区域设计。\n", "utf-8")
    return ["en.txt", "zh.txt", "--terms", "own.tsv"]


def test_check_counts_hits_misses_and_places(pair, capsys):
    assert main(["terms", "check", *pair]) == 1
    table = capsys.readouterr().out
    assert "Lanchi -> 澜驰  missed at 2" in table and "3 terms in 3 places, 66.7% right" in table
    assert main(["terms", "check", *pair, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["places"], found["hits"], found["misses"]) == (3, 2, 1)
    assert found["terms"][0]["source"] == "Lanchi" and found["terms"][0]["misses"] == [2]


def test_check_the_other_way_round_and_clean(pair, capsys, here):
    (here / "en.txt").write_text("Lanchi Auto grew.\nBlue Pond fell.\nA zonal design.\n", "utf-8")
    assert main(["terms", "check", "zh.txt", "en.txt", *pair[2:]]) == 0
    assert "100.0% right" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "en.txt", "missing.txt"],
        ["check", "missing"],
        ["import", "missing.csv"],
        ["export", "out.docx", "--starter"],
        ["export", "out.tbx"],
    ],
)
def test_bad_input_is_one_line(arguments, pair, capsys):
    assert main(["terms", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("wivtext: ") and error.count("\n") == 1


def test_import_refuses_all_or_takes_all(here, capsys):
    (here / "bad.csv").write_text("en,zh\nBYD,比亚迪\nSeres,\n", "utf-8")
    assert main(["terms", "import", "bad.csv"]) == 2
    assert "bad.csv line 3: zh is empty" in capsys.readouterr().err
    assert not (here / "corpus").exists()


def test_import_merges_and_tells_contradictions(pair, here, capsys):
    (here / "new.csv").write_text("en,zh,note\nLanchi Auto,澜驰汽车,again\nzonal,分区,\nHefei,合肥,\n", "utf-8")
    assert main(["terms", "import", "own.tsv"]) == 0
    assert main(["terms", "import", "new.csv", "-o", "corpus/terms/own.tsv"]) == 1
    told = capsys.readouterr()
    assert "“zonal” is “分区” here and “区域”" in told.err and "new.csv line 3" in told.err
    rows = (here / "corpus" / "terms" / "own.tsv").read_text("utf-8").splitlines()
    assert len(rows) == 5 and rows[1].split("\t") == ["Lanchi Auto", "澜驰汽车", "", "Lanchi", "澜驰", "again"]


def test_import_minds_faults_beside_it_before_it_writes_and_no_strangers(pair, here, capsys):
    (here / "strange.tsv").write_text("colour\tred\n", "utf-8")
    assert main(["terms", "import", "own.tsv", "-o", "back.tsv"]) == 0
    assert main(["terms", "import", "own.tsv"]) == 0
    (here / "corpus" / "terms" / "broken.tsv").write_text("en\tzh\nx\t\n", "utf-8")
    assert main(["terms", "import", "own.tsv", "-o", "corpus/terms/new.tsv"]) == 2
    assert "broken.tsv line 2: zh is empty" in capsys.readouterr().err
    assert not (here / "corpus" / "terms" / "new.tsv").exists()


def test_one_language_twice_is_refused(pair, capsys):
    assert main(["terms", "check", *pair, "--from", "zh", "--to", "zh"]) == 2
    assert main(["check", *pair[:2], "--from", "en", "--to", "en"]) == 2
    assert "--from and --to are both en" in capsys.readouterr().err


def test_export_and_import_come_back_to_the_same(pair, here, capsys):
    assert main(["terms", "export", "a.tbx", "--terms", "own.tsv"]) == 0
    assert main(["terms", "export", "b.csv", "--terms", "a.tbx"]) == 0
    assert main(["terms", "import", "b.csv", "-o", "c.tsv"]) == 0
    assert (here / "c.tsv").read_bytes() == (here / "own.tsv").read_bytes()


def test_propose_lists_terms_to_fill_in_and_import(here, capsys):
    corpus = here / "corpus"
    corpus.mkdir()
    english = "Engineers at Lanchi praised the quill gearbox (羽毛变速箱). The quill gearbox is light, they said. "
    chinese = "澜驰公司的鹅毛变速箱很轻。工程师介绍，鹅毛变速箱的成本更低。鹅毛变速箱将于5月投产。"
    (corpus / "a.txt").write_text("Gears\n\n" + english + "However, a quill gearbox costs more.\n", "utf-8")
    (corpus / "b.txt").write_text("变速箱\n\n" + chinese, "utf-8")
    assert main(["terms", "propose", "corpus", "-o", "new.tsv"]) == 0
    rows = [line.split("\t") for line in (here / "new.tsv").read_text("utf-8").splitlines()]
    assert ["quill gearbox", "羽毛变速箱"] in [row[:2] for row in rows]
    assert ["", "鹅毛变速箱"] in [row[:2] for row in rows]
    assert "proposed: 3 times in 1 document" in rows[1][5]
    assert not {"however", "engineers", "gearbox", "quill"} & {row[0].lower() for row in rows}
    assert main(["terms", "import", "new.tsv", "-o", "taken.tsv"]) == 0
    assert "have no translation yet" in capsys.readouterr().err
    assert "quill gearbox\t羽毛变速箱" in (here / "taken.tsv").read_text("utf-8")
