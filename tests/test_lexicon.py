"""Hints from the lexicon: for which words, which translation, and what the embedded engine does with them."""

from __future__ import annotations

import json
import lzma
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wivtext.engines import Candidate, HintedTranslator, Segment
from wivtext.engines.coverage import Coverage
from wivtext.engines.embedded import SHIPPED as SHIPPED_MODELS
from wivtext.engines.embedded import EmbeddedTokens, EmbeddedTranslator
from wivtext.errors import TermBaseError
from wivtext.lexicon import FILE, Lexicon, Row, digest
from wivtext.records import Language, TermPair
from wivtext.settings import Settings, TranslationSettings
from wivtext.translation import translate

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
    assert [hint.source for hint in lexicon.hints(text, "en", taken=taken)] == ["strike", "ferry"]


@pytest.mark.parametrize(
    ("text", "language", "draft", "lost"),
    [
        ("The strike closed the warehouse.", "en", "罢工使仓库关闭。", []),
        ("The strike closed the warehouse.", "en", "打击关闭了这里。", ["warehouse"]),  # the other sense will do
        ("The strike closed the warehouse.", "en", "strike 使 warehouse 关闭。", ["strike", "warehouse"]),
        ("渡轮开往仓库。", "zh", "Ferries leave.", ["仓库"]),
        ("渡轮开往仓库。", "zh", "The ferryman leaves the warehouses.", ["渡轮"]),
    ],
)
def test_only_what_a_draft_lost(text: str, language: Language, draft: str, lost: list[str], lexicon: Lexicon) -> None:
    assert [hint.source for hint in lexicon.hints(text, language, draft=draft)] == lost


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


def test_hints_stand_in_line_beside_terms(embedded: Path, lexicon: Lexicon) -> None:
    segment = Segment("The ferry reached Lanchi Auto.", (TermPair("Lanchi Auto", "澜驰汽车"),))
    hints = lexicon.hints(segment.text, "en")
    tokens = EmbeddedTokens(embedded / "en-zh", "en", "zh").with_hints({segment: hints})
    pieces = tokens.encode(segment)
    assert pieces.count("<term>") == 2
    marked = "".join(pieces[place] for place in tokens.source_places(segment, segment.terms[0]))
    assert marked.startswith("<term>▁L") and marked.endswith("</term>")
    assert tokens.encode(Segment("The ferry reached Lanchi Auto.")).count("<term>") == 0


class Stand:
    """A translator that loses the ferry unless it is told of it."""

    signature = "stand"

    def __init__(self, score: float, with_hint: str) -> None:
        self._score, self._with_hint = score, with_hint

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        return [Candidate("船在2026年离开了港口。", -1.0) for _ in segments]

    def with_hints(
        self, segments: Sequence[Segment], drafts: Sequence[str], source: Language, target: Language
    ) -> list[list[Candidate]]:
        assert list(drafts) == ["船在2026年离开了港口。"] * len(segments)
        return [[Candidate(self._with_hint, self._score)] for _ in segments]


@pytest.mark.parametrize(
    ("score", "with_hint", "taken"),
    [
        (-1.05, "渡轮在2026年离开了港口。", True),
        (-1.5, "渡轮在2026年离开了港口。", False),  # much less likely
        (-0.5, "渡轮在2062年离开了港口。", False),  # a figure went wrong
    ],
)
def test_a_word_is_won_when_nothing_else_suffers(score: float, with_hint: str, taken: bool) -> None:
    found = translate(["The ferry left the port in 2026."], "en", "zh", engine=Stand(score, with_hint))
    assert ("渡轮" in found[0].text) == taken


def test_the_engine_is_told_what_its_draft_lost(embedded: Path, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(embedded, folder)
    shutil.copy(file, folder / FILE)
    engine = EmbeddedTranslator(str(folder), Settings())
    without = EmbeddedTranslator(str(folder), Settings(translation=TranslationSettings(hints=0)))
    assert isinstance(engine, HintedTranslator)
    assert f"hints 3 {digest(file)}" in engine.signature and "hints" not in without.signature
    segments = [Segment("Sales rose and the ferry left."), Segment("Prices fell again.")]
    drafts = ["销量增长。", "价格再次下降。"]
    found = engine.with_hints(segments, drafts, "en", "zh")
    assert all("渡轮" in candidate.text for candidate in found[0]) and found[1] == []
    assert without.with_hints(segments, drafts, "en", "zh") == [[], []]


@pytest.mark.skipif(not (SHIPPED_MODELS / "en-zh" / "model.bin").exists(), reason="no weights in wivtext/embedded")
def test_of_a_beam_the_engine_takes_what_loses_fewer_words() -> None:
    """Over some sentences, no one of which is promised."""
    texts = [
        "The minister said the ferry company would close its repair yard in the harbour next spring.",
        "Rain delayed the harvest of apples and pears in the northern valleys, farmers told the newspaper.",
        "The museum restored forty paintings, two clocks and a wooden staircase with money from donors.",
        "Engineers replaced the brake pads, the wiring and the cooling pump before the bus returned to service.",
    ]
    segments, lexicon = [Segment(text) for text in texts], Lexicon.load()

    def lost(hints: int) -> float:
        engine = EmbeddedTranslator("", Settings(translation=TranslationSettings(hints=hints)))
        found = engine.translate(segments, "en", "zh")
        coverage = Coverage(lexicon, "en", "zh")
        return sum(coverage.lost(text, [candidate])[0] for text, candidate in zip(texts, found, strict=True))

    assert lost(hints=3) < lost(hints=0)


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
