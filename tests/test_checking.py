import json
from pathlib import Path

import pytest

from wivtext.checking import KINDS, check, check_lines, stray_words
from wivtext.records import TermPair
from wivtext.terms import TermBase

CASES = json.loads((Path(__file__).parent / "cases" / "checking.json").read_text(encoding="utf-8"))


def cases() -> list[object]:
    marks = {True: [pytest.mark.xfail(strict=True)], False: []}
    return [pytest.param(case, id=case["label"], marks=marks["known_failure" in case]) for case in CASES]


@pytest.mark.parametrize("case", cases())
def test_findings(case):
    if case.get("direction") == "zh-en":
        findings = check(case["zh"], case["en"], "zh", "en")
    else:
        findings = check(case["en"], case["zh"], "en", "zh")
    assert [finding.kind for finding in findings] == case["expected"]
    assert all(finding.message and finding.kind in KINDS for finding in findings)


@pytest.mark.parametrize(
    ("target", "kinds"), [("智能网联汽车增长。", []), ("智能网联车增长。", []), ("智能汽车增长。", ["term"])]
)
def test_terms_in_an_allowed_form(target, kinds):
    pair = TermPair("intelligent connected vehicles", "智能网联汽车", ("智能网联车",))
    findings = check("The intelligent connected vehicles grew.", target, "en", "zh", [pair])
    assert [finding.kind for finding in findings] == kinds


def test_inflected_term_in_english():
    pair = TermPair("固态电池", "solid-state battery")
    assert check("固态电池很贵。", "Solid state batteries are dear.", "zh", "en", [pair]) == ()


def test_messages_say_the_values():
    finding = check("Revenue was 9 billion yuan.", "营收为900亿元。", "en", "zh")[0]
    assert finding.source == "9 billion yuan"
    assert finding.target == "900亿元"
    assert "9,000,000,000" in finding.message
    assert "90,000,000,000" in finding.message


def test_lines_of_two_files():
    lines = check_lines(
        ["Up 5%.", "", "BYD grew.", "Lost line."], ["上涨5%。", "", "公司增长。"], terms=TermBase.load()
    )
    assert [[finding.kind for finding in line.findings] for line in lines] == [[], [], ["term"], ["omission"]]
    assert (lines[0].source_language, lines[0].target_language) == ("en", "zh")


def test_languages_of_lines_are_found_out():
    line = check_lines(["营收增长5%。"], ["Revenue grew by 6%."])[0]
    assert (line.source_language, line.target_language) == ("zh", "en")
    assert [finding.kind for finding in line.findings] == ["number"]


@pytest.mark.parametrize("piece", ["((", "“", "一", "a ", "Lin Hao ", "不", "哈"])
def test_long_lines_of_nonsense_end(piece):
    check(piece * 3000, "好", "en", "zh")
    check("好" * 20, piece * 3000, "zh", "en")


def test_the_words_of_english_are_those_of_wordfreq():
    import wordfreq

    assert stray_words._english_words() == frozenset(wordfreq.get_frequency_dict("en", "large"))
