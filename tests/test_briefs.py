"""Briefs: the same points in both languages, every line traced, speakers named in both."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from samples import CHINESE, ENGLISH, GoldTranslator, report

from wivtext import naming
from wivtext.briefs import brief
from wivtext.engines import Candidate, Passage, Segment
from wivtext.engines.fakes import EchoTranslator, LeadSummarizer
from wivtext.memory import Correction, Memory
from wivtext.reading import read_text
from wivtext.records import Brief, Language, Point, Speaker, from_dict, to_dict
from wivtext.settings import Settings, settings_from
from wivtext.terms import TermBase, TermEntry

TERMS = TermBase((TermEntry("Ilva Brandt", "伊尔瓦·布兰特", "person"), TermEntry("prime minister", "总理", "role")))


def made(data: dict, language: str, **options: object) -> Brief:
    options = {"translator": GoldTranslator(), "summarizer": LeadSummarizer(), "terms": TERMS} | options
    return brief(report(data, language), **options)


@pytest.fixture(scope="module")
def english() -> Brief:
    return made(ENGLISH, "en")


@pytest.fixture(scope="module")
def chinese() -> Brief:
    return made(CHINESE, "zh")


@pytest.mark.parametrize(("name", "data"), [("english", ENGLISH), ("chinese", CHINESE)])
def test_sentences_stand_in_both_languages(name: str, data: dict, request: pytest.FixtureRequest) -> None:
    one = request.getfixturevalue(name)
    assert [(line.en, line.zh) for line in one.sentences] == [(pair["en"], pair["zh"]) for pair in data["sentences"]]
    assert [line.sentences for line in one.sentences] == [(i,) for i in range(len(one.sentences))]
    assert (one.title.en, one.title.zh) == (data["title"]["en"], data["title"]["zh"])


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_points_repeat_the_sentences_they_cite(name: str, request: pytest.FixtureRequest) -> None:
    data, language = (ENGLISH, "en") if name == "english" else (CHINESE, "zh")
    one = made(data, language, settings=settings_from({"summary": {"shorten": False}}))
    lines = [*one.points, *(line for speaker in one.speakers for line in speaker.summary)]
    assert lines
    assert all(line == one.sentences[line.sentences[0]] for line in lines)
    assert one.signature != request.getfixturevalue(name).signature


SAID = "北湖汽车投产新厂。\n\n北湖汽车副总经理林浩然表示，首批1500辆厢式车预计6月启动出口。\n"
WHOLE = "北湖汽车副总经理林浩然表示，首批1500辆厢式车预计6月启动出口。"


def test_lines_under_a_name_are_shortened_and_translated_as_they_stand() -> None:
    one = brief(read_text(SAID), translator=EchoTranslator(), summarizer=LeadSummarizer(), terms=TERMS)
    [line] = one.speakers[0].summary
    assert line.zh == "首批1500辆厢式车预计6月启动出口。" and line.sentences == (0,)
    assert line.en == "首批1500辆厢式车预计6月启动出口."  # as the echo has it
    assert WHOLE in [point.zh for point in one.points]  # where nobody's name stands over it


@pytest.mark.parametrize("corrected", [WHOLE, "首批1500辆厢式车预计6月启动出口。"])
def test_a_correction_wins_of_the_whole_sentence_and_of_the_shortened_one(corrected: str) -> None:
    memory = Memory([Correction(corrected, "The first 1,500 vans ship in June.", "zh", "en")])
    one = brief(read_text(SAID), translator=EchoTranslator(), summarizer=LeadSummarizer(), terms=TERMS, memory=memory)
    [line] = one.speakers[0].summary
    assert (line.zh, line.en, line.corrected) == (corrected, "The first 1,500 vans ship in June.", True)


class Forgetful(EchoTranslator):
    """Loses the figures of all but the whole sentence."""

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        good = "Lin Haoran, deputy general manager of North Lake Auto, said 1,500 vans will be exported in June."
        return [Candidate(good if segment.text == WHOLE else "Vans are exported.") for segment in segments]


def test_a_shortened_line_that_comes_out_worse_stays_whole() -> None:
    one = brief(read_text(SAID), translator=Forgetful(), summarizer=LeadSummarizer(), terms=TERMS)
    [line] = one.speakers[0].summary
    assert line.zh == WHOLE


class Wording(LeadSummarizer):
    """Puts the first sentence in words of its own, and says the others as they are."""

    def summarize(self, passages: Sequence[Passage]) -> list[tuple[Point, ...]]:
        points, *said = super().summarize(passages)
        own = Point("首批1500辆厢式车6月启动出口。", points[0].sentences, generated=True)
        return [(own, *points[1:]), *said]


def test_a_line_says_whether_a_model_worded_it() -> None:
    one = brief(read_text(SAID + "新厂位于港口旁。\n"), translator=EchoTranslator(), summarizer=Wording(), terms=TERMS)
    assert [line.zh for line in one.points if line.generated] == ["首批1500辆厢式车6月启动出口。"]
    assert not any(line.generated for speaker in one.speakers for line in speaker.summary)


def test_speakers_say_what_is_theirs(english: Brief) -> None:
    for speaker in english.speakers:
        said = {index for statement in speaker.statements for index in statement.sentences}
        assert {statement.speaker for statement in speaker.statements} == {speaker.speaker.id}
        assert said.issuperset(index for line in speaker.summary for index in line.sentences)
        assert len(speaker.summary) == min(len(said), Settings().summary.speaker_lines)


def test_speakers_are_named_in_both_languages(english: Brief, chinese: Brief) -> None:
    names = {speaker.name.en: speaker for speaker in (*english.speakers, *chinese.speakers)}
    assert names["Ilva Brandt"].name.zh == "伊尔瓦·布兰特"
    assert names["Ilva Brandt"].role is not None and names["Ilva Brandt"].role.zh == "总理"
    assert names["Sang Weidong"].name.zh == "桑卫东"
    assert not names["Sang Weidong"].name.findings


def test_unknown_name_stays_as_it_is_and_is_listed(english: Brief) -> None:
    [reker] = [speaker for speaker in english.speakers if speaker.speaker.name == "Tomas Reker"]
    assert reker.name.zh == "Tomas Reker"
    assert [finding.kind for finding in reker.name.findings] == ["name"]


def test_a_sentence_that_is_a_point_is_translated_once() -> None:
    translator = GoldTranslator()
    one = made(ENGLISH, "en", translator=translator)
    assert one.points[0] == one.sentences[0]
    assert translator.asked.count((one.points[0].en, "en")) == 1
    assert {language for _, language in translator.asked} == {"en"}


def test_same_input_same_brief(english: Brief) -> None:
    assert made(ENGLISH, "en") == english
    assert from_dict(Brief, json.loads(json.dumps(to_dict(english)))) == english


def test_mixed_document_is_translated_both_ways() -> None:
    chinese_part, english_part = (
        "大会今天在重庆开幕，来自三十个国家的代表参加。",
        "“We are ready for it,” Jane Roe said on Monday.",
    )
    text = f"Car congress opens\n\n{chinese_part}\n\n{english_part}\n"
    one = brief(read_text(text), translator=GoldTranslator(), summarizer=LeadSummarizer(), terms=TERMS)
    by_language = {
        sentence.language: line for sentence, line in zip(one.document.sentences, one.sentences, strict=True)
    }
    assert by_language["zh"].zh.startswith("大会今天") and by_language["zh"].en.startswith("T ")
    assert by_language["en"].en.startswith("“We are ready") and "译" in by_language["en"].zh


def test_signature_says_what_the_wording_depends_on(english: Brief) -> None:
    assert "gold 1" in english.signature and "lead" in english.signature
    fewer = made(ENGLISH, "en", settings=settings_from({"summary": {"speaker_lines": 1}}))
    other = made(ENGLISH, "en", terms=TermBase())
    assert len({english.signature, fewer.signature, other.signature}) == 3
    assert all(len(speaker.summary) <= 1 for speaker in fewer.speakers)


def test_a_file_s_name_is_no_title_to_translate() -> None:
    turns = ["Anna Roe: Welcome.", "Li Wei: Sales rose.", "Anna Roe: By how much?", "Li Wei: By a tenth."]
    document = read_text("\n\n".join(turns), "coastal-panel")
    found = brief(document, translator=GoldTranslator(), summarizer=LeadSummarizer(), terms=TermBase()).title
    assert (found.en, found.zh, found.findings) == ("coastal panel", "coastal panel", ())
    titled = read_text("\n\n".join(["Sales rise", *turns]), "coastal-panel")
    found = brief(titled, translator=GoldTranslator(), summarizer=LeadSummarizer(), terms=TermBase()).title
    assert (found.en, found.zh) == ("Sales rise", "译Sales rise")


def test_document_without_speakers() -> None:
    one = brief(
        read_text("The plant opened in May.\n"), translator=EchoTranslator(), summarizer=LeadSummarizer(), terms=TERMS
    )
    assert one.speakers == () and len(one.points) == 1


ZHANGS = (("Xinghai", "张兴海"), ("Jianwei", "张建伟"))


@pytest.mark.parametrize(
    ("speaker", "pairs"),
    [
        (Speaker("1", "Ilva Brandt", ("Brandt", "she")), [("Ilva Brandt", "伊尔瓦·布兰特"), ("Brandt", "布兰特")]),
        (Speaker("1", "林浩然", ("林",)), [("Lin Haoran", "林浩然")]),
        (
            Speaker("1", "Zhang Xinghai", ("Zhang",), name_other="张兴海"),
            [("Zhang Xinghai", "张兴海"), ("Zhang", "张兴海")],
        ),
        (Speaker("1", "Jane Roe", ("Roe",)), [("Jane Roe", "Jane Roe"), ("Roe", "Roe")]),
        (Speaker("1", "吉提蓬·赛林"), []),
        (Speaker("1", "Lake Institute", kind="organisation"), []),
    ],
)
def test_name_pairs(speaker: Speaker, pairs: list[tuple[str, str]]) -> None:
    assert naming.name_pairs([speaker], TERMS) == pairs


def test_a_source_without_a_name_is_translated_and_is_nobody_s_name() -> None:
    text = "Prices rise\n\nA company spokesman said repairs would take a week. Officials said prices would rise 5%.\n"
    translator = GoldTranslator()
    translator.known |= {"company spokesman": "公司的发言人", "officials": "官员们"}
    one = brief(read_text(text), translator=translator, summarizer=LeadSummarizer(), terms=TERMS)
    assert [speaker.speaker.name for speaker in one.speakers] == ["company spokesman", "officials"]
    assert [speaker.name.zh for speaker in one.speakers] == ["公司的发言人", "官员们"]
    assert not any(speaker.name.findings for speaker in one.speakers)
    assert naming.name_pairs([speaker.speaker for speaker in one.speakers], TERMS) == []


def test_a_surname_that_two_people_share_stays_a_surname() -> None:
    people = [Speaker(str(n), f"Zhang {given}", ("Zhang",), name_other=zh) for n, (given, zh) in enumerate(ZHANGS)]
    assert [pair for pair in naming.name_pairs(people, TERMS) if pair[0] == "Zhang"] == [("Zhang", "张")] * 2
