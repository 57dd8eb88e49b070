"""Names of persons in English and Chinese text, told from organisations, places and words."""

from __future__ import annotations

import pytest

from wivtext.attribution import chinese_names, names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Willem de Graaf, a judge, said so.", ["Willem de Graaf"]),
        ("Dr Aoife O'Brien-Walsh, who runs the clinic, said so.", ["Aoife O'Brien-Walsh"]),
        ("Khalid bin Rashid, head of the fund, said so.", ["Khalid bin Rashid"]),
        ("J. R. Whitfield, chairman of Kestrel, said so.", ["J. R. Whitfield"]),
        ("Deputy governor Zhang Xinghai said so.", ["Zhang Xinghai"]),
        ("Many Europeans and the Bank of Norway said so.", []),
        ("Kehua Group said so.", []),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[str]) -> None:
    assert [entity.name for entity in names.people([text])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司董事长欧阳文博表示，订单很多。", ["欧阳文博"]),
        ("总经理顾峰承认，进度慢了。", ["顾峰"]),
        ("新车主须观看七分钟教学视频。", []),
        ("车主须阅读说明书，乘客应系好安全带。", []),
        ("日本代表石桥香织介绍，方案已通过。", ["石桥香织"]),
        ("院士伊尔瓦·布兰特说，冰层变薄。", ["伊尔瓦·布兰特"]),
        ("公司表示，高管已经离任。", []),
        ("管理层认为，养老金不够用。", []),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert [entity.name for entity in chinese_names.people([text])] == expected


def test_pinyin_tells_chinese_names() -> None:
    assert names.pinyin("Ouyang Xiu") and names.pinyin("Lü Chen")
    assert not names.pinyin("Martin Brown")


def test_syllables_are_those_of_the_readings():
    from pypinyin.constants import PINYIN_DICT

    from wivtext.checking.pinyin import _syllables
    from wivtext.checking.sounds import readings

    common = [chr(code) for code in range(0x4E00, 0x9FA6) if code in PINYIN_DICT]
    assert _syllables() == {syllable for char in common for syllable in readings(char)}
