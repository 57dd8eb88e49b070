"""Who an English sentence names or points at: names, pronouns, "the chief technology officer".

>>> from wivtext.attribution.names import people
>>> text = "Zhang Xinghai, Chairman of Seres, said that he had met the mayor."
>>> [(mention.text, mention.form) for mention in mentions(text, (), Roster(people([text]))).mentions]
[('Zhang Xinghai', 'name'), ('Seres', 'organisation'), ('he', 'pronoun'), ('the mayor', 'role')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Cue, Form, Mention
from wivtext.attribution.names import Run, Token, runs_of, tokenize
from wivtext.attribution.post_words import posts
from wivtext.attribution.roster import Roster

__all__ = ["DETERMINERS", "Found", "Roster", "at", "demonym", "mention_of", "mentions", "starting"]

DETERMINERS = frozenset(
    ["the", "its", "his", "her", "their", "our", "my", "your", "this", "that", "these", "those", "a", "an"]
)
_REACH = 6


@dataclass(slots=True)
class Found:
    """What a sentence holds: its words, mentions in order, cues in order; `masked` words are quoted."""

    tokens: Sequence[Token]
    mentions: list[Mention] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    masked: list[bool] = field(default_factory=list)


def mentions(text: str, quoted: Sequence[tuple[int, int]], roster: Roster) -> Found:
    """The words and mentions of a sentence; `quoted` are its quotations, where nobody is looked for."""
    tokens = tokenize(text)
    found = Found(tokens, masked=[any(a < token.start < b - 1 for a, b in quoted) for token in tokens])
    for run in _whole_organisations(tokens, runs_of(text)):
        mention = _name(found, run, roster)
        if mention is not None and not found.masked[mention.token]:
            found.mentions.append(mention)
    taken = {index for mention in found.mentions for index in range(mention.token, mention.stop)}
    for index, token in enumerate(tokens):
        if index not in taken and not found.masked[index] and token.lower in ("he", "she"):
            found.mentions.append(mention_of(found, index, index + 1, "pronoun", token.lower))
    _roles(found, taken)
    found.mentions.sort(key=lambda mention: mention.start)
    return found


def _name(found: Found, run: Run, roster: Roster) -> Mention | None:
    words = [token.word for token in found.tokens[run.first : run.stop]]
    for first in range(len(words)):
        for stop in range(len(words), first, -1):
            text = " ".join(words[first:stop])
            candidates = roster.named(text)
            if candidates:
                form: Form = "name" if candidates[0].name == text else "partial"
                head = found.tokens[run.first + first - 1].word if run.first + first else ""
                mention = mention_of(found, run.first + first, run.first + stop, form, head)
                mention.candidates = candidates
                return mention
    if run.first == 0 and _abstract(run.text):
        return None
    if run.text in english().places or run.text.lower() in english().common_words or demonym(run.text):
        return None
    return mention_of(found, run.first, run.stop, "organisation", "")


def _abstract(text: str) -> bool:
    """Whether the word a sentence begins with is no name but an everyday noun: Insecurity, Construction."""
    return " " not in text and text.endswith(("ity", "ness", "ment", "tion", "tions", "sion", "ance", "ence", "ism"))


def _roles(found: Found, taken: set[int]) -> None:
    """Noun phrases like "the chief technology officer" and "the academician"."""
    tokens = found.tokens
    for index, token in enumerate(tokens):
        if found.masked[index] or index in taken or token.possessive:
            continue
        if not (is_role(token.lower) or token.lower in english().parties):
            continue
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and (is_role(after.lower) or index + 1 in taken):
            continue
        first = _phrase_start(found, index)
        if first is not None:
            found.mentions.append(mention_of(found, first, index + 1, "role", token.lower))


def _phrase_start(found: Found, head: int) -> int | None:
    for index in range(head - 1, max(-1, head - _REACH), -1):
        token = found.tokens[index]
        if token.lower in DETERMINERS or token.lower in ("one", "another") or token.possessive:
            return index
        if not token.text[0].isalnum() or token.lower in english().reporting_verbs:
            return None
    return None


def _whole_organisations(tokens: Sequence[Token], found: Sequence[Run]) -> list[Run]:
    """Runs, those joined that "of" makes one name: Institute of Transport Data, Ministry of Economy and Finance."""
    whole: list[Run] = []
    for run in found:
        last = whole[-1] if whole else None
        link = [token.lower for token in tokens[last.stop : run.first]] if last is not None else []
        joins = link in (["of"], ["of", "the"], ["for"]) or (
            link == ["and"] and last is not None and " of " in last.text
        )
        if last is not None and joins and _institution(tokens, last):
            text = " ".join(token.word for token in tokens[last.first : run.stop])
            whole[-1] = Run(last.first, run.stop, text)
        else:
            whole.append(run)
    return whole


def _institution(tokens: Sequence[Token], run: Run) -> bool:
    """Whether a name's last word is that of a body which "of" goes on naming, and is no possessor."""
    return not tokens[run.stop - 1].possessive and (tokens[run.stop - 1].word in english().bodies or " of " in run.text)


def demonym(text: str) -> bool:
    """Whether a word with a capital only says where somebody is from.

    >>> demonym("Canadian"), demonym("Seres")
    (True, False)
    """
    if text in posts().demonyms:
        return True
    return " " not in text and text.endswith(("ese", "ean", "ish", "ian", "ans", "ians", "can")) and len(text) > 5


def mention_of(found: Found, first: int, stop: int, form: Form, head: str) -> Mention:
    """Tokens `first` to `stop` (exclusive) as a mention; `head` is the noun that says what it is."""
    tokens = found.tokens
    start, end = tokens[first].start, tokens[stop - 1].start + len(tokens[stop - 1].word)
    text = " ".join(
        token.text if token.text != token.word and index < stop - 1 else token.word
        for index, token in enumerate(tokens[first:stop], first)
    )
    return Mention(start, end, text.replace(" ' ", "' ").replace(" ’ ", "’ "), form, head=head, token=first, stop=stop)


def starting(found: Found, index: int) -> Mention | None:
    """The mention that begins at token `index`."""
    return next((mention for mention in found.mentions if mention.token == index), None)


def at(found: Found, index: int) -> str:
    """The token at `index` in small letters, "" outside the sentence."""
    return found.tokens[index].lower if 0 <= index < len(found.tokens) else ""
