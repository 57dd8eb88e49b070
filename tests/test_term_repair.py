import json
from pathlib import Path

import pytest

from wivtext import translate
from wivtext.engines import Candidate
from wivtext.records import TermPair
from wivtext.terms import TermBase, TermEntry
from wivtext.terms.index import contains
from wivtext.translation.term_repair import repair_terms

CASES = json.loads((Path(__file__).parent / "cases" / "term_repair.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_repair(case):
    source, target = ("en", "zh") if case["to"] == "zh" else ("zh", "en")
    terms = [TermPair(*pair) for pair in case["terms"]]
    text, findings = repair_terms(case["source"], case["target"], source, target, terms)
    assert text == case["expected"]
    assert len(findings) == (text != case["target"])


class Stubborn:
    """Never takes a term; asked to place it, it does so badly first and well then."""

    signature = "stubborn"

    def translate(self, segments, source, target):
        return [Candidate("那家公司5月售出300辆汽车。", -0.4) for _ in segments]

    def place_terms(self, segments, drafts, source, target):
        bad, good = "澜驰汽车5月售出30辆汽车。", "澜驰汽车5月售出300辆汽车。"
        return [[Candidate(bad, -0.1), Candidate(good, -0.5)] for _ in segments]


def test_a_placed_term_must_not_cost_anything_else():
    terms = TermBase((TermEntry("Lanchi Auto", "澜驰汽车", own=True),))
    (made,) = translate(["Lanchi Auto sold 300 cars in May."], "en", "zh", engine=Stubborn(), terms=terms)
    assert made.text == "澜驰汽车5月售出300辆汽车。"
    assert [finding.kind for finding in made.findings] == ["repaired"]
    assert "澜驰汽车" in made.findings[0].message


@pytest.mark.parametrize(
    ("text", "source", "target", "pair"),
    [
        ("Torunn Vik visited the new plant of Lanchi Auto on Tuesday.", "en", "zh", ("Torunn Vik", "托伦·维克")),
        ("阿罗哈·塔米哈纳周二参观了澜驰汽车的新工厂。", "zh", "en", ("阿罗哈·塔米哈纳", "Aroha Tamihana")),
    ],
)
def test_the_shipped_models_put_terms_into_a_draft(text, source, target, pair):
    from wivtext.engines import Segment, translator
    from wivtext.errors import ModelNotFound

    try:
        engine = translator("embedded")
    except ModelNotFound:
        pytest.skip("no embedded models in this checkout")
    draft = "他周二参观了新工厂。" if target == "zh" else "He visited the new plant on Tuesday."
    versions = engine.place_terms([Segment(text, (TermPair(*pair),))], [draft], source, target)[0]
    assert versions and all(contains(pair[1], version.text, target) for version in versions)


def test_a_repair_is_told_in_both_languages():
    from wivtext.rendering.wording import message, parts
    from wivtext.translation.term_repair import repaired

    wrong, absent = repaired(TermPair("Tor Vik", "托尔·维克"), "Tor Vyk"), repaired(TermPair("Tor Vik", "托尔·维克"))
    assert parts(wrong) == parts(absent) == "Tor Vik → 托尔·维克"
    assert message(wrong, "zh") == "“Tor Vik”已改为术语库的“托尔·维克”，原译“Tor Vyk”"
    assert message(absent, "zh") == "“Tor Vik”的译法“托尔·维克”已补上"
    same = repaired(TermPair("Tor Vik", "Tor Vik"), "Tor Vyk")
    assert parts(same) == "Tor Vik"
    assert message(same, "en") == "“Tor Vik” was put in place of “Tor Vyk”"
    assert message(same, "zh") == "“Tor Vik”已补上，原译“Tor Vyk”"


@pytest.mark.parametrize(
    ("pair", "text", "repaired"),
    [
        (("Jia Haolin", "贾昊林"), "贾岚林就在那里。", "贾昊林就在那里。"),
        (("Ottawa", "渥太华"), "专家在岚太华开会。", "专家在渥太华开会。"),
        (("Yu Hongtao", "于洪涛"), "副总经理洪涛说，有四艘船。", "副总经理洪涛说，有四艘船。"),  # 经理 is a word
        (("Ontario", "安大略省"), "学校在北部大略省。", "学校在北部大略省。"),
        (("chief engineer", "总工程师"), "他是席工程师。", "他是席工程师。"),  # no name
    ],
)
def test_one_wrong_character_of_a_name_is_put_right(pair, text, repaired):
    from wivtext.translation.term_repair import repair_terms

    source = f"{pair[0]} is there."
    assert repair_terms(source, text, "en", "zh", (TermPair(*pair),))[0] == repaired
