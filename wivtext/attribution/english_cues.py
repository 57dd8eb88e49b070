"""Reporting expressions of English sentences, and the mention each makes the speaker.

>>> reader = Reader(Roster(people(["Zhang Xinghai, Chairman of Seres, emphasized that boundaries are dissolving."])))
>>> found = reader.read("Zhang Xinghai, Chairman of Seres, emphasized that boundaries are dissolving.", ())
>>> [(cue.text, cue.relation, cue.mention.text) for cue in found.cues if cue.mention]
[('emphasized', 'apposed', 'Zhang Xinghai')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Cue, Mention
from wivtext.attribution.names import Run, Token, is_organisation, people, runs, tokenize
from wivtext.attribution.roster import Roster

__all__ = ["Found", "Reader", "people"]

_PRONOUNS = {"he": "m", "she": "f", "they": "", "i": ""}
_DETERMINERS = frozenset(["the", "its", "his", "her", "their", "our", "this", "that", "these", "those", "a", "an"])
_AFTER_VERB = frozenset(
    [
        "told",
        "asked",
        "reminded",
        "called",
        "praised",
        "welcomed",
        "thanked",
        "advised",
        "criticised",
        "criticized",
        "joined",
        "saw",
        "put",
    ]
)
_VIEW_LEADS = frozenset(["in", "by", "to", "on", "from", "for"])
_MARKS = frozenset(',;:—–-"”’)」')
_BOUNDS = frozenset('.;:!?“”"')
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])


@dataclass(slots=True)
class Found:
    """What a sentence holds: its words, mentions in order and cues in order."""

    tokens: list[Token]
    mentions: list[Mention] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    masked: list[bool] = field(default_factory=list)


class Reader:
    """Reads sentences of one document against its roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.words = english()

    def read(self, text: str, quoted: Sequence[tuple[int, int]]) -> Found:
        """Mentions and cues of a sentence; `quoted` are its quotations, where nobody is looked for."""
        tokens = tokenize(text)
        found = Found(tokens, masked=[any(a < token.start < b - 1 for a, b in quoted) for token in tokens])
        self._mention(found)
        for index, token in enumerate(tokens):
            if not found.masked[index]:
                self._cue(found, index, token)
        found.mentions.sort(key=lambda mention: mention.start)
        return found

    def _mention(self, found: Found) -> None:
        for run in _whole_organisations(found.tokens, runs(found.tokens)):
            mention = self._name(found, run)
            if mention is not None and not found.masked[mention.token]:
                found.mentions.append(mention)
        taken = {index for mention in found.mentions for index in range(mention.token, mention.stop)}
        for index, token in enumerate(found.tokens):
            if index not in taken and not found.masked[index] and token.lower in ("he", "she"):
                found.mentions.append(_mention_of(found, index, index + 1, "pronoun", token.lower))
        self._roles(found, taken)
        found.mentions.sort(key=lambda mention: mention.start)

    def _name(self, found: Found, run: Run) -> Mention | None:
        words = [token.word for token in found.tokens[run.first : run.stop]]
        for first in range(len(words)):
            for stop in range(len(words), first, -1):
                text = " ".join(words[first:stop])
                candidates = self.roster.named(text)
                if candidates:
                    form = "name" if candidates[0].name == text else "partial"
                    head = found.tokens[run.first + first - 1].word if run.first + first else ""
                    mention = _mention_of(found, run.first + first, run.first + stop, form, head)
                    mention.candidates = candidates
                    return mention
        if run.text in self.words.places or run.text.lower() in self.words.common_words or demonym(run.text):
            return None
        return _mention_of(found, run.first, run.stop, "organisation", "")

    def _roles(self, found: Found, taken: set[int]) -> None:
        """Noun phrases like "the chief technology officer" and "the academician"."""
        tokens = found.tokens
        for index, token in enumerate(tokens):
            if (
                found.masked[index]
                or index in taken
                or token.possessive
                or not (is_role(token.lower) or token.lower in self.words.parties)
            ):
                continue
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if after is not None and (is_role(after.lower) or index + 1 in taken):
                continue
            first = self._phrase_start(found, index)
            if first is not None:
                found.mentions.append(_mention_of(found, first, index + 1, "role", token.lower))

    def _phrase_start(self, found: Found, head: int) -> int | None:
        for index in range(head - 1, max(-1, head - 6), -1):
            token = found.tokens[index]
            if token.lower in _DETERMINERS:
                return index
            if token.possessive:
                return index
            if not token.text[0].isalnum() or token.lower in self.words.reporting_verbs:
                return None
        return None

    def _cue(self, found: Found, index: int, token: Token) -> None:
        verbs = self.words.reporting_verbs
        if token.lower == "according" and _at(found, index + 1) == "to":
            self._add(found, index, index + 2, "according", "according", self._right(found, index + 2, 12))
        elif token.lower in self.words.views and index:
            self._view(found, index, token)
        elif token.lower in verbs and not token.possessive and not (token.capital and self._inside(found, index)):
            self._verb(found, index, verbs[token.lower])

    def _inside(self, found: Found, index: int) -> bool:
        """Whether a word with a capital stands within a sentence, where verbs have none: the United States."""
        return index > 0 and (found.tokens[index - 1].capital or found.tokens[index - 1].text[0].isalnum())

    def _view(self, found: Found, index: int, token: Token) -> None:
        """In her view, by Yan's calculation, Jones's figures show."""
        for first in range(index - 1, max(-1, index - 4), -1):
            owner = found.tokens[first]
            if owner.lower in ("his", "her", "their", "its"):
                mention = _mention_of(
                    found,
                    first,
                    first + 1,
                    "pronoun",
                    {"his": "he", "her": "she", "its": "it"}.get(owner.lower, "they"),
                )
            elif owner.possessive or owner.text in ("’", "'"):
                stop = first + 1 if owner.possessive else first
                mention = next(
                    (item for item in found.mentions if item.stop == stop and item.form != "organisation"), None
                )  # type: ignore[assignment]
            else:
                continue
            if mention is not None and (first == 0 or _at(found, mention.token - 1) in _VIEW_LEADS):
                self._add(found, mention.token, index + 1, token.lower, "view", mention)
            return

    def _verb(self, found: Found, index: int, lemma: str) -> None:
        if (
            _at(found, index - 1) in _BE
            and _at(found, index + 1) != "by"
            and found.tokens[index].lower not in ("told", "quoted")
        ):
            return
        if lemma in ("respond", "reply", "answer", "comment") and self._silent(found, index):
            return
        if _at(found, index + 1) == "by" and (agent := self._right(found, index + 2, 12)) is not None:
            self._add(found, index, index + 2, lemma, "inverted", agent)
            return
        source, relation = self._subject(found, index)
        if source is None or (relation == "apposed" and not self._apposition_only(found, source, index)):
            inverted = self._inverted(found, index)
            if inverted is not None:
                source, relation = inverted, "inverted"
        if source is None:
            source, relation = self._joined(found, index)
        self._add(found, index, index + 1, lemma, relation if source else "loose", source)

    def _silent(self, found: Found, index: int) -> bool:
        """ "did not respond", "declined to comment": nothing is said."""
        before = [_at(found, index - back) for back in (1, 2, 3)]
        return bool({"not", "never", "didn't", "didn’t", "declined", "refused"} & set(before))

    def _add(self, found: Found, first: int, stop: int, lemma: str, relation: str, mention: Mention | None) -> None:
        start, end = found.tokens[first].start, found.tokens[stop - 1].end
        text = " ".join(token.text for token in found.tokens[first:stop])
        strong = lemma in self.words.strong_verbs or relation in ("according", "view")
        found.cues.append(Cue(start, end, text, lemma, relation, strong, mention))

    def _subject(self, found: Found, verb: int) -> tuple[Mention | None, str]:
        """The mention left of the verb: adjacent, before an apposition, or with "of ..." between."""
        index = verb - 1
        while (
            index >= 0
            and found.tokens[index].lower in self.words.adverbs
            and not found.tokens[index].capital
            and verb - index < 6
        ):
            index -= 1
        if (
            index > 1
            and _at(found, index - 1) in ("in", "on", "last", "this")
            and (found.tokens[index].word in self.words.calendar or _at(found, index) in ("week", "month", "year"))
        ):
            index -= 2
        if index < 0:
            return None, ""
        if found.tokens[index].lower in ("who", "which", "that") and index:
            index -= 1 + (found.tokens[index - 1].text == ",")
            if index >= 0 and found.tokens[verb - 1].lower == "who" and (whole := self._with_complement(found, index)):
                return whole, "relative"
            if index >= 0:
                return self._ending(found, index) or self._with_complement(found, index), "relative"
            return None, ""
        mention = self._ending(found, index)
        if mention is not None:
            return mention, "subject"
        if found.tokens[index].text in ",)—–":
            return self._before_comma(found, index), "apposed"
        strong = self.words.reporting_verbs.get(found.tokens[verb].lower, "") in self.words.strong_verbs
        phrase = self._organisation_phrase(
            found, index, strong and found.tokens[verb].lower not in self.words.noun_forms
        )
        if found.tokens[verb].lower.endswith("ing"):
            phrase = None
        if phrase is not None:
            return self._with_complement(found, index) or phrase, "subject"
        return self._with_complement(found, index), "subject"

    def _ending(self, found: Found, index: int) -> Mention | None:
        for mention in found.mentions:
            if mention.stop == index + 1 and not found.tokens[index].possessive:
                if mention.form == "organisation" and self._part_of_person(found, mention):
                    return self._with_complement(found, index)
                return mention
        if found.tokens[index].lower in ("they", "it"):
            return _mention_of(found, index, index + 1, "pronoun", found.tokens[index].lower)
        return None

    def _part_of_person(self, found: Found, mention: Mention) -> bool:
        """Whether "of Seres" belongs to a person named before: "Leng Yan of Seres said"."""
        return self._with_complement(found, mention.stop - 1) is not None

    def _before_comma(self, found: Found, comma: int) -> Mention | None:
        """Of the mentions left of an apposition's closing comma, the person it is about."""
        best = self._apposed(found, comma)
        if best is not None:
            return best
        for mention in found.mentions:
            if mention.stop > comma or comma - mention.stop > 30:
                continue
            after = _at(found, mention.stop)
            if mention.form in ("name", "partial") and after in (
                ",",
                "(",
                "—",
                "–",
                "of",
                "from",
                "at",
                "who",
                "himself",
                "herself",
                "and",
            ):
                if best is None or not self._crosses(found, best.stop, mention.token):
                    best = best if best is not None and best.form == "name" and mention.form != "name" else mention
            elif (
                mention.form == "organisation"
                and after == ","
                and mention.token <= 1
                and best is None
                and comma != mention.stop
            ):
                best = mention
            elif mention.stop == comma and mention.form in ("role", "pronoun"):
                best = best or mention
        if best is not None and any(found.tokens[i].text in _BOUNDS for i in range(best.stop, comma)):
            return None
        return best

    def _apposed(self, found: Found, comma: int) -> Mention | None:
        """The person whose post stands between commas: Jane Roe, head of Foo China, said."""
        for mention in found.mentions:
            if mention.form == "role" and self._unnamed_before(found, mention, comma):
                return mention
            if mention.form not in ("name", "partial") or not 2 < comma - mention.stop < 30:
                continue
            inner = found.tokens[mention.stop + 1 : comma]
            if _at(found, mention.stop) != "," or any(token.text in _BOUNDS for token in inner):
                continue
            post = next((token for token in inner if is_role(token.lower)), None)
            commas = [token for token in inner if token.text == ","]
            if post is not None and (not commas or commas[0].start > post.start) and len(commas) < 3:
                return mention
        return None

    def _unnamed_before(self, found: Found, mention: Mention, comma: int) -> bool:
        """ "A customs official from Lobito, who asked not to be named, said": somebody without a name."""
        if mention.token > 2 or mention.text[:2].lower() not in ("a ", "an") or comma - mention.stop > 20:
            return False
        words = [token.lower for token in found.tokens[mention.stop : comma]]
        return "who" in words and words.count(",") == 1 and words[words.index("who") - 1] == ","

    def _apposition_only(self, found: Found, mention: Mention, verb: int) -> bool:
        """Whether one phrase between commas, and nothing else, parts the mention from its verb."""
        if _at(found, mention.stop) not in (",", "(", "—", "–"):
            return False
        commas = sum(token.text == "," for token in found.tokens[mention.stop : verb])
        return commas <= 2 and mention.form != "organisation"

    def _crosses(self, found: Found, first: int, stop: int) -> bool:
        return any(found.tokens[index].text in _BOUNDS for index in range(first, stop))

    def _with_complement(self, found: Found, index: int) -> Mention | None:
        """ "Friederike Anders of the Sternau Group said": a person, then "of", "from", "at" and its noun."""
        for mention in reversed(found.mentions):
            unnamed = mention.form == "role" and mention.text[:2].lower() in ("a ", "an")
            if mention.stop > index or index - mention.stop > 12:
                continue
            if mention.form not in ("name", "partial") and not unnamed:
                continue
            if _at(found, mention.stop) not in ("of", "from", "at", "in", "for", "with", "who", "whose"):
                continue
            between = found.tokens[mention.stop : index + 1]
            if not any(token.text in _BOUNDS or token.text == "," for token in between):
                return mention
        return None

    def _organisation_phrase(self, found: Found, index: int, strong: bool = False) -> Mention | None:
        """The noun phrase that ends at `index`: "its finance department", "the zoo" (only before a strong verb)."""
        known = found.tokens[index].lower in self.words.organisation_nouns
        if (not known and not strong) or found.masked[index] or found.tokens[index].lower in self.words.function_words:
            return None
        first = self._noun_phrase_start(found, index)
        if first is None:
            plural = index == 0 or found.tokens[index - 1].text in _BOUNDS
            if not (known and plural and found.tokens[index].lower.endswith("s")):
                return None
            first = index
        links = [
            i for i in range(first + 1, index) if found.tokens[i].lower in ("of", "for", "responsible", "at", "that")
        ]
        head = found.tokens[links[0] - 1 if links else index].lower
        if found.tokens[first].lower in ("his", "her", "its", "their") and head in self.words.views:
            return None
        if (
            head in self.words.abstract_nouns
            or head in self.words.calendar
            or (found.tokens[first].lower in ("a", "an") and not known)
        ):
            return None
        return _mention_of(found, first, index + 1, "organisation", head)

    def _noun_phrase_start(self, found: Found, index: int) -> int | None:
        for position in range(index - 1, max(-1, index - 10), -1):
            token = found.tokens[position]
            if token.lower in _DETERMINERS or (
                token.possessive and position and found.tokens[position - 1].lower == "the"
            ):
                return position
            if token.text in ("'", "’", "&") or token.lower in ("of", "and", "for", "responsible"):
                continue
            if (
                not token.text[0].isalpha()
                or token.lower in self.words.function_words
                or (token.lower in self.words.reporting_verbs and not token.capital)
            ):
                return None
        return None

    def _inverted(self, found: Found, verb: int) -> Mention | None:
        """ "said X", "pointed out the minister, X", after a comma, a quotation or the sentence's start."""
        before = found.tokens[verb - 1].text if verb else ""
        start = verb + 1
        while _at(found, start) in ("out", "also", "that", "again", "by", "in") and start < verb + 3:
            start += 1
        if before not in _MARKS and not (verb and found.masked[verb - 1]):
            adjacent = self._starting(found, start)
            whole = adjacent is not None and _at(found, adjacent.stop) in ("", ".", ",", ";", "—")
            if not whole or found.tokens[verb].lower in _AFTER_VERB or found.tokens[verb].lower.endswith("ing"):
                return None
        elif found.tokens[verb].lower.endswith("ing") or found.tokens[verb].lower in _AFTER_VERB:
            return None
        return self._right(found, start, 9)

    def _starting(self, found: Found, index: int) -> Mention | None:
        return next((mention for mention in found.mentions if mention.token == index), None)

    def _right(self, found: Found, first: int, reach: int) -> Mention | None:
        """The source right of "said" or "according to": the first person, else an organisation or a role."""
        fallback: Mention | None = None
        commas = 0
        for index in range(first, min(first + reach, len(found.tokens))):
            token = found.tokens[index]
            mention = self._starting(found, index)
            if (
                mention is not None
                and mention.form in ("name", "partial", "pronoun")
                and not self._owner(found, mention)
            ):
                return mention
            if mention is not None and fallback is None:
                fallback = mention
            if token.text == ",":
                commas += 1
                if commas > 1 or fallback is None or fallback.form != "role":
                    break
            elif token.text in _BOUNDS or token.lower in ("that", "who", "which", "when", "after", "while"):
                break
            elif (
                token.lower in self.words.organisation_nouns
                and not token.capital
                and (fallback is None or fallback.form == "role")
            ):
                if not token.possessive:
                    fallback = self._organisation_phrase(found, index) or fallback
            elif token.lower in ("him", "her") and index == first:
                return _mention_of(found, index, index + 1, "pronoun", "he" if token.lower == "him" else "she")
        if fallback is None and _at(found, first) in ("the", "its", "their") and first + 1 < len(found.tokens):
            stop = first + 1
            while (
                stop < len(found.tokens)
                and found.tokens[stop].text[0].isalpha()
                and found.tokens[stop].lower not in self.words.function_words | {"of"}
                and stop - first < 5
            ):
                stop += 1
            if stop > first + 1 and (
                stop == len(found.tokens) or not found.tokens[stop].text[0].isalpha() or stop - first < 5
            ):
                head = found.tokens[stop - 1].lower
                fallback = (
                    None if head in self.words.abstract_nouns else _mention_of(found, first, stop, "organisation", head)
                )
        return fallback

    def _owner(self, found: Found, mention: Mention) -> bool:
        """Whether the mention only owns what speaks: "according to Lin's company"."""
        return found.tokens[mention.stop - 1].possessive and _at(found, mention.stop) not in self.words.views

    def _joined(self, found: Found, verb: int) -> tuple[Mention | None, str]:
        """ "X accepted the prize and said", "X echoed this, stating": the subject of the clause before."""
        lower = found.tokens[verb].lower
        before = _at(found, verb - 1) if verb else ""
        adverb = before in self.words.adverbs
        lead = _at(found, verb - 2) if adverb and verb > 1 else before
        if not (lead in ("and", "but", "or") or (lower.endswith("ing") and lead in (",", "and", "", "—"))):
            return None, ""
        for mention in found.mentions:
            if (
                mention.form != "organisation"
                and mention.stop <= verb
                and mention.token <= 8
                and not self._owner(found, mention)
            ):
                return mention, "joined"
        for mention in found.mentions:
            if mention.stop <= verb and mention.token <= 2 and is_organisation(mention.text):
                return mention, "joined"
        return None, ""


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
    return " " not in text and text.endswith(("ese", "ean", "ish", "ian", "ans", "ians", "can")) and len(text) > 5


def _mention_of(found: Found, first: int, stop: int, form: str, head: str) -> Mention:
    tokens = found.tokens
    start, end = tokens[first].start, tokens[stop - 1].start + len(tokens[stop - 1].word)
    text = " ".join(
        token.text if token.text != token.word and index < stop - 1 else token.word
        for index, token in enumerate(tokens[first:stop], first)
    )
    return Mention(start, end, text.replace(" ' ", "' ").replace(" ’ ", "’ "), form, head=head, token=first, stop=stop)  # type: ignore[arg-type]


def _at(found: Found, index: int) -> str:
    return found.tokens[index].lower if 0 <= index < len(found.tokens) else ""
