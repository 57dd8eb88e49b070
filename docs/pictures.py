"""The pictures of README: the page of a brief, light, dark and on a phone, the index page, and a plot.

python docs/pictures.py [OUTPUTS] [NAME]     writes docs/pictures/*.png; needs Chromium and the extras dev, notebooks
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from wivtext import tables
from wivtext.plots import speakers_plot
from wivtext.records import Brief, from_dict

FOLDER = Path(__file__).parent / "pictures"
LINE = ".points .line:nth-child(2) .texts"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
COLOURS = 128  # a quarter of the size, the same to the eye


def main(outputs: Path, name: str) -> None:
    """Take every picture from the outputs of a build, the brief's from the document `name`."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    brief, index = outputs / name / "brief.html", outputs / "index.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for file, page, size, scheme in (
            ("brief", brief, WIDE, "light"),
            ("brief-dark", brief, WIDE, "dark"),
            ("phone", brief, PHONE, "light"),
            ("index", index, WIDE, "light"),
        ):
            keep(file, taken(browser, page, size, scheme))
        browser.close()
    keep("speakers", plotted(outputs))


def taken(browser: Any, page: Path, size: dict[str, int], scheme: str) -> bytes:
    """A page as a reader sees it, with the source of a point if it has points."""
    tab = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    tab.goto(page.resolve().as_uri())
    if tab.locator(LINE).count():
        tab.click(LINE)
    picture: bytes = tab.screenshot()
    tab.close()
    return picture


def plotted(outputs: Path) -> bytes:
    """Who spoke how much, over all documents."""
    briefs = [
        from_dict(Brief, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(outputs.glob("*/brief.json"))
    ]
    buffer = io.BytesIO()
    speakers_plot(tables.speakers(briefs)).savefig(buffer, format="png", dpi=110, bbox_inches="tight")
    return buffer.getvalue()


def keep(name: str, picture: bytes) -> None:
    """Write a picture in few colours."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0] if given else "outputs"), given[1] if len(given) > 1 else "wiv-2025-open-borders")
