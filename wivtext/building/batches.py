"""Documents in batches: engines are the quicker, the more sentences they get at once.

A batch is lost when the build is stopped, and nobody sees anything of it before it is done: it grows as long as that
takes seconds, and with a slow engine documents come one at a time. Briefs don't depend on it.

>>> waiting = Batches({str(place): Path(str(place)) for place in range(100)})
>>> sizes = []
>>> for batch in waiting:
...     sizes.append(len(batch))
...     waiting.took(1.0)
>>> sizes
[2, 4, 8, 16, 32, 32, 6]
>>> waiting = Batches({str(place): Path(str(place)) for place in range(9)})
>>> sizes = []
>>> for batch in waiting:
...     sizes.append(len(batch))
...     waiting.took(60.0 * len(batch))
>>> sizes
[2, 1, 1, 1, 1, 1, 1, 1]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

FIRST = 2  # documents: the first briefs are there soon
MOST = 32
LARGE = 1_000_000  # bytes of a batch, so that a few large documents are not held in memory together
QUICK, SLOW = 5.0, 20.0  # seconds that a batch takes, below which the next may be larger, and above which it is smaller
_SHARES = 3  # batches a worker at least, so that none has to wait for another's last one


class Batches(Iterator[dict[str, Path]]):
    """The documents (name -> path) in their order, for `jobs` workers."""

    def __init__(self, documents: Mapping[str, Path], jobs: int = 1) -> None:
        self._most = MOST if jobs <= 1 else max(1, min(MOST, -(-len(documents) // (_SHARES * jobs))))
        self._size = min(FIRST, self._most)
        self._waiting = list(documents.items())[::-1]

    def __next__(self) -> dict[str, Path]:
        batch, weight = dict[str, Path](), 0
        while self._waiting and len(batch) < self._size:
            name, path = self._waiting[-1]
            weight += _size(path)
            if batch and weight > LARGE:
                break
            batch[name] = path
            self._waiting.pop()
        if not batch:
            raise StopIteration
        return batch

    def took(self, seconds: float) -> None:
        """Say how long a batch took."""
        if seconds < QUICK:
            self._size = min(2 * self._size, self._most)
        elif seconds > SLOW:
            self._size = max(1, self._size // 2)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
