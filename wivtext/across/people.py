"""The speakers of all documents, each once, and who of them a speaker of one document is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wivtext.across.accounts import Account, Told
from wivtext.directory import Appearance, CorpusSpeaker, merged


@dataclass(frozen=True)
class People:
    """The speakers, those with most statements first; `of` has the place of each account's voices among them."""

    speakers: tuple[CorpusSpeaker, ...]
    of: dict[tuple[str, int], int]

    def speaker(self, told: Told) -> int | None:
        """Who says a sentence."""
        return None if told.voice is None else self.of[told.document, told.voice]


def people_of(accounts: Sequence[Account], counted: Sequence[Told]) -> People:
    """Everybody who speaks; a sentence that is not among those `counted` is another version of one that is."""
    known = merged(voice for account in accounts for voice in account.voices)
    of = _identified(accounts, known)
    said: dict[int, set[tuple[str, int]]] = {}
    for told in counted:
        if told.voice is not None:
            said.setdefault(of[told.document, told.voice], set()).add(told.key)
    counts = [replace(one, sentences=len(said.get(place, ()))) for place, one in enumerate(known)]
    order = sorted(range(len(known)), key=lambda place: (-counts[place].sentences, *_named(counts[place])))
    places = {old: new for new, old in enumerate(order)}
    return People(tuple(counts[old] for old in order), {key: places[old] for key, old in of.items()})


def _identified(accounts: Sequence[Account], known: Sequence[CorpusSpeaker]) -> dict[tuple[str, int], int]:
    forms: dict[tuple[str, str], int] = {}
    for place, one in enumerate(known):
        for document in one.documents:
            for form in (one.name.en, one.name.zh, *one.aliases):
                forms.setdefault((document, form.casefold()), place)
    return {
        (account.name, number): next(
            forms[account.name, form.casefold()] for form in _forms(voice) if (account.name, form.casefold()) in forms
        )
        for account in accounts
        for number, voice in enumerate(account.voices)
    }


def _forms(voice: Appearance) -> tuple[str, ...]:
    return (voice.written, *voice.name, *voice.aliases)


def _named(one: CorpusSpeaker) -> tuple[int, str, str]:
    return -one.statements, one.name.en, one.name.zh
