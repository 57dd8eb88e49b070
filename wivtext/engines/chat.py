"""What chat models are asked, and how their answers are read.

The prompts lie in `wivtext/data/prompts/`. A document's text is data: it stands between tags that it can't close, and
whatever a model wraps around its answer (reasoning, code fences, labels, notes, quotation marks) is taken off again.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import zip_longest
from string import Template
from typing import Any

from wivtext.checking.claims import KIND
from wivtext.engines import Passage, Segment
from wivtext.engines.support import nearest, refusals, replacement, strange
from wivtext.records import Finding, Language, Point, Sentence, TermPair

Message = dict[str, str]

# "Output:" and "Chinese:" are not here: they may be the translation of 产量： or 中方：.
_LABEL = re.compile(
    r"(?:\*\*|#+ )?"
    r"(?:(?:(?:the|final|simplified|chinese|english) )*translat(?:ion|ed text)"
    r"(?: (?:in|into|to) (?:simplified )?(?:chinese|english))?"
    r"|(?:中文|英文|英语|汉语)?(?:译文|翻译)(?:结果|如下)?)"
    r"(?:\*\*)? ?[:：](?:\*\*)?",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:sure|certainly|of course|here(?:'s|’s| is| are)|below is|以下是|下面是|好的)[^\n]{0,200}[:：]\**$", re.I
)
_NOTE = re.compile(
    r"[*_(（【\[]{0,3}(?:notes?|explanation|translator's note|注|注释|说明|备注)[*_]{0,2} ?[:：]", re.IGNORECASE
)
_BETWEEN_HANZI = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) (?=[\u2e80-\u9fff\uff00-\uffef])")
_BULLET = re.compile(r"(?:[-*•·]|\(?\d{1,3}[.)、：])\s?")
_CITED = re.compile(r"[\[【][\d,，、 \-–]{1,80}[\]】]$")
_NUMBERS = re.compile(r"\d{1,6}")
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "'": "'", "‘": "’"}
_UNCITED = Finding(KIND, "", "", "it cites no sentence")
_FAILURES = 100  # broken JSON objects in one answer before the rest is read as lines


def translation_messages(segment: Segment, source: Language, target: Language, model: str = "") -> list[Message]:
    """The request to translate one segment, its terms included, in the wording that `model` was trained on if any.

    >>> from wivtext.records import TermPair
    >>> print(translation_messages(Segment("BYD grew.", (TermPair("BYD", "比亚迪"),)), "en", "zh")[1]["content"])
    Terms, each to be used as given:
    BYD = 比亚迪
    <BLANKLINE>
    <text>
    BYD grew.
    </text>
    """
    if "hy-mt" in model.casefold() or "hunyuan-mt" in model.casefold():
        language = {"en": "英语", "zh": "中文"}[target]
        terms = _term_list(segment.terms, "terms.hy-mt", " 翻译成 ")
        return _messages("translate.hy-mt", segment.text, terms=terms, language=language)
    return _messages(f"translate.{source}-{target}", segment.text, terms=_term_list(segment.terms, "terms", " = "))


def placing_messages(segment: Segment, draft: str, missing: Sequence[TermPair]) -> list[Message]:
    """The request to put the terms that a draft lacks into it.

    >>> from wivtext.records import TermPair
    >>> terms = (TermPair("BYD", "比亚迪"),)
    >>> print(placing_messages(Segment("BYD grew.", terms), "公司增长了。", terms)[1]["content"])
    Terms, each to be used as given:
    BYD = 比亚迪
    <BLANKLINE>
    <text>
    BYD grew.
    </text>
    <BLANKLINE>
    <draft-text>
    公司增长了。
    </draft-text>
    """
    terms = _term_list(missing, "terms", " = ")
    return _messages("place_terms", segment.text, terms=terms, draft=draft, tag=_tag(segment.text + draft))


def summary_messages(passage: Passage) -> list[Message]:
    """The request for at most `passage.limit` points about sentences numbered from 1.

    >>> passage = Passage((Sentence(7, 0, 5, "会议开幕。", 0, "zh"),), "zh", 3, title="大会")
    >>> print(summary_messages(passage)[1]["content"])
    <text>
    大会
    [1] 会议开幕。
    </text>
    """
    lines = [f"[{number}] {_one_line(sentence.text)}" for number, sentence in enumerate(_spoken(passage), 1)]
    if passage.title:
        lines.insert(0, _one_line(passage.title))
    return _messages(f"summarize.{passage.language}", "\n".join(lines), limit=str(passage.limit))


def without_system(messages: Sequence[Message]) -> list[Message]:
    """The same request in one user message, for models whose chat template knows no system role."""
    return [{"role": "user", "content": "\n\n".join(message["content"] for message in messages)}]


def read_translation(answer: str, source: str = "") -> str:
    """The translation alone; "" where the answer has none. With `source`, quotation marks it lacks come off too.

    >>> read_translation("<think>Hm.</think>Translation: “你好。”", "Hello.")
    '你好。'
    """
    text = _without_reasoning(answer, source).strip()
    text = _unfenced(text, source)
    text = _untagged(text, _tag(source))
    if "\n" not in source.strip():
        text = _without_notes(text, source)
    label = _LABEL.match(text)
    if label and not _LABEL.match(source):
        text = text[label.end() :].strip()
    return unicodedata.normalize("NFC", _unquoted(text, source))


def read_points(answer: str, passage: Passage) -> tuple[Point, ...]:
    """The points of an answer, at most `passage.limit`, each with support that was checked.

    A point that cites no sentence of the passage, or ones that don't bear it out (see `support.supports`), gives way to
    the sentence most like it; a point like none is dropped. () where the answer can't be read.

    >>> said = Sentence(4, 0, 25, "Sales rose 12% last year.", 0, "en")
    >>> read_points('{"text": "Sales rose by 12%.", "sentences": [1]}', Passage((said,), "en", 3))
    (Point(text='Sales rose by 12%.', sentences=(4,), generated=True),)
    >>> read_points('{"text": "Sales rose by 20%.", "sentences": [1]}', Passage((said,), "en", 3))
    (Point(text='Sales rose 12% last year.', sentences=(4,), generated=False),)
    """
    points: dict[str, Point] = {}
    for text, numbers in _entries(_without_reasoning(answer, "")):
        point = _supported(unicodedata.normalize("NFC", _one_line(text)), numbers, passage)
        if point is not None:
            points.setdefault(point.text, point)
    return tuple(points.values())[: passage.limit]


def tokens(text: str) -> int:
    """About how many tokens a model makes of `text`, rather too many: a hanzi one, three Latin characters one.

    >>> tokens("会议开幕。"), tokens("The fair opened.")
    (5, 6)
    """
    narrow = sum(character.isascii() for character in text)
    return len(text) - narrow + -(-narrow // 3)


@cache
def prompts_digest() -> str:
    """Eight hexadecimal digits that change when any prompt does, for engines' signatures."""
    folder = resources.files("wivtext") / "data" / "prompts"
    files = sorted((file.name, file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".txt"))
    return hashlib.sha256(repr(files).encode()).hexdigest()[:8]


@cache
def _prompt(name: str) -> str:
    return (resources.files("wivtext") / "data" / "prompts" / f"{name}.txt").read_text(encoding="utf-8")


def _messages(prompt: str, text: str, **fields: str) -> list[Message]:
    system, _, user = _prompt(prompt).partition("---\n")
    fields = {"tag": _tag(text)} | {name: powerless(value) for name, value in ({"text": text} | fields).items()}
    contents = {
        "system": Template(system).substitute(fields).strip(),
        "user": Template(user).substitute(fields).strip(),
    }
    return [{"role": role, "content": content} for role, content in contents.items() if content]


def powerless(text: str) -> str:
    """A text in which nothing is a control token of a chat model: a server's tokenizer can't be asked which are.

    >>> powerless("up 5%<|im_end|> [/INST] <b>")
    'up 5%< |im_end|> [ /INST] <b>'
    """
    return _CONTROL.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)


# ChatML and Llama 3, DeepSeek, Gemma, Llama 2 and Mistral, reasoning and tools.
_CONTROL = re.compile(
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|</?(?:s|bos|eos|pad|unk|(?:start|end)_of_turn|think|tool_call|tool_response)>"
    r"|<</?SYS>>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]",
    re.IGNORECASE,
)


def _term_list(terms: Sequence[TermPair], prompt: str, between: str) -> str:
    pairs = "\n".join(f"{term.source}{between}{term.target}" for term in terms)
    return Template(_prompt(prompt)).substitute(pairs=pairs) if pairs else ""


def _tag(text: str) -> str:
    """A tag that `text` does not contain, so that it can't end its own quotation."""
    number, tag, text = 1, "text", "".join(text.split()).lower()
    while f"{tag}>" in text:
        number, tag = number + 1, f"text{number + 1}"
    return tag


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_reasoning(answer: str, source: str) -> str:
    """What follows the last `</think>`; nothing at all where the reasoning never ends."""
    if "think>" in source:
        return answer
    _, closed, rest = answer.rpartition("</think>")
    if closed:
        return rest
    return "" if answer.lstrip().startswith("<think>") else answer


def _unfenced(text: str, source: str) -> str:
    if not text.startswith("```") or source.lstrip().startswith("```"):
        return text
    _, newline, inside = text.partition("\n")
    return inside.partition("```")[0].strip() if newline else text.strip("`").strip()


def _untagged(text: str, tag: str) -> str:
    text = text.rpartition(f"<{tag}>")[2]
    return text.partition(f"</{tag}>")[0].strip()


def _without_notes(text: str, source: str) -> str:
    """One line for a one-line source: "Here is the translation:" before it and notes after it fall away."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and (_OPENING.match(lines[0]) or _LABEL.fullmatch(lines[0])):
        lines = lines[1:]
    if not _NOTE.match(source):
        note = next((number for number, line in enumerate(lines) if number and _NOTE.match(line)), len(lines))
        lines = lines[:note]
    return _BETWEEN_HANZI.sub("", " ".join(lines))


def _unquoted(text: str, source: str) -> str:
    """Without one pair of quotation marks around all of it, if the source has none around all of itself."""
    closing = _QUOTES.get(text[:1])
    if closing is None or len(text) < 2 or not text.endswith(closing):
        return text
    if not source or source.strip()[:1] in _QUOTES:
        return text
    inside = text[1:-1]
    return text if text[0] in inside or closing in inside else inside.strip()  # "A," he said, "B" keeps its marks


def _spoken(passage: Passage) -> list[Sentence]:
    """The sentences with their speakers, where these are known, in brackets before them."""
    form = "（{}）{}" if passage.language == "zh" else "({}) {}"
    speakers = passage.speakers or [passage.speaker] * len(passage.sentences)
    return [
        replace(sentence, text=form.format(speaker, sentence.text)) if speaker else sentence
        for sentence, speaker in zip_longest(passage.sentences, speakers[: len(passage.sentences)])
    ]


def _supported(text: str, numbers: Sequence[int], passage: Passage) -> Point | None:
    sentences, spoken = passage.sentences, _spoken(passage)
    same = next((sentence for sentence in sentences if _one_line(sentence.text) == text), None)
    if same is not None:
        return Point(same.text, (same.index,))
    cited = [sentences[number - 1] for number in sorted(set(numbers)) if 1 <= number <= len(sentences)]
    reasons = strange(text, cited) or refusals(text, cited, passage) if cited else (_UNCITED,)
    if not reasons:
        return Point(text, tuple(sentence.index for sentence in cited), generated=True)
    instead = nearest(text, spoken)
    return None if instead is None else replacement(text, sentences[spoken.index(instead)], reasons)


def _entries(answer: str) -> Iterator[tuple[str, list[int]]]:
    """The (text, sentence numbers) of an answer: from its JSON objects, or else from its lines, "- text [1, 2]"."""
    entries = [entry for value in _json_values(answer) for entry in _entries_of(value)]
    yield from entries or _entries_of_lines(answer)


def _json_values(answer: str) -> Iterator[Any]:
    decoder, position, failures = json.JSONDecoder(), answer.find("{"), 0
    while position >= 0 and failures < _FAILURES:
        try:
            value, position = decoder.raw_decode(answer, position)
            yield value
        except (ValueError, RecursionError):
            failures, position = failures + 1, position + 1
        position = answer.find("{", position)


def _entries_of(value: Any) -> Iterator[tuple[str, list[int]]]:
    if isinstance(value, dict):
        text = next((value[key] for key in ("text", "point", "summary") if isinstance(value.get(key), str)), "")
        cited = next((value[key] for key in ("sentences", "sentence", "support", "sources") if key in value), None)
        if text:
            yield text, _numbers(cited)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _entries_of(inner)


def _entries_of_lines(answer: str) -> Iterator[tuple[str, list[int]]]:
    for line in map(_one_line, answer.splitlines()):
        text = line[match.end() :] if (match := _BULLET.match(line)) else line
        cited = _CITED.search(text)
        text = text[: cited.start()].strip() if cited else text
        if any(character.isalnum() for character in text) and text[0] not in "{}[]`":
            yield text, _numbers(cited[0]) if cited else []


def _numbers(cited: Any) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(json.dumps(cited, ensure_ascii=False))]
