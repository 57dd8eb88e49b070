"""Word alignment of the stored pairs: `python -m training.alignment` gives each row its aligned words.

Slots stand as single marks in both texts, so they anchor the alignment. What is kept of it are small groups of words
that translate each other and nothing else: they become annotations while training (`training.augment`) and, counted
over all pairs, the translation lexicon (`training.lexicon`).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import settings as recipe
from training.slots import FIRST
from training.text import to_model

Link = tuple[int, int]
Span = tuple[int, int]
Row = dict[str, Any]

ENGLISH = re.compile(r"[\ue000-\uf8ff]|[A-Za-z\u00c0-\u024f]+(?:['-][A-Za-z\u00c0-\u024f]+)*|\d+|[^\s\w]")
BESIDE = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
LONGEST = 4  # words of a group, either side


def english_words(text: str) -> list[Span]:
    """Where the words, figures and marks of an English text stand."""
    return [match.span() for match in ENGLISH.finditer(text)]


def chinese_words(text: str) -> list[Span]:
    """Where the words of a Chinese text stand."""
    import jieba

    return [(start, end) for word, start, end in jieba.tokenize(text) if not word.isspace()]


def _line(text: str, words: list[Span]) -> str:
    return " ".join(text[a:b].lower() for a, b in words)


def read_links(path: Path) -> Iterator[set[Link]]:
    """Links `0-0 1-2` of each line."""
    for line in path.read_text("utf-8").split("\n"):
        yield {(int(a), int(b)) for a, b in (pair.split("-") for pair in line.split())}


def align(lines: list[tuple[str, str]]) -> Iterator[tuple[set[Link], set[Link]]]:
    """Forward and backward links of each pair of tokenised lines, by eflomal (HMM with fertility)."""
    import eflomal

    with tempfile.TemporaryDirectory() as folder:
        forward, backward = Path(folder, "forward"), Path(folder, "backward")
        eflomal.Aligner(model=3).align(
            [source + "\n" for source, _ in lines],
            [target + "\n" for _, target in lines],
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
        )
        yield from zip(read_links(forward), read_links(backward), strict=False)


def grow_diagonal(forward: set[Link], backward: set[Link]) -> set[Link]:
    """The links of both directions, and those of one that stand beside them for a word that has none yet.

    >>> sorted(grow_diagonal({(0, 0), (1, 1)}, {(0, 0), (0, 1), (3, 3)}))
    [(0, 0), (0, 1), (1, 1)]
    """
    kept, either = forward & backward, forward | backward
    todo = sorted(kept)
    while todo:
        a, b = todo.pop()
        for da, db in BESIDE:
            link = (a + da, b + db)
            lonely = all(x != link[0] for x, _ in kept) or all(y != link[1] for _, y in kept)
            if link in either and link not in kept and lonely:
                kept.add(link)
                todo.append(link)
    return kept


def groups(links: set[Link]) -> Iterator[tuple[Span, Span]]:
    """Words linked with each other and with nothing else, where both sides are unbroken and short.

    >>> list(groups({(0, 0), (1, 2), (2, 2), (4, 4), (4, 6)}))
    [((0, 1), (0, 1)), ((1, 3), (2, 3))]
    """
    left = sorted(links)
    while left:
        group, grown = {left[0]}, 0
        while grown != len(group):
            grown = len(group)
            sources, targets = {a for a, _ in group}, {b for _, b in group}
            group |= {link for link in left if link[0] in sources or link[1] in targets}
        left = [link for link in left if link not in group]
        one, two = sorted({a for a, _ in group}), sorted({b for _, b in group})
        if one[-1] - one[0] < min(len(one), LONGEST) and two[-1] - two[0] < min(len(two), LONGEST):
            yield (one[0], one[-1] + 1), (two[0], two[-1] + 1)


def _is_word(text: str) -> bool:
    return bool(re.search(r"[A-Za-z\u4e00-\u9fff]", text)) and not re.search(r"[\ue000-\uf8ff]", text)


def _is_slot(text: str) -> bool:
    return len(text) == 1 and ord(text) >= FIRST


def aligned(row: Row, forward: set[Link], backward: set[Link]) -> list[list[int]]:
    """`[en_start, en_end, zh_start, zh_end]` of the groups of a row, in its texts in the models' form."""
    en, zh = to_model(row["en"], "en"), to_model(row["zh"], "zh")
    if _is_slot(en):
        return []
    english, chinese = english_words(en), chinese_words(zh)
    found = []
    for (a, b), (c, d) in groups(grow_diagonal(forward, backward)):
        spans = english[a][0], english[b - 1][1], chinese[c][0], chinese[d - 1][1]
        if _is_word(en[spans[0] : spans[1]]) and _is_word(zh[spans[2] : spans[3]]):
            found.append(list(spans))
    return found


def tokenised(row: Row) -> tuple[str, str]:
    """Both sides of a row as the aligner reads them; a row that is one slot gives what fills it."""
    en, zh = to_model(row["en"], "en"), to_model(row["zh"], "zh")
    if _is_slot(en):
        _, en, zh = row["slots"][0]
    return _line(en, english_words(en)), _line(zh, chinese_words(zh))


def main() -> None:
    """Command line."""
    settings = recipe.from_arguments(recipe.parser(__doc__).parse_args())
    paths = [settings["paths"]["work"] / f"{name}.jsonl" for name in settings["train"]["mix"]]
    pools = [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in paths]
    links = align([tokenised(row) for rows in pools for row in rows])
    for path, rows in zip(paths, pools, strict=True):
        for row in rows:
            row["words"] = aligned(row, *next(links))
        part = path.with_suffix(".part")
        part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        part.replace(path)
        print(path.stem, len(rows), "pairs,", sum(len(row["words"]) for row in rows), "aligned groups")


if __name__ == "__main__":
    main()
