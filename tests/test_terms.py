import json
import time
from pathlib import Path

import pytest

from wivtext.errors import TermBaseError
from wivtext.terms import ORGANISATIONS, ROLES, TermBase
from wivtext.terms.index import contains

CASES = json.loads((Path(__file__).parent / "cases" / "terms.json").read_text(encoding="utf-8"))
HEADER = "en\tzh\tkind\ten_variants\tzh_variants\tnote\n"


def cases() -> list[object]:
    marks = {True: [pytest.mark.xfail(strict=True)], False: []}
    return [pytest.param(case, id=case["label"], marks=marks["known_failure" in case]) for case in CASES]


@pytest.fixture(scope="module")
def starter() -> TermBase:
    return TermBase.load()


@pytest.mark.parametrize("case", cases())
def test_match(case, starter):
    matches = starter.match(case["text"], case["language"])
    other = "zh" if case["language"] == "en" else "en"
    assert [match.entry.forms(other)[0] for match in matches] == case["expected"]
    assert all(case["text"][match.start : match.end] == match.text for match in matches)


def test_every_starter_entry_is_found_by_itself(starter):
    lost = [entry.zh for entry in starter.entries if entry not in starter.find(entry.zh, "zh")]
    lost += [entry.en for entry in starter.entries if entry not in starter.find(entry.en, "en")]
    assert lost == []


def test_own_entries_win(tmp_path, starter):
    own = tmp_path / "own.tsv"
    own.write_text(HEADER + "BYD\t迪链\tbrand\t\t\t\n", encoding="utf-8")
    terms = TermBase.load([own])
    assert terms.lookup("BYD", "en") == "迪链"
    assert [pair.target for pair in terms.pairs("BYD grew.", "en", "zh")] == ["迪链"]
    assert terms.digest != starter.digest


def test_folder_of_files(tmp_path):
    (tmp_path / "a.tsv").write_text("en\tzh\nQilu Bridge\t齐鲁桥\n", encoding="utf-8-sig")
    assert TermBase.load([tmp_path], starter=False).lookup("qilu bridge", "en") == "齐鲁桥"


def test_every_faulty_line_is_listed(tmp_path):
    bad = tmp_path / "bad.tsv"
    bad.write_text(HEADER + "a\t\n\n\t乙\tx\nok\t好\na\tb\tc\td\te\tf\tg\n", encoding="utf-8")
    with pytest.raises(TermBaseError) as caught:
        TermBase.load([bad])
    assert all(f"line {number}" in str(caught.value) for number in (2, 4, 6))
    assert "line 5" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "part"), [(b"\xff\xfe\x00", "not UTF-8"), (b"one\ttwo\n", "line 1"), (b"", "line 1")]
)
def test_no_term_file(tmp_path, content, part):
    bad = tmp_path / "bad.tsv"
    bad.write_bytes(content)
    with pytest.raises(TermBaseError, match=part):
        TermBase.load([bad])
    with pytest.raises(TermBaseError, match="no such"):
        TermBase.load([tmp_path / "missing.tsv"])


def test_several_senses_are_not_enforced(starter):
    assert starter.pairs("The sponsor listed its EPS and SOC.", "en", "zh") == ()
    assert starter.pairs("公司将上市。", "zh", "en") == ()
    assert starter.lookup("EPS", "en") is None


def test_lookup(starter):
    assert starter.lookup("executive vice president", "en", ROLES) == "执行副总裁"
    assert starter.lookup("赛力斯", "zh", ORGANISATIONS) == "Seres"
    assert starter.lookup("Tsinghua University", "en") == "清华大学"
    assert starter.lookup("Seres", "en", ROLES) is None
    assert starter.lookup("no such thing", "en") is None


def test_names_of_a_document(starter):
    terms = starter.with_names([("Lin Haoran", "林浩然")])
    assert terms.pairs("Lin Haoran spoke.", "en", "zh")[0].target == "林浩然"
    assert terms.lookup("BYD", "en") == "比亚迪"


def test_fast_enough(starter):
    text = "Intelligent connected vehicles of BYD, SAIC Motor and Seres left the plant in Hefei on Tuesday. " * 130
    starter.match(text, "en")
    start = time.process_time()
    starter.match(text, "en")
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May said she would stay.", ["梅"]),
        ("Sales rose in May.", []),
        ("It opened on May 3 and closed by May.", []),
        ("The lead in the batteries is recycled.", ["铅"]),
        ("They lead the market and want to lead.", []),
    ],
)
def test_homographs_of_the_analyst_are_met_with_caution(tmp_path, text, expected):
    own = tmp_path / "own.tsv"
    own.write_text("en\tzh\tkind\nMay\t梅\tperson\nlead\t铅\tmetal\n", encoding="utf-8")
    terms = TermBase.load([own], starter=False)
    assert [pair.target for pair in terms.pairs(text, "en", "zh")] == expected


def test_terms_of_traditional_script_are_asked_for_and_found(starter):
    (pair,) = starter.pairs("比亞迪增長。", "zh", "en")
    assert (pair.source, pair.target) == ("比亞迪", "BYD")
    assert contains("动力电池", "發展動力電池", "zh")


def test_names_over_a_shared_index_match_as_in_one(starter):
    names = [("Lin Haoran", "林浩然"), ("BYD Works", "比亚迪工坊"), ("Seres", "塞雷斯")]
    over, whole = starter.with_names(names), TermBase(starter.with_names(names).entries)
    for text, language in (("BYD Works, BYD and Seres met Lin Haoran in Hefei.", "en"), ("比亚迪工坊在合肥。", "zh")):
        assert over.match(text, language) == whole.match(text, language)
    assert over.lookup("Seres", "en") == "塞雷斯"
