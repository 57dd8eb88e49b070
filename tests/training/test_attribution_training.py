"""Training of attribution: the fit finds what tells the choices apart, and real news is read in running order."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("scipy")

from training.attribution import Example, fit
from training.background import documents, silent
from wivtext.attribution.linear import load


def test_the_fit_prefers_what_was_right() -> None:
    examples = [Example([["N"], ["E", "cue"]], 1), Example([["N"], ["E"]], 0)] * 20
    model = fit(examples, least=1, width=10.0)
    assert model.probabilities([["N"], ["E", "cue"]])[1] > 0.8
    assert model.probabilities([["N"], ["E"]])[0] > 0.8


def test_a_weight_counts_and_a_prior_is_not_learned_again() -> None:
    split = [Example([["N"], ["E"]], 0, (), 9.0), Example([["N"], ["E"]], 1)] * 20
    assert fit(split, least=1).probabilities([["N"], ["E"]])[0] > 0.7
    known = [Example([["N"], ["E"]], 0, (3.0, 0.0))] * 20
    assert abs(fit(known, least=1).score(["N"])) < abs(fit([Example([["N"], ["E"]], 0)] * 20, least=1).score(["N"]))


def test_rare_features_are_left_out() -> None:
    examples = [Example([["N"], ["E"]], 0)] * 8 + [Example([["N", "once"], ["E"]], 0)]
    assert "once" not in fit(examples).weights


def test_background_is_what_was_written_in_the_language(tmp_path: Path) -> None:
    rows = [("News of the week", "本周新闻")] + [("Rain fell on Melby.", "梅尔比下雨了。")] * 6
    lines = [f"set.en-zh\t{en}\t{zh}" for en, zh in rows] + ["set.zh-en\tTranslated title\t译文", "broken line"]
    path = tmp_path / "news.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert documents(path, "en") == [("News of the week", ["Rain fell on Melby."] * 6)]
    assert documents(path, "zh") == []


def test_only_sentences_without_cue_and_quotation_are_taken_as_silent() -> None:
    texts = [
        "Rain fell on Melby.",
        "Edvard Solli said that the quay was wet.",
        "“It dries,” he said.",
        "Boats stayed in.",
    ]
    taken = silent("Rain", texts, "en", load("sources.en"))
    assert [part for _, part in taken] == [1.0, 0.35]
