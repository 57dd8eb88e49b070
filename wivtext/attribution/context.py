"""What stands around a sentence that names no source, put in words: for speech that goes on without a cue.

A sentence without a source is the statement of the speaker before, or the reporter's own. Besides its words, what
tells is who is named behind it, how the sentences before were decided, where it stands and how many voices there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from wivtext.attribution.analysis import Analysis, Reading
from wivtext.attribution.mentions import Entity

SHORT = 6
_MOST_VOICES = 6


def voices(reading: Reading) -> int:
    """How many names and organisations the cues of a document make its sources, six at most."""
    mentions = [cue.mention for item in reading.sentences for cue in item.cues if cue.strong]
    named = {mention.text for mention in mentions if mention is not None and mention.form in ("name", "organisation")}
    return min(len(named), _MOST_VOICES)


def ahead(reading: Reading, index: int) -> str:
    """What sentence `index` begins, seen from before it: a source of some form, a quotation, a question, nothing."""
    if index >= len(reading.sentences):
        return "end"
    item = reading.sentences[index]
    if item.question:
        return "question"
    for cue in item.cues:
        if cue.mention is not None and cue.strong:
            return f"cue-{cue.mention.form}"
    return "quote" if item.quoting.spans and item.quoting.spans[0][0] == 0 else "none"


def around(reading: Reading, index: int, decided: Sequence[Entity | None], crowd: int) -> list[str]:
    """Features of the choice of nobody for a sentence without a source; `crowd` is `voices` of the document."""
    item, size = reading.sentences[index], len(reading.sentences)
    before = "start" if index == 0 else "said" if decided[index - 1] is not None else "told"
    first, second = ahead(reading, index + 1), ahead(reading, index + 2)
    run = "".join("t" if entity is None else "s" for entity in decided[max(0, index - 3) : index])
    found = [f"ahead={first}", f"ahead={first},{second}", f"run={run}", f"run={run}|ahead={first}"]
    found += [f"digits={min(_digits(item) // 2, 5)}"]
    if size >= SHORT:  # Of a note too short to have a shape, place and size tell nothing.
        found += [f"voices={crowd}", f"tenth={min(10 * index // size, 9)}", f"size={min(size // 3, 8)}"]
        found += [f"left={min(size - 1 - index, 3)}"]
    found += [f"{before}|{feature}" for feature in (*found[:2], *found[4:])]
    if index:
        shared = len(set(item.words) & set(reading.sentences[index - 1].words))
        found.append(f"{before}|shared={min(shared, 5)}")
    found += [f"word={word}" for word in dict.fromkeys(item.words)]
    return [f"N|{feature}" for feature in found]


def going_on(item: Analysis, entity: Entity, named: bool, gap: str, ends: tuple[str, str]) -> list[str]:
    """Features of a candidate without a cue; `ends` say what the next two sentences make of it as a source."""
    state = "m" if named else "c"
    first, second = ends
    found = [f"{state}|ahead={first},{second}", f"{state}|{gap}|ahead={first},{second}", f"{state}|{gap}|then={second}"]
    found += [f"{state}|{entity.kind}|{gap}", f"{entity.kind}|{gap}|{'named' if named else 'unnamed'}"]
    return found + [f"{state}|{entity.kind}|{tag}" for tag in item.tags]


def _digits(item: Analysis) -> int:
    return sum(character.isdecimal() for character in item.text)
