"""Quantities of English text."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from wivtext.quantities import Kind, Quantity
from wivtext.quantities.compound import with_compounds
from wivtext.quantities.english_dates import Dates
from wivtext.quantities.english_tokens import Token, figure_value, unit_named
from wivtext.quantities.english_words import MONTHS, ONES, ORDINALS, PARTS, SCALES, SHORT_SCALES, TENS
from wivtext.quantities.units import currencies, currency_codes, english_units

FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


_PART_OF_POINT = re.compile(
    r"(?:an? |each |one )?(?P<part>half|quarter)(?:-| of an? | an? | )(?P<unit>(?:percentage )?point|per ?cent)\b",
    re.IGNORECASE,
)
_AGO = r"(?:earlier|ago|later|before)"
_DAYS = r"yesterday|today|tomorrow|(?:the )?same day|that day"
# Words that stand for a quantity of the other language, or say relatively what it may date.
_PHRASES: tuple[tuple[str, Kind, Fraction, str], ...] = (
    (r"a?round[ -]the[ -]clock", "measure", Fraction(24), "h"),
    (r"half-century", "measure", Fraction(50), "year"),
    (r"(?<!half )(?:a|per|every|each) century", "measure", Fraction(100), "year"),
    (
        r"(?<!half )(?:a|per|every|each|(?:the |this )?(?:past|last|next|coming)) decade",
        "measure",
        Fraction(10),
        "year",
    ),
    (r"(?:last|this|next|current|previous|same|that) (?:month|period)", "month", Fraction(-1), "relative"),
    (rf"month[- ]on[- ]month|a month {_AGO}|monthly|year to date|so far this year", "month", Fraction(-1), "relative"),
    (
        r"(?:last|this|next|current|previous|same|that|past|coming|the) year|same period",
        "year",
        Fraction(-1),
        "relative",
    ),
    (rf"year[- ](?:on|over)[- ]year|(?:a|one) year {_AGO}|annual(?:ly)?", "year", Fraction(-1), "relative"),
    (r"quarterly|(?:last|this|next|previous|same) quarter", "quarter", Fraction(-1), "relative"),
    (_DAYS, "weekday", Fraction(-1), "relative"),
    (_DAYS, "day", Fraction(-1), "relative"),
)


@lru_cache(maxsize=16)
def _phrase(expression: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{expression})\b", re.IGNORECASE)


_BEFORE_UNIT = frozenset(
    ["extra", "more", "additional", "consecutive", "straight", "full", "further", "working", "whole", "calendar"]
)
_LONGEST = 12  # words of a number
_MANY_WORDS = 20  # from which words are counted, and not what somebody said in brief
_BEFORE_SCALE = frozenset(["every", "per", "of", "first", "last", "next", "the", "to", "another", "than", "by", "each"])


_CONGRESS = re.compile(r" (?:[A-Z][\w’']* ){0,3}(?:Congress|Central Committee|CPC)\b")


class _Number(NamedTuple):
    """A number made of the tokens `first` to before `after`."""

    value: Fraction
    first: int
    after: int
    firm: bool
    scale: int = 1


def read(text: str) -> list[Quantity]:
    """The quantities of an English text in its order.

    >>> [(q.kind, float(q.value)) for q in read("Nearly 30 percent, two and a half hours, the first quarter of 2026")]
    [('ratio', 0.3), ('measure', 2.5), ('quarter', 1.0), ('year', 2026.0)]
    """
    return _Reader(text.translate(FULL_WIDTH)).read()


class _Reader(Dates):
    """One pass over the tokens of a text."""

    def read(self) -> list[Quantity]:
        found: list[Quantity] = []
        place = 0
        while place < len(self.tokens):
            quantity, after = self._at(place)
            if quantity:
                found.append(quantity)
            place = max(after, place + 1)
        found += [
            Quantity(kind, value, match.start(), match.end(), match[0], unit, firm=False)
            for pattern, kind, value, unit in _PHRASES
            for match in _phrase(pattern).finditer(self.text)
        ]
        found = sorted(self._elided(_ranges(self.text, found)), key=lambda quantity: quantity.start)
        return with_compounds(self.text, found)

    def _at(self, place: int) -> tuple[Quantity | None, int]:
        """The quantity that begins with a token, and the token after it."""
        for reader in (self._calendar, self._clock, self._fraction, self._ordinal_in_words):
            quantity, after = reader(place)
            if quantity:
                return quantity, after
        number = self._number(place)
        if number:
            return self._counted(number)
        return self._ordinal(place)

    def _number(self, place: int) -> _Number | None:
        token = self.tokens[place]
        if token.kind == "figure":
            if self._is_code(place):
                return _Number(figure_value(token.text), place, place + 1, False)
            return self._figure(place)
        if token.lower in ("a", "an") and self._word(place + 1) in SCALES:
            number = self._spelled(place + 1, Fraction(1))
            return number._replace(first=place, firm=number.firm and self._word(place - 1) not in ("in", "per"))
        if token.lower in SCALES and token.lower != "dozen" and self._word(place - 1) in _BEFORE_SCALE:
            return self._spelled(place, Fraction(1))._replace(firm=False)
        if token.lower in ("half", "quarter") and self._word(place + 1) in ("a", "an"):
            scale = SCALES.get(self._word(place + 2))
            if scale:
                return _Number(Fraction(scale, 2 if token.lower == "half" else 4), place, place + 3, True, scale)
        if token.lower in ONES or token.lower in TENS:
            return self._spelled(place, None)
        return None

    def _figure(self, place: int) -> _Number | None:
        token = self.tokens[place]
        value, after, scale = figure_value(token.text), place + 1, 1
        after_hyphen = after + 1 if self._mark(after) == "-" and self._word(after + 1) in SCALES else after
        word = self._word(after_hyphen)
        if word in SCALES or word.rstrip("s") in SCALES:
            scale = SCALES[word if word in SCALES else word.rstrip("s")]
            after = after_hyphen + 1
            if scale == 100 and self._word(after) in SCALES:
                scale *= SCALES[self._word(after)]
                after += 1
        elif word in SHORT_SCALES and self.tokens[after].start == token.end and self._is_short_scale(place, word):
            scale = SHORT_SCALES[word]
            after += 1
        if self._is_half(after):
            return _Number((value + Fraction(1, 2)) * scale, place, self._after_half(after), True, scale)
        return _Number(value * scale, place, after, True, scale)

    def _is_short_scale(self, place: int, word: str) -> bool:
        """ "$5m" is money and "5m" a length; "bn" is always a scale."""
        return len(word) > 1 or (place > 0 and self.tokens[place - 1].text[-1] in "$€£¥₩₹")

    def _is_code(self, place: int) -> bool:
        """Digits of a model, a version or a name: L3, ET5, V2X, 5G, A320, GB 38031-2025, Covid-19."""
        token = self.tokens[place]
        before = self.tokens[place - 1] if place else None
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if before and before.end == token.start:
            if before.kind == "word" and before.text not in currency_codes() and before.lower not in ("us", "rm"):
                return True
            if before.text == "-" and place > 1:
                previous = self.tokens[place - 2]
                if previous.end == before.start and previous.kind == "word" and previous.text[0].isupper():
                    return previous.lower not in MONTHS
        if not after or after.start != token.end or after.kind != "word":
            return False
        return not self._is_suffix(after)

    def _is_suffix(self, token: Token) -> bool:
        if (
            token.lower in ("st", "nd", "rd", "th", "s", "am", "pm", "x", "a.m.", "p.m.", "yuan")
            or token.lower in SHORT_SCALES
        ):
            return True
        names = english_units()
        return token.text != "G" and (
            token.text in names or (token.lower in names and len(token.text) > 1) or token.text in "VWAL"
        )

    def _spelled(self, place: int, start: Fraction | None) -> _Number:
        """A number in words: "two hundred and fifty thousand", "two and a half million"."""
        total, section = Fraction(0), start or Fraction(0)
        first, scale, words = place, 1, 0
        while place < len(self.tokens) and words < _LONGEST:
            word = self._word(place)
            if word in ONES or word in TENS:
                value = ONES.get(word, TENS.get(word, 0))
                if words and not self._may_follow(place, value, section):
                    break
                section += value
            elif word in SCALES and (words or start is not None):
                if SCALES[word] in (100, 12):
                    section = (section or Fraction(1)) * SCALES[word]
                else:
                    total, section = total + (section or Fraction(1)) * SCALES[word], Fraction(0)
                scale = max(scale, SCALES[word])
            elif self._is_half(place):
                section, place, words = section + Fraction(1, 2), self._after_half(place) - 1, words + 1
            elif word == "and" and section >= 100 and section % 100 == 0 and self._word(place + 1) in ONES | TENS:
                pass
            else:
                break
            words += 1
            place += 1
            if (
                self._mark(place) == "-"
                and (self._word(place + 1) in SCALES or self._word(place + 1) in ONES or self._is_half(place + 1))
                and words
            ):
                place += 1
        value_ = total + section
        return _Number(value_, first, place, value_ > 12 or scale > 12, scale)

    def _is_half(self, place: int) -> bool:
        """Whether "and a half" follows, with hyphens or without."""
        spoken = [token.lower for token in self.tokens[place : place + 6] if token.text != "-"][:3]
        return spoken[:1] == ["and"] and spoken[1:] in (["a", "half"], ["one", "half"])

    def _after_half(self, place: int) -> int:
        while self._word(place) != "half":
            place += 1
        return place + 1

    def _may_follow(self, place: int, value: int, section: Fraction) -> bool:
        """Whether a word goes on with the number before it ("twenty-one"), or begins another ("two three")."""
        previous = self._word(place - 1) or self._word(place - 2)
        if previous in TENS:
            return value < 10
        return previous in SCALES or previous == "and"

    def _counted(self, number: _Number) -> tuple[Quantity | None, int]:
        """What a number is the number of: percent, money, a measure, or just a number."""
        value, place = number.value, number.after
        if not number.firm and self._kind(number.first) == "figure":
            return self._quantity("number", value, number.first, place, False), place
        following = self._next_word(place)
        per = self._per_scale(place) if following == "per" else None
        if per:
            return self._quantity("ratio", value / per.value, number.first, per.after, True), per.after
        if self._is_percent(place):
            return self._percent(number, place)
        if self._is_adjacent(place) and self._word(place) in ("st", "nd", "rd", "th"):
            return self._counted_ordinal(number)
        if self._word(place) == "s" and self._is_adjacent(place) and value >= 1000 and value % 10 == 0:
            century = (value / 100 + 1,) if value % 100 == 0 else ()
            return self._quantity("decade", value, number.first, place + 1, True, readings=century), place + 1
        prefix = self._currency_before(number.first)
        unit, after = self._unit(place)
        if prefix:
            first = number.first - 1
            end = after if unit in currencies() else place
            return self._quantity("money", value, first, end, True, prefix), end
        if unit == "year" and self._word(after) == "old":
            after += 1
        if unit:
            value, after = self._and_a_half(value, after)
            kind: Kind = "money" if unit in currencies() else "points" if unit in ("pp", "bp") else "measure"
            if unit == "bp":
                value /= 100
            is_score = unit == "pp" and not self._word(after - 2).startswith("percent")
            firm = number.firm and value not in (0, 1) and not is_score
            # "35m posts" are metres or millions.
            readings = (value * 10**6,) if unit == "m" and self._is_adjacent(place) else ()
            return self._quantity(kind, value, number.first, after, firm, unit, readings), after
        if following in ("quarter", "quarters"):
            return self._quantity("measure", value, number.first, self._skip(place) + 1, False, "quarter"), self._skip(
                place
            ) + 1
        if self._is_year(number):
            return self._quantity("year", value, number.first, place, True), place
        if self._word(place) == "s" and self._is_adjacent(place):
            place += 1
        if following in ("word", "words") and value < _MANY_WORDS:
            return None, place  # two words may be 四个字
        firm = number.firm and value not in (0, 1) and not self._is_list_mark(number)
        # "A and six other bodies" are seven: 等七部门.
        others = (value + 1,) if "other" in (following, self._word(number.first - 1)) else ()
        return self._quantity("number", value, number.first, place, firm, readings=others), place

    def _is_list_mark(self, number: _Number) -> bool:
        """The "2)" of a list."""
        return (
            number.value < 20
            and self._mark(number.after) == ")"
            and self._mark(number.first - 1) in ("", ";", ",", ":")
        )

    def _is_percent(self, place: int) -> bool:
        following = self._next_word(place)
        spelled = following == "per" and self._word(self._skip(place) + 1) == "cent"
        return self._mark(place) == "%" or following in ("percent", "pct") or spelled

    def _percent(self, number: _Number, place: int) -> tuple[Quantity, int]:
        place = self._skip(place)
        after = place + 2 if self._word(place) == "per" else place + 1
        if self._next_word(after) in ("point", "points"):
            after = self._skip(after) + 1
            return self._quantity("points", number.value, number.first, after, True), after
        if self._word(after) == "age":
            after += 1
        return self._quantity("ratio", number.value / 100, number.first, after, number.value != 100), after

    def _counted_ordinal(self, number: _Number) -> tuple[Quantity, int]:
        after = number.after + 1
        quarter = self._quarter(number.value, number.first, after)
        # What is the 20th National Congress in full is often left away, or 二十大.
        firm = not _CONGRESS.match(self.text, self.tokens[after - 1].end)
        return quarter or (self._quantity("ordinal", number.value, number.first, after, firm), after)

    def _and_a_half(self, value: Fraction, after: int) -> tuple[Fraction, int]:
        """ "Three years and a half"."""
        words = [self._word(after + step) for step in range(3)]
        return (value + Fraction(1, 2), after + 3) if words == ["and", "a", "half"] else (value, after)

    def _is_year(self, number: _Number) -> bool:
        token = self.tokens[number.first]
        return number.after == number.first + 1 and bool(re.fullmatch(r"1[5-9]\d\d|20\d\d|21\d\d", token.text))

    def _currency_before(self, place: int) -> str:
        token = self.tokens[place - 1] if place else None
        if not token or (token.end != self.tokens[place].start and token.text.upper() not in currency_codes()):
            return ""
        unit = english_units().get(token.text) or (
            english_units().get(token.text.upper()) if token.kind == "word" else ""
        )
        return unit if unit in currencies() else ""

    def _unit(self, place: int) -> tuple[str, int]:
        """The unit that the tokens from `place` on name, the longest name first, and the token after it."""
        start = self._skip(place)
        if self._word(start) in _BEFORE_UNIT:
            start += 1
        for length in (3, 2, 1):
            tokens = self.tokens[start : start + 2 * length]
            words = [token for token in tokens if token.text != "-"][:length]
            if len(words) < length:
                continue
            unit = unit_named(words)
            if unit and not (length == 1 and self._is_no_unit(words[0], place)):
                return unit, self.tokens.index(words[-1], start) + 1
        return "", place

    def _is_no_unit(self, token: Token, place: int) -> bool:
        """ "40 points" of a list, "two second-hand cars", "3 A": words that only look like units."""
        following = self.tokens.index(token, place) + 1
        if token.lower == "second" and (
            self._mark(following) == "-" or self._word(following) in ("hand", "half", "quarter")
        ):
            return True
        if token.text == "s" and token.start == self.tokens[place - 1].end:
            return True
        return (
            token.lower in ("a", "bar", "real", "n", "mu" if token.text == "MU" else "n")
            and token.start != self.tokens[place - 1].end
        )

    def _fraction(self, place: int) -> tuple[Quantity | None, int]:
        """A third, two-thirds, three quarters, half; 1/3; one in five."""
        token = self.tokens[place]
        if token.kind == "figure" and self._mark(place + 1) == "/" and self._kind(place + 2) == "figure":
            numerator, denominator = token.text, self.tokens[place + 2].text
            if (
                numerator.isdigit()
                and denominator.isdigit()
                and 0 < int(numerator) < int(denominator)
                and self._mark(place + 3) != "/"
            ):
                return self._quantity(
                    "ratio", Fraction(int(numerator), int(denominator)), place, place + 3, False
                ), place + 3
        points = self._part_of_point(place)
        if points:
            return points
        numerator_ = 1 if token.lower in ("a", "one") else ONES.get(token.lower, 0)
        after = self._skip(place + 1)
        part = self._word(after)
        if token.lower == "a" and part == "quarter" and self._word(after + 1) in ("to", "past"):
            return None, place
        if numerator_ and part in PARTS and self._is_part(place, after, numerator_, part):
            return self._quantity("ratio", Fraction(numerator_, PARTS[part]), place, after + 1, False), after + 1
        noun = 1 if self._word(place + 2) == "out" and self._word(place + 3) == "of" else 0  # nine cases out of ten
        after_noun = place + 1 + noun
        if numerator_ and self._word(after_noun) in ("in", "out") and token.lower != "a":
            start = after_noun + 2 if self._word(after_noun + 1) in ("of", "every") else after_noun + 1
            divisor = self._number(start) if start < len(self.tokens) else None
            if (
                divisor
                and divisor.value > numerator_
                and not self._is_year(divisor)
                and not self._is_percent(divisor.after)
            ):
                ratio = Fraction(numerator_) / divisor.value
                readings = (divisor.value, Fraction(numerator_))
                return self._quantity("ratio", ratio, place, divisor.after, False, readings=readings), divisor.after
        if token.lower in ("half", "halved", "halve", "halving"):
            return self._half(place)
        if (
            part == ""
            and token.lower in PARTS
            and self._word(place - 1) in ("the", "a", "by", "one")
            and token.lower.endswith("th")
        ):
            return None, place
        return None, place

    def _part_of_point(self, place: int) -> tuple[Quantity, int] | None:
        """ "half a percentage point", "a quarter-point", "half a per cent"."""
        match = _PART_OF_POINT.match(self.text, self.tokens[place].start)
        if not match:
            return None
        after = next(
            (i for i in range(place, len(self.tokens)) if self.tokens[i].start >= match.end()), len(self.tokens)
        )
        value = Fraction(1, 2) if match["part"].lower() == "half" else Fraction(1, 4)
        if match["unit"].lower().endswith("point"):
            return self._quantity("points", value, place, after, False, "pp"), after
        return self._quantity("ratio", value / 100, place, after, False), after

    def _is_part(self, place: int, after: int, numerator: int, part: str) -> bool:
        following = self._word(after + 1)
        if self._mark(after + 1) == "-" and self._is_adjacent(after + 1):  # third-generation
            return False
        if part == "quarter" and self._word(place) == "a":
            # "a quarter" is a fourth or three months: both readings, and never an alarm.
            return True
        if part in ("second", "seconds") or (numerator > 1) != part.endswith("s"):
            return False
        return not (part == "half" and following == "a")

    def _half(self, place: int) -> tuple[Quantity | None, int]:
        following = place + 2 if self._word(place + 1) in ("a", "an") else place + 1
        following = self._skip(following) if following == place + 1 else following
        unit = unit_named(self.tokens[following : following + 1])
        if unit and unit not in currencies():
            return self._quantity("measure", Fraction(1, 2), place, following + 1, False, unit), following + 1
        if self._word(following) in SCALES:
            return None, place
        return self._quantity("ratio", Fraction(1, 2), place, place + 1, False), place + 1

    def _per_scale(self, place: int) -> _Number | None:
        """What "per" counts by: "1.2 per thousand", "per ten thousand", "per mille"."""
        after = self._skip(place) + 1
        if self._word(after) == "mille":
            return _Number(Fraction(1000), after, after + 1, True)
        number = self._spelled(after, Fraction(1) if self._word(after) in SCALES else None)
        return number if number.value >= 1000 else None

    def _ordinal_in_words(self, place: int) -> tuple[Quantity | None, int]:
        """Twenty-fifth."""
        first, last = TENS.get(self._word(place), 0), ORDINALS.get(self._word(place + 2), 0)
        if not first or self._mark(place + 1) != "-" or not 0 < last < 10:
            return None, place
        quarter = None if last > 4 else self._quarter(Fraction(first + last), place, place + 3)
        if quarter:
            return quarter
        return self._quantity("ordinal", Fraction(first + last), place, place + 3, False), place + 3

    def _ordinal(self, place: int) -> tuple[Quantity | None, int]:
        token = self.tokens[place]
        if token.lower.removesuffix("ies") + "y" in TENS and token.lower.endswith("ies"):
            value = Fraction(TENS[token.lower.removesuffix("ies") + "y"])
            return self._quantity(
                "decade", value, place, place + 1, False, readings=(1900 + value, 2000 + value)
            ), place + 1
        if (
            token.lower == "second"
            and self._word(place - 1) in ("every", "each", "per")
            and not self._is_noun(place + 1)
        ):
            return None, place + 1
        if token.lower in ORDINALS:
            value = Fraction(ORDINALS[token.lower])
            readings = (1 / value,) if self._word(place + 1) == "of" and value > 2 else ()
            return self._quantity("ordinal", value, place, place + 1, False, readings=readings), place + 1
        return None, place + 1

    def _is_noun(self, place: int) -> bool:
        """Whether what "every second" counts follows: every second household, every second of it."""
        return bool(self._word(place)) and self._word(place) not in ("of", "counts", "matters", "that", "is", "and")

    def _elided(self, found: list[Quantity]) -> list[Quantity]:
        """ "from 4 percent to 17": after a percentage or a scale, a bare figure may be meant in the same."""
        # An index is given with and without "%": PMI 49.1 is 49.1% in Chinese reports.
        seen_ratio = seen_index = any(
            token.lower in ("index", "indices", "pmi", "sub-index", "component") for token in self.tokens
        )
        spelled = False
        made = []
        scales: list[int] = []
        for quantity in found:
            if quantity.kind == "number" and quantity.firm and quantity.value < 1000:
                readings = quantity.readings
                if seen_ratio and (
                    seen_index
                    or _ELIDES.search(self.text, max(0, quantity.start - 24), quantity.start)
                    or (spelled and _ENDS.match(self.text, quantity.end))
                ):
                    readings += (quantity.value / 100,)
                readings += tuple(quantity.value * scale for scale in scales)
                quantity = _with_readings(quantity, readings)
            seen_ratio = seen_ratio or quantity.kind in ("ratio", "points")
            spelled = spelled or (quantity.kind == "ratio" and quantity.text.lower().endswith("cent"))
            scales += [
                SCALES[word]
                for word in quantity.text.lower().replace("-", " ").split()
                if word in ("million", "billion", "trillion")
            ]
            made.append(quantity)
        return made


# Before a figure that is meant in the percent of the one before it: "compared with 27", "up from nearly 5".
_ELIDES = re.compile(
    r"\b(?:from|to|with|against|versus|and|or|than|was|were|is|at|between|said|of)"
    r" (?:(?:about|around|nearly|almost|only|just|over|under|some) )?(?:minus )?$"
)
# A figure without a noun after a "percent" in words: "to the Middle East by 27.", "takes 12, tires take 9"; who writes
# "28%" writes the sign each time.
_ENDS = re.compile(r"(?:[.;!?](?!\d)|, (?!\d)|$| (?:and|while|but|though|although|whereas|which|respectively)\b)")
_BETWEEN = re.compile(
    r"\s?[-–—~]\s?|\s(?:to|and|or)\s(?:(?:nearly|about|around|over|almost|some|more than|up to|as (?:much|many) as)\s)?"
)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """20 to 30 billion yuan: the first figure may be meant in the scale and unit of the second."""
    for place in range(len(found) - 2, -1, -1):
        left, right = found[place], found[place + 1]
        between = text[left.end : right.start]
        if left.kind != "number" or not _BETWEEN.fullmatch(between):
            continue
        scale = next((SCALES[word] for word in right.text.lower().replace("-", " ").split() if word in SCALES), 1)
        if right.kind in ("money", "measure", "points", "number"):
            kind: Kind = left.kind if " and " in between and left.value > 1000 else right.kind
            found[place] = _as(left, kind, right.unit if kind != "number" else "", left.value, (left.value * scale,))
        elif right.kind == "ratio" and right.firm and left.value <= 1000:
            value = left.value / 100
            found[place] = (
                _as(left, "number", "", left.value, (value,)) if "and" in between else _as(left, "ratio", "", value, ())
            )
    return found


def _as(left: Quantity, kind: Kind, unit: str, value: Fraction, readings: tuple[Fraction, ...]) -> Quantity:
    return Quantity(kind, value, left.start, left.end, left.text, unit, left.firm, left.approximate, readings)


def _with_readings(quantity: Quantity, readings: tuple[Fraction, ...]) -> Quantity:
    return _as(quantity, quantity.kind, quantity.unit, quantity.value, readings)
