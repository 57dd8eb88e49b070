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
    "公司|集团|大学|学院|农科院|社科院|中科院|医科院|党校|旅行社|支队|大队|派出所|管委会|发改委|卫健委|国资委|气象台|组织|联社|设计院|办公室|研究院|研究室|诊所|中学|小学|学校|出版社|电视台|报社|博物馆|图书馆|交易所|俱乐部|法院|检察院|码头股份|研究所|研究中心|实验室|委员会|协会|学会|商会|联合会|联盟|银行|证券|医院|科学院|工程院|基金会|管理局"
    "|[部局厅署]|中心|汽车|科技|智行|能源|电力|电网|半导体|电子|制药|重工|钢铁|物流|咨询|事务所|律所|合作社|论坛|财险|人寿|热能|重机|精密|航运|航空|矿业|化工|工会|船厂|紧固件|电器|机器人|软件|资本|能源"
)
# Trades: the end of a firm's name (北砂光电), or a field of work (零售分析师) where no name stands before it.
_TRADE = re.compile(
    "水泥|石化|光电|国际|码头|数据|控制|智造|制造|传动|装备|观察|枢纽|水务|箱运|海运|货运|快递|通信|电信|卫星|光伏|风电|核电|钒储|储能|材料|玻璃"
    "|玻纤|陶瓷|纺织|服饰|毛衫|家电|食品|饮料|乳业|酒业|农业|牧业|渔业|种业|生物|医药|药业|医疗|健康|传媒|文化|网络|信息|股份|控股|实业|重卡|客车"
    "|卡车|摩托|动力|电池|电芯|芯片|微电子|地产|置业|建设|租赁|信托|基金|保险|期货|研究|云算|云|出行|旅行|酒店|零售|超市|商城|股份|工业云|联合会"
)
# A word of what somebody is before the name itself: 承运商海峡箱运.
_SORT = re.compile(
    "^.{0,8}?(?:承运商|运营方|运营商|供应商|制造商|生产商|服务商|经销商|开发商|出版商|厂商|客户|品牌|车企|药企|初创企业|子公司|母公司)(?=.{3})"
)
_VERBS = re.compile(
    "^(?:参与|研究(?![院所室中])|开发|发行|经营|管理|提供|采购|投资|创办|执掌|领导|运营|生产|销售|帮助|推动|监管|评估|跟踪|关注|负责|从事|为|在|从|向)|提供|执掌|合办|任职|创办|经营|采购|这台|负责|^[0-9]|方面$|共同|设计[^院]|^(?:即将|应邀|讲授|主持|饲养|统管|出品|审核|现任|住在|曾|加入)"
)
_GENERIC = re.compile(
    "^(?:新能源|智能|网联|电动|自动驾驶|商用|乘用|传统|燃油|国内|当地|本地|大型|中小|民营|国有|外资|合资|汽车|电力|能源|物流|金融|科技|互联网|半导体|机器人|数据|网络|信息|医疗|生物|航空|农业|消费|零售|养老|教育|研究|学术|变压器|交通|运输|保险|证券|航运|服装|纺织|建筑|矿产|钢铁|化工|储能|动力|电池|工业|基础|高级|资深|首席|独立|知名|著名|一位|一名|多家|该|其)+$"
)
# 公司董事长: the firm the document speaks of.
_POINTER = re.compile(
    "^(?:该公司|公司|集团|该集团)(?=(?:副?董事长|副?总裁|总经理|创始人|首席|CEO|联合创始人|高级副总裁|执行))"
)
_CHARGE = re.compile("(?:负责|分管|主管)(?:公司|集团|该公司|全国|整个)?([^的，。]{2,10}?)(?:工作|事务|业务)?的$")
_APPOSED = re.compile(
    "^[，,](?:[0-9]{1,3}岁[，,])?(?:(?:现任|时任|曾任|原|前|身为|作为)?)([^，。；：！？“”（）]{2,28})[，。]"
)
_IS = re.compile("^(?:现)?(?:是|系|任|担任|出任)(?:了)?([^，。；：！？“”（）]{3,28})[，。]")
_BRACKET = re.compile(r"^[（(]([^（）()]{2,30})[）)]")
# Words of rank and field that belong to the role, not to the organisation before it.
_BODIES = re.compile(
    "学院|研究中心|实验室|研究室|设计院|协会|学会|商会|联合会|联盟|委员会|研究院|研究所|大学|公司|集团|科学院|工程院|理事会$"
)
_FIELD = re.compile("行业|产业|领域|板块|业务|市场|首席?分析师|分析师|研究员")
_RANK = re.compile(
    "(?:董事长|总裁|总经理|创始人|首席执行官|执行|高级|常务|资深|首席|名誉|荣誉|联席|联合|代理|临时|前任?|原|现任|时任|总|副|第一|助理|驻华|全球|中国区|大中华区"
    "|亚太区|分管|主管|外籍|特聘|客座|退休|区域|技术|产品|销售|市场|研发|采购|运营|财务|生产|质量|人力资源|公共政策|公关|安全|工程|战略"
    "|投资|法务|品牌|设计|用户|服务|客户|渠道|供应链|商务|信息|医疗|出口|海外|国际业务|网络|业务|零售|风险|合规|物流|培训|测试|认证|公益|内容|媒体|传播|项目|总|废钢|互联网|高速|数据|创新|董事|兼|与|和|、|软件|硬件|算法|智能驾驶|自动驾驶)+$"
)
# Before these, whatever is left names the organisation: 赛力斯董事长; before others it is a field: 安装工程师.
_LEADERS = re.compile(
    "合伙人|总监|总工程师|总设计师|首席.{2,5}|社长|厂长|董事长|总裁|总经理|创始人|创办人|首席执行官|首席技术官|首席财务官|首席运营官|CEO|CTO|CFO|COO|会长|理事长|秘书长|董事|掌门人|行长|校长|发言人"
)
_TOP = re.compile("董事长|总经理|创始人|首席执行官|CEO|^总裁$")
_INTRODUCTION = re.compile(
    "^.*(?:嘉宾|的)(?:分别|依次)?(?:是|有|为)|^.*(?:记者(?:见到|采访)了|由(?=[\u4e00-\u9fff]{4}))"
    "|^(?:出席|参会|参加)[^是]{0,8}的?有"
)
_TITLE_AFTER = re.compile("院士|教授|博士|医生|律师|主任|局长|部长|市长|校长|院长|会长|主席")
_NOT_OWNERS = re.compile(
    "[上登出退离入]场|退役|退休|返乡|归来|出身|在职|在岗|夺冠|获奖|受访|参赛|就读|任教|毕业|家住|住在|负责|来自|代表|从事|身为|作为|主管|分管|曾|是|有|在|了|过|对|把|被|让|为|以|岁|着|他|她|其|这|那|该|说|名|位|个|前|后|年|\\d"
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
    if role is None:
        role, later = _behind(sentence[end : end + 40])
        organisation = organisation or later
    after = _TITLE_AFTER.match(sentence, end)
    return role or (after.group() if after else None), organisation


def apposition_end(text: str, end: int) -> int:
    """Where the verb may begin behind a name that ends at `end` and its post between commas; -1 for no post.

    >>> apposition_end("林浩然，澜驰汽车总工程师，认为", 3)
    13
    """
    match = _APPOSED.match(text[end : end + 40])
    return end + match.end() if match is not None and _posts(match.group(1)) else -1


def _posts(text: str) -> bool:
    """Whether what is said of somebody is a post."""
    return _role_at_end().search(text) is not None and _VERBS.search(text) is None


def _behind(text: str) -> tuple[str | None, str | None]:
    """What an apposition or a copula behind the name says: 李某，某公司总经理，认为; 李某是某公司的总经理。"""
    match = _APPOSED.match(text) or _IS.match(text)
    if match is None or not _posts(match.group(1)):
        return None, None
    return _divide(re.sub("^(?:一名|一位|该|了)", "", match.group(1)))


def _divide(text: str) -> tuple[str | None, str | None]:
    """Split 江北电网公司调度中心主任 into role and organisation."""
    if (charge := _CHARGE.search(text)) is not None:
        return f"{charge.group(1)}负责人", None
    if text.endswith("的") and len(text) > 3:
        return None, _owner(text[:-1].rpartition("的")[2])
    owner, _, text = text.rpartition("的")
    if _role_at_end().search(text) is None:
        return None, text if _ends_as_company(text) and len(text) > 3 and not _VERBS.search(text) else None
    text = _SORT.sub("", text)
    if (pointer := _POINTER.match(text)) is not None:
        return text[pointer.end() :], pointer.group()
    cut = _company_end(text)
    role = text[cut:].strip().removeprefix("兼") or None
    organisation = text[:cut].strip() or None
    if organisation is None and owner and role is not None:
        organisation = _owner(owner.rpartition("的")[2])
    return role, organisation


def _ends_as_company(text: str) -> bool:
    ends = list(_COMPANY.finditer(text))
    return bool(ends) and ends[-1].end() == len(text)


def _owner(text: str) -> str | None:
    """北山卡车 of 北山卡车的罗永强: an organisation by its last word, or a bare name that is no place."""
    text = _SORT.sub("", text)
    if _VERBS.search(text):
        return None
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
        if cut and _FIELD.match(text, match.end()):
            break  # 瑞银证券汽车行业分析师
        cut = match.end()
    if cut and _GENERIC.match(text[:cut]):
        return 0
    if cut or role is None:
        return cut
    if not _LEADERS.search(role.group()):
        return _trade_end(text, limit)
    rank = _RANK.search(text[:limit])
    cut = rank.start() if rank else limit
    if 1 < cut < 4 and _TOP.search(role.group()) and (trade := _TRADE.match(text, cut)) is not None:
        cut = trade.end()  # 德干信息董事总经理 leads the firm, not its information
    return 0 if cut < 2 or generic(text[:cut]) or text[:cut].endswith("方面") else cut


def _trade_end(text: str, limit: int) -> int:
    """Where a firm's name ends that says its trade last: 北砂光电 of 北砂光电社长; 0 where only a field is named."""
    for match in _TRADE.finditer(text, 2, limit):
        name = text[: match.end()]
        if len(name) > 3 and not _GENERIC.match(name):
            return match.end()
    return 0


def generic(text: str) -> bool:
    """Whether words name a trade and nobody in it.

    >>> generic("新能源汽车"), generic("澜驰汽车")
    (True, False)
    """
    return not text or _GENERIC.match(text) is not None
