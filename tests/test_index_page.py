"""The index page: filters, search through every sentence up to a limit, topics over documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from across_samples import BATTERIES, ELECTRIC, HARBOUR, brief_of
from test_pages import browser, visible, visit

from wivtext.records import TermUse
from wivtext.rendering import entries, render_index
from wivtext.rendering.entries import IndexEntry, IndexPage, index_entry, strips

__all__ = ["browser", "visit"]


def made() -> list[IndexEntry]:
    """Three documents: July in English, September in English and in Chinese; batteries in the first and the last."""
    use = TermUse("battery", "电池", "term", (0, 1))
    briefs = {
        "ferries": replace(brief_of("ferries", ("Ferries", "渡轮"), ELECTRIC, date="2025-07-02"), terms=(use,)),
        "harbour": brief_of("harbour", ("Harbour", "港口"), HARBOUR, date="2025-09-01"),
        "batteries": replace(
            brief_of("batteries", ("Batteries", "电池"), BATTERIES, "zh", date="2025-09-20"),
            terms=(TermUse("电池", "battery", "term", (0,)),),
        ),
    }
    return [replace(index_entry(name, brief), kinds=()) for name, brief in briefs.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("outputs")
    first, *others = made()
    flagged = replace(first, kinds=(("number", 1),))
    (root / "index.html").write_text(render_index([flagged, *others]), encoding="utf-8")
    return root


def options(page: IndexPage) -> dict[str, list[tuple[str, int]]]:
    return {label: [(one.en, one.count) for one in offered] for label, offered in page.filters}


def test_filters_offer_what_there_is() -> None:
    offered = options(IndexPage.of(made()))
    assert offered["filter_date"] == [("2025-09", 2), ("2025-07", 1)]
    assert [count for _, count in offered["filter_language"]] == [2, 1]
    assert all(count >= 1 for _, count in offered["filter_speaker"])
    assert "filter_topic" not in offered  # one alone is no choice


def test_a_topic_is_shown_where_its_documents_are_in_time() -> None:
    page = IndexPage.of(made())
    assert [(one.en, one.zh, one.count, one.shares) for one in page.strips] == [("battery", "电池", 2, (1.0, 0.0, 1.0))]


def test_many_documents_share_columns() -> None:
    one = made()[0]
    many = [replace(one, name=f"n{place:03}", terms=one.terms if place < 50 else ()) for place in range(200)]
    (strip,) = strips(many)
    assert len(strip.shares) == entries.COLUMNS and strip.count == 50
    assert strip.shares[-1] == 1.0 and strip.shares[0] == 0.0  # the first of the list is the latest


def test_past_a_limit_only_points_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    assert IndexPage.of(made()).complete
    monkeypatch.setattr(entries, "SEARCHED", 100)
    page = IndexPage.of(made())
    assert not page.complete and page.text(page.entries[0]) == page.entries[0].searched
    assert "too many documents to search every sentence" in render_index(made())


def test_filters_and_search_in_a_browser(visit: Any) -> None:
    page = visit("index.html")
    assert visible(page, ".entry") == 3
    page.select_option("select >> nth=0", index=2)
    assert visible(page, ".entry") == 1
    page.select_option("select >> nth=0", index=0)
    page.check("#flagged")
    assert visible(page, ".entry") == 1 and page.inner_text("#count") == "1 / 3"
    page.uncheck("#flagged")
    assert visible(page, ".entry") == 3


def test_every_sentence_is_found(visit: Any) -> None:
    page = visit("index.html")
    for english, chinese, _ in HARBOUR:
        for words in (english.split()[-1].strip(".”\"'"), chinese.strip("。”“")):
            page.fill("#search", words)
            assert page.locator(".entry a[href^='harbour']").count() == 1, words
