"""The engine that comes with the package: its text form, its models as they are shipped, and what must hold of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from checkpoints import PAIRS
from hypothesis import given
from hypothesis import strategies as st

from wivtext.engines import AlternativesTranslator, Segment, translator
from wivtext.engines.embedded import SHIPPED, EmbeddedTokens, EmbeddedTranslator
from wivtext.engines.markup import annotate, from_model, term_places, to_model
from wivtext.errors import EngineError, ModelNotFound
from wivtext.records import Language, TermPair
from wivtext.settings import Settings, TranslationSettings

FORMS = (
    "董事长 Sang说“OK”。",
    '他说:"价格 12.5％，BYD（比亚迪）增长"。',
    "“We’ll  invest,” he said—again.",
    "2026年2月26日，Lanchi Auto在罗勇府开业……",
    "no Chinese at all, only “quotes” and 100%",
    "é e\u0301 \u00a0 x",
    "",
    "Three cities—Wuhan, Chengdu and Hefei -- will take part – in 2027—2028, or 5 - 3 times.",
    "OSLO, Norway (AP) — The plan, they said — again — failed.",
    "Chongqing—The show of 30 firms – a record - opened—",
    "He had one answer——no.",
)
TERMS = (TermPair("Lanchi Auto", "澜驰汽车"), TermPair("Auto", "汽车"), TermPair("plant", "工厂"))


# Text form


def recipe() -> Any:
    """`training/text.py`, which the models are trained with."""
    file = Path(__file__).parent.parent / "training" / "text.py"
    spec = spec_from_file_location("recipe_text", file)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", FORMS)
def test_text_form_is_that_of_training(text: str, language: Language) -> None:
    training = recipe()
    assert to_model(text, language) == training.to_model(text, language)
    assert from_model(text, language) == training.from_model(text, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plant opened in Indonesia—part of its plan.", "A plant opened in Indonesia - part of its plan."),
        ("The plan -- the third – failed.", "The plan - the third - failed."),
        ("Chongqing—The show opened.", "Chongqing—The show opened."),
        ("WASHINGTON, Nov. 23 (Xinhua) -- Sales rose.", "WASHINGTON, Nov. 23 (Xinhua) -- Sales rose."),
        ("Batteries—these are lacking.", "Batteries - these are lacking."),
        ("It grew 5–10% in 2019–2020 and 2021—2022.", "It grew 5–10% in 2019–2020 and 2021—2022."),
        ("I thought—", "I thought—"),
    ],
)
def test_dashes_are_as_the_models_know_them(text: str, expected: str) -> None:
    assert to_model(text, "en") == expected


@pytest.mark.parametrize(
    ("source", "term", "target"),
    [("en", "Lanchi Auto", "澜驰汽车"), ("en", "OPPO", "OPPO"), ("zh", "澜驰汽车", "Lanchi Auto")],
)
def test_annotation_is_that_of_training(source: Language, term: str, target: str) -> None:
    assert annotate(term, (TermPair(term, target),), source) == recipe().annotation(term, target, source)


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            "Lanchi Auto opened a plant.",
            "en",
            "<term> Lanchi Auto<as>澜驰汽车</term> opened a<term> plant<as>工厂</term>.",
        ),
        ("(Lanchi Auto) grew", "en", "(<term> Lanchi Auto<as>澜驰汽车</term>) grew"),
        (
            "Two plants of Lanchi Auto's",
            "en",
            "Two<term> plants<as>工厂</term> of<term> Lanchi Auto<as>澜驰汽车</term>'s",
        ),
        ("The plantation, the power-plant", "en", "The plantation, the power-plant"),
        ("A </term> plant <as>", "en", "A<term> plant<as>工厂</term>"),
        ("A \ue000 plant", "en", "A \ue000<term> plant<as>工厂</term>"),
    ],
)
def test_terms_in_line_in_english(text: str, source: Language, expected: str) -> None:
    assert annotate(text, TERMS, source) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("桑卫东表示满意。", "<term>桑卫东<as> Sang Weidong</term>表示满意。"),
        ("报告称 BYD 增长", "报告称<term> BYD<as> BYD Company</term>增长"),
        ("BYDX与桑卫东", "BYDX与<term>桑卫东<as> Sang Weidong</term>"),
    ],
)
def test_terms_in_line_in_chinese(text: str, expected: str) -> None:
    terms = (TermPair("桑卫东", "Sang Weidong"), TermPair("BYD", "BYD Company"))
    assert annotate(text, terms, "zh") == expected


@given(st.text(alphabet="ab 汽车<>term/as\ue000", max_size=30), st.sampled_from(["en", "zh"]))
def test_any_text_and_any_terms(text: str, source: Language) -> None:
    terms = tuple(TermPair(term, "<as>x") for term in ("a", "a b", "汽车", "<", ""))
    places = term_places(text, terms, source)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    marked = annotate(text, terms, source)
    assert marked.count("<term>") == marked.count("<as>") == marked.count("</term>") <= len(places)
    assert "<term>" not in from_model(marked, source)


# Models: tiny ones, and the shipped ones where they are


@pytest.fixture(params=["tiny", "shipped"])
def engine(request: pytest.FixtureRequest) -> EmbeddedTranslator:
    if request.param == "tiny":
        return EmbeddedTranslator(str(request.getfixturevalue("embedded")), Settings())
    if not SHIPPED.is_dir():
        pytest.skip("no weights in wivtext/embedded")
    return EmbeddedTranslator("", Settings())


@pytest.mark.parametrize(("source", "target"), [("en", "zh"), ("zh", "en")])
def test_neighbours_change_nothing(engine: EmbeddedTranslator, source: Language, target: Language) -> None:
    segments = [Segment(pair[source == "zh"]) for pair in PAIRS]
    segments.append(Segment(segments[0].text, (TermPair("The", "该"), TermPair("工厂", "Plant"))))
    together = engine.translate(segments, source, target)
    assert [engine.translate([segment], source, target)[0] for segment in segments] == together
    assert engine.translate(segments[::-1], source, target) == together[::-1]


def test_order_blanks_and_nothing(engine: EmbeddedTranslator) -> None:
    found = engine.translate([Segment("Prices fell."), Segment(" "), Segment("")], "en", "zh")
    assert len(found) == 3 and [candidate.text for candidate in found[1:]] == ["", ""]
    assert engine.translate([], "zh", "en") == [] and engine.alternatives([], "zh", "en", 3) == []


def test_alternatives_are_distinct(engine: EmbeddedTranslator) -> None:
    assert isinstance(engine, AlternativesTranslator)
    several = engine.alternatives([Segment("Prices fell."), Segment("")], "en", "zh", 3)
    texts = [candidate.text for candidate in several[0]]
    assert len(several) == 2 and several[1] == [] and len(set(texts)) == len(texts) <= 3


def test_no_marks_in_what_comes_out(engine: EmbeddedTranslator) -> None:
    terms = (TermPair("plant", "工厂"), TermPair("February", "2月"))
    [candidate] = engine.translate([Segment("The plant opened on 26 February. <as></term>", terms)], "en", "zh")
    assert not any(mark in candidate.text for mark in ("<term>", "<as>", "</term>"))


def test_any_length_is_taken(engine: EmbeddedTranslator) -> None:
    long = Segment("The plant opened on 26 February, " * 60 + "😀" * 200)
    assert len(engine.translate([long], "en", "zh")) == 1


def test_tiny_models_say_what_they_have_learnt(embedded: Path) -> None:
    engine = translator(f"embedded:{embedded}")
    for source, target, pairs in (("en", "zh", PAIRS), ("zh", "en", [pair[::-1] for pair in PAIRS])):
        found = engine.translate([Segment(text) for text, _ in pairs], source, target)  # type: ignore[arg-type]
        assert [c.text for c in found] == [from_model(to_model(text, target), target) for _, text in pairs]  # type: ignore[arg-type]
        assert all(candidate.score is not None and -0.5 < candidate.score < 0 for candidate in found)


def test_a_text_too_long_for_the_model_goes_in_runs_that_lose_nothing(embedded: Path) -> None:
    engine = EmbeddedTranslator(str(embedded), Settings())
    text = " ".join(en for en, _ in PAIRS) * 10
    tokens = EmbeddedTokens(embedded / "en-zh", "en", "zh")
    rows = engine._models["en", "zh"].translator._rows(Segment(text))
    assert len(rows) > 1 and max(map(len, rows)) <= 510
    assert [token for row in rows for token in row] == tokens.encode(Segment(text))


def test_signature_hangs_on_weights_and_settings(embedded: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(embedded, tmp_path / "copy")
    facts = (copy / "en-zh" / "model.json").read_text()
    (copy / "en-zh" / "model.json").write_text(facts.replace('"model.bin": "', '"model.bin": "0'))
    settings = (Settings(), Settings(TranslationSettings(beam_size=2)), Settings(TranslationSettings(threads=1)))
    one, other, same = (EmbeddedTranslator(str(embedded), s).signature for s in settings)
    assert one == same and len({one, other, EmbeddedTranslator(str(copy), Settings()).signature}) == 3
    assert one.startswith("embedded|en-zh 0.0 ") and "|zh-en 0.0 " in one


def test_needs_neither_torch_nor_transformers(embedded: Path) -> None:
    program = f"""
import sys
sys.modules["torch"] = sys.modules["transformers"] = None
from wivtext.engines import Segment, translator
print(ascii(translator("embedded:{embedded}").translate([Segment({PAIRS[0][0]!r})], "en", "zh")[0].text))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == ascii(PAIRS[0][1]), done.stderr


def test_missing_models_are_one_clear_line(tmp_path: Path, embedded: Path) -> None:
    with pytest.raises(ModelNotFound, match="no embedded models"):
        translator(f"embedded:{tmp_path}")
    copy = shutil.copytree(embedded, tmp_path / "copy")
    (copy / "zh-en" / "model.bin").unlink()
    with pytest.raises(ModelNotFound, match=r"model\.bin missing; install wivtext again"):
        translator(f"embedded:{copy}")
    shutil.rmtree(copy / "zh-en")
    with pytest.raises(EngineError, match="no model zh-en"):
        translator(f"embedded:{copy}").translate([Segment("你好")], "zh", "en")
