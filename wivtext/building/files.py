"""Writing files so that a reader never meets half of one, and nothing that somebody wrote is lost."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from wivtext.contents import be_file
from wivtext.errors import OutputError


def write_atomically(path: Path, content: str | bytes, *, lasting: bool = True) -> None:
    """Write `content` (text as UTF-8, LF) under a temporary name beside `path`, then replace `path`.

    Makes the folder. What can be made again need not be `lasting`, sure to be on the disk when the power fails, which
    costs milliseconds: such a file is then empty at worst. Raises `OutputError`.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data, lasting)
    except OSError as error:
        raise _unwritable(path, error) from None


def keep_edited(path: Path, written: str | None) -> Path | None:
    """Set aside a file that somebody changed since it was written with the SHA-256 `written`; its new name, or None.

    `brief.en.md` becomes `brief.en.kept.md`, or `brief.en.kept-2.md` where that exists.
    """
    if written is None or not path.is_file() or digest(path.read_bytes()) == written:
        return None
    kept = _free_name(path)
    path.rename(kept)
    return kept


def is_same(path: Path, content: str | bytes) -> bool:
    """Whether a file holds `content` already."""
    data = content.encode() if isinstance(content, str) else content
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


class Draft:
    """A file that is written piece by piece under a temporary name beside `path`; the folder is there. Nothing stays
    of one that is not put in its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sum = hashlib.sha256()

    def __enter__(self) -> Draft:
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", suffix=".tmp", dir=self.path.parent)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        self._temporary, self._file = Path(name), os.fdopen(handle, "wb")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what is not in its place by now is thrown away, whether the rest of it fits or not
            self._file.close()
        self._temporary.unlink(missing_ok=True)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written."""
        return self._sum.hexdigest()

    def write(self, text: str) -> None:
        """Add to the file. Raises `OutputError`."""
        data = text.encode()
        self._sum.update(data)
        try:
            self._file.write(data)
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def replace(self) -> None:
        """Put it in its place. Raises `OutputError`."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            _put_in_place(self._temporary, self.path)
        except OSError as error:
            raise _unwritable(self.path, error) from None


def digest(data: bytes | str) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file, however large, in hexadecimal. Raises `OSError`."""
    be_file(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: can't be written ({error.strerror}); choose a folder that can be")


def _replace(path: Path, data: bytes, lasting: bool) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        _put_in_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _put_in_place(temporary: Path, path: Path) -> None:
    temporary.chmod(0o644)
    temporary.replace(path)


def _free_name(path: Path) -> Path:
    count = 1
    while True:
        mark = "kept" if count == 1 else f"kept-{count}"
        candidate = path.with_name(f"{path.stem}.{mark}{path.suffix}")
        if not candidate.exists():
            return candidate
        count += 1
