"""The overview of the whole corpus that a build writes: when it is made, made again, left alone and taken away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wivtext.building import build
from wivtext.settings import Settings, settings_from

FILES = {"across.html", "across.json", "across.en.md", "across.zh.md"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    own = {"cache": str(tmp_path / "cache")}
    return settings_from({"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": own})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(3):
        write(folder, number, number + 2)
    return folder


def write(corpus: Path, number: int, vans: int) -> None:
    (corpus / f"plant-{number}.txt").write_text(
        f"Plant {number} opens\n\nLin Haoran, chairman of Northlake Motors, opened plant {number} on Tuesday.\n"
        f'"We will build {vans},000 vans next year," Lin said.\n',
        encoding="utf-8",
    )


def across(outputs: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in outputs.glob("across*")}


def test_it_is_written_once_and_again_when_a_document_changes(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    outputs = tmp_path / "outputs"
    build(corpus, outputs, settings=settings)
    first, page = across(outputs), outputs / "across.html"
    assert set(first) == FILES
    assert 'href="across.html"' in (outputs / "index.html").read_text(encoding="utf-8")
    assert 'href="index.html"' in page.read_text(encoding="utf-8")
    assert "plant-1/brief.html" in page.read_text(encoding="utf-8")
    written = page.stat().st_mtime_ns
    build(corpus, outputs, settings=settings)
    assert page.stat().st_mtime_ns == written
    write(corpus, 1, 9)
    build(corpus, outputs, settings=settings)
    assert "9,000 vans" in page.read_text(encoding="utf-8")
    assert across(outputs) != first


def test_the_same_bytes_with_two_processes(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    build(corpus, tmp_path / "one", settings=settings)
    two = replace(settings, build=replace(settings.build, jobs=2))
    build(corpus, tmp_path / "two", settings=two)
    assert across(tmp_path / "one") == across(tmp_path / "two")


def test_no_overview_of_one_document(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    outputs = tmp_path / "outputs"
    build(corpus, outputs, settings=settings)
    for number in (1, 2):
        (corpus / f"plant-{number}.txt").unlink()
    report = build(corpus, outputs, settings=settings)
    assert across(outputs) == {} and not report.kept
    assert "across.html" not in (outputs / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("most", "said"), [(2, 1), (0, 0)])
def test_past_the_setting_it_is_taken_away_and_comes_back(
    corpus: Path, tmp_path: Path, settings: Settings, most: int, said: int
) -> None:
    outputs, few = tmp_path / "outputs", replace(settings, build=replace(settings.build, across=most))
    build(corpus, outputs, settings=settings)
    report = build(corpus, outputs, settings=few)
    assert across(outputs) == {} and report.built == ()
    assert len(report.remarks) == said and all("build.across = 2" in remark for remark in report.remarks)
    build(corpus, outputs, settings=settings)
    assert set(across(outputs)) == FILES


def test_an_edited_overview_is_set_aside(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    outputs = tmp_path / "outputs"
    build(corpus, outputs, settings=settings)
    (outputs / "across.en.md").write_text("My own words.\n", encoding="utf-8")
    write(corpus, 1, 9)
    report = build(corpus, outputs, settings=settings)
    assert len(report.kept) == 1 and (outputs / report.kept[0]).read_text(encoding="utf-8") == "My own words.\n"
