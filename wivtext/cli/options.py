"""Options that several commands share, and how they change the settings."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wivtext.settings import Settings, load_settings

if TYPE_CHECKING:
    from wivtext.memory import Memory


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def add_settings(parser: argparse.ArgumentParser) -> None:
    """`--settings FILE`."""
    parser.add_argument("--settings", type=Path, metavar="FILE", help="settings (default: wivtext.toml here, if any)")


def add_terms(parser: argparse.ArgumentParser) -> None:
    """`--terms FILE`, repeatable."""
    parser.add_argument("--terms", type=Path, action="append", default=[], metavar="TSV", help="a term base on top")


def positive(text: str) -> int:
    """A number of at least 1, as an option gives it."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


def settings_of(options: argparse.Namespace, **changes: dict[str, Any]) -> Settings:
    """The settings of the options, with `changes` by section; None leaves a value as it is. Raises `SettingsError`."""
    settings = load_settings(options.settings)
    for section, values in changes.items():
        given = {key: value for key, value in values.items() if value is not None}
        settings = replace(settings, **{section: replace(getattr(settings, section), **given)})
    return settings


def memory_path(options: argparse.Namespace) -> Path:
    """The file of the corrections: `--memory`, or the corpus's own."""
    from wivtext.memory import NAME

    path: Path | None = options.memory
    return path or Path(load_settings(options.settings).build.corpus) / NAME


def memory_of(options: argparse.Namespace) -> Memory:
    """The corrections of `--memory`, or of the corpus; none where there is no such file. Raises `MemoryFileError`."""
    from wivtext.errors import MemoryFileError
    from wivtext.memory import Memory

    if options.memory and not options.memory.is_file():
        raise MemoryFileError(f"{options.memory}: no such file; check the path")
    return Memory.load(memory_path(options))


def add_memory(parser: argparse.ArgumentParser) -> None:
    """`--memory TMX`."""
    parser.add_argument("--memory", type=Path, metavar="TMX", help="corrections (default: memory.tmx of the corpus)")


def text_of(path: str, largest: int | None = None) -> str:
    """The text of a file of `largest` MB at most, or of standard input for `-`. Raises `DocumentError`."""
    from wivtext.contents import content_of
    from wivtext.errors import DocumentError
    from wivtext.reading.encodings import decode

    if path == "-" and sys.stdin is None:
        raise DocumentError("standard input: closed; give it a text, or name a file")
    where = "standard input" if path == "-" else path
    try:
        # What a shell opened, as in <(cut -f1 pairs.tsv), ends; a pipe that lies about may not.
        opened = path == "-" or path.startswith("/dev/fd/")
        data = _all_of(path, largest) if opened else content_of(Path(path), largest)
    except OSError as error:
        raise DocumentError(f"{where}: can't be read ({error.strerror}); check the path") from None
    return decode(data, where)


def _all_of(path: str, largest: int | None) -> bytes:
    most = -1 if largest is None else (largest << 20) + 1
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
        data: bytes = stream.read(most)
    if len(data) == most:
        raise OSError(errno.EFBIG, f"more than {largest} MB", path)
    return data


def show(text: str = "") -> None:
    """Print a line of result."""
    print(powerless(text))


def note(text: str) -> None:
    """Print a line beside the result, to standard error."""
    print(f"wivtext: {powerless(' '.join(text.splitlines()))}", file=sys.stderr)


def powerless(text: str) -> str:
    r"""Text that can't command the terminal: control characters become U+FFFD, bidirectional overrides are gone.

    >>> powerless("Sales\x1b[2J rose\u202e。\t销量")
    'Sales\ufffd[2J rose。\t销量'
    """
    return _OVERRIDES.sub("", _CONTROLS.sub("\ufffd", text))
