import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wivtext.quantities import compare, quantities
from wivtext.quantities.chinese_numerals import hanzi_value
from wivtext.quantities.repair import repair, written

CASES = json.loads((Path(__file__).parent / "cases" / "numbers.json").read_text(encoding="utf-8"))


def cases() -> list[object]:
    marks = {True: [pytest.mark.xfail(strict=True)], False: []}
    return [pytest.param(case, id=case["label"], marks=marks["known_failure" in case]) for case in CASES]


@pytest.mark.parametrize("case", cases())
def test_same_value_in_both_languages(case):
    en, zh = quantities(case["en"], "en"), quantities(case["zh"], "zh")
    assert [mismatch.kind for mismatch in compare(en, zh)] == case["expected"]
    assert len(compare(zh, en)) == len(case["expected"])


@given(st.integers(1, 10**12))
def test_what_we_write_we_read(value):
    for language in ("en", "zh"):
        text = (
            f"约{written(Fraction(value), 'zh')}辆"
            if language == "zh"
            else f"some {written(Fraction(value), 'en')} cars"
        )
        assert Fraction(value) in {q.value for q in quantities(text, language)}


@given(st.text("一二三十百千万亿零〇两01234567890３９．％：.,%年月日点半第成分之 A-$元 twohalfMay", max_size=40))
@settings(max_examples=200)
def test_any_text_is_read_and_spans_are_its_own(text):
    for language in ("en", "zh"):
        for quantity in quantities(text, language):
            assert text[quantity.start : quantity.end] == quantity.text


def test_every_changed_digit_is_noticed():
    source = "In May 2026 the 1,280 employees made 3.5 million cells, 12% more, for 46 yuan each."
    target = "2026年5月，1280名员工生产了350万只电芯，增长12%，每只46元。"
    assert compare(quantities(source, "en"), quantities(target, "zh")) == []
    for place, char in enumerate(target):
        if char.isdigit():
            wrong = target[:place] + str((int(char) + 3) % 10) + target[place + 1 :]
            assert compare(quantities(source, "en"), quantities(wrong, "zh")), wrong


@pytest.mark.parametrize("text", ["一百二十万", "二〇二六", "两亿三千万", "十", "三万零五"])
def test_hanzi_numerals(text):
    values = {"一百二十万": 1_200_000, "二〇二六": 2026, "两亿三千万": 230_000_000, "十": 10, "三万零五": 30_005}
    assert hanzi_value(text) == values[text]


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        ("3.5 billion yuan", "3.5亿元", "en-zh", "35亿元"),
        ("投资350亿元。", "It invested 3.5 billion yuan.", "zh-en", "It invested 35 billion yuan."),
        ("down 12% in May 2026", "2026年6月下降21%", "en-zh", "2026年5月下降12%"),
        ("Sales rose 5%.", "销量增长３．５％。", "en-zh", "销量增长5%。"),
        ("比亚迪售出３００万辆。", "BYD sold 30 million cars.", "zh-en", "BYD sold 3 million cars."),
        ("第二季度", "in the third quarter", "zh-en", "in the second quarter"),
        ("on Friday", "周四", "en-zh", "周五"),
        ("120 cars and 130 vans", "150辆轿车和170辆货车", "en-zh", "150辆轿车和170辆货车"),
        ("5 million euros", "500万美元", "en-zh", "500万美元"),
        ("2026世界大会", "the 4026 World Conference", "zh-en", "the 2026 World Conference"),
    ],
)
def test_repair_only_where_there_is_no_doubt(source, target, languages, expected):
    repaired, findings = repair(source, target, *languages.split("-"))
    assert repaired == expected
    assert bool(findings) == (repaired != target)


@pytest.mark.parametrize("piece", ["1,", "一", "two hundred and ", "1万", "May ", "9", "三点"])
def test_long_lines_of_nonsense_end(piece):
    assert isinstance(compare(quantities(piece * 3000, "en"), quantities(piece * 3000, "zh")), list)
