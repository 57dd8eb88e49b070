"""What is given to an engine at once: sentences cut at clauses where they are too long, and put together again.

Nothing is lost: `"".join(clause.text + clause.joint for clause in clauses(text, limit))` has every character of `text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wivtext.records import Language

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LATIN_LETTERS_PER_TOKEN = 3.5

# Where a sentence may be cut, the best places first. A comma between digits belongs to the number.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[。！？!?][”’」』]? *|(?<=[^\d\s][.])[”’\"]? +(?=[A-Z“\"])",
        r"[；;] *",
        r"—{1,2} *| [–-] |[：:](?!//) *(?=\D)",
        r"，(?!\d)|, +|，",
        r" (?=(?:and|but|while|which|because|although|after|before|when|where|that) )",
        rf"(?<=[{HAN}])(?=(?:和|与|及|并|但|而|以及|因为|所以|其中))",
        r"、|, *(?=\D)| ",
    )
)
_QUOTES = '“”"「」„'
_FINAL = re.compile(r"(?<![\s.,;:!?。，；：！？、—–-])[\s.,;:!?。，；：！？、—–-]+$")
_JOINTS: dict[Language, dict[str, str]] = {
    "zh": {
        ",": "，",
        "，": "，",
        ";": "；",
        "；": "；",
        ":": "：",
        "：": "：",
        "—": "——",
        "–": "——",
        "-": "——",
        "、": "、",
    },
    "en": {
        ",": ", ",
        "，": ", ",
        ";": "; ",
        "；": "; ",
        ":": ": ",
        "：": ": ",
        "—": " — ",
        "–": " – ",
        "-": " - ",
        "、": ", ",
    },
}
_STOPS: dict[Language, dict[str, str]] = {
    "zh": {"。": "。", ".": "。", "！": "！", "!": "！", "？": "？", "?": "？"},
    "en": {"。": ". ", ".": ". ", "！": "! ", "!": "! ", "？": "? ", "?": "? "},
}
# Words that are written small inside an English sentence, whatever an engine thinks that starts one.
_SMALL = re.compile(
    r"(?:the|an?|and|or|but|of|in|on|at|by|for|from|to|with|as|its?|th(?:is|at|ese|ose|ere|eir)|s?he|they|we"
    r"|wh(?:ich|o|en|ere|ile)|because|although|after|before|his|her|our|about|more|some|also|both|not?)(?= )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence and the punctuation between it and the next."""

    text: str
    joint: str


def estimate(text: str) -> int:
    """How many tokens an engine will need for a text, about, and rather too many.

    >>> estimate("二〇二六年"), estimate("seven letters")
    (5, 5)
    """
    han = len(re.findall(f"[{HAN}]", text))
    return 1 + round(han + (len(text) - han) / _LATIN_LETTERS_PER_TOKEN) if text else 0


def clauses(text: str, limit: int) -> list[Clause]:
    """A text cut into clauses of at most `limit` tokens each, at the strongest boundaries nearest to their middle.

    >>> [clause.text for clause in clauses("销量增长了三成，利润也有所提高；公司表示满意。", 13)]
    ['销量增长了三成', '利润也有所提高', '公司表示满意。']
    """
    if estimate(text) <= limit or len(text) < 2:
        return [Clause(text, "")]
    start, end = _cut(text)
    left, right = clauses(text[:start], limit), clauses(text[end:], limit)
    return [*left[:-1], Clause(left[-1].text, left[-1].joint + text[start:end]), *right]


def rejoin(source: Sequence[Clause], translated: Sequence[str], target: Language) -> str:
    """The clauses' translations as one text, with the punctuation of the target language between them.

    >>> rejoin([Clause("销量增长", "，"), Clause("利润提高。", "")], ["Sales grew.", "The profit rose."], "en")
    'Sales grew, the profit rose.'
    """
    text, inside = "", False
    for clause, part in zip(source, translated, strict=True):
        part = _lowered(part.strip()) if inside and target == "en" else part.strip()
        joint = _joint(clause.joint, target)
        text += (_FINAL.sub("", part) if clause.joint else part) + joint
        inside = bool(clause.joint) and clause.joint.strip()[:1] not in _STOPS[target]
    return text


def keep_quotes(source: str, text: str, target: Language) -> str:
    """`text` with the quotation marks that open or close `source`, and without a lone one that does not.

    >>> keep_quotes("“This is new.", "这是新的。", "zh"), keep_quotes("我们要做。”", "We will do it.", "en")
    ('“这是新的。', 'We will do it."')
    >>> keep_quotes("“汽车”两个字变了。", "The word has changed.", "en")
    'The word has changed.'
    """
    opening, closing = ("“", "”") if target == "zh" else ('"', '"')
    if not text or not source:
        return text
    first, last = source[0] in _QUOTES, source[-1] in _QUOTES
    # What is quoted may end within the source: then a mark is only put to one that is there.
    whole = not any(mark in _QUOTES for mark in source[1:-1])
    if first and text[0] not in _QUOTES and (not _is_quoted_later(text) if whole else _has_lone(text, closing)):
        text = opening + text
    ended = text[-1] in _QUOTES or text.rstrip("。.")[-1:] in _QUOTES
    if last and not ended and (whole or _has_lone(text, opening)):
        text += closing
    if not any(mark in source for mark in _QUOTES + "‘’'"):
        text = _without_lone(text, _QUOTES)
    return text


def keep_ending(source: str, text: str) -> str:
    """`text` without the full stop that a heading or a label of the source does not have.

    >>> keep_ending("Sales up in May", "5月销量上升。"), keep_ending("Sales rose.", "销量上升。")
    ('5月销量上升', '销量上升。')
    """
    if not source or source[-1] in '.。…!！?？”"’」』)）' or len(text) < 2:
        return text
    if text[-1] == "。" or (text[-1] == "." and text[-2].islower() and " " in text.strip()):
        return text[:-1]
    return text


def split_label(text: str) -> tuple[str, str, str] | None:
    """The speaker's label, the colon and the rest of a line of a transcript; None where it has no label.

    >>> split_label("Pieter Claes: We agree."), split_label("主持人：欢迎。"), split_label("他说：“好。”")
    (('Pieter Claes', ': ', 'We agree.'), ('主持人', '：', '欢迎。'), None)
    """
    match = _LABEL.match(text)
    if not match or _REPORTING.search(match["label"]):
        return None
    rest = text[match.end() :]
    return (match["label"], match["colon"], rest) if rest and rest[0] not in '“"「‘/' else None


_LABEL = re.compile(
    rf"(?P<label>(?![他她它我你您这那该其此])(?:[{HAN}]{{2,6}}|[{HAN}]{{1,7}}(?:·[{HAN}]{{1,7}}){{1,3}})(?:（[^（）]{{1,12}}）)?|"
    r"[A-Z][\w.'’-]{0,24}(?: (?:[A-Z(][\w.'’)-]{0,24}|of|the|and|de|von|van)){0,5})"
    r"(?P<colon>： *|: +|:(?=[\u4e00-\u9fff]))"
)
_REPORTING = re.compile(
    r"(?:说|道|称|表示|指出|认为|强调|介绍|透露|写|问|答|显示|包括|如下|是|为|即|例如|比如|其中|宣布|补充|提到|坦言|直言|呼吁)$|"
    r"^(?:The|A|An|In|On|It|This|That|And|But|He|She|They|We|His|Her|Its|There|For|Of|At) "
)


def _cut(text: str) -> tuple[int, int]:
    """The place to cut a text at: the strongest boundary in its middle part, else any, else its middle."""
    middle = len(text) / 2
    for reach in (0.35, 0.48):
        low, high = middle - reach * len(text), middle + reach * len(text)
        for pattern in _CUTS:
            places = [match.span() for match in pattern.finditer(text) if low <= match.start() <= high]
            places = [place for place in places if place[0] > 0 and place[1] < len(text)]
            if places:
                return min(places, key=lambda place: abs(place[0] - middle))
    return int(middle), int(middle)


def _joint(joint: str, target: Language) -> str:
    mark = joint.strip()
    if not mark:
        return " " if target == "en" and joint else ""
    first = _JOINTS[target].get(mark[0]) or _STOPS[target].get(mark[0])
    return first if first is not None else joint


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if _SMALL.match(text) else text


def _has_lone(text: str, mark: str) -> bool:
    """Whether this mark is the only quotation mark of a text."""
    return sum(text.count(each) for each in _QUOTES) == text.count(mark) == 1


def _is_quoted_later(text: str) -> bool:
    return any(mark in text for mark in '“"「')


def _without_lone(text: str, marks: str) -> str:
    """A text without the single quotation mark that it has at one of its ends."""
    if sum(text.count(mark) for mark in marks) != 1:
        return text
    return text[1:] if text[0] in marks else text[:-1] if text[-1] in marks else text
