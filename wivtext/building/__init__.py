"""The build: every document of a corpus whose inputs changed, into briefs in the outputs folder.

    take     what an analyst edited in the reviews, into the corpus's memory; the names filled in, into its terms
    plan     which documents are stale, and why
    make     a batch of documents -> their files, in this process or in several
    write    the files, the corpus-wide tables and index, the manifest

A document that can't be read is reported and the rest is built. Files are replaced whole, and one that somebody edited
is set aside under another name before its new version is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from wivtext.building.across import Across
from wivtext.building.batches import Batches
from wivtext.building.cluster import make_on_cluster
from wivtext.building.corpus import documents_of, folder_names, passed_over, term_files_of
from wivtext.building.journal import resume
from wivtext.building.lock import alone_in
from wivtext.building.manifest import Fingerprint, Manifest, stale_because
from wivtext.building.names import Names, open_names
from wivtext.building.outputs import OutputsWriter
from wivtext.building.reviews import Reviews, differing
from wivtext.building.shares import Shares
from wivtext.building.workshop import Made, Workshop, make_in_worker, open_in_worker
from wivtext.errors import DocumentError
from wivtext.memory import NAME as MEMORY
from wivtext.memory import Memory
from wivtext.reading import read
from wivtext.records import Displayed
from wivtext.settings import Settings

_AHEAD = 2  # batches that a worker has waiting


@dataclass(frozen=True, slots=True)
class Failure(Displayed):
    """A document that could not be built, and the line that says why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport(Displayed):
    """What a build did.

    `why` has the reasons for every stale document, `findings` the number of findings of every brief there is now,
    `kept` the edited files that were set aside, `removed` the outputs whose document is gone, `corrections` the number
    of edits taken from reviews, `remarks` what there is to say about these, and what was passed over in the corpus.
    """

    built: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    corrections: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every document was built and no brief has a finding."""
        return not self.failed and not any(self.findings.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents by output name, why the stale ones are stale, and those that can't even be opened."""

    documents: dict[str, Path]
    fingerprints: dict[str, Fingerprint]
    why: dict[str, tuple[str, ...]]
    failed: tuple[Failure, ...]


def build(
    corpus: Path | str = "corpus",
    outputs: Path | str = "outputs",
    *,
    settings: Settings | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> BuildReport:
    """Build every stale document of `corpus` into `outputs`.

    `progress` is called with the name of each document that is done and the number of documents to do. Raises
    `SettingsError` (no such corpus), `EngineError`, `TermBaseError`, `MemoryFileError`, `OutputError` (also where
    another build is at work in `outputs`); a document's own fault is in `BuildReport.failed`.
    """
    corpus, outputs = Path(corpus), Path(outputs)
    documents = folder_names(documents_of(corpus))
    with alone_in(outputs):
        return _build(documents, corpus, outputs, settings or Settings(), progress)


def _build(
    documents: dict[str, Path],
    corpus: Path,
    outputs: Path,
    settings: Settings,
    progress: Callable[[str, int], None] | None,
) -> BuildReport:
    manifest = resume(outputs)
    reviews = Reviews(outputs, corpus / MEMORY, manifest.entries, dict(manifest.reviews))
    reviews.take_all()
    workshop = Workshop.open(settings, term_files_of(corpus), Memory.load(corpus / MEMORY))
    largest = settings.reading.largest
    names = open_names(corpus, outputs, documents, manifest, workshop.terms, largest)
    workshop = replace(workshop, names=names.pairs)
    todo = plan(documents, outputs, workshop, manifest, names)
    across = Across(outputs, workshop.terms, settings.build.across)
    writer = OutputsWriter(outputs, manifest, reviews, names, Shares.beside(workshop.cache, outputs), across)
    failed = list(todo.failed)
    for made in _make_all(todo, workshop):
        if made.failure is None:
            path = todo.documents[made.name]
            corrections = workshop.memory.digest(made.texts)
            writer.write(
                made,
                path.name.encode(errors="replace").decode(),
                replace(todo.fingerprints[made.name], corrections=corrections),
            )
        else:
            failed.append(Failure(made.name, made.failure))
        if progress:
            progress(made.name, len(todo.why))
    writer.finish(keep=set(todo.documents))
    strange = [line for line in [passed_over(corpus)] if line]
    remarks = [*strange, *reviews.remarks, *differing(workshop.memory), *across.remarks(len(writer.entries))]
    return _report(todo, writer, failed, remarks)


def plan(documents: dict[str, Path], outputs: Path, workshop: Workshop, manifest: Manifest, names: Names) -> Plan:
    """Compare the fingerprints of the documents with the manifest's."""
    fingerprints, failed = {}, []
    for name, path in documents.items():
        try:
            texts = manifest.entries[name].keys if name in manifest.entries else frozenset()
            found = workshop.fingerprint(path, texts)
            fingerprints[name] = replace(found, names=names.digest_of(name, path, found.document, manifest))
        except OSError as error:
            failed.append(Failure(name, _unreadable(path, error, workshop.settings.reading.largest)))
    why = {
        name: reasons
        for name, fingerprint in fingerprints.items()
        if (reasons := stale_because(manifest.entries.get(name), fingerprint, outputs / name))
    }
    return Plan(documents, fingerprints, why, tuple(failed))


def _unreadable(path: Path, error: OSError, largest: int) -> str:
    try:
        read(path, largest=largest)
    except DocumentError as said:
        return str(said)
    return f"{path}: can't be read ({error.strerror}); check its permissions"


def _make_all(todo: Plan, workshop: Workshop) -> Iterator[Made]:
    cluster = workshop.settings.build.cluster
    if cluster and todo.why:
        yield from make_on_cluster(cluster, {name: todo.documents[name] for name in todo.why}, workshop)
        return
    jobs = min(workshop.settings.build.jobs, len(todo.why))
    waiting = Batches({name: todo.documents[name] for name in todo.why}, jobs)
    if jobs <= 1:
        for documents in waiting:
            began = monotonic()
            yield from workshop.make(documents)
            waiting.took(monotonic() - began)
        return
    # Spawned, not forked: the engines' threads do not survive a fork.
    opening = (workshop.settings, workshop.term_files, workshop.memory, workshop.names)
    with ProcessPoolExecutor(jobs, get_context("spawn"), open_in_worker, opening) as pool:
        asked = {pool.submit(make_in_worker, first) for first in islice(waiting, _AHEAD * jobs)}
        while asked:
            done, asked = wait(asked, return_when=FIRST_COMPLETED)
            for future in done:
                batch = future.result()
                waiting.took(batch.seconds)
                # Never more than a few batches a worker, so that thousands of documents are not held in memory.
                asked |= {pool.submit(make_in_worker, following) for following in islice(waiting, 1)}
                yield from batch.made


def _report(todo: Plan, writer: OutputsWriter, failed: list[Failure], remarks: list[str]) -> BuildReport:
    texts: dict[str, frozenset[str]] = {}
    for entry in writer.entries.values():
        stem = Path(entry.file).stem
        texts[stem] = texts.get(stem, frozenset()) | entry.keys
    return BuildReport(
        built=tuple(sorted(writer.written)),
        fresh=tuple(name for name in todo.fingerprints if name not in todo.why),
        failed=tuple(sorted(failed, key=lambda failure: failure.name)),
        removed=tuple(writer.removed),
        kept=tuple(writer.kept),
        why=todo.why,
        findings={name: entry.findings for name, entry in sorted(writer.entries.items())},
        corrections=len(writer.reviews.corrections),
        remarks=(*remarks, *writer.reviews.homeless(texts)),
    )
