"""Learn from gold briefs which sentences to choose: the weights of `wivtext/engines/ranking.py`.

    python -m training.summaries train.jsonl [--to wivtext/data/ranker.json]

Ridge regression, within each passage, of how much of its gold summary a sentence covers (recall of ROUGE-1, 2 and L,
less `COST` for each word) on the features, for the points of whole reports and for the lines of each speaker; the
weight of redundancy is chosen by cross-validation. REPORTS are JSONL: `title`, `sentences[{en, zh, speaker}]`,
`brief{en[], zh[]}`, `speaker_briefs{id: {en, zh}}`. Needs the `benchmarks` extra.
"""

from __future__ import annotations

import argparse
import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.summaries import MEASURES, Tokens, lines, points
from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer, looked_at
from wivtext.engines.ranking import Ranker, features
from wivtext.records import Language

COST = 0.004  # of a word; more is better by 0.001 to 0.004, and worse to read: short sentences that say little
RIDGE = 30.0
REDUNDANCY = (0.15, 0.3, 0.6, 1.5)
FOLDS = 4
LIMITS = {"points": 4, "lines": 2}  # sentences of a summary

Report = dict[str, Any]
Matrix = NDArray[np.float64]


class Document:
    """A passage with its gold summary: its features, and what each of its sentences is worth."""

    def __init__(self, passage: Passage, gold: str, scorer: RougeScorer) -> None:
        self.passage, self.gold = passage, gold
        columns = features(passage, looked_at(passage))
        self.names = list(columns)
        self.columns: Matrix = np.column_stack(list(columns.values()))
        covered = [scorer.score(gold, one.text) for one in passage.sentences]
        words = np.array([len(Tokens().tokenize(one.text)) for one in passage.sentences])
        self.worth: Matrix = np.array([sum(one.recall for one in found.values()) for found in covered]) - COST * words


def fit(documents: list[Document], redundancy: float) -> Ranker:
    """The weights that tell the sentences of one passage apart."""
    columns = np.vstack([one.columns - one.columns.mean(axis=0) for one in documents])
    worth = np.concatenate([one.worth - one.worth.mean() for one in documents])
    spread = columns.std(axis=0) + 1e-9
    scaled = columns / spread
    weights = np.linalg.solve(scaled.T @ scaled + RIDGE * np.eye(scaled.shape[1]), scaled.T @ worth) / spread
    return Ranker(dict(zip(documents[0].names, (round(float(one), 5) for one in weights), strict=True)), redundancy)


def score(documents: list[Document], model: Ranker, scorer: RougeScorer) -> float:
    """Mean ROUGE-L F1 of the sentences that a model chooses."""
    engine = ExtractiveSummarizer(ranker=model)
    summaries = engine.summarize([one.passage for one in documents])
    found = [
        scorer.score(one.gold, " ".join(point.text for point in points))["rougeL"].fmeasure
        for one, points in zip(documents, summaries, strict=True)
    ]
    return float(np.mean(found))


def learn(documents: list[Document], scorer: RougeScorer) -> tuple[Ranker, float]:
    """The model, and its score in cross-validation."""
    folds = [documents[start::FOLDS] for start in range(FOLDS)]
    tried = {}
    for redundancy in REDUNDANCY:
        scores = []
        for held in range(FOLDS):
            model = fit([one for fold in range(FOLDS) if fold != held for one in folds[fold]], redundancy)
            scores.append(score(folds[held], model, scorer))
        tried[redundancy] = float(np.mean(scores))
    best = max(tried, key=lambda one: tried[one])
    return fit(documents, best), tried[best]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--to", type=Path, default=Path("wivtext/data/ranker.json"))
    options = parser.parse_args()
    reports = [json.loads(line) for line in options.reports.read_text("utf-8").splitlines()]
    scorer = RougeScorer(list(MEASURES), tokenizer=Tokens())
    models: dict[str, dict[str, Any]] = {"en": {}, "zh": {}}
    languages: tuple[Language, ...] = ("en", "zh")
    for language, (kind, take) in product(languages, (("points", points), ("lines", lines))):
        tasks = [task for report in reports for task in take(report, language, LIMITS[kind])]
        model, found = learn([Document(passage, gold, scorer) for passage, gold, _ in tasks], scorer)
        print(f"{language} {kind}: ROUGE-L {found:.4f} in cross-validation, redundancy {model.redundancy}")
        models[language][kind] = {"redundancy": model.redundancy, "weights": dict(sorted(model.weights.items()))}
    options.to.write_text(json.dumps(models, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
