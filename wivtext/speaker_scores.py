"""Scores of the speakers' own entries against gold: found, and name, role and organisation right in both languages.

What a document does not say can't be found in it: `stated` counts the entries whose words all stand in the document,
`stated_right` those of them that are right.

>>> same_post("chief executive officer", "the chief executive"), same_post("director", "deputy director")
(True, False)
>>> same_post("北京总经理", "总经理"), same_post("董事长", "总裁")
(True, False)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from wivtext.attribution import attribute
from wivtext.language import other_language
from wivtext.records import Attribution, Displayed, Language, Speaker
from wivtext.scoring import gold_document, read_gold, same_speaker
from wivtext.terms import TermBase

FIELDS = ("name", "role", "organisation", "name_other", "role_other", "organisation_other")
_GOLD = {"role": "role", "organisation": "org"}
_SMALL = frozenset(["the", "of", "and", "for", "its", "a", "an", "in", "at", "on", "to"])
# A deputy is no director, and neither is a former one.
_RANKS = re.compile(
    r"\b(?:deputy|vice|former|ex|assistant|acting|interim|co|associate|honorary)\b|[副前原代联]|助理|名誉"
)


@dataclass(frozen=True, slots=True)
class EntryError(Displayed):
    """What an entry has wrong or lacks: `field` is one of `FIELDS`."""

    document: str
    speaker: str
    field: str
    expected: str
    found: str | None


@dataclass(slots=True)
class EntryScores(Displayed):
    """Counts of one language by field; `gold` is what the gold gives, `given` what was found, right or not."""

    language: Language
    speakers: int = 0
    found: int = 0
    gold: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    stated_right: Counter[str] = field(default_factory=Counter)
    errors: list[EntryError] = field(default_factory=list)

    def add(self, document: str, text: str, gold: dict[str, Any], speaker: Speaker | None) -> None:
        """Compare one gold speaker with the entry found for it, if any."""
        self.speakers += 1
        self.found += speaker is not None
        for name in FIELDS:
            expected = _expected(gold, name, self.language)
            if expected:
                self._compare(document, text, name, gold[self.language], expected, speaker)

    def _compare(self, document: str, text: str, name: str, who: str, expected: str, speaker: Speaker | None) -> None:
        found = getattr(speaker, name) if speaker is not None else None
        stated = _is_stated(expected, text)
        right = found is not None and (same_post if name.startswith(("role", "org")) else _same_name)(found, expected)
        self.gold[name] += 1
        self.given[name] += found is not None
        self.right[name] += right
        self.exact[name] += found is not None and _plain(found) == _plain(expected)
        self.stated[name] += stated
        self.stated_right[name] += stated and right
        if not right:
            self.errors.append(EntryError(document, who, name, expected, found))

    def recall(self, name: str) -> float:
        """Of the gold entries, those found and right."""
        return self.right[name] / self.gold[name] if self.gold[name] else 0.0

    def precision(self, name: str) -> float:
        """Of the entries found where gold has one, those that are right."""
        return self.right[name] / self.given[name] if self.given[name] else 0.0

    def recall_stated(self, name: str) -> float:
        """Of the gold entries whose words the document has, those found and right."""
        return self.stated_right[name] / self.stated[name] if self.stated[name] else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The scores, rounded, ready for JSON."""
        scores: dict[str, Any] = {
            name: {
                "gold": self.gold[name],
                "recall": round(self.recall(name), 4),
                "precision": round(self.precision(name), 4),
                "recall_stated": round(self.recall_stated(name), 4),
                "exact": round(self.exact[name] / self.gold[name], 4) if self.gold[name] else 0.0,
            }
            for name in FIELDS
        }
        return {
            "speakers": self.speakers,
            "found": round(self.found / max(1, self.speakers), 4),
            **scores,
            "errors": [asdict(error) for error in self.errors],
        }


def score_entries(path: str | Path, terms: TermBase | None = None) -> dict[Language, EntryScores]:
    """The entries of every document of a gold file, compared, by language. Raises `DocumentError`."""
    records = list(read_gold(Path(path)))
    return {language: _scored(records, language, terms or TermBase.load()) for language in ("en", "zh")}


def _scored(records: Iterable[dict[str, Any]], language: Language, terms: TermBase) -> EntryScores:
    scores = EntryScores(language)
    for record in records:
        texts = [sentence[language] for sentence in record["sentences"]]
        title = record["title"][language]
        found = attribute(gold_document(title, texts, language), terms)
        for gold in record["speakers"]:
            said = [index for index, one in enumerate(record["sentences"]) if one["speaker"] == gold["id"]]
            if said:
                entry = entry_of(found, said, gold[language])
                scores.add(str(record.get("id", "")), "\n".join([title, *texts]), gold, entry)
    return scores


def entry_of(attribution: Attribution, sentences: Iterable[int], name: str) -> Speaker | None:
    """The entry for a gold speaker: of those with such a name the one that has most of `sentences`."""
    wanted = set(sentences)
    said: Counter[str] = Counter()
    for statement in attribution.statements:
        if statement.speaker is not None:
            said[statement.speaker] += len(wanted & set(statement.sentences))
    alike = [speaker for speaker in attribution.speakers if same_speaker(speaker.name, name)]
    return max(alike, key=lambda speaker: said[speaker.id], default=None)


def same_post(found: str, expected: str) -> bool:
    """Whether two roles, or two organisations, are the same but for length: nobody is promoted.

    >>> same_post("vice-president of operations", "vice president"), same_post("总监", "技术总监")
    (True, True)
    """
    first, second = _plain(found), _plain(expected)
    if first == second:
        return True
    if set(_RANKS.findall(first)) != set(_RANKS.findall(second)):
        return False
    if any("\u4e00" <= character <= "\u9fff" for character in first + second):
        short, long = sorted((first, second), key=len)
        return len(short) > 1 and (short in long or (short[-2:] == long[-2:] and _share(short, long) >= 2 / 3))
    one, other = set(first.split()) - _SMALL, set(second.split()) - _SMALL
    return bool(one and other) and (one <= other or other <= one or len(one & other) * 2 > max(len(one), len(other)))


def _share(short: str, long: str) -> float:
    return sum((Counter(short) & Counter(long)).values()) / len(long)


def _same_name(found: str, expected: str) -> bool:
    return _plain(found) == _plain(expected)


def _plain(text: str) -> str:
    text = text.strip().lower().replace("’", "'").replace("•", "·")
    return re.sub(
        r"^(?:the|a|an|dr\.?|mr\.?|ms\.?|mrs\.?|prof\.?|professor) (?=.)", "", re.sub(r"(?<=\w)-(?=\w)", " ", text)
    )


def _expected(gold: dict[str, Any], name: str, language: Language) -> str | None:
    own = name.removesuffix("_other")
    tongue = other_language(language) if name != own else language
    value = gold.get(f"{_GOLD[own]}_{tongue}" if own in _GOLD else tongue)
    # An organisation that speaks has no office of its own.
    is_body = gold.get(f"org_{language}") == gold.get(language)
    return None if own != "name" and is_body else value


def _is_stated(expected: str, text: str) -> bool:
    words = set(re.findall(r"\w+", expected.lower())) - _SMALL if expected.isascii() else {expected.lower()}
    return all(word in text.lower() for word in words)
