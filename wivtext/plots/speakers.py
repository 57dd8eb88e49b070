"""Who was given how much room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wivtext.plots.canvas import COLOURS, OTHERS, OTHERS_COLOUR, bar_size, bars, figure_of, note_of
from wivtext.records import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

TITLE: dict[Language, str] = {"en": "Who was given how much room", "zh": "各发言人篇幅"}
UNIT: dict[Language, str] = {"en": "sentences", "zh": "句数"}
SPEAKERS: dict[Language, str] = {"en": "speakers", "zh": " 位发言人"}


def speakers_plot(speakers: DataFrame, *, language: Language = "en", limit: int = 20) -> Figure:
    """A bar for each speaker of `tables.speakers`, as long as the sentences of their statements, coloured by document.

    A speaker of several documents has one bar with a piece for each. Only the `limit` most quoted are drawn.
    """
    rooms = _rooms(speakers)
    shown = rooms.head(limit)

    def draw(axes: Axes, language: Language) -> None:
        place = "speaker_en" if language == "en" else "speaker_zh"
        bars(axes, [str(name) for name in shown.index.get_level_values(place)], _parts(shown, language))
        axes.set_xlabel(UNIT[language])
        axes.set_title(TITLE[language] + note_of(len(shown), len(rooms), language, SPEAKERS), loc="left")

    return figure_of(draw, language, bar_size(len(shown)), empty=shown.empty)


def _rooms(speakers: DataFrame) -> DataFrame:
    """Sentences by speaker (rows, the most quoted first) and document (columns)."""
    rooms: DataFrame = speakers.pivot_table(
        index=["speaker_en", "speaker_zh"], columns="document", values="sentences", aggfunc="sum", fill_value=0
    )
    totals = rooms.sum(axis=1)
    return rooms.loc[sorted(rooms.index, key=lambda name: (-int(totals[name]), name))]


def _parts(shown: DataFrame, language: Language) -> list[tuple[str, str, list[int]]]:
    """A part for each document; more of them than there are colours share the last one."""
    weights = shown.sum()
    heard = sorted(weights[weights > 0].index, key=lambda name: (-int(weights[name]), name))
    own = heard if len(heard) <= len(COLOURS) else heard[: len(COLOURS) - 1]
    rows = [(str(name), shown[name]) for name in sorted(own)]
    parts = [(name, colour, [int(n) for n in row]) for (name, row), colour in zip(rows, COLOURS, strict=False)]
    rest = shown[[name for name in heard if name not in own]].sum(axis=1)
    return parts + ([(OTHERS[language], OTHERS_COLOUR, [int(n) for n in rest])] if rest.any() else [])
