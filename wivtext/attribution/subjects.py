"""The organisation a document is about: in its title or opening, and and it acts or is spoken for.

>>> own_organisation("Kestrel Motor cuts 900 jobs", ["Kestrel said on Monday it was sorry."], "en", set())
'Kestrel Motor'
>>> own_organisation("澜驰汽车泰国工厂投产", ["3月2日，澜驰汽车的工厂投产。", "澜驰汽车董事长出席。"], "zh", set())
'澜驰汽车'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from wivtext.attribution.chinese_roles import generic
from wivtext.attribution.lexicons import chinese, english
from wivtext.attribution.names import Run, Token, is_organisation, made_up, runs, tokenize
from wivtext.attribution.post_words import posts
from wivtext.records import Language

# What makes two characters a firm's name, and what by itself is a sort of firm.
_FIRM_WORDS = "汽车|科技|集团|公司|股份|电子|智能|董事长|总裁|总经理|创始人|CEO|首席执行官|首席技术官|方面"
# What a name of two words scores that leads the title and the first sentence: Kitasuna Photonics today announced.
LEADING = 4.5
_SORTS = re.compile("(?:企业|公司|机构|商会|学术院|委员会|协会|集团|厂商|平台|部门)$")
_ANNOUNCES = re.compile(
    "(?P<name>[\u4e00-\u9fffA-Za-z]{3,24}?)(?:股份有限公司|有限公司)?"
    "(?P<when>20[0-9]{2}年.{2,8}|[今昨][日天]|近日|日前|当地时间.{2,8}|周[一二三四五六日天]|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日)?"
    "(?:联合|正式)?(?:(?P<says>宣布|公布|公告|发布|表示|通报|披露|推出|召回|上调|下调|任命)|将|拟|计划|已|目前|预计|向|把|与|签|实现|营收|交付|出货|净利|营业"
    "|上半年|下半年|前三季度|第[一二三四]季度|去年|今年|在|和|的|截至|首[座款个次]|旗下|举行|邀请|连续)"
)
# 总部位于马尼拉的, 韩国电池材料企业: where a firm is and what it is, before its name.
_SEAT = re.compile("^(?:总部)?(?:位于|设在|来自)[^，。的]{2,14}的")
_SORT = re.compile("^.{0,10}(?:企业|公司|机构|商|车企|厂家)(?=.{3})")
_WHOSE = re.compile("(?:企业|公司|集团|厂商)(?P<name>[\u4e00-\u9fff]{2,8})的(?:首席|董事长|总裁|总经理|创始人|CEO)")
_TRADES = re.compile(
    "(?:公司|集团|汽车|科技|材料|轮胎|航空|航运|海运|物流|资源|能源|电力|电气|电子|电器|半导体|微电子|光学|光电|制药|药业|医药|生物|生命科学|化工|化学|石化|钢铁|矿业|锂业|铝业|水务"
    "|传媒|视频|软件|信息|网络|数据|智能|智行|智驾|机器人|动力|电池|电芯|重工|机械|装备|股份|资本|证券|银行|保险|人寿|信托|基金|食品|乳业|饮料|酒业|农业|牧业|服饰|家居|家电|零售"
    "|超市|酒店|旅行|出行|咨询|研究|实验室|工业|工程|建设|地产|置业|制造|精密|仪器|医疗|健康|教育|游戏|芯片|雷达|控制|机器人|轴承|阀门|驱动|工具|座椅|轮毂|种子|缝纫机|船厂|造船厂|云|玻璃|陶瓷|水泥|纺织|出版集团|安全公司|通信|电信|卫星|光伏|风电|储能|氢能|回收|合作社)$"
)
_NO_FIRM = re.compile(
    "[的了是在将把被和与及或为从向各这该其个用想不没可请要应会每全已约近]|出口|进口|生产|驱动汽车|[两多数]家"
    "|^(?:当地|多数|一|万|更换|起草|研制|海关|某|唯一|区域|退休|即|新|联合|首|同|另|旗下|部分|主要|国内|本地|经营|教授|因此|领|收购|薪资|出货)|(?:数据|汽车电池|电子信息|公司)$(?<![\u4e00-\u9fff]{4}公司)"
)
_HAN_WORD = re.compile("[\u4e00-\u9fffA-Za-z0-9·]+")


def own_organisation(title: str, texts: Sequence[str], language: Language, persons: Collection[str]) -> str | None:
    """The name a document's own organisation goes by in it, None where it has none. `persons` are no organisations."""
    if language == "en":
        return _english(title, texts, persons)
    return _chinese(title, texts, persons)


def _english(title: str, texts: Sequence[str], persons: Collection[str]) -> str | None:
    body = "\n".join(texts)
    forms: dict[str, list[str]] = {}
    scores: dict[str, float] = {}
    for place, text in enumerate((title, *texts[:3])):
        tokens = tokenize(text[:600])
        for name, score in _openers(tokens, place, persons):
            key = _short(name)
            forms.setdefault(key, []).append(name)
            scores[key] = scores.get(key, 0.0) + score
    for key, names in forms.items():
        scores[key] += 1.5 * any(is_organisation(name) for name in names) + 0.5 * min(_count(key, body), 3)
    inside = within(body)
    told = {key for key in forms if _is_described(key, body)}
    plain = {key for key, names in forms.items() if key not in inside | told and not any(" " in n for n in names)}
    scores = {key: score for key, score in scores.items() if key in body and key not in plain}
    best = max(scores, key=lambda key: (scores[key], len(key)), default=None)
    if (
        best is None
        or scores[best] < 3.5
        or not (
            any(is_organisation(n) or _owns(n, body) for n in (best, *forms[best]))
            or (scores[best] >= LEADING and " " in max(forms[best], key=len))
            or best in told
        )
    ):
        return None
    return max(forms[best], key=len)


def _openers(tokens: Sequence[Token], place: int, persons: Collection[str]) -> list[tuple[str, float]]:
    """The names of the title (`place` 0) or of an opening sentence, and how much speaks for each."""
    found: dict[str, float] = {}
    for run in runs(tokens):
        if not _possible(run.text, tokens, run, persons):
            continue
        after = tokens[run.stop] if run.stop < len(tokens) else None
        acts = after is not None and (
            after.text.islower() or tokens[run.stop - 1].possessive or described(tokens, run.stop)
        )
        shares = run.first > 1 and tokens[run.first - 2].lower in ("shares", "stock") and place > 0
        leads = 1.0 if (run.first <= 3 and acts) or shares else 0.0
        leads += 1.0 if place == 1 and described(tokens, run.stop) else 0.0
        found[_trimmed(run.text)] = (1.5 if place == 0 else 0.5) + leads * (1.5 if place == 1 else 1.0)
    return list(found.items())


def _is_described(name: str, body: str) -> bool:
    """Whether the text says what a firm is: Ferrovolt, a Boston-based startup."""
    sorts = "startup|start-up|company|firm|maker|group|retailer|bank|airline|chain"
    pattern = rf"(?<!\w){re.escape(name)}, (?:which|(?:an?|the) (?:[\w-]+ ){{0,3}}(?:{sorts}))\b"
    return re.search(pattern, body) is not None


def within(body: str) -> frozenset[str]:
    """The words that have a capital within a sentence, too: not Scrolling, which only begins one.

    >>> sorted(within("Scrolling helps, Kestrel said. A Roe left."))
    ['Kestrel', 'Roe']
    """
    return frozenset(re.findall(r"(?<=[a-z,;’A] )[A-Z][\w’'-]*\w", body))


def described(tokens: Sequence[Token], comma: int) -> bool:
    """Whether ", which operates lines ..." or ", a maker of ..." begins at `comma`: a firm, and nobody."""
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return False
    return tokens[comma + 1].lower == "which" or made_up(tokens, comma + 1)


def _trimmed(name: str) -> str:
    """A name without where its firm is from: Hong Kong-listed Guangyu, Suzhou-based Zhiyu, Spain's."""
    return re.sub(r"^(?:[\w ]+-(?:listed|based|born|owned|backed) )", "", name)


def _possible(name: str, tokens: Sequence[Token], run: Run, persons: Collection[str]) -> bool:
    words = english()
    first = tokens[run.first - 1].lower if run.first else ""
    if len(name) < 3 or name in persons or name in words.places or name in posts().demonyms:
        return False
    if any(word in posts().demonyms for word in name.split()) and not is_organisation(name):
        return False
    if first in ("in", "at", "near", "from", "to", "into") and not is_organisation(name):
        return False
    if tokens[run.first - 1].text.isdigit() if run.first else False:
        return False
    return name.lower() not in words.common_words and not (
        " " not in name and name[1:].lower() != name[1:] and len(name) < 5
    )


def _owns(name: str, body: str) -> bool:
    """Whether a bare name acts as firms do: it owns something, or stands before what firms do."""
    acts = "|".join(sorted(posts().firm_acts))
    return re.search(rf"(?<!\w){re.escape(name)}(?:['’]s|,? (?:{acts}|[a-z]{{2,}}(?:s|ed))\b)", body) is not None


def _short(name: str) -> str:
    """A firm's name as it is taken up again: Kestrel, of Kestrel Motor."""
    first = name.split()[0]
    words = english()
    plain = len(first) < 4 or first.lower() in words.common_words or first in words.places or first in posts().demonyms
    return name if plain else first


def _count(name: str, body: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", body))


def _chinese(title: str, texts: Sequence[str], persons: Collection[str]) -> str | None:
    body = "\n".join(texts)
    found: dict[str, float] = {}
    openings = [text[:120] for text in (title, *texts[:2])]
    for place, text in enumerate(openings):
        for match in _HAN_WORD.finditer(text):
            for start in _starts(match.group()):
                name = _repeated(match.group()[start:], body, 1 if place == 0 else 2)
                if name and name not in persons and not any(name.startswith(person) for person in persons):
                    found[name] = found.get(name, 0.0) + (2.0 if place == 0 else 1.0)
    scored = {name: score + _acting(name, body) for name, score in found.items()}
    best = max(scored, key=lambda name: (scored[name], len(name)), default=None)
    if best is not None and scored[best] >= (2.7 if len(best) < 4 else 1.8) and _acting(best, body):
        return best
    return _announcer(title, texts, persons)


def _announcer(title: str, texts: Sequence[str], persons: Collection[str]) -> str | None:
    """The firm that the opening says announces something or acts: 总部位于马尼拉的马哈利卡航空周五宣布."""
    body = "\n".join([title, *texts])
    for text in texts[:2]:
        for clause in re.split("[，。；：——]+", text[:90])[:3]:
            if (whose := _WHOSE.search(clause)) is not None and body.count(whose["name"]) > 1:
                return whose["name"]
            match = _ANNOUNCES.match(_SEAT.sub("", clause))
            name = bare_firm(match["name"]) if match is not None else ""
            if match is None or len(name) < 3 or name in persons or not is_firm(name):
                continue
            sure = match["says"] or match["when"] or _SORT.match(match["name"])
            if sure or body.count(_TRADES.sub("", name)) > 1:
                return name
    return None


def bare_firm(text: str) -> str:
    """A firm's name without what it is and where it is from: 韩国电池材料企业惠进材料."""
    text = re.sub("^(?:位于|总部).*的|^.*(?:的|与|和|由|在|走进|来到)(?=.{3})", "", text)
    text = _SORT.sub("", text)
    place = next((place for place in _places() if text.startswith(place) and len(text) - len(place) > 3), "")
    return text[len(place) :]


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    return tuple(sorted((place for place in chinese().places if len(place) > 1), key=len, reverse=True))


def is_firm(name: str) -> bool:
    """Whether a name ends as firms do and is more than a trade."""
    stem = _TRADES.sub("", name)
    if stem == name or len(stem) < 2 or _NO_FIRM.search(name) is not None:
        return False
    return not generic(stem) and not generic(name) and stem not in chinese().places


def _starts(clause: str) -> list[int]:
    """Where a name can begin in a clause: at its start, or behind a word of what somebody is."""
    return [
        0,
        *(
            match.end()
            for match in re.finditer(
                "(?:企业|公司|集团|车企|商|专访|对话|记者从|由|从|的|银行|行)(?=.{2})", clause[:16]
            )
        ),
    ]


def _repeated(clause: str, body: str, least: int) -> str | None:
    """The longest beginning of a clause, of two to ten characters, that the text has too and that may be a name.

    Once (`least`) is enough for a name of the title.
    """
    for length in range(min(10, len(clause)), 1, -1):
        name = clause[:length]
        if (
            body.count(name) < (least if length > 2 else 2)
            or name in posts().chinese_no_names
            or name in chinese().places
            or name in chinese().roles
        ):
            continue
        if (
            name[-1] in "的了在与和将拟为是从向对由被把于及年月日等中上下个"
            or name[0] in "的了在与和是不一二三这那其该0123456789"
        ):
            continue
        if (length == 2 and not re.search(f"{re.escape(name)}(?:{_FIRM_WORDS})", body)) or sort_only(name):
            continue
        return None if any(name.startswith(word) for word in posts().chinese_no_names if len(word) > 2) else name
    return None


def sort_only(name: str) -> bool:
    """Whether a name only says what somebody is: 航空公司, 养老机构."""
    stem = _SORTS.sub("", name)
    return stem != name and (len(stem) < 4 and generic(stem))


def _acting(name: str, body: str) -> float:
    """How often what follows a name is what follows organisations, up to three; a word of firms at its end counts."""
    acts = "|".join(sorted(posts().chinese_firm_acts, key=len, reverse=True))
    count = len(re.findall(f"{re.escape(name)}(?:{acts})", body))
    return min(count, 3) * 0.8 + (1.0 if _ends_as_firm(name) else 0.0)


def _ends_as_firm(name: str) -> bool:
    return len(name) > 3 and any(name.endswith(word) for word in chinese().organisation_heads if len(word) > 1)
