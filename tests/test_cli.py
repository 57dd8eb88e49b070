"""The commands as other programs call them: output forms, exit codes, one clear line for each bad input."""

import io
import json
import subprocess
import sys

import pytest

from wivtext.cli import COMMANDS, main

ARTICLE = """Carmakers meet in Hefei

HEFEI - The autumn meeting of carmakers opened on Tuesday with 320 delegates.
"We will build 40,000 vans next year," said Lin Haoran, chairman of Northlake Motors.
He added that prices would not rise before July.
"""


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "hefei.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_speakers_json_is_the_documented_form(article, capsys):
    code, out, _ = run(capsys, "speakers", article, "--json")
    result = json.loads(out)
    assert code == 0
    assert set(result) == {"language", "speakers", "statements", "sentences"}
    assert set(result["speakers"][0]) >= {"id", "name", "aliases", "role", "organisation"}
    assert set(result["statements"][0]) >= {"speaker", "kind", "sentences", "cue", "confidence"}
    assert [set(line) for line in result["sentences"]] == [{"index", "start", "end", "text", "speaker", "kind"}] * 3
    assert [line["speaker"] for line in result["sentences"]] == [None, "Lin Haoran", "Lin Haoran"]
    assert [line["kind"] for line in result["sentences"]] == [None, "direct", "indirect"]


def test_sentence_offsets_are_those_of_the_file(article, capsys):
    result = json.loads(run(capsys, "speakers", article, "--json")[1])
    assert all(ARTICLE[line["start"] : line["end"]] == line["text"] for line in result["sentences"])


def test_speakers_for_people_has_every_statement(article, capsys):
    code, out, _ = run(capsys, "speakers", article)
    assert code == 0
    assert "Lin Haoran" in out
    assert "Northlake Motors" in out
    assert "40,000 vans" in out


def test_translate_keeps_lines_and_blank_lines(tmp_path, capsys):
    path = tmp_path / "lines.txt"
    path.write_text("One.\n\nTwo. And a half.\n", encoding="utf-8")
    _, out, _ = run(capsys, "translate", path, "--to", "zh", "--engine", "echo")
    lines = out.split("\n")
    assert (len(lines), lines[1], lines[3]) == (4, "", "")


def test_translate_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("销量增长。\n".encode()), encoding="utf-8"))
    code, out, err = run(capsys, "translate", "-", "--to", "en", "--engine", "echo")
    assert code == 1  # an echo is no translation
    assert out.count("\n") == 1
    assert "--json shows them" in err


def test_translate_json_has_one_object_a_line(article, capsys):
    _, out, _ = run(capsys, "translate", article, "--to", "zh", "--engine", "echo", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3, 4, 5]
    assert all(set(line) == {"line", "source", "target", "engine", "findings"} for line in lines)
    findings = [finding for line in lines for finding in line["findings"]]
    assert all(set(finding) == {"kind", "source", "target", "message"} for finding in findings)


def test_summarize_json_is_the_documented_form(article, capsys):
    code, out, _ = run(capsys, "summarize", article, "--sentences", 2, "--json")
    result = json.loads(out)
    assert (code, set(result), len(result["points"])) == (0, {"language", "points", "engine"}, 2)
    assert all(set(point) == {"text", "sentences"} for point in result["points"])


def test_check_finds_a_wrong_number_on_its_line(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Sales rose.\nIt sold 3.5 billion units.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("销量增长。\n销量为35万台。\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", tmp_path / "a.txt", tmp_path / "b.txt", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert lines[0]["findings"] == []
    assert "number" in {finding["kind"] for finding in lines[1]["findings"]}


def test_check_of_a_right_translation_is_clean(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("公司投资90亿元。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The company is investing 9 billion yuan.\n", encoding="utf-8")
    assert run(capsys, "check", tmp_path / "a.txt", tmp_path / "b.txt")[:2] == (0, "")


def test_check_says_where_files_of_different_length_part(tmp_path, capsys):
    lost = "The engineers repaired the damaged bridge within two weeks."
    (tmp_path / "a.txt").write_text(f"It opens in May.\n{lost}\nSales rose by 5%.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("5月开业。\n公司全年销量增长了5%，利润下降。\n\n", encoding="utf-8")
    code, out, err = run(capsys, "check", tmp_path / "a.txt", tmp_path / "b.txt", "--json")
    assert code == 1
    assert "3 lines" in err
    assert "part at line 2" in err
    findings = [[finding["kind"] for finding in json.loads(line)["findings"]] for line in out.splitlines()]
    assert findings[0] == []
    assert "omission" in findings[1]
    assert findings[2] == ["omission"]


def test_brief_writes_its_files(article, tmp_path, capsys):
    run(capsys, "brief", article, "--engine", "echo", "-o", tmp_path / "out")
    names = {path.name for path in (tmp_path / "out" / "hefei").iterdir()}
    assert names == {"brief.en.md", "brief.zh.md", "brief.html", "brief.json", "brief.docx"}


def test_brief_writes_no_word_document_where_the_settings_want_none(article, tmp_path, capsys):
    (tmp_path / "own.toml").write_text("[build]\ndocx = false\n", encoding="utf-8")
    own = ("--engine", "echo", "--settings", tmp_path / "own.toml")
    run(capsys, "brief", article, *own, "-o", tmp_path / "one")
    run(capsys, "brief", "--across", article, *own, "-o", tmp_path / "all")
    for folder in ("one", "all"):
        assert not list((tmp_path / folder).rglob("*.docx")) and list((tmp_path / folder).rglob("brief.html"))


def test_brief_goes_on_after_a_bad_file(article, tmp_path, capsys):
    (tmp_path / "empty.txt").write_bytes(b"")
    code, out, err = run(capsys, "brief", tmp_path / "empty.txt", article, "--engine", "echo")
    assert code == 1
    assert "Carmakers meet in Hefei" in out
    assert "empty.txt" in err


BAD_FILES = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 40,
    "sheet.xlsx": b"PK\x03\x04",
    "damaged.docx": b"PK",
}


@pytest.mark.parametrize(("name", "content"), BAD_FILES.items())
@pytest.mark.parametrize("command", [["speakers"], ["summarize"], ["brief"]])
def test_bad_input_is_one_line_and_exit_2(tmp_path, capsys, command, name, content):
    (tmp_path / name).write_bytes(content)
    code, out, err = run(capsys, *command, tmp_path / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert name in err


@pytest.mark.parametrize("command", [["speakers"], ["summarize"], ["brief"], ["translate", "--to", "zh"]])
def test_a_file_that_is_not_there(tmp_path, capsys, command):
    code, _, err = run(capsys, *command, tmp_path / "nowhere.txt")
    assert (code, err.count("\n")) == (2, 1)
    assert "nowhere.txt" in err


def test_unknown_engine_lists_the_valid_ones(article, capsys):
    code, _, err = run(capsys, "translate", article, "--to", "zh", "--engine", "babel")
    assert code == 2
    assert "embedded" in err
    assert "server" in err


def test_unknown_settings_are_refused_together(article, tmp_path, capsys):
    (tmp_path / "own.toml").write_text("[translation]\nbeem = 4\n[sumary]\n", encoding="utf-8")
    code, _, err = run(capsys, "summarize", article, "--settings", tmp_path / "own.toml")
    assert code == 2
    assert "translation.beem" in err
    assert "[sumary]" in err


def test_models_list_shows_licences(capsys):
    code, out, _ = run(capsys, "models", "list")
    assert code == 0
    assert "opus-mt-en-zh" in out
    assert "non-commercial" in out


def test_a_model_that_is_not_there_gives_one_line(article, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    code, _, err = run(capsys, "translate", article, "--to", "zh", "--engine", "ctranslate2:Helsinki-NLP/opus-mt-en-zh")
    assert (code, err.count("\n")) == (2, 1)
    assert "wivtext models pull" in err


def test_memory_import_list_and_export(tmp_path, capsys):
    memory = tmp_path / "corpus" / "memory.tmx"
    (tmp_path / "a.tsv").write_text("source\ttranslation\tid\tcorrection\nIt rose.\t\t\t上升了。\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("id\tsource\tcorrection\n\tIt rose.\t涨了。\n", encoding="utf-8")
    assert run(capsys, "memory", "import", tmp_path / "a.tsv", "--memory", memory)[0] == 0
    code, out, _ = run(capsys, "memory", "import", tmp_path / "b.tsv", "--memory", memory, "--author", "li")
    assert (code, out.splitlines()[-1]) == (0, f"{memory}: 1 corrections")
    assert "It rose.\t涨了。" in run(capsys, "memory", "list", "--memory", memory)[1]
    assert run(capsys, "memory", "export", tmp_path / "out.xlf", "--memory", memory)[0] == 0
    assert "<source>It rose.</source>" in (tmp_path / "out.xlf").read_text(encoding="utf-8")
    (tmp_path / "text.txt").write_text("It  rose.\n", encoding="utf-8")
    options = ("--to", "zh", "--engine", "echo", "--memory", memory, "--json")
    translated = json.loads(run(capsys, "translate", tmp_path / "text.txt", *options)[1])
    assert (translated["target"], translated["engine"]) == ("涨了。", "memory")
    code, _, err = run(capsys, "memory", "import", tmp_path / "none.tmx", "--memory", memory)
    assert (code, err.count("\n")) == (2, 1)


def test_every_command_has_help():
    for name in COMMANDS:
        command = [sys.executable, "-m", "wivtext", name, "--help"]
        assert "usage: wivtext" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_closed_pipe_is_no_error(article):
    command = f"{sys.executable} -m wivtext speakers {article} | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_system_refuses_is_one_line(tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "corpus")

    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert main(["build"]) == 2
    assert capsys.readouterr().err == "wivtext: corpus: Permission denied; check the path and its permissions\n"
