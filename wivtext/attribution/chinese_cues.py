"""Reporting expressions of Chinese sentences, and the mention each makes the speaker.

>>> from wivtext.attribution.chinese_names import people
>>> text = "会上，东吴医学科学院院士方以和指出，据他测算，病例将翻一番。"
>>> found = Reader(Roster(people([text]))).read(text, ())
>>> [(cue.text, cue.relation, cue.mention.text) for cue in found.cues if cue.mention]
[('指出', 'subject', '方以和'), ('测算', 'according', '他')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from wivtext.attribution import chinese_groups, chinese_papers, chinese_roles
from wivtext.attribution.english_cues import Found
from wivtext.attribution.lexicons import chinese
from wivtext.attribution.mentions import Cue, Mention
from wivtext.attribution.roster import Roster

_CLAUSE_ENDS = "，。；：！？“”、,;:!?"
_SENTENCE_ENDS = "。；！？;!?"
_VIEW = re.compile(
    "看来|眼中|眼里|的看法|的观点|的意见|的说法|的话说|的测算|的估算|的统计|的模型|的数据|的判断|的解释|的介绍|的理解|的预测|的经验|的回答是"
)
# 花旗集团的看法更为悲观：……
_VIEWED = re.compile("[^，。；：！？“”]{0,10}[：:]|是[，：]?")
_LEADS = re.compile("[据按在用照对]|根据|按照")
_PRONOUN = re.compile(
    "[他她](?!们)|其(?=表示|认为|指出|称|说|介绍)|(?:该|上述|这位|那位|这名|该名)[\u4e00-\u9fff]{0,8}?(?=负责人|人士|代表|院士|教授|专家|学者|官员|主任|博士|工程师|律师|发言人|经理|总监|水文学家|老人|研究员|分析师|医生|师傅|农户|司机|机师|创始人|部长|局长|市长|校长|会长|主席"
    "|史学家|科学家|经济学家|企业家|投资人|合伙人|董秘|掌门人|创办人|店主|老板|厂长|院长|所长|馆长|站长|船长|机长|社长|总裁|董事长|司长|处长|厅长|省长|县长|镇长|书记|秘书长|议员|法官|作家|导演|演员|歌手|教练|球员|母亲|父亲|女士|先生|裁缝|居民|车主|技师|设计师|高管|顾问|策略师|工匠|传承人|志愿者|消防员|护士|[国兰牙典威利本俄]人)"
)
_ROLE_HEAD = re.compile(
    "负责人|人士|代表|院士|教授|专家|学者|官员|主任|博士|工程师|律师|发言人|经理|总监|水文学家|老人|研究员|分析师|医生|师傅|农户|司机|机师|创始人|部长|局长|市长|校长|会长|主席"
    "|史学家|科学家|经济学家|企业家|投资人|合伙人|董秘|掌门人|创办人|店主|老板|厂长|院长|所长|馆长|站长|船长|机长|社长|总裁|董事长|司长|处长|厅长|省长|县长|镇长|书记|秘书长|议员|法官|作家|导演|演员|歌手|教练|球员|母亲|父亲|女士|先生|裁缝|居民|车主|技师|设计师|高管|顾问|策略师|工匠|传承人|志愿者|消防员|护士|[国兰牙典威利本俄]人"
)
_LEAD_WORDS = re.compile(
    "^(?:(?:另)?据|根据|按照|正如|正像|诚如|如(?=[^，]{2,16}所$)|对此|会上|随后|此外|同时|其中|目前|不过|但|而|且|并|因此|另外|近日|日前|昨日|今日|当天|当日|本周|上周|"
    "[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,4}[年月日]|周[一二三四五六日天]|来自|在|由|与|和|对|这家|一家|所在的|去年|今年|本月|上午|下午|晚间|当晚|赛后|会后|庭审中|[也还更另又亦]有)+"
)


_TRAILING = re.compile(
    "(?:周[一二三四五六日天]|星期.|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日|晚间|深夜|当天|日前|近日|此前|早前|稍早前|今日|今天|昨日|昨天|本周|上周|本月|当场|"
    "[0-9]{4}年|[0-9]{1,2}月(?:初|中旬|底|末)?|上半年|下半年|今年|去年|(?:会|赛|战|课|庭|事|庭审|下班|演出|赛事|宣判|发布会|散会)后|连连|经?(?:审理|审查|侦查)|本周早些时候|早些时候|随后|还|也|则|曾|已|亦|均|都|又|再次|同时|目前|预先|公开|明确|在[^在，]{1,14}[中上时里后]|(?<![存现正])在(?![职校岗任读场])[^在，的]{2,10}|向[^向，]{1,10}|给(?:记者|大家|我们|笔者)|(?<![反针应])对[^对，]{1,10}|"
    "援引[^，]{1,20}的话|普遍|纷纷|先后|相继|陆续|接连|率先|首次|最终|随即|当即|大多|多次|一再|反复|曾多次|(?:审理|调查|核查|研究|评估|会谈|会见|讨论|试驾|走访|采访)后|经审理|[\u4e00-\u9fff]{2}(?<![各当外本内产基工两])地|没有|并未|未|只|才|却|就|便|笑着|苦笑着|接着|解释|一边|发表|发布|提交|书面|意见|一致|正式)"
)
_LONGEST_TRAIL = 100
# 正如白皮书所指出
_AS_SAID = re.compile("正?[如像]|诚如")
_DOCUMENT = re.compile(
    "(?:发布|公布|提供|出具|提交|出示|最新|书面)?的?(?:最新|一项|一份)?(?:报告|数据|信息|资料|声明|公告|调查|研究|统计|通报|测试|意见|测算|研报|报道|年报|财报)$"
)
_UNLISTED = re.compile(
    "(?:医生|兽医|护士|主任|局长|经理|教授|专家|场长|厂长|院长|校长|总监|董事长|总裁|秘书长|负责人|工程师|研究员|代表|发言人|村民|书记|馆长|站长|队长|会长|主席|部长)(?=[一-鿿]{2,5}$)"
)
# 新华社北京7月10日电（记者王晓明）, 本报讯（通讯员 李某）
DATELINE = re.compile(
    r"(?:[（(]?[\u4e00-\u9fff]{2,12}(?:[0-9]{1,2}月[0-9]{1,2}日)?(?:[电讯]|消息)[）)]?[ 　]*)?"
    r"[（(][^（）()]{0,12}(?:记者|通讯员|见习记者)[^（）()]{1,30}[）)]"
    r"|[\u4e00-\u9fff]{2,12}[0-9]{1,2}月[0-9]{1,2}日[电讯][ 　]*"
    r"|[\u4e00-\u9fffA-Za-z0-9]{2,10}[讯电](?:[ 　]+|（[^）]{1,20}）)"
)
_ONE = re.compile("[一两][名位个]|一家(?=[^，]{1,10}的)")
# 没有回应, 拒绝置评 tell that nothing was said; 只说了一句：“……” that it was.
_SILENCE = re.compile(
    "(?:没有|并未|尚未|拒绝|不愿|无法|暂未|未予|未能|未|不予|不便|婉拒|谢绝)"
    "(?:作出|做出|再|对此|[就对][^，。；：]{2,24}(?:作出|做出))?$"
)
# Whose figures nobody says: 行业数据显示.
_ANY = frozenset(("行业", "官方", "公开", "最新", "相关", "有关", "统计", "上述", "市场"))
_SHOWS = frozenset(("显示", "表明", "发现", "披露"))
_ACCOUNTS = frozenset(
    ("财报", "年报", "半年报", "季报", "一季报", "三季报", "年度报告", "半年度报告", "业绩公告", "招股书")
)
_ANSWERS = frozenset(
    ("回应", "回复", "答复", "回答", "表态", "评论", "说明", "透露", "披露", "公布", "解释", "介绍", "发表声明", "告诉")
)
# 声明称, 有分析认为: the noun, not the verb; so are 低于预期, 符合要求.
_PAPERS = frozenset(("报告", "声明", "分析", "调查", "通报", "统计"))
_TELLS = re.compile("称|说|显示|指出|认为|表示|发现|表明")
_MEASURED = re.compile(
    "(?:低于|高于|符合|不如|超出|超过|达到|按照|出于|好于|差于|优于|不及|有望|提高|(?:^|[仍还也都则却均又更要，。；])比)$"
)
_PREDICATE = re.compile(
    "将$|可以|之前|之后|如果|若|时$|已经|必须|应当|能够|不|是|把|被|了|着|最|更|很|低于|高于|第[一二三四五]|没有|所有人|人都|每个人"
)
_COURTESY = re.compile(
    "女士|先生|阿姨|大爷|大妈|大叔|师傅|奶奶|爷爷|太太|老板|小姐|某某?(?=[表称说告认透介回反]|坦|也|还)"
)
_NO_SURNAMES = frozenset("是从那于能车有都信年商储云须阳海和时谈安可水计全利位老小与同")
_THINGS = re.compile(
    "(?:收入|营收|价格|规模|利润|成本|系统|软件|芯片|车辆|车型|工程|项目|产能|费用|投资|需求|供应|市场|比例|占比|经验|实践|事实|以前|过去|增速|结果|业绩|[率量额数价期速])$|理由是|^(?:首先|最后|其次|随后|此外|只表示)"
)
# 传感器供应商LumaSense: the firm's name stands in Latin letters behind what it makes.
_LATIN_FIRM = re.compile(
    "(?:[商企业司团头构牌台室]|初创|行业龙头)[ ]?(?P<name>[A-Z][A-Za-z0-9&.-]*(?: [A-Z][A-Za-z0-9&.-]*){0,3})$"
)
_MEANWHILE = re.compile("[^，。；：！？“”]{0,24}(?:时|中|过程中|之际|之后|后|期间)(?=[^候间])")
_ASKED = re.compile("(?:[^，。；：！？“”]{0,8}(?:提问|问题|关切|询问|质疑))?时(?=[^候间])")
# 澜驰、北岳和启宸三家车企宣布: all of them.
_COUNTED = re.compile(
    "[和与及](?P<other>[^和与及，、]{2,12}?)(?P<all>[两三四五六七八九十0-9]{1,3}[家大](?:车企|公司|企业|机构|银行|厂商|单位|平台))$"
)
# 交易员摇摇头，“……”: a gesture is a cue beside a quotation only.
_GESTURES = frozenset(
    ("摇摇头", "摇头", "点点头", "点头", "摆摆手", "摆手", "叹气", "皱眉", "竖起大拇指", "抹了抹眼泪")
)
_PRESENTED = re.compile("(?:了|过)?[^，。；：！？“”]{2,40}(?:情况|进展|成果|经验|背景|举措|做法|思路)(?:[，。]|$)")
# 蒋女士看到主播宣称：……
_HEARD = re.compile("(?:看到|看见|听到|听见|听|发现|得知)(?=[^，]{2,8}$)")
# 导师劝她，失败的数据也是数据。
_TO_HER = re.compile("(?:劝|劝告|告诫|叮嘱|嘱咐|提醒|安慰|反问|追问|问)[他她我]们?[，：]")
_BESIDE = re.compile('[^，。；：！？“”]{0,6}[，：:] ?[“「"]')
_FEW_WORDS = re.compile("了[^，。；：:“”]{0,6}[：:]")
_THESE = ("该", "这", "那", "其")
_HAN = re.compile("[一-鿿A-Za-z·]+|[A-Za-z][A-Za-z0-9&.-]*(?: [A-Za-z0-9&.-]+)*[一-鿿]*")
_BOTH = frozenset(("双方", "各方", "他们", "她们", "我们", "大家", "三方", "两国"))
_NO_NOUN = frozenset(
    "但而并这那如因也都还仍会将可就不没有在到被把是要能跟给帮凭随一二三四五六七八九十每各所其此只又再从当若即虽且则或及更最让使令请据按"
)


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(chinese().reporting_verbs))


@lru_cache(maxsize=1)
def _organisation_end() -> re.Pattern[str]:
    heads = "|".join(word for word in chinese().organisation_heads if len(word) > 1)
    return re.compile(rf"(?:{heads}|[部局厅署院所委会])$")


@lru_cache(maxsize=1)
def _roles() -> re.Pattern[str]:
    roles = [role for role in chinese().roles if len(role) > 1]
    return re.compile(rf"(?:{'|'.join(roles)})$")


class Reader:
    """Reads sentences of one document against its roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        names = sorted(roster.forms(), key=len, reverse=True)
        heads = {
            person.name[:2] if person.name[:2] in chinese().compound_surnames else person.name[:1]
            for person in roster.persons
            if "·" not in person.name and not person.name[0].isascii()
        }
        courtesy = "|".join(chinese().courtesy)
        surnames = "|".join(sorted(heads, key=len, reverse=True)) or "(?!)"
        pieces = [_whole(name) for name in names] + [
            rf"(?:{surnames})(?:{courtesy})",
            rf"[{''.join(sorted(chinese().surnames - _NO_SURNAMES))}](?:{_COURTESY.pattern})",
            rf"[老小](?:{surnames}|[\u4e00-\u9fff](?=本名|说|表示|介绍|告诉|坦言|回忆|感叹|笑着|笑称))",
        ]
        self._names = re.compile("|".join(pieces))
        self._bodies = chinese_groups.Bodies()

    def read(self, text: str, quoted: Sequence[tuple[int, int]]) -> Found:
        """Mentions and cues of a sentence; `quoted` are its quotations, where nobody is looked for."""
        found = Found([])
        hidden = _hide(text, quoted)
        self._mention(found, hidden, text)
        last = 0
        for match in _verbs().finditer(hidden):
            if last and match.start() == last:
                self._prolong(found, match)
                last = match.end()
            elif match.start() >= last and self._reports(hidden, match):
                self._cue(found, hidden, match)
                last = match.end()
        for match in _VIEW.finditer(hidden):
            self._view(found, hidden, match)
        if (paper := chinese_papers.source(hidden)) is not None:
            self._by_paper(found, paper)
        found.cues.sort(key=lambda cue: cue.start)
        found.cues = _outer(found.cues, hidden)
        self._bodies.read(hidden)
        return found

    def _by_paper(self, found: Found, paper: re.Match[str]) -> None:
        """根据远见咨询近日发布的报告: what follows is from whoever published it."""
        named = paper.lastgroup or "name"
        start, end = paper.span(named)
        name = paper[named]
        if any(start <= mention.start < end for mention in found.mentions) or name[0] in "他她其该这此":
            return
        mention = Mention(start, end, name, "organisation", head=name, token=start, stop=end)
        found.cues = [cue for cue in found.cues if not paper.start() <= cue.start < paper.end()]
        text = paper.group().rstrip("，")
        found.cues.append(Cue(paper.start(), paper.start() + len(text), text, "据", "according", True, mention, "said"))

    def _mention(self, found: Found, hidden: str, text: str) -> None:
        for match in self._names.finditer(hidden):
            if (mention := self._named(match, text)) is not None:
                found.mentions.append(mention)
        taken = [(mention.start, mention.end) for mention in found.mentions]
        for match in _PRONOUN.finditer(hidden):
            if any(a <= match.start() < b for a, b in taken):
                continue
            end = match.end()
            head = _ROLE_HEAD.match(hidden, end) if len(match.group()) > 1 or match.group() in "该" else None
            if match.group() in ("他", "她", "其"):
                gender = {"他": "he", "她": "she"}.get(match.group(), "they")
                found.mentions.append(
                    Mention(match.start(), end, match.group(), "pronoun", head=gender, token=match.start(), stop=end)
                )
            elif head is not None:
                stop = head.end()
                found.mentions.append(
                    Mention(
                        match.start(),
                        stop,
                        hidden[match.start() : stop],
                        "role",
                        head=head.group(),
                        token=match.start(),
                        stop=stop,
                    )
                )
        found.mentions.sort(key=lambda mention: mention.start)

    def _named(self, match: re.Match[str], text: str) -> Mention | None:
        word = match.group()
        if word[0] in "老小" or _COURTESY.fullmatch(word[1:]):
            self._nickname(word, word[word[0] in "老小"])
        candidates = self.roster.named(word)
        form = "name" if candidates and candidates[0].name == word else "partial"
        if not candidates:
            head = word[1:] if word[0] in "老小" else word[:2] if word[:2] in chinese().compound_surnames else word[0]
            candidates = tuple(
                person for person in self.roster.persons if person.name.startswith(head) and "·" not in person.name
            )
        if not candidates:
            return None
        end = match.end()
        return Mention(match.start(), end, word, form, candidates, token=match.start(), stop=end)  # type: ignore[arg-type]

    def _nickname(self, word: str, head: str) -> None:
        """Take in 老田 or 梁女士 as a name of its own where the document names nobody of that surname."""
        if head in chinese().surnames and not any(person.name.startswith(head) for person in self.roster.persons):
            self.roster.add(word)

    def _reports(self, text: str, match: re.Match[str]) -> bool:
        """Whether the verb stands as a verb: 说 in 说明 or 小说, 称 in 名称 or 称号 do not."""
        verb, after, before = (
            match.group(),
            text[match.end() : match.end() + 1],
            text[match.start() - 1 : match.start()],
        )
        if (
            after == "者"
            or (verb == "力主" and after == "要")
            or (verb == "道" and (after not in ("：", ":", "。") or before == "交"))
        ):
            return False
        if _MEASURED.search(text, max(0, match.start() - 2), match.start()):
            return False
        if _SILENCE.search(text, max(0, match.start() - 32), match.start()) and verb in _ANSWERS:
            return False
        if (verb == "发布" and after == "会") or _ASKED.match(text, match.end()):
            return False  # 在发布会上回答记者提问时指出
        if before == "在" and len(verb) > 1 and _MEANWHILE.match(text, match.end()):
            return False  # 在答复代表建议时表示
        if verb == "请求" and before in "评的":
            return False  # 置评请求
        if verb == "介绍" and _PRESENTED.match(text, match.end()):
            return False  # 介绍前三季度经济运行情况
        if verb in _GESTURES:
            return _BESIDE.match(text, match.end()) is not None or text[: match.start()].rstrip().endswith("”")
        if verb in ("计划", "打算", "期待", "希望", "要求", "承诺", "建议", "主张", "担忧") and before == "的":
            return False  # 自己的打算
        if verb == "说" and text.startswith(("实话", "白了", "到底", "不定", "法"), match.end()):
            return False
        if verb == "说" and after == "了":
            return _FEW_WORDS.match(text, match.end()) is not None
        if len(verb) == 1:
            return _as_said(text, match, before, after) or _single(text, match, before, after)
        if verb in _PAPERS and (before in "，。；\x00有" or not before) and _TELLS.match(text, match.end()):
            return False
        if verb in ("报告", "声明", "发言", "统计", "分析", "调查") and (before == "在" or after in "中里上，。、"):
            return verb in ("统计", "分析") and after == "，" and before not in "据经的开步做" and match.start() > 1
        return after != "的" or verb in ("表示", "指出")

    def _cue(self, found: Found, text: str, match: re.Match[str]) -> None:
        verb = match.group()
        following = _goes_on(text, match.end())
        strong = verb in chinese().strong_verbs or verb in _GESTURES or bool(following)
        published = verb in chinese_groups.words().body_verbs and text[match.end() : match.end() + 1] == "，"
        place = _object_start(text, match)
        strong = strong or place < match.start()
        mention, relation = self._source(found, text, place, strong or published)
        if (
            mention is not None
            and _LEADS.search(text[max(0, mention.start - 2) : mention.start])
            and verb
            in (
                "介绍",
                "测算",
                "估算",
                "统计",
                "称",
                "说",
                "透露",
                "估计",
                "分析",
                "预测",
                "回忆",
                "了解",
                "解释",
                "报告",
                "预计",
                "报道",
            )
        ):
            relation = "according"
        strong = strong or _stands_alone(text, match, mention)
        lemma = verb if verb in chinese().strong_verbs else following or verb
        cue = Cue(match.start(), match.end(), verb, lemma, relation if mention else "loose", strong, mention)
        told = verb in chinese_groups.words().speech_verbs or (published and mention is not None)
        if strong and relation in ("subject", "according") and told:
            cue.frame = "said"
        found.cues.append(cue)

    def _prolong(self, found: Found, match: re.Match[str]) -> None:
        """Verbs in a row are one cue: 回答说, 发布声明称."""
        cue = found.cues[-1]
        cue.text, cue.end = cue.text + match.group(), match.end()
        if match.group() in chinese().strong_verbs and not cue.strong:
            cue.lemma, cue.strong = match.group(), True
        if cue.strong and cue.relation == "subject" and match.group() in chinese_groups.words().speech_verbs:
            cue.frame = "said"

    def _source(self, found: Found, text: str, verb: int, strong: bool) -> tuple[Mention | None, str]:
        start = _clause_start(text, verb, _CLAUSE_ENDS)
        inside = [mention for mention in found.mentions if start <= mention.start and mention.end <= verb]
        if inside:
            direct = [mention for mention in inside if not _owned(text, mention)]
            if direct:
                subject = direct[0] if len(direct) == 1 else _subject_of(text, direct, verb)
                if (heard := _HEARD.search(text, subject.end, verb)) is None:
                    return subject, "subject"
                other = self._organisation(text, heard.end(), verb, strong)
                return other, "subject" if other is not None else ""
        phrase = self._organisation(text, start, verb, strong)
        if phrase is not None:
            return phrase, "subject"
        if not _without_trailing(text[start:verb]) and (apposed := _apposed(found, text, start)) is not None:
            return apposed, "subject"
        sentence = _clause_start(text, verb, _SENTENCE_ENDS)
        earlier = [
            mention
            for mention in found.mentions
            if sentence <= mention.start and mention.end <= start and not _owned(text, mention)
        ]
        if earlier and not inside:
            return earlier[0], "joined"
        if inside:
            return inside[0], "owner"
        return None, ""

    def _organisation(self, text: str, start: int, verb: int, strong: bool) -> Mention | None:
        """The noun phrase before the verb where it ends like an organisation or a role (局长, 该公司, 数据).

        Before a strong verb any short noun phrase that opens the clause will do: 莱茵采尔今日宣布.
        """
        segment = _without_trailing(text[start:verb])
        lead = _LEAD_WORDS.match(segment)
        if lead and segment.endswith("所") and _AS_SAID.match(segment):
            segment = segment[:-1]
        offset = lead.end() if lead else 0
        documented = _DOCUMENT.search(segment)
        if documented is None:
            offset += segment[offset:].rfind("的", 0, max(0, len(segment) - offset - 1)) + 1
        offset += len(segment[offset:]) - len(segment[offset:].lstrip())
        phrase = segment[offset:].rstrip()
        if documented is not None and documented.start() > offset and segment[offset : documented.start()] not in _ANY:
            phrase = _without_trailing(segment[offset : documented.start()])
        begin = start + offset
        end = begin + len(phrase)
        unnamed = chinese_groups.group(phrase)
        one = _ONE.search(text, start, end)
        if one is not None and unnamed is None and chinese_groups.single(text[one.start() : end]):
            unnamed = text[one.end() : end]
        if unnamed is not None and one is not None:
            said = text[one.start() : end]
            return Mention(one.start(), end, said, "role", head=unnamed[-2:], token=one.start(), stop=end)
        if unnamed is not None and not phrase.startswith(_THESE):
            begin = end - len(unnamed)
            return Mention(begin, end, unnamed, "organisation", head=unnamed, token=begin, stop=end, several=True)
        paper = phrase in chinese_groups.words().papers
        if not 1 < len(phrase) < 30 or (_verbs().match(phrase) and not paper) or phrase in _BOTH:
            return None
        if (counted := _COUNTED.search(phrase)) is not None:
            begin, phrase = end - len(counted["all"]), counted["all"]
            return Mention(begin, end, phrase, "organisation", head=phrase, token=begin, stop=end, several=True)
        if phrase.endswith("方面") and len(phrase) > 3:
            phrase, end = phrase[:-2], end - 2
        if (body := self._bodies.called(phrase)) is not None:
            entity = self.roster.organisation(body)
            return Mention(begin, end, phrase, "organisation", entity=entity, head=phrase, token=begin, stop=end)
        if phrase in _ACCOUNTS:
            return Mention(begin, end, phrase, "organisation", head=phrase, token=begin, stop=end)
        if strong and (latin := _LATIN_FIRM.search(phrase)) is not None:
            begin, phrase = begin + latin.start("name"), latin["name"]
            return Mention(begin, end, phrase, "organisation", head=phrase, token=begin, stop=end)
        role = _roles().search(phrase)
        if role is not None:
            begin = one.start() if one is not None else begin + (phrase[0] == "其" and len(phrase) > 2)
            phrase = text[begin:end]
            return Mention(begin, end, phrase, "role", head=role.group(), token=begin, stop=end)
        person = _UNLISTED.search(phrase)
        if person is not None and strong:
            cut = begin + person.end()
            self.roster.add(phrase[person.end() :])
            return Mention(
                cut, end, phrase[person.end() :], "name", self.roster.named(phrase[person.end() :]), token=cut, stop=end
            )
        if paper or _organisation_end().search(phrase) or self.roster.known_organisation(phrase) is not None:
            return Mention(begin, end, phrase, "organisation", head=phrase, token=begin, stop=end)
        if strong and len(phrase) < 13 and _HAN.fullmatch(phrase) and not _no_source(phrase):
            return Mention(begin, end, phrase, "organisation", head=phrase, token=begin, stop=end)
        return None

    def _view(self, found: Found, text: str, match: re.Match[str]) -> None:
        for mention in found.mentions:
            if mention.end == match.start() or (mention.end + 1 == match.start() and text[mention.end] == "的"):
                break
        else:
            start = _clause_start(text, match.start(), _CLAUSE_ENDS)
            told = _VIEWED.match(text, match.end()) is not None
            named = self._organisation(text, start, match.start(), True) if told else None
            if named is None:
                return
            mention = named
        words = text[mention.start : match.end()]
        found.cues.append(Cue(mention.start, match.end(), words, match.group(), "view", True, mention))


def _outer(cues: list[Cue], text: str) -> list[Cue]:
    """The cues without weak ones inside what the first one reports: 法院审理查明，蒋女士看到……."""
    first = next((cue for cue in cues if cue.mention is not None and cue.strong), None)
    if first is None or first.relation != "subject" or text[first.end : first.end + 1] not in ("，", "："):
        return cues
    return [cue for cue in cues if cue.strong or cue.mention is None or cue.mention.start < first.end]


def _goes_on(text: str, end: int) -> str:
    """The second verb right behind the first that leaves no doubt: 评论称; empty for none."""
    following = _verbs().match(text, end)
    return following.group() if following is not None and following.group() in chinese().strong_verbs else ""


def _object_start(text: str, match: re.Match[str]) -> int:
    """Where 把 begins the object of a verb before 为, else the verb: 北岳方面则把调价解释为“回馈用户”."""
    if text[match.end() : match.end() + 1] != "为":
        return match.start()
    start = _clause_start(text, match.start(), _CLAUSE_ENDS)
    place = max(text.rfind("把", start, match.start()), text.rfind("将", start, match.start()))
    return place if place > start else match.start()


def _as_said(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether the verb ends a clause like 正如陈立所说."""
    said = before == "所" and after == "，"
    return said and _AS_SAID.match(text, _clause_start(text, match.start(), _CLAUSE_ENDS)) is not None


def _single(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether 说, 称, 道 ... is a verb by itself: not in 说明, 据说, 街道, 或者说."""
    if match.group() not in "说称道问答讲":
        return True
    if before in "据传再听虽难知所话来如报街渠频轨隧通提访堪假演宣" or text.endswith("或者", 0, match.start()):
        return before == ""
    if after in ("，", "：", ":"):
        return before not in "名简自号" or match.group() != "称"
    if after == "为" and match.group() == "称":
        return text[match.end() + 1 : match.end() + 2] in '“「"'
    return after not in "明服法到话起过来得不有了的为号谓职呼赞量题卷案复路德" and before not in "小学名简自号人者"


def _stands_alone(text: str, match: re.Match[str], mention: Mention | None) -> bool:
    """Whether a verb right behind its person is right before a comma or colon: 许广义要求，年底前必须兑现."""
    if mention is not None and mention.form in ("name", "partial", "pronoun") and _TO_HER.match(text, match.start()):
        return True
    if mention is None or len(match.group()) < 2 or match.group() == "报道":
        return False
    if match.group() in _SHOWS and mention.form == "organisation" and match.start() - mention.end < 24:
        documented = _DOCUMENT.search(text, mention.end, match.start()) is not None
        documented = documented or (mention.text.endswith("数据") and len(mention.text) > 2)
        return documented or mention.text in _ACCOUNTS or mention.text in chinese_groups.words().papers
    if mention.form == "organisation" and not mention.several:
        return match.group() in chinese_groups.words().body_verbs and text[match.end() : match.end() + 1] == "，"
    if mention.form not in ("name", "partial", "pronoun") and not mention.several:
        return False
    near = match.start() - mention.end < 3 or not _without_trailing(text[mention.end : match.start()])
    return near and text[match.end() : match.end() + 1] in ("，", "：")


def _apposed(found: Found, text: str, start: int) -> Mention | None:
    """The person whose post alone stands between commas up to `start`: 林浩然，澜驰汽车总工程师，认为."""
    names = (mention for mention in found.mentions if mention.form in ("name", "partial"))
    return next((mention for mention in names if chinese_roles.apposition_end(text, mention.end) == start), None)


def _no_source(phrase: str) -> bool:
    """Whether a phrase before a verb can't be its subject: 最多可以, 跟你."""
    return phrase[0] in _NO_NOUN or _PREDICATE.search(phrase) is not None or _THINGS.search(phrase) is not None


def _whole(name: str) -> str:
    """The pattern of a name; one in Latin letters ends where its word ends."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name[-1].isascii() else re.escape(name)


def _hide(text: str, quoted: Sequence[tuple[int, int]]) -> str:
    """The text with what stands inside quotation marks and in the dateline blanked, offsets kept."""
    if (dateline := DATELINE.match(text)) is not None:
        text = "，" * dateline.end() + text[dateline.end() :]
    for start, end in quoted:
        if end - start > 8:
            inner_start = start + (text[start] in '“「『"')
            inner_end = end - (text[end - 1] in '”」』"')
            text = text[:inner_start] + "\x00" * max(0, inner_end - inner_start) + text[max(inner_start, inner_end) :]
    return text


def _clause_start(text: str, position: int, marks: str) -> int:
    for index in range(position - 1, -1, -1):
        if text[index] in marks:
            return index + 1
    return 0


def _owned(text: str, mention: Mention) -> bool:
    """Whether the mention only owns the subject: 他的公司, 罗伟的团队."""
    return text[mention.end : mention.end + 1] == "的"


def _subject_of(text: str, mentions: list[Mention], verb: int) -> Mention:
    """Of several mentions in the clause: the one next to the verb, unless a preposition rules it."""
    last = mentions[-1]
    before = text[last.start - 1 : last.start]
    if before in ("对", "向", "与", "和", "跟", "给", "把", "被", "请", "让", "称"):
        return mentions[0]
    return last


def _without_trailing(text: str) -> str:
    """A subject without the words of time, place and manner after it.

    They are found from the end: one expression for all of them together would try every way to divide them.
    """
    edges = [len(text)]
    for start in range(len(text) - 1, max(-1, len(text) - _LONGEST_TRAIL), -1):
        if any(end - start <= 24 and _TRAILING.fullmatch(text, start, end) for end in edges):
            edges.append(start)
    return text[: edges[-1]]
