"""What the extractive summarizer owes its reader, in both languages."""

import pytest

from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer
from wivtext.records import Sentence

ENGLISH = [
    "Northlake Motors sold 41,000 vans in May, 12% more than a year ago.",
    "It rained.",
    "Who would have thought so?",
    "Exports of Northlake vans rose 40% to 9,000.",
    "Northlake Motors sold 41,000 vans in May, 12% more than a year before.",
    "He was pleased with that.",
    "A third plant for vans is to open in Hefei in 2027 at a cost of 3 billion yuan.",
]
CHINESE = [
    "北湖汽车5月销售厢式车4.1万辆，同比增长12%。",
    "下雨了。",
    "谁能想到呢？",
    "北湖汽车厢式车出口增长40%，达到9000辆。",
    "北湖汽车5月售出厢式车4.1万辆，同比增长12%。",
    "他对此很满意。",
    "第三座厢式车工厂将于2027年在合肥投产，投资30亿元。",
]


def passage(texts, language, limit, speakers=()):
    sentences = tuple(Sentence(index + 10, 0, len(text), text, 0, language) for index, text in enumerate(texts))
    return Passage(sentences, language, limit, "Northlake" if language == "en" else "北湖汽车", speakers)


@pytest.mark.parametrize(("texts", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_the_news_is_chosen_once_and_in_order(texts, language):
    points = ExtractiveSummarizer().summarize([passage(texts, language, 3)])[0]
    cited = [point.sentences[0] - 10 for point in points]
    assert cited == sorted(cited)
    assert set(cited) in ({0, 3, 6}, {4, 3, 6})  # 0 and 4 say the same
    assert all(point.text == texts[place] for point, place in zip(points, cited, strict=True))


def test_no_more_than_there_are():
    engine = ExtractiveSummarizer()
    assert [len(points) for points in engine.summarize([passage(ENGLISH[:2], "en", 5), passage(ENGLISH, "en", 5)])] == [
        2,
        5,
    ]


def test_sentences_without_words_in_common_do_no_harm():
    texts = ["Alpha.", "Beta.", "Gamma.", "。", "…"]
    assert len(ExtractiveSummarizer().summarize([passage(texts, "en", 2)])[0]) == 2


def test_same_answer_every_time():
    given = passage(ENGLISH, "en", 4, ("A", None, None, "A", "A", "B", "B"))
    assert ExtractiveSummarizer().summarize([given]) == ExtractiveSummarizer().summarize([given])


def test_a_speaker_does_not_take_every_point():
    texts = [
        f"Sales of model {name} rose {number}% in May." for name, number in zip("abcdef", range(11, 17), strict=True)
    ]
    given = passage(texts, "en", 2, ("A", "A", "A", "A", "A", "B"))
    assert 15 in [point.sentences[0] for point in ExtractiveSummarizer().summarize([given])[0]]
