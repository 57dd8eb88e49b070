"""Writing files so that a reader never meets half of one, and nothing that somebody wrote is lost."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from wivtext.errors import OutputError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write `content` (text as UTF-8, LF) under a temporary name beside `path`, then replace `path`.

    Makes the folder. Raises `OutputError`.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose a folder that can be") from None


def keep_edited(path: Path, written: str | None) -> Path | None:
    """Set aside a file that somebody changed since it was written with the SHA-256 `written`; its new name, or None.

    `brief.en.md` becomes `brief.en.kept.md`, or `brief.en.kept-2.md` where that exists.
    """
    if written is None or not path.is_file() or digest(path.read_bytes()) == written:
        return None
    kept = _free_name(path)
    path.rename(kept)
    return kept


def is_same(path: Path, content: str) -> bool:
    """Whether a file holds `content` already."""
    return path.is_file() and path.read_bytes() == content.encode()


def digest(data: bytes | str) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file, however large, in hexadecimal. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _free_name(path: Path) -> Path:
    count = 1
    while True:
        mark = "kept" if count == 1 else f"kept-{count}"
        candidate = path.with_name(f"{path.stem}.{mark}{path.suffix}")
        if not candidate.exists():
            return candidate
        count += 1
