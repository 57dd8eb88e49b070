"""What attribution knows of each sentence before it decides: quotations, mentions, cues, labels, surface features."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wivtext.attribution import (
    asides,
    bilingual,
    chinese_cues,
    chinese_names,
    datelines,
    english_cues,
    names,
    posts,
    turns,
)
from wivtext.attribution.genders import gender_of
from wivtext.attribution.lexicons import english
from wivtext.attribution.mentions import Cue, Entity, Mention
from wivtext.attribution.post_words import posts as posts_words
from wivtext.attribution.quotations import Quoting, quoted_across, quoting
from wivtext.attribution.roster import Roster
from wivtext.attribution.subjects import own_organisation, sort_only
from wivtext.records import Document, Language, Sentence

_FIRST_PERSON = re.compile(
    r"\b(?:I|we|We|my|My|our|Our|us|me|I'm|We're|we're|I've|we've)\b|我们|咱们|我(?!国|市|省|县)|本人"
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|You|Your)\b|您|贵公司|贵司|你们|你(?!我)")
_QUESTION_END = re.compile(r"[?？][”\"’」]?$")


@dataclass(slots=True)
class Analysis:
    """One sentence, read. `label` is (label, offset) where a turn begins; `turn` its paragraph's label."""

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
    tags: tuple[str, ...] = ()

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
    first_person: int
    rate: int
    main: Entity | None
    main_organisation: str | None
    paragraphs_tell: bool
    interview: bool = False
    paragraphed: bool = False


def analyse(document: Document) -> Reading:
    """Read every sentence of a document against all names the document holds."""
    sentences = document.sentences
    marked = _labels(document)
    texts = _without_dateline([sentence.text for sentence in sentences], document.language)
    roster = Roster(_people(document, texts, marked))
    for text in texts:
        roster.shorten(asides.short_forms(text, document.language))
    posts.settle(roster.persons, texts, document.language, document.title)
    readers: dict[str, english_cues.Reader | chinese_cues.Reader] = {
        "en": english_cues.Reader(roster),
        "zh": chinese_cues.Reader(roster),
    }
    quotings = _quotings(document)
    analyses = []
    for sentence, plain, quotation, (label, turn) in zip(sentences, texts, quotings, marked, strict=True):
        text, moved = asides.unbracketed(plain, sentence.language)
        found = readers[sentence.language].read(text, quotation.spans)
        asides.put_back(found.mentions, moved)
        analyses.append(_analysis(sentence, quotation, found, label, turn))
    transcript = sum(item.label is not None or item.turn is not None for item in analyses) >= 3
    mine = sum(item.first_person and not item.question for item in analyses[1:])
    cued = sum(any(cue.mention is not None and cue.strong for cue in item.cues) for item in analyses)
    rate = 5 * cued // max(1, len(analyses))
    questions = sum(item.question and not item.cues for item in analyses)
    return Reading(
        document.language,
        roster,
        analyses,
        transcript,
        questions,
        mine,
        rate,
        _main(analyses, roster),
        _subject(document, texts, roster),
        _paragraphs_tell(analyses),
        not transcript and _interview(analyses),
        len({sentence.paragraph for sentence in sentences}) * 5 > len(sentences),
    )


def _without_dateline(texts: list[str], language: Language) -> list[str]:
    """The texts, as long as before; an English document may begin with a dateline, or have one behind a byline."""
    return [*map(datelines.blanked, texts[:3]), *texts[3:]] if language == "en" else texts


def _interview(analyses: list[Analysis]) -> bool:
    """Whether questions and answers alternate without labels, and hardly anybody is said to say anything."""
    asked = [index for index, item in enumerate(analyses) if item.question and not item.quoting.spans]
    if len(asked) < 2 or asked[0] > 6:
        return False
    later = [item for item in analyses[asked[0] :] if not item.question]
    told = sum(any(cue.strong and _sure(cue) for cue in item.cues) for item in later)
    return len(later) >= 3 and told * 6 <= len(later) and len(asked) * 7 >= len(later)


def _sure(cue: Cue) -> bool:
    return cue.mention is not None and cue.relation in ("subject", "inverted", "apposed", "according")


def _analysis(
    sentence: Sentence, quotation: Quoting, found: english_cues.Found, label: tuple[str, int] | None, turn: str | None
) -> Analysis:
    text = sentence.text
    bare = _outside(text, quotation.spans)
    question = bool(_QUESTION_END.search(text)) and quotation.length < len(text) // 2
    words = _words(bare, sentence.language)
    return Analysis(
        sentence, quotation, found.mentions, found.cues, label, turn, _first(text, sentence.language), words,
        question, bool(_FIRST_PERSON.search(bare)), bool(_SECOND_PERSON.search(bare)), _tags(text),
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
    spans = quoted_across([(paragraph.start, paragraph.text) for paragraph in document.paragraphs])
    return quoting([(sentence.start, sentence.end) for sentence in document.sentences], spans)


def _people(
    document: Document, texts: Sequence[str], marked: list[tuple[tuple[str, int] | None, str | None]]
) -> list[Entity]:
    persons = _english_people(texts) if document.language == "en" else chinese_names.people(texts)
    if document.mixed:
        others = chinese_names.people(texts) if document.language == "en" else _english_people(texts)
        known = {entity.name for entity in persons}
        persons += [e for e in others if e.name not in known and (e.score >= 4 or "·" in e.name)]
    persons = bilingual.pair(persons, "\n".join([document.title, *texts]), document.language)
    labels = Counter(turn or (label[0] if label else "") for label, turn in marked)
    # A whole name first, so that "MS. ROE" finds it.
    for label in sorted(labels, key=len, reverse=True):
        if label and not turns.interviewer(label) and not turns.answering(label) and not _known(label, persons):
            persons.append(Entity(turns.bare(label), parts=frozenset({label})))
    for person in persons:
        person.gender = gender_of(person.name)
    return persons


def _known(label: str, persons: list[Entity]) -> bool:
    """Whether a label names one of these persons; a new short form of one is kept."""
    for person in persons:
        if label == person.name or label in person.parts or person.name in label:
            return True
        if turns.shortens(label, person.name):
            person.parts |= {label}
            return True
    return False


def _english_people(texts: Sequence[str]) -> list[Entity]:
    return names.people(texts)


def _main(analyses: list[Analysis], roster: Roster) -> Entity | None:
    counts: Counter[Entity] = Counter()
    for item in analyses:
        counts.update(list(dict.fromkeys(m.candidates[0] for m in item.mentions if len(m.candidates) == 1)))
    return counts.most_common(1)[0][0] if counts else None


def _subject(document: Document, texts: Sequence[str], roster: Roster) -> str | None:
    """The organisation a document is about: named in its opening, and again and again."""
    persons = {form for person in roster.persons for form in (person.name, *person.parts)}
    own = own_organisation(document.title, texts, document.language, persons)
    if own is not None:
        return own
    text = document.title + "\n" + "\n".join(texts)
    counts: Counter[str] = Counter()
    for opening in (document.title, *texts[:3]):
        for name in _english_openers(opening) if document.language == "en" else _chinese_openers(opening):
            if not roster.named(name) and name not in counts:
                counts[name] = text.count(_stem(name))
    best = max(counts, key=lambda name: (counts[name], len(name)), default=None)
    if best is None or counts[best] < 2:
        return None
    return max((name for name in counts if name.startswith(best) and counts[name] * 2 >= counts[best]), key=len)


def _stem(name: str) -> str:
    """A Chinese company's name as it is taken up again: without the word that says what it is."""
    stem = _KIND.sub("", name)
    return stem if len(stem) > 1 else name


def _english_openers(text: str) -> list[str]:
    tokens = names.tokenize(text)
    found = []
    for run in names.runs(tokens):
        before = tokens[run.first - 1].lower if run.first else ""
        if before not in ("in", "at", "of", "from", "to", "near", "the") or names.is_organisation(run.text):
            found.append(run.text)
    barred = english().places | posts_words().demonyms
    return [
        name for name in found if name not in barred and not english_cues.demonym(name) and not _currency(name, text)
    ]


def _currency(name: str, text: str) -> bool:
    """Whether a name is only the country of a sum: the HK of HK$4.8 billion."""
    return len(name) < 4 and f"{name}$" in text


def _chinese_openers(text: str) -> list[str]:
    """Beginnings of the clauses of an opening sentence that end where organisations end."""
    found = []
    for clause in re.split("[，。；：！？、“”‘’（）]", text)[:4]:
        found += [match.group() for match in _ORGANISATION.finditer(clause) if not sort_only(match.group())]
    return found


_KIND = re.compile("(?:股份|有限|公司|集团|汽车|科技|智能)+$")
_ORGANISATION = re.compile(
    "(?<![\u4e00-\u9fff])[\u4e00-\u9fffA-Za-z]{2,9}?(?:公司|集团|汽车|科技|智行|能源|电力|动力|半导体|电子|制药|医药|生物|重工|钢铁|矿业|化工|食品|乳业|电器|通信|航空|物流|仿真|智驾|氢能|电芯|光子|材料|资本|证券|银行|研究院|实验室)(?!业|出口|进口|产|销|行|市场|制造|企业|工|和|、)"
)


def _paragraphs_tell(analyses: list[Analysis]) -> bool:
    """Whether paragraphs are short, and begin with a source more often than they go on with one."""
    cued: dict[bool, list[bool]] = {True: [], False: []}
    last = -1
    for item in analyses:
        paragraph = item.sentence.paragraph
        cued[paragraph != last].append(any(cue.mention is not None and cue.strong for cue in item.cues))
        last = paragraph
    first, later = cued[True], cued[False]
    if len(first) < 4 or len(later) < 3 or len(analyses) > 2.4 * len(first):
        return False
    return sum(first) / len(first) > sum(later) / len(later) + 0.1


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


# Each sign's pattern for texts with Latin letters (and any), and that for texts with Han characters.
_TAGS = {
    name: (re.compile(latin), re.compile(han) if han else None)
    for name, latin, han in (
        ("modal", r"\b(?:would|could|should|must|might|may|ought)\b", "应|须|可能|能够|可以"),
        ("future", r"\b(?:will|plans? to|due to|scheduled|is to|are to)\b", "将|计划|预计|拟"),
        ("past", r"\b(?:was|were|had|did)\b", "曾|已|去年|此前"),
        ("present", r"\b(?:is|are|has|have|does|do)\b", "目前|如今|现在"),
        (
            "date",
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
            r"月\d+日|\d年|\d月",
        ),
        ("weekday", r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "周[一二三四五六日]"),
        ("percent", "percent|%", "个百分点"),
        ("money", r"yuan|dollars?|euros?|\$|€|£", "元"),
        ("number", r"\d", ""),
        ("contrast", r"^(?:But|However|Yet|Still|Instead|Nevertheless)\b", "但|不过|然而"),
        (
            "point",
            r"^(?:That|This|These|Those|It|They|Such|Otherwise|Then|So|Thus|As a result|For this|To that end)\b",
            "^(?:这|此|该|其|为此|因此|否则|届时|它)",
        ),
        ("article", r"^(?:The|A|An)\b", ""),
        ("reason", r"\b(?:because|since|therefore|so that)\b", "因为|由于|因此|所以"),
        ("than", r"\b(?:than|compared|against)\b", "比|较|而"),
        ("colon", "[:：;；]", ""),
        ("dash", "—|–| - ", ""),
        (
            "company",
            r"\b(?:[Tt]he|[Ii]ts|[Hh]er|[Hh]is|[Tt]heir) "
            r"(?:company|firm|group|team|plant|institute|bank|factory|association)\b",
            "公司|该|团队|企业",
        ),
        (
            "event",
            r"\b(?:conference|forum|meeting|session|participants|delegates|exhibition|visitors|hall|event|vote|comments?)\b",
            "会议|论坛|大会|与会|参会|观众|会场|征求意见|表决",
        ),
    )
}
_LETTERS = re.compile("[A-Za-z]")
# Signs that need no letter: figures, symbols, marks.
_MARKED = frozenset(["percent", "money", "number", "colon", "dash"])


def _tags(text: str) -> tuple[str, ...]:
    """Coarse signs of tense, reference and subject, the same in both languages."""
    letters, han = _LETTERS.search(text) is not None, turns.has_han(text)
    tags = [
        name
        for name, (latin, chinese) in _TAGS.items()
        if ((letters or name in _MARKED) and latin.search(text)) or (han and chinese and chinese.search(text))
    ]
    scale = 1 if turns.has_han(text[:20]) else 3
    tags.append(f"length={min(len(text) // (12 * scale), 5)}")
    return tuple(tags)


def _first(text: str, language: Language) -> str:
    if language == "en":
        match = re.search(r"[^\W_]+", text)
        return match.group().lower() if match else ""
    return text.lstrip("“「『")[:2]
