"""Sentences: rule cases, and what must hold for any text."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wivtext.reading import paragraphs, sentences

CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text(encoding="utf-8"))
PIECES = [
    *"“”\"'‘’「」（）().。！？!?…，,：:；\n  \t-1aA中说",
    "他说",
    "said",
    "Mr.",
    "Inc.",
    " Li ",
    "U.S.",
    "3.5",
    "\r\n",
    "😀",
]


def case(entry):
    mark = pytest.mark.xfail(reason=entry["known_failure"], strict=True) if "known_failure" in entry else ()
    return pytest.param(entry["language"], entry["expected"], id=f"{entry['language']}: {entry['label']}", marks=mark)


def pieces(text, language):
    return [text[start:end] for start, end in sentences.split(text, language)]


@pytest.mark.parametrize(("language", "expected"), [case(entry) for entry in CASES])
def test_case(language, expected):
    assert pieces("".join(expected), language) == expected


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)), st.sampled_from(["en", "zh"]))
@settings(max_examples=300, deadline=None)
def test_spans_cover_the_text(text, language):
    spans = sentences.split(text, language)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    inner = [text[start:end] for start, end in sentences.split_paragraph(text, language)]
    assert "".join(inner) == text


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_white_space_belongs_to_the_sentence_before(text):
    for start, _ in sentences.split_paragraph(text, "en")[1:]:
        assert not text[start].isspace()


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        "“",
        '"(',
        ". ",
        ".",
        '"a" ',
        "A.",
        "（『",
        "1. ",
        " ",
        "“啊。”说，",
        '!?"',
        "[",
        "x:y\n",
        "Mr. ",
        "“a” said. ",
    ],
)
def test_hostile_text_takes_linear_time(pattern):
    text = "x" + pattern * (100_000 // len(pattern))
    started = time.process_time()
    sentences.split(text, "en")
    assert time.process_time() - started < 5


def test_a_long_quotation_is_split():
    text = "“" + "我们要出海。" * 40 + "”他说。"
    assert len(pieces(text, "zh")) > 10


def test_wrapped_chinese_lines_are_one_paragraph():
    text = (
        "智能网联汽车大会三十日在重庆两江新区开幕来自二十个国家和地区\n"
        "的代表出席了开幕式并围绕标准与合作展开了为期三天的深入讨论，\n成果丰硕。"
    )
    assert paragraphs.spans(text) == [(0, len(text))]


def test_lines_are_paragraphs_when_they_are_not_wrapped():
    text = "One sentence here.\nAnother sentence there.\nA third."
    assert len(paragraphs.spans(text)) == 3


def test_a_short_line_ends_a_wrapped_paragraph():
    text = (
        "This paragraph is wrapped at about fifty columns,\nand its last line is\nshort.\n"
        "A new paragraph that begins after the short line,\nwrapped as well."
    )
    starts = [text[start : start + 5] for start, _ in paragraphs.spans(text)]
    assert starts[-1] == "A new"
