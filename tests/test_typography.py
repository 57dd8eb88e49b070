"""Typography: the cases, and what must hold for any text."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wivtext import typography

CASES = json.loads((Path(__file__).parent / "cases" / "typography.json").read_text(encoding="utf-8"))
FUNCTIONS = {name: getattr(typography, name) for name in CASES}
TEXTS = st.text(st.sampled_from("""中文车 aBc19 ,.;:?!()"'“”‘’，。：（）—-…%《》、\n/""" + "Inc"), max_size=30)


@pytest.mark.parametrize(
    ("name", "label", "text", "expected"), [(name, *case) for name, cases in CASES.items() for case in cases]
)
def test_cases(name: str, label: str, text: str, expected: str) -> None:
    assert FUNCTIONS[name](text) == expected, label


@pytest.mark.parametrize("name", FUNCTIONS)
@given(text=TEXTS)
def test_digits_stay_and_a_second_time_changes_nothing(name: str, text: str) -> None:
    once = FUNCTIONS[name](text)
    assert re.findall(r"\d", once) == re.findall(r"\d", text)
    assert FUNCTIONS[name](once) == once


@given(text=TEXTS)
def test_english_has_no_chinese_punctuation(text: str) -> None:
    assert not set(typography.english(text)) & set("，。；：？！、（）《》「」")


@given(text=TEXTS)
def test_letters_stay(text: str) -> None:
    assert re.findall(r"\w", typography.chinese(text)) == re.findall(r"\w", text)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_long_hostile_input_is_quick(name: str) -> None:
    for piece in ('"', "'", "(", "中,", "“", " ", "a.", "中 ", "?", "--", "1,", " 'a"):
        FUNCTIONS[name](piece * 20_000)


@given(st.text(alphabet="汉好。，“”‘’'\"()（）.,;:?! -—…ab1%\t\n《》「」、A", max_size=30))
@settings(max_examples=300, derandomize=True, deadline=None, database=None)
def test_dressed_once_is_dressed(text):
    for dress in (typography.chinese, typography.english, typography.spaced, typography.curled):
        assert dress(dress(text)) == dress(text)
