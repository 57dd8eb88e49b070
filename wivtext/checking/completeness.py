"""Is all of it there, and in the right language? Omissions, copies, markers, punctuation."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Iterator

from wivtext.checking.counterparts import Counterparts, shipped
from wivtext.checking.coverage import clause_of, scores, signs
from wivtext.records import Finding, Language

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*|\d+(?:[.,]\d+)*")
_MARKER = re.compile(
    r"</?(?:s|pad|unk|term|mask|bos|eos|n|t)>|<0x[0-9A-F]{2}>|<extra_id_\d+>|▁|⁇|\ufffd|[\ue000-\uf8ff]|>>[a-z_A-Z]{2,12}<<"
    r"|\[(?:MASK|UNK|PAD|CLS|SEP)\]|&(?:quot|amp|lt|gt|apos|#\d{1,5});|⟦|⟧|@@|<\|[a-z_]{1,20}\|>"
)

# How many English letters and digits a Chinese text takes, by its characters, Latin letters, digits and marks, and how
# far translators deviate from it (of the logarithm, times the root of the characters): fitted to our own reports.
_PER_HAN, _PER_LATIN, _PER_DIGIT, _PER_MARK, _ANYWAY = 2.75, 0.97, 1.79, 1.79, 5.2
_SPREAD, _SPREAD_ANYWAY = 0.83, 0.05
_ENOUGH, _HABITUAL = 12, 0.4  # lines that show a translator's habit, and the strongest believed
_TOO_SHORT, _TOO_LONG = 3.0, 4.2  # deviations
_MISSING: dict[Language, float] = {"en": 2.2, "zh": 2.3}  # scores from which a passage of a text is missing
_BROKEN_OFF, _ADDED = -1.5, 3.7  # from which one is where the full stop is too, from which one is added
_TELLING = 2.0  # weight from which a passage is worth showing
_TOO_LITTLE = "the translation is too short: a part of the source may be missing"
_SHRUNK = 4  # times that a text has more letters than what can't be a translation of it
_SHORTEST = 9  # Chinese characters: of shorter texts the length says nothing

# Three words of English or more; a word is no longer than this, so that nothing is searched over and over.
_RUN = re.compile(r"(?<![\w'’-])[A-Za-z][\w'’-]{0,60}(?:[ ,]{1,9}[A-Za-z][\w'’-]{0,60}){2,}")


def omissions(source: str, target: str, source_language: Language, usual: float = 0.0) -> Iterator[Finding]:
    """Nothing where something should be, or much less than it takes, or far more.

    `usual` is the translator's habit; it counts only where the package has no lexicon to compare words with.
    """
    if source.strip() and not target.strip():
        yield Finding("omission", source, "", "nothing was translated")
        return
    breaks_off = bool(_ENDS.search(source)) and not _ENDS.search(target) and len(source) > _SHORTEST
    words = shipped()
    if words:
        yield from _by_words(source, target, source_language, words, breaks_off)
        return
    if breaks_off:
        yield Finding("omission", source, target, "the translation breaks off without a full stop")
        return
    deviation = _deviation(source, target, source_language, usual)
    if deviation < -_TOO_SHORT:
        yield Finding("omission", source, target, _TOO_LITTLE)
    elif deviation > _TOO_LONG:
        yield Finding("omission", source, target, "the translation is too long: it may say what the source does not")


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _by_words(
    source: str, target: str, source_language: Language, words: Counterparts, breaks_off: bool
) -> Iterator[Finding]:
    """Passages that nothing stands for on the other side, where the lengths do not contradict it."""
    if not _HAN.search(target if source_language == "en" else source):
        # Not translated at all, which `untranslated` says, or put away with a name or three dots.
        if _letters(target) * _SHRUNK < _letters(source) and _letters(source) > _SHORTEST:
            yield Finding("omission", source, target, _TOO_LITTLE)
        return
    found = signs(source, target, source_language, words)
    if found.is_other_text:
        yield Finding("omission", source, target, "the translation seems to be that of another text")
        return
    missing, added = scores(found, source_language)
    if missing > (_BROKEN_OFF if breaks_off else _MISSING[source_language]):
        if breaks_off:
            yield Finding("omission", source, target, "the translation breaks off without a full stop")
        elif found.missing.weight < _TELLING:
            yield Finding("omission", source, target, _TOO_LITTLE)
        else:
            clause = clause_of(source, found.missing)
            yield Finding("omission", clause, "", f"“{clause}” may be missing from the translation")
    elif added > _ADDED:
        clause = clause_of(target, found.added)
        yield Finding("addition", "", clause, f"“{clause}” may say what the source does not")


# A sentence's end, quotation marks and brackets after it or before it.
_ENDS = re.compile(r"""[.。!?！？…:：;；—][”’」』"')）\]》]*\s*$|[”’」』"'》]\s*$""")


def untranslated(source: str, target: str, target_language: Language) -> Iterator[Finding]:
    """The source's own words where translated ones should be."""
    if target_language == "zh":
        yield from _untranslated_english(source, target)
        return
    outside = re.sub(r"[(（\[][^()（）\[\]]{0,40}[)）\]]", "", target)
    left = re.findall(f"[{HAN}]+", outside)
    if left and len(_HAN.findall(source)) > 0:
        yield Finding("untranslated", left[0], left[0], f"“{left[0]}” is still in Chinese")


def markers(source: str, target: str) -> Iterator[Finding]:
    """Signs of an engine's own that were left in the text."""
    for mark in dict.fromkeys(match[0] for match in _MARKER.finditer(target)):
        if mark not in source:
            yield Finding("marker", "", mark, f"“{mark}” was left by the engine")


def punctuation(source: str, target: str, target_language: Language) -> Iterator[Finding]:
    """Half-width marks in Chinese, full-width ones in English, quotation marks and brackets without a partner."""
    pattern = _HALF_WIDTH if target_language == "zh" else _FULL_WIDTH
    match = pattern.search(target)
    if match:
        width = "half" if target_language == "zh" else "full"
        yield Finding("punctuation", "", match[0], f"“{match[0]}” has {width}-width punctuation")
    for name, is_even in (("quotation marks", _quotes_balance), ("brackets", _brackets_balance)):
        if is_even(source) and not is_even(target):
            yield Finding("punctuation", "", target, f"the {name} have no partner")


_HALF_WIDTH = re.compile(rf"[{HAN}][,;!?](?![A-Za-z\d])|[{HAN}]:(?![\d/])|[{HAN}]\.(?=\s|$|[{HAN}])")
_FULL_WIDTH = re.compile(r"[，。；：！？、（）％《》【】]")


def habit(pairs: Iterable[tuple[str, str]], source_language: Language) -> float:
    """How much longer than ours a translator's English is, as a logarithm: the median over the lines of a text.

    >>> habit([("短", "short")], "zh")
    0.0
    """
    longer = [longer for pair in pairs if (longer := _longer(*_sides(*pair, source_language))) is not None]
    if len(longer) < _ENOUGH:
        return 0.0
    return max(-_HABITUAL, min(_HABITUAL, statistics.median(longer)))


def _deviation(source: str, target: str, source_language: Language, usual: float) -> float:
    """How many deviations longer or shorter than usual the target is."""
    english, chinese = _sides(source, target, source_language)
    longer = _longer(english, chinese)
    if longer is None:
        return 0.0
    size = max(len(_HAN.findall(chinese)), len(english) / _PER_HAN / 1.2)
    deviation = (longer - usual) / math.hypot(_SPREAD / math.sqrt(size), _SPREAD_ANYWAY)
    return deviation if source_language == "zh" else -deviation


def _sides(source: str, target: str, source_language: Language) -> tuple[str, str]:
    return (source, target) if source_language == "en" else (target, source)


def _longer(english: str, chinese: str) -> float | None:
    """The logarithm of the English letters to those expected, None where the texts are too short to tell."""
    han, size = len(_HAN.findall(chinese)), sum(char.isalnum() for char in english)
    if max(han, size / _PER_HAN) < _SHORTEST:
        return None
    expected = (
        _PER_HAN * han
        + _PER_LATIN * len(re.findall("[A-Za-z]", chinese))
        + _PER_DIGIT * len(re.findall(r"\d", chinese))
        + _PER_MARK * len(re.findall("[，。；：、！？]", chinese))
        + _ANYWAY
    )
    return math.log(max(size, 1) / expected)


def _untranslated_english(source: str, target: str) -> Iterator[Finding]:
    letters = re.findall(r"[^\W\d_]", target)
    if letters and not _HAN.search(target) and len(_WORD.findall(target)) > 2:
        yield Finding("untranslated", source, target, "the translation has no Chinese")
        return
    for run in _RUN.finditer(target):
        words = run[0].split()
        small = [
            word
            for word in words
            if word.islower()
            and len(word) > 1
            and word not in ("of", "and", "the", "for", "de", "von", "van", "in", "to", "la", "al", "el", "bin")
        ]
        if len(small) > 1 and len(small) * 2 >= len(words):
            yield Finding("untranslated", run[0] if run[0] in source else "", run[0], f"“{run[0]}” is still in English")
            return


def _quotes_balance(text: str) -> bool:
    straight = text.count('"')
    inches = len(re.findall(r'\d"(?!["\s,.])', text)) if straight % 2 else 0
    return text.count("“") == text.count("”") and (straight - inches) % 2 == 0 and text.count("「") == text.count("」")


def _brackets_balance(text: str) -> bool:
    opened = sum(text.count(mark) for mark in "(（[【《")
    return opened == sum(text.count(mark) for mark in ")）]】》") - len(re.findall(r"(?:^|\s)\w{1,2}\)", text))
