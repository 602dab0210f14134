"""A page on paper: a tagged PDF (PDF/UA-1) made from the page's own HTML, plain or in large print.

WeasyPrint is slow to start and takes memory, so it runs in a process of its own (`cms/paper_maker.py`), which reads
HTML and writes the file. Where the machine lacks it, or the libraries it needs, nothing is offered.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles import finders

MOST_SECONDS = 20
MAKER = Path(__file__).with_name("paper_maker.py")


class NoPaper(Exception):
    """The file could not be made."""


@cache
def can_make_paper() -> bool:
    """Whether WeasyPrint is installed here."""
    return find_spec("weasyprint") is not None


def pdf_of(html: str) -> bytes:
    """The page as a tagged PDF. Nothing is fetched: what the page shows must stand in it. Raises `NoPaper`."""
    return _made(html)


@lru_cache(maxsize=8)
def sheets_of(html: str) -> int:
    """How many A4 sheets the page takes, counted on the page as it is set. Raises `NoPaper`."""
    return int(_made(html, "--sheets"))


def _made(html: str, *options: str) -> bytes:
    html = html.replace("</head>", f"<style>{_style()}</style></head>", 1)
    command = [sys.executable, str(MAKER), *options]
    try:
        made = subprocess.run(  # noqa: S603  # our own file, no shell, no words of anybody in the arguments
            command, input=html.encode(), capture_output=True, timeout=MOST_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as problem:
        raise NoPaper(type(problem).__name__) from problem
    return made.stdout


@cache
def _style() -> str:
    return Path(str(finders.find("heard/paper.css"))).read_text(encoding="utf-8")
