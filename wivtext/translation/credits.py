"""Whose a picture is, as captions say it: a form of words, not a sentence for a model.

>>> credit("(Photo/WIV)", "zh"), credit("（图片来源：WIV）", "en"), credit("A photo of Lin.", "zh")
(('（图/{}）', 'WIV'), ('(Photo: {})', 'WIV'), None)
"""

from __future__ import annotations

import re

from wivtext.records import Language

_ENGLISH = re.compile(
    r"[(（]?(?:(?P<kind>Photo|Image|Picture|Video|Graphic)s?)(?: credit| courtesy)? ?(?:/|:|：| by | of | from )\s*"
    r"(?P<whose>[^()（）.。:：]{1,40}?)\s*[)）]?\.?",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "[(（]?(?P<kind>图片?|摄影?|供图|制图|视频)(?:来源|提供)?\\s*[/／:：｜|]\\s*(?P<whose>[^()（）。:：]{1,40}?)\\s*[)）]?。?"
)
_IN_CHINESE = {"photo": "图", "image": "图", "picture": "图", "video": "视频", "graphic": "制图"}
_IN_ENGLISH = {"视频": "Video", "制图": "Graphic"}


def credit(text: str, target: Language) -> tuple[str, str] | None:
    """The form of a credit in the target language, and whose name goes into it; None where a text is none.

    A credit without brackets must have a mark: "Photo by Lin" may begin a sentence.
    """
    match = (_ENGLISH if target == "zh" else _CHINESE).fullmatch(text.strip())
    if match is None or (text.strip()[0] not in "(（" and not re.search("[/／:：｜|]", text)):
        return None
    kind = match["kind"].lower()
    form = f"{_IN_CHINESE[kind]}/{{}}" if target == "zh" else f"{_IN_ENGLISH.get(kind, 'Photo')}: {{}}"
    if text.strip()[0] in "(（":
        form = f"（{form}）" if target == "zh" else f"({form})"
    return form, match["whose"]
