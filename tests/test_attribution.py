"""Attribution: hard kinds as cases in both languages, offsets, reasons, names in the other language, speed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from wivtext.attribution import attribute
from wivtext.attribution.quotations import quoted_across
from wivtext.reading import read_text
from wivtext.records import Document
from wivtext.scoring import by_sentence, gold_document, score_speakers
from wivtext.terms import TermBase

_FILES = ("attribution.json", "attribution_english.json")
CASES = [case for file in _FILES for case in json.loads((Path(__file__).parent / "cases" / file).read_text("utf-8"))]


def _case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=f"{case['language']}: {case['label']}", marks=marks)


def _document(case: dict[str, Any]) -> Document:
    return gold_document("", case["sentences"], case["language"])


@pytest.mark.parametrize("case", [_case(case) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = by_sentence(_document(case), range(len(case["sentences"])))
    assert [list(pair) if pair[0] else None for pair in found] == case["expected"]


def test_every_statement_has_evidence() -> None:
    for case in CASES:
        document = _document(case)
        attribution = attribute(document)
        known = {speaker.id for speaker in attribution.speakers}
        for statement in attribution.statements:
            assert statement.speaker is None or statement.speaker in known
            assert statement.rule and statement.reason
            assert 0.0 < statement.confidence <= 1.0
            if statement.cue:
                assert any(statement.cue in document.sentences[index].text for index in statement.sentences)


def test_role_and_organisation_are_text_of_the_document() -> None:
    document = gold_document("", ["Liang Haotian, Chairman of Corvid Motors, said that prices must not fall."], "en")
    (speaker,) = attribute(document).speakers
    assert (speaker.name, speaker.role, speaker.organisation) == ("Liang Haotian", "Chairman", "Corvid Motors")
    document = gold_document("", ["青禾农业研究院院士方以诚在会上指出，地膜回收率不足六成。"], "zh")
    (speaker,) = attribute(document).speakers
    assert (speaker.name, speaker.role, speaker.organisation) == ("方以诚", "院士", "青禾农业研究院")


def test_a_rank_belongs_to_the_role_and_each_guest_has_a_post() -> None:
    document = gold_document("", ["锐岭中国执行副总裁冷一帆表示，产能将翻番。"], "zh")
    (speaker,) = attribute(document).speakers
    assert (speaker.role, speaker.organisation) == ("执行副总裁", "锐岭中国")
    guests = "两位嘉宾是锐岭汽车研发总监方亦明和江北大学副教授何嘉玲。"
    document = gold_document("", [guests, "方亦明表示，成本下降了。", "何嘉玲认为，还不够。"], "zh")
    found = [(speaker.role, speaker.organisation) for speaker in attribute(document).speakers]
    assert found == [("研发总监", "锐岭汽车"), ("副教授", "江北大学")]


def test_a_name_in_both_scripts_is_one_person() -> None:
    document = gold_document("", ["Lin Haoran (林浩然), chairman of Foo Motors, said that costs fell."], "en")
    (speaker,) = attribute(document).speakers
    assert (speaker.name, speaker.name_other, speaker.role) == ("Lin Haoran", "林浩然", "chairman")
    document = gold_document("", ["高文斌（Gao Wenbin）指出，成本下降。", "Gao Wenbin 还说，需求强劲。"], "zh")
    (speaker,) = attribute(document).speakers
    assert (speaker.name, speaker.name_other) == ("高文斌", "Gao Wenbin")


def test_names_in_the_other_language_come_from_the_term_base() -> None:
    document = gold_document("", ["Wang Chuanfu, chairman of BYD, said that exports had doubled."], "en")
    assert attribute(document).speakers[0].name_other is None
    (speaker,) = attribute(document, TermBase.load()).speakers
    assert speaker.name_other == "王传福"
    assert speaker.organisation_other == "比亚迪"


def test_a_source_nobody_can_tell_is_left_open() -> None:
    statements = attribute(gold_document("", ["He said that the road was closed."], "en")).statements
    assert [(statement.speaker, statement.rule) for statement in statements] == [(None, "open")]
    assert "“He”" in statements[0].reason


def test_a_document_without_sentences_has_no_statements() -> None:
    attribution = attribute(gold_document("Title", [], "en"))
    assert attribution.speakers == () and attribution.statements == ()


def test_scores_count_right_wrong_and_missing(tmp_path: Path) -> None:
    said = {"speaker": "S1", "quote": "indirect"}
    gold = {
        "id": "a",
        "title": {"en": "A", "zh": "甲"},
        "speakers": [{"id": "S1", "en": "Jane Roe", "zh": "周德海"}],
        "sentences": [
            {"en": "Jane Roe, a baker, said that bread was cheap.", "zh": "厂长周德海说，面包便宜。"} | said,
            {"en": "Kim Lund, a miller, said that flour was dear.", "zh": "厂长高大山说，面粉贵。"} | said,
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold, ensure_ascii=False) + "\n", encoding="utf-8")
    for scores in score_speakers(path).languages:
        assert (scores.precision, scores.recall, scores.f1, scores.kind_accuracy) == (0.5, 0.5, 0.5, 1.0)
        assert [(error.fault, error.sentence, error.group) for error in scores.errors] == [
            ("speaker", 1, "wrong speaker")
        ]
        assert sum(scores.groups.values()) == 1


def test_gold_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('\n{"id": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        score_speakers(path)


def _seconds(document: Document) -> float:
    start = time.process_time()
    attribute(document)
    return time.process_time() - start


def test_time_grows_with_the_length_and_no_faster() -> None:
    sentences = [text for case in CASES if case["language"] == "en" for text in case["sentences"]]
    short, long = gold_document("", sentences * 2, "en"), gold_document("", sentences * 16, "en")
    attribute(short)
    base = min(_seconds(short) for _ in range(3))
    assert _seconds(long) < 8 * base * 4


def test_hostile_text_takes_no_time() -> None:
    for text in ("“" * 5000, "A " * 5000, "据" * 5000, "Aa-" * 4000, "·甲" * 4000, "said " * 3000):
        assert _seconds(gold_document("", [text], "en")) < 5.0
        assert _seconds(gold_document("", [text], "zh")) < 5.0


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    paragraphs = [(0, "“We began, she said."), (21, "They met."), (31, "“Why?” he asked.")]
    assert quoted_across(paragraphs) == [(0, 20), (31, 37)]
    assert quoted_across(paragraphs[:2]) == [(0, 20)]
    assert quoted_across([(0, 'A 17" screen.'), (14, "Rain fell."), (25, 'He said "no" twice.')]) == [(4, 13), (33, 37)]


def test_a_continuation_says_so_and_is_less_sure_than_a_cue() -> None:
    texts = [
        "The harbour of Melby was quiet on Monday.",
        "Edvard Solli, the harbour master, said that one of the cranes would close in May.",
        "“It has lifted enough.”",
        "“We shall miss it.”",
        "The crane was built in 1974.",
        "It lifts forty tonnes.",
    ]
    first, *later = attribute(gold_document("Crane closes", texts, "en")).statements
    assert first.rule.startswith("cue-") and first.sentences == (1,)
    assert [statement.sentences for statement in later] == [(2, 3)]
    assert later[0].cue is None and later[0].rule == "quotation" and "Edvard Solli" in later[0].reason
    assert later[0].confidence <= first.confidence


def test_a_quotation_behind_what_somebody_did_is_theirs() -> None:
    text = (
        "The hall was full by eight.\n\nThat was not how traders saw it. Dev Raman, who has run the shop since 1989, "
        'held up a copy of the tender. "Page four. Works to begin in March. Is that nothing?"\n\nThe urn was dry.\n'
    )
    document = read_text(text)
    (statement,) = attribute(document).statements
    assert statement.speaker == "Dev Raman" and document.sentences[statement.sentences[0]].text.startswith('"Page four')


def test_a_faculty_belongs_to_the_organisation() -> None:
    (speaker,) = attribute(
        gold_document("", ["南江大学能源工程学院副教授蔡文方解释，检测方法并不统一。"], "zh")
    ).speakers
    assert (speaker.organisation, speaker.role) == ("南江大学能源工程学院", "副教授")
    (speaker,) = attribute(gold_document("", ["东海证券汽车行业分析师巩文方预计，价格战将见底。"], "zh")).speakers
    assert (speaker.organisation, speaker.role) == ("东海证券", "汽车行业分析师")
