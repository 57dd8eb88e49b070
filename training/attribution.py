"""Train the linear models of attribution: who the source of a sentence is, and of which kind the statement is.

    python -m training.attribution train.jsonl [--dev dev.jsonl] [--rounds 3]

Gold is JSONL as `wivtext evaluate --task speakers` reads it. Each document is walked as `attribute` walks it; the first
round leans on gold decisions, later rounds on the model's own, so that it learns to recover from its errors.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wivtext import attribution
from wivtext.attribution import kinds
from wivtext.attribution.analysis import analyse
from wivtext.attribution.evidence import Choice
from wivtext.attribution.linear import Linear
from wivtext.attribution.sources import Sources, choose
from wivtext.scoring import gold_document, same_speaker

DATA = Path(attribution.__file__).parents[1] / "data" / "attribution"


@dataclass(frozen=True, slots=True)
class Example:
    """Choices as lists of feature names, and which of them is right."""

    choices: list[list[str]]
    right: int


def walk(record: dict[str, Any], language: Any, model: Linear | None) -> tuple[list[Example], list[Example]]:
    """Examples of sources and of kinds from one document."""
    texts = [sentence[language] for sentence in record["sentences"]]
    reading = analyse(gold_document(record["title"][language], texts, language))
    names = {speaker["id"]: speaker[language] for speaker in record["speakers"]}
    links = linked(record, language, names)
    sources = Sources(reading)
    chosen: list[Example] = []
    told: list[Example] = []
    for index, (item, gold) in enumerate(zip(reading.sentences, record["sentences"], strict=True)):
        verdict = attribution._turn(sources, index, item)
        if verdict is not None:
            sources.take(index, verdict.entity, verdict.kind or "none")
            continue
        choices = sources.choices(index)
        right = find(choices, names.get(gold["speaker"]))
        if right is None and gold["speaker"] in links:
            right = find(choices, links[gold["speaker"]])
        if right is not None:
            chosen.append(Example([choice.features for choice in choices], right))
        entity = choices[right].entity if right is not None else None
        if model is not None:
            entity = choose(model, choices).entity
        if gold["speaker"] is not None:
            base = kinds.features(
                item, entity is not None and entity is sources.turn, sources.kinds[-1] if sources.kinds else "start"
            )
            told.append(
                Example(
                    [[f"{kind}|{feature}" for feature in base] for kind in kinds.KINDS],
                    kinds.KINDS.index(gold["quote"]),
                )
            )
        sources.take(
            index, entity, gold["quote"] if entity is not None and gold["quote"] else "indirect" if entity else "none"
        )
    return chosen, told


def linked(record: dict[str, Any], language: Any, names: dict[str, str]) -> dict[str, str]:
    """Gold speakers under the name the text gives them: what the cues of their sentences govern most often."""
    reading = analyse(gold_document(record["title"][language], [s[language] for s in record["sentences"]], language))
    sources = Sources(reading)
    seen: dict[str, Counter[str]] = {}
    for index, gold in enumerate(record["sentences"]):
        choices = sources.choices(index)
        right = find(choices, names.get(gold["speaker"]))
        cued = [choice.entity for choice in choices if choice.cue is not None and choice.entity is not None]
        if gold["speaker"] is not None and right is None and cued:
            entity = cued[0]
            if not any(same_speaker(entity.name, name) for name in names.values()):
                seen.setdefault(gold["speaker"], Counter())[entity.name] += 1
        entity_right = choices[right].entity if right is not None else None
        sources.take(index, entity_right, "indirect" if entity_right else "none")
    return {speaker: counts.most_common(1)[0][0] for speaker, counts in seen.items()}


def find(choices: Sequence[Choice], name: str | None) -> int | None:
    """The choice that is the gold speaker; None where none is."""
    if name is None:
        return 0
    exact = [index for index, choice in enumerate(choices) if choice.entity is not None and choice.entity.name == name]
    close = [
        index
        for index, choice in enumerate(choices)
        if choice.entity is not None and same_speaker(choice.entity.name, name)
    ]
    found = exact or close
    return found[0] if found else None


def fit(examples: list[Example], *, least: int = 6, epochs: int = 12, rate: float = 0.1, decay: float = 2e-3) -> Linear:
    """Weights by AdaGrad on the likelihood of the right choice; features seen fewer than `least` times are left out."""
    counts = Counter(feature for example in examples for choice in example.choices for feature in set(choice))
    known = {feature: index for index, feature in enumerate(sorted(f for f, count in counts.items() if count >= least))}
    packed = [
        (
            [np.array([known[f] for f in choice if f in known], dtype=np.int64) for choice in example.choices],
            example.right,
        )
        for example in examples
    ]
    weights, total, squares = np.zeros(len(known)), np.zeros(len(known)), np.full(len(known), 1e-2)
    shuffle, steps = random.Random(7), 0
    for epoch in range(epochs):
        shuffle.shuffle(packed)
        for choices, right in packed:
            scores = np.array([weights[choice].sum() for choice in choices])
            powers = np.exp(scores - scores.max())
            errors = powers / powers.sum()
            errors[right] -= 1.0
            for choice, error in zip(choices, errors, strict=True):
                if abs(error) > 1e-3:
                    step = error + decay * weights[choice]
                    squares[choice] += step * step
                    weights[choice] -= rate * step / np.sqrt(squares[choice])
        weights *= 1 - 20 * decay
        if epoch >= epochs // 2:
            total += weights
            steps += 1
    mean = total / max(1, steps)
    return Linear(
        {feature: round(float(mean[index]), 3) for feature, index in known.items() if abs(mean[index]) >= 0.01}
    )


def train(records: list[dict[str, Any]], language: Any, rounds: int) -> tuple[Linear, Linear]:
    """Both models of a language."""
    model: Linear | None = None
    collected: list[Example] = []
    for turn in range(rounds):
        walked = [walk(record, language, model) for record in records]
        collected = [example for chosen, _ in walked for example in chosen] + (collected if turn == 1 else [])
        told = [example for _, examples in walked for example in examples]
        model = fit(collected)
    assert model is not None
    return model, fit(told)


def store(name: str, model: Linear) -> None:
    """Write a model as JSON, sorted, a weight a line."""
    data = {"trained_by": "python -m training.attribution", "weights": model.weights}
    text = json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True)
    (DATA / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Train, store, and score on the development set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    records = [json.loads(line) for line in options.train.read_text("utf-8").splitlines()]
    for language in ("en", "zh"):
        for name, model in zip(("sources", "kinds"), train(records, language, options.rounds), strict=True):
            store(f"{name}.{language}", model)
    if options.dev:
        from wivtext.scoring import score_speakers

        for scores in score_speakers(options.dev).languages:
            print({key: value for key, value in scores.to_dict().items() if key != "errors"})


if __name__ == "__main__":
    main()
