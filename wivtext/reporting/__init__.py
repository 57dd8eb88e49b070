"""A report of a corpus: the conference notebook, run with its parameters, as one page of HTML without its code.

The notebook is the one of `notebooks/`: a wheel has a copy of it, a checkout uses it where it stands. What comes out
runs no script and asks nothing of a network.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wivtext.errors import MissingExtra, OutputError
from wivtext.records import Language

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK = "07-conference-at-a-glance.ipynb"
PARAMETERS = "parameters"
# Cells for those who read the notebook as a notebook.
LEFT_OUT = "notebook-only"
SECONDS_A_CELL = 3600


def report(corpus: Path, folder: Path, *, language: Language = "en", settings: Path | None = None) -> str:
    """The page about a corpus whose briefs are, or will be, in `folder`. Raises `MissingExtra`, `OutputError`."""
    notebook = _read()
    values = {"corpus": corpus, "folder": folder, "language": language, "settings": settings or ""}
    _inject(notebook, {name: str(value) for name, value in values.items()})
    _run(notebook)
    return _page(notebook, corpus.resolve().name, language)


def check_installed() -> None:
    """Raise `MissingExtra` where what runs notebooks and draws plots is not installed."""
    from importlib.util import find_spec

    for module in ("nbformat", "nbclient", "nbconvert", "ipykernel", "matplotlib"):
        if find_spec(module) is None:
            raise MissingExtra(module, "notebooks")


def notebook_text() -> str:
    """The conference notebook: the copy in the package, or the one of the checkout."""
    packaged = resources.files("wivtext.reporting") / NOTEBOOK
    checkout = Path(__file__).parents[2] / "notebooks" / NOTEBOOK
    return (packaged if packaged.is_file() else checkout).read_text(encoding="utf-8")


def _read() -> NotebookNode:
    check_installed()
    import nbformat

    notebook: NotebookNode = nbformat.reads(notebook_text(), as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def _inject(notebook: NotebookNode, values: dict[str, str]) -> None:
    """Put a cell with other values under the one tagged `parameters`, as papermill does."""
    from nbformat.v4 import new_code_cell

    place = next(at for at, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", []))
    lines = [f"{name} = {value!r}" for name, value in sorted(values.items())]
    notebook.cells.insert(place + 1, new_code_cell("\n".join(lines)))  # type: ignore[no-untyped-call]


def _run(notebook: NotebookNode) -> None:
    import subprocess

    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    client = NotebookClient(
        notebook,
        kernel_manager_class=_own_kernels(),
        timeout=SECONDS_A_CELL,
        record_timing=False,
        kernel_name="python3",
    )
    try:
        # What a kernel logs says nothing to the reader; what a cell writes comes another way.
        client.execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise OutputError(f"the report's notebook failed: {error.ename}: {error.evalue}") from None
    except DeadKernelError:
        raise OutputError("the report's notebook stopped half way; is there enough memory?") from None


def _own_kernels() -> type:
    """Kernels run by this interpreter, whatever kernel a user has installed under the name python3."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class OwnKernels(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, display_name="Python 3", language="python")

    return OwnKernels


def _page(notebook: NotebookNode, name: str, language: Language) -> str:
    """Prose and results on a page of our own: nbconvert's pages fetch scripts from a network."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {LEFT_OUT}
    exporter: Any = HTMLExporter(config=config, template_name="basic", exclude_input=True)  # type: ignore[no-untyped-call]
    body, _ = exporter.from_notebook_node(notebook)
    templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    page = templates.get_template("report.html.j2").render(body=Markup(body), name=name, language=language)
    return "\n".join(line.rstrip() for line in page.splitlines()) + "\n"
