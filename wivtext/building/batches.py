"""Documents in batches: engines are the quicker, the more sentences they get at once.

>>> [len(batch) for batch in batches({str(place): Path(str(place)) for place in range(100)})]
[2, 4, 8, 16, 32, 32, 6]
>>> [len(batch) for batch in batches({str(place): Path(str(place)) for place in range(20)}, jobs=2)]
[2, 3, 3, 3, 3, 3, 3]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

FIRST = 2  # documents: the first briefs are there soon
MOST = 32  # measured (`benchmarks/growth.py`): twice as many are no quicker
LARGE = 1_000_000  # bytes of a batch, so that a few large documents are not held in memory together
_SHARES = 3  # batches a worker at least, so that none has to wait for another's last one


def batches(documents: Mapping[str, Path], jobs: int = 1) -> Iterator[dict[str, Path]]:
    """The documents (name -> path) in their order, each batch up to twice as large as the one before."""
    most = MOST if jobs <= 1 else max(1, min(MOST, -(-len(documents) // (_SHARES * jobs))))
    size, batch, weight = min(FIRST, most), dict[str, Path](), 0
    for name, path in documents.items():
        own = _size(path)
        if batch and (len(batch) == size or weight + own > LARGE):
            yield batch
            size, batch, weight = min(2 * size, most), {}, 0
        batch[name] = path
        weight += own
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
