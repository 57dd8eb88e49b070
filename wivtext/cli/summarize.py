"""Print the points of a document, each with the numbers of the sentences behind it."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from wivtext.cli.options import add_settings, positive, settings_of, show

HELP = "the points of a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wivtext summarize`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a document")
    parser.add_argument("--to", choices=["en", "zh"], help="the language wanted (default: the document's)")
    parser.add_argument("--sentences", type=positive, metavar="N", help="how many points (default: by length)")
    parser.add_argument("--engine", metavar="E", help="summarizer (default: extractive)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_settings(parser)


def run(options: argparse.Namespace) -> int:
    """Read, summarize, translate where asked, print."""
    from wivtext.engines import summarizer
    from wivtext.reading import read
    from wivtext.summary import signature as summary_signature
    from wivtext.summary import summarize
    from wivtext.terms import TermBase
    from wivtext.translation import translate

    settings = settings_of(options, summary={"engine": options.engine})
    engine = summarizer(settings.summary.engine, settings)
    document = read(options.file, largest=settings.reading.largest)
    points = summarize(document, engine=engine, limit=options.sentences, settings=settings)
    language = options.to or document.language
    signature, found = summary_signature(engine), sum(len(point.findings) for point in points)
    if language != document.language:
        terms = TermBase.load(starter=settings.terms.starter)
        texts = [point.text for point in points]
        translations = translate(texts, document.language, language, terms=terms, settings=settings)
        points = tuple(replace(p, text=t.text) for t, p in zip(translations, points, strict=True))
        signature = "; ".join([signature, *sorted({translation.engine for translation in translations})])
        found += sum(len(translation.findings) for translation in translations)
    if options.json:
        listed = [{"text": point.text, "sentences": list(point.sentences)} for point in points]
        result = {"language": language, "points": listed, "engine": signature}
        show(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for point in points:
            show(f"- {point.text} [{', '.join(map(str, point.sentences))}]")
    return 1 if found else 0
