"""Models: a registry of good open ones, and where a model lies on this machine.

A model is named by its alias in the registry (`data/models.toml`), by its hub id, or by a folder. It is looked for as
a folder, among the models unpacked here (`WIVTEXT_MODELS`, or the user's data folder), then in the hub's cache
(`HF_HOME`). Only `pull` uses the network.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec

from wivtext.errors import EngineError, ModelNotFound
from wivtext.packing import MODEL_FILES, folder_name, read_pack, write_pack
from wivtext.records import Displayed, Language

Task = Literal["translation", "summarization", "chat"]


@dataclass(frozen=True, slots=True)
class ModelInfo(Displayed):
    """A model of the registry.

    `family` is transformers' model type. `directions` are "en-zh", "zh-en" for translation and "en", "zh" else.
    `parameters` counts millions, `download` megabytes. `codes` are the model's own names of the languages, `prefixes`
    what it wants before a source text, by target language. `revision` is the commit or branch that has safetensors.
    """

    alias: str
    id: str
    task: Task
    family: str
    directions: tuple[str, ...]
    parameters: int
    download: int
    licence: str
    commercial: bool
    revision: str = "main"
    codes: dict[Language, str] = field(default_factory=dict)
    prefixes: dict[Language, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class LocalModel(Displayed):
    """A model that is on this machine: `megabytes` in `path`, unpacked there or in the hub's cache."""

    id: str
    path: Path
    megabytes: int
    kind: Literal["unpacked", "cache"]


@cache
def registry() -> tuple[ModelInfo, ...]:
    """Every model of the registry, in its order.

    >>> [model.alias for model in registry() if model.task == "translation" and model.commercial][:2]
    ['opus-mt-en-zh', 'opus-mt-zh-en']
    """
    text = (resources.files("wivtext") / "data" / "models.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["model"], tuple[ModelInfo, ...])


def find(name: str) -> ModelInfo | None:
    """What the registry knows of an alias or hub id.

    >>> find("opus-mt-en-zh").prefixes
    {'zh': '>>cmn_Hans<< '}
    >>> find("someone/a-model-of-their-own")
    """
    wanted = name.strip().casefold()
    return next((model for model in registry() if wanted in (model.alias.casefold(), model.id.casefold())), None)


def models_folder() -> Path:
    """The folder of unpacked models: `WIVTEXT_MODELS`, or `wivtext/models` among the user's data."""
    chosen = os.environ.get("WIVTEXT_MODELS")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_data_path("wivtext", appauthor=False) / "models"


def locate(name: str) -> Path:
    """The folder of a model on this machine; nothing is downloaded.

    Raises `ModelNotFound` saying how to get it, `EngineError` where only pickled weights are there.
    """
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return folder
    if not name or _is_path(name):
        raise ModelNotFound(
            f"{name or 'no model'}: no such folder; give a folder, a hub id or an alias (wivtext models list)"
        )
    model = _id(name)
    unpacked = models_folder() / folder_name(model)
    found = unpacked if unpacked.is_dir() else _cached(name)
    if found is None:
        raise ModelNotFound(
            f"model {name} is not on this machine; run `wivtext models pull {name}` where there is a network, "
            "`wivtext models unpack FILE` with a pack from another machine, or give a folder"
        )
    return found


def pull(name: str, progress: bool = False) -> Path:
    """Fetch a model from the hub (`HF_ENDPOINT` may name a mirror) into its cache; return the folder.

    Weights come as safetensors only. With `progress`, bars on stderr. Where the hub can't be reached, a model that is
    in the cache will do. Raises `ModelNotFound` or `EngineError`.
    """
    from huggingface_hub import snapshot_download

    _refuse_path(name)
    model = _id(name)
    with _hub_errors(model), _bars(progress):
        folder = Path(snapshot_download(model, revision=_revision(name), **_WANTED))
    if not any(folder.glob("*.safetensors")):
        raise EngineError(
            f"{model} has no safetensors weights; pickled ones can run code and are not fetched: {_CHOOSE}"
        )
    return folder


def pack(name: str, file: Path) -> Path:
    """Write a model of this machine as a .tar with checksums. Raises as `locate` does, and `OutputError`."""
    folder = locate(name)
    return write_pack(folder, folder.name if folder == Path(name).expanduser() else _id(name), file)


def unpack(file: Path) -> Path:
    """Unpack what `pack` wrote, checked, into `models_folder()`; return the model's folder. See `packing.read_pack`."""
    return read_pack(file, models_folder())


def local() -> tuple[LocalModel, ...]:
    """The models that are on this machine, by id: unpacked ones, then those of the hub's cache."""
    return tuple(sorted([*_unpacked_models(), *_cached_models()], key=lambda model: (model.id.casefold(), model.kind)))


# Subfolders hold other formats, "consolidated" a second copy of the weights.
_WANTED: dict[str, Any] = {
    "allow_patterns": list(MODEL_FILES),
    "ignore_patterns": ["*/*", "consolidated*.safetensors"],
}
_CHOOSE = "choose another model (wivtext models list)"
_ELSEWHERE = "check the network, name a mirror in HF_ENDPOINT, or carry it from another machine (wivtext models pack)"


def _id(name: str) -> str:
    info = find(name)
    return info.id if info else name


def _revision(name: str) -> str:
    info = find(name)
    return info.revision if info else "main"


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1


def _refuse_path(name: str) -> None:
    if _is_path(name) or "/" not in _id(name):
        raise ModelNotFound(
            f"{name}: neither an alias of the registry (wivtext models list) nor a hub id like OWNER/NAME"
        )


def _cached(name: str) -> Path | None:
    """The model's snapshot in the hub's cache: of the registry's revision, else of its main branch."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    model, pickled = _id(name), False
    for revision in dict.fromkeys((_revision(name), "main")):
        try:
            folder = Path(snapshot_download(model, revision=revision, local_files_only=True, **_WANTED))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
        if any(folder.glob("*.safetensors")):
            return folder
        pickled = pickled or any(folder.glob("*.bin"))
    if pickled:
        raise EngineError(f"{model} is here with pickled weights only; they can run code and are not loaded: {_CHOOSE}")
    return None


@contextmanager
def _bars(wanted: bool) -> Iterator[None]:
    from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    if wanted or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()


@contextmanager
def _hub_errors(model: str) -> Iterator[None]:
    """The hub's many-line errors as one of ours, in one line."""
    from huggingface_hub import constants, errors

    hub = constants.ENDPOINT
    try:
        yield
    except errors.GatedRepoError:
        raise ModelNotFound(
            f"{model} asks for its licence to be accepted at {hub}/{model}; do so and set HF_TOKEN"
        ) from None
    except errors.RepositoryNotFoundError:
        raise ModelNotFound(
            f"no model {model} at {hub}; check the name (wivtext models list), or set HF_TOKEN for a private one"
        ) from None
    except errors.RevisionNotFoundError:
        raise ModelNotFound(
            f"{model} at {hub} no longer has the revision that is wanted; choose another model"
        ) from None
    except errors.HFValidationError:
        raise ModelNotFound(f"{model}: no hub id like OWNER/NAME; check the name (wivtext models list)") from None
    except errors.LocalEntryNotFoundError as error:
        if constants.HF_HUB_OFFLINE:
            raise ModelNotFound(
                f"{model} is not on this machine and HF_HUB_OFFLINE keeps the hub away: unset it, or unpack a pack"
            ) from None
        raise ModelNotFound(f"{hub} does not answer ({_reason(error)}): {_ELSEWHERE}") from None
    except Exception as error:  # httpx's or httpx2's, as the hub's version has it, or the disk's
        raise ModelNotFound(f"{model} could not be fetched from {hub} ({_reason(error)}): {_ELSEWHERE}") from None


def _reason(error: BaseException) -> str:
    """The first line of the cause at the bottom of the chain, not too long."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _unpacked_models() -> Iterator[LocalModel]:
    root = models_folder()
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith("."):
            yield LocalModel(folder.name.replace("--", "/", 1), folder, _megabytes(folder), "unpacked")


def _cached_models() -> Iterator[LocalModel]:
    from huggingface_hub import constants, scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        repositories = scan_cache_dir(constants.HF_HUB_CACHE).repos
    except CacheNotFound:
        return
    for repository in repositories:
        revisions = sorted(repository.revisions, key=lambda revision: revision.last_modified, reverse=True)
        folders = [
            revision.snapshot_path for revision in revisions if any(revision.snapshot_path.glob("*.safetensors"))
        ]
        if repository.repo_type == "model" and folders:
            yield LocalModel(repository.repo_id, folders[0], _megabytes(folders[0]), "cache")


def _megabytes(folder: Path) -> int:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6)
