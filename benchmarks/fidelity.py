"""What `wivtext check` finds of errors planted in good translations, and how often it is wrong about untouched ones.

    python benchmarks/fidelity.py PAIRS [--json] [--misses 5] [--sample 500] [--kinds "changed unit" loop] [--terms]
    python benchmarks/fidelity.py --set dev|test

PAIRS are reports (JSONL, an object a line: `speakers[{en, zh}]`, `sentences[{en, zh}]`) or a TSV whose last two columns
are English and Chinese; `--set` names some of the project's own, which lie beside the repository. Both directions; one
error of each kind is planted wherever a pair has the place for it, always the same ones. Recall is the share of spoilt
pairs with a finding that the untouched pair does not have. `--terms` gives
the check the starter's names and the speakers', as an analyst would.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from planted_errors import MAKERS, Pair

from wivtext import TermBase, __version__
from wivtext.checking import check
from wivtext.records import Finding, Language, TermPair

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
DIRECTIONS: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))


class Spoilt(NamedTuple):
    """A pair with an error in it, and what the check newly says about it."""

    source: str
    target: str
    findings: tuple[Finding, ...]


class Direction(NamedTuple):
    """What was measured in one direction."""

    clean: list[Spoilt]
    planted: dict[str, list[Spoilt]]


def read(path: Path) -> list[dict[str, Any]]:
    """Documents of a file: their sentences in both languages, and who speaks."""
    lines = path.read_text("utf-8").splitlines()
    if path.suffix != ".tsv":
        return [json.loads(line) for line in lines]
    rows = [line.split("\t")[-2:] for line in lines]
    pairs = [{"en": row[0], "zh": row[1]} for row in rows if len(row) == 2 and row != ["en", "zh"]]
    return [{"speakers": [], "sentences": [pair]} for pair in pairs]


def pairs_of(documents: list[dict[str, Any]], source: Language, target: Language, terms: TermBase) -> Iterator[Pair]:
    """The sentences of all documents, with what makers need of their surroundings."""
    names = [speaker[target] for document in documents for speaker in document["speakers"]]
    kinds = alike(terms)
    for document in documents:
        sentences, own = document["sentences"], tuple(speaker[target] for speaker in document["speakers"])
        for here, following in zip(sentences, [*sentences[1:], None], strict=True):
            after = (following[source], following[target]) if following else None
            swaps = tuple(swapped_terms(terms, kinds, here[source], here[target], source, target))
            yield Pair(here[source], here[target], target, after, own, tuple(names), swaps)


def alike(terms: TermBase) -> dict[tuple[str, str], list[str]]:
    """The Chinese and English forms of the entries of one topic and kind, by topic and kind."""
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in terms.entries:
        for language in ("en", "zh"):
            kinds[f"{entry.topic} {entry.kind}", language].append(entry.forms(language)[0])
    return kinds


def swapped_terms(
    terms: TermBase, kinds: dict[tuple[str, str], list[str]], one: str, other: str, source: Language, target: Language
) -> Iterator[tuple[str, str]]:
    """Terms that both sides have, each with another one of its kind."""
    there = {match.entry for match in terms.match(one, source)}
    for match in terms.match(other, target):
        if match.entry in there and len(match.text) > 1:
            rivals = kinds[f"{match.entry.topic} {match.entry.kind}", target]
            place = rivals.index(match.entry.forms(target)[0])
            new = rivals[(place + 7) % len(rivals)]
            if new not in match.entry.forms(target) and new not in other:
                yield match.text, new


def measure(
    pairs: list[Pair], source: Language, target: Language, kinds: Iterable[str], base: TermBase | None
) -> Direction:
    """Findings of the untouched pairs and of the spoilt ones."""
    clean: list[Spoilt] = []
    planted: dict[str, list[Spoilt]] = {kind: [] for kind in kinds}
    random = {kind: Random(f"{kind} {source}") for kind in kinds}
    for pair in pairs:
        known = base.pairs(pair.source, source, target, names_only=True) if base else ()
        findings = check(pair.source, pair.target, source, target, known)
        clean.append(Spoilt(pair.source, pair.target, findings))
        for kind in planted:
            made = spoilt(pair, kind, random[kind], (source, target), known, findings)
            if made:
                planted[kind].append(made)
    return Direction(clean, planted)


def spoilt(
    pair: Pair,
    kind: str,
    random: Random,
    direction: tuple[Language, Language],
    known: tuple[TermPair, ...],
    before: tuple[Finding, ...],
) -> Spoilt | None:
    """A pair with one error of a kind, None where there is no place for it."""
    target = MAKERS[kind](random, pair)
    if target is None or (target == pair.target and kind != "lost sentence"):
        return None
    source = pair.source
    if kind == "lost sentence" and pair.following:
        source += (" " if direction[0] == "en" else "") + pair.following[0]
    findings = check(source, target, *direction, known)
    return Spoilt(source, target, tuple(finding for finding in findings if finding not in before))


def ratio_to_chrf(pairs: list[Pair], source: Language, target: Language) -> tuple[float, float]:
    """Lines a second of the check, and how many times sacrebleu's sentence chrF of the same lines that is."""
    from sacrebleu.metrics import CHRF

    metric, some = CHRF(), pairs[:300]
    check(some[0].source, some[0].target, source, target)
    start = time.perf_counter()
    for pair in some:
        check(pair.source, pair.target, source, target)
    middle = time.perf_counter()
    for pair in some:
        metric.sentence_score(pair.target, [pair.target[1:]])
    end = time.perf_counter()
    return len(some) / (middle - start), (end - middle) / (middle - start)


def share(some: list[Spoilt]) -> float:
    return sum(bool(one.findings) for one in some) / max(1, len(some))


def table(measured: list[Direction]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| | into Chinese | pairs | into English | pairs |"
    yield "|---|---|---|---|---|"
    row = [f"{share(one.clean):.1%} | {len(one.clean)}" for one in measured]
    yield f"| false alarms on untouched pairs | {row[0]} | {row[1]} |"
    for kind in measured[0].planted:
        some = [one.planted[kind] for one in measured]
        row = [f"{share(one):.1%} | {len(one)}" if one else "– | 0" for one in some]
        yield f"| {kind} | {row[0]} | {row[1]} |"


def figures(measured: list[Direction]) -> dict[str, Any]:
    """The figures for a program."""
    return {
        f"{source}-{target}": {
            "false_alarms": round(share(one.clean), 5),
            "alarms_by_kind": Counter(kind for row in one.clean for kind in {f.kind for f in row.findings}),
            "pairs": len(one.clean),
            "recall": {
                kind: {"found": round(share(some), 5), "planted": len(some)} for kind, some in one.planted.items()
            },
        }
        for (source, target), one in zip(DIRECTIONS, measured, strict=True)
    }


def misses(measured: list[Direction], most: int) -> Iterator[str]:
    """Some false alarms and, of each kind, some errors that were not found."""
    for (source, target), one in zip(DIRECTIONS, measured, strict=True):
        for row in [row for row in one.clean if row.findings][:most]:
            yield f"\nfalse alarm {source}-{target}\n{row.source}\n{row.target}"
            yield from (f"  {finding.kind}: {finding.message}" for finding in row.findings)
        for kind, some in one.planted.items():
            for row in [row for row in some if not row.findings][:most]:
                yield f"\nmissed {kind} {source}-{target}\n{row.source}\n{row.target}"


def run(options: argparse.Namespace) -> tuple[list[Direction], list[str]]:
    """Both directions, and a line on the speed of each."""
    documents = read(options.pairs)
    base = TermBase.load()
    names = [(speaker["en"], speaker["zh"]) for document in documents for speaker in document["speakers"]]
    measured, speed = [], []
    for source, target in DIRECTIONS:
        pairs = list(pairs_of(documents, source, target, base))
        pairs = pairs[:: max(1, -(-len(pairs) // options.sample))] if options.sample else pairs
        known = base.with_names(names) if options.terms else None
        measured.append(measure(pairs, source, target, options.kinds, known))
        lines, ratio = ratio_to_chrf(pairs, source, target)
        speed.append(f"{source}-{target}: {lines:.0f} lines/s, {ratio:.2f} times as fast as sacrebleu's sentence chrF")
    return measured, speed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, metavar="PAIRS", nargs="?")
    parser.add_argument("--set", choices=("train", "dev", "test"), help="our own reports instead of PAIRS")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list N misses of each kind")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="at most N pairs of each direction")
    parser.add_argument("--kinds", nargs="+", choices=MAKERS, default=list(MAKERS), metavar="KIND")
    parser.add_argument("--terms", action="store_true", help="give the check the starter's names and the speakers'")
    options = parser.parse_args()
    if (options.pairs is None) == (options.set is None):
        parser.error("give PAIRS, or --set")
    options.pairs = options.pairs or REPORTS / f"{options.set}.jsonl"
    measured, speed = run(options)
    if options.json:
        print(json.dumps(figures(measured), ensure_ascii=False, indent=1, sort_keys=True))
        return
    print(f"wivtext {__version__}, {options.pairs.name}, {'with' if options.terms else 'without'} names given\n")
    print("\n".join([*table(measured), "", *speed, *misses(measured, options.misses)]))


if __name__ == "__main__":
    main()
