"""Translation: texts in, translations out, same length and order, each sentence checked.

>>> [t.text for t in translate(["你好。", "", "2026"], "zh", "en", engine="echo")]
['你好.', '', '2026']
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wivtext.checking import check
from wivtext.engines import Translator, translator
from wivtext.hanzi import simplified
from wivtext.language import script
from wivtext.memory import ENGINE, Recalls
from wivtext.records import Language, Translation
from wivtext.settings import Settings
from wivtext.terms import TermBase
from wivtext.translation.cache import TranslationCache
from wivtext.translation.candidates import TOLERABLE, Choice, Desk, Task, finished
from wivtext.translation.credits import credit
from wivtext.translation.segments import HAN, split_label

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,255}")
# Labels of transcripts that no term base has.
_LABELS = {"Question": "问", "Q": "问", "Answer": "答", "A": "答", "Reporter": "记者", "Note": "注", "Audience": "观众"}
_LABELS_EN = {"问": "Question", "答": "Answer", "记者": "Reporter", "注": "Note", "观众": "Audience"}
_MOSTLY = 0.5  # share of Chinese among the letters of a text that is Chinese already


def translate(
    texts: Sequence[str],
    source: Language,
    target: Language,
    *,
    engine: str | Translator = "embedded",
    terms: TermBase | None = None,
    cache: TranslationCache | None = None,
    settings: Settings | None = None,
    memory: Recalls | None = None,
) -> list[Translation]:
    """Translate each text, a sentence or several; what still fails a check after all is in `Translation.findings`.

    What an analyst corrected comes from the `memory`, whatever the engine. Raises `EngineError`.
    """
    settings = settings or Settings()
    if isinstance(engine, str):
        engine = translator(engine, settings)
    terms = terms if terms is not None else TermBase.load(starter=settings.terms.starter)
    order = Order(tuple(texts), terms, memory)
    return translate_orders([order], source, target, engine=engine, cache=cache, settings=settings)[0]


@dataclass(frozen=True, slots=True)
class Order:
    """What one document has to be translated, with its terms and the corrections made for it."""

    texts: Sequence[str]
    terms: TermBase
    memory: Recalls | None = None


def translate_orders(
    orders: Sequence[Order],
    source: Language,
    target: Language,
    *,
    engine: Translator,
    cache: TranslationCache | None = None,
    settings: Settings,
) -> list[list[Translation]]:
    """The translations of each order, as `translate` makes them; the engine is asked for all orders together.

    Engines are the quicker, the more they are asked for at once, and no text's translation depends on the others.
    """
    works = [_Work(order, source, target) for order in orders]
    desk = Desk(engine, source, target, cache, settings.translation.max_tokens)
    asked = list(dict.fromkeys(task for work in works for task in work.asked))
    choices = dict(zip(asked, desk.translate(asked), strict=True))
    failing = [task for task in asked if choices[task].weight >= TOLERABLE]
    if settings.translation.second and failing:
        choices |= _by_second(failing, choices, Desk(translator(settings.translation.second, settings), *desk.way))
    return [work.translations(choices, engine.signature) for work in works]


class _Work:
    """An order, planned: `asked` is what the engine has to translate."""

    def __init__(self, order: Order, source: Language, target: Language) -> None:
        self._texts, self._source, self._target = order.texts, source, target
        texts = dict.fromkeys(order.texts)
        self._plans = {text: _plan(text, source, target, order.terms, order.memory) for text in texts}
        tasks = dict.fromkeys(task for plan in self._plans.values() for task in plan.sentences)
        kept = {task: _kept(task, source, target, order.memory) for task in tasks}
        self._kept = {task: choice for task, choice in kept.items() if choice}
        self.asked = [task for task in tasks if task not in self._kept]

    def translations(self, choices: dict[Task, Choice], signature: str) -> list[Translation]:
        """One for each text of the order."""
        every = ChainMap(self._kept, choices)
        return [
            _translation(text, self._plans[text], every, self._source, self._target, signature) for text in self._texts
        ]


def _by_second(failing: Sequence[Task], choices: dict[Task, Choice], desk: Desk) -> dict[Task, Choice]:
    """What the second engine does better, by the checks: the scores of two models can't be compared."""
    made = zip(failing, desk.translate(failing), strict=True)
    signature = desk.engine.signature
    return {one: replace(choice, engine=signature) for one, choice in made if choice.weight < choices[one].weight}


def recalled(
    text: str, source: Language, target: Language, memory: Recalls, terms: TermBase, context: str = ""
) -> Translation | None:
    """The analyst's own translation of a text that follows `context`, checked but not changed; None without one.

    >>> from wivtext.memory import Correction, Memory
    >>> memory = Memory([Correction("Up 5%.", "上涨50%。", "en", "zh")])
    >>> made = recalled("Up 5%.", "en", "zh", memory, TermBase())
    >>> made.text, made.engine, [finding.kind for finding in made.findings]
    ('上涨50%。', 'memory', ['number'])
    """
    kept = memory.find(text, source, target, context=context) if source != target and text.strip() else None
    if kept is None:
        return None
    findings = check(text, kept.target, source, target, terms.pairs(text, source, target))
    return Translation(text, kept.target, source, target, ENGINE, None, findings)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a text is translated: what stands before its sentences, and these; or `ready` as it is, or `kept`."""

    sentences: tuple[Task, ...] = ()
    before: str = ""
    ready: str | None = None
    kept: Translation | None = None


def _plan(text: str, source: Language, target: Language, terms: TermBase, memory: Recalls | None) -> _Plan:
    kept = recalled(text, source, target, memory, terms) if memory else None
    if kept:
        return _Plan(kept=kept)
    line = text.strip()
    if source == target or not needs_translation(line, target):
        return _Plan(ready=text if source == target or not line else finished(text, target))
    if source == "zh" and script(line) == "traditional":
        # Term base and models know Simplified characters.
        line = simplified(line)
    known = terms.lookup(line, source)
    if known:
        return _Plan(ready=finished(known, target))
    credited = credit(line, target)
    whose = _credited(credited[1], source, target, terms) if credited else None
    if credited and whose:
        return _Plan(ready=credited[0].format(whose))
    before = ""
    label = split_label(line)
    name = _name(label[0], source, target, terms) if label else None
    if label and name:
        before, line = name + ("：" if target == "zh" else ": "), label[2]
    return _Plan(tuple(Task(part, terms.pairs(part, source, target)) for part in _sentences(line, source)), before)


def needs_translation(text: str, target: Language) -> bool:
    """Whether there is anything in a text to translate: not in numbers, addresses, or the target language.

    >>> needs_translation("2026年", "en"), needs_translation("www.example.org 3.5%", "zh")
    (True, False)
    """
    letters = len(_LETTER.findall(_ADDRESS.sub("", text)))
    han = len(_HAN.findall(text))
    return han > 0 if target == "en" else letters > 0 and han < _MOSTLY * letters


def _sentences(text: str, language: Language) -> list[str]:
    from wivtext.reading.sentences import split

    return [part for start, end in split(text, language) if (part := text[start:end].strip())]


def _name(label: str, source: Language, target: Language, terms: TermBase) -> str | None:
    """A speaker's label in the target language, known or in pinyin; None for words that an engine has to translate."""
    from wivtext.romanization import romanize

    known = (_LABELS if source == "en" else _LABELS_EN).get(label) or terms.lookup(label, source)
    if known:
        return finished(known, target)
    return romanize(label) if source == "zh" else label


def _credited(name: str, source: Language, target: Language, terms: TermBase) -> str | None:
    return _name(name, source, target, terms) or (name if not _HAN.search(name) else None)


def _kept(sentence: Task, source: Language, target: Language, memory: Recalls | None) -> Choice | None:
    """An analyst's translation of a sentence within a text."""
    kept = memory.find(sentence.text, source, target) if memory else None
    if kept is None:
        return None
    return Choice(kept.target, None, check(sentence.text, kept.target, source, target, sentence.terms))


def _translation(
    text: str, plan: _Plan, choices: Mapping[Task, Choice], source: Language, target: Language, signature: str
) -> Translation:
    if plan.kept:
        return plan.kept
    if plan.ready is not None:
        return Translation(text, plan.ready, source, target, signature)
    chosen = [choices[sentence] for sentence in plan.sentences]
    joined = ("" if target == "zh" else " ").join(choice.text for choice in chosen)
    scores = [choice.score for choice in chosen if choice.score is not None]
    return Translation(
        text,
        plan.before + joined,
        source,
        target,
        " + ".join(dict.fromkeys(choice.engine or signature for choice in chosen)) or signature,
        sum(scores) / len(scores) if scores else None,
        tuple(finding for choice in chosen for finding in choice.findings),
    )
