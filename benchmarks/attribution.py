"""How long attribution takes: per 2,000 words, as the text grows, and against a peer in the same run.

    python benchmarks/attribution.py [--cases tests/cases/attribution.json] [--rounds 5]

The text is made of the cases' sentences, in paragraphs of three. The peer is sacremoses, which only divides the same
text into words: what reading a text once costs in Python. A Chinese word is counted as 1.6 characters.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sacremoses import MosesTokenizer

from wivtext.attribution import attribute
from wivtext.reading import read_text
from wivtext.records import Language

CASES = Path(__file__).parents[1] / "tests" / "cases"
WORDS = 2000
GROWTH = (1, 4, 16)
PER_WORD = 1.6


def text_of(paths: list[Path], language: Language, words: int) -> str:
    """Paragraphs of the cases' sentences, as often as needed for `words` words."""
    cases = [case for path in paths for case in json.loads(path.read_text(encoding="utf-8"))]
    sentences = [text for case in cases if case["language"] == language for text in case["sentences"]]
    paragraphs: list[str] = []
    size = 0.0
    while size < words:
        for index in range(0, len(sentences), 3):
            paragraph = ("" if language == "zh" else " ").join(sentences[index : index + 3])
            size += len(paragraph) / PER_WORD if language == "zh" else len(paragraph.split())
            paragraphs.append(paragraph)
            if size >= words:
                break
    return "\n\n".join(paragraphs)


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Processor time of the shortest of several runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def attribution_of(cases: list[Path], language: Language, times: int, rounds: int) -> float:
    """Milliseconds for a document of `times` 2,000 words, reading excluded."""
    document = read_text("Title\n\n" + text_of(cases, language, WORDS * times), language=language)
    attribute(document)
    return milliseconds(partial(attribute, document), rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, nargs="+", default=sorted(CASES.glob("attribution*.json")))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        took = {times: attribution_of(options.cases, language, times, options.rounds) for times in GROWTH}
        growth = "  ".join(f"{times}x {each:.0f} ms" for times, each in took.items())
        tokenizer, text = MosesTokenizer(lang=language), text_of(options.cases, language, WORDS)
        peer = milliseconds(partial(tokenizer.tokenize, text), options.rounds)
        linear = took[GROWTH[-1]] / took[GROWTH[0]] / GROWTH[-1]
        print(
            f"{language}: {growth}  (16x takes {linear:.2f} of 16 times 1x; {took[1] / peer:.2f} of sacremoses)",
            flush=True,
        )


if __name__ == "__main__":
    main()
