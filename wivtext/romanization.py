"""Chinese names in pinyin, surname first, as newspapers print them.

>>> romanize("林浩然"), romanize("尉迟建安"), romanize("单志远")
('Lin Haoran', "Yuchi Jian'an", 'Shan Zhiyuan')
"""

from __future__ import annotations

from wivtext.attribution.lexicons import chinese
from wivtext.hanzi import simplified

# Read otherwise as surnames than as words; pypinyin gives the word's reading.
SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "单于": "chanyu", "长孙": "zhangsun", "澹台": "tantai", "令狐": "linghu",
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "gai", "缪": "miao",
    "乐": "yue", "任": "ren", "华": "hua", "宁": "ning", "召": "shao", "折": "she", "种": "chong", "黑": "he",
    "朴": "piao", "秘": "bi", "繁": "po", "翟": "zhai", "纪": "ji", "晁": "chao", "都": "du", "葛": "ge",
    "过": "guo", "哈": "ha", "燕": "yan", "应": "ying", "祭": "zhai", "句": "gou", "相": "xiang", "隗": "wei",
    "覃": "qin", "牟": "mou", "员": "yun", "曲": "qu", "石": "shi", "尹": "yin", "那": "na", "冼": "xian",
    "洗": "xian", "逄": "pang", "卜": "bu", "车": "che", "佴": "nai", "妫": "gui", "撒": "sa", "瞿": "qu",
    "尉": "wei", "柏": "bai", "谌": "chen", "贾": "jia", "薄": "bo", "焦": "jiao", "沈": "shen", "於": "yu",
    "重": "chong", "仝": "tong", "阚": "kan", "幺": "yao", "宓": "mi", "郇": "huan", "仉": "zhang", "亓": "qi",
    "訾": "zi", "郄": "qie", "逯": "lu", "昝": "zan", "钭": "tou", "麴": "qu", "厍": "she", "乜": "nie", "冒": "mao",
    "盛": "sheng", "藏": "zang", "降": "jiang", "谯": "qiao", "揭": "jie", "俞": "yu", "郗": "xi", "邸": "di",
    "便": "pian", "適": "kuo", "哥舒": "geshu", "淳于": "chunyu", "乐正": "yuezheng", "即墨": "jimo", "贺兰": "helan",
    "达奚": "daxi", "漆雕": "qidiao", "梁丘": "liangqiu", "羊舌": "yangshe", "巫马": "wuma", "公西": "gongxi",
    "谷梁": "guliang", "段干": "duangan", "皇甫": "huangfu", "夏侯": "xiahou", "斛律": "hulyu", "拓跋": "tuoba",
}  # fmt: skip
# Characters read otherwise in given names than they mostly are.
GIVEN = {
    "长": "chang", "珩": "heng", "朝": "chao", "曾": "zeng", "柏": "bo", "隽": "jun", "朴": "pu", "重": "zhong",
    "乐": "le", "行": "xing", "盛": "sheng", "藏": "zang", "传": "chuan", "茜": "qian", "莎": "sha", "娜": "na",
    "筠": "yun", "喆": "zhe", "晟": "sheng", "莘": "xin", "靓": "liang", "单": "dan", "覃": "tan", "强": "qiang",
    "兴": "xing", "奇": "qi", "会": "hui", "调": "tiao", "还": "huan", "尔": "er", "华": "hua", "都": "du",
}  # fmt: skip
# A given name of two of these is a foreign name spelled out: 苏纳克.
_SPELLED = frozenset("斯克尔特姆普夫茨弗布什纳尼比伯塞莱")
COURTESY = {
    "女士": "Ms", "先生": "Mr", "小姐": "Miss", "博士": "Dr", "教授": "Professor", "医生": "Dr", "大夫": "Dr",
    "老师": "Teacher", "师傅": "Master", "律师": "Lawyer", "大妈": "Auntie", "大娘": "Auntie", "大婶": "Auntie",
    "阿姨": "Auntie", "大爷": "Uncle", "大叔": "Uncle", "大伯": "Uncle", "奶奶": "Granny", "爷爷": "Grandpa",
    "某": "", "某某": "",
}  # fmt: skip
MIDDLE_DOTS = "·•‧・"


def romanize(name: str) -> str | None:
    """Pinyin of a Chinese person's name, None for what is not one: a transliterated foreign name can't be turned back.

    >>> romanize("吉提蓬·赛林"), romanize("吉马良斯")
    (None, None)
    >>> romanize("吕女英")
    'Lyu Nyuying'
    >>> romanize("梁女士"), romanize("刘大妈"), romanize("马某"), romanize("單田芳"), romanize("林郑月娥")
    ('Ms Liang', 'Auntie Liu', 'Ma', 'Shan Tianfang', "Lin Zheng Yue'e")
    """
    surname = surname_of(name)
    if surname is None and "\u4e00" <= name[:1] <= "\u9fff":
        name = simplified(name)
        surname = surname_of(name)
    if surname is None:
        return None
    given = name[len(surname) :]
    if given in COURTESY:
        return f"{COURTESY[given]} {_surname(surname)}".lstrip()
    if (len(given) == 2 and set(given) <= _SPELLED) or (len(name) == 4 and set(name) <= chinese().transliteration):
        return None
    if len(name) == 4 and len(surname) == 2 and surname not in SURNAMES and surname not in chinese().compound_surnames:
        # Her husband's surname before her own.
        return " ".join((_surname(surname[0]), _surname(surname[1]), _given(given)))
    return " ".join(part for part in (_surname(surname), _given(given)) if part)


def surname_of(name: str) -> str | None:
    """The surname that a Chinese name of two to four characters begins with, None where it begins with none.

    >>> surname_of("欧阳娜"), surname_of("王"), surname_of("史密斯先生和女士")
    ('欧阳', None, None)
    """
    if not 2 <= len(name) <= 4 or any(dot in name for dot in MIDDLE_DOTS):
        return None
    words = chinese()
    if len(name) > 2 and (name[:2] in words.compound_surnames or name[:2] in SURNAMES):
        return name[:2]
    if len(name) == 4 and name[0] in words.frequent_surnames and name[1] in words.frequent_surnames:
        return name[:2]
    # The lexicon leaves out surnames that are common words: here the name is known to be one.
    return name[0] if len(name) <= 3 and (name[0] in words.surnames or name[0] in SURNAMES) else None


def _surname(surname: str) -> str:
    return (SURNAMES.get(surname) or "".join(_syllables(surname))).capitalize()


def _given(given: str) -> str:
    first, *rest = [GIVEN.get(char, read) for char, read in zip(given, _syllables(given), strict=True)]
    # Jian'an, not Jianan: an apostrophe keeps the syllables apart.
    return (first + "".join(f"'{part}" if part[:1] in "aoe" else part for part in rest)).capitalize()


def _syllables(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    # ü is written yu in passports and in print: Lyu.
    return [syllable.replace("ü", "yu") for syllable in lazy_pinyin(text, style=Style.NORMAL, v_to_u=True)]
