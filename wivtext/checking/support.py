"""What a line of a summary says that its sentences don't: figures, names, and a "not" too many or too few.

The line may be in the language of the sentences or in the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wivtext.checking.latin_names import names
from wivtext.checking.negation import expressions
from wivtext.quantities import quantities, same
from wivtext.records import Finding, Language
from wivtext.terms import ORGANISATIONS, PEOPLE, TermBase

KIND = "unsupported"

_HANZI = re.compile(r"[\u3400-\u9fff]")
_CAPITALIZED = re.compile(r"(?<![\w’'-])[A-Z][^\W\d_\u3400-\u9fff]+(?:-[A-Z][^\W\d_\u3400-\u9fff]+)*")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_STEM = 5  # letters that "investment" and "invested" have in common
_CLAUSE = re.compile(r"[,;:—–.!?，；：。！？]")
# Between a "not" and the word that it denies.
_AUXILIARIES = frozenset(
    "a an the be been being is are was were have has had do does did to yet any all so as it its their his her our"
    " expect expected want plan planned likely able just only even really at in of on for by"
    " still also ever enough".split()
)
_NOT_EN = re.compile(r"not|never|cannot|without|[a-z]+n['’]t")
_NEGATIVE_EN = re.compile(
    r"\b(?:no|not|never|cannot|none|neither|nor|without|nothing|nobody|fail\w*|refus\w*|reject\w*|den(?:y|ied|ies)|lack\w*"
    r"|unable|declin\w*|rul\w+ out|oppos\w*|avoid\w*|ban\w*|stop\w*|halt\w*|against|rather than|instead|yet to|un\w{4,}"
    r"|absen\w+|prevent\w*|withh\w+|doubt\w*|short of|too|hardly|barely|few|little|before|until|unless)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT_ZH = re.compile(
    r"(?:不会|不能|不再|不可能|不愿|不打算|不应|没有|没能|没|并未|尚未|从未|未能|未曾|未|无法|不)"
    r"(?:再|被|能|会|进一步)?(?P<word>[\u3400-\u9fff]{2})"
)
_NEGATIVE_ZH = re.compile("[不没未无非否勿莫禁拒绝缺免难停反零却暂尚]|之前|以前|而是")
_SHORTEST = 4  # letters of a word that a denial is about


def unsupported(
    text: str, sentences: Sequence[str], *, around: Sequence[str] = (), terms: TermBase | None = None
) -> tuple[Finding, ...]:
    """What `text` says and `sentences` don't; names may also stand `around` them, in other sentences of the document.

    >>> said = ["BYD sold 4.27 million cars.", "It will not raise prices."]
    >>> [finding.target for finding in unsupported("BYD sold 5 million cars.", said)]
    ['5 million']
    >>> [finding.message for finding in unsupported("The carmaker will raise prices.", said)]
    ['the sentences cited say “not”, and the point does not']
    >>> unsupported("比亚迪售出427万辆车，不会涨价。", said)
    ()
    """
    if not text.strip() or _is_part_of(text, sentences):
        return ()
    language, spoken = _language(text), _language(" ".join(sentences))
    found = [
        *_figures(text, language, sentences, spoken),
        *_people(text, language, sentences, around),
        *_known_names(text, language, (*sentences, *around), terms if terms is not None else TermBase.load()),
        *_invented(text, language, (*sentences, *around), spoken),
        *_negations(text, language, sentences, spoken),
    ]
    return tuple(dict.fromkeys(found))


def _is_part_of(text: str, sentences: Sequence[str]) -> bool:
    """Whether a line is quoted as it stands, which is what extractive engines do."""
    squeezed = "".join(text.split())
    return squeezed in "".join("".join(sentence.split()) for sentence in sentences)


def _language(text: str) -> Language:
    # A name in Latin letters is found in Chinese too: any Chinese character tells.
    return "zh" if len(_HANZI.findall(text)) * 6 > len(text) else "en"


def _missing(words: str) -> Finding:
    return Finding(KIND, "", words, f"“{words}” is in none of the sentences cited")


def _figures(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Firm quantities that no sentence has, by value; a sum or a rounding of theirs is the reader's to see."""
    wanted = [one for one in quantities(text, language) if one.firm or one.kind == "ratio"]
    if not wanted:
        return
    offered = [one for sentence in sentences for one in quantities(sentence, spoken)]
    for one in wanted:
        if not any(same(one, other) for other in offered):
            yield _missing(one.text)


def _people(text: str, language: Language, sentences: Sequence[str], around: Sequence[str]) -> Iterator[Finding]:
    """People of the line that are named in no sentence, nor near them, if by surname only."""
    from wivtext.attribution import chinese_names
    from wivtext.attribution import names as english_names

    source = " ".join((*sentences, *around))
    if _language(source) != language:
        return
    finder = chinese_names if language == "zh" else english_names
    for person in finder.people([text]):
        if not any(part in source for part in (person.name, *finder.name_parts(person.name))):
            yield _missing(person.name)


def _known_names(text: str, language: Language, sentences: Sequence[str], terms: TermBase) -> Iterator[Finding]:
    """People and organisations of the term base that the sentences name in no form, in either language."""
    source = " ".join(sentences)
    low = source.lower()
    for match in terms.match(text, language):
        entries = (match.entry, *match.others)
        if not all(entry.is_about(ORGANISATIONS | PEOPLE) for entry in entries) or len(match.text) < 2:
            continue
        forms = [form for entry in entries for each in _LANGUAGES for form in entry.forms(each)]
        if not any(form.lower() in low for form in forms) and not _is_abbreviated(match.text, source):
            yield _missing(match.text)


_LANGUAGES: tuple[Language, ...] = ("en", "zh")


def _is_abbreviated(name: str, source: str) -> bool:
    """Whether the sentences have a part of the name that is a name of its own, or its letters."""
    if _HANZI.search(name):
        return any(name[start : start + 2] in source for start in range(len(name) - 1))
    words = [word for word in name.split() if word[:1].isupper()]
    return any(word in source for word in words) or "".join(word[0] for word in words) in source


def _invented(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """Capitalised words that no sentence has, common English ones left aside."""
    from wivtext.attribution.lexicons import english

    source = " ".join(sentences)
    if language != spoken:
        yield from (_missing(one.target) for one in names(source, text, spoken) if one.target and not one.source)
        return
    known = {word.lower()[:_STEM] for word in _WORDS.findall(source)}
    common = english().common_words
    for match in _CAPITALIZED.finditer(text):
        parts = match[0].lower().split("-")
        if not any(part in common or part[:_STEM] in known for part in parts) and match[0] not in source:
            yield _missing(match[0])


def _negations(text: str, language: Language, sentences: Sequence[str], spoken: Language) -> Iterator[Finding]:
    """A plain "not" that no sentence has; or a word denied in the sentences that the line asserts."""
    plain = expressions("plain", language).search(_innocent(text, language))
    if plain and not any(expressions("negative", spoken).search(sentence) for sentence in sentences):
        yield _missing(plain[0])
    elif language != spoken:
        yield from _lost_in_translation(text, language, sentences, spoken)
    else:
        denied = _denied_in_english if language == "en" else _denied_in_chinese
        yield from (_lost(words) for words in denied(text, sentences))


def _lost(words: str) -> Finding:
    return Finding(KIND, words, "", f"the sentences cited say “{words}”, and the point does not")


def _innocent(text: str, language: Language) -> str:
    return expressions("innocent", language).sub("", text) if language == "zh" else text


def _lost_in_translation(
    text: str, language: Language, sentences: Sequence[str], spoken: Language
) -> Iterator[Finding]:
    """A "not" in every sentence, and nothing negative in the line, which is in the other language."""
    found = [expressions("plain", spoken).search(_innocent(sentence, spoken)) for sentence in sentences]
    if all(found) and not expressions("negative", language).search(text):
        yield from (_lost(match[0]) for match in found[:1] if match)


def _denied_in_english(text: str, sentences: Sequence[str]) -> Iterator[str]:
    """The "not" before a word that the line asserts and no sentence does: "will not rise", "will rise"."""
    asserted = {stem for clause in _clauses(sentences) for stem in _stems(clause) - set(_denied(clause))}
    claimed = {stem for clause in _clauses([text]) if not _NEGATIVE_EN.search(clause) for stem in _stems(clause)}
    for clause in _clauses(sentences):
        for stem, negation in _denied(clause).items():
            if stem in claimed - asserted:
                yield negation


def _denied(clause: str) -> dict[str, str]:
    """The stems that a clause denies, each with the negation before it."""
    words = _WORDS.findall(clause)
    low = [word.lower() for word in words]
    return {
        stem: words[place] for place, word in enumerate(low) if _NOT_EN.fullmatch(word) and (stem := _after(low, place))
    }


def _after(words: Sequence[str], place: int) -> str:
    """The stem of the first word with a meaning after a "not"."""
    for word in words[place + 1 : place + 5]:
        if word not in _AUXILIARIES and not word.endswith("ly"):
            return word[:_STEM] if len(word) >= _SHORTEST else ""
    return ""


def _stems(clause: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORDS.findall(clause)}


def _clauses(sentences: Iterable[str]) -> list[str]:
    return [clause for sentence in sentences for clause in _CLAUSE.split(sentence)]


def _denied_in_chinese(text: str, sentences: Sequence[str]) -> Iterator[str]:
    """The "not" with a word that the line asserts and no sentence does: 不会涨价, 将涨价."""
    spoken, claimed = _clauses(sentences), [one for one in _clauses([text]) if not _NEGATIVE_ZH.search(one)]
    for clause in spoken:
        for match in _NOT_ZH.finditer(_innocent(clause, "zh")):
            word = match["word"]
            asserted = any(word in other and not _NEGATIVE_ZH.search(other) for other in spoken)
            if not asserted and any(word in other for other in claimed):
                yield match[0]
