"""The word lists that reading goes by: abbreviations, speakers' labels, common Chinese characters.

>>> "mr" in words("abbreviations", "titles"), "的" in words("hanzi", "common")
(True, True)
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def words(name: str, section: str) -> frozenset[str]:
    """A section of a list in `data/reading`, read once; a section that is one string holds single characters."""
    text = files("wivtext").joinpath("data", "reading", f"{name}.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)[section])
