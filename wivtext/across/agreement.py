"""Who agrees with whom: speakers who say so, and speakers of different documents who say alike things.

Somebody who agrees or disagrees in so many words answers the speaker whom they name, else the one before. Alike words
with a "not" on one side only, or with a rise here and a fall there, are set side by side as contrary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from wivtext.across.accounts import Account, Told
from wivtext.across.figures import firm
from wivtext.across.likeness import Sentences
from wivtext.across.people import People
from wivtext.across.records import Stance
from wivtext.checking.direction import turns
from wivtext.checking.negation import expressions
from wivtext.quantities import compare, quantities
from wivtext.records import Language

_ALIKE = 0.5
_BACK = 6  # sentences between an answer and what it answers
_FEWEST = 4  # words that alike sentences share

_VOID_EN = re.compile(r"(?:\bnot|\bnever|n['’]t|\b(?:has|have|had|to|can|could|may|might)) $", re.IGNORECASE)
_VOID_ZH = re.compile("(?:[不没未能可]|可以|必须|须|需)[^，。；]*$")

_CUES: dict[tuple[Language, Stance], str] = {
    ("en", "contrary"): (
        r"(?<!they )(?<!who )disagree[sd]?(?! on\b)"
        r"|(?:do|did|does) ?n[o’']?t agree|(?:can|could)(?:not|n[’']t) agree|beg to differ|differed"
        r"|disputed?|took issue with|takes issue with|rejected (?:this|that|the (?:claim|view|idea|argument))"
        r"|contradicted|pushed back|countered|retorted|was not convinced|is not convinced|on the contrary|I object"
    ),
    ("en", "alike"): (
        r"(?:I|we|would|fully|entirely|quite|both|s?he|they) agreed?(?= with\b|[.,;:!”\"]|$)|agree[sd]? with|echoed"
        r"|concurred|shares? (?:this|that|the) (?:view|concern|assessment)|seconded"
        r"|you are right|is right (?:that|about)"
        r"|(?:I|we) support that"
    ),
    ("zh", "contrary"): "不同意|不认同|不赞同|反驳|持不同|有不同看法|不以为然|恰恰相反|并不这么认为|提出异议|质疑",
    (
        "zh",
        "alike",
    ): ("(?<!不)赞同|(?<![不大])认同|附和|(?:[我他她也都]|完全|表示)同意(?!书)|持相同|也认为|所见略同|说得对"),
}


@dataclass(frozen=True)
class Pair:
    """Two sentences of different speakers; `cue` is None where only their likeness tells."""

    stance: Stance
    first: Told
    second: Told
    cue: str | None = None


def answers(account: Account) -> Iterator[Pair]:
    """Where a speaker of a document agrees or disagrees with another in so many words."""
    for place, one in enumerate(account.told):
        if one.voice is None:
            continue
        for stance in ("contrary", "alike"):
            cue = _cue(one.language, stance).search(one.own)
            answered = _answered(account, place) if cue and not _is_void(one, cue) else None
            if cue and answered:
                yield Pair(stance, answered, one, cue.group())
                break


def alike(pairs: Iterable[tuple[Told, Told]], sentences: Sentences, people: People) -> Iterator[Pair]:
    """What different people say alike in different documents."""
    for one, other in pairs:
        speakers = people.speaker(one), people.speaker(other)
        if one.document == other.document or None in speakers or speakers[0] == speakers[1]:
            continue
        if _shared(one, other) < _FEWEST or one.asks or other.asks or _tell_other_figures(one, other):
            continue
        names = [people.speakers[place].name.en for place in speakers if place is not None]
        if names[0] == names[1]:
            continue
        if sentences.likeness(one, other) >= _ALIKE:
            yield Pair("contrary" if _contrary(one, other) else "alike", one, other)


def _answered(account: Account, place: int) -> Told | None:
    """What a speaker answers: the last words of the speaker whom they name, else of another one just before."""
    one = account.told[place]
    before = [told for told in reversed(account.told[:place]) if told.voice is not None and told.voice != one.voice]
    for told in before:
        if _calls(one, account, told.voice):
            return told
    near = (told for told in before if place - told.index <= _BACK)
    return next((told for told in near if not told.asks and told.turn == one.turn), None)


def _is_void(one: Told, cue: re.Match[str]) -> bool:
    """Whether the cue is denied, or only possible: did not dispute, 可在30天内提出异议."""
    before = one.own[max(0, cue.start() - 16) : cue.start()]
    return bool((_VOID_EN if one.language == "en" else _VOID_ZH).search(before))


def _calls(one: Told, account: Account, voice: int | None) -> bool:
    if voice is None:
        return False
    en, zh = account.voices[voice].name
    return (len(en) > 2 and en.split()[-1] in one.line.en) or (len(zh) > 1 and zh in one.line.zh)


def _contrary(one: Told, other: Told) -> bool:
    language: Language = one.language if one.language == other.language else "en"
    first, second = one.text(language), other.text(language)
    denied = [bool(expressions("plain", language).search(text)) for text in (first, second)]
    if denied[0] != denied[1]:
        return True
    if language != "en" or one.language == other.language:
        return False
    chinese, english = (one, other) if one.language == "zh" else (other, one)
    mine, theirs = chinese.line.zh, english.line.en
    return any(turns(mine, theirs, "zh", quantities(mine, "zh"), quantities(theirs, "en")))


def _tell_other_figures(one: Told, other: Told) -> bool:
    """Whether the sentences are alike as all sentences about profits are, with each company's own figures."""
    mine, theirs = firm(one, one.language), firm(other, other.language)
    return bool(compare(mine, theirs))


def _shared(one: Told, other: Told) -> int:
    return max(len(one.words[language] & other.words[language]) for language in one.words)


@lru_cache(maxsize=4)
def _cue(language: Language, stance: Stance) -> re.Pattern[str]:
    pattern = _CUES[language, stance]
    return re.compile(rf"\b(?:{pattern})" + r"(?!\w)" if language == "en" else pattern, re.IGNORECASE)
