"""Speakers' labels at the head of a transcript's paragraphs: "Zhang Wei (CEO, BYD): ...", "主持人：……", "Q: ...".

>>> label("Moderator: Welcome, everybody."), label("主持人：各位好。"), label("He made one demand: more money.")
(Label(name='Moderator', end=10), Label(name='主持人', end=4), None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wivtext.language import HAN
from wivtext.reading.wordlists import words


@dataclass(frozen=True, slots=True)
class Label:
    """A label: the name in it, and where it ends in the paragraph (colon included)."""

    name: str
    end: int


_TIME = r"(?:[\[(（【]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])）】]?\s*+(?:[-–—]\s*+)?)?"
_BRACKET = r"(?:\s?[(（][^()（）\n]{1,60}[)）])?"
_PART = r"[A-Z][\w.'’-]*"
_PARTICLE = r"(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|bin|ibn|al|el|of|and|the|&)"
_ENGLISH = re.compile(
    rf"{_TIME}(?P<name>{_PART}(?:\s(?:{_PART}|{_PARTICLE}|\d{{1,2}})){{0,6}}(?:,\s[^:：\n.!?]{{2,60}})?)"
    rf"{_BRACKET}\s?[:：](?=\s|[\"“'‘]|$)\s*"
)
_CHINESE = re.compile(
    rf"{_TIME}(?=[^:：\n]{{0,60}}[{HAN}])"
    rf"(?P<name>(?:[{HAN}A-Za-z0-9·•・.\-－ ]|、(?=[{HAN}])){{1,24}}){_BRACKET}\s?[：:]\s*"
)
_BRACKETED = re.compile(rf"{_TIME}【(?P<name>[{HAN}A-Za-z·. ]{{1,16}})】\s*[：:]?\s*")

_NUMBER = re.compile(r"\s?(?:\d{1,2}|[A-Z一二三四五六七八九十])$")
_SAYING = re.compile(
    r"(?:说|說|表示|称|稱|指出|道|认为|認為|介绍|介紹|强调|強調|透露|写|寫|问道|回答|回应|是|为|如下|包括|有|到|在于|来自|显示)$"
)
_CLAUSE = re.compile("[他她它我你您这那其但在对這對]")
_COURTESY = re.compile("(?:先生|女士|教授|博士|院士|部长|主任|总裁|经理|主席|董事长|总)$")
_REPORTING = re.compile(r"\b(?:said|says|told|asked|added|wrote|writes|adds|reads|read)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"[.!?。！？…—～~][\"”’'」』)）\]]*\s*$")
_FEWEST = 2


def label(paragraph: str) -> Label | None:
    """The label that a paragraph might begin with, judged by its form alone.

    >>> label("注：数据截至6月。"), label("Note: figures are rounded."), label("他说：“好。”")
    (None, None, None)
    """
    for pattern in (_BRACKETED, _ENGLISH, _CHINESE):
        match = pattern.match(paragraph)
        if match and _may_be_name(match["name"].strip()):
            return Label(match["name"].strip(), len(match[0].rstrip()))
    return None


def turns(paragraphs: Sequence[str]) -> list[Label | None]:
    """The label of each paragraph of a document: all None unless enough of it is turns of a transcript.

    >>> turns(["Q: Why now?", "A: Costs fell. They had to."])
    [Label(name='Q', end=2), Label(name='A', end=2)]
    >>> turns(["Range: 600 km", "Sales rose.", "Exports fell."])
    [None, None, None]
    """
    labels = [label(paragraph) for paragraph in paragraphs]
    times = Counter(found.name for found in labels if found)
    kept = [
        found if found and _credible(found, paragraph, times) else None
        for found, paragraph in zip(labels, paragraphs, strict=True)
    ]
    count = sum(found is not None for found in kept)
    enough = count >= _FEWEST and (count >= 0.5 * len(paragraphs) or (count >= 3 and count >= 0.15 * len(paragraphs)))
    return kept if enough else [None] * len(labels)


def _may_be_name(name: str) -> bool:
    if _is_role(name):
        return True
    if _REPORTING.search(name) or _SAYING.search(name) or _CLAUSE.match(name):
        return False
    lower = name.lower()
    never = words("labels", "never")
    return lower not in never and not all(word in never for word in lower.split())


def _is_role(name: str) -> bool:
    """A word for someone who speaks, numbered perhaps: Q, Host, Speaker 2, 主持人, 观众一."""
    roles = words("labels", "roles_en") | words("labels", "roles_zh")
    return name.lower() in roles or _NUMBER.sub("", name).lower() in roles


def _credible(found: Label, paragraph: str, times: Counter[str]) -> bool:
    """A name that comes back, looks like a full name, or is part of another label, before something that is spoken."""
    if _is_role(found.name) or times[found.name] > 1:
        return True
    if found.end >= len(paragraph.rstrip()) or not _SPOKEN.search(paragraph):
        return False
    return _full_name(found.name) or any(found.name in other and found.name != other for other in times)


def _full_name(name: str) -> bool:
    if re.match(f"[{HAN}]", name):
        return "·" in name or len(name) <= 4 or bool(_COURTESY.search(name))
    parts = name.split(",")[0].split()
    return len(parts) >= 2 and sum(part[0].isupper() for part in parts) >= 2
