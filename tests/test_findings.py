"""Findings: as many in the brief, in the tables and on the page, each at its line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from samples import sample_brief

from wivtext import tables
from wivtext.checking import KINDS
from wivtext.findings import placed
from wivtext.records import Brief, Finding
from wivtext.rendering import render
from wivtext.rendering.views import checks


def found_at(part: str, finding: Finding) -> Brief:
    """A brief without findings but this one."""
    brief = sample_brief()
    bare = [replace(line, findings=()) for line in brief.sentences]
    speaker = brief.speakers[0]
    clean = replace(
        brief,
        title=replace(brief.title, findings=()),
        sentences=tuple(bare),
        points=tuple(replace(line, findings=()) for line in brief.points),
        speakers=(
            replace(
                speaker,
                name=replace(speaker.name, findings=(finding,) if part == "speaker" else ()),
                summary=tuple(replace(line, findings=()) for line in speaker.summary),
                role=None,
                organisation=None,
            ),
        ),
    )
    if part == "title":
        return replace(clean, title=replace(clean.title, findings=(finding,)))
    if part == "sentence":
        return replace(clean, sentences=(bare[0], replace(bare[1], findings=(finding,)), *bare[2:]))
    if part == "point":
        return replace(clean, points=(replace(clean.points[0], findings=(finding,)), *clean.points[1:]))
    return clean


PLACES = {
    "title": r'<div class="masthead">.*?{}.*?id="h-points"',
    "sentence": r'id="s1">.*?{}.*?id="s2"',
    "point": r'<ol class="lines points">\s*<li class="line flagged".*?{}.*?</li>',
    "speaker": r'<article class="speaker">\s*<header>.*?{}.*?</header>',
}


@pytest.mark.parametrize("part", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_stands_at_its_line(kind: str, part: str) -> None:
    brief = found_at(part, Finding(kind, "QX", "ZY", "QX became ZY"))
    assert [one.finding.kind for one in placed(brief)] == [kind]
    assert len(brief.findings) == len(tables.findings([brief])) == sum(len(one.findings) for one in checks(brief)) == 1
    badge = rf'<p class="badge[^>]*title="QX became ZY"><b><span class="side" lang="en">{kind}</span>'
    assert re.search(PLACES[part].format(badge), render(brief, "html"), re.DOTALL)


def test_what_a_point_repeats_of_its_sentence_counts_once() -> None:
    brief = sample_brief()
    assert [(one.part, one.sentence) for one in placed(brief) if one.finding.kind == "number"] == [("sentence", 1)]


def test_no_cell_is_a_formula() -> None:
    brief = found_at("sentence", Finding("number", "=1+1", "@SUM", "-2 became =3"))
    lines = tables.csv(tables.findings([brief])).splitlines()
    assert ",'=1+1,'@SUM,'-2 became =3," in lines[1]
