"""Fill the slots of a stored pair anew each time it is drawn: annotations, other names, terms and figures."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from training.figures import MONTHS, exchange
from training.text import annotation, to_model

NAMES = {"name", "family", "part", "person", "coined", "coinage"}  # bare, these stay in Latin letters in Chinese
FIRST = 0xE000
# How a sentence is put into somebody's mouth: the speaker is a slot, English and Chinese stand in their places.
SAID = (
    ("{who}: {en}", "{who}：{zh}"),
    ('{who} said: "{en}"', "{who}说：“{zh}”"),
    ('"{en}" {who} said.', "“{zh}”{who}说。"),
    ("{en}, according to {who}.", "据{who}介绍，{zh}。"),
    ('"{en}," {who} told reporters.', "“{zh}，”{who}对记者说。"),
)
_WHO = chr(FIRST)


class Filler:
    """Makes (source, target) texts in the models' form out of stored rows, for one direction."""

    def __init__(self, pool: dict[str, Any], options: dict[str, float], direction: str, rng: random.Random) -> None:
        self.pool, self.options, self.rng = pool, options, rng
        self.source, self.target = direction.split("-")

    @classmethod
    def load(cls, work: Path, options: dict[str, float], direction: str, rng: random.Random) -> Filler:
        """A filler with the exchange pool that `prepare` wrote."""
        return cls(json.loads((work / "exchange.json").read_text("utf-8")), options, direction, rng)

    def happens(self, option: str) -> bool:
        """Throw the dice for an option."""
        return self.rng.random() < self.options[option]

    def fill(self, row: dict[str, Any]) -> tuple[str, str]:
        """One version of a pair."""
        texts = {"en": to_model(row["en"], "en"), "zh": to_model(row["zh"], "zh")}
        texts[self.source] = self._with_words(texts, row.get("words", ()))
        annotate = self.happens("annotate_sentence")
        slots = [self._other(*slot) for slot in row["slots"]]
        if not slots and self._can_be_said(texts) and self.happens("attribute"):
            slots = [("name", *self._name("name"))]
            texts = self._said(texts)
        for i, (kind, en, zh) in enumerate(slots):
            mark = chr(FIRST + i)
            source, target = self._sides(kind, en, zh, annotate and self.happens("annotate_slot"))
            texts[self.source] = texts[self.source].replace(mark, source)
            texts[self.target] = texts[self.target].replace(mark, target)
        return self._spaced(texts[self.source], self.source), self._spaced(texts[self.target], self.target)

    def _can_be_said(self, texts: dict[str, str]) -> bool:
        """Whether a pair is a sentence that anybody may have said."""
        ended = texts["en"][-1:] == "." and texts["zh"][-1:] == "。"
        return ended and not any(mark in text for text in texts.values() for mark in '"“”：:')

    def _said(self, texts: dict[str, str]) -> dict[str, str]:
        """A pair put into the mouth of the first slot."""
        forms = dict(zip(("en", "zh"), self.rng.choice(SAID), strict=True))
        inside = {"en": texts["en"], "zh": texts["zh"]}
        if "{en}," in forms["en"]:
            inside = {language: text[:-1] for language, text in inside.items()}
        return {language: form.format(who=_WHO, **inside) for language, form in forms.items()}

    def _with_words(self, texts: dict[str, str], words: list[list[int]]) -> str:
        """The source text with some of its aligned words annotated by what they are in the target."""
        text = texts[self.source]
        if not words or not self.happens("annotate_words"):
            return text
        share = self.rng.random() * self.options["annotate_word"]
        for en_start, en_end, zh_start, zh_end in sorted(
            words, reverse=True, key=lambda w: w[0 if self.source == "en" else 2]
        ):
            if self.rng.random() < share:
                en, zh = texts["en"][en_start:en_end], texts["zh"][zh_start:zh_end]
                start, end = (en_start, en_end) if self.source == "en" else (zh_start, zh_end)
                one, other = (en, zh) if self.source == "en" else (zh, en)
                text = text[:start] + annotation(one, other.strip(), self.source) + text[end:]
        return text

    def _spaced(self, text: str, language: str) -> str:
        """Put the space before an annotated English word inside, and spaces before Latin words in Chinese."""
        if language == "zh":
            return to_model(text.replace("<term> ", "<term>").replace(" <term>", "<term>"), "zh")
        return text.replace(" <term> ", "<term> ")

    def _other(self, kind: str, en: str, zh: str) -> tuple[str, str, str]:
        """A slot with what stands there this time."""
        return kind, *self._exchanged(kind, en, zh)

    def _exchanged(self, kind: str, en: str, zh: str) -> tuple[str, str]:
        if kind == "figure":
            return exchange(en, zh, self.rng) if self.happens("swap_figure") else (en, zh)
        if kind == "month":
            number = self.rng.randint(1, 12) if self.happens("swap_month") else MONTHS.index(en) + 1
            return MONTHS[number - 1], f"{number}月"
        if kind in ("name", "family", "person"):
            return self._name(kind) if self.happens("swap_name") else (en, zh)
        if kind not in ("part", "phrase", "coinage") and self.happens("swap_term"):
            new_en, new_zh = self.rng.choice(self.pool["terms"][kind])
            return (new_en[0].upper() + new_en[1:] if en[0].isupper() else new_en), new_zh
        return en, zh

    def _name(self, kind: str) -> tuple[str, str]:
        """A name made of parts of others: foreign, or Chinese (where kind is family, English has only that)."""
        names = self.pool["names"]
        if kind != "family" and names["foreign"] and self.rng.random() < 0.4:
            one, two = (self.rng.choice(names["foreign"]) for _ in range(2))
            return f"{one[0].split()[0]} {two[0].split()[-1]}", f"{one[1].split('·')[0]}·{two[1].split('·')[-1]}"
        if kind != "family" and names["whole"] and self.rng.random() < 0.1:
            en, zh = self.rng.choice(names["whole"])
            return en, zh
        family, given = self.rng.choice(names["family"]), self.rng.choice(names["given"])
        if names["characters"] and self.happens("any_characters"):
            chosen = self.rng.choices(names["characters"], k=self.rng.choice((1, 2, 2)))
            given = "".join(latin for latin, _ in chosen).capitalize(), "".join(hanzi for _, hanzi in chosen)
        return (family[0] if kind == "family" else f"{family[0]} {given[0]}"), family[1] + given[1]

    def _sides(self, kind: str, en: str, zh: str, annotated: bool) -> tuple[str, str]:
        """Source and target text of a slot."""
        source, target = (en, zh) if self.source == "en" else (zh, en)
        if kind in ("figure", "month") or not annotated:
            bare = kind in NAMES and self.target == "zh"
            return source, en if bare else target
        if kind in self.pool["terms"] and kind not in NAMES and self.happens("force_term"):
            other = self.rng.choice(self.pool["terms"][kind])
            target = other[1] if self.target == "zh" else other[0]
        return annotation(source, target, self.source), target

    def shorten(self, source: str, target: str) -> tuple[str, str]:
        """Now and then take off the final marks of both sides."""
        if source[-1:] in ".。" and target[-1:] in ".。" and self.happens("drop_final_mark"):
            return source[:-1], target[:-1]
        return source, target

    def join(self, one: tuple[str, str], two: tuple[str, str]) -> tuple[str, str]:
        """Two sentences as one segment."""
        glue = {"en": " ", "zh": ""}
        return one[0] + glue[self.source] + two[0], one[1] + glue[self.target] + two[1]
