"""Write a report of a whole corpus, one page of HTML: who spoke, on which topics, and what is left to check."""

from __future__ import annotations

import argparse
from pathlib import Path

from wivtext.cli.options import add_settings, note, settings_of, show

HELP = "a report of a whole corpus: tables and plots on one page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext report`."""
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: corpus)")
    parser.add_argument(
        "-o", "--outputs", type=Path, default=Path("report.html"), metavar="FILE.html", help="default: report.html"
    )
    parser.add_argument("--language", choices=["en", "zh"], default="en", help="of the plots (default: en)")
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Brief the corpus, then run the conference notebook on the briefs."""
    from tempfile import TemporaryDirectory

    from tqdm import tqdm

    from wivtext.building.files import write_atomically
    from wivtext.conference import gather
    from wivtext.reporting import check_installed, report

    check_installed()
    settings = settings_of(options)
    corpus = options.corpus or Path(settings.build.corpus)
    # The bar of `wivtext build`: what takes long is done here, before the notebook.
    with TemporaryDirectory(prefix="wivtext-") as folder, tqdm(unit="doc", disable=None) as bar:

        def progress(name: str, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        briefs = gather(corpus, folder, settings=settings, progress=progress)
        page = report(corpus, Path(folder), language=options.language, settings=options.settings)
    write_atomically(options.outputs, page)
    for failure in briefs.failed:
        note(f"{failure.name}: {failure.message}")
    show(f"{options.outputs}: {len(briefs)} documents" + (f", {len(briefs.failed)} failed" if briefs.failed else ""))
    return 1 if briefs.failed else 0
