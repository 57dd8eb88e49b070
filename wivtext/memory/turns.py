"""Processes that change one file take turns; the lock of one that died is free."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

logger = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds; a turn takes a fraction of one


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the lock of `path`, which lies in the user's cache folder; go on without one where that can't be."""
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = Path(platformdirs.user_cache_dir("wivtext", appauthor=False)) / "locks"
    lock = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        lock.acquire(timeout=_PATIENCE)
    except (OSError, NotImplementedError, Timeout) as error:
        logger.warning("%s: no lock (%s); don't change the file from two places at once", path, error)
    try:
        yield
    finally:
        if lock is not None and lock.is_locked:
            lock.release()
