"""Whom a short form means: pronouns, surnames two people share, "the chairman", 该公司."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wivtext.attribution.lexicons import english
from wivtext.attribution.mentions import Entity, Mention
from wivtext.attribution.roster import Roster

_GENDERS = {
    "he": "m",
    "she": "f",
    "Mr": "m",
    "Mr.": "m",
    "Mrs": "f",
    "Mrs.": "f",
    "Ms": "f",
    "Ms.": "f",
    "Sir": "m",
    "Lord": "m",
}
# Of two people with one surname the nearer one is meant, where he is nearer by this much.
_MARGIN = 0.2
# What the last character of 陈总, 陈院, 陈局 says of the role.
_ROLES_OF = {
    "总": ("总裁", "总经理", "董事长", "总监", "首席", "创始人", "总工"),
    "董": ("董事长", "董事"),
    "院": ("院长", "院士"),
    "局": ("局长",),
    "处": ("处长",),
    "部": ("部长",),
    "工": ("工程师", "总工"),
    "士": ("院士", "博士"),
    "授": ("教授",),
    "任": ("主任",),
    "长": ("局长", "部长", "院长", "校长", "会长", "市长", "所长", "厂长"),
}
_THIS_ONE = ("这位", "那位", "这名", "该名")
_DEALERS = ("buyer", "seller", "bidder", "lender", "insurer", "manufacturer", "operator", "broker")
_SIDES = (
    "收购方",
    "买方",
    "卖方",
    "监管机构",
    "监管部门",
    "主办方",
    "组委会",
    "发行人",
    "厂家",
    "厂方",
    "院方",
    "校方",
    "该局",
    "该部",
)
# fmt: off
_PAPERS = (
    "白皮书", "报告", "公报", "论文", "研究", "作者", "作者们",
    "通报", "声明", "公告", "文件", "判决书", "裁定书", "通告", "简报",
)
# fmt: on
_BODY_ENDS = ("协会", "学会", "商会", "委员会", "联合会", "机构", "局", "部", "委", "大学", "研究院", "研究所", "联盟")
_ACCOUNTS = ("财报", "年报", "半年报", "季报", "一季报", "三季报", "年度报告", "半年度报告", "业绩公告", "招股书")
# The committee's statement is the committee speaking; the Manila-based carrier is who was just named.
_OWNED_PAPER = re.compile(
    "(?:[Tt]he )?(?P<name>[^'’]{2,40})['’]s? (?:[a-z]+ ){0,2}"
    "(?:statement|notice|report|announcement|filing|prospectus|release|document|letter|bulletin|data|figures|paper|memo)$"
)
_LOCATED = re.compile(r"[Tt]he (?:[A-Z][\w.]+[ -]){1,3}(?:based|listed|owned|headquartered) [a-z-]+(?: [a-z-]+)?$")
# What the organisation that a business story is about is never called.
_NEVER_FIRMS = ("union", "ministry", "council", "regulator", "watchdog", "department", "authority", "authorities")
# What public bodies are called for short, and how their names end.
_OFFICES = frozenset(("agency", "authority", "regulator", "watchdog", "department", "bureau", "commission", "office"))
_OFFICE = re.compile(
    r"\b(?:Agency|Authority|Administration|Commission|Office|Department|Bureau|Ministry|Inspectorate|Directorate)\b"
)
# Asked by the judge, Mette Lund, why not, she answered: not the judge.
_ASKED_BY = re.compile("(?:Asked|Pressed|Questioned|Challenged|Quizzed|Interviewed|Grilled|Pushed) by ")
_NEW_ONE = ("一名", "一位", "一个", "一家")  # who is brought in so is nobody known
_COMPANY_ENDS = ("公司", "该企业", "企业", "集团", "该集团", "车企", "该机构")


@dataclass(slots=True)
class Scene:
    """What the reader has in mind: who spoke last, who was named last; `voices` are organisations heard."""

    roster: Roster
    speaker: Entity | None = None
    spoken: int = -9
    recent: list[tuple[int, Entity]] = field(default_factory=list)
    focus: Entity | None = None
    main_organisation: str | None = None
    index: int = 0
    voices: list[Entity] = field(default_factory=list)
    topics: dict[Entity, set[str]] = field(default_factory=dict)
    unnamed: tuple[int, str] | None = None  # the sentence that last brought in somebody without a name, what they are
    several: tuple[int, str] | None = None  # the sentence that last had a plural of people, and the noun: traders

    def saw(self, index: int, entity: Entity) -> None:
        """Note that sentence `index` mentions `entity`."""
        self.recent = [*[(when, who) for when, who in self.recent if who is not entity][-11:], (index, entity)]

    def heard(self, index: int, entity: Entity, words: Iterable[str] = ()) -> None:
        """Note that sentence `index`, in these `words`, is the statement of `entity`."""
        self.topics.setdefault(entity, set()).update(words)
        self.speaker, self.spoken = entity, index
        if entity.kind == "organisation":
            self.voices = [*[voice for voice in self.voices if voice is not entity], entity]
        self.saw(index, entity)
        if entity.kind == "person":
            self.focus = entity


def resolve(mention: Mention, scene: Scene, text: str, before: list[Mention]) -> Entity | None:
    """The entity a mention means, or None where the document leaves it open. `before`: earlier ones in the sentence."""
    if mention.form in ("name", "partial"):
        return _named(mention, scene, text)
    if mention.form == "pronoun":
        return _pronoun(mention, scene, [] if _ASKED_BY.match(text) else before)
    if mention.form == "role":
        return _role(mention, scene, before)
    return _organisation(mention, scene, before)


def _named(mention: Mention, scene: Scene, text: str) -> Entity | None:
    candidates = list(mention.candidates)
    gender = _GENDERS.get(mention.head)
    if gender and len(candidates) > 1:
        exact = [person for person in candidates if person.gender == gender]
        candidates = exact or [person for person in candidates if person.gender is None] or candidates
    if len(candidates) > 1:
        candidates = [p for p in candidates if p.organisation and _inside(p.organisation, text)] or candidates
    if len(candidates) == 1:
        if gender:
            candidates[0].gender = gender
        return candidates[0]
    if not candidates:
        return None
    weights = {person: _nearness(person, scene) + _fit(person, mention, scene, text) for person in candidates}
    best, *others = sorted(candidates, key=lambda person: -weights[person])
    # Two who are as likely are left open: a reader could not tell either.
    sure = weights[best] > 0 and all(weights[best] - weights[other] >= _MARGIN for other in others)
    return best if sure else None


def _nearness(person: Entity, scene: Scene) -> float:
    """How near somebody was last: the speaker first, then who was named last; two named in one sentence are as near."""
    if person is scene.speaker:
        return 3.0
    when = next((index for index, who in reversed(scene.recent) if who is person), None)
    return 0.0 if when is None else 2.0 / (1.0 + 0.2 * max(0, scene.index - when))


def _fit(person: Entity, mention: Mention, scene: Scene, text: str) -> float:
    """What speaks for somebody besides nearness: a role the mention or the sentence names, words said before."""
    weight = 0.0
    role = (person.role or "").lower()
    if role:
        weight += 2.0 * any(word in role for word in _ROLES_OF.get(mention.text[-1:], ()))
        weight += 1.0 * any(len(word) > 3 and word in text.lower() for word in role.split() if word.isascii())
        weight += 1.0 * (not role.isascii() and role in text)
    topic = scene.topics.get(person, set())
    content = [word for word in topic if len(word) > (5 if word.isascii() else 1) and word in text.lower()]
    return weight + min(1.0, 0.25 * len(content))


def _inside(organisation: str, text: str) -> bool:
    """Whether a sentence names the organisation, by its full name or by the word that marks it."""
    if organisation in text:
        return True
    word = organisation.split()[0] if organisation.isascii() else organisation[:2]
    return len(word) > (3 if word.isascii() else 1) and word in text


def _pronoun(mention: Mention, scene: Scene, before: list[Mention]) -> Entity | None:
    gender = _GENDERS.get(mention.head)
    inside = [
        item.entity
        for item in before
        if item.entity is not None and item.form != "pronoun" and item.entity.kind == "person"
    ]
    choices = [*inside[:1], scene.focus, scene.speaker, *(who for _, who in reversed(scene.recent))]
    if mention.head in ("it", "its") and (opening := _opening(before)) is not None:
        return opening
    if mention.head == "it":
        if scene.speaker is not None and scene.speaker.kind == "organisation":
            return scene.speaker
        return scene.voices[-1] if scene.voices else _latest_organisation(scene)
    if mention.head == "they":
        if scene.speaker is not None and scene.speaker.kind != "person" and scene.index - scene.spoken < 2:
            return scene.speaker
        if scene.several and scene.index - scene.several[0] < 3:
            return scene.roster.group(scene.several[1], scene.several[1], again=True)
        return next((who for _, who in reversed(scene.recent) if who.kind == "organisation"), None)
    if not inside and (stranger := _stranger(scene)) is not None:
        return stranger
    for entity in choices:
        if entity is not None and entity.kind == "person" and entity.gender in (None, gender):
            return entity
    return None


def _stranger(scene: Scene) -> Entity | None:
    """Somebody without a name who came in after the last speaker, and nobody since: its owner, a farmer, ..."""
    if scene.unnamed is None:
        return None
    when, called = scene.unnamed
    later = any(index >= when and who.kind == "person" for index, who in scene.recent)
    if later or when <= scene.spoken or scene.index - when > 3:
        return None
    return scene.roster.unnamed(called)


def _role(mention: Mention, scene: Scene, before: list[Mention]) -> Entity | None:
    if mention.text.startswith(_THIS_ONE) and (meant := _this_one(mention, scene)) is not None:
        return meant
    holders = () if mention.text.startswith(_NEW_ONE) else scene.roster.with_role(mention.head)
    if len(holders) > 1:
        last = [who for _, who in scene.recent if who in holders]
        longer = [who for who in holders if who.role and _phrase(mention.text) in who.role.lower()]
        exact = [who for who in longer if who in last] or longer
        if exact:
            return scene.speaker if scene.speaker in exact else exact[-1]
        return scene.speaker if scene.speaker in holders else (last or list(holders))[-1]
    if holders:
        return holders[0]
    if mention.text.startswith(("这位", "该", "那位", "这名", "该名", "上述")):
        unnamed = (who for _, who in reversed(scene.recent) if who.name.endswith(mention.head))
        return next(unnamed, scene.focus)  # 上述人士, after 知情人士
    if "\u4e00" <= mention.text[0] <= "\u9fff" and len(mention.text) > len(mention.head) + 1:
        named = scene.roster.unnamed_before(mention.text)
        if named is None and not mention.text.startswith(_NEW_ONE):
            return scene.roster.unnamed(mention.text)
    if mention.text.startswith("一家"):
        return scene.roster.unnamed(mention.text[2:].replace("的", "", 1))
    if mention.text.startswith(_NEW_ONE):
        return scene.roster.unnamed(mention.text[2:].rpartition("的")[2] or mention.text)
    words = mention.text.split()
    if words[0].lower() in ("a", "an", "one", "another") and len(words) > 1:
        return scene.roster.unnamed(mention.description or " ".join(words[1:]))
    if mention.head in _DEALERS and words[0].lower() == "the":
        return _own_organisation(scene)
    known = scene.roster.unnamed_before(mention.head)
    if known is not None:
        return known
    heard = [who for who in scene.topics if who.kind == "person"]
    if words[0].lower() == "the" and len(heard) == 1 and heard[0].role is None:
        return heard[0]
    if words[0].lower() == "the" and scene.focus is not None and scene.index - scene.spoken <= 2:
        return scene.focus
    if words[0].lower() == "the" and (new := _introduced(scene)) is not None:
        return new
    return scene.roster.unnamed(mention.description) if mention.description else None


def _this_one(mention: Mention, scene: Scene) -> Entity | None:
    """Whom 这位财务负责人 means: a person named lately whose role has a telling word of it, or who has none yet."""
    near = [who for when, who in reversed(scene.recent) if who.kind == "person" and scene.index - when <= 8]
    words = mention.text.removeprefix("这位").removeprefix("那位").removeprefix("这名").removeprefix("该名")
    field = words.removesuffix(mention.head) or words
    for person in near:
        role = (person.role or "") + (person.organisation or "")
        if any(field[start : start + 2] in role for start in range(len(field) - 1)) or (words and words in role):
            return person
    last = [who for when, who in reversed(scene.recent) if who.kind == "person" and when == scene.index - 1]
    return last[0] if len(last) == 1 and last[0].role is None else None


def _introduced(scene: Scene) -> Entity | None:
    """The only person named so far, a sentence or two ago and without a role: Marcus Delaney ... The engineer says."""
    named = {who: when for when, who in scene.recent if who.kind == "person"}
    if len(named) != 1 or scene.focus not in named or scene.index - named[scene.focus] > 2:
        return None
    return scene.focus if scene.focus.role is None else None


def _phrase(text: str) -> str:
    words = text.split()
    return " ".join(words[1:]).lower() if len(words) > 1 else text.lower()


def _opening(before: list[Mention]) -> Entity | None:
    """The organisation that the sentence itself begins with."""
    first = before[0] if before else None
    if first is None or first.form != "organisation" or first.token > 1 or first.entity is None:
        return None
    return first.entity if first.entity.kind == "organisation" and first.text.isascii() else None


def _organisation(mention: Mention, scene: Scene, before: list[Mention]) -> Entity | None:
    head = mention.head
    owner = _OWNED_PAPER.match(mention.text)
    if owner is not None and not mention.several:
        named = owner["name"]
        return (scene.voices[-1] if scene.voices else None) if named.islower() else scene.roster.organisation(named)
    if mention.several:
        again = mention.text.split()[0].lower() in ("the", "these", "those", "both")
        return scene.roster.group(mention.description or _without_owner(mention.text), head, again=again)
    known = scene.roster.known_organisation(mention.text)
    if known is not None:
        short = _without_owner(mention.text)
        if not short.islower() and not short.startswith(("该", "这")):
            known.add_alias(short)
        return known
    if head and head.isascii():
        if (
            _LOCATED.match(mention.text)
            and head not in _NEVER_FIRMS
            and (own := _beside(before) or _own_organisation(scene))
        ):
            return own
        if head in english().company_nouns and mention.text.lower().startswith("the "):
            own = _opening(before) or _own_organisation(scene) or _beside(before)
            return own or scene.roster.organisation(_without_owner(mention.text))
        named = scene.roster.organisations_with(head)
        if named and mention.text.lower().startswith(("the ", "its ", "their ")):
            return named[0]
        if head in _OFFICES and mention.text.lower() == f"the {head}" and (office := _latest_office(scene)) is not None:
            return office
        if (
            head in english().body_nouns
            and mention.text.lower() == f"the {head}"
            and (body := _body(scene, head)) is not None
            and not (head in _NEVER_FIRMS and body.name == scene.main_organisation)
        ):
            return body
        text = _without_owner(mention.description or mention.text)
        return scene.roster.organisation(text)
    return _chinese_organisation(mention, scene)


def _body(scene: Scene, head: str) -> Entity | None:
    """The body heard last, or the document's own; a paper speaks, but nobody calls it "the ministry"."""
    heard = scene.voices[-1] if scene.voices else None
    if heard is None:
        return _own_organisation(scene)
    paper = heard.name.split()[-1].lower() in english().document_nouns
    if paper and head not in english().document_nouns:
        return None
    if head in _NEVER_FIRMS and heard.name.islower() and head not in heard.name:
        return None  # the union is not the companies
    return heard


def _latest_office(scene: Scene) -> Entity | None:
    """The public body named last: the agency, after the Danish Maritime Authority."""
    named = (who for when, who in reversed(scene.recent) if who.kind == "organisation" and scene.index - when < 4)
    return next((who for who in named if _OFFICE.search(who.name)), None)


def _beside(before: list[Mention]) -> Entity | None:
    """The firm of two words or more that the sentence names before "the company"."""
    firms = (item.entity for item in reversed(before) if item.form == "organisation" and " " in item.text)
    return next((entity for entity in firms if entity is not None), None)


def _without_owner(text: str) -> str:
    """ "the country's electoral commission" without article and owner."""
    words = text.split()
    if words[0].lower() in ("the", "its", "his", "her", "their", "a", "an", "this", "that", "these", "those"):
        words = words[1:]
    if len(words) > 2 and words[0].endswith(("'s", "’s")) and words[0].islower():
        words = words[1:]
    return " ".join(words) or text


def _chinese_organisation(mention: Mention, scene: Scene) -> Entity | None:
    text = mention.text
    bare = text.removeprefix("该").removeprefix("这家").removeprefix("上述")
    if bare in _PAPERS and scene.voices:
        return scene.voices[-1]
    if bare in _PAPERS and bare == text and scene.main_organisation is not None:
        return scene.roster.organisation(scene.main_organisation)
    if text in (*_COMPANY_ENDS, *_ACCOUNTS) or bare in (*_COMPANY_ENDS, *_SIDES):
        return _own_company(scene, bare) or scene.roster.organisation(text)
    if len(bare) < 4 or bare != text:
        tails = [
            entity
            for entity in reversed(scene.roster.organisations)
            if (entity.name.endswith(bare[-1:]) and bare[-2:] in entity.name)
            or (len(bare) == 1 and entity.name.endswith(bare))
        ]
        if tails:
            return tails[0]
    return scene.roster.organisation(bare)


def _own_company(scene: Scene, noun: str) -> Entity | None:
    """Whom a Chinese noun of a company means: never an association or an authority that spoke last."""
    last = scene.speaker
    if noun not in _SIDES and scene.main_organisation is not None and scene.main_organisation.endswith(_BODY_ENDS):
        return _own_organisation(scene) if last is not None and last.kind == "organisation" else None
    if noun in _SIDES or last is None or scene.main_organisation is None or not last.name.endswith(_BODY_ENDS):
        return _own_organisation(scene)
    return scene.roster.organisation(scene.main_organisation)


def _own_organisation(scene: Scene) -> Entity | None:
    """Whom "the company" means: the organisation that spoke last, the document's own, or the one named last."""
    if scene.speaker is not None and scene.speaker.kind == "organisation" and scene.speaker.name not in _ACCOUNTS:
        return scene.speaker
    if scene.main_organisation is not None:
        return scene.roster.organisation(scene.main_organisation)
    return _latest_organisation(scene)


def _latest_organisation(scene: Scene) -> Entity | None:
    return next((who for _, who in reversed(scene.recent) if who.kind == "organisation"), None)
