"""`wivtext check --summary`: an analyst's own summary, in either language, held against its document."""

from __future__ import annotations

import json

import pytest

from wivtext.attribution import attribute
from wivtext.cli import main
from wivtext.reading import read_text
from wivtext.summary_lines import check_summary

TEXT = """Harbour works put off

The port of Velm will not be dredged this winter, harbour master Ines Tolk said on Monday.
Dredging was to have cost 14.2 million euros.

Traffic fell 9% last year to 3.1 million tonnes.
Oscar Brandt, who runs the ferry line, called the decision reckless.
Tolk replied that a quarter of the budget is spent on repairs.
"""
DOCUMENT = read_text(TEXT)
ATTRIBUTION = attribute(DOCUMENT)


def found(line: str) -> list[str]:
    [made] = check_summary(line, DOCUMENT, attribution=ATTRIBUTION)
    return [finding.target or finding.source for finding in made.point.findings]


@pytest.mark.parametrize(
    "line",
    [
        "- Velm's port will not be dredged this winter.",
        "• 维尔姆港今冬不会疏浚。",
        "1. Traffic fell by 9% to 3.1 million tonnes. [3]",
        "（2）去年吞吐量下降9%，至310万吨。",
        "Dredging would have cost €14.2 million, and the ferry line's Oscar Brandt called the decision reckless.",
        "* A quarter of the budget goes into repairs, Tolk said. [5] ⚠",
    ],
)
def test_what_the_document_says_passes(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("- The port of Velm will be dredged this winter.", ["not"]),
        ("- 维尔姆港去年吞吐量增长9%，至310万吨。", ["增"]),
        ("- Traffic fell 9% to 3.4 million tonnes.", ["3.4 million tonnes"]),
        ("- 疏浚原计划耗资1420亿欧元。", ["1420亿欧元"]),
        ("- Traffic fell 9% last year. [12]", ["[12]"]),
        (
            "- The wheat harvest was the best in years.",
            ["The wheat harvest was the best in years."],
        ),
    ],
)
def test_what_it_does_not_say_is_found(line: str, wrong: list[str]) -> None:
    assert found(line) == wrong


def test_headings_and_blank_lines_are_no_points_and_a_line_may_have_several() -> None:
    text = "# Velm\n\n- Traffic fell 9%. Dredging was to have cost 15 million euros.\n"
    made = check_summary(text, DOCUMENT)
    assert [(one.line, one.point.sentences, bool(one.point.findings)) for one in made] == [
        (3, (2,), False),
        (3, (1,), True),
    ]


@pytest.fixture
def files(tmp_path) -> tuple[str, str]:
    (tmp_path / "velm.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mine.md").write_text("- Traffic fell 9%.\n- 疏浚原计划耗资1500万欧元。 [2]\n", encoding="utf-8")
    return str(tmp_path / "velm.txt"), str(tmp_path / "mine.md")


def test_the_command_names_the_line_and_the_sentences(files, capsys) -> None:
    assert main(["check", *files, "--summary"]) == 1
    said = capsys.readouterr().out
    assert said == (f"{files[1]}:2: unsupported: “1500万欧元” is in none of the sentences cited (held against [2])\n")


def test_the_command_as_json(files, capsys) -> None:
    assert main(["check", *files, "--summary", "--json"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["line"], first["sentences"], first["findings"]) == (1, [2], [])
    assert (second["line"], second["sentences"], second["findings"][0]["kind"]) == (2, [1], "unsupported")


def test_what_can_not_be_checked_is_one_clear_line(files, tmp_path, capsys) -> None:
    (tmp_path / "mine.md").write_text("# Only a heading\n", encoding="utf-8")
    assert main(["check", *files, "--summary"]) == 2
    assert "mine.md: no point to check; write a point a line" in capsys.readouterr().err
    assert main(["check", *files, "--summary", "--to", "zh"]) == 2
    assert "--from and --to are for translations" in capsys.readouterr().err
