"""Term bases as other programs know them: TSV, CSV that no spreadsheet takes for formulas, and TBX.

.tsv          the columns of `terms.COLUMNS`, variants divided by " | "; what `corpus/terms/` holds
.csv          the same for a spreadsheet; a Chinese header (英文, 中文) and any encoding are read, too
.tbx, .xml    TBX-Basic (martif, ISO 30042:2008) is written; that of 2019 (conceptEntry, langSec) is read as well
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wivtext.contents import content_of
from wivtext.errors import DocumentError, TermBaseError
from wivtext.memory.cells import cell, plain
from wivtext.reading.encodings import decode
from wivtext.terms import COLUMNS, TermEntry
from wivtext.terms.index import normal
from wivtext.terms.tbx import TbxFault, from_tbx, to_tbx

BETWEEN = " | "
PROPOSED = "proposed: "  # begins the note of a row that somebody has yet to fill in
_NAMES = {
    "en": {"en", "english", "eng", "en-us", "en-gb", "英文", "英语", "英"},
    "zh": {"zh", "chinese", "zho", "zh-cn", "zh-hans", "中文", "汉语", "中"},
    "kind": {"kind", "type", "category", "domain", "类别", "类型"},
    "en_variants": {"en_variants", "english variants", "英文变体"},
    "zh_variants": {"zh_variants", "chinese variants", "中文变体"},
    "note": {"note", "notes", "comment", "remark", "备注", "注"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry and where it stands: "terms.csv line 4"."""

    where: str
    entry: TermEntry


@dataclass(frozen=True, slots=True)
class Merged:
    """Entries of one or several files, each pair once, and a sentence for what is double or contradictory."""

    entries: tuple[TermEntry, ...]
    duplicates: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def read_terms(path: Path) -> list[Row]:
    """The entries of a file, by its extension. Raises `TermBaseError` listing every faulty row."""
    return read_filled(path)[0]


def read_filled(path: Path) -> tuple[list[Row], int]:
    """The entries, and how many proposals have no translation yet and were passed over. Raises as `read_terms`."""
    readers: dict[str, Callable[[Path], Iterator[Row | str | None]]] = {".tsv": _table, ".csv": _table, ".txt": _table}
    readers |= {".tbx": _tbx, ".xml": _tbx}
    if path.suffix.lower() not in readers:
        raise TermBaseError(f"{path}: unknown kind of term file; choose one of: .tsv, .csv, .tbx")
    rows = list(readers[path.suffix.lower()](path))
    faults = [row for row in rows if isinstance(row, str)]
    if faults:
        raise TermBaseError(f"{'; '.join(faults)}; correct these rows and import again, nothing was imported")
    return [row for row in rows if isinstance(row, Row)], rows.count(None)


def write_terms(entries: Iterable[TermEntry], path: Path) -> str:
    """The text of a file, by its extension. Raises `TermBaseError`.

    >>> from pathlib import Path
    >>> write_terms([TermEntry("Hefei", "合肥", "city")], Path("places.tsv")).splitlines()[1]
    'Hefei\\t合肥\\tcity\\t\\t\\t'
    """
    writers = {".tsv": _to_tsv, ".csv": _to_csv, ".tbx": to_tbx, ".xml": to_tbx}
    if path.suffix.lower() not in writers:
        raise TermBaseError(f"{path}: unknown kind of term file; choose one of: .tsv, .csv, .tbx")
    return writers[path.suffix.lower()](list(entries))


def merge(rows: Iterable[Row]) -> Merged:
    """Nothing is lost: doubles become one entry with the variants and notes of both, contradictions are kept and named.

    >>> rows = [Row("a line 2", TermEntry("SUV", "越野车")), Row("a line 3", TermEntry("SUV", "运动型多用途车"))]
    >>> merge(rows).conflicts
    ('a line 3: “SUV” is “运动型多用途车” here and “越野车” at a line 2; the first one wins',)
    """
    kept: dict[tuple[str, str], Row] = {}
    seen: dict[tuple[str, str], Row] = {}
    duplicates: list[str] = []
    conflicts: list[str] = []
    for row in rows:
        en, zh = normal(row.entry.en, "en"), normal(row.entry.zh, "zh")
        if (en, zh) in kept:
            before = kept[en, zh]
            duplicates.append(
                f"{row.where}: “{row.entry.en}” = “{row.entry.zh}” is at {before.where} already; made one"
            )
            kept[en, zh] = Row(before.where, _both(before.entry, row.entry))
            continue
        conflicts += _contradictions(row, seen.get(("en", en)), seen.get(("zh", zh)))
        kept[en, zh] = row
        seen.setdefault(("en", en), row)
        seen.setdefault(("zh", zh), row)
    return Merged(tuple(row.entry for row in kept.values()), tuple(duplicates), tuple(conflicts))


def _contradictions(row: Row, en: Row | None, zh: Row | None) -> Iterator[str]:
    entry = row.entry
    if en:
        yield f"{row.where}: “{entry.en}” is “{entry.zh}” here and “{en.entry.zh}” at {en.where}; the first one wins"
    if zh:
        yield f"{row.where}: “{entry.zh}” is “{entry.en}” here and “{zh.entry.en}” at {zh.where}; the first one wins"


def _both(a: TermEntry, b: TermEntry) -> TermEntry:
    en = tuple(dict.fromkeys((*a.en_variants, *(form for form in (b.en, *b.en_variants) if form != a.en))))
    zh = tuple(dict.fromkeys((*a.zh_variants, *(form for form in (b.zh, *b.zh_variants) if form != a.zh))))
    note = "; ".join(dict.fromkeys(filter(None, (a.note, b.note))))
    return a._replace(kind=a.kind or b.kind, en_variants=en, zh_variants=zh, note=note)


def _table(path: Path) -> Iterator[Row | str | None]:
    try:
        text = unicodedata.normalize("NFC", decode(content_of(path), str(path))).removeprefix("\ufeff")
    except OSError as error:
        raise TermBaseError(f"{path}: can't be read ({error.strerror}); check the path") from None
    except DocumentError as error:
        raise TermBaseError(str(error)) from None
    header = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=header.count)
    # A quotation mark in our own TSV is text: “十四五” may be written "十四五".
    lines = io.StringIO(text, newline="")
    if path.suffix.lower() == ".tsv":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    columns = _columns(next(reader, []))
    if not {"en", "zh"} <= set(columns):
        yield f"{path} line 1: the header is {header.strip()[:60]!r}, it must name the columns {', '.join(COLUMNS)}"
        return
    for cells in reader:
        if any(map(str.strip, cells)):
            entry = _entry(cells, columns, path.stem, plain if path.suffix.lower() != ".tsv" else str)
            where = f"{path} line {reader.line_num}"
            if isinstance(entry, TermEntry):
                yield Row(where, entry)
            else:
                yield None if any(text.startswith(PROPOSED) for text in cells) else f"{where}: {entry}"


def _columns(header: Sequence[str]) -> list[str]:
    names = [name.strip().casefold() for name in header]
    return [next((column for column, known in _NAMES.items() if name in known), name) for name in names]


def _entry(cells: Sequence[str], columns: Sequence[str], topic: str, read: Callable[[str], str]) -> TermEntry | str:
    """The entry of a row, or what is wrong with it."""
    if len(cells) > len(columns) and any(map(str.strip, cells[len(columns) :])):
        return f"{len(cells)} columns instead of {len(columns)}"
    row = {column: read(" ".join(text.split())) for column, text in zip(columns, cells, strict=False)}
    lacking = [column for column in ("en", "zh") if not row.get(column)]
    if lacking:
        return f"{' and '.join(lacking)} is empty"
    if row["en"] == row["zh"] and not row["en"].isascii():
        return f"en and zh are the same, “{row['en']}”"
    return TermEntry(
        row["en"],
        row["zh"],
        row.get("kind", ""),
        _variants(row.get("en_variants", ""), row["en"]),
        _variants(row.get("zh_variants", ""), row["zh"]),
        row.get("note", ""),
        topic,
        True,
    )


def _variants(text: str, preferred: str) -> tuple[str, ...]:
    forms = filter(None, map(str.strip, text.split("|")))
    return tuple(form for form in dict.fromkeys(forms) if form != preferred)


def _tbx(path: Path) -> Iterator[Row | str | None]:
    try:
        data = content_of(path)
    except OSError as error:
        raise TermBaseError(f"{path}: can't be read ({error.strerror}); check the path") from None
    for line, item in from_tbx(data, path):
        where = f"{path} line {line}"
        yield f"{where}: {item.reason}" if isinstance(item, TbxFault) else Row(where, item)


def _cells(entry: TermEntry) -> tuple[str, ...]:
    return (
        entry.en,
        entry.zh,
        entry.kind,
        BETWEEN.join(entry.en_variants),
        BETWEEN.join(entry.zh_variants),
        entry.note,
    )


def _to_tsv(entries: Sequence[TermEntry]) -> str:
    rows = [COLUMNS, *(_cells(entry) for entry in entries)]
    return "".join("\t".join(" ".join(text.split()) for text in row) + "\n" for row in rows)


def _to_csv(entries: Sequence[TermEntry]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(text) for text in _cells(entry)] for entry in entries)
    # Without the mark a spreadsheet takes UTF-8 for the machine's old encoding.
    return "\ufeff" + buffer.getvalue()
