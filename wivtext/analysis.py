"""What attribution knows of each sentence before it decides: quotations, mentions, cues, labels, surface features."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from wivtext import chinese_cues, chinese_names, english_cues, english_roles, names, turns
from wivtext.lexicons import chinese, english
from wivtext.mentions import Cue, Entity, Mention
from wivtext.quotations import Quoting, quoted, quoting
from wivtext.records import Document, Language, Sentence
from wivtext.roster import Roster

_FIRST_PERSON = re.compile(
    r"\b(?:I|we|We|my|My|our|Our|us|me|I'm|We're|we're|I've|we've)\b|我们|咱们|我(?!国|市|省|县)|本人"
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|You|Your)\b|您|贵公司|贵司|你们|你(?!我)")
_QUESTION_END = re.compile(r"[?？][”\"’」]?$")


@dataclass(slots=True)
class Analysis:
    """One sentence, read. `label` is (label, offset) where a turn begins; `turn` the paragraph's label, if it is one."""

    sentence: Sentence
    quoting: Quoting
    mentions: list[Mention]
    cues: list[Cue]
    label: tuple[str, int] | None
    turn: str | None
    first: str
    words: list[str]
    question: bool
    first_person: bool
    second_person: bool
    features: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.text


@dataclass(slots=True)
class Reading:
    """A whole document, read: its roster and the analysis of each sentence."""

    language: Language
    roster: Roster
    sentences: list[Analysis]
    transcript: bool
    questions: int
    main: Entity | None
    main_organisation: str | None


def analyse(document: Document) -> Reading:
    """Read every sentence of a document against all names the document holds."""
    sentences = document.sentences
    marked = _labels(document)
    texts = [sentence.text for sentence in sentences]
    roster = Roster(_people(document, texts, marked))
    readers = {"en": english_cues.Reader(roster), "zh": chinese_cues.Reader(roster)}
    quotings = _quotings(document)
    analyses = []
    for sentence, quotation, (label, turn) in zip(sentences, quotings, marked, strict=True):
        found = readers[sentence.language].read(sentence.text, quotation.spans)
        analyses.append(_analysis(sentence, quotation, found, label, turn))
    transcript = sum(item.label is not None or item.turn is not None for item in analyses) >= 3
    questions = sum(item.question and not item.cues for item in analyses)
    return Reading(document.language, roster, analyses, transcript, questions, _main(analyses, roster), _subject(document, texts, roster))


def _analysis(
    sentence: Sentence, quotation: Quoting, found: english_cues.Found, label: tuple[str, int] | None, turn: str | None
) -> Analysis:
    text = sentence.text
    bare = _outside(text, quotation.spans)
    question = bool(_QUESTION_END.search(text)) and quotation.length < len(text) // 2
    words = _words(bare, sentence.language)
    return Analysis(
        sentence, quotation, found.mentions, found.cues, label, turn, _first(text, sentence.language), words,
        question, bool(_FIRST_PERSON.search(bare)), bool(_SECOND_PERSON.search(bare)),
    )  # fmt: skip


def _labels(document: Document) -> list[tuple[tuple[str, int] | None, str | None]]:
    """For each sentence the label it starts with and the label of the turn it belongs to."""
    paragraphs = document.paragraphs
    own = turns.labels([sentence.text for sentence in document.sentences])
    result: list[tuple[tuple[str, int] | None, str | None]] = []
    for sentence, label in zip(document.sentences, own, strict=True):
        paragraph = paragraphs[sentence.paragraph] if sentence.paragraph < len(paragraphs) else None
        turn = paragraph.label if paragraph is not None and paragraph.kind == "turn" else None
        result.append((label, turn))
    return result


def _quotings(document: Document) -> list[Quoting]:
    """Quotations are followed through a paragraph, and into the next where it opens with a mark again."""
    spans: list[tuple[int, int]] = []
    joined = _sentence_per_paragraph(document)
    if joined:
        spans = quoted(document.text)
    else:
        for paragraph in document.paragraphs:
            spans += [(start + paragraph.start, end + paragraph.start) for start, end in quoted(paragraph.text)]
    return quoting([(sentence.start, sentence.end) for sentence in document.sentences], _bounded(spans, document))


def _sentence_per_paragraph(document: Document) -> bool:
    return False


def _bounded(spans: list[tuple[int, int]], document: Document) -> list[tuple[int, int]]:
    return sorted(spans)


def _people(
    document: Document, texts: Sequence[str], marked: list[tuple[tuple[str, int] | None, str | None]]
) -> list[Entity]:
    persons = _english_people(texts) if document.language == "en" else chinese_names.people(texts)
    if document.mixed:
        others = chinese_names.people(texts) if document.language == "en" else _english_people(texts)
        persons += [entity for entity in others if entity.score >= 4 or "·" in entity.name]
    labels = Counter(turn or (label[0] if label else "") for label, turn in marked)
    for label in labels:
        if label and not turns.interviewer(label) and not turns.answering(label) and not _known(label, persons):
            persons.append(Entity(_bare_label(label), parts=frozenset({label})))
    return persons


def _bare_label(label: str) -> str:
    if label.isascii() or label[:1].isascii():
        return label
    for role in ("主持人", "记者", "嘉宾"):
        if label.startswith(role) and len(label) > len(role) + 1:
            return label[len(role) :]
    return label


def _known(label: str, persons: list[Entity]) -> bool:
    for person in persons:
        if label == person.name or label in person.parts or person.name in label:
            return True
        if not label.isascii() and person.name.startswith(label[:1]) and label[1:] in chinese().courtesy:
            return True
    return False


def _english_people(texts: Sequence[str]) -> list[Entity]:
    tokens = [names.tokenize(text) for text in texts]
    persons = names.people_in(tokens)
    by_name = {person.name: person for person in persons}
    for text, sentence in zip(texts, tokens, strict=True):
        for run in names.runs(sentence):
            person = by_name.get(run.text)
            if person is not None and person.role is None:
                role, organisation = english_roles.describe(text, sentence, run.first, run.stop)
                person.role, person.organisation = role, person.organisation or organisation
    return persons


def _main(analyses: list[Analysis], roster: Roster) -> Entity | None:
    counts: Counter[Entity] = Counter()
    for item in analyses:
        counts.update({mention.candidates[0] for mention in item.mentions if len(mention.candidates) == 1})
    return counts.most_common(1)[0][0] if counts else None


def _subject(document: Document, texts: Sequence[str], roster: Roster) -> str | None:
    """The organisation a document is about: named in its opening, and again and again."""
    text = document.title + "\n" + "\n".join(texts)
    counts: Counter[str] = Counter()
    for opening in (document.title, *texts[:3]):
        for name in _english_openers(opening) if document.language == "en" else _chinese_openers(opening):
            if not roster.named(name) and name not in counts:
                counts[name] = text.count(name)
    best = max(counts, key=lambda name: (counts[name], len(name)), default=None)
    if best is None or counts[best] < 2:
        return None
    return max((name for name in counts if name.startswith(best) and counts[name] * 2 >= counts[best]), key=len)


def _english_openers(text: str) -> list[str]:
    tokens = names.tokenize(text)
    found = []
    for run in names.runs(tokens):
        before = tokens[run.first - 1].lower if run.first else ""
        if before not in ("in", "at", "of", "from", "to", "near", "the") or names.is_organisation(run.text):
            found.append(run.text)
    return [name for name in found if name not in english().places]


def _chinese_openers(text: str) -> list[str]:
    """Beginnings of the clauses of an opening sentence that end where organisations end."""
    found = []
    for clause in re.split("[，。；：！？、“”‘’（）]", text)[:4]:
        for match in _ORGANISATION.finditer(clause):
            found.append(match.group())
    return found


_ORGANISATION = re.compile(
    "(?<![\u4e00-\u9fff])[\u4e00-\u9fffA-Za-z]{2,9}?(?:公司|集团|汽车|科技|智行|能源|电力|动力|半导体|电子|制药|医药|生物|重工|钢铁|矿业|化工|食品|乳业|电器|通信|航空|物流|仿真|智驾|氢能|电芯|光子|材料|资本|证券|银行|研究院|实验室)"
)


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in spans:
        pieces.append(text[last:start])
        last = end
    return "".join([*pieces, text[last:]])


def _words(text: str, language: Language) -> list[str]:
    if language == "en":
        return [word for word in re.findall(r"[a-z]+(?:['’-][a-z]+)*", text) if len(word) > 1]
    run = re.sub("[^\u4e00-\u9fff]", " ", text)
    return [run[index : index + 2] for index in range(len(run) - 1) if " " not in run[index : index + 2]]


def _first(text: str, language: Language) -> str:
    if language == "en":
        match = re.search(r"[^\W_]+", text)
        return match.group().lower() if match else ""
    return text.lstrip("“「『")[:2]
