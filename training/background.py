"""Real news without annotation, as a counterweight: what nobody is said to say there is mostly the reporter's own.

The reports that attribution is trained on were written to be rich in statements; in the wire services' news most
sentences without a source are narration. Sentences of real news in which no cue, no quotation and no question stands
are therefore taken as nobody's: fully where no statement goes before them, in part right behind one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from wivtext.attribution.analysis import analyse
from wivtext.attribution.evidence import Choice
from wivtext.attribution.linear import Linear
from wivtext.attribution.sources import Sources, choose
from wivtext.scoring import gold_document

_ENDS = re.compile('[.!?。！？”"’)）:：；;…]$')
_LONGEST, _SHORTEST = 60, 6
BEHIND = 0.35


def documents(path: Path, language: Any) -> list[tuple[str, list[str]]]:
    """Titles and sentences of a TSV of `source, en, zh` in running order: a title is a line without a full stop."""
    column = 1 if language == "en" else 2
    found: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        # The source names the pair and the direction: its first language is what was written, the other translated.
        if len(fields) != 3 or f".{language}-" not in fields[0]:
            continue
        text = fields[column].strip()
        if len(text) > 8 and not _ENDS.search(text):
            found.append((text, []))
        elif found:
            found[-1][1].append(text)
    return [(title, texts) for title, texts in found if _SHORTEST <= len(texts) <= _LONGEST]


def silent(title: str, texts: list[str], language: Any, model: Linear) -> list[tuple[list[Choice], float]]:
    """The choices of a document's sentences that are taken as nobody's, and how much each counts."""
    reading = analyse(gold_document(title, texts, language))
    sources = Sources(reading)
    found: list[tuple[list[Choice], float]] = []
    for index, item in enumerate(reading.sentences):
        choices = sources.choices(index)
        bare = not item.quoting.spans and not item.question and not any(choice.cue for choice in choices)
        if bare and item.label is None:
            found.append((choices, BEHIND if sources.decided[-1:] not in ([], [None]) else 1.0))
        choice = choose(model, choices)
        entity = choice.entity if not bare else None
        sources.take(index, entity, "indirect" if entity is not None else "none")
    return found
