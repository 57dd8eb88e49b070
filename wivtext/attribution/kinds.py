"""Whether a statement is quoted (direct), told (indirect) or both (mixed), by its quotation marks."""

from __future__ import annotations

from wivtext.attribution.analysis import Analysis
from wivtext.attribution.linear import Linear
from wivtext.records import StatementKind

KINDS: tuple[StatementKind, ...] = ("direct", "indirect", "mixed")
_ENDS = ".,!?。，！？…；;"


def features(item: Analysis, turn: bool, previous: str) -> list[str]:
    """What tells the kind of a sentence; `turn`: it belongs to a labelled turn."""
    text, quoting = item.text, item.quoting
    ratio = 0.0 if _only_names(text, quoting.spans) else quoting.length / max(1, len(text))
    wordy = max((end - start for start, end in quoting.spans), default=0)
    scale = 1 if item.sentence.language == "zh" else 3
    outside = len(text) - quoting.length
    found = [
        "bias",
        f"ratio={int(ratio * 10)}",
        f"longest={min(wordy // (6 * scale), 8)}",
        f"outside={min(outside // (5 * scale), 10)}",
    ]
    found += [f"spans={min(len(quoting.spans), 3)}", f"prev={previous}"]
    found += ["inside"] * quoting.opens_inside + ["open"] * quoting.stays_open + ["turn"] * turn
    found += ["me"] * item.first_person + ["you"] * item.second_person
    if not quoting.spans or _only_names(text, quoting.spans):
        return [
            *found,
            "bare",
            f"bare|me={item.first_person}|you={item.second_person}",
            f"bare|prev={previous}|turn={turn}",
            f"bare|cued={bool(item.cues)}",
        ]
    first, last = quoting.spans[0], quoting.spans[-1]
    found.append(f"starts={first[0] < 2}|ends={len(text) - last[1] < 2}")
    inner = text[first[0] : first[1]].rstrip('”"」’')
    found.append(f"closed={inner[-1:] in _ENDS}")
    found.append(f"capital={inner[1:2].isupper()}|before={text[max(0, first[0] - 2) : first[0]].strip()[-1:]}")
    found.append(f"starts={first[0] < 2}|ratio={int(ratio * 5)}|closed={inner[-1:] in _ENDS}")
    found.append(f"starts={first[0] < 2}|ends={len(text) - last[1] < 2}|outside={min(outside // (8 * scale), 8)}")
    found.append(f"after={text[first[1] : first[1] + 2].strip()}")
    if text[: first[0]].rstrip().endswith((":", "：")):
        # What follows a colon is quoted as a whole, however much is said of the source before it.
        found.append(f"colon|ends={len(text) - last[1] < 2}|spans={min(len(quoting.spans), 2)}")
    return found


def _only_names(text: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether all that is quoted are names in capitals, like “Intelligent Manufacturing in China.”"""
    for start, end in spans:
        words = [word for word in text[start:end].strip("“”\"'‘’.,").split() if len(word) > 3]
        if len(words) < 2 or len(words) > 6 or not all(word[0].isupper() for word in words):
            return False
    return bool(spans)


def kind_of(model: Linear, item: Analysis, turn: bool, previous: str, answers: bool = True) -> StatementKind:
    """The likeliest kind of a sentence that is somebody's statement.

    Without quotation marks nothing is quoted, but in turns and in interviews (`answers`), whose answers may stand bare.
    """
    if not item.quoting.spans and not turn and not answers:
        return "indirect"
    if item.quoting.stays_open and item.text[: item.quoting.spans[-1][0]].rstrip().endswith((":", "：")):
        return "direct"  # A speech that begins here and goes on is longer than what introduces it.
    base = features(item, turn, previous)
    scores = [model.score(f"{kind}|{feature}" for feature in base) for kind in KINDS]
    return KINDS[scores.index(max(scores))]
