"""What a build has done so far, one line a document, so that a run that is stopped goes on where it was.

The manifest of ten thousand documents is large, and is written once, at the end. Until then each document adds a line
to `outputs/.journal`; the next run reads these lines on top of the manifest that it finds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from wivtext.building.manifest import FORMAT, Entry, Manifest, load, save
from wivtext.contents import content_of
from wivtext.errors import OutputError
from wivtext.records import from_dict, to_dict

NAME = ".journal"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Done:
    """One line: a document's entry, and what its review held when its edits were taken."""

    name: str
    entry: Entry
    review: str | None = None
    format: int = FORMAT


def resume(folder: Path) -> Manifest:
    """The manifest with what a stopped run has added, which is put into it. Raises `OutputError`."""
    manifest = load(folder)
    try:
        lines = content_of(folder / NAME).split(b"\n")[:-1]
    except OSError:
        return manifest
    manifest = _with(manifest, lines)
    save(folder, manifest)
    (folder / NAME).unlink(missing_ok=True)
    return manifest


class Journal:
    """The lines of one run; `close` removes them when the manifest says it all."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file: int | None = None

    def add(self, name: str, entry: Entry, review: str | None) -> None:
        """Note that a document is done, and be sure that it is on the disk. Raises `OutputError`."""
        data = to_dict(_Done(name, entry, review))
        line = json.dumps(data, ensure_ascii=True, sort_keys=True).encode() + b"\n"
        try:
            if self._file is None:
                self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            if os.write(self._file, line) < len(line):
                raise OSError(0, "no space left")
            os.fsync(self._file)
        except OSError as error:
            raise OutputError(f"{self.path}: can't be written ({error.strerror}); make room and build again") from None

    def close(self, *, done: bool) -> None:
        """Stop writing; the lines are only removed where all of them are in the manifest."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if done:
            self.path.unlink(missing_ok=True)


def _with(manifest: Manifest, lines: list[bytes]) -> Manifest:
    """The manifest with what the lines say, up to the first that isn't whole."""
    entries: dict[str, Entry] = dict(manifest.entries)
    reviews: dict[str, str] = dict(manifest.reviews)
    for line in lines:
        done = _read(line)
        if done is None:
            break
        entries[done.name] = done.entry
        reviews.pop(done.name, None)
        if done.review is not None:
            reviews[done.name] = done.review
    # The tables and the index were to follow.
    return replace(manifest, entries=_sorted(entries), reviews=_sorted(reviews), unfinished=True)


def _read(line: bytes) -> _Done | None:
    try:
        done = from_dict(_Done, json.loads(line))
    except (ValueError, RecursionError, msgspec.ValidationError):
        return None
    return done if done.format == FORMAT else None


def _sorted(parts: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted(parts.items()))
