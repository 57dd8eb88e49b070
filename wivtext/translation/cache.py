"""What engines answered, kept in one SQLite file, so that a sentence is translated once.

A damaged file is set aside and begun anew, and a folder that can't be written means working without a cache: a cache
may cost time when it fails, never a result.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from time import sleep
from typing import TypeVar

import platformdirs

from wivtext.engines import Candidate, Segment
from wivtext.records import Language

T = TypeVar("T")

logger = logging.getLogger(__name__)

NAME = "translations.sqlite"
_ASKED_AT_ONCE = 500  # SQLite allows 999 variables in a statement, at least
_PATIENCE = 30.0  # seconds that a process waits for another one's write
_PAUSE = 0.01


def default_path() -> Path:
    """The cache file in this user's cache folder."""
    return Path(platformdirs.user_cache_dir("wivtext", appauthor=False)) / NAME


def cache_key(segment: Segment, source: Language, target: Language, signature: str, use: str = "") -> str:
    """SHA-256 of everything that an engine's answer depends on; settings are part of its signature.

    >>> [cache_key(Segment("Hello."), "en", "zh", engine)[:8] for engine in ("echo", "embedded")]
    ['351ddb5c', '938620f3']
    """
    terms = [[term.source, term.target] for term in segment.terms]
    parts = json.dumps([segment.text, terms, source, target, signature, use], ensure_ascii=False)
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


class TranslationCache:
    """Candidates by key. Several processes may share the file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     cache = TranslationCache(Path(folder))
    ...     cache.put({"key": [Candidate("你好。", -0.5)]})
    ...     cache.get(["key", "another"])
    {'key': [Candidate(text='你好。', score=-0.5)]}
    """

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the file, or the folder that it lies in; the user's cache folder where none is given."""
        path = path or default_path()
        self.path = path if path.suffix == ".sqlite" else path / NAME
        self._kept: sqlite3.Connection | None = None
        self._kept_for: tuple[object, ...] = ()

    def get(self, keys: Iterable[str]) -> dict[str, list[Candidate]]:
        """What is known of `keys`; a key that is unknown is absent."""
        return self._select(keys, _unpacked)

    def put(self, candidates: Mapping[str, list[Candidate]]) -> None:
        """Keep `candidates`, all of them or none."""
        self.put_texts({key: _packed(value) for key, value in candidates.items()})

    def get_texts(self, keys: Iterable[str]) -> dict[str, str]:
        """As `get`, for what `put_texts` has kept."""
        return self._select(keys, str)

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Keep `texts`, all of them or none."""
        if texts:
            with self._open() as connection:
                if connection:
                    connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", texts.items())

    def _select(self, keys: Iterable[str], unpack: Callable[[str], T]) -> dict[str, T]:
        wanted = list(dict.fromkeys(keys))
        found: dict[str, T] = {}
        with self._open() as connection:
            for start in range(0, len(wanted), _ASKED_AT_ONCE):
                asked = wanted[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(asked))
                question = f"SELECT key, value FROM answers WHERE key IN ({marks})"
                rows = connection.execute(question, asked) if connection else ()
                found |= {key: unpack(value) for key, value in rows}
        return found

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """A connection in one transaction, None where the file can't be used."""
        try:
            connection = self._connection()
            yield connection
            if connection:
                connection.commit()
        except sqlite3.OperationalError as error:
            self._close()
            logger.warning("%s: %s; going on without the cache", self.path, error)
        except sqlite3.DatabaseError as error:
            self._close()
            self._set_aside(error)
        except BaseException:
            self._close()
            raise

    def _connection(self) -> sqlite3.Connection | None:
        """The connection of this process and thread to the file that is there now: opening one costs milliseconds."""
        if self._kept is None or self._kept_for != self._holder():
            self._close()
            self._kept = self._connect()
            self._kept_for = self._holder()
            if self._kept:
                weakref.finalize(self, self._kept.close)
        return self._kept

    def _holder(self) -> tuple[object, ...]:
        try:
            state = self.path.stat()
        except OSError:
            return ()
        return os.getpid(), get_ident(), state.st_dev, state.st_ino

    def _close(self) -> None:
        """Drop the connection, which undoes what was not committed; another thread's or process's closes itself."""
        kept, self._kept = self._kept, None
        if kept and self._kept_for[:2] == (os.getpid(), get_ident()):
            kept.close()

    def _connect(self, again: bool = True) -> sqlite3.Connection | None:
        connection = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
            _use_log(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
            _refuse_another_layout(connection)
            return connection
        except (sqlite3.OperationalError, OSError) as error:
            logger.warning("%s: %s; going on without the cache", self.path, error)
        except sqlite3.DatabaseError as error:
            self._set_aside(error)
        if connection:
            connection.close()
        return self._connect(again=False) if again and not self.path.exists() and self.path.parent.is_dir() else None

    def _set_aside(self, error: Exception) -> None:
        aside = self.path.with_name(self.path.name + ".damaged")
        logger.warning("%s is damaged (%s); it is now %s, and a new one is begun", self.path, error, aside.name)
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).replace(aside.with_name(aside.name + suffix))


def _use_log(connection: sqlite3.Connection) -> None:
    """Write ahead, so that readers and a writer don't wait for each other.

    SQLite doesn't wait for its turn when the mode changes, as it does for everything else.
    """
    for _ in range(int(_PATIENCE / _PAUSE)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            sleep(_PAUSE)
    connection.execute("PRAGMA journal_mode=WAL")


def _refuse_another_layout(connection: sqlite3.Connection) -> None:
    """Raise `DatabaseError` where another version of wivtext, or another program, wrote other columns."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(answers)")]
    if columns != ["key", "value"]:
        raise sqlite3.DatabaseError("written by another version")


def _packed(candidates: list[Candidate]) -> str:
    return json.dumps([[candidate.text, candidate.score] for candidate in candidates], ensure_ascii=False)


def _unpacked(value: str) -> list[Candidate]:
    try:
        return [Candidate(str(text), score) for text, score in json.loads(value)]
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"unreadable value: {error}") from None
