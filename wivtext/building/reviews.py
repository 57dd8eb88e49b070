"""The reviews of an outputs folder: what analysts edited is taken into the memory before anything is written again.

A review says of each of its rows what the build wrote (see `memory.segments`), so that an edit is found whatever
happened since: another document, engine or order of rows, a build that was killed. Only a review whose edits are all in
the memory is ever replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wivtext.building.files import digest
from wivtext.building.manifest import Entry
from wivtext.contents import content_of
from wivtext.errors import MemoryFileError
from wivtext.memory import Correction, Memory, keep, review, short_key
from wivtext.records import Brief, from_dict


@dataclass(slots=True)
class Reviews:
    """What was taken out of the reviews of one outputs folder, and what there is to tell about it.

    `taken` has the SHA-256 of each review whose edits are in the memory, by folder name.
    """

    outputs: Path
    memory: Path
    entries: Mapping[str, Entry]
    taken: dict[str, str]
    corrections: list[Correction] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take_all(self) -> None:
        """Take the edits of every review that was changed. Raises `MemoryFileError` for a damaged memory."""
        for path in sorted(self.outputs.glob(f"*/{review.NAME}")):
            self.take(path.parent.name)

    def take(self, name: str) -> bool:
        """Take the edits of one document's review; whether the file may be replaced now."""
        path = self.outputs / name / review.NAME
        if not path.is_file():
            return True
        content = digest(path.read_bytes())
        written = self.entries[name].outputs.get(review.NAME) if name in self.entries else None
        if content in (written, self.taken.get(name)):
            return True
        try:
            edits = review.read(path, self._document(name), self._known(name))
        except MemoryFileError as error:
            self._remark(str(error))
            return False
        if edits.corrections:
            before = Memory.load(self.memory)
            keep(self.memory, edits.corrections)
            self.corrections += [one for one in edits.corrections if not _says_already(before, one)]
        for fault in edits.faults:
            self._remark(f"{path}: {fault}")
        if edits.faults:
            return False
        self.taken[name] = content
        return True

    def is_edited_now(self, name: str) -> bool:
        """Whether the review was changed again since its edits were taken: somebody is at work on it."""
        path = self.outputs / name / review.NAME
        before = len(self.corrections)
        return path.is_file() and self.take(name) and len(self.corrections) > before

    def notes(self, name: str) -> dict[str, tuple[str, str]]:
        """The notes of the review there is, by `short_key` of their source."""
        path = self.outputs / name / review.NAME
        try:
            return review.read(path, known=self._known(name)).notes if path.is_file() else {}
        except MemoryFileError:
            return {}

    def homeless(self, sources: Mapping[str, frozenset[str]]) -> list[str]:
        """What to say of corrections whose text is no longer in their document (`short_key`s by document)."""
        return [
            f"{one.document}: no sentence “{_short(one.source)}” now; its correction is kept in {self.memory}"
            for one in self.corrections
            if one.document in sources and short_key(one.source) not in sources[one.document]
        ]

    def _document(self, name: str) -> str:
        return Path(self.entries[name].file).stem if name in self.entries else name

    def _known(self, name: str) -> dict[str, str]:
        """The sources that the brief beside a review has."""
        try:
            data = json.loads(content_of(self.outputs / name / "brief.json"))
            document = from_dict(Brief, data).document
        except (OSError, ValueError):
            return {}
        return {short_key(text): text for text in (document.title, *(one.text for one in document.sentences))}

    def _remark(self, words: str) -> None:
        if words not in self.remarks:
            self.remarks.append(words)


def differing(memory: Memory) -> list[str]:
    """What to say of texts that have several corrections."""
    remarks = []
    for units in memory.differing():
        places = "; ".join(f"“{_short(one.target)}” ({one.document or 'anywhere'})" for one in units)
        latest = max(units, key=lambda one: one.date)
        remarks.append(
            f"“{_short(units[0].source)}” has {len(units)} corrections: {places}; "
            f"each is used in its place, “{_short(latest.target)}” elsewhere"
        )
    return remarks


def _says_already(memory: Memory, one: Correction) -> bool:
    return any(known.place == one.place and known.target == one.target for known in memory.corrections)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
