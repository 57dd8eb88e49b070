"""Content that a translation says twice and its source once: "全球专家……全球专家".

Small models do this when they lose their place. Human translators do it now and then, too (of 6,000 lines of news 0.9%
into Chinese and 0.4% into English): it is a reason to ask again, and no finding.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from wivtext.language import other_language
from wivtext.records import Language

_HAN = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|\d[\d.,]*")
_RUN: dict[Language, int] = {"en": 2, "zh": 4}  # words of content, characters
_ONE: dict[Language, int] = {"en": 1, "zh": 2}  # what counts as said twice in the source
_STEM = 5  # letters that two forms of a word share


def repeats(source: str, translation: str, target: Language) -> bool:
    """Whether a translation repeats a run of content, and the source nothing.

    >>> repeats("Global experts and industry leaders met.", "全球专家和行业领袖会见全球专家。", "zh")
    True
    >>> repeats("Exports to Asia rose, exports to Europe fell.", "对亚洲的出口上升，对欧洲的出口下降。", "zh")
    False
    >>> repeats("由四个国家的专家组成的委员会。", "Experts of four countries are a committee of four countries.", "en")
    True
    """
    return _twice(translation, target, _RUN[target]) and not _twice(
        source, other_language(target), _ONE[other_language(target)]
    )


def _twice(text: str, language: Language, length: int) -> bool:
    """Whether a run of so many words of content, or Chinese characters, stands twice."""
    runs = _parts(text, language, length)
    return len(runs) > len(set(runs))


def _parts(text: str, language: Language, length: int) -> list[tuple[str, ...]]:
    if language == "zh":
        return [(run[at : at + length],) for run in _HAN.findall(text) for at in range(len(run) - length + 1)]
    words = _WORD.findall(text.lower())
    found = [tuple(word[:_STEM] for word in words[at : at + length]) for at in range(len(words) - length + 1)]
    return [run for at, run in enumerate(found) if all(_has_content(word) for word in words[at : at + length])]


def _has_content(word: str) -> bool:
    return len(word) > 2 and word not in _empty_words()


@cache
def _empty_words() -> frozenset[str]:
    lists = json.loads((files("wivtext") / "data" / "summary.json").read_text(encoding="utf-8"))
    return frozenset(lists["stop_words"])
