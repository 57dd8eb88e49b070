"""Which post each person of a document holds: gathered from all its sentences, "the chairman" given to his company.

    gather   every place where a name stands with a role or an organisation; the first that says something counts
    whose    "its chairman", "the council's secretary-general", 该局局长: the organisation named last before it
    own      a bare "chief executive Jane Roe" belongs to the organisation the document is about

>>> jane = Entity("Jane Roe", parts=frozenset({"Jane", "Roe"}))
>>> settle([jane], ["Foo Motors cut prices.", "Its chairman, Jane Roe, said so."], "en")
>>> jane.role, jane.organisation
('chairman', 'Foo Motors')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.attribution import chinese_roles, english_roles
from wivtext.attribution.lexicons import chinese, english, is_role
from wivtext.attribution.mentions import Entity, Post
from wivtext.attribution.names import Run, Token, is_organisation, runs, tokenize
from wivtext.attribution.post_words import posts
from wivtext.attribution.subjects import bare_firm, described, is_firm, own_organisation, within
from wivtext.records import Language

_CHINESE_ORGANISATION = re.compile(
    "[\u4e00-\u9fffA-Za-z]{2,14}?(?:公司|集团|汽车|科技|智行|智驾|银行|大学|学院|研究院|研究所|实验室|委员会|协会|学会|商会|联合会|联盟|医院"
    "|基金会|中心|[部局厅署]|工会|论坛|诊所|合作社|证券|资本|物流|航运|能源|电力|动力|装备|机器人|电子|半导体|法院|检察院|俱乐部)"
    "(?![一-鿿]{0,5}(?:协会|学会|商会|联合会))"  # 中国汽车流通协会
)
_TAKEN_UP = re.compile("^(?:[Tt]he |这位|该|那位|这名)((?:[a-z][a-z-]+ ){0,3}[a-z-]{3,}|[\u4e00-\u9fff]{2,8})$")
# The chief engineer of electric drive at Kunpeng Auto.
_PLACED = re.compile(
    "^(?:[Tt]he )?((?:[a-z-]+ ){1,7}?)(?:at|of|for) ((?:[A-Z][\\w&.'’-]*)(?: (?:of |and |the )?[A-Z][\\w&.'’-]*){0,5})$"
)
_NO_ROLES = frozenset(
    [
        "speaker",
        "author",
        "customer",
        "member",
        "official",
        "man",
        "woman",
        "expert",
        "writer",
        "用户",
        "代表",
        "同事",
        "记者",
        "前任",
    ]
)
_DEPARTMENT = re.compile(
    "(?:海外|国际|国内|智能|研发|技术|市场|销售|采购|生产|制造|财务|人力资源|战略|投资|产品|质量|零售|全球|亚太|中国|商用车|乘用车|新能源|电池|储能|客舱|设计|法务|公关|公司)*"
    "(?:事业部|业务部|市场部|技术部|销售部|研发部|采购部|财务部|研发中心|技术中心|采购中心|设计中心|营销中心|事业群|业务线|管理部|质量部|公关部|法务部|部门|委员会|审计委员会)"
)
_POINTS = re.compile("^[该其本]|的|这|一家|开发|创办|经营|负责|采购")
_POINTERS = (
    "该公司",
    "公司",
    "该局",
    "该部",
    "该校",
    "该院",
    "该所",
    "该会",
    "该行",
    "该厂",
    "其",
    "本公司",
    "集团",
    "企业",
    "该企业",
    "该集团",
    "该机构",
    "该协会",
)


def settle(persons: Sequence[Entity], texts: Sequence[str], language: Language, title: str = "") -> None:
    """Fill in role and organisation of every person as far as the document tells."""
    names = {form for person in persons for form in (person.name, *person.parts)}
    main = own_organisation(title, texts, language, names)
    if language == "en":
        _settle_english(persons, texts, main)
    else:
        _settle_chinese(persons, texts, main)


def learn(person: Entity, phrase: str, description: str = "") -> None:
    """Take the role that a later sentence calls a person by: "the venture capitalist", 这位院士.

    >>> chen = Entity("Raymond Chen")
    >>> learn(chen, "The venture capitalist")
    >>> chen.role
    'venture capitalist'
    """
    if person.kind != "person" or person.role is not None:
        return
    placed = _PLACED.match(description)
    if placed is not None:
        person.role, person.organisation = placed.group(1).strip(), person.organisation or placed.group(2)
        return
    match = _TAKEN_UP.match(phrase)
    if match is not None and match.group(1) not in _NO_ROLES | posts().kin and not match.group(1).endswith("人"):
        person.role = match.group(1)


def _settle_english(persons: Sequence[Entity], texts: Sequence[str], main: str | None) -> None:
    called = _called(persons)
    inside = within("\n".join(texts))
    before: list[str] = []
    elsewhere: set[Entity] = set()
    for text in texts:
        tokens = tokenize(text)
        named = runs(tokens)
        for run in named:
            person = called.get(run.text)
            if person is None or (person.role and person.organisation):
                continue
            post = english_roles.describe(text, tokens, run.first, run.stop)
            if post.role is None and post.organisation is None:
                continue
            here = _organisations(tokens, [other for other in named if other.stop <= run.first], called, inside)
            _take(person, post, [*before, *here], main)
            if person.organisation is None and post.whose in _NEVER_MAIN:
                elsewhere.add(person)  # the union's chief negotiator is not the firm's
            if main is None and person.organisation is None and person.role and _inside(person.role):
                person.organisation = next(iter([*here[-1:], *_firms(before)]), None)
        before = (before + _organisations(tokens, named, called, inside))[-6:]
    for person in persons:
        person.role = None if person.role and person.role.lower() in posts().kin else person.role
        if person.role and not person.organisation and _inside(person.role) and person not in elsewhere:
            person.organisation = main


_NEVER_MAIN = frozenset(
    ["union", "ministry", "council", "regulator", "government", "city", "town", "university", "court"]
)


_CHARITIES = frozenset(["charity", "foundation", "nonprofit", "non-profit", "trust", "think-tank"])


def _firms(before: Sequence[str]) -> list[str]:
    """The one organisation named so far; none where several are."""
    names = list(dict.fromkeys(before))
    return names if len(names) == 1 else []


def _called(persons: Sequence[Entity]) -> dict[str, Entity]:
    """Whom each name and each surname that only one person has means."""
    forms: dict[str, list[Entity]] = {}
    for person in persons:
        for form in {person.name, *person.parts}:
            forms.setdefault(form, []).append(person)
    return {form: holders[0] for form, holders in forms.items() if len(holders) == 1} | {p.name: p for p in persons}


def _take(person: Entity, post: Post, before: Sequence[str], main: str | None) -> None:
    if person.role is None:
        person.role = post.role
    if person.organisation is None:
        person.organisation = post.organisation or (_pointed(post.whose, before, main) if post.whose else None)


def _pointed(whose: str, before: Sequence[str], main: str | None) -> str | None:
    """The organisation that "its" or "the council's" points at."""
    nouns = english().company_nouns
    if whose == "its" or whose in nouns:
        if main is not None and (whose in nouns or not before or main.startswith(before[-1])):
            return main
        return before[-1] if before else None
    fitting = [name for name in before if whose in name.lower()]
    if fitting or (whose in _CHARITIES and before):
        return [*before, *fitting][-1]
    return main if main is not None and whose in (*main.lower().split(), "team", "group") else None


def _organisations(
    tokens: Sequence[Token], named: Sequence[Run], called: dict[str, Entity], inside: frozenset[str]
) -> list[str]:
    """The names of a sentence that organisations have: by their words, or because they act or own something."""
    found = []
    for run in named:
        name = run.text
        if name in called or name in english().places or name in posts().demonyms or len(name) < 3:
            continue
        if run.first == 0 and " " not in name and name not in inside:
            continue
        after = tokens[run.stop] if run.stop < len(tokens) else None
        acts = (
            tokens[run.stop - 1].possessive
            or (run.first <= 1 and after is not None and after.text.islower())
            or (run.first <= 4 and described(tokens, run.stop))
        )
        if is_organisation(name) or (acts and name.lower() not in english().common_words and not name.isupper()):
            found.append(name)
    return found


def _inside(role: str) -> bool:
    """Whether a role without an organisation is one in the organisation the document is about."""
    words = role.lower().replace("-", " ").split() + role.lower().split()
    if any(word in posts().outside_roles or (is_role(word) and word.endswith("omist")) for word in words):
        return False
    return any(word in posts().inside_roles for word in words)


def _settle_chinese(persons: Sequence[Entity], texts: Sequence[str], main: str | None) -> None:
    for person in persons:
        _gather_chinese(person, texts)
        if person.organisation in _POINTERS or (person.organisation or "").startswith(("该", "其", "本")):
            person.organisation = _chinese_pointed(person, texts, main)
        person.role = None if person.role in posts().kin else person.role
        _place_department(person)
        if person.role and not person.organisation and _chinese_inside(person.role):
            person.organisation = main or _only_firm(person, texts)


def _place_department(person: Entity) -> None:
    """A department is no employer: 海外事业部总裁 is a post in the firm."""
    if person.role and person.organisation and _DEPARTMENT.fullmatch(person.organisation):
        person.role, person.organisation = person.organisation + person.role, None


def _only_firm(person: Entity, texts: Sequence[str]) -> str | None:
    """The organisation named before a person, where it is the only one so far."""
    place = next((index for index, text in enumerate(texts) if person.name in text), 0)
    before = "\n".join(texts[:place])
    found = {bare_firm(match.group()) for match in _CHINESE_ORGANISATION.finditer(before)}
    named = {name for name in found if is_firm(name) and not _POINTS.search(name)}
    return named.pop() if len(named) == 1 else None


def _gather_chinese(person: Entity, texts: Sequence[str]) -> None:
    """What the first places where a person is named say of the post."""
    places = [text for text in texts if person.name in text][:5]
    for text in places:
        if person.role and person.organisation:
            return
        start = text.find(person.name)
        role, organisation = chinese_roles.describe(text, start, start + len(person.name))
        if person.role is None or (role and role in person.role):
            person.role, person.organisation = person.role or role, person.organisation or organisation


def _chinese_pointed(person: Entity, texts: Sequence[str], main: str | None) -> str | None:
    """The organisation that 该局 or 公司 before a name points at: the last one of that kind named before it."""
    pointer = person.organisation or ""
    head = pointer.removeprefix("该").removeprefix("本").removeprefix("其")
    if head in ("", "公司", "企业", "集团", "机构") and main is not None:
        return main
    place = next((index for index, text in enumerate(texts) if person.name in text), 0)
    text = "\n".join(texts[: place + 1])
    text = text[: text.rfind(person.name)] if person.name in text else text
    found = [match.group() for match in _CHINESE_ORGANISATION.finditer(text) if match.group().endswith(head[-1:])]
    found = [name for name in found if not _POINTS.search(name)]
    return found[-1] if found else main


def _chinese_inside(role: str) -> bool:
    if any(word in role for word in posts().chinese_outside_roles):
        return False
    return any(word in role for word in posts().chinese_inside_roles) and role in {*chinese().roles, role}
