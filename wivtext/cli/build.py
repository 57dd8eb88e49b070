"""Build the briefs of a corpus: every document whose inputs changed, into the outputs folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, note, positive, settings_of, show

if TYPE_CHECKING:
    from wivtext.building import BuildReport

HELP = "briefs of a whole corpus, only what changed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext build`."""
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of documents (default: corpus)")
    parser.add_argument("--outputs", type=Path, metavar="DIR", help="folder of briefs (default: outputs)")
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes (default: 1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="Dask scheduler (tcp://HOST:PORT), or local:N workers")
    parser.add_argument("--engine", metavar="E", help="translator (default: embedded)")
    parser.add_argument("--summarizer", metavar="E", help="summarizer (default: extractive)")
    parser.add_argument("--why", action="store_true", help="say why each document is stale")
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Build, and say what was done."""
    from tqdm import tqdm

    from wivtext.building import build

    settings = settings_of(
        options,
        build={"jobs": options.jobs, "cluster": options.cluster},
        translation={"engine": options.engine},
        summary={"engine": options.summarizer},
    )
    # disable=None: no bar where standard error is not a terminal.
    with tqdm(unit="doc", disable=None) as bar:

        def progress(name: str, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        report = build(
            options.corpus or settings.build.corpus,
            options.outputs or settings.build.outputs,
            settings=settings,
            progress=progress,
        )
    if options.why:
        for name, reasons in report.why.items():
            show(f"{name}: {'; '.join(reasons)}")
    _show_report(report)
    return 0 if report.clean else 1


def _show_report(report: BuildReport) -> None:
    for failure in report.failed:
        note(f"{failure.name}: {failure.message}")
    for path in report.kept:
        note(f"edited by hand, kept as {path}")
    for remark in report.remarks:
        note(remark)
    found = sum(report.findings.values())
    parts = [f"{len(report.built)} built", f"{len(report.fresh)} up to date"]
    parts += [f"{len(report.failed)} failed"] if report.failed else []
    parts += [f"{len(report.removed)} removed"] if report.removed else []
    parts += [f"{report.corrections} corrections taken from reviews"] if report.corrections else []
    parts += [f"{found} findings to check, see findings.csv"] if found else []
    show(", ".join(parts))
