"""Chinese names: a surname and one or two characters where a person can stand, and transliterated names with ·.

>>> found = people(["东吴医学科学院院士方以和在演讲中指出，时间不多了。", "海伦·卡特赖特透露，公司已引进3个分子。"])
>>> [(entity.name, entity.role, entity.organisation) for entity in found]
[('方以和', '院士', '东吴医学科学院'), ('海伦·卡特赖特', None, None)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from wivtext.attribution import chinese_groups
from wivtext.attribution import names as latin
from wivtext.attribution.chinese_roles import describe
from wivtext.attribution.lexicons import chinese, english
from wivtext.attribution.mentions import Entity

NAME = 3
WORD = 6  # What a name that is a word, too, needs: 卓然.
_DATELINE = re.compile("[（(][^（）()]{0,12}(?:记者|通讯员)[^（）()]{1,30}[）)]")
_BREAKS = "，。；：！？、“”‘’（）()《》「」『』—…,;:!? 　\n"
# Characters that begin an adverb, preposition or particle after a name, and do not end a given name.
_AFTER = frozenset("则也还就从与在对将已曾又再向把被给等先都却并更最没不只所于以用为是的了称说谈认提表另曰让问答而随且")
_FOLLOWERS = (
    _AFTER
    | frozenset(_BREAKS)
    | frozenset("和上当同今昨日周每去本接会当有自至到经应拿带强笑苦坦直特首一二三四五六七八九十0123456789")
)
# Who somebody is to others stands before a name as a role does: 堂弟韦大成, 嘉宾徐志勋.
_KIN = "孙女|孙子|堂弟|堂兄|堂妹|表弟|表哥|表妹|表姐|姑妈|嘉宾|网友|市民|游客|旅客|家属|业者"
# What follows a surname, or a whole name, without being part of it: 滨田预计, 东野而言, 胡涛来说, 胡毅代表用户.
_NO_ENDS = frozenset(["来说", "而言", "代表", "方面", "本人", "自己", "会后", "会上", "夫妇", "一家"])
_JAPANESE_ENDS = ("子", "郎", "美", "香")
_VIETNAMESE = re.compile("(?<![一-鿿])[阮黎陈范黄武裴邓杜][氏文][一-鿿]{1,2}(?=[在则也说称，、：])")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,9}(?:[·•・][\u4e00-\u9fff]{1,9}|[·•・-][\u4e00-\u9fff]{1,6})+")
_LATIN = re.compile(
    r"(?<![A-Za-z])[A-Z][a-zÀ-ɏ'’.-]+(?: (?:[A-Z][A-Za-zÀ-ɏ'’.-]*|de|van|von|der|bin|al|di|da)){1,4}(?![A-Za-z])"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = chinese()
    surname = (
        "|".join(sorted(words.compound_surnames | words.japanese_surnames, key=len, reverse=True))
        + "|["
        + "".join(sorted(words.surnames))
        + "]"
    )
    places = re.compile(rf"(?:^|(?<=[{re.escape(_BREAKS)}据的由兼]))(?=(?P<surname>{surname}))")
    titles = "|".join(role for role in words.roles if len(role) > 1)
    roles = re.compile(rf"{titles}|{_KIN}|C[EFTOMI]O|名叫|我叫|[长师员官家]")
    return places, roles


@lru_cache(maxsize=1)
def _speaking() -> re.Pattern[str]:
    """What tells that a name before it speaks: an adverbial at most, then a reporting verb."""
    return re.compile("(?:" + "|".join(chinese().reporting_verbs) + ")")


@lru_cache(maxsize=1)
def _before_verb() -> re.Pattern[str]:
    """A surname and given name right before a verb of saying, whatever stands before them."""
    surnames = "".join(sorted(chinese().surnames))
    strong = "|".join(sorted((verb for verb in chinese().strong_verbs if len(verb) > 1), key=len, reverse=True))
    after = f"[则也还并又所]?(?:{strong}|说[，：])"
    return re.compile(f"(?P<name>[{surnames}][\u4e00-\u9fff]{{1,2}})(?={after})")


@lru_cache(maxsize=1)
def _unlisted() -> re.Pattern[str]:
    """After a role, any characters at home in names and then a verb of saying: 兽医扎西顿珠介绍."""
    letters = "".join(sorted(chinese().given_characters | chinese().transliteration))
    strong = "|".join(sorted((verb for verb in chinese().strong_verbs if len(verb) > 1), key=len, reverse=True))
    adverbs = "(?:(?:[0-9]{1,2}日|同日|当天|当日|周[一二三四五六日])?(?:(?:[在对向就经]|通过)[^，。]{1,12}?)?)"
    return re.compile(
        f"(?!一致|明确|同时|先后|日前|普遍)(?P<name>[{letters}]{{2,5}}?)(?=(?:则|也|还)?{adverbs}(?:{strong}|说，|质疑))"
    )


@lru_cache(maxsize=1)
def _verb_starts() -> frozenset[str]:
    return frozenset(verb[:2] for verb in chinese().reporting_verbs if len(verb) > 1)


def people(sentences: Sequence[str], known: frozenset[str] = frozenset()) -> list[Entity]:
    """The persons a document names, with the role and organisation written before the name."""
    evidence: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    sentences = [_DATELINE.sub("", sentence) for sentence in sentences]
    for sentence in sentences:
        for start, name, weight in _foreign(sentence) + _latin(sentence) + _native(sentence):
            evidence[name] += weight + (5 if name in known else 0)
            first.setdefault(name, (sentence, start))
    text = "\n".join(sentences)
    for sentence, start, name in _taken_up(sentences, text):
        evidence[name] += NAME
        first.setdefault(name, (sentence, start))
    firms = {name for name in first if _before_any(text, name, tuple(chinese_groups.words().firm_words))}
    words = chinese().not_names
    least = {name: WORD if name in words else NAME for name in first if name not in firms}
    names = [name for name, enough in least.items() if evidence[name] + min(text.count(name) - 1, 2) >= enough]
    return [_entity(name, names, sentences) for name in _without_overlaps(names, evidence)]


@lru_cache(maxsize=1)
def _foreign_after_role() -> tuple[re.Pattern[str], str]:
    roles = "|".join(role for role in chinese().roles if len(role) > 1)
    strong = "|".join(sorted((verb for verb in chinese().strong_verbs if len(verb) > 1), key=len, reverse=True))
    return re.compile(f"(?:{roles})(?P<name>[{''.join(sorted(chinese().transliteration))}]{{3,6}})"), strong


def _taken_up(sentences: Sequence[str], text: str) -> list[tuple[str, int, str]]:
    """Foreign surnames that stand behind a post once and speak by themselves elsewhere: 主帅吉马良斯, 吉马良斯认为."""
    found = []
    pattern, strong = _foreign_after_role()
    for sentence in sentences:
        for match in pattern.finditer(sentence):
            for length in range(len(match["name"]), 2, -1):
                name = match["name"][:length]
                behind = sentence[match.start("name") + length : match.start("name") + length + 1]
                if name in chinese().places or text.count(name) < 2 or text.count(name) == text.count(name + behind):
                    continue
                if re.search(f"(?:^|[{re.escape(_BREAKS)}]){name}(?=[^，。；：]{{0,6}}(?:{strong}))", text):
                    found.append((sentence, match.start("name"), name))
                    break
    return found


def _before_any(text: str, name: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right behind the name somewhere."""
    position = text.find(name)
    while position >= 0:
        if text.startswith(words, position + len(name)):
            return True
        position = text.find(name, position + 1)
    return False


def _without_overlaps(names: list[str], evidence: Counter[str]) -> list[str]:
    """Of 顾峰 and 顾峰承 only the better attested; the longer one where both stand equally well."""
    kept: list[str] = []
    foreign = [name for name in names if "·" in name]
    for name in names:
        if "·" not in name and any(name in other for other in foreign):
            continue
        rivals = [other for other in names if other != name and (other.startswith(name) or name.startswith(other))]
        rivals = [other for other in rivals if "·" not in name or "·" in other]
        if all((evidence[name], len(name)) > (evidence[other], len(other)) for other in rivals):
            kept.append(name)
    return kept


def _entity(name: str, names: list[str], sentences: Sequence[str]) -> Entity:
    role = organisation = None
    for sentence in sentences:
        position = sentence.find(name)
        if position >= 0:
            first = _listed(sentence, position, names)
            found_role, found_organisation = describe(sentence[first:], position - first, position - first + len(name))
            role, organisation = role or found_role, organisation or found_organisation
            if role:
                break
    return Entity(name, parts=name_parts(name), role=role, organisation=organisation)


def _listed(sentence: str, position: int, names: list[str]) -> int:
    """Where the post before a name may begin: after the name before it in a list of people."""
    last = 0
    for other in names:
        before = sentence.rfind(other, 0, position)
        if before >= 0:
            last = max(last, before + len(other))
    return last


def name_parts(name: str) -> frozenset[str]:
    """The short forms a name may be taken up by: parts of a transliterated one, surname with a courtesy word.

    >>> sorted(name_parts("海伦·卡特赖特"))
    ['卡特赖特', '海伦']
    """
    if name.isascii() or not "\u4e00" <= name[0] <= "\u9fff":
        return latin.name_parts(name)
    if "·" in name or "•" in name or "・" in name:
        return frozenset(part for part in re.split("[·•・]", name) if len(part) > 1)
    return frozenset()


def surname(name: str) -> str:
    """The surname of a Chinese name in characters.

    >>> surname("欧阳修"), surname("方以和")
    ('欧阳', '方')
    """
    return name[:2] if name[:2] in chinese().compound_surnames and len(name) > 2 else name[:1]


def transliterated(text: str) -> list[str]:
    """The foreign names with dots that a text has, without the role before them.

    >>> transliterated("首席科学家伊尔瓦·布兰特说")
    ['伊尔瓦·布兰特']
    """
    return [name for _, name, _ in _foreign(text)]


def _foreign(sentence: str) -> list[tuple[int, str, int]]:
    found = []
    for match in _FOREIGN.finditer(sentence):
        if not any(mark in match.group() for mark in "·•・"):
            continue
        start = _foreign_start(sentence, match.start(), re.search("[·•・]", match.group()).start() + match.start())  # type: ignore[union-attr]
        end = _foreign_end(sentence, match)
        if end - start > 2:
            found.append((start, sentence[start:end], 4))
    return found


def _latin(sentence: str) -> list[tuple[int, str, int]]:
    """Names in Latin letters: after a role, or one that begins as names do, before a verb of saying."""
    found = []
    for match in _LATIN.finditer(sentence):
        name = match.group().rstrip(".")
        words = name.split()
        if latin.is_organisation(name) or name in english().places or words[-1] in ("China", "Europe", "America"):
            continue
        before = sentence[: match.start()].rstrip()
        titled = bool(before) and any(before.endswith(role) for role in _role_ends(before[-1]))
        known = latin.pinyin(name) or words[0] in english().given_names or words[-1] in english().surnames
        speaks = _followed(sentence, match.start() + len(name) + (sentence[match.end() : match.end() + 1] == " ")) > 0
        if titled or known:
            found.append((match.start(), name, 3 + speaks))
        elif before.endswith("的") or not before:
            found.append((match.start(), name, 1 + speaks))
    return found


def _foreign_start(sentence: str, low: int, dot: int) -> int:
    letters = chinese().transliteration
    start = dot
    while start > low and sentence[start - 1] in letters:
        start -= 1
    left = sentence[low:dot]
    for cut in range(len(left) - 1, start - low, -1):
        if any(left[:cut].endswith(role) for role in _role_ends(left[cut - 1])) or left[cut - 1] in "的":
            return low + cut
    if sentence[start] == "于" and sentence[start - 1 : start] in ("属", "位", "对", "关", "由", "至", "基", "鉴"):
        start += 1
    return start if start < dot else dot - 1


@lru_cache(maxsize=256)
def _role_ends(character: str) -> tuple[str, ...]:
    """Roles that end with a character, those of one character left out: 士 and 师 also stand in names."""
    heads = ("公司", "集团", "汽车", "银行", "大学", "委员会", "女士", "先生", "联盟", "协会")
    return tuple(word for word in (*chinese().roles, *heads) if len(word) > 1 and word.endswith(character))


def _foreign_end(sentence: str, match: re.Match[str]) -> int:
    letters = chinese().transliteration
    end = match.start() + max(match.group().rfind(mark) for mark in "·•・") + 1
    limit = match.end()
    begin = end
    while end < limit and sentence[end] in letters | frozenset("-"):
        if end > begin and (
            sentence[end : end + 2] in _verb_starts() or sentence[end : end + 2] in chinese().name_stops
        ):
            break
        end += 1
    return max(end, begin + 1)


def _native(sentence: str) -> list[tuple[int, str, int]]:
    """Names of Han characters: after a role, or at the start of a clause before a reporting verb."""
    places, roles = _patterns()
    found = [(match.start(), match.group(), 3) for match in _VIETNAMESE.finditer(sentence)]
    for match in places.finditer(sentence):
        weight = 3 if match.start() and sentence[match.start() - 1] == "据" else 2
        found += _name_at(sentence, match.start(), match["surname"], weight)
    for match in _before_verb().finditer(sentence):
        name, head = match["name"], surname(match["name"])
        if (
            head in chinese().surnames
            and head not in _PARTICLES
            and _possible(name, head, len(name) - 1)
            and _given(name, head) > 0
            and not _doubt(name)
        ):
            found.append((match.start("name"), name, 3 if len(name) == 3 else 2))
    for match in roles.finditer(sentence):
        start = match.end()
        unlisted = _unlisted().match(sentence, start) if len(match.group()) > 1 else None
        if unlisted is not None and not _unlikely(unlisted["name"]) and not _doubt(unlisted["name"]):
            found.append((start, unlisted["name"], 3))
            continue
        head = _surname_at(sentence, start)
        if head:
            found += _name_at(sentence, start, head, 3 if len(match.group()) > 1 else 2)
    return found


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """What a surname is followed by where no given name is: 龙书记."""
    return frozenset(word for word in chinese().courtesy if len(word) == 2)


def _surname_at(sentence: str, start: int) -> str:
    words = chinese()
    for length in (3, 2):
        head = sentence[start : start + length]
        if head in words.japanese_surnames or head in words.compound_surnames:
            return head
    head = sentence[start : start + 1]
    return head if head in words.surnames else ""


def _name_at(sentence: str, start: int, head: str, weight: int) -> list[tuple[int, str, int]]:
    """The name that starts here, if what follows it is what follows names."""
    if weight < 3 and head in _PARTICLES:
        return []
    if head in _MODALS and not _is_sure(sentence, start, head):
        return []
    japanese = head in chinese().japanese_surnames
    if any(sentence[start : start + length] in chinese().places for length in (3, 4, 5)):
        return []  # 巴基斯坦
    behind = sentence[start + len(head) : start + len(head) + 2]
    if japanese and (
        sentence[start : start + len(head) + 1] in chinese().not_names or behind in _NO_ENDS or behind in _verb_starts()
    ):
        return []
    lengths = (2, 1, 3) if japanese else (2, 1)
    if japanese and sentence[start + len(head) + 2 : start + len(head) + 3] in _JAPANESE_ENDS:
        lengths = (3, 2, 1)
    for length in lengths:
        end = start + len(head) + length
        name = sentence[start:end]
        if sentence[start + len(head) : start + len(head) + 2] in _titles():
            return []
        if not _possible(name, head, length) or sentence[start : end + 1] in chinese().not_names:
            continue
        if head in _PARTICLES and _given(name, head) < 0:
            continue
        if length == 2 and (sentence[end - 1 : end + 1] in _verb_starts() or sentence[end - 1 : end + 1] in _NO_ENDS):
            continue
        bonus = _followed(sentence, end)
        if bonus >= 0:
            doubt = _doubt(name)
            return [(start, name, weight + bonus - doubt + (1 if japanese else _given(name, head)))]
    for length in (2, 1):
        name = sentence[start : start + len(head) + length]
        if _possible(name, head, length) and not _doubt(name) and _given(name, head) > 0:
            return [(start, name, weight - 1 + _given(name, head) + (head in chinese().frequent_surnames))]
    return []


def _is_sure(sentence: str, start: int, head: str) -> bool:
    """Whether a name of three characters, all at home in names, is followed by a reporting verb."""
    end = start + len(head) + 2
    return _given(sentence[start:end], head) > 0 and _speaking().match(sentence[end : end + 6]) is not None


def _doubt(name: str) -> int:
    """How much speaks against a name that is a word (卓然) or begins with one (方志远)."""
    if name in chinese().not_names:
        return 3
    if name[:2] in ("孙女", "孙子"):
        return 3
    return 1 if len(name) == 3 and name[:2] in chinese().not_names else 0


def _given(name: str, head: str) -> int:
    """1 where every character after the surname is at home in given names, else -1."""
    return 1 if all(character in chinese().given_characters for character in name[len(head) :]) else -1


def _possible(name: str, head: str, length: int) -> bool:
    if len(name) < len(head) + length or any(character in _BREAKS for character in name):
        return False
    if any(character in "最没了就很更被把这那" for character in name[len(head) :]):
        return False
    if name[-1] == "也" and name[-2] in "拓哲达裕智和直卓伸" and len(name) > 3:
        return not _unlikely(name)
    return name[-1] not in _AFTER and not _unlikely(name)


def _unlikely(name: str) -> bool:
    words = chinese()
    if name in words.places or name in words.roles or name[1:] in words.courtesy:
        return True
    if name[0] == "们" or name.endswith(_heads()) or name[-1] in "们人院部局厅市省县":
        return True
    return not all("\u4e00" <= character <= "\u9fff" for character in name)


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    return tuple(word for word in chinese().organisation_heads if len(word) > 1)


# Surnames that are mostly something else: only after a role.
_PARTICLES = frozenset("是从那于能车有都信年商储云须阳海和时谈安可水计全利")
# 车主须观看视频, 司机应停车: surnames only where the one who is called so speaks.
_MODALS = frozenset("须应能可")


def _followed(sentence: str, end: int) -> int:
    """How well a name may end here: 2 before a reporting verb, 1 before punctuation or a particle, -1 not."""
    rest = sentence[end : end + 6]
    if not rest:
        return 0
    match = _speaking().match(rest)
    if match is not None or rest[0] in "：:":
        return 2
    if rest[0] in "则也还却就并":
        return 1
    if rest[0] in _FOLLOWERS:
        window = sentence[end : end + 24]
        clause = re.split("[。；]", window)[0]
        return 1 if _speaking().search(clause) else 0
    return -1
