"""Words that have no business in a translation: pieces of words, and words that were passed over.

A small translation model spells rare words from pieces, and what it spells need not be a word.

>>> [finding.message for finding in strays("Despite booming growth.", "尽管不 oming 增长。", "zh")]
['“oming” is no word of the source']
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from wivtext.checking.counterparts import shipped
from wivtext.checking.pinyin import is_pinyin
from wivtext.records import Finding, Language

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_TAG = re.compile(r"</?[a-z]{1,9}>")  # an engine's, which `markers` finds
_OWN = re.compile(r"['’]s?$")
_SHORT = 4  # letters: a shorter one may be a unit, a particle or an abbreviation
# Units and signs that a Chinese text writes in Latin letters where the source spells them out.
_SIGNS = frozenset(
    "app apps bar bp bps bn cc cm dB db eV ft g GHz GPa GWh h ha Hz in kA kg kHz km kPa kV kVA kW kWh kWp l L lb lm lx "
    "m mAh mg MHz min ml mL mm MPa ms Mbps Gbps Tbps mV MWh nm Nm ns Pa pH ppm rpm s t TWh vs W Wh Wp ym yr oz bbl toe "
    "PhD Wi Fi de la le".lower().split()
)
_NO_NAME = re.compile("(?:ing|ed|ions?|ments?|ly|ness)$")
_MEASURES = re.compile("(?:yotta|zetta|exa|peta|tera|giga|mega|kilo|hecto|milli|micro|nano|pico|femto)(?=[a-z]{3})")
_ENDINGS = re.compile("(?:s|less|like|wide|is(?:e|es|ed|ing|ation))$")


def strays(source: str, target: str, target_language: Language, allowed: str = "") -> Iterator[Finding]:
    """Latin words that neither the source nor the target's language has; `allowed` are the forms that terms ask for.

    >>> [finding.target for finding in strays("灯光熄灭。", "The lamps gazon.", "en")]
    ['gazon']
    """
    known = {word.lower() for word in _WORD.findall(f"{source} {allowed}")}
    for word in dict.fromkeys(_OWN.sub("", match) for match in _WORD.findall(_TAG.sub(" ", target))):
        if target_language == "zh":
            if any(map(str.islower, word)) and word.lower() not in _SIGNS:
                yield from _in_chinese(word, known, source, allowed)
        elif word.islower() and len(word) >= _SHORT and word not in known and not _is_english(word):
            yield Finding("untranslated", "", word, f"“{word}” is no English word, and not in the source")


def _in_chinese(word: str, known: set[str], source: str, allowed: str) -> Iterator[Finding]:
    if sum(map(str.isupper, word)) > 1 or word in allowed:
        return
    short = len(word) < _SHORT
    if word.lower() not in known and (short or word[0].islower()):  # the others may be names, which `names` looks at
        yield Finding("untranslated", "", word, f"“{word}” is no word of the source")
    elif not short and f"{word}." not in source and (word.islower() or _begins(word, source)):
        yield Finding("untranslated", word if word in source else "", word, f"“{word}” is still in English")


def _begins(word: str, source: str) -> bool:
    """Whether a word that is no name stands in the source with a capital because a sentence begins with it."""
    lexicon = shipped()
    if not (lexicon and _NO_NAME.search(word) and lexicon.times(word.lower())):
        return False
    return bool(re.search(rf"(?:^|[.!?]\W{{1,3}})\W?{word}", source)) and not re.search(rf"[a-z,] {word}", source)


def _is_english(word: str) -> bool:
    """Whether the word, or what it is formed from, is known."""
    lexicon = shipped()
    if (lexicon and lexicon.times(word)) or is_pinyin(word):
        return True
    words, word = _english_words(), word.replace("’", "'")
    return word in words or _MEASURES.sub("", word) in words or _formed(word, words)


def _formed(word: str, words: frozenset[str]) -> bool:
    """Whether a known word with an ending: palletising, crewless."""
    root = _ENDINGS.sub("", word)
    return root != word and len(root) >= _SHORT and any(root + end in words for end in ("", "e", "y", "ise", "ize"))


@cache
def _english_words() -> frozenset[str]:
    """Some 320,000 words of English, of wordfreq; read when a text has one that the lexicon has not.

    The list is read without the package, whose import takes longer than all of this.
    """
    package = find_spec("wordfreq")
    assert package is not None and package.origin is not None, "wivtext needs wordfreq: install wivtext again"
    packed = (Path(package.origin).parent / "data" / "large_en.msgpack.gz").read_bytes()
    _, *groups = msgspec.msgpack.decode(gzip.decompress(packed))  # a heading, then the words by how frequent they are
    return frozenset().union(*groups)
