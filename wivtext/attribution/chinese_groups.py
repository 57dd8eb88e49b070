"""Chinese sources without a name: groups (多位受访者), the unnamed (知情人士), bodies taken up by a common noun (该馆).

>>> group("有分析人士"), group("不少网友"), group("凌岳汽车客服人员"), group("新车型")
('分析人士', '不少网友', '凌岳汽车客服人员', None)
>>> bodies = Bodies()
>>> bodies.read("7月3日，南浦市博物馆将闭馆半年。")
>>> bodies.called("该馆"), bodies.called("博物馆"), bodies.called("协会")
('南浦市博物馆', '南浦市博物馆', None)
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_SEVERAL = re.compile(
    "^(?:[多数几两三四五六七八九十][位名家个]|不少|许多|很多|众多|一些|部分|大多数|大部分|多数|各位|一众|数十[位名家]|有些)"
)
_ONE = re.compile("^(?:[一某该这那][位名个家]?|上述|前述)")
_CLAUSE = re.compile("[^，。；：！？“”、（）,;:!?\n]+")
_OPENING = re.compile(
    "^(?:[0-9]{1,4}[年月日](?:上午|下午|晚间?)?|近日|日前|昨日|今日|昨天|今天|据|由|在|与|和|但|而|对|来自|随后|目前|此前|根据)+"
)
_SOME = re.compile("^(?:[也还更另又亦]?有的(?=..)|[也还更另又亦]?有)")
_THIS = re.compile("^(?:该|本|这家|这一|上述|前述)")


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Nouns of unnamed sources, nouns that end the names of bodies, and what bodies are called for short.

    `lone_nouns` are sources without a count before them too; `papers` speak for whoever published them;
    `firm_words` make a firm of the name before them (凌岳汽车 is nobody called 凌岳).
    What `speech_verbs` report was said; `body_verbs` report what a body said where a comma follows.
    """

    group_nouns: frozenset[str]
    lone_nouns: frozenset[str]
    papers: frozenset[str]
    firm_words: frozenset[str]
    speech_verbs: frozenset[str]
    body_verbs: frozenset[str]
    body_nouns: frozenset[str]
    short_bodies: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def words() -> GroupWords:
    """The words for unnamed sources and bodies, read once."""
    text = files("wivtext").joinpath("data", "attribution", "chinese_groups.json").read_text(encoding="utf-8")
    lists = json.loads(text)
    return GroupWords(
        frozenset(lists["group_nouns"]),
        frozenset(lists["lone_nouns"]),
        frozenset(lists["papers"]),
        frozenset(lists["firm_words"]),
        frozenset(lists["speech_verbs"]),
        frozenset(lists["body_verbs"]),
        frozenset(lists["body_nouns"]),
        {short: frozenset(nouns) for short, nouns in lists["short_bodies"].items()},
    )


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    nouns = "|".join(sorted(words().group_nouns, key=len, reverse=True))
    return re.compile(f"(?:{nouns})(?:们)?$")


@lru_cache(maxsize=1)
def _body() -> re.Pattern[str]:
    nouns = "|".join(sorted(words().body_nouns, key=len, reverse=True))
    return re.compile(
        f"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{{2,16}}?(?P<noun>{nouns}))(?!长|[\u4e00-\u9fff]?(?:们|员|家))"
    )


@lru_cache(maxsize=1)
def _published() -> re.Pattern[str]:
    papers = "|".join(sorted(words().papers, key=len, reverse=True))
    return re.compile(f"(?:发布|公布|发表|推出|出具|提交|披露)[^，。]{{0,30}}?(?P<paper>{papers})")


def group(phrase: str) -> str | None:
    """What unnamed sources are called, None where the phrase is about somebody else or about one of them."""
    noun = _nouns().search(phrase)
    if noun is None or _ONE.match(phrase):
        return None
    name = _SOME.sub("", phrase)
    counted = _SEVERAL.match(name) or name != phrase or phrase.endswith("们")
    return name if counted or (noun.group() in words().lone_nouns and len(name) < 14) else None


def single(phrase: str) -> bool:
    """Whether one of a group without a name is meant.

    >>> single("一位前员工"), single("一座工厂")
    (True, False)
    """
    return re.match("[一某][位名个]", phrase) is not None and _nouns().search(phrase) is not None


class Bodies:
    """The bodies a document has named so far, the latest last, and who published its papers."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._papers: dict[str, str] = {}

    def read(self, text: str) -> None:
        """Keep the bodies that a clause of `text` begins with, and what they published."""
        latest = None
        for clause in _CLAUSE.finditer(text):
            said = clause.group()
            lead = _OPENING.match(said)
            match = _body().match(said, lead.end() if lead else 0)
            if match is not None and not _THIS.match(match["name"]) and "的" not in match["name"][:-2]:
                latest = match["name"]
                self._named.pop(latest, None)  # the latest stands last
                self._named[latest] = match["noun"]
            if latest is not None and (paper := _published().search(said)) is not None:
                self._papers[paper["paper"]] = latest

    def called(self, phrase: str) -> str | None:
        """The full name of the body that a shorter one means (协会, 该馆, 雇主协会), or whose paper it is (白皮书)."""
        noun = _THIS.sub("", phrase)
        if noun in words().papers:
            return self._papers.get(noun)
        nouns = words().short_bodies.get(phrase) or words().short_bodies.get(noun)
        for name, ending in reversed(self._named.items()):
            if ending in nouns if nouns else ending == noun or _ends_with(name, noun, phrase):
                return name
        return None


def _ends_with(name: str, noun: str, phrase: str) -> bool:
    """Whether a name ends with a noun: of two characters at least, or of one after 该."""
    return name.endswith(noun) and name != noun and (noun != phrase or len(noun) > 2)
