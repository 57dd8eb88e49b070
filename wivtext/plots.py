"""Plots of the tables, with Chinese labels that can be read."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Literal

from wivtext.errors import MissingExtra

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

# Sans-serif faces first, as labels are small; the last ones come with Windows and macOS.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
)
WORDS = {
    "en": ("sentences", "Who was given how much room"),
    "zh": ("句数", "各发言人篇幅"),
}
NO_FONT = (
    "no font here has Chinese characters, so the plot is labelled in Latin letters; install one (Debian and Ubuntu: "
    "apt install fonts-noto-cjk, conda: conda install -c conda-forge font-ttf-noto-sans-cjk) and restart the kernel"
)


def speakers_plot(speakers: DataFrame, *, language: Literal["en", "zh"] = "en", limit: int = 20) -> Figure:
    """A bar for each speaker of `tables.speakers`, as long as the sentences of their statements, coloured by document.

    Only the `limit` most quoted are drawn. Where no font has Chinese characters, a plot in Chinese falls back on Latin
    letters with a warning. Raises `MissingExtra` where matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise MissingExtra("matplotlib", "notebooks") from None
    font = chinese_font()
    if language == "zh" and font is None:
        warnings.warn(NO_FONT, stacklevel=2)
        language = "en"
    shown = _most_quoted(speakers, limit)
    families = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    with pyplot.rc_context({"font.family": families, "font.size": 9.5}):
        figure, axes = pyplot.subplots(figsize=(8, 0.8 + 0.28 * len(shown)), layout="constrained")
        _draw(axes, shown, language)
    # Closed, so that a notebook shows the figure once: as the value of its cell.
    pyplot.close(figure)
    return figure


def chinese_font() -> str | None:
    """The name of an installed font with Chinese characters, a well-known one if possible, or None."""
    from matplotlib import font_manager

    installed = {entry.name: entry.fname for entry in font_manager.fontManager.ttflist}
    for name in CHINESE_FONTS:
        if name in installed:
            return name
    return next((name for name, path in sorted(installed.items()) if _has_chinese(path)), None)


def _has_chinese(path: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        # A character of simplified Chinese alone: Japanese and Korean fonts lack it.
        return bool(FT2Font(path).get_char_index(ord("说")))
    except (OSError, RuntimeError):
        return False


def _most_quoted(speakers: DataFrame, limit: int) -> DataFrame:
    order = speakers.sort_values(["sentences", "document", "speaker_en"], ascending=[False, True, True])
    # Bars are drawn from the bottom up.
    return order.head(limit).iloc[::-1]


def _draw(axes: Axes, shown: DataFrame, language: Literal["en", "zh"]) -> None:
    from matplotlib.ticker import MaxNLocator

    documents = sorted(shown["document"].unique())
    places = range(len(shown))
    for number, document in enumerate(documents):
        rows = [place for place, name in enumerate(shown["document"]) if name == document]
        axes.barh(rows, shown["sentences"].iloc[rows], color=f"C{number % 10}", label=document)
    axes.set_yticks(list(places), [str(name) for name in shown[f"speaker_{language}"]])
    axes.set_xlabel(WORDS[language][0])
    axes.set_title(WORDS[language][1], loc="left")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    if len(documents) > 1:
        axes.legend(frameon=False, fontsize="small")
