"""Checkpoints into CTranslate2's format: once for each, kept in the user's cache by the digest of its files."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wivtext.engines.quantization import NAME, quantize
from wivtext.engines.tokens import quiet
from wivtext.errors import EngineError, MissingExtra, ModelNotFound, OutputError

QUANTIZATION = NAME

# Where transformers' classes normalize, whatever a config says, and that mT5 does not scale what goes into its logits:
# CTranslate2 reads these from configs, as they were before transformers 5.
_MENDED = {
    "bart": {"normalize_before": False, "normalize_embedding": True},
    "mbart": {"normalize_before": True, "normalize_embedding": True},
    "pegasus": {"normalize_before": True, "normalize_embedding": False},
    "mt5": {"tie_word_embeddings": False},
}
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_COUNTED = {".safetensors", ".bin", ".json", ".spm", ".model", ".txt", ".jinja"}


@cache
def digest(folder: Path) -> str:
    """Twelve hex digits over the names and contents of a model's files."""
    files = sorted(path for path in folder.iterdir() if path.suffix in _COUNTED and path.is_file())
    names = [[path.name, _content(path)] for path in files]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:12]


def is_converted(folder: Path) -> bool:
    """Whether a folder holds a CTranslate2 model, not a checkpoint of transformers."""
    return (folder / "model.bin").is_file()


def converted_path(folder: Path) -> Path:
    """Where the converted form of a checkpoint lies, or will lie."""
    import platformdirs

    cache = platformdirs.user_cache_path("wivtext", appauthor=False)
    return cache / "converted" / f"{digest(folder)}-{QUANTIZATION}"


def require_convertible(folder: Path) -> None:
    """Raise `MissingExtra` where a checkpoint has yet to be converted and torch is missing."""
    if not is_converted(folder) and not is_converted(converted_path(folder)) and find_spec("torch") is None:
        raise MissingExtra("torch (to convert the model, once)", "models")


def converted(folder: Path) -> Path:
    """The folder of the converted model; `folder` itself where it is one.

    Raises `MissingExtra` without torch, `EngineError` where CTranslate2 doesn't know the architecture, `OutputError`.
    """
    to = folder if is_converted(folder) else converted_path(folder)
    if is_converted(to):
        return to
    require_convertible(folder)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f"{to.name}.", dir=to.parent))
    except OSError as error:
        raise OutputError(f"{to.parent}: can't be written ({error.strerror}); set XDG_CACHE_HOME to a folder") from None
    try:
        convert(folder, part)
        with suppress(OSError):  # another process was quicker
            part.replace(to)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return to


def convert(folder: Path, to: Path, quantization: str = QUANTIZATION) -> None:
    """Convert a checkpoint whose weights are safetensors; into `QUANTIZATION`, or what CTranslate2 knows."""
    from ctranslate2.converters import TransformersConverter

    class SafeConverter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, model_name_or_path: str, **options: Any) -> Any:
            model = model_class.from_pretrained(
                model_name_or_path, use_safetensors=True, local_files_only=True, **options
            )
            _mend(model.config)
            return model

        def load_tokenizer(self, tokenizer_class: Any, model_name_or_path: str, **options: Any) -> Any:
            tokenizer = super().load_tokenizer(tokenizer_class, model_name_or_path, **options)
            # transformers 5 leaves M2M100's language tokens out of its vocabulary, and CTranslate2 would miss them.
            vocabulary = tokenizer.get_vocab() | getattr(tokenizer, "lang_token_to_id", {})
            tokenizer.get_vocab = lambda: vocabulary
            # Nor has mBART-50 a first token, and CTranslate2 can't load a model without one.
            tokenizer.bos_token = tokenizer.bos_token or tokenizer.cls_token or tokenizer.eos_token
            return tokenizer

    whole = "float32" if quantization == QUANTIZATION else quantization
    try:
        with quiet():
            SafeConverter(str(folder)).convert(str(to), quantization=whole, force=True)
        if quantization == QUANTIZATION:
            quantize(to / "model.bin")
    except OSError as error:
        raise ModelNotFound(f"{folder}: {_line(error)}") from None
    except (ValueError, AttributeError, RuntimeError, KeyError) as error:
        raise EngineError(
            f"{folder.name}: CTranslate2 can't convert this model ({_line(error)}); use transformers:MODEL instead"
        ) from None


def _mend(config: Any) -> None:
    """The config as CTranslate2 wants to read it."""
    for name, value in _MENDED.get(config.model_type, {}).items():
        setattr(config, name, value)
    if config.model_type == "mbart":
        begins = config.decoder_start_token_id == config.eos_token_id  # else with the target language's code
        config.tokenizer_class = "MBart50Tokenizer" if begins else "MBartTokenizer"
    if config.model_type == "t5":
        config.tie_word_embeddings = getattr(config, "scale_decoder_outputs", config.tie_word_embeddings)


def _content(path: Path) -> str:
    """The SHA-256 of a file; in the hub's cache the name of the blob says it already."""
    blob = path.resolve().name
    if path.is_symlink() and _HASH.fullmatch(blob):
        return blob
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
