"""What a role is called in the other language, put together from its parts: rank, field and office.

Only whole roles of known parts are given; what is left over is nobody's guess.

>>> role_in_other("deputy head of overseas sales", "en"), role_in_other("质量副总裁", "zh")
('海外销售副负责人', 'vice president of quality')
>>> role_in_other("chairman and chief executive", "en"), role_in_other("首席经济学家", "zh")
('董事长兼首席执行官', 'chief economist')
>>> role_in_other("keeper of the seals", "en") is None
True
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from wivtext.records import Language
from wivtext.terms import ROLES, TermBase

_AND = {"en": re.compile(r" and (?=\w)|, "), "zh": re.compile("兼|、")}
_OF = re.compile(r"^(?P<head>.+?) (?:of|for|in charge of) (?P<field>.+)$")
_HOUSES = (
    (re.compile(r"\b(?:University|College)\b"), {"副总裁": "副校长", "总裁": "校长", "总监": "主任"}),
    (
        re.compile(r"\b(?:Union|Committee|Commission|Council|Congress)\b"),
        {"总裁": "主席", "总监": "主任", "董事长": "主席"},
    ),
    (
        re.compile(r"\b(?:Association|Federation|Alliance|Society|Chamber|Confederation)\b"),
        {"总裁": "会长", "董事长": "会长", "总监": "主任"},
    ),
    (re.compile(r"\b(?:Institute|Academy)\b"), {"总裁": "院长", "总监": "所长", "董事长": "理事长"}),
    (re.compile(r"\bBank\b"), {"总裁": "行长"}),
    (re.compile(r"\b(?:Cent(?:er|re)|Laborator(?:y|ies)|Observatory|Office|Hospital)\b"), {"总监": "主任"}),
    (re.compile(r"\b(?:Department|Bureau|Administration|Agency|Authority)\b", re.IGNORECASE), {"总监": "局长"}),
)
# Offices that the term base knows in the sense of a board, not of an employee.
_BARE = frozenset(["director", "officer", "executive officer"])
# Offices that a rank is put before in English as it is in Chinese, and not 总监 -> director of.
_PERSONS = frozenset(["engineer", "scientist", "analyst", "economist", "designer", "architect", "researcher", "lawyer"])


def role_in_other(role: str, language: Language, organisation: str | None = None) -> str | None:
    """The role in the other language, None where a part of it is not known; what a president is called by his house.

    >>> role_in_other("president", "en", "Port Workers' Union"), role_in_other("director", "en", "Lake Institute")
    ('主席', '所长')
    """
    parts = [part for part in _AND[language].split(role.strip()) if part]
    made = [_english(part.lower()) if language == "en" else _chinese(part) for part in parts]
    if not made or any(part is None for part in made):
        return None
    words = [part for part in made if part]
    return _suited("兼".join(words), organisation or "") if language == "en" else " and ".join(words)


def known_role_of(role: str, language: Language, organisation: str | None, terms: TermBase) -> str | None:
    """The role in the other language by the term base or, where it has none for sure, from its parts."""
    entries = [entry for entry in terms.find(role, language) if entry.own]
    found = terms.lookup(role, language, ROLES)
    if entries and found:
        return found
    if found is None or role.lower() in _BARE or " of an " in found:
        found = role_in_other(role, language, organisation) or found
    return _suited(found, organisation or "") if found and language == "en" else found


def _suited(role: str, organisation: str) -> str:
    """总裁 and 总监 lead firms; other houses have other words for who leads them."""
    for pattern, offices in _HOUSES:
        if pattern.search(organisation):
            for firm, house in offices.items():
                role = role.replace(firm, house)
            break
    return role


def _english(role: str) -> str | None:
    role = re.sub(r"^(?:the|a|an|its|our) ", "", " ".join(role.replace("vice-", "vice ").split()))
    heads = _table("heads")
    if role in heads:
        return heads[role]
    of = _OF.match(role)
    if of is not None and (field := _table("fields").get(of["field"])):
        office = _english(of["head"])
        return f"{field}{office}" if office else None
    first, _, rest = role.partition(" ")
    if rest and first.removesuffix("-") in _table("ranks") and (office := _english(rest)):
        return _ranked(_table("ranks")[first.removesuffix("-")], office)
    return _fielded(role)


def _ranked(rank: str, office: str) -> str:
    """副 stands before the office itself: 海外销售副负责人."""
    if rank == "副":
        for head in sorted({*_table("heads").values()}, key=len, reverse=True):
            if office.endswith(head):
                return f"{office[: -len(head)]}副{head}"
    return f"{rank}{office}"


def _fielded(role: str) -> str | None:
    """Quality manager, human resources director: a field before an office of one or two words."""
    words = role.split()
    for cut in range(1, len(words)):
        field, head = _table("fields").get(" ".join(words[:cut])), _table("heads").get(" ".join(words[cut:]))
        if field and head:
            return f"{field}{head}"
    return None


def _chinese(role: str) -> str | None:
    heads = _table("zh_heads")
    if role in heads:
        return heads[role]
    for head in sorted(heads, key=len, reverse=True):
        if role.endswith(head):
            return _before(role[: -len(head)], heads[head])
    return None


def _before(rest: str, office: str) -> str | None:
    """What stands before a Chinese office, put into English: ranks before it, a field with "of" or before it."""
    ranks = {zh: en for en, zh in reversed(_table("ranks").items())} | {"副": "deputy", "前": "former", "首席": "chief"}
    for rank in sorted(ranks, key=len, reverse=True):
        if rest.endswith(rank):
            word = "vice" if rank == "副" and office in ("president", "chairman", "mayor", "minister") else ranks[rank]
            ranked = f"{word} {office}"
            return ranked if rest == rank else _before(rest[: -len(rank)], ranked)
        if rest.startswith(rank) and len(rest) > len(rank) and (inner := _before(rest[len(rank) :], office)):
            return f"{ranks[rank]} {inner}"
    field = {zh: en for en, zh in reversed(_table("fields").items())}.get(rest)
    if field is None:
        return None
    field = field.removeprefix("the ")
    person = office.split()[-1] in _PERSONS or office in ("manager", "director", "adviser")
    return f"{field} {office}" if person else f"{office} of {field}"


@lru_cache(maxsize=4)
def _table(name: str) -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "roles.json").read_text(encoding="utf-8")
    return dict(json.loads(text)[name])
