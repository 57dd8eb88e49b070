"""What is left to check, by document and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wivtext.plots.canvas import COLOURS, OTHERS, OTHERS_COLOUR, bar_size, bars, figure_of, note_of
from wivtext.records import Language
from wivtext.rendering.wording import finding_kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

TITLE: dict[Language, str] = {"en": "Findings by document", "zh": "各文档待核查内容"}
UNIT: dict[Language, str] = {"en": "findings", "zh": "处数"}
DOCUMENTS: dict[Language, str] = {"en": "documents", "zh": " 篇文档"}


def findings_plot(findings: DataFrame, *, language: Language = "en", limit: int = 30) -> Figure:
    """A bar for each document of `tables.findings`, made of the kinds of its findings.

    Only the `limit` documents with most findings are drawn; one without any has no row in the table, and no bar.
    """
    counts = _counts(findings)
    shown = counts.head(limit)

    def draw(axes: Axes, language: Language) -> None:
        bars(axes, [str(name) for name in shown.index], _parts(shown, language))
        axes.set_xlabel(UNIT[language])
        axes.set_title(TITLE[language] + note_of(len(shown), len(counts), language, DOCUMENTS), loc="left")

    return figure_of(draw, language, bar_size(len(shown)), empty=shown.empty)


def _counts(findings: DataFrame) -> DataFrame:
    """Findings by document (rows, those with most first) and kind (columns, the most frequent first)."""
    counts: DataFrame = findings.groupby(["document", "kind"]).size().unstack(fill_value=0)
    of_kind, of_document = counts.sum(), counts.sum(axis=1)
    kinds = sorted(counts.columns, key=lambda kind: (-int(of_kind[kind]), kind))
    documents = sorted(counts.index, key=lambda name: (-int(of_document[name]), name))
    return counts.loc[documents, kinds]


def _parts(shown: DataFrame, language: Language) -> list[tuple[str, str, list[int]]]:
    """A part for each kind; those rarer than there are colours for share the last one."""
    own = [str(kind) for kind in shown.columns[: len(COLOURS)]]
    parts = [
        (finding_kind(kind, language), colour, [int(n) for n in shown[kind]])
        for kind, colour in zip(own, COLOURS, strict=False)
    ]
    rest = shown.drop(columns=own).sum(axis=1)
    return parts + ([(OTHERS[language], OTHERS_COLOUR, [int(n) for n in rest])] if rest.any() else [])
