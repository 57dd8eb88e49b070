"""Whom a reporting verb makes the speaker: the subject left of it, or the source that follows it.

>>> from wivtext.attribution.english_mentions import mentions
>>> from wivtext.attribution.names import people
>>> text = "Zhang Xinghai, Chairman of Seres, said so."
>>> found = mentions(text, (), Roster(people([text])))
>>> (mention, relation) = source(found, 7)
>>> mention.text, relation
('Zhang Xinghai', 'apposed')
"""

from __future__ import annotations

from wivtext.attribution import english_phrases
from wivtext.attribution.english_mentions import DETERMINERS, Found, Roster, at, mention_of, starting
from wivtext.attribution.english_phrases import Phrase
from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Mention
from wivtext.attribution.names import is_organisation

__all__ = ["Roster", "right", "source"]

# After these a name is whom it is said to: "told Lin".
_HEARERS = frozenset(
    ["told", "reminded", "called", "praised", "welcomed", "thanked", "advised", "criticised", "criticized", "joined",
     "saw", "put", "accused", "threatened", "urged", "warned"]
)  # fmt: skip
_MARKS = frozenset(',;:—–-”"’)」?!')
_BOUNDS = frozenset('.;:!?“”"')
_COMPLEMENTS = frozenset(["of", "from", "at", "in", "for", "with", "who", "whose"])
_AFTER_NAME = frozenset([",", "(", "—", "–", "of", "from", "at", "who", "himself", "herself", "and"])
_AUTHORS = frozenset(["by", "from", "of"])
# By whom a document is seen or quoted, it isn't written.
_READERS = frozenset(["seen", "obtained", "reviewed", "read", "examined", "cited", "quoted", "shared"])
# What is done with a document by those whose it is.
_ISSUED = frozenset(
    ["published", "released", "issued", "compiled", "collected", "gathered", "commissioned", "conducted", "produced",
     "provided", "cited", "based", "out", "due", "carried"]
)  # fmt: skip
_ADDING = frozenset(["who", "which", "whose", "citing", "speaking", "including", "led", "one", "both", "all"])
_HELPERS = frozenset(["did", "do", "does", "will", "would", "can", "could", "may", "might", "must", "should", "to"])


def source(found: Found, verb: int) -> tuple[Mention | None, str]:
    """The mention that speaks by the verb at token `verb`, and how the two stand to each other."""
    speaker, relation = _subject(found, verb)
    if speaker is None or (relation == "apposed" and not _apposition_only(found, speaker, verb)):
        inverted = _inverted(found, verb)
        if inverted is not None:
            speaker, relation = inverted, "inverted"
    if speaker is None:
        speaker, relation = _joined(found, verb)
    return speaker, relation if speaker is not None else "loose"


def _subject(found: Found, verb: int) -> tuple[Mention | None, str]:
    """The mention left of the verb: adjacent, before an apposition, or with "of ..." between."""
    index = _past_adverbs(found, verb)
    if index < 0:
        return None, ""
    if at(found, index) in ("who", "which", "that") and index:
        return _relative(found, verb, index)
    if found.tokens[index].text in ",)—–":
        mention = _before_comma(found, index)
        if mention is None and (whose := _document_apposed(found, index)) is not None:
            return whose, "document"
        return mention, "apposed"
    if found.masked[index] or at(found, index) in ("and", "or", "but", "to"):
        return None, ""
    mention = _ending(found, index)
    if mention is not None and (servant := _servant(found, mention)) is not None:
        return servant, "subject"
    phrase = _phrase(found, index, verb)
    if mention is not None and (phrase is None or not _part_of(found, mention, phrase)):
        described = mention.form == "role" and _needs_speaker(found, verb)
        return _described(found, mention, index) if described else mention, "subject"
    if phrase is None or at(found, verb).endswith("ing"):
        return _with_complement(found, index), "subject"
    person = _with_complement(found, index)
    return person or _author(found, phrase), "document" if person is None and phrase.kind == "document" else "subject"


def _servant(found: Found, mention: Mention) -> Mention | None:
    """Who speaks where a name only says whose they are: a campaign aide to Governor Tom Halloran."""
    lead = mention.token - 1
    while lead > 1 and found.tokens[lead].capital:
        lead -= 1
    if at(found, lead) != "to" or english_phrases.kind_of_noun(at(found, lead - 1)) not in ("person", "group"):
        return None
    phrase = english_phrases.before(found, lead - 1)
    return english_phrases.mention(found, phrase) if phrase is not None else None


def _phrase(found: Found, last: int, verb: int) -> Phrase | None:
    """The phrase without a name that ends at `last`, if it agrees with its verb: analysts say, the report says."""
    lower = at(found, verb)
    phrase = english_phrases.before(
        found, last, anything=lower not in english().noun_forms and _needs_speaker(found, verb)
    )
    helped = any(at(found, index) in _HELPERS for index in range(last + 1, verb))
    if phrase is None or helped or lower.endswith(("ed", "ing")):
        return phrase
    lemma = english().reporting_verbs.get(lower, lower)
    if lower not in (lemma, f"{lemma}s", f"{lemma}es"):
        return phrase
    return phrase if english_phrases.plural(found, phrase) in (None, lower == lemma) else None


def _part_of(found: Found, mention: Mention, phrase: Phrase) -> bool:
    """Whether a name only ends the phrase: lawyers for Ferrante, but not "in a letter Ferrante"."""
    lead = mention.token - 2 if at(found, mention.token - 1) in DETERMINERS else mention.token - 1
    return phrase.first <= lead and at(found, lead) in english().links


def _needs_speaker(found: Found, verb: int) -> bool:
    return english().reporting_verbs.get(at(found, verb), "") in english().speech_verbs


def _past_adverbs(found: Found, verb: int) -> int:
    """The token left of the verb, its auxiliaries and adverbs, and a day: on Monday, last week."""
    words = english()
    index = verb - 1
    while index >= 0 and verb - index < 6 and at(found, index) in words.adverbs and not found.tokens[index].capital:
        index -= 1
    if index > 1 and at(found, index - 1) in ("in", "on", "last", "this"):
        if found.tokens[index].word in words.calendar or at(found, index) in ("week", "month", "year"):
            index -= 2
    elif index > 0 and found.tokens[index].word in words.calendar and found.tokens[index].word.endswith("day"):
        index -= 1
    return index


def _relative(found: Found, verb: int, index: int) -> tuple[Mention | None, str]:
    index -= 1 + (found.tokens[index - 1].text == ",")
    if index < 0:
        return None, ""
    if at(found, verb - 1) == "who" and (whole := _with_complement(found, index)):
        return whole, "relative"
    near = _ending(found, index) or _with_complement(found, index)
    if near is None and (phrase := english_phrases.before(found, index)) is not None:
        near = _author(found, phrase)
    return near, "relative"


def _ending(found: Found, index: int) -> Mention | None:
    """The mention that ends at token `index`."""
    for mention in found.mentions:
        if mention.stop == index + 1 and not found.tokens[index].possessive:
            if mention.form == "organisation" or _complementing(found, mention):
                return _with_complement(found, index) or mention  # Leng Yan of Seres said
            return mention
    if at(found, index) in ("they", "it"):
        return mention_of(found, index, index + 1, "pronoun", at(found, index))
    return None


def _complementing(found: Found, mention: Mention) -> bool:
    """Whether a name stands where a person's organisation does: of Seres, of Denmark's Oculis Nord."""
    lead = mention.token - 1
    return at(found, lead - 1 if lead > 0 and found.tokens[lead].possessive else lead) in _COMPLEMENTS


def _author(found: Found, phrase: Phrase) -> Mention:
    """Who speaks through a phrase: a document speaks for whoever wrote it, other phrases for themselves."""
    if phrase.kind == "document":
        owner = _owner(found, phrase)
        if owner is not None:
            return owner
    return english_phrases.mention(found, phrase)


def _owner(found: Found, phrase: Phrase) -> Mention | None:
    """Whose a document is: BYD's filing, its report, data from the customs office."""
    for mention in found.mentions:
        if phrase.first <= mention.token < phrase.head and found.tokens[mention.stop - 1].possessive:
            return mention if mention.form != "organisation" or mention.stop <= phrase.head else None
        after = phrase.head < mention.token < phrase.stop and mention.form in ("name", "partial", "organisation")
        if after and _authored(found, phrase.head, mention.token):
            return mention
    if at(found, phrase.first) in ("his", "her", "its"):
        pronoun = {"his": "he", "her": "she", "its": "it"}[at(found, phrase.first)]
        return mention_of(found, phrase.first, phrase.first + 1, "pronoun", pronoun)
    if at(found, phrase.head + 1) in _ISSUED and at(found, phrase.head + 2) == "by":
        issuer = next((m for m in found.mentions if phrase.head + 3 <= m.token <= phrase.head + 4), None)
        inner = english_phrases.after(found, phrase.head + 3) if issuer is None else None
        return english_phrases.mention(found, inner) if inner is not None and inner.kind != "document" else issuer
    for index in range(phrase.head + 1, phrase.stop - 1):
        if at(found, index) not in ("by", "from") or at(found, index - 1) in _READERS:
            continue
        if (inner := english_phrases.after(found, index + 1)) is not None:
            return english_phrases.mention(found, inner) if inner.kind != "document" else None
    return None


def _authored(found: Found, head: int, token: int) -> bool:
    link = token - 2 if at(found, token - 1) in DETERMINERS else token - 1
    return at(found, link) in _AUTHORS and link > head and at(found, link - 1) not in _READERS


def _before_comma(found: Found, comma: int) -> Mention | None:
    """Of the mentions left of an apposition's closing comma, the person it is about."""
    best = _apposed(found, comma)
    if best is not None:
        return best
    for mention in found.mentions:
        if mention.stop > comma or comma - mention.stop > 30:
            continue
        follows = at(found, mention.stop)
        if mention.form in ("name", "partial") and follows in _AFTER_NAME:
            if best is None or not _crosses(found, best.stop, mention.token):
                best = best if best is not None and best.form == "name" and mention.form != "name" else mention
        elif best is None and _leads(mention, comma, follows):
            best = mention
    if best is not None and _crosses(found, best.stop, comma):
        return None
    return best if best is not None else _phrase_apposed(found, comma)


def _leads(mention: Mention, comma: int, follows: str) -> bool:
    """Whether an organisation opens the sentence, and more about it stands between commas."""
    return mention.form == "organisation" and follows == "," and mention.token <= 1 and comma != mention.stop


def _phrase_apposed(found: Found, comma: int) -> Mention | None:
    """A source without a name between whose commas more is said: two officials, who asked not to be named, said."""
    opening = _opening_comma(found, comma)
    says = opening > 0 and _needs_speaker(found, comma + 1)
    phrase = english_phrases.before(found, opening - 1, anything=says) if opening else None
    inner = at(found, opening + 1)
    if phrase is None or phrase.kind == "document":
        return None
    named = starting(found, opening + 1)
    if phrase.kind == "other":  # the brewery, Hallam & Sons, says
        return named if named is not None and named.form == "organisation" and comma - named.stop < 3 else None
    adds = inner in DETERMINERS | _ADDING
    if adds or (found.tokens[opening - 1].capital and _placed(found, opening + 1, comma)):
        return english_phrases.mention(found, phrase)
    return named if named is not None and named.stop == comma else None  # the regulator, Voltgem, said


def _opening_comma(found: Found, comma: int) -> int:
    """Where what is set between commas begins; 0 where it doesn't."""
    opening = next((i for i in range(comma - 1, max(0, comma - 25), -1) if found.tokens[i].text in ",(—–"), 0)
    return 0 if _crosses(found, opening, comma) else opening


def _document_apposed(found: Found, comma: int) -> Mention | None:
    """Whose a document is that more is said of: a study by the university, published in May, found."""
    opening = _opening_comma(found, comma)
    if not opening or at(found, opening + 1) not in _ISSUED:
        return None
    phrase = english_phrases.before(found, opening - 1)
    return _owner(found, phrase) if phrase is not None and phrase.kind == "document" else None


def _placed(found: Found, first: int, comma: int) -> bool:
    """Whether a place stands between the commas, before a verb of saying: the mayor of Dayton, Ohio, said."""
    names = comma - first <= 2 and all(token.capital for token in found.tokens[first:comma])
    return names and _needs_speaker(found, comma + 1)


def _apposed(found: Found, comma: int) -> Mention | None:
    """The person whose post stands between commas: Jane Roe, head of Foo China, said."""
    for mention in found.mentions:
        if mention.form == "role" and _unnamed_before(found, mention, comma):
            return mention
        if mention.form not in ("name", "partial") or not 2 < comma - mention.stop < 30:
            continue
        inner = found.tokens[mention.stop + 1 : comma]
        if at(found, mention.stop) != "," or any(token.text in _BOUNDS for token in inner):
            continue
        post = next((token for token in inner if is_role(token.lower)), None)
        commas = [token for token in inner if token.text == ","]
        if post is not None and (not commas or commas[0].start > post.start) and len(commas) < 3:
            return mention
    return None


def _unnamed_before(found: Found, mention: Mention, comma: int) -> bool:
    """ "A customs official from Lobito, who asked not to be named, said": somebody without a name."""
    if mention.token > 2 or mention.text[:2].lower() not in ("a ", "an") or comma - mention.stop > 20:
        return False
    words = [token.lower for token in found.tokens[mention.stop : comma]]
    return "who" in words and words.count(",") == 1 and words[words.index("who") - 1] == ","


def _apposition_only(found: Found, mention: Mention, verb: int) -> bool:
    """Whether one phrase between commas, and nothing else, parts the mention from its verb."""
    if at(found, mention.stop) not in (",", "(", "—", "–") and not mention.description:
        return False
    commas = sum(token.text == "," for token in found.tokens[mention.stop : verb])
    return commas <= 2 and (mention.form != "organisation" or bool(mention.description))


def _crosses(found: Found, first: int, stop: int) -> bool:
    return any(found.tokens[index].text in _BOUNDS for index in range(first, stop))


def _with_complement(found: Found, index: int) -> Mention | None:
    """ "Friederike Anders of the Sternau Group said": a person, then "of", "from", "at" and its noun."""
    for mention in reversed(found.mentions):
        unnamed = mention.form == "role" and mention.text[:2].lower() in ("a ", "an")
        if mention.stop > index or index - mention.stop > 12:
            continue
        if (mention.form not in ("name", "partial") and not unnamed) or at(found, mention.stop) not in _COMPLEMENTS:
            continue
        between = found.tokens[mention.stop : index + 1]
        whole = not any(token.text in _BOUNDS or token.text == "," for token in between)
        if whole and english_phrases.modifies(found, mention.stop, index):
            return _described(found, mention, index) if unnamed else mention
    return None


def _described(found: Found, mention: Mention, last: int) -> Mention:
    """A person the phrase need not name, described with what follows: a spokesman for the defence ministry."""
    phrase = Phrase(mention.token, mention.stop - 1, last + 1, "person")
    mention.description = english_phrases.mention(found, phrase).description
    return mention


def _inverted(found: Found, verb: int) -> Mention | None:
    """ "said X", "pointed out the minister, X", after a comma, a quotation or the sentence's start."""
    before = found.tokens[verb - 1].text if verb else ""
    start = verb + 1
    while at(found, start) in ("out", "also", "again", "by", "in") and start < verb + 3:
        if at(found, start) == "in" and at(found, start + 1) in DETERMINERS:
            return None  # wrote in a note
        start += 1
    quoted = bool(verb) and (found.masked[verb - 1] or before in '”"’」?!')
    lower = at(found, verb)
    if before not in _MARKS and not quoted:
        adjacent = starting(found, start)
        whole = adjacent is not None and at(found, adjacent.stop) in ("", ".", ",", ";", "—")
        if not whole or lower in _HEARERS | {"asked"} or lower.endswith("ing"):
            return None
    elif lower.endswith("ing") or lower in _HEARERS or (lower == "asked" and not quoted):
        return None
    return right(found, start, 9)


def right(found: Found, first: int, reach: int, *, anything: bool = False) -> Mention | None:
    """The source right of "said" or "according to": the first person, else an organisation or a phrase."""
    fallback: Mention | None = None
    commas = 0
    for index in range(first, min(first + reach, len(found.tokens))):
        token = found.tokens[index]
        mention = starting(found, index)
        if mention is not None and mention.form in ("name", "partial", "pronoun") and not _only_owns(found, mention):
            return mention
        if mention is not None and fallback is None and not _only_owns(found, mention):
            fallback = mention
        if token.text == ",":
            if fallback is None and index > first and _is_post(at(found, index - 1)):
                named = starting(found, index + 1)  # Abbott's neighbour, Elsie Tate,
                if named is not None and named.form == "name" and at(found, named.stop) in (",", ".", ""):
                    return named
            commas += 1
            if commas > 1 or fallback is None or fallback.form != "role":
                break
        elif token.text in _BOUNDS or token.lower in ("that", "who", "which", "when", "after", "while"):
            break
        elif token.lower in ("him", "her") and index == first:
            return mention_of(found, index, index + 1, "pronoun", "he" if token.lower == "him" else "she")
    phrase = english_phrases.after(found, first, anything=anything)
    if phrase is None:
        return fallback
    if fallback is not None and fallback.form == "organisation" and fallback.token == phrase.head + 1:
        return fallback  # research firm SemiTrack
    if fallback is not None and (fallback.token <= phrase.head or phrase.kind == "other") and phrase.kind != "document":
        return _described(found, fallback, phrase.stop - 1) if _unnamed(phrase, fallback) else fallback
    return _author(found, phrase)


def _is_post(word: str) -> bool:
    return is_role(word) or word in english().parties


def _unnamed(phrase: Phrase, mention: Mention) -> bool:
    return phrase.kind == "person" and mention.form == "role" and mention.text[:2].lower() in ("a ", "an")


def _only_owns(found: Found, mention: Mention) -> bool:
    """Whether the mention only owns what speaks: "according to Lin's company"."""
    if not found.tokens[mention.stop - 1].possessive:
        return False
    return at(found, mention.stop) not in english().views | english().document_nouns


def _joined(found: Found, verb: int) -> tuple[Mention | None, str]:
    """ "X accepted the prize and said", "X echoed this, stating": the subject of the clause before."""
    lower = at(found, verb)
    before = at(found, verb - 1) if verb else ""
    adverb = before in english().adverbs
    lead = at(found, verb - 2) if adverb and verb > 1 else before
    if not (lead in ("and", "but", "or") or (lower.endswith("ing") and lead in (",", "and", "", "—"))):
        return None, ""
    for mention in found.mentions:
        if mention.stop > verb or mention.token > 8 or _only_owns(found, mention):
            continue
        if mention.form != "organisation" or (mention.token <= 2 and is_organisation(mention.text)):
            return mention, "joined"
    opening = _opening(found, verb)
    return opening, "joined" if opening is not None else ""


def _opening(found: Found, verb: int) -> Mention | None:
    """The phrase or pronoun a sentence begins with, where it may speak: The central bank left its rate, saying."""
    if at(found, 0) in ("it", "they"):
        return mention_of(found, 0, 1, "pronoun", at(found, 0))
    if not found.tokens or found.masked[0]:
        return None
    phrase = english_phrases.after(found, 0)
    if phrase is None or phrase.stop > verb or phrase.kind == "document":
        return starting(found, 0)
    return english_phrases.mention(found, phrase)
