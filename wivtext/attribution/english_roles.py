"""Role and organisation in English: what stands right before a name, or between commas after it.

>>> from wivtext.attribution.names import tokenize
>>> text = "Zhang Xinghai, Chairman of Seres, emphasized that."
>>> describe(text, tokenize(text), 0, 2)
('Chairman', 'Seres')
>>> text = "It works, said Foo Inc chief executive Jane Roe."
>>> describe(text, tokenize(text), 8, 10)
('chief executive', 'Foo Inc')
"""

from __future__ import annotations

from collections.abc import Sequence

from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.names import Token, runs

_LINKS = frozenset(["of", "at", "for", "from", "with", "in"])
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their", "our"])
_STOPS = frozenset(',;.:()—–”"“?!')


def describe(text: str, tokens: Sequence[Token], first: int, stop: int) -> tuple[str | None, str | None]:
    """Role and organisation of the name at tokens `first` to `stop`, each as the document writes it, or None."""
    after = _after(text, tokens, stop)
    before = _before(text, tokens, first)
    organisation = after[1] or before[1] or _complement(text, tokens, stop)
    return after[0] or before[0], organisation


def _after(text: str, tokens: Sequence[Token], stop: int) -> tuple[str | None, str | None]:
    stop = _past_other_script(tokens, stop)
    if stop >= len(tokens) or tokens[stop].text not in (",", "(", "—", "–") or tokens[stop - 1].possessive:
        return None, None
    end = stop + 1
    while end < len(tokens) and tokens[end].text not in _STOPS and end - stop < 22:
        if _speaks(tokens, end):
            break
        end += 1
    return _phrase(text, tokens, stop + 1, end)


def _past_other_script(tokens: Sequence[Token], stop: int) -> int:
    """Behind a name's Chinese form in brackets: Lin Haoran (林浩然), chairman of Foo."""
    if stop + 2 < len(tokens) and tokens[stop].text in ("(", "（") and "\u4e00" <= tokens[stop + 1].text[0] <= "\u9fff":
        while stop < len(tokens) and tokens[stop].text not in (")", "）"):
            stop += 1
        return stop + 1
    return stop


def _speaks(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is a verb of saying that ends the apposition, and no noun or role: a judge, state secretary."""
    token = tokens[index]
    if token.capital or token.lower not in english().reporting_verbs or is_role(token.lower):
        return False
    if token.lower in english().noun_forms or tokens[index - 1].lower in _ARTICLES | {"of"}:
        return False
    return not (index + 1 < len(tokens) and is_role(tokens[index + 1].lower))


def _phrase(text: str, tokens: Sequence[Token], first: int, end: int) -> tuple[str | None, str | None]:
    """ "a general manager of the Thai subsidiary" divided at the first link word after a role word."""
    while first < end and tokens[first].lower in _ARTICLES:
        first += 1
    heads = [index for index in range(first, end) if is_role(tokens[index].lower)]
    if not heads or tokens[first].lower in ("who", "whose", "which", "where"):
        return None, None
    for index in range(heads[0] + 1, end):
        if tokens[index].lower in _LINKS and (place := _organisation(text, tokens, index + 1, end)):
            if any(head > index for head in heads) and not tokens[index + 1].capital:
                continue
            return _cut(text, tokens, first, index), place
    owner = next((index for index in range(first, heads[0]) if tokens[index].possessive), None)
    if owner is not None:
        return _cut(text, tokens, owner + 1, heads[-1] + 1), _organisation(text, tokens, first, owner + 1)
    last = max(heads)
    return _cut(text, tokens, first, max(last + 1, end if end - first <= 7 else last + 1)), None


def _organisation(text: str, tokens: Sequence[Token], first: int, end: int) -> str | None:
    while first < end and tokens[first].lower in _ARTICLES:
        first += 1
    stop = first
    while stop < end and (tokens[stop].capital or tokens[stop].lower in ("of", "for", "and", "the", "de", "&")):
        stop += 1
    while stop > first and not tokens[stop - 1].capital:
        stop -= 1
    return _cut(text, tokens, first, stop)


def _before(text: str, tokens: Sequence[Token], first: int) -> tuple[str | None, str | None]:
    if first == 0 or (not is_role(tokens[first - 1].lower) and tokens[first - 1].text != ","):
        return None, None
    last = first
    if tokens[first - 1].text == ",":
        last = first - 1
        if last == 0 or not is_role(tokens[last - 1].lower):
            return None, None
    start = last - 1
    while start > 0 and (is_role(tokens[start - 1].lower) or tokens[start - 1].lower in english().role_modifiers):
        start -= 1
    while tokens[start].lower == "and":
        start += 1
    if start and _opening_word(tokens, start - 1):
        start -= 1
    return _cut(text, tokens, start, last), _owner(text, tokens, start)


def _opening_word(tokens: Sequence[Token], index: int) -> bool:
    """Whether an everyday word has its capital from the sentence's start: "Agriculture minister"."""
    token = tokens[index]
    everyday = token.capital and not token.possessive and token.lower in english().common_words
    return everyday and (index == 0 or tokens[index - 1].text in _STOPS)


def _owner(text: str, tokens: Sequence[Token], role: int) -> str | None:
    """The organisation right before the role: "Foo Inc chief executive", "Fassbender's head of research"."""
    for run in runs(tokens[:role]):
        if run.stop == role:
            return run.text
    return None


def _complement(text: str, tokens: Sequence[Token], stop: int) -> str | None:
    if stop < len(tokens) and tokens[stop].lower in ("of", "from", "at"):
        return _organisation(text, tokens, stop + 1, min(len(tokens), stop + 9))
    return None


def _cut(text: str, tokens: Sequence[Token], first: int, stop: int) -> str | None:
    if stop <= first:
        return None
    return text[tokens[first].start : tokens[stop - 1].start + len(tokens[stop - 1].word)]
