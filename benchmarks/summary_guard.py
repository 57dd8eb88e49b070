"""What the guard of summaries refuses of lies planted in gold points, and how often it refuses the points themselves.

    python benchmarks/summary_guard.py [--set dev] [--reports FOLDER] [--misses 5] [--sample 500] [--kinds "lost not"]

Points are the gold briefs of reports and the gold lines of their speakers (`FOLDER/SET.jsonl`), as a model would have
written them, with the sentences that share most with them cited. They are held against sentences in their own language
and in the other one. A point is refused if `wivtext.summary.guarded` puts another one in its place or marks it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from planted_lies import LIES, Told

from wivtext import __version__
from wivtext.engines import Passage
from wivtext.records import Language, Point, Sentence
from wivtext.summary import guarded

PAIRS: tuple[tuple[Language, Language], ...] = (("en", "en"), ("zh", "zh"), ("en", "zh"), ("zh", "en"))
CITED = 3  # sentences at most
FIGURE = 4  # words that a figure counts for
GAIN = 0.06  # share of a point's words that another sentence has to bring


class Given(NamedTuple):
    """A gold point in both languages: what is summarized, and the places of the sentences behind it."""

    report: dict[str, Any]
    point: dict[Language, str]
    cited: tuple[int, ...]
    speaker: str | None


def given(report: dict[str, Any]) -> Iterator[Given]:
    """The points of a report and of its speakers."""
    for en, zh in zip(report["brief"]["en"], report["brief"]["zh"], strict=True):
        point: dict[Language, str] = {"en": en, "zh": zh}
        yield Given(report, point, cited(point, list(enumerate(report["sentences"]))), None)
    for speaker, line in report["speaker_briefs"].items():
        said = [(place, one) for place, one in enumerate(report["sentences"]) if one["speaker"] == speaker]
        if said:
            point = {"en": line["en"], "zh": line["zh"]}
            yield Given(report, point, cited(point, said), speaker)


def cited(point: dict[Language, str], sentences: list[tuple[int, dict[str, Any]]]) -> tuple[int, ...]:
    """The places of sentences that together share most of both versions of a point."""
    wanted, chosen, covered = _words(point["en"], point["zh"]), [], frozenset[str]()
    offered = {place: _words(one["en"], one["zh"]) & wanted for place, one in sentences}
    counts = Counter(word for words in offered.values() for word in words)
    worth = {word: (FIGURE if word[0].isdigit() else 1) / counts[word] for word in counts}
    total = sum(worth.values()) or 1
    while len(chosen) < CITED:
        gains = {
            place: sum(worth[word] for word in words - covered) / total
            for place, words in offered.items()
            if place not in chosen
        }
        best = max(gains, key=lambda place: gains[place], default=None)
        if best is None or (chosen and gains[best] < GAIN):
            break
        chosen.append(best)
        covered |= offered[best]
    return tuple(sorted(chosen))


@cache
def _words(en: str, zh: str) -> frozenset[str]:
    english = {word[:5] for word in re.findall(r"[a-z]{4,}|\d[\d.,]*", en.lower())}
    return frozenset(english | {zh[i : i + 2] for i in range(len(zh) - 1)})


def passage_of(one: Given, language: Language) -> Passage:
    """What the product would summarize: the document, or what one speaker says in it."""
    names = {speaker["id"]: speaker[language] for speaker in one.report["speakers"]}
    rows = list(enumerate(one.report["sentences"]))
    sentences = {place: Sentence(place, 0, len(row[language]), row[language], 0, language) for place, row in rows}
    title = one.report["title"][language]
    if one.speaker is None:
        speakers = tuple(names.get(row["speaker"]) for _, row in rows)
        return Passage(tuple(sentences.values()), language, 4, title, speakers)
    said = tuple(sentences[place] for place, row in rows if row["speaker"] == one.speaker)
    around = (title, *(sentence.text for sentence in sentences.values()))
    return Passage(said, language, 3, speaker=names[one.speaker], around=around)


def told(one: Given, reports: list[dict[str, Any]], spoken: Language, language: Language, rng: Random) -> Told:
    """What a maker of lies needs to know."""
    report, others = one.report, [other for other in reports if other is not one.report]
    sentences = [report["sentences"][place] for place in one.cited]
    names = {speaker["id"]: speaker[language] for speaker in report["speakers"]}
    elsewhere = [speaker for other in rng.sample(others, min(20, len(others))) for speaker in other["speakers"]]
    return Told(
        one.point[language],
        language,
        " ".join(sentence[spoken] for sentence in sentences),
        tuple(called(name, language) for name in names.values()),
        tuple(names[sentence["speaker"]] for sentence in sentences if sentence["speaker"]),
        tuple(speaker[language] for speaker in elsewhere if is_person(speaker)),
        organisations(report["speakers"], language),
        organisations(elsewhere, language),
        tuple(other["brief"][language][0] for other in rng.sample(others, min(3, len(others)))),
    )


def called(name: str, language: Language) -> tuple[str, ...]:
    """A full name, and the part of it that stands for it."""
    if language == "zh":
        return (name, name.rpartition("·")[2]) if "·" in name else (name,)
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(word[0].isupper() for word in (words[0], words[-1])):
        return (name,)
    is_pinyin = len(words) == 2 and len(words[0]) < 6 and re.fullmatch("[A-Z][a-z']+", words[1])
    return tuple(dict.fromkeys((name, words[-1], words[0]) if is_pinyin else (name, words[-1])))


def is_person(speaker: dict[str, Any]) -> bool:
    return bool(speaker.get("role_en")) and speaker["en"] != speaker.get("org_en")


def organisations(speakers: list[dict[str, Any]], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s[f"org_{language}"] for s in speakers if s.get(f"org_{language}")))


def refusal(one: Given, text: str, passage: Passage) -> str:
    """Why the guard refuses a point, "" where it lets it pass."""
    made = guarded((Point(text, one.cited, generated=True),), passage)[0]
    return "; ".join(finding.message for finding in made.findings)


class Measured(NamedTuple):
    """Rows of (point, sentences, reason): of gold points, and of each kind of lie."""

    clean: list[tuple[str, str, str]]
    lies: dict[str, list[tuple[str, str, str]]]


def measure(
    points: list[Given], reports: list[dict[str, Any]], pair: tuple[Language, Language], kinds: list[str]
) -> Measured:
    """Every point as it is, and with one lie of each kind wherever it has the place for it."""
    spoken, language = pair
    found = Measured([], {kind: [] for kind in kinds})
    for number, one in enumerate(points):
        passage = passage_of(one, spoken)
        reason = refusal(one, one.point[language], passage)
        source = " / ".join(one.report["sentences"][place][spoken] for place in one.cited)
        found.clean.append((one.point[language], source, reason))
        about = told(one, reports, spoken, language, Random(f"{number} {language}"))
        for kind in kinds:
            lie = LIES[kind](Random(f"{kind} {number} {language}"), about)
            if lie and lie != about.text and not reason:
                found.lies[kind].append((lie, source, refusal(one, lie, passage)))
    return found


def share(rows: list[tuple[str, str, str]]) -> float:
    return sum(bool(reason) for _, _, reason in rows) / max(1, len(rows))


def table(measured: list[Measured]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| sentences → point | " + " | ".join(f"{spoken} → {language}" for spoken, language in PAIRS) + " |"
    yield "|---" * (1 + len(PAIRS)) + "|"
    rows = {"false alarms on gold points": [one.clean for one in measured]}
    rows |= {kind: [one.lies[kind] for one in measured] for kind in measured[0].lies}
    for name, columns in rows.items():
        cells = [f"{share(some):.1%} of {len(some)}" if some else "–" for some in columns]
        yield f"| {name} | {' | '.join(cells)} |"


def misses(measured: list[Measured], most: int) -> Iterator[str]:
    """Some false alarms and, of each kind, some lies that were let pass."""
    for (spoken, language), one in zip(PAIRS, measured, strict=True):
        for text, source, reason in [row for row in one.clean if row[2]][:most]:
            yield f"\nfalse alarm {spoken}-{language}\n  {text}\n  {source}\n  {reason}"
        for kind, rows in one.lies.items():
            for text, source, _ in [row for row in rows if not row[2]][:most]:
                yield f"\nlet pass, {kind} {spoken}-{language}\n  {text}\n  {source}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="test", metavar="SET", help="which reports (default: test)")
    parser.add_argument("--reports", type=Path, default=Path("../shared/reports"), metavar="FOLDER")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list N misses of each kind")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="at most N points")
    parser.add_argument("--kinds", nargs="+", choices=LIES, default=list(LIES), metavar="KIND")
    options = parser.parse_args()
    file = options.reports / f"{options.set}.jsonl"
    reports = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    points = [one for report in reports for one in given(report)]
    points = points[:: max(1, -(-len(points) // options.sample))] if options.sample else points
    measured = [measure(points, reports, pair, options.kinds) for pair in PAIRS]
    print(f"wivtext {__version__}, {len(points)} points of {file.name}\n")
    print("\n".join([*table(measured), *misses(measured, options.misses)]))


if __name__ == "__main__":
    main()
