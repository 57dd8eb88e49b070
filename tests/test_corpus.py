"""The shipped corpus: every document is read as what it is, and the analyst's term base is one."""

import csv
from pathlib import Path

import pytest

from wivtext.reading import read
from wivtext.records import Document
from wivtext.terms import TermBase

CORPUS = Path(__file__).parent.parent / "corpus"
ROWS = list(csv.DictReader((CORPUS / "SOURCES.tsv").open(encoding="utf-8"), delimiter="\t"))

TITLES = {
    "corriden-zonal-interview.docx": '"We deleted 41 boxes": a chief engineer on the road to the zonal car',
    "hangzhou-initiative.md": "22家企业发布《杭州倡议》，承诺规范宣传辅助驾驶",
    "kestrel-third-quarter.txt": "Kestrel Autonomy burns less cash as paid rides triple",
    "lanting-s6-launch.txt": "瀾庭新車取消中控大屏，換上一位會「頂嘴」的語音助手",
    "ottawa-siren-draft.txt": "How should a robot yield to a siren? Experts in Ottawa agree on eight seconds",
    "rotterdam-vehicle-resilience.html": "Academy warns Europe: the car is becoming critical infrastructure",
    "tianjin-data-recorder.txt": "天津会议审查自动驾驶数据记录系统标准草案",
    "wuhan-east-lake-forum.html": "院士呼吁车企走出“单车智能”的老路",
}
PARAGRAPHS = {
    "corriden-zonal-interview.docx": 5,
    "novi-software-summit.md": 7,
    "ottawa-siren-draft.txt": 5,
    "rotterdam-vehicle-resilience.html": 6,
    "supplier-payment-terms.docx": 6,
    "tianjin-data-recorder.txt": 5,
    "wuhan-east-lake-forum.html": 6,
}


def document(name: str) -> Document:
    return read(CORPUS / name)


def test_every_document_has_its_source() -> None:
    files = {path.name for path in CORPUS.iterdir() if path.is_file() and path.name != "SOURCES.tsv"}
    assert files == {row["file"] for row in ROWS}
    assert len(files) == 16


def test_half_english_half_chinese() -> None:
    assert [row["language"] for row in ROWS].count("en") == [row["language"] for row in ROWS].count("zh") == 8


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_language_and_spans(row: dict[str, str]) -> None:
    read_document = document(row["file"])
    assert read_document.language == row["language"]
    assert len(read_document.sentences) >= 10
    for span in (*read_document.paragraphs, *read_document.sentences):
        assert read_document.text[span.start : span.end] == span.text


@pytest.mark.parametrize("name", TITLES)
def test_title(name: str) -> None:
    assert document(name).title == TITLES[name]


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str) -> None:
    found = document(name)
    assert len({sentence.paragraph for sentence in found.sentences}) == PARAGRAPHS[name]


def test_page_furniture_is_left_out() -> None:
    texts = document("rotterdam-vehicle-resilience.html").text + document("wuhan-east-lake-forum.html").text
    for furniture in ("Cookies", "Most read", "Ferry timetable", "热门文章", "隐私说明", "视频"):
        assert furniture not in texts


def test_traditional_chinese() -> None:
    assert document("lanting-s6-launch.txt").script == "traditional"
    assert document("tianjin-data-recorder.txt").script == "simplified"


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        (
            "robotaxi-economics-panel.vtt",
            {"Priya Raghunathan", "Tobias Lindqvist", "Shen Yichen", "Grace Okafor"},
        ),
        ("shanghai-driving-models-panel.srt", {"主持人", "方亦辰", "何嘉颖", "沃尔夫冈·阿绍尔"}),
        ("robotaxi-liability-panel.txt", {"MODERATOR", "MARGARET OYELARAN", "TOBIAS RENNER", "LIANG SHUWEN"}),
    ],
)
def test_turns_of_a_transcript(name: str, labels: set[str]) -> None:
    found = {paragraph.label for paragraph in document(name).paragraphs if paragraph.label}
    assert {label.casefold() for label in found} == {label.casefold() for label in labels}


def test_captions_are_joined_to_sentences() -> None:
    texts = [sentence.text for sentence in document("shanghai-driving-models-panel.srt").sentences]
    assert any(text.startswith("纯端到端网络") and text.endswith("它就不知所措了。") for text in texts)
    texts = [sentence.text for sentence in document("robotaxi-economics-panel.vtt").sentences]
    assert any(text.startswith("The variable that matters") and text.endswith("you have a business.") for text in texts)


def test_names_get_their_hanzi() -> None:
    terms = TermBase.load(sorted((CORPUS / "terms").glob("*.tsv")))
    assert terms.lookup("Anneliese Baumgart", "en") == "安内莉泽·鲍姆加特"
    assert terms.lookup("湾区具身智能产业协会", "zh") == "Bay Area Embodied Intelligence Industry Association"
