"""Whether an overview of many documents merges copies, shows the figures that differ in them, and invents none.

    python benchmarks/across.py [--set train] [--reports FOLDER] [--sample 600]

Documents are reports with their gold translations (`FOLDER/SET.jsonl`), each on another matter: no figure differs and
none are versions of one article. Then each gets a shortened copy, once in its own language and once in the other one,
in which one figure was changed: the two are to be merged, and that figure, and no other, is to be shown.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from wivtext import __version__
from wivtext.across import Overview, overview
from wivtext.records import Brief, Language, Line, Speaker, SpeakerBrief, Statement
from wivtext.scoring import gold_document

Row = dict[str, Any]
KEPT = 0.75  # of a copy's sentences
_FIGURE = re.compile(r"(?<![\d.,A-Za-z])\d[\d,]*(?:\.\d+)?(?= ?(?:%|percent|million|billion|[a-z]{4,}))")
_DAY = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")


def brief_of(report: Row, name: str, rows: Sequence[Row], language: Language) -> Brief:
    """The brief that a perfect attribution and translation would make of these sentences of a report."""
    lines = tuple(Line(row["en"], row["zh"], (place,)) for place, row in enumerate(rows))
    read = gold_document(report["title"][language], [row[language] for row in rows], language)
    document = replace(read, name=name)
    speakers = tuple(_speaker(one, rows, lines, language) for one in report["speakers"])
    title = Line(report["title"]["en"], report["title"]["zh"])
    return Brief(document, title, lines[:5], tuple(one for one in speakers if one.statements), (), lines, "gold")


def _speaker(person: Row, rows: Sequence[Row], lines: Sequence[Line], language: Language) -> SpeakerBrief:
    places = [place for place, row in enumerate(rows) if row["speaker"] == person["id"]]
    name = person[language]
    said = tuple(Statement(name, rows[at]["quote"] or "indirect", (at,), None, 0.9, "gold") for at in places)
    speaker = Speaker(name, name, name_other=person["zh" if language == "en" else "en"])
    summary = tuple(lines[place] for place in places[:3])
    return SpeakerBrief(speaker, Line(person["en"], person["zh"]), None, None, summary, said)


def changed(rows: Sequence[Row], rng: Random) -> tuple[list[Row], int] | None:
    """The sentences with one figure changed in both languages, and where; None where there is no such figure."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    for place in order:
        row = rows[place]
        for found in _FIGURE.finditer(row["en"]):
            old = found.group()
            year = old.isdigit() and 1900 < int(old) < 2100
            if len(old) < 2 or year or old not in row["zh"] or _DAY.search(row["en"][: found.start()]):
                continue
            new = str((int(old[0]) + 2) % 9 + 1) + old[1:]
            english = row["en"][: found.start()] + new + row["en"][found.end() :]
            other = {**row, "en": english, "zh": row["zh"].replace(old, new, 1)}
            return [*rows[:place], other, *rows[place + 1 :]], place
    return None


def copied(reports: Sequence[Row], across: bool, rng: Random) -> Iterator[tuple[Brief, Brief, str]]:
    """Each report that has such a figure, its shortened copy, and the English sentence changed in that."""
    for report in reports:
        language: Language = report["source_lang"]
        other: Language = "zh" if language == "en" else "en"
        if made := changed(report["sentences"], rng):
            rows, at = made
            kept = [row for place, row in enumerate(rows) if place == at or rng.random() < KEPT]
            first = brief_of(report, f"{report['id']}-a", report["sentences"], language)
            second = brief_of(report, f"{report['id']}-b", kept, other if across else language)
            yield first, second, rows[at]["en"]


def of_copies(pairs: Sequence[tuple[Brief, Brief, str]]) -> str:
    """How many copies are merged, how many of the changed figures shown, and how many of either are wrong."""
    made = overview(brief for first, second, _ in pairs for brief in (first, second))
    wanted = {second.document.name[:-2]: text for _, second, text in pairs}
    groups = [{name[:-2] for name in article.documents} for article in made.articles]
    merged = sum(len(group) == 1 for group in groups)
    shown, wrong = set(), 0
    for report, texts in figures(made):
        if report and wanted[report] in texts:
            shown.add(report)
        else:
            wrong += 1
    return (
        f"{merged} of {len(pairs)} merged, {len(groups) - merged} wrongly; "
        f"{len(shown)} of {len(pairs)} figures shown, {wrong} others"
    )


def figures(made: Overview) -> Iterator[tuple[str, set[str]]]:
    """The report that figures differ in ("" for several reports), and the sentences that have them."""
    for item in made.discrepancies:
        names = {figure.cited.place.document[:-2] for figure in item.figures}
        yield names.pop() if len(names) == 1 else "", {figure.cited.line.en for figure in item.figures}


def main() -> None:
    """Print the three results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="train")
    parser.add_argument("--reports", type=Path, default=Path("../shared/reports"))
    parser.add_argument("--sample", type=int, default=600, help="reports, chosen at random")
    options = parser.parse_args()
    lines = (options.reports / f"{options.set}.jsonl").read_text(encoding="utf-8").splitlines()
    rng = Random(3)
    reports = [json.loads(line) for line in rng.sample(lines, min(options.sample, len(lines)))]
    alone = overview(brief_of(one, one["id"], one["sentences"], one["source_lang"]) for one in reports)
    print(f"wivtext {__version__}, reports {options.set}, {len(reports)} of {len(lines)}")
    print(f"unrelated: {len(alone.discrepancies)} figures differ, {len(alone.articles)} merged")
    for across, label in ((False, "copies"), (True, "copies in the other language")):
        print(f"{label}: {of_copies(list(copied(reports, across, rng)))}")


if __name__ == "__main__":
    main()
