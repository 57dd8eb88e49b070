"""Renderings: what a reader finds on the pages, and that a document's text stays text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from samples import HOSTILE, GoldTranslator, hostile_brief, sample_brief

from wivtext import naming
from wivtext.briefs import brief
from wivtext.checking import check
from wivtext.engines.fakes import LeadSummarizer
from wivtext.errors import SettingsError
from wivtext.reading import read_text
from wivtext.records import Brief, Finding, Line, TermUse, from_dict
from wivtext.rendering import FORMS, render, render_index
from wivtext.rendering.entries import index_entry
from wivtext.rendering.markdown import escape
from wivtext.rendering.views import SHOWN, checks, references
from wivtext.rendering.wording import message, parts
from wivtext.terms import TermBase
from wivtext.typography import is_chinese

BRIEF = sample_brief()
HOSTILE_BRIEF = hostile_brief()


class Elements(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.found)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "docx"])
def test_forms_are_whole_files(form: str) -> None:
    text = render(BRIEF, form)
    assert text.endswith("\n") and "\r" not in text
    assert render(BRIEF, form) == text


def test_json_comes_back() -> None:
    text = render(BRIEF, "json")
    data = json.loads(text)
    assert from_dict(Brief, data) == BRIEF
    assert list(data) == sorted(data)


def test_unknown_form() -> None:
    with pytest.raises(SettingsError, match=r"en\.md, zh\.md, html, json"):
        render(BRIEF, "pdf")


def test_markdown_in_english() -> None:
    page = render(BRIEF, "en.md")
    assert page.startswith("# Coalition talks begin in Saldora")
    assert "2026-05-03 · Island Herald · original in English · [link](<https://example.org/coalition>)" in page
    assert "## Key points\n\n- Parties in the island republic" in page
    assert "the country’s electoral commission announced. [2]\n" in page  # the original has nothing to check
    assert "- [2] number: “47” (47) became “74” (74)" in page
    assert BRIEF.signature in page


def test_markdown_in_chinese() -> None:
    page = render(BRIEF, "zh.md")
    assert page.startswith("# 萨尔多拉执政党失去多数席位")
    assert "进步联盟在 120 个议席中获得 47 席" in page
    assert "- [2] 数字：原文“47”，译文“74”" in page
    assert page.count("[2] ⚠") == 1 + page.partition("## 发言摘要")[2].count("[2] ⚠")
    assert page.count("⚠ 表示译文待核查") == 1


def test_translated_quotations_say_so() -> None:
    assert "我们会照办。”总理伊尔瓦·布兰特在简短的电视讲话中说。（引语为译文）[" in render(BRIEF, "zh.md")
    assert "quotation translated" not in render(BRIEF, "en.md")
    assert "<small>引语为译文</small>" in render(BRIEF, "html")


def test_a_line_that_a_model_worded_says_so_in_every_form() -> None:
    first, *others = BRIEF.points
    worded = replace(BRIEF, points=(replace(first, generated=True), *others))
    for form, note in (("en.md", " *(worded by a model)* ["), ("zh.md", "（模型撰写）[")):
        assert (render(BRIEF, form).count(note), render(worded, form).count(note)) == (0, 1)
    page = render(worded, "html")
    assert page.count("<small>worded by a model</small>") == page.count("<small>模型撰写</small>") == 1


def test_link_to_the_index_only_where_there_is_one() -> None:
    assert 'href="../index.html"' in render(BRIEF, "html", index="../index.html")
    assert "index.html" not in render(BRIEF, "html")


def test_every_source_sentence_is_there_with_its_translation() -> None:
    for form in ("en.md", "zh.md", "html"):
        page = render(BRIEF, form)
        assert all(page.count(line.zh[:3]) for line in BRIEF.sentences)
    page = Elements(render(BRIEF, "html"))
    ids = {attributes.get("id") for _, attributes in page.found}
    assert ids.issuperset(f"s{index}" for index in range(len(BRIEF.sentences)))


def test_references_of_the_page_lead_somewhere() -> None:
    page = Elements(render(BRIEF, "html"))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    links = [attributes["href"] or "" for tag, attributes in page.found if tag == "a"]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_page_needs_nothing_but_itself() -> None:
    for text in (render(BRIEF, "html"), render_index([index_entry("a", BRIEF)])):
        page = Elements(text)
        assert not [tag for tag, attributes in page.found if "src" in attributes]
        assert [attributes["href"] for tag, attributes in page.found if tag == "link"] == ["data:,"]
        policies = [attributes["content"] for _, attributes in page.found if "http-equiv" in attributes]
        assert [(policy or "").startswith("default-src 'none'") for policy in policies] == [True]
        assert "url(" not in text and "@import" not in text


def test_languages_are_marked() -> None:
    page = Elements(render(BRIEF, "html"))
    assert page.found[0] == ("html", {"lang": "en", "data-view": "both"})
    assert {attributes["lang"] for _, attributes in page.found if attributes.get("lang")} == {"en", "zh-Hans"}


@pytest.mark.parametrize("form", ["html", "index"])
def test_documents_cannot_inject_html(form: str) -> None:
    def page(brief: Brief) -> Elements:
        return Elements(render_index([index_entry('a"b/../<c>', brief)]) if form == "index" else render(brief, "html"))

    hostile, plain = page(HOSTILE_BRIEF), page(BRIEF)
    assert hostile.count("script") == plain.count("script") == 1
    assert hostile.count("img") == 0
    assert not [name for _, attributes in hostile.found for name in attributes if name.startswith("on")]
    assert not [attributes for tag, attributes in hostile.found if "javascript:" in (attributes.get("href") or "")]


def test_documents_cannot_inject_markdown() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    plain, hostile = (markdown_it.MarkdownIt().parse(render(brief, "en.md")) for brief in (BRIEF, HOSTILE_BRIEF))
    children = [child for token in hostile for child in token.children or ()]
    assert not [token for token in (*hostile, *children) if token.type in ("html_block", "html_inline", "image")]
    assert not [child for child in children if child.type == "link_open"]
    assert [token.tag for token in hostile if token.type == "heading_open"] == [
        token.tag for token in plain if token.type == "heading_open"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        "---",
        "***",
        "===",
        "a_b_c",
        "`a`",
        "&lt;",
        "|a|",
        "$a$",
        "~~a~~",
        "-5%",
        "3.5%",
        HOSTILE,
    ],
)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt().enable("strikethrough").parse(escape(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children) == text


def test_references() -> None:
    assert references(()) == "" and references((4, 0, 1, 2)) == "[1–3] [5]"


def test_checks_name_each_finding_once() -> None:
    found = checks(BRIEF)
    assert [check.sentence for check in found if check.sentence is not None] == [1]
    assert [check.speaker for check in found if check.speaker] == [
        speaker for speaker in BRIEF.speakers if speaker.name.findings
    ]
    assert all(len(check.findings) == len(set(check.findings)) for check in found)


def test_many_findings_of_a_sentence_stay_readable() -> None:
    many = tuple(Finding("term", f"t{i}", "", f"“t{i}” has to be “T{i}”") for i in range(9))
    other = Finding("loop", "", "吗", "“吗” is repeated")
    brief = sentence_replaced(0, findings=(many[0], other, *many[1:]))
    [english] = [line for line in render(brief, "en.md").splitlines() if line.startswith("- [1] ")]
    assert english.startswith("- [1] term: “t0” has to be “T0”; “t1” has") and english.count("has to be") == SHOWN
    assert english.endswith("; and 6 more. loop: “吗” is repeated")
    assert "等共 9 处；重复：译文中“吗”重复" in render(brief, "zh.md")


@pytest.mark.parametrize("form", ["en.md", "zh.md", "html"])
def test_what_was_not_translated_says_so(form: str) -> None:
    brief = sentence_replaced(0, zh="", findings=(Finding("omission", "a", "", "nothing was translated"),))
    page = render(replace(brief, points=(brief.sentences[0],)), form)
    english = brief.sentences[0].en.split()[0]
    mark = {"en.md": "*(not translated)*", "zh.md": "（未翻译）", "html": "<small>未翻译</small>"}[form]
    assert mark in page
    if form == "zh.md":
        assert re.search(rf"^- {english}.*（未翻译）\[1\] ⚠$", page, re.MULTILINE)
    if form.endswith("md"):
        assert f"\\\n   {mark} ⚠\n" in page
        assert not re.search(r"^\s*(?:-\s*)?(?:\[\d+\]\s*)?⚠", page, re.MULTILINE)


def test_nothing_to_explain_where_nothing_is_marked() -> None:
    clean = sentence_replaced(1, findings=())
    clean = replace(clean, points=(), speakers=())
    assert "⚠" not in render(clean, "en.md") + render(clean, "zh.md")


def test_references_are_the_numbers_of_the_list() -> None:
    for form in ("en.md", "zh.md"):
        head, _, listed = render(BRIEF, form).partition("\n1. ")
        numbers = {1, *map(int, re.findall(r"^(\d+)\. ", listed, re.MULTILINE))}
        assert numbers == set(range(1, len(BRIEF.sentences) + 1))
        cited = {int(number) for pair in re.findall(r"\[(\d+)(?:–(\d+))?\]", head) for number in pair if number}
        assert cited and cited <= numbers


def test_transcripts_say_once_that_they_are_translated() -> None:
    text = "ANN LEE: We sold 40 cars.\n\nBO CHEN: I bought two.\n\nBO CHEN: And a bicycle.\n"
    made = brief(read_text(text), translator=GoldTranslator(), summarizer=LeadSummarizer(), terms=TermBase())
    page = render(made, "zh.md")
    assert page.count("本文为对话记录") == 1 and "引语为译文" not in page
    assert "发言：[2–3] 直接引语\n" in page
    assert "transcript" not in render(made, "en.md").lower()


def test_findings_in_chinese() -> None:
    pairs = (
        ("2025年重庆有3家工厂，他没有去。", "In 2024 Chongqing Chongqing Chongqing Chongqing has 3 plants ((x."),
        ("销量增长。", ""),
        ("He met Zhang Weimin in 2025.", "他在2024年见了他,没有说话。"),
        ("The firm sold 3 cars.", "The firm sold 3 cars."),
    )
    found = [one for zh in pairs for one in check(*zh, *(("zh", "en") if is_chinese(zh[0]) else ("en", "zh")))]
    found += [naming.unknown("Jane Roe"), Finding("repaired", "22", "222", "“222” was corrected: the source says “22”")]
    assert len({one.kind for one in found}) > 4
    assert all(is_chinese(message(one, "zh")) for one in found)
    assert "Jane Roe" not in parts(Finding("omission", "Jane Roe", "", "nothing was translated"))


def sentence_replaced(index: int, **changes: object) -> Brief:
    """The sample with one sentence changed wherever it stands."""
    old = BRIEF.sentences[index]
    new = replace(old, **changes)

    def lines(found: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(new if line == old else line for line in found)

    speakers = tuple(replace(one, summary=lines(one.summary)) for one in BRIEF.speakers)
    return replace(BRIEF, sentences=lines(BRIEF.sentences), points=lines(BRIEF.points), speakers=speakers)


def test_index_lists_the_latest_first() -> None:
    older = replace(BRIEF, document=replace(BRIEF.document, origin={"date": "2025-01-01"}))
    undated = replace(BRIEF, document=replace(BRIEF.document, origin={}))
    page = render_index(index_entry(name, brief) for name, brief in (("a", older), ("b c", BRIEF), ("d", undated)))
    assert re.findall(r'href="([^"]+/brief\.html)"', page) == ["b%20c/brief.html", "a/brief.html", "d/brief.html"]
    assert 'data-text="coalition talks begin in saldora' in page


def test_index_has_charts_of_the_whole_corpus() -> None:
    terms = (TermUse("coalition", "联盟", hits=(0, 1)), TermUse("budget", "预算", hits=(3,)))
    first, second = replace(BRIEF, terms=terms), replace(BRIEF, terms=terms[:1])
    page = Elements(render_index([index_entry("a", first), index_entry("b", second)]))
    assert page.count("svg") > 2
    text = render_index([index_entry("a", first), index_entry("b", second)])
    assert "Topics, from the earliest document to the latest" in text and "联盟" in text
    assert ">预算<" not in text.split('<ol class="entries">')[0]  # in one document only
    assert "svg" not in render_index([index_entry("a", first)])


def test_empty_index() -> None:
    assert Elements(render_index([])).count("li") == 0
