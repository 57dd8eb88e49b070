"""Read the corpora, find the slots, write the pools: `python -m training.prepare`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from training import corpora
from training import settings as recipe
from training.corpora import Pair
from training.names import COMPOUND, sounds_like, spelling
from training.slots import TermIndex, find

Row = dict[str, object]

SEEN = 5  # times that a character has to be met for made-up names to have it


def training_pairs(settings: recipe.Settings) -> dict[str, list[Pair]]:
    """The pairs of each pool, filtered and weighted."""
    paths, limits = settings["paths"], settings["prepare"]
    own = [
        *corpora.reports(paths["reports"] / "train.jsonl"),
        *corpora.tsv(paths["reports"] / "sentences.tsv", "sentences"),
    ]
    news = corpora.tsv(paths["news"])
    written = (pair for path in sorted(paths["written"].glob("*.tsv")) for pair in corpora.tsv(path, "sentences"))
    pools = {
        "reports": own,
        "written": list(written),
        "news": list(news),
        "general": list(_general(paths["general"], limits)),
    }
    return {k: list(dict.fromkeys(p for p in v if corpora.plausible(p, limits["max_words"]))) for k, v in pools.items()}


def _general(path: Path, limits: recipe.Settings) -> Iterator[Pair]:
    for pair in corpora.tsv(path):
        if corpora.prose(pair):
            weight = corpora.source_weight(pair.source, limits["general_weights"], limits["general_default_weight"])
            if len(pair.en.split()) > limits["general_long_words"]:
                weight *= limits["general_long_weight"]
            yield replace(pair, weight=weight)


def lower_case_words(pools: dict[str, list[Pair]]) -> Counter[str]:
    """How often each word stands in lower case: a name never does."""
    return Counter(w for pairs in pools.values() for p in pairs for w in re.findall(r"\b[a-z]{2,}\b", p.en))


def coined_words(pools: dict[str, list[Pair]], lower: Counter[str], index: TermIndex) -> set[str]:
    """First words of the speakers' organisations that are names, not words or places: Lanchi, but not Shandong."""
    firsts = {en.split()[0] for p in pools["reports"] for kind, en, _ in p.names if kind == "org"}
    return {w for w in firsts if not lower[w.lower()] and w.lower() not in index.forms and len(w) > 2}


def rows(pairs: Iterable[Pair], index: TermIndex, lower: Counter[str], coined: set[str]) -> Iterator[Row]:
    """Pairs with their slots, as they are stored."""
    for pair in pairs:
        work = find(pair, index, lower, coined)
        yield {
            "source": pair.source,
            "document": pair.document,
            "weight": pair.weight,
            "en": work.en,
            "zh": work.zh,
            "slots": work.slots,
        }


def term_rows(entries: list[corpora.Term]) -> Iterator[Row]:
    """Entries of the term base as tiny pairs."""
    for entry in entries:
        for i, zh in enumerate(entry.zh):
            en = entry.en[min(i, len(entry.en) - 1)]
            kind = "person" if entry.kind == "people" else entry.kind
            yield {
                "source": "terms",
                "document": "",
                "weight": 1.0,
                "en": "\ue000",
                "zh": "\ue000",
                "slots": [(kind, en, zh)],
            }


def name_pool(all_rows: dict[str, list[Row]]) -> dict[str, list[tuple[str, str]]]:
    """What names are made of: Chinese family and given names, characters with their pinyin, whole other names."""
    people = {(en, zh) for r in all_rows["reports"] for kind, en, zh in r["slots"] if kind == "name"}  # type: ignore[attr-defined]
    kinds = ("family", "given", "foreign", "whole")
    pool: dict[str, set[tuple[str, str]]] = {kind: set() for kind in kinds}
    for en, zh in people:
        words = en.split()
        cut = 2 if words[0] in COMPOUND else 1
        if "·" in zh:
            pool["foreign"].add((en, zh))
        elif len(words) == 2 and sounds_like(zh[:cut], _plain(words[0])) and sounds_like(zh[cut:], _plain(words[1])):
            pool["family"].add((words[0], zh[:cut]))
            pool["given"].add((words[1], zh[cut:]))
        elif 2 <= len(zh) <= 5:
            pool["whole"].add((en, zh))
    return {kind: sorted(names) for kind, names in pool.items()} | {"characters": characters(all_rows)}


def characters(all_rows: dict[str, list[Row]]) -> list[tuple[str, str]]:
    """Every Chinese character that the pools have several times, with a pinyin of it: (pinyin, character)."""
    times = Counter(hanzi for pool in all_rows.values() for row in pool for hanzi in str(row["zh"]))
    known = sorted(hanzi for hanzi, count in times.items() if "\u4e00" <= hanzi <= "\u9fff" and count >= SEEN)
    return [(spelling(hanzi), hanzi) for hanzi in known]


def _plain(name: str) -> str:
    return re.sub("['-]", "", name).lower()


def exchange_pool(all_rows: dict[str, list[Row]], entries: list[corpora.Term]) -> dict[str, list[tuple[str, str]]]:
    """What a slot of each kind may be exchanged for."""
    pool: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        pool.setdefault("person" if entry.kind == "people" else entry.kind, set()).add((entry.en[0], entry.zh[0]))
    for row in all_rows["reports"]:
        for kind, en, zh in row["slots"]:  # type: ignore[attr-defined]
            if kind in ("coined", "phrase"):
                pool.setdefault(kind, set()).add((en, zh))
    return {k: sorted(v) for k, v in pool.items()}


def write_jsonl(path: Path, items: Iterable[Row]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in items), "utf-8")


def prepare(settings: recipe.Settings) -> dict[str, list[Row]]:
    """Write the pools and the exchange lists into the work directory."""
    work = settings["paths"]["work"]
    work.mkdir(parents=True, exist_ok=True)
    pools = training_pairs(settings)
    entries = list(corpora.terms(settings["paths"]["terms"]))
    index = TermIndex(entries)
    lower = lower_case_words(pools)
    coined = coined_words(pools, lower, index)
    stored = {name: list(rows(pairs, index, lower, coined)) for name, pairs in pools.items()}
    stored["terms"] = list(term_rows(entries))
    for name, items in stored.items():
        write_jsonl(work / f"{name}.jsonl", items)
    exchange = {"names": name_pool(stored), "terms": exchange_pool(stored, entries)}
    (work / "exchange.json").write_text(json.dumps(exchange, ensure_ascii=False, indent=0), "utf-8")
    return stored


def main() -> None:
    """Command line."""
    for name, items in prepare(recipe.from_arguments(recipe.parser(__doc__).parse_args())).items():
        print(name, len(items), "pairs;", dict(Counter(s[0] for r in items for s in r["slots"]).most_common()))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
