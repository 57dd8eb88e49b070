"""A Chinese person in one text and somebody with a foreign name in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wivtext.checking.counterparts import shipped
from wivtext.checking.pinyin import is_pinyin
from wivtext.checking.sounds import DOTTED, latin_names, names_alike, readings
from wivtext.records import Finding, Language

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温常康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴"
    "蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边"
    "卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_SAYS = (
    "说|表示|称|指出|介绍|认为|坦言|强调|解释|透露"
    "|回应|承认|补充|告诉|回忆|建议|提醒|警告|预计|估计|写道|反驳|证实|宣布"
)
# Boundaries, and the last characters of roles: 董事长, 总裁, 经理, 工程师.
_SPEAKER = re.compile(
    rf"(?:^|[，。；：“”、（\s长裁理员师家人授士任官监记席者])([{SURNAMES}][\u4e00-\u9fff]{{2}})(?={_SAYS})"
)
_FULL_NAME = re.compile(r"(?<![\w-])[A-Z][a-zà-ÿ]{2,} (?:[A-Z]\. )?[A-Z][a-zà-ÿ]{2,}(?![\w-])")
_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+\b")  # Baek Ji-won
_ROMAJI = re.compile(r"(?:[kgsztdnhbpmyrwjf]?h?y?[aeiou]|n|tsu|shi|chi){1,8}", re.IGNORECASE)
_OFTEN = 5  # times that two characters are a word in the lexicon: then they are hardly a name


def foreign_for_chinese(english: str, chinese: str, source_language: Language) -> Iterator[Finding]:
    """A Chinese name before "said" that the English spells nowhere, where the English has a foreign name too many.

    >>> [f.message for f in foreign_for_chinese("Oscar Lindgren said it would open.", "龚振宇说，将会开业。", "en")]
    ['“Oscar Lindgren” became “龚振宇”']
    """
    dotted = DOTTED.findall(chinese)
    if _KOREAN.search(english):
        return
    strangers = [name for name in _FULL_NAME.findall(english) if not _is_known(name, chinese, dotted)]
    for name in _SPEAKER.findall(chinese) if strangers else ():
        if name in english or _is_word(name) or _is_spelled(name, english) or names_alike(name, latin_names(english)):
            continue
        sides = (strangers[0], name) if source_language == "en" else (name, strangers[0])
        yield Finding("name", *sides, f"“{sides[0]}” became “{sides[1]}”")


def _is_known(name: str, chinese: str, dotted: list[str]) -> bool:
    """Whether a name stands in the Chinese in its letters or by its sound, or may be Japanese or in pinyin."""
    words = name.split()
    if any(word in chinese for word in words) or any(names_alike(other, [name]) for other in dotted):
        return True
    return all(_ROMAJI.fullmatch(word) or is_pinyin(word.lower()) for word in words) or _is_common(name)


def _is_common(name: str) -> bool:
    """Whether it is known what the words are called in Chinese: Prime Minister, New Zealand, Foreign Affairs."""
    words = shipped()
    return words is not None and all(words.times(word) > _OFTEN for word in name.split())


def _is_word(name: str) -> bool:
    words = shipped()
    return words is not None and any(words.times(part) > _OFTEN for part in (name, name[:2], name[1:]))


def _is_spelled(name: str, english: str) -> bool:
    """Whether the surname is a word of the English, or the given name is in its letters."""
    words = re.findall("[a-z]+", english.lower())
    surname = readings(name[0]) | ({"lyu", "lu"} if "lv" in readings(name[0]) else set())
    if surname & set(words):
        return True
    letters = "".join(words)
    return any(one + two in letters for one in readings(name[1]) for two in readings(name[2]) if len(one + two) > 3)
