"""Tiny models of real architectures, built once for all tests that speak to one."""

from __future__ import annotations

from pathlib import Path

import checkpoints
import pytest


@pytest.fixture(scope="session")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_marian`; with a target token, as opus-mt-en-zh has."""
    _needs_torch()
    return checkpoints.tiny_marian(tmp_path_factory.mktemp("marian"), ">>cmn_Hans<< >>yue_Hant<<")


@pytest.fixture(scope="session")
def m2m(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_m2m`."""
    _needs_torch()
    return checkpoints.tiny_m2m(tmp_path_factory.mktemp("m2m"))


@pytest.fixture(scope="session")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_nllb`."""
    _needs_torch()
    return checkpoints.tiny_nllb(tmp_path_factory.mktemp("nllb"))


@pytest.fixture(scope="session")
def bart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_bart`."""
    _needs_torch()
    return checkpoints.tiny_bart(tmp_path_factory.mktemp("bart"))


@pytest.fixture(scope="session")
def pegasus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_pegasus`."""
    _needs_torch()
    return checkpoints.tiny_pegasus(tmp_path_factory.mktemp("pegasus"))


@pytest.fixture(scope="session")
def mbart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_mbart`."""
    _needs_torch()
    return checkpoints.tiny_mbart(tmp_path_factory.mktemp("mbart"))


@pytest.fixture(scope="session")
def first_mbart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_mbart`: with language codes at the end."""
    _needs_torch()
    return checkpoints.tiny_mbart(tmp_path_factory.mktemp("first_mbart"), first=True)


@pytest.fixture(scope="session")
def t5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_t5`."""
    _needs_torch()
    return checkpoints.tiny_t5(tmp_path_factory.mktemp("t5"))


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_chat`."""
    _needs_torch()
    return checkpoints.tiny_chat(tmp_path_factory.mktemp("chat"))


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """See `checkpoints.tiny_embedded`."""
    _needs_torch()
    return checkpoints.tiny_embedded(tmp_path_factory.mktemp("embedded"))


def _needs_torch() -> None:
    pytest.importorskip("torch", reason="the models extra is not installed")
