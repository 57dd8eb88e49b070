"""Everything wivtext raises on purpose.

    WivtextError
    ├── DocumentError (ValueError)      a file that can't be read as a document
    ├── SettingsError (ValueError)      wivtext.toml or an option is wrong
    ├── EngineError (RuntimeError)      an engine can't be had, or failed
    │   ├── UnknownEngine (LookupError) no engine of that name
    │   ├── MissingExtra (ImportError)  an optional package is not installed
    │   └── ModelNotFound (FileNotFoundError)  no such model here, and none could be fetched
    ├── TermBaseError (ValueError)      a term base that can't be used
    ├── MemoryFileError (ValueError)    corrections (TMX, XLIFF, review.tsv) that can't be read
    └── OutputError (OSError)           results can't be written

Each message is one line that says what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable


class WivtextError(Exception):
    """The root: catch this to catch everything wivtext raises on purpose."""

    # One line, whatever the name of a file; and OSError would build its message from several arguments.
    def __str__(self) -> str:
        return " ".join(str(self.args[0] if self.args else "").splitlines())


class DocumentError(WivtextError, ValueError):
    """A file that can't be read as a document: empty, binary, damaged, unknown format."""


class SettingsError(WivtextError, ValueError):
    """A setting that is unknown or has a value that can't be."""


class EngineError(WivtextError, RuntimeError):
    """An engine can't be had or did not do its work."""


class UnknownEngine(EngineError, LookupError):
    """No engine of that name; the message lists the valid ones."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown engine {name!r}; choose one of: {', '.join(known)}")


class MissingExtra(EngineError, ImportError):
    """An optional package is not installed; the message has the install line."""

    def __init__(self, module: str, extra: str) -> None:
        super().__init__(f"{module} is not installed; run: pip install 'wivtext[{extra}]'")


class ModelNotFound(EngineError, FileNotFoundError):
    """No such model on this machine, and none could be fetched; the message says what to do."""


class TermBaseError(WivtextError, ValueError):
    """A term base that can't be used; the message lists every faulty line."""


class MemoryFileError(WivtextError, ValueError):
    """A file of corrections that can't be read: damaged, hostile, or something else."""


class OutputError(WivtextError, OSError):
    """Results can't be written."""
