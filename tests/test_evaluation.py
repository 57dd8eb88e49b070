"""Scores against references worked out with sacrebleu itself."""

import pytest
import sacrebleu

from wivtext.errors import DocumentError
from wivtext.evaluation import corpus_scores, read_pairs, score_translation


def test_scores_are_sacrebleus():
    texts, references = ["The plant opened in May.", "Sales fell."], ["The plant was opened in May.", "Sales dropped."]
    bleu, chrf, _ = corpus_scores(texts, references, "en")
    assert bleu == round(sacrebleu.corpus_bleu(texts, [references]).score, 2)
    assert chrf == round(sacrebleu.corpus_chrf(texts, [references]).score, 2)


def test_echo_of_chinese_against_itself_is_perfect():
    pairs = [("销量增长。", "销量增长。"), ("工厂开工。", "工厂开工。")]
    assert score_translation(pairs, "en", "zh", engine="echo").bleu == 100


def test_faulty_lines_are_named(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("source\treference\na\tb\nno tab\nc\td\nnone\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="lines 3, 5"):
        read_pairs(path)


def test_what_cannot_be_read_is_said(tmp_path):
    (tmp_path / "binary.tsv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(DocumentError, match="save it as UTF-8"):
        read_pairs(tmp_path / "binary.tsv")
    with pytest.raises(DocumentError, match="check the path"):
        read_pairs(tmp_path / "missing.tsv")


def test_quotation_marks_are_text(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text('source\treference\n"Yes," he said.\t“是的。”\n', encoding="utf-8")
    assert read_pairs(path) == [('"Yes," he said.', "“是的。”")]
