"""Which language, English or Chinese, and which script of Chinese a text is written in: by counting characters.

>>> detect("BYD和Mercedes-Benz都参加了大会。"), detect("He quoted 王传福 at length."), script("車輛")
('zh', 'en', 'traditional')
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from wivtext.records import Language, Script

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_CHINESE = re.compile(f"[{HAN}，。、；：？！「」『』《》]")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A capitalised word may be a name in a Chinese sentence: it says little about the language.
_NAME_WEIGHT = 0.3
_SAMPLE = 100_000


def detect(text: str, default: Language = "en") -> Language:
    """The language most of `text` is in; `default` where it has no letters.

    >>> detect("Sora、GPT-4o、Claude Opus发布"), detect("2025 – 3.5%", default="zh")
    ('zh', 'zh')
    """
    chinese, english = weigh(text[:_SAMPLE])
    if not chinese and not english:
        return default
    return "zh" if chinese >= english else "en"


def other_language(language: Language) -> Language:
    """The language that a text in `language` is translated into.

    >>> other_language("en"), other_language("zh")
    ('zh', 'en')
    """
    return "zh" if language == "en" else "en"


def weigh(text: str) -> tuple[float, float]:
    """How much Chinese and how much English there is, in words or what comes to about as much.

    >>> weigh("大会 opened")
    (2, 1.0)
    """
    chinese = len(_CHINESE.findall(text))
    words = [word for word in _WORD.findall(_HAN.sub(" ", text)) if word.isascii() or not _CHINESE.search(word)]
    names = sum(word[0].isupper() for word in words)
    return chinese, len(words) - names + names * _NAME_WEIGHT


def script(text: str) -> Script | None:
    """Simplified or Traditional Chinese, or None where nothing tells them apart.

    A character counts for Simplified when only the mainland's old standard (GB 2312) has it, for Traditional when only
    Taiwan's (Big5) has it.

    >>> script("汽车"), script("汽車"), script("大王"), script("cars")
    ('simplified', 'traditional', None, None)
    """
    characters = Counter(_HAN.findall(text[:_SAMPLE]))
    simplified = sum(count for character, count in characters.items() if _only_in("gb2312", "big5", character))
    traditional = sum(count for character, count in characters.items() if _only_in("big5", "gb2312", character))
    if simplified == traditional:
        return None
    return "simplified" if simplified > traditional else "traditional"


@lru_cache(maxsize=8192)
def _only_in(this: str, other: str, character: str) -> bool:
    return bool(character.encode(this, errors="ignore")) and not character.encode(other, errors="ignore")
