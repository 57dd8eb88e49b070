"""Pinyin of names: readings of surnames, compound surnames, what can't be romanized."""

import json
from pathlib import Path

import pytest

from wivtext.romanization import romanize

CASES = json.loads((Path(__file__).parent / "cases" / "romanization.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_romanize(name: str, expected: str | None) -> None:
    assert romanize(name) == expected
