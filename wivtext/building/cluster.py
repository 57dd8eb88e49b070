"""A build on many machines: documents go to the workers of a Dask scheduler, their files come back to one writer.

Each worker opens its engines once and keeps them. It gets a document's bytes, so it needs no folder in common with
this machine, and the same version of wivtext, so that it makes the same bytes.

    wivtext build --cluster tcp://scheduler:8786
    wivtext build --cluster local:4                 a scheduler and four workers here, for as long as the build takes
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from wivtext import __version__
from wivtext.building.batches import Batches
from wivtext.building.files import digest
from wivtext.building.workshop import Batch, Made, Workshop
from wivtext.errors import DocumentError, EngineError, MissingExtra, SettingsError
from wivtext.memory import Memory
from wivtext.reading import load
from wivtext.settings import Settings
from wivtext.summary import signature as summary_signature

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local:"
RETRIES = 2  # times that a batch is tried again where a worker failed at it; Dask gives up after three lost workers
AHEAD = 2  # batches a worker has waiting, so that it never idles and nobody holds thousands of documents
PATIENCE = 60.0  # seconds without any worker, after which the build gives up
_LOOK = 2.0  # seconds between looks at the workers
_FETCH = 20  # seconds for the result of a batch that is done
_CONNECT = 20  # seconds


@dataclass(frozen=True, slots=True)
class Opening:
    """What a worker needs to open its workshop: everything that a brief's wording depends on but the document."""

    settings: Settings
    terms: tuple[tuple[str, bytes], ...]
    memory: Memory
    names: tuple[tuple[str, str], ...]
    key: str


def make_on_cluster(address: str, documents: Mapping[str, Path], workshop: Workshop) -> Iterator[Made]:
    """The files of each document (name -> path), in the order in which the workers are done.

    A document whose workers were all lost is a `Made` with its failure. Raises `MissingExtra`, `SettingsError` (no such
    scheduler, or an address that is none), `EngineError` (a worker differs from this machine, or none is left).
    """
    with _client(address) as client:
        opening = _opening(workshop, is_local=address.startswith(LOCAL))
        # Not scattered: what was is gone with the workers that held it; the result of a task is made again.
        held = client.submit(_same, opening, pure=False)
        _refuse_strangers(client, held, workshop)
        yield from _made(client, held, documents, workshop.settings.reading.largest)


def _made(client: Client, opening: Future[Opening], documents: Mapping[str, Path], largest: int) -> Iterator[Made]:
    waiting = Batches(documents, len(_workers(client)))
    alone: list[dict[str, Path]] = []  # the documents of batches that were lost: one of them may be to blame
    suspects: list[dict[str, Path]] = []  # lost again: each itself, or what was waiting on its worker
    accused: dict[str, Path] = {}  # given while nothing else was waiting
    asked: dict[Future[Batch], dict[str, Path]] = {}
    watch = _Watch()
    while True:
        workers = _workers(client)
        given = list(_next(AHEAD * max(1, len(workers)) - len(asked), alone, waiting))
        if suspects and not asked and not given:
            given = [suspects.pop()]
            accused |= given[0]
        for batch in given:
            contents: dict[str, tuple[str, bytes]] = {}
            for name, path in batch.items():
                try:
                    contents[name] = path.name, load(path, largest)
                except DocumentError as error:
                    yield Made(name, failure=str(error))
            if contents:
                work = client.submit(_make, opening, contents, pure=False, retries=RETRIES)
                asked[work] = {name: batch[name] for name in contents}
        if not asked and not given:
            return
        for work in _done(client, list(asked)):
            batch = asked[work]
            try:
                done = _result(work, batch, is_final=batch.keys() <= accused.keys())
            except TimeoutError:  # its worker is gone, and what it had done is made again
                continue
            del asked[work]
            if done is None:
                (alone if len(batch) > 1 else suspects).extend({name: path} for name, path in batch.items())
            else:
                waiting.took(done.seconds)
                yield from (_as_here(made, batch[made.name]) for made in done.made)
            watch.seen()
        watch.look(client)


class _Watch:
    """How long there has been no worker."""

    def __init__(self) -> None:
        self._arrival, self._seen = 0.0, monotonic()

    def seen(self) -> None:
        """There was one just now."""
        self._seen = monotonic()

    def look(self, client: Client) -> None:
        """Raise `EngineError` where none has been there for too long.

        A worker that is killed as soon as it comes is missed by every look, but not by the scheduler's log.
        """
        if not _workers(client):
            events = client.get_events("all")
            arrival = max((time for time, event in events if event.get("action") == "add-worker"), default=0.0)
            if arrival == self._arrival:
                if monotonic() - self._seen > PATIENCE:
                    raise EngineError(f"no worker is left on {_address(client)}; start some and build again")
                return
            self._arrival = arrival
        self.seen()


def _result(work: Future[Batch], documents: Mapping[str, Path], *, is_final: bool) -> Batch | None:
    """What became of documents; None where several were lost together, or one whose worker had others waiting.

    Raises `TimeoutError` where the worker that has it doesn't answer.
    """
    from distributed import KilledWorker

    try:
        return work.result(timeout=_FETCH)
    except Exception as error:
        if isinstance(error, TimeoutError) and work.status != "error":
            raise
        if len(documents) > 1 or (isinstance(error, KilledWorker) and not is_final):
            return None
        words = f"{type(error).__name__} on the cluster: {' '.join(str(error).split())}"
        return Batch([Made(name, failure=f"{path}: {words}") for name, path in documents.items()])


def _next(count: int, alone: list[dict[str, Path]], waiting: Iterator[dict[str, Path]]) -> Iterator[dict[str, Path]]:
    for _ in range(count):
        batch = alone.pop() if alone else next(waiting, None)
        if batch is None:
            return
        yield batch


def _done(client: Client, asked: list[Future[Batch]]) -> list[Future[Batch]]:
    from distributed import wait

    if not asked:
        return []
    try:
        with client.as_current():
            return list(wait(asked, timeout=_LOOK, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _as_here(made: Made, path: Path) -> Made:
    """What a worker made, which saw a file of its own."""
    failure = made.failure.replace(_PLACE + path.name, str(path)) if made.failure else None
    return replace(made, failure=failure)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise MissingExtra("distributed", "cluster") from None
    if not address.startswith(LOCAL):
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            words = " ".join(str(error).split())
            raise SettingsError(
                f"no Dask scheduler at {address} ({words}); start one with `dask scheduler`, or use local:N"
            ) from None
        with client:
            yield client
        return
    options: dict[str, Any] = {
        "n_workers": _count(address),
        "threads_per_worker": 1,
        "dashboard_address": "127.0.0.1:0",
    }
    # Dask would let a worker go that is away just then, so long after a first loss, though it has been back since.
    config = dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"})
    with config, LocalCluster(**options) as cluster, Client(cluster, set_as_default=False) as client:
        yield client


def _count(address: str) -> int:
    count = address.removeprefix(LOCAL)
    if not count.isascii() or not count.isdigit() or not 1 <= int(count) <= 1024:
        raise SettingsError(f"{address}: not a number of workers; write local:4, say, or the address of a scheduler")
    return int(count)


def _address(client: Client) -> str:
    return str(client.scheduler_info()["address"])


def _workers(client: Client) -> dict[str, Any]:
    workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return workers


def _opening(workshop: Workshop, is_local: bool) -> Opening:
    settings = workshop.settings
    # Workers share their machines' processors; another machine's cache is its own.
    build = settings.build if is_local else replace(settings.build, cache="")
    settings = replace(settings, translation=replace(settings.translation, threads=1), build=build)
    terms = tuple((path.name, path.read_bytes()) for path in workshop.term_files)
    parts = [repr(settings), repr([(name, digest(data)) for name, data in terms]), repr(workshop.names)]
    parts += [repr(one) for one in workshop.memory.corrections]
    return Opening(settings, terms, workshop.memory, workshop.names, digest("\n".join(parts)))


def _refuse_strangers(client: Client, opening: Future[Opening], workshop: Workshop) -> None:
    """Raise `EngineError` where a worker's version or engines are not this machine's: its briefs would differ."""
    workers = list(_workers(client))
    if not workers:
        raise EngineError(f"no worker on {_address(client)}; start some with `dask worker ADDRESS`")
    mine = _identity_of(workshop)
    asked = {
        worker: client.submit(_identity, opening, workers=[worker], pure=False, allow_other_workers=False)
        for worker in workers
    }
    for worker, identity in asked.items():
        try:
            theirs = identity.result(timeout=4 * PATIENCE)
        except Exception as error:
            raise EngineError(f"worker {worker} can't open its engines: {' '.join(str(error).split())}") from None
        if theirs != mine:
            raise EngineError(
                f"worker {worker} has {theirs}, this machine {mine}; install the same version, engines and models there"
            )


# On a worker.

_PLACE = "//wivtext/"  # stands for a worker's folder in what it says
_opened: dict[str, Workshop] = {}


def _make(opening: Opening, documents: Mapping[str, tuple[str, bytes]]) -> Batch:
    """The files of documents: name -> name of the file, content."""
    with tempfile.TemporaryDirectory(prefix="wivtext-") as folder:
        paths = {}
        for number, (name, (file, content)) in enumerate(documents.items()):
            paths[name] = Path(folder) / str(number) / file  # two may have one name
            paths[name].parent.mkdir()
            paths[name].write_bytes(content)
        done = _workshop(opening).batch(paths)
        return replace(done, made=[_placed(made, paths[made.name].parent) for made in done.made])


def _placed(made: Made, folder: Path) -> Made:
    return replace(made, failure=made.failure.replace(f"{folder}/", _PLACE) if made.failure else None)


def _same(opening: Opening) -> Opening:
    return opening


def _identity(opening: Opening) -> str:
    return _identity_of(_workshop(opening))


def _identity_of(workshop: Workshop) -> str:
    return f"wivtext {__version__}, {workshop.translator.signature}, {summary_signature(workshop.summarizer)}"


def _workshop(opening: Opening) -> Workshop:
    """This worker's workshop, opened on first use and kept for the build."""
    if opening.key not in _opened:
        with tempfile.TemporaryDirectory(prefix="wivtext-") as folder:
            files = [Path(folder) / name for name, _ in opening.terms]
            for path, (_, data) in zip(files, opening.terms, strict=True):
                path.write_bytes(data)
            workshop = Workshop.open(opening.settings, files, opening.memory)
        _opened.clear()
        _opened[opening.key] = replace(workshop, names=opening.names)
    return _opened[opening.key]
