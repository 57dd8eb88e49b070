"""A correction: what an analyst wants a text to be in the other language, and what counts as the same text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from wivtext.hanzi import simplified
from wivtext.reading.encodings import normalise
from wivtext.records import Displayed, Language

ENGINE = "memory"  # what `Translation.engine` says of a text that an analyst corrected

_WIDE = "[\u2e80-\u9fff\uff00-\uffef]"  # Chinese characters and punctuation
_BESIDE_WIDE = re.compile(f"(?<={_WIDE}) | (?={_WIDE})")
_STRAIGHT = str.maketrans("“”„‘’", '"""\'\'')


@dataclass(frozen=True, slots=True)
class Correction(Displayed):
    """A unit of the memory. `document` and `context` (the sentence before) say where it was made, as far as known.

    `date` is UTC as TMX writes it (20260131T235959Z), so that later ones sort after earlier ones.
    """

    source: str
    target: str
    source_language: Language
    target_language: Language
    document: str = ""
    context: str = ""
    author: str = ""
    date: str = ""
    note: str = ""

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """What there is one correction for: languages, text, document and context."""
        return (self.source_language, self.target_language, key(self.source), self.document, key(self.context))


def key(text: str) -> str:
    """What two texts share that are the same but for spaces, shapes of quotation marks, and the script of Chinese.

    >>> key("他說： “好。”") == key('他说："好。" '), key("A  cat") == key("A cat"), key("3%") == key("3％")
    (True, True, False)
    """
    text = " ".join(normalise(text).split())
    return simplified(_BESIDE_WIDE.sub("", text)).translate(_STRAIGHT)


def short_key(text: str) -> str:
    """Eight hexadecimal digits for a text's `key`.

    >>> short_key("你好。") == short_key(" 你好。"), len(short_key("Hello."))
    (True, 8)
    """
    return hashlib.sha256(key(text).encode("utf-8", "surrogatepass")).hexdigest()[:8]
