"""What all plots have in common: a font that has the labels' characters, labels of a bounded length, the closed figure.

>>> shortened("World Intelligent Vehicle Conference", 24), shortened("世界智能汽车大会组织委员会", 12)
('World Intelligent Vehic…', '世界智能汽…')
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wivtext.errors import MissingExtra
from wivtext.records import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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
NO_FONT = (
    "no font here has Chinese characters, so the plot is labelled in Latin letters; install one (Debian and Ubuntu: "
    "apt install fonts-noto-cjk, conda: conda install -c conda-forge font-ttf-noto-sans-cjk) and restart the kernel"
)
NOTHING: dict[Language, str] = {"en": "nothing to show", "zh": "没有可显示的内容"}
OTHERS: dict[Language, str] = {"en": "others", "zh": "其他"}
OTHERS_COLOUR = "#b8bcc2"
# Told apart by people who see colours differently too (Okabe and Ito, https://jfly.uni-koeln.de/color).
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6bb1", "#a6761d", "#666666")
WIDEST_LABEL = 44


def figure_of(
    draw: Callable[[Axes, Language], None], language: Language, size: tuple[float, float], *, empty: bool = False
) -> Figure:
    """The figure that `draw` fills, in the language that the fonts of this machine allow; `empty` draws nothing."""
    try:
        from matplotlib import pyplot
    except ImportError:
        raise MissingExtra("matplotlib", "notebooks") from None
    font = chinese_font()
    if language == "zh" and font is None:
        warnings.warn(NO_FONT, stacklevel=3)
        language = "en"
    # A name with two dollar signs is no formula.
    families = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    with pyplot.rc_context({"font.family": families, "font.size": 9.5, "text.parse_math": False}):
        figure, axes = pyplot.subplots(figsize=(8, 1.2) if empty else size, layout="constrained")
        if empty:
            _say_nothing(axes, language)
        else:
            draw(axes, language)
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


def bars(axes: Axes, labels: Sequence[str], parts: Sequence[tuple[str, str, Sequence[int]]]) -> None:
    """Horizontal bars from the top down, each made of one piece of every part (its name, colour, lengths)."""
    from matplotlib.ticker import MaxNLocator

    places = range(len(labels))
    starts = [0] * len(labels)
    for _, colour, lengths in parts:
        axes.barh(places, lengths, left=starts, color=colour)
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    axes.set_yticks(list(places), [shortened(label) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    if len(parts) > 1:
        key(axes, [(name, colour) for name, colour, _ in parts], bar_size(len(labels))[1])


def key(axes: Axes, entries: Sequence[tuple[str, str]], height: float) -> None:
    """A key of (name, colour) under a plot of so many inches, where it hides no bar."""
    from matplotlib.patches import Patch

    # matplotlib leaves out what begins with an underscore.
    labels = [f" {name}" if name.startswith("_") else name for name in (shortened(name, 32) for name, _ in entries)]
    patches = [Patch(color=colour) for _, colour in entries]
    columns = 2 if max(map(width, labels)) > 16 else 4
    below = (0, -0.45 / height - 0.02)
    axes.legend(patches, labels, frameon=False, fontsize="small", ncols=columns, loc="upper left", bbox_to_anchor=below)


def bar_size(rows: int) -> tuple[float, float]:
    """Inches that a plot of so many bars needs."""
    return (8, 1.3 + 0.27 * rows)


def note_of(shown: int, there: int, language: Language, things: dict[Language, str]) -> str:
    """What a title says where not all is shown.

    >>> note_of(20, 200, "en", {"en": "documents", "zh": "篇文档"}), note_of(3, 3, "zh", {"en": "", "zh": ""})
    (' (20 of 200 documents)', '')
    """
    if shown >= there:
        return ""
    return f" ({shown} of {there} {things['en']})" if language == "en" else f"（{there}{things['zh']}中的 {shown} 个）"


def shortened(label: object, widest: int = WIDEST_LABEL) -> str:
    """A label on one line, no wider than so many Latin letters; a Chinese character is as wide as two."""
    text = " ".join(str(label).split())
    if width(text) <= widest:
        return text
    while width(text) > widest - 1:
        text = text[: min(len(text) - 1, widest)]
    return text.rstrip() + "…"


def width(text: str) -> int:
    """How many Latin letters a text is about as wide as."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _say_nothing(axes: Axes, language: Language) -> None:
    axes.text(0.5, 0.5, NOTHING[language], ha="center", va="center", color="#666666")
    axes.set_axis_off()
