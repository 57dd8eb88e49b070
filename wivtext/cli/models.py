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
