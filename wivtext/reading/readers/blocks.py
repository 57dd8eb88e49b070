"""What the readers of marked-up formats share: turns of a transcript found among their blocks.

>>> [block.label for block in with_turns([Block("Q: Why?"), Block("A: Costs fell.")])]
['Q', 'A']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from wivtext.reading.readers import Block, labels


def with_turns(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that are turns of a transcript marked as such."""
    known = list(blocks)
    found = iter(labels.turns([block.text for block in known if block.kind not in ("heading", "turn")]))
    for block in known:
        turn = next(found) if block.kind not in ("heading", "turn") else None
        yield replace(block, kind="turn", label=turn.name) if turn else block
