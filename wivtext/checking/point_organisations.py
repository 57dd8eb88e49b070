"""Organisations that a line of a summary names and its document doesn't, told by what they end in: 集团, University.

In Chinese only what opens a line is surely a name: 海同货代投资…; in English words with capitals are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wivtext.checking.changed_names import is_explained
from wivtext.checking.claims import missing
from wivtext.checking.opening_names import is_word
from wivtext.checking.sounds import latin_names
from wivtext.records import Finding, Language

_LONGEST, _SHORTEST = 12, 4  # characters of a Chinese name, letters of an English word that tells
_NO_NAME = frozenset("他她它这那在中已又含有多一将正使改其两三四五六七八九十首每各该本上下据以由因为从对把被")


def organisations(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Organisations of which the document, `sentences`, has no part in any form.

    >>> said = ["恒沛股份去年从瑞禾铸业采购2.31亿元。"]
    >>> [one.target for one in organisations("澜驰汽车去年采购2.31亿元。", "zh", said, "zh")]
    ['澜驰汽车']
    >>> [one.target for one in organisations("Northmoor University bought castings.", "en", said, "zh")]
    ['Northmoor University']
    >>> list(organisations("Hengpei Group bought castings from Ruihe Foundry.", "en", said, "zh"))
    []
    """
    document = " ".join(sentences)
    if language == spoken == "zh":
        yield from _opening(text, document)
    elif language == "en" and spoken == "zh":
        yield from _english(text, document)


def _opening(text: str, document: str) -> Iterator[Finding]:
    """The organisation that opens a line, where neither it nor its beginning is in the document, nor any word."""
    name = _organisation().match(text)
    if name is None or name[0][0] in _NO_NAME:
        return
    own = name[1][:_SHORTEST]
    if any(own[start : start + 2] in document for start in range(len(own) - 1)):
        return
    if not any(is_word(text[start : start + size]) for start in (0, 1) for size in (2, 3, 4)):
        yield missing(name[0])


@lru_cache(maxsize=1)
def _organisation() -> re.Pattern[str]:
    from wivtext.attribution.lexicons import chinese

    heads = "|".join(sorted(map(re.escape, {*chinese().organisation_heads, "货代"}), key=len, reverse=True))
    return re.compile(rf"((?:(?![和与及的])[\u4e00-\u9fff·]){{2,{_LONGEST}}}?)(?:{heads})")


def _english(text: str, document: str) -> Iterator[Finding]:
    """Runs of capitals with a word for an organisation, of which no other word is in the Chinese in any form."""
    from wivtext.attribution.lexicons import english

    heads = english().organisation_heads
    for run in latin_names(text):
        name = re.sub(r"['’]s$", "", run)
        words = name.split()
        telling = [word for word in words if word not in heads and word.lower() not in heads and len(word) >= _SHORTEST]
        if telling and len(telling) < len(words) and not any(is_explained(word, document) for word in telling):
            yield missing(name)
