"""Records and tables as small pages of HTML, for JupyterLab: every record's `_repr_html_` comes from here.

Texts are escaped, colours are see-through so that light and dark themes both work, and everything stays readable where
a viewer drops the styles.

>>> from wivtext.records import Point
>>> html(Point("销量增长<3%。", (4, 5))).partition("</style>")[2]
'<div class="wivtext"><p>销量增长&lt;3%。 <sup>[4, 5]</sup></p></div>'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wivtext.display.bodies import HUES, annotated_body, body, points_body
from wivtext.display.page import STYLE, Shown, count, frame_table, paged
from wivtext.records import Attribution, Brief, Document

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["HUES", "STYLE", "Shown", "annotated", "html", "points", "table"]


def html(record: Any) -> str:
    """The page of a record, or of a sequence of records one below the other. Raises `TypeError` for anything else."""
    return paged(body(record))


def annotated(document: Document, attribution: Attribution) -> str:
    """The document's text with every statement in its speaker's colour, and the speakers as a key above it."""
    return paged(annotated_body(document, attribution))


def table(frame: DataFrame, *columns: str, limit: int = 50) -> Shown:
    """A pandas table to read: the columns named (or all), without row numbers, long texts whole, `limit` rows.

    >>> import pandas
    >>> table(pandas.DataFrame({"speaker_zh": ["林遥"], "sentences": [3]}), "speaker_zh")
    <table of 1 row>
    """
    page = paged(frame_table(frame[list(columns)] if columns else frame, limit))
    return Shown(page, f"table of {count(frame, 'row')}")


def points(briefs: Iterable[Brief], *, limit: int = 200) -> Shown:
    """Titles and key points of briefs in both languages, one brief below the other, at most `limit` of them."""
    bodies, more = [], 0
    for number, brief in enumerate(briefs):
        bodies += [points_body(brief)] if number < limit else []
        more += number >= limit
    left = Markup('<p class="dim">… and {} more</p>').format(more) if more else Markup("")
    return Shown(paged(Markup("<br>").join(bodies) + left), f"key points of {count(bodies, 'brief')}")
