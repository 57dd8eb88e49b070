"""The manifest of an outputs folder: what each brief was made from, so that only what changed is made again.

`outputs/manifest.json` holds, for every document, the fingerprint of all that its brief depends on and the SHA-256 of
each file written. Comparing fingerprints part by part tells why a brief is stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

import msgspec

from wivtext.building.files import Draft
from wivtext.contents import content_of
from wivtext.records import from_dict, to_dict

NAME = "manifest.json"
FORMAT = 2
_DIGESTS = frozenset({"document", "settings", "terms", "corrections", "names"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a brief depends on. Each field is a digest or a signature; two equal ones give the same bytes.

    `corrections` is the digest of the analyst's corrections of the document's own texts, `names` that of the corpus's
    names in it, each empty where there are none.
    """

    document: str
    settings: str
    terms: str
    translator: str
    summarizer: str
    version: str
    corrections: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its file's name, its fingerprint, file name -> SHA-256 of what was written, number of findings.

    `texts` has the `short_key` of every text that was to be translated, in one line: what a correction may concern;
    `glosses` the names that it gives in both scripts.
    """

    file: str
    fingerprint: Fingerprint
    outputs: dict[str, str]
    findings: int = 0
    texts: str = ""
    glosses: tuple[tuple[str, str], ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The texts' keys."""
        return frozenset(self.texts.split())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries by document name, and the digests of the files that cover the whole corpus.

    `reviews` has the digests of the edited reviews whose edits are in the memory, `names` that of all names known.
    `unfinished` says that a run was stopped before it wrote the tables and the index.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, str] = field(default_factory=dict)
    names: str = ""
    unfinished: bool = False
    format: int = FORMAT


def load(folder: Path) -> Manifest:
    """The manifest of `folder`; an empty one where there is none or an unreadable one, so that all is made again."""
    try:
        data = json.loads(content_of(folder / NAME))
        manifest = from_dict(Manifest, data)
    except (OSError, ValueError, RecursionError, msgspec.ValidationError):
        return Manifest()
    return manifest if manifest.format == FORMAT else Manifest()


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, entry by entry: that of thousands of documents is large. Raises `OutputError`."""
    with Draft(folder / NAME) as file:
        for part in _parts(manifest):
            file.write(part)
        file.replace()


def _parts(manifest: Manifest) -> Iterator[str]:
    before, empty, after = _json(replace(manifest, entries={})).partition('"entries": {}')
    if not manifest.entries:
        yield f"{before}{empty}{after}\n"
        return
    yield before + '"entries": {'
    comma = ""
    for name, entry in sorted(manifest.entries.items()):
        yield f"{comma}\n  {_json(name)}: " + _json(entry).replace("\n", "\n  ")
        comma = ","
    yield "\n }" + after + "\n"


def _json(part: object) -> str:
    return json.dumps(to_dict(part), ensure_ascii=False, indent=1, sort_keys=True)


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
    missing = sorted(name for name in entry.outputs if not _is_there(folder / name))
    return (*reasons, *(f"{name} is missing" for name in missing))


def _is_there(path: Path) -> bool:
    # Empty is what a power failure may leave of a file; we write none.
    try:
        state = path.stat()
    except OSError:
        return False
    return S_ISREG(state.st_mode) and state.st_size > 0


def _change(part: str, old: str, new: str) -> str:
    # Digests say nothing to a reader; signatures and versions do.
    return f"{part} changed" if part in _DIGESTS else f"{part} changed: {old} -> {new}"
