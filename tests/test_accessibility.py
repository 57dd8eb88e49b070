"""axe-core finds nothing on any page: light and dark, wide and on a phone, at rest and with a sentence shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from across_samples import BATTERIES, ELECTRIC, HARBOUR, brief_of
from samples import hostile_brief, sample_brief
from test_pages import PHONE, WIDE, browser, visit

from wivtext.across import overview, render_overview
from wivtext.across.pages import beside
from wivtext.rendering import render, render_index
from wivtext.rendering.entries import index_entry

__all__ = ["browser", "visit"]
PAGES = ["coalition/brief.html", "hostile/brief.html", "index.html", "across.html"]


@pytest.fixture(scope="module")
def axe() -> Any:
    if os.environ.get("WIVTEXT_REQUIRE_BROWSER") != "1":
        pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("outputs")
    rows = {"ferries": ELECTRIC, "batteries": BATTERIES, "harbour": HARBOUR}
    briefs = {name: brief_of(name, (name.title(), "渡轮"), told, date="2025-09-27") for name, told in rows.items()}
    made = overview(briefs.values())
    briefs |= {"coalition": sample_brief(), "hostile": hostile_brief()}
    for name, brief in briefs.items():
        (root / name).mkdir()
        (root / name / "brief.html").write_text(render(brief, "html", index="../index.html"), encoding="utf-8")
    entries = [index_entry(name, brief) for name, brief in briefs.items()]
    (root / "index.html").write_text(render_index(entries, across="across.html"), encoding="utf-8")
    page = render_overview(made, "html", links=beside(rows), home="index.html")
    (root / "across.html").write_text(page, encoding="utf-8")
    return root


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE), ("dark", WIDE), ("light", PHONE)])
def test_axe_finds_nothing(visit: Any, axe: Any, name: str, scheme: str, size: dict[str, int]) -> None:
    page = visit(name, size, color_scheme=scheme)
    assert found(axe, page) == []
    if name == "coalition/brief.html":
        page.click(".points .line:nth-child(2) .texts")
        assert found(axe, page) == []


def found(axe: Any, page: Any) -> list[str]:
    """What axe-core finds, best practice included, with where it is."""
    violations = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:200]}" for one in violations for node in one["nodes"]]
