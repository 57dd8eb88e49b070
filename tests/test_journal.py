"""The journal of a build that was stopped, and the shares that tables are made of."""

import contextlib
import json
from dataclasses import replace

from wivtext import tables
from wivtext.building import build, journal
from wivtext.building.manifest import Entry, Fingerprint, load
from wivtext.building.shares import NAME as SHARES
from wivtext.records import Brief, from_dict
from wivtext.settings import Settings, settings_from

PRINT = Fingerprint("d", "s", "t", "echo", "lead", "1")
DONE = Entry("hefei.txt", PRINT, {"brief.json": "1"})


def corpus_of(tmp_path, count=3):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(count):
        (folder / f"plant-{number}.txt").write_text(
            f'Plant {number} opens\n\n"We will build {number + 2},000 vans," said Lin Haoran, chairman of Northlake '
            "Motors.\n\"=1+1, 'really',\" said a customs official.\n",
            encoding="utf-8",
        )
    return folder


def settings(tmp_path) -> Settings:
    engines = {"translation": {"engine": "echo"}, "summary": {"engine": "lead"}}
    return settings_from({**engines, "build": {"cache": str(tmp_path / "cache")}})


def test_lines_are_read_up_to_the_first_that_is_torn(tmp_path):
    lines = journal.Journal(tmp_path)
    lines.add("a", DONE, None)
    lines.add("b", replace(DONE, findings=2), "r")
    lines.close(done=False)
    path = tmp_path / journal.NAME
    path.write_bytes(path.read_bytes() + path.read_bytes()[:40])
    resumed = journal.resume(tmp_path)
    assert (list(resumed.entries), resumed.entries["b"].findings, resumed.reviews) == (["a", "b"], 2, {"b": "r"})
    assert not path.exists()
    assert load(tmp_path) == resumed


def test_no_journal_is_left_of_a_whole_build(tmp_path):
    build(corpus_of(tmp_path), tmp_path / "outputs", settings=settings(tmp_path))
    assert not (tmp_path / "outputs" / journal.NAME).exists()


def test_a_stopped_build_goes_on_where_it_was(tmp_path):
    corpus, outputs = corpus_of(tmp_path), tmp_path / "outputs"

    def stop(name: str, total: int) -> None:
        if name == "plant-1":
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        build(corpus, outputs, settings=settings(tmp_path), progress=stop)
    assert build(corpus, outputs, settings=settings(tmp_path)).built == ("plant-2",)


def test_tables_are_those_of_the_briefs(tmp_path):
    outputs = tmp_path / "outputs"
    build(corpus_of(tmp_path), outputs, settings=settings(tmp_path))
    files = sorted(outputs.glob("*/brief.json"))
    briefs = [from_dict(Brief, json.loads(path.read_text(encoding="utf-8"))) for path in files]
    frames = {"statements": tables.statements, "speakers": tables.corpus_speakers, "findings": tables.findings}
    for name, frame in frames.items():
        assert (outputs / f"{name}.csv").read_text(encoding="utf-8") == tables.csv(frame(briefs)), name


def test_shares_that_are_gone_are_made_again(tmp_path):
    corpus, outputs = corpus_of(tmp_path), tmp_path / "outputs"
    build(corpus, outputs, settings=settings(tmp_path))
    before = {path.name: path.read_bytes() for path in outputs.iterdir() if path.is_file()}
    for path in (tmp_path / "cache").glob(SHARES + "*"):
        path.unlink()
    (outputs / "findings.csv").unlink()
    build(corpus, outputs, settings=settings(tmp_path))
    assert {path.name: path.read_bytes() for path in outputs.iterdir() if path.is_file()} == before


def test_an_empty_file_counts_as_missing(tmp_path):
    corpus, outputs = corpus_of(tmp_path), tmp_path / "outputs"
    build(corpus, outputs, settings=settings(tmp_path))
    (outputs / "plant-1" / "brief.zh.md").write_bytes(b"")
    assert build(corpus, outputs, settings=settings(tmp_path)).why == {"plant-1": ("brief.zh.md is missing",)}
