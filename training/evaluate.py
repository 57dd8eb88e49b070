"""Score an exported model: `python -m training.evaluate en-zh DIR --set dev --limit 300`.

Sets: dev and test (our reports' sentences), flores, wmt22. For the reports three numbers more: the share of sentences
whose figures all came over, of given terms that came out, and of bare names that were copied (into Chinese).
`--hints N` gives the model translations of up to N words that it lost in a sentence, as the package does.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import sacrebleu
import sentencepiece

from training import corpora
from training import settings as recipe
from training.figures import figures_en, figures_zh
from training.slots import FIRST, Slotted, TermIndex, take_speakers, take_terms
from training.text import annotation, from_model, to_model
from wivtext.lexicon import Hint, Lexicon
from wivtext.records import Language
from wivtext.translation.candidates import LESS_LIKELY

Terms = Sequence[tuple[str, str, str]]  # kind, en, zh


@dataclass(frozen=True)
class Item:
    """A sentence to translate: source, reference, and the terms that stand in both."""

    source: str
    reference: str
    annotated: str = ""
    wanted: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


class Model:
    """An exported model with its tokenizer."""

    def __init__(self, folder: Path, direction: str, threads: int, beam: int, penalty: float, hints: int = 0) -> None:
        self.source, self.target = direction.split("-")
        self.hints = hints
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
        self.engine = ctranslate2.Translator(str(folder), device="cpu", inter_threads=1, intra_threads=threads)
        self.options = {"beam_size": beam, "repetition_penalty": penalty, "disable_unk": True, "max_input_length": 0}

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts that are in the models' form already (annotations included)."""
        found = self._decode(texts)
        if self.hints:
            found = self._again(texts, found)
        return [text for text, _ in found]

    def _decode(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        tokens = [self.pieces.encode(text, out_type=str) for text in texts]
        results = self.engine.translate_batch(
            tokens,
            max_batch_size=1024,
            batch_type="tokens",
            max_decoding_length=256,
            return_scores=True,
            **self.options,
        )
        return [(from_model(self.pieces.decode(r.hypotheses[0]), self.target), r.scores[0]) for r in results]

    def _again(self, texts: Sequence[str], drafts: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """The drafts, made anew with hints where words got lost: see `wivtext/translation/candidates.py`."""
        lost = [self._lost(text, draft) for text, (draft, _) in zip(texts, drafts, strict=True)]
        asked = [place for place, hints in enumerate(lost) if hints]
        found = self._decode([hinted(texts[place], lost[place], self.source) for place in asked])
        for place, (text, score) in zip(asked, found, strict=True):
            if len(self._lost(texts[place], text)) < len(lost[place]) and score > drafts[place][1] - LESS_LIKELY:
                drafts[place] = text, score
        return drafts

    def _lost(self, text: str, draft: str) -> list[Hint]:
        taken = [match.span() for match in re.finditer("<term>.*?</term>", text)]
        source: Language = "en" if self.source == "en" else "zh"
        return Lexicon.load().hints(text, source, taken=taken, draft=draft, most=self.hints)


def hinted(text: str, hints: Sequence[Hint], language: str) -> str:
    """A text in the models' form with hints in line."""
    for hint in reversed(hints):
        before = text[: hint.start].removesuffix(" ") if language == "en" else text[: hint.start]
        text = before + annotation(hint.source, hint.target, language) + text[hint.end :]
    return text


def report_items(path: Path, terms: Path, direction: str, limit: int) -> list[Item]:
    """Sentences of our reports with their speakers and terms marked."""
    index = TermIndex(corpora.terms(terms))
    pairs = list(corpora.report_sentences(path))
    random.Random(1).shuffle(pairs)
    return [report_item(p, index, direction) for p in pairs[: limit or None]]


def report_item(pair: corpora.Pair, index: TermIndex, direction: str) -> Item:
    """One sentence: plain, and with every term that stands on both sides annotated."""
    work = Slotted(pair.en, pair.zh)
    take_speakers(work, pair, set())
    take_terms(work, index)
    source_language, target_language = direction.split("-")
    sides = {"en": pair.en, "zh": pair.zh}
    text = to_model(work.en if source_language == "en" else work.zh, source_language)
    wanted = []
    for i, (_, en, zh) in enumerate(work.slots):
        source, target = (en, zh) if source_language == "en" else (zh, en)
        mark = annotation(source, target, source_language)
        text = text.replace(" " + chr(FIRST + i), mark).replace(chr(FIRST + i), mark)
        wanted.append(target)
    bare = tuple(en for kind, en, _ in work.slots if kind in ("name", "family"))
    return Item(to_model(sides[source_language], source_language), sides[target_language], text, tuple(wanted), bare)


def plain_items(folder: Path, name: str, direction: str, limit: int) -> list[Item]:
    """FLORES or WMT22 sentences."""
    source_language = direction.split("-")[0]
    file = "flores200-devtest.en-zh" if name == "flores" else f"wmt22.{direction}"
    rows = [line.split("\t") for line in (folder / f"{file}.tsv").read_text("utf-8").splitlines()]
    rows = rows[1:] if rows[0] in (["en", "zh"], ["source", "reference"]) else rows
    if name == "flores" and source_language == "zh":
        rows = [[zh, en] for en, zh in rows]
    random.Random(1).shuffle(rows)
    return [Item(to_model(s, source_language), r) for s, r in rows[: limit or None]]


def figures_right(source: str, target: str, source_language: str) -> bool:
    """Whether every figure of the source stands in the target by value (digits only; small ones may be words)."""
    read = {"en": figures_en, "zh": figures_zh}
    there = {value for _, value in read["zh" if source_language == "en" else "en"](target)}
    return all(value in there or value <= 12 for _, value in read[source_language](source))


def bleu(outputs: list[str], references: list[str], language: str) -> dict[str, str]:
    """BLEU and chrF with their signatures."""
    metrics = (sacrebleu.BLEU(tokenize="zh" if language == "zh" else "13a"), sacrebleu.CHRF())
    scored = [(m.corpus_score(outputs, [references]), m.get_signature()) for m in metrics]
    return {str(s.name): f"{s.score:.1f} ({signature})" for s, signature in scored}


def share(hits: list[bool]) -> str:
    """A share with its count."""
    return f"{100 * sum(hits) / max(1, len(hits)):.1f}% of {len(hits)}"


def samples(model: Model, items: list[Item], count: int = 10) -> list[dict[str, str]]:
    """Outputs from the best to the worst by chrF, evenly spread: nobody's choice. Terms are given as annotations."""
    some = [i for i in items if len(i.source) > 40 or model.source == "zh"][:200]
    outputs = model.translate([i.annotated or i.source for i in some])
    chrf = sacrebleu.CHRF()
    ranked = sorted(zip(some, outputs, strict=True), key=lambda x: -chrf.sentence_score(x[1], [x[0].reference]).score)
    chosen = (
        [ranked[round(n * (len(ranked) - 1) / (count - 1))] for n in range(count)] if len(ranked) >= count else ranked
    )
    return [{"source": i.annotated or i.source, "reference": i.reference, "output": o} for i, o in chosen]


def score(model: Model, items: list[Item]) -> dict[str, str]:
    """All figures for a set of sentences."""
    started = time.time()
    outputs = model.translate([i.source for i in items])
    result = bleu(outputs, [i.reference for i in items], model.target)
    result["seconds"] = f"{time.time() - started:.0f}"
    with_digits = [(i, o) for i, o in zip(items, outputs, strict=True) if re.search(r"\d", i.source)]
    result["figures right, of sentences with digits"] = share(
        [figures_right(i.source, o, model.source) for i, o in with_digits]
    )
    if any(i.wanted for i in items):
        result |= _terms(model, items, outputs)
    return result


def _terms(model: Model, items: list[Item], outputs: list[str]) -> dict[str, str]:
    marked = [i for i in items if i.wanted]
    forced = model.translate([i.annotated for i in marked])
    hits = [w.lower() in o.lower() for i, o in zip(marked, forced, strict=True) for w in i.wanted]
    result = {f"annotated {k}": v for k, v in bleu(forced, [i.reference for i in marked], model.target).items()}
    result["given terms obeyed"] = share(hits)
    result["bare names in Latin letters"] = share([n in o for i, o in zip(items, outputs, strict=True) for n in i.bare])
    return result


def keep(folder: Path, name: str, result: dict[str, Any]) -> None:
    """Keep a set's scores for the model card."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


def show(model: Model, items: list[Item], count: int) -> None:
    """Print some outputs, plain and annotated."""
    some = items[:count]
    annotated = model.translate([i.annotated or i.source for i in some])
    for item, plain, forced in zip(some, model.translate([i.source for i in some]), annotated, strict=True):
        print(f"\nSRC {item.annotated or item.source}\nREF {item.reference}\nOUT {plain}\nTRM {forced}")


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("folder", type=Path, help="exported CTranslate2 folder")
    parser.add_argument("--set", default="dev", choices=("dev", "test", "flores", "wmt22"), dest="name")
    parser.add_argument("--limit", type=int, default=0, help="only so many sentences (drawn with a fixed seed)")
    parser.add_argument("--show", type=int, default=0, help="print so many outputs")
    parser.add_argument("--keep", action="store_true", help="keep the scores for the model card")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--repetition-penalty", type=float, default=1.0)
    parser.add_argument("--hints", type=int, default=0, metavar="N", help="lost words of a sentence to give hints for")
    return parser.parse_args()


def read(paths: dict[str, Path], name: str, direction: str, limit: int) -> list[Item]:
    """The sentences of a set."""
    if name in ("dev", "test"):
        return report_items(paths["reports"] / f"{name}.jsonl", paths["terms"], direction, limit)
    return plain_items(paths["evaluation"], name, direction, limit)


def main() -> None:
    """Command line."""
    given = arguments()
    paths = recipe.from_arguments(given)["paths"]
    items = read(paths, given.name, given.direction, given.limit)
    model = Model(given.folder, given.direction, given.threads, given.beam, given.repetition_penalty, given.hints)
    decoding = f"beam {given.beam}, repetition penalty {given.repetition_penalty}, hints {given.hints}"
    result: dict[str, Any] = {"set": given.name, "sentences": len(items), "decoding": decoding, **score(model, items)}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    show(model, items, given.show)
    if given.keep:
        extra = {"samples": samples(model, items)} if given.name == "dev" else {}
        keep(paths["work"] / given.direction / "scores", given.name, result | extra)


if __name__ == "__main__":
    main()
