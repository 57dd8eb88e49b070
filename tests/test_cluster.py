"""A build on a Dask scheduler with workers that are processes of their own, one of them killed on the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from wivtext.building import build
from wivtext.cli import main
from wivtext.errors import EngineError, SettingsError
from wivtext.settings import Settings, settings_from

pytest.importorskip("distributed", reason="the cluster extra is not installed")
psutil = pytest.importorskip("psutil", reason="the cluster extra is not installed")

DOCUMENTS = 12


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "terms").mkdir(parents=True)
    (folder / "terms" / "own.tsv").write_text(
        "en\tzh\tkind\ten_variants\tzh_variants\tnote\nNorthlake Motors\t北湖汽车\tcompany\t\t\t\n", encoding="utf-8"
    )
    for number in range(DOCUMENTS):
        (folder / f"plant-{number}.txt").write_text(
            f"Plant {number} opens\n\nLin Haoran, chairman of Northlake Motors, opened plant {number} on Tuesday.\n"
            f'"We will build {number + 2},000 vans next year," Lin said.\nHe added that prices would not rise.\n',
            encoding="utf-8",
        )
    return folder


def settings(tmp_path: Path, cluster: str = "") -> Settings:
    build_settings = {"cache": str(tmp_path / "cache"), "cluster": cluster}
    return settings_from({"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": build_settings})


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers without a nanny that would bring a dead one back; each in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    host, port = address.removeprefix("tcp://").split(":")
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
    worker += ["--no-dashboard", "--death-timeout", "60"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(dask, cwd=tmp_path, **quiet)]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        place = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / name)}
        processes.append(subprocess.Popen(worker, cwd=tmp_path / name, env=place, **quiet))
    try:
        _wait_for_workers(address, 2)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    deadline = time.monotonic() + 120
    while True:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
                return
        except OSError:
            assert time.monotonic() < deadline, "the scheduler did not start"


def test_a_worker_killed_on_the_way_costs_nothing(corpus, tmp_path, scheduler) -> None:
    address, workers = scheduler
    build(corpus, tmp_path / "alone", settings=settings(tmp_path))
    done = []

    def kill_one(name: str, total: int) -> None:
        done.append(name)
        if len(done) == 2:
            workers[0].send_signal(signal.SIGKILL)

    report = build(corpus, tmp_path / "cluster", settings=settings(tmp_path, address), progress=kill_one)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert not report.failed and len(report.built) == len(done) == DOCUMENTS
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")


def test_workers_here_and_a_bad_document(corpus, tmp_path) -> None:
    (corpus / "broken.docx").write_bytes(b"not a docx")
    refused = {f"huge-{number}" for number in range(20)}  # the first of the corpus, more than workers have waiting
    for name in refused:
        with (corpus / f"{name}.txt").open("wb") as huge:
            huge.truncate(1 << 40)  # sparse: whoever reads it is killed
    alone = build(corpus, tmp_path / "alone", settings=settings(tmp_path))
    report = build(corpus, tmp_path / "cluster", settings=settings(tmp_path, "local:2"))
    assert {failure.name for failure in report.failed} == {"broken", *refused}
    assert set(report.failed) == set(alone.failed)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")


def test_a_document_that_kills_its_workers_fails_alone(corpus, tmp_path, monkeypatch) -> None:
    for number in range(6, DOCUMENTS):
        (corpus / f"plant-{number}.txt").unlink()
    (corpus / "plant-3.txt").write_text("Plant 3 closes\n\nPoison was found in the water.\n", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Killing)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    engine = f"server:http://127.0.0.1:{server.server_port}/v1#deadly"
    deadly = settings(tmp_path, "local:2")
    deadly = replace(deadly, translation=replace(deadly.translation, engine=engine))
    try:
        report = build(corpus, tmp_path / "outputs", settings=deadly)
    finally:
        server.shutdown()
    assert [failure.name for failure in report.failed] == ["plant-3"]
    assert "KilledWorker on the cluster" in report.failed[0].message
    assert len(report.built) == 5


class Killing(BaseHTTPRequestHandler):
    """A server that kills who asks it for poison, and answers the others."""

    def do_GET(self) -> None:
        self._send({"data": [{"id": "deadly"}]})

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if b"Poison" in asked:
            os.kill(self._asking(), signal.SIGKILL)
        else:
            self._send({"choices": [{"message": {"content": "工厂开工。"}, "finish_reason": "stop"}]})

    def _asking(self) -> int:
        connections = psutil.net_connections("tcp4")
        return next(one.pid for one in connections if one.laddr and one.laddr.port == self.client_address[1])

    def _send(self, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def test_a_worker_of_another_version_is_refused(corpus, tmp_path, scheduler, monkeypatch) -> None:
    monkeypatch.setattr("wivtext.building.cluster.__version__", "0.0.1")
    with pytest.raises(EngineError, match=r"this machine wivtext 0\.0\.1.*; install the same version"):
        build(corpus, tmp_path / "outputs", settings=settings(tmp_path, scheduler[0]))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("local:many", "not a number of workers"),
        ("local:0", "not a number"),
        ("tcp://127.0.0.1:9", "no Dask scheduler"),
    ],
)
def test_an_address_that_is_none(corpus, tmp_path, monkeypatch, address, words) -> None:
    monkeypatch.setattr("wivtext.building.cluster._CONNECT", 1)
    with pytest.raises(SettingsError, match=words):
        build(corpus, tmp_path / "outputs", settings=settings(tmp_path, address))


def test_on_the_command_line(corpus, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--engine", "echo", "--cluster", "local:none"]) == 2
    assert "write local:4" in capsys.readouterr().err


def test_nothing_to_do_starts_no_cluster(corpus, tmp_path) -> None:
    build(corpus, tmp_path / "outputs", settings=settings(tmp_path))
    assert build(corpus, tmp_path / "outputs", settings=settings(tmp_path, "tcp://127.0.0.1:9")).built == ()


def test_settings_of_the_cluster_are_no_reason_to_build_again(corpus, tmp_path) -> None:
    one = settings(tmp_path)
    build(corpus, tmp_path / "outputs", settings=one)
    other = replace(one, build=replace(one.build, jobs=2))
    assert build(corpus, tmp_path / "outputs", settings=other).built == ()
