"""Who said what: cue -> content -> source -> coreference, and the reason kept on every statement.

quotations, english_cues, chinese_cues   what the sentence shows
names, chinese_names, roster             who there is
coreference, sources                     whom it means and who is speaking
kinds                                    quoted or told
"""

from __future__ import annotations

from dataclasses import dataclass

from wivtext.attribution import posts, turns
from wivtext.attribution.analysis import Analysis, Reading, analyse
from wivtext.attribution.evidence import Choice
from wivtext.attribution.kinds import kind_of
from wivtext.attribution.linear import load
from wivtext.attribution.mentions import Entity
from wivtext.attribution.sources import Sources, choose, says
from wivtext.hanzi import as_written, simplified_document
from wivtext.records import Attribution, Document, Speaker, Statement, StatementKind
from wivtext.role_names import known_role_of
from wivtext.terms import ORGANISATIONS, TermBase


@dataclass(slots=True)
class Verdict:
    """The decision about one sentence."""

    entity: Entity | None
    kind: StatementKind | None
    cue: str | None
    confidence: float
    rule: str
    reason: str


def attribute(document: Document, terms: TermBase | None = None) -> Attribution:
    """The speakers of a document and their statements, in reading order.

    Sentences of one speaker, one kind and one chain of evidence make one statement. With `terms`, names, roles and
    organisations get their form in the other language where the term base knows it.
    """
    if not document.sentences:
        return Attribution((), ())
    if document.script == "traditional":
        # The lexicons are in Simplified characters.
        return as_written(attribute(simplified_document(document), terms), document)
    reading = analyse(document)
    verdicts = decide(reading)
    statements = _statements(verdicts)
    order = list(dict.fromkeys(verdict.entity for verdict in verdicts if verdict.entity is not None))
    ids = _ids(order)
    speakers = tuple(_speaker(entity, ids[entity], document, terms) for entity in order)
    return Attribution(
        speakers,
        tuple(
            Statement(
                ids[v.entity] if v.entity else None, v.kind, indexes, v.cue, round(v.confidence, 3), v.rule, v.reason
            )
            for v, indexes in statements
            if v.kind is not None
        ),
    )


def decide(reading: Reading) -> list[Verdict]:
    """A verdict for every sentence, left to right."""
    sources = Sources(reading)
    verdicts: list[Verdict] = []
    for index, item in enumerate(reading.sentences):
        verdict = _turn(sources, index, item) or _weighed(sources, index, item, reading)
        verdicts.append(verdict)
        sources.take(index, verdict.entity, verdict.kind or "none")
    return verdicts


def _turn(sources: Sources, index: int, item: Analysis) -> Verdict | None:
    """What a label decides: the turn's own sentences, or an interviewer's question."""
    label = item.turn or (item.label[0] if item.label else None)
    if label is None:
        return None
    if turns.interviewer(label):
        sources.open_turn(index, None)
        return Verdict(None, None, None, 0.95, "label", f"turn of “{label}”, who is not named")
    entity = speaker_of(label, sources)
    sources.open_turn(index, entity)
    return Verdict(entity, "direct", label, 0.97, "label", f"turn labelled “{label}”")


def speaker_of(label: str, sources: Sources) -> Entity | None:
    """Whose label it is."""
    roster = sources.reading.roster
    if turns.answering(label):
        return sources.reading.main
    candidates = roster.named(label)
    if not candidates:
        candidates = tuple(p for p in roster.persons if p.name in label) or tuple(
            p for p in roster.persons if turns.has_han(label) and p.name.startswith(label[:1])
        )
    if not candidates:
        return None
    return sources.scene.speaker if sources.scene.speaker in candidates else candidates[0]


def _weighed(sources: Sources, index: int, item: Analysis, reading: Reading) -> Verdict:
    choices = sources.choices(index)
    choice = choose(load(f"sources.{item.sentence.language}"), choices)
    if choice.entity is None or (choice.cue is None and _torn(item, choice.entity)):
        return _open(item, choice)
    if choice.cue is not None and choice.cue.mention is not None and choice.cue.mention.form == "role":
        mention = choice.cue.mention
        posts.learn(choice.entity, mention.text, mention.description)
    in_turn = choice.entity is sources.turn
    previous = sources.kinds[-1] if sources.kinds else "start"
    kind = kind_of(load(f"kinds.{item.sentence.language}"), item, in_turn, previous, reading.questions >= 2)
    if choice.entity is reading.main and choice.cue is None and sources.answers(index) and not item.quoting.spans:
        kind = "direct"
    rule, reason = _reason(sources, index, item, choice)
    return Verdict(choice.entity, kind, choice.cue.text if choice.cue else None, choice.probability, rule, reason)


def _torn(item: Analysis, entity: Entity) -> bool:
    """Whether the sentence says that one of several others speaks, and leaves open which."""
    open_ones = [cue.mention for cue in item.cues if cue.strong and cue.mention and cue.mention.entity is None]
    return any(len(mention.candidates) > 1 and entity not in mention.candidates for mention in open_ones)


def _open(item: Analysis, choice: Choice) -> Verdict:
    """Nobody's statement; or somebody's whom the document leaves open, which is kept with the reason."""
    for cue in item.cues:
        mention = cue.mention
        if (
            mention is None
            or mention.entity is not None
            or not cue.strong
            or cue.relation in ("joined", "owner", "loose")
        ):
            continue
        if len(mention.candidates) > 1:
            names = " or ".join(person.name for person in mention.candidates)
            return Verdict(None, "indirect", cue.text, 0.5, "open", f"“{mention.text}” may mean {names}")
        if mention.form == "pronoun" and (mention.head != "they" or says(cue)):
            reason = f"nobody is named before it whom “{mention.text}” could mean"
            return Verdict(None, "indirect", cue.text, 0.5, "open", reason)
    return Verdict(None, None, None, choice.probability, "narration", "")


def _reason(sources: Sources, index: int, item: Analysis, choice: Choice) -> tuple[str, str]:
    entity = choice.entity
    assert entity is not None
    if choice.cue is not None and choice.cue.mention is not None:
        source = choice.cue.mention.text
        means = "" if source == entity.name else f", who is {entity.name}"
        return f"cue-{choice.cue.relation}", f"cue “{choice.cue.text}” governs “{source}”{means}"
    mention = next((m for m in item.mentions if m.entity is entity), None)
    if item.quoting.opens_inside:
        return "quotation", f"the quotation of {entity.name} is still open"
    if mention is not None:
        return "subject", f"“{mention.text}” is what the sentence is about and {entity.name} is being reported"
    if entity is sources.turn:
        return "turn", f"the turn of {entity.name} goes on"
    when = sources.spoken.get(entity)
    if when is None:
        return "lead-in", f"{entity.name} is named as the source next to it"
    if item.quoting.spans and item.quoting.spans[0][0] == 0:
        return "quotation", f"a quotation after the statement of {entity.name}"
    return "continuation", f"goes on with the statement of {entity.name} without a new source"


def _statements(verdicts: list[Verdict]) -> list[tuple[Verdict, tuple[int, ...]]]:
    """Neighbours of one speaker and one kind grouped; a new cue begins a new statement."""
    groups: list[tuple[Verdict, tuple[int, ...]]] = []
    for index, verdict in enumerate(verdicts):
        if verdict.kind is None:
            continue
        if groups:
            head, indexes = groups[-1]
            follows = indexes[-1] == index - 1 and head.entity is verdict.entity and head.kind == verdict.kind
            if follows and verdict.cue is None:
                head.confidence = min(head.confidence, verdict.confidence)
                groups[-1] = (head, (*indexes, index))
                continue
        groups.append((verdict, (index,)))
    return groups


def _ids(entities: list[Entity]) -> dict[Entity, str]:
    ids: dict[Entity, str] = {}
    taken: set[str] = set()
    for entity in entities:
        name, number = entity.name, 2
        while name in taken:
            name, number = f"{entity.name} ({number})", number + 1
        ids[entity] = name
        taken.add(name)
    return ids


def _speaker(entity: Entity, identity: str, document: Document, terms: TermBase | None) -> Speaker:
    def other(text: str | None) -> str | None:
        return terms.lookup(text, document.language) if terms is not None and text else None

    role, organisation = entity.role, entity.organisation
    if role and not organisation and terms is not None and document.language == "zh":
        role, organisation = _employed(role, terms)
    kinds = {"person"} if entity.kind == "person" else None
    name_other = entity.name_other or (terms.lookup(entity.name, document.language, kinds) if terms else None)
    role_other = None
    if role and terms is not None:
        role_other = known_role_of(role, document.language, organisation, terms)
    return Speaker(
        identity, entity.name, tuple(entity.aliases), role, organisation, entity.kind,
        name_other, role_other, other(organisation),
    )  # fmt: skip


def _employed(role: str, terms: TermBase) -> tuple[str, str | None]:
    """A Chinese role without the organisation of the term base that it begins with: 摩根士丹利分析师."""
    for cut in range(len(role) - 2, 1, -1):
        if terms.lookup(role[:cut], "zh", ORGANISATIONS) is not None:
            return role[cut:], role[:cut]
    return role, None
