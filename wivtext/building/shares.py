"""What each document adds to the tables and pages of the whole corpus, kept beside the translations.

The tables of ten thousand documents are put together from these shares, which are small, and not from the briefs. A
share is known by the SHA-256 of the brief's JSON that it was made of, so that it is never out of date; one that is
missing is made from that file again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from wivtext import __version__
from wivtext.building.files import digest
from wivtext.contents import content_of
from wivtext.directory import Appearance
from wivtext.findings import placed
from wivtext.memory.cells import harmless
from wivtext.records import Brief, from_dict
from wivtext.rendering.entries import IndexEntry, index_entry
from wivtext.tables import FINDINGS, STATEMENTS, finding_row, statement_rows
from wivtext.translation.cache import TranslationCache

NAME = "shares.sqlite"
_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Share:
    """One document's rows of statements.csv and findings.csv, its speakers, and its entry on the index page."""

    statements: str
    findings: str
    speakers: tuple[Appearance, ...]
    entry: IndexEntry


def share_of(name: str, brief: Brief) -> Share:
    """What the brief in the folder `name` adds."""
    return Share(
        statements=csv_rows(statement_rows(brief)),
        findings=csv_rows(finding_row(brief, one) for one in placed(brief)),
        speakers=tuple(Appearance.of(brief.document.name, part) for part in brief.speakers),
        entry=index_entry(name, brief),
    )


def csv_table(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]] = ()) -> str:
    """A table as `tables.csv` writes it.

    >>> csv_table(("document", "cue", "text"), [("a", None, "=1+1")])
    "document,cue,text\\na,,'=1+1\\n"
    """
    return csv_rows([columns]) + csv_rows(rows)


def csv_rows(rows: Iterable[tuple[Any, ...]]) -> str:
    """Rows of such a table."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the briefs in an outputs folder."""

    folder: Path
    store: TranslationCache
    _fresh: dict[str, Share] = field(default_factory=dict)

    @classmethod
    def beside(cls, cache: TranslationCache, folder: Path) -> Shares:
        """Those kept in the folder of the translation cache."""
        return cls(folder, TranslationCache(cache.path.with_name(NAME)))

    def add(self, name: str, brief: str, share: Share) -> None:
        """Keep the share of the brief in the folder `name` whose JSON has this SHA-256."""
        self._fresh[_key(name, brief)] = share
        if len(self._fresh) >= _TOGETHER:
            self.keep()

    def keep(self) -> None:
        """Put what was added on the disk."""
        self.store.put_texts({key: _packed(share) for key, share in self._fresh.items()})
        self._fresh.clear()

    def all_of(self, briefs: Mapping[str, str]) -> Iterator[tuple[str, Share]]:
        """Each document's share, in their order; `briefs` has the SHA-256 of each one's JSON by its folder's name."""
        self.keep()
        names = iter(briefs)
        while batch := list(islice(names, _TOGETHER)):
            known = self.store.get_texts(_key(name, briefs[name]) for name in batch)
            for name in batch:
                share = _unpacked(known.get(_key(name, briefs[name]))) or self._again(name, briefs[name])
                if share:
                    yield name, share
            self.keep()

    def _again(self, name: str, written: str) -> Share | None:
        """Made from the brief there is; None where it is gone."""
        try:
            data = content_of(self.folder / name / "brief.json")
            share = share_of(name, from_dict(Brief, json.loads(data)))
        except (OSError, ValueError, RecursionError):
            return None
        if digest(data) == written:
            self.add(name, written, share)
        return share


def _key(name: str, brief: str) -> str:
    # Other columns, other rows.
    columns = (STATEMENTS, FINDINGS, Share.__slots__, Appearance.__slots__, IndexEntry.__slots__)
    return digest(repr((__version__, columns, name, brief)))


def _packed(share: Share) -> str:
    return msgspec.json.encode(share).decode()


def _unpacked(text: str | None) -> Share | None:
    try:
        return msgspec.json.decode(text, type=Share) if text else None
    except msgspec.MsgspecError:
        return None
