"""Reading the corpora into plain pairs, before anything is found in them."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from training.text import tidy_en, tidy_zh

HANZI = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[{}\[\]|\\_`@#^~]|::|//|->|=>|==|\w\(\)|[a-z]\.[a-zA-Z]|<[^>]*>|&[a-z]+;|[a-z][A-Z]\w*[A-Z]")


@dataclass(frozen=True)
class Pair:
    """An English sentence and its Chinese one; `names` are the speakers (kind, en, zh) of their document."""

    source: str
    en: str
    zh: str
    document: str = ""
    names: tuple[tuple[str, str, str], ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Term:
    """An entry of the term base, with every form of either side."""

    kind: str
    en: tuple[str, ...]
    zh: tuple[str, ...] = field(default=())


def terms(folder: Path) -> Iterator[Term]:
    """The term base; `kind` is the file's name (business, people ...)."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines()[1:]:
            cells = [*line.split("\t"), "", "", "", "", ""]
            en = [cells[0], *cells[3].split(" | ")]
            zh = [cells[1], *cells[4].split(" | ")]
            yield Term(
                path.stem, tuple(tidy_en(x) for x in en if x.strip()), tuple(tidy_zh(x) for x in zh if x.strip())
            )


def _speakers(document: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for speaker in document["speakers"]:
        found.append(("name", speaker["en"], speaker["zh"]))
        for part in ("org", "role"):
            if speaker.get(f"{part}_en") and speaker.get(f"{part}_zh"):
                found.append((part, speaker[f"{part}_en"], speaker[f"{part}_zh"]))
    return tuple((k, tidy_en(e), tidy_zh(z)) for k, e, z in dict.fromkeys(found) if e and z)


def _document_pairs(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield document["title"]["en"], document["title"]["zh"]
    for sentence in document["sentences"]:
        yield sentence["en"], sentence["zh"]
    brief = document["brief"]
    if len(brief["en"]) == len(brief["zh"]):
        yield from zip(brief["en"], brief["zh"], strict=True)
    for points in document["speaker_briefs"].values():
        yield points["en"], points["zh"]


def reports(path: Path) -> Iterator[Pair]:
    """Sentences, titles and brief lines of our bilingual reports (JSON lines)."""
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        names = _speakers(document)
        for en, zh in _document_pairs(document):
            yield Pair("reports", tidy_en(en), tidy_zh(zh), document["id"], names)


def report_sentences(path: Path) -> Iterator[Pair]:
    """Only the body sentences, for evaluation."""
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        names = _speakers(document)
        for s in document["sentences"]:
            yield Pair("reports", tidy_en(s["en"]), tidy_zh(s["zh"]), document["id"], names)


def tsv(path: Path, source: str = "") -> Iterator[Pair]:
    """Rows `en, zh` or `source, en, zh` of a TSV, possibly .xz."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[-2:] != ["en", "zh"]:
                yield Pair(source or cells[0], tidy_en(cells[-2]), tidy_zh(cells[-1]))


def plausible(pair: Pair, max_words: int) -> bool:
    """Whether a pair is worth training on: prose, not too long, lengths that fit each other."""
    words, hanzi = len(pair.en.split()), len(HANZI.findall(pair.zh))
    if not 1 <= words <= max_words or hanzi < 1 or HANZI.search(pair.en):
        return False
    return 0.6 <= (len(pair.zh) + 3) / (words + 2) <= 4.5


def prose(pair: Pair) -> bool:
    """Whether a pair of documentation is free of code, links and markup.

    >>> prose(Pair("x", "Open the file_name.", "打开file_name。"))
    False
    """
    return not (CODE.search(pair.en) or CODE.search(pair.zh))


def source_weight(source: str, weights: dict[str, float], default: float) -> float:
    """The draw weight of a general source."""
    return next((w for pattern, w in weights.items() if fnmatch(source, pattern)), default)
