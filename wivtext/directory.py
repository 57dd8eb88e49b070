"""The speakers of a corpus, each once: who spoke in which documents, under which names and in which posts.

One name is one person, in whichever language a document wrote it, unless the organisations contradict each other:
Jane Roe of Foo Motors and Jane Roe of Bar University are two.

>>> from dataclasses import replace
>>> from wivtext.records import Speaker
>>> roe = SpeakerBrief(Speaker("s", "Jane Roe"), Line("Jane Roe", "简·罗"), None, Line("Foo Motors", "福车"), (), ())
>>> [entry.name.zh for entry in directory([("a", roe), ("b", roe)])]
['简·罗']
>>> namesake = replace(roe, organisation=Line("Bar University", "巴大"))
>>> [entry.documents for entry in directory([("a", roe), ("b", namesake)])]
[('a',), ('b',)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from wivtext.attribution.lexicons import chinese, english
from wivtext.records import Brief, Displayed, Line, SpeakerBrief
from wivtext.typography import is_chinese

Pair = tuple[str, str]  # English, Chinese

_TITLES = re.compile(r"^(?:professor|prof\.?|dr\.?|mr\.?|mrs\.?|ms\.?|sir|the) ", re.IGNORECASE)
_SMALL = frozenset(["the", "of", "and", "for", "group", "co", "ltd", "inc", "company", "corp"])


@dataclass(frozen=True, slots=True)
class CorpusSpeaker(Displayed):
    """A person or organisation of a corpus: `aliases` are the other forms used, `documents` those they speak in."""

    name: Line
    kind: Literal["person", "organisation"]
    role: Line | None
    organisation: Line | None
    aliases: tuple[str, ...]
    documents: tuple[str, ...]
    statements: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker in one document: what the directory needs of a `SpeakerBrief`. Pairs are (English, Chinese)."""

    document: str
    kind: Literal["person", "organisation"]
    name: Pair
    written: str
    aliases: tuple[str, ...]
    role: Pair | None
    organisation: Pair | None
    statements: int
    sentences: int

    @classmethod
    def of(cls, document: str, part: SpeakerBrief) -> Appearance:
        """A speaker of the brief of a document."""
        speaker, said = part.speaker, {index for statement in part.statements for index in statement.sentences}
        return cls(
            document,
            speaker.kind,
            (part.name.en, part.name.zh),
            speaker.name,
            speaker.aliases,
            _pair(part.role),
            _pair(part.organisation),
            len(part.statements),
            len(said),
        )


def speakers_of(briefs: Iterable[Brief]) -> tuple[CorpusSpeaker, ...]:
    """The speakers of all these briefs, each once, those heard in most documents first."""
    return directory((brief.document.name, part) for brief in briefs for part in brief.speakers)


def directory(parts: Iterable[tuple[str, SpeakerBrief]]) -> tuple[CorpusSpeaker, ...]:
    """Speakers with the name of their document, each once: of most documents and statements first, then by name."""
    return merged(Appearance.of(document, part) for document, part in parts)


def merged(appearances: Iterable[Appearance]) -> tuple[CorpusSpeaker, ...]:
    """As `directory`; appearances are not kept, so that there may be very many."""
    groups: list[_Group] = []
    of: dict[str, list[_Group]] = {}
    for one in appearances:
        keys = list(_keys(one))
        known = (group for key in keys for group in of.get(key, ()))
        group = next((group for group in known if group.agrees(one)), None)
        if group is None:
            group = _Group(one.kind, one.name)
            groups.append(group)
        group.add(one)
        for key in keys:
            if not any(other is group for other in of.setdefault(key, [])):
                of[key].append(group)
    entries = (group.entry() for group in groups)
    return tuple(sorted(entries, key=lambda one: (-len(one.documents), -one.statements, one.name.en)))


@dataclass(slots=True)
class _Group:
    """What is known of one speaker so far, every form in the order in which it was met."""

    kind: Literal["person", "organisation"]
    name: Pair
    forms: dict[str, None] = field(default_factory=dict)
    roles: Counter[Pair] = field(default_factory=Counter)
    organisations: Counter[Pair] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    statements: int = 0
    sentences: int = 0

    def agrees(self, one: Appearance) -> bool:
        """Whether nothing contradicts that an entry of this name is the same: not two different organisations."""
        if one.kind == "organisation" or one.organisation is None or one.organisation in self.organisations:
            return True
        en, zh = one.organisation
        return all(_alike(en, other[0]) or _alike(zh, other[1]) for other in self.organisations)

    def add(self, one: Appearance) -> None:
        """Take an appearance in."""
        self.name = max(self.name, one.name, key=_fullness)
        self.forms.update(dict.fromkeys((*one.name, one.written, *one.aliases)))
        self.roles.update([one.role] if one.role else [])
        self.organisations.update([one.organisation] if one.organisation else [])
        self.documents[one.document] = None
        self.statements += one.statements
        self.sentences += one.sentences

    def entry(self) -> CorpusSpeaker:
        """The speaker of the corpus."""
        en, zh = self.name
        return CorpusSpeaker(
            # A label in capitals is no way to write a name.
            name=Line(en.title() if en.isupper() and " " in en else en, zh),
            kind=self.kind,
            role=_fullest(self.roles),
            organisation=_fullest(self.organisations),
            aliases=tuple(form for form in self.forms if form not in self.name),
            documents=tuple(self.documents),
            statements=self.statements,
            sentences=self.sentences,
        )


def _keys(one: Appearance) -> Iterator[str]:
    """What tells that two entries may be one: the name in either language, an organisation's full and short names."""
    names = dict.fromkeys((*one.name, one.written))
    if one.kind == "organisation":
        names.update(dict.fromkeys(alias for alias in one.aliases if alias.isupper() or " " in alias or len(alias) > 3))
    for name in names:
        if _proper(name, one.kind):
            yield f"{one.kind} {_plain(name)}"
        else:
            # "The association" of one document is not that of another.
            yield f"{one.document} {one.kind} {_plain(name)}"


def _proper(name: str, kind: str) -> bool:
    """Whether a name means the same one in every document."""
    if is_chinese(name):
        return len(name) > 1 and name not in chinese().organisation_heads and name not in chinese().roles
    if kind == "person":
        return " " in name and not name[0].islower()
    return any(letter.isupper() for letter in name[1:]) or (
        name[0].isupper() and name.lower() not in english().common_words
    )


def _plain(name: str) -> str:
    plain = _TITLES.sub("", name.strip()).casefold().replace("’", "'")
    return re.sub("(?:股份)?有限公司$", "", plain)


def _alike(first: str, second: str) -> bool:
    """Whether two names of organisations can be one: equal, one in the other, or more than half of the words shared."""
    first, second = _plain(first), _plain(second)
    if first == second or first in second or second in first:
        return True
    if is_chinese(first) != is_chinese(second):
        return False
    if is_chinese(first):
        shared = sum((Counter(first) & Counter(second)).values())
        return shared * 2 > max(len(first), len(second))
    one, other = set(re.findall(r"\w+", first)) - _SMALL, set(re.findall(r"\w+", second)) - _SMALL
    return bool(one & other) and len(one & other) * 2 > max(len(one), len(other))


def _pair(line: Line | None) -> Pair | None:
    return (line.en, line.zh) if line else None


def _fullness(name: Pair) -> tuple[bool, bool, int]:
    en, zh = name
    return is_chinese(zh), not is_chinese(en), len(en)


def _fullest(known: Counter[Pair]) -> Line | None:
    """The line most documents agree on; of those as frequent the one known in both languages, then the longest."""
    counts: Counter[str] = Counter()
    for (en, _), times in known.items():
        counts[en] += times
    best = max(known, key=lambda line: (counts[line[0]], line[0] != line[1], len(line[0])), default=None)
    return None if best is None else Line(*best)
