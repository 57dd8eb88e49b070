"""Run the notebooks and store their outputs: `python notebooks/run.py [NOTEBOOK ...]`, all of them by default.

Each is executed in this folder with a fresh kernel, and everything that differs from run to run is dropped, so that two
runs on one machine give the same bytes. Pictures are stored with few colours, which makes them a quarter as large. A
notebook that fails is left as it was.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
CELL_METADATA = {"tags"}
COLOURS = 24


def main(names: list[str]) -> int:
    """Run the notebooks named, or all; the exit code says whether every one ran."""
    paths = [Path(name).resolve() for name in names] or sorted(HERE.glob("*.ipynb"))
    return max([run(path) for path in paths], default=0)


def run(path: Path) -> int:
    """Run one notebook and write it back; 1 where it isn't there or a cell failed."""
    if not path.is_file():
        print(f"{path}: no such notebook", file=sys.stderr)
        return 1
    notebook = nbformat.read(path, as_version=4)
    try:
        _client(notebook).execute()
    except CellExecutionError as error:
        print(f"{path.name}: left as it was, for a cell failed: {error.ename}: {error.evalue}", file=sys.stderr)
        return 1
    _drop_volatile(notebook)
    nbformat.write(notebook, path)
    print(f"{path.name}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells run")
    return 0


def _client(notebook: nbformat.NotebookNode) -> NotebookClient:
    # The package of this working tree, also where it is not installed; nothing from the network.
    paths = [str(HERE.parent), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    resources = {"metadata": {"path": str(HERE)}}
    return NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False, resources=resources)


def _drop_volatile(notebook: nbformat.NotebookNode) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in CELL_METADATA}
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = _with_few_colours(output.data["image/png"])


def _with_few_colours(picture: str) -> str:
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB").quantize(COLOURS)
    small = io.BytesIO()
    image.save(small, "PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
