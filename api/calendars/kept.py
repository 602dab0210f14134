"""The text of public calendars, kept until the next edition; and their tags, which need no text at all."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from engagement.forums import calendars, reports
from engagement.forums.calendars.zones import LONDON
from engagement.forums.reports.calendars import edition, first_day_shown

KEEP_SECONDS = 24 * 60 * 60
CALENDAR = "text/calendar; charset=utf-8"
# Anybody may keep it, but asks each time whether it changed: a cancelled forum must not stay for hours.
PUBLIC = "public, no-cache"


@dataclass(frozen=True)
class Edition:
    """One calendar in one edition: where it is kept, its tag and when it last changed."""

    tag: str
    changed_at: datetime

    @classmethod
    def of(cls, address: str) -> Edition:
        """The edition that is out. It changes with the month, its code and the site's address, too. 1 query."""
        number, changed_at = edition()
        first = first_day_shown()
        parts = f"{address}|{number}|{changed_at.isoformat()}|{first}|{_code()}|{settings.SITE_ADDRESS}"
        month = datetime.combine(first.replace(year=first.year + 1), time.min, LONDON)
        return cls(hashlib.sha256(parts.encode()).hexdigest()[:32], max(changed_at, month))

    @property
    def etag(self) -> str:
        """Weak: the packed and the plain octets share it."""
        return f'W/"{self.tag}"'

    def kept(self) -> bytes | None:
        """The text, packed, if it is kept."""
        found: bytes | None = shared_cache.get(f"calendar:{self.tag}")
        return found

    def keep(self, text: bytes) -> bytes:
        """Keep the text for the next reader; returns it packed."""
        packed = gzip.compress(text, compresslevel=6, mtime=0)
        shared_cache.set(f"calendar:{self.tag}", packed, KEEP_SECONDS)
        return packed


def unchanged(request: HttpRequest, now: Edition) -> HttpResponseBase | None:
    """304 where the reader has this edition already; None where the text must be sent."""
    probe = HttpResponse()
    answer = get_conditional_response(request, now.etag, int(now.changed_at.timestamp()), probe)
    return None if answer is None or answer is probe else with_headers(answer, now)


def sent(request: HttpRequest, packed: bytes, now: Edition) -> HttpResponseBase:
    """The text: packed where the reader can unpack it."""
    unpacks = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if unpacks else gzip.decompress(packed), content_type=CALENDAR)
    if unpacks:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return with_headers(response, now)


def with_headers(response: HttpResponseBase, now: Edition) -> HttpResponseBase:
    """What a reader needs to ask again cheaply."""
    response.headers["ETag"] = now.etag
    response.headers["Last-Modified"] = http_date(now.changed_at.timestamp())
    response.headers["Cache-Control"] = PUBLIC
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@cache
def _code() -> str:
    """A hash of the code that writes calendars: a new release may write the same forums otherwise."""
    places = ((calendars, "*.py"), (reports, "calendar*.py"))
    files = [file for place, which in places for file in Path(str(place.__path__[0])).glob(which)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()
