"""Speed, memory and growth of everything, in one dated table: `make bench`.

    python benchmarks/bench.py [PIECE ...] [--documents 100 1000] [--out DIR]

PIECE is engines, summaries, start, share or growth; all of them without one, which takes about a quarter of an hour on
two idle cores. `engines` and `summaries` are ratios within one run on the same text, so that they can be compared with
another machine's; start-up times stand beside those of Python itself. `engines` needs the `models` extra, `summaries`
the `benchmarks` extra. The table goes to `benchmarks/results/DATE.md`.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from growth import growth, reports_of, table

from wivtext import __version__
from wivtext.engines import Passage
from wivtext.engines.decoding import processors
from wivtext.records import Language, Sentence

HERE = Path(__file__).parent
RESULTS = HERE / "results"
CORPUS = HERE.parent / "corpus"
SHORT = "Sales rose\n\nHEFEI - Sales rose 5 percent in May, said Lin Haoran, chairman of Northlake Motors.\n"
ROUNDS = 5
POINTS = 4
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def engines(options: argparse.Namespace) -> str:
    """Tokens a second of every engine: see `translate_speed`."""
    command = [sys.executable, str(HERE / "translate_speed.py"), "--rounds", "3"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def summaries(options: argparse.Namespace) -> str:
    """Documents a second of the extractive summarizer, and of sumy's algorithms on the same documents."""
    from summaries import SUMY, by_sumy

    from wivtext.engines.extractive import ExtractiveSummarizer

    passages = [passage_of(report, language) for report in reports_of() for language in LANGUAGES]
    own = ExtractiveSummarizer()
    own.summarize(passages[:1])
    by_sumy("luhn", passages[0])
    ways: dict[str, Callable[[Passage], object]] = {"extractive": lambda one: own.summarize([one])}
    ways |= {f"sumy {name}": partial(by_sumy, name) for name in SUMY}
    seconds = {name: _cpu_of(way, passages) for name, way in ways.items()}
    rows = [
        f"| {name} | {len(passages) / one:.1f} | {seconds['extractive'] / one:.2f} |" for name, one in seconds.items()
    ]
    return "\n".join(["| summarizer | documents/CPU s | ratio |", "|---|---:|---:|", *rows])


def passage_of(report: dict[str, Any], language: Language) -> Passage:
    """The sentences of a report in one language."""
    texts = [sentence[language] for sentence in report["sentences"]]
    sentences = tuple(Sentence(index, 0, len(text), text, 0, language) for index, text in enumerate(texts))
    return Passage(sentences, language, POINTS, report["title"][language])


def start(options: argparse.Namespace) -> str:
    """Whole processes, the best of a few, beside those of Python and of numpy."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "short.txt"
        file.write_text(SHORT, encoding="utf-8")
        python, wivtext = [sys.executable], [sys.executable, "-m", "wivtext"]
        commands = {
            "python -c pass": [*python, "-c", "pass"],
            "python -c 'import numpy'": [*python, "-c", "import numpy"],
            "wivtext --help": [*wivtext, "--help"],
            "wivtext brief FILE": [*wivtext, "brief", str(file)],
        }
        seconds = {name: min(_wall_of(command) for _ in range(ROUNDS)) for name, command in commands.items()}
    first = seconds["python -c pass"]
    rows = [f"| `{name}` | {one:.2f} | {one / first:.1f} |" for name, one in seconds.items()]
    return "\n".join(["| process | s | ratio |", "|---|---:|---:|", *rows])


def share(options: argparse.Namespace) -> str:
    """What a build with the embedded engine spends outside it."""
    return table(list(growth(reports_of(), min(options.documents[0], 100), "embedded")))


def grown(options: argparse.Namespace) -> str:
    """Builds of more and more documents, with an engine that costs nothing."""
    return table([row for count in options.documents for row in growth(reports_of(), count, "recorded")])


PIECES: dict[str, tuple[str, Callable[[argparse.Namespace], str]]] = {
    "engines": ("Translation, every engine on the same sentences", engines),
    "summaries": ("Summaries, every algorithm on the same documents", summaries),
    "start": ("Starting up", start),
    "share": ("A build with the embedded engine", share),
    "growth": ("Growth: builds with recorded translations", grown),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the pieces and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pieces", nargs="*", metavar="PIECE", help=", ".join(PIECES))
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    unknown = set(options.pieces) - set(PIECES)
    if unknown:
        parser.error(f"no such piece: {', '.join(sorted(unknown))}; choose from {', '.join(PIECES)}")
    machine = f"{platform.machine()}, {processors()} processors, Python {platform.python_version()}"
    parts = [f"# Measured {date.today().isoformat()}\n\nwivtext {__version__}; {machine}."]
    for name in options.pieces or PIECES:
        title, measure = PIECES[name]
        parts.append(f"## {title}\n\n{measure(options)}")
        print(parts[-1], flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / f"{date.today().isoformat()}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _wall_of(command: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - began


def _cpu_of(way: Callable[[Passage], object], passages: Sequence[Passage]) -> float:
    began = process_time()
    for passage in passages:
        way(passage)
    return process_time() - began


if __name__ == "__main__":
    main()
