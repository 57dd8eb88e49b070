"""Transcripts: the label that opens a turn ("Chair:", 主持人：) and whose turn it makes.

>>> divide("Jane Roe: We began early."), divide("主持人：谁先说？")
(('Jane Roe', 10), ('主持人', 4))
>>> divide("He said: no.") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.attribution.lexicons import chinese, english

_WORD = r"(?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|of|da|la)"
_ENGLISH = re.compile(rf"({_WORD}(?: {_WORD}){{0,4}})(?: \([^()]{{1,40}}\))?: ?")
_CHINESE = re.compile(
    "(?=[A-Z]{0,3}[\u4e00-\u9fff]|[A-Z]{1,3}[：:]|36氪[：:])"
    "(36氪|[\u4e00-\u9fffA-Za-z·•・ -]{1,16})(?:[（(][^（）()]{1,20}[）)])?[：:] ?"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_TITLES = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir", "Sen", "Rep", "Gov"))
_NOT_LABELS = re.compile("^[他她它]|[说道问答称称为是的指]$|表示$|认为$|指出$|介绍$|如下$|包括$|一点$|原因$|问题$")


def divide(text: str) -> tuple[str, int] | None:
    """The label a sentence starts with and where its words begin, or None."""
    match = _ENGLISH.match(text) or _CHINESE.match(text)
    if match is None:
        return None
    label = match.group(1).strip()
    if (
        not label.isascii()
        and label not in chinese().interviewers | chinese().answer_labels
        and _NOT_LABELS.search(label)
    ):
        return None
    if (
        has_han(label)
        and len(label) > 6
        and "·" not in label
        and not label.startswith(("主持人", "记者"))
        and " " not in label
    ):
        return None
    return label, match.end()


def has_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


# Newspapers and sites ask under their own name.
# fmt: off
_OUTLETS = frozenset((
    "36氪", "盖世汽车", "新华社", "新华网", "人民网", "央视新闻", "本报", "本刊", "澎湃新闻", "界面新闻",
    "第一财经", "财新", "虎嗅", "钛媒体", "极客公园", "晚点", "晚点LatePost", "新京报", "环球时报", "每日经济新闻",
    "证券时报", "中国新闻周刊", "南方周末", "三联生活周刊", "Reuters", "Bloomberg", "AP", "The Guardian",
    "Guardian", "BBC", "CNN", "NPR", "WSJ", "FT", "Der Spiegel", "SPIEGEL",
))
# fmt: on


def interviewer(label: str) -> bool:
    """Whether a label is that of somebody unnamed who asks.

    >>> interviewer("Moderator"), interviewer("法新社记者"), interviewer("Roe")
    (True, True, False)
    """
    lower = label.lower().strip(".")
    if label.endswith("记者") or label in _OUTLETS:  # of some newspaper: 法新社记者
        return True
    return (
        lower in english().interviewers
        or label in chinese().interviewers
        or lower.removeprefix("the ") in english().interviewers
    )


def bare(label: str) -> str:
    """The name in a label, without title, newspaper and role, and not in capitals.

    >>> bare("MS. JANE ROE"), bare("Mark Shaw, Harrow Capital"), bare("嘉宾赵一帆")
    ('Jane Roe', 'Mark Shaw', '赵一帆')
    """
    if not has_han(label):
        name = label.partition(",")[0].strip()
        title, _, rest = name.partition(" ")
        name = rest if rest and title.strip(".").capitalize() in _TITLES else name
        return name.title() if name.isupper() and len(name) > 3 else name
    for role in ("主持人", "记者", "嘉宾"):
        if label.startswith(role) and len(label) > len(role) + 1:
            return label[len(role) :]
    return label


def shortens(label: str, name: str) -> bool:
    """Whether a label names somebody by the last word of the name, in capitals or not.

    >>> shortens("MS. ROE", "Jane Roe"), shortens("Shaw", "Jane Roe"), shortens("林总", "林浩然")
    (True, False, True)
    """
    if has_han(label):
        return label[1:] in chinese().courtesy and name.startswith(label[:1])
    short, full = bare(label).casefold(), name.casefold()
    return short == full or (" " not in short and full.endswith(" " + short))


def answering(label: str) -> bool:
    """Whether a label marks the answer of whoever is interviewed: "A:", 答：."""
    return label in ("A", "Answer") or label in chinese().answer_labels


def labels(texts: Sequence[str]) -> list[tuple[str, int] | None]:
    """The labels of a document's sentences: only where labels return, or one is an interviewer's."""
    found = [divide(text) for text in texts]
    names = [item[0] for item in found if item]
    trusted = len(names) >= 3 or any(interviewer(name) or answering(name) for name in names)
    return [item if trusted and item and _plausible(item[0], names) else None for item in found]


def _plausible(label: str, names: list[str]) -> bool:
    if interviewer(label) or answering(label) or names.count(label) > 1:
        return True
    return len(set(names)) < len(names) or len(names) >= 4
