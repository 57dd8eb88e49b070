"""Corrections: found in a review whatever happened to it, never lost, stronger than every engine."""

from __future__ import annotations

import csv
import io
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wivtext import tables
from wivtext.building import build
from wivtext.building import files as building_files
from wivtext.errors import MemoryFileError
from wivtext.findings import placed
from wivtext.memory import Correction, Memory, keep, key
from wivtext.memory.cells import BOM, cell, plain
from wivtext.memory.exchange import brief_of, export, export_document, import_file
from wivtext.memory.segments import Identity
from wivtext.settings import settings_from

ENGLISH = """Carmakers meet in Hefei

HEFEI - The autumn meeting of carmakers opened on Tuesday with 320 delegates.
"We will build 40,000 vans next year," said Lin Haoran, chairman of Northlake Motors.
He added that prices would not rise before July.
"""
OTHER = "Prices\n\nThe council met. It will not rain.\n"
OPENED = "HEFEI - The autumn meeting of carmakers opened on Tuesday with 320 delegates."
PRICES = "He added that prices would not rise before July."
CORRECTED = "他还表示，7月前不会涨价。"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "hefei.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "prices.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs"


@pytest.fixture
def settings(tmp_path):
    return settings_from(
        {"translation": {"engine": "echo"}, "summary": {"engine": "lead"}, "build": {"cache": str(tmp_path / "cache")}}
    )


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t"))


def edit(path: Path, source: str, **cells: str) -> None:
    """What a spreadsheet does that keeps the file as it is but for one row."""
    lines = rows(path)
    for line in lines:
        if line["source"] == source:
            line.update(cells)
    save(path, lines)


def save(path: Path, lines: list[dict[str, str]], encoding: str = "utf-8-sig", **options) -> None:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(lines[0]), delimiter=options.pop("delimiter", "\t"), **options)
    writer.writeheader()
    writer.writerows(lines)
    path.write_bytes(buffer.getvalue().encode(encoding))


def translation(outputs: Path, source: str) -> str:
    return next(line["translation"] for line in rows(outputs / "hefei" / "review.tsv") if line["source"] == source)


@pytest.mark.parametrize("column", ["correction", "translation"])
def test_an_edit_is_taken_kept_and_survives(corpus, outputs, settings, column):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, **{column: CORRECTED})
    report = build(corpus, outputs, settings=settings)
    assert (report.corrections, report.built, report.kept, report.remarks) == (1, ("hefei",), (), ())
    assert report.why == {"hefei": ("corrections changed",)}
    assert CORRECTED in (outputs / "hefei" / "brief.zh.md").read_text(encoding="utf-8").replace("7 月", "7月")
    assert translation(outputs, PRICES) == CORRECTED
    assert build(corpus, outputs, settings=settings).built == ()
    # Another engine, other settings, outputs that are gone: it stays.
    other = replace(settings, summary=replace(settings.summary, engine="extractive"))
    assert build(corpus, outputs, settings=other).built == ("hefei", "prices")
    assert translation(outputs, PRICES) == CORRECTED
    build(corpus, outputs.with_name("again"), settings=settings)
    assert translation(outputs.with_name("again"), PRICES) == CORRECTED


def test_title_and_points_are_corrected_too(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", "Carmakers meet in Hefei", correction="车企在合肥开会")
    edit(outputs / "hefei" / "review.tsv", OPENED, correction="合肥电 周二开幕的车企秋季会议有320名代表。")
    build(corpus, outputs, settings=settings)
    page = (outputs / "hefei" / "brief.zh.md").read_text(encoding="utf-8")
    assert page.startswith("# 车企在合肥开会\n")
    assert page.count("320 名代表。（人工校订）") > 1


@pytest.mark.parametrize(
    "how",
    [
        {"encoding": "utf-16"},
        {"encoding": "utf-8"},
        {"quoting": csv.QUOTE_ALL, "lineterminator": "\r\n"},
        {"delimiter": ","},
        {"delimiter": ";", "quoting": csv.QUOTE_ALL},
        {"encoding": "gb18030"},
    ],
    ids=["utf-16", "no mark", "quoted", "comma", "semicolon", "gb18030"],
)
def test_however_a_spreadsheet_saves_it(corpus, outputs, settings, how):
    build(corpus, outputs, settings=settings)
    path = outputs / "hefei" / "review.tsv"
    lines = sorted(rows(path), key=lambda line: line["source"], reverse=True)
    lines = [{name: line[name] for name in ("source", "note", "translation", "correction", "id")} for line in lines]
    for line in lines:
        line["source"] = line["source"].replace(" ", "  ")
        line["translation"] = CORRECTED if line["source"].startswith("He  added") else line["translation"] + " "
    save(path, lines, **how)
    report = build(corpus, outputs, settings=settings)
    assert (report.corrections, report.built) == (1, ("hefei",))
    [one] = Memory.load(corpus / "memory.tmx").corrections
    assert (one.target, one.context.split()[0], one.document) == (CORRECTED, '"We', "hefei")


def test_question_marks_for_chinese_are_no_correction(corpus, outputs, settings):
    (corpus / "terms").mkdir()
    (corpus / "terms" / "own.tsv").write_text("en\tzh\nvans\t厢式车\n", encoding="utf-8")
    build(corpus, outputs, settings=settings)
    path = outputs / "hefei" / "review.tsv"
    edit(path, PRICES, correction="不会涨价")
    damaged = path.read_bytes().decode("utf-8-sig").encode("ascii", "replace")
    path.write_bytes(damaged)
    (corpus / "hefei.txt").write_text(ENGLISH + "It rained.\n", encoding="utf-8")
    report = build(corpus, outputs, settings=settings)
    assert not (corpus / "memory.tmx").exists()
    assert "without Unicode" in report.remarks[0]
    assert (outputs / "hefei" / "review.kept.tsv").read_bytes() == damaged


def test_an_edit_whose_sentence_is_gone_is_kept_and_said(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, correction=CORRECTED)
    (corpus / "hefei.txt").write_text(ENGLISH.replace("July", "June"), encoding="utf-8")
    report = build(corpus, outputs, settings=settings)
    assert "kept in" in report.remarks[0] and "before July" in report.remarks[0]
    (corpus / "hefei.txt").write_text(ENGLISH, encoding="utf-8")
    build(corpus, outputs, settings=settings)
    assert translation(outputs, PRICES) == CORRECTED


def test_an_edit_of_a_document_that_is_gone_is_kept(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, correction=CORRECTED)
    (corpus / "hefei.txt").unlink()
    assert build(corpus, outputs, settings=settings).corrections == 1
    assert Memory.load(corpus / "memory.tmx").find(PRICES, "en", "zh").target == CORRECTED


def test_edits_survive_a_lost_manifest_and_lost_briefs(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, correction=CORRECTED)
    (outputs / "manifest.json").unlink()
    (outputs / "hefei" / "brief.json").unlink()
    assert build(corpus, outputs, settings=settings).corrections == 1
    assert translation(outputs, PRICES) == CORRECTED


def test_notes_stay(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, note="ask Lin")
    (corpus / "hefei.txt").write_text(ENGLISH + "It rained.\n", encoding="utf-8")
    assert build(corpus, outputs, settings=settings).kept == ()
    assert [line["note"] for line in rows(outputs / "hefei" / "review.tsv") if line["note"]] == ["ask Lin"]
    (corpus / "hefei.txt").write_text(ENGLISH.replace(PRICES, "It snowed."), encoding="utf-8")
    build(corpus, outputs, settings=settings)
    last = rows(outputs / "hefei" / "review.tsv")[-1]
    assert (last["id"], last["source"], last["note"]) == ("gone", PRICES, "ask Lin")


def test_an_edit_made_during_the_build_is_not_overwritten(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    for file in ("hefei.txt", "prices.txt"):
        (corpus / file).write_text((corpus / file).read_text(encoding="utf-8") + "\nIt rained.\n", encoding="utf-8")
    path = outputs / "prices" / "review.tsv"

    def progress(name: str, total: int) -> None:
        if name == "hefei":
            edit(path, "The council met.", correction="理事会开了会。")

    first = build(corpus, outputs, settings=settings, progress=progress)
    assert first.corrections == 1
    assert build(corpus, outputs, settings=settings).built == ("prices",)
    assert "理事会开了会。" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("file", ["memory.tmx", "brief.json", "review.tsv", "findings.csv", "manifest.json"])
def test_killed_at_any_point_nothing_is_lost(corpus, outputs, settings, file, moment):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", PRICES, translation=CORRECTED, note="checked")
    child = os.fork()
    if child == 0:
        _die_at(file, moment)
        build(corpus, outputs, settings=settings)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert build(corpus, outputs, settings=settings).kept == ()
    made = next(line for line in rows(outputs / "hefei" / "review.tsv") if line["source"] == PRICES)
    assert (made["translation"], made["note"]) == (CORRECTED, "checked")
    assert len(Memory.load(corpus / "memory.tmx")) == 1
    assert build(corpus, outputs, settings=settings).built == ()


def _die_at(file: str, moment: str) -> None:
    put = building_files._put_in_place

    def put_or_die(temporary: Path, path: Path) -> None:
        if path.name == file and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        put(temporary, path)
        if path.name == file:
            os.kill(os.getpid(), signal.SIGKILL)

    building_files._put_in_place = put_or_die


def test_same_sentence_twice_is_corrected_by_its_place(tmp_path, settings):
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Vans\n\nSales fell. We agree. Prices rose. We agree.\n", encoding="utf-8")
    build(corpus, outputs, settings=settings)
    path = outputs / "a" / "review.tsv"
    lines = rows(path)
    first, second = (line for line in lines if line["source"] == "We agree.")
    first["correction"], second["correction"] = "我们同意。", "没错。"
    save(path, lines)
    report = build(corpus, outputs, settings=settings)
    assert [line["translation"] for line in rows(path) if line["source"] == "We agree."] == ["我们同意。", "没错。"]
    assert "has 2 corrections" in report.remarks[0]


def test_what_checks_find_in_a_correction_is_a_notice(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    edit(outputs / "hefei" / "review.tsv", OPENED, correction="周二，车企秋季会议在合肥开幕，代表有230名。")
    build(corpus, outputs, settings=settings)
    brief = brief_of(outputs / "hefei")
    found = [one for one in placed(brief) if one.line.corrected]
    assert {one.severity for one in found} == {"notice"} and "number" in {one.finding.kind for one in found}
    assert len(tables.findings([brief])) == len(brief.findings)
    page = (outputs / "hefei" / "brief.html").read_text(encoding="utf-8")
    assert "<small>人工校订</small>" in page and '<p class="badge done"' in page


def test_script_spaces_and_quotes_make_no_difference():
    memory = Memory([Correction("林浩然說：「我們同意。」", "We agree.", "zh", "en")])
    assert memory.find("林浩然说： “我们同意。”", "zh", "en") is not None
    assert memory.find("林浩然说：“我们不同意。”", "zh", "en") is None
    assert memory.find("林浩然说：“我们同意。”", "en", "zh") is None


TRICKY = [
    "=1+1 rose",
    "-5%",
    "2026年5月",
    "'quoted'",
    "''=x",
    '"A" & <b>',
    "1/2",
    "A\u00a0b",
    "+86 10",
    "@home",
    "😀好",
]


@given(st.text(max_size=20))
def test_cells_come_back(text):
    assert plain(cell(text)) == text


@pytest.mark.parametrize("ending", [".tmx", ".xlf", ".tsv"])
def test_round_trip(tmp_path, ending):
    units = [Correction(f"{text} {i}", text, "en", "zh", note="n") for i, text in enumerate(TRICKY)]
    units += [Correction("涨了。", "Up.", "zh", "en")]
    memory = Memory(units)
    export(memory, tmp_path / f"out{ending}")
    import_file(tmp_path / f"out{ending}", tmp_path / "memory.tmx")
    back = Memory.load(tmp_path / "memory.tmx")
    wanted = {(key(one.source), " ".join(one.target.split()), one.target_language) for one in memory.corrections}
    assert {(key(one.source), one.target, one.target_language) for one in back.corrections} == wanted


def test_a_memory_file_is_the_same_every_time_and_merges(tmp_path):
    one = Correction("Up.", "上涨。", "en", "zh", document="a", context="First.", author="li", date="20260101T000000Z")
    two = Correction("Down.", "下跌。", "en", "zh")
    Memory([one, two]).save(tmp_path / "a.tmx")
    Memory([two, one]).save(tmp_path / "b.tmx")
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()
    assert Memory.load(tmp_path / "a.tmx") == Memory([one, two])


def test_tmx_is_what_the_standard_and_omegat_want(tmp_path):
    from lxml import etree

    Memory([Correction("Up.", "上涨。", "en", "zh"), Correction("漲了。", "It rose.", "zh", "en")]).save(
        tmp_path / "m.tmx"
    )
    tree = etree.parse(tmp_path / "m.tmx", etree.XMLParser(load_dtd=False))
    dtd = etree.DTD(io.StringIO(TMX_14))
    assert dtd.validate(tree), dtd.error_log
    header = tree.getroot().find("header")
    assert dict(header.attrib) | {"creationtoolversion": ""} == {
        "creationtool": "wivtext",
        "creationtoolversion": "",
        "segtype": "sentence",
        "o-tmf": "wivtext",
        "adminlang": "en",
        "srclang": "*all*",
        "datatype": "plaintext",
    }
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [tuv.get(lang) for tuv in tree.iter("tuv")] == ["en", "zh-CN", "zh-TW", "en"]


# The elements and attributes of TMX 1.4b that an exchange of plain pairs may use, as its DTD has them.
TMX_14 = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)> <!ELEMENT tu ((note|prop)*, tuv+)> <!ATTLIST tu srclang CDATA #IMPLIED tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""

OMEGAT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" creationtoolversion="6.0.0"
    segtype="sentence" srclang="EN-US"/>
  <body>
    <tu><tuv lang="EN-US"><seg>Sales <bpt i="0">&lt;g0&gt;</bpt>rose<ept i="0">&lt;/g0&gt;</ept>.</seg></tuv>
      <tuv lang="ZH-CN" changeid="wang" changedate="20260301T101112Z"><seg>销量上升。</seg></tuv></tu>
    <tu><prop type="file">may.txt</prop><prop type="prev">First.</prop>
      <tuv lang="EN-US"><seg>Up.</seg></tuv><tuv lang="ZH-CN"><seg>升。</seg></tuv></tu>
    <tu><tuv lang="EN-US"><seg>Empty.</seg></tuv><tuv lang="ZH-CN"><seg></seg></tuv></tu>
    <tu><tuv lang="EN-US"><seg>Haut.</seg></tuv><tuv lang="FR"><seg>Haut.</seg></tuv></tu>
  </body>
</tmx>
"""


def test_tmx_of_omegat(tmp_path):
    (tmp_path / "project_save.tmx").write_text(OMEGAT, encoding="utf-8")
    import_file(tmp_path / "project_save.tmx", tmp_path / "memory.tmx")
    first, second = Memory.load(tmp_path / "memory.tmx").corrections
    assert (first.source, first.target, first.author, first.date) == (
        "Sales rose.", "销量上升。", "wang", "20260301T101112Z",
    )  # fmt: skip
    assert (second.source, second.document, second.context) == ("Up.", "may.txt", "First.")


XLIFF_2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="zh-Hans">
 <file id="f"><unit id="1">
 <segment state="final"><source>Up <pc id="1">5%</pc>.</source><target>上涨<pc id="1">5%</pc>。</target></segment>
 <segment state="initial"><source>Down.</source><target>下</target></segment></unit></file></xliff>
"""


def test_xliff_2(tmp_path):
    (tmp_path / "a.xliff").write_text(XLIFF_2, encoding="utf-8")
    import_file(tmp_path / "a.xliff", tmp_path / "memory.tmx")
    assert [(one.source, one.target) for one in Memory.load(tmp_path / "memory.tmx").corrections] == [
        ("Up 5%.", "上涨5%。")
    ]


def test_a_document_through_a_cat_tool(corpus, outputs, settings, tmp_path):
    build(corpus, outputs, settings=settings)
    path = tmp_path / "hefei.xlf"
    export_document(brief_of(outputs / "hefei"), path)
    text = path.read_text(encoding="utf-8")
    target = f'<target state="translated">{translation(outputs, PRICES)}</target>'
    assert text.count(target) == 1
    path.write_text(text.replace(target, f"<target>{CORRECTED}</target>"), encoding="utf-8")
    assert len(import_file(path, corpus / "memory.tmx").corrections) == 1
    assert build(corpus, outputs, settings=settings).built == ("hefei",)
    assert translation(outputs, PRICES) == CORRECTED


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tmx version="1.4"><header/><body>{}</body></tmx>'
HOSTILE = {
    "laughs": LAUGHS.format("&b;"),
    "unused": LAUGHS.format(""),
    "file": '<!DOCTYPE tmx [<!ENTITY f SYSTEM "file:///etc/passwd">]><tmx version="1.4"><body>&f;</body></tmx>',
    "torn": '<tmx version="1.4"><body><tu>',
    "merge": '<tmx version="1.4">\n<<<<<<< HEAD\n</tmx>',
    "other": "<html/>",
    "empty": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("ending", [".tmx", ".xlf"])
def test_hostile_and_damaged_files_are_refused_in_one_line(tmp_path, text, ending):
    path = tmp_path / f"bad{ending}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MemoryFileError) as error:
        import_file(path, tmp_path / "memory.tmx")
    assert str(path) in str(error.value) and "\n" not in str(error.value)
    assert not (tmp_path / "memory.tmx").exists()


def test_a_damaged_memory_stops_the_build(corpus, outputs, settings):
    (corpus / "memory.tmx").write_text("<tmx>", encoding="utf-8")
    with pytest.raises(MemoryFileError):
        build(corpus, outputs, settings=settings)


def test_import_of_a_plain_pair_replaces_the_correction_in_its_place(tmp_path):
    path = tmp_path / "memory.tmx"
    keep(path, [Correction("Up.", "升。", "en", "zh", document="may", context="First.")])
    Memory([Correction("Up.", "涨。", "en", "zh")]).save(tmp_path / "new.tmx")
    import_file(tmp_path / "new.tmx", path)
    assert [(one.target, one.document) for one in Memory.load(path).corrections] == [("涨。", "may")]


def test_review_begins_with_a_mark_and_an_id_says_what_was_written(corpus, outputs, settings):
    build(corpus, outputs, settings=settings)
    path = outputs / "hefei" / "review.tsv"
    assert path.read_text(encoding="utf-8").startswith(BOM + "id\tsource\ttranslation\tcorrection\tfindings\tnote\n")
    places = [Identity.parse(line["id"]).place for line in rows(path)]
    assert places[:3] == ["title", "s0", "s1"]


def test_correct_from_a_cell(corpus, tmp_path, settings):
    from wivtext import brief, correct, read
    from wivtext.engines.fakes import EchoTranslator, LeadSummarizer
    from wivtext.errors import SettingsError

    engines = {"translator": EchoTranslator(), "summarizer": LeadSummarizer()}
    document = read(corpus / "hefei.txt")
    path = tmp_path / "memory.tmx"
    made = correct(brief(document, **engines), {2: CORRECTED, "title": "车企开会"}, memory=path)
    assert (made.sentences[2].zh, made.title.zh, made.sentences[2].corrected) == (CORRECTED, "车企开会", True)
    assert brief(document, **engines, memory=Memory.load(path)).sentences[2].zh == CORRECTED
    with pytest.raises(SettingsError, match="no sentence 99"):
        correct(made, {99: "x"}, memory=path)
