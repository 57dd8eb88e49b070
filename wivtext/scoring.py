"""Scores of attribution against gold: precision, recall and F1 of (sentence, speaker), and accuracy of the kind.

Gold is JSONL, an object a line: `speakers[{id, en, zh}]` and `sentences[{en, zh, speaker, quote}]`.

>>> same_speaker("Dr Jane Roe", "Jane Roe"), same_speaker("the electoral commission", "Saldora's electoral commission")
(True, True)
>>> same_speaker("Zhang Jianwei", "Zhang Xinghai"), same_speaker("山东省财政部门", "财政部门")
(False, True)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from wivtext.attribution import attribute
from wivtext.attribution.analysis import analyse
from wivtext.contents import content_of
from wivtext.errors import DocumentError
from wivtext.language import script
from wivtext.records import Displayed, Document, Language, Paragraph, Sentence

_TITLES = re.compile(
    r"^(?:professor|prof\.?|dr\.?|mr\.?|mrs\.?|ms\.?|academician|judge|father|old|aunt|the|sir|don|doña|principal) ",
    re.IGNORECASE,
)
_SMALL = frozenset(["the", "of", "and", "for", "its", "a", "an", "in", "at", "on"])


GROUPS = (
    "missed, no cue read",
    "missed, cue read",
    "wrong speaker",
    "false alarm, no cue",
    "false alarm, cue",
    "kind",
)


@dataclass(frozen=True, slots=True)
class SpeakerError(Displayed):
    """A sentence whose speaker or kind is wrong; `expected` and `found` are names or kinds.

    `group` is one of `GROUPS`; `rule` and `cue` are those of the statement found, for a missed one the cue that was
    read but did not decide.
    """

    document: str
    sentence: int
    text: str
    fault: str
    expected: str | None
    found: str | None
    group: str = ""
    rule: str | None = None
    cue: str | None = None


@dataclass(slots=True)
class SpeakerScores(Displayed):
    """Counts of one language and the scores they make; `confidence` pairs hold (confidence, was right)."""

    language: Language
    documents: int = 0
    found: int = 0
    expected: int = 0
    right: int = 0
    exact: int = 0
    kinds: int = 0
    kinds_right: int = 0
    errors: list[SpeakerError] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the sentences given to a speaker, those given to the right one."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the sentences that have a speaker, those given to the right one."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.expected
        return 2 * self.right / total if total else 0.0

    @property
    def kind_accuracy(self) -> float:
        """Of the sentences with the right speaker, those with the right kind."""
        return self.kinds_right / self.kinds if self.kinds else 0.0

    @property
    def groups(self) -> dict[str, int]:
        """How many errors of each group there are, in the order of `GROUPS`."""
        counts = Counter(error.group for error in self.errors)
        return {group: counts[group] for group in GROUPS}

    def to_dict(self) -> dict[str, Any]:
        """The scores, rounded, and the errors, ready for JSON."""
        return {
            "language": self.language,
            "documents": self.documents,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "kind_accuracy": round(self.kind_accuracy, 4),
            "exact_name": round(self.exact / self.right, 4) if self.right else 0.0,
            "error_groups": self.groups,
            "errors": [asdict(error) for error in self.errors],
        }


@dataclass(frozen=True, slots=True)
class Speakers(Displayed):
    """The scores of a gold file, a language each."""

    languages: tuple[SpeakerScores, ...]

    def to_dict(self) -> dict[str, Any]:
        """Ready for `wivtext evaluate --task speakers --json`."""
        return {scores.language: scores.to_dict() for scores in self.languages}


def score_speakers(path: str | Path, *, joined: bool = False) -> Speakers:
    """Attribution of every document of a gold file, compared; `joined` reads paragraphs instead of gold sentences.

    Raises `DocumentError` naming the line that is no gold.
    """
    records = list(read_gold(Path(path)))
    return Speakers(tuple(_score(records, language, joined) for language in ("en", "zh")))


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The reports of a gold file. Raises `DocumentError` naming the line that is none."""
    try:
        lines = content_of(path).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: can't be read ({error}); give a UTF-8 JSONL file") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            _ = (
                [(sentence["en"], sentence["zh"], sentence["speaker"]) for sentence in record["sentences"]],
                record["speakers"],
            )
        except (ValueError, KeyError, TypeError):
            raise DocumentError(
                f"{path}, line {number}: not a report with sentences and speakers in en and zh"
            ) from None
        yield record


def _score(records: list[dict[str, Any]], language: Language, joined: bool) -> SpeakerScores:
    scores = SpeakerScores(language)
    for record in records:
        scores.documents += 1
        names = {speaker["id"]: speaker[language] for speaker in record["speakers"]}
        for index, (gold, found) in enumerate(zip(record["sentences"], predict(record, language, joined), strict=True)):
            _compare(
                scores, (str(record.get("id", "")), index, gold[language]), names.get(gold["speaker"]), gold, found
            )
    return scores


def _compare(
    scores: SpeakerScores, place: tuple[str, int, str], expected: str | None, gold: dict[str, Any], found: Found
) -> None:
    name, kind = found.name, gold["quote"]
    scores.expected += expected is not None
    scores.found += name is not None
    if expected and name and same_speaker(name, expected):
        scores.right += 1
        scores.exact += plain_name(name) == plain_name(expected)
        scores.kinds += 1
        scores.kinds_right += kind == found.kind
        if kind != found.kind:
            scores.errors.append(SpeakerError(*place, "kind", kind, found.kind, "kind", found.rule, found.cue))
    elif expected or name:
        group = _group(expected, found)
        scores.errors.append(SpeakerError(*place, "speaker", expected, name, group, found.rule, found.cue))


def _group(expected: str | None, found: Found) -> str:
    if expected is None:
        return "false alarm, cue" if found.cue else "false alarm, no cue"
    if found.name is not None:
        return "wrong speaker"
    return "missed, cue read" if found.cue else "missed, no cue read"


@dataclass(frozen=True, slots=True)
class Found:
    """What attribution found in one sentence; without a speaker `cue` is one that was read but did not decide."""

    name: str | None
    kind: str | None
    rule: str | None
    cue: str | None


def predict(record: dict[str, Any], language: Language, joined: bool = False) -> list[Found]:
    """What attribution finds in each gold sentence."""
    texts = [sentence[language] for sentence in record["sentences"]]
    if not joined:
        document = gold_document(record["title"][language], texts, language)
        return found_at(document, range(len(texts)))
    from wivtext.reading import read_text

    text, starts = join(texts, language)
    document = read_text(f"{record['title'][language]}\n\n{text}", language=language)
    offset = document.text.find(texts[0][:12])
    indexes = [
        _sentence_at(document, offset + start + len(words) // 2) for start, words in zip(starts, texts, strict=True)
    ]
    return found_at(document, indexes)


def found_at(document: Document, indexes: Iterable[int]) -> list[Found]:
    """What attribution finds in the document's sentences `indexes`."""
    attribution = attribute(document)
    names = {speaker.id: speaker.name for speaker in attribution.speakers}
    of = {index: statement for statement in attribution.statements for index in statement.sentences}
    read = [next((cue.text for cue in item.cues), None) for item in analyse(document).sentences]
    found = []
    for index in indexes:
        statement = of.get(index)
        if statement is None or statement.speaker is None:
            found.append(Found(None, None, statement.rule if statement else None, read[index]))
        else:
            # Of a statement of several sentences only the first has the cue.
            cue = statement.cue if index == statement.sentences[0] else None
            found.append(Found(names[statement.speaker], statement.kind, statement.rule, cue))
    return found


def by_sentence(document: Document, indexes: Iterable[int]) -> list[tuple[str | None, str | None]]:
    """Speaker's name and kind of the document's sentences `indexes`."""
    return [(found.name, found.kind) for found in found_at(document, indexes)]


def _sentence_at(document: Document, position: int) -> int:
    for sentence in document.sentences:
        if sentence.start <= position < sentence.end:
            return sentence.index
    return min(document.sentences, key=lambda sentence: abs(sentence.start - position)).index


def join(texts: list[str], language: Language) -> tuple[str, list[int]]:
    """The sentences as paragraphs of three, a turn of a transcript as a paragraph, and where each begins."""
    from wivtext.attribution.turns import labels

    turns = labels(texts)
    transcript = sum(turn is not None for turn in turns) >= 3
    text, starts, size = "", [], 0
    for words, turn in zip(texts, turns, strict=True):
        full = turn is not None if transcript else size == 3
        if text:
            text += "\n\n" if full else (" " if language == "en" else "")
        size = 1 if full else size + 1
        starts.append(len(text))
        text += words
    return text, starts


def gold_document(title: str, texts: list[str], language: Language) -> Document:
    """A document whose sentences are given, one paragraph each."""
    text, position = "\n".join(texts), 0
    sentences, paragraphs = [], []
    for index, words in enumerate(texts):
        end = position + len(words)
        sentences.append(Sentence(index, position, end, words, index, language))
        paragraphs.append(Paragraph(index, position, end, words))
        position = end + 1
    written = script(text) if language == "zh" else None
    return Document("gold", title, language, text, tuple(paragraphs), tuple(sentences), script=written)


def plain_name(name: str) -> str:
    """A name without titles, for comparison."""
    return _TITLES.sub("", name.strip()).lower().replace("’", "'")


def same_speaker(found: str, expected: str) -> bool:
    """Whether two names mean one speaker: equal but for titles, or one the short form of the other."""
    first, second = plain_name(found), plain_name(expected)
    if first == second:
        return True
    if any("\u4e00" <= character <= "\u9fff" for character in first + second):
        return _same_chinese(first, second)
    one, other = set(re.findall(r"[^\W_]+", first)) - _SMALL, set(re.findall(r"[^\W_]+", second)) - _SMALL
    if not one or not other:
        return False
    return one <= other or other <= one or len(one & other) * 2 > max(len(one), len(other))


def _same_chinese(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if len(short) >= 2 and (short in long):
        return True
    if "·" in long:
        return False
    return len(short) > 3 and len(set(short) & set(long)) * 3 >= len(set(short)) * 2 and short[-1] == long[-1]
