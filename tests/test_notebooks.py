"""The notebooks are stored as they ran: outputs and counts there, no error, small, and free of logic.

That their outputs still come out is tested by `pytest --nbval` (see the Makefile).
"""

import ast
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

HERE = Path(__file__).parent
NOTEBOOKS = sorted((HERE.parent / "notebooks").glob("*.ipynb"))
LARGEST = 200_000
MOST_CELLS = 15
MOST_LINES = 10

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str = "code") -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01-quick-tour",
        "02-your-own-corpus",
        "03-who-said-what",
        "04-translate-and-compare",
        "05-terms-names-corrections",
        "06-summaries-and-briefs",
        "07-conference-at-a-glance",
        "08-quality-report",
    ]


@each_notebook
def test_ran_from_top_to_bottom(path: Path) -> None:
    assert [cell.execution_count for cell in cells(path)] == list(range(1, len(cells(path)) + 1))


@each_notebook
def test_outputs_are_stored(path: Path) -> None:
    # The first cell imports, and a cell that ends in an assignment or a copy has nothing to show.
    shown = [cell for cell in cells(path) if cell.outputs]
    assert len(shown) >= len(cells(path)) * 3 / 4


@each_notebook
def test_no_error_is_stored(path: Path) -> None:
    outputs = [output for cell in cells(path) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]


@each_notebook
def test_small(path: Path) -> None:
    assert path.stat().st_size <= LARGEST
    assert len(cells(path)) <= MOST_CELLS
    assert max(len(cell.source.splitlines()) for cell in cells(path)) <= MOST_LINES


@each_notebook
def test_no_logic_in_cells(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in cells(path):
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, kinds)], cell.source


@each_notebook
def test_a_sentence_of_prose_above_each_cell(path: Path) -> None:
    kinds = [cell.cell_type for cell in nbformat.read(path, as_version=4).cells]
    assert all(above == "markdown" for above, kind in pairwise(kinds) if kind == "code")


@each_notebook
def test_an_ignored_output_has_a_strict_cell_after_it(path: Path) -> None:
    ignored = ["nbval-ignore-output" in cell.metadata.get("tags", []) for cell in cells(path)]
    assert not any(this and following for this, following in zip(ignored, [*ignored[1:], True], strict=True))


@each_notebook
def test_nothing_volatile_is_stored(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("/tmp/", "/home/", "/root/", "\\\\Users\\\\") if word in text]
