"""Language and script by counting characters."""

import pytest

from wivtext import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The conference opened in Chongqing.", "en"),
        ("大会在重庆开幕。", "zh"),
        ("BYD和Mercedes-Benz China都参加了World Intelligent Vehicle Conference。", "zh"),
        ("Sora、GPT-4o、Claude Opus发布", "zh"),
        ("Wang Chuanfu (王传福), who founded BYD (比亚迪), said the market would grow.", "en"),
        ("BYD Opens Plant In Thailand", "en"),
        ("澜驰S6 Pro Max上市", "zh"),
        ("", "en"),
    ],
)
def test_detect(text, expected):
    assert language.detect(text) == expected


def test_text_without_letters_is_in_the_default_language():
    assert language.detect("2025 – 3.5%", default="zh") == "zh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智能网联汽车大会开幕", "simplified"),
        ("智能網聯汽車大會開幕", "traditional"),
        ("他說「車輛」是汽车的意思，會議結束後再談。", "traditional"),
        ("大王在上", None),
        ("cars", None),
    ],
)
def test_script(text, expected):
    assert language.script(text) == expected
