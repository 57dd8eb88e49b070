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
    "|[部局厅署]|中心|汽车|科技|智行|能源|电力|电网|半导体|电子|制药|重工|钢铁|物流|咨询|事务所|律所|合作社|论坛"
)
_BRACKET = re.compile(r"^[（(]([^（）()]{2,30})[）)]")


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
    left = _CLAUSE.split(sentence[max(0, start - 40) : start])[-1]
    return _divide(_LEAD.sub("", left))


def _divide(text: str) -> tuple[str | None, str | None]:
    """Split 江北电网公司调度中心主任 into role and organisation."""
    if text.endswith("的") and len(text) > 3:
        organisation = text[:-1].rpartition("的")[2]
        ends = list(_COMPANY.finditer(organisation))
        return None, organisation if ends and ends[-1].end() == len(organisation) else None
    text = text.rpartition("的")[2]
    if _role_at_end().search(text) is None:
        return None, None
    cut = _company_end(text)
    role = text[cut:].strip()
    return role or None, text[:cut] or None


def _company_end(text: str) -> int:
    """Where the organisation ends: after the first run of organisation words that leaves a role behind it."""
    role = _role_at_end().search(text)
    limit = role.start() if role else len(text)
    cut = 0
    for match in _COMPANY.finditer(text):
        if match.end() > limit or match.start() < 1:
            continue
        if cut and match.start() > cut:
            break
        cut = match.end()
    return cut if cut else limit
