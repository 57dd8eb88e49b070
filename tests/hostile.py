"""Text that means harm, of any length."""

from __future__ import annotations

from collections.abc import Callable


def repeated(unit: str) -> Callable[[int], str]:
    """Texts of n characters, made of the same unit again and again."""
    return lambda n: unit * (n // len(unit))


# What there may be too much of.
UNITS = (
    '"', "“", "”", "“”", '" ', "'", "‘", "’", "「", "(", "（", ")", "([{", "《", "【", "[",
    ">", "<", "&", "&amp;", ",", "，", "、", ".", "。", "…", "!", "? ", ":", "：", "; ", "-",
    "—", " – ", "--- ", "*", "_", "**a", "`", "#", "|", "| a |\n", "~", "\\", "/", "\n",
    "\n\n", " ", "\t", "　", "\u200b", "\u0301", "a\u0301", "\ufeff", "a", "A", "Aa", "a ",
    "A ", "A. ", "U.S. ", "No. ", "Mr. ", "Li ", "1", "1 ", "1,", "1.", "1.1.", "1/",
    "1-", "9,999,999 ", "$", "$1 ", "%", "5% ", "one ", "one hundred ", "million ",
    "half a ", "一", "零", "万", "亿", "一万", "十", "百分之", "两三", "第", "年", "2026年", "5月", "汉",
    "汉 ", "张", "张伟", "欧阳", "·", "约翰·", "李明说", "说", "表示", "总裁", "董事长", "股份", "联合", "晚间",
    "上午", "not ", "不", "没有", "未", " X said", "X said. ", '"X," said Li Na. ', "said ",
    " told ", "he said she said ", "“好。”他说。", "他说：", "据报道，", "Zhang Wei: ",
    "Q: Why?\nA: No.\n", "张伟：好。\n", "Mr. Li, CEO of BYD, said ", "BYD ", "比亚迪", "of ",
    "the ", "and ", "> ", "- ", "1. ", "* * ", "<b>", "</b>", "<!--", "<div>", "<div>a",
    "<p>x", "<td>", "<a href=", "<v", "<v.a", "<v a>", "![", "[a](", "[a](b)", "[a]: b\n",
    "``` ", "~~~\n", "$$", "http://a.b/", "a@b.", "www.", "é", "😀", "\U0002000b",
    "00:00:01.000 --> 00:00:02.000\nx\n\n", "https://", "股份有限公司", "有限公司", "Inc. ",
    "Co., Ltd. ", "３５％", "１２．５", "８：３０", "ß", "\u202e", "? ", "\u00a0", "'", "‘", "’", "\r",
)  # fmt: skip
# Name -> a text of n characters.
TEXTS: dict[str, Callable[[int], str]] = {
    **{unit.encode("unicode_escape").decode(): repeated(unit) for unit in UNITS},
    "quotes nested": lambda n: "“" * (n // 2) + "”" * (n // 2),
    "brackets nested": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "blockquotes": lambda n: ">" * (n // 2) + " a" * (n // 4),
    "list nested": lambda n: "\n".join(" " * (2 * depth) + "- a" for depth in range(int(n**0.5))),
    "table": lambda n: "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + ("|a" * 50 + "|\n") * (n // 100),
    "a wide table": lambda n: "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
    "emphasis": lambda n: "*a **a " * (n // 7),
    "links unclosed": lambda n: "[" * (n // 2) + "a" + "](b" * (n // 6),
    "spaces between": lambda n: "a" + " " * n + "b.",
    "spaces between Chinese": lambda n: "汉1(" + " " * n + "a.",
    "a time and spaces": lambda n: "1:11" + " \t" * (n // 2) + "a\n",
    "newlines between": lambda n: "a" + "\n" * n + "b.",
    "headline and text": lambda n: "Title\n\n" + "a b. " * (n // 5),
    "chinese news": lambda n: (
        "“我们必须竞争，靠技术和服务。”澜驰汽车总裁张伟5月3日说，投资35亿元，增长12.5%。" * (n // 46)
    ),
    "english news": lambda n: (
        '"We must compete," said Zhang Wei, chief executive of Lanchi Auto, on May 3. ' * (n // 78)
    ),
    "many names": lambda n: " ".join(
        f"Jo{chr(97 + i % 26)}n Sm{chr(97 + i // 26 % 26)}th{i} said so." for i in range(n // 24)
    ),
    "many chinese names": lambda n: "".join(
        f"{s}{a}{b}表示，好。"
        for s, a, b, _ in zip("张王李赵" * n, "伟芳娜敏静丽强" * n, "明华国文杰涛" * n, range(n // 9), strict=False)
    ),
    "turns": lambda n: "".join(f"Li Na {i}: We did well.\n" for i in range(n // 24)),
}
