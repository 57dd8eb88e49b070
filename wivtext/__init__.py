"""wivtext: English and Chinese news and transcripts into briefs in both languages, every line traced and checked.

Names are imported on first use, so that `import wivtext` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.7.0"

_HOME = {
    "read": "wivtext.reading",
    "read_text": "wivtext.reading",
    "attribute": "wivtext.attribution",
    "translate": "wivtext.translation",
    "summarize": "wivtext.summary",
    "brief": "wivtext.briefs",
    "check": "wivtext.checking",
    "check_summary": "wivtext.summary_lines",
    "render": "wivtext.rendering",
    "build": "wivtext.building",
    "correct": "wivtext.memory.correcting",
    "Memory": "wivtext.memory",
    "speakers_of": "wivtext.directory",
    "name_book": "wivtext.namebook",
    "load_settings": "wivtext.settings",
    "Settings": "wivtext.settings",
    "TermBase": "wivtext.terms",
    "audit": "wivtext.terms.audit",
    "TermUse": "wivtext.records",
    "WivtextError": "wivtext.errors",
    "Document": "wivtext.records",
    "Attribution": "wivtext.records",
    "Statement": "wivtext.records",
    "Speaker": "wivtext.records",
    "Translation": "wivtext.records",
    "Finding": "wivtext.records",
    "Point": "wivtext.records",
    "SummaryLine": "wivtext.summary_lines",
    "Brief": "wivtext.records",
    "CorpusSpeaker": "wivtext.directory",
    "NameEntry": "wivtext.namebook",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'wivtext' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
