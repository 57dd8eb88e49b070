"""The memory: an analyst's corrections, kept in one TMX file, stronger than every engine.

>>> memory = Memory([Correction("Sales rose.", "销量上升了。", "en", "zh")])
>>> memory.find("Sales  rose.", "en", "zh").target
'销量上升了。'
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from wivtext.memory.corrections import ENGINE, Correction, key, short_key
from wivtext.records import Displayed, Language

__all__ = ["ENGINE", "NAME", "Correction", "Memory", "Recall", "Recalls", "keep", "key", "short_key"]

NAME = "memory.tmx"


class Recalls(Protocol):
    """What a translation asks for corrections."""

    def find(self, text: str, source: Language, target: Language, *, context: str = "") -> Correction | None:
        """The correction of a text; None where there is none."""


class Memory(Displayed):
    """Corrections, one for each place (languages, text, document, context); the later of two takes the place."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        places: dict[tuple[str, ...], Correction] = {}
        for one in corrections:
            before = places.get(one.place)
            # Saying the same again leaves the first date.
            if before is None or before.target != one.target:
                places[one.place] = one
        self.corrections = tuple(places[place] for place in sorted(places))
        self._by_text: dict[tuple[str, str, str], list[Correction]] = defaultdict(list)
        self._by_short_key: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.corrections):
            self._by_short_key[short_key(one.source)].append(place)
            self._by_text[one.source_language, one.target_language, key(one.source)].append(one)

    @classmethod
    def load(cls, path: Path | str) -> Memory:
        """The memory of a TMX file, empty where there is none. Raises `MemoryFileError`."""
        from wivtext.memory import tmx

        path = Path(path)
        return cls(tmx.read(path)) if path.exists() else cls()

    def save(self, path: Path | str) -> None:
        """Write the memory, all of it or nothing: same corrections, same bytes. Raises `OutputError`."""
        from wivtext.building.files import write_atomically
        from wivtext.memory import tmx

        write_atomically(Path(path), tmx.text(self.corrections))

    def __len__(self) -> int:
        return len(self.corrections)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Memory) and self.corrections == other.corrections

    __hash__ = None  # type: ignore[assignment]

    def added(self, corrections: Iterable[Correction]) -> Memory:
        """This memory with more corrections; they take the place of those that it has for the same place."""
        return Memory((*self.corrections, *corrections))

    def find(
        self, text: str, source: Language, target: Language, *, document: str = "", context: str = ""
    ) -> Correction | None:
        """The correction of a text: the one made here (document and context), or there, or else the latest.

        >>> first = Correction("Up.", "上升。", "en", "zh", document="may", date="20260501T080000Z")
        >>> later = Correction("Up.", "上涨。", "en", "zh", document="june", date="20260601T080000Z")
        >>> memory = Memory([first, later])
        >>> memory.find("Up.", "en", "zh").target, memory.find("Up.", "en", "zh", document="may").target
        ('上涨。', '上升。')
        """
        known = self._by_text.get((source, target, key(text)))
        if not known:
            return None
        before = key(context)

        def rank(one: Correction) -> tuple[bool, bool, str, str]:
            same = bool(before) and key(one.context) == before
            here = bool(document) and one.document == document
            return (here and same) or (same and not one.document), here, one.date, one.target

        return max(known, key=rank)

    def in_place(self, one: Correction) -> list[Correction]:
        """A correction that comes without its place, for each place where its text has one and the same target now."""
        known = self._by_text.get((one.source_language, one.target_language, key(one.source)), [])
        if one.document or len({unit.target for unit in known}) != 1:
            return [one]
        return [replace(one, document=unit.document, context=unit.context) for unit in known]

    def differing(self) -> list[tuple[Correction, ...]]:
        """Texts that have more than one target: which one is used depends on document and context."""
        return [tuple(units) for units in self._by_text.values() if len({one.target for one in units}) > 1]

    def is_ambiguous(self, text: str, source: Language, target: Language) -> bool:
        """Whether a text has more than one target."""
        return len({one.target for one in self._by_text.get((source, target, key(text)), ())}) > 1

    def digest(self, keys: Set[str]) -> str:
        """SHA-256 of the corrections of the texts whose `short_key` is given; empty where there is none."""
        places = sorted(place for key in self._by_short_key.keys() & keys for place in self._by_short_key[key])
        wanted = [self.corrections[place] for place in places]
        if not wanted:
            return ""
        rows = [[*one.place, one.target, one.date] for one in wanted]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Recall:
    """The memory as one document asks it; `asked` has the `short_key` of every text it was asked for."""

    memory: Memory
    document: str = ""
    asked: set[str] = field(default_factory=set)

    def find(self, text: str, source: Language, target: Language, *, context: str = "") -> Correction | None:
        """See `Memory.find`."""
        self.asked.add(short_key(text))
        return self.memory.find(text, source, target, document=self.document, context=context)


def keep(path: Path | str, corrections: Iterable[Correction]) -> Memory:
    """Add corrections to a memory file and return what it holds now; processes take turns.

    The file is not touched where it says all this already. Raises `MemoryFileError`, `OutputError`.
    """
    from wivtext.memory.turns import turn

    path = Path(path)
    with turn(path):
        before = Memory.load(path)
        after = before.added(corrections)
        if after != before:
            after.save(path)
    return after
