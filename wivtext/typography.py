"""Punctuation and spaces fit to print, in both languages. Digits are never touched.

`chinese` and `english` make the stored text; `spaced` and `curled` only dress it for a page.

>>> chinese('他说:"今年销量增长3.5%, 达到1,000万辆."')
'他说：“今年销量增长3.5%，达到1,000万辆。”'
>>> english("sales rose 3.5%，he said。")
'Sales rose 3.5%, he said.'
>>> spaced("比亚迪发布L3车型，售价25万元")
'比亚迪发布 L3 车型，售价 25 万元'
"""

from __future__ import annotations

import re

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN = re.compile(f"[{HAN}]")
_FULL = dict(zip(",.;:?!", "，。；：？！", strict=True))
_CJK_MARKS = "，。；：？！、（）《》〈〉「」『』【】…"
# Looked past to find what a mark follows: closing brackets and quotes of both widths, other final marks, spaces.
_PASSED_LEFT = frozenset(" \t\u00a0)）]】”’\"'》」』?!？！")
_PASSED_RIGHT = frozenset(" \t\u00a0“‘《（(「『")
_QUOTES = frozenset('"“”‘’')
_SPACES = frozenset(" \t\u00a0")
_REACH = 12  # how many marks are looked past: more in a row are no punctuation
_URL = r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,255}"
_NUMBER = r"\d[\d.,:/]*\d"
_PROTECTED = re.compile(rf"{_URL}|{_NUMBER}|^\s*\d+\.(?!\d)|“[^“”]*”|‘[^‘’]*’", re.ASCII)
_ABBREVIATIONS = frozenset(("co", "corp", "dr", "inc", "jr", "ltd", "mr", "mrs", "ms", "no", "prof", "sr", "st", "vs"))
_LAST_WORD = re.compile(r"[A-Za-z.]{1,20}\Z")


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in `text`.

    >>> is_chinese("BYD海豹"), is_chinese("BYD")
    (True, False)
    """
    return _HAN.search(text) is not None


def chinese(text: str) -> str:
    """Chinese fit to print: full-width punctuation, paired quotation marks, no stray spaces; Latin phrases stay.

    A text without a Chinese character comes back as it is. Idempotent.

    >>> chinese("他在10:30问: 你用过Node.js吗? (GPU, CPU)")
    '他在10:30问：你用过Node.js吗？（GPU, CPU）'
    """
    if not is_chinese(text):
        return text
    text = _close_up(_pair_quotes(text))
    text = re.sub(rf"(?<=[{HAN}”])(?:\.{{3,}}|…(?!…))(?!…)", "……", text)
    text = re.sub(rf"(?<=[{HAN}”])(?:--|—)(?![-—])|(?<![-—])(?:--|—)(?=[{HAN}“])", "——", text)
    kept, chars = _protected(text), list(text)
    for i, char in enumerate(text):
        if char in _FULL and i not in kept and _is_chinese(text, i, chars):
            chars[i] = _FULL[char]
    return _close_up(_pair_brackets("".join(chars), kept))


def english(text: str) -> str:
    """English fit to print: no Chinese punctuation, one style of quotation marks, a capital first. Idempotent.

    >>> english("“we grew（a lot）”，she said。")
    '“We grew (a lot)”, she said.'
    """
    text = _BRACKETS_EN.sub(lambda match: _QUOTED[match[0]], text)
    text = _MARKS_EN.sub(_half_width, text)
    text = re.sub(r"(?<=\S) *（ *", " (", text).replace("（", "(")
    text = re.sub(r"(?:(?<! ) +)?）(?=\w)", ") ", text)
    text = re.sub(r"(?:(?<! ) +)?）", ")", text).replace("％", "%").replace("\u3000", " ")
    text = re.sub(r"(?<=\S) +(?=[,.;:?!](?:\s|$))", "", re.sub(r" {2,}", " ", text)).strip()
    if '"' in text or "'" in text:
        text = text.translate(_STRAIGHT)
    return _START.sub(lambda match: match[1] + match[2].upper(), text, count=1)


def spaced(text: str) -> str:
    """A space between Chinese and Latin letters or digits, for rendering only; none at punctuation, % or °.

    >>> spaced("增长5%以上，约$3亿")
    '增长 5%以上，约 $3 亿'
    """
    text = re.sub(rf"(?<=[{HAN}])(?=[$€£¥]?[A-Za-z0-9])", " ", text)
    return re.sub(rf"(?<=[A-Za-z0-9])(?=[{HAN}])", " ", text)


def curled(text: str) -> str:
    """Straight quotation marks and apostrophes of an English text curled, for rendering only.

    >>> curled('"It\\'s the drivers\\' choice," he said.')
    '“It’s the drivers’ choice,” he said.'
    """
    text = re.sub(r"""(^|[\s(\[—–“‘-])(["'])(?=\S)""", lambda match: match[1] + ("“" if match[2] == '"' else "‘"), text)
    text = re.sub(r"‘(?=\d\ds?\b)", "’", text)
    return text.replace('"', "”").replace("'", "’")


_QUOTED = {"《": "“", "》": "”", "〈": "“", "〉": "”", "「": "“", "」": "”", "『": "‘", "』": "’", "【": "[", "】": "]"}
_BRACKETS_EN = re.compile("[" + "".join(_QUOTED) + "]")
_HALF = {"，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "、": ","}
_MARKS_EN = re.compile("(?:(?<![ \t])[ \t]+)?([" + "".join(_HALF) + "])[ \t]*(.?)")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
# A lone capital later in the word ("iPhone", "eVTOL") is a name's own spelling.
_START = re.compile(r"^([\"'“‘(\[]{0,3})([a-z])(?![a-z]?[A-Z])")


def _close_up(text: str) -> str:
    beside = f"{HAN}{_CJK_MARKS}"
    # From where a row of spaces begins only: thousands of them take no thousands of tries.
    return re.sub(rf"(?<=[{beside}])[ \t\u00a0]+|(?<![ \t\u00a0])[ \t\u00a0]+(?=[{beside}])", "", text)


def _half_width(match: re.Match[str]) -> str:
    mark, following = _HALF[match[1]], match[2]
    if following in _HALF:
        return mark + _HALF[following]
    if not following or following in "”’\"'）)]":
        return mark + following
    return f"{mark} {_capital(following) if mark in '.?!' else following}"


def _capital(letter: str) -> str:
    """The capital of a letter, where it has one that is as much of a letter: ß, ŉ and ΰ stay."""
    capital = letter.upper()
    return capital if capital.lower() == letter else letter


def _protected(text: str) -> set[int]:
    """Where the marks belong to a number, an address, or a quotation in another language."""
    return {i for match in _PROTECTED.finditer(text) if not _HAN.search(match[0]) for i in range(*match.span())}


def _is_chinese(text: str, i: int, made: list[str]) -> bool:
    """Whether the mark at `i` punctuates Chinese: it follows or precedes Chinese, or ends the text.

    `made` has the characters before it as they come out.
    """
    before, after = _neighbour(text, i, -1), _neighbour(text, i, 1)
    if _HAN.match(before) and text[i] != ".":
        return True
    ends = after == "" or (after in "”’" and not _HAN.match(before))
    if text[i] == ".":
        if "." in text[i - 1 : i] + text[i + 1 : i + 2]:
            return False
        return (ends or bool(_HAN.match(before + after))) and not _abbreviated("".join(made[max(0, i - 20) : i]))
    if text[i] in "?!":
        return ends
    return bool(_HAN.match(after))


def _abbreviated(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return word is not None and (len(word[0]) == 1 or "." in word[0] or word[0].lower() in _ABBREVIATIONS)


def _neighbour(text: str, i: int, step: int) -> str:
    passed, marks = _PASSED_LEFT if step < 0 else _PASSED_RIGHT, 0
    while marks < _REACH:
        i += step
        if not 0 <= i < len(text):
            return ""
        if text[i] not in passed:
            return text[i]
        marks += text[i] not in _SPACES
    return ""


def _pair_brackets(text: str, kept: set[int]) -> str:
    """Full-width brackets where they hold Chinese or stand in it."""
    chars, opened = list(text), list[int]()
    for i, char in enumerate(text):
        if char == "(" and i not in kept:
            opened.append(i)
        elif char == ")" and i not in kept and opened:
            start = opened.pop()
            if _brackets_chinese(text, start, i):
                chars[start], chars[i] = "（", "）"
    return "".join(chars)


def _brackets_chinese(text: str, start: int, end: int) -> bool:
    if _HAN.search(text, start, end):
        return True
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False  # f(x), Model S(2025)
    return bool(_HAN.match(_neighbour(text, start, -1)) or _HAN.match(_neighbour(text, end, 1)))


def _pair_quotes(text: str) -> str:
    """Straight quotation marks curled: “ ” outside, ‘ ’ inside; apostrophes, inches and lone marks stay."""
    chars, opened = list(text), list[str]()
    for i, char in enumerate(text):
        if char in "“‘":
            opened.append(char)
        elif char in "”’":
            if opened and opened[-1][-1] == ("“" if char == "”" else "‘"):
                opened.pop()
        elif char in "\"'" and not _within_word(text, i):
            chars[i] = _curl(text, i, opened)
    return "".join(chars)


def _curl(text: str, i: int, opened: list[str]) -> str:
    """The curled form of the straight mark at `i`; `opened` holds the marks still open, straight or curled."""
    char = text[i]
    if opened and (opened[-1][0] == char or (char == '"' and opened[-1] == "“") or (char == "'" and opened[-1] == "‘")):
        mark = opened.pop()
        return "”" if mark[-1] == "“" else "’"
    before = text[i - 1] if i else ""
    if (before.isascii() and before.isalnum()) or not _closes_later(text, i):
        return char
    curl = "‘" if opened and opened[-1][-1] == "“" else "“"
    opened.append(char + curl)
    return curl


def _closes_later(text: str, i: int) -> bool:
    closing = text.find(text[i], i + 1)
    while closing >= 0 and _within_word(text, closing):
        closing = text.find(text[i], closing + 1)
    # What 'a "b" c' means is anyone's guess: its single marks stay.
    return closing >= 0 and (text[i] == '"' or not _QUOTES.intersection(text[i:closing]))


def _within_word(text: str, i: int) -> bool:
    """An apostrophe: between two Latin letters or digits."""
    pair = text[i - 1 : i] + text[i + 1 : i + 2]
    return text[i] == "'" and len(pair) == 2 and pair.isascii() and pair.isalnum()
