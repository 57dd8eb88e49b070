"""Hostile input: whatever it is, a stage ends soon, with its result or with one line that says what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz import grown
from hostile import UNITS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patterns import patterns, slow_texts
from stages import STAGES, run, word_file, zipped

from wivtext.building import build
from wivtext.building.corpus import folder_names, safe_name
from wivtext.building.manifest import Manifest
from wivtext.building.names import open_names
from wivtext.checking import check
from wivtext.cli import main
from wivtext.cli.options import show
from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer
from wivtext.errors import DocumentError, MemoryFileError, TermBaseError
from wivtext.memory import tmx, xliff
from wivtext.reading import read, read_text
from wivtext.reading.readers import frontmatter, markdown
from wivtext.reading.sentences import LONGEST, split
from wivtext.records import Sentence
from wivtext.settings import Settings, settings_from
from wivtext.terms import TermBase
from wivtext.terms.files import read_terms

ANY = st.text(max_size=60)
PIECED = st.lists(st.sampled_from([*UNITS, "\n\n", "\n", " ", ". ", "。", "said ", "说"]) | ANY, max_size=25).map(
    "".join
)
FOUND = {
    # what the fuzzer found, by stage
    "front_matter": ["[" * 400],
    "attributing": ["张伟" + "晚间" * 1_000 + "向还还还还" * 100 + "说。"],
    "term_file": ["\n\0"],
    "captions_inside": ["<v" + "." * 5_000],
    "reading_quantities": ["销量１２．５％，", "Sales of ８ in １２：３０.", "1８1"],
    "typesetting": ["他说。ΰ a", "好！ßa", "好？ŉa", "好。ᾳ", '‘"”\'汉"', "好.\n."],
}
NEWS = "The plant opened on Monday, said Li Na of Lanchi Auto. Exports will rise by 5 percent in May.\n"


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(text=PIECED)
def test_any_text_gets_through(stage, text):
    run(stage, text)


@pytest.mark.parametrize(("stage", "text"), [(stage, text) for stage, texts in FOUND.items() for text in texts])
def test_what_was_found_stays_mended(stage, text):
    run(stage, text)


# Time


LONG = ['"' * 100_000, "“" * 100_000, "(" * 100_000, ", " * 50_000, "1" * 100_000, "a" * 1_000_000]
LONG += ["<div>" * 20_000, "a\n" * 20_000, " X said" * 14_000, ">" * 100_000]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:5])
def test_a_long_text_of_nothing_is_read_in_time(text):
    for stage in ("splitting", "plain_reading", "captions_inside"):
        _in_time(stage, text)
    _in_time("markdown_reading", text)
    _in_time("html_reading", text)


def test_no_sentence_is_endless():
    text = "word " * 2_000 + "汉" * 9_000
    spans = split(text, "en")
    assert max(end - start for start, end in spans) <= LONGEST
    assert "".join(text[start:end] for start, end in spans) == text


def test_a_line_that_is_too_long_is_said_not_checked():
    (finding,) = check("a" * 20_000, "汉" * 20_000, "en", "zh")
    assert "20,000 characters" in finding.message


def _in_time(stage: str, text: str) -> None:
    import time

    started = time.process_time()
    run(stage, text)
    # A hundred times what it takes; what grows with the square takes hours.
    assert time.process_time() - started < 60


# What kept each stage longest when `fuzz.py --growth` tried all of hostile.py.
BUSIEST = {
    "splitting": ["A. ", "~~~\\n"],
    "plain_reading": ["a time and spaces", "Q: Why?\\nA: No.\\n"],
    "markdown_reading": ["![", "table"],
    "html_reading": ["<p>x"],
    "docx_reading": ["\\n"],
    "captions_inside": ["<v"],
    "attributing": ["No. ", "many names"],
    "reading_quantities": ["1-"],
    "checking": ["english news"],
    "typesetting": ["chinese news", "spaces between Chinese"],
    "matching_terms": ["Mr. "],
    "translating": ["english news"],
    "summarizing": ["english news"],
}


@pytest.mark.parametrize(("stage", "name"), [(stage, name) for stage, names in BUSIEST.items() for name in names])
def test_eight_times_the_text_takes_about_eight_times_as_long(stage, name):
    run(stage, "Sales rose 5%, said Li Na.")
    assert grown(stage, name, 2_000) is None


def test_sentences_of_ever_new_words_take_little_memory():
    import tracemalloc

    texts = ["".join(chr(0x4E00 + (n * 7919 + i * i * 31) % 20_000) for i in range(200)) for n in range(200)]
    sentences = tuple(Sentence(n, 0, 200, text, n, "zh") for n, text in enumerate(texts))
    tracemalloc.start()
    try:
        ExtractiveSummarizer().summarize([Passage(sentences, "zh", 5)])
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


def test_no_regular_expression_is_slow():
    known = patterns()
    assert len(known) > 400
    # Twice: a machine may pause once.
    slow = [name for name in known if any(slow_texts(name, known[name], 600, 0.5))]
    assert [name for name in slow if any(slow_texts(name, known[name], 600, 0.5))] == []


@pytest.mark.parametrize("hostile", ["(?:a+)+b", "(?:a|a)*b", r"(?:\w+\s?)*:", "(x*)*y"])
def test_a_slow_expression_is_found(hostile):
    assert any(slow_texts("", re.compile(hostile), 20, 0.005))


# Files


def test_a_long_markdown_is_read_in_pieces(monkeypatch):
    monkeypatch.setattr(markdown, "_PIECE", 2_000)
    text = (
        "[Monday]: http://example.org\n\n"
        + "Opened [Monday], said **Li**.\n\n- one\n\n- two\n\n```\n# code\n\n```\n\n" * 400
    )
    page = markdown.read(text.encode(), "a.md")
    assert [block.text for block in page.paragraphs[:5]] == [
        "Opened Monday, said Li.",
        "one",
        "two",
        "# code",
        "Opened Monday, said Li.",
    ]
    assert len(page.paragraphs) == 1_600
    assert {block.text for block in page.paragraphs} == {"Opened Monday, said Li.", "one", "two", "# code"}


def test_yaml_that_writes_itself_out(tmp_path):
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert len(str(frontmatter.take_front_matter(f"---\na0: &a0 [x]\n{levels}---\nText.", "a.md"))) < 1_000


def test_half_a_character_of_yaml(tmp_path):
    assert frontmatter.take_front_matter('---\ntitle: "a\\ud800\\nb"\n---\nText.', "a.md")[0] == {"title": "a b"}
    assert read_text("Sales\ud800 rose.").text == "Sales  rose."


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "reader", "refusal"),
    [
        ("a.tmx", tmx.read, MemoryFileError),
        ("a.xlf", xliff.read, MemoryFileError),
        ("a.tbx", read_terms, TermBaseError),
    ],
)
def test_entities_are_never_expanded(tmp_path, name, reader, refusal):
    path = tmp_path / name
    seg = '<tu><tuv xml:lang="en"><seg>&b;&f;</seg></tuv><tuv xml:lang="zh"><seg>好</seg></tuv></tu>'
    path.write_text(f"{LAUGHS}<tmx><body>{seg}</body></tmx>", encoding="utf-8")
    with pytest.raises(refusal) as caught:
        reader(path)
    assert "\n" not in str(caught.value)


def test_entities_in_word_are_never_expanded(tmp_path):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = (
        f"{LAUGHS}<w:document {space}><w:body><w:p><w:r><w:t>Sales rose. &f;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(_with_part(word_file("x"), "word/document.xml", data.encode()))
    try:
        assert read(path).text == "Sales rose."
    except DocumentError as error:
        assert "damaged" in str(error)


def _with_part(word: bytes, name: str, content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return zipped({part: archive.read(part) for part in archive.namelist()} | {name: content})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_corpus_of_traps_is_built_but_for_them(tmp_path):
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    (corpus / "terms").mkdir(parents=True)
    for name in ("pipe.txt", "terms/pipe.tsv"):
        os.mkfifo(corpus / name)
    (corpus / "folder.md").mkdir()
    (corpus / "broken.txt").symlink_to("nowhere")
    (corpus / "endless.txt").symlink_to("/dev/zero")
    (corpus / "empty.txt").touch()
    (corpus / "zeros.txt").write_bytes(b"\0" * 1_000)
    (corpus / "binary.md").write_bytes(bytes(range(256)) * 4)
    (corpus / "large.txt").write_bytes(NEWS.encode() * 12_000)
    sound = [
        "a.md",
        "a.txt",
        "CON.txt",
        "a\nb.txt",
        "a:b.txt",
        "x..\\up.txt",
        "x....txt",
        "-o.md",
        "汉" * 80 + ".txt",
        "wide.txt",
    ]
    for name in sound:
        (corpus / name).write_text(NEWS, encoding="utf-8")
    (corpus / "wide.txt").write_bytes(NEWS.encode("utf-16-le"))
    own = {"reading": {"largest": 1}, "translation": {"engine": "echo"}, "summary": {"engine": "lead"}}
    report = build(corpus, outputs, settings=settings_from(own | {"build": {"cache": str(tmp_path / "cache")}}))
    assert {failure.name for failure in report.failed} == {
        "empty", "zeros", "binary", "large", "pipe", "broken", "endless"
    }  # fmt: skip
    assert all("\n" not in failure.message for failure in report.failed)
    assert len(report.built) == len(sound)
    assert {"a-md", "a-txt", safe_name("a\nb")} <= set(report.built)
    briefs = [path.parent.parent for path in outputs.rglob("brief.json")]
    assert briefs == [outputs] * len(sound)


def test_a_document_is_no_pipe(tmp_path):
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    with pytest.raises(DocumentError, match="a pipe or a device"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.parametrize("name", ["wivtext.toml", "corpus/memory.tmx", "terms.tsv", "terms.csv", "terms.tbx"])
def test_nobody_waits_for_a_pipe(tmp_path, monkeypatch, capsys, name):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(NEWS, encoding="utf-8")
    os.mkfifo(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    given = ["--terms", name] if name.startswith("terms") else []
    assert main(["brief", "corpus/a.txt", *given]) == 2
    said = capsys.readouterr().err
    assert f"{name}: can't be read (a pipe or a device, not a file)" in said and said.count("\n") == 1
    for command in (["check", name, "corpus/a.txt"], ["evaluate", name], ["memory", "import", name]):
        assert main(command) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_link_to_nothing_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.symlink_to("nowhere")
    with pytest.raises(DocumentError, match="a link to nothing"):
        read(path)


def test_a_newline_in_a_name_leaves_the_message_on_one_line(tmp_path, capsys):
    path = tmp_path / "a\nb\u2028c.txt"
    path.touch()
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert len(str(caught.value).splitlines()) == 1
    assert main(["speakers", str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_name_that_is_no_text_can_be_shown(capsys):
    show("\udcffa.txt")
    assert capsys.readouterr().out == "\ufffda.txt\n"


@pytest.mark.parametrize("command", ["speakers", "summarize", "check", "terms propose", "translate --to zh"])
def test_the_largest_size_is_every_commands(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wivtext.toml").write_text("[reading]\nlargest = 1\n")
    (tmp_path / "a.txt").write_bytes(NEWS.encode() * 12_000)
    assert main([*command.split(), "a.txt", *(["a.txt"] if command == "check" else [])]) == 2
    assert "1 MB, more than 1 MB" in capsys.readouterr().err


def test_a_raised_size_holds_for_the_names_of_a_corpus(tmp_path):
    path, terms = tmp_path / "a.txt", TermBase.load(starter=False)
    path.write_text("Lin Haoran (林浩然), chairman of Lanchi Auto, spoke.\n" * 20_000, encoding="utf-8")
    for largest, pairs in ((1, ()), (2, (("Lin Haoran", "林浩然"),))):
        assert open_names(tmp_path, tmp_path, {"a": path}, Manifest(), terms, largest).pairs == pairs


def test_an_output_that_lacks_the_characters_shows_their_numbers(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("张伟说，销量增长5%。", encoding="utf-8")
    command = [sys.executable, "-m", "wivtext", "speakers", str(path)]
    done = subprocess.run(command, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60)
    assert done.returncode == 0 and b"\\u5f20\\u4f1f" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="closes standard streams as a shell does")
@pytest.mark.parametrize(("closed", "code"), [(">&-", 0), ("<&-", 0), ("2>&-", 0)])
def test_closed_streams_do_no_harm(tmp_path, closed, code):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    line = f"'{sys.executable}' -m wivtext speakers a.txt {closed}"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == code and "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_output_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    command = [sys.executable, "-m", "wivtext", "speakers", "a.txt"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2 and "standard output: No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("given", ["build --jobs 0", "summarize a.txt --sentences -3", "terms propose . --least 0"])
def test_numbers_below_one_are_refused(given, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(given.split())
    assert stopped.value.code == 2 and "is below 1" in capsys.readouterr().err


def test_a_file_of_nested_brackets(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, content in (("brief.json", "[" * 200_000), ("deep.toml", "a = " + "[" * 200_000)):
        (tmp_path / name).write_text(content)
    assert main(["memory", "export", "b.tmx", "--document", "brief.json"]) == 2
    assert main(["terms", "check", "brief.json"]) == 2
    assert main(["brief", "--across", "."]) == 2
    assert main(["speakers", "a.txt", "--settings", "deep.toml"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


@given(st.lists(st.text(min_size=1, max_size=300), max_size=6))
@settings(max_examples=25, derandomize=True, deadline=None, database=None)
def test_folders_of_documents_are_apart_and_inside(stems):
    paths = [Path(f"{stem.replace('/', '')}x{ending}") for stem in stems for ending in (".md", ".txt")]
    names = folder_names(paths)
    assert len({name.casefold() for name in names}) == len(paths)
    for name in names:
        assert len(name.encode()) < 230 and Path(name).name == name and name not in ("", ".", "..")


def test_two_documents_of_one_name_in_two_folders():
    paths = [Path("x/a.md"), Path("y/a.md"), Path("a-md.md")]
    assert folder_names(paths) == {"a-md": paths[0], "a-md-2": paths[1], "a-md-3": paths[2]}


def test_a_line_of_two_hundred_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(DocumentError, match=r"200 MB, more than 50 MB; .*reading\.largest"):
        read(path)


# Network

_SEALED = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"):
        raise SystemExit(f"a connection: {event} {arguments}")
sys.addaudithook(refuse)
import wivtext
from wivtext.cli import main
sys.exit(max(main(command.split(":")) for command in sys.argv[1].split(" ")))
"""


def _sealed(commands: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`wivtext` where every attempt to connect ends the process; nothing else tells it to stay offline."""
    left = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    command = [sys.executable, "-c", _SEALED, commands]
    return subprocess.run(command, cwd=cwd, env=left | variables, capture_output=True, text=True, timeout=300)


def test_the_default_way_opens_no_connection(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(NEWS, encoding="utf-8")
    done = _sealed("build brief:corpus/a.txt", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode in (0, 1), done.stderr
    assert "1 built" in done.stdout and "on Monday, said Li Na" in done.stdout


def test_the_seal_holds(tmp_path):
    pulled = _sealed("models:pull:opus-mt-zh-en", cwd=tmp_path, HF_HOME=str(tmp_path))
    assert "a connection: socket" in pulled.stderr or pulled.returncode == 2


def test_a_text_of_nothing_but_marks_is_refused():
    with pytest.raises(DocumentError):
        read_text("“" * 1_000)
    assert Settings().reading.largest == 50


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_in_the_place_of_outputs_are_replaced(tmp_path):
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    own = settings_from({"translation": {"engine": "echo"}, "build": {"cache": str(tmp_path / "cache")}})
    (corpus / "a.txt").write_text(NEWS, encoding="utf-8")
    build(corpus, outputs, settings=own)
    whole = {path: path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
    for path in whole:
        path.unlink()
        os.mkfifo(path)
    build(corpus, outputs, settings=own)
    assert {path: path.read_bytes() for path in whole if path.is_file()} == whole
