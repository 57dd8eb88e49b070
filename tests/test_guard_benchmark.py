"""The lies of the guard's benchmark are lies, and what it counts is what the guard refuses."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"
SPEAKERS = [
    {"id": "S1", "en": "Xia Wenjing", "zh": "夏文静", "role_en": "chair", "org_en": "Lake Union", "org_zh": "湖区联盟"},
    {
        "id": "S2",
        "en": "Leila Haddad",
        "zh": "莱拉·哈达德",
        "role_en": "lead",
        "org_en": "Oculis",
        "org_zh": "奥库利斯",
    },
]
REPORT = {
    "title": {"en": "A fair", "zh": "展会"},
    "speakers": SPEAKERS,
    "sentences": [
        {"en": "Xia Wenjing, chair of the Lake Union, said orders rose 64 percent to 300 million yuan.",
         "zh": "湖区联盟主席夏文静表示，订单增长64%，达到3亿元。", "speaker": "S1"},
        {"en": "Leila Haddad of Oculis said the plant would open in May.",
         "zh": "奥库利斯的莱拉·哈达德表示，工厂将于5月投产。", "speaker": "S2"},
    ],
    "brief": {"en": ["Orders of Lake Union members rose 64 percent."], "zh": ["湖区联盟会员订单增长64%。"]},
    "speaker_briefs": {
        "S1": {"en": "Xia reported orders up 64 percent.", "zh": "夏文静表示订单增长64%。"},
        "S2": {"en": "Haddad said the plant will open in May.", "zh": "哈达德表示工厂将于5月投产。"},
    },
}  # fmt: skip
OTHER = {
    **REPORT,
    "speakers": [{"id": "S1", "en": "Oscar Lindgren", "zh": "奥斯卡·林德格伦", "role_en": "aide", "org_en": "Norr",
                  "org_zh": "诺尔公司"}],
    "brief": {"en": ["A choir rehearsed in a chapel."], "zh": ["合唱团在教堂排练。"]},
}  # fmt: skip


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    import summary_guard

    yield summary_guard
    for name in ("summary_guard", "planted_lies", "planted_errors"):
        sys.modules.pop(name, None)


def test_gold_points_pass_and_lies_are_refused(guard):
    points = list(guard.given(REPORT))
    assert [one.cited for one in points] == [(0,), (0,), (1,)]
    for pair in (("en", "en"), ("zh", "zh")):
        made = guard.measure(points, [REPORT, OTHER], pair, list(guard.LIES))
        assert not [reason for _, _, reason in made.clean if reason]
        for kind in ("changed figure", "swapped person", "another speaker", "another document"):
            assert made.lies[kind] and all(reason for _, _, reason in made.lies[kind]), kind


@pytest.mark.parametrize(
    ("kind", "language", "point", "lost"),
    [
        ("inserted not", "en", "The plant will open in May.", ""),
        ("inserted not", "zh", "工厂将于5月投产。", ""),
        ("rise for fall", "zh", "订单增长64%。", "增长"),
        ("lost not", "en", "The plant will not open.", "not"),
        ("changed month", "en", "The plant will open in May.", "May"),
    ],
)
def test_each_lie_changes_what_it_says(guard, kind, language, point, lost):
    sentence = REPORT["sentences"][1][language]
    lie = guard.LIES[kind](Random(1), guard.Told(point, language, sentence))
    assert lie and lie != point and (not lost or lost not in lie)
    assert guard.LIES[kind](Random(1), guard.Told("OK", language, sentence)) is None
