"""What a newcomer meets first: the packages agree, the import is light, the module tree is the documented one."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import wivtext

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# PyPI names that conda-forge spells otherwise.
CONDA_NAMES = {"torch": "pytorch", "lxml-html-clean": "lxml_html_clean", "huggingface-hub": "huggingface_hub"}


def split_requirement(requirement: str) -> tuple[str, str]:
    name, ranges = re.fullmatch(r"([A-Za-z0-9_.\[\]-]+?)\s*([<>=!].*)?", requirement).groups()
    return name.lower(), ranges or ""


def declared() -> dict[str, str]:
    # alignment: built from source with a C compiler, only for training (pyproject.toml says so)
    extras = [name for name in PROJECT["optional-dependencies"] if name != "alignment"]
    wanted = [*PROJECT["dependencies"], *(item for name in extras for item in PROJECT["optional-dependencies"][name])]
    pairs = dict(split_requirement(item) for item in wanted)
    return {name: ranges for name, ranges in pairs.items() if not name.startswith("wivtext")}


def in_environment() -> dict[str, str]:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(item["pip"] for item in lines if isinstance(item, dict))
    names = {conda: pypi for pypi, conda in CONDA_NAMES.items()}
    pairs = [split_requirement(item) for item in [*(x for x in lines if isinstance(x, str)), *pip] if "-e" not in item]
    return {names.get(name, name): ranges for name, ranges in pairs if name not in {"python", "pip"}}


def test_environment_agrees_with_pyproject():
    assert in_environment() == declared()


def test_the_packages_the_readme_names_are_in_both():
    for name in ("jupyterlab", "transformers", "sacremoses", "pandas", "nbval"):
        assert name in declared()
        assert name in in_environment()


def test_versions_agree():
    assert PROJECT["version"] == wivtext.__version__


@pytest.mark.parametrize("code", ["import wivtext", "import wivtext.cli; wivtext.cli._parser().format_help()"])
def test_import_and_help_are_light(code):
    heavy = ["torch", "transformers", "pandas", "ctranslate2", "numpy", "trafilatura", "sacrebleu"]
    check = f"{code}; import sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_resolves_and_is_documented():
    for name in wivtext.__all__:
        assert getattr(wivtext, name).__doc__, name


def test_unknown_names_are_refused():
    with pytest.raises(AttributeError, match="no_such_name"):
        wivtext.no_such_name  # noqa: B018
