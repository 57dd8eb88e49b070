import pytest
from hypothesis import given
from hypothesis import strategies as st

from wivtext.engines import Candidate
from wivtext.engines.fakes import EchoTranslator
from wivtext.errors import EngineError
from wivtext.settings import Settings, TranslationSettings
from wivtext.terms import TermBase
from wivtext.translation import translate
from wivtext.translation.cache import TranslationCache
from wivtext.translation.segments import clauses, estimate, keep_quotes, rejoin, split_label


class Phrasebook:
    """An engine that knows some sentences, and counts what it is asked."""

    signature = "phrasebook"

    def __init__(self, answers, others=None):
        self.answers, self.others, self.asked = answers, others or {}, []

    def translate(self, segments, source, target):
        self.asked += [segment.text for segment in segments]
        return [Candidate(self.answers.get(segment.text, "好。"), -0.5) for segment in segments]


class Resourceful(Phrasebook):
    def alternatives(self, segments, source, target, count):
        return [[Candidate(text, -0.7) for text in self.others.get(s.text, ())][:count] for s in segments]


def kinds(translation):
    return [finding.kind for finding in translation.findings]


def test_order_length_blank_lines_and_duplicates():
    engine = Phrasebook({"Sales rose.": "销量上升。", "Sales fell.": "销量下降。"})
    texts = ["Sales fell.", "", "Sales rose.", "  ", "Sales fell.", "3.5%", "已经是中文", "https://example.org/a"]
    done = translate(texts, "en", "zh", engine=engine, terms=TermBase())
    assert [t.text for t in done] == [
        "销量下降。",
        "",
        "销量上升。",
        "  ",
        "销量下降。",
        "3.5%",
        "已经是中文",
        "https://example.org/a",
    ]
    assert [t.source for t in done] == texts
    assert sorted(engine.asked) == ["Sales fell.", "Sales rose."]


def test_cache_is_asked_first(tmp_path):
    cache = TranslationCache(tmp_path)
    first = Phrasebook({"Sales rose.": "销量上升。"})
    translate(["Sales rose."], "en", "zh", engine=first, terms=TermBase(), cache=cache)
    second = Phrasebook({})
    done = translate(["Sales rose."], "en", "zh", engine=second, terms=TermBase(), cache=cache)
    assert (done[0].text, second.asked) == ("销量上升。", [])


def test_other_answers_where_the_first_fails():
    text = "The company will not build the plant."
    engine = Resourceful({text: "公司将建厂。"}, {text: ["公司将建厂房。", "公司不会建厂。"]})
    done = translate([text], "en", "zh", engine=engine, terms=TermBase())[0]
    assert (done.text, kinds(done)) == ("公司不会建厂。", [])


def test_other_answers_where_something_is_said_twice():
    text = "Global experts met the minister in Turku."
    twice, once = "全球专家在图尔库会见部长和全球专家。", "全球专家在图尔库会见部长。"
    engine = Resourceful({text: twice}, {text: [twice, once]})
    done = translate([text], "en", "zh", engine=engine, terms=TermBase())[0]
    assert (done.text, kinds(done)) == (once, [])
    # Where the source says it twice, too, or there is no better answer, it stays, without a finding.
    for source, others in (("Experts met experts.", [once]), (text, [])):
        done = translate([source], "en", "zh", engine=Resourceful({source: twice}, {source: others}), terms=TermBase())
        assert (done[0].text, "loop" in kinds(done[0])) == (twice, False)


def test_clause_by_clause_where_the_whole_fails():
    text = "The new plant in the north was opened by the mayor; the old plant in the south was closed by its owner."
    parts = [clause.text for clause in clauses(text, 18)]
    answers = {
        text: "工厂工厂工厂工厂工厂工厂",
        parts[0]: "北部的新工厂由市长揭幕。",
        parts[1]: "南部的旧工厂由业主关闭了。",
    }
    done = translate([text], "en", "zh", engine=Phrasebook(answers), terms=TermBase())[0]
    assert (done.text, kinds(done)) == ("北部的新工厂由市长揭幕；南部的旧工厂由业主关闭了。", [])


def test_number_is_repaired_and_said_so():
    done = translate(
        ["It cost 3.5 billion yuan."], "en", "zh", engine=Phrasebook({"It cost 3.5 billion yuan.": "耗资3.5亿元。"})
    )
    assert (done[0].text, kinds(done[0])) == ("耗资35亿元。", ["repaired"])


def test_what_still_fails_is_marked():
    text = "It cost 20 euros and 30 dollars."
    done = translate([text], "en", "zh", engine=Phrasebook({text: "花费了一些钱，数目不详。"}), terms=TermBase())[0]
    assert "money" in kinds(done)


def test_speaker_label_is_kept_apart():
    engine = Phrasebook({"We agree.": "我们同意。", "我们同意。": "We agree."})
    assert translate(["Pieter Claes: We agree."], "en", "zh", engine=engine)[0].text == "Pieter Claes：我们同意。"
    assert translate(["林浩然：我们同意。"], "zh", "en", engine=engine)[0].text == "Lin Haoran: We agree."
    assert engine.asked == ["We agree.", "我们同意。"]


def test_whole_term_needs_no_engine():
    engine = Phrasebook({})
    assert translate(["Executive Vice President"], "en", "zh", engine=engine)[0].text == "执行副总裁"
    assert engine.asked == []


def test_several_sentences_in_a_line():
    engine = Phrasebook({"Sales rose.": "销量上升。", "Profit fell.": "利润下降。"})
    assert translate(["Sales rose. Profit fell."], "en", "zh", engine=engine)[0].text == "销量上升。利润下降。"


def test_too_long_for_the_engine():
    text = "，".join(f"第{number}家工厂已经投产" for number in range(40)) + "。"
    engine = Phrasebook({})
    translate(
        [text], "zh", "en", engine=engine, settings=Settings(TranslationSettings(max_tokens=50)), terms=TermBase()
    )
    assert max(estimate(asked) for asked in engine.asked) <= 50
    assert all(any(f"第{number}家" in asked for asked in engine.asked) for number in range(40))


def test_engine_that_loses_segments():
    class Short(Phrasebook):
        def translate(self, segments, source, target):
            return []

    with pytest.raises(EngineError, match="0 answers"):
        translate(["Hello there."], "en", "zh", engine=Short({}))


@given(st.text(alphabet="这是一句话，；：—ab, and 1,000.5 和“”。", max_size=120), st.integers(3, 30))
def test_no_character_is_lost_at_the_cuts(text, limit):
    assert "".join(clause.text + clause.joint for clause in clauses(text, limit)) == text


@pytest.mark.parametrize(
    ("source", "translated", "target", "expected"),
    [
        ("销量增长；利润提高。", ["Sales grew.", "The profit rose."], "en", "Sales grew; the profit rose."),
        ("Sales grew, and profit rose.", ["销量增长。", "利润提高。"], "zh", "销量增长，利润提高。"),
    ],
)
def test_clauses_are_put_together_again(source, translated, target, expected):
    parts = clauses(source, estimate(source) // 2 + 2)
    assert len(parts) == 2
    assert rejoin(parts, translated, target) == expected


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("主持人：欢迎。", "主持人"),
        ("Q: Why?", "Q"),
        ("他表示：好。", None),
        ("她提出能否两家分用：一半。", None),
        ("皮拉尔·拉卡斯塔：好。", "皮拉尔·拉卡斯塔"),
        ("At 10:30 we met.", None),
        ("http://a.b", None),
    ],
)
def test_labels(line, label):
    found = split_label(line)
    assert (found[0] if found else None) == label


def test_quotes_at_the_edges_are_kept():
    assert keep_quotes("“我们增长了。”", "We grew.", "en") == '"We grew."'
    assert keep_quotes("We grew.", "“我们增长了。", "zh") == "我们增长了。"


def test_traditional_chinese_is_translated_as_simplified():
    seen = []

    class Recorder(EchoTranslator):
        def translate(self, segments, source, target):
            seen.extend(segment.text for segment in segments)
            return super().translate(segments, source, target)

    made = translate(["裴思遠對臺下觀眾說，車輛銷量增長。"], "zh", "en", engine=Recorder())
    assert seen[0] == "裴思远对台下观众说，车辆销量增长。"
    assert made[0].source == "裴思遠對臺下觀眾說，車輛銷量增長。"


def test_the_second_engine_is_asked_what_the_first_got_wrong():
    first = Phrasebook(
        {"Sales rose 3%.": "销量上升3%。", "It was founded in 2017.": "该公司成立于，成立于，成立于，成立于。"}
    )
    settings = Settings(TranslationSettings(second="embedded"))
    done = translate(list(first.answers), "en", "zh", engine=first, terms=TermBase(), settings=settings)
    assert (done[0].text, done[0].engine) == ("销量上升3%。", "phrasebook")
    assert done[1].engine.startswith("embedded") and "2017" in done[1].text and kinds(done[1]) == []


def test_an_unknown_second_engine_is_an_error():
    settings = Settings(TranslationSettings(second="no-such-engine"))
    with pytest.raises(EngineError, match="no-such-engine"):
        translate(["Sales rose."], "en", "zh", engine=Phrasebook({}, {}), terms=TermBase(), settings=settings)


def test_article_agrees_with_its_noun():
    engine = Phrasebook({"测试车辆进行了紧急制动。": "A automated car made a emergency stop."})
    done = translate(["测试车辆进行了紧急制动。"], "zh", "en", engine=engine, terms=TermBase())
    assert done[0].text == "An automated car made an emergency stop."


def test_a_credit_is_a_form_of_words():
    engine = Phrasebook({})
    texts = ["(Photo/WIV)", "Photo: Xinhua", "Photo by Lin shows a car."]
    done = [made.text for made in translate(texts, "en", "zh", engine=engine, terms=TermBase.load())]
    assert done[:2] == ["（图/世界智能汽车大会）", "图/新华社"] and engine.asked == texts[2:]
    done = translate(["（图/林浩然）", "视频：WIV"], "zh", "en", engine=engine, terms=TermBase())
    assert [made.text for made in done] == ["(Photo: Lin Haoran)", "Video: WIV"]


@pytest.mark.parametrize(
    ("source", "text", "target", "kept"),
    [
        ("“汽车产业”四个字变了。", "The four words changed.", "en", "The four words changed."),
        ("“汽车产业”四个字变了。", 'Car industry" has changed.', "en", '"Car industry" has changed.'),
        ("“这是新的。", "This is new.", "en", '"This is new.'),
        ("“这是新的。”", "This is new.", "en", '"This is new."'),
        ("他称之为“泡沫”", "He calls it a bubble", "en", "He calls it a bubble"),
        ('He calls it a "bubble"', "他称之为“泡沫", "zh", "他称之为“泡沫”"),
        ('"Safe," she said, "and cheap."', "安全，“她说，”也便宜。", "zh", "安全，“她说，”也便宜。"),
        ('"Safe," she said.', "安全，”她说。", "zh", "“安全，”她说。"),
    ],
)
def test_a_quotation_mark_is_put_where_it_does_not_stand_alone(source, text, target, kept):
    assert keep_quotes(source, text, target) == kept
