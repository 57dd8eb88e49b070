"""Whom he and she can mean, by the given name: of two Mendozas the one called Sofía.

>>> gender_of("Rebecca Stahl"), gender_of("索菲亚·门多萨"), gender_of("Robin Li")
('f', 'f', None)
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


def gender_of(name: str) -> str | None:
    """ "m", "f", or None where the given name tells nothing; names of Chinese form never do."""
    first, *others = name.replace("·", " ").split() or [""]
    return _given_names().get(first.partition("-")[0]) if others else None


@lru_cache(maxsize=1)
def _given_names() -> dict[str, str]:
    text = files("wivtext").joinpath("data", "attribution", "given_names.json").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return {name: gender for gender, kind in (("m", "male"), ("f", "female")) for name in lists[kind]}
