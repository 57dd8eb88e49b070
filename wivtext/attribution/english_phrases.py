"""Noun phrases that name nobody and yet may speak: officials, two people familiar with the matter, a report by X.

>>> from wivtext.attribution.english_mentions import mentions
>>> from wivtext.attribution.roster import Roster
>>> found = mentions("A person close to the talks said so.", (), Roster([]))
>>> before(found, 5)
Phrase(first=0, head=1, stop=6, kind='person')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wivtext.attribution.english_mentions import DETERMINERS, Found, at, mention_of
from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Form, Mention

Kind = Literal["person", "group", "organisation", "document", "other"]
_MARKS = frozenset(',;:.!?—–-“”"()[]「」…')
_CLAUSES = frozenset(
    ["that", "but", "while", "as", "although", "though", "when", "if", "because", "since", "so", "whereas", "where",
     "than", "until", "unless", "once", "how", "why", "what", "whether"]
)  # fmt: skip
_RELATIVES = frozenset(["who", "whose", "which", "that", "whom"])
_COLLECTIVES = frozenset(
    ["police", "parliament", "management", "congress", "customs", "opposition", "kremlin", "media"]
)
_AUXILIARIES = frozenset(
    ["has", "have", "had", "is", "are", "was", "were", "will", "would", "can", "could", "did", "does"]
)
_EITHER = frozenset(["data", "media", "staff", "opposition", "government", "management", "team", "council", "panel"])
# Said before a noun, these are no part of what a source is called.
_DROPPED = DETERMINERS | {
    "one",
    "another",
    "some",
    "many",
    "most",
    "several",
    "all",
    "any",
    "both",
    "certain",
    "various",
}
# Of what may follow a noun, the words that tell its bearer from others.
_LASTING = frozenset(["familiar", "close", "privy", "briefed", "involved", "knowledgeable", "responsible", "aware"])
_WIDTH = 8
_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `stop` (exclusive); `head` is the noun that says what speaks."""

    first: int
    head: int
    stop: int
    kind: Kind


@lru_cache(maxsize=8192)
def kind_of_noun(word: str) -> Kind | None:
    """What a noun in small letters may be as a source, None where it can't be one.

    >>> [kind_of_noun(word) for word in ("analyst", "analysts", "ministry", "survey", "bridge")]
    ['person', 'group', 'organisation', 'document', None]
    """
    words = english()
    if word in words.groups or word in words.lone_sources:
        return "group"
    if word in words.document_nouns:
        return "document"
    if word in words.organisation_nouns:
        return "organisation"
    if is_role(word) or word in words.parties:
        return "person"
    if is_role(_singular(word)) or _singular(word) in words.parties:
        return "group"
    return "organisation" if word.endswith("s") and _singular(word) in words.organisation_nouns else None


def before(found: Found, last: int, *, anything: bool = False) -> Phrase | None:
    """The phrase that ends at token `last`; with `anything` its head may be any noun with a determiner."""
    start = _clause_start(found, last)
    if start > last or at(found, start - 1) == "than":
        return None
    for head in range(start, last + 1):
        kind = kind_of_noun(found.tokens[head].lower) if _noun(found, head) else None
        if kind is None or not (head == last or modifies(found, head + 1, last)):
            continue
        first = _first(found, head, start)
        if first is not None and (first == start or not _governed(found, first, start)) and _stands(found, first, head):
            return Phrase(_quantified(found, first, start), head, last + 1, kind)
    return _unknown(found, start, last) if anything else None


def after(found: Found, first: int, *, anything: bool = False) -> Phrase | None:
    """The phrase that begins at token `first`, without what a comma or a clause adds."""
    words = english()
    head, kind, index = -1, None, first
    while index < len(found.tokens) and index - first < _WIDTH and _inside(found, index):
        if kind is not None and found.tokens[index].lower in words.postmodifiers:
            break
        noun = kind_of_noun(found.tokens[index].lower) if _noun(found, index) else None
        if noun is not None or (kind is None and not found.tokens[index].possessive):
            head, kind = index, noun
        index += 1
    if head < 0:
        return None
    if kind is None and at(found, head + 1) == "of" and found.tokens[head].lower in words.quantities:
        return _after_of(found, first, head)
    if kind is None and not (anything and at(found, first) in DETERMINERS and _may_speak(found, head)):
        return None
    return Phrase(first, head, _end(found, head + 1), kind or "other")


def owner(found: Found, last: int) -> Phrase | None:
    """The phrase whose last word, at token `last`, owns what follows: the union's complaint, management's answer."""
    kind = kind_of_noun(found.tokens[last].lower)
    first = _first(found, last, _clause_start(found, last))
    return Phrase(first, last, last + 1, kind) if kind is not None and first is not None else None


def plural(found: Found, phrase: Phrase) -> bool | None:
    """Whether several speak, None where the noun may be either: the police, data, one of many."""
    word = found.tokens[phrase.head].lower
    partitive = phrase.first + 1 < phrase.head and at(found, phrase.first + 1) == "of"
    if partitive or word in _COLLECTIVES | _EITHER | english().lone_sources:
        return None
    if phrase.kind == "group" or word in ("women", "men", "people", "children"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "news"))


def mention(found: Found, phrase: Phrase) -> Mention:
    """The phrase up to its head as a mention; the description goes on to its end, without article or owner."""
    form: Form = "role" if phrase.kind == "person" else "organisation"
    head = found.tokens[phrase.head].lower
    result = mention_of(found, phrase.first, phrase.head + 1, form, head)
    first, stop = phrase.first, phrase.stop
    if phrase.kind in ("organisation", "other", "document") and at(found, phrase.head + 1) not in ("of", "for"):
        stop = phrase.head + 1
    stop = next((index for index in range(phrase.head + 1, stop) if _ends_name(found, index)), stop)
    while first < phrase.head and at(found, first) in _DROPPED and at(found, first + 1) != "of":
        first += 1
    whole = mention_of(found, first, stop, form, head)
    result.description = _lowered(found, first, whole.text)
    result.several = phrase.kind == "group"
    return result


def _ends_name(found: Found, index: int) -> bool:
    """Whether a clause or a participle begins here that is no part of what a source is called: residents reached by."""
    lower = at(found, index)
    return lower in _RELATIVES or (lower in english().postmodifiers and lower not in _LASTING)


def _lowered(found: Found, first: int, text: str) -> str:
    """The text, its first letter small where only the sentence's start gave it a capital."""
    words = english()
    token = found.tokens[first]
    if not token.capital or (len(token.word) > 1 and token.word[1].isupper()):
        return text
    everyday = token.lower in words.common_words or kind_of_noun(token.lower) or token.lower in words.quantifiers
    return text[0].lower() + text[1:] if everyday else text


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else ""


def _noun(found: Found, index: int) -> bool:
    """Whether a token may be the noun at the head of a phrase: unquoted, no possessor."""
    token = found.tokens[index]
    return not (found.masked[index] or token.possessive) and token.text[0].isalpha()


def _clause_start(found: Found, last: int) -> int:
    """Where the stretch of words begins that ends at `last`: after a mark, a quotation or a conjunction."""
    index = last
    while index >= 0 and last - index < _LENGTH:
        token = found.tokens[index]
        if found.masked[index] or token.text in _MARKS or (token.lower in _CLAUSES and not _relative(found, index)):
            break
        index -= 1
    return index + 1


def _relative(found: Found, index: int) -> bool:
    """Whether "that" begins a relative clause of a noun that speaks: the committee that drafted it."""
    return found.tokens[index].lower == "that" and kind_of_noun(at(found, index - 1)) is not None


def _inside(found: Found, index: int) -> bool:
    """Whether a token may belong to a noun phrase up to its head."""
    token = found.tokens[index]
    if found.masked[index] or token.lower in english().function_words or token.lower in english().links:
        return False
    if token.text in ("'", "’", "&", "%"):
        return True
    return token.text[0].isalnum() and token.lower not in _RELATIVES | {"and", "or"} and not _verb(found, index)


def _verb(found: Found, index: int) -> bool:
    """Whether a token is a verb of saying and no noun, adjective or name."""
    token = found.tokens[index]
    words = english()
    if token.capital or token.lower not in words.reporting_verbs or token.lower in words.noun_forms:
        return False
    determined = at(found, index - 1) in DETERMINERS
    return not determined and kind_of_noun(token.lower) is None


def _first(found: Found, head: int, start: int) -> int | None:
    """Where the noun phrase begins whose head stands at `head`."""
    index = head
    while index > start and head - index < _WIDTH and not _begins(found, index) and _inside(found, index - 1):
        if found.tokens[index - 1].lower in english().adverbs and at(found, index - 2) not in DETERMINERS:
            break
        index -= 1
    if index > start + 1 and at(found, index - 1) in ("and", "or") and at(found, index) not in DETERMINERS:
        joined = _first(found, index - 2, start)  # the health and safety regulator; Fatima and her husband
        return joined if joined is not None and at(found, joined) in DETERMINERS else index
    return index


def _begins(found: Found, index: int) -> bool:
    """Whether a word only begins noun phrases: the, several, both."""
    if at(found, index) in DETERMINERS:
        return True
    return at(found, index) in english().quantifiers and at(found, index - 1) not in DETERMINERS


def _governed(found: Found, first: int, start: int) -> bool:
    """Whether a phrase only belongs to another: the daughter [of the president]."""
    if at(found, first - 1) not in english().links or first - 2 < start:
        return False
    return found.tokens[first - 2].lower not in english().quantities and found.tokens[first - 2].text[0].isalpha()


def _quantified(found: Found, first: int, start: int) -> int:
    """The phrase with how many speak before it: a quarter of residents, some of the officials."""
    if first - 2 < start or at(found, first - 1) != "of":
        return first
    return first - 3 if first - 3 >= start and at(found, first - 3) in DETERMINERS else first - 2


def _stands(found: Found, first: int, head: int) -> bool:
    """Whether the phrase can be a subject: a lone source needs no more, a noun in the singular a determiner."""
    token, words = found.tokens[head], english()
    if token.lower in words.lone_sources and head == first:
        return first == 0 or found.tokens[first - 1].text in _MARKS or at(found, first - 1) in _CLAUSES | {"and"}
    if kind_of_noun(token.lower) == "group" or token.lower in _COLLECTIVES or token.lower.endswith("s"):
        return True
    opening = found.tokens[first]
    determined = opening.lower in DETERMINERS | words.quantifiers or opening.capital or opening.possessive
    if kind_of_noun(token.lower) == "document" and not found.masked[first]:
        return determined or at(found, head + 1) in words.links | words.postmodifiers
    return determined or (first < head and any(found.tokens[index].possessive for index in range(first, head)))


def modifies(found: Found, first: int, last: int) -> bool:
    """Whether tokens `first` to `last` go on a noun phrase: of the bank, familiar with it, who asked that."""
    words = english()
    opening = found.tokens[first].lower
    if opening in _RELATIVES:
        return True
    if opening not in words.links and opening not in words.postmodifiers:
        return False
    for index in range(first, last + 1):
        lower = found.tokens[index].lower
        if lower in _RELATIVES:
            return True
        if lower in DETERMINERS and index > first and not _takes_object(found, index - 1):
            return False
        if lower in _AUXILIARIES or (lower not in words.postmodifiers and _verb(found, index)):
            return False
    return True


def _takes_object(found: Found, index: int) -> bool:
    """Whether a new noun phrase may follow a token without a mark: of [the bank], reviewed by [the paper]."""
    lower = found.tokens[index].lower
    words = english()
    return lower in words.links | words.postmodifiers | {"and", "or"} or lower.endswith(("ed", "ing"))


def _end(found: Found, index: int) -> int:
    """Where what follows a head ends: before a mark, a clause or a verb."""
    first = index
    while index < len(found.tokens) and index - first < _LENGTH // 2 and not found.masked[index]:
        token = found.tokens[index]
        if token.text in _MARKS or token.lower in _CLAUSES or token.lower in ("and", "or", "after", "before"):
            break
        index += 1
    if index == first or not modifies(found, first, index - 1) or index - first == _LENGTH // 2:
        return first
    return index


def _after_of(found: Found, first: int, head: int) -> Phrase | None:
    inner = after(found, head + 2)
    return Phrase(first, inner.head, inner.stop, inner.kind) if inner is not None else None


def _unknown(found: Found, start: int, last: int) -> Phrase | None:
    """A subject whose noun says nothing about speaking: the zoo, her sister-in-law."""
    if not _noun(found, last) or not _may_speak(found, last):
        return None
    first = _first(found, last, start)
    if first is None or first == last or _governed(found, first, start):
        return None
    owned = any(found.tokens[index].possessive for index in range(first, last))  # Halloran's team
    return Phrase(first, last, last + 1, "other") if owned or at(found, first) in DETERMINERS else None


def _may_speak(found: Found, head: int) -> bool:
    words, token = english(), found.tokens[head]
    if token.lower in words.abstract_nouns or token.word in words.calendar or token.lower in words.adverbs:
        return False
    return token.lower not in words.function_words | words.postmodifiers and not token.text[0].isdigit()
