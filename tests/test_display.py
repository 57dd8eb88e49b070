"""What JupyterLab shows of the records, and the tables."""

import dataclasses
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

import wivtext
from wivtext import display, records, tables
from wivtext.building import BuildReport, Failure
from wivtext.conference import Conference
from wivtext.directory import CorpusSpeaker
from wivtext.evaluation import TranslationScores
from wivtext.findings import Placed
from wivtext.memory import Memory
from wivtext.memory.corrections import Correction
from wivtext.models import LocalModel, registry
from wivtext.namebook import NameEntry
from wivtext.quantities.quantity import Mismatch, Quantity
from wivtext.records import (
    Attribution,
    Brief,
    Document,
    Finding,
    Line,
    Paragraph,
    Point,
    Sentence,
    Speaker,
    SpeakerBrief,
    Statement,
    TermPair,
    TermUse,
    Translation,
)
from wivtext.scoring import SpeakerError, Speakers, SpeakerScores
from wivtext.settings import Settings
from wivtext.speaker_scores import EntryError, EntryScores
from wivtext.summary import Summaries
from wivtext.summary_lines import SummaryLine
from wivtext.terms import TermBase, TermEntry, TermMatch
from wivtext.terms.proposals import Proposal
from wivtext.topics import Mentions

TEXTS = ("5月，景禾汽车交付1.2万辆。", "总裁林遥说，<明年>会翻番。", "有人不同意。")
ENGLISH = ("Jinghe Auto delivered 12,000 cars in May.", "It will double <next year>, Lin Yao said.", "Not all agree.")
WRONG = Finding("number", "1.2万", "1,200", "expected 12,000")


def made_document() -> Document:
    text = "".join(TEXTS)
    starts = [0, len(TEXTS[0]), len(TEXTS[0]) + len(TEXTS[1])]
    sentences = tuple(
        Sentence(index, start, start + len(words), words, 0, "zh")
        for index, (start, words) in enumerate(zip(starts, TEXTS, strict=True))
    )
    paragraphs = (Paragraph(0, 0, len(text), text),)
    return Document("may", "交付量<创新高>", "zh", text, paragraphs, sentences, "simplified")


def made_attribution() -> Attribution:
    lin = Speaker("林遥", "林遥", role="总裁", organisation="景禾汽车", name_other="Lin Yao")
    said = Statement("林遥", "indirect", (1,), "说", 0.9, "cue")
    unknown = Statement(None, "indirect", (2,), None, 0.4, "cue", "nobody is named")
    return Attribution((lin,), (said, unknown))


def made_brief() -> Brief:
    attribution = made_attribution()
    said, unknown = attribution.statements
    lines = tuple(Line(en, zh, (index,)) for index, (en, zh) in enumerate(zip(ENGLISH, TEXTS, strict=True)))
    lines = (dataclasses.replace(lines[0], findings=(WRONG,)), *lines[1:])
    part = SpeakerBrief(
        speaker=attribution.speakers[0],
        name=Line("Lin Yao", "林遥"),
        role=Line("president", "总裁"),
        organisation=None,
        summary=(lines[1],),
        statements=(said,),
    )
    title = Line("Deliveries at a <record>", "交付量<创新高>")
    return Brief(made_document(), title, (lines[0],), (part,), (unknown,), lines, "wivtext 0.1.0 | echo")


# What analysts get into their hands: what the public functions give and take.
PUBLIC = (
    "building.BuildReport",
    "building.Failure",
    "conference.Conference",
    "directory.CorpusSpeaker",
    "evaluation",
    "findings",
    "memory.corrections",
    "models",
    "namebook",
    "quantities.quantity",
    "records",
    "scoring.SpeakerError",
    "scoring.SpeakerScores",
    "scoring.Speakers",
    "speaker_scores",
    "summary.Summaries",
    "summary_lines.SummaryLine",
    "terms.TermMatch",
    "terms.proposals.Proposal",
    "topics",
)
LIN = Line("Lin Yao", "林遥")
TERMS = TermBase((TermEntry("Jinghe <Auto>", "景禾汽车", own=True), TermEntry("car", "汽车", topic="vehicles")))
PLACED = Placed(WRONG, made_brief().sentences[0], "sentence", 0)
QUANTITY = Quantity("number", Fraction(12000), 7, 11, "1.2万")
RECORDS = {
    "Document": made_document(),
    "Paragraph": made_document().paragraphs[0],
    "Sentence": made_document().sentences[1],
    "Speaker": made_attribution().speakers[0],
    "Statement": made_attribution().statements[1],
    "Attribution": made_attribution(),
    "Finding": WRONG,
    "Translation": Translation(TEXTS[1], ENGLISH[1], "zh", "en", "echo", findings=(WRONG,)),
    "Point": Point(TEXTS[1], (1,)),
    "Line": Line(ENGLISH[1], TEXTS[1], (1,)),
    "SpeakerBrief": made_brief().speakers[0],
    "Brief": made_brief(),
    "TermPair": TermPair("<明年>", "<next year>"),
    "TermUse": TermUse("<明年>", "<next year>", "", (1,), (2,)),
    "TermMatch": TermMatch(0, 4, "<明年>", TERMS.entries[0]),
    "TermBase": TERMS,
    "Proposal": Proposal("zh", "<明年>", 3, 2, 0.5, "<next year>", TEXTS[1]),
    "Mentions": Mentions("<next year>", "<明年>", "subject", "time", 3, 2),
    "CorpusSpeaker": CorpusSpeaker(LIN, "person", None, Line("<next year>", "<明年>"), (), ("may",), 1, 1),
    "NameEntry": NameEntry("Lin Yao", "", role_en="<next year>", documents=("may",), status="missing"),
    "Correction": Correction(TEXTS[1], ENGLISH[1], "zh", "en", "may"),
    "Memory": Memory([Correction(TEXTS[1], ENGLISH[1], "zh", "en", "may")]),
    "Placed": PLACED,
    "Quantity": QUANTITY,
    "Mismatch": Mismatch("number", QUANTITY, None),
    "Summaries": Summaries((Point(TEXTS[1], (1,)),), {"林遥": (Point("<明年>", (1,)),)}),
    "Failure": Failure("may", "<明年>.txt: empty"),
    "BuildReport": BuildReport(("may",), failed=(Failure("<明年>", "empty"),), findings={"may": 1}),
    "Conference": Conference(Path("folder"), ("may",), (Failure("<明年>", "empty"),), TERMS),
    "TranslationScores": TranslationScores("zh-en", "echo", 3, 20.5, 45.1, 0.9, "tok:13a", "nc:6"),
    "SpeakerError": SpeakerError("may", 1, TEXTS[1], "speaker", "林遥", None),
    "SpeakerScores": SpeakerScores("zh", documents=1, found=1, expected=1, right=1),
    "Speakers": Speakers((SpeakerScores("zh"),)),
    "EntryError": EntryError("may", "林遥", "role", "<明年>", None),
    "EntryScores": EntryScores("zh"),
    "ModelInfo": registry()[0],
    "LocalModel": LocalModel("a/<明年>", Path("folder"), 3, "cache"),
    "SummaryLine": SummaryLine(3, Point("<next year>", (1,), findings=(WRONG,))),
    "Settings": Settings(),
}


def public_records() -> dict[str, type]:
    """The classes of `wivtext` itself and the dataclasses of the modules that analysts work with."""
    found = {name: getattr(wivtext, name) for name in wivtext.__all__}
    found = {name: kind for name, kind in found.items() if isinstance(kind, type) and not issubclass(kind, Exception)}
    for place in PUBLIC:
        path, _, name = place.rpartition(".")
        if name[:1].isupper():
            found[name] = getattr(import_module(f"wivtext.{path}"), name)
            continue
        module = import_module(f"wivtext.{place}")
        mine = [kind for kind in vars(module).values() if dataclasses.is_dataclass(kind)]
        found |= {kind.__name__: kind for kind in mine if kind.__module__ == module.__name__}
    return {name: kind for name, kind in found.items() if not name.startswith("_")}


def test_every_public_record_is_displayed() -> None:
    assert [name for name, kind in public_records().items() if not issubclass(kind, records.Displayed)] == []


def test_every_public_record_is_tried_here() -> None:
    assert set(public_records()) == set(RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_pages_are_small_and_escaped(name: str) -> None:
    page = RECORDS[name]._repr_html_()
    assert page.startswith("<style>")
    assert len(page) < 6000
    assert "<明年>" not in page
    assert "<next year>" not in page
    assert "<创新高>" not in page
    assert page.count("<div") == page.count("</div>")


def test_a_brief_shows_both_languages_and_its_findings() -> None:
    page = display.html(made_brief())
    for text in ("Lin Yao, president", "林遥，总裁", "expected 12,000", "1 finding ·", "[0]"):
        assert text in page


def test_a_sequence_is_shown_one_below_the_other() -> None:
    page = display.html([Point("甲", (0,)), Point("乙", (1,))])
    assert page.index("甲") < page.index("乙")
    assert page.count("<style>") == 1


def test_statements_are_coloured_by_speaker() -> None:
    page = display.annotated(made_document(), made_attribution())
    assert f"hsla({display.HUES[0]}," in page
    assert "hsla(0,0%,50%" in page, "a statement of nobody known is grey"


def test_a_long_document_is_cut_in_the_display() -> None:
    sentences = tuple(Sentence(index, 0, 1, "x", 0, "en") for index in range(1000))
    document = Document("long", "Long", "en", "x", (Paragraph(0, 0, 1, "x"),), sentences)
    assert "… and 800 more sentences" in display.html(document)


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match="not int"):
        display.html(3)


def test_statements_of_unknown_speakers_keep_their_row() -> None:
    frame = tables.statements([made_brief()])
    assert tuple(frame.columns) == tables.STATEMENTS
    assert frame["text_zh"].tolist() == [TEXTS[1], TEXTS[2]]
    assert frame["speaker_en"].isna().tolist() == [False, True]


def test_speakers_and_how_much_is_theirs() -> None:
    row = tables.speakers([made_brief()]).iloc[0]
    assert (row["speaker_en"], row["role_zh"]) == ("Lin Yao", "总裁")
    assert row.isna()["organisation_en"]
    assert (row["statements"], row["sentences"], row["characters"]) == (1, 1, len(TEXTS[1]))


def test_findings_say_where() -> None:
    row = tables.findings([made_brief()]).iloc[0]
    assert (row["document"], row["sentence"], row["source"], row["text_en"]) == ("may", "0", "1.2万", ENGLISH[0])


def test_tables_of_nothing_keep_their_columns() -> None:
    assert tuple(tables.findings([]).columns) == tables.FINDINGS
    assert tuple(tables.translations([]).columns) == tables.TRANSLATIONS


def test_sentences_with_and_without_an_attribution() -> None:
    document = made_document()
    assert tables.sentences(document)["speaker"].isna().all()
    assert tables.sentences(document, made_attribution())["kind"].fillna("").tolist() == ["", "indirect", "indirect"]


def test_a_table_is_read_without_row_numbers() -> None:
    shown = display.table(tables.statements([made_brief()]), "speaker_en", "text_en", limit=1)
    page = shown._repr_html_()
    assert repr(shown) == "<table of 2 rows>"
    assert '<th class="dim">speaker en</th>' in page
    assert "&lt;next year&gt;" in page
    assert "… and 1 more row<" in page
    assert "nan" not in display.table(tables.speakers([made_brief()]))._repr_html_()


def test_points_of_several_briefs() -> None:
    page = display.points([made_brief()] * 3, limit=2)._repr_html_()
    assert page.count("&lt;创新高&gt;") == 2
    assert "… and 1 more" in page
