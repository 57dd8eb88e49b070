"""The translation lexicon, counted over the aligned words of all pairs: `python -m training.lexicon --to FILE`.

Rows `en, zh, p(zh|en), p(en|zh), count`. The probabilities weigh our reports and the news more than documentation;
the count is of plain occurrences. English words stand in small letters, names and abbreviations as they are written.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from training import settings as recipe
from training.slots import FIRST
from training.text import from_model, to_model

Pair = tuple[str, str]

OPENING = re.compile(r"(?:^|[.!?:;])[\s\"'(]*$")


def occurrences(path: Path) -> Iterator[tuple[str, str, bool, float]]:
    """The aligned words of a pool, whether they open a sentence, and the weight of their row."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        en, zh = to_model(row["en"], "en"), to_model(row["zh"], "zh")
        for a, b, c, d in row["words"]:
            yield en[a:b], from_model(zh[c:d], "zh"), opens(en, a), row["weight"]
        for i, (kind, english, chinese) in enumerate(row["slots"]):
            if kind not in ("figure", "month", "name", "family", "part", "coined", "coinage", "person"):
                yield english, chinese, opens(en, en.find(chr(FIRST + i))), row["weight"]


def opens(text: str, place: int) -> bool:
    """Whether a sentence begins at a place.

    >>> opens('He left. "Sales', 10), opens("Sales", 0), opens("He left. Sales", 3)
    (True, True, False)
    """
    return bool(OPENING.search(text[max(0, place - 8) : place]))


def _plausible(pair: Pair) -> bool:
    """No marks, no figures, hanzi on one side and Latin letters on the other."""
    en, zh = pair
    return bool(re.fullmatch(r"[\w\u00c0-\u024f' -]+", en) and re.fullmatch(r"[\u4e00-\u9fff]+", zh)) and not re.search(
        rf"[\d{chr(FIRST)}-\uf8ff]", en
    )


def count(settings: recipe.Settings) -> tuple[Counter[Pair], Counter[Pair]]:
    """Plain and weighted counts of word pairs."""
    plain: Counter[Pair] = Counter()
    weighted: Counter[Pair] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in settings["train"]["mix"]:
        for en, zh, opening, weight in occurrences(settings["paths"]["work"] / f"{name}.jsonl"):
            if _plausible((en, zh)):
                if not opening:
                    written[en.lower()][en] += 1
                plain[en.lower(), zh] += 1
                weighted[en.lower(), zh] += weight * settings["lexicon"]["weights"][name]  # type: ignore[assignment]
    return _as_written(plain, written), _as_written(weighted, written)


def _as_written(counts: Counter[Pair], written: dict[str, Counter[str]]) -> Counter[Pair]:
    """Counts with the English words as they are mostly written inside sentences."""
    return Counter({(max(written[en], key=written[en].get, default=en), zh): n for (en, zh), n in counts.items()})


def entries(plain: Counter[Pair], weighted: Counter[Pair], options: dict[str, float]) -> Iterator[tuple[str, ...]]:
    """The pairs worth keeping, as rows."""
    english: Counter[str] = Counter()
    chinese: Counter[str] = Counter()
    for (en, zh), weight in weighted.items():
        english[en] += weight  # type: ignore[assignment]
        chinese[zh] += weight  # type: ignore[assignment]
    for (en, zh), times in sorted(plain.items()):
        forward, backward = weighted[en, zh] / english[en], weighted[en, zh] / chinese[zh]
        sure = max(forward, backward) >= options["likely"] or times >= options["often"]
        if times >= options["least"] and max(forward, backward) >= options["possible"] and sure:
            yield en, zh, f"{forward:.3f}", f"{backward:.3f}", str(times)


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="the TSV to write")
    arguments = parser.parse_args()
    settings = recipe.from_arguments(arguments)
    rows = list(entries(*count(settings), settings["lexicon"]))
    header = "en\tzh\tzh_given_en\ten_given_zh\tcount\n"
    arguments.to.write_text(header + "".join("\t".join(row) + "\n" for row in rows), "utf-8")
    print(len(rows), "word pairs,", len({r[0] for r in rows}), "English,", len({r[1] for r in rows}), "Chinese")


if __name__ == "__main__":
    main()
