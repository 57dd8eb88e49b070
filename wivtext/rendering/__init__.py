"""Briefs as files: Markdown in each language, one self-contained page, Word, JSON; and the index page of a corpus."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, overload

import jinja2
from markupsafe import Markup

from wivtext.errors import SettingsError
from wivtext.records import Brief, Language, to_dict
from wivtext.rendering.docx import render_docx
from wivtext.rendering.entries import IndexEntry, IndexPage
from wivtext.rendering.markdown import MarkdownPage
from wivtext.rendering.pages import BriefPage
from wivtext.rendering.wording import TEMPLATES, labels


@overload
def render(brief: Brief, form: Literal["docx"], *, index: str = "") -> bytes: ...
@overload
def render(brief: Brief, form: Literal["en.md", "zh.md", "html", "json"], *, index: str = "") -> str: ...
@overload
def render(brief: Brief, form: str, *, index: str = "") -> str | bytes: ...
def render(brief: Brief, form: str, *, index: str = "") -> str | bytes:
    """The brief in one of `FORMS`, a text that ends in a newline or the bytes of a .docx file.

    The HTML page links to the `index` page if there is one. Raises `SettingsError` for another form.
    """
    if form not in FORMS:
        raise SettingsError(f"unknown form {form!r}; choose one of: {', '.join(FORMS)}")
    return _html(brief, index) if form == "html" else FORMS[form](brief)


def render_index(entries: Iterable[IndexEntry], *, across: str = "") -> str:
    """The page that lists the briefs of a corpus; see `index_entry`.

    It links to the overview at the address `across`, if there is one.
    """
    return "".join(index_parts(entries, across=across))


def index_parts(entries: Iterable[IndexEntry], *, across: str = "") -> Iterator[str]:
    """The page of `render_index` piece by piece: that of thousands of briefs is large."""
    return _secured_parts("index", page=IndexPage.of(entries), across=across)


def _markdown(brief: Brief, language: Language) -> str:
    page = MarkdownPage(brief, language)
    return markdown_page("brief", language, brief=brief, page=page)


def _html(brief: Brief, index: str = "") -> str:
    return secured_page("brief", page=BriefPage(brief), index=index)


def _json(brief: Brief) -> str:
    return json.dumps(to_dict(brief), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


FORMS: dict[str, Callable[[Brief], str | bytes]] = {
    "en.md": lambda brief: _markdown(brief, "en"),
    "zh.md": lambda brief: _markdown(brief, "zh"),
    "html": _html,
    "json": _json,
    "docx": render_docx,
}


def markdown_page(name: str, language: Language, **values: Any) -> str:
    """The Markdown template of this name; what it is given has to be escaped."""
    return _templates(False).get_template(f"{name}.md.j2").render(label=labels(language), **values)


def secured_page(name: str, *, styles: tuple[str, ...] = ("page.css",), **values: Any) -> str:
    """The HTML template of this name, which escapes what it is given, with its style and script and a policy."""
    return "".join(_secured_parts(name, styles=styles, **values))


def _secured_parts(name: str, *, styles: tuple[str, ...] = ("page.css",), **values: Any) -> Iterator[str]:
    style, script = "".join(map(_own, styles)), _own(f"{name}.js")
    yield from (
        _templates(True)
        .get_template(f"{name}.html.j2")
        .generate(
            en=labels("en"),
            zh=labels("zh"),
            style=Markup(style),
            script=Markup(script),
            # Nothing but this style and this script can ever run or be fetched, whatever a document says.
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
            "base-uri 'none'; form-action 'none'",
            **values,
        )
    )


@lru_cache(maxsize=2)
def _templates(escaping: bool) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=escaping,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@lru_cache(maxsize=8)
def _own(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
