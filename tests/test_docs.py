"""The README is true: its commands print what it shows, its Python runs, every command and setting is in it."""

import doctest
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from wivtext.cli import COMMANDS
from wivtext.records import to_dict
from wivtext.settings import Settings, settings_from

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def console_examples():
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = example.partition("\n")
            yield command, output


@pytest.mark.parametrize(("command", "output"), list(console_examples()))
def test_commands_print_what_the_readme_shows(command, output):
    words = shlex.split(command)
    if words[0] == "wivtext":
        words[:1] = [sys.executable, "-m", "wivtext"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == output.strip()


def test_python_examples(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0


def test_the_guide_in_chinese(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.zh.md"), module_relative=False, encoding="utf-8")
    assert tried >= 3 and failed == 0
    guide = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", guide) if not (ROOT / link).exists()] == []


def test_the_examples_of_the_api(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, encoding="utf-8")
    assert tried >= 25
    assert failed == 0


def test_the_api_page_has_every_function():
    import wivtext

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    functions = [name for name in wivtext.__all__ if name[0].islower()]
    assert [name for name in functions if not re.search(rf"^## .*\b{name}\b", page, re.MULTILINE)] == []


def test_every_command_is_listed():
    assert [command for command in COMMANDS if f"wivtext {command}" not in README] == []


def test_the_settings_shown_are_the_defaults():
    shown = re.search(r"```toml\n(.*?)```", README, re.DOTALL).group(1)
    assert settings_from(tomllib.loads(shown)) == Settings()
    assert tomllib.loads(shown) == to_dict(Settings())


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_modules_listed_exist():
    listed = re.findall(r"^    ((?:wivtext|training|benchmarks)/\S*)", README, re.MULTILINE)
    assert len(listed) > 8
    assert [path for path in listed if not (ROOT / path).exists()] == []


def test_changelog_knows_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version} (" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
