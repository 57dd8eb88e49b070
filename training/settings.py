"""Settings of the recipe: one TOML file, read once by each command."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
DIRECTIONS = ("en-zh", "zh-en")

Settings = dict[str, Any]


def load(path: Path | None = None, work: Path | None = None) -> Settings:
    """Read the settings and resolve their paths; `work` overrides the work directory."""
    settings: Settings = tomllib.loads((path or HERE / "settings.toml").read_text("utf-8"))
    for name, value in settings["paths"].items():
        settings["paths"][name] = (REPOSITORY / Path(value).expanduser()).resolve()
    if work:
        settings["paths"]["work"] = work.resolve()
    return settings


def parser(description: str | None) -> argparse.ArgumentParser:
    """An argument parser with the options that every command has."""
    result = argparse.ArgumentParser(description=description)
    result.add_argument("--settings", type=Path, help="settings file (default: training/settings.toml)")
    result.add_argument("--work", type=Path, help="work directory, instead of the one in the settings")
    return result


def from_arguments(arguments: argparse.Namespace) -> Settings:
    """Settings for parsed arguments."""
    return load(arguments.settings, arguments.work)
