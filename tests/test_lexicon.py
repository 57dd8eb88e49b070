"""Hints from the lexicon: for which words, which translation, and what the embedded engine does with them."""

from __future__ import annotations

import json
import lzma
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wivtext.engines import Segment
from wivtext.engines.embedded import EmbeddedTokens, EmbeddedTranslator
from wivtext.errors import TermBaseError
from wivtext.lexicon import FILE, Lexicon, Row, digest
from wivtext.records import Language, TermPair
from wivtext.settings import Settings, TranslationSettings

ROWS = """en\tzh\tzh_given_en\ten_given_zh\tcount
ferry\t渡轮\t0.8\t0.6\t12
ferries\t渡轮\t0.9\t0.3\t6
warehouse\t仓库\t0.9\t0.8\t90
warehouse fire\t仓库火灾\t0.9\t0.9\t4
strike\t罢工\t0.6\t0.7\t70
strike\t打击\t0.3\t0.6\t40
levy\t税\t0.4\t0.1\t9
levy\t征收\t0.3\t0.1\t8
the\t这\t0.6\t0.2\t90000
baker\t面包师\t0.9\t0.9\t9
Ford\t福特\t0.9\t0.9\t9
Nato\t北约\t0.9\t0.9\t30
odd\t的\t0.9\t0.001\t9
research\t研究\t0.9\t0.9\t50
postgraduate\t研究生\t0.9\t0.9\t8
life\t生命\t0.9\t0.9\t20
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lexicon") / FILE
    path.write_bytes(lzma.compress(ROWS.encode()))
    return path


@pytest.fixture(scope="module")
def lexicon(file: Path) -> Lexicon:
    return Lexicon.load(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry left.", {"ferry": "渡轮"}),
        ("Two ferries and the warehouse", {"ferries": "渡轮", "warehouse": "仓库"}),
        ("a warehouse fire", {"warehouse fire": "仓库火灾"}),
        ("the levy", {}),  # not sure
        ("That is odd.", {}),  # aligned by accident
        ("NATO met.", {"NATO": "北约"}),
        ("Ferries run late.", {"Ferries": "渡轮"}),
        ("He met Baker in Ferry Street", {}),
        ("Baker Hughes rose.", {}),
        ("Ford rose. They ford the river.", {}),
        ("He said: “Strike now.”", {"Strike": "罢工"}),
        ("non-ferry traffic", {}),
        ("", {}),
    ],
)
def test_english(text: str, expected: dict[str, str], lexicon: Lexicon) -> None:
    assert {hint.source: hint.target for hint in lexicon.hints(text, "en")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡轮已经离开。", {"渡轮": "ferry"}),
        ("他是研究生。", {"研究生": "postgraduate"}),
        ("研究生命的起源", {}),  # 研究 生命 or 研究生 命: who knows
        ("仓库火灾后，罢工开始", {"仓库火灾": "warehouse fire", "罢工": "strike"}),
        ("2026年北约峰会", {"北约": "Nato"}),
        ("福特表示", {"福特": "Ford"}),
    ],
)
def test_chinese(text: str, expected: dict[str, str], lexicon: Lexicon) -> None:
    assert {hint.source: hint.target for hint in lexicon.hints(text, "zh")} == expected


def test_the_rarest_first_and_never_in_what_is_taken(lexicon: Lexicon) -> None:
    text = "The strike closed the warehouse and the ferry."
    assert [hint.source for hint in lexicon.hints(text, "en", most=2)] == ["warehouse", "ferry"]
    taken = [(text.index("closed"), text.index("and"))]
    assert [hint.source for hint in lexicon.hints(text, "en", taken)] == ["strike", "ferry"]


@given(st.text(alphabet="ferry NATO研究生命仓库火灾.—\n", max_size=40), st.sampled_from(["en", "zh"]))
def test_any_text(text: str, language: Language) -> None:
    rows = [line.split("\t") for line in ROWS.splitlines()[1:]]
    lexicon = Lexicon([Row(en, zh, float(a), float(b), int(times)) for en, zh, a, b, times in rows])
    hints = lexicon.hints(text, language)
    assert all(text[hint.start : hint.end] == hint.source for hint in hints)
    assert all(one.end <= other.start for one, other in pairwise(hints))


def test_no_file_is_no_hints_and_a_faulty_one_is_named(tmp_path: Path) -> None:
    assert Lexicon.load(tmp_path / FILE).hints("The ferry left.", "en") == [] and digest(tmp_path / FILE) == ""
    faulty = tmp_path / "faulty.tsv"
    faulty.write_text("en\tzh\tzh_given_en\ten_given_zh\tcount\nferry\t渡轮\n")
    with pytest.raises(TermBaseError, match=r"faulty\.tsv line 2"):
        Lexicon.load(faulty)


def test_hints_stand_in_line_beside_terms(embedded: Path, file: Path) -> None:
    text = "The ferry reached the warehouse of Lanchi Auto."
    segment = Segment(text, (TermPair("Lanchi Auto", "澜驰汽车"), TermPair("warehouse", "货栈")))
    tokens = EmbeddedTokens(embedded / "en-zh", "en", "zh", 4, file)
    assert [(hint.source, hint.target) for hint in tokens.hints(segment)] == [("ferry", "渡轮")]
    pieces = tokens.encode(segment)
    assert pieces.count("<term>") == 3
    marked = [pieces[place] for place in tokens.source_places(segment, segment.terms[1])]
    assert marked[0] == "<term>" and "".join(marked).startswith("<term>▁warehouse<as>")
    assert EmbeddedTokens(embedded / "en-zh", "en", "zh", 0, file).encode(segment).count("<term>") == 2


@pytest.mark.parametrize("most", [0, 4])
def test_the_other_way_is_an_alternative(embedded: Path, file: Path, most: int, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(embedded, folder)
    shutil.copy(file, folder / FILE)
    engine = EmbeddedTranslator(str(folder), Settings(translation=TranslationSettings(hints=most)))
    assert f"hints {most} {digest(file)}" in engine.signature
    plain = EmbeddedTranslator(str(embedded), Settings())
    segments = [Segment("Sales rose and the ferry left."), Segment("Prices fell again.")]
    without = plain.translate(segments, "en", "zh")
    hinted = engine.translate(segments, "en", "zh")
    assert (hinted[0] == without[0]) == (most == 0) and hinted[1] == without[1]
    found = engine.alternatives(segments, "en", "zh", 4)
    texts = [candidate.text for candidate in found[0]]
    assert len(texts) == len(set(texts)) <= 4
    if most:
        assert without[0].text in texts
    assert found[1] == plain.alternatives(segments, "en", "zh", 4)[1]


def test_the_lexicon_is_counted_from_aligned_words(tmp_path: Path) -> None:
    """Small letters but for names; the share of a translation by weight; what is rare and unsure is left out."""
    from training import lexicon, settings

    recipe = settings.load(work=tmp_path)
    recipe["train"]["mix"] = {"reports": 1.0}
    pairs = [("Ferries left Turku.", "渡轮离开图尔库。", [[0, 7, 0, 2], [13, 18, 4, 7]])] * 2
    pairs += [("The ferries left.", "这些渡轮走了。", [[4, 11, 2, 4]]), ("Two ferries", "两艘轮渡", [[4, 11, 2, 4]])]
    rows = [{"en": en, "zh": zh, "slots": [], "words": words, "weight": 1.0} for en, zh, words in pairs]
    rows += [{"en": "\ue000", "zh": "\ue000", "slots": [["unit", "Gigawatt", "吉瓦"]], "words": [], "weight": 1.0}] * 2
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)))
    found = sorted(lexicon.entries(*lexicon.count(recipe), recipe["lexicon"]))
    assert found == [
        ("Turku", "图尔库", "1.000", "1.000", "2"),
        ("ferries", "渡轮", "0.750", "1.000", "3"),
        ("gigawatt", "吉瓦", "1.000", "1.000", "2"),
    ]
