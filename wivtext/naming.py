"""What a speaker is called in the other language: names, roles, organisations.

A name that is not known stays in the source's own form, or becomes pinyin from Chinese; it is never guessed.

>>> from wivtext.terms import TermBase
>>> name_line(Speaker("s1", "林浩然"), TermBase()).en
'Lin Haoran'
>>> name_line(Speaker("s1", "Jane Roe"), TermBase()).zh
'Jane Roe'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from wivtext.attribution.lexicons import chinese, english
from wivtext.records import Finding, Language, Line, Speaker
from wivtext.role_names import known_role_of
from wivtext.romanization import MIDDLE_DOTS, romanize, surname_of
from wivtext.terms import ORGANISATIONS, PEOPLE, TermBase
from wivtext.typography import is_chinese

KIND = "name"
_FAMILIAR = {"老": "Lao", "小": "Xiao"}
# Bodies are called by what they are; the name of a firm is its own in every language.
_BODY = re.compile(
    r"\b(?:academy|administration|agency|association|authority|board|bureau|cent(?:er|re)|chamber|college|commission"
    r"|committee|confederation|council|court|department|embassy|federation|government|hospital|institut(?:e|ion)"
    r"|laboratory|league|ministry|museum|observatory|office|parliament|party|police|school|secretariat|society|union"
    r"|university)\b",
    re.IGNORECASE,
)


def language_of(text: str) -> Language:
    """The language a name or a title is written in.

    >>> language_of("比亚迪"), language_of("BYD")
    ('zh', 'en')
    """
    return "zh" if is_chinese(text) else "en"


def bilingual(text: str, other: str, findings: tuple[Finding, ...] = ()) -> Line:
    """A line of `text` in its own language and `other` in the other one."""
    return Line(text, other, (), findings) if language_of(text) == "en" else Line(other, text, (), findings)


def name_line(speaker: Speaker, terms: TermBase) -> Line:
    """A person's name in both languages; one that is not known stays as it is, with a finding."""
    other = known_name(speaker, terms)
    if other is None and language_of(speaker.name) == "zh":
        other = None if is_description(speaker.name) else _familiar(speaker.name) or romanize(speaker.name)
    if other is None:
        return bilingual(speaker.name, speaker.name, (unknown(speaker.name),))
    return bilingual(speaker.name, other)


def _familiar(name: str) -> str | None:
    """A surname with "old" or "young" before it: 老田, Lao Tian."""
    surname = romanize(f"{name[1:]}某") if len(name) == 2 else None
    return f"{_FAMILIAR[name[0]]} {surname}" if surname and name[0] in _FAMILIAR else None


def unknown(name: str) -> Finding:
    """What to do about a name that is known in one language only."""
    wanted = "Chinese" if language_of(name) == "en" else "Latin"
    return Finding(KIND, name, "", f"no {wanted} form of {name} is known; add it to corpus/terms")


def known_name(speaker: Speaker, terms: TermBase) -> str | None:
    """The name in the other language, from the document or the term base."""
    kinds = PEOPLE if speaker.kind == "person" else ORGANISATIONS
    found = speaker.name_other or terms.lookup(speaker.name, language_of(speaker.name), kinds)
    if found is None and is_chinese(speaker.name) and is_description(speaker.name):
        return known_role_of(speaker.name, "zh", None, terms)
    return found


def known_role(speaker: Speaker, terms: TermBase) -> str | None:
    """The role in the other language, from the document or the term base."""
    if speaker.role is None:
        return None
    language = language_of(speaker.role)
    return speaker.role_other or known_role_of(speaker.role, language, speaker.organisation, terms)


def known_organisation(speaker: Speaker, terms: TermBase) -> str | None:
    """The organisation in the other language, from the document or the term base."""
    if speaker.organisation is None:
        return None
    return speaker.organisation_other or terms.lookup(
        speaker.organisation, language_of(speaker.organisation), ORGANISATIONS
    )


def translatable(organisation: str) -> bool:
    """Whether an organisation's name says what it is, so that it can be translated; a brand's name can't.

    >>> translatable("Lake Research Institute"), translatable("Oculis Nord"), translatable("澜驰汽车")
    (True, False, True)
    """
    return language_of(organisation) == "zh" or is_description(organisation) or _BODY.search(organisation) is not None


def is_description(name: str) -> bool:
    """Whether a source has no name of its own, and is called by what it is.

    >>> is_description("two people familiar with the matter"), is_description("van Dongen"), is_description("Jane Roe")
    (True, False, False)
    >>> is_description("券商研究员"), is_description("王主任"), is_description("王志远")
    (True, False, False)
    """
    if is_chinese(name):
        return _called_by_role(name)
    first = name.split(" ", 1)[0]
    return first[:1].islower() and first.isascii() and first not in english().particles


def _called_by_role(name: str) -> bool:
    """Whether a Chinese name ends with what people are called by their work, and no surname stands alone before it."""
    role = next((role for role in chinese().roles if len(role) > 1 and name.endswith(role)), "")
    before = name.removesuffix(role)
    return bool(role) and before not in chinese().surnames and before not in chinese().compound_surnames


def name_pairs(speakers: Iterable[Speaker], terms: TermBase) -> list[tuple[str, str]]:
    """What the document's people are called, (English, Chinese), for the translation of their sentences.

    >>> name_pairs([Speaker("s1", "Ilva Brandt", ("Brandt",), name_other="伊尔瓦·布兰特")], TermBase())
    [('Ilva Brandt', '伊尔瓦·布兰特'), ('Brandt', '布兰特')]
    >>> name_pairs([Speaker("s1", "Lin Haoran", ("Lin",), name_other="林浩然")], TermBase())
    [('Lin Haoran', '林浩然'), ('Lin', '林浩然')]

    A Chinese surname doesn't stand alone in Chinese: the full name takes its place, unless two people share it.
    """
    named = [speaker for speaker in speakers if speaker.kind == "person" and not is_description(speaker.name)]
    people = [(speaker, name_line(speaker, terms)) for speaker in named]
    owners = Counter(alias for speaker, _ in people for alias in set(speaker.aliases))
    return [pair for speaker, name in people for pair in _pairs(speaker, name, owners)]


def _pairs(speaker: Speaker, name: Line, owners: Counter[str]) -> Iterator[tuple[str, str]]:
    if is_chinese(name.en):
        return
    yield name.en, name.zh
    for alias in speaker.aliases:
        pair = _surname_pair(name, alias, owners[alias] == 1) if alias != speaker.name else None
        if pair:
            yield pair


def _surname_pair(name: Line, alias: str, is_only: bool) -> tuple[str, str] | None:
    """The pair of a surname that stands alone; None for a pronoun, a role, or what may be a plain word."""
    en_parts = name.en.split()
    zh_parts = [part for part in _split_at_dots(name.zh) if part]
    if alias in en_parts and len(en_parts) > 1 and alias.lower() not in english().common_words:
        if not is_chinese(name.zh):
            return alias, alias
        surname = surname_of(name.zh)
        if surname and alias == en_parts[0]:
            return alias, name.zh if is_only else surname
        return (alias, zh_parts[-1]) if alias == en_parts[-1] and len(zh_parts) > 1 else None
    if len(zh_parts) > 1 and alias == zh_parts[-1] and len(en_parts) > 1:
        return en_parts[-1], alias
    return None


def _split_at_dots(name: str) -> list[str]:
    for dot in MIDDLE_DOTS:
        name = name.replace(dot, "·")
    return name.split("·")
