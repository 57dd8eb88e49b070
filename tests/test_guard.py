"""The guard of summaries: a summarizer that lies is found out, one that paraphrases is left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from samples import CHINESE, ENGLISH, report

from wivtext.briefs import brief
from wivtext.building.workshop import Workshop
from wivtext.checking.claims import parts
from wivtext.checking.support import unsupported
from wivtext.engines import Passage
from wivtext.engines.fakes import EchoTranslator
from wivtext.records import Point
from wivtext.rendering import render
from wivtext.settings import settings_from
from wivtext.summary import guarded, summarize
from wivtext.terms import TermBase

CASES = json.loads((Path(__file__).parent / "cases" / "support.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] if case.get("fails") else [])
        for case in CASES
    ],
)
def test_support(case):
    given = {key: case[key] for key in ("before", "around", "speakers") if key in case}
    found = unsupported(case["point"], case["sentences"], **given)
    assert [finding.target or finding.source for finding in found] == case["found"]


class Liar:
    """A summarizer behind the engines' own interface: first sentences with figures, names and a "not" changed."""

    signature = "liar"

    def __init__(self, changes: dict[str, str], generated: bool = True) -> None:
        self.changes, self.generated = changes, generated

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        return [tuple(self._points(passage)) for passage in passages]

    def _points(self, passage: Passage):
        for sentence in passage.sentences[: passage.limit]:
            text = sentence.text
            for old, new in self.changes.items():
                text = text.replace(old, new)
            yield Point(text, (sentence.index,), generated=self.generated)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lie_gives_way_to_the_sentence_it_cites(language):
    document = report(ENGLISH if language == "en" else CHINESE, language)
    digits = {str(digit): str((digit + 3) % 10) for digit in range(10)}
    truth = summarize(document, engine=Liar({}))
    made = summarize(document, engine=Liar(_once(digits)))
    assert [point.sentences for point in made] == [point.sentences for point in truth]
    for point, true in zip(made, truth, strict=True):
        assert point.text == true.text and point.generated == (not any(letter.isdigit() for letter in true.text))


def _once(digits: dict[str, str]) -> dict[str, str]:
    """Replacements that don't undo each other: by way of characters that no text has."""
    away = {old: chr(0xE000 + int(old)) for old in digits}
    return away | {chr(0xE000 + int(old)): new for old, new in digits.items()}


def test_an_extract_that_was_changed_is_marked_at_its_line():
    document = report(ENGLISH, "en")
    engine = Liar(_once({"2": "7", "4": "9"}), generated=False)
    made = brief(document, translator=EchoTranslator(), summarizer=engine, terms=TermBase())
    marked = [line for line in made.points if any(finding.kind == "unsupported" for finding in line.findings)]
    assert marked
    assert all(finding in made.findings for line in marked for finding in line.findings)
    page = render(made, "html")
    assert page.count(">unsupported</span>") >= len(marked)
    assert "无依据" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_brief_shows_what_was_refused_and_why(language):
    document = report(ENGLISH if language == "en" else CHINESE, language)
    engine = Liar(_once({"2": "7", "4": "9"}))
    made = brief(document, translator=EchoTranslator(), summarizer=engine, terms=TermBase())
    refused = [one for line in made.points for one in line.findings if one.message.startswith("refused: “")]
    assert refused
    for finding in refused:
        assert finding.kind == "repaired" and finding in made.findings
        assert "is in none of the sentences cited" in finding.message
        assert finding.source in [getattr(line, language) for line in made.points]
    page, markdown = render(made, "html"), render(made, "zh.md")
    assert "不予采用" in page and "不予采用" in markdown
    assert "refused:" in render(made, "en.md")


def test_a_point_about_something_else_is_refused():
    document = report(ENGLISH, "en")
    point = Point("The orchestra rehearses in a disused chapel by the harbour.", (0,), generated=True)
    (made,) = guarded((point,), Passage(document.sentences, "en", 2))
    assert not made.generated and "too little" in made.findings[0].message


def test_what_cannot_be_replaced_is_marked():
    document = report(ENGLISH, "en")
    sentence = document.sentences[0]
    passage = Passage((sentence,), "en", 2)
    true, lie = Point(sentence.text, (0,)), Point("It cost 987 dollars.", (0,), generated=True)
    first, second = guarded((true, lie), passage)
    assert first == true
    assert (second.text, [finding.target for finding in second.findings]) == (lie.text, ["987 dollars"])


def test_a_changed_guard_makes_every_brief_stale(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("Sales rose.\n", encoding="utf-8")
    settings = settings_from({"translation": {"engine": "echo"}, "summary": {"engine": "lead"}})
    before = Workshop.open(settings).fingerprint(path)
    monkeypatch.setattr("wivtext.summary.GUARD", "guard 0")
    after = Workshop.open(settings).fingerprint(path)
    assert before.summarizer != after.summarizer and "guard 0" in after.summarizer


def test_a_line_without_end_is_held_against_sentences_without_end_in_part():
    assert len(parts(["rose and fell but not " * 5000], "en")) == 100
    assert unsupported("不涨、" * 5000, ["Sales fell and rose while not " * 5000]) is not None
