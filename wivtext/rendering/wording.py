"""The pages' own words, and findings in words, in both languages.

>>> finding = Finding("term", "清华大学", "", "“清华大学” has to be “Tsinghua University”")
>>> message(finding, "zh"), parts(finding)
('“清华大学”应译为“Tsinghua University”', '清华大学 → Tsinghua University')
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from wivtext.records import Finding, Language

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_PART = 40
_PUT_IN = re.compile(r"^“([^“”]+)” was put in for “")
_EXPECTED = re.compile(r" has to be “([^“”]+)”$")


def labels(language: Language) -> dict[str, str]:
    """The pages' own words in one language."""
    words: dict[str, str] = _words()[language]
    return words


def finding_kind(kind: str, language: Language) -> str:
    """A finding's kind in one language."""
    name: str = _words()["kinds"].get(kind, kind) if language == "zh" else kind
    return name


def message(finding: Finding, language: Language) -> str:
    """What a finding says. The checks write English: Chinese comes from the data, or from the parts that disagree."""
    expected = _expected(finding)
    if expected and expected == finding.source:
        return f"“{expected}” is missing" if language == "en" else f"译文中没有“{expected}”"
    if finding.source and _put_in(finding) == finding.source:
        return _put_back(finding, language)
    if language == "en":
        return finding.message
    if expected:
        return f"“{finding.source}”应译为“{expected}”"
    for pattern, words in _words()["messages"]:
        if match := re.search(pattern, finding.message):
            either = finding.source or finding.target
            found: str = words.format(*match.groups(), source=finding.source, target=finding.target, either=either)
            return found
    return _disagreement(finding)


def parts(finding: Finding) -> str:
    """The parts that disagree, for a badge; empty where they are too long or say nothing without words."""
    expected = _expected(finding)
    if expected:
        return expected if expected == finding.source else f"{finding.source} → {expected}"
    if put_in := _put_in(finding):
        return put_in if put_in == finding.source else f"{finding.source} → {put_in}"
    if (
        finding.message.startswith("refused: ")
        or finding.kind in ("omission", "punctuation")
        or max(len(finding.source), len(finding.target)) > LONGEST_PART
    ):
        return ""
    between = " ← " if finding.kind == "repaired" else " ≠ "
    return between.join(part for part in dict.fromkeys((finding.source, finding.target)) if part)


def _expected(finding: Finding) -> str:
    """The form that a term has to have."""
    found = _EXPECTED.search(finding.message) if finding.kind == "term" else None
    return found[1] if found else ""


def _put_in(finding: Finding) -> str:
    """The term that was put into a translation."""
    found = _PUT_IN.search(finding.message)
    return found[1] if found else ""


def _put_back(finding: Finding, language: Language) -> str:
    """What a finding says of words that are the same in both languages."""
    if language == "en":
        return f"“{finding.source}” was put in" + (f" place of “{finding.target}”" if finding.target else "")
    return f"“{finding.source}”已补上" + (f"，原译“{finding.target}”" if finding.target else "")


def _disagreement(finding: Finding) -> str:
    if finding.source and finding.target:
        return f"原文“{finding.source}”，译文“{finding.target}”"
    if finding.source:
        return f"译文中没有“{finding.source}”"
    return f"原文中没有“{finding.target}”" if finding.target else finding.message


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads((TEMPLATES / "labels.json").read_text(encoding="utf-8"))
    return words
