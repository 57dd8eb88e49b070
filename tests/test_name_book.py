"""Names of a corpus: given in one document, used in another; listed to fill in, filled in, and never lost."""

import json
from pathlib import Path

import pytest

from wivtext.building import build
from wivtext.errors import TermBaseError
from wivtext.namebook import FILLED, FORM, filled, form, glosses, name_book
from wivtext.records import Brief, from_dict
from wivtext.settings import settings_from
from wivtext.terms import TermBase

GLOSS = "Fair opens\n\nLin Haoran (林浩然), chairman of Northlake Motors, opened the fair. It rained.\n"
LIN = "Prices\n\nPrices will not rise before July, said Lin Haoran, chairman of Northlake Motors.\n"
ROE = "Ports\n\nThe port is full, said Kirsten Aldridge, head of the port of Skjelvik. She left early.\n"
CHINESE = "车展\n\n北湖汽车董事长林浩然表示，7月之前不会涨价。\n"

CASES = [
    ("English first", "Lin Haoran (林浩然), chairman", [("Lin Haoran", "林浩然")]),
    ("Chinese first, full-width brackets", "董事长单志远（Shan Zhiyuan）表示", [("Shan Zhiyuan", "单志远")]),
    ("an office before the English name", "Chairman Lin Haoran (林浩然) spoke", [("Lin Haoran", "林浩然")]),
    ("compound surname and more in the bracket", "欧阳文博（Ouyang Wenbo，教授）", [("Ouyang Wenbo", "欧阳文博")]),
    ("apostrophe between syllables", "Zhu Xi'an (朱熹安)", [("Zhu Xi'an", "朱熹安")]),
    ("umlaut for lü", "Lü Xiang (吕翔)", [("Lü Xiang", "吕翔")]),
    ("given name of one's own choice", "Stella Qiao (乔岚)", [("Stella Qiao", "乔岚")]),
    ("foreign name after an office", "首席科学家伊尔瓦·布兰特（Ilva Brandt）说", [("Ilva Brandt", "伊尔瓦·布兰特")]),
    ("an event is nobody", "World Smart Industry Expo (世界智能产业博览会)", []),
    ("a firm is nobody", "Northlake Motors (北湖汽车)", []),
    ("a brand that sounds otherwise", "Kestrel Autonomy (红隼自动驾驶)", []),
]


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in {"lin": LIN, "roe": ROE}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    return settings_from(
        {"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": {"cache": str(tmp_path / "cache")}}
    )


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs"


def names(outputs: Path, document: str) -> dict[str, str]:
    made = from_dict(Brief, json.loads((outputs / document / "brief.json").read_text(encoding="utf-8")))
    return {part.name.en: part.name.zh for part in made.speakers}


def fill_in(path: Path, name: str, zh: str) -> None:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    changed = [[row[0], zh, *row[2:]] if row[0] == name else row for row in rows]
    path.write_text("\n".join("\t".join(row) for row in changed) + "\n", encoding="utf-8")


@pytest.mark.parametrize(("label", "text", "expected"), CASES, ids=[label for label, _, _ in CASES])
def test_glosses(label, text, expected):
    assert list(glosses(text)) == expected


def test_unknown_names_stay_latin_and_are_listed_first(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    assert names(outputs, "roe") == {"Kirsten Aldridge": "Kirsten Aldridge"}
    header, *rows = [line.split("\t") for line in (outputs / FORM).read_text(encoding="utf-8").splitlines()]
    row = dict(zip(header, rows[0], strict=True))
    assert (row["en"], row["zh"], row["role_en"], row["documents"]) == (
        "Kirsten Aldridge",
        "",
        "head of the port",
        "roe",
    )
    assert row["status"] == "missing"


def test_what_one_document_glosses_another_uses(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    assert names(outputs, "lin")["Lin Haoran"] == "Lin Haoran"
    (corpus / "fair.txt").write_text(GLOSS, encoding="utf-8")
    report = build(corpus, outputs, settings=settings)
    assert report.built == ("fair", "lin") and report.why["lin"] == ("names changed",)
    assert names(outputs, "lin")["Lin Haoran"] == "林浩然"
    (corpus / "fair.txt").unlink()
    assert build(corpus, outputs, settings=settings).built == ("lin",)
    assert names(outputs, "lin")["Lin Haoran"] == "Lin Haoran"


def test_what_was_filled_in_is_used_and_stays(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    fill_in(outputs / FORM, "Kirsten Aldridge", "柯尔斯滕·奥尔德里奇")
    report = build(corpus, outputs, settings=settings)
    assert (report.built, report.kept) == (("roe",), ())
    assert names(outputs, "roe") == {"Kirsten Aldridge": "柯尔斯滕·奥尔德里奇"}
    assert build(corpus, outputs, settings=settings).built == ()
    (outputs / FORM).unlink()
    build(corpus, outputs, settings=settings)
    assert names(outputs, "roe") == {"Kirsten Aldridge": "柯尔斯滕·奥尔德里奇"}
    assert (corpus / "terms" / FILLED).read_text(encoding="utf-8").count("柯尔斯滕") == 1


def test_a_second_thought_wins_over_the_first(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    fill_in(outputs / FORM, "Kirsten Aldridge", "柯尔斯滕·奥尔德里奇")
    build(corpus, outputs, settings=settings)
    fill_in(outputs / FORM, "Kirsten Aldridge", "克斯廷·奥尔德里奇")
    build(corpus, outputs, settings=settings)
    assert names(outputs, "roe") == {"Kirsten Aldridge": "克斯廷·奥尔德里奇"}


def test_the_form_among_the_terms_is_a_term_file(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    fill_in(outputs / FORM, "Kirsten Aldridge", "柯尔斯滕·奥尔德里奇")
    (corpus / "terms").mkdir()
    (outputs / FORM).rename(corpus / "terms" / FORM)
    assert TermBase.load([corpus / "terms" / FORM], starter=False).lookup("Kirsten Aldridge", "en")
    assert "roe" in build(corpus, outputs, settings=settings).built
    assert names(outputs, "roe") == {"Kirsten Aldridge": "柯尔斯滕·奥尔德里奇"}


def test_the_analysts_terms_win_over_a_document(corpus, outputs, settings):
    (corpus / "terms").mkdir()
    (corpus / "terms" / "own.tsv").write_text("en\tzh\tkind\nLin Haoran\t林皓然\tperson\n", encoding="utf-8")
    (corpus / "fair.txt").write_text(GLOSS, encoding="utf-8")
    build(corpus, outputs, settings=settings)
    assert names(outputs, "lin")["Lin Haoran"] == "林皓然"


def test_a_chinese_name_is_in_the_book_with_its_pinyin(corpus, outputs, settings):
    (corpus / "zh.txt").write_text(CHINESE, encoding="utf-8")
    build(corpus, outputs, settings=settings)
    rows = (outputs / FORM).read_text(encoding="utf-8")
    assert "Lin Haoran\t林浩然\tLin Haoran\t" in rows


def test_a_form_saved_by_a_spreadsheet_is_read(tmp_path):
    path = tmp_path / FORM
    path.write_text("en\tzh\tstatus\r\nJane Roe\t简·罗\tmissing\r\nJohn Doe\t\tmissing\r\n", encoding="utf-16")
    assert filled(path) == (("Jane Roe", "简·罗"),)


def test_a_form_without_its_first_line_is_an_error_that_says_so(tmp_path):
    path = tmp_path / FORM
    path.write_text("Jane Roe\t简·罗\n", encoding="utf-8")
    with pytest.raises(TermBaseError, match=r"names\.tsv line 1: no columns en and zh"):
        filled(path)


def test_a_form_written_is_no_edit(corpus, outputs, settings, tmp_path):
    (corpus / "zh.txt").write_text(CHINESE, encoding="utf-8")
    build(corpus, outputs, settings=settings)
    briefs = [from_dict(Brief, json.loads(path.read_text(encoding="utf-8"))) for path in outputs.glob("*/brief.json")]
    (tmp_path / FORM).write_text(form(name_book(briefs)), encoding="utf-8")
    assert filled(tmp_path / FORM) == ()
