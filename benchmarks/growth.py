"""How `wivtext build` grows with its corpus: time and memory for 100, 1,000 and 10,000 documents.

    python benchmarks/growth.py [REPORTS.jsonl] [--documents 100 1000] [--engine recorded] [--jobs 1] [--json]

REPORTS has an object a line: `title{en, zh}`, `sentences[{en, zh}]`; without it the briefs of `outputs/` serve.
A document is made of a dozen sentences drawn from several of them, English and Chinese in turns.
For each size a build from nothing, one with nothing changed and one with one
document changed, each in a process of its own, with the memory that it needed at most. The `recorded` engine looks the
reports' own translations up, so that the time is the build's own; `--engine embedded` shows what share of a real build
that is. CPU seconds count
other work on the machine hardly at all.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from wivtext.engines import Candidate, Segment
from wivtext.records import Language
from wivtext.settings import Settings

OUTPUTS = Path(__file__).parent.parent / "outputs"
SENTENCES = 12
STORIES = 3
PASS, NOTHING, ONE = "from nothing", "nothing changed", "one changed"


@dataclass(frozen=True, slots=True)
class Measured:
    """One build: wall and processor seconds, peak memory of its largest process in MB."""

    documents: int
    build: str
    seconds: float
    cpu: float
    memory: float
    engine: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of the processor for one document."""
        return 1000 * self.cpu / self.documents


def main() -> None:
    """Measure, and print a table or JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--engine", default="recorded")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    reports = reports_of(options.reports)
    measured = [row for count in options.documents for row in growth(reports, count, options.engine, jobs=options.jobs)]
    if options.json:
        for row in measured:
            print(json.dumps(asdict(row)))
    else:
        print(table(measured))


def reports_of(path: Path | None = None) -> list[dict[str, Any]]:
    """The reports of a file, or what the shipped briefs say in both languages."""
    if path:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    briefs = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(OUTPUTS.glob("*/brief.json"))]
    return [one for one in briefs if len(one["sentences"]) >= SENTENCES // STORIES]


class Recorded:
    """The translations that the reports have themselves; what they don't have comes back as it is."""

    signature = "recorded"

    def __init__(self, model: str = "", settings: Settings | None = None) -> None:
        pairs = [
            (line["en"], line["zh"])
            for report in reports_of(Path(model))
            for line in (report["title"], *report["sentences"])
        ]
        self._known = {"zh": dict(pairs), "en": {zh: en for en, zh in pairs}}

    def translate(self, segments: Sequence[Segment], source: Language, target: Language) -> list[Candidate]:
        """What is recorded of each segment."""
        return [Candidate(self._known[target].get(segment.text, segment.text)) for segment in segments]


def growth(reports: Sequence[dict[str, Any]], count: int, engine: str, *, jobs: int = 1) -> Iterator[Measured]:
    """Build `count` documents from nothing, then again with nothing changed, then with one changed."""
    with tempfile.TemporaryDirectory(prefix="wivtext-growth-") as folder:
        root = Path(folder)
        documents = write_corpus(reports, count, root / "corpus")
        if engine == "recorded":
            engine = f"recorded:{(root / 'reports.jsonl').as_posix()}"
            (root / "reports.jsonl").write_text("\n".join(map(json.dumps, reports)), encoding="utf-8")
        settings = [
            f'[build]\ncache = "{(root / "cache").as_posix()}"\njobs = {jobs}',
            '[summary]\nengine = "extractive"',
        ]
        (root / "wivtext.toml").write_text("\n".join([*settings, f'[translation]\nengine = "{engine}"\n']))
        yield measure(root, count, PASS)
        yield measure(root, count, NOTHING)
        with documents[count // 2].open("a", encoding="utf-8") as file:
            file.write("\nDeliveries will begin on March 3, she added.\n")
        yield measure(root, count, ONE)


def write_corpus(reports: Sequence[dict[str, Any]], count: int, folder: Path) -> list[Path]:
    """Documents recombined from reports: the same `count` of them every time."""
    rng = random.Random(count)
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        language = "en" if number % 2 else "zh"
        stories = rng.sample(list(reports), STORIES)
        lines = [one[language] for story in stories for one in _stretch(story["sentences"], rng)]
        path = folder / f"report-{number:05}.txt"
        title = f"{stories[0]['title'][language]} ({number})"
        path.write_text(title + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _stretch(sentences: Sequence[dict[str, str]], rng: random.Random) -> Sequence[dict[str, str]]:
    length = SENTENCES // STORIES
    start = rng.randrange(max(1, len(sentences) - length + 1))
    return sentences[start : start + length]


def measure(root: Path, count: int, build: str) -> Measured:
    """One `wivtext build` in a process of its own."""
    began = perf_counter()
    command = [sys.executable, __file__, "--build-here", str(root)]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    seconds = perf_counter() - began
    cpu, memory, engine = json.loads(done.stdout.splitlines()[-1])
    return Measured(count, build, round(seconds, 2), round(cpu, 2), round(memory), round(engine, 2))


def build_here(root: Path) -> None:
    """In the process that is measured: build, and print processor seconds, peak MB and the engine's own seconds."""
    import resource

    from wivtext.building import build
    from wivtext.engines import TRANSLATORS, translator
    from wivtext.settings import load_settings

    TRANSLATORS["recorded"] = "growth:Recorded"
    settings = load_settings(root / "wivtext.toml")
    inside = [0.0]
    kind = type(translator(settings.translation.engine, settings))
    for name in ("translate", "alternatives", "place_terms", "with_hints"):
        if hasattr(kind, name):
            setattr(kind, name, _timed(getattr(kind, name), inside))
    build(root / "corpus", root / "outputs", settings=settings)
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in both)
    print(json.dumps([cpu, max(one.ru_maxrss for one in both) / 1024, inside[0]]))


def _timed(method: Any, inside: list[float]) -> Any:
    def timed(*arguments: Any) -> Any:
        # One method may call another: only the outermost counts.
        if inside[1:]:
            return method(*arguments)
        inside.append(1.0)
        began = process_time()
        try:
            return method(*arguments)
        finally:
            inside[:] = [inside[0] + process_time() - began]

    return timed


def table(measured: Sequence[Measured]) -> str:
    """A Markdown table."""
    rows = ["| documents | build | s | CPU s | CPU ms a document | outside the engine | peak MB |"]
    rows.append("|---:|---|---:|---:|---:|---:|---:|")
    for one in measured:
        outside = f"{(one.cpu - one.engine) / one.cpu:.0%}" if one.engine else ""
        cells = [f"{one.documents:,}", one.build, one.seconds, one.cpu, f"{one.each:.1f}", outside, f"{one.memory:.0f}"]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build-here"]:
        build_here(Path(sys.argv[2]))
    else:
        main()
