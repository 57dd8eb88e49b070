"""The build on real files with the shipped fakes: what changed is made again, and nothing is lost."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from wivtext.building import build
from wivtext.building.corpus import folder_names
from wivtext.cli import main
from wivtext.errors import OutputError, SettingsError, UnknownEngine
from wivtext.settings import Settings, settings_from

ENGLISH = """Carmakers meet in Hefei

HEFEI - The autumn meeting of carmakers opened on Tuesday with 320 delegates.
"We will build 40,000 vans next year," said Lin Haoran, chairman of Northlake Motors.
He added that prices would not rise before July.
"""
CHINESE = """合肥车企秋季会议开幕

合肥周二讯，车企秋季会议开幕，320名代表出席。
北湖汽车董事长林浩然表示，明年将生产4万辆厢式车。
他还说，7月之前不会涨价。
"""
TERMS = "en\tzh\tkind\ten_variants\tzh_variants\tnote\nNorthlake Motors\t北湖汽车\tcompany\t\t\t\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "terms").mkdir(parents=True)
    (folder / "hefei.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "合肥.txt").write_text(CHINESE, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    return settings_from(
        {"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": {"cache": str(tmp_path / "cache")}}
    )


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_document_gets_its_files(corpus, outputs, settings):
    report = build(corpus, outputs, settings=settings)
    assert report.built == ("hefei", "合肥")
    expected = {"brief.en.md", "brief.zh.md", "brief.html", "brief.json", "brief.docx", "review.tsv"}
    assert {path.name for path in (outputs / "合肥").iterdir()} == expected
    shared = {path.name for path in outputs.iterdir() if path.is_file()}
    tables = {"statements.csv", "speakers.csv", "findings.csv", "names.tsv", "manifest.json"}
    pages = {"index.html", "across.html", "across.json", "across.en.md", "across.zh.md"}
    assert shared == tables | pages


def test_second_build_does_nothing(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    before = {path: path.stat().st_mtime_ns for path in outputs.rglob("*") if path.is_file()}
    report = build(corpus, outputs, settings=settings)
    assert (report.built, report.fresh) == ((), ("hefei", "合肥"))
    assert {path: path.stat().st_mtime_ns for path in outputs.rglob("*") if path.is_file()} == before


def test_same_bytes_from_nothing_and_from_two_processes(corpus, tmp_path, settings):
    build(corpus, tmp_path / "one", settings=settings)
    uncached = replace(settings, build=replace(settings.build, cache=str(tmp_path / "other"), jobs=2))
    build(corpus, tmp_path / "two", settings=uncached)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [("hefei.txt", ENGLISH + "It rained.\n", "document changed"), ("terms/own.tsv", TERMS, "terms changed")],
)
def test_what_changed_is_built_again_and_why_is_said(corpus, outputs, settings, file, text, reason):
    build(corpus, outputs, settings=settings)
    (corpus / file).write_text(text, encoding="utf-8")
    assert build(corpus, outputs, settings=settings).why["hefei"] == (reason,)


def test_only_the_changed_document_is_built(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    (corpus / "hefei.txt").write_text(ENGLISH + "It rained.\n", encoding="utf-8")
    assert build(corpus, outputs, settings=settings).built == ("hefei",)


def test_settings_and_engines_count_as_changes(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    fewer = replace(settings, summary=replace(settings.summary, min_points=1, max_points=1))
    assert build(corpus, outputs, settings=fewer).why["hefei"] == ("settings changed",)
    other = replace(fewer, summary=replace(fewer.summary, engine="extractive"))
    reasons = build(corpus, outputs, settings=other).why["hefei"]
    assert any(reason.startswith("summarizer changed: lead, guard 2 ->") for reason in reasons)


def test_without_word_documents(corpus, outputs, settings):
    without = replace(settings, build=replace(settings.build, docx=False))
    build(corpus, outputs, settings=without)
    assert not list(outputs.rglob("*.docx"))
    assert build(corpus, outputs, settings=settings).why["hefei"] == ("settings changed",)
    assert (outputs / "hefei" / "brief.docx").read_bytes().startswith(b"PK")
    build(corpus, outputs, settings=without)
    assert not list(outputs.rglob("*.docx"))


def test_a_missing_output_is_made_again(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    (outputs / "hefei" / "brief.html").unlink()
    assert build(corpus, outputs, settings=settings).why == {"hefei": ("brief.html is missing",)}
    assert (outputs / "hefei" / "brief.html").exists()


def test_a_bad_document_is_reported_and_the_rest_is_built(corpus, outputs, settings):
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    report = build(corpus, outputs, settings=settings)
    assert [failure.name for failure in report.failed] == ["empty", "picture"]
    assert all("\n" not in failure.message for failure in report.failed)
    assert report.built == ("hefei", "合肥")
    assert not report.clean


def test_what_is_no_document_is_named(corpus, outputs, settings):
    assert build(corpus, outputs, settings=settings).remarks == ()
    (corpus / "talks.txt").mkdir()
    (corpus / "photo.jpg").write_bytes(b"")
    (corpus / ".hidden").write_text("")
    (remark,) = build(corpus, outputs, settings=settings).remarks
    assert "passed over photo.jpg, talks.txt/;" in remark


def test_a_document_that_turned_bad_keeps_its_brief(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    before = contents(outputs / "hefei")
    (corpus / "hefei.txt").write_bytes(b"")
    assert [failure.name for failure in build(corpus, outputs, settings=settings).failed] == ["hefei"]
    assert contents(outputs / "hefei") == before


def test_outputs_of_a_document_that_is_gone_are_removed(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    (corpus / "hefei.txt").unlink()
    assert build(corpus, outputs, settings=settings).removed == ("hefei",)
    assert not (outputs / "hefei").exists()
    assert "hefei/brief.html" not in (outputs / "index.html").read_text(encoding="utf-8")


def test_an_edited_output_is_kept(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    (outputs / "hefei" / "brief.en.md").write_text("my words", encoding="utf-8")
    (corpus / "hefei.txt").write_text(ENGLISH + "It rained.\n", encoding="utf-8")
    report = build(corpus, outputs, settings=settings)
    assert report.kept == (str(Path("hefei") / "brief.en.kept.md"),)
    assert (outputs / "hefei" / "brief.en.kept.md").read_text(encoding="utf-8") == "my words"


def test_no_temporary_file_stays(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    assert not [path for path in outputs.rglob("*") if path.name.endswith(".tmp") or path.name == ".writable"]


def test_a_damaged_manifest_means_building_again(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    (outputs / "manifest.json").write_text("{", encoding="utf-8")
    assert build(corpus, outputs, settings=settings).built == ("hefei", "合肥")


def test_manifest_has_no_time_and_no_path(corpus, outputs, settings, tmp_path):
    build(corpus, outputs, settings=settings)
    text = (outputs / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert list(json.loads(text)["entries"]) == ["hefei", "合肥"]


def test_no_such_corpus_says_what_to_do(tmp_path, outputs):
    with pytest.raises(SettingsError, match="no such folder"):
        build(tmp_path / "nowhere", outputs)


def test_unknown_engine_lists_the_valid_ones(corpus, outputs):
    with pytest.raises(UnknownEngine, match="embedded"):
        build(corpus, outputs, settings=settings_from({"translation": {"engine": "babel"}}))


def test_outputs_that_are_a_file(corpus, tmp_path, settings):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        build(corpus, tmp_path / "taken", settings=settings)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_outputs_folder(corpus, outputs, settings):
    outputs.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="can't be written"):
        build(corpus, outputs, settings=settings)


def test_names_never_collide():
    paths = [Path(name) for name in ("a.md", "A.txt", "b.md", "index.html.md")]
    assert list(folder_names(paths)) == ["a-md", "A-txt", "b", "index.html-md"]


def test_command_line_exit_codes(corpus, outputs, tmp_path, settings, capsys):
    file = tmp_path / "own.toml"
    cache = (tmp_path / "cache").as_posix()
    engines = '[translation]\nengine = "echo"\n[summary]\nengine = "lead"\n'
    file.write_text(f'{engines}[build]\ncache = "{cache}"\n', encoding="utf-8")
    arguments = ["build", "--corpus", str(corpus), "--outputs", str(outputs), "--settings", str(file), "--why"]
    assert main(arguments) == 1  # an echo is no translation: findings
    assert "hefei: new document" in capsys.readouterr().out
    assert main(["build", "--corpus", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["build", "--corpus", str(corpus), "--engine", "babel"]) == 2


def test_settings_defaults_are_untouched_by_a_build():
    assert Settings() == settings_from({})
