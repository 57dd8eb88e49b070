r"""Captions, WebVTT and SubRip: cues joined to what each speaker said, one paragraph a turn.

>>> data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Li Na>Costs fell\n\n00:02.000 --> 00:03.000\n<v Li Na>by half.\n"
>>> [(paragraph.label, paragraph.text) for paragraph in read(data, "a.vtt").paragraphs]
[('Li Na', 'Costs fell by half.')]
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from wivtext.errors import DocumentError
from wivtext.language import HAN
from wivtext.reading import encodings
from wivtext.reading.readers import Block, Page, labels, page
from wivtext.reading.readers.blocks import with_turns

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200})?\s{1,9}([^<>]{1,200})>")
_TAG = re.compile(r"</?[^<>]{0,200}>|\{\\[^{}]{0,50}\}")
_CHANGE = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"”’』」)）]*$")
_WIDE = re.compile(f"[{HAN}，。、；：？！「」『』（）《》]")
# Paragraphs end at a sentence's end after a pause or at this length; captions without punctuation end somewhere.
_PAUSE = 3.0
_LONG, _LONGEST = 700, 1200


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines on the screen at one time; `voice` is the speaker that the file names."""

    start: float
    end: float
    lines: tuple[str, ...]
    voice: str | None = None


def read(data: bytes, name: str) -> Page:
    """The page of a .vtt or .srt file. Raises `DocumentError` where no cue can be read."""
    text = encodings.decode(data, name)
    kind = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    found = _parse(text.lstrip(), kind, name)
    cues = _without_repeats([cue for caption in found.captions for cue in _cues(caption)])
    if not cues:
        raise DocumentError(f"{name}: no captions in it; check that the times look like 00:00:01.000 --> 00:00:02.000")
    return page(with_turns(_turns(cues)), _header(text) if kind == "vtt" else "")


def _parse(text: str, kind: str, name: str) -> Any:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        return webvtt.from_buffer(io.StringIO(text), format=kind)
    except (MalformedFileError, MalformedCaptionError) as error:
        what = (
            "WebVTT (a first line WEBVTT)" if kind == "vtt" else "SubRip (a number, then 00:00:01,000 --> 00:00:02,000)"
        )
        raise DocumentError(f"{name}: not {what}: {error}") from None


def _header(text: str) -> str:
    """The title that may follow WEBVTT on the first line."""
    line = text.lstrip().split("\n", 1)[0].removeprefix("WEBVTT").strip(" -–—\t")
    return "" if ":" in line else line


def _cues(caption: Any) -> Iterator[Cue]:
    """A cue for each voice in a caption."""
    pieces = _VOICE.split(caption.raw_text)
    voices = [None, *pieces[1::2]]
    for voice, part in zip(voices, pieces[::2], strict=True):
        lines = tuple(line for line in map(_line, part.split("\n")) if line)
        if lines:
            speaker = _line(voice) if voice else None
            yield Cue(float(caption.start_in_seconds), float(caption.end_in_seconds), lines, speaker or None)


def _line(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _without_repeats(cues: Sequence[Cue]) -> list[Cue]:
    """Rolling captions show a line again while the next one appears: each line once. Others are left alone."""
    pairs = list(pairwise(cues))
    repeats = sum(after.lines[0] == before.lines[-1] or _grows(before, after) for before, after in pairs)
    if len(pairs) < 2 or repeats < 0.3 * len(pairs):
        return list(cues)
    kept: list[Cue] = []
    for index, cue in enumerate(cues):
        shown = cues[index - 1].lines if index else ()
        grows = index + 1 < len(cues) and _grows(cue, cues[index + 1])
        lines = tuple(line for line in (cue.lines[:-1] if grows else cue.lines) if line not in shown)
        if lines:
            kept.append(Cue(cue.start, cue.end, lines, cue.voice))
    return kept


def _grows(before: Cue, after: Cue) -> bool:
    """Whether the last line goes on growing in the cue after, as live captions do word by word."""
    place = len(before.lines) - 1
    if place >= len(after.lines) or before.voice != after.voice:
        return False
    return after.lines[place] != before.lines[-1] and after.lines[place].startswith(before.lines[-1])


def _turns(cues: Iterable[Cue]) -> Iterator[Block]:
    """Consecutive cues of a speaker joined to a paragraph."""
    said, speaker, until = "", None, 0.0
    for cue in cues:
        for line in cue.lines:
            if said and _begins_anew(said, line, cue, speaker, until):
                yield _block(said, speaker)
                said = ""
            said = _joined(said, _CHANGE.sub("", line, count=1) if _CHANGE.match(line) else line)
            speaker, until = cue.voice, cue.end
    if said:
        yield _block(said, speaker)


def _begins_anew(said: str, line: str, cue: Cue, speaker: str | None, until: float) -> bool:
    if cue.voice != speaker or (cue.voice is None and (_CHANGE.match(line) or labels.label(line))):
        return True
    if _SENTENCE_END.search(said, max(0, len(said) - 4)):
        return cue.start - until >= _PAUSE or len(said) > _LONG
    return len(said) > _LONGEST


def _joined(said: str, line: str) -> str:
    close = not said or _WIDE.match(said[-1]) or _WIDE.match(line)
    return said + line if close else f"{said} {line}"


def _block(said: str, speaker: str | None) -> Block:
    return Block(said, "turn", speaker) if speaker else Block(said)
