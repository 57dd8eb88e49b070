"""Sentences: spans that cover a text, quotations kept whole.

>>> text = "“我们赢了。真的赢了。”他说。大会随后闭幕。"
>>> [text[start:end] for start, end in split(text, "zh")]
['“我们赢了。真的赢了。”他说。', '大会随后闭幕。']
>>> text = '"We won. We did," said Mr. Li. Shares of U.S. rivals fell 3.5 percent.'
>>> [text[start:end] for start, end in split(text, "en")]
['"We won. We did," said Mr. Li. ', 'Shares of U.S. rivals fell 3.5 percent.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from wivtext.language import HAN
from wivtext.reading import abbreviations, enclosures, paragraphs
from wivtext.records import Language

Span = tuple[int, int]

# What can end a sentence, the quotes and brackets closing after it, and the white space that belongs to it. An English
# stop counts only before white space or where Chinese meets it: 3.5, wivtext.toml.
_END = re.compile(r"([.!?。！？…｡]+)([\"”’'」』)）\]】》]*)(\s*)")
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(f"[{HAN}]")
_GOES_ON = re.compile(r"[，、；：。,;:]|[a-z]")
_GOES_ON_CHINESE = re.compile(r"[，、；：。,;:]")
_INTRODUCED = re.compile(r"[：:，,]\s*$")
_OPENERS = "“‘「『\"'(（[【"
# "...?" Li asked.
_ENGLISH_REPORT = re.compile(
    r"(?:[\w.'’-]+\s){1,5}?(?:said|says|asked|asks|told|tells|added|adds|replied|replies|wondered|wrote|writes|answered"
    r"|shouted|joked|quipped|continued|explained|recalled|remarked|retorted|exclaimed|insisted|warned)\b"
)
# “……。”他说。 “……？”主持人转过身，“……” “……。”她说，并建议…… A report that goes on with something else than the
# speaker is a sentence of its own: “……。”她指出，去年出口……
_TAIL = r"[^，。！？：；“”「」\n]"
_CHINESE_REPORT = re.compile(
    rf"{_TAIL}{{0,40}}(?:说|(?<![渠知频轨街赛通管隧味跑航])道|表示|称|指出|介绍|问|答|答复|回答|回应|承诺|反问|提醒|感叹|感慨|强调|坦言|补充|解释|回忆|喊|宣布"
    r"|透露|总结|告诉|建议|认为|调侃|写|說|稱|介紹|問|答覆|回應|承諾|感嘆|強調|補充|解釋|回憶|總結|告訴|建議|認為|調侃|寫)"
    rf"(?:(?!了){_TAIL}){{0,4}}(?:[。！？]|$|，(?:并|並|还|還|一边|一邊|同时|同時|引来|引來|她|他))"
    rf"|{_TAIL}{{0,40}}(?:[问問回敬笑反苦喊]道，|，\s*[“「\"])"
    rf"|{_TAIL}{{0,10}}(?:的话|的話)(?:引|赢|贏|让|讓)"
)
# What is longer was never a sentence: every later stage may count on it. Cut at a mark or a space where there is one.
LONGEST = 2_000
_CUT = re.compile(r"[，、；,;]\s?|\s")
# A quotation that "she said." interrupts stays whole up to this many characters.
_LONGEST_INTERRUPTED = 130
_ENGLISH_INTERRUPTION = re.compile(r"[,?!][\"”] [^.?!\"“”\n]{2,80}\.\s+")


def split(text: str, language: Language) -> list[Span]:
    """The sentences of `text`: `"".join(text[start:end] ...) == text`, white space after a sentence belonging to it.

    A sentence never runs over the end of a paragraph (see `paragraphs.spans`): headings and list items end there.

    >>> split("标题\\n第一句。第二句！", "zh")
    [(0, 3), (3, 7), (7, 11)]
    """
    starts = [start for start, _ in paragraphs.spans(text)]
    edges = [0, *starts[1:], len(text)]
    return [
        (edge + start, edge + end)
        for edge, following in pairwise(edges)
        for start, end in split_paragraph(text[edge:following], language)
    ]


def split_paragraph(text: str, language: Language) -> list[Span]:
    """The sentences of one paragraph, however many lines it has.

    >>> split_paragraph("Hard-wrapped\\nlines. Two.", "en")
    [(0, 20), (20, 24)]
    """
    whole = enclosures.Regions(text, language)
    edges, word, letter = [0], _find(_WORD, text, 0), _find(_LETTER, text, 0)
    for found in _END.finditer(text):
        match = _before_opening_quote(text, found, whole)
        # A sentence has a word; marks alone belong to the sentence before, "2." to the one after.
        if (letter if match[1] == "." else word) < match.end() < len(text) and _ends_sentence(text, match, whole):
            edges.append(match.end())
            word = _find(_WORD, text, match.end(), word)
            letter = _find(_LETTER, text, match.end(), letter)
    if word == len(text) and len(edges) > 1:
        edges.pop()
    return [part for span in pairwise([*edges, len(text)]) for part in _cut(text, *span)] if text else []


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, in parts where it is too long for one."""
    while end - start > LONGEST:
        cuts = [match.end() for match in _CUT.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = cuts[-1] if cuts else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _find(pattern: re.Pattern[str], text: str, position: int, known: int = 0) -> int:
    """Where the pattern is found next; `known` is such a place found before, so that nothing is searched twice."""
    if known >= position and known:
        return known
    match = pattern.search(text, position)
    return match.start() if match else len(text)


def _before_opening_quote(text: str, match: re.Match[str], whole: enclosures.Regions) -> re.Match[str]:
    """The match without a straight quote that opens the next sentence: Chinese sets no space before it."""
    quote = text.find('"', match.start(2), match.end(2))
    if quote < 0 or not whole.opened_at(quote):
        return match
    return _END.match(text, match.start(), quote) or match


def _ends_sentence(text: str, match: re.Match[str], whole: enclosures.Regions) -> bool:
    stop, after = match[1], text[match.end()]
    if not match[3] and stop[-1] in ".!?" and not _HAN.match(after) and after not in _OPENERS:
        return False
    goes_on = _GOES_ON_CHINESE if stop[-1] in "。！？｡" else _GOES_ON
    if goes_on.match(after) or whole.holds(match.end(1), match.end(2)):
        return False
    closed = whole.closed_at(match.end(1), match.end(2))
    if stop[-1] in "。！？｡" or _HAN.match(after):
        return _ends_chinese(text, match, closed, whole)
    return bool(match[3]) and _ends_english(text, match, closed, whole)


def _ends_chinese(text: str, match: re.Match[str], closed: Span | None, whole: enclosures.Regions) -> bool:
    stop, after = match[1], text[match.end()]
    if stop[-1] == "." and not _HAN.match(text, match.start() - 1):
        return bool(match[3]) and _ends_english(text, match, closed, whole)
    if closed is None:
        return stop[-1] != "…" or bool(match[2]) or after in _OPENERS
    if text[closed[0]] in "（(《【":
        return closed[0] > 0 and text[closed[0] - 1] in "。！？”" and text[closed[0]] in "（("
    if after in _OPENERS:
        return True
    if _INTRODUCED.search(text, max(0, closed[0] - 3), closed[0]):
        return True
    if closed[0] and _HAN.match(text, closed[0] - 1):
        return False
    return not _CHINESE_REPORT.match(text, match.end())


def _ends_english(text: str, match: re.Match[str], closed: Span | None, whole: enclosures.Regions) -> bool:
    stop, rest = match[1], match.end()
    if closed and stop != "." and _ENGLISH_REPORT.match(text, rest, rest + 80):
        return False
    if stop == "." and _interrupts(text, match, whole):
        return False
    if stop == "." and not (match[2] and closed):
        return not abbreviations.goes_on(text, match.start(), rest)
    return True


def _interrupts(text: str, match: re.Match[str], whole: enclosures.Regions) -> bool:
    """Whether the stop ends a short `"..., she said. "..."`."""
    after, before = whole.opened_at(match.end()), whole.before(match.start())
    if not after or not before or after[1] - before[0] > _LONGEST_INTERRUPTED:
        return False
    return bool(_ENGLISH_INTERRUPTION.fullmatch(text, before[1] - 2, match.end()))
