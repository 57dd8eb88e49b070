"""The overview of the whole corpus, beside the index: `across.html` and the same as Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wivtext.errors import DocumentError
from wivtext.records import Brief
from wivtext.terms import TermBase

PAGE = "across.html"


@dataclass(frozen=True, slots=True)
class Across:
    """Makes the overview of the briefs in an outputs folder; of one brief, or of more than `most`, there is none.

    All briefs are read again for it, so that it costs a build time and memory with their number.
    """

    folder: Path
    terms: TermBase
    most: int

    def wanted(self, documents: int) -> bool:
        """Whether there is to be one."""
        return 2 <= documents <= self.most

    def files(self, names: Iterable[str]) -> dict[str, str]:
        """Its files by name; none where fewer than two of the briefs can be read."""
        from wivtext.across import FORMS, overview, render_overview
        from wivtext.across.pages import beside

        made = overview(self._briefs(names), terms=self.terms)
        if not self.wanted(len(made.sources)):
            return {}
        links = beside(source.document for source in made.sources)
        return {f"across.{form}": render_overview(made, form, links=links, home="index.html") for form in FORMS}

    def remarks(self, documents: int) -> tuple[str, ...]:
        """That there are too many documents, where they are."""
        if not 0 < self.most < documents:
            return ()
        return (
            f"{PAGE}: not made, {documents:,} documents are more than build.across = {self.most}; "
            f"`wivtext brief --across {self.folder} -o DIR` makes it",
        )

    def _briefs(self, names: Iterable[str]) -> Iterator[Brief]:
        from wivtext.across.sources import BRIEF, read_brief

        for name in names:
            try:
                yield read_brief(self.folder / name / BRIEF)
            except DocumentError:
                continue  # gone, or edited into no brief: the next build makes it again
