"""A build that is killed, that finds no room, or that meets another one: sound data, and the next run completes.

WIVTEXT_KILLS=200 python -m pytest tests/test_crash.py -k killed    kills more often than the suite has time for
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wivtext.building import build
from wivtext.building.journal import NAME as JOURNAL
from wivtext.building.lock import alone_in
from wivtext.building.outputs import OutputsWriter
from wivtext.errors import OutputError
from wivtext.memory import Correction, Memory, keep
from wivtext.records import Brief, from_dict
from wivtext.settings import Settings, settings_from

KILLS = int(os.environ.get("WIVTEXT_KILLS", "6"))
DOCUMENTS = 8
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and resource limits are POSIX's")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"plant-{number}.txt").write_text(
            f"Plant {number} opens\n\nLin Haoran, chairman of Northlake Motors, opened plant {number} on Tuesday.\n"
            f'"We will build {number + 2},000 vans next year," Lin said.\nHe added that prices would not rise.\n',
            encoding="utf-8",
        )
    return folder


def settings(tmp_path: Path) -> Settings:
    build_settings = {"cache": str(tmp_path / "cache")}
    return settings_from({"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": build_settings})


def start(tmp_path: Path, outputs: Path, **options: object) -> subprocess.Popen[str]:
    """`wivtext build` as a process of its own."""
    (tmp_path / "wivtext.toml").write_text(
        f'[translation]\nengine = "echo"\n[summary]\nengine = "lead"\n[build]\ncache = "{tmp_path / "cache"}"\n'
    )
    command = [sys.executable, "-m", "wivtext", "build", "--corpus", "corpus", "--outputs", str(outputs)]
    return subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def halves(outputs: Path) -> list[str]:
    """What is there and not whole."""
    torn = []
    for path in sorted(outputs.rglob("*")) if outputs.is_dir() else []:
        if path.is_dir() or path.name.endswith(".tmp") or path.name == JOURNAL:
            continue
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                torn += [str(path)] if parts.testzip() else []
            continue
        text = path.read_text(encoding="utf-8")
        if path.name == "brief.json":
            from_dict(Brief, json.loads(text))
        elif not text.endswith("</html>\n" if path.suffix == ".html" else "\n"):
            torn.append(str(path))
    return torn


def correct(outputs: Path, number: int) -> str:
    """Edit a row of a review as an analyst does; what it says now."""
    review = outputs / f"plant-{number}" / "review.tsv"
    words = f"北湖汽车{'甲乙丙丁戊己庚辛'[number]}厂，由分析师改定。"
    rows = review.read_text(encoding="utf-8").split("\n")
    place = next(i for i, row in enumerate(rows) if "opened plant" in row)
    columns, names = rows[place].split("\t"), rows[0].split("\t")
    columns[names.index("correction")] = words
    rows[place] = "\t".join(columns)
    review.write_text("\n".join(rows), encoding="utf-8")
    return words


@POSIX
def test_a_build_killed_at_any_moment_leaves_nothing_torn_and_is_completed(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "whole", settings=settings(tmp_path))
    whole = contents(tmp_path / "whole")
    rng, outputs = random.Random(7), tmp_path / "outputs"
    began = time.monotonic()
    start(tmp_path, tmp_path / "timed").communicate(timeout=120)
    usual = time.monotonic() - began
    for _ in range(KILLS):
        process = start(tmp_path, outputs)
        time.sleep(rng.uniform(0.1, 1.1) * usual)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        assert not halves(outputs)
        if rng.random() < 0.4 and outputs.is_dir():
            for path in outputs.glob("plant-*/brief.html"):
                path.unlink()
    report = build(corpus, outputs, settings=settings(tmp_path))
    assert not report.failed
    assert contents(outputs) == whole
    assert build(corpus, outputs, settings=settings(tmp_path)).built == ()


@POSIX
def test_no_correction_is_lost_in_a_build_that_is_killed(corpus: Path, tmp_path: Path) -> None:
    outputs, rng = tmp_path / "outputs", random.Random(11)
    build(corpus, outputs, settings=settings(tmp_path))
    words = []
    for number in range(min(KILLS, DOCUMENTS)):
        words.append(correct(outputs, number))
        process = start(tmp_path, outputs)
        time.sleep(rng.uniform(0.3, 2.0))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    build(corpus, outputs, settings=settings(tmp_path))
    kept = {one.target for one in Memory.load(corpus / "memory.tmx").corrections}
    assert set(words) <= kept
    for number, text in enumerate(words):
        assert text in (outputs / f"plant-{number}" / "brief.zh.md").read_text(encoding="utf-8")


def test_two_builds_on_one_outputs_folder(corpus: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    with alone_in(outputs):
        with pytest.raises(OutputError, match="another build is at work there; wait"):
            build(corpus, outputs, settings=settings(tmp_path))
        process = start(tmp_path, outputs)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 2
        assert "another build is at work" in errors and "Traceback" not in errors
    assert len(build(corpus, outputs, settings=settings(tmp_path)).built) == DOCUMENTS


def test_builds_in_two_folders_share_a_cache(corpus: Path, tmp_path: Path) -> None:
    processes = [start(tmp_path, tmp_path / name) for name in ("one", "two")]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1, errors  # the echo engine's work has findings
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@POSIX
def test_no_room_for_a_file(corpus: Path, tmp_path: Path) -> None:
    import resource

    def small() -> None:  # no file larger than 4 kB: what a full disk does to the next write
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    outputs = tmp_path / "outputs"
    process = start(tmp_path, outputs, preexec_fn=small)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "can't be written" in errors and "Traceback" not in errors
    assert not halves(outputs)
    assert not list(outputs.rglob("*.tmp"))
    assert len(build(corpus, outputs, settings=settings(tmp_path)).findings) == DOCUMENTS


def test_a_document_that_goes_or_changes_during_the_build(corpus: Path, tmp_path: Path) -> None:
    outputs, seen = tmp_path / "outputs", []

    def meddle(name: str, total: int) -> None:
        seen.append(name)
        if len(seen) == 1:
            (corpus / "plant-6.txt").unlink()
            (corpus / "plant-7.txt").write_text("Plant 7 closes\n\nIt closed on Monday.\n", encoding="utf-8")

    report = build(corpus, outputs, settings=settings(tmp_path), progress=meddle)
    assert [failure.name for failure in report.failed] == ["plant-6"]
    assert len(report.built) == DOCUMENTS - 1
    assert "closed on Monday" in (outputs / "plant-7" / "brief.en.md").read_text(encoding="utf-8")
    again = build(corpus, outputs, settings=settings(tmp_path))
    assert again.built == again.failed == ()


def test_the_same_bytes_whatever_the_order_and_the_number_of_processes(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "at-once", settings=settings(tmp_path))
    hidden = {path: path.read_bytes() for path in sorted(corpus.glob("*.txt"))}
    for path in hidden:
        path.unlink()
    for path in reversed(hidden):  # one by one, the last first
        path.write_bytes(hidden[path])
        build(corpus, tmp_path / "one-by-one", settings=settings(tmp_path))
    assert contents(tmp_path / "one-by-one") == contents(tmp_path / "at-once")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not _mounted("mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", str(disk)):
        pytest.skip("a disk of its own is mounted for this, which takes root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _mounted(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def test_a_full_disk_stops_the_build_and_harms_nothing(corpus: Path, tmp_path: Path, small_disk: Path) -> None:
    outputs = small_disk / "outputs"
    # Nearly full, then full, each time at another file.
    for room in (300, 40, 0):
        filling = small_disk / "filling"
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_bsize
        filling.write_bytes(b"x" * max(0, free - room * 1024))
        process = start(tmp_path, outputs)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 2, errors
        assert "No space left" in errors and len(errors.splitlines()) == 1, errors
        assert not halves(outputs)
        assert not list(outputs.rglob("*.tmp"))
        filling.unlink()
    assert _mounted("mount", "-o", "remount,size=30M", str(small_disk))
    assert len(build(corpus, outputs, settings=settings(tmp_path)).findings) == DOCUMENTS
    build(corpus, tmp_path / "elsewhere", settings=settings(tmp_path))
    assert contents(outputs) == contents(tmp_path / "elsewhere")


def test_a_full_disk_takes_neither_corrections_nor_the_cache(corpus: Path, tmp_path: Path, small_disk: Path) -> None:
    kept = small_disk / "memory.tmx"
    Memory([Correction("Sales rose.", "销量上升了。", "en", "zh")]).save(kept)
    before = kept.read_bytes()
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_bsize
    (small_disk / "filling").write_bytes(b"x" * free)
    with pytest.raises(OutputError, match="No space left"):
        keep(kept, [Correction(f"Sales rose {n}%.", f"销量上升{n}%。", "en", "zh") for n in range(200)])
    assert kept.read_bytes() == before and not list(small_disk.glob("*.tmp"))
    full = settings_from({"translation": {"engine": "echo"}, "build": {"cache": str(small_disk / "cache")}})
    assert len(build(corpus, tmp_path / "outputs", settings=full).findings) == DOCUMENTS


def test_a_rebuild_stopped_before_the_tables_writes_them_the_next_time(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = tmp_path / "outputs"
    build(corpus, outputs, settings=settings(tmp_path))
    changed = corpus / "plant-3.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("not rise", "double"), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(OutputsWriter, "_write_shared", stop)
        with pytest.raises(KeyboardInterrupt):
            build(corpus, outputs, settings=settings(tmp_path))
    for _ in range(2):  # the second is stopped, too, with nothing left to build
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(OutputsWriter, "_write_shared", stop)
            build(corpus, outputs, settings=settings(tmp_path))
    assert build(corpus, outputs, settings=settings(tmp_path)).built == ()
    assert "double" in (outputs / "statements.csv").read_text(encoding="utf-8")
    build(corpus, tmp_path / "whole", settings=settings(tmp_path))
    assert contents(outputs) == contents(tmp_path / "whole")


def stop(_: OutputsWriter) -> None:
    raise KeyboardInterrupt
