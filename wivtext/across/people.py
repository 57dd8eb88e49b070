"""The speakers of all documents, each once, and who of them a speaker of one document is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wivtext.across.accounts import Account, Told
from wivtext.directory import Appearance, CorpusSpeaker, merged
from wivtext.records import Line
from wivtext.typography import is_chinese

Voice = tuple[str, int]  # a document, and an index into its account's voices


@dataclass(frozen=True)
class People:
    """The speakers, those with most sentences first; `of` has the place of each account's voices among them."""

    speakers: tuple[CorpusSpeaker, ...]
    of: dict[Voice, int]

    def speaker(self, told: Told) -> int | None:
        """Who says a sentence."""
        return None if told.voice is None else self.of[told.document, told.voice]


def people_of(accounts: Sequence[Account], counted: Iterable[Told], same: Iterable[tuple[Told, Told]] = ()) -> People:
    """Everybody who speaks, with the number of sentences `counted`.

    `same` are sentences in two versions of an article: who says one of them says the other, whatever they are called.
    """
    known = list(merged(voice for account in accounts for voice in account.voices))
    of = _identified(accounts, known)
    _join(known, of, same)
    said = Counter(of[one.document, one.voice] for one in counted if one.voice is not None)
    speakers = [replace(one, sentences=said[place]) for place, one in enumerate(known)]
    used = set(of.values())
    order = sorted(used, key=lambda place: (-speakers[place].sentences, *_named(speakers[place])))
    places = {old: new for new, old in enumerate(order)}
    return People(tuple(speakers[old] for old in order), {voice: places[old] for voice, old in of.items()})


def _identified(accounts: Sequence[Account], known: Sequence[CorpusSpeaker]) -> dict[Voice, int]:
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


def _join(known: list[CorpusSpeaker], of: dict[Voice, int], same: Iterable[tuple[Told, Told]]) -> None:
    """Make one of two speakers whose sentences are mostly the same."""
    moved: dict[int, int] = {}

    def now(place: int) -> int:
        while place in moved:
            place = moved[place]
        return place

    votes: dict[Voice, Counter[Voice]] = defaultdict(Counter)
    for here, there in same:
        if here.voice is not None and there.voice is not None:
            votes[there.document, there.voice][here.document, here.voice] += 1
    for voice, firsts in sorted(votes.items()):
        first, count = min(firsts.items(), key=lambda item: (-item[1], item[0]))
        kept, other = now(of[first]), now(of[voice])
        if kept == other or count * 2 <= sum(firsts.values()) or known[kept].kind != known[other].kind:
            continue
        known[kept] = _joined(known[kept], known[other])
        moved[other] = kept
    of.update({voice: now(place) for voice, place in of.items()})


def _joined(one: CorpusSpeaker, other: CorpusSpeaker) -> CorpusSpeaker:
    """The first, called in a language as the other is where that one alone is known in it."""
    forms = dict.fromkeys((*one.aliases, other.name.en, other.name.zh, *other.aliases))
    en = other.name.en if is_chinese(one.name.en) else one.name.en
    zh = one.name.zh if is_chinese(one.name.zh) else other.name.zh
    return replace(
        one,
        name=Line(en, zh),
        role=one.role or other.role,
        organisation=one.organisation or other.organisation,
        aliases=tuple(form for form in forms if form not in (en, zh)),
        documents=tuple(sorted({*one.documents, *other.documents})),
        statements=one.statements + other.statements,
    )


def _forms(voice: Appearance) -> tuple[str, ...]:
    return (voice.written, *voice.name, *voice.aliases)


def _named(one: CorpusSpeaker) -> tuple[int, str, str]:
    return -one.statements, one.name.en, one.name.zh
