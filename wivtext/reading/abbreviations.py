"""Full stops that end an abbreviation and not (or not surely) a sentence.

>>> text = "Mr. Li of BYD Co. spoke. No. 3 won."
>>> [goes_on(text, stop, stop + 2) for stop in (2, 16, 23, 27)]
[True, True, False, True]
"""

from __future__ import annotations

import re

from wivtext.reading.wordlists import words

_TOKEN = re.compile(r"[\w.&'’-]*\Z")
_NEXT = re.compile(r"[\"“‘'(\[]*([\w'’-]+)")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]|(?:[a-z]\.)+[a-z]")
_LONGEST = 24


def goes_on(text: str, stop: int, rest: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation and the sentence goes on at `rest`.

    Titles and connectors (Mr., vs.) always go on; No. and Jan. before a number; Inc., U.S. and initials unless the next
    word is one that often begins a sentence.
    """
    token = _token(text, stop)
    if not token or text[stop - len(token) - 1 : stop - len(token)] == "°":
        return False
    if token.isdigit():
        return _is_list_number(text, stop - len(token))
    following = _NEXT.match(text, rest, rest + 40)
    word = following[1].lower() if following else ""
    lower = token.lower()
    if lower in words("abbreviations", "titles") or lower in words("abbreviations", "connectors"):
        return True
    if lower in words("abbreviations", "numbered"):
        return word[:1].isdigit()
    if lower in ("a.m", "p.m"):
        return word in words("abbreviations", "zones")
    if lower in words("abbreviations", "either") or _INITIALS.fullmatch(token):
        quoted = following and following[0][0] in '"“‘'
        return not quoted and word not in words("abbreviations", "starters")
    return False


def _token(text: str, stop: int) -> str:
    match = _TOKEN.search(text[max(0, stop - _LONGEST) : stop])
    return match[0].lstrip("'’-.") if match else ""


def _is_list_number(text: str, start: int) -> bool:
    if start >= 8 and "\n" not in text[start - 8 : start]:
        return False
    line = text.rfind("\n", max(0, start - 8), start) + 1
    return text[line:start].strip(" (*-") == ""
