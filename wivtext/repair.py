"""Numbers put right where there is no doubt which one is wrong and what it should be."""

from __future__ import annotations

from wivtext.records import Finding, Language


def repair(
    source: str, target: str, source_language: Language, target_language: Language
) -> tuple[str, tuple[Finding, ...]]:
    """The target with its wrong numbers repaired, and a finding for each that was."""
    return target, ()
