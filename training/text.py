"""The text form that the models see: what goes in before SentencePiece and what is undone after it.

>>> to_model("董事长 Sang说“OK”", "zh")
'董事长 Sang说“ OK”'
>>> from_model("董事长 Sang说“ OK”", "zh")
'董事长Sang说“OK”'
"""

from __future__ import annotations

import re
import unicodedata

TERM, AS, END = "<term>", "<as>", "</term>"
SPARE = tuple(f"<r{i}>" for i in range(8))
SYMBOLS = (TERM, AS, END, *SPARE)

WIDE = r"\u2e80-\u2fff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·"
SPACE_BESIDE_WIDE = re.compile(rf"(?<=[{WIDE}]) +(?=\S)|(?<=\S) +(?=[{WIDE}])")
LATIN_AFTER_WIDE = re.compile(rf"(?<=[{WIDE}>])(?=[A-Za-z\u00c0-\u024f])")
DASH = re.compile(r"(?<=\S)(?: ?(?:—{1,2}|--) ?| – )(?=\S)")
PRINTED_DASH = re.compile(r"(?<=[^\s\d]) [-–] (?=\S)|(?<=\S) [-–] (?=[^\s\d])")
DATELINE = 80  # characters at most
SMALL = frozenset(["and", "de", "del", "of", "the"])
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "}


def tidy(text: str) -> str:
    """NFC and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_en(text: str) -> str:
    """English as the models know it: straight quotation marks, dashes as " - " but behind a dateline."""
    for curly, straight in STRAIGHT.items():
        text = text.replace(curly, straight)
    text = tidy(text)
    return DASH.sub(lambda dash: dash[0] if stays(text, dash) else " - ", text)


def stays(text: str, dash: re.Match[str]) -> bool:
    """Whether a dash is a range's or stands behind a dateline: a place, a date, an agency, then a new sentence."""
    before, after = text[: dash.start()], text[dash.end()]
    if before[-1].isdigit() and after.isdigit():
        return True
    words = before.split() if len(before) <= DATELINE else ["long"]
    place = all(not word.lstrip("(\"'")[:1].islower() or word in SMALL for word in words)
    return place and not after.islower()


def tidy_zh(text: str) -> str:
    """Chinese as the models know it: no space beside a wide character, curly quotation marks."""
    text = SPACE_BESIDE_WIDE.sub("", tidy(text))
    if text.count('"') and text.count('"') % 2 == 0:
        pieces = text.split('"')
        text = "".join(p + ("“" if i % 2 == 0 else "”") for i, p in enumerate(pieces[:-1])) + pieces[-1]
    return text


def to_model(text: str, language: str) -> str:
    """Text of one language in the models' form; in Chinese a Latin word gets a space before it, so that its pieces
    are those it has in English and copying is plain."""
    if language == "en":
        return tidy_en(text)
    return LATIN_AFTER_WIDE.sub(" ", tidy_zh(text))


def from_model(text: str, language: str) -> str:
    """Undo `to_model` on decoded text."""
    return PRINTED_DASH.sub(" — ", tidy(text)) if language == "en" else SPACE_BESIDE_WIDE.sub("", tidy(text))


def annotation(source: str, target: str, source_language: str) -> str:
    """A source term with the wanted target term, in the models' form.

    >>> annotation("Lanchi Auto", "澜驰汽车", "en")
    '<term> Lanchi Auto<as>澜驰汽车</term>'
    >>> annotation("澜驰汽车", "Lanchi Auto", "zh")
    '<term>澜驰汽车<as> Lanchi Auto</term>'
    """
    if source_language == "en":
        return f"{TERM} {source}{AS}{LATIN_AFTER_WIDE.sub(' ', target)}{END}"
    return f"{TERM}{LATIN_AFTER_WIDE.sub(' ', source)}{AS} {target}{END}"
