"""A "not" of one side that nothing on the other side can stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from wivtext.records import Finding, Language

_MESSAGE = "one says “{}”, and nothing in the other does"


def negations(source: str, target: str, source_language: Language) -> Iterator[Finding]:
    """A plain negation that the other language has no negative word for, however far-fetched.

    >>> [finding.source for finding in negations("It will not open.", "将开业。", "en")]
    ['not']
    """
    english, chinese = (source, target) if source_language == "en" else (target, source)
    plain_en = _pattern("plain_en").search(english)
    if plain_en and not _pattern("negative_zh").search(_pattern("only_other_zh").sub("", chinese)):
        yield _sided(plain_en[0], source_language == "en")
    plain_zh = _pattern("plain_zh").search(_pattern("innocent_zh").sub("", chinese))
    if plain_zh and not _pattern("negative_en").search(english):
        yield _sided(plain_zh[0], source_language == "zh")


def expressions(kind: str, language: Language) -> re.Pattern[str]:
    """The `plain` negations of a language, everything `negative` in it, or (Chinese) what only looks negative."""
    return _pattern(f"{kind}_{language}")


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    """The expressions of `data/negation.json` as one pattern; those of English match whole words."""
    lists = json.loads((Path(__file__).parent.parent / "data" / "negation.json").read_text(encoding="utf-8"))
    expressions = "|".join(lists[name])
    if name.endswith("zh"):
        return re.compile(expressions)
    return re.compile(rf"\b(?:{expressions})\b|n['’]t\b", re.IGNORECASE)


def _sided(text: str, is_source: bool) -> Finding:
    return Finding("negation", text if is_source else "", "" if is_source else text, _MESSAGE.format(text))
