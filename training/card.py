"""Write the model card from model.json and the kept scores: `python -m training.card en-zh wivtext/embedded/en-zh`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import settings as recipe

SETS = {
    "dev": "our reports, dev (looked at while training)",
    "test": "our reports, test",
    "flores": "FLORES-200 devtest",
    "wmt22": "WMT22 general test",
}
LANGUAGES = {"en": "English", "zh": "Chinese"}
DATA = """\
| pool | what | drawn, about |
|---|---|---|
| reports | our own bilingual reports (train split) and single sentences, CC BY 4.0 | {reports:,} |
| written | our own sentence pairs (`training/written/`), CC BY 4.0 | {written:,} |
| news | WMT news test sets 2017-2020, human translations | {news:,} |
| general | documentation, business prose (CC BY, CC BY-SA, CC0, Apache, MIT, MPL, PSF) | {general:,} |
| terms | our term base, entries as tiny pairs | {terms:,} |
"""
LIMITS = """\
- A small model that was trained on a CPU for tens of millions of target tokens: orders of magnitude less than public
  systems see. Expect wrong words, lost clauses and loops in long sentences. Read every line before use; the package
  checks figures, names, terms, omissions and loops, and marks what fails.
- It does best on short news sentences of business, vehicles, technology and policy; it is weak on everything else.
- Figures were trained by exchanging them on both sides; a figure may still be wrong. Names without an annotation are
  meant to stay in Latin letters in Chinese, and to come out as pinyin in English; see the shares above.
- Single words may differ from CPU to CPU, as floating-point sums do. The int8 weights use seven bits, so that no
  processor overflows (those without VNNI instructions did, with the weights of version 0.5 and before).
"""


def score_rows(folder: Path) -> Iterator[str]:
    """The table of scores, a row a set."""
    yield "| set | sentences | BLEU | chrF2 | figures right | given terms obeyed | bare names in Latin letters |"
    yield "|---|---|---|---|---|---|---|"
    for name, label in SETS.items():
        path = folder / f"{name}.json"
        if path.exists():
            s = json.loads(path.read_text("utf-8"))
            bleu, chrf = (s[k].split(" ")[0] for k in ("BLEU", "chrF2"))
            figures, terms = s["figures right, of sentences with digits"], s.get("given terms obeyed", "")
            names = s.get("bare names in Latin letters", "")
            yield f"| {label} | {s['sentences']} | {bleu} | {chrf} | {figures} | {terms} | {names} |"


def signatures(folder: Path) -> str:
    """Sacrebleu's signatures and the decoding, from any kept set."""
    s = json.loads(next(iter(sorted(folder.glob("*.json")))).read_text("utf-8"))
    marks = "; ".join(f"{k} `{s[k].split(' ', 1)[1].strip('()')}`" for k in ("BLEU", "chrF2"))
    return f"Signatures: {marks}. Decoding: {s['decoding']}; the sets' sentences without annotations."


def sample_lines(folder: Path) -> Iterator[str]:
    """Ten outputs from best to worst."""
    for s in json.loads((folder / "dev.json").read_text("utf-8"))["samples"]:
        yield f"- source: `{s['source']}`\n  output: {s['output']}\n  reference: {s['reference']}"


def card(settings: recipe.Settings, direction: str, facts: dict[str, Any]) -> str:
    """The text of the card."""
    scores = settings["paths"]["work"] / direction / "scores"
    source, target = (LANGUAGES[code] for code in direction.split("-"))
    training, shape = facts["training"], facts["recipe"]["model"]
    return "\n".join(
        [
            f"# {facts['name']} {facts['version']}: {source} to {target}\n",
            f"A compact Marian model, trained from scratch for wivtext. Licence: {facts['licence']}.\n",
            f"{shape['encoder_layers']} encoder and {shape['decoder_layers']} decoder layers, "
            f"width {shape['d_model']}, joint vocabulary of 12,000 pieces; {training['target_tokens']:,} target tokens "
            f"in {training['steps']:,} updates, {training['seconds'] / 60:.0f} minutes on one shared CPU core; "
            f"CTranslate2 {facts['quantization']}.",
            "Recipe, text form and calling conventions: `training/` of the project.\n",
            "## Data\n",
            DATA.format(**training["pairs_drawn"]),
            "## Scores\n",
            *score_rows(scores),
            f"\n{signatures(scores)}\n",
            "## Limits\n",
            LIMITS,
            "## Ten outputs, from the best to the worst by chrF (dev)\n",
            *sample_lines(scores),
            "",
        ]
    )


def main() -> None:
    """Command line."""
    parser = recipe.parser(__doc__)
    parser.add_argument("direction", choices=recipe.DIRECTIONS)
    parser.add_argument("folder", type=Path, help="shipped folder")
    given = parser.parse_args()
    facts = json.loads((given.folder / "model.json").read_text("utf-8"))
    text = card(recipe.from_arguments(given), given.direction, facts)
    (given.folder / "README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
