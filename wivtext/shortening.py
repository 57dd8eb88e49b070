"""Shorter sentences that say the same: no dateline, opening connective or ticker; under a speaker's name no "X said".

>>> shorten("SHANGHAI, May 3 (Xinhua) -- Sales of vans rose 12 percent in April.", "en")
'Sales of vans rose 12 percent in April.'
>>> from wivtext.records import Speaker
>>> shorten("此外，桑卫东表示，首批1500辆新车预计6月启动出口。", "zh", Speaker("s1", "桑卫东"))
'首批1500辆新车预计6月启动出口。'

Nothing goes that has a figure, a "not", a condition or a "perhaps", nor words whose loss would leave a pronoun without
its name. What verbs other than the neutral ones say (warned, believes, 认为) is part of the statement and stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from wivtext.attribution.quotations import quoted
from wivtext.engines.leaning import leans
from wivtext.reading.titles import without_dateline
from wivtext.records import Language, Speaker

VERSION = "shortening 1"

_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# A place in capitals, or one with a date or an agency: "The plan — China's largest — works" has none.
_DATELINE = re.compile(
    r"[A-Z]{3,}|[A-Z][\w.’' ]{2,40},[^—–(-]{0,30}\d|[A-Z][\w.,’' ]{2,40}\([A-Z]\w{1,20}\)|[A-Z][a-z]+(?: [A-Z][a-z]+)?—"
)
_TICKER = re.compile(
    r"\s?\((?:[A-Z]{2,10}: ?[A-Z0-9.]{1,8}|[A-Z]{2,5}\.[A-Z]{1,3}|\d{4,6}\.[A-Z]{2})"
    r"(?:[;,] ?[A-Z]{2,10}: ?[A-Z0-9.]{1,8})?\)"
    r"|（(?:[股证][票券]代码[：:][\dA-Z.]{4,12}|\d{4,6}\.[A-Z]{2,3}|[A-Z]{2,10}[：:] ?[A-Z0-9.]{1,8})"
    r"(?:[；;，,/、] ?[A-Z0-9.：:]{3,14})?）"
)
_FEW = {"en": 5, "zh": 8}  # words or characters, at least, that are left
_PRONOUNS = frozenset(["he", "she", "they", "it"])
_SMALL = frozenset(["the", "of", "and", "for", "de", "van", "von", "al"])
_OTHERS = frozenset(["to", "for", "spokesman", "spokeswoman", "spokesperson", "aide", "lawyer", "lawyers"])
_TAIL = (
    r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| here| yesterday| today|"
    r" (?:in|at) (?:a|an|the) (?:statement|interview|news conference|press conference|briefing|speech)){0,2}"
)
_BODY = re.compile(
    r"\b[Tt]he (?:company|firm|group|bank|plant|ministry|agency|university|institute|party|department)\b"
    "|公司|集团|本行|我行|企业|学校|医院|工厂|该[部厅局校院所行]"
)
_ADVERBS = r"(?:(?:also|later|then|further) )?"
_ROLE = r"(?:, [^,\"“”;:—]{2,80},)?"
# What somebody else says, or what the report says of the speaker: "but gave no date".
_MORE_WORDS = re.compile(
    "(?:表示|指出|介绍|强调|透露|补充)[，：]|[并也还则]称|[他她]说"
    "|(?:未|没有|拒绝|不愿|不便)(?:能|作出|进一步)?(?:给出|透露|说明|提供|披露|回应|解释|置评|具体|详细)"
)
_BETWEEN = re.compile(
    "(?:还|也|又|则|进一步|同时|在会上|会上|在发布会上|在论坛上|近日|日前|今日|当日|"
    "在接受[^，。“”]{0,14}(?:采访|专访)时|[对向](?:本报|本刊|新华社)?记者|笑着|当天)*"
)


def shorten(text: str, language: Language, speaker: Speaker | None = None) -> str:
    """The sentence without what can go; for a line under a `speaker`'s name also without "X said"."""
    short = text
    for step in (_without_dateline, _without_tickers, _without_connective):
        short = _kept(short, step(short, language), language)
    if speaker is not None:
        said = _without_wrapper(short, language, speaker)
        # "Li said his firm grew": without Li nobody knows whose firm.
        if not leans(said, language) or leans(short, language):
            short = _kept(short, said, language)
    return short


def _names_whose(said: str, lost: str, speaker: Speaker) -> bool:
    """Whether "the company" is clear: the words lost did not name it, or it stands beside the speaker's name."""
    return not lost or speaker.kind == "organisation" or bool(speaker.organisation) or not _BODY.search(said)


def _kept(text: str, shorter: str, language: Language) -> str:
    """The shorter text, where a sentence is left of it."""
    if shorter == text:
        return text
    size = len(_WORD.findall(shorter)) if language == "en" else len(_HAN.findall(shorter))
    return _capital(shorter) if size >= _FEW[language] else text


def _capital(text: str) -> str:
    """With a capital at the start, but for names like iPhone."""
    word = _WORD.search(text)
    if word is None or word.start() > 1 or not text[word.start()].islower() or word[0] != word[0].lower():
        return text
    return text[: word.start()] + text[word.start()].upper() + text[word.start() + 1 :]


def _without_dateline(text: str, language: Language) -> str:
    if language == "en" and not _DATELINE.match(text):
        return text
    return without_dateline(text)


def _without_tickers(text: str, language: Language) -> str:
    return _TICKER.sub("", text)


def _without_connective(text: str, language: Language) -> str:
    match = _connective(language).match(text)
    return text[match.end() :] if match else text


@cache
def _connective(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, _list(f"connectives.{language}")))
    return re.compile(rf"(?:{words}), " if language == "en" else rf"(?:{words})，", re.IGNORECASE)


def _without_wrapper(text: str, language: Language, speaker: Speaker) -> str:
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return text  # a quotation goes on in the next sentence
    if language == "zh":
        return _without_chinese(text, speaker)
    return _without_trailing(text, speaker) or _without_leading(text, speaker) or text


def _without_trailing(text: str, speaker: Speaker) -> str:
    """Without ", he said." and ", said Jane Roe, who runs the plant."; "" where there is none."""
    for start in _commas(text):
        wrapper, left = text[start:].lstrip(',”" ').removesuffix("."), text[:start]
        match = _trailing().fullmatch(wrapper)
        if match is None or not _is_hers(match, speaker):
            continue
        end = text[start : start + 2].strip(", ")  # the closing quotation mark, where the comma stands before it
        found = left + "." + end
        lost = "".join(match.group(name) or "" for name in ("role", "role2", "role3"))
        shifted = _has(_outside(found), "backshifted.en")
        return found if _is_whole(found) and not shifted and _names_whose(found, lost, speaker) else ""
    return ""


def _commas(text: str) -> Iterator[int]:
    """Where a comma outside of quotations, or the one that ends a quotation, may part a wrapper from what is said."""
    spans = quoted(text)
    for match in re.finditer(r",[”\"]?(?= )", text):
        inside = any(start < match.start() < end for start, end in spans)
        if inside == (len(match[0]) == 2) and len(text) - match.start() < 200:
            yield match.start()


@cache
def _trailing() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, _list("verbs.en")))
    subject = r"[^,\"“”;:—()]{2,60}?"
    return re.compile(
        rf"(?P<subject>{subject})(?P<role>{_ROLE}) {_ADVERBS}(?:{verbs}){_TAIL}"
        rf"|(?:{verbs}) (?P<subject2>{subject}){_TAIL}(?P<role2>(?:, [^,\"“”;:—]{{2,80}})?)"
        rf"|according to (?P<subject3>{subject})(?P<role3>(?:, [^,\"“”;:—]{{2,80}})?)"
    )


def _without_leading(text: str, speaker: Speaker) -> str:
    """Without "Jane Roe said that" where tense and clause can stand alone; "" where they can't."""
    match = _leading().match(text)
    if match is None or not _is_hers(match, speaker):
        return ""
    said, verb = text[match.end() :], match["verb"]
    if _has(said, "other_verbs.en") or _has(said, "verbs.en") or re.search(r", (?:but|while|although)\b", said):
        return ""
    bare = match["link"].strip() == ""
    opening = _WORD.match(said)
    if bare and verb not in ("said", "says"):
        return ""  # added the names of those who are to leave
    if bare and not (opening and (opening[0].lower() in _list("openings.en") or opening[0][0].isupper())):
        return ""
    if match["link"].strip() in (",", ":") and said[:1] not in '“"':
        return ""
    unquoted = _outside(said)
    plain = said[:1] in '“"' or _has(unquoted, "present_forms.en") or verb in _list("present.en")
    shifted = _has(unquoted, "backshifted.en") or _has(unquoted, "past_forms.en")
    return said if plain and not shifted and _is_whole(said) and _names_whose(said, match["role"], speaker) else ""


@cache
def _leading() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, _list("verbs.en")))
    return re.compile(
        rf"(?P<subject>[^,\"“”;:—()]{{2,60}}?)(?P<role>{_ROLE}) {_ADVERBS}(?P<verb>{verbs})(?P<link> that|,|:|) "
    )


def _is_hers(match: re.Match[str], speaker: Speaker) -> bool:
    """Whether a wrapper names nobody but the speaker, and nothing in it would be missed."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    found = {name.rstrip("23"): value for name, value in groups.items()}
    subject, role = found["subject"], found.get("role", "")
    words = [word.lower() for word in _WORD.findall(subject)]
    if re.search(r"\d", match[0]) or _has(subject, "kept.en") or _has(role.replace(" and ", " "), "kept.en"):
        return False
    if _has(role, "verbs.en") or _has(role, "other_verbs.en"):
        return False
    if "who" in words:
        return False
    if len(words) == 1 and words[0] in _PRONOUNS:
        return True
    named = {word.lower() for name in (speaker.name, *speaker.aliases) for word in _WORD.findall(name)} - _SMALL
    if speaker.kind == "organisation":
        return not named.isdisjoint(words) or bool(re.fullmatch(r"(?:the|its) [a-z]+", subject, re.IGNORECASE))
    return not named.isdisjoint(words) and _OTHERS.isdisjoint(words) and ("subject2" in groups or words[-1] in named)


def _is_whole(text: str) -> bool:
    """Whether what is left can stand alone: a main clause, its quotations closed."""
    first = re.match(r"(?:if|when|after|as|while|although|because|asked|since|whether)\b", text, re.IGNORECASE)
    return not (first and "," not in text) and text.count("“") == text.count("”")


def _outside(text: str) -> str:
    """The text outside of its quotations."""
    parts, last = [], 0
    for start, end in quoted(text):
        parts.append(text[last:start])
        last = end
    return " ".join((*parts, text[last:]))


def _without_chinese(text: str, speaker: Speaker) -> str:
    forms = {speaker.name, *speaker.aliases, speaker.name.split("·")[-1]}
    names = "|".join(map(re.escape, sorted((form for form in forms if len(form) > 1), key=len, reverse=True)))
    own = f"{names}|该公司|公司方面" if speaker.kind == "organisation" else names
    verbs = "|".join(sorted(_list("verbs.zh"), key=len, reverse=True))
    wrapper = rf"(?P<role>[^，。；：“”（）\d]{{0,24}}?)(?:{own}|^[他她其])(?:{_BETWEEN.pattern})(?:{verbs})"
    opening = re.match(rf"(?:据)?{wrapper}(?P<link>[，：])", text)
    if opening:
        said = text[opening.end() :]
        ends = said.endswith(("。", "。”", "！", "！”", "？", "？”"))
        plain = opening["link"] == "，" or said.startswith("“")
        clear = _is_plain(opening["role"], said) and _names_whose(said, opening["role"], speaker)
        return said if ends and plain and clear else text
    closing = re.search(rf"(?<=[。！？]”){wrapper.replace('|^[他她其]', '|[他她]')}。$", text[-60:])
    if closing and not _has_any(closing["role"], "kept.zh") and text.startswith("“") and len(quoted(text)) == 1:
        return text[: len(text) - len(closing[0])]
    return text


def _is_plain(role: str, said: str) -> bool:
    """Whether nothing in the role would be missed, and what is said reports nobody else's words."""
    rest = _outside(said)
    others = _has_any(rest, "other_verbs.zh") or _MORE_WORDS.search(rest)
    return not _has_any(role, "kept.zh") and not others


def _has(text: str, name: str) -> bool:
    return bool(_any_word(name).search(text))


@cache
def _any_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _list(name)))})\b|n['’]t\b", re.IGNORECASE)


def _has_any(text: str, name: str) -> bool:
    return any(word in text for word in _list(name))


@cache
def _list(name: str) -> tuple[str, ...]:
    text = (files("wivtext") / "data" / "shortening.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)[name])
