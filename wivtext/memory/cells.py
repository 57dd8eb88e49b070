"""Tables that a spreadsheet opens and saves again: nothing is taken for a formula, a number or a date, nothing is lost.

>>> cell("=SUM(A1)"), plain(cell("=SUM(A1)")), plain("'It works'")
("'=SUM(A1)", '=SUM(A1)', "'It works'")
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wivtext.contents import content_of
from wivtext.errors import DocumentError, MemoryFileError
from wivtext.reading.encodings import decode

BOM = "\ufeff"  # without it Excel takes UTF-8 for the machine's old encoding
_DELIMITERS = "\t,;"
FORMULA = tuple("=+-@\t\r＝＋－＠")
_NUMBER_OR_DATE = re.compile(
    r"[\d\s.,:/%$€£¥年月日时分秒eE-]{1,40}|true|false"
    r"|\d{1,4}[ -]?[a-z]{3,9}\.?[ -]?\d{0,4}|[a-z]{3,9}\.?[ -]?\d{1,4}(?:, ?\d{4})?",
    re.IGNORECASE,
)


def is_taken_for_other(text: str) -> bool:
    """Whether a spreadsheet would make a formula, a number or a date of a text.

    >>> [is_taken_for_other(text) for text in ("-5%", "2026年5月", "1/2", "May rose.", "5 May")]
    [True, True, True, False, True]
    """
    return text.startswith(FORMULA) or _NUMBER_OR_DATE.fullmatch(text) is not None


def harmless(value: Any) -> Any:
    """A value that a spreadsheet takes for no formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def cell(text: str) -> str:
    """A text as a cell: with an apostrophe before what would be taken for something else."""
    return f"'{text}" if is_taken_for_other(text.lstrip("'")) else text


def plain(text: str) -> str:
    """The text of a cell, the apostrophe gone that `cell` wrote; one that the text itself has stays."""
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated values that spreadsheets open right."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(" ".join(text.split())) for text in row] for row in rows)
    return BOM + buffer.getvalue()


def rows_of(path: Path, wanted: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a table however a spreadsheet saved it: tabs, commas, semicolons, any Unicode, any order of columns.

    Columns that are not `wanted` are left out, those that are missing are empty. Raises `MemoryFileError` where the
    first two of `wanted` are.
    """
    try:
        content = decode(content_of(path), str(path))
    except OSError as error:
        raise MemoryFileError(f"{path}: can't be read ({error.strerror}); check the path") from None
    except DocumentError as error:
        raise MemoryFileError(str(error)) from None
    lines = content.removeprefix(BOM)
    header = lines.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        reader = csv.DictReader(io.StringIO(lines, newline=""), delimiter=delimiter, restval="")
        names = {name: (name or "").strip().casefold() for name in reader.fieldnames or ()}
        if not {wanted[0], wanted[1]} <= set(names.values()):
            raise MemoryFileError(f"{path}: the first row must have the columns {', '.join(wanted)}")
        return [_row(line, names, wanted) for line in reader]
    except csv.Error as error:
        raise MemoryFileError(f"{path}: no table that can be read ({error}); save it as text with tabs") from None


def _row(line: Mapping[str, str], names: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    given = {names[column]: text for column, text in line.items() if column in names}
    return {column: plain(" ".join(given.get(column, "").split())) for column in wanted}
