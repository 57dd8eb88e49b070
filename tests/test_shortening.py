"""Shortened sentences: what may go, what must stay, and that nothing is said that wasn't."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from samples import CHINESE, ENGLISH, report

from wivtext.attribution import attribute
from wivtext.checking.support import unsupported
from wivtext.reading import read_text
from wivtext.records import Language, Point, Speaker
from wivtext.settings import settings_from
from wivtext.shortening import shorten
from wivtext.summary import shortened, summarize_all

CASES = json.loads((Path(__file__).parent / "cases" / "shortening.json").read_text(encoding="utf-8"))
WEIGHTY = re.compile(
    r"\b(?:not|no|never|may|might|could|would|[Ii]f|unless|about)\b|不(?!过，)|[没未无若约]|可能|如果|预计"
)


@pytest.mark.parametrize(("language", "label", "text", "speaker", "expected"), CASES, ids=[case[1] for case in CASES])
def test_shorten(language: Language, label: str, text: str, speaker: str | None, expected: str) -> None:
    short = shorten(text, language, Speaker("s1", speaker) if speaker else None)
    assert short == expected
    assert unsupported(short, [text]) == ()
    assert WEIGHTY.findall(short) == WEIGHTY.findall(text)
    assert shorten(short, language, Speaker("s1", speaker) if speaker else None) == short


def test_the_company_is_clear_beside_an_organisation() -> None:
    text = "The company will build 260 stations by 2028, said Jane Roe, head of Northlake Energy."
    known = Speaker("s1", "Jane Roe", organisation="Northlake Energy")
    assert shorten(text, "en", known) == "The company will build 260 stations by 2028."
    firm = Speaker("s2", "北湖汽车", kind="organisation")
    assert shorten("北湖汽车表示，公司将于2027年在合肥建厂。", "zh", firm) == "公司将于2027年在合肥建厂。"
    assert shorten("Rates are to stay at 3%, the bank said.", "en", Speaker("s3", "Bank of Novia", kind="organisation"))


@pytest.mark.parametrize(("data", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_every_point_still_says_what_its_sentence_says(data: dict, language: Language) -> None:
    document = report(data, language)
    found = attribute(document)
    made = summarize_all(document, found, engine="extractive")
    whole = summarize_all(document, found, engine="extractive", settings=settings_from({"summary": {"shorten": False}}))
    shorter = 0
    for points, sentences in zip(
        (made.points, *made.speakers.values()), (whole.points, *whole.speakers.values()), strict=True
    ):
        assert [point.sentences for point in points] == [point.sentences for point in sentences]
        assert all(len(point.text) <= len(one.text) for point, one in zip(points, sentences, strict=True))
        assert not any(unsupported(point.text, [one.text]) for point, one in zip(points, sentences, strict=True))
        shorter += sum(point.text != one.text for point, one in zip(points, sentences, strict=True))
    assert shorter


def test_no_two_points_become_the_same() -> None:
    texts = ["“We are going to build a third plant,” Roe said.", "“We are going to build a third plant,” Roe added."]
    document = read_text("\n\n".join(["Plants", *texts]))
    points = shortened(tuple(Point(text, (i,)) for i, text in enumerate(texts)), document, Speaker("s1", "Jane Roe"))
    assert [point.text for point in points] == ["“We are going to build a third plant.”", texts[1]]


def test_what_a_model_wrote_is_left_alone() -> None:
    document = read_text("Vans\n\nMeanwhile, exports of vans rose 40%.")
    point = Point("Meanwhile, exports of vans rose 40%.", (0,), generated=True)
    assert shortened((point,), document) == (point,)


@pytest.mark.parametrize(
    "text",
    [
        "A, said " * 4000, "Roe " * 8000 + "said.", "“" * 4000 + ",” Roe said.", "林浩然" * 6000 + "表示，",
        "A-" * 9000, "Meanwhile, " * 3000, "(A: " * 5000, "（" * 9000, ", " * 9000 + "Roe said.",
    ],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    for language in ("en", "zh"):
        shorten(text, language, Speaker("s1", "林浩然" if language == "zh" else "Jane Roe"))
    assert time.process_time() - begun < 1
