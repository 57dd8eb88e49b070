"""`wivtext brief --across`: one brief of many documents, and the briefs of each."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from wivtext.cli.options import memory_of, note, settings_of, show

if TYPE_CHECKING:
    from wivtext.building.workshop import Workshop
    from wivtext.records import Brief


def run(options: argparse.Namespace) -> int:
    """Brief each file, and all of them together; one that can't be read is reported and the others are done."""
    from wivtext.across import FORMS, overview, render_overview
    from wivtext.building.files import write_atomically

    making = _Making(options)
    made = overview(making.briefs(), terms=making.workshop.terms)
    if not made.sources:
        return 2
    if options.outputs:
        for form in FORMS:
            write_atomically(options.outputs / f"across.{form}", render_overview(made, form, links=making.links))
        show(str(options.outputs / "across.html"))
    else:
        for language in [options.to] if options.to else ["en", "zh"]:
            show(render_overview(made, f"{language}.md"))
    return 1 if making.failed or making.findings else 0


@dataclass
class _Making:
    """The briefs of what the command names, made or read one by one, and what is to be said of them after that."""

    options: argparse.Namespace
    links: dict[str, str] = field(default_factory=dict)
    findings: int = 0
    failed: int = 0

    def briefs(self) -> Iterator[Brief]:
        """Each document's brief, under a name that no other has."""
        from wivtext.building.corpus import folder_names
        from wivtext.errors import OutputError, WivtextError

        for name, path in folder_names([_called(path) for path in self.files]).items():
            try:
                brief = self._brief(name, self.files[path])
            except OutputError:
                raise
            except WivtextError as error:
                note(str(error))
                self.failed += 1
                continue
            self.findings += len(brief.findings)
            yield replace(brief, document=replace(brief.document, name=name))

    @cached_property
    def files(self) -> dict[Path, Path]:
        """The files by what they are called by: a brief that was made before is called as its folder is."""
        from wivtext.across.sources import brief_files
        from wivtext.building.corpus import documents_of

        files: dict[Path, Path] = {}
        for path in self.options.files:
            named = [path] if not path.is_dir() else brief_files(path) or documents_of(path)
            if not named:
                note(f"{path}: no document and no brief in this folder")
                self.failed += 1
            files |= {_called(one): one for one in sorted(named)}
        return files

    @cached_property
    def workshop(self) -> Workshop:
        from wivtext.building.corpus import term_files_of
        from wivtext.building.workshop import Workshop

        summary = {"engine": self.options.summarizer}
        settings = settings_of(self.options, translation={"engine": self.options.engine}, summary=summary)
        corpora = [file for path in self.options.files if path.is_dir() for file in term_files_of(path)]
        return Workshop.open(settings, [*self.options.terms, *corpora], memory_of(self.options))

    def _brief(self, name: str, path: Path) -> Brief:
        from wivtext.across.sources import BRIEF, read_brief
        from wivtext.building.files import write_atomically
        from wivtext.rendering import render

        outputs: Path | None = self.options.outputs
        if path.name == BRIEF:
            if outputs and (page := path.with_name("brief.html")).is_file():
                self.links[name] = quote(Path(os.path.relpath(page, outputs)).as_posix())
            return read_brief(path)
        brief = self.workshop.brief(path)
        if outputs:
            for file, form in self.workshop.forms.items():
                write_atomically(outputs / name / file, render(brief, form))
            self.links[name] = quote(f"{name}/brief.html")
        return brief


def _called(path: Path) -> Path:
    from wivtext.across.sources import BRIEF

    folder = path.resolve().parent
    return folder.with_name(f"{folder.name}.json") if path.name == BRIEF else path
