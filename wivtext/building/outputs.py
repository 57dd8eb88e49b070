"""The outputs folder: a document's files, the tables and the index of the whole corpus, and the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from wivtext.building.across import PAGE, Across
from wivtext.building.files import Draft, digest, digest_of_file, is_same, keep_edited, write_atomically
from wivtext.building.journal import Journal
from wivtext.building.manifest import Entry, Fingerprint, Manifest, save
from wivtext.building.names import Names
from wivtext.building.reviews import Reviews
from wivtext.building.shares import Shares, csv_table
from wivtext.building.workshop import Made
from wivtext.directory import Appearance, merged
from wivtext.errors import OutputError
from wivtext.memory import review
from wivtext.namebook import FORM, form, name_book_of
from wivtext.rendering.entries import Entries, IndexEntry


class OutputsWriter:
    """Writes what was made, one document at a time; `finish` writes what covers the whole corpus.

    The journal has each document that is done, so that a run that is stopped goes on where it was.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, reviews: Reviews, names: Names, shares: Shares, across: Across
    ) -> None:
        """Raises `OutputError` where the folder can't be made or written."""
        self.folder = folder
        self.shares = shares
        self.across = across
        self.journal = Journal(folder)
        self.reviews = reviews
        self.names = names
        self._names_before = manifest.names
        self._taken_before = manifest.reviews
        self._unfinished = manifest.unfinished
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
        files[review.NAME] = review.with_notes(str(files[review.NAME]), self.reviews.notes(made.name))
        for name, content in files.items():
            if name != review.NAME:
                self._replace(Path(made.name) / name, content, before.get(name))
            elif not self.reviews.is_edited_now(made.name):
                written = self.reviews.taken.pop(made.name, None)
                self._replace(Path(made.name) / name, content, written or before.get(name))
        for name in sorted(set(before) - set(files)):
            self._set_aside(self.folder / made.name / name, before[name])
            (self.folder / made.name / name).unlink(missing_ok=True)
        digests = {name: digest(content) for name, content in files.items()}
        # The bytes that were read count: the file may have changed since the plan was made.
        fingerprint = replace(fingerprint, document=made.digest, names=made.names)
        texts, glosses = " ".join(sorted(made.texts)), self.names.glosses.get(made.name, ())
        entry = Entry(file, fingerprint, digests, made.findings, texts, glosses)
        self.entries[made.name] = entry
        self.written.append(made.name)
        if made.share:
            self.shares.add(made.name, digests["brief.json"], made.share)
        self.journal.add(made.name, entry, self.reviews.taken.get(made.name))

    def finish(self, keep: set[str]) -> None:
        """Remove the outputs of documents that are gone, and write tables, index and manifest. Raises `OutputError`."""
        for name in sorted(set(self.entries) - keep):
            self._remove(name)
        renamed, self._names_before = self._names_before != self.names.digest, self.names.digest
        if self.written or self.removed or self._unfinished or not self._shared_files_there():
            self._write_shared()
            self._save()
        elif renamed or self.reviews.taken != self._taken_before:
            self._save()
        self.journal.close(done=True)

    def _write_shared(self) -> None:
        """The tables and the index, put together from what each document adds."""
        from wivtext import tables

        entries = Entries()
        speakers = merged(self._write_tables(entries))
        texts = {
            "speakers.csv": csv_table(tables.CORPUS_SPEAKERS, map(tables.corpus_speaker_row, speakers)),
            **self._across(),
        }
        self._write_index(entries, PAGE if PAGE in texts else "")
        self._withdraw(name for name in self.shared if name.startswith("across.") and name not in texts)
        for name, text in texts.items():
            self._replace(Path(name), text, self.shared.get(name))
        book = form(name_book_of(speakers))
        if self.names.is_taken():
            write_atomically(self.folder / FORM, book)
        self.shared |= {name: digest(text) for name, text in texts.items()} | {FORM: digest(book)}

    def _write_tables(self, entries: list[IndexEntry]) -> Iterator[Appearance]:
        """Write statements.csv and findings.csv document by document; the speakers and `entries` met on the way."""
        from wivtext import tables

        briefs = {name: self.entries[name].outputs["brief.json"] for name in sorted(self.entries)}
        with Draft(self.folder / "statements.csv") as statements, Draft(self.folder / "findings.csv") as findings:
            statements.write(csv_table(tables.STATEMENTS))
            findings.write(csv_table(tables.FINDINGS))
            for _, share in self.shares.all_of(briefs):
                statements.write(share.statements)
                findings.write(share.findings)
                entries.append(share.entry)
                yield from share.speakers
            for draft in (statements, findings):
                self._put(draft)

    def _write_index(self, entries: Entries, across: str) -> None:
        from wivtext.rendering import index_parts

        with Draft(self.folder / "index.html") as page:
            for part in index_parts(entries, across=across):
                page.write(part)
            self._put(page)

    def _put(self, draft: Draft) -> None:
        name = draft.path.name
        if not draft.path.is_file() or digest_of_file(draft.path) != draft.digest:
            self._set_aside(draft.path, self.shared.get(name))
            draft.replace()
        self.shared[name] = draft.digest

    def _shared_files_there(self) -> bool:
        across_as_wanted = (PAGE in self.shared) == self.across.wanted(len(self.entries))
        return bool(self.shared) and across_as_wanted and all((self.folder / name).is_file() for name in self.shared)

    def _across(self) -> dict[str, str]:
        return self.across.files(sorted(self.entries)) if self.across.wanted(len(self.entries)) else {}

    def _withdraw(self, names: Iterable[str]) -> None:
        """Remove files of the whole corpus that are made no longer."""
        for name in list(names):
            self._set_aside(self.folder / name, self.shared.pop(name))
            (self.folder / name).unlink(missing_ok=True)

    def _replace(self, path: Path, content: str | bytes, written: str | None) -> None:
        # What a run wrote that was killed before it could say so is no edit.
        if is_same(self.folder / path, content):
            return
        self._set_aside(self.folder / path, written)
        # A lost review would be a lost edit of whoever copies from it; all else is made again.
        write_atomically(self.folder / path, content, lasting=path.name == review.NAME)

    def _set_aside(self, path: Path, written: str | None) -> None:
        kept = keep_edited(path, written)
        if kept:
            self.kept.append(str(kept.relative_to(self.folder)))

    def _remove(self, name: str) -> None:
        folder = self.folder / name
        for file, written in self.entries.pop(name).outputs.items():
            path = folder / file
            self._set_aside(path, written)
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
