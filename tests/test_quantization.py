"""Int8 weights in CTranslate2's files: seven bits, so that no processor overflows, and all else as it was."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from wivtext.engines.embedded import SHIPPED
from wivtext.engines.quantization import FORMAT, MOST, quantize, read
from wivtext.errors import EngineError

WEIGHT = np.array([[0.9, -2.0, 0.4], [0.0, 0.0, 0.0], [1e-3, 3e-3, -2e-3]], np.float32)
BIAS = np.array([0.25, 7.0, -3.0], np.float32)
ALIASES = b"\x01\x00\x00\x00" + b"\x02\x00a\x00" + b"\x02\x00b\x00"


def model(file: Path, version: int = FORMAT) -> Path:
    """A file of three variables and an alias, as CTranslate2 lays them out."""
    variables = {"layer/bias": BIAS, "layer/weight": WEIGHT, "norm/weight": BIAS}
    parts = [struct.pack("I", version), b"\x02\x00x\x00", struct.pack("II", 7, len(variables))]
    for name, value in variables.items():
        parts += [struct.pack("H", len(name) + 1), name.encode(), b"\0", bytes([value.ndim])]
        parts += [struct.pack(f"{value.ndim}I", *value.shape), b"\0", struct.pack("I", value.nbytes), value.tobytes()]
    file.write_bytes(b"".join([*parts, ALIASES]))
    return file


def most(file: Path) -> int:
    """The largest byte of a file's weights: what they stand for times their rows' scale."""
    found = read(file)
    rows = [name for name in found if f"{name}_scale" in found]
    return max(round(float(np.abs(found[name] * found[f"{name}_scale"][:, None]).max())) for name in rows)


def test_weights_use_seven_bits_and_the_rest_stays(tmp_path: Path) -> None:
    file = model(tmp_path / "model.bin")
    whole = file.stat().st_size
    assert read(file)["layer/weight"].tolist() == WEIGHT.tolist()
    quantize(file)
    found = read(file)
    step = np.abs(WEIGHT).max(axis=1, keepdims=True) / MOST
    assert np.all(np.abs(found["layer/weight"] - WEIGHT) <= step / 2 + 1e-9)
    assert found["layer/bias"].tolist() == found["norm/weight"].tolist() == BIAS.tolist()
    assert most(file) == MOST and file.read_bytes().endswith(ALIASES)
    assert file.stat().st_size != whole and [path.name for path in tmp_path.iterdir()] == ["model.bin"]


def test_a_format_that_is_not_known_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"no", model(tmp_path / "model.bin", FORMAT + 1).read_bytes()):
        file = tmp_path / "other.bin"
        file.write_bytes(content)
        with pytest.raises(EngineError, match="install ctranslate2 4"):
            quantize(file)
        assert file.read_bytes() == content


@pytest.mark.parametrize("direction", ["en-zh", "zh-en"])
def test_the_shipped_weights_overflow_nowhere(direction: str) -> None:
    assert most(SHIPPED / direction / "model.bin") == MOST


def test_it_is_what_ctranslate2_quantizes(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="conversion needs torch: pip install 'wivtext[models]'")
    from checkpoints import tiny_marian

    from wivtext.engines.conversion import convert

    (tmp_path / "marian").mkdir()
    marian = tiny_marian(tmp_path / "marian")
    for name in ("int8", "int8-7"):
        convert(marian, tmp_path / name, name)
    theirs, ours = (read(tmp_path / name / "model.bin") for name in ("int8", "int8-7"))
    assert {name: (one.shape, one.dtype) for name, one in theirs.items()} == {
        name: (one.shape, one.dtype) for name, one in ours.items()
    }
    assert most(tmp_path / "int8" / "model.bin") == 127
