"""Which terms of the term base stand in which documents, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wivtext.plots.canvas import COLOURS, bar_size, bars, chinese_font, figure_of, note_of, shortened
from wivtext.records import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

TOPICS: dict[Language, str] = {"en": "Topics over documents: mentions of each term", "zh": "各文档主题：术语出现次数"}
FREQUENCIES: dict[Language, str] = {"en": "The terms mentioned most", "zh": "出现最多的术语"}
UNIT: dict[Language, str] = {"en": "mentions", "zh": "次数"}
DOCUMENTS: dict[Language, str] = {"en": "documents", "zh": " 篇文档"}
ABOUT: dict[str, dict[Language, str]] = {
    "subject": {"en": "subjects", "zh": "主题"},
    "organisation": {"en": "organisations", "zh": "机构"},
    "person": {"en": "people", "zh": "人物"},
    "place": {"en": "places", "zh": "地点"},
    "role": {"en": "roles", "zh": "职务"},
    "measure": {"en": "measures", "zh": "计量"},
}
MOST_DOCUMENTS = 40
# Beyond so many columns the figures in the squares are too small to be read.
MOST_FIGURES = 24


def topics_plot(topics: DataFrame, *, language: Language = "en", limit: int = 25) -> Figure:
    """A square for each term (row) and document (column) of `tables.topics`, the darker the more often it stands there.

    The `limit` terms that are in most documents are drawn, and the 40 documents that have most of them.
    """
    places = _places(topics)
    shown = _densest(places.head(limit))
    size = (4.6 + 0.34 * shown.shape[1], 2.4 + 0.27 * len(shown))

    def draw(axes: Axes, language: Language) -> None:
        _squares(axes, shown)
        term = "term_en" if language == "en" else "term_zh"
        axes.set_yticks(range(len(shown)), [shortened(name) for name in shown.index.get_level_values(term)])
        names = [shortened(name, 30) for name in shown.columns]
        axes.set_xticks(range(len(names)), names, rotation=55, ha="right", rotation_mode="anchor")
        title = TOPICS[language] + note_of(shown.shape[1], places.shape[1], language, DOCUMENTS)
        axes.set_title(title, loc="left")

    return figure_of(draw, language, size, empty=shown.empty)


def terms_plot(topics: DataFrame, *, language: Language = "en", limit: int = 25) -> Figure:
    """A bar for each term of `tables.topics`, as long as its mentions in all documents, coloured by what it is about.

    The labels have both languages; `language` says which comes first.
    """
    totals = topics.groupby(["term_en", "term_zh", "about"])["mentions"].sum().reset_index()
    totals = totals.sort_values(["mentions", "term_en", "term_zh"], ascending=[False, True, True]).head(limit)

    def draw(axes: Axes, language: Language) -> None:
        names = zip(totals["term_en"], totals["term_zh"], strict=True)
        labels = [_both(en, zh, language) for en, zh in names]
        there = [
            (name, colour) for name, colour in zip(ABOUT, COLOURS, strict=False) if (totals["about"] == name).any()
        ]
        parts = [
            (ABOUT[name][language], colour, [int(n) for n in totals["mentions"].where(totals["about"] == name, 0)])
            for name, colour in there
        ]
        bars(axes, labels, parts)
        axes.set_xlabel(UNIT[language])
        axes.set_title(FREQUENCIES[language], loc="left")

    return figure_of(draw, language, bar_size(len(totals)), empty=totals.empty)


def _places(topics: DataFrame) -> DataFrame:
    """Mentions by term (rows, those of most documents first) and document (columns)."""
    places: DataFrame = topics.pivot_table(
        index=["term_en", "term_zh"], columns="document", values="mentions", aggfunc="sum", fill_value=0
    )
    spread = {name: (-int((row > 0).sum()), -int(row.sum()), name) for name, row in places.iterrows()}
    return places.loc[sorted(spread, key=spread.__getitem__)]


def _densest(places: DataFrame) -> DataFrame:
    weights = places.sum()
    kept = sorted(weights.index, key=lambda name: (-int(weights[name]), name))[:MOST_DOCUMENTS]
    return places[sorted(kept)]


def _squares(axes: Axes, shown: DataFrame) -> None:
    # From white, which is no mention, to a blue on which white figures can be read.
    darkest = max(4, int(shown.to_numpy().max()) * 1.25)
    axes.imshow(shown.to_numpy(), cmap="Blues", vmin=0, vmax=darkest, aspect="auto")
    axes.set_xticks([place + 0.5 for place in range(shown.shape[1] - 1)], minor=True)
    axes.set_yticks([place + 0.5 for place in range(len(shown) - 1)], minor=True)
    axes.grid(which="minor", color="#e3e6ea", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    if shown.shape[1] <= MOST_FIGURES:
        for row, counts in enumerate(shown.to_numpy()):
            for column, count in enumerate(counts):
                if count:
                    colour = "white" if count > darkest * 0.5 else "#222222"
                    axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=8)


def _both(en: str, zh: str, language: Language) -> str:
    if chinese_font() is None or en == zh:
        return shortened(en)
    first, second = (en, zh) if language == "en" else (zh, en)
    return f"{shortened(first, 26)} {shortened(second, 22)}"
