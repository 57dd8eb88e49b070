import csv
import io

import pytest
from lxml import etree

from wivtext.errors import TermBaseError
from wivtext.terms import TermBase, TermEntry
from wivtext.terms.files import merge, read_terms, write_terms

ENTRIES = [
    TermEntry("Lanchi Auto", "澜驰汽车", "carmaker", ("Lanchi",), ("澜驰",), "invented"),
    TermEntry("AT&T <Auto>", "“十四五”规划", "", (), ("十四五", "“十四五”")),
    TermEntry("=SUM(A1)", "+86", "code", ("-5%", "'quoted'"), (), "@home, really"),
]


def plain(entries):
    return [(e.en, e.zh, e.kind, e.en_variants, e.zh_variants, e.note) for e in entries]


@pytest.mark.parametrize("suffix", ["tsv", "csv", "tbx"])
def test_nothing_is_lost_on_the_way(tmp_path, suffix):
    path = tmp_path / f"terms.{suffix}"
    path.write_text(write_terms(ENTRIES, path), encoding="utf-8", newline="")
    assert plain(row.entry for row in read_terms(path)) == plain(ENTRIES)


def test_the_whole_starter_goes_through_tbx_and_csv(tmp_path):
    entries = list(TermBase.load().entries)
    for name in ("a.tbx", "b.csv", "c.tsv"):
        path = tmp_path / name
        path.write_text(write_terms(entries, path), encoding="utf-8", newline="")
        again = [row.entry for row in read_terms(path)]
        assert plain(again) == plain(entries)
        entries = again


def test_no_cell_is_a_formula(tmp_path):
    text = write_terms(ENTRIES, tmp_path / "terms.csv")
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_other_tools_open_the_tbx(tmp_path):
    tbx = pytest.importorskip("translate.storage.tbx")
    path = tmp_path / "terms.tbx"
    path.write_text(write_terms(ENTRIES, path), encoding="utf-8")
    units = tbx.tbxfile.parsefile(str(path)).units
    assert [unit.source for unit in units] == [entry.en for entry in ENTRIES]
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    assert root.tag == "martif" and root.get("type") == "TBX-Basic"
    assert root.getroottree().docinfo.system_url == "TBXBasiccoreStructV02.dtd"


TBX_2019 = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Core" style="dca" xml:lang="en"><text><body>
<conceptEntry id="7"><descrip type="subjectField">battery</descrip>
<langSec xml:lang="en-GB"><termSec><term>solid-state battery</term></termSec>
<termSec><term>SSB</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="zh-CN"><termSec><term>固体电池</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
<termSec><term>固态电池</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Festkörperbatterie</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_tbx_of_2019_with_a_deprecated_term(tmp_path):
    path = tmp_path / "other.tbx"
    path.write_text(TBX_2019, encoding="utf-8")
    entry = read_terms(path)[0].entry
    assert (entry.en, entry.zh, entry.kind) == ("solid-state battery", "固态电池", "battery")
    assert entry.en_variants == ("SSB",) and entry.zh_variants == ()
    assert entry.note == "not to be used: 固体电池"


def test_tbx_fetches_and_expands_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    bomb = f'<!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + TBX_2019.split("?>")[1].replace("SSB", "&x;")
    path = tmp_path / "bomb.tbx"
    path.write_text(bomb, encoding="utf-8")
    assert "secret" not in str(read_terms(path))


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("a.csv", "en,zh\nBYD,\n,比亚迪\nok,好\na,b,c,d\n", ["line 2", "zh is empty", "line 3", "line 5", "4 columns"]),
        ("a.tsv", "one\ttwo\n1\t2\n", ["line 1", "en, zh, kind"]),
        ("a.tbx", "<martif><term", ["line 1", "not well-formed"]),
        ("a.tbx", "<html/>", ["no termEntry"]),
        ("a.tbx", "<martif><termEntry id='c9'/></martif>", ["no English and no Chinese term in concept c9"]),
        ("a.xlsx", "PK", ["unknown kind"]),
    ],
)
def test_every_fault_says_where_and_what(tmp_path, name, content, parts):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TermBaseError) as caught:
        read_terms(path)
    assert [part for part in parts if part not in str(caught.value)] == []
    assert "\n" not in str(caught.value)


def test_a_spreadsheet_from_china(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_bytes("英文;中文;备注\r\nHefei;合肥;安徽省会\r\n澜驰;澜驰汽车;\r\n".encode("gb18030"))
    assert [row.entry.zh for row in read_terms(path)] == ["合肥", "澜驰汽车"]


def test_doubles_become_one_and_contradictions_are_told(tmp_path):
    path = tmp_path / "terms.tsv"
    path.write_text(
        "en\tzh\tkind\ten_variants\tzh_variants\tnote\nSUV\t运动型多用途车\t\t\t\tfirst\n"
        "suv\t运动型多用途车\tbody\tsport utility vehicle\t\tsecond\nSUV\t越野车\t\t\t\t\n",
        encoding="utf-8",
    )
    merged = merge(read_terms(path))
    assert len(merged.entries) == 2
    assert merged.entries[0].en_variants == ("suv", "sport utility vehicle")
    assert merged.entries[0].note == "first; second" and merged.entries[0].kind == "body"
    assert len(merged.duplicates) == 1 and "line 3" in merged.duplicates[0]
    assert len(merged.conflicts) == 1 and "line 4" in merged.conflicts[0] and "line 2" in merged.conflicts[0]


def test_a_term_base_is_loaded_from_any_of_them(tmp_path):
    for suffix in ("csv", "tbx"):
        path = tmp_path / f"own.{suffix}"
        path.write_text(write_terms(ENTRIES[:1], path), encoding="utf-8")
        assert TermBase.load([path]).lookup("Lanchi Auto", "en") == "澜驰汽车"
