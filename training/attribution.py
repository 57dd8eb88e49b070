"""Train the linear models of attribution: who the source of a sentence is, and of which kind the statement is.

    python -m training.attribution train.jsonl [--background news.tsv] [--dev dev.jsonl] [--rounds 2]

Gold is JSONL as `wivtext evaluate --task speakers` reads it. Each document is walked as `attribute` walks it; the first
round leans on gold decisions, later rounds on the model's own, so that it learns to recover from its errors. `news.tsv`
(`source, en, zh` in running order) is real news without annotation, see `training.background`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training import background
from wivtext import attribution
from wivtext.attribution import kinds
from wivtext.attribution.analysis import analyse
from wivtext.attribution.evidence import Choice
from wivtext.attribution.linear import Linear
from wivtext.attribution.sources import Sources, choose
from wivtext.scoring import gold_document, same_speaker

NEWS = 0.15
DATA = Path(attribution.__file__).parents[1] / "data" / "attribution"


@dataclass(frozen=True, slots=True)
class Example:
    """Choices as lists of feature names, which of them is right, what else speaks for each, and how much it counts."""

    choices: list[list[str]]
    right: int
    priors: tuple[float, ...] = ()
    weight: float = 1.0


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
        if right is not None and not (right == 0 and unlisted(choices)):
            chosen.append(example(choices, right))
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


def unlisted(choices: Sequence[Choice]) -> bool:
    """Whether a sentence without gold speaker is the statement of people whom the gold doesn't list: critics say."""
    for choice in choices:
        mention = choice.cue.mention if choice.cue is not None else None
        if choice.cue is not None and mention is not None and mention.several:
            stated = choice.cue.frame in ("that", "clause", "quote", "the", "aside")
            return choice.cue.strong and not choice.cue.inner and stated
    return False


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


def example(choices: Sequence[Choice], right: int, weight: float = 1.0) -> Example:
    """An example of sources."""
    return Example([choice.features for choice in choices], right, tuple(choice.prior for choice in choices), weight)


def fit(examples: list[Example], *, least: int = 6, width: float = 0.1, steps: int = 100) -> Linear:
    """Weights that make the right choices likeliest, by L-BFGS; `width` is the variance weights are expected to have.

    Features seen fewer than `least` times are left out, and weights too small to matter.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(feature for example in examples for choice in example.choices for feature in set(choice))
    known = {feature: index for index, feature in enumerate(sorted(f for f, count in counts.items() if count >= least))}
    rows = [[known[feature] for feature in set(choice) if feature in known] for e in examples for choice in e.choices]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))
    sizes = np.array([len(e.choices) for e in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(examples)), sizes)
    right = starts + np.array([e.right for e in examples])
    priors = np.concatenate([np.array(e.priors or [0.0] * len(e.choices)) for e in examples])
    counted = np.array([e.weight for e in examples])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights + priors
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        shares = powers / np.add.reduceat(powers, starts)[group]
        value = -(counted * np.log(shares[right] + 1e-12)).sum() + (weights @ weights) / (2 * width)
        shares[right] -= 1.0
        return float(value), matrix.T @ (shares * counted[group]) + weights / width

    best = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return Linear({f: round(float(best[index]), 2) for f, index in known.items() if abs(best[index]) >= 0.02})


def train(
    records: list[dict[str, Any]], language: Any, rounds: int, news: Sequence[tuple[str, list[str]]] = ()
) -> tuple[Linear, Linear]:
    """Both models of a language; `news` are titles and sentences of real news."""
    model: Linear | None = None
    collected: list[Example] = []
    for turn in range(rounds):
        walked = [walk(record, language, model) for record in records]
        collected = [example for chosen, _ in walked for example in chosen] + (collected if turn == 1 else [])
        told = [example for _, examples in walked for example in examples]
        model = fit(collected + (_silent(news, language, model, turn) if model is not None else []))
    assert model is not None
    return model, fit(told)


def _silent(news: Sequence[tuple[str, list[str]]], language: Any, model: Linear, turn: int) -> list[Example]:
    # In the second round the reports are counted twice, and so is the news.
    weight = NEWS * (2 if turn == 1 else 1)
    return [
        example(choices, 0, weight * part)
        for title, texts in news
        for choices, part in background.silent(title, texts, language, model)
    ]


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
    parser.add_argument("--background", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    records = [json.loads(line) for line in options.train.read_text("utf-8").splitlines()]
    for language in ("en", "zh"):
        news = background.documents(options.background, language) if options.background else []
        for name, model in zip(("sources", "kinds"), train(records, language, options.rounds, news), strict=True):
            store(f"{name}.{language}", model)
    if options.dev:
        from wivtext.scoring import score_speakers

        for scores in score_speakers(options.dev).languages:
            print({key: value for key, value in scores.to_dict().items() if key != "errors"})


if __name__ == "__main__":
    main()
