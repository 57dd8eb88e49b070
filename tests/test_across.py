"""One brief of many documents: topics, agreement, differing figures, versions of one article, and their pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from across_samples import BATTERIES, ELECTRIC, HARBOUR, Rows, brief_of, changed

from wivtext.across import FORMS, briefs_in, overview, render_overview
from wivtext.across.accounts import account_of
from wivtext.across.duplicates import versions_of
from wivtext.across.records import Overview, Place
from wivtext.cli import main
from wivtext.errors import DocumentError, SettingsError
from wivtext.records import Brief, Finding, Line, from_dict, to_dict
from wivtext.rendering import render
from wivtext.terms import TermBase

FERRY = ("Electric ships for Selmouth", "塞尔茅斯将有电动船")
CONGRESS = ("Congress on solid-state batteries", "固态电池大会")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def ferry(name: str = "ferry", rows: Rows = ELECTRIC, **options: str) -> Brief:
    return brief_of(name, FERRY, rows, **options)


@pytest.fixture(scope="module")
def both() -> Overview:
    return overview([ferry(), brief_of("congress", CONGRESS, BATTERIES, "zh")])


def test_a_topic_joins_documents_of_both_languages(both: Overview) -> None:
    topic = next(topic for topic in both.topics if topic.label.en == "solid-state battery")
    assert topic.label.zh == "固态电池"
    assert topic.documents == ("congress", "ferry")
    names = {both.people[voice.speaker].name.en for voice in topic.voices}
    assert {"Mira Kolt", "Luo Qing"} <= names


def test_a_speaker_who_disagrees_answers_the_one_who_is_named() -> None:
    rows: Rows = [*ELECTRIC[:3], ("Luo Qing disagreed with Kolt.", "罗青不同意科尔特的看法。", "Luo Qing")]
    (echo,) = overview([ferry(rows=rows)]).echoes
    assert (echo.stance, echo.cue, echo.second.place) == ("contrary", "disagreed", Place("ferry", (3,)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_versions_are_one_article_and_their_figures_are_compared(language: str) -> None:
    rows = changed(ELECTRIC, ("83 million", "8300万"), ("93 million", "9300万"))
    made = overview([ferry(), brief_of("later", FERRY, rows, language)])
    (article,) = made.articles
    assert (article.documents, article.shared) == (("ferry", "later"), len(ELECTRIC))
    (different,) = made.discrepancies
    assert different.versions
    written = {"en": "93 million euros", "zh": "9300万欧元"}[language]
    assert [figure.text for figure in different.figures] == ["83 million euros", written]


def test_a_translation_tells_who_a_speaker_is() -> None:
    theirs = brief_of("later", FERRY, ELECTRIC, "zh")
    unknown = tuple(
        replace(part, name=Line(part.speaker.name, part.speaker.name), speaker=replace(part.speaker, name_other=None))
        for part in theirs.speakers
    )
    mine = tuple(replace(part, name=Line(part.name.en, part.name.en)) for part in ferry().speakers)
    made = overview([replace(ferry(), speakers=mine), replace(theirs, speakers=unknown)])
    assert {(one.name.en, one.name.zh) for one in made.people} == {
        ("Mira Kolt", "米拉·科尔特"),
        ("Jon Abara", "乔恩·阿巴拉"),
    }


@pytest.mark.parametrize(
    "said",
    [
        "Luo Qing did not dispute what Kolt had said.",
        "The two sides have agreed with the port to share the quay, Luo Qing said.",
        "What they disagreed on was left out, Luo Qing said.",
    ],
)
def test_what_sounds_like_an_answer_and_is_none(said: str) -> None:
    rows: Rows = [*ELECTRIC[:3], (said, "略。", "Luo Qing")]
    assert overview([ferry(rows=rows)]).echoes == ()


def test_statements_of_versions_count_once() -> None:
    made = overview([ferry(), ferry("copy")])
    kolt = next(person for person in made.people if person.name.en == "Mira Kolt")
    assert (kolt.sentences, kolt.documents) == (3, ("copy", "ferry"))


def test_the_next_report_of_the_same_making_is_no_version() -> None:
    old = [("83", "8300万"), ("eleven", "11年"), ("34", "34"), ("four", "4艘"), ("9 euros", "9欧元")]
    new = [("61", "6100万"), ("seven", "7年"), ("22", "22"), ("six", "6艘"), ("7 euros", "7欧元")]
    rows = ELECTRIC
    for before, after in zip(old, new, strict=True):
        rows = changed(rows, before, after)
    terms = TermBase.load()
    assert versions_of([account_of(ferry(), terms), account_of(ferry("next", rows), terms)]) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_article_gives_another_figure_for_the_same_thing(language: str) -> None:
    made = overview([ferry(), brief_of("harbour", ("Harbour", "港口"), HARBOUR, language)])
    (different,) = made.discrepancies
    assert {figure.cited.place.document for figure in different.figures} == {"ferry", "harbour"}
    assert not different.versions


@pytest.mark.parametrize(
    "sentence",
    [
        ("The ships cost about 83.2 million euros, Mira Kolt told reporters in Selmouth.", "rounded"),
        ("The trams of Varnby cost 97 million euros, Jon Abara told reporters in Varnby.", "another thing"),
        ("In 2019 the ships cost 97 million euros and in 2024 more, Kolt told reporters in Selmouth.", "another year"),
    ],
)
def test_what_only_may_differ_is_passed_over(sentence: tuple[str, str]) -> None:
    first = changed(ELECTRIC, ("The ships cost", "这些船"), ("In 2026 the ships cost", "2026年这些船"))
    rows: Rows = [("Nothing new.", "没有新消息。", None), (sentence[0], "略。", "Mira Kolt")]
    made = overview([ferry(rows=first), brief_of("other", ("Other news", "其他"), rows)])
    assert made.discrepancies == ()


def test_the_order_of_the_documents_makes_no_difference() -> None:
    briefs = [ferry(), ferry("copy"), brief_of("congress", CONGRESS, BATTERIES, "zh")]
    first, second = overview(briefs), overview(reversed(briefs))
    assert all(render_overview(first, form) == render_overview(second, form) for form in FORMS)


def test_json_comes_back(both: Overview) -> None:
    assert from_dict(Overview, json.loads(render_overview(both, "json"))) == both
    assert from_dict(Overview, to_dict(both)) == both


def test_every_line_of_the_markdown_cites_its_sentences(both: Overview) -> None:
    text = render_overview(both, "en.md", links={"ferry": "ferry/brief.html"})
    lines = [line for line in text.splitlines() if line.startswith(("  - ", "   - "))]
    assert lines
    assert all(re.search(r"\\\[.*(?:ferry|congress) \d+(?:–\d+)?.*\\\]( ⚠)?$", line) for line in lines)


def test_a_quotation_in_translation_is_labelled_and_findings_are_carried_on() -> None:
    made = ferry()
    finding = Finding("number", "eleven", "12", "“eleven” became “12”")
    lines = tuple(replace(line, findings=(finding,)) if line.sentences == (2,) else line for line in made.sentences)
    chinese = render_overview(
        overview([replace(made, sentences=lines), brief_of("congress", CONGRESS, BATTERIES, "zh")]), "zh.md"
    )
    (line, *_) = [line for line in chinese.splitlines() if "固态电池可用" in line]
    assert "（引语为译文）" in line and line.endswith("⚠")


def test_nothing_of_a_document_becomes_markup() -> None:
    rows = [(f"{HOSTILE} {en}", f"{HOSTILE}{zh}", who) for en, zh, who in ELECTRIC]
    page = render_overview(overview([ferry(rows=rows), ferry("copy", rows)]), "html")
    assert "<script>alert" not in page and "<img" not in page
    assert "default-src &#39;none&#39;" in page


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(DocumentError, match="two documents"):
        overview([ferry(), ferry()])


def test_another_form_is_refused(both: Overview) -> None:
    with pytest.raises(SettingsError, match=re.escape("html, json")):
        render_overview(both, "pdf")


def test_a_record_shows_itself(both: Overview) -> None:
    assert "solid-state battery" in both._repr_html_()


def test_the_command_reads_briefs_that_were_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for made in (ferry(), brief_of("congress", CONGRESS, BATTERIES, "zh")):
        folder = tmp_path / "outputs" / made.document.name
        folder.mkdir(parents=True)
        (folder / "brief.json").write_text(render(made, "json"), encoding="utf-8")
        (folder / "brief.html").write_text("", encoding="utf-8")
    assert main(["brief", "--across", str(tmp_path / "outputs"), "-o", str(tmp_path / "outputs")]) == 0
    page = (tmp_path / "outputs" / "across.html").read_text(encoding="utf-8")
    assert 'href="ferry/brief.html#s2"' in page
    assert {brief.document.name for brief in briefs_in(tmp_path / "outputs")} == {"ferry", "congress"}
    capsys.readouterr()
    assert main(["brief", "--across", str(tmp_path / "nothing.txt")]) == 2


def test_the_command_takes_a_folder_of_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, rows in (("ferry", ELECTRIC), ("harbour", HARBOUR)):
        (corpus / f"{name}.txt").write_text(" ".join(row[0] for row in rows), encoding="utf-8")
    code = main(["brief", "--across", str(corpus), "--engine", "echo", "-o", str(tmp_path / "made")])
    assert code == 1  # an echo is no translation
    made = from_dict(Overview, json.loads((tmp_path / "made" / "across.json").read_text(encoding="utf-8")))
    assert [source.document for source in made.sources] == ["ferry", "harbour"]
    assert (tmp_path / "made" / "ferry" / "brief.html").is_file()
    assert main(["brief", "--across", str(corpus), "--engine", "echo", "--to", "en"]) == 1
    assert "# Overview of 2 documents" in capsys.readouterr().out
