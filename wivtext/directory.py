"""The speakers of a corpus, each once: who spoke in which documents, under which names and in which posts.

One name is one person, in whichever language a document wrote it, unless the organisations contradict each other:
Jane Roe of Foo Motors and Jane Roe of Bar University are two.

>>> from dataclasses import replace
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
from dataclasses import dataclass
from typing import Literal

from wivtext.attribution.lexicons import chinese, english
from wivtext.records import Brief, Displayed, Line, Speaker, SpeakerBrief
from wivtext.typography import is_chinese

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


def speakers_of(briefs: Iterable[Brief]) -> tuple[CorpusSpeaker, ...]:
    """The speakers of all these briefs, each once, those heard in most documents first."""
    return directory((brief.document.name, part) for brief in briefs for part in brief.speakers)


def directory(parts: Iterable[tuple[str, SpeakerBrief]]) -> tuple[CorpusSpeaker, ...]:
    """Speakers with the name of their document, each once: of most documents and statements first, then by name."""
    groups: list[list[tuple[str, SpeakerBrief]]] = []
    of: dict[str, list[list[tuple[str, SpeakerBrief]]]] = {}
    for document, part in parts:
        keys = list(_keys(document, part))
        known = [group for key in keys for group in of.get(key, ())]
        group = next((group for group in known if all(_agree(part, other) for _, other in group)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append((document, part))
        for key in keys:
            if not any(other is group for other in of.setdefault(key, [])):
                of[key].append(group)
    return tuple(sorted(map(_entry, groups), key=lambda one: (-len(one.documents), -one.statements, one.name.en)))


def _keys(document: str, part: SpeakerBrief) -> Iterator[str]:
    """What tells that two entries may be one: the name in either language, an organisation's full and short names."""
    speaker = part.speaker
    names = {part.name.en, part.name.zh, speaker.name}
    if speaker.kind == "organisation":
        names.update(alias for alias in speaker.aliases if alias.isupper() or " " in alias or len(alias) > 3)
    for name in names:
        if _proper(name, speaker):
            yield f"{speaker.kind} {_plain(name)}"
        else:
            # "The association" of one document is not that of another.
            yield f"{document} {speaker.kind} {_plain(name)}"


def _proper(name: str, speaker: Speaker) -> bool:
    """Whether a name means the same one in every document."""
    if is_chinese(name):
        return len(name) > 1 and name not in chinese().organisation_heads and name not in chinese().roles
    if speaker.kind == "person":
        return " " in name and not name[0].islower()
    return any(letter.isupper() for letter in name[1:]) or (
        name[0].isupper() and name.lower() not in english().common_words
    )


def _plain(name: str) -> str:
    plain = _TITLES.sub("", name.strip()).casefold().replace("’", "'")
    return re.sub("(?:股份)?有限公司$", "", plain)


def _agree(one: SpeakerBrief, other: SpeakerBrief) -> bool:
    """Whether nothing contradicts that two entries of one name are the same: not two different organisations."""
    if one.speaker.kind == "organisation" or one.organisation is None or other.organisation is None:
        return True
    first, second = one.organisation, other.organisation
    return _alike(first.en, second.en) or _alike(first.zh, second.zh)


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


def _entry(group: list[tuple[str, SpeakerBrief]]) -> CorpusSpeaker:
    parts = [part for _, part in group]
    name = max(
        (part.name for part in parts), key=lambda line: (is_chinese(line.zh), not is_chinese(line.en), len(line.en))
    )
    forms = [form for part in parts for form in (part.name.en, part.name.zh, part.speaker.name, *part.speaker.aliases)]
    said = [{index for statement in part.statements for index in statement.sentences} for part in parts]
    return CorpusSpeaker(
        # A label in capitals is no way to write a name.
        name=Line(name.en.title() if name.en.isupper() and " " in name.en else name.en, name.zh),
        kind=parts[0].speaker.kind,
        role=_fullest([part.role for part in parts]),
        organisation=_fullest([part.organisation for part in parts]),
        aliases=tuple(form for form in dict.fromkeys(forms) if form not in (name.en, name.zh)),
        documents=tuple(dict.fromkeys(document for document, _ in group)),
        statements=sum(len(part.statements) for part in parts),
        sentences=sum(map(len, said)),
    )


def _fullest(lines: Iterable[Line | None]) -> Line | None:
    """The line most documents agree on; of those as frequent the one known in both languages, then the longest."""
    known = [line for line in lines if line is not None]
    counts = Counter(line.en for line in known)
    best = max(known, key=lambda line: (counts[line.en], line.en != line.zh, len(line.en)), default=None)
    return None if best is None else Line(best.en, best.zh)
