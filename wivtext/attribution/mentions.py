"""Who a sentence mentions: the people and organisations of a document, and where each is named or meant.

An `Entity` is a person or organisation of one document; a `Mention` is a place in a sentence that names one of them
("Zhang Xinghai"), shortens the name ("Zhang", "林总") or only points at somebody ("she", "the chairman", 该公司).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Form = Literal["name", "partial", "role", "pronoun", "organisation"]


@dataclass(frozen=True, slots=True)
class Post:
    """What a phrase says of a person. `whose` is the noun of an organisation it only points at (its, the council's)."""

    role: str | None = None
    organisation: str | None = None
    whose: str | None = None


@dataclass(slots=True, eq=False)
class Entity:
    """One person or organisation, filled in as the document is read. `parts` are the short forms of the name."""

    name: str
    kind: Literal["person", "organisation"] = "person"
    parts: frozenset[str] = frozenset()
    role: str | None = None
    organisation: str | None = None
    name_other: str | None = None
    gender: str | None = None
    aliases: list[str] = field(default_factory=list)
    score: float = 0.0

    def add_alias(self, alias: str) -> None:
        """Remember a form the document uses besides the name."""
        if alias != self.name and alias not in self.aliases:
            self.aliases.append(alias)


@dataclass(slots=True, eq=False)
class Mention:
    """Offsets into the sentence; `candidates` are the entities it may mean, `entity` the one decided on.

    `description` is what a source without a name is called: "two people familiar with the matter" (`several`).
    """

    start: int
    end: int
    text: str
    form: Form
    candidates: tuple[Entity, ...] = ()
    entity: Entity | None = None
    head: str = ""
    token: int = 0
    stop: int = 0
    description: str = ""
    several: bool = False


@dataclass(slots=True, eq=False)
class Cue:
    """A reporting expression of a sentence and the mention it makes the speaker, if one was found.

    `relation` says how the two stand: "subject" (X said), "inverted" (said X), "apposed" (X, chair of Y, said),
    "joined" (X did A and said), "according", "view" (in her view), "nominal" (her answer is that), "document"
    (a report by X found), "label", "loose" (no source in reach). `frame` is what follows the expression: "that", "to",
    "quote", "end" ... An `inner` cue stands within what another one reports: "Lin said that he expected ...".
    """

    start: int
    end: int
    text: str
    lemma: str
    relation: str
    strong: bool
    mention: Mention | None = None
    frame: str = ""
    inner: bool = False
