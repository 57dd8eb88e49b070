"""Aligned words: what is kept of an alignment, how it annotates a source, what the lexicon counts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("pypinyin", reason="the name finder needs pypinyin")

from training import alignment, lexicon, settings
from training.augment import Filler

ROW = {
    "source": "news",
    "document": "",
    "weight": 1.0,
    "en": "Exports of \ue000 doubled.",
    "zh": "\ue000出口翻番。",
    "slots": [["technology", "batteries", "电池"]],
    "words": [[0, 7, 1, 3], [13, 20, 3, 5]],
}


def filler(direction: str, **options: float) -> Filler:
    quiet = dict.fromkeys(settings.load()["augment"], 0.0)
    pool = {"names": {}, "terms": {"technology": []}}
    return Filler(pool, quiet | options, direction, random.Random(1))


@pytest.mark.parametrize(
    ("direction", "source", "target"),
    [
        (
            "en-zh",
            "<term> Exports<as>出口</term> of batteries<term> doubled<as>翻番</term>.",
            "电池出口翻番。",
        ),
        ("zh-en", "电池<term>出口<as> Exports</term><term>翻番<as> doubled</term>。", "Exports of batteries doubled."),
    ],
)
def test_aligned_words_annotate_the_source(direction: str, source: str, target: str) -> None:
    """Every word, where the share is drawn high enough; the target stays as it is."""
    every = filler(direction, annotate_words=1.0, annotate_word=1e9)
    filled = every.fill(ROW)
    assert (filled[0].strip(), filled[1]) == (source, target)
    assert "<term>" not in filler(direction).fill(ROW)[0]


def test_lexicon_counts_aligned_words_and_terms(tmp_path: Path) -> None:
    """Two rows agree, one differs; the term of the slot counts as well."""
    recipe = settings.load(work=tmp_path)
    recipe["train"]["mix"] = {"news": 1.0}
    other = ROW | {"zh": "\ue000外销翻番。"}
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(r) + "\n" for r in (ROW, ROW, other)), "utf-8")
    plain, weighted = lexicon.count(recipe)
    assert plain["exports", "出口"] == 2
    rows = {row[:2]: row[2:] for row in lexicon.entries(plain, weighted, recipe["lexicon"])}
    assert rows["exports", "出口"] == ("0.667", "1.000", "2")
    assert rows["batteries", "电池"] == ("1.000", "1.000", "3")
    assert ("exports", "外销") not in rows


def test_words_are_aligned_for_real(tmp_path: Path) -> None:
    """The aligner finds the words of a made-up language pair."""
    pytest.importorskip("eflomal", reason="word alignment needs the alignment extra: pip install 'wivtext[alignment]'")
    rng = random.Random(2)
    words = {"plant": "工厂", "battery": "电池", "export": "出口", "price": "价格", "car": "汽车", "sale": "销量"}
    drawn = [rng.sample(sorted(words), 3) for _ in range(300)]
    lines = [(" ".join(d), " ".join(words[w] for w in reversed(d))) for d in drawn]
    links = list(alignment.align(lines))
    right = sum(both == {(0, 2), (1, 1), (2, 0)} for both in (alignment.grow_diagonal(*pair) for pair in links))
    assert right > 200


NAMES = {
    "family": [["Ye", "叶"]],
    "given": [["Siqi", "思琪"]],
    "foreign": [],
    "whole": [],
    "characters": [["yan", "砚"]],
}


@pytest.mark.parametrize("direction", ["en-zh", "zh-en"])
def test_a_sentence_is_put_into_the_mouth_of_somebody_with_a_made_up_name(direction: str) -> None:
    """On both sides, annotated or bare; what is a quotation already stays as it is."""
    row = ROW | {"en": "Exports doubled.", "zh": "出口翻番。", "slots": [], "words": []}
    said = filler(direction, attribute=1.0)
    said.pool["names"] = NAMES
    for _ in range(20):
        english, chinese = said.fill(row) if direction == "en-zh" else reversed(said.fill(row))
        assert "Ye Siqi" in english and "Exports doubled" in english and "出口翻番" in chinese
        assert ("Ye Siqi" if direction == "en-zh" else "叶思琪") in chinese
    said.options |= {"annotate_sentence": 1.0, "annotate_slot": 1.0, "any_characters": 1.0}
    source, target = said.fill(row)
    assert "<term>" in source and "砚" in source + target
    quoted = row | {"en": '"Exports doubled."', "zh": "“出口翻番。”"}
    assert "Ye" not in "".join(said.fill(quoted))
