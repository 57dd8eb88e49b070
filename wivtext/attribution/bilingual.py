"""People whom a document names in both scripts: "Lin Haoran (林浩然)", 埃隆·马斯克（Elon Musk）.

>>> lin = Entity("Lin Haoran")
>>> [person.name_other for person in pair([lin], "Lin Haoran (林浩然) spoke first.", "en")]
['林浩然']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.attribution.mentions import Entity
from wivtext.records import Language

_HAN = "[\u4e00-\u9fff]{1,12}(?:[·•・-][\u4e00-\u9fff]{1,12}){0,3}"
_LATIN = r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}"
_AFTER = {
    "zh": re.compile(rf" ?[（(] ?({_HAN}) ?[,，;；）)]"),
    "en": re.compile(rf" ?[（(] ?({_LATIN}) ?[,，;；）)]"),
}


def pair(persons: Sequence[Entity], text: str, language: Language) -> list[Entity]:
    """The persons, each once: one with a name in both scripts goes by that of the document's language."""
    by_name = {person.name: person for person in persons}
    gone: set[str] = set()
    for person in persons:
        other = _bracketed(person.name, text)
        if other is None or person.name in gone:
            continue
        if other in by_name:
            person.role = person.role or by_name[other].role
            person.organisation = person.organisation or by_name[other].organisation
            person.parts |= by_name[other].parts
            gone.add(other)
        own = "zh" if _han(person.name) else "en"
        person.parts |= {other, person.name}
        person.name, person.name_other = (person.name, other) if own == language else (other, person.name)
    return [person for person in persons if person.name not in gone or person.name_other is not None]


def _bracketed(name: str, text: str) -> str | None:
    """The name in the other script that stands in brackets right after a name, wherever that is first done."""
    pattern = _AFTER["en" if _han(name) else "zh"]
    position = text.find(name)
    while position >= 0:
        match = pattern.match(text, position + len(name))
        if match is not None and _fits(name, match.group(1)):
            return match.group(1)
        position = text.find(name, position + 1)
    return None


def _fits(name: str, other: str) -> bool:
    """Whether both can be one person's name: several words in Latin letters, or as many parts as the other."""
    latin = other if _han(name) else name
    han = name if _han(name) else other
    return (" " in latin or "·" not in han) and len(han) > 1 and not latin.isupper()


def _han(name: str) -> bool:
    return "\u4e00" <= name[0] <= "\u9fff"
