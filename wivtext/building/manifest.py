"""The manifest of an outputs folder: what each brief was made from, so that only what changed is made again.

`outputs/manifest.json` holds, for every document, the fingerprint of all that its brief depends on and the SHA-256 of
each file written. Comparing fingerprints part by part tells why a brief is stale.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from wivtext.building.files import write_atomically
from wivtext.records import from_dict, to_dict

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a brief depends on. Each field is a digest or a signature; two equal ones give the same bytes."""

    document: str
    settings: str
    terms: str
    translator: str
    summarizer: str
    version: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its file's name, its fingerprint, file name -> SHA-256 of what was written, number of findings."""

    file: str
    fingerprint: Fingerprint
    outputs: dict[str, str]
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries by document name, and the digests of the files that cover the whole corpus."""

    entries: dict[str, Entry] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def load(folder: Path) -> Manifest:
    """The manifest of `folder`; an empty one where there is none or an unreadable one, so that all is made again."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = from_dict(Manifest, data)
    except (OSError, ValueError, msgspec.ValidationError):
        return Manifest()
    return manifest if manifest.format == FORMAT else Manifest()


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest. Raises `OutputError`."""
    text = json.dumps(to_dict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(folder / NAME, text + "\n")


def stale_because(entry: Entry | None, fingerprint: Fingerprint, folder: Path) -> tuple[str, ...]:
    """Why the brief has to be made (again); empty when it is up to date.

    >>> old = Fingerprint("d1", "s", "t", "embedded|1", "extractive", "0.1.0")
    >>> new = Fingerprint("d2", "s", "t", "embedded|2", "extractive", "0.1.0")
    >>> stale_because(Entry("a.md", old, {}), new, Path("."))
    ('document changed', 'translator changed: embedded|1 -> embedded|2')
    >>> stale_because(None, new, Path("."))
    ('new document',)
    """
    if entry is None:
        return ("new document",)
    reasons = [
        _change(part, str(getattr(entry.fingerprint, part)), str(getattr(fingerprint, part)))
        for part in Fingerprint.__dataclass_fields__
        if getattr(entry.fingerprint, part) != getattr(fingerprint, part)
    ]
    missing = sorted(name for name in entry.outputs if not (folder / name).is_file())
    return (*reasons, *(f"{name} is missing" for name in missing))


def _change(part: str, old: str, new: str) -> str:
    # Digests say nothing to a reader; signatures and versions do.
    return f"{part} changed" if part in {"document", "settings", "terms"} else f"{part} changed: {old} -> {new}"
