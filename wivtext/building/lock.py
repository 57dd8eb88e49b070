"""One build at a time in an outputs folder, and nothing left of one that was killed."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wivtext.errors import OutputError

logger = logging.getLogger(__name__)

_BUSY = (errno.EAGAIN, errno.EACCES)


@contextmanager
def alone_in(outputs: Path) -> Iterator[None]:
    """Hold the outputs folder, which is made where it is missing; the lock of a process that died is free.

    Raises `OutputError` where another build is at work there, or the folder can't be made or written.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{outputs}: can't be written ({error.strerror}); choose a folder that can be") from None
    with _lock(outputs):
        _remove_halves(outputs)
        yield


if sys.platform == "win32":

    @contextmanager
    def _lock(outputs: Path) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            with FileLock(outputs / ".build.lock", timeout=0):  # gone when it is released
                yield
        except Timeout:
            raise _taken(outputs) from None

else:

    @contextmanager
    def _lock(outputs: Path) -> Iterator[None]:
        """The lock of the folder itself, so that no file of ours stands among the analyst's."""
        from fcntl import LOCK_EX, LOCK_NB, flock

        handle = os.open(outputs, os.O_RDONLY)
        try:
            try:
                flock(handle, LOCK_EX | LOCK_NB)
            except OSError as error:
                if error.errno in _BUSY:
                    raise _taken(outputs) from None
                logger.warning("%s: no lock (%s); don't run two builds there at once", outputs, error.strerror)
            yield
        finally:
            os.close(handle)


def _taken(outputs: Path) -> OutputError:
    return OutputError(
        f"{outputs}: another build is at work there; wait until it is done, or choose another folder with --outputs"
    )


def _remove_halves(outputs: Path) -> None:
    """Remove what `files.write_atomically` had begun in a build that was killed."""
    for pattern in (".*.tmp", "*/.*.tmp"):
        for path in outputs.glob(pattern):
            path.unlink(missing_ok=True)
