"""Public pages are kept ready-made until something the public reads has changed."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Page

from crm.areas.models import Council

KEEP_SECONDS = 60 * 60


@dataclass(frozen=True)
class ReadyMade:
    """A page as it goes out: its bytes plain and packed, and the tag a browser sends back to ask whether it changed."""

    content: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, content: bytes) -> ReadyMade:
        """Pack a page. The same bytes always get the same tag."""
        tag = hashlib.sha256(content).hexdigest()[:32]
        return cls(content=content, packed=gzip.compress(content, compresslevel=9, mtime=0), etag=f'W/"{tag}"')


def stamp() -> str:
    """What changes whenever the public site does: two small queries, right in every process at once.

    The day belongs to it, because pages say whether their review is overdue.
    """
    pages = Page.objects.aggregate(last=Max("last_published_at"), live=Count("pk", filter=Q(live=True)))
    council = Council.objects.values_list("modified_at", flat=True).first()
    return f"{pages['last']}|{pages['live']}|{council}|{timezone.localdate()}"


def key_of(path: str, now: str) -> str:
    """Where a page is kept: its address and the stamp, so that a page made before a change is never found after it."""
    return "public:" + hashlib.sha256(f"{path}|{now}".encode()).hexdigest()


def kept(path: str, now: str) -> ReadyMade | None:
    """The page as kept, if it is."""
    found: ReadyMade | None = cache.get(key_of(path, now))
    return found


def keep(path: str, now: str, page: ReadyMade) -> None:
    """Keep a page for the next reader."""
    cache.set(key_of(path, now), page, KEEP_SECONDS)
