"""A first view weighs at most 40 KB on the wire, with its styles and its letters."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.cms.conftest import ADDRESSES, PublicSite

LIMIT = 40 * 1024
FONT = "heard/vendor/noto-sans-ethiopic-400.woff2"


def stored(name: str) -> bytes:
    found = finders.find(name)
    assert found, name
    return Path(str(found)).read_bytes()


def packed(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def weight_of(site: PublicSite, address: str) -> int:
    """Bytes of the page, its stylesheets and icon, and in Tigrinya its letters, all packed."""
    response = site.read(address, **{"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    files = re.findall(r'href="/static/([^"]+)"', gzip.decompress(response.content).decode())
    assert len(files) == 3, "two stylesheets and the icon"
    weight = len(response.content) + sum(packed(stored(name)) for name in files)
    weight += packed(site.read("/brand.css").content)
    # woff2 is packed already.
    return weight + (len(stored(FONT)) if address.startswith("/ti/") else 0)


def test_a_first_view_weighs_at_most_40_kilobytes(site: PublicSite) -> None:
    weights = {address: weight_of(site, address) for address in ADDRESSES}
    print(weights)  # noqa: T201  # `pytest -s` shows what each page weighs
    assert max(weights.values()) <= LIMIT, weights


def test_the_font_has_every_letter_of_the_tigrinya_pages(site: PublicSite) -> None:
    ttfont = pytest.importorskip("fontTools.ttLib", reason="fonttools is not installed").TTFont
    letters = set(ttfont(str(finders.find(FONT))).getBestCmap())
    for address in ADDRESSES:
        if address.startswith("/ti/"):
            used = {ord(letter) for letter in site.read(address).content.decode() if 0x1200 <= ord(letter) <= 0x137F}
            assert used <= letters
