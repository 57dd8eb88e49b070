"""Front matter: YAML between two `---` lines at the head of a text.

>>> take_front_matter("---\\ntitle: 大会开幕\\ndate: 2025-07-30\\n---\\n正文。", "a.md")
({'title': '大会开幕', 'date': '2025-07-30'}, '正文。')
"""

from __future__ import annotations

import re

from wivtext.errors import DocumentError
from wivtext.reading.encodings import normalise

_FENCED = re.compile(r"\s*---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"\s*(?:#|[\w-]+[ \t]*:)")
_LONGEST = 20_000


def take_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """What the front matter says, as strings, and the text after it. Raises `DocumentError` where it is not YAML."""
    match = _FENCED.match(text, 0, _LONGEST)
    if not match or not _KEY.match(match[1] or "#"):
        return {}, text
    return _fields(match[1] or "", name), text[match.end() :].lstrip("\n")


def _fields(yaml_text: str, name: str) -> dict[str, str]:
    import yaml

    try:
        data = yaml.load(yaml_text, Loader=yaml.BaseLoader)
    except RecursionError:
        raise DocumentError(f"{name}: the front matter is nested too deeply; repair it or remove it") from None
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise DocumentError(f"{name}: the front matter is not valid YAML{line}; repair it or remove it") from None
    if not data:
        return {}
    if not isinstance(data, dict):
        raise DocumentError(f"{name}: the front matter is not a list of `key: value` lines; repair it or remove it")
    fields = {key.lower(): _plain(value) for key, value in data.items() if isinstance(key, str)}
    return {key: value for key, value in fields.items() if value}


def _plain(value: object) -> str:
    # Only what is plainly there: aliases of lists of aliases would write themselves out without end.
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value if isinstance(item, str))
    # YAML can write what a text can't hold: "\\ud800".
    return " ".join(normalise(value).split()) if isinstance(value, str) else ""
