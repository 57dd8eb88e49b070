"""The pages in a real browser: clicks, languages, search, no error, no request, nothing injected."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import hostile_brief, sample_brief

from wivtext.records import Line
from wivtext.rendering import render, render_index
from wivtext.rendering.entries import index_entry

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    required = os.environ.get("WIVTEXT_REQUIRE_BROWSER") == "1"
    if CHROMIUM is None and not required:
        pytest.skip("no Chromium on this machine; WIVTEXT_REQUIRE_BROWSER=1 makes that an error")
    if not required:
        pytest.importorskip("playwright", reason="playwright is not installed")
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "WIVTEXT_REQUIRE_BROWSER=1, but there is no Chromium; install it: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("outputs")
    first = sample_brief()
    second = replace(first, title=Line("Battery plant opens", "电池工厂投产"), points=(), speakers=())
    briefs = {"coalition": first, "plant": second, "hostile": hostile_brief()}
    for name, brief in briefs.items():
        (root / name).mkdir()
        (root / name / "brief.html").write_text(render(brief, "html"), encoding="utf-8")
    (root / "index.html").write_text(
        render_index(index_entry(name, brief) for name, brief in briefs.items()), encoding="utf-8"
    )
    return root


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Any]:
    """Opens a page of the folder; at the end, no error and no request to anything else may have been seen."""
    contexts: list[Any] = []
    faults: list[str] = []

    def visit(name: str, size: dict[str, int] = WIDE, **options: Any) -> Any:
        contexts.append(browser.new_context(viewport=size, reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.extend([request.url] * (not own(request.url))))
        path, mark, rest = name.partition("#")
        page.goto((folder / path).as_uri() + mark + rest)
        return page

    def own(url: str) -> bool:
        return url.startswith((folder.as_uri(), "data:"))

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def visible(page: Any, selector: str) -> int:
    return sum(one.is_visible() for one in page.query_selector_all(selector))


def test_click_shows_the_source(visit: Any) -> None:
    page = visit("coalition/brief.html")
    page.click(".points .line:nth-child(3) .texts")
    assert page.eval_on_selector_all(".lit", "nodes => nodes.map(node => node.id)") == ["s2"]
    assert page.locator("#s2").evaluate("node => node.getBoundingClientRect().top < innerHeight")
    assert "Turnout reached" in page.inner_text("#status")
    page.click("#s0 .original")
    assert page.locator(".points .line.current").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".lit, .current").count() == 0


def test_keyboard_alone_reaches_the_source(visit: Any) -> None:
    page = visit("coalition/brief.html")
    page.focus(".points .line:nth-child(2) .numbers a")
    page.keyboard.press("Enter")
    assert page.eval_on_selector_all(".lit", "nodes => nodes.map(node => node.id)") == ["s1"]


def test_one_language_or_both(visit: Any) -> None:
    page = visit("coalition/brief.html")
    texts = ".points .texts > p"
    count = page.locator(".points .line").count()
    assert visible(page, texts) == 2 * count
    page.click("[data-set-view=zh]")
    assert visible(page, texts) == visible(page, f"{texts}:lang(zh)") == count
    assert page.get_attribute("[data-set-view=zh]", "aria-pressed") == "true"
    page.click("[data-set-view=en]")
    assert visible(page, texts) == visible(page, f"{texts}:lang(en)") == count


def test_both_languages_stand_side_by_side(visit: Any) -> None:
    page = visit("coalition/brief.html")
    left, right = (page.locator(".points .texts > p").nth(place).bounding_box() for place in (0, 1))
    assert right["x"] > left["x"] + left["width"] * 0.9 and abs(right["y"] - left["y"]) < 20


def test_findings_stand_at_their_line(visit: Any) -> None:
    page = visit("coalition/brief.html")
    assert "47 ≠ 74" in page.inner_text(".points .line:nth-child(2) .badge")
    assert page.locator(".points .line:nth-child(1) .badge").count() == 0
    page.click(".checks li:first-child a >> visible=true")
    assert page.locator("#s1.lit").count() == 1


def test_phone(visit: Any) -> None:
    for name in ("coalition/brief.html", "hostile/brief.html", "index.html"):
        page = visit(name, PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    page = visit("coalition/brief.html", PHONE)
    page.click(".points .line:last-child .texts")
    assert page.locator(".lit").first.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    # The line stays in sight above the sheet with its source.
    line, sheet = page.locator(".points .line.current").bounding_box(), page.locator("aside").bounding_box()
    assert line["y"] >= 0 and line["y"] + line["height"] <= sheet["y"] + 1
    page.click("#close")
    assert page.locator(".lit").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_either_scheme(visit: Any, scheme: str) -> None:
    page = visit("coalition/brief.html", color_scheme=scheme)
    page.click(".points .line:nth-child(2) .texts")
    for selector in (".points p", ".facts", ".badge", ".numbers a", ".translation", ".statements li", ".lit .who"):
        assert contrast(page, selector) >= 4.5, selector


def test_prints_the_whole_brief(visit: Any) -> None:
    page = visit("coalition/brief.html", PHONE)
    page.click(".points .line:nth-child(1) .texts")
    page.emulate_media(media="print")
    assert not page.locator(".views").is_visible() and not page.locator("#close").is_visible()
    assert page.locator("aside").evaluate("node => getComputedStyle(node).position") == "static"
    assert visible(page, ".sentence") == page.locator(".sentence").count()


def test_nothing_is_injected(visit: Any) -> None:
    for name in ("hostile/brief.html", "index.html"):
        page = visit(name)
        assert page.title() != "owned"
        assert page.locator("img").count() == 0
        assert "{{ 7*7 }}" in page.inner_text("body")
    assert not visit("hostile/brief.html").query_selector_all("a[href^='javascript']")


def test_index_finds_documents_in_either_language(visit: Any) -> None:
    page = visit("index.html")
    assert visible(page, ".entry") == 3
    for words, found in (("battery PLANT", 1), ("电池", 1), ("Brandt", 2), ("zeppelin", 0), ("", 3)):
        page.fill("#search", words)
        assert visible(page, ".entry") == found, words
        assert page.locator("#none").is_visible() == (found == 0)
    page.fill("#search", "coalition alliance")
    page.click(".entry a[href^=coalition] >> visible=true")
    assert page.url.endswith("/coalition/brief.html#find=coalition%20alliance")


def test_what_the_index_found_is_shown_in_the_brief(visit: Any) -> None:
    words = sample_brief().sentences[-1].zh[2:6]
    page = visit("index.html")
    page.fill("#search", words)
    page.click(".entry a[href^=coalition] >> visible=true")
    lit = page.locator(".sentence.lit")
    assert words in lit.inner_text()
    assert lit.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == [words]
    for hash_ in ("#find=", "#find=%E0%A4%A", "#find=zeppelin"):
        assert visit("coalition/brief.html" + hash_).locator(".sentence.lit").count() == 0


def test_every_control_has_a_name_and_shows_its_focus(visit: Any) -> None:
    for name in ("coalition/brief.html", "index.html"):
        page = visit(name)
        count = page.locator("button >> visible=true").count()
        for _ in range(count + 4):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body"), name
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") not in ("", "none")
            assert page.evaluate(
                "(one => (one.ariaLabel || (one.labels?.[0] || one).innerText || one.title || '').trim())"
                "(document.activeElement)"
            ), page.evaluate("document.activeElement.outerHTML")


def test_a_long_document_opens_and_shows_its_source(visit: Any, folder: Path) -> None:
    made = sample_brief()
    count, short = 2_000, len(made.sentences)
    sentences = tuple(replace(made.document.sentences[i % short], index=i, paragraph=0) for i in range(count))
    lines = tuple(replace(made.sentences[i % short], sentences=(i,)) for i in range(count))
    points = (*made.points, lines[-1])
    long = replace(made, document=replace(made.document, sentences=sentences), sentences=lines, points=points)
    (folder / "long.html").write_text(render(long, "html"), encoding="utf-8")
    page = visit("long.html")
    page.click(".points .line:last-child .texts")
    assert page.locator(f"#s{count - 1}.lit").evaluate("node => node.getBoundingClientRect().top < innerHeight")


def test_a_thousand_documents_are_searched_while_one_types(visit: Any, folder: Path) -> None:
    entry = index_entry("coalition", sample_brief())
    many = [replace(entry, name=f"n{i}", searched=f"{entry.searched} word{i}") for i in range(1_000)]
    (folder / "many.html").write_text(render_index(many), encoding="utf-8")
    assert (folder / "many.html").stat().st_size < 10_000_000
    page = visit("many.html")
    for words, found in (("word123", 1), ("coalition word12", 11), ("nothing", 0), ("", 1_000)):
        page.fill("#search", words)
        number = f"{found} / 1000" if found < 1_000 else "1000"
        assert page.inner_text("#count") == number, words


def test_page_works_without_scripts(visit: Any) -> None:
    page = visit("coalition/brief.html", java_script_enabled=False)
    page.click(".points .line:nth-child(2) .numbers a")
    assert page.url.endswith("#s1")
    assert not page.locator(".views").is_visible()


def contrast(page: Any, selector: str) -> float:
    """The ratio of WCAG 2 between an element's colour and what lies behind it."""
    return float(
        page.locator(f"{selector} >> visible=true").first.evaluate(
            """node => {
              const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
              const light = (colour) => {
                const [r, g, b] = parse(colour).slice(0, 3).map((part) => {
                  const share = part / 255;
                  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const paper = (one) => getComputedStyle(one).backgroundColor;
              let behind = node;
              while (behind.parentElement && /, 0\\)$|transparent/.test(paper(behind))) behind = behind.parentElement;
              const pair = [light(getComputedStyle(node).color), light(paper(behind))];
              return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
            }"""
        )
    )
