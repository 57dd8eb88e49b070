"""The term base: how its terms came out in a translation, what it lacks, and its ways to and from other programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wivtext.cli.options import add_settings, note, positive, settings_of, show, text_of

if TYPE_CHECKING:
    from wivtext.records import Brief, TermUse
    from wivtext.terms import TermBase
    from wivtext.terms.files import Merged, Row

HELP = "check, propose, import and export terms"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `wivtext terms`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _check_arguments(actions.add_parser("check", help="term by term, how they came out in a translation"))
    _propose_arguments(actions.add_parser("propose", help="frequent terms of a corpus that the term base lacks"))
    bring = actions.add_parser("import", help="a TSV, CSV or TBX file into the term base")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("-o", "--output", type=Path, metavar="TSV", help="default: terms/NAME.tsv of the corpus")
    add_settings(bring)
    export = actions.add_parser("export", help="the term base into a TSV, CSV or TBX file")
    export.add_argument("file", type=Path, metavar="FILE", help="its ending says what it becomes: .tsv, .csv, .tbx")
    export.add_argument("--starter", action="store_true", help="the shipped terms, too")
    _add_terms(export)


def run(options: argparse.Namespace) -> int:
    """Run the action."""
    actions = {"check": _check, "propose": _propose, "import": _import, "export": _export}
    return actions[options.action](options)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="a text file; or a brief.json, or a folder of outputs")
    parser.add_argument("target", metavar="TARGET", nargs="?", help="its translation, as many lines")
    parser.add_argument("--from", dest="source_language", choices=["en", "zh"], help="default: found out")
    parser.add_argument("--to", dest="target_language", choices=["en", "zh"], help="default: the other one")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    _add_terms(parser)
    parser.add_argument("--starter", action="store_true", help="the shipped terms besides --terms, too")


def _propose_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, metavar="CORPUS", nargs="+", help="documents, or folders of them")
    parser.add_argument("-o", "--output", type=Path, metavar="TSV", help="default: standard output")
    parser.add_argument("--least", type=positive, default=3, metavar="N", help="times a term occurs (default: 3)")
    parser.add_argument("--most", type=positive, default=100, metavar="N", help="terms of each language (default: 100)")
    parser.add_argument("--json", action="store_true", help="one JSON object a term")
    _add_terms(parser)


def _add_terms(parser: argparse.ArgumentParser) -> None:
    help_text = "a term base (default: terms/*.tsv of the corpus)"
    parser.add_argument("--terms", type=Path, action="append", default=[], metavar="TSV", help=help_text)
    add_settings(parser)


def _check(options: argparse.Namespace) -> int:
    uses = _uses_in_files(options) if options.target else _uses_in_briefs(options)
    if options.json:
        show(_as_json(uses))
    else:
        for line in _table(uses):
            show(line)
    return 1 if any(use.misses for _, use in uses) else 0


def _uses_in_files(options: argparse.Namespace) -> list[tuple[str, TermUse]]:
    from dataclasses import replace

    from wivtext.cli.check import languages_of, refuse_unequal
    from wivtext.terms.audit import audit

    largest = settings_of(options).reading.largest
    sources, targets = (text_of(path, largest).splitlines() for path in (options.source, options.target))
    refuse_unequal(options, len(sources), len(targets))
    source, target = languages_of(options, "\n".join(sources))
    uses = audit(zip(sources, targets, strict=True), _base(options), source, target)
    return [("", replace(use, hits=_counted(use.hits), misses=_counted(use.misses))) for use in uses]


def _uses_in_briefs(options: argparse.Namespace) -> list[tuple[str, TermUse]]:
    from wivtext.terms.audit import audit_brief

    base = _base(options)
    uses = [(brief.document.name, use) for brief in _briefs(Path(options.source)) for use in audit_brief(brief, base)]
    return sorted(uses, key=lambda found: (-len(found[1].misses), found[0]))


def _briefs(path: Path) -> Iterator[Brief]:
    import msgspec

    from wivtext.errors import DocumentError
    from wivtext.records import Brief, from_dict

    files = sorted(path.glob("**/brief.json")) if path.is_dir() else [path]
    if not files:
        raise DocumentError(f"{path}: no brief.json in it; run `wivtext build` first, or give SOURCE and TARGET")
    for file in files:
        try:
            yield from_dict(Brief, json.loads(text_of(str(file))))
        except (ValueError, RecursionError, msgspec.ValidationError):
            raise DocumentError(f"{file}: no brief.json; give one, a folder of them, or SOURCE and TARGET") from None


def _counted(lines: tuple[int, ...]) -> tuple[int, ...]:
    """Lines of files are counted from 1."""
    return tuple(line + 1 for line in lines)


def _as_json(uses: Sequence[tuple[str, TermUse]]) -> str:
    from wivtext.records import to_dict

    terms = [{"document": document or None, **to_dict(use), "places": use.places} for document, use in uses]
    places, hits = sum(use.places for _, use in uses), sum(len(use.hits) for _, use in uses)
    return json.dumps({"places": places, "hits": hits, "misses": places - hits, "terms": terms}, ensure_ascii=False)


def _table(uses: Sequence[tuple[str, TermUse]]) -> Iterator[str]:
    """Missed terms in full, and one line of sums."""
    if uses:
        yield f"{'PLACES':>6} {'HITS':>6} {'MISSES':>6}  TERM -> WANTED"
    for document, use in uses:
        where = f"  missed at {document + ' ' if document else ''}{_places(use.misses)}" if use.misses else ""
        yield f"{use.places:6} {len(use.hits):6} {len(use.misses):6}  {use.source} -> {use.target}{where}"
    places, hits = sum(use.places for _, use in uses), sum(len(use.hits) for _, use in uses)
    share = f", {hits / places:.1%} right" if places else ""
    yield f"{len(uses)} terms in {places} places{share}"


def _places(places: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, places[:8]))
    return f"{shown} and {len(places) - 8} more" if len(places) > 8 else shown


def _base(options: argparse.Namespace) -> TermBase:
    """The terms to hold a translation to: those that are given, or else all that a build uses here."""
    from wivtext.terms import TermBase

    settings = settings_of(options)
    if options.terms:
        return TermBase.load(options.terms, starter=options.starter)
    return TermBase.load(_corpus_terms(options), starter=settings.terms.starter)


def _corpus_terms(options: argparse.Namespace) -> list[Path]:
    folder = Path(settings_of(options).build.corpus) / "terms"
    return [folder] if folder.is_dir() else []


def _propose(options: argparse.Namespace) -> int:
    from wivtext.building.files import write_atomically
    from wivtext.terms import TermBase
    from wivtext.terms.proposals import as_tsv, propose

    base = TermBase.load(options.terms or _corpus_terms(options))
    proposals = propose(
        _documents(options.corpus),
        base,
        least=options.least,
        most=options.most,
        largest=settings_of(options).reading.largest,
    )
    if options.json:
        from wivtext.records import to_dict

        text = "".join(json.dumps(to_dict(proposal), ensure_ascii=False) + "\n" for proposal in proposals)
    else:
        text = as_tsv(proposals)
    if options.output:
        write_atomically(options.output, text)
        note(
            f"{len(proposals)} terms proposed in {options.output}; fill in the empty cells, then `wivtext terms import`"
        )
    else:
        show(text.rstrip("\n"))
    return 0


def _documents(paths: Sequence[Path]) -> list[Path]:
    from wivtext.building.corpus import documents_of

    return [file for path in paths for file in (documents_of(path) if path.is_dir() else [path])]


def _import(options: argparse.Namespace) -> int:
    from wivtext.building.files import write_atomically
    from wivtext.errors import TermBaseError
    from wivtext.terms.files import merge, read_filled, read_terms, write_terms

    corpus = Path(settings_of(options).build.corpus)
    output = options.output or corpus / "terms" / f"{options.file.stem}.tsv"
    if output.suffix.lower() != ".tsv":
        raise TermBaseError(f"{output}: the term base holds .tsv files; name one, or use `wivtext terms export`")
    rows, unfilled = read_filled(options.file)
    if unfilled:
        note(f"{unfilled} proposals of {options.file} have no translation yet: left out")
    there = read_terms(output) if output.exists() and not _same(output, options.file) else []
    merged = merge([*there, *rows])
    # All is read before anything is written: a faulty file stops the import.
    beside = merge([*_beside(output, corpus / "terms"), *there, *rows])
    write_atomically(output, write_terms(merged.entries, output))
    return _tell(options, output, len(rows), merged, [line for line in beside.conflicts if _is_about(line, rows)])


def _same(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _beside(output: Path, folder: Path) -> Iterator[Row]:
    """The other files of the corpus's term base: what they say otherwise is a contradiction, too."""
    from wivtext.terms.files import read_terms

    if not _same(output.parent, folder):
        return
    for file in sorted(folder.glob("*.tsv")):
        if not _same(file, output):
            yield from read_terms(file)


def _is_about(line: str, rows: Sequence[Row]) -> bool:
    return any(line.startswith(f"{row.where}:") for row in rows)


def _tell(options: argparse.Namespace, output: Path, read: int, merged: Merged, conflicts: Sequence[str]) -> int:
    for line in (*merged.duplicates, *conflicts):
        note(line)
    parts = [f"{read} terms of {options.file} read", f"{len(merged.entries)} in {output}"]
    parts += [f"{len(merged.duplicates)} doubles made one"] if merged.duplicates else []
    parts += [f"{len(conflicts)} contradictions to settle"] if conflicts else []
    show(", ".join(parts))
    return 1 if conflicts else 0


def _export(options: argparse.Namespace) -> int:
    from wivtext.building.files import write_atomically
    from wivtext.errors import TermBaseError
    from wivtext.terms import TermBase
    from wivtext.terms.files import write_terms

    files = options.terms or _corpus_terms(options)
    if not files and not options.starter:
        raise TermBaseError("no terms to export: there is no corpus/terms here; name a file with --terms, or --starter")
    entries = TermBase.load(files, starter=options.starter).entries
    write_atomically(options.file, write_terms(entries, options.file))
    show(f"{len(entries)} terms in {options.file}")
    return 0
