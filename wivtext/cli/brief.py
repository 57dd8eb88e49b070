"""Write the brief of one or more files: Markdown in both languages, a page, JSON; or one brief of all of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_memory, add_settings, add_terms, memory_of, note, settings_of, show

if TYPE_CHECKING:
    from wivtext.building.workshop import Workshop

HELP = "the brief of one or more files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext brief`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="documents")
    parser.add_argument(
        "--across", action="store_true", help="one brief of all files; FILE may be a folder of them, or of briefs"
    )
    parser.add_argument("-o", "--outputs", type=Path, metavar="DIR", help="write files there, a folder a document")
    parser.add_argument("--to", choices=["en", "zh"], help="print one language only")
    parser.add_argument("--engine", metavar="E", help="translator (default: embedded)")
    parser.add_argument("--summarizer", metavar="E", help="summarizer (default: extractive)")
    add_terms(parser)
    add_memory(parser)
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Brief each file; one that can't be read is reported and the others are done."""
    from wivtext.building.corpus import folder_names
    from wivtext.building.workshop import Workshop

    if options.across:
        from wivtext.cli.across import run as run_across

        return run_across(options)
    settings = settings_of(options, translation={"engine": options.engine}, summary={"engine": options.summarizer})
    workshop = Workshop.open(settings, options.terms, memory_of(options))
    documents = folder_names(list(dict.fromkeys(options.files)))
    results = [_one(workshop, name, path, options) for name, path in documents.items()]
    if all(result is None for result in results):
        return 2
    return 0 if all(result == 0 for result in results) else 1


def _one(workshop: Workshop, name: str, path: Path, options: argparse.Namespace) -> int | None:
    """The number of findings, or None where the document failed."""
    from wivtext.building.files import write_atomically
    from wivtext.errors import OutputError, WivtextError
    from wivtext.rendering import render

    try:
        brief = workshop.brief(path)
        for file, form in workshop.forms.items() if options.outputs else ():
            write_atomically(options.outputs / name / file, render(brief, form))
    except OutputError:
        raise
    except WivtextError as error:
        said = str(error)
        note(said if len(options.files) == 1 or str(path) in said else f"{path}: {said}")
        return None
    if options.outputs:
        show(str(options.outputs / name))
    else:
        for language in [options.to] if options.to else ["en", "zh"]:
            show(render(brief, "en.md" if language == "en" else "zh.md"))
    return len(brief.findings)
