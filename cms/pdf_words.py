"""The words in a PDF, by pypdf. `file_words` loads this when it meets the first PDF, not before."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError


def words_of_pdf(kept: bytes) -> tuple[str, bool]:
    """What can be read in a PDF, and whether that is all: a page without letters was scanned, or drawn, and what stands
    on it is not read. Raises ValueError for one that cannot be opened."""
    try:
        return _words(PdfReader(io.BytesIO(kept)))
    except PyPdfError as problem:
        raise ValueError("This PDF cannot be read.") from problem


def _words(reader: PdfReader) -> tuple[str, bool]:
    of_itself = [str(value) for value in (reader.metadata or {}).values()]
    xmp = reader.xmp_metadata
    of_itself += [xmp.stream.get_data().decode("utf-8", "replace")] if xmp is not None else []
    pages = [page.extract_text() for page in reader.pages]
    notes = [str(value) for page in reader.pages for value in _notes(page)]
    return "\n".join([*of_itself, *pages, *notes]), all(page.strip() for page in pages)


def _notes(page: object) -> Iterator[str]:
    for note in getattr(page, "annotations", None) or []:
        found = note.get_object()
        yield from (str(found[key]) for key in ("/Contents", "/T", "/V") if key in found)
        link = found.get("/A")
        yield str(link.get_object().get("/URI", "")) if link is not None else ""
