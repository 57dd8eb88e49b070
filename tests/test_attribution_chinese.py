"""Chinese attribution as newspapers and agencies write it: hard kinds as cases, no slow patterns."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from wivtext.attribution import attribute
from wivtext.naming import is_description
from wivtext.reading import read_text
from wivtext.scoring import by_sentence, gold_document

CASES = json.loads((Path(__file__).parent / "cases" / "attribution_chinese.json").read_text("utf-8"))


def _case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [_case(case) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    document = gold_document("", case["sentences"], "zh")
    found = by_sentence(document, range(len(case["sentences"])))
    assert [list(pair) if pair[0] else None for pair in found] == case["expected"]


def test_cues_are_text_of_the_document() -> None:
    for case in CASES:
        document = gold_document("", case["sentences"], "zh")
        for statement in attribute(document).statements:
            assert statement.rule and statement.reason and 0.0 < statement.confidence <= 1.0


def test_a_nickname_nobody_bears_in_full_is_a_name() -> None:
    document = gold_document("", ["“一年不如一年，”老田说，“车也旧了。”", "老田表示，他想换辆车。"], "zh")
    assert [speaker.name for speaker in attribute(document).speakers] == ["老田"]


def test_hostile_text_takes_no_time() -> None:
    for text in ("根据" * 4000, "在发布的" * 2000, "多位" * 4000, "协会" * 4000, "没有" * 4000 + "回应", "老" * 6000):
        start = time.process_time()
        attribute(gold_document("", [text], "zh"))
        assert time.process_time() - start < 5.0


def test_a_quotation_before_its_source_in_a_paragraph_is_not_who_spoke_before() -> None:
    text = (
        "夜间公交试点运行满一周。\n\n“我们没想到凌晨两点还有人站着。”调度中心主任孟庆方说。据他介绍，周五加开了六个班次。\n\n"
        "家住北塘的程序员苏晓云是常客。“以前打车要四十多块，现在两块钱就到家了。”她告诉记者，同事有一半改坐了夜班车。\n\n"
        "“大车空跑，费钱又费人。”交通局副局长侯建中补充道，明年将投放三十辆小巴。\n"
    )
    document = read_text(text)
    who = {document.sentences[n].text[:4]: s.speaker for s in attribute(document).statements for n in s.sentences}
    assert (who["“以前打"], who["“大车空"]) == ("苏晓云", "侯建中")


def test_a_source_called_by_its_work_has_no_pinyin() -> None:
    assert [is_description(name) for name in ("券商研究员", "网约车司机", "王主任", "欧阳教授")] == [
        True,
        True,
        False,
        False,
    ]
