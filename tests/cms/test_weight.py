"""A first view weighs at most 40 KB on the wire, with its styles and its letters."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from unicodedata import name

from django.contrib.staticfiles import finders

from tests.cms.conftest import ADDRESSES, PublicSite

LIMIT = 40 * 1024
FONT = "heard/vendor/noto-sans-ethiopic-400.woff2"


def stored(file: str) -> bytes:
    found = finders.find(file)
    assert found, file
    return Path(str(found)).read_bytes()


def packed(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def weight_of(site: PublicSite, address: str) -> int:
    """Bytes of the page, its stylesheets, its icon and the letters of Tigrinya and Amharic, all packed: their names
    stand in the bar of every page."""
    response = site.read(address, **{"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    files = re.findall(r'href="/static/([^"]+)"', gzip.decompress(response.content).decode())
    assert len(files) == 3, "two stylesheets and the icon"
    weight = len(response.content) + sum(packed(stored(file)) for file in files)
    weight += packed(site.read("/brand.css").content)
    return weight + len(stored(FONT))  # woff2 is packed already


def test_a_first_view_weighs_at_most_40_kilobytes(site: PublicSite) -> None:
    weights = {address: weight_of(site, address) for address in [*ADDRESSES, "/en/groups/"]}
    print(weights)  # noqa: T201  # `pytest -s` shows what each page weighs
    assert max(weights.values()) <= LIMIT, weights


def test_every_letter_of_the_tigrinya_pages_is_in_the_block_the_font_was_cut_to(site: PublicSite) -> None:
    for address in ADDRESSES:
        if address.startswith("/ti/"):
            letters = {letter for letter in site.read(address).content.decode() if "ETHIOPIC" in name(letter, "")}
            assert len(letters) > 30
            assert {letter for letter in letters if not 0x1200 <= ord(letter) <= 0x137F} == set()
