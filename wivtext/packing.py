"""Carrying a model to a machine without a network: a .tar of its files, each with its SHA-256.

A pack holds a flat folder: weights as safetensors (or converted for CTranslate2), tokenizer, configuration. Anything
that could run when it is loaded (pickles, Python files), links and paths out of the folder are refused both ways.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any

from wivtext.errors import EngineError, ModelNotFound, OutputError

# The files that a model consists of; also what is fetched from a hub. Never *.bin or *.pt (pickles), nor *.py.
MODEL_FILES = (
    "*.safetensors",
    "*.safetensors.index.json",
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "*.spm",
    "*.model",
    "chat_template.jinja",
    "chat_template.json",
    "LICENSE*",
    "License*",
    "README.md",
)
_CONVERTED_FILES = (
    "model.bin",
    "shared_vocabulary.json",
    "source_vocabulary.json",
    "target_vocabulary.json",
    "*.sha256",
)

_FORMAT = "wivtext-model-1"
_MANIFEST = "manifest.json"
_MANIFEST_LIMIT = 1_000_000
_BLOCK = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?", re.ASCII)


def folder_name(model: str) -> str:
    """The name of a model's own folder.

    >>> folder_name("Helsinki-NLP/opus-mt-zh-en")
    'Helsinki-NLP--opus-mt-zh-en'
    """
    return model.replace("/", "--")


def write_pack(folder: Path, model: str, file: Path) -> Path:
    """Write the files of `folder` as the pack of `model`. Raises `OutputError`, and `EngineError` where it has none."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and _belongs(path.name))
    if not any(path.name.endswith((".safetensors", "model.bin")) for path in paths):
        raise EngineError(f"{folder}: no weights in it that can be packed (model.safetensors); check the folder")
    temporary = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(temporary, "w", format=tarfile.PAX_FORMAT) as archive:
            _add(archive, _MANIFEST, io.BytesIO(_manifest(model, paths)))
            for path in paths:
                with path.open("rb") as content:
                    _add(archive, path.name, content)
        temporary.replace(file)
    except OSError as error:
        raise OutputError(f"{file}: can't be written ({error.strerror or error}); choose another place") from None
    finally:
        with suppress(OSError):
            temporary.unlink()
    return file


def read_pack(file: Path, root: Path) -> Path:
    """Unpack into a folder of `root` named after the model, replacing an older one; return that folder.

    Nothing is left behind unless every file is there and its checksum agrees. Raises `ModelNotFound` for no such file,
    `OutputError` where `root` can't be written, `EngineError` for a pack that is damaged or not to be trusted.
    """
    if not file.is_file():
        raise ModelNotFound(f"{file}: no such file; give a pack that `wivtext models pack` wrote")
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".unpacking-") as temporary:
            model = _extract(file, Path(temporary) / "model")
            return _put(Path(temporary) / "model", root / folder_name(model), Path(temporary) / "old")
    except OSError as error:
        raise OutputError(f"{root}: can't be written ({error.strerror or error}); set WIVTEXT_MODELS") from None


def _belongs(name: str) -> bool:
    return "/" not in name and any(fnmatchcase(name, pattern) for pattern in MODEL_FILES + _CONVERTED_FILES)


def _manifest(model: str, paths: list[Path]) -> bytes:
    files = {path.name: {"sha256": _digest(path), "size": path.stat().st_size} for path in paths}
    data = {"format": _FORMAT, "model": model, "files": files}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        _refuse_pickle(path.name, content.read(2))
        content.seek(0)
        return hashlib.file_digest(content, "sha256").hexdigest()


def _refuse_pickle(name: str, head: bytes) -> None:
    """CTranslate2's own model.bin begins with its version, PyTorch's (a zip or a bare pickle) with one of these."""
    if name.endswith(".bin") and head in (b"PK", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"):
        raise EngineError(f"{name}: a pickle, which can run code when loaded; use a model with safetensors")


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    """Without times and owners: the same model makes the same pack."""
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(member, content)


def _extract(file: Path, folder: Path) -> str:
    """Write the files of the pack into `folder`, checked; return the model's name."""
    folder.mkdir()
    try:
        with tarfile.open(file, "r:") as archive:
            members = iter(archive)
            model, expected = _read_manifest(archive, next(members, None), file)
            for member in members:
                _extract_member(archive, member, expected, folder, file)
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise EngineError(f"{file}: damaged or no model pack ({error}); copy it again") from None
    if expected:
        raise EngineError(f"{file}: {', '.join(sorted(expected))} missing; copy the file again")
    return model


def _read_manifest(
    archive: tarfile.TarFile, member: tarfile.TarInfo | None, file: Path
) -> tuple[str, dict[str, dict[str, Any]]]:
    stream = archive.extractfile(member) if member and member.isreg() and member.name == _MANIFEST else None
    try:
        data = json.loads(stream.read(_MANIFEST_LIMIT)) if stream else {}
        model, files = str(data["model"]), {str(name): dict(facts) for name, facts in data["files"].items()}
        known = data["format"] == _FORMAT
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = False
    if not known:
        raise EngineError(f"{file}: not a pack that `wivtext models pack` wrote; check the file")
    if not _NAME.fullmatch(model):
        raise EngineError(f"{file}: {model!r} can't be the name of a model; don't use this file")
    return model, files


def _extract_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, expected: dict[str, dict[str, Any]], folder: Path, file: Path
) -> None:
    """Write one file if it is listed (it comes off the list) and is what the list says."""
    plain = member.isreg() and not member.issparse()  # a sparse file may claim any size
    stream = archive.extractfile(member) if plain else None
    if stream is None or not _belongs(member.name) or member.name not in expected:
        raise EngineError(f"{file}: holds {member.name!r}, which is no file of a model; don't use this file")
    facts = expected.pop(member.name)
    digest = hashlib.sha256()
    with (folder / member.name).open("xb") as target:
        for number, block in enumerate(_blocks(stream)):
            if number == 0:
                _refuse_pickle(member.name, block[:2])
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != facts.get("sha256"):
        raise EngineError(f"{file}: {member.name} is not what was packed (checksum differs); copy the file again")


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _put(new: Path, place: Path, old: Path) -> Path:
    """Rename into place; an older folder goes to `old`, and back again if that fails."""
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            shutil.move(old, place)
        raise
    return place
