"""Role and organisation in English: what stands right before a name, between commas after it, or in "who runs ...".

>>> from wivtext.attribution.names import tokenize
>>> text = "Zhang Xinghai, Chairman of Seres, emphasized that."
>>> describe(text, tokenize(text), 0, 2)
Post(role='Chairman', organisation='Seres', whose=None)
>>> text = "It works, said Foo Inc chief executive Jane Roe."
>>> describe(text, tokenize(text), 8, 10)
Post(role='chief executive', organisation='Foo Inc', whose=None)
>>> text = "The bank will wait, said its chief risk officer, Jane Roe."
>>> describe(text, tokenize(text), 11, 13)
Post(role='chief risk officer', organisation=None, whose='its')
"""

from __future__ import annotations

from collections.abc import Sequence

from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Post
from wivtext.attribution.names import Token, is_organisation, pinyin, runs
from wivtext.attribution.post_words import posts

_LINKS = frozenset(["of", "at", "for", "from", "with", "in"])
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their", "our"])
_TITLES = {"Sen": "senator", "Rep": "representative", "Gov": "governor", "Prof": "professor", "Gen": "general"}
_AS = frozenset(["as", "then", "now", "next", "also"])
_OWNERS = frozenset(["its", "their", "his", "her", "our"])
_STOPS = frozenset(',;.:()—–”"“?!')
_COPULAS = frozenset(["is", "was", "became"])
# What goes on about somebody behind the role.
_FURTHER = frozenset(["who", "whose", "which", "but", "no", "not"])
_IN_CHARGE = (("in", "charge", "of"), ("responsible", "for"))


def describe(text: str, tokens: Sequence[Token], first: int, stop: int) -> Post:
    """The post of the name at tokens `first` to `stop`, each part as the document writes it."""
    after = _after(text, tokens, stop)
    before = _before(text, tokens, first)
    role = after.role or before.role
    whose = (after if after.role else before).whose
    organisation = after.organisation or before.organisation or _complement(text, tokens, stop, role)
    return Post(role, organisation, None if organisation else whose)


def _after(text: str, tokens: Sequence[Token], stop: int) -> Post:
    stop = _past_other_script(tokens, stop)
    if stop >= len(tokens) or tokens[stop - 1].possessive:
        return Post()
    if tokens[stop].lower in _COPULAS:
        return _copula(text, tokens, stop)
    if tokens[stop].lower == "who":
        return _clause(text, tokens, stop, _end(tokens, stop + 1))
    if tokens[stop].text not in (",", "(", "—", "–"):
        return Post()
    start = stop + 1
    if start + 1 < len(tokens) and tokens[start].text.isdigit() and tokens[start + 1].text == ",":
        start += 2  # Jane Roe, 58, chairman of Foo
    end = _end(tokens, start)
    if start < end and tokens[start].lower == "who":
        return _clause(text, tokens, start, end)
    if start + 1 < end and tokens[start].lower == "of":
        return Post(None, _organisation(text, tokens, start + 1, end))
    return _phrase(text, tokens, start, end)


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where an apposition ends: at a mark, or at the verb of saying it runs into."""
    end = start
    while end < len(tokens) and not _stops(tokens, end) and end - start < 22 and not _speaks(tokens, end):
        end += 1
    return end


def _stops(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark ends an apposition: not the last point of U.N."""
    point = tokens[index].text == "." and index + 1 < len(tokens) and "." in tokens[index - 1].text
    return tokens[index].text in _STOPS and not point


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


def _copula(text: str, tokens: Sequence[Token], verb: int) -> Post:
    """Jane Roe is the chairman of Foo."""
    start = verb + 1
    if start >= len(tokens) or tokens[start].lower not in ("a", "an", "the", *_OWNERS):
        return Post()
    end = _end(tokens, start)
    heads = [index for index in range(start, min(end, start + 6)) if _is_head(tokens, index)]
    return _phrase(text, tokens, start, end) if heads else Post()


def _clause(text: str, tokens: Sequence[Token], who: int, end: int) -> Post:
    """Who runs Foo, who heads public transport, who is the chairman of Foo, who is in charge of tests at Foo."""
    verb = who + 1
    if verb >= end:
        return Post()
    if tokens[verb].lower in _COPULAS:
        start = verb + 1
        known = start < end and (tokens[start].lower in (*_ARTICLES, "in", "responsible") or _is_head(tokens, start))
        return _phrase(text, tokens, start, end) if known else Post()
    noun = posts().leading_verbs.get(tokens[verb].lower)
    if noun is None:
        return Post(None, _workplace(text, tokens, verb, end))
    if noun == "owner" and any(tokens[i].lower in ("shares", "stock", "stake") for i in range(verb, end)):
        return Post("shareholder")
    if noun in ("founder", "head", "chair") and any(tokens[i].lower in ("until", "before") for i in range(verb, end)):
        noun = f"former {noun}"
    if noun == "founder" and any(tokens[i].lower == "with" for i in range(verb, end)):
        noun = "co-founder"
    start = verb + 1
    whose = _whose(tokens, start, end)
    the = "the " if start < end and tokens[start].lower == "the" else ""
    while start < end and tokens[start].lower in _ARTICLES:
        start += 1
    link = next((i for i in range(start, end) if tokens[i].lower in ("at", "of", "for", "in")), end)
    stop = next((i for i in range(start, link) if tokens[i].lower in ("since", "with", "from", "and")), link)
    field = _organisation(text, tokens, start - bool(the), stop)
    if field is not None or noun in ("founder", "co-founder", "owner"):
        return Post(noun, field, None if field else whose)
    place = _organisation(text, tokens, link + 1, end) if link < end else None
    place = None if place in english().places else place
    words = _cut(text, tokens, start, stop)
    if words is not None and words[0].isdigit():
        return Post()
    if words is None or words in english().company_nouns:
        return Post(noun, None, whose or words)
    return Post(f"{noun} of {the}{words}", place, whose)


def _workplace(text: str, tokens: Sequence[Token], verb: int, end: int) -> str | None:
    """Who somebody does something for: who designs vehicles at Northgate Vans, who follows the firm for Foo Bank."""
    for index in range(verb + 1, end - 1):
        if tokens[index].lower in ("at", "for") and not tokens[index].capital:
            place = _organisation(text, tokens, index + 1, end)
            if place is not None and " " in place and place[0].isupper() and place not in english().places:
                return place
    return None


def _phrase(text: str, tokens: Sequence[Token], first: int, end: int) -> Post:
    """ "a general manager of the Thai subsidiary" divided at the first link word after a role word."""
    whose = _whose(tokens, first, end)
    end = next((i for i in range(first + 1, end) if tokens[i].lower in _FURTHER), end)
    for lead in _IN_CHARGE:
        if tuple(token.lower for token in tokens[first : first + len(lead)]) == lead:
            return _in_charge(text, tokens, first, first + len(lead), end)
    while first < end and tokens[first].lower in _ARTICLES:
        first += 1
    heads = [index for index in range(first, end) if _is_head(tokens, index)]
    if not heads or tokens[first].lower in ("who", "whose", "which", "where"):
        return Post()
    for index in range(heads[0] + 1, end):
        if tokens[index].lower in _LINKS and (place := _linked(text, tokens, heads[0], index, end)):
            if any(head > index for head in heads) and not tokens[index + 1].capital:
                continue
            at = next((i for i in range(index + 1, end) if tokens[i].lower == "at"), end)
            if tokens[index].lower == "of" and (later := _organisation(text, tokens, at + 1, end)):
                index, place = at, later
            return Post(_role(text, tokens, first, index), place)
    owner = next((index for index in range(first, heads[0]) if _owns(tokens, index)), None)
    if owner is not None:
        stop = _role_end(tokens, heads, end)
        organisation = _organisation(text, tokens, first, owner + 1) if tokens[owner].capital else None
        return Post(_role(text, tokens, owner + 1, stop), organisation, whose)
    organisation, first = _leading(text, tokens, first, heads[0])
    later = _whose_after(tokens, heads[-1] + 1, end)
    if tokens[first].lower.endswith("ing"):
        return Post()  # turning to the manufacturer
    return Post(_role(text, tokens, first, _role_end(tokens, heads, end)), organisation, whose or later)


def _in_charge(text: str, tokens: Sequence[Token], first: int, start: int, end: int) -> Post:
    link = next((index for index in range(start, end) if tokens[index].lower == "at"), end)
    place = _linked(text, tokens, first, link, end) if link < end else None
    return Post(_cut(text, tokens, first, link), place, _whose_after(tokens, link, end))


def _is_head(tokens: Sequence[Token], index: int) -> bool:
    return is_role(tokens[index].lower) and not tokens[index].possessive


def _owns(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].possessive


def _linked(text: str, tokens: Sequence[Token], head: int, link: int, end: int) -> str | None:
    """The organisation after a link word; a place only after "of", and only where somebody governs it."""
    place = _organisation(text, tokens, link + 1, end)
    if place is None or place not in english().places:
        sure = place is not None and (" " in place or is_organisation(place))
        return place if tokens[link].lower not in ("in", "from") or sure else None
    return place if tokens[link].lower == "of" and _governs(tokens, head) else None


def _governs(tokens: Sequence[Token], head: int) -> bool:
    return tokens[head].lower in posts().place_roles


def _role_end(tokens: Sequence[Token], heads: Sequence[int], end: int) -> int:
    """Behind the last head and what belongs to it: head of mechanical design, adviser to the minister."""
    stop = heads[-1] + 1
    if stop < end and tokens[stop].lower in ("of", "for", "to"):
        if tokens[stop].lower == "of" and stop + 2 < end and tokens[stop + 1].lower in _ARTICLES and end - stop > 5:
            return stop
        breaks = ("at", "in", "who", "and", "with")
        return next((index for index in range(stop + 1, end) if tokens[index].lower in breaks), end)
    return stop


def _role(text: str, tokens: Sequence[Token], first: int, stop: int) -> str | None:
    """The words of a role, without where somebody is from or based, and whose it is."""
    owner = next((index for index in range(first, min(stop - 1, first + 3)) if tokens[index].possessive), None)
    first = first if owner is None else owner + 1
    while stop > first + 1 and tokens[stop - 1].lower == "and":
        stop -= 1
    while first < stop and (
        tokens[first].lower in _ARTICLES | _AS or tokens[first].lower.endswith(("-based", "-born", "-old"))
    ):
        first += 1
    return _cut(text, tokens, first, stop)


def _whose(tokens: Sequence[Token], first: int, end: int) -> str | None:
    """Whose role a phrase names without saying the name: its, the council's."""
    for index in range(first, min(end, first + 5)):
        token = tokens[index]
        if token.lower in _OWNERS:
            return "its"
        if token.possessive and not token.capital and not is_role(token.lower):
            return token.lower
    return None


def _whose_after(tokens: Sequence[Token], first: int, end: int) -> str | None:
    """Head of energy at the company: the noun of an organisation named before."""
    if end - first < 3 or tokens[end - 2].lower != "the" or tokens[end - 3].lower not in ("of", "at"):
        return None
    noun = tokens[end - 1].lower
    return noun if noun in english().organisation_nouns else None


def _organisation(text: str, tokens: Sequence[Token], first: int, end: int) -> str | None:
    """The name after a link: a run of capitals, a body that small letters name; a nationality alone is none."""
    definite = first < end and tokens[first].lower == "the"
    while first < end and tokens[first].lower in _ARTICLES:
        first += 1
    stop = first
    while stop < end and (tokens[stop].capital or tokens[stop].lower in ("of", "for", "and", "the", "de", "&")):
        stop += 1
    while stop > first and not tokens[stop - 1].capital:
        stop -= 1
    if first + 1 < stop and _owns(tokens, first) and tokens[first].word in english().places:
        first += 1  # Denmark's Oculis Nord
    name = _cut(text, tokens, first, stop)
    if stop < end and not tokens[stop - 1 if stop > first else stop].possessive:
        longer = _body(tokens, max(stop, first), end)
        if longer and (definite or stop > first):
            return _cut(text, tokens, first, longer)
    if name in posts().demonyms:
        return _house(text, tokens, stop, end)
    return name


def _body(tokens: Sequence[Token], first: int, end: int) -> int:
    """Where a body ends that is named in small letters: the Mexican economy ministry, the central bank; 0 for none."""
    nouns = english().organisation_nouns - english().company_nouns - english().document_nouns - posts().no_bodies
    for index in range(first, min(end, first + 3)):
        token = tokens[index]
        if token.capital or not token.text[0].isalpha() or token.lower in english().function_words:
            return 0
        if token.lower in nouns:
            modified = index > first or (first > 0 and tokens[first - 1].capital)
            return index + 1 if modified else 0
    return 0


def _house(text: str, tokens: Sequence[Token], first: int, end: int) -> str | None:
    """The name behind a nationality and a noun: the French house Maison Corvelle."""
    for index in range(first, min(end, first + 4)):
        if tokens[index].capital:
            return _organisation(text, tokens, index, end)
        if tokens[index].lower in _LINKS:
            return None
    return None


def _leading(text: str, tokens: Sequence[Token], first: int, head: int) -> tuple[str | None, int]:
    """An organisation that stands right before a role, and where the role begins: Foo Inc chief executive."""
    stop = first
    while stop < head and tokens[stop].capital and tokens[stop].lower not in english().role_modifiers:
        stop += 1
        stop += stop < head and tokens[stop].text == "." and "." in tokens[stop - 1].text  # U.N.
    name = _cut(text, tokens, first, stop)
    if name is None or stop == first or is_role(tokens[stop - 1].lower):
        return None, first
    if name in posts().demonyms or (name in english().places and not _governs(tokens, head)):
        return None, first
    return name, stop


def _before(text: str, tokens: Sequence[Token], first: int) -> Post:
    if first == 0:
        return Post()
    if tokens[first - 1].text == ",":
        return _before_comma(text, tokens, first - 1)
    if tokens[first - 1].possessive and tokens[first - 1].capital:
        return Post(None, _possessor(text, tokens, first))
    if (title := _TITLES.get(tokens[first - 1].text.rstrip("."))) is not None:
        return Post(title)
    if not _is_head(tokens, first - 1):
        return Post()
    return _title(text, tokens, first)


def _possessor(text: str, tokens: Sequence[Token], first: int) -> str | None:
    """Whose somebody is: Marigold Capital's Farhan Qureshi, but not France's."""
    for run in runs(tokens[:first]):
        if run.stop == first and not pinyin(run.text) and run.text not in english().places | posts().demonyms:
            return run.text if is_organisation(run.text) else None
    return None


def _before_comma(text: str, tokens: Sequence[Token], comma: int) -> Post:
    """The mayor, Jane Roe; its head of networks, Jane Roe: a phrase with an article or an owner before the name."""
    if comma == 0:
        return Post()
    if _is_head(tokens, comma - 1):
        return _title(text, tokens, comma)
    for index in range(comma - 2, max(-1, comma - 10), -1):
        token = tokens[index]
        if token.text in _STOPS or token.lower in english().reporting_verbs:
            break
        if _is_head(tokens, index) and tokens[index + 1].lower in ("of", "for", "at", "in"):
            start = _title_start(tokens, index)
            if start and (tokens[start - 1].lower in _ARTICLES or tokens[start - 1].possessive):
                article = tokens[start - 1].possessive and start > 1 and tokens[start - 2].lower == "the"
                return _phrase(text, tokens, start - 1 - article, comma)
            break
    return Post()


def _title(text: str, tokens: Sequence[Token], last: int) -> Post:
    """The role whose last word stands before `last`, and the organisation before it."""
    start = _title_start(tokens, last - 1)
    while tokens[start].lower == "and" and start < last - 1:
        start += 1
    owner = tokens[start - 1] if start else None
    whose = None
    if owner is not None and owner.lower in (*_OWNERS, "whose"):
        whose = "its"
    elif owner is not None and owner.possessive and not owner.capital:
        whose = owner.lower
    organisation = _owner(text, tokens, start)
    if organisation in posts().demonyms and start:
        start -= len(organisation.split()) if organisation else 0
        organisation = None
    return Post(_role(text, tokens, start, last), organisation, whose)


def _title_start(tokens: Sequence[Token], head: int) -> int:
    """Where the words before a role's head begin that belong to it: chief risk officer, economics minister."""
    start = head
    while start > 0 and (_is_head(tokens, start - 1) or tokens[start - 1].lower in english().role_modifiers):
        start -= 1
    if start and _opening_word(tokens, start - 1):
        return start - 1
    return _with_field(tokens, start)


def _with_field(tokens: Sequence[Token], start: int) -> int:
    """One or two everyday words more, where an article, an owner or a verb of saying stands before them."""
    for index in range(start - 1, max(-1, start - 3), -1):
        token = tokens[index]
        if not token.text[0].isalpha() or token.capital or token.possessive or token.lower.endswith("ed"):
            return start
        if (
            token.lower
            in english().function_words | english().reporting_verbs.keys() | posts().no_modifiers | _ARTICLES
        ):
            return start
        bound = tokens[index - 1] if index else None
        if bound is None or bound.text in ",;" or bound.lower in _ARTICLES | {"to", "by", "said", "says", "told"}:
            return index
        if bound.capital and not bound.possessive and bound.text[0].isalpha():
            return index  # French economy minister, Polder factory manager
        if bound.possessive or is_role(bound.lower) or bound.lower in english().role_modifiers:
            return _title_start(tokens, index) if is_role(bound.lower) or not bound.possessive else index
    return start


def _opening_word(tokens: Sequence[Token], index: int) -> bool:
    """Whether an everyday word has its capital from the sentence's start: "Agriculture minister"."""
    token = tokens[index]
    everyday = token.capital and not token.possessive and token.lower in english().common_words
    return (
        everyday
        and token.lower not in _ARTICLES | english().function_words
        and (index == 0 or tokens[index - 1].text in _STOPS)
    )


def _owner(text: str, tokens: Sequence[Token], role: int) -> str | None:
    """The organisation right before the role: "Foo Inc chief executive", "Fassbender's head of research"."""
    for run in runs(tokens[:role]):
        if run.stop == role and not pinyin(run.text):
            whole = run.first == 1 and tokens[0].lower in ("federal", "national", "european", "royal")
            return f"{tokens[0].text} {run.text}" if whole else run.text  # Federal Reserve Governor
    return None


def _complement(text: str, tokens: Sequence[Token], stop: int, role: str | None) -> str | None:
    if stop >= len(tokens) or tokens[stop].lower not in ("of", "from", "at"):
        return None
    place = _organisation(text, tokens, stop + 1, min(len(tokens), stop + 9))
    if place is not None and place in english().places:
        return None
    return place


def _cut(text: str, tokens: Sequence[Token], first: int, stop: int) -> str | None:
    if stop <= first:
        return None
    return text[tokens[first].start : tokens[stop - 1].start + len(tokens[stop - 1].word)]
