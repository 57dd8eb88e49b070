"""The briefs of a whole corpus, for looking at all of them together in a notebook or a report.

Nothing is written into the corpus or its outputs: the briefs are built in a folder of their own. They are read one at a
time, so that a corpus of any size can be made a table of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from wivtext.building import Failure, build
from wivtext.building.corpus import term_files_of
from wivtext.contents import content_of
from wivtext.errors import DocumentError
from wivtext.namebook import FILLED
from wivtext.records import Brief, Displayed, from_dict
from wivtext.settings import Settings
from wivtext.terms import TermBase


@dataclass(frozen=True)
class Conference(Displayed):
    """The briefs of a corpus in the order of their names, what could not be read, and the terms of the corpus.

    It can be gone through any number of times: each of the functions of `wivtext.tables` takes it as it is.
    """

    folder: Path = field(repr=False)
    names: tuple[str, ...]
    failed: tuple[Failure, ...]
    terms: TermBase = field(repr=False)
    _kept: TemporaryDirectory[str] | None = field(default=None, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Brief]:
        for name in self.names:
            text = content_of(self.folder / name / "brief.json")
            yield from_dict(Brief, json.loads(text))


def gather(
    corpus: Path | str,
    folder: Path | str | None = None,
    *,
    settings: Settings | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Conference:
    """Brief every document of `corpus` in `folder`, by default a temporary one that goes with the result.

    What is in the folder already and still holds is not made again. Raises what `wivtext.build` raises, and
    `DocumentError` where there is no document, or none that can be read.
    """
    settings, corpus = settings or Settings(), Path(corpus)
    kept = None if folder else TemporaryDirectory(prefix="wivtext-")
    folder = Path(folder or (kept.name if kept else ""))
    report = build(corpus, folder, settings=settings, progress=progress)
    names = tuple(sorted((*report.built, *report.fresh)))
    if not names:
        raise DocumentError(_nothing(corpus, report.failed))
    files = [*term_files_of(corpus), *corpus.glob(f"terms/{FILLED}")]
    return Conference(folder, names, report.failed, TermBase.load(files, starter=settings.terms.starter), kept)


def _nothing(corpus: Path, failed: tuple[Failure, ...]) -> str:
    if not failed:
        return f"{corpus}: no document in this folder; put some in (.md, .txt, .html, .docx, .vtt, .srt ...)"
    return f"{corpus}: none of its documents ({len(failed)}) can be read; the first: {failed[0].message}"
