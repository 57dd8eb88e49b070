"""Settings: `wivtext.toml`, every one with a default.

>>> Settings().translation.engine
'embedded'
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from wivtext.contents import content_of
from wivtext.errors import SettingsError
from wivtext.records import Displayed

_LARGEST = 1  # MB of settings


@dataclass(frozen=True, slots=True)
class ReadingSettings(Displayed):
    """`[reading]`: the size in MB from which on a file is refused; a .docx may have 200 MB when unpacked."""

    largest: int = 50


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """`[translation]`: `beam_size` hypotheses; `max_tokens` is the longest piece given to an engine at once.

    `threads` are the sentences a local engine works on side by side, 0 for as many as there are processors. `hints`
    are the words, at most, that the embedded engine is told a translation of where it lost them in a sentence. The
    `second` engine is asked where what the first one made still fails a check.
    """

    engine: str = "embedded"
    second: str = ""
    beam_size: int = 4
    batch_tokens: int = 2048
    max_tokens: int = 200
    threads: int = 0
    hints: int = 3


@dataclass(frozen=True, slots=True)
class SummarySettings:
    """`[summary]`: how many general points and how many lines a speaker may have; `shorten` takes datelines,
    connectives and, under a speaker's name, "X said" off the sentences chosen."""

    engine: str = "extractive"
    min_points: int = 5
    max_points: int = 8
    speaker_lines: int = 3
    shorten: bool = True


@dataclass(frozen=True, slots=True)
class TermSettings:
    """`[terms]`: whether the shipped term base is used under the analyst's own (`corpus/terms/*.tsv`)."""

    starter: bool = True


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """`[build]`: the folders, relative to the settings file; `cache` may be a folder or "" for the user's cache;
    `cluster` is the address of a Dask scheduler, or local:N; `docx` says whether Word documents are written, too;
    `across` is the number of documents up to which a build makes one brief of all of them; 0 makes none."""

    corpus: str = "corpus"
    outputs: str = "outputs"
    jobs: int = 1
    cluster: str = ""
    cache: str = ""
    docx: bool = True
    across: int = 200


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`[server]`: seconds to wait for an answer, how many requests at a time, the longest text to summarize at once."""

    timeout: float = 600
    requests: int = 4
    passage_tokens: int = 6000


@dataclass(frozen=True, slots=True)
class Settings(Displayed):
    """Everything of `wivtext.toml`."""

    translation: TranslationSettings = field(default_factory=TranslationSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    terms: TermSettings = field(default_factory=TermSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)


def load_settings(path: Path | None = None) -> Settings:
    """The settings of `path`, or of `wivtext.toml` in the working directory if there is one, else the defaults.

    Raises `SettingsError` naming the file and every key that is unknown or of the wrong kind.
    """
    if path is None:
        path = Path("wivtext.toml")
        if not path.exists() and not path.is_symlink():
            return Settings()
    try:
        data = tomllib.loads(content_of(path, _LARGEST).decode("utf-8").replace("\r\n", "\n"))
    except OSError as error:
        raise SettingsError(f"{path}: can't be read ({error.strerror}); check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
    return settings_from(data, str(path))


def settings_from(data: dict[str, Any], where: str = "settings") -> Settings:
    """Settings from plain dicts, defaults filled in. Raises `SettingsError`."""
    _refuse_unknown(data, where)
    try:
        settings = msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}") from None
    _refuse_impossible(settings, where)
    return settings


def _refuse_unknown(data: dict[str, Any], where: str) -> None:
    defaults = msgspec.to_builtins(Settings())
    faults = [f"[{section}]" for section in data if section not in defaults]
    for section, values in data.items():
        if section in defaults and isinstance(values, dict):
            faults += [f"{section}.{key}" for key in values if key not in defaults[section]]
    if faults:
        known = ", ".join(f"{section}.{key}" for section, keys in defaults.items() for key in keys)
        raise SettingsError(f"{where}: unknown {', '.join(faults)}; the settings are: {known}")


def _refuse_impossible(settings: Settings, where: str) -> None:
    positive = {
        "reading.largest": settings.reading.largest,
        "translation.beam_size": settings.translation.beam_size,
        "translation.batch_tokens": settings.translation.batch_tokens,
        "translation.max_tokens": settings.translation.max_tokens,
        "summary.min_points": settings.summary.min_points,
        "summary.speaker_lines": settings.summary.speaker_lines,
        "build.jobs": settings.build.jobs,
        "server.timeout": settings.server.timeout,
        "server.requests": settings.server.requests,
        "server.passage_tokens": settings.server.passage_tokens,
    }
    faults = [f"{key} is {value}, must be at least 1" for key, value in positive.items() if value < 1]
    folders = {"corpus": settings.build.corpus, "outputs": settings.build.outputs, "cache": settings.build.cache}
    faults += [f"build.{key} holds a null byte, which no folder's name does" for key in folders if "\0" in folders[key]]
    if settings.translation.hints < 0:
        faults.append("translation.hints is below 0, which stands for none")
    if settings.translation.threads < 0:
        faults.append("translation.threads is below 0, which stands for all processors")
    if settings.summary.max_points < settings.summary.min_points:
        faults.append("summary.max_points is below summary.min_points")
    if faults:
        raise SettingsError(f"{where}: {'; '.join(faults)}")
