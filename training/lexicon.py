"""The translation lexicon, counted over the aligned words of all pairs: `python -m training.lexicon --to FILE`.

Rows `en, zh, p(zh|en), p(en|zh), count`. The probabilities weigh our reports and the news more than documentation;
the count is of plain occurrences.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training import settings as recipe
from training.slots import FIRST
from training.text import from_model, to_model

Pair = tuple[str, str]


def spelled(text: str) -> str:
    """A word as the lexicon writes it: small letters, unless it is all capitals."""
    return text if text.isupper() and len(text) > 1 else text.lower()


def occurrences(path: Path) -> Iterator[tuple[Pair, float]]:
    """The aligned words of a pool, with the weight of their row."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        en, zh = to_model(row["en"], "en"), to_model(row["zh"], "zh")
        for a, b, c, d in row["words"]:
            yield (spelled(en[a:b]), from_model(zh[c:d], "zh")), row["weight"]
        for kind, english, chinese in row["slots"]:
            if kind not in ("figure", "month", "name", "family", "part", "coined", "coinage", "person"):
                yield (spelled(english), chinese), row["weight"]


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
    for name in settings["train"]["mix"]:
        for pair, weight in occurrences(settings["paths"]["work"] / f"{name}.jsonl"):
            if _plausible(pair):
                plain[pair] += 1
                weighted[pair] += weight * settings["lexicon"]["weights"][name]  # type: ignore[assignment]
    return plain, weighted


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
