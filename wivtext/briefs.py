"""The brief: a document's points and speakers in English and Chinese, every line with its source sentences.

attribute -> summarize, in the source's own language -> translate title, sentences and lines once -> put together
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wivtext import __version__, engines, naming, shortening
from wivtext.attribution import attribute
from wivtext.engines import Summarizer, Translator
from wivtext.language import other_language
from wivtext.memory import ENGINE, Memory, Recall
from wivtext.reading.titles import title_of_name
from wivtext.records import (
    Attribution,
    Brief,
    Document,
    Finding,
    Language,
    Line,
    Point,
    Sentence,
    Speaker,
    SpeakerBrief,
    Statement,
    Translation,
)
from wivtext.settings import Settings
from wivtext.summary import Summaries, summarize_all
from wivtext.summary import signature as summary_signature
from wivtext.terms import TermBase
from wivtext.terms.audit import audit_brief
from wivtext.translation import Order, recalled, translate_orders
from wivtext.translation.cache import TranslationCache


def brief(
    document: Document,
    *,
    settings: Settings | None = None,
    translator: Translator | None = None,
    summarizer: Summarizer | None = None,
    terms: TermBase | None = None,
    cache: TranslationCache | None = None,
    memory: Memory | Recall | None = None,
) -> Brief:
    """The brief of a document in both languages; what is not given is made from the settings. Raises `EngineError`.

    Corrections of the `memory` win over the translator.
    """
    settings = settings or Settings()
    translator = translator or engines.translator(settings.translation.engine, settings)
    summarizer = summarizer or engines.summarizer(settings.summary.engine, settings)
    terms = terms if terms is not None else TermBase.load(starter=settings.terms.starter)
    recall = Recall(memory, document.name) if isinstance(memory, Memory) else memory
    begun = draft(document, summarizer=summarizer, terms=terms, recall=recall, settings=settings)
    return complete([begun], translator=translator, cache=cache, settings=settings)[0]


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief in its source's language: what was found and chosen, and the texts that have to be translated.

    `named` are the terms together with the names of the document's speakers.
    """

    document: Document
    found: Attribution
    chosen: Summaries
    texts: Texts
    terms: TermBase
    named: TermBase
    summarizer: Summarizer


def draft(
    document: Document, *, summarizer: Summarizer, terms: TermBase, recall: Recall | None, settings: Settings
) -> Draft:
    """The first half of a brief: attributed and summarized, not translated. Raises `EngineError`."""
    found = attribute(document, terms)
    chosen = summarize_all(document, found, engine=summarizer, settings=settings)
    texts = Texts(document, terms, recall)
    for point in (*chosen.points, *(point for points in chosen.speakers.values() for point in points)):
        texts.add(point.text, texts.language_of(point))
    for speaker in found.speakers:
        texts.add_all(_unknown(speaker, terms))
    named = terms.with_names(naming.name_pairs(found.speakers, terms))
    return Draft(document, found, chosen, texts, terms, named, summarizer)


def complete(
    drafts: Sequence[Draft], *, translator: Translator, cache: TranslationCache | None, settings: Settings
) -> list[Brief]:
    """The second half: drafts translated together, each into its brief. Raises `EngineError`."""
    for source in ("en", "zh"):
        orders = [one.texts.order(source, one.named) for one in drafts]
        made = translate_orders(
            orders, source, other_language(source), engine=translator, cache=cache, settings=settings
        )
        for one, translations in zip(drafts, made, strict=True):
            one.texts.keep(translations)
    return [_brief(one, signature(translator, one.summarizer, one.terms, settings)) for one in drafts]


def _brief(one: Draft, signed: str) -> Brief:
    found, texts = one.found, one.texts
    made = Brief(
        document=one.document,
        title=texts.title(),
        points=tuple(texts.point(point) for point in one.chosen.points),
        speakers=tuple(
            _speaker_brief(speaker, one.chosen.speakers[speaker.id], found.statements, texts, one.terms)
            for speaker in found.speakers
        ),
        unattributed=tuple(statement for statement in found.statements if statement.speaker is None),
        sentences=tuple(texts.sentence(sentence) for sentence in one.document.sentences),
        signature=signed,
    )
    return replace(made, terms=audit_brief(made, one.named))


def signature(translator: Translator, summarizer: Summarizer, terms: TermBase, settings: Settings) -> str:
    """Everything a brief's wording depends on besides the document, in one line."""
    summary, second = settings.summary, settings.translation.second
    return " | ".join(
        (
            f"wivtext {__version__}",
            f"translator {translator.signature}" + (f", second {second}" if second else ""),
            f"summarizer {summary_signature(summarizer)}",
            f"points {summary.min_points}-{summary.max_points}, {summary.speaker_lines} lines a speaker"
            + (f", {shortening.VERSION}" if summary.shorten else ""),
            f"terms {terms.digest[:12]}",
        )
    )


@dataclass(slots=True)
class Texts:
    """The texts of a document that have to be in both languages: gathered, translated once, looked up."""

    document: Document
    terms: TermBase
    recall: Recall | None
    _wanted: dict[tuple[str, Language], None] = field(default_factory=dict)
    _made: dict[tuple[str, Language], Translation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        title = self.document.title
        if title and title != title_of_name(self.document.name):
            self.add(title, naming.language_of(title))
        for sentence in self.document.sentences:
            self.add(sentence.text, sentence.language)

    def add(self, text: str, language: Language) -> None:
        self._wanted[text, language] = None

    def add_all(self, names: Iterable[str]) -> None:
        for name in names:
            self.add(name, naming.language_of(name))

    def order(self, source: Language, terms: TermBase) -> Order:
        """The texts in one of the languages, to be translated with these terms."""
        return Order([text for text, language in self._wanted if language == source], terms, self.recall)

    def keep(self, translations: Iterable[Translation]) -> None:
        self._made |= {(one.source, one.source_language): one for one in translations}

    def language_of(self, point: Point) -> Language:
        """A point is in the language of the sentences behind it."""
        return self.document.sentences[point.sentences[0]].language if point.sentences else self.document.language

    def sentence(self, sentence: Sentence) -> Line:
        made = self._of_place(sentence) or self._made[sentence.text, sentence.language]
        return _line(made, (sentence.index,))

    def point(self, point: Point) -> Line:
        line = _line(self._made[point.text, self.language_of(point)], point.sentences)
        first = self.document.sentences[point.sentences[0]] if point.sentences else None
        if first and (first.text == point.text or (not point.generated and self._is_better_whole(line, first))):
            line = replace(self.sentence(first), sentences=point.sentences)
        generated = point.generated and not (first and first.text == point.text)
        return replace(line, findings=(*line.findings, *point.findings), generated=generated)

    def _is_better_whole(self, short: Line, sentence: Sentence) -> bool:
        """Whether a shortened sentence came out worse than the whole one, or the analyst has corrected that one."""
        whole = self.sentence(sentence)
        corrected = whole.corrected and not short.corrected
        return corrected or (len(short.findings) > len(whole.findings) and not short.corrected)

    def title(self) -> Line:
        """The title in both languages; that of a file without one is the file's name, which nobody translates."""
        title = self.document.title
        if (title, naming.language_of(title)) in self._made:
            return self.label(title)
        return Line(title, title)

    def label(self, text: str) -> Line:
        """A title, a role or an organisation: no full stop that the source does not have."""
        line = _line(self._made[text, naming.language_of(text)], ())
        if line.corrected or text.endswith((".", "。")):
            return line
        return replace(line, en=line.en.removesuffix("."), zh=line.zh.removesuffix("。"))

    def _of_place(self, sentence: Sentence) -> Translation | None:
        """The correction made at this place, of a sentence that has another one elsewhere."""
        text, source = sentence.text, sentence.language
        target = other_language(source)
        if not self.recall or not self.recall.memory.is_ambiguous(text, source, target):
            return None
        before = self.document.sentences[sentence.index - 1].text if sentence.index else ""
        return recalled(text, source, target, self.recall, self.terms, before)


def _line(made: Translation, sentences: tuple[int, ...]) -> Line:
    en, zh = (made.source, made.text) if made.source_language == "en" else (made.text, made.source)
    return Line(en, zh, sentences, made.findings, corrected=made.engine == ENGINE)


def _speaker_brief(
    speaker: Speaker, points: tuple[Point, ...], statements: Iterable[Statement], texts: Texts, terms: TermBase
) -> SpeakerBrief:
    return SpeakerBrief(
        speaker=speaker,
        name=_name(speaker, texts, terms),
        role=_role(speaker, texts, terms),
        organisation=_organisation(speaker, texts, terms),
        summary=tuple(texts.point(point) for point in points),
        statements=tuple(statement for statement in statements if statement.speaker == speaker.id),
    )


def _unknown(speaker: Speaker, terms: TermBase) -> list[str]:
    """The parts of a speaker's name that nobody knows and an engine can translate."""
    unknown = []
    if speaker.role and not naming.known_role(speaker, terms):
        unknown.append(speaker.role)
    if speaker.organisation and not naming.known_organisation(speaker, terms):
        unknown.append(speaker.organisation)
    is_described = speaker.kind == "organisation" or naming.is_description(speaker.name)
    if is_described and not naming.known_name(speaker, terms):
        unknown.append(speaker.name)
    return [text for text in unknown if text == speaker.role or naming.translatable(text)]


def _name(speaker: Speaker, texts: Texts, terms: TermBase) -> Line:
    if speaker.name in _unknown(speaker, terms):
        return _translated_name(speaker.name, texts)
    return naming.name_line(speaker, terms)


def _role(speaker: Speaker, texts: Texts, terms: TermBase) -> Line | None:
    if speaker.role is None:
        return None
    known = naming.known_role(speaker, terms)
    if known:
        return naming.bilingual(speaker.role, known)
    line = texts.label(speaker.role)
    if line.corrected:
        return line
    return naming.bilingual(speaker.role, speaker.role, (naming.unknown(speaker.role),)) if line.findings else line


def _organisation(speaker: Speaker, texts: Texts, terms: TermBase) -> Line | None:
    if speaker.organisation is None:
        return None
    if speaker.organisation in _unknown(speaker, terms):
        return _translated_name(speaker.organisation, texts)
    return naming.bilingual(speaker.organisation, naming.known_organisation(speaker, terms) or speaker.organisation)


def _translated_name(name: str, texts: Texts) -> Line:
    """An organisation's name as the engine translates it, to be looked at; its own form where that came out wrong."""
    line = texts.label(name)
    if line.corrected or (naming.is_description(name) and not line.findings):
        return line
    if line.findings:
        return naming.bilingual(name, name, (naming.unknown(name),))
    other = line.zh if naming.language_of(name) == "en" else line.en
    message = f"{name} is not in the term base: this is the engine's translation; add the right name to corpus/terms"
    return replace(line, findings=(Finding(naming.KIND, name, other, message),))
