"""The term base: what has to be called what, in English and Chinese.

A term file is TSV with the header `en, zh, kind, en_variants, zh_variants, note`: the first two columns are the
preferred forms, variants are divided by ` | `. The analyst's files win over the starter files of the package.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from wivtext.contents import content_of
from wivtext.errors import TermBaseError
from wivtext.hanzi import simplified
from wivtext.language import other_language, script
from wivtext.records import Displayed, Language, TermPair
from wivtext.terms.index import TOKEN, ChineseIndex, EnglishIndex, Hit, ambiguous, normal

COLUMNS = ("en", "zh", "kind", "en_variants", "zh_variants", "note")
# A form of names that a build wrote (`wivtext.namebook`) is a term file too.
FORM_COLUMNS = ("pinyin", "role_en", "role_zh", "organisation_en", "organisation_zh", "documents", "status", "written")
STARTER = Path(__file__).parent.parent / "data" / "terms"

Index = ChineseIndex | EnglishIndex
CODE = re.compile(r"[A-Z]+[0-9][A-Z0-9+-]*")

# What an entry is about: its kind, or the file of the starter that it stands in ("roles", "places" ...).
PEOPLE = frozenset({"people", "person", "name"})
ROLES = frozenset({"roles", "role"})
ORGANISATIONS = frozenset({"organisations", "organisation"})
PLACES = frozenset({"places", "place"})
# Translated by what they do in the sentence: China or Chinese, 中国 or 国内 or 中.
UNSTEADY_PLACES = frozenset({"bloc", "country", "region", "water"})
# Every country has its education ministry and its central bank, and texts shorten them as they like.
GENERIC_BODIES = frozenset({"academy", "finance", "ministry", "other", "university"})
NAMES = PEOPLE | ORGANISATIONS | PLACES | {"events"}


class TermEntry(NamedTuple):
    """One line of a term base.

    `topic` is the name of its file; `own` marks the analyst's entries and the document's names, which win.
    """

    en: str
    zh: str
    kind: str = ""
    en_variants: tuple[str, ...] = ()
    zh_variants: tuple[str, ...] = ()
    note: str = ""
    topic: str = ""
    own: bool = False

    def forms(self, language: Language) -> tuple[str, ...]:
        """The preferred form, then the variants."""
        return (self.en, *self.en_variants) if language == "en" else (self.zh, *self.zh_variants)

    def is_about(self, kinds: frozenset[str]) -> bool:
        """Whether its kind or its topic is one of `kinds`."""
        return self.kind in kinds or self.topic in kinds

    def counterpart(self, form: str, language: Language) -> str:
        """The other language's form that goes with `form`: a short name goes with a short name.

        >>> seres = TermEntry("Seres Group", "赛力斯集团", en_variants=("Seres",), zh_variants=("赛力斯",))
        >>> seres.counterpart("Seres", "en"), seres.counterpart("Seres Group", "en")
        ('赛力斯', '赛力斯集团')
        >>> TermEntry("Level 3", "3级自动驾驶", "", ("L3",), ("L3级",)).counterpart("L3", "en")
        'L3级'
        """
        other = other_language(language)
        mine, theirs = _shortened(self.forms(language)), _shortened(self.forms(other))
        key = normal(form, language)
        if key == normal(self.forms(language)[0], language):
            return self.forms(other)[0]
        ranks = [rank for rank, short in enumerate(mine) if normal(short, language) == key]
        if ranks and theirs:
            return theirs[min(ranks[0], len(theirs) - 1)]
        return _with_same_code(form, self.forms(other)) or self.forms(other)[0]


@dataclass(frozen=True, slots=True)
class TermMatch(Displayed):
    """An entry found in a text; `others` are further entries that have the same form in another sense.

    `form` is the text in Simplified characters where it is Traditional Chinese.
    """

    start: int
    end: int
    text: str
    entry: TermEntry
    others: tuple[TermEntry, ...] = ()
    form: str = ""


@dataclass(frozen=True)
class TermBase(Displayed):
    """Entries, the winning ones first, and the indexes to find them in texts.

    >>> terms = TermBase.load()
    >>> [match.entry.zh for match in terms.match("BYD sells intelligent connected vehicles.", "en")]
    ['比亚迪', '智能网联汽车']
    >>> terms.pairs("比亚迪总部在深圳。", "zh", "en")[0]
    TermPair(source='比亚迪', target='BYD', allowed=('BYD Company Limited', 'BYD Auto', 'BYD Co., Ltd.'))
    >>> terms.lookup("Executive Vice President", "en")
    '执行副总裁'
    """

    entries: tuple[TermEntry, ...] = ()
    _under: TermBase | None = field(default=None, repr=False, compare=False)
    _index: dict[Language, Index] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, paths: Iterable[Path | str] = (), starter: bool = True) -> TermBase:
        """The entries of `paths` (files, or folders of *.tsv) on top of the starter's.

        Raises `TermBaseError` listing every faulty line.
        """
        files = [file for path in paths for file in _files(Path(path))]
        if not files and starter:
            return _starter()
        entries = _read(files, own=True)
        return cls(entries + (_starter().entries if starter else ()))

    def with_names(self, pairs: Iterable[tuple[str, str]]) -> TermBase:
        """A term base with a document's own names on top, as (English, Chinese); quick, the index below is shared.

        >>> TermBase().with_names([("Lin Haoran", "林浩然")]).lookup("林浩然", "zh")
        'Lin Haoran'
        """
        names = tuple(TermEntry(en, zh, "person", own=True) for en, zh in dict.fromkeys(pairs) if en and zh)
        return TermBase(names + self.entries, self) if names else self

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the entries in their order."""
        lines = ("\t".join((e.en, e.zh, e.kind, *e.en_variants, "|", *e.zh_variants, e.note)) for e in self.entries)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def match(self, text: str, language: Language) -> list[TermMatch]:
        """Every entry found in `text`, from left to right, the longest at each place, none overlapping.

        >>> [(match.text, match.entry.en) for match in TermBase.load().match("比亞迪發展動力電池", "zh")]
        [('比亞迪', 'BYD'), ('動力電池', 'power battery')]
        """
        known = simplified(text) if language == "zh" and script(text) == "traditional" else text
        return [self._to_match(hit, text, known) for hit in self._indexed(language).find(known)]

    def pairs(self, text: str, source: Language, target: Language, *, names_only: bool = False) -> tuple[TermPair, ...]:
        """What has to come out for the terms of `text`; a term of several senses is left out, and so are plain words.

        `names_only` leaves what every careful translator writes alike, to audit other people's translations with:
        the analyst's own entries, people and firms.

        >>> TermBase.load().pairs("The SoC of the battery", "en", "zh")
        ()
        """
        found = {
            match.text: _pair(match, source, target)
            for match in self.match(text, source)
            if _is_certain(match, source, target)
            and not (source == "en" and _is_part_of_name(match, text))
            and (not names_only or _is_fixed(match.entry))
        }
        return tuple(found.values())

    def lookup(self, text: str, language: Language, kinds: Iterable[str] | None = None) -> str | None:
        """The preferred form in the other language of exactly this expression, None where unknown or ambiguous.

        >>> TermBase.load().lookup("Seres", "en", ORGANISATIONS)
        '赛力斯'
        """
        entries = self.find(text, language)
        if kinds is not None:
            wanted = frozenset(kinds)
            entries = tuple(entry for entry in entries if entry.is_about(wanted))
        preferring = [
            entry for entry in entries if normal(entry.forms(language)[0], language) == normal(text, language)
        ]
        entries = tuple(preferring) or entries
        if not entries or (len({entry.topic for entry in entries}) > 1 and not entries[0].own):
            return None
        return entries[0].counterpart(text, language)

    def find(self, text: str, language: Language) -> tuple[TermEntry, ...]:
        """Every entry that has exactly this form, the winning ones first."""
        places = self._indexed(language).exact(normal(text, language))
        return tuple(_winning([self.entries[place] for place in dict.fromkeys(places)]))

    def _indexed(self, language: Language) -> Index:
        if language not in self._index:
            below = self._under._indexed(language) if self._under else None
            own = self.entries[: len(self.entries) - len(self._under.entries)] if self._under else self.entries
            kind: Any = EnglishIndex if language == "en" else ChineseIndex
            self._index[language] = kind([entry.forms(language) for entry in own], below)
        return self._index[language]

    def _to_match(self, hit: Hit, text: str, known: str) -> TermMatch:
        first, *others = _winning([self.entries[place] for place in hit.entries])
        span = slice(hit.start, hit.end)
        return TermMatch(hit.start, hit.end, text[span], first, tuple(others), known[span])


def _winning(entries: list[TermEntry]) -> list[TermEntry]:
    own = [entry for entry in entries if entry.own]
    return own or entries


def _shortened(forms: tuple[str, ...]) -> list[str]:
    """The preferred form and the variants that it begins with, the shortest first."""
    return sorted((form for form in forms if forms[0].casefold().startswith(form.casefold())), key=len)


def _with_same_code(form: str, others: tuple[str, ...]) -> str | None:
    """The shortest of `others` with the Latin code of `form` in it: L3级 for L3."""
    codes = CODE.findall(form)
    return min((other for other in others if codes and codes[0] in other), key=len, default=None)


def _pair(match: TermMatch, source: Language, target: Language) -> TermPair:
    wanted = match.entry.counterpart(match.form or match.text, source)
    forms = [form for entry in (match.entry, *match.others) for form in entry.forms(target)]
    return TermPair(match.text, wanted, tuple(dict.fromkeys(form for form in forms if form != wanted)))


def _is_certain(match: TermMatch, source: Language, target: Language) -> bool:
    """Whether the translation of a match can be enforced: one sense, and a name or a technical term."""
    entry = match.entry
    if entry.own:
        return True
    if (match.form or match.text).casefold() in ambiguous()["several_senses"]:
        return False
    preferred = entry.forms(target)[0]
    if any(preferred not in other.forms(target) for other in match.others):
        return False
    if entry.is_about(PEOPLE) and len(match.text) < 3:
        return False
    if entry.is_about(NAMES):
        return entry.kind not in UNSTEADY_PLACES
    if entry.kind == "accounting" or any(mark in preferred for mark in ("亿", "万", "illion", "hundred")):
        return False
    if source == "en":
        # A capital may only be that of the sentence: a single word has to look like an abbreviation or a model.
        return len(TOKEN.findall(match.text)) > 1 or any(
            letter.isupper() or letter.isdigit() for letter in match.text[1:]
        )
    return len(match.text) > 3


def _is_part_of_name(match: TermMatch, text: str) -> bool:
    """Whether a one-word name stands in a longer one that is not known: Continental Farmers' Union, Lai Shanshan."""
    if (
        match.entry.own
        or match.entry.kind in ("carmaker", "city")
        or " " in match.text
        or match.text[1:].lower() != match.text[1:]
    ):
        return match.text.isupper() and match.entry.en != match.text and len(match.text) > 4 and not text.isupper()
    before, after = text[: match.start].rstrip(" "), text[match.end :]
    return bool(_NAME_AFTER.match(after)) or (bool(_NAME_BEFORE.search(before[-24:])) and len(before) < match.start)


_NAME_AFTER = re.compile(r" [A-Z][a-z]")
_NAME_BEFORE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+$")


def _is_fixed(entry: TermEntry) -> bool:
    return entry.own or (entry.is_about(PEOPLE | ORGANISATIONS) and entry.kind not in GENERIC_BODIES)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.tsv"))
    if not path.exists():
        raise TermBaseError(f"{path}: no such term file; check the path")
    return [path]


@lru_cache(maxsize=1)
def _starter() -> TermBase:
    return TermBase(_read(sorted(STARTER.glob("*.tsv")), own=False))


def _read(files: Iterable[Path], own: bool) -> tuple[TermEntry, ...]:
    entries: list[TermEntry] = []
    faults: list[str] = []
    for file in files:
        for item in _entries(file, own):
            if isinstance(item, TermEntry):
                entries.append(item)
            else:
                faults.append(item)
    if faults:
        raise TermBaseError(f"{'; '.join(faults)}; the columns are: {', '.join(COLUMNS)}, divided by tabs")
    return tuple(entries)


def _entries(file: Path, own: bool) -> Iterator[TermEntry | str]:
    """The entries of a file, and a sentence for each line that is none."""
    if file.suffix.lower() in (".csv", ".tbx", ".xml"):
        from wivtext.terms.files import read_terms

        yield from (row.entry for row in read_terms(file))
        return
    try:
        text = unicodedata.normalize("NFC", content_of(file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield f"{file}: not UTF-8"
        return
    except OSError as error:
        yield f"{file}: can't be read ({error.strerror})"
        return
    header, *lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    columns = [column.strip() for column in header.split("\t")]
    if "en" not in columns or "zh" not in columns or not set(columns) <= {*COLUMNS, *FORM_COLUMNS}:
        yield f"{file} line 1: the header is {header.strip()[:60]!r}"
        return
    for number, line in enumerate(lines, start=2):
        if line.strip() and not ("status" in columns and _is_open(line, columns)):
            yield _entry(line.rstrip("\r"), columns, file.stem, own) or f"{file} line {number}: {_fault(line, columns)}"


def _entry(line: str, columns: list[str], topic: str, own: bool) -> TermEntry | None:
    cells = line.split("\t")
    if len(cells) > len(columns):
        return None
    row = dict(zip(columns, map(str.strip, cells), strict=False))
    en, zh = row.get("en", ""), row.get("zh", "")
    if not en or not zh:
        return None
    return TermEntry(
        en,
        zh,
        row.get("kind", "person" if "status" in columns else ""),
        _variants(row.get("en_variants", "")),
        _variants(row.get("zh_variants", "")),
        row.get("note", ""),
        topic,
        own,
    )


def _is_open(line: str, columns: list[str]) -> bool:
    """Whether a row of a form of names is still to be filled in."""
    row = dict(zip(columns, map(str.strip, line.split("\t")), strict=False))
    return not row.get("en") or not row.get("zh")


def _variants(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|")))) if cell else ()


def _fault(line: str, columns: list[str]) -> str:
    cells = line.split("\t")
    if len(cells) > len(columns):
        return f"{len(cells)} columns instead of {len(columns)}"
    return "en or zh is empty"
