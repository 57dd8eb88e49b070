"""List, inspect, fetch and carry models: the registry of good open ones, and those on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from wivtext.cli.options import show

HELP = "list, inspect, fetch and carry models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `wivtext models`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the registry, with what is on this machine")
    actions.add_parser("info", help="all that is known of a model").add_argument("name", metavar="MODEL")
    actions.add_parser("pull", help="fetch a model from the hub").add_argument("name", metavar="MODEL")
    pack = actions.add_parser("pack", help="a model into one file, with checksums, for a machine without a network")
    pack.add_argument("name", metavar="MODEL")
    pack.add_argument("file", type=Path, metavar="FILE")
    unpack = actions.add_parser("unpack", help="a packed model onto this machine")
    unpack.add_argument("file", type=Path, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Run the action."""
    {"list": _list, "info": _info, "pull": _pull, "pack": _pack, "unpack": _unpack}[options.action](options)
    return 0


def _list(options: argparse.Namespace) -> None:
    from wivtext.models import find, local, registry

    here = {model.id for model in local()}
    show(f"{'MODEL':30} {'TASK':14} {'LANGUAGES':12} {'MB':>6}  {'HERE':5} LICENCE")
    for model in registry():
        licence = model.licence if model.commercial else f"{model.licence} (non-commercial)"
        mark = "yes" if model.id in here else ""
        languages = " ".join(model.directions)
        show(f"{model.alias:30} {model.task:14} {languages:12} {model.download:>6}  {mark:5} {licence}")
    for model_here in local():
        if find(model_here.id) is None:
            show(f"{model_here.id:30} {'':14} {'':12} {model_here.megabytes:>6}  yes   not in the registry")


def _info(options: argparse.Namespace) -> None:
    from wivtext.errors import ModelNotFound
    from wivtext.models import find, local

    model = find(options.name)
    if model is None:
        raise ModelNotFound(f"{options.name} is not in the registry; `wivtext models list` shows what is")
    here = [str(found.path) for found in local() if found.id == model.id]
    facts = {
        "alias": model.alias,
        "hub id": model.id,
        "task": model.task,
        "family": model.family,
        "languages": " ".join(model.directions),
        "size": f"{model.parameters} million parameters, {model.download} MB",
        "licence": model.licence,
        "commercial use": "allowed" if model.commercial else "not allowed",
        "prefixes": ", ".join(f"{prefix.strip()} for {language}" for language, prefix in model.prefixes.items()),
        "note": model.note,
        "here": ", ".join(here) or f"no; wivtext models pull {model.alias}",
    }
    for name, value in facts.items():
        if value:
            show(f"{name + ':':16} {value}")


def _pull(options: argparse.Namespace) -> None:
    import sys

    from wivtext.models import pull

    show(str(pull(options.name, progress=sys.stderr.isatty())))


def _pack(options: argparse.Namespace) -> None:
    from wivtext.models import pack

    show(str(pack(options.name, options.file)))


def _unpack(options: argparse.Namespace) -> None:
    from wivtext.models import unpack

    show(str(unpack(options.file)))
