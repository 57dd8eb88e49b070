"""`wivtext report`: the conference notebook on any folder, as one page that needs nothing else."""

import importlib.util
import tomllib
from pathlib import Path

import pytest

from wivtext import conference, reporting, tables
from wivtext.cli import main
from wivtext.errors import DocumentError
from wivtext.settings import BuildSettings, Settings, TranslationSettings

ROOT = Path(__file__).parent.parent
ENGLISH = (
    "Jinghe opens a plant\n\nJinghe Auto opened a <plant> in Hangzhou.\n\n“We will double output,” said Lin Yao.\n"
)
CHINESE = "景禾汽车交付量上升\n\n总裁林遥表示，5月交付1.2万辆汽车。\n\n有人不同意。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "talks & more"
    folder.mkdir()
    (folder / "plant.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "may.txt").write_text(CHINESE, encoding="utf-8")
    return folder


@pytest.fixture
def echo(tmp_path: Path) -> Path:
    toml = tmp_path / "echo.toml"
    cache = (tmp_path / "cache.sqlite").as_posix()
    toml.write_text(f'[translation]\nengine = "echo"\n\n[build]\ncache = "{cache}"\n', encoding="utf-8")
    return toml


def settings(tmp_path: Path) -> Settings:
    translation = TranslationSettings(engine="echo")
    return Settings(translation=translation, build=BuildSettings(cache=str(tmp_path / "cache.sqlite")))


def test_the_briefs_of_a_corpus_one_at_a_time(corpus: Path, tmp_path: Path) -> None:
    (corpus / "bad.docx").write_bytes(b"no document")
    before = sorted(corpus.rglob("*"))
    briefs = conference.gather(corpus, settings=settings(tmp_path))
    assert [brief.document.name for brief in briefs] == ["may", "plant"]
    assert tables.documents(briefs)["document"].tolist() == ["may", "plant"]
    assert [failure.name for failure in briefs.failed] == ["bad"]
    assert briefs.terms.lookup("Hangzhou", "en") == "杭州"
    assert sorted(corpus.rglob("*")) == before
    folder = briefs.folder
    del briefs
    assert not folder.exists()


def test_no_document_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no document in this folder"):
        conference.gather(tmp_path, settings=settings(tmp_path))
    (tmp_path / "bad.docx").write_bytes(b"no document")
    with pytest.raises(DocumentError, match=r"none of its documents \(1\) can be read; the first: .*bad\.docx"):
        conference.gather(tmp_path, settings=settings(tmp_path))


def test_a_report_is_one_page_with_the_documents_that_can_be_read(corpus: Path, echo: Path, tmp_path, capsys) -> None:
    pytest.importorskip("nbconvert")
    (corpus / "bad.docx").write_bytes(b"no document")
    page = tmp_path / "report.html"
    assert main(["report", "--corpus", str(corpus), "--outputs", str(page), "--settings", str(echo)]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"{page}: 2 documents, 1 failed\n"
    assert "bad: " in shown.err
    html = page.read_text(encoding="utf-8")
    assert "<title>talks &amp; more</title>" in html
    for text in ("Lin Yao", "林遥", "bad: ", "Jinghe opens a plant", "&lt;plant&gt;"):
        assert text in html
    assert html.count('src="data:image/png;base64,') == 4
    for text in ("<script", "http://", "https://", "import wivtext", str(tmp_path / "cache"), "Traceback"):
        assert text not in html


def test_what_is_missing_is_named(corpus: Path, echo: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "nbclient" else found(name))
    assert main(["report", "--corpus", str(corpus), "--settings", str(echo)]) == 2
    assert "nbclient is not installed; run: pip install 'wivtext[notebooks]'" in capsys.readouterr().err


def test_an_empty_folder_is_refused(tmp_path: Path, echo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("nbconvert")
    (tmp_path / "empty").mkdir()
    assert main(["report", "--corpus", str(tmp_path / "empty"), "--settings", str(echo)]) == 2
    assert "no document in this folder" in capsys.readouterr().err


def test_an_installed_package_has_the_notebook() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert wheel["force-include"] == {f"notebooks/{reporting.NOTEBOOK}": f"wivtext/reporting/{reporting.NOTEBOOK}"}
    assert '"parameters"' in reporting.notebook_text()
