"""Int8 weights that every processor multiplies alike, in CTranslate2's files.

A processor without VNNI instructions (AMD before Zen 4, Intel laptops before about 2019) adds two products of bytes in
16 bits. Weights of up to 127, which CTranslate2 writes, overflow there, and another word comes out, now and then
nonsense. Weights of up to 63 don't: 2 * 255 * 63 < 2**15. The bytes stay, the scale of a row says what they stand for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from wivtext.errors import EngineError

MOST = 63  # of a weight
NAME = "int8-7"  # in signatures and folder names: bytes, of which seven bits are used
FORMAT = 6  # of CTranslate2's model.bin
_FLOAT, _BYTE = 0, 1
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)  # by their number there

Array = np.ndarray[Any, Any]


class Variable(NamedTuple):
    """A variable of a model as it is stored."""

    name: str
    shape: tuple[int, ...]
    kind: int
    data: bytes

    @property
    def array(self) -> Array:
        """Its numbers."""
        return np.frombuffer(self.data, _TYPES[self.kind]).reshape(self.shape)


def quantize(path: Path) -> None:
    """Rewrite a `model.bin` of float32 with weights of int8, one variable at a time.

    Raises `EngineError` where the format is unknown.
    """
    part = path.with_suffix(".part")
    with path.open("rb") as file, part.open("wb") as to:
        head, count = _head(file, path)
        to.write(head)
        written = 0
        for variable in (stored for found in _variables(file, count) for stored in _rounded(found)):
            _write(to, variable)
            written += 1
        to.write(file.read())  # aliases
        to.seek(len(head) - 4)
        to.write(struct.pack("I", written))
    part.replace(path)


def read(path: Path) -> dict[str, Array]:
    """The arrays of a `model.bin` by name, int8 weights scaled back to numbers.

    Raises `EngineError` where the format is unknown.
    """
    with path.open("rb") as file:
        found = {one.name: one.array for one in _variables(file, _head(file, path)[1])}
    scales = {name.removesuffix("_scale"): scale for name, scale in found.items() if name.endswith("_scale")}
    return {
        name: value.astype(np.float32) / scales[name][:, None] if name in scales else value
        for name, value in found.items()
    }


def _head(file: BinaryIO, path: Path) -> tuple[bytes, int]:
    """What stands before the variables, and how many there are."""
    head = file.read(4)
    if len(head) < 4 or struct.unpack("I", head) != (FORMAT,):
        raise EngineError(f"{path}: not a CTranslate2 model of format {FORMAT}; install ctranslate2 4")
    length = file.read(2)
    head += length + file.read(*struct.unpack("H", length)) + file.read(8)
    return head, struct.unpack("I", head[-4:])[0]


def _variables(file: BinaryIO, count: int) -> Iterator[Variable]:
    for _ in range(count):
        (length,) = struct.unpack("H", file.read(2))
        name = file.read(length)[:-1].decode()
        rank = file.read(1)[0]
        shape = struct.unpack(f"{rank}I", file.read(4 * rank))
        kind, size = struct.unpack("=BI", file.read(5))
        yield Variable(name, shape, kind, file.read(size))


def _rounded(variable: Variable) -> Iterator[Variable]:
    """The weights of a layer or an embedding as bytes and their rows' scales; all else as it is."""
    if len(variable.shape) != 2 or not variable.name.endswith("/weight") or variable.kind != _FLOAT:
        yield variable
        return
    most = np.abs(variable.array).max(axis=1)
    scale = (MOST / np.where(most == 0, MOST, most)).astype(np.float32)
    bytes_ = np.rint(variable.array * scale[:, None]).astype(np.int8)
    yield Variable(variable.name, variable.shape, _BYTE, bytes_.tobytes())
    yield Variable(f"{variable.name}_scale", scale.shape, _FLOAT, scale.tobytes())


def _write(file: BinaryIO, variable: Variable) -> None:
    name = variable.name.encode() + b"\0"
    file.write(struct.pack("H", len(name)) + name)
    file.write(struct.pack(f"=B{len(variable.shape)}I", len(variable.shape), *variable.shape))
    file.write(struct.pack("=BI", variable.kind, len(variable.data)) + variable.data)
