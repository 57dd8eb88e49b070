"""Speakers: one entry a person with the right post, two with one surname, and the speakers of a whole corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wivtext.attribution import attribute
from wivtext.checking.lost_names import lost_names
from wivtext.cli import main
from wivtext.cli.speakers import padded, width
from wivtext.directory import directory
from wivtext.records import Attribution, Line, Speaker, SpeakerBrief, Statement
from wivtext.role_names import known_role_of, role_in_other
from wivtext.scoring import gold_document
from wivtext.speaker_scores import score_entries
from wivtext.terms import TermBase, TermEntry

CASES = json.loads((Path(__file__).parent / "cases" / "speakers.json").read_text(encoding="utf-8"))


def found_in(language: str, sentences: list[str], title: str = "") -> Attribution:
    return attribute(gold_document(title, sentences, language))  # type: ignore[arg-type]


def _marked(case: dict[str, object]) -> object:
    known = pytest.mark.xfail(strict=True, reason="known failure") if case.get("known_failure") else ()
    return pytest.param(case, id=f"{case['language']}: {case['label']}", marks=known)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_posts(case):
    found = found_in(case["language"], case["sentences"], case.get("title", ""))
    assert [[one.name, one.role, one.organisation] for one in found.speakers] == case["expected"]
    for name, sentences in case.get("said", {}).items():
        assert [index for one in found.statements if one.speaker == name for index in one.sentences] == sentences


def test_a_known_organisation_before_a_role_is_no_part_of_it():
    terms = TermBase((TermEntry("Morgan Stanley", "摩根士丹利", topic="organisations"),))
    document = gold_document("", ["摩根士丹利分析师约瑟夫·摩尔写道，毛利率是最大的隐忧。"], "zh")
    (speaker,) = attribute(document, terms).speakers
    assert (speaker.role, speaker.organisation) == ("分析师", "摩根士丹利")
    assert speaker.organisation_other == "Morgan Stanley"


def test_of_two_as_near_nobody_is_guessed():
    sentences = [
        "Chen Guowei, president of Pacific Crest Automotive, met Raymond Chen of Halyard Ventures on Monday.",
        "The talks lasted two hours.",
        "Chen said investors had lost patience.",
    ]
    last = found_in("en", sentences).statements[-1]
    assert (last.speaker, last.reason) == (None, "“Chen” may mean Chen Guowei or Raymond Chen")


@pytest.mark.parametrize(
    ("role", "language", "organisation", "expected"),
    [
        ("vice-president of operations", "en", None, "运营副总裁"),
        ("deputy head of overseas sales", "en", None, "海外销售副负责人"),
        ("co-founder and chief executive", "en", "Skjelvik Motors", "联合创始人兼首席执行官"),
        ("president", "en", "Port Workers' Union", "主席"),
        ("president", "en", "Skjelvik Bank", "行长"),
        ("director", "en", "Lake Institute", "所长"),
        ("首席安全工程师", "zh", None, "chief safety engineer"),
        ("联合创始人兼首席执行官", "zh", None, "co-founder and chief executive officer"),
        ("前董事长", "zh", None, "former chairman"),
        ("keeper of the seals", "en", None, None),
        ("掌玺大臣", "zh", None, None),
    ],
)  # fmt: skip
def test_roles_from_their_parts(role, language, organisation, expected):
    assert role_in_other(role, language, organisation) == expected


def test_the_term_base_of_the_analyst_knows_roles_better(tmp_path):
    (tmp_path / "own.tsv").write_text("en\tzh\tkind\nhead of quality\t质量掌门人\trole\n", encoding="utf-8")
    assert known_role_of("head of quality", "en", None, TermBase.load([tmp_path])) == "质量掌门人"


def heard(name: str, zh: str, organisation: str | None, *aliases: str, kind: str = "person") -> SpeakerBrief:
    body = Line(organisation, organisation) if organisation else None
    said = (Statement(name, "direct", (0, 1), "said", 0.9, "cue-subject"),)
    speaker = Speaker(name, name, aliases, None, organisation, kind)  # type: ignore[arg-type]
    return SpeakerBrief(speaker, Line(name, zh), None, body, (), said)


def test_one_person_in_three_documents_and_two_scripts():
    parts = [
        ("a", heard("Lin Haoran", "林浩然", "Lanchi Auto", "Mr. Lin")),
        ("b", heard("Lin Haoran", "林浩然", "Lanchi", "林总")),
        ("c", heard("LIN HAORAN", "林浩然", None)),
    ]
    (entry,) = directory(parts)
    assert (entry.name, entry.documents, entry.statements, entry.sentences) == (
        Line("Lin Haoran", "林浩然"),
        ("a", "b", "c"),
        3,
        6,
    )
    assert entry.aliases[:2] == ("Mr. Lin", "林总")


def test_namesakes_of_other_organisations_are_kept_apart():
    parts = [
        ("a", heard("Li Wei", "李伟", "Lanchi Auto")),
        ("b", heard("Li Wei", "李伟", "Lujiang University")),
        ("c", heard("Li Wei", "李伟", "Lujiang University of Technology")),
    ]
    assert [entry.documents for entry in directory(parts)] == [("b", "c"), ("a",)]


def test_organisations_merge_by_their_short_form_and_common_nouns_do_not():
    parts = [
        ("a", heard("Northern Energy Agency", "北方能源署", None, "NEA", kind="organisation")),
        ("b", heard("NEA", "NEA", None, kind="organisation")),
        ("a", heard("association", "协会", None, kind="organisation")),
        ("b", heard("association", "协会", None, kind="organisation")),
    ]
    assert [entry.documents for entry in directory(parts)] == [("a", "b"), ("a",), ("b",)]


def test_the_table_is_aligned_in_both_scripts(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("投产\n\n澜驰汽车首席执行官林浩然表示，工厂将于5月投产。欧阳文博说，价格已定。\n", encoding="utf-8")
    assert main(["speakers", str(path)]) == 0
    header, rule, first, second, *_ = capsys.readouterr().out.splitlines()
    place = header.index("other name")
    assert rule[place] == "-" and width(first[: first.index("Lin Haoran")]) == place
    assert width(second[: second.index("Ouyang Wenbo")]) == place


def test_cells_are_cut_by_columns():
    assert [width(padded(text, 9)) for text in ("林浩然", "中国汽车工业协会", "Lin", "a" * 40)] == [9, 9, 9, 9]


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("董事长林浩然表示，工厂将投产。", "The chairman said the plant would open.", ["林浩然"]),
        ("董事长林浩然表示，工厂将投产。", "Lin said the plant would open.", []),
        ("董事长林浩然表示，工厂将投产。", "Chairman Lam Ho-yin said the plant would open.", []),
        ("董事长欧阳文博说，价格已定。", "The price is fixed, the chairman said.", ["欧阳文博"]),
        ("公司表示，工厂将投产。", "The company said the plant would open.", []),
    ],
)
def test_names_lost_in_english(chinese, english, expected):
    assert [finding.source for finding in lost_names(chinese, english)] == expected


def test_entries_are_scored(tmp_path):
    sentence = {
        "en": "Lin Haoran, chairman of Lanchi Auto, said the plant would open.",
        "zh": "澜驰汽车董事长林浩然表示，工厂将投产。",
        "speaker": "S1",
        "quote": "indirect",
    }
    speaker = {"id": "S1", "en": "Lin Haoran", "zh": "林浩然", "role_en": "deputy chairman", "role_zh": "董事长"}
    speaker |= {"org_en": "Lanchi Auto", "org_zh": "澜驰汽车"}
    record = {"id": "r", "title": {"en": "", "zh": ""}, "speakers": [speaker], "sentences": [sentence]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    scores = score_entries(path, TermBase())
    assert (scores["zh"].recall("role"), scores["zh"].recall("organisation")) == (1.0, 1.0)
    assert (scores["en"].recall("role"), scores["en"].recall("name")) == (0.0, 1.0)
    assert scores["en"].errors[0].found == "chairman"
