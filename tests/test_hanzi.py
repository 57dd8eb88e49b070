"""Traditional Chinese goes through the same rules, and comes out as it was written."""

import pytest

from wivtext.attribution import attribute
from wivtext.hanzi import simplified, simplified_document
from wivtext.reading import read_text

SIMPLIFIED = "云岭汽车发布新车\n\n“我们花了三年时间。”云岭汽车董事长裴思远说。他补充说，10月将支持19种方言。"
TRADITIONAL = "雲嶺汽車發布新車\n\n「我們花了三年時間。」雲嶺汽車董事長裴思遠說。他補充說，10月將支持19種方言。"


def test_both_scripts_are_attributed_alike():
    one, other = (attribute(read_text(text)) for text in (SIMPLIFIED, TRADITIONAL))
    assert [(said.kind, said.sentences, said.rule) for said in one.statements] == [
        (said.kind, said.sentences, said.rule) for said in other.statements
    ]
    assert [speaker.name for speaker in one.speakers] == ["裴思远"]
    assert [speaker.name for speaker in other.speakers] == ["裴思遠"]
    assert other.speakers[0].organisation == "雲嶺汽車"


def test_offsets_stay_true():
    twin = simplified_document(read_text(TRADITIONAL))
    assert all(twin.text[part.start : part.end] == part.text for part in (*twin.sentences, *twin.paragraphs))


@pytest.mark.parametrize("text", ["乾燥機", "頭髮與發展", "後來皇后", "𠮷野家「好」", "No Chinese here."])
def test_length_is_kept(text):
    assert len(simplified(text)) == len(text)
