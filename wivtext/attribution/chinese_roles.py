"""Role and organisation in Chinese: what stands right before a name, or in brackets after it.

>>> describe("江北电网公司调度中心主任顾晓棠解释说", 12, 15)
('调度中心主任', '江北电网公司')
>>> describe("李某（某公司CEO）表示", 0, 2)
('CEO', '某公司')
"""

from __future__ import annotations

import re
from functools import lru_cache

from wivtext.attribution.lexicons import chinese

_CLAUSE = re.compile("[，。；：！？“”、（）—\u3000 ]")
_LEAD = re.compile(
    r"^(?:据|来自|对此|随后|其中|此外|同时|另据|记者从|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日|周[一二三四五六日]|会上|日前|近日|由|与|和|在|而|但|对)+"
)
_COMPANY = re.compile(
    "公司|集团|大学|学院|研究院|研究所|研究中心|实验室|委员会|协会|学会|商会|联合会|联盟|银行|证券|医院|科学院|工程院|基金会|管理局"
    "|[部局厅署]|中心|汽车|科技|智行|能源|电力|电网|半导体|电子|制药|重工|钢铁|物流|咨询|事务所|律所|合作社|论坛|财险|人寿|热能|重机|精密|航运|航空|矿业|化工|工会|船厂|紧固件|电器|机器人|软件|资本|能源"
)
_BRACKET = re.compile(r"^[（(]([^（）()]{2,30})[）)]")
# Words of rank and field that belong to the role, not to the organisation before it.
_BODIES = re.compile("协会|学会|商会|联合会|联盟|委员会|研究院|研究所|大学|公司|集团|科学院|工程院|理事会$")
_RANK = re.compile(
    "(?:执行|高级|常务|资深|首席|名誉|荣誉|联席|联合|代理|临时|前任?|原|现任|时任|总|副|第一|助理|驻华|全球|中国区|大中华区"
    "|亚太区|分管|主管|外籍|特聘|客座|退休|区域|技术|产品|销售|市场|研发|采购|运营|财务|生产|质量|人力资源|公共政策|公关|安全|工程|战略"
    "|投资|法务|品牌|设计|软件|硬件|算法|智能驾驶|自动驾驶)+$"
)
# Before these, whatever is left names the organisation: 赛力斯董事长; before others it is a field: 安装工程师.
_LEADERS = re.compile(
    "董事长|总裁|总经理|创始人|创办人|首席执行官|首席技术官|首席财务官|首席运营官|CEO|CTO|CFO|COO|会长|理事长|秘书长|董事|掌门人|行长|校长|发言人"
)
_INTRODUCTION = re.compile("^.*(?:嘉宾|的)(?:分别|依次)?(?:是|有|为)|^(?:出席|参会|参加)[^是]{0,8}的?有")
_TITLE_AFTER = re.compile("院士|教授|博士|医生|律师|主任|局长|部长|市长|校长|院长|会长|主席")
_NOT_OWNERS = re.compile(
    "负责|来自|代表|从事|身为|作为|主管|分管|曾|是|有|在|了|过|对|把|被|让|为|以|岁|着|他|她|其|这|那|该|说|名|位|个|前|后|年|\\d"
)


@lru_cache(maxsize=1)
def _role_at_end() -> re.Pattern[str]:
    roles = "|".join([*chinese().roles, "CEO", "CTO", "CFO", "COO", "总裁助理"])
    return re.compile(rf"(?:{roles})$")


def describe(sentence: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Role and organisation of the name at `start`, each as the document writes it, or None."""
    bracket = _BRACKET.match(sentence[end : end + 34])
    if bracket is not None:
        role, organisation = _divide(bracket.group(1))
        if role:
            return role, organisation
    left = _INTRODUCTION.sub("", _CLAUSE.split(sentence[max(0, start - 40) : start].rstrip())[-1])
    role, organisation = _divide(_LEAD.sub("", left))
    after = _TITLE_AFTER.match(sentence, end)
    return role or (after.group() if after else None), organisation


def _divide(text: str) -> tuple[str | None, str | None]:
    """Split 江北电网公司调度中心主任 into role and organisation."""
    if text.endswith("的") and len(text) > 3:
        return None, _owner(text[:-1].rpartition("的")[2])
    text = text.rpartition("的")[2]
    if _role_at_end().search(text) is None:
        return None, text if _ends_as_company(text) and len(text) > 3 else None
    cut = _company_end(text)
    role = text[cut:].strip()
    return role or None, text[:cut].strip() or None


def _ends_as_company(text: str) -> bool:
    ends = list(_COMPANY.finditer(text))
    return bool(ends) and ends[-1].end() == len(text)


def _owner(text: str) -> str | None:
    """北山卡车 of 北山卡车的罗永强: an organisation by its last word, or a bare name that is no place."""
    if _ends_as_company(text):
        return text
    bare = 3 < len(text) < 9 and text not in chinese().places and not _NOT_OWNERS.search(text)
    return text if bare else None


def _company_end(text: str) -> int:
    """Where the organisation ends: after the first run of organisation words that leaves a role behind it.

    Without such a word all of it is the role, but where a leader's title follows a name: 赛力斯董事长.
    """
    role = _role_at_end().search(text)
    limit = role.start() if role else len(text)
    cut = 0
    for match in _COMPANY.finditer(text):
        if match.end() > limit or match.start() < 1:
            continue
        if cut and match.start() > cut + (4 if _BODIES.match(match.group()) else 0):
            break
        cut = match.end()
    if cut or role is None or not _LEADERS.search(role.group()):
        return cut
    rank = _RANK.search(text[:limit])
    return rank.start() if rank else limit
