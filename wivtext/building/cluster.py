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
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from wivtext import __version__
from wivtext.building.files import digest
from wivtext.building.workshop import Made, Workshop
from wivtext.errors import DocumentError, EngineError, MissingExtra, SettingsError
from wivtext.memory import Memory
from wivtext.reading import load
from wivtext.settings import Settings
from wivtext.summary import signature as summary_signature

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local:"
RETRIES = 2  # times that a document is tried again where a worker failed at it; Dask gives up after three lost workers
AHEAD = 3  # documents a worker has waiting, so that it never idles and nobody holds thousands
PATIENCE = 60.0  # seconds without any worker, after which the build gives up
_LOOK = 2.0  # seconds between looks at the workers
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
        held = client.scatter(opening, broadcast=True, hash=False)
        _refuse_strangers(client, held, workshop)
        yield from _made(client, held, documents, workshop.settings.reading.largest)


def _made(client: Client, opening: Future[Opening], documents: Mapping[str, Path], largest: int) -> Iterator[Made]:
    waiting = iter(documents.items())
    asked: dict[Future[Made], str] = {}
    alone_since: float | None = None
    while True:
        workers = _workers(client)
        for name, path in islice(waiting, max(0, AHEAD * max(1, len(workers)) - len(asked))):
            try:
                content = load(path, largest)
            except DocumentError as error:
                yield Made(name, failure=str(error))
                continue
            work = client.submit(_make, opening, name, path.name, content, pure=False, retries=RETRIES)
            asked[work] = name
        if not asked:
            return
        for work in _done(client, list(asked)):
            yield _result(work, asked.pop(work), documents)
        alone_since = None if workers else alone_since or monotonic()
        if alone_since and monotonic() - alone_since > PATIENCE:
            raise EngineError(f"no worker is left on {_address(client)}; start some and build again")


def _done(client: Client, asked: list[Future[Made]]) -> list[Future[Made]]:
    from distributed import wait

    try:
        with client.as_current():
            return list(wait(asked, timeout=_LOOK, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _result(work: Future[Made], name: str, documents: Mapping[str, Path]) -> Made:
    try:
        made: Made = work.result()
    except Exception as error:
        words = " ".join(str(error).split())
        return Made(name, failure=f"{documents[name]}: {type(error).__name__} on the cluster: {words}")
    # The worker saw a file of its own.
    failure = made.failure.replace(_PLACE + documents[name].name, str(documents[name])) if made.failure else None
    return replace(made, failure=failure)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
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
    with LocalCluster(**options) as cluster, Client(cluster, set_as_default=False) as client:
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


def _make(opening: Opening, name: str, file: str, content: bytes) -> Made:
    with tempfile.TemporaryDirectory(prefix="wivtext-") as folder:
        path = Path(folder) / file
        path.write_bytes(content)
        (made,) = _workshop(opening).make({name: path})
        failure = made.failure.replace(f"{folder}/", _PLACE) if made.failure else None
    return replace(made, failure=failure)


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
