"""Reads a page as HTML and writes it as a tagged PDF. Run by `cms.paper`; opens no file and no address: pictures stand
in the page itself."""

from __future__ import annotations

import base64
import sys
from typing import Any

from weasyprint import HTML


def nothing(url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Fetch nothing: an empty answer for every address but those that hold what they name."""
    kind, _, packed = url.partition(";base64,")
    if kind.startswith("data:image/"):
        return {"string": base64.b64decode(packed), "mime_type": kind.removeprefix("data:")}
    return {"string": b"", "mime_type": "text/css"}


if __name__ == "__main__":
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1") or b"")
