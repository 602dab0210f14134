"""Reads a page as HTML and writes it as a tagged PDF, or with `--sheets` how many sheets it takes. Run by `cms.paper`;
opens no file and no address: pictures stand in the page itself.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint import HTML
from weasyprint.pdf.stream import Stream
from weasyprint.urls import URLFetcher, URLFetcherResponse

NO_WIDTH = "\u200b"


class InThePage(URLFetcher):
    """Fetches nothing: an empty answer for every address but those that hold the picture they name."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The picture in the address, or nothing."""
        kind, _, packed = url.partition(";base64,")
        if kind.startswith("data:image/"):
            return URLFetcherResponse(url, base64.b64decode(packed), {"Content-Type": kind.removeprefix("data:")})
        return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})


class SpokenStream(Stream):
    """Writes beside each piece of text which words it is (PDF 1.7, 14.9.4 ActualText).

    Letters of Urdu are drawn in parts that several of them share, so a screen reader cannot tell the words from what
    is drawn. A font must still name a character for every part (PDF/UA-1, 7.21.7): a space without width, where the
    part alone is none.
    """

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """As WeasyPrint's, and the words of the box in the order in which they are read."""
        words = getattr(box, "text", "") if tag == "Span" and self._tags is not None else ""
        with super().marked(box, tag):
            if words:
                self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(words)}))
            yield
            if words:
                self.end_marked_content()
                for font in self._fonts.values():
                    font.to_unicode.update({glyph: NO_WIDTH for glyph, text in font.to_unicode.items() if not text})


if __name__ == "__main__":
    weasyprint.pdf.Stream = SpokenStream
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=InThePage()).render()
    if "--sheets" in sys.argv:
        sys.stdout.write(str(len(page.pages)))
    else:
        sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1") or b"")
