"""Nasty documents through the whole build: what they say is text in every file and on the terminal, nothing more."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wivtext.building import build
from wivtext.cli import main
from wivtext.memory.cells import FORMULA
from wivtext.settings import settings_from

NASTY = """---
title: '=HYPERLINK("http://evil.example/") <script>document.title="owned"</script>'
source: '<b onmouseover=alert(1)>+cmd|calc</b>'
author: '[x](javascript:alert(1))'
url: 'javascript:alert(1)'
---

"=1+1 is what <img src=x onerror=alert(1)> we sold," said @SUM(A1) Li Na of Lanchi Auto, "and [more](http://evil.example/a)."

+Exports rose by 5 percent, said Bob O'Hara. -2+3 ![i](http://evil.example/i.png) was the result, he said.

The plant\x9b2J opened \u202eon Monday\u2066, said Li Na. </script><svg onload=alert(1)> {{ 7*7 }} {% raw %}
"""
CHINESE = """<iframe src=//evil.example>工厂投产

张伟表示：“＝1+1，<script>alert(1)</script>销量增长5%。”

+张伟说，\x9b31m明年将投产。
"""
OWN_ADDRESS = re.compile(r"#|across\.html$|data:,$|(\.\./)?index\.html$|[^:/]+/brief\.html(#s\d+)?$")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("nasty")
    corpus = root / "corpus"
    corpus.mkdir()
    (corpus / "=1+1 <b>.md").write_text(NASTY, encoding="utf-8")
    (corpus / "坏.txt").write_text(CHINESE, encoding="utf-8")
    own = {"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": {"cache": str(root / "cache")}}
    report = build(corpus, root / "outputs", settings=settings_from(own))
    assert len(report.built) == 2 and not report.failed
    return root / "outputs"


class Page(HTMLParser):
    """The tags of a page, the addresses it names, and its event handlers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_pages_have_no_tags_but_ours(outputs: Path) -> None:
    pages = sorted(outputs.rglob("*.html"))
    assert {path.name for path in pages} == {"brief.html", "index.html", "across.html"} and len(pages) == 4
    for path in pages:
        page = Page(path.read_text(encoding="utf-8"))
        assert page.tags.count("script") == 1 and not {"img", "iframe"} & set(page.tags), path
        assert page.handlers == []
        assert [address for address in page.addresses if not OWN_ADDRESS.match(address)] == [], path


def test_spreadsheets_take_no_cell_for_a_formula(outputs: Path) -> None:
    cells = []
    for path in (*outputs.glob("*.csv"), *outputs.rglob("*.tsv")):
        between = "," if path.suffix == ".csv" else "\t"
        text = path.read_text(encoding="utf-8-sig")
        cells += [cell for row in csv.reader(io.StringIO(text), delimiter=between) for cell in row]
    assert any(cell.startswith(("'=", "'＝", "'+")) for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_markdown_has_no_link_picture_or_tag(outputs: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in outputs.rglob("brief.*.md")]
    assert len(pages) == 4
    for page in pages:
        # Only references are set in brackets, and nothing follows them.
        assert not re.search(r"(?<!\\)\]\(|(?<!\\)<[a-z/!]", page, re.IGNORECASE), page


def test_the_terminal_is_given_no_commands(
    outputs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(outputs.parent)
    document = next((outputs.parent / "corpus").glob("*.md"))
    for command in (["brief", str(document), "--engine", "echo"], ["speakers", str(document)]):
        main(command)
    main(["brief", "no\x1b[2J\u202efile.txt"])
    written = capsys.readouterr()
    assert "Monday" in written.out and "no\ufffd[2Jfile.txt" in written.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written.out + written.err)
