"""Sources that Chinese news names before it tells what they say: 根据……发布的报告, 记者从……获悉, 据……报道.

>>> source("记者从省应急管理厅获悉，汛情平稳。")["name"]
'省应急管理厅'
"""

from __future__ import annotations

import re

_BY_PAPER = re.compile(
    "(?:根据|按照|依据|据)(?P<name>[^，。、的“]{2,20}?)(?:近日|日前|最新|今日|昨日|周[一二三四五六日]|[0-9]{1,2}日)?"
    "(?:发布|公布|发表|提供|出具|编制|提交|统计)的[^，。“]{0,16}?(?:报告|数据|统计|公报|白皮书|公告|清单|资料)(?:显示)?，"
)
_WHEN = "(?:近日|日前|最新|今日|昨日|周[一二三四五六日天]|(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:晚间?)?)"
# 记者从省应急管理厅获悉，据路透社报道: what follows is what they say.
_HEARD_FROM = re.compile(
    "(?:记者|36氪|本报)(?:[今昨近]日|\\d{1,2}日)?从(?P<name>[\u4e00-\u9fffA-Za-z]{2,20}?)(?:方面|处)?(?:获悉|了解到|得知)，?"
    "|^(?:另)?据(?P<press>[^，。、的“]{2,14}?)(?:[0-9]{1,2}日)?(?:报道|消息)，"
)
_OWN_PAPER = re.compile(
    f"(?:^|[，。；])(?!{_WHEN})(?P<name>[^，。；、的“”]{{2,16}}?){_WHEN}?(?:在[^，。的]{{1,12}})?(?:最新)?(?:发布|公布|发表|提供|出具|提交)的"
    "[^，。“”]{0,16}?(?:报告|数据|统计|公报|白皮书|公告|研报|财报)(?:显示|指出|称|表明|认为|提到)，?"
)


def source(text: str) -> re.Match[str] | None:
    """Whose paper or word a sentence goes by, in the group `name` or `press`; None where it goes by nobody's."""
    return _BY_PAPER.search(text) or _OWN_PAPER.search(text) or _HEARD_FROM.search(text)
