"""What the checks of a summary's lines have in common: their clauses, word lists, and how a finding reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path

from wivtext.checking.negation import expressions
from wivtext.records import Finding, Language

KIND = "unsupported"
HANZI = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
STEM = 5  # letters that "investment" and "invested" have in common

_MOST = 100  # parts that are compared with as many
_CLAUSE = re.compile(r"[;:—–!?，；：。！？]|[,.](?!\d)")


def language_of(text: str) -> Language:
    """A name in Latin letters is found in Chinese too: any Chinese character tells."""
    return "zh" if len(HANZI.findall(text)) * 6 > len(text) else "en"


def missing(words: str) -> Finding:
    """The finding that no sentence has some words of a line."""
    return Finding(KIND, "", words, f"“{words}” is in none of the sentences cited")


def lost(words: str) -> Finding:
    """The finding that a line leaves out what turns a sentence round."""
    return Finding(KIND, words, "", f"the sentences cited say “{words}”, and the point does not")


def contradicted(words: str, theirs: str) -> Finding:
    """The finding that a line and its sentences say opposite things."""
    return Finding(KIND, theirs, words, f"the sentences cited say “{theirs}”, and the point “{words}”")


def clauses(sentences: Iterable[str]) -> list[str]:
    """The clauses of some sentences.

    >>> clauses(["Sales rose, he said."])
    ['Sales rose', ' he said']
    """
    return [clause for sentence in sentences for clause in _CLAUSE.split(sentence) if clause.strip()]


_JOINTS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:and|while|but|as|though|although|whereas|after|because|despite|so|that|which)\b", re.IGNORECASE
    ),
    "zh": re.compile("[、而但并使致因]"),
}


def parts(sentences: Iterable[str], language: Language) -> list[str]:
    """The clauses of some sentences, cut where one thing follows another; the first hundred of a text without end.

    >>> parts(["Sales rose while costs fell, he said."], "en")
    ['Sales rose ', ' costs fell', ' he said']
    """
    found = (part for clause in clauses(sentences) for part in _JOINTS[language].split(clause) if part.strip())
    return list(islice(found, _MOST))


def innocent(text: str, language: Language) -> str:
    """A text without what only looks like a "not": 不断."""
    return expressions("innocent", language).sub("", text) if language == "zh" else text


@lru_cache(maxsize=2)
def plain(language: Language) -> re.Pattern[str]:
    """What denies beyond doubt: "not", 不会."""
    known = expressions("plain", language)
    return re.compile(f"{known.pattern}|{'|'.join(lists()['plain_zh'])}") if language == "zh" else known


@lru_cache(maxsize=1)
def lists() -> dict[str, list[str]]:
    """The expressions of `data/support.json`: for `derived_en` the ends of words (Mixing, Turkish), else whole ones."""
    path = Path(__file__).parent.parent / "data" / "support.json"
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=16)
def pattern(name: str) -> re.Pattern[str]:
    """Those of one name as a pattern; English ones match whole words."""
    found = "|".join(lists()[name])
    if name == "derived_en":
        return re.compile(rf"(?:{found})s?$")
    if name == "not_zh":
        return re.compile(rf"(?:{found})(?:再|被|能|会|进一步)?(?P<word>[\u3400-\u9fff]{{2}})")
    if name == "negative_en":
        return re.compile(rf"\b(?:{found})\b|n['’]t\b", re.IGNORECASE)
    return re.compile(rf"\b(?:{found})\b", re.IGNORECASE) if name.endswith("en") else re.compile(found)


@lru_cache(maxsize=1)
def sayer_en() -> re.Pattern[str]:
    """Words with capitals that open an English line and say something, as its first group."""
    return re.compile(rf"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,3}}) (?:{'|'.join(lists()['speaks_en'])})\b")
