"""The command line: one module a command, each with `HELP`, `add_arguments` and `run`. It alone prints and exits.

Exit codes: 0 done; 1 done, with findings or documents that failed; 2 usage or unreadable input.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from wivtext import __version__
from wivtext.cli.options import note
from wivtext.collecting import collect_less
from wivtext.errors import WivtextError

DONE, WITH_FINDINGS, UNUSABLE = 0, 1, 2
COMMANDS = (
    "build",
    "brief",
    "speakers",
    "translate",
    "summarize",
    "report",
    "check",
    "evaluate",
    "models",
    "terms",
    "memory",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    collect_less()
    # Where the terminal's encoding lacks a character, its number is shown; a closed output is no fault of ours.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        if sys.stdout:
            sys.stdout.flush()
    except WivtextError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _fail(
            f"{error.filename or 'standard output'}: {error.strerror or error}; check the path and its permissions"
        )
    except KeyboardInterrupt:
        return _fail("stopped; what was finished is kept, run the command again to go on")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wivtext",
        description="English and Chinese news and transcripts into briefs in both languages, every line traced.",
        epilog="Exit codes: 0 done; 1 done, with findings or documents that failed; 2 usage or unreadable input.",
    )
    parser.add_argument("--version", action="version", version=f"wivtext {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"wivtext.cli.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def _fail(message: str) -> int:
    note(message)
    return UNUSABLE
