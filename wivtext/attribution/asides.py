"""Short forms in brackets behind a name: the Energy Agency (EA) said, 中国汽车工业协会（以下简称“中汽协”）指出.

The bracket says what the name is shortened to, and it must not stand between a name and its verb.

>>> short_forms("The International Energy Agency (IEA) said so.", "en")
{'IEA': 'International Energy Agency'}
>>> short_forms("中国汽车工业协会（以下简称“中汽协”）指出，销量上升。", "zh")
{'中汽协': '中国汽车工业协会'}
>>> unbracketed("The Energy Agency (EA) said so.", "en")[0]
'The Energy Agency      said so.'
"""

from __future__ import annotations

import re

from wivtext.attribution.mentions import Mention
from wivtext.records import Language

_WORD = r"[A-Z][\w&.'’-]{0,40}"
_ENGLISH = re.compile(
    rf"(?<![\w.&-])(?P<full>(?:{_WORD}(?: (?:of|for|the|and|de|on|in)(?: (?:of|for|the|and))?)? ){{1,9}}?{_WORD})"
    r"(?P<bracket> \((?:the )?[“\"]?(?P<short>[A-Z][A-Za-z&.-]{1,9})[”\"]?\))"
)
_CHINESE = re.compile(
    "(?P<full>[\u4e00-\u9fff]{3,24})"
    '(?P<bracket>[（(](?:以下)?(?:简称|下称)?[“"「]?(?P<short>[\u4e00-\u9fff]{2,8}|[A-Z][A-Za-z&-]{1,9})[”"」]?[）)])'
)
# Jane Roe, 58, chairwoman of Foo: the number says nothing that the commas do not.
_AGE = re.compile(r"(?<=[a-zà-ÿ]), \d{1,3}(?=,)")
_LEAD = re.compile("^.*(?:据|来自|记者从|由|与|和|在|日|对|而|但|时|近日|日前|此外|同时)(?=[\u4e00-\u9fff]{4})")
# What stands in brackets without being anybody's short form.
_NO_FORMS = frozenset(["CEO", "CTO", "CFO", "COO", "AI", "EV", "SUV", "GDP", "IPO", "ESG", "PMI", "CPI"])


def short_forms(text: str, language: Language) -> dict[str, str]:
    """The short forms that a text explains, each with the name it stands for."""
    found: dict[str, str] = {}
    for match in (_ENGLISH if language == "en" else _CHINESE).finditer(text):
        full = _full(match, language)
        if full:
            found.setdefault(match["short"], full)
    return found


def _full(match: re.Match[str], language: Language) -> str | None:
    short = match["short"]
    if short in _NO_FORMS:
        return None
    if language == "en":
        return _initialled(match["full"], short)
    full = _LEAD.sub("", match["full"])
    return full if (short.isascii() and len(full) > 3) or _letters_in(short, full) else None


def _initialled(full: str, short: str) -> str | None:
    """The last words of a name that begin with the letters of its short form: Energy Agency for EA."""
    words = full.split()
    letters = re.sub("[^A-Z]", "", short)
    for first in range(len(words) - 1, -1, -1):
        initials = "".join(word[0] for word in words[first:] if word[0].isupper())
        if initials == letters and len(letters) > 1:
            return " ".join(words[first:]).removeprefix("The ")
    return None


def _letters_in(short: str, full: str) -> bool:
    """Whether the characters of a short form stand in the name, in this order."""
    place = -1
    for character in short:
        place = full.find(character, place + 1)
        if place < 0:
            return False
    return len(short) < len(full)


def unbracketed(text: str, language: Language) -> tuple[str, list[tuple[int, int, int]]]:
    """The text, as long as before, with the brackets out of the way, and where a name was moved: (start, end, by).

    English words leave their place; a Chinese name moves up to its verb, with commas where it stood.
    """
    moved: list[tuple[int, int, int]] = []
    if language == "en":
        text = _AGE.sub(lambda match: " " * len(match.group()), text)
    for match in (_ENGLISH if language == "en" else _CHINESE).finditer(text):
        if _full(match, language) is None:
            continue
        start, end = match.span("bracket")
        if language == "en":
            text = text[:start] + " " * (end - start) + text[end:]
        else:
            by, first = end - start, match.end("full") - len(_full(match, language) or "")
            text = text[:first] + "，" * by + text[first:start] + text[end:]
            moved.append((first + by, end, by))
    return text, moved


def put_back(mentions: list[Mention], moved: list[tuple[int, int, int]]) -> None:
    """Mentions found in a moved name stand where the name does."""
    for mention in mentions:
        for start, end, by in moved:
            if start <= mention.start < end:
                mention.start, mention.end = mention.start - by, min(mention.end, end) - by
