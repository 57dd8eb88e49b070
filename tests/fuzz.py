"""Fuzzing: every stage with text that nobody wrote. `python tests/fuzz.py --minutes 10 [STAGE ...]`

atheris (`pip install atheris`) guides the search by what it reaches; without it, or with `--chance`, chance does.
`--seed 1 --texts 100` tries the same hundred texts a stage on every machine, however fast. What breaks a stage is
printed with its seed, and kept in fuzz-STAGE.txt: add it to `FOUND` in test_hostile.py with the repair. `--growth`
instead runs every stage on every text of hostile.py at two sizes, and names those that take more than their share of
time.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from hostile import TEXTS, UNITS
from stages import STAGES, run

PIECES = [*UNITS, "\n\n", "\n", " ", ". ", "。", "“", "”", '"', "said ", "说"]
_LONGEST = 20_000  # characters
SLOW = 20  # seconds for one text of a few thousand characters
SMALL, TIMES = 4_000, 8
FLOOR, MOST = 1.0, 24.0  # seconds that are never too many; times as long, linear being 8 and quadratic 64


def text_from(data: bytes) -> str:
    """A text out of bytes: each chooses a piece, the highest ones a character."""
    parts, place = [], 0
    while place < len(data):
        byte = data[place]
        if byte < 230:
            parts.append(PIECES[byte * len(PIECES) // 230])
        elif byte == 255:
            parts.append((parts[-1] * 50)[:_LONGEST] if parts else "")
        else:
            number = int.from_bytes(data[place + 1 : place + 3], "big")
            parts.append("?" if 0xD800 <= number <= 0xDFFF else chr(number))
            place += 2
        place += 1
    return "".join(parts)[:_LONGEST]


def one(stage: str, text: str) -> None:
    """Run a stage on a text; keep a text that breaks it."""
    started = time.process_time()
    try:
        run(stage, text)
        assert time.process_time() - started < SLOW, "too slow"
    except BaseException as error:
        if not isinstance(error, KeyboardInterrupt):
            Path(f"fuzz-{stage}.txt").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
            print(f"{stage} is broken by {text[:300]!r}, see fuzz-{stage}.txt", file=sys.stderr, flush=True)
        raise


def by_chance(stage: str, seconds: float, seed: int, texts: int | None = None) -> None:
    """Random texts for so long, or so many; the same for the same seed."""
    chance, until = random.Random(f"{stage} {seed}"), time.monotonic() + seconds
    for number in count():
        if number == texts or (texts is None and time.monotonic() > until):
            break
        try:
            one(stage, text_from(chance.randbytes(chance.choice((3, 10, 40, 150)))))
        except BaseException:
            print(f"{stage}: text {number} of --chance --seed {seed}", file=sys.stderr, flush=True)
            raise


def guided(stage: str, seconds: float) -> None:
    """Texts that reach new code, by atheris; ends the process."""
    import atheris

    run(stage, "Sales rose 5%, said Li Na.")  # loads what the stage needs, so that it is instrumented as one
    for name, module in list(sys.modules.items()):
        if name.startswith(("wivtext.reading", "wivtext.quantities", "wivtext.attribution", "wivtext.memory")):
            for key, value in list(vars(module).items()):
                if callable(value) and getattr(value, "__module__", "") == name and hasattr(value, "__code__"):
                    setattr(module, key, atheris.instrument_func(value))
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=400", "-verbosity=0"],
        lambda data: one(stage, text_from(data)),
    )
    atheris.Fuzz()


def growth(stages: list[str]) -> int:
    """How many pairs of stage and text take much longer for eight times the text than eight times as long."""
    bad = 0
    for stage in stages:
        for name in TEXTS:
            spent = grown(stage, name)
            if spent:
                bad += 1
                print(f"{stage}: {name!r} takes {spent[0]:.2f} s, eight times as much {spent[1]:.2f} s", flush=True)
    return bad


def grown(stage: str, name: str, size: int = SMALL) -> tuple[float, float] | None:
    """Seconds of processor for a text and for eight times as much of it, where they are out of proportion twice."""
    spent = (0.0, 0.0)
    for _ in range(2):
        spent = (_spent(stage, TEXTS[name](size)), _spent(stage, TEXTS[name](size * TIMES)))
        if spent[1] <= max(FLOOR, spent[0] * MOST):
            return None
    return spent


def _spent(stage: str, text: str) -> float:
    started = time.process_time()
    run(stage, text)
    return time.process_time() - started


def main() -> int:
    """Each stage in a process of its own, the time divided among them; what breaks is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=f"one or more of: {', '.join(STAGES)}; or all")
    parser.add_argument("--minutes", type=float, default=1.0, help="for all stages together")
    parser.add_argument("--texts", type=int, help="so many texts a stage by chance, however long they take")
    parser.add_argument("--seed", type=int, help="of the texts by chance; any otherwise")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="stages at once")
    parser.add_argument("--growth", action="store_true", help="measure how the time grows instead")
    parser.add_argument("--chance", action="store_true", help="by chance even where atheris is installed")
    options = parser.parse_args()
    options.stages = options.stages or list(STAGES)
    if options.growth:
        return 1 if growth(options.stages) else 0
    options.chance = options.chance or options.texts is not None or options.seed is not None
    options.seed = random.randrange(1 << 32) if options.seed is None else options.seed
    seconds = 60 * options.minutes / len(options.stages)
    if len(options.stages) == 1:
        return alone(options.stages[0], seconds, options)
    with ThreadPoolExecutor(options.jobs) as workers:
        good = workers.map(lambda stage: held(stage, seconds * options.jobs, options), options.stages)
        broken = [stage for stage, well in zip(options.stages, good, strict=True) if not well]
    print(f"{len(options.stages) - len(broken)} stages held" + (f", broken: {', '.join(broken)}" if broken else ""))
    return 1 if broken else 0


def alone(stage: str, seconds: float, options: argparse.Namespace) -> int:
    """One stage in this process, guided where that is wanted and can be."""
    if not options.chance and find_spec("atheris"):
        guided(stage, seconds)
    by_chance(stage, seconds, options.seed, options.texts)
    return 0


def held(stage: str, seconds: float, options: argparse.Namespace) -> bool:
    """Whether a stage gets through in a process of its own."""
    arguments = [sys.executable, __file__, stage, "--minutes", str(seconds / 60)]
    if options.chance:
        arguments += ["--chance", "--seed", str(options.seed)]
    if options.texts is not None:
        arguments += ["--texts", str(options.texts)]
    done = subprocess.run(arguments, capture_output=True, text=True, errors="replace")
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-40:]), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
