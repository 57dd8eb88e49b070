"""Reading: a file or a text becomes a `Document` of paragraphs and sentences.

>>> document = read_text("大会开幕\\n\\n“我们赢了。”李明说。会议持续三天。")
>>> document.title, document.language, [sentence.text for sentence in document.sentences]
('大会开幕', 'zh', ['“我们赢了。”李明说。', '会议持续三天。'])
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from wivtext import language
from wivtext.errors import DocumentError
from wivtext.reading import encodings, sentences
from wivtext.reading.readers import READERS, Page, reader_of, text
from wivtext.reading.titles import title_from
from wivtext.records import Document, Language, Paragraph, Sentence

LARGEST = 50  # MB
# From this share of its letters on, a document's other language makes it a mixed one.
_SUBSTANTIAL = 0.15
_FULL = {".pdf": "PDF", ".doc": "old Word", ".rtf": "RTF", ".odt": "OpenDocument", ".pages": "Pages", ".wps": "WPS"}
_WORD = re.compile(r"\w")
_LANGUAGE = re.compile(r"(?:(zh|cmn|chinese|中文|汉语|漢語)|(en|english|英文|英语))\b.*", re.IGNORECASE)


def read(path: Path | str, *, language: Language | None = None, largest: int = LARGEST) -> Document:
    """The document in the file `path`, whose ending tells the format.

    `language` overrides what the text and its front matter say. Raises `DocumentError` for a file that is missing,
    empty, damaged, of more than `largest` MB or of an unknown format.
    """
    path = Path(path)
    data = load(path, largest)
    page = reader_of(path.suffix).read(data, path.name)
    if not _WORD.search(page.text):
        raise DocumentError(f"{path}: nothing to read in it; it has neither letters nor figures")
    return _document(page, _shown_name(path.stem), language, hashlib.sha256(data).hexdigest())


def read_text(text_: str, name: str = "text", *, language: Language | None = None) -> Document:
    """The document that a plain text is: the first line is its title when a blank line follows it.

    >>> read_text("Sales rose. Exports fell.").sentences[1].text
    'Exports fell.'
    """
    if not _WORD.search(text_):
        raise DocumentError(f"{name}: empty; there is nothing to read")
    digest = hashlib.sha256(text_.encode("utf-8", errors="surrogatepass")).hexdigest()
    return _document(text.page_of(encodings.normalise(text_), name), name, language, digest)


def load(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a document. Raises `DocumentError` as `read` does, without a look into them."""
    try:
        mode, size = path.stat().st_mode, path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise DocumentError(f"{path}: a link to nothing; mend it or take it out") from None
        raise DocumentError(f"{path}: no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{path}: can't be read ({reason}); check the path and its permissions") from None
    if stat.S_ISDIR(mode):
        raise DocumentError(f"{path}: a folder, not a file; name the documents in it")
    if path.suffix.lower() not in READERS:
        raise DocumentError(_unknown_format(path))
    # A pipe or a device may have no end, or never a beginning.
    if not stat.S_ISREG(mode):
        raise DocumentError(f"{path}: a pipe or a device, not a file; save its text as a file first")
    if size > largest << 20:
        raise DocumentError(
            f"{path}: {size >> 20} MB, more than {largest} MB; split it, or set reading.largest in wivtext.toml"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: can't be read ({error.strerror}); check its permissions") from None
    if not data.strip() or data in encodings.MARKS:
        raise DocumentError(f"{path}: empty; there is nothing to read")
    return data


def _shown_name(stem: str) -> str:
    """A file's name on one line; bytes in it that are no text are left out."""
    return " ".join(stem.encode("utf-8", errors="replace").decode().split()) or "document"


def _unknown_format(path: Path) -> str:
    kind = _FULL.get(path.suffix.lower())
    if kind:
        return f"{path}: {kind} files can't be read; save it as .docx or .txt first"
    known = ", ".join(sorted(READERS))
    return f"{path}: unknown format {path.suffix or '(no ending)'}; the formats are: {known}"


def _document(page: Page, name: str, asked: Language | None, digest: str) -> Document:
    main = asked or _declared(page.origin) or language.detect(page.text)
    found = tuple(_sentences(page.paragraphs, page.shown, main))
    return Document(
        name=name,
        title=page.title or title_from(found, page.paragraphs, name),
        language=main,
        text=page.text,
        paragraphs=page.paragraphs,
        sentences=found,
        script=language.script(page.text) if main == "zh" or _mixed(found, main) else None,
        mixed=_mixed(found, main),
        origin=page.origin,
        digest=digest,
    )


def _sentences(paragraphs: Sequence[Paragraph], title: int | None, main: Language) -> Iterator[Sentence]:
    index = 0
    for paragraph in paragraphs:
        if paragraph.index == title:
            continue
        local = language.detect(paragraph.text, main)
        for start, end in sentences.split_paragraph(paragraph.text, local):
            piece = paragraph.text[start:end].strip()
            if not _WORD.search(piece):  # a rule of dashes or stars
                continue
            offset = paragraph.start + paragraph.text.index(piece, start)
            yield Sentence(index, offset, offset + len(piece), piece, paragraph.index, language.detect(piece, main))
            index += 1


def _mixed(found: Sequence[Sentence], main: Language) -> bool:
    """Whether the sentences in the other language are a substantial share of the text."""
    other = sum(_words(sentence) for sentence in found if sentence.language != main)
    return other >= _SUBSTANTIAL * sum(map(_words, found)) if other else False


def _words(sentence: Sentence) -> float:
    """About as many words as a sentence has: a Chinese word is close to two characters."""
    return len(sentence.text) / 1.7 if sentence.language == "zh" else len(sentence.text.split())


def _declared(origin: dict[str, str]) -> Language | None:
    """The language that front matter or the page's head name."""
    match = _LANGUAGE.match(origin.get("language", ""))
    if not match:
        return None
    return "zh" if match[1] else "en"
