"""The registry; finding, fetching, packing and unpacking models, against a hub of our own on loopback."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from checkpoints import in_hub_cache

from wivtext import models
from wivtext.errors import EngineError, ModelNotFound, OutputError
from wivtext.models import ModelInfo
from wivtext.packing import write_pack

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {"config.json": b'{"model_type": "marian"}', "model.safetensors": b"\x00" * 4000, "source.spm": b"spm"}
PICKLE = b"\x80\x04K\x01."


# The registry


def test_the_registry_is_sound() -> None:
    known = models.registry()
    assert 12 <= len(known) <= 18
    for names in ([model.alias for model in known], [model.id for model in known]):
        assert len({name.casefold() for name in names}) == len(known)
    assert all(set(model.directions) <= {"en-zh", "zh-en"} for model in known if model.task != "summarization")
    assert all(set(model.directions) <= {"en", "zh"} for model in known if model.task == "summarization")
    assert all(model.parameters <= model.download <= 5 * model.parameters for model in known)
    for task in ("translation", "summarization", "chat"):
        assert any(model.task == task and model.commercial for model in known)


def test_quirks_of_the_registry() -> None:
    def found(name: str) -> ModelInfo:
        info = models.find(name)
        assert info is not None
        return info

    assert found("Helsinki-NLP/opus-mt-en-zh").prefixes == {"zh": ">>cmn_Hans<< "}
    assert found("NLLB-600M").codes == {"en": "eng_Latn", "zh": "zho_Hans"}
    assert not found("facebook/nllb-200-distilled-600m").commercial
    assert not found("mt5-xlsum").commercial
    assert models.find("no-such-model") is None


# A hub


class Hub:
    """The parts of the hub's API that huggingface_hub needs to fetch a model."""

    def __init__(self) -> None:
        self.models: dict[str, dict[str, bytes]] = {}
        self.gated: set[str] = set()
        self.revisions = {"main"}
        self.fetched: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _hub_handler(self))
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def _hub_handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            parts = unquote(urlsplit(self.path).path).strip("/").split("/")
            api = parts[:2] == ["api", "models"]
            model = "/".join(parts[2:4] if api else parts[:2])
            if model not in hub.models:
                return self._refuse(404, "RepoNotFound")
            if model in hub.gated:
                return self._refuse(403, "GatedRepo")
            if api:
                return self._describe(model, parts[4], "/".join(parts[5:]))
            hub.fetched.append(parts[-1])
            return self._send(hub.models[model][parts[-1]], "application/octet-stream")

        def _describe(self, model: str, what: str, revision: str) -> None:
            files = hub.models[model]
            if revision not in {*hub.revisions, COMMIT}:
                return self._refuse(404, "RevisionNotFound")
            if what == "tree":
                facts: object = [{"type": "file", "path": f, "size": len(c), "oid": _oid(c)} for f, c in files.items()]
            else:
                facts = {"id": model, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
            return self._send(json.dumps(facts).encode(), "application/json")

        def _send(self, content: bytes, kind: str) -> None:
            self.send_response(200)
            headers = {"content-type": kind, "content-length": len(content), "etag": f'"{_oid(content)}"'}
            for name, value in {**headers, "x-repo-commit": COMMIT}.items():
                self.send_header(name, str(value))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        def _refuse(self, status: int, code: str) -> None:
            self.send_response(status)
            self.send_header("x-error-code", code)
            self.send_header("x-error-message", f"{code}: in so many words")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _oid(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    yield server
    server.close()


PULL = """
import json, sys
from wivtext import models
for name in sys.argv[1:]:
    try:
        print(json.dumps({"folder": str(models.pull(name)), "located": str(models.locate(name))}))
    except Exception as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
"""


def pulled(home: Path, endpoint: str, *names: str, **environment: str) -> list[dict[str, str]]:
    """What `pull` did with each name, in a process of its own: huggingface_hub reads the environment at import."""
    settings = {"HF_HOME": str(home), "HF_ENDPOINT": endpoint, "WIVTEXT_MODELS": str(home / "unpacked")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGINGFACE_"))}
    command = [sys.executable, "-c", PULL, *names]
    run = subprocess.run(
        command, env={**kept, **settings, **environment}, capture_output=True, text=True, timeout=120, check=True
    )
    assert run.stderr == ""
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_pull_fetches_weights_and_tokenizer_and_nothing_that_runs(hub: Hub, tmp_path: Path) -> None:
    unwanted = {"pytorch_model.bin": PICKLE, "modeling_own.py": b"import os", "onnx/model.safetensors": b"x"}
    hub.models["someone/model"] = {**FILES, **unwanted}
    (found,) = pulled(tmp_path, hub.url, "someone/model")
    folder = Path(found["folder"])
    assert found["located"] == found["folder"]
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == FILES
    assert set(hub.fetched) == set(FILES)


def test_pull_asks_for_the_revision_of_the_registry(hub: Hub, tmp_path: Path) -> None:
    hub.models["Helsinki-NLP/opus-mt-en-zh"], hub.revisions = FILES, {"refs/pr/13"}
    (found,) = pulled(tmp_path, hub.url, "opus-mt-en-zh")
    assert found["located"] == found["folder"]
    assert (Path(found["folder"]) / "model.safetensors").exists()


def test_pull_says_in_one_line_what_is_wrong(hub: Hub, tmp_path: Path) -> None:
    hub.models["someone/pickled"] = {"config.json": b"{}", "pytorch_model.bin": PICKLE}
    hub.models["someone/gated"], hub.gated = FILES, {"someone/gated"}
    hub.models["Helsinki-NLP/opus-mt-zh-en"] = FILES  # without refs/pr/12
    names = ("someone/pickled", "someone/gated", "someone/absent", "opus-mt-zh-en", "no-alias", "./folder", "a/b c")
    results = pulled(tmp_path, hub.url, *names)
    assert not any("\n" in result["message"] for result in results)
    expected = [
        "someone/pickled has no safetensors weights",
        f"someone/gated asks for its licence to be accepted at {hub.url}/someone/gated; do so and set HF_TOKEN",
        f"no model someone/absent at {hub.url}; check the name",
        "no longer has the revision that is wanted",
        "no-alias: neither an alias of the registry",
        "./folder: neither an alias",
        "a/b c: no hub id like OWNER/NAME",
    ]
    for result, beginning in zip(results, expected, strict=True):
        assert beginning in result["message"]
    assert results[0]["error"] == "EngineError"
    assert {result["error"] for result in results[1:]} == {"ModelNotFound"}


def test_pull_without_a_network(hub: Hub, tmp_path: Path) -> None:
    hub.models["someone/model"] = FILES
    (first,) = pulled(tmp_path, hub.url, "someone/model")
    nowhere = "http://127.0.0.1:9"
    again, absent = pulled(tmp_path, nowhere, "someone/model", "someone/absent")
    assert again == first
    assert "http://127.0.0.1:9 does not answer" in absent["message"]
    assert "HF_ENDPOINT" in absent["message"]
    again, absent = pulled(tmp_path, nowhere, "someone/model", "someone/absent", HF_HUB_OFFLINE="1")
    assert again == first
    assert "HF_HUB_OFFLINE" in absent["message"]


# Where models lie


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it."""
    monkeypatch.setenv("WIVTEXT_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path


def write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_locate_says_what_to_do(home: Path) -> None:
    with pytest.raises(ModelNotFound) as caught:
        models.locate("opus-mt-en-zh")
    message = str(caught.value)
    assert "\n" not in message
    assert all(part in message for part in ("wivtext models pull opus-mt-en-zh", "unpack FILE", "give a folder"))
    for name in ("./nothing", "", "/no/such/folder", "a/b/c", "a b/c"):
        with pytest.raises(ModelNotFound):
            models.locate(name)


def test_locate_looks_in_folders_then_unpacked_models_then_the_cache(home: Path) -> None:
    cached = write(in_hub_cache(home / "hub", "someone/model"), FILES)
    assert models.locate("someone/model") == cached
    unpacked = write(home / "models" / "someone--model", FILES)
    assert models.locate("someone/model") == unpacked
    assert models.locate(str(home)) == home


def test_a_cache_with_pickles_only(home: Path) -> None:
    write(in_hub_cache(home / "hub", "someone/model"), {"pytorch_model.bin": PICKLE})
    with pytest.raises(EngineError, match="pickled weights only"):
        models.locate("someone/model")


def test_local_lists_what_is_here(home: Path) -> None:
    assert models.local() == ()
    write(in_hub_cache(home / "hub", "b/cached"), {**FILES, "model.safetensors": b"\x00" * 2_000_000})
    write(home / "models" / "a--unpacked", FILES)
    assert [(model.id, model.kind, model.megabytes) for model in models.local()] == [
        ("a/unpacked", "unpacked", 0),
        ("b/cached", "cache", 2),
    ]


# Packs


def test_a_model_travels_in_a_pack(home: Path) -> None:
    write(in_hub_cache(home / "hub", "Helsinki-NLP/opus-mt-zh-en"), {**FILES, "pytorch_model.bin": PICKLE, "x.py": b""})
    file = models.pack("opus-mt-zh-en", home / "out" / "model.tar")
    folder = models.unpack(file)
    assert folder == home / "models" / "Helsinki-NLP--opus-mt-zh-en"
    assert models.locate("opus-mt-zh-en") == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    assert file.read_bytes() == models.pack("opus-mt-zh-en", home / "again.tar").read_bytes()
    assert [path.name for path in (home / "models").iterdir()] == [folder.name]


def test_a_folder_can_be_packed_and_a_newer_pack_replaces_an_older_model(home: Path) -> None:
    own = write(home / "my-model", FILES)
    models.unpack(models.pack(str(own), home / "1.tar"))
    write(own, {"source.spm": b"newer"})
    folder = models.unpack(models.pack(str(own), home / "2.tar"))
    assert folder.name == "my-model"
    assert (folder / "source.spm").read_bytes() == b"newer"
    assert models.locate("my-model") == folder


def test_a_converted_model_can_be_packed_and_a_pickle_can_not(home: Path) -> None:
    converted = {"model.bin": b"\x06\x00\x00\x00weights", "shared_vocabulary.json": b"[]", "config.json": b"{}"}
    folder = models.unpack(models.pack(str(write(home / "fast", converted)), home / "fast.tar"))
    assert (folder / "model.bin").read_bytes() == converted["model.bin"]
    with pytest.raises(EngineError, match="a pickle"):
        models.pack(str(write(home / "bad", {**FILES, "model.bin": PICKLE})), home / "bad.tar")
    with pytest.raises(EngineError, match="no weights"):
        models.pack(str(write(home / "empty", {"config.json": b"{}"})), home / "empty.tar")
    assert not (home / "bad.tar").exists()


def test_a_pack_that_can_not_be_written(home: Path) -> None:
    blocked = home / "file"
    blocked.write_bytes(b"")
    with pytest.raises(OutputError, match="can't be written"):
        models.pack(str(write(home / "my-model", FILES)), blocked / "model.tar")


Member = tuple[tarfile.TarInfo, bytes]


def members_of(home: Path) -> list[Member]:
    file = write_pack(write(home / "source", FILES), "someone/model", home / "good.tar")
    with tarfile.open(file) as archive:
        return [(member, archive.extractfile(member).read()) for member in archive]  # type: ignore[union-attr]


def forge(home: Path, members: list[Member]) -> Path:
    file = home / "forged.tar"
    with tarfile.open(file, "w") as archive:
        for member, content in members:
            member.size = len(content) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(content))
    return file


def with_manifest(members: list[Member], change: Callable[[dict[str, object]], object]) -> list[Member]:
    data = json.loads(members[0][1])
    change(data)
    return [(members[0][0], json.dumps(data).encode()), *members[1:]]


def extra(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> Member:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member, content


def listed(members: list[Member], name: str, content: bytes) -> list[Member]:
    """With one more file, in the manifest too."""
    facts = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return [*with_manifest(members, lambda data: data["files"].update({name: facts})), extra(name, content)]  # type: ignore[attr-defined]


FORGERIES: dict[str, tuple[Callable[[list[Member]], list[Member]], str]] = {
    "a changed file": (lambda m: [*m[:-1], (m[-1][0], b"other")], "checksum differs"),
    "a missing file": (lambda m: m[:-1], "source.spm missing"),
    "a file that is not listed": (lambda m: [*m, extra("vocab.json")], "no file of a model"),
    "the same file twice": (lambda m: [*m, m[-1]], "no file of a model"),
    "a path out of the folder": (lambda m: listed(m, "../../evil.json", b"{}"), "no file of a model"),
    "an absolute path": (lambda m: listed(m, "/tmp/vocab.json", b"{}"), "no file of a model"),
    "a symbolic link": (lambda m: [*m[:-1], extra("source.spm", kind=tarfile.SYMTYPE, link="/etc/passwd")], "no file"),
    "a hard link": (lambda m: [*m[:-1], extra("source.spm", kind=tarfile.LNKTYPE, link="config.json")], "no file"),
    "a sparse file": (lambda m: [*m[:-1], extra("source.spm", kind=tarfile.GNUTYPE_SPARSE)], "no file of a model"),
    "a device": (lambda m: [*m, extra("vocab.txt", kind=tarfile.CHRTYPE)], "no file of a model"),
    "a pickle": (lambda m: listed(m, "pytorch_model.bin", PICKLE), "no file of a model"),
    "a pickle in disguise": (lambda m: listed(m, "model.bin", PICKLE), "a pickle"),
    "Python code": (lambda m: listed(m, "modeling.py", b"import os"), "no file of a model"),
    "a name that climbs": (lambda m: with_manifest(m, lambda d: d.update(model="../../up")), "name of a model"),
    "a name that is absolute": (lambda m: with_manifest(m, lambda d: d.update(model="/up")), "name of a model"),
    "no manifest": (lambda m: m[1:], "not a pack"),
    "a manifest of another format": (lambda m: with_manifest(m, lambda d: d.update(format="zip")), "not a pack"),
    "a manifest that is no mapping": (lambda m: [(m[0][0], b"[1]"), *m[1:]], "not a pack"),
    "nothing": (lambda m: [], "not a pack"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_packs_are_refused_and_leave_nothing(home: Path, name: str) -> None:
    change, message = FORGERIES[name]
    file = forge(home, change(members_of(home)))
    kept = write(home / "models" / "someone--model", {"config.json": b"the one before"})
    with pytest.raises(EngineError, match=message) as caught:
        models.unpack(file)
    assert "\n" not in str(caught.value)
    assert [path.name for path in (home / "models").iterdir()] == [kept.name]
    assert (kept / "config.json").read_bytes() == b"the one before"


def test_files_that_are_no_packs(home: Path) -> None:
    with pytest.raises(ModelNotFound, match="no such file"):
        models.unpack(home / "nothing.tar")
    for content in (b"", b"not a tar at all" * 100, members_of(home) and (home / "good.tar").read_bytes()[:3000]):
        (home / "bad.tar").write_bytes(content)
        with pytest.raises(EngineError):
            models.unpack(home / "bad.tar")
