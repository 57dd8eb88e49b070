"""The words that tell whose role is meant: nationalities, verbs of leading, roles inside and outside a company.

>>> posts().leading_verbs["heads"], "analyst" in posts().outside_roles
('head', True)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PostWords:
    """What tells whose role is meant. `leading_verbs` maps a verb ("heads") to the role of who does it ("head").

    Inside roles are held in the organisation a document is about, outside roles elsewhere; `place_roles` govern places.
    `no_modifiers` are no part of a role before a name (met chairman X), `no_bodies` no employers (the programme);
    `firm_acts` follow a firm's name, `chinese_no_names` begin titles without being anybody's name; `kin` is no post.
    """

    demonyms: frozenset[str]
    leading_verbs: dict[str, str]
    inside_roles: frozenset[str]
    outside_roles: frozenset[str]
    place_roles: frozenset[str]
    firm_acts: frozenset[str]
    no_modifiers: frozenset[str]
    no_bodies: frozenset[str]
    chinese_inside_roles: frozenset[str]
    chinese_outside_roles: frozenset[str]
    chinese_firm_acts: frozenset[str]
    chinese_no_names: frozenset[str]
    kin: frozenset[str]


@lru_cache(maxsize=1)
def posts() -> PostWords:
    """The words around posts, both languages, read once."""
    text = files("wivtext").joinpath("data", "attribution", "posts.json").read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(text)
    lists = {key: frozenset(value) for key, value in words.items() if key != "leading_verbs"}
    return PostWords(leading_verbs=words["leading_verbs"], **lists)
