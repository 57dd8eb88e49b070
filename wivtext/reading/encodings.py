"""Bytes to text: UTF-8, UTF-16, GB18030, Big5 and Windows-1252, told apart by what the bytes say.

>>> decode("智能网联汽车大会开幕".encode("gb18030"))
'智能网联汽车大会开幕'
>>> decode("智能網聯汽車大會開幕".encode("big5"))
'智能網聯汽車大會開幕'
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from wivtext.errors import DocumentError
from wivtext.reading.wordlists import words

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MARKS = frozenset(mark for mark, _ in _MARKS)
# What pages declare, and the larger encoding that reads all of it.
_SUPERSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
# Marks and overrides of direction, too: in these languages they only serve to show what is not written.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# A lone surrogate is half a character: it can't be written anywhere.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00a0\ud800-\udfff]")
_PUNCTUATION = frozenset("，。、；：？！“”「」『』《》（）％·‧—…　")
# The lead bytes of each standard's everyday characters; behind them come the rare ones.
_LEVEL_ONE = {
    "gb18030": ("gb2312", b"\xb0", b"\xd7"),
    "cp950": ("big5", b"\xa4", b"\xc6"),
    "big5hkscs": ("big5", b"\xa4", b"\xc6"),
}
_SIGNATURES = {
    b"%PDF": "a PDF file, not text; save it as .docx or .txt first",
    b"PK\x03\x04": "a zip archive or an Office file, not text; give it its own ending (.docx), or save it as .txt",
    b"\xd0\xcf\x11\xe0": "an old Office file, not text; save it as .docx or .txt first",
    b"{\\rtf": "an RTF file, not plain text; save it as .docx or .txt first",
    b"\x89PNG": "an image, not text; type out its text as .txt first",
    b"\xff\xd8\xff": "an image, not text; type out its text as .txt first",
    b"GIF8": "an image, not text; type out its text as .txt first",
    b"\x1f\x8b": "a compressed file, not text; unpack it first",
}
_FEW_WORDS = 60
# How much of a long file is enough to tell encodings apart.
_SAMPLE = 30_000


def decode(data: bytes, name: str = "text", declared: str | None = None) -> str:
    """The text of `data`, normalised: NFC, newlines as one line feed, no invisible characters.

    `declared` is the encoding that the file itself names; it is believed where it fits.
    Raises `DocumentError` for data that is not text in one of the known encodings.
    """
    codec = _SUPERSETS.get(declared or "", "")
    if not codec or data.startswith(tuple(MARKS)) or not _reads(data, codec):
        codec = detect(data, name)
    return normalise(data.decode(codec))


def normalise(text: str) -> str:
    r"""Text in NFC with `\n` for every kind of newline; full-width punctuation stays as it is.

    >>> normalise("Café，\r\n100％")
    'Café，\n100％'
    """
    text = _NEWLINES.sub("\n", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", text))


def detect(data: bytes, name: str = "text") -> str:
    """The name of the codec that reads `data` without a fault. Raises `DocumentError`."""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise DocumentError(f"{name}: {kind}")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _that_reads(data, (codec,), name)
    if b"\0" in data:
        return _that_reads(data, (_utf16_by_zeros(data, name),), name)
    if _reads(data, "utf-8"):
        return "gb18030" if _looks_like_other_script(data) else "utf-8"
    _refuse_damaged_utf8(data, name)
    if _isolated_high_bytes(data):
        return _that_reads(data, ("cp1252",), name)
    return _chinese(data, name)


def _looks_like_other_script(data: bytes) -> bool:
    """A few Chinese words in GB18030 may happen to be valid UTF-8: Cyrillic, Armenian and the like."""
    if len(data) > _FEW_WORDS:
        return False
    wide = [character for character in data.decode("utf-8") if character > "\x7f"]
    odd = bool(wide) and all("\u0180" <= character <= "\u07ff" for character in wide)
    return odd and _reads(data, "gb18030") and _likeness(data, "gb18030") > 0.6


def _chinese(data: bytes, name: str) -> str:
    """GB18030 or Big5: where the characters are the more common ones. Raises `DocumentError` where they never are."""
    sample = data[:_SAMPLE]
    scores = {codec: _likeness(sample, codec) for codec in ("gb18030", "cp950", "big5hkscs") if _reads(data, codec)}
    best = max(scores, key=lambda codec: scores[codec], default="")
    # A few characters may all be rare ones; a whole text of such is no Chinese.
    if not best or (len(sample) > 60 and scores[best] < 0.3):
        raise DocumentError(f"{name}: neither UTF-8, UTF-16, GB18030 nor Big5 text; save it as UTF-8 and try again")
    return best


def _likeness(sample: bytes, codec: str) -> float:
    """How common the Chinese characters in `sample` are on average, were it written in `codec`."""
    wide = [character for character in sample.decode(codec, errors="ignore") if character > "\x7f"]
    return sum(_commonness(character, codec) for character in wide) / len(wide) if wide else 0.0


def _commonness(character: str, codec: str) -> float:
    if character in words("hanzi", "common") or character in _PUNCTUATION:
        return 1.0
    if "\ue000" <= character <= "\uf8ff":
        return -1.0
    standard, first, last = _LEVEL_ONE[codec]
    return 0.4 if first <= character.encode(standard, errors="ignore")[:1] <= last else 0.0


def _utf16_by_zeros(data: bytes, name: str) -> str:
    """UTF-16 without a mark: ASCII in it has its zero bytes all on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > max(even, odd) / 20 or not _readable(data, codec):
        raise DocumentError(f"{name}: a binary file, not text; export it as .docx, .html or .txt first")
    return codec


def _readable(data: bytes, codec: str) -> bool:
    """Whether nearly all of `data` decodes to characters that text is made of."""
    try:
        text = data.decode(codec)[:_SAMPLE]
    except UnicodeDecodeError:
        return False
    odd = sum(unicodedata.category(character) in ("Cc", "Co", "Cn") and not character.isspace() for character in text)
    return odd <= len(text) / 100


def _refuse_damaged_utf8(data: bytes, name: str) -> None:
    """A file that is UTF-8 nearly everywhere is a damaged one, not one in another encoding."""
    faults = data.decode("utf-8", errors="replace").count("\ufffd") - data.count("\ufffd".encode())
    sound = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    if sound >= 4 * faults:
        position = _first_fault(data)
        line = data.count(b"\n", 0, position) + 1
        raise DocumentError(
            f"{name}: damaged UTF-8 in line {line} (byte {position}); repair it or save it again as UTF-8"
        )


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _isolated_high_bytes(data: bytes) -> bool:
    """Windows-1252 prose has a few lone accented letters and curly quotes; Chinese has high bytes everywhere."""
    sample = data[:_SAMPLE]
    runs = re.findall(rb"[\x80-\xff]+", sample)
    lone = sum(len(run) == 1 for run in runs)
    few = sum(map(len, runs)) < 0.15 * len(sample)
    return few and lone > 0.8 * len(runs) and _reads(data, "cp1252")


def _that_reads(data: bytes, codecs_: tuple[str, ...], name: str) -> str:
    for codec in codecs_:
        if _reads(data, codec):
            return codec
    raise DocumentError(f"{name}: not valid {codecs_[0].upper()} text; save it as UTF-8 and try again")


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
