"""The name book of a corpus: what each of its people is called in English and in Chinese, and who is still to be named.

A person's Chinese name can't be guessed from Latin letters. It comes from the term base, from a document of the corpus
that gives both ("Lin Haoran (林浩然)"), or from the analyst, who fills in the form that a build writes:

    outputs/names.tsv               every person of the corpus, the unknown ones first, with empty cells to fill in
    corpus/terms/filled-names.tsv   what was filled in, kept by the next build; a term file like any other

>>> glosses("Lin Haoran (林浩然), chairman of Lanchi Auto, spoke.")
(('Lin Haoran', '林浩然'),)
>>> glosses("Stella Li (李柯)")
(('Stella Li', '李柯'),)
>>> glosses("首席科学家伊尔瓦·布兰特（Ilva Brandt）说，时间不多了。")
(('Ilva Brandt', '伊尔瓦·布兰特'),)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from wivtext.attribution.chinese_names import transliterated
from wivtext.attribution.names import is_organisation
from wivtext.checking.sounds import sound_alike
from wivtext.contents import content_of
from wivtext.directory import CorpusSpeaker, speakers_of
from wivtext.errors import TermBaseError
from wivtext.memory.cells import harmless, plain
from wivtext.records import Brief, Displayed
from wivtext.romanization import romanize
from wivtext.terms import FORM_COLUMNS
from wivtext.typography import is_chinese

FORM = "names.tsv"
FILLED = "filled-names.tsv"
COLUMNS = ("en", "zh", *FORM_COLUMNS)

_HAN = "[\u4e00-\u9fff]{1,12}(?:[·•・][\u4e00-\u9fff]{1,12}){0,3}"
_LATIN = r"[A-ZÀ-Þ][\w.'’-]{0,30}(?: (?:de|van|von|der|den|bin|al|di|da|la|le|dos|of)){0,2}"
_NAME = rf"{_LATIN}(?: {_LATIN}){{1,4}}"
_LATIN_FIRST = re.compile(rf"(?<![\w'’.-])(?P<en>{_NAME}) ?[（(] ?(?P<zh>{_HAN}) ?[,，;；）)]")
_HAN_FIRST = re.compile(rf"(?P<zh>{_HAN}) ?[（(] ?(?P<en>{_NAME}) ?[,，;；）)]")

_BEGINNING = 6  # characters

Status = Literal["missing", "pinyin", "known"]


@dataclass(frozen=True, slots=True)
class NameEntry(Displayed):
    """A person of a corpus in both languages; an empty `en` or `zh` is not known, and `status` is then "missing".

    With "pinyin" the English form was made from the characters; it is right unless the person writes it otherwise.
    """

    en: str
    zh: str
    pinyin: str = ""
    role_en: str = ""
    role_zh: str = ""
    organisation_en: str = ""
    organisation_zh: str = ""
    documents: tuple[str, ...] = ()
    status: Status = "known"


def name_book(briefs: Iterable[Brief]) -> tuple[NameEntry, ...]:
    """Every person that speaks in these briefs, those whose name is not known in one language first."""
    return name_book_of(speakers_of(briefs))


def name_book_of(speakers: Iterable[CorpusSpeaker]) -> tuple[NameEntry, ...]:
    """As `name_book`, of the speakers of a corpus."""
    entries = [_entry(speaker) for speaker in speakers if speaker.kind == "person"]
    order = {"missing": 0, "pinyin": 1, "known": 2}
    return tuple(sorted((e for e in entries if e is not None), key=lambda e: (order[e.status], e.en or e.zh)))


def _entry(speaker: CorpusSpeaker) -> NameEntry | None:
    en = "" if is_chinese(speaker.name.en) else speaker.name.en
    zh = speaker.name.zh if is_chinese(speaker.name.zh) else ""
    if not _is_name(en or zh):
        return None
    pinyin = (romanize(zh) or "") if zh else ""
    status: Status = "missing" if not (en and zh) else "pinyin" if en == pinyin else "known"
    role, body = speaker.role, speaker.organisation
    return NameEntry(
        en,
        zh,
        pinyin,
        role.en if role else "",
        role.zh if role else "",
        body.en if body else "",
        body.zh if body else "",
        speaker.documents,
        status,
    )


def _is_name(text: str) -> bool:
    """Whether somebody is named, and not described ("a customs official") or only called Roe."""
    if is_chinese(text):
        return len(text) > 1 and (romanize(text) is not None or any(dot in text for dot in "·•・"))
    return " " in text and text[0].isupper() and text.split()[-1][:1].isupper()


def glosses(text: str) -> tuple[tuple[str, str], ...]:
    """The people a text names in both scripts, as (English, Chinese), where both are surely one name."""
    found = [(match["en"], match["zh"]) for pattern in (_LATIN_FIRST, _HAN_FIRST) for match in pattern.finditer(text)]
    pairs = (pair for en, zh in found for pair in _one_name(en, zh))
    return tuple(dict.fromkeys(pairs))


def _one_name(en: str, zh: str) -> Iterator[tuple[str, str]]:
    """The pair, without the words before the name that a bracket explains: 总裁林浩然（Lin Haoran）."""
    if any(dot in zh for dot in "·•・"):
        zh = (transliterated(zh) or [zh])[-1]
    words = en.split()
    for first in range(len(words) - 1):
        name = " ".join(words[first:])
        for start in range(1 if any(dot in zh for dot in "·•・") else len(zh)):
            if _same(name, zh[start:]):
                yield name, zh[start:]
                return


def _same(en: str, zh: str) -> bool:
    if any(dot in zh for dot in "·•・"):
        return sound_alike(zh, [en])
    pinyin = romanize(zh) if 2 <= len(zh) <= 4 else None
    if pinyin is None:
        return False
    surname, _, given = _letters(pinyin).partition(" ")
    first, _, rest = _letters(en).partition(" ")
    if first != surname and _letters(en).split()[-1] == surname and not is_organisation(en):
        return True  # Stella Li (李柯): a given name of one's own choice
    return (first, rest.replace(" ", "")) == (surname, given) or _letters(en).rpartition(" ")[::2] == (given, surname)


def _letters(name: str) -> str:
    """A name in plain small letters: Lü Xiang and Lyu Xiang are one."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.replace("ü", "yu")) if not unicodedata.combining(c))
    return plain.lower().replace("'", "").replace("’", "").replace("-", "")


def pairs_in(text: str, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of `pairs` of which a text has either name.

    >>> pairs_in("Lin Haoran spoke.", [("Lin Haoran", "林浩然"), ("Jane Roe", "简·罗")])
    (('Lin Haoran', '林浩然'),)
    """
    known = tuple(pairs)
    index = _index_of(known)
    # Every piece of the text that a form may begin with, so that thousands of names cost no more than a few.
    pieces = {text[start : start + size] for size in index for start in range(len(text) - size + 1)}
    places = {place for begun in index.values() for piece in begun.keys() & pieces for place in begun[piece]}
    found = (known[place] for place in sorted(places))
    return tuple((en, zh) for en, zh in found if en in text or zh in text)


@lru_cache(maxsize=2)
def _index_of(pairs: tuple[tuple[str, str], ...]) -> dict[int, dict[str, list[int]]]:
    """The places of pairs by the beginnings of their forms, by the length of these."""
    index: dict[int, dict[str, list[int]]] = {}
    for place, pair in enumerate(pairs):
        for form in pair:
            size = min(len(form), _BEGINNING)
            index.setdefault(size, {}).setdefault(form[:size], []).append(place)
    return index


def form(entries: Iterable[NameEntry]) -> str:
    """The form to fill in: a table divided by tabs, one row a person. `written` tells a later build what it wrote."""
    rows = ["\t".join(COLUMNS)]
    for entry in entries:
        cells = [entry.en, entry.zh, entry.pinyin, entry.role_en, entry.role_zh]
        cells += [entry.organisation_en, entry.organisation_zh, " | ".join(entry.documents), entry.status]
        rows.append("\t".join([*(harmless(" ".join(cell.split())) for cell in cells), _mark(entry.en, entry.zh)]))
    return "\n".join(rows) + "\n"


def filled(path: Path) -> tuple[tuple[str, str], ...]:
    """What an analyst filled in or changed in a form, as (English, Chinese). Raises `TermBaseError`."""
    header, *rows = _table(path)
    columns = [cell.strip() for cell in header]
    if not {"en", "zh"} <= set(columns):
        raise TermBaseError(f"{path} line 1: no columns en and zh; give the first line back: {', '.join(COLUMNS)}")
    found = []
    for cells in rows:
        row = dict(
            zip(columns, (unicodedata.normalize("NFC", plain(cell.strip().strip('"'))) for cell in cells), strict=False)
        )
        en, zh = row.get("en", ""), row.get("zh", "")
        if en and zh and row.get("written") != _mark(en, zh):
            found.append((en, zh))
    return tuple(dict.fromkeys(found))


def _table(path: Path) -> list[list[str]]:
    """The cells of a form, as a text editor or a spreadsheet saved it."""
    from wivtext.reading.encodings import decode

    try:
        text = decode(content_of(path), str(path))
    except OSError as error:
        raise TermBaseError(
            f"{path}: can't be read ({error.strerror}); delete it, and the next build makes it"
        ) from None
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()] or [""]
    return [line.split("\t") for line in lines]


def _mark(en: str, zh: str) -> str:
    import hashlib

    return hashlib.sha256(f"{en}\t{zh}".encode()).hexdigest()[:8]
