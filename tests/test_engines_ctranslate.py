"""`ctranslate2:MODEL`: checkpoints converted once, then run without torch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkpoints import PAIRS

from wivtext.engines import Passage, PlacingTranslator, Segment, conversion, summarizer, translator
from wivtext.engines.decoding import CTranslate2Decoder
from wivtext.engines.generation import TorchDecoder
from wivtext.engines.tokens import summary_tokens, translation_tokens
from wivtext.errors import EngineError, MissingExtra, ModelNotFound
from wivtext.records import Sentence, TermPair
from wivtext.settings import Settings, TranslationSettings

KNOWN = [Segment(en) for en, _ in PAIRS]
EXPECTED = [zh for _, zh in PAIRS]


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory):
    """Converted models go into a folder of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_path", lambda *_, **__: folder)
        yield folder


@pytest.mark.parametrize("model", ["marian", "m2m", "nllb", "mbart"])
def test_translates_what_the_model_has_learnt(model: str, request: pytest.FixtureRequest) -> None:
    engine = translator(f"ctranslate2:{request.getfixturevalue(model)}")
    assert [candidate.text for candidate in engine.translate(KNOWN, "en", "zh")] == EXPECTED


@pytest.mark.parametrize("model", ["marian", "m2m"])
def test_neighbours_change_nothing(model: str, request: pytest.FixtureRequest) -> None:
    engine = translator(f"ctranslate2:{request.getfixturevalue(model)}")
    together = engine.translate(KNOWN, "en", "zh")
    assert [engine.translate([segment], "en", "zh")[0] for segment in KNOWN] == together
    assert engine.translate(KNOWN[::-1], "en", "zh") == together[::-1]


@pytest.mark.parametrize("model", ["m2m", "nllb", "t5", "bart", "pegasus", "mbart", "first_mbart"])
def test_converted_decodes_as_transformers_does(model: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = request.getfixturevalue(model)
    tokens = (
        summary_tokens(str(folder), folder, "en")
        if model in ("t5", "bart", "pegasus")
        else translation_tokens(str(folder), folder, "en", "zh")
    )
    rows = [[*tokens.start, *tokens.encode(segment), *tokens.end] for segment in KNOWN]
    conversion.convert(folder, tmp_path / "converted", "float32")
    slow = TorchDecoder(folder, batch_tokens=512, longest=127)
    quick = CTranslate2Decoder(tmp_path / "converted", threads=1, longest=127)
    theirs, ours = (decoder.decode(rows, tokens.prefix, beam_size=1) for decoder in (slow, quick))
    assert [h.tokens for [h] in ours] == [h.tokens for [h] in theirs]
    if not tokens.prefix:  # which transformers counts into the mean
        assert [h.score for [h] in ours] == pytest.approx([h.score for [h] in theirs], abs=1e-3)


def test_threads_and_batches_change_nothing(marian: Path) -> None:
    results = [
        translator(
            f"ctranslate2:{marian}", Settings(TranslationSettings(threads=threads, batch_tokens=tokens))
        ).translate(KNOWN, "en", "zh")
        for threads, tokens in ((1, 2048), (2, 2048), (1, 1))
    ]
    assert results[0] == results[1] == results[2]


def test_converted_once_and_again_when_the_checkpoint_changes(marian: Path, tmp_path: Path, cache: Path) -> None:
    copy = shutil.copytree(marian, tmp_path / "copy")
    first = conversion.converted(copy)
    stamp = (first / "model.bin").stat().st_mtime_ns
    assert conversion.converted(copy) == first and (first / "model.bin").stat().st_mtime_ns == stamp
    assert first.parent == cache / "converted" and not list(first.parent.glob("*.*"))  # nothing half done is left
    conversion.digest.cache_clear()
    (copy / "generation_config.json").write_text("{}")
    assert conversion.converted_path(copy) != first


def test_runs_without_torch_once_it_is_converted(marian: Path, cache: Path) -> None:
    conversion.converted(marian)
    program = f"""
import sys
sys.modules["torch"] = None  # as if it were not installed
import platformdirs, pathlib
platformdirs.user_cache_path = lambda *_, **__: pathlib.Path({str(cache)!r})
from wivtext.engines import Segment, translator
engine = translator("ctranslate2:{marian}")
print(ascii(engine.translate([Segment({PAIRS[0][0]!r})], "en", "zh")[0].text))
assert "transformers" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == ascii(PAIRS[0][1]), done.stderr


def test_without_torch_a_checkpoint_can_not_be_converted(
    m2m: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(m2m, tmp_path / "new")
    (copy / "generation_config.json").write_text("{}")
    monkeypatch.setattr(conversion, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"wivtext\[models\]"):
        translator(f"ctranslate2:{copy}")


def test_takes_a_converted_folder_as_it_is(marian: Path, tmp_path: Path) -> None:
    folder = tmp_path / "converted"
    conversion.convert(marian, folder)
    for name in ("source.spm", "target.spm", "vocab.json"):
        shutil.copy(marian / name, folder)
    engine = translator(f"ctranslate2:{folder}")
    assert [candidate.text for candidate in engine.translate(KNOWN, "en", "zh")] == EXPECTED


def test_signature_names_model_digest_and_decoding(marian: Path) -> None:
    one, other = (
        translator(f"ctranslate2:{marian}", Settings(TranslationSettings(beam_size=beam))).signature for beam in (4, 2)
    )
    assert one.startswith(f"ctranslate2:{marian}|{conversion.digest(marian)}|int8-7|beam 4") and one != other


def test_a_long_text_goes_in_parts_that_lose_nothing(marian: Path) -> None:
    tokens = translation_tokens(str(marian), marian, "en", "zh")
    long = Segment(" ".join(en for en, _ in PAIRS * 4))
    engine = translator(f"ctranslate2:{marian}")
    rows = engine._direction("en", "zh")._rows(long)  # type: ignore[attr-defined]
    assert len(rows) > 1 and max(map(len, rows)) <= 128
    assert [token for row in rows for token in row[1:-1]] == tokens.encode(long)
    assert len(engine.translate([long], "en", "zh")) == 1


def test_blank_texts_stay_blank(marian: Path) -> None:
    engine = translator(f"ctranslate2:{marian}")
    assert [c.text for c in engine.translate([Segment(""), KNOWN[0], Segment(" \n")], "en", "zh")] == [
        "",
        EXPECTED[0],
        "",
    ]
    assert engine.translate([], "en", "zh") == []


def test_alternatives_differ_and_begin_with_the_best(marian: Path) -> None:
    engine = translator(f"ctranslate2:{marian}")
    [several] = engine.alternatives(KNOWN[:1], "en", "zh", 3)  # type: ignore[attr-defined]
    texts = [candidate.text for candidate in several]
    assert texts[0] == EXPECTED[0] and len(set(texts)) == len(texts) > 1


def test_a_text_without_an_end_comes_back_empty(marian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wivtext.engines.decoding.room", lambda *_: 2)
    engine = translator(f"ctranslate2:{marian}")
    assert [candidate.text for candidate in engine.translate(KNOWN[:2], "en", "zh")] == ["", ""]


def test_summaries_cite_the_sentences_behind_them(t5: Path) -> None:
    sentences = tuple(Sentence(10 + i, 0, len(en), en, 0, "en") for i, (en, _) in enumerate(PAIRS))
    [points] = summarizer(f"ctranslate2:{t5}").summarize([Passage(sentences, "en", 3)])
    by_index = {sentence.index: sentence.text for sentence in sentences}
    assert points and len(points) <= 3
    for point in points:
        assert point.generated or [point.text] == [by_index[index] for index in point.sentences]


@pytest.mark.parametrize("model", ["pegasus", "mbart", "first_mbart"])
@pytest.mark.parametrize("kind", ["transformers", "ctranslate2"])
def test_pegasus_and_mbart_sum_up_what_they_have_learnt(kind: str, model: str, request: pytest.FixtureRequest) -> None:
    """The models repeat what they read, with nothing before it and nothing lost, whatever their first tokens are."""
    engine = summarizer(f"{kind}:{request.getfixturevalue(model)}")
    for en in (PAIRS[0][0], PAIRS[5][0]):
        sentence = Sentence(3, 0, len(en), en, 0, "en")
        assert engine._abstracts._write([sentence], "en") == en  # type: ignore[attr-defined]
    both = tuple(Sentence(i, 0, len(en), en, 0, "en") for i, (en, _) in enumerate(PAIRS))
    [points] = engine.summarize([Passage(both, "en", 3)])
    assert points and all(0 <= index < len(PAIRS) for point in points for index in point.sentences)


def test_a_chat_model_is_refused(chat: Path) -> None:
    with pytest.raises(EngineError, match="chat model"):
        translator(f"ctranslate2:{chat}")


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no/such/folder"])
def test_a_model_that_is_not_there_is_one_clear_line(name: str) -> None:
    with pytest.raises(ModelNotFound) as error:
        translator(f"ctranslate2:{name}")
    assert "\n" not in str(error.value) and name in str(error.value)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"config\.json"):
        translator(f"ctranslate2:{tmp_path}")


@pytest.mark.parametrize("model", ["marian", "m2m"])
@pytest.mark.parametrize("kind", ["ctranslate2", "transformers"])
def test_a_term_is_put_where_the_model_wants_it(kind: str, model: str, request: pytest.FixtureRequest) -> None:
    engine = translator(f"{kind}:{request.getfixturevalue(model)}")
    assert isinstance(engine, PlacingTranslator)
    en, zh = PAIRS[0]
    segment = Segment(en, (TermPair("plant", zh[:2]),))
    [versions] = engine.place_terms([segment], [zh[2:]], "en", "zh")
    assert zh in [version.text.strip() for version in versions][:3]
    assert engine.place_terms([segment], [zh], "en", "zh") == [[]]
