"""Translations of the same texts by several engines, side by side, each held to the same checks.

>>> frame = compare(["The first factory abroad will open in May 2027."], "en", "zh", ["echo"])
>>> frame["engine"].tolist(), "untranslated" in frame["findings"].tolist()[0]
(['echo'], True)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from wivtext.models import find, local
from wivtext.records import Language
from wivtext.settings import Settings
from wivtext.terms import TermBase
from wivtext.translation import translate

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = ("text", "engine", "translation", "findings")


def engines_here(source: Language, target: Language) -> tuple[str, ...]:
    """The translators that this machine can run in a direction, the embedded one first.

    Others come with models: `wivtext models list` shows them, `wivtext models pull` or `unpack` brings one here. A
    server is another; it can't be found out, only named: server:URL#MODEL.
    """
    known = [(model.id, find(model.id)) for model in local()]
    fitting = [id for id, info in known if info and f"{source}-{target}" in info.directions]
    runtimes = ["transformers"] if find_spec("torch") else []
    return ("embedded", *(f"{runtime}:{model}" for model in fitting for runtime in runtimes))


def compare(
    texts: Sequence[str],
    source: Language,
    target: Language,
    engines: Iterable[str] = ("embedded",),
    *,
    terms: TermBase | None = None,
    settings: Settings | None = None,
) -> DataFrame:
    """One row a text and engine, the engines of a text one below the other. Raises `EngineError`.

    `findings` names the kinds of what the checks found, the fewer the better.
    """
    import pandas

    rows = []
    for rank, engine in enumerate(dict.fromkeys(engines)):
        made = translate(texts, source, target, engine=engine, terms=terms, settings=settings)
        for number, (text, one) in enumerate(zip(texts, made, strict=True)):
            found = ", ".join(finding.kind for finding in one.findings)
            rows.append((number, rank, text, engine, one.text, found))
    return pandas.DataFrame([row[2:] for row in sorted(rows)], columns=list(COLUMNS))
