"""The extractive summarizer, LEAD, sumy's algorithms and a greedy oracle on gold briefs: ROUGE of points and speakers.

    python benchmarks/summaries.py REPORTS.jsonl [--sentences 4] [--lines 2]

Points are taken from the whole report, lines from what each speaker says in it (the gold speakers); "shortened" is
wivtext with `summary.shorten`. REPORTS has an object a line: `title`, `sentences[{en, zh, speaker}]`,
`speakers[{id, en, zh}]`, `brief{en[], zh[]}`, `speaker_briefs{id: {en, zh}}`. Chinese is compared by character. Needs
the `benchmarks` extra.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any

from rouge_score.rouge_scorer import RougeScorer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence

from wivtext.engines import Passage
from wivtext.engines.extractive import ExtractiveSummarizer, tokens
from wivtext.engines.fakes import LeadSummarizer
from wivtext.records import Language, Sentence, Speaker
from wivtext.shortening import shorten

SUMY = {
    "lex_rank": "LexRankSummarizer",
    "text_rank": "TextRankSummarizer",
    "lsa": "LsaSummarizer",
    "luhn": "LuhnSummarizer",
    "kl": "KLSummarizer",
    "sum_basic": "SumBasicSummarizer",
    "reduction": "ReductionSummarizer",
}
MEASURES = ("rouge1", "rouge2", "rougeL")


class Tokens:
    """Both sides of sumy and of ROUGE want an object: words for English, characters or pairs of them for Chinese."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"[\u4e00-\u9fff]|[a-z0-9]+", text.lower())

    def to_words(self, text: str) -> list[str]:
        return tokens(text)


Task = tuple[Passage, str, Speaker | None]  # what is to be summarized, the gold summary, under whose name
SCORER = RougeScorer(list(MEASURES), tokenizer=Tokens())


def passage_of(report: dict[str, Any], language: Language, limit: int) -> Passage:
    texts = [sentence[language] for sentence in report["sentences"]]
    speakers = tuple(sentence["speaker"] for sentence in report["sentences"])
    sentences = tuple(Sentence(index, 0, len(text), text, 0, language) for index, text in enumerate(texts))
    return Passage(sentences, language, limit, report["title"][language], speakers)


def by_sumy(name: str, passage: Passage) -> str:
    summarize = getattr(import_module(f"sumy.summarizers.{name}"), SUMY[name])()
    sentences = [SumySentence(sentence.text, Tokens()) for sentence in passage.sentences]
    return " ".join(str(sentence) for sentence in summarize(ObjectDocumentModel([Paragraph(sentences)]), passage.limit))


def oracle(gold: str, passage: Passage) -> str:
    """The sentences that a greedy choice by ROUGE-L with the gold brief in view takes: what choosing could reach."""
    chosen: list[int] = []
    while len(chosen) < min(passage.limit, len(passage.sentences)):
        tried = {
            place: SCORER.score(gold, _joined(passage, [*chosen, place]))["rougeL"].fmeasure
            for place in range(len(passage.sentences))
            if place not in chosen
        }
        chosen.append(max(tried, key=lambda place: tried[place]))
    return _joined(passage, chosen)


def _joined(passage: Passage, places: list[int]) -> str:
    return " ".join(passage.sentences[place].text for place in sorted(places))


def speaker_passage_of(report: dict[str, Any], speaker: str, language: Language, limit: int) -> Passage:
    texts = [sentence[language] for sentence in report["sentences"] if sentence["speaker"] == speaker]
    sentences = tuple(Sentence(index, 0, len(text), text, 0, language) for index, text in enumerate(texts))
    return Passage(sentences, language, limit)


def summary(name: str, passage: Passage, gold: str, speaker: Speaker | None = None) -> str:
    if name == "oracle":
        return oracle(gold, passage)
    if name in SUMY:
        return by_sumy(name, passage)
    engine = LeadSummarizer() if name == "LEAD" else ExtractiveSummarizer()
    texts = [point.text for point in engine.summarize([passage])[0]]
    if name == "shortened":
        texts = [shorten(text, passage.language, speaker) for text in texts]
    return " ".join(texts)


def points(report: dict[str, Any], language: Language, limit: int) -> Iterator[Task]:
    yield passage_of(report, language, limit), " ".join(report["brief"][language]), None


def lines(report: dict[str, Any], language: Language, limit: int) -> Iterator[Task]:
    names = {speaker["id"]: speaker[language] for speaker in report["speakers"]}
    for speaker, gold in report["speaker_briefs"].items():
        passage = speaker_passage_of(report, speaker, language, limit)
        if passage.sentences:
            yield passage, gold[language], Speaker(speaker, names[speaker])


def compare(tasks: dict[Language, list[Task]]) -> None:
    for name in ("LEAD", *SUMY, "wivtext", "shortened", "oracle"):
        cells = []
        for asked in tasks.values():
            scores = [SCORER.score(gold, summary(name, passage, gold, who)) for passage, gold, who in asked]
            cells += [f"{mean(score[measure].fmeasure for score in scores):.3f}" for measure in MEASURES]
        print(f"{name:10} en {' '.join(cells[:3])}   zh {' '.join(cells[3:])}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sentences", type=int, default=4)
    parser.add_argument("--lines", type=int, default=2)
    options = parser.parse_args()
    reports = [json.loads(line) for line in options.reports.read_text(encoding="utf-8").splitlines()]
    languages: tuple[Language, ...] = ("en", "zh")
    for title, take, limit in (("documents", points, options.sentences), ("speakers", lines, options.lines)):
        tasks = {
            language: [task for report in reports for task in take(report, language, limit)] for language in languages
        }
        print(f"{len(tasks['en'])} {title}, {limit} sentences each; F1 of {', '.join(MEASURES)}")
        compare(tasks)


if __name__ == "__main__":
    main()
