"""In which formats a page is there: to listen to, signed, in Easy Read, to print; and how to ask for another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from cms.paper import can_make_paper

if TYPE_CHECKING:
    from cms.models import EasyReadPage, MediaVersion, PublicPage


@dataclass(frozen=True)
class Ways:
    """What a page offers beside its words: addresses, empty where there is nothing, and what lies in the page."""

    ask: str
    easy_read: EasyReadPage | None = None
    full_version: PublicPage | None = None
    print: str = ""
    large_print: str = ""
    recordings: list[MediaVersion] = field(default_factory=list)
    films: list[MediaVersion] = field(default_factory=list)
    on_request: list[MediaVersion] = field(default_factory=list)

    @property
    def listen(self) -> bool:
        """Whether there is something to listen to, or a place that says there will be."""
        return bool(self.recordings)

    @property
    def bsl(self) -> bool:
        """Whether there is a signed film, or a place that says when there will be one."""
        return bool(self.films)


def ways_of(page: PublicPage, request: HttpRequest) -> Ways:
    """The formats of a page that the public may read; three or four queries."""
    media = [version for version in media_of(page) if version.may_be_shown]
    return Ways(
        ask=ask_address(page),
        easy_read=None if page.is_easy_read else easy_read_of(page),
        full_version=full_version_of(page) if page.is_easy_read else None,
        recordings=[version for version in media if version.kind == "audio"],
        films=[version for version in media if version.kind == "bsl"],
        on_request=[version for version in media if version.kind in ("large_print", "braille", "paper")],
        **_on_paper(page),
    )


def ask_address(page: PublicPage) -> str:
    """Where a reader asks for this page in another format, in the language that is active."""
    return reverse("public_ask", kwargs={"key": page.translation_key})


def _on_paper(page: PublicPage) -> dict[str, str]:
    if not can_make_paper():
        return {}
    key = page.translation_key
    return {
        "print": reverse("public_paper", kwargs={"key": key, "size": "page"}),
        "large_print": reverse("public_paper", kwargs={"key": key, "size": "large-print"}),
    }


def media_of(page: PublicPage) -> list[Any]:
    """Films, recordings and prints of a page that were marked as shown."""
    return list(
        apps.get_model("cms", "MediaVersion").objects.filter(page_id=page.pk, shown=True).select_related("page")
    )


def easy_read_of(page: PublicPage) -> EasyReadPage | None:
    """The Easy Read twin, if the public may read it."""
    return next((twin for twin in page.easy_read_twins() if twin.is_shown), None)


def full_version_of(page: PublicPage) -> PublicPage | None:
    """The page an Easy Read page is the twin of, if the public may read it."""
    above = page.get_parent()
    full: Any = above.specific if above is not None else None
    if full is None or not hasattr(full, "is_shown"):
        return None
    return full if full.is_shown else None
