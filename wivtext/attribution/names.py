"""English names: words with capitals gathered into runs, and the evidence that a run names a person.

>>> [entity.name for entity in people(["Jane Roe, chief executive of Foo Inc, said so.", "Roe declined to add more."])]
['Jane Roe']
>>> pinyin("Zhang Xinghai"), pinyin("Jane Roe")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wivtext.attribution.lexicons import english, is_role
from wivtext.attribution.mentions import Entity

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Sen|Rep|Gov|Inc|Corp|Ltd|Co|[A-Z])\.(?=\s)|[^\W\d_]+(?:[-'’.&][^\W_]+)*"
    r"|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)*|\S"
)
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|van|an|en|in|un|ün"
    r"|ai|ei|ui|ao|ou|iu|ia|ie|ua|uo|ue|üe|er|[aoeiuü])'?){1,3}"
)
_OPENERS = frozenset('“"‘«「:：—–-(;')
# Everyday words that also open the names of places and organisations.
_OPENING = frozenset(
    ("North", "South", "East", "West", "New", "United", "National", "Royal", "Great", "First", "General")
)
# Names of months that are names of people too.
_MONTH_NAMES = frozenset(("Jan", "Jun", "May", "April", "June", "August"))
_NEVER = frozenset(["I", "A", "An", "The", "This", "That", "These", "Those", "It", "He", "She", "They", "We", "You"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark; `word` is the text without a possessive ending."""

    text: str
    start: int
    end: int
    word: str
    lower: str
    capital: bool

    @property
    def possessive(self) -> bool:
        """Whether the text has more than the word: 's."""
        return len(self.word) < len(self.text)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `first` to `stop` (exclusive) that together look like a name."""

    first: int
    stop: int
    text: str


@lru_cache(maxsize=2048)
def tokenize(text: str) -> tuple[Token, ...]:
    """Words and marks with their offsets; a document's sentences are asked for by several stages."""
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        word = raw[:-2] if raw.endswith(("'s", "’s")) and len(raw) > 2 else raw
        capital = word[0].isupper() or _inner_capital(word)
        tokens.append(Token(raw, match.start(), match.end(), word, word.lower(), capital))
    return tuple(tokens)


def _inner_capital(word: str) -> bool:
    return word.startswith(("al-", "el-", "d'", "d’", "bin-")) and any(letter.isupper() for letter in word)


def pinyin(name: str) -> bool:
    """Whether a name of two or three words reads as Chinese, surname first."""
    words = name.split()
    if len(words) not in (2, 3) or words[0] not in english().pinyin_surnames:
        return False
    return all(len(word) < 16 and word[0].isupper() and _SYLLABLES.fullmatch(word.lower()) for word in words[1:])


def runs(tokens: Sequence[Token]) -> list[Run]:
    """Stretches of words with capitals, particles inside; role words, titles and calendar words divide them."""
    found: list[Run] = []
    index = 0
    while index < len(tokens):
        if not _starts(tokens, index):
            index += 1
            continue
        stop = _extend(tokens, index)
        words = [token.word for token in tokens[index:stop]]
        text = " ".join(words).replace(" ' ", "' ").replace(" ’ ", "’ ")
        found.append(Run(index, stop, text))
        index = stop
    return found


@lru_cache(maxsize=2048)
def runs_of(text: str) -> tuple[Run, ...]:
    """The runs of a text, kept as its tokens are."""
    return tuple(runs(tokenize(text)))


def _starts(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.word == "He" and index + 1 < len(tokens) and pinyin(f"He {tokens[index + 1].word}"):
        return tokens[index + 1].lower not in english().common_words
    if not _namelike(token) or (token.word in _MONTH_NAMES and not _given_month(tokens, index)):
        return False
    initial = index == 0 or tokens[index - 1].text in _OPENERS or tokens[index - 1].text in ".?!”"
    if token.word in english().given_names or token.word in english().pinyin_surnames:
        return True
    if not initial or token.lower not in english().common_words:
        return True
    return token.word in _OPENING and index + 1 < len(tokens) and tokens[index + 1].capital


def _given_month(tokens: Sequence[Token], index: int) -> bool:
    """Whether a month's word is a given name: after a surname or given name, and before no number (Hattori Jun)."""
    number = index + 1 < len(tokens) and tokens[index + 1].text[0].isdigit()
    before = tokens[index - 1].word if index else ""
    after = tokens[index + 1].word if index + 1 < len(tokens) else ""
    lexicon = english()
    family = before in lexicon.surnames or before in lexicon.given_names or before in lexicon.pinyin_surnames
    return not number and (family or after in lexicon.surnames)


# Saab-owned, Paris-based: the word says something of what follows.
_OF_ANOTHER = re.compile(
    "-(?:owned|based|backed|listed|led|made|style|born|bound|controlled|funded|run|built|wide|era|linked|sponsored|"
    "educated|trained|brokered|chaired|designed|registered|flagged|speaking|only|centric|friendly|affiliated|inspired)$"
)


_CONTRACTED = re.compile("['’](?:re|ve|ll|m|d)$")


def _namelike(token: Token) -> bool:
    words = english()
    if token.word in words.surnames:
        return True
    if _CONTRACTED.search(token.word):
        return False  # We're, I'll
    if not token.capital or token.word in _NEVER or ("-" in token.word and _OF_ANOTHER.search(token.word)):
        return False
    if token.word in words.calendar and token.word not in _MONTH_NAMES:
        return False
    return not is_role(token.lower) and token.word not in words.titles


_BODY_WORDS = frozenset(
    ["Administration", "Agency", "Authority", "Board", "Bureau", "Commission", "Committee", "Council", "Department",
     "Directorate", "Inspectorate", "Institute", "Ministry", "Office", "Service", "Services", "Association", "Society"]
)  # fmt: skip


def _extend(tokens: Sequence[Token], first: int) -> int:
    stop = first + 1
    while stop < len(tokens) and not tokens[stop - 1].possessive and stop - first < 9:
        if tokens[stop].word in _MONTH_NAMES and not _given_month(tokens, stop):
            break
        if tokens[stop].capital and _namelike(tokens[stop]):
            stop += 1
        elif joined := _joined(tokens, first, stop):
            stop = joined
        elif tokens[stop].text in ("'", "’") and tokens[stop - 1].word.endswith("s") and _joins(tokens, stop + 1):
            stop = _joins(tokens, stop + 1)  # the Seafarers' Union
        else:
            break
    return stop


def _joined(tokens: Sequence[Token], first: int, link: int) -> int:
    """Where a name goes on to behind a particle or an "and" that belongs to it; 0 where it doesn't."""
    if tokens[link].word in english().particles:
        return _joins(tokens, link)
    return _body_joined(tokens, first, link) if tokens[link].word == "and" else 0


def _body_joined(tokens: Sequence[Token], first: int, link: int) -> int:
    """Where one body's name with "and" ends: the Food and Drug Administration; 0 where "and" parts two names."""
    if first == 0 or tokens[first - 1].lower != "the" or link - first > 3:
        return 0
    if any(token.word in _BODY_WORDS or token.word in english().places for token in tokens[first:link]):
        return 0
    for index in range(link + 1, min(link + 4, len(tokens))):
        token = tokens[index]
        if not token.capital or not _namelike(token):
            return 0
        if token.word in _BODY_WORDS:
            return index + 1 if index > link + 1 else 0
    return 0


def _joins(tokens: Sequence[Token], index: int) -> int:
    """Where a name ends whose particles ("van der") begin at `index`; 0 where they join nothing."""
    while index < len(tokens) and tokens[index].word in english().particles and not tokens[index].possessive:
        index += 1
    return index + 1 if index < len(tokens) and tokens[index].capital and _namelike(tokens[index]) else 0


def is_organisation(name: str) -> bool:
    """Whether a word of the name belongs to organisations (Group, Institute, Bank).

    >>> is_organisation("Kehua Group"), is_organisation("Torunn Vik")
    (True, False)
    """
    return any(word in english().organisation_heads for word in name.split())


# fmt: off
_FIRM_SORTS = frozenset([
    "maker", "makers", "manufacturer", "supplier", "company", "firm", "start-up", "startup", "retailer", "airline",
    "carrier", "bank", "insurer", "lender", "brokerage", "carmaker", "automaker", "chipmaker", "producer", "operator",
    "group", "utility", "consultancy", "charity", "developer", "shipper", "fund", "unit", "subsidiary", "publisher",
    "broadcaster", "refiner", "miner", "distributor", "venture", "cooperative",
])
# fmt: on


def people(sentences: Sequence[str], known: frozenset[str] = frozenset()) -> list[Entity]:
    """The persons a document names in full, by the evidence of all its sentences. `known` are names to trust."""
    scores: dict[str, float] = {}
    singles: dict[str, int] = {}
    order: list[str] = []
    for sentence in sentences:
        tokens = tokenize(sentence)
        for run in runs_of(sentence):
            words = run.text.split()
            if len(words) == 1:
                singles[run.text] = singles.get(run.text, 0) + (1 if _speaks(tokens, run) else 0)
                if _titled(tokens, run):
                    scores.setdefault(run.text, 0.0)
                    order.append(run.text)
            elif len(words) <= 5:
                if run.text not in scores:
                    scores[run.text] = _shape(run.text) + (5.0 if run.text in known else 0.0)
                    order.append(run.text)
                scores[run.text] += _context(tokens, run)
    return _chosen(order, scores, singles)


def _chosen(order: list[str], scores: dict[str, float], singles: dict[str, int]) -> list[Entity]:
    full = [name for name in dict.fromkeys(order) if " " in name and scores[name] + _echo(name, singles) >= 1.3]
    parts = {word for name in full for word in name_parts(name)}
    full = [name for name in full if name not in parts]
    alone = [name for name in dict.fromkeys(order) if " " not in name and name not in parts]
    return [Entity(name, parts=name_parts(name), score=scores[name]) for name in full + alone]


def _echo(name: str, singles: dict[str, int]) -> float:
    return 1.5 if any(singles.get(part) for part in name_parts(name)) else 0.0


def name_parts(name: str) -> frozenset[str]:
    """The short forms a name may be taken up by.

    >>> sorted(name_parts("Willem de Graaf"))
    ['De Graaf', 'Graaf', 'Willem', 'de Graaf']
    """
    words = name.split()
    parts = {word for word in words if word[0].isupper() and len(word) > 1 and not word.endswith(".")}
    for index in range(1, len(words)):
        tail = " ".join(words[index:])
        if len(words) - index > 1:
            parts.add(tail)
            parts.add(tail[0].upper() + tail[1:])
    parts.discard(name)
    parts -= {word for word in parts if word in english().particles and len(words) > 2}
    return frozenset(parts)


def _shape(name: str) -> float:
    words = name.split()
    if is_organisation(name) or name in english().places or _branch(words):
        return -6.0
    score = 0.0
    if not any(_ordinary(word) for word in words):
        score += 1.0
    elif words[0] not in english().given_names:
        score -= 3.0
    if words[0] in english().given_names or words[0].split("-")[0] in english().given_names:
        score += 2.0
    if words[-1] in english().surnames or words[0] in english().surnames:
        score += 2.0
    if pinyin(name):
        score += 2.0
    if any("-" in word for word in words) or any(word.endswith(".") and len(word) == 2 for word in words[1:]):
        score += 1.0
    if any(word.isupper() and len(word) > 2 for word in words) and not all(word.isupper() for word in words):
        score -= 2.0
    if len(words) > 4:
        score -= 1.0
    return score


def _branch(words: Sequence[str]) -> bool:
    """Whether a name is that of a branch, like Astrava China: a place last, and no given name before it."""
    if words[-1] not in english().places or pinyin(" ".join(words)):
        return False
    return words[0] not in english().given_names and words[0] not in english().surnames


def _ordinary(word: str) -> bool:
    """Whether a word of a name is an everyday word too, and none that names are made of."""
    lexicon = english()
    if word in lexicon.given_names or word in lexicon.surnames or word in lexicon.pinyin_surnames:
        return False
    return word.lower() in lexicon.common_words


def _titled(tokens: Sequence[Token], run: Run) -> bool:
    if run.first == 0:
        return False
    return tokens[run.first - 1].word in english().titles and not tokens[run.first - 1].possessive


def _speaks(tokens: Sequence[Token], run: Run) -> bool:
    verbs = english().reporting_verbs
    after = tokens[run.stop].lower if run.stop < len(tokens) else ""
    before = tokens[run.first - 1].lower if run.first else ""
    return after in verbs or before in verbs


# Shares in Hoshino: what is held is a firm.
_HOLDINGS = frozenset(["shares", "stock", "stake", "stakes", "share", "holding", "investment", "investments", "units"])


def _context(tokens: Sequence[Token], run: Run) -> float:
    """Evidence of one occurrence: what stands before and after the run."""
    words = english()
    score = 0.0
    before = tokens[run.first - 1] if run.first else None
    after = tokens[run.stop] if run.stop < len(tokens) else None
    if before is not None:
        if before.word in words.titles:
            score += 3.0
        elif before.lower in _FIRM_SORTS and not before.possessive and not _given(run.text):
            score -= 3.0  # the insurer Seguros Almena
        elif (is_role(before.lower) or before.lower in words.parties) and not before.possessive:
            score += 2.0
        elif before.lower in ("of", "at") and run.first > 1 and is_role(tokens[run.first - 2].lower):
            score -= 1.0 if _given(run.text) else 3.0
        elif before.possessive and before.word in words.places and not _given(run.text):
            score -= 1.5  # Brazil's Aero Cerrado
        elif before.lower in ("in", "of") and run.first > 1 and tokens[run.first - 2].lower in _HOLDINGS:
            score -= 4.0
        elif before.lower in ("the", "in", "at", "from", "near", "into", "through", "across", "between"):
            score -= 1.5
        elif before.lower == "by":
            score += 0.5
        elif before.lower == "of":
            # Zhang Hongtu of Skylark Agri: what somebody is of is no person.
            score -= 3.0 if run.first > 1 and tokens[run.first - 2].capital and not _given(run.text) else 1.0
        elif before.lower in words.reporting_verbs:
            score += 1.0
        elif before.text == "," and after is not None and after.text in (",", ".") and _posted(tokens, run.first - 2):
            score += 2.0
    if tokens[run.stop - 1].possessive and any(is_role(token.lower) for token in tokens[run.stop : run.stop + 3]):
        score -= 2.5  # Wernhardt's chief executive
    if any(token.lower == "its" for token in tokens[run.stop : run.stop + 4]) and not _given(run.text):
        score -= 1.5  # Hoshino Precision slashed its forecast
    if after is not None:
        if after.lower in words.reporting_verbs or after.lower in ("who", "himself", "herself"):
            score += 1.5
        elif after.text in (",", "(", "，") and made_up(tokens, run.stop + 1):
            score -= 3.0
        elif after.text in (",", "(", "，") and _apposition(tokens, run.stop + 1):
            score += 2.0
        elif (
            after.text.islower()
            and (run.first == 0 or tokens[run.first - 1].text == ",")
            and after.lower not in ("and", "or", "of")
        ):
            score += 0.7
        elif after.lower in ("of", "from", "at") and not is_organisation(run.text):
            score += 0.3
    return score


def _posted(tokens: Sequence[Token], last: int) -> bool:
    """Whether a post ends at token `last`: the mayor of Voikkaa, the fund's chief economist."""
    for position in range(last, max(-1, last - 8), -1):
        if is_role(tokens[position].lower):
            return not tokens[position].possessive
        if not tokens[position].text[0].isalnum():
            return False
    return False


def _given(name: str) -> bool:
    """Whether a name begins as people's names do."""
    first = name.split()[0]
    return first in english().given_names or first.split("-")[0] in english().given_names or pinyin(name)


def made_up(tokens: Sequence[Token], index: int) -> bool:
    """Whether ", a Zhuhai maker of sprayers" begins at `index`: what a firm is, and nobody's post."""
    if index >= len(tokens) or tokens[index].lower not in ("a", "an", "the"):
        return False
    for position in range(index + 1, min(index + 8, len(tokens))):
        token = tokens[position]
        if token.lower in _FIRM_SORTS:
            after = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            return not token.possessive and not is_role(after)
        links = ("who", "of", "at", "in", "with", "from", "for")
        if token.text in ",.;)" or token.lower in links or token.possessive or is_role(token.lower):
            return False
    return False


def _apposition(tokens: Sequence[Token], index: int) -> bool:
    """Whether ", chief engineer of ..." or ", who ..." or ", 58," begins at `index`."""
    for position in range(index, min(index + 10, len(tokens))):
        token = tokens[position]
        if token.lower in ("who", "whose") or is_role(token.lower):
            return True
        if token.text in ",.;)":
            return position == index + 1 and tokens[index].text.isdigit()
    return False
