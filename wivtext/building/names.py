"""The names of a corpus in the build: what its documents and its analyst say of one person serves every document.

take    what was filled in in outputs/names.tsv, into corpus/terms/filled-names.tsv
scan    the documents for names in both scripts; what is known of an unchanged one stands in the manifest
digest  of the names that one document has: where it changed, the document is built again
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from wivtext.building.files import digest, digest_of_file, write_atomically
from wivtext.building.manifest import Manifest
from wivtext.contents import be_file, content_of
from wivtext.errors import WivtextError
from wivtext.namebook import FILLED, FORM, filled, glosses, pairs_in
from wivtext.reading import LARGEST, read
from wivtext.terms import TermBase

Pair = tuple[str, str]
_HEADER = "en\tzh\tkind\ten_variants\tzh_variants\tnote"


@dataclass(slots=True)
class Names:
    """The names of one corpus, (English, Chinese); the analyst's win over the documents'.

    `glosses` has what each document says, by its output name; `form` is the digest of the form whose entries are taken,
    `largest` the size in MB of a document that is read.
    """

    outputs: Path
    terms: TermBase
    own: tuple[Pair, ...] = ()
    glosses: dict[str, tuple[Pair, ...]] = field(default_factory=dict)
    form: str = ""
    pairs: tuple[Pair, ...] = ()
    digest: str = ""
    largest: int = LARGEST

    def _each_once(self) -> Iterator[Pair]:
        """Every name, each person once."""
        known = dict.fromkeys(self.own)
        taken = {name for pair in known for name in pair}
        for name in sorted(self.glosses):
            for pair in self.glosses[name]:
                if pair not in known and not (set(pair) & taken) and not self._is_own(pair):
                    known[pair] = None
                    taken.update(pair)
        return iter(known)

    def _is_own(self, pair: Pair) -> bool:
        """Whether the analyst's term base says what one of the names is."""
        en, zh = pair
        return any(entry.own for entry in (*self.terms.find(en, "en"), *self.terms.find(zh, "zh")))

    def is_taken(self) -> bool:
        """Whether the form may be written: nobody has filled in more since its entries were taken."""
        form = self.outputs / FORM
        return not form.is_file() or digest(form.read_bytes()) == self.form

    def digest_of(self, name: str, path: Path, document: str, manifest: Manifest) -> str:
        """SHA-256 over the names that a document has, empty where it has none. `document` is its own digest.

        Of a new or changed document the one that its brief was made with: it is made again in any case.
        """
        entry = manifest.entries.get(name)
        if entry is None or entry.fingerprint.document != document:
            return entry.fingerprint.names if entry else ""
        if manifest.names == self.digest:
            return entry.fingerprint.names
        return digest_of_pairs(pairs_in(self._text(name, path, document), self.pairs))

    def _text(self, name: str, path: Path, document: str) -> str:
        """What an unchanged document says, as its brief has it already."""
        try:
            brief = msgspec.json.decode(content_of(self.outputs / name / "brief.json"), type=_OfBrief)
            return brief.document.text if brief.document.digest == document else _text_of(path, self.largest)
        except (OSError, msgspec.MsgspecError):
            return _text_of(path, self.largest)

    def scan(self, documents: Mapping[str, Path], manifest: Manifest) -> None:
        """Take in the names in both scripts of every document, reading only those that changed."""
        for name, path in documents.items():
            entry = manifest.entries.get(name)
            try:
                be_file(path, self.largest)
                same = entry is not None and entry.fingerprint.document == digest_of_file(path)
            except OSError:
                continue
            self.glosses[name] = entry.glosses if same and entry is not None else glosses(_text_of(path, self.largest))
        self.pairs = tuple(self._each_once())
        self.digest = _digest(self.pairs)


class _OfDocument(msgspec.Struct):
    text: str
    digest: str


class _OfBrief(msgspec.Struct):
    document: _OfDocument


def _text_of(path: Path, largest: int) -> str:
    try:
        return read(path, largest=largest).text
    except (WivtextError, OSError):
        return ""  # the build says what is wrong with it


def open_names(
    corpus: Path,
    outputs: Path,
    documents: Mapping[str, Path],
    manifest: Manifest,
    terms: TermBase,
    largest: int = LARGEST,
) -> Names:
    """The names of a corpus, what was filled in taken first; `terms` win over documents. Raises `TermBaseError`."""
    names = Names(outputs, terms, largest=largest)
    names.form = take(corpus, outputs)
    names.own = _filled_before(corpus)
    names.scan(documents, manifest)
    return names


def take(corpus: Path, outputs: Path) -> str:
    """Keep what was filled in in the form among the corpus's terms; the form's digest. Raises `TermBaseError`."""
    form = outputs / FORM
    if not form.is_file():
        return ""
    new, before = filled(form), _filled_before(corpus)
    if not set(new) <= set(before):
        names = {name for pair in new for name in pair}
        kept = [pair for pair in before if not set(pair) & names]
        rows = [_HEADER, *(f"{en}\t{zh}\tperson\t\t\t" for en, zh in sorted({*kept, *new}))]
        write_atomically(corpus / "terms" / FILLED, "\n".join(rows) + "\n")
    return digest(form.read_bytes())


def _filled_before(corpus: Path) -> tuple[Pair, ...]:
    path = corpus / "terms" / FILLED
    return tuple((e.en, e.zh) for e in TermBase.load([path], starter=False).entries) if path.is_file() else ()


def digest_of_pairs(pairs: tuple[Pair, ...]) -> str:
    """SHA-256 over the names that a document has, empty where it has none."""
    return _digest(pairs) if pairs else ""


def _digest(pairs: tuple[Pair, ...]) -> str:
    return digest("\n".join(f"{en}\t{zh}" for en, zh in pairs))
