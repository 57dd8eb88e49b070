"""The plots: what they show of a table, and that any table can be drawn, in both languages."""

import warnings

import pandas
import pytest
from test_display import made_brief

from wivtext import plots, tables
from wivtext.plots import canvas
from wivtext.records import Sentence
from wivtext.terms import TermBase
from wivtext.topics import mentions

pytest.importorskip("matplotlib")


def speakers(documents: int = 2) -> pandas.DataFrame:
    rows = [(f"talk-{number:03d}", "Lin Yao", "林遥", 2) for number in range(documents)]
    frame = pandas.DataFrame(columns=list(tables.SPEAKERS))
    return pandas.concat([frame, _frame(("document", "speaker_en", "speaker_zh", "sentences"), rows)])


def topics(documents: int = 2) -> pandas.DataFrame:
    rows = [(f"talk-{number:03d}", "BYD", "比亚迪", "organisation", "carmaker", 3, 2) for number in range(documents)]
    rows += [("talk-000", "battery", "电池", "subject", "powertrain", 1, 1)]
    return _frame(tables.TOPICS, rows)


def findings(documents: int = 2) -> pandas.DataFrame:
    rows = [(f"talk-{number:03d}", kind) for number in range(documents) for kind in ("number", "name")]
    return _frame(("document", "kind"), [*rows, ("talk-000", "name")])


def _frame(columns, rows) -> pandas.DataFrame:
    return pandas.DataFrame(rows, columns=list(columns))


PLOTS = {
    "speakers": (plots.speakers_plot, speakers),
    "topics": (plots.topics_plot, topics),
    "terms": (plots.terms_plot, topics),
    "findings": (plots.findings_plot, findings),
}
each_plot = pytest.mark.parametrize("name", PLOTS)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def labels(figure, axis: str = "y") -> list[str]:
    (axes,) = figure.axes
    return [label.get_text() for label in getattr(axes, f"get_{axis}ticklabels")()]


def drawn_without_warning(figure) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()


@each_plot
@each_language
def test_any_number_of_documents_can_be_drawn(name: str, language: str) -> None:
    if language == "zh" and plots.chinese_font() is None:
        pytest.skip("no font with Chinese characters on this machine")
    plot, table = PLOTS[name]
    for documents in (1, 200):
        figure = plot(table(documents), language=language)
        drawn_without_warning(figure)
        assert figure.get_figwidth() < 20
        assert figure.get_figheight() < 14


@each_plot
@each_language
def test_an_empty_table_says_so(name: str, language: str) -> None:
    plot, table = PLOTS[name]
    figure = plot(table(1)[:0], language=language)
    assert figure.axes[0].texts[0].get_text() in canvas.NOTHING.values()


@each_plot
def test_figures_are_closed(name: str) -> None:
    from matplotlib import pyplot

    plot, table = PLOTS[name]
    plot(table())
    assert not pyplot.get_fignums()


def test_a_speaker_of_two_documents_has_one_bar() -> None:
    figure = plots.speakers_plot(speakers(2))
    assert labels(figure) == ["Lin Yao"]
    assert [bar.get_width() for bar in figure.axes[0].patches] == [2, 2]


def test_documents_beyond_the_colours_are_others() -> None:
    figure = plots.speakers_plot(speakers(200))
    assert sum(bar.get_width() for bar in figure.axes[0].patches) == 400
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert len(legend) == len(canvas.COLOURS)
    assert legend[-1] == "others"


def test_topics_have_a_row_a_term_and_a_column_a_document() -> None:
    figure = plots.topics_plot(topics(2), language="zh" if plots.chinese_font() else "en")
    assert labels(figure) == (["比亚迪", "电池"] if plots.chinese_font() else ["BYD", "battery"])
    assert labels(figure, "x") == ["talk-000", "talk-001"]
    assert [text.get_text() for text in figure.axes[0].texts] == ["3", "3", "1"]


def test_a_title_says_how_many_documents_there_are() -> None:
    assert "(40 of 200 documents)" in plots.topics_plot(topics(200)).axes[0].get_title(loc="left")


def test_terms_are_labelled_in_both_languages() -> None:
    if plots.chinese_font() is None:
        pytest.skip("no font with Chinese characters on this machine")
    assert labels(plots.terms_plot(topics(2))) == ["BYD 比亚迪", "battery 电池"]
    assert labels(plots.terms_plot(topics(2), language="zh"))[0] == "比亚迪 BYD"


def test_findings_are_counted_by_kind() -> None:
    figure = plots.findings_plot(findings(2))
    assert [bar.get_width() for bar in figure.axes[0].patches] == [2, 1, 1, 1]
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["name", "number"]


def test_no_chinese_font_falls_back_on_latin_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas, "chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        figure = plots.speakers_plot(speakers(), language="zh")
    assert labels(figure) == ["Lin Yao"]


def test_labels_are_text_and_of_a_bounded_length() -> None:
    frame = speakers(1)
    frame["speaker_en"] = "_$Honourable$ \n" + "very " * 40 + "Lin"
    frame["document"] = "_$draft$"
    other = frame.assign(document="_other")
    figure = plots.speakers_plot(pandas.concat([frame, other]))
    drawn_without_warning(figure)
    (label,) = labels(figure)
    assert label.startswith("_$Honourable$ very very")
    assert canvas.width(label) <= canvas.WIDEST_LABEL
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == [" _$draft$", " _other"]


def test_a_term_is_one_in_both_languages_and_all_its_forms() -> None:
    texts = (("en", "BYD sells a power battery."), ("zh", "比亚迪和比亚迪股份有限公司都生产动力电池。"))
    sentences = [Sentence(index, 0, len(text), text, 0, language) for index, (language, text) in enumerate(texts)]
    found = {use.en: (use.zh, use.about, use.mentions, use.sentences) for use in mentions(sentences, TermBase.load())}
    assert found["BYD"] == ("比亚迪", "organisation", 3, 2)
    assert found["power battery"] == ("动力电池", "subject", 2, 2)


def test_table_columns() -> None:
    row = tables.documents([made_brief()]).iloc[0]
    assert tuple(row.index) == tables.DOCUMENTS
    assert (row["title_zh"], row["language"]) == ("交付量<创新高>", "zh")
    assert (row["sentences"], row["speakers"], row["statements"], row["findings"]) == (3, 1, 2, 1)
    assert row.isna()["date"]
    assert tuple(tables.topics([]).columns) == tables.TOPICS
    assert tables.topics([made_brief()], TermBase.load())["document"].unique().tolist() == ["may"]
