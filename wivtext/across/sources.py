"""Briefs that were made before, read one by one: of one file, or of an outputs folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wivtext.contents import content_of
from wivtext.errors import DocumentError
from wivtext.records import Brief, from_dict

BRIEF = "brief.json"


def brief_files(folder: Path) -> list[Path]:
    """The brief.json of every document in an outputs folder, by name."""
    return sorted(folder.glob(f"*/{BRIEF}"))


def briefs_in(folder: Path | str) -> Iterator[Brief]:
    """The briefs of an outputs folder, read one by one. Raises `DocumentError`."""
    files = brief_files(Path(folder))
    if not files:
        raise DocumentError(f"{folder}: no brief in this folder; run `wivtext build` first, or name another")
    return map(read_brief, files)


def read_brief(path: Path) -> Brief:
    """A brief as `brief.json` has it; its document is called as its folder is. Raises `DocumentError`."""
    try:
        brief = from_dict(Brief, json.loads(content_of(path)))
    except (OSError, ValueError, RecursionError) as error:
        words = " ".join(str(error).split())
        raise DocumentError(
            f"{path}: no brief that can be read ({words}); make it again with `wivtext build`"
        ) from None
    return replace(brief, document=replace(brief.document, name=path.resolve().parent.name))
