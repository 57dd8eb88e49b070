"""Corrections: take them from other programs' files into the memory, and write the memory for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, memory_path, note, show

if TYPE_CHECKING:
    from wivtext.memory import Memory

HELP = "an analyst's corrections, in and out: TMX, XLIFF, review.tsv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `wivtext memory`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    take = actions.add_parser("import", help="corrections of a .tmx, .xlf, .xliff or review (.tsv, .csv) file")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument("--author", default="", metavar="NAME", help="who made them, where the file doesn't say")
    give = actions.add_parser("export", help="the memory, or a document's translations, as .tmx, .tsv or .xlf")
    give.add_argument("file", type=Path, metavar="FILE")
    give.add_argument("--document", metavar="FILE", type=Path, help="a brief.json: its translations, to be corrected")
    listing = actions.add_parser("list", help="what is kept, and the texts that have several corrections")
    for action in (take, give, listing):
        action.add_argument("--memory", type=Path, metavar="TMX", help="the memory (default: memory.tmx of the corpus)")
        add_settings(action)


def run(options: argparse.Namespace) -> int:
    """Run the action; 1 where something could not be taken in."""
    run_action = {"import": _import, "export": _export, "list": _list}[options.action]
    return run_action(options)


def _import(options: argparse.Namespace) -> int:
    from wivtext.memory import Memory
    from wivtext.memory.exchange import import_file

    path = memory_path(options)
    faults = 0
    for file in options.files:
        found = import_file(file, path, author=options.author)
        for fault in found.faults:
            note(f"{file}: {fault}")
        faults += len(found.faults)
        show(f"{file}: {len(found.corrections)} corrections taken")
    memory = Memory.load(path)
    _show_differing(memory)
    show(f"{path}: {len(memory)} corrections")
    return 1 if faults else 0


def _export(options: argparse.Namespace) -> int:
    from wivtext.memory import Memory
    from wivtext.memory.exchange import brief_of, export, export_document

    if options.document:
        count = export_document(brief_of(options.document), options.file)
    else:
        count = export(Memory.load(memory_path(options)), options.file)
    show(f"{options.file}: {count} segments" if options.document else f"{options.file}: {count} corrections")
    return 0


def _list(options: argparse.Namespace) -> int:
    from wivtext.memory import Memory

    memory = Memory.load(memory_path(options))
    for one in memory.corrections:
        show("\t".join((one.source_language, one.document, one.date, one.source, one.target)))
    _show_differing(memory)
    return 0


def _show_differing(memory: Memory) -> None:
    from wivtext.building.reviews import differing

    for remark in differing(memory):
        note(remark)
