"""Who is the source of a sentence: the candidates, the evidence for each, and the choice.

Candidates are who the sentence mentions, who its cues make the speaker, who spoke last and before, and nobody. Their
evidence is put in words (features), which a linear model weighs; the same words make the reason kept with a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wivtext.attribution.analysis import Analysis, Reading
from wivtext.attribution.context import SHORT
from wivtext.attribution.coreference import Scene, resolve
from wivtext.attribution.english_phrases import kind_of_noun
from wivtext.attribution.evidence import Choice, Evidence
from wivtext.attribution.lexicons import english
from wivtext.attribution.linear import Linear
from wivtext.attribution.mentions import Cue, Entity, Mention
from wivtext.attribution.names import is_organisation

CUE = 2.5
SAID = 2.0
UNSAID = 1.0  # What a clear saying takes from nobody, whoever says it.
GROUP = 1.5  # The gold never lists people without names: analysts, 业内人士.
TURN = 1.5
ANSWER = 4.0
TOLD = 6.0
QUOTED = -2.0
_SURE = frozenset(("subject", "apposed", "inverted", "according", "view", "nominal", "document"))
_STATED = frozenset(("that", "clause", "quote", "the", "how", "whether", "aside"))
_NOBODY = frozenset(("nobody", "no one", "none", "anyone", "anybody", "everyone", "everybody"))
# What follows these is a clause, with or without "that".
_SAYING = frozenset(("say", "argue", "allege", "insist", "contend"))
# What is done in words, whatever follows: the ministry accused aid agencies of lying.
_ACTS = frozenset(
    ("accuse", "deny", "urge", "warn", "reject", "dismiss", "criticise", "criticize", "condemn", "denounce", "praise",
     "blame", "apologise", "apologize", "vow", "pledge", "reiterate", "defend", "allege")
)  # fmt: skip
_DONE = frozenset(("subject", "inverted", "apposed"))
SAME_PARAGRAPH = 5.0
NEW_PARAGRAPH = -1.0
FOLLOWED = 6.0
ACTED = 3.0
NARRATED = 2.0


_MARKS = re.compile("[，。！？；：,.!?]")
_PLURAL = re.compile(r"\b[a-z]{3,}s\b(?!['’])")
_NAMED_AFTER = re.compile(r" (?:campaign|administration|camp|presidency|ticket|estate)\b")
_AS_FOR = re.compile(r"As (?:for|to) (?:\w+\.? )?")
# 记者近日走访发现: the paper's own.
_REPORTER = re.compile("(?:本报|本刊|本网)?记者[^，。：“]{0,24}(?:走访|调查|采访|了解|梳理|注意|看到|发现|体验)")
# What one does before speaking.
_GESTURE = re.compile(
    r",? ?(?:\w+ly |then |only |just )?(?:paused|smiled|shrugged|laughed|nodded|sighed|grinned|hesitated|winced|"
    r"chuckled|frowned|demurred|(?:was|is) (?:blunt|unmoved|unimpressed|unconvinced|philosophical|defiant|sanguine)|"
    r"(?:shakes?|shook) (?:his|her) head|raised an eyebrow)\b"
    "|(?:却|也|则|只|先|直|连连|无奈地|苦|笑着){0,3}(?:笑了笑|摇摇头|摇了摇头|摇头|点点头|点了点头|沉默|想了想|顿了顿|"
    "叹了口气|叹气|耸耸肩|摆摆手|摆了摆手)"
)


class Sources(Evidence):
    """Walks through a document, sentence by sentence, keeping the scene."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.scene = Scene(reading.roster, main_organisation=reading.main_organisation)

    def choices(self, index: int) -> list[Choice]:
        """The candidates of sentence `index` with their features, nobody first."""
        item = self.reading.sentences[index]
        self.scene.index = index
        self._resolve(item)
        entities = self._candidates(index, item)
        shared = self._shared(index, item)
        choices = [Choice(None, self._nobody(index, item, shared))]
        choices += [self._evidence(index, item, entity, shared) for entity in entities]
        self._weigh_paragraph(index, item, choices)
        self._weigh_place(item, choices)
        self._weigh_turn(index, choices)
        self._weigh_answer(index, item, choices)
        self._weigh_quotation(item, choices)
        self._weigh_told(item, choices)
        self._weigh_followed(index, choices)
        self._weigh_closing(index, item, choices)
        self._weigh_topic(item, choices)
        self._weigh_gesture(index, item, choices)
        return choices

    def answers(self, index: int) -> bool:
        """Whether sentence `index` stands where an answer of an interview without labels stands."""
        item = self.reading.sentences[index]
        if not self.reading.interview or self.asked < 0 or item.question or item.label is not None:
            return False
        question = self.reading.sentences[self.asked]
        return item.sentence.paragraph != question.sentence.paragraph or not self.reading.paragraphed

    def _weigh_answer(self, index: int, item: Analysis, choices: list[Choice]) -> None:
        """What follows a question of an interview is the answer; what speaks of "you" is still the question."""
        if not self.reading.interview or self.asked < 0 or any(choice.cue is not None for choice in choices):
            return
        if item.question or not self.answers(index) or (item.second_person and not item.first_person):
            choices[0].prior = ANSWER
            return
        for choice in choices:
            if choice.entity is self.reading.main:
                choice.prior = ANSWER

    def _weigh_quotation(self, item: Analysis, choices: list[Choice]) -> None:
        """A sentence that is all quotation is somebody's, even in a style of news that training has not seen."""
        if item.quoting.length > max(len(item.text) - 2, 10) and not item.question:
            choices[0].prior += QUOTED
        if any(choice.cue is not None for choice in choices):
            return
        if _REPORTER.match(item.text) or (item.quoting.spans and _coins(item)):
            choices[0].prior += NARRATED

    def _weigh_told(self, item: Analysis, choices: list[Choice]) -> None:
        """据介绍 without a name is what the one who has just spoken says."""
        if not item.text.startswith("据介绍，") or self.decided[-2:] in ([], [None], [None, None]):
            return
        for choice in choices:
            if choice.entity is self.last[-1]:
                choice.prior += TOLD

    def _weigh_followed(self, index: int, choices: list[Choice]) -> None:
        """A quotation that opens a paragraph is whose the sentence behind it is: “……。”她告诉记者，……"""
        who = self._behind(index)
        for choice in choices:
            if who is not None and choice.entity is who:
                choice.prior += FOLLOWED

    def _weigh_closing(self, index: int, item: Analysis, choices: list[Choice]) -> None:
        """A quotation behind a figure or two that nobody says is whose the paragraph was: X坦言，……。截至……。“……。”"""
        if not self.reading.paragraphed or item.quoting.length < len(item.text) - 2 or self.decided[-1:] != [None]:
            return
        if self._behind(index) is not None or self._following(index) is not None:
            return
        who = None
        for earlier, before in enumerate(self.reading.sentences[:index]):
            if before.sentence.paragraph == item.sentence.paragraph:
                who = self.decided[earlier] or who
        for choice in choices:
            if who is not None and choice.entity is who:
                choice.prior += FOLLOWED

    def _weigh_topic(self, item: Analysis, choices: list[Choice]) -> None:
        """What is quoted behind "As for her opponent:" is said by whoever was just speaking."""
        if not _AS_FOR.match(item.text) or not item.quoting.spans or not self.decided or self.decided[-1] is None:
            return
        for choice in choices:
            if choice.entity is self.decided[-1]:
                choice.prior += FOLLOWED

    def _weigh_gesture(self, index: int, item: Analysis, choices: list[Choice]) -> None:
        """A quotation behind what somebody did is theirs: Solheim paused. "Ask me in April." """
        if not index or item.quoting.length < len(item.text) - 2 or self.decided[index - 1] is not None:
            return
        before = self.reading.sentences[index - 1]
        who = next((m for m in before.mentions if m.entity is not None and _GESTURE.match(before.text, m.end)), None)
        weight = FOLLOWED
        if who is None and self.reading.paragraphed and before.sentence.paragraph == item.sentence.paragraph:
            named = [m for m in before.mentions if m.form in ("name", "partial") and m.entity is not None]
            alone = len({id(mention.entity) for mention in named}) == 1 and named[0].start < 24
            who, weight = (named[0], ACTED) if alone and not before.question else (None, 0.0)
        for choice in choices:
            if who is not None and choice.entity is who.entity:
                choice.prior += weight

    def _behind(self, index: int) -> Entity | None:
        """Who speaks in the sentence behind a Chinese quotation that nobody in its paragraph has begun."""
        sentences = self.reading.sentences
        item, after = sentences[index], sentences[index + 1] if index + 1 < len(sentences) else None
        if after is None or not self.reading.paragraphed or item.sentence.language != "zh":
            return None
        paragraph = item.sentence.paragraph
        if after.sentence.paragraph != paragraph or item.quoting.length < len(item.text) - 2:
            return None
        before = sentences[index - 1] if index else None
        goes_on = before is not None and before.sentence.paragraph == paragraph
        if goes_on and before is not None and any(cue.mention is not None and cue.strong for cue in before.cues):
            return None
        cue = next((cue for cue in after.cues if cue.mention is not None), None)
        if cue is None or cue.mention is None or not cue.strong or cue.relation != "subject" or cue.mention.start > 60:
            return None
        if cue.mention.entity is None:
            cue.mention.entity = resolve(cue.mention, self.scene, after.text, [])
        return cue.mention.entity

    def _weigh_turn(self, index: int, choices: list[Choice]) -> None:
        """A turn goes on until the next label: the more so where nothing in the sentence names a source."""
        if self.turn is None or self.decided[-1:] != [self.turn] or any(choice.cue is not None for choice in choices):
            return
        for choice in choices:
            if choice.entity is self.turn:
                choice.prior = TURN

    def _weigh_place(self, item: Analysis, choices: list[Choice]) -> None:
        """A strong cue beside its source counts the more where gold is scarce: in short notes and between turns.

        In English what a verb of saying or a document reports counts everywhere: the gold is of one kind of text.
        """
        scarce = len(self.reading.sentences) < SHORT or self.reading.transcript
        sayers = {
            cue.mention.entity for cue in item.cues if cue.mention is not None and (says(cue) or _told(item, cue))
        }
        groups = {cue.mention.entity for cue in item.cues if cue.mention is not None and _group(cue)}
        choices[0].prior -= UNSAID if sayers else 0.0
        for choice in choices:
            cue = choice.cue
            if cue is None:
                continue
            if scarce and cue.strong and cue.relation in _SURE and not cue.inner:
                choice.prior += CUE
            if choice.entity in sayers:
                choice.prior += SAID
            if choice.entity in groups:
                choice.prior += GROUP

    def _weigh_paragraph(self, index: int, item: Analysis, choices: list[Choice]) -> None:
        """In news of short paragraphs a paragraph keeps to its source, and a new one that names none starts afresh.

        The gold documents have no paragraphs to learn this from: the weights are set by hand, and only where a
        document's paragraphs do begin with sources more often than they go on with them.
        """
        if not self.reading.paragraphs_tell or index == 0 or any(choice.cue is not None for choice in choices):
            return
        before = self.reading.sentences[index - 1]
        same = before.sentence.paragraph == item.sentence.paragraph
        for choice in choices:
            if choice.entity is not None and choice.entity is self.decided[index - 1]:
                choice.prior = SAME_PARAGRAPH if same else NEW_PARAGRAPH

    def take(self, index: int, entity: Entity | None, kind: str) -> None:
        """Keep the decision for sentence `index`, so that later ones can lean on it."""
        item = self.reading.sentences[index]
        for mention in item.mentions:
            if mention.entity is not None and mention.form != "pronoun" and self._keeps(item, mention):
                self.scene.saw(index, mention.entity)
        if entity is not None:
            self.scene.heard(index, entity, item.words)
            self.spoken[entity] = index
            self.last = [who for who in self.last if who is not entity] + [entity]
            self._learn_gender(item, entity)
        else:
            first = next((m.entity for m in item.mentions if m.entity is not None and m.entity.kind == "person"), None)
            if first is not None:
                self.scene.focus = first
        if (several := _several(item)) is not None:
            self.scene.several = index, several
        if entity is None and (stranger := _stranger(item)) is not None:
            self.scene.unnamed = index, stranger
        if item.question:
            self.asked = index
        self.decided.append(entity)
        self.kinds.append(kind)

    def _keeps(self, item: Analysis, mention: Mention) -> bool:
        """Whether a mention stays in mind: not a place or an adjective that only looks like an organisation."""
        entity = mention.entity
        if entity is None or entity.kind == "person" or item.sentence.language == "zh":
            return True
        named = is_organisation(entity.name) or entity.name[:1].islower() or entity in self.spoken
        return (named or entity.name == self.scene.main_organisation) and not _place(item, mention)

    def open_turn(self, index: int, entity: Entity | None) -> None:
        """Note that a labelled turn begins at sentence `index`."""
        self.turn, self.turn_start = entity, index

    def _learn_gender(self, item: Analysis, entity: Entity) -> None:
        for cue in item.cues:
            mention = cue.mention
            if mention is not None and mention.form == "pronoun" and mention.entity is entity and entity.gender is None:
                entity.gender = {"he": "m", "she": "f"}.get(mention.head)

    def _resolve(self, item: Analysis) -> None:
        before: list[Mention] = []
        sources = [cue.mention for cue in item.cues if cue.mention is not None]
        for mention in sorted({id(m): m for m in [*item.mentions, *sources]}.values(), key=lambda m: m.start):
            if mention.entity is None:
                if mention.form == "organisation" and mention not in sources:
                    mention.entity = self.reading.roster.known_organisation(mention.text)
                    if mention.entity is None and item.sentence.language == "en":
                        mention.entity = self.reading.roster.organisation(mention.text)
                elif (
                    mention.form != "role"
                    or mention in sources
                    or not mention.text[:4].lower().startswith(("a ", "an", "one "))
                ):
                    mention.entity = resolve(mention, self.scene, item.text, before)
            if mention.entity is not None and mention.form == "partial":
                mention.entity.add_alias(_as_written(item.text, mention))
            before.append(mention)

    def _candidates(self, index: int, item: Analysis) -> list[Entity]:
        entities: list[Entity | None] = [cue.mention.entity for cue in item.cues if cue.mention is not None]
        entities += [
            m.entity
            for m in item.mentions
            if m.entity is not None
            and (m.entity.kind == "person" or m.entity in self.spoken or m.token <= 4)
            and not _only_names(item.text, m)
        ]
        if index and self.decided[index - 1] is None and item.quoting.spans:
            entities.append(self.scene.focus)
        entities += [*reversed(self.last[-3:]), self.turn, self._following(index), self._behind(index)]
        if self.reading.questions >= 2 or not self.last:
            entities.append(self.reading.main)
        return [entity for entity in dict.fromkeys(entities) if entity is not None]

    def _following(self, index: int) -> Entity | None:
        """Who the next sentence names beside a cue: the source of a quotation that comes first."""
        if index + 1 >= len(self.reading.sentences):
            return None
        for cue in self.reading.sentences[index + 1].cues:
            mention = cue.mention
            if mention is not None and mention.form in ("name", "partial") and len(mention.candidates) == 1:
                return mention.candidates[0]
            if mention is not None and self._names_quoted(index, cue, mention):
                return mention.entity
        return None

    def _names_quoted(self, index: int, cue: Cue, mention: Mention) -> bool:
        """Whether an unnamed source or an organisation follows a sentence that is all quotation: “……。”一位高管说."""
        item, after = self.reading.sentences[index], self.reading.sentences[index + 1]
        quoted = item.quoting.length > len(item.text) - 3 and not after.quoting.spans
        if not quoted or not cue.strong or cue.relation != "subject" or mention.form not in ("role", "organisation"):
            return False
        if item.sentence.language != "zh" or mention.start > 24:
            return False
        if mention.entity is None:
            mention.entity = resolve(mention, self.scene, after.text, [])
        mention.candidates = (mention.entity,) if mention.entity is not None else ()
        return mention.entity is not None


def _several(item: Analysis) -> str | None:
    """The first plural of people in an English sentence outside quotations: traders, the residents."""
    if item.sentence.language != "en":
        return None
    for match in _PLURAL.finditer(item.text):
        quoted = any(start <= match.start() < end for start, end in item.quoting.spans)
        if not quoted and kind_of_noun(match.group()) == "group":
            return match.group()
    return None


def _stranger(item: Analysis) -> str | None:
    """What somebody is called whom an English sentence brings in without a name: a farmer in his eighties."""
    if item.sentence.language != "en" or any(m.form in ("name", "partial") for m in item.mentions):
        return None
    found = next((m for m in item.mentions if m.form == "role" and m.text[:2].lower() in ("a ", "an")), None)
    return found.text.split(" ", 1)[1] if found is not None and " " in found.text else None


def says(cue: Cue) -> bool:
    """Whether a cue leaves no doubt that its source is said to say something."""
    mention = cue.mention
    if mention is None or not cue.strong or cue.inner or mention.text.lower() in _NOBODY:
        return False
    if cue.relation == "according":
        return cue.frame == "said" or mention.several or mention.form != "organisation" or _tells(mention)
    if cue.frame == "said":
        return cue.relation in _SURE
    if cue.relation == "joined":
        return cue.lemma in english().speech_verbs and cue.frame in ("that", "clause", "quote")
    if cue.relation not in _SURE:
        return False
    if cue.relation in _DONE and cue.lemma in _ACTS and cue.frame not in ("loose", "by"):
        return True
    if cue.relation == "document" and cue.lemma in ("find", "show") and cue.frame in ("word", "a", "the", "adverb"):
        return True
    says = cue.lemma in english().speech_verbs or cue.relation in ("document", "nominal")
    return says and (cue.frame in _STATED or (cue.lemma in _SAYING and cue.frame == "word"))


def _told(item: Analysis, cue: Cue) -> bool:
    """Whether somebody's report opens the sentence and a verb tells: its report, out in May, warned that."""
    opens = cue.relation == "view" and cue.start == 0 and cue.lemma in english().document_nouns
    return opens and any(other.mention is None and other.strong and other.frame == "that" for other in item.cues)


def _coins(item: Analysis) -> bool:
    """Whether all that a Chinese sentence puts in quotation marks are a few words: “统建统营”也并非万能."""
    if item.sentence.language != "zh" or item.quoting.opens_inside:
        return False
    inside = [item.text[start:end].strip('“”「」"') for start, end in item.quoting.spans]
    return all(0 < len(words) < 9 and not _MARKS.search(words) for words in inside)


def _group(cue: Cue) -> bool:
    """Whether people without a name are the subject: traders expect, 专家提醒."""
    mention = cue.mention
    stands = mention is not None and mention.several and (mention.start == 0 or says(cue))
    return stands and cue.strong and not cue.inner and cue.relation in _SURE


def _only_names(text: str, mention: Mention) -> bool:
    """Whether a name is only part of another one, or what is spoken of: the Dunham campaign; as for Ms. Dunham."""
    return _NAMED_AFTER.match(text, mention.end) is not None or _AS_FOR.fullmatch(text, 0, mention.start) is not None


def _tells(mention: Mention) -> bool:
    """Whether what something is according to can tell: a name, documents, the ministry; not a room's size."""
    words = english()
    nouns = words.organisation_nouns | words.document_nouns | words.views
    return mention.head in nouns or mention.text.split()[-1][:1].isupper()


def _as_written(text: str, mention: Mention) -> str:
    """A short form with the title before it: "Mr Lin"."""
    title = mention.head if mention.head in english().titles else ""
    return f"{title} {mention.text}" if title and text[: mention.start].rstrip().endswith(title) else mention.text


def _place(item: Analysis, mention: Mention) -> bool:
    """Whether "organisation" is only a name after "in" or "of", which may as well be a town."""
    if mention.form != "organisation" or is_organisation(mention.text) or not mention.text.isascii():
        return False
    before = item.text[: mention.start].split()[-1:]
    return before in (["in"], ["of"], ["at"], ["from"], ["to"], ["near"], ["In"], ["From"])


def choose(model: Linear, choices: Sequence[Choice]) -> Choice:
    """The likeliest choice; every choice keeps its probability."""
    probabilities = model.probabilities([choice.features for choice in choices], [choice.prior for choice in choices])
    for choice, probability in zip(choices, probabilities, strict=True):
        choice.probability = probability
    return max(choices, key=lambda choice: choice.probability)
