"""The word lists attribution reads by: reporting verbs, roles, titles, organisation words, surnames, given names.

>>> "said" in english().reporting_verbs, "表示" in chinese().reporting_verbs
(True, True)
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """English lexicon; `reporting_verbs` maps each form to its lemma.

    `noun_forms` are forms of reporting verbs that are as often nouns: before them a noun phrase is no sign of a source.
    `abstract_nouns` head noun phrases that never speak; `parties` are roles only in a story (buyer, plaintiff).
    `groups` are unnamed sources that are no plurals of a role, `lone_sources` stand without a noun (many, others);
    `links` and `postmodifiers` go on a noun phrase behind its head. Before a verb of `speech_verbs` stands a source;
    `statement_nouns` stand for what is said (her warning was ...), `attitudes` for what is thought (is sure).
    """

    reporting_verbs: dict[str, str]
    strong_verbs: frozenset[str]
    roles: frozenset[str]
    titles: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_nouns: frozenset[str]
    document_nouns: frozenset[str]
    particles: frozenset[str]
    adverbs: frozenset[str]
    views: frozenset[str]
    calendar: frozenset[str]
    interviewers: frozenset[str]
    common_words: frozenset[str]
    given_names: frozenset[str]
    surnames: frozenset[str]
    pinyin_surnames: frozenset[str]
    function_words: frozenset[str]
    frequent_words: frozenset[str]
    abstract_nouns: frozenset[str]
    noun_forms: frozenset[str]
    parties: frozenset[str]
    role_modifiers: frozenset[str]
    company_nouns: frozenset[str]
    body_nouns: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    groups: frozenset[str]
    quantities: frozenset[str]
    quantifiers: frozenset[str]
    lone_sources: frozenset[str]
    postmodifiers: frozenset[str]
    links: frozenset[str]
    speech_verbs: frozenset[str]
    statement_nouns: frozenset[str]
    attitudes: frozenset[str]
    silent_verbs: frozenset[str]
    view_nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChineseWords:
    """Chinese lexicon; tuples are sorted longest first, ready to become the alternatives of a pattern."""

    reporting_verbs: tuple[str, ...]
    strong_verbs: frozenset[str]
    roles: tuple[str, ...]
    organisation_heads: tuple[str, ...]
    surnames: frozenset[str]
    frequent_surnames: frozenset[str]
    compound_surnames: frozenset[str]
    japanese_surnames: frozenset[str]
    transliteration: frozenset[str]
    courtesy: tuple[str, ...]
    interviewers: frozenset[str]
    answer_labels: frozenset[str]
    given_characters: frozenset[str]
    not_names: frozenset[str]
    name_stops: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=8192)
def is_role(word: str) -> bool:
    """Whether an English word in small letters names an office or occupation.

    >>> is_role("chairman"), is_role("glaciologist"), is_role("chair-lift")
    (True, True, False)
    """
    return word in english().roles or (
        len(word) > 8 and word.endswith(("ologist", "ographer", "ician", "icist", "onomist"))
    )


@lru_cache(maxsize=1)
def english() -> EnglishWords:
    """The English lexicon, read once."""
    words = _read("english.json") | _read("english_names.json") | _read("english_sources.json")
    lists = {key: frozenset(value) for key, value in words.items() if key != "reporting_verbs"}
    gendered = {name for names in _read("given_names.json").values() for name in names}
    lists["given_names"] |= {name for name in gendered if name.lower() not in lists["common_words"]}
    return EnglishWords(reporting_verbs=words["reporting_verbs"], places=_places("en"), **lists)


@lru_cache(maxsize=1)
def chinese() -> ChineseWords:
    """The Chinese lexicon, read once."""
    words = _read("chinese.json")
    ordered = ("reporting_verbs", "roles", "organisation_heads", "courtesy")
    values: dict[str, Any] = {key: tuple(sorted(words[key], key=len, reverse=True)) for key in ordered}
    values |= {key: frozenset(value) for key, value in words.items() if key not in ordered}
    return ChineseWords(**values, places=_places("zh"))


def _read(name: str) -> dict[str, Any]:
    text = files("wivtext").joinpath("data", "attribution", name).read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def _places(column: str) -> frozenset[str]:
    """Place names of the starter term base, variants included."""
    text = files("wivtext").joinpath("data", "terms", "places.tsv").read_text(encoding="utf-8")
    names: set[str] = set()
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        variants = (row[f"{column}_variants"] or "").split(" | ")
        names.update(name for name in (row[column], *variants) if name)
    return frozenset(names)
