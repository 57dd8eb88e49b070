"""What makes briefs: the engines, the term base and the cache, opened once and used for many documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

import msgspec

from wivtext import __version__
from wivtext.briefs import Draft, complete, draft
from wivtext.building.files import digest, digest_of_file
from wivtext.building.manifest import Fingerprint
from wivtext.building.names import digest_of_pairs
from wivtext.building.shares import Share, share_of
from wivtext.collecting import collect_less
from wivtext.contents import be_file
from wivtext.engines import Summarizer, Translator, summarizer, translator
from wivtext.errors import WivtextError
from wivtext.memory import Memory, Recall, review
from wivtext.namebook import pairs_in
from wivtext.reading import read
from wivtext.records import Brief
from wivtext.rendering import render
from wivtext.settings import Settings
from wivtext.summary import signature as summary_signature
from wivtext.terms import TermBase
from wivtext.translation.cache import TranslationCache, default_path

INDEX = "../index.html"
WORD = "brief.docx"
FORMS = {"brief.en.md": "en.md", "brief.zh.md": "zh.md", "brief.html": "html", "brief.json": "json", WORD: "docx"}


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one document by name, or the line that says why there are none.

    `texts` has the `short_key` of every text that was to be translated, `names` the digest of the corpus's names in it.
    """

    name: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    findings: int = 0
    digest: str = ""
    texts: frozenset[str] = frozenset()
    failure: str | None = None
    names: str = ""
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of documents that were made together, and the seconds that they took."""

    made: list[Made]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Workshop:
    """Engines, term base, cache, the analyst's corrections and the corpus's names for one set of settings."""

    settings: Settings
    term_files: tuple[Path, ...]
    translator: Translator
    summarizer: Summarizer
    terms: TermBase
    cache: TranslationCache
    memory: Memory
    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def open(cls, settings: Settings, term_files: Sequence[Path] = (), memory: Memory | None = None) -> Workshop:
        """Raises `EngineError` (unknown, not installed, no such model) and `TermBaseError`."""
        return cls(
            settings,
            tuple(term_files),
            translator(settings.translation.engine, settings),
            summarizer(settings.summary.engine, settings),
            TermBase.load(term_files, starter=settings.terms.starter),
            TranslationCache(Path(settings.build.cache) if settings.build.cache else default_path()),
            memory or Memory(),
        )

    @property
    def forms(self) -> dict[str, str]:
        """The forms that a brief is written in, by the file's name: Word only where the settings want it."""
        return {file: form for file, form in FORMS.items() if file != WORD or self.settings.build.docx}

    def fingerprint(self, path: Path, texts: frozenset[str] = frozenset()) -> Fingerprint:
        """Everything that the brief of this file, with these `texts`, depends on. Raises `OSError`."""
        be_file(path, self.settings.reading.largest)  # nobody waits for the digest of what is refused
        return Fingerprint(
            document=digest_of_file(path),
            settings=digest(msgspec.json.encode(_wording(self.settings), order="deterministic")),
            terms=self.terms.digest,
            translator=self.translator.signature,
            summarizer=summary_signature(self.summarizer),
            version=__version__,
            corrections=self.memory.digest(texts),
        )

    def brief(self, path: Path) -> Brief:
        """The brief of one file. Raises `DocumentError`, `EngineError`."""
        return self._complete([self._draft(path)])[0]

    def make(self, documents: Mapping[str, Path]) -> Iterator[Made]:
        """The files of each document (name -> path), translated together.

        A document's fault is data, so that one bad document never stops the others.
        """
        begun: dict[str, tuple[Draft, Recall]] = {}
        for name, path in documents.items():
            recall = Recall(self.memory, path.stem)
            try:
                begun[name] = self._draft(path, recall), recall
            except Exception as error:
                yield _failed(name, path, error)
        together = self._complete_all([one for one, _ in begun.values()])
        for place, (name, (one, recall)) in enumerate(begun.items()):
            try:
                made = together[place] if together else self._complete([one])[0]
                yield self._made(name, made, recall)
            except Exception as error:
                yield _failed(name, documents[name], error)

    def batch(self, documents: Mapping[str, Path]) -> Batch:
        """`make` with all that comes of it, for a worker to send back."""
        began = monotonic()
        return Batch(list(self.make(documents)), monotonic() - began)

    def _draft(self, path: Path, recall: Recall | None = None) -> Draft:
        document = read(path, largest=self.settings.reading.largest)
        return draft(
            document,
            summarizer=self.summarizer,
            terms=self.terms.with_names(pairs_in(document.text, self.names)),
            recall=recall or Recall(self.memory, document.name),
            settings=self.settings,
        )

    def _complete(self, drafts: Sequence[Draft]) -> list[Brief]:
        return complete(drafts, translator=self.translator, cache=self.cache, settings=self.settings)

    def _complete_all(self, drafts: Sequence[Draft]) -> list[Brief]:
        """The briefs; none where that fails, as it does when an engine can't deal with one of them."""
        try:
            return self._complete(drafts)
        except Exception:
            return []

    def _made(self, name: str, made: Brief, recall: Recall) -> Made:
        files: dict[str, str | bytes] = {file: render(made, form, index=INDEX) for file, form in self.forms.items()}
        files[review.NAME] = review.text(made)
        names = digest_of_pairs(pairs_in(made.document.text, self.names))
        texts = frozenset(recall.asked)
        return Made(name, files, len(made.findings), made.document.digest, texts, None, names, share_of(name, made))


def _failed(name: str, path: Path, error: Exception) -> Made:
    if isinstance(error, WivtextError):
        return Made(name, failure=str(error))
    # A defect of ours: say which document meets it, and go on with the others.
    words = " ".join(str(error).split())
    return Made(name, failure=f"{path}: {type(error).__name__}: {words}; `wivtext brief` shows where")


_opened: list[Workshop] = []


def open_in_worker(
    settings: Settings, term_files: tuple[Path, ...], memory: Memory, names: tuple[tuple[str, str], ...] = ()
) -> None:
    """Open this process's workshop; called once when a worker starts. Workers share the processors: one thread each."""
    collect_less()
    alone = replace(settings, translation=replace(settings.translation, threads=1))
    _opened[:] = [replace(Workshop.open(alone, term_files, memory), names=names)]


def make_in_worker(documents: Mapping[str, Path]) -> Batch:
    """`Workshop.batch` in a worker process."""
    return _opened[0].batch(documents)


def _wording(settings: Settings) -> dict[str, object]:
    """The settings that change a brief's files; folders, processes, threads and the size of batches do not."""
    default = Settings().translation
    translation = replace(settings.translation, threads=default.threads, batch_tokens=default.batch_tokens)
    docx = settings.build.docx
    return {"translation": translation, "summary": settings.summary, "terms": settings.terms, "docx": docx}
