"""How often a term of the term base comes out as it has to, in the final output of `wivtext.translate`.

    python benchmarks/terms.py REPORTS.jsonl [--sentences 150] [--engine embedded] [--show 40]

REPORTS has an object a line: `speakers[{en, zh}]`, `sentences[{en, zh}]`. The term base is the starter's with the names
of a report's speakers on top, as an analyst would give them. A place is a term in a sentence; sentences are taken at
even distances from those that have a place.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from wivtext import TermBase, Translation, translate
from wivtext.records import Language, TermPair
from wivtext.terms.index import contains
from wivtext.translation.cache import TranslationCache

DIRECTIONS: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))


class Place(NamedTuple):
    kind: str
    pair: TermPair
    right: bool
    repaired: bool


def names_of(reports: Path) -> TermBase:
    speakers = [s for line in reports.read_text("utf-8").splitlines() for s in json.loads(line)["speakers"]]
    return TermBase.load().with_names((speaker["en"], speaker["zh"]) for speaker in speakers)


def sample(reports: Path, terms: TermBase, source: Language, target: Language, count: int, first: int) -> list[str]:
    texts = [s[source] for line in reports.read_text("utf-8").splitlines() for s in json.loads(line)["sentences"]]
    having = [text for text in dict.fromkeys(texts) if terms.pairs(text, source, target)]
    return having[first :: max(1, len(having) // count)][:count]


def places(made: Translation, terms: TermBase) -> list[Place]:
    source, target = made.source_language, made.target_language
    put_in = {finding.source for finding in made.findings if finding.kind == "repaired"}
    return [
        Place(
            _kind(pair, terms, source),
            pair,
            any(contains(form, made.text, target) for form in (pair.target, *pair.allowed)),
            pair.source in put_in,
        )
        for pair in terms.pairs(made.source, source, target)
    ]


def _kind(pair: TermPair, terms: TermBase, source: Language) -> str:
    entry = next(iter(terms.find(pair.source, source)), None)
    return (entry.topic or entry.kind) if entry else "?"


def report(source: Language, target: Language, found: list[tuple[Translation, list[Place]]], show: int) -> None:
    every = [place for _, several in found for place in several]
    print(f"{source}-{target}: {len(found)} sentences, {len(every)} places, {share(every)} right, ", end="")
    print(f"{sum(place.repaired for place in every)} repaired")
    for kind, _ in Counter(place.kind for place in every).most_common():
        mine = [place for place in every if place.kind == kind]
        print(f"  {kind:15} {len(mine):5} {share(mine)}")
    shown = [(made, several) for made, several in found if any(p.repaired or not p.right for p in several)][:show]
    for made, _ in shown:
        print(f"\n{made.source}\n{made.text}")
        for finding in made.findings:
            print(f"  {finding.kind}: {finding.message}")


def share(some: list[Place]) -> str:
    return f"{sum(place.right for place in some) / max(1, len(some)):.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sentences", type=int, default=150, help="of each direction")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with sentence N: another sample")
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--cache", type=Path, help="keep the engine's answers here")
    parser.add_argument("--show", type=int, default=0, help="print so many sentences with a repair or a miss")
    options = parser.parse_args()
    terms = names_of(options.reports)
    cache = TranslationCache(options.cache) if options.cache else None
    for source, target in DIRECTIONS:
        texts = sample(options.reports, terms, source, target, options.sentences, options.first)
        made = translate(texts, source, target, engine=options.engine, terms=terms, cache=cache)
        report(source, target, [(result, places(result, terms)) for result in made], options.show)


if __name__ == "__main__":
    main()
