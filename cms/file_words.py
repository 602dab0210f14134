"""The words in a file of the public site: its text, and what it says of itself (title, author, keywords, comments).

PDF by `pdf_words`; Word, Excel and OpenDocument files are archives of XML; captions, braille and CSV are plain text; a
picture says things of itself only. What was photographed, scanned, spoken or filmed no machine reads.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from threading import Lock

from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import IFD

MOST_BYTES = 50 * 1024 * 1024  # of a file, and of what an archive may become when it is unpacked
MOST_LETTERS_REMEMBERED = 20_000_000  # of all files together; a shelf of long reports is some millions
ENDS_A_PARAGRAPH = re.compile(r"</(?:\w+:)?(?:p|h|row|tr|table-cell|c|si)>|<(?:\w+:)?(?:br|tab|s|line-break)\b[^>]*>")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
TAG = re.compile(r"<[^>]*>")
VALUE = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class Words:
    """What can be read in a file. `whole`: that is all it says; otherwise somebody must look at it, or listen."""

    text: str = ""
    whole: bool = False


class _Remembered:
    """What was read, by file and by when it was changed. The more files there are, the less may be forgotten between
    the look at them and the action: so what came first stays, and when it is full no more is kept."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], Words] = {}
        self._letters, self._lock = 0, Lock()

    def words_of(self, path: str, as_of: str) -> Words:
        key = (path, as_of)
        if (found := self._words.get(key)) is not None:
            return found
        words = _read(path)
        with self._lock:
            if key not in self._words and self._letters + len(words.text) <= MOST_LETTERS_REMEMBERED:
                self._words[key] = words
                self._letters += len(words.text)
        return words

    def forget(self) -> None:
        with self._lock:
            self._words, self._letters = {}, 0


_remembered = _Remembered()


def words_of(path: str) -> Words:
    """What can be read in a stored file. Nothing of one that cannot be opened, or is too big."""
    return _remembered.words_of(path, str(default_storage.get_modified_time(path)))


def forget_words() -> None:
    """Nothing of what was read stays in memory."""
    _remembered.forget()


def _read(path: str) -> Words:
    read = READERS.get(PurePath(path).suffix.lower())
    if read is None or default_storage.size(path) > MOST_BYTES:
        return Words()
    with default_storage.open(path, "rb") as file:
        kept = file.read()
    try:
        return read(kept)
    except (zipfile.BadZipFile, UnidentifiedImageError, OSError, ValueError, KeyError, RecursionError):
        return Words()


def _pdf(kept: bytes) -> Words:
    # By its name: few workers ever meet a PDF, and each would hold pypdf's 7 MiB.
    read = import_string("cms.pdf_words.words_of_pdf")
    text, whole = read(kept)
    return Words(text, whole)


def _archive(kept: bytes) -> Words:
    """Every part of it, once with gaps between paragraphs only: a name may be cut by what marks its letters bold."""
    found: list[str] = []
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        for part in archive.infolist():
            left -= part.file_size
            if left < 0:
                raise ValueError("It would become too big.")
            found.append(part.filename)
            if part.filename.endswith((".xml", ".rels")):
                text = archive.read(part).decode("utf-8", "replace")
                found += [TAG.sub("", ENDS_A_PARAGRAPH.sub("\n", text)), *VALUE.findall(text)]
    pictures = any(PurePath(name).suffix.lower() in PICTURES for name in archive.namelist())
    return Words("\n".join(found), whole=not pictures)


def _plain(kept: bytes) -> Words:
    try:
        return Words(kept.decode("utf-8-sig"), whole=True)
    except UnicodeDecodeError:
        letters = "utf-16" if kept[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
        return Words(kept.decode(letters), whole=True)


def _picture(kept: bytes) -> Words:
    with Image.open(io.BytesIO(kept)) as picture:
        exif = picture.getexif()
        said = [*picture.info.values(), *exif.values(), *exif.get_ifd(IFD.Exif).values()]
    return Words("\n".join(words for one in said for words in _in_letters(one)))


def _in_letters(said: object) -> list[str]:
    """Bytes may be letters of either kind (Exif's XPAuthor is UTF-16)."""
    if isinstance(said, bytes):
        return [said.decode("utf-8", "ignore"), said.decode("utf-16-le", "ignore")]
    return [str(said)]


READERS: dict[str, Callable[[bytes], Words]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".odt", ".ods", ".xlsx"), _archive),
    **dict.fromkeys((".csv", ".vtt", ".brf", ".txt"), _plain),
    **dict.fromkeys(PICTURES, _picture),
}
