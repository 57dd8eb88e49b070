"""The people and organisations of one document, and which of them a short form may mean.

>>> lins = [Entity(name, parts=frozenset(name.split())) for name in ("Lin Haoran", "Lin Xi")]
>>> roster = Roster(lins)
>>> [entity.name for entity in roster.named("Lin")]
['Lin Haoran', 'Lin Xi']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wivtext.attribution.mentions import Entity

_LINKS = frozenset(("the", "of", "and", "its", "a", "an"))


class Roster:
    """Persons are known from the start; organisations come in as the document is read."""

    def __init__(self, persons: Iterable[Entity]) -> None:
        self.persons = list(persons)
        self.organisations: list[Entity] = []
        self._unnamed: list[Entity] = []
        self._groups: list[Entity] = []
        self._names: dict[str, tuple[Entity, ...]] = {}
        self._organisation_names: dict[str, Entity] = {}
        self._full: dict[str, str] = {}
        for person in self.persons:
            for form in {person.name, *person.parts}:
                self._names[form] = (*self._names.get(form, ()), person)
        for person in self.persons:
            self._names[person.name] = (person,)

    def named(self, text: str) -> tuple[Entity, ...]:
        """Persons that `text` may name: one for a full name, several for a shared surname."""
        return self._names.get(text, ())

    def add(self, name: str) -> None:
        """Take in a person found while reading."""
        if name not in self._names:
            person = Entity(name)
            self.persons.append(person)
            self._names[name] = (person,)

    def forms(self) -> list[str]:
        """Every name and short form of a person, longest first."""
        return sorted(self._names, key=len, reverse=True)

    def shorten(self, forms: Mapping[str, str]) -> None:
        """Take in short forms of organisations' names that the document explains: IEA, 中汽协."""
        for short, full in forms.items():
            if full not in self._full:  # never in a circle
                self._full.setdefault(short, full)

    def organisation(self, text: str) -> Entity:
        """The organisation called `text`, an older one where `text` shortens or lengthens its name."""
        found = self._organisation_names.get(text)
        if found is None and (full := self._full.get(text)) is not None:
            found = self.organisation(full)
        if found is None:
            found = self._same_organisation(text) or self._new_organisation(text)
            self._organisation_names[text] = found
        found.add_alias(text)
        return found

    def unnamed(self, text: str) -> Entity:
        """A person the document speaks of without a name: "a customs official"."""
        found = next((person for person in self._unnamed if person.name == text), None)
        if found is None:
            found = Entity(text, role=text)
            self._unnamed.append(found)
        return found

    def unnamed_before(self, head: str) -> Entity | None:
        """The latest unnamed person whose description ends with `head`."""
        for person in reversed(self._unnamed):
            if person.name.endswith(head) or head in person.name.split():
                return person
        return None

    def group(self, text: str, head: str, *, again: bool) -> Entity:
        """People without names: "residents"; with `again` those, called by the noun `head`, who were spoken of last."""
        same = next((entity for entity in reversed(self._groups) if entity.name == text), None)
        if same is None and again:
            same = next((entity for entity in reversed(self._groups) if head in entity.name.split()), None)
        if same is None:
            same = Entity(text, kind="organisation")
            self._groups.append(same)
        return same

    def known_organisation(self, text: str) -> Entity | None:
        """The organisation called `text` if the document has named it before."""
        full = self._full.get(text.removeprefix("The ").removeprefix("the "))
        if full is not None and full in self._organisation_names:
            return self._organisation_names[full]
        return self._organisation_names.get(text) or self._same_organisation(text)

    def with_role(self, head: str) -> tuple[Entity, ...]:
        """Persons whose role contains the word `head`."""
        head = head.lower()
        return tuple(person for person in self.persons if person.role and head in person.role.lower())

    def organisations_with(self, head: str) -> tuple[Entity, ...]:
        """Organisations whose name contains the word `head`, the latest first."""
        head = head.lower()
        return tuple(entity for entity in reversed(self.organisations) if head in entity.name.lower())

    def _same_organisation(self, text: str) -> Entity | None:
        for entity in reversed(self.organisations):
            if _shortens(text, entity.name):
                return entity
            if _shortens(entity.name, text) and (text.isascii() or text.startswith(entity.name)):
                return entity  # 苏兰外交部 is not the 外交部 named before
        words = {word for word in text.lower().split() if word not in _LINKS}
        if len(words) > 1 and text.islower():  # the finance ministry, after the Ministry of Economy and Finance
            return next((e for e in reversed(self.organisations) if words < set(e.name.lower().split())), None)
        return None

    def _new_organisation(self, text: str) -> Entity:
        entity = Entity(text, kind="organisation")
        self.organisations.append(entity)
        return entity


def _shortens(short: str, long: str) -> bool:
    """Whether one name is the other's beginning (Brackenridge Security) or, in Chinese, its beginning or end."""
    if len(short) < 2 or len(short) >= len(long):
        return False
    if short.isascii():
        return long.startswith(short + " ")
    if " " in long:
        return long.startswith(short + " ")
    return long.startswith(short) or (len(short) > 2 and long.endswith(short))
