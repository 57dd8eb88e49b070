"""The outputs folder: a document's files, the tables and the index of the whole corpus, and the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wivtext.building.files import digest, is_same, keep_edited, write_atomically
from wivtext.building.manifest import Entry, Fingerprint, Manifest, save
from wivtext.building.names import Names
from wivtext.building.reviews import Reviews
from wivtext.building.workshop import Made
from wivtext.errors import OutputError
from wivtext.memory import review
from wivtext.namebook import FORM, form, name_book
from wivtext.records import Brief, from_dict


class OutputsWriter:
    """Writes what was made, one document at a time; `finish` writes what covers the whole corpus.

    The manifest is saved after each document, so that a run that is stopped goes on where it was.
    """

    def __init__(self, folder: Path, manifest: Manifest, reviews: Reviews, names: Names) -> None:
        """Raises `OutputError` where the folder can't be made or written."""
        self.folder = folder
        self.reviews = reviews
        self.names = names
        self._names_before = manifest.names
        self._taken_before = manifest.reviews
        self.entries = dict(manifest.entries)
        self.shared = dict(manifest.outputs)
        self.written: list[str] = []
        self.removed: list[str] = []
        self.kept: list[str] = []
        _check_writable(folder)

    def write(self, made: Made, file: str, fingerprint: Fingerprint) -> None:
        """Write the files of one document and note them in the manifest. Raises `OutputError`."""
        before = self.entries[made.name].outputs if made.name in self.entries else {}
        files = dict(made.files)
        files[review.NAME] = review.with_notes(files[review.NAME], self.reviews.notes(made.name))
        for name, text in files.items():
            if name != review.NAME:
                self._replace(Path(made.name) / name, text, before.get(name))
            elif not self.reviews.is_edited_now(made.name):
                written = self.reviews.taken.pop(made.name, None)
                self._replace(Path(made.name) / name, text, written or before.get(name))
        digests = {name: digest(text) for name, text in files.items()}
        # The bytes that were read count: the file may have changed since the plan was made.
        fingerprint, texts = replace(fingerprint, document=made.digest), " ".join(sorted(made.texts))
        glosses = self.names.glosses.get(made.name, ())
        self.entries[made.name] = Entry(file, fingerprint, digests, made.findings, texts, glosses)
        self.written.append(made.name)
        self._save()

    def finish(self, keep: set[str]) -> None:
        """Remove the outputs of documents that are gone, and write tables, index and manifest. Raises `OutputError`."""
        for name in sorted(set(self.entries) - keep):
            self._remove(name)
        renamed, self._names_before = self._names_before != self.names.digest, self.names.digest
        if self.written or self.removed or not self._shared_files_there():
            for name, text in self._corpus_wide().items():
                if name != FORM:
                    self._replace(Path(name), text, self.shared.get(name))
                elif self.names.is_taken():
                    write_atomically(self.folder / name, text)
                self.shared[name] = digest(text)
            self._save()
        elif renamed or self.reviews.taken != self._taken_before:
            self._save()

    def briefs(self) -> Iterator[tuple[str, Brief]]:
        """Every brief of the manifest with its name, read back from its JSON, in order of names."""
        for name in sorted(self.entries):
            path = self.folder / name / "brief.json"
            yield name, from_dict(Brief, json.loads(path.read_text(encoding="utf-8")))

    def _corpus_wide(self) -> dict[str, str]:
        from wivtext import tables
        from wivtext.rendering import render_index

        briefs = dict(self.briefs())
        frames = {
            "statements.csv": tables.statements(briefs.values()),
            "speakers.csv": tables.corpus_speakers(briefs.values()),
            "findings.csv": tables.findings(briefs.values()),
        }
        pages = {"index.html": render_index(briefs), FORM: form(name_book(briefs.values()))}
        return {name: tables.csv(frame) for name, frame in frames.items()} | pages

    def _shared_files_there(self) -> bool:
        return bool(self.shared) and all((self.folder / name).is_file() for name in self.shared)

    def _replace(self, path: Path, text: str, written: str | None) -> None:
        # What a run wrote that was killed before it could say so is no edit.
        kept = None if is_same(self.folder / path, text) else keep_edited(self.folder / path, written)
        if kept:
            self.kept.append(str(kept.relative_to(self.folder)))
        write_atomically(self.folder / path, text)

    def _remove(self, name: str) -> None:
        folder = self.folder / name
        for file, written in self.entries.pop(name).outputs.items():
            path = folder / file
            kept = keep_edited(path, written)
            if kept:
                self.kept.append(str(kept.relative_to(self.folder)))
            path.unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        self.removed.append(name)

    def _save(self) -> None:
        entries = dict(sorted(self.entries.items()))
        save(self.folder, Manifest(entries, self.shared, dict(sorted(self.reviews.taken.items())), self._names_before))


def _check_writable(folder: Path) -> None:
    # Found out before the work, not after it.
    probe = folder / ".writable"
    write_atomically(probe, "")
    try:
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{folder}: can't be written ({error.strerror}); choose a folder that can be") from None
