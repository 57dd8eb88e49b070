"""A title for a document that names none: its first sentence without the dateline, cut at a clause.

>>> without_dateline("CHONGQING, July 30 (Xinhua) -- A conference opened.")
'A conference opened.'
>>> without_dateline("新华社重庆7月30日电 大会开幕。")
'大会开幕。'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.language import HAN
from wivtext.records import Paragraph, Sentence

_ENGLISH_DATELINE = re.compile(r"[A-Z][\w.,'’/ ]{2,60}(?:\([\w .'’/]{2,30}\)\s*)?\s?(?:—|–|--|-\s)\s*(?=[A-Z“\"])")
_CHINESE_DATELINE = re.compile(
    rf"(?:[{HAN}]{{2,12}}\d{{1,2}}月\d{{1,2}}日(?:电|電|讯|訊|消息)|(?:本报|本報|本刊)[{HAN}]{{0,8}}(?:讯|訊|电|電))"
    r"(?:[（(][^()（）]{1,40}[)）])?[\s，：:—]*"
)
_CLAUSE = re.compile(r"[，；：—]|[,;:](?=\s)|\s[–-]\s")
_NAME_MARKS = re.compile(r"[-_\s]+")
_ENOUGH = 400
_LONGEST = {"en": 90, "zh": 36}


def title_from(sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], name: str) -> str:
    """The beginning of the first sentence that says something; `name` for a transcript, or where there is none."""
    if paragraphs and paragraphs[0].kind == "turn" and name != "text":
        return title_of_name(name)
    for sentence in sentences:
        if sum(character.isalpha() for character in sentence.text[:_ENOUGH]) >= 4:
            return _cut(without_dateline(" ".join(sentence.text[:_ENOUGH].split())), _LONGEST[sentence.language])
    return name


def title_of_name(name: str) -> str:
    """A file's name as a title, which is the same in both languages.

    >>> title_of_name("shanghai-driving_models")
    'shanghai driving models'
    """
    return _NAME_MARKS.sub(" ", name).strip() or name


def without_dateline(text: str) -> str:
    """A report's first sentence without the place, date and agency it begins with."""
    for pattern in (_ENGLISH_DATELINE, _CHINESE_DATELINE):
        match = pattern.match(text, 0, 100)
        if match and match.end() < len(text):
            return text[match.end() :]
    return text


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text.rstrip(".。")
    clauses = [match.start() for match in _CLAUSE.finditer(text, longest // 3, longest)]
    if clauses:
        return text[: clauses[-1]].rstrip()
    space = text.rfind(" ", longest // 2, longest)
    return text[: space if space > 0 else longest].rstrip() + "…"
