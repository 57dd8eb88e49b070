"""The bytes of files that somebody else may have put there.

>>> import os
>>> content_of(Path(os.devnull))
Traceback (most recent call last):
OSError: [Errno 22] a pipe or a device, not a file: '/dev/null'
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def content_of(path: Path, largest: int | None = None) -> bytes:
    """The bytes of a file, of `largest` MB at most.

    Raises `OSError`, also for a pipe or a device: it may have no end, or never a beginning.
    """
    be_file(path, largest)
    return path.read_bytes()


def be_file(path: Path, largest: int | None = None) -> None:
    """Raise `OSError` where something is there that is no file, or one of more than `largest` MB."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EINVAL, "a pipe or a device, not a file", str(path))
    if largest is not None and status.st_size > largest << 20:
        raise OSError(errno.EFBIG, f"{status.st_size >> 20} MB, more than {largest} MB", str(path))
