"""What every display is made of: the style, tables, counts; escaped, and right in light and dark themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from pandas import DataFrame

STYLE = Markup(
    "<style>"
    ".wivtext{max-width:62em;line-height:1.55;text-align:left}"
    ".wivtext :lang(zh){font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}"
    ".wivtext :lang(zh-Hant){font-family:'Noto Sans CJK TC','Source Han Sans TC','PingFang TC','Microsoft JhengHei',"
    "sans-serif}"
    ".wivtext h4{margin:.3em 0}.wivtext p{margin:.45em 0}.wivtext .dim{opacity:.65}"
    ".wivtext sup{opacity:.6;font-size:.72em;margin-right:.15em}"
    ".wivtext table{border-collapse:collapse;width:100%;table-layout:fixed}"
    ".wivtext table.loose{table-layout:auto;width:auto}"
    ".wivtext td,.wivtext th{text-align:left!important;vertical-align:top;padding:.3em .6em;white-space:normal}"
    ".wivtext .kind{border:1px solid;border-radius:3px;padding:0 .35em;font-size:.82em;opacity:.85}"
    ".wivtext .said{border-left:3px solid;padding:0 .35em;border-radius:2px}"
    "</style>"
)


class Shown:
    """HTML that JupyterLab shows; its repr says what it is without the page."""

    def __init__(self, page: str, what: str) -> None:
        self.page = page
        self.what = what

    def _repr_html_(self) -> str:
        return self.page

    def __repr__(self) -> str:
        return f"<{self.what}>"


def paged(body: Markup) -> str:
    """A body with the style that it needs."""
    return str(STYLE + Markup('<div class="wivtext">{}</div>').format(body))


def frame_table(frame: DataFrame, limit: int) -> Markup:
    """The first rows of a pandas table; what is missing stays empty."""
    shown = frame.head(limit)
    rows = [
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in _cells(row)))
        for row in shown.itertuples(index=False, name=None)
    ]
    left = len(frame) - len(shown)
    more = Markup('<p class="dim">… and {}</p>').format(count(range(left), "more row")) if left > 0 else Markup("")
    return in_table(tuple(str(name).replace("_", " ") for name in frame.columns), rows, fixed=False) + more


def _cells(row: Iterable[object]) -> list[str]:
    # Only what is missing is unlike itself.
    return ["" if cell is None or cell != cell else str(cell) for cell in row]


def in_table(heads: tuple[str, ...], rows: Iterable[Markup], *, fixed: bool = True) -> Markup:
    """A table with heads; `fixed` gives all columns the same width."""
    head = Markup("").join(Markup('<th class="dim">{}</th>').format(text) for text in heads)
    form = Markup("") if fixed else Markup(' class="loose"')
    table = Markup("<table{}><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
    return table.format(form, head, Markup("").join(rows))


def count(things: Sized, noun: str) -> str:
    """How many there are of something.

    >>> count([1], "finding"), count([], "finding")
    ('1 finding', '0 findings')
    """
    return f"{len(things)} {noun}" if len(things) == 1 else f"{len(things)} {noun}s"


def twice(own: str, other: str | None) -> str:
    """A name, and in brackets what it is in the other language."""
    return f"{own} ({other})" if other else own


def numbers(indexes: Sequence[int]) -> Markup:
    """The numbers of sentences."""
    return Markup("<sup>[{}]</sup>").format(", ".join(str(index) for index in indexes))
