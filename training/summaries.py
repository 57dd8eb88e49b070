"""Learn from gold briefs which sentences to choose: the weights of `wivtext/engines/ranking.py`.

    python -m training.summaries train.jsonl [--to wivtext/data/ranker.json]

Ridge regression, within each document, of how much of its brief a sentence covers (recall of ROUGE-1, 2 and L, less
`COST` for each word) on the features; the weight of redundancy is chosen by cross-validation. REPORTS are JSONL:
`title`, `sentences[{en, zh, speaker}]`, `brief{en[], zh[]}`. Needs the `benchmarks` extra.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.summaries import MEASURES, Tokens, passage_of
from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer, looked_at
from wivtext.engines.ranking import Ranker, features
from wivtext.records import Language

COST = 0.004  # of a word
RIDGE = 30.0
REDUNDANCY = (0.15, 0.3, 0.6, 1.5)
FOLDS = 4
LIMIT = 4  # sentences of a brief

Report = dict[str, Any]
Matrix = NDArray[np.float64]


class Document:
    """A report in one language: its features and what each of its sentences is worth."""

    def __init__(self, report: Report, language: Language, scorer: RougeScorer) -> None:
        self.passage: Passage = passage_of(report, language, LIMIT)
        self.gold = " ".join(report["brief"][language])
        columns = features(self.passage, looked_at(self.passage))
        self.names = list(columns)
        self.columns: Matrix = np.column_stack(list(columns.values()))
        self.worth: Matrix = np.array([self._worth(one.text, scorer) for one in self.passage.sentences])

    def _worth(self, text: str, scorer: RougeScorer) -> float:
        covered = scorer.score(self.gold, text)
        return sum(one.recall for one in covered.values()) - COST * len(Tokens().tokenize(text))


def fit(documents: list[Document], redundancy: float) -> Ranker:
    """The weights that tell the sentences of one document apart."""
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


def learn(reports: list[Report], language: Language) -> tuple[Ranker, float]:
    """The model of a language, and its score in cross-validation."""
    scorer = RougeScorer(list(MEASURES), tokenizer=Tokens())
    documents = [Document(report, language, scorer) for report in reports]
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
    models: dict[str, Any] = {}
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        model, found = learn(reports, language)
        print(f"{language}: ROUGE-L {found:.4f} in cross-validation, redundancy {model.redundancy}")
        models[language] = {"redundancy": model.redundancy, "weights": dict(sorted(model.weights.items()))}
    options.to.write_text(json.dumps(models, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
