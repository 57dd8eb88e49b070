"""Encodings: round trips, short texts, and files that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wivtext.errors import DocumentError
from wivtext.reading import encodings

SIMPLIFIED = "2月26日，澜驰汽车首座海外整车工厂在泰国罗勇府竣工投产，距奠基仅14个月。“我们赢了。”他说。"
TRADITIONAL = "2月26日，瀾馳汽車首座海外整車工廠在泰國羅勇府竣工投產，距奠基僅14個月。「我們贏了。」他說。"
ENGLISH = "The plant opened on “Feb. 26” – a year early. The café was full, said Ms. Lü."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_simplified_chinese(codec):
    assert encodings.decode(("x,\n" + SIMPLIFIED).encode(codec)) == "x,\n" + SIMPLIFIED


@pytest.mark.parametrize("codec", ["utf-8", "big5", "big5hkscs", "gb18030"])
def test_traditional_chinese(codec):
    assert encodings.decode(TRADITIONAL.encode(codec)) == TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_english(codec):
    assert encodings.decode(ENGLISH.encode(codec)) == ENGLISH


@pytest.mark.parametrize(
    "text",
    ["现在呢？", "汽车", "联通", "林奎斯特：千真万确。", "并不在意。", "青岛至汉堡低碳航线首班船启航", "学院签约"],
)
def test_short_gb18030(text):
    assert encodings.decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    "text",
    ["現在呢？", "汽車", "會場響起掌聲。", "計量是另一道難題", "林奎斯特：千真萬確。", "加稅已經讓不少工程師出國了。"],
)
def test_short_big5(text):
    assert encodings.decode(text.encode("big5")) == text


def test_full_width_punctuation_stays():
    assert encodings.normalise("占比３５％，“好”（注）：Ａ") == "占比３５％，“好”（注）：Ａ"


def test_newlines_and_invisible_characters():
    assert encodings.normalise("a\r\nb\rc\u2028d\ufeff\u200be\u00a0f") == "a\nb\nc\nde f"


def test_nothing_turns_the_direction_of_a_line():
    assert encodings.normalise("\u202erose\u202c 5%, said \u2066Li\u2069 \u200fNa.") == "rose 5%, said Li Na."


def test_declared_encoding_is_believed_where_it_fits():
    assert encodings.decode("约230".encode("gb18030"), declared="gb2312") == "约230"
    assert encodings.decode(SIMPLIFIED.encode(), declared="big5") == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"PK\x03\x04\0\0", "zip"),
        ("第一行文字。\n".encode() * 3 + b"\xff\xfe\xfa" + "第二行文字，到此为止。".encode(), "line 4"),
        (b"\x81\xff\xfe\xfa\xc0" * 20, "UTF-8"),
    ],
)
def test_what_is_no_text(data, words):
    with pytest.raises(DocumentError, match=words) as caught:
        encodings.decode(data, "a.txt")
    assert "a.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_document_error(data):
    try:
        encodings.decode(data)
    except DocumentError as error:
        assert "text" in str(error)
