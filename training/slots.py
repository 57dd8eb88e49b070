"""Finding what can be annotated or exchanged in a pair: names, organisations, terms, figures, months.

A found thing becomes a slot: both texts get the same private-use character in its place, so that a later step can
fill in what it likes, consistently on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from training.corpora import Pair, Term
from training.figures import MONTHS, figures_en, figures_zh
from training.names import COMPOUND, chinese_name

FIRST = 0xE000
WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9][\w\u00c0-\u024f'&+.-]*[\w+]|[A-Za-z0-9]")
DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}")
CAPITALS = re.compile(r"\b[A-Z][\w\u00c0-\u024f'-]+(?: [A-Z][\w\u00c0-\u024f'-]+)+")


@dataclass
class Slotted:
    """A pair under work: texts with placeholders, and the slots `(kind, en, zh)` in order."""

    en: str
    zh: str
    slots: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, kind: str, en: str, zh: str) -> bool:
        """Make a slot of `en` and `zh` where they occur equally often (`en` as a whole word); whether that was so."""
        pattern = rf"(?<![\w-]){re.escape(en)}(?![\w-])"
        times = self.zh.count(zh)
        if not times or len(re.findall(pattern, self.en)) != times:
            return False
        mark = chr(FIRST + len(self.slots))
        self.en = re.sub(pattern, mark, self.en)
        self.zh = self.zh.replace(zh, mark)
        self.slots.append((kind, en, zh))
        return True


class TermIndex:
    """The term base by its English forms, lower-cased, for look-up of word sequences."""

    longest = 8

    def __init__(self, entries: Iterable[Term]) -> None:
        self.forms: dict[str, list[tuple[str, Term]]] = {}
        for entry in entries:
            for form in entry.en:
                for variant in (form, form + "s"):
                    self.forms.setdefault(variant.lower(), []).append((form, entry))

    def candidates(self, text: str) -> list[tuple[str, Term]]:
        """Forms found in a text, longest first; a capitalised one-word form must match in case."""
        words = list(WORD.finditer(text))
        found = []
        for i, first in enumerate(words):
            for last in words[i : i + self.longest]:
                span = text[first.start() : last.end()]
                for form, entry in self.forms.get(span.lower(), ()):
                    if form.islower() or form in span:
                        found.append((span, entry))
        return sorted(found, key=lambda hit: -len(hit[0]))


def _name_forms(en: str, zh: str) -> list[tuple[str, str, str]]:
    """The ways a person's name may stand on both sides, best first."""
    words, parts = en.split(), re.split("[·]", zh)
    family = words[0] if len(parts) == 1 else words[-1]
    forms = [("name", en, zh)]
    if len(words) > 1:
        forms.append(("family", family, zh))
        if len(parts) == len(words):
            forms += [("part", w, p) for w, p in zip(words, parts, strict=True) if len(p) > 1]
        if len(parts) == 1:
            forms.append(("part", family, zh[: 2 if family in COMPOUND else 1]))
        if len(parts) > 1:
            forms.append(("part", en, parts[-1]))
    return forms


def take_speakers(work: Slotted, pair: Pair, coined: set[str]) -> None:
    """Slots for the speakers of a document and their organisations and roles."""
    for kind, en, zh in pair.names:
        if kind == "name":
            is_person = len(zh) <= 4 or "·" in zh
            forms = _name_forms(en, zh) if is_person else [("phrase", en, zh)]
            any(len(z) > 1 and work.take(k, e, z) for k, e, z in forms)  # the first that fits
        else:
            is_coined = kind == "org" and en.split()[0] in coined
            taken = work.take("coined" if is_coined else "phrase", en, zh)
            if is_coined and not taken and len(zh) >= 4:
                any(work.take("coinage", en.split()[0], z) for z in (zh, zh[:3], zh[:2]))


def take_dotted_name(work: Slotted, lower: Counter[str]) -> None:
    """A slot for a foreign name written with a middle dot, where English has just one candidate for it."""
    chinese = DOTTED.findall(work.zh)
    english = [c for c in CAPITALS.findall(work.en) if not any(lower[w.lower()] for w in c.split())]
    if len(chinese) == 1 and len(english) == 1 and len(english[0].split()) == 2:
        work.take("name", english[0], chinese[0])


def take_chinese_names(work: Slotted) -> None:
    """Slots for Chinese persons' names, known by their sound: Qiao Lifang, 乔丽芳."""
    for words in re.findall(r"(?<![\w-])([A-Z][a-z]+) ([A-Z][a-z'-]+)(?![\w-])", work.en):
        hanzi = chinese_name(words[0], words[1], work.zh)
        if hanzi:
            work.take("name", " ".join(words), hanzi)


def take_terms(work: Slotted, index: TermIndex) -> None:
    """Slots for entries of the term base that stand on both sides."""
    for span, entry in index.candidates(work.en):
        for zh in sorted(entry.zh, key=len, reverse=True):
            if len(zh) > 1 and work.take("person" if entry.kind == "people" else entry.kind, span, zh):
                break


def take_months(work: Slotted) -> None:
    """A slot for a month: English word, Chinese number."""
    for number, name in enumerate(MONTHS, 1):
        chinese = re.findall(r"(?<!\d)(?:1[0-2]|[1-9])月", work.zh)
        if chinese == [f"{number}月"] and not (name == "May" and re.search(r"\bMay [a-z]", work.en)):
            work.take("month", name, f"{number}月")


def take_figures(work: Slotted) -> None:
    """Slots for figures of equal value that stand once on both sides."""
    chinese = {}
    for text, value in figures_zh(work.zh):
        chinese.setdefault(value, []).append(text)
    english = {}
    for text, value in figures_en(work.en):
        english.setdefault(value, []).append(text)
    for value, texts in english.items():
        if len(texts) == 1 and len(chinese.get(value, [])) == 1:
            _take_figure(work, texts[0], chinese[value][0])


def _take_figure(work: Slotted, en: str, zh: str) -> None:
    pattern_en = rf"(?<![\w.,]){re.escape(en)}(?![\w]|[.,]\d)"
    pattern_zh = rf"(?<![\d.,A-Za-z-]){re.escape(zh)}(?!\d|[.,]\d)"
    if len(re.findall(pattern_en, work.en)) == 1 and len(re.findall(pattern_zh, work.zh)) == 1:
        mark = chr(FIRST + len(work.slots))
        work.en, work.zh = re.sub(pattern_en, mark, work.en), re.sub(pattern_zh, mark, work.zh)
        work.slots.append(("figure", en, zh))


def find(pair: Pair, index: TermIndex, lower: Counter[str], coined: set[str]) -> Slotted:
    """All slots of a pair, names first."""
    work = Slotted(pair.en, pair.zh)
    take_speakers(work, pair, coined)
    if pair.source.startswith(("newstest", "sentences", "reports")):
        take_chinese_names(work)
        take_dotted_name(work, lower)
    take_terms(work, index)
    take_months(work)
    take_figures(work)
    return work
