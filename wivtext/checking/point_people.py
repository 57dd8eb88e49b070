"""People whom a line of a summary names, against those whom the sentences it cites name or who say them.

The line may be in the other language: 夏文静 is Xia Wenjing by her pinyin, 哈达德 is Haddad by its sound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wivtext.checking.claims import HANZI, missing, pattern, sayer_en
from wivtext.checking.namesakes import may_be_same
from wivtext.checking.opening_names import opening_names
from wivtext.checking.pinyin import is_pinyin
from wivtext.checking.sounds import latin_names, names_alike
from wivtext.records import Finding, Language

if TYPE_CHECKING:
    from wivtext.attribution.mentions import Entity

_CAPITALS = re.compile(r"[A-Z]+s?")
_DOTS = re.compile("[·•・]")
# 首席执行官涂可承认: what stands before the verb ends in the name.
_SAYER_ZH = re.compile(
    r"([\u3400-\u9fff·]{2,24}?)(?:表示|说|称|认为|指出|强调|介绍|透露|宣布|承诺|警告|反对|支持|主张|坦言|回应|否认|呼吁|提醒|预计|解释)"
)
_OPENING_EN = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+){0,2}) [a-z]")
_ROMAJI = re.compile(r"(?:[kgsztdnhbpmyrwjf]?h?y?[aeiou]|n|tsu|shi|chi){1,8}", re.IGNORECASE)
_LONGEST, _SHORTEST, _NATIVE = 5, 2, 3  # characters of a name after a role, and of a Chinese one


class Person(NamedTuple):
    """A full name, and the short forms that nobody else in the document shares."""

    name: str
    parts: frozenset[str]

    def is_in(self, text: str) -> bool:
        """Whether a text names the person, in whatever form."""
        return any(part in text for part in (self.name, *self.parts))


class Around(NamedTuple):
    """What stands behind a line: its sentences, those before them, the whole document, and who says the sentences."""

    sentences: Sequence[str]
    before: Sequence[str]
    document: Sequence[str]
    speakers: Sequence[str]

    def names(self, person: Person, is_sayer: bool) -> bool:
        """Whether the sentences are about a person; where it is known who says them, nobody else does."""
        before = () if is_sayer and self.speakers else self.before
        return person.is_in(" ".join((*self.sentences, *self.speakers, *before)))


def people(text: str, language: Language, behind: Around, spoken: Language) -> Iterator[Finding]:
    """People of the line that its sentences neither name nor quote, if by surname only.

    >>> behind = Around(["She opposed the deal."], ["Maria Keller is mayor."], ["Jonas Brandt left."], ["Maria Keller"])
    >>> {one.target for one in people("Jonas Brandt opposed the deal.", "en", behind, "en")}
    {'Jonas Brandt'}
    >>> [one.target for one in people("玛丽亚·凯勒反对这项协议。", "zh", behind, "en")]
    []
    """
    known = _known_people(spoken, (*behind.document, *behind.speakers))
    if language == spoken:
        yield from _named_here(text, language, behind, known)
    else:
        yield from _named_across(text, language, behind, known)


def _named_here(text: str, language: Language, behind: Around, known: Sequence[Person]) -> Iterator[Finding]:
    for person in known:
        called = [part for part in (person.name, *person.parts) if _has_name(part, text)]
        if called and not behind.names(person, any(_says(name, text, language) for name in called)):
            yield missing(max(called, key=len))
    finder, source = _finder(language), " ".join((*behind.sentences, *behind.before, *behind.speakers))
    for one in finder.people([text]):
        name = one.name
        if (language == "zh" and not _is_surely_name(one, text)) or _CAPITALS.fullmatch(name.split()[-1]):
            continue
        # A name in characters may have taken in the word after it.
        shorter = name[:-1] if language == "zh" and len(name) == 3 else name
        if not any(part in source for part in (name, shorter, *finder.name_parts(name))):
            yield missing(name)
    if language == "zh":
        everything = source + " ".join(behind.document)
        yield from (missing(name) for name, sure in opening_names(text) if sure and name not in everything)


def _named_across(text: str, language: Language, behind: Around, known: Sequence[Person]) -> Iterator[Finding]:
    """Names that are somebody's of the document who is not here, or nobody's."""
    names_here = latin_names(" ".join((*behind.sentences, *behind.speakers)))
    for name, is_sure in _names_of(text, language):
        meant = [
            person for person in known if any(_may_be(name, form, language) for form in (person.name, *person.parts))
        ]
        is_here = any(behind.names(person, _says(name, text, language)) for person in meant)
        is_here = is_here or (language == "zh" and any(may_be_same(other, name) for other in names_here))
        if not is_here and (meant or (is_sure and _is_nobody(name, language, behind, known))):
            yield missing(name)


def _names_of(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The people of a line, and whether it is sure that they are: who opens it may be a firm."""
    found = [one for one in _finder(language).people([text]) if not _CAPITALS.fullmatch(one.name.split()[-1])]
    sure = [one.name for one in found if (_is_person if language == "en" else _is_surely_name)(one, text)]
    yield from ((name, True) for name in sure)
    if language == "zh" and not sure:
        yield from opening_names(text)
    opening = _SAYER_ZH.match(text) if language == "zh" else _sayer(text)
    if opening and not any(opening[1] in name or name in opening[1] for name in sure) and not _is_common(opening[1]):
        yield opening[1], False


def _sayer(text: str) -> re.Match[str] | None:
    """Who opens an English line: anybody who says something, or else a person."""
    from wivtext.attribution.lexicons import english
    from wivtext.attribution.names import pinyin

    opening, known = _OPENING_EN.match(text), english()
    words = opening[1].split() if opening else []
    people = known.given_names | known.surnames | known.pinyin_surnames
    is_person = bool(words) and (words[0] in people or pinyin(" ".join(words)))
    return sayer_en().match(text) or (opening if is_person else None)


def _is_common(opening: str) -> bool:
    from wivtext.attribution.lexicons import english

    return opening.split()[0].lower() in english().common_words


def _is_person(person: Entity, text: str) -> bool:
    """Whether words with capitals are a person, not a firm: a given name known, or pinyin."""
    from wivtext.attribution.lexicons import english
    from wivtext.attribution.names import pinyin

    words, known = person.name.split(), english()
    return pinyin(person.name) or words[0] in known.given_names or words[-1] in known.surnames


def _may_be(name: str, other: str, language: Language) -> bool:
    """Whether a name of a line, which is in `language`, may be one of the other language."""
    if language == "en":
        return may_be_same(name, other)
    if "·" in name:
        return may_be_same(other, name)
    ends = (name[-size:] for size in range(_SHORTEST, min(_LONGEST, len(name)) + 1))
    return any(may_be_same(other, end) for end in ends if _is_like_name(end))


def _is_like_name(hanzi: str) -> bool:
    """Whether characters look like a name: a surname first, or all of those that foreign names are spelled with."""
    from wivtext.attribution.lexicons import chinese

    words = chinese()
    if all(char in words.transliteration for char in hanzi):
        return True
    return hanzi[0] in words.surnames and all(char in words.given_characters for char in hanzi[1:])


def _is_nobody(name: str, language: Language, behind: Around, known: Sequence[Person]) -> bool:
    """Whether nobody in the document can be meant: no name sounds like it, and none is spelled in a way of its own."""
    text = " ".join((*behind.document, *behind.sentences, *behind.before, *behind.speakers))
    if name in text:
        return False
    if language == "zh":
        people = [person.name for person in known]
        there = [*latin_names(" ".join((*behind.sentences, *behind.before, *behind.speakers))), *people]
        is_named = any(may_be_same(other, name) for other in there)
        is_named = is_named or (not _DOTS.search(name) and not _is_like_native(name) and names_alike(name, there))
        return not is_named and (_DOTS.search(name) is not None or not any(map(_is_spelled_otherwise, people)))
    words = name.replace("-", " ").split()
    if "-" in name or len(words) < 2 or all(_ROMAJI.fullmatch(word) or is_pinyin(word.lower()) for word in words):
        return False  # pinyin has a check of its own; Koreans and Japanese have characters that tell nothing
    from wivtext.attribution.chinese_names import transliterated

    return not any(may_be_same(name, other) for other in (*transliterated(text), *(person.name for person in known)))


def _is_like_native(name: str) -> bool:
    from wivtext.attribution.lexicons import chinese

    return name[0] in chinese().frequent_surnames and len(name) <= _NATIVE


def _is_spelled_otherwise(name: str) -> bool:
    """Whether a name's characters are not known from its letters: Baek Ji-won, Nishikawa Mariko, Nguyen Thi Hoa."""
    words = name.split()
    spelled = [is_pinyin(word.lower().replace("'", "")) for word in words]
    if len(words) < 2 or all(spelled):
        return False
    return "-" in name or any(spelled) or all(_ROMAJI.fullmatch(word) for word in words) or words[0] in _VIETNAMESE


_VIETNAMESE = frozenset(
    ["Nguyen", "Tran", "Le", "Pham", "Hoang", "Phan", "Vu", "Vo", "Dang", "Bui", "Do", "Trinh", "Lam"]
)


def _says(name: str, text: str, language: Language) -> bool:
    """Whether a line gives what it says as somebody's words."""
    if text.startswith(name):
        return True
    ends = [match.end() for match in re.finditer(re.escape(name), text)]
    return language == "zh" and any(pattern("speaks_zh").match(text, end) for end in ends)


def _finder(language: Language) -> Any:
    from wivtext.attribution import chinese_names
    from wivtext.attribution import names as english_names

    return chinese_names if language == "zh" else english_names


@lru_cache(maxsize=64)
def _known_people(language: Language, document: tuple[str, ...]) -> tuple[Person, ...]:
    """Who is named in a document, and by which short forms."""
    finder = _finder(language)
    named = [(person.name, finder.name_parts(person.name)) for person in finder.people(document)]
    counts = Counter(part for name, parts in named for part in {name, *parts})
    return tuple(Person(name, frozenset(part for part in parts if counts[part] == 1)) for name, parts in named)


def _has_name(name: str, text: str) -> bool:
    """Whether a text has a name, in Latin letters as words of their own."""
    if HANZI.match(name):
        return name in text
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _is_surely_name(person: Entity, text: str) -> bool:
    """Whether characters are a name beyond doubt: 高海 in 高海拔 and 许诺 look like names too."""
    name = person.name
    if not HANZI.match(name) or "·" in name or person.role:
        return True
    # 官方承诺: a name begins where no word is cut.
    ends = [match.end() for match in re.finditer(rf"(?<![\u3400-\u9fff]){re.escape(name)}", text)]
    if len(name) == 3 and any(pattern("goes_on_zh").match(text, end) for end in ends):
        return True
    return any(pattern("speaks_zh").match(text, end) for end in ends)
