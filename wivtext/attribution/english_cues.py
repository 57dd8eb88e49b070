"""Reporting expressions of English sentences, and the mention each makes the speaker.

>>> reader = Reader(Roster(people(["Zhang Xinghai, Chairman of Seres, emphasized that boundaries are dissolving."])))
>>> found = reader.read("Zhang Xinghai, Chairman of Seres, emphasized that boundaries are dissolving.", ())
>>> [(cue.text, cue.relation, cue.frame, cue.mention.text) for cue in found.cues if cue.mention]
[('emphasized', 'apposed', 'that', 'Zhang Xinghai')]
"""

from __future__ import annotations

from collections.abc import Sequence

from wivtext.attribution import english_phrases
from wivtext.attribution.english_mentions import Found, at, demonym, mention_of, mentions
from wivtext.attribution.english_subjects import right, source
from wivtext.attribution.lexicons import english
from wivtext.attribution.mentions import Cue, Mention
from wivtext.attribution.names import people
from wivtext.attribution.roster import Roster

__all__ = ["Found", "Reader", "demonym", "people"]

_VIEW_LEADS = frozenset(["in", "by", "to", "on", "from", "for"])
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "'s", "’s", "remains", "remained"])
# After these a word is a noun or an adjective: the ruling party, a promised grant.
_NOUN_MARKERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "his",
        "their",
        "our",
        "my",
        "your",
        "this",
        "these",
        "those",
        "no",
        "opening",
        "closing",
        "keynote",
        "introductory",
        "prepared",
        "welcoming",
        "concluding",
    ]
)
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_FRAMES = {
    "that": "that", "to": "to", "for": "for", "of": "of", "about": "about", "whether": "whether", "if": "whether",
    "how": "how", "why": "how", "what": "how", "when": "how", "where": "how", "who": "how", "on": "on", "in": "in",
    "at": "in", "with": "with", "it": "clause", "he": "clause", "she": "clause", "they": "clause", "we": "clause",
    "there": "clause", "the": "the", "a": "a", "an": "a", "his": "the", "her": "the", "its": "the", "their": "the",
    "him": "object", "them": "object", "me": "object", "us": "object", "himself": "object", "herself": "object",
    ",": "comma", ":": "colon", ".": "end", "": "end", ";": "end", "?": "end",
}  # fmt: skip


_SURE = frozenset(["subject", "apposed", "inverted", "according", "nominal", "document"])
_REPORTING = frozenset(["that", "clause", "the", "a", "word", "whether", "how", "quote", "to"])
_DENIALS = frozenset(["not", "never", "didn't", "didn’t", "declined", "refused"])
_SEPARATORS = frozenset([",", "—", "–", "”", '"', "’", "?", "!"])


class Reader:
    """Reads sentences of one document against its roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def read(self, text: str, quoted: Sequence[tuple[int, int]]) -> Found:
        """Mentions and cues of a sentence; `quoted` are its quotations, where nobody is looked for."""
        found = mentions(text, quoted, self.roster)
        for index, masked in enumerate(found.masked):
            if not masked:
                _cue(found, index)
        _for_somebody(found)
        _nest(found)
        return found


def _cue(found: Found, index: int) -> None:
    token, words = found.tokens[index], english()
    if index == 1 and token.lower in ("do", "does", "did") and at(found, 0) in ("so", "neither", "nor"):
        _add(found, 0, 2, "agree", "inverted", right(found, 2, 9))  # So does Núria Bosch, the mayor
        return
    if token.lower == "according" and at(found, index + 1) == "to":
        _add(found, index, index + 2, "according", "according", right(found, index + 2, 12, anything=True))
        return
    if index and token.lower in words.statement_nouns:
        _nominal(found, index)
    if index and token.lower in words.attitudes and (being := _being(found, index)):
        mention, relation = source(found, being)
        _add(found, index, index + 1, token.lower, relation, mention)
    elif not (token.lower in words.views and index and _view(found, index)) and _verbal(found, index):
        _verb(found, index, words.reporting_verbs[token.lower])


def _verbal(found: Found, index: int) -> bool:
    """Whether a word is a reporting verb here: no name, no possessor, no adjective or noun (the ruling party)."""
    token = found.tokens[index]
    if token.lower not in english().reporting_verbs or token.possessive or _in_name(found, index):
        return False
    return at(found, index - 1) not in _NOUN_MARKERS


def _in_name(found: Found, index: int) -> bool:
    """Whether a word with a capital stands within a sentence, where verbs have none: the United States."""
    tokens = found.tokens
    return index > 0 and tokens[index].capital and (tokens[index - 1].capital or tokens[index - 1].text[0].isalnum())


def _being(found: Found, index: int) -> int:
    """Where the verb stands by which an adjective says what somebody thinks: is [not so] sure; 0 for none."""
    if at(found, index + 1) == "by":
        return 0
    return next((index - back for back in (1, 2, 3) if at(found, index - back) in _BE), 0)


def _view(found: Found, index: int) -> bool:
    """Note "in her view", "by Yan's calculation", "in the view of many growers"; whether it is one."""
    lead = at(found, index - 2) if at(found, index - 1) in ("the", "a") else at(found, index - 1)
    if at(found, index + 1) == "of" and lead in _VIEW_LEADS and at(found, index) in english().view_nouns:
        _add(found, index, index + 2, at(found, index), "view", right(found, index + 2, 8))
        return True
    mention = _possessor(found, index)
    if mention is None or not (mention.token == 0 or at(found, mention.token - 1) in _VIEW_LEADS):
        return False
    _add(found, mention.token, index + 1, at(found, index), "view", mention)
    return True


def _possessor(found: Found, index: int) -> Mention | None:
    """Whose the noun at `index` is: her view, Yan's calculation, the union's main complaint."""
    for first in range(index - 1, max(-1, index - 4), -1):
        owner = found.tokens[first]
        if owner.lower in _OWNERS:
            return mention_of(found, first, first + 1, "pronoun", _OWNERS[owner.lower])
        if owner.possessive or owner.text in ("’", "'"):
            stop = first + 1 if owner.possessive else first
            named = next((mention for mention in found.mentions if mention.stop == stop), None)
            return named if named is not None else _owning_phrase(found, stop - 1)
    return None


def _owning_phrase(found: Found, last: int) -> Mention | None:
    phrase = english_phrases.owner(found, last)
    return english_phrases.mention(found, phrase) if phrase is not None else None


def _nominal(found: Found, index: int) -> None:
    """Her message was blunt: ...; the union's complaint is that ...; his answer: ..."""
    after = index + 1
    if at(found, after) in ("to", "for", "about", "on"):
        after = next((i for i in range(after, min(after + 6, len(found.tokens))) if at(found, i) in _BE), after)
    told = at(found, after) in (":", "—") and index < 6
    if at(found, after) in _BE:
        stop = next((i for i in range(after + 1, min(after + 5, len(found.tokens))) if _opens(found, i)), -1)
        told = stop > 0
    if told and (mention := _possessor(found, index)) is not None:
        _add(found, mention.token, index + 1, at(found, index), "nominal", mention)


def _opens(found: Found, index: int) -> bool:
    """Whether what is said begins here: that ..., a colon, a quotation."""
    return at(found, index) in ("that", ":", "“", '"', "—", "to", "simple", "whether") or found.masked[index]


_ASKING = frozenset(["ask", "press", "question", "challenge", "quiz", "grill", "push"])


def _verb(found: Found, index: int, lemma: str) -> None:
    following = at(found, index + 1)
    if (_passive(found, index) and following != "by") or (not index and following == "by" and lemma in _ASKING):
        return  # Asked by the judge, she answered
    if lemma in english().silent_verbs and _silent(found, index):
        return
    if (
        following == "by"
        and not at(found, index).endswith("ing")
        and (agent := right(found, index + 2, 12)) is not None
    ):
        _add(found, index, index + 2, lemma, "inverted", agent)
        return
    mention, relation = source(found, index - 1 if at(found, index - 1) in _BE else index)
    _add(found, index, index + 1, lemma, relation, mention)


def _passive(found: Found, index: int) -> bool:
    """Whether nobody speaks by the verb: it is said, he was told; "was quoted as" has a source."""
    lower = at(found, index)
    if at(found, index - 1) not in _BE or lower.endswith("ing") or lower in english().attitudes:
        return False
    return not (lower == "quoted" and at(found, index + 1) == "as")


def _silent(found: Found, index: int) -> bool:
    """ "did not respond", "declined to comment": nothing is said."""
    for back in (1, 2, 3):
        if at(found, index - back) in _SEPARATORS or at(found, index - back) in (";", ":", "."):
            return False  # what is denied stands in another clause: it will not last, she said
        if at(found, index - back) in _DENIALS:
            return True
    return False


def _for_somebody(found: Found) -> None:
    """For Lin, who ..., the price is ..., where a sentence begins so."""
    if at(found, 0) != "for" or found.masked[0]:
        return
    named = next((mention for mention in found.mentions if mention.token == 1), None)
    if named is not None and named.form in ("name", "partial") and at(found, named.stop) == ",":
        _add(found, 0, named.stop, "for", "view", named)


def _nest(found: Found) -> None:
    """Mark the cues that stand within what another one reports: the last one's ("..., Lin said") or the first one's."""
    sure = [cue for cue in found.cues if cue.mention is not None and cue.strong and cue.relation in _SURE]
    closing = next((cue for cue in reversed(sure) if _closes(found, cue)), None)
    leading = next((cue for cue in sure if cue.frame in _REPORTING), None)
    for cue in found.cues:
        if cue.mention is None:
            continue
        if cue is closing or _aside(found, cue):
            cue.frame = "aside"
        if closing is not None:
            cue.inner = cue.start < closing.start and cue.mention.start < _mention_start(closing)
        elif leading is not None and cue.start > leading.start and cue.relation in _SURE:
            cue.inner = cue.mention.start > leading.end and not _parallel(found, leading, cue.mention)
    found.cues = [cue for cue in found.cues if cue.strong or not cue.inner or not _likened(found, cue)]


def _likened(found: Found, cue: Cue) -> bool:
    """Whether somebody is only likened by "as": a study suggests that it hurts, as Ms. Dunham intends to show."""
    first = cue.mention.token - 1 if cue.mention is not None else -1
    while first > 0 and found.tokens[first].capital:
        first -= 1
    return first > 0 and at(found, first) == "as"


def _aside(found: Found, cue: Cue) -> bool:
    """Whether source and verb stand between commas: the road, the minister said, would close."""
    mention = cue.mention
    if mention is None or cue.relation != "subject" or cue.frame != "comma" or mention.token == 0:
        return False
    return found.tokens[mention.token - 1].text in _SEPARATORS or found.masked[mention.token - 1]


def _mention_start(cue: Cue) -> int:
    return min(cue.start, cue.mention.start if cue.mention is not None else cue.start)


# ..., as members of a committee accused it: another clause, not who says what goes before.
_MEANWHILE = frozenset(["as", "while", "after", "when", "although", "though", "because", "since", "before", "even"])


def _closes(found: Found, cue: Cue) -> bool:
    """Whether source and verb end the sentence behind a comma or a quotation."""
    tokens, start = found.tokens, _mention_start(cue)
    opening = next((index for index, token in enumerate(tokens) if token.start >= start), 0)
    reach = opening - 6
    while opening > max(0, reach) and tokens[opening - 1].text[0].isalpha() and not found.masked[opening - 1]:
        opening -= 1
    if opening < 4 or not (found.masked[opening - 1] or tokens[opening - 1].text in _SEPARATORS):
        return False
    end = max(cue.end, cue.mention.end if cue.mention is not None else 0)
    if tokens[opening].lower in _MEANWHILE and cue.relation in ("subject", "apposed"):
        says = cue.lemma in english().speech_verbs
        if tokens[-1].end - end > 8 or not says:
            return False  # — as Ms. Dunham, evidently, intends to
    return cue.relation in ("inverted", "according") or tokens[-1].end - end < 30


def _parallel(found: Found, leading: Cue, mention: Mention) -> bool:
    """Whether a mention opens a sentence of its own after the leading cue: X said ..., but Y denied it."""
    between = [token for token in found.tokens if leading.end <= token.start < mention.start]
    if any(token.text == ";" for token in between):
        return True
    opener = between[-1].lower if between else ""
    return opener in ("and", "but", "while", "whereas", "although") and len(between) > 3


def _add(found: Found, first: int, stop: int, lemma: str, relation: str, mention: Mention | None) -> None:
    start, end = found.tokens[first].start, found.tokens[stop - 1].end
    text = " ".join(token.text for token in found.tokens[first:stop])
    frame = _frame(found, stop)
    cue = Cue(start, end, text, lemma, relation, _strong(lemma, relation, frame, at(found, stop)), mention, frame)
    found.cues.append(cue)


def _strong(lemma: str, relation: str, frame: str, following: str) -> bool:
    """Whether the expression hardly ever means anything but speech: found that ..., a poll shows, as Lin put it."""
    if lemma in english().strong_verbs or relation in ("according", "view", "nominal", "document"):
        return True
    if lemma in ("speak", "talk"):
        return following in ("of", "about")
    return frame in ("that", "colon") or (lemma == "put" and following == "it")


def _frame(found: Found, stop: int) -> str:
    """What follows the expression: a clause with "that", a quotation, an object ..."""
    if stop < len(found.tokens) and (found.masked[stop] or found.tokens[stop].text in '“"‘'):
        return "quote"
    following = at(found, stop)
    return _FRAMES.get(following, "adverb" if following.endswith("ly") else "word")
