"""Months, weekdays, quarters, half-years and times of day in English text."""

from __future__ import annotations

import re
from fractions import Fraction

from wivtext.quantities import Kind, Quantity
from wivtext.quantities.english_tokens import Tokens
from wivtext.quantities.english_words import MONTHS, ONES, ORDINALS, TENS, WEEKDAYS

# Words before and after a "May" or a "March" that is a month.
_BEFORE_MONTH = frozenset(
    [
        "in",
        "of",
        "from",
        "by",
        "since",
        "until",
        "till",
        "last",
        "next",
        "this",
        "early",
        "mid",
        "late",
        "to",
        "and",
        "through",
        "between",
        "before",
        "after",
        "during",
        "or",
        "for",
        "every",
        "each",
        "on",
        "around",
        "throughout",
        "end",
        "as",
        "previous",
        "following",
        "coming",
        "past",
        "about",
        "versus",
        "than",
        "with",
        "until",
        "beginning",
    ]
)
# "The December quarter" ends with that month.
_LAST_MONTHS = {"march": 1, "june": 2, "september": 3, "december": 4}


class Dates(Tokens):
    """What of a text is a date or a time; each reader gives a quantity and the place after it."""

    def _calendar(self, place: int) -> tuple[Quantity | None, int]:
        """Months, weekdays, quarters, half-years, ISO dates."""
        token = self.tokens[place]
        if token.kind == "word" and token.text[0].isupper():
            word = token.lower
            if word in _LAST_MONTHS and self._next_word(place + 1) == "quarter":
                after = self._skip(place + 1) + 1
                return self._quantity("quarter", Fraction(_LAST_MONTHS[word]), place, after, True), after
            if word in MONTHS and self._is_month(place, word):
                return self._quantity("month", Fraction(MONTHS[word]), place, place + 1, True), place + 1
            word = word.removesuffix("s") if len(word) > 6 else word
            if word in WEEKDAYS and (len(word) > 4 or self._mark(place + 1) == "."):
                return self._quantity("weekday", Fraction(WEEKDAYS[word]), place, place + 1, True), place + 1
        if (
            token.text in ("Q", "H")
            and self._is_adjacent(place + 1)
            and self.tokens[place + 1].text in ("1", "2", "3", "4")[: 4 if token.text == "Q" else 2]
            and not (self._is_adjacent(place + 2) and self._kind(place + 2) == "word")
        ):
            kind: Kind = "quarter" if token.lower == "q" else "half-year"
            return self._quantity(kind, Fraction(int(self.tokens[place + 1].text)), place, place + 2, True), place + 2
        if token.lower in ("first", "second", "third", "fourth", "final", "last"):
            value = Fraction({"final": 4, "last": 4}.get(token.lower, ORDINALS.get(token.lower, 0)))
            if token.lower not in ("final", "last"):
                quarter = self._quarter(value, place, place + 1)
                if quarter:
                    return quarter
        return None, place

    def _quarter(self, value: Fraction, first: int, after: int) -> tuple[Quantity, int] | None:
        word, place = self._next_word(after), self._skip(after)
        if word == "quarter" and value <= 4:
            return self._quantity("quarter", value, first, place + 1, True), place + 1
        if word == "half" and value <= 2 and self._word(place + 1) not in ("a", "an"):
            return self._quantity("half-year", value, first, place + 1, False), place + 1
        return None

    def _is_month(self, place: int, word: str) -> bool:
        if word not in ("may", "march", "mar", "sep", "jan", "jun", "dec", "apr", "nov"):
            return True
        if word in ("may", "march"):
            following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
            if (
                following
                and (following.kind == "figure" or following.lower in ("of", "to", "through", "and"))
                and word == "may"
            ):
                return following.kind == "figure" or self._word(place - 1) in _BEFORE_MONTH
            if following and following.kind == "figure":
                return True
            before = self.tokens[place - 1] if place else None
            return before is not None and (
                before.lower in _BEFORE_MONTH or before.kind == "figure" or before.text in "-–("
            )
        return self._mark(place + 1) == "." or (
            place + 1 < len(self.tokens) and self.tokens[place + 1].kind == "figure"
        )

    def _clock(self, place: int) -> tuple[Quantity | None, int]:
        """8:30, 8.30 a.m., 3 p.m., half past twelve, a quarter to five."""
        token = self.tokens[place]
        spoken = self._spoken_clock(place)
        if spoken:
            return spoken
        if token.kind != "figure" or not re.fullmatch(r"\d{1,2}(?:\.\d\d)?", token.text):
            return None, place
        hours, _, minutes = token.text.partition(".")
        after = place + 1
        lap = self._lap(place)
        if lap:
            return lap
        if (
            self._mark(after) == ":"
            and self._kind(after + 1) == "figure"
            and self._is_adjacent(after)
            and self._is_adjacent(after + 1)
            and len(self.tokens[after + 1].text) == 2
        ):
            minutes, after = self.tokens[after + 1].text, after + 2
        half = self._half_of_day(after)
        if (not minutes and not half) or (minutes and "." in token.text and not half) or int(hours) > 24:
            return None, place
        value = Fraction(int(hours) * 60 + int(minutes or 0))
        if half and half[0] == "p" and int(hours) < 12:
            value += 720
        return self._quantity("time", value, place, after + (1 if half else 0), True), after + (1 if half else 0)

    def _lap(self, place: int) -> tuple[Quantity, int] | None:
        """3:51.66, minutes and seconds of a race."""
        seconds = (
            self.tokens[place + 2].text if self._mark(place + 1) == ":" and self._kind(place + 2) == "figure" else ""
        )
        if not re.fullmatch(r"\d\d\.\d{1,3}", seconds):
            return None
        value = Fraction(self.tokens[place].text) * 60 + Fraction(seconds)
        return self._quantity("measure", value, place, place + 3, True, "s"), place + 3

    def _spoken_clock(self, place: int) -> tuple[Quantity, int] | None:
        minutes = {"half": 30, "quarter": 15}.get(
            self._word(place), ONES.get(self._word(place), TENS.get(self._word(place), 0))
        )
        side, hour = self._word(place + 1), ONES.get(self._word(place + 2), 0)
        if self._word(place) in ("noon", "midday", "midnight"):
            return self._quantity(
                "time", Fraction(0 if self._word(place) == "midnight" else 720), place, place + 1, False
            ), place + 1
        if not minutes or side not in ("past", "to") or not 0 < hour < 13:
            return None
        if minutes not in (5, 10, 15, 20, 25, 30) or (side == "to" and minutes == 30):
            return None
        if side == "to" and minutes != 15 and self._word(place - 1) not in ("at", "until", "till"):
            return None
        value = Fraction(hour * 60 + (minutes if side == "past" else -minutes))
        return self._quantity("time", value, place, place + 3, True), place + 3

    def _half_of_day(self, place: int) -> str:
        word = self._word(place).replace(".", "")
        if word in ("am", "pm"):
            return word
        return ""
