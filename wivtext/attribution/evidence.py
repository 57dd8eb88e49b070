"""The evidence for each candidate source, put in words (features) that a linear model weighs.

Features of a sentence whoever speaks stand alone; those of a candidate say how it is named, what cue speaks for it,
when it spoke last and how well the sentence goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass

from wivtext.attribution.analysis import Analysis, Reading
from wivtext.attribution.context import SHORT, around, going_on, voices
from wivtext.attribution.lexicons import english
from wivtext.attribution.mentions import Cue, Entity, Mention

_ORDER = {
    "label": 0,
    "subject": 1,
    "document": 1,
    "apposed": 2,
    "inverted": 3,
    "relative": 3,
    "according": 4,
    "view": 5,
    "nominal": 5,
    "joined": 6,
    "owner": 7,
    "loose": 8,
}


@dataclass(slots=True)
class Choice:
    """A candidate (None: nobody) with its features and the cue that speaks for it."""

    entity: Entity | None
    features: list[str]
    cue: Cue | None = None
    probability: float = 0.0
    prior: float = 0.0


class Evidence:
    """What has been decided so far in a document, and the features this gives the next sentence's candidates."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.voices = voices(reading)
        self.spoken: dict[Entity, int] = {}
        self.last: list[Entity] = []
        self.kinds: list[str] = []
        self.decided: list[Entity | None] = []
        self.turn: Entity | None = None
        self.turn_start = -9
        self.asked = -9
        self._overlapping = -1, 0

    def _shared(self, index: int, item: Analysis) -> list[str]:
        """What the sentence shows whoever speaks."""
        ratio = item.quoting.length / max(1, len(item.text))
        bucket = (
            "0"
            if not ratio
            else "low"
            if ratio < 0.35
            else "half"
            if ratio < 0.75
            else "most"
            if ratio < 0.97
            else "all"
        )
        place = (
            "mid"
            if len(self.reading.sentences) < SHORT
            else "first"
            if index == 0
            else "last"
            if index == len(self.reading.sentences) - 1
            else "mid"
        )
        shared = [f"q={bucket}", f"place={place}", f"first={item.first}"]
        if item.quoting.opens_inside:
            shared.append("inside")
        shared += ["question"] * item.question + ["me"] * item.first_person + ["you"] * item.second_person
        if self.reading.transcript:
            shared.append("transcript")
        if self.reading.questions >= 2:
            style = f"{min(self.reading.questions, 4)}{min(self.reading.first_person // 2, 2)}"
            asked = "no" if self.asked < 0 else str(min(index - self.asked, 4))
            shared += [
                f"style={style}",
                f"asked={asked}",
                f"style={style}|asked={asked}",
                f"style={style}|asked={asked}|q={bucket}",
            ]
        shared.append(
            "named" if any(m.entity is not None and m.entity.kind == "person" for m in item.mentions) else "unnamed"
        )
        shared.append("cued" if any(cue.mention is not None and cue.strong for cue in item.cues) else "uncued")
        return shared

    def _nobody(self, index: int, item: Analysis, shared: list[str]) -> list[str]:
        previous = "start" if index == 0 else "said" if self.decided[index - 1] is not None else "told"
        features = (
            ["N", f"N|prev={previous}"]
            + [f"N|{feature}" for feature in shared]
            + [f"N|{previous}|{feature}" for feature in shared]
        )
        features += [f"N|{tag}" for tag in item.tags]
        features += [f"N|{previous}|{tag}" for tag in item.tags] + [
            f"N|rate={self.reading.rate}",
            f"N|rate={self.reading.rate}|{previous}",
        ]
        if index > 1 and self.decided[index - 1] is None and self.decided[index - 2] is None:
            features.append("N|prev2")
        if "uncued" in shared:
            features += around(self.reading, index, self.decided, self.voices)
        return features

    def _evidence(self, index: int, item: Analysis, entity: Entity, shared: list[str]) -> Choice:
        cues = sorted(
            (cue for cue in item.cues if cue.mention is not None and cue.mention.entity is entity),
            key=lambda cue: (_ORDER[cue.relation], not cue.strong, cue.start),
        )
        mention = next((m for m in item.mentions if m.entity is entity), None)
        gap = self._gap(index, entity)
        features = ["E", f"E|{entity.kind}", *self._history(index, entity, gap)]
        for cue in cues[:3]:
            features += self._cue_features(cue, item)
        if any(c.mention is not None and c.mention.entity not in (None, entity) and c.strong for c in item.cues):
            features.append("rival")
            features.append("rival|cued" if cues else "rival|uncued")
        if mention is not None:
            features += self._mention_features(item, mention, bool(cues))
        if not cues:
            state = "m" if mention is not None else "c"
            features += [f"{state}|{feature}" for feature in shared]
            since = f"{state}|{gap}|"
            features += [since + feature for feature in shared]
            ends = self._next(index, entity), self._next(index + 1, entity)
            features += going_on(item, entity, mention is not None, gap, ends)
            features += [f"{state}|next={ends[0]}"]
            if mention is None:
                features.append(f"c|{gap}|next={ends[0]}")
                features.append(f"c|{gap}|pk={self._previous_kind(index)}|{shared[0]}")
        if not cues and mention is None:
            features += self._cohesion(index, item, entity, gap)
        if entity is self.turn:
            features += [
                "turn",
                f"turn|{min(index - self.turn_start, 4)}",
                f"turn|{'m' if mention else 'c'}",
                f"turn|{shared[0]}",
            ]
        if entity is self.reading.main:
            features.append("main")
            features += [f"main|{feature}" for feature in shared if feature.startswith(("asked", "style", "me", "q="))]
        return Choice(entity, features, cues[0] if cues else None)

    def _cue_features(self, cue: Cue, item: Analysis) -> list[str]:
        mention = cue.mention
        form = mention.form if mention is not None else "none"
        weight = "strong" if cue.strong else "weak"
        return [
            f"cue={cue.relation}", f"cue={cue.relation}|{weight}", f"lemma={cue.lemma}",
            f"lemma={cue.lemma}|{cue.relation}", f"cue={cue.relation}|{form}",
            *([f"frame={cue.frame}|{weight}", f"frame={cue.lemma}|{cue.frame}"] if cue.frame else []),
            *(["inner", f"inner|{cue.relation}", f"inner|{weight}"] if cue.inner else []),
        ]  # fmt: skip

    def _mention_features(self, item: Analysis, mention: Mention, cued: bool) -> list[str]:
        place = (
            "start"
            if mention is item.mentions[0] and mention.start < 3
            else "first"
            if mention is item.mentions[0]
            else "later"
        )
        after = _after(item, mention)
        state = "cued" if cued else "bare"
        return [
            f"m={mention.form}|{place}|{state}",
            f"mn={after}|{state}",
            f"mn={after[:1]}|{state}|{place}",
            f"m={place}|{state}",
        ]

    def _cohesion(self, index: int, item: Analysis, entity: Entity, gap: str) -> list[str]:
        """How well a sentence without source or name goes on from what the entity said before."""
        features = [f"co|{tag}" for tag in item.tags] + [f"co|{gap}|{tag}" for tag in item.tags]
        features += [f"co|chain={self._chain(index, entity)}", f"co|later={self._speaks_later(index, entity)}|{gap}"]
        if index:
            before = self.reading.sentences[index - 1]
            features.append(f"co|{gap}|overlap={self._overlap(index)}")
            cue = next((cue for cue in before.cues if cue.mention is not None), None)
            features += [
                f"co|{gap}|lemma={cue.lemma if cue else 'none'}",
                f"co|{gap}|relation={cue.relation if cue else 'none'}",
            ]
            if cue is not None:
                features.append(f"co|{gap}|final={cue.end > len(before.text) * 0.7}")
        if entity.organisation and entity.organisation.split()[0] in item.text:
            features += ["co|own", f"co|own|{gap}"]
        if entity.kind == "organisation" and entity.name.split()[0] in item.text:
            features.append("co|itself")
        return features

    def _overlap(self, index: int) -> int:
        """How many telling words a sentence shares with the one before, four at most; the same for every candidate."""
        if self._overlapping[0] != index:
            item, before = self.reading.sentences[index], self.reading.sentences[index - 1]
            shared = set(item.words).intersection(before.words) - english().frequent_words
            self._overlapping = index, min(len(shared), 4)
        return self._overlapping[1]

    def _chain(self, index: int, entity: Entity) -> str:
        """Sentences since the entity's last cue, while it kept speaking."""
        length = 0
        for back in range(index - 1, -1, -1):
            if self.decided[back] is not entity:
                break
            length += 1
            if any(
                cue.mention is not None and cue.mention.entity is entity for cue in self.reading.sentences[back].cues
            ):
                break
        return str(min(length, 4))

    def _speaks_later(self, index: int, entity: Entity) -> str:
        for ahead in range(index + 1, min(index + 4, len(self.reading.sentences))):
            for cue in self.reading.sentences[ahead].cues:
                if cue.mention is not None and entity in cue.mention.candidates:
                    return str(ahead - index)
        return "no"

    def _history(self, index: int, entity: Entity, gap: str) -> list[str]:
        features = [f"gap={gap}", f"gap={gap}|pk={self._previous_kind(index)}"]
        if self.last and self.last[-1] is entity:
            features.append("last")
        return features

    def _gap(self, index: int, entity: Entity) -> str:
        when = self.spoken.get(entity)
        return "never" if when is None else str(min(index - when, 4))

    def _previous_kind(self, index: int) -> str:
        return self.kinds[index - 1] if index else "start"

    def _next(self, index: int, entity: Entity) -> str:
        if index + 1 >= len(self.reading.sentences):
            return "end"
        item = self.reading.sentences[index + 1]
        for cue in item.cues:
            mention = cue.mention
            if mention is not None:
                if mention.form == "pronoun":
                    return "pronoun"
                if entity in mention.candidates:
                    return "same"
                return "other" if mention.candidates else "phrase"
        return "quote" if item.quoting.spans and item.quoting.spans[0][0] == 0 else "none"


def _after(item: Analysis, mention: Mention) -> str:
    rest = item.text[mention.end : mention.end + 24]
    if item.sentence.language == "zh":
        return rest[:2]
    words = rest.split()
    return words[0].lower() if words else ""
