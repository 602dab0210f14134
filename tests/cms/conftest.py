"""The demonstration's public site, in the invented council of the cast."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Workflow

from cms.models import EasyReadPage, HomePage, InformationPage, PublicPage
from tests.world import World

LANGUAGES = ("en", "ur", "ti")  # those the tests read: left to right, right to left, and a script old phones lack
SPOKEN = {*LANGUAGES, "ar", "bn", "pl", "ro"}
PATHS = ("", "come-and-talk/", "come-and-talk/easy-read/")
ADDRESSES = [f"/{code}/{path}" for code in LANGUAGES for path in PATHS]
KINDS: dict[str, type[PublicPage]] = {"home": HomePage, "page": InformationPage, "easy_read": EasyReadPage}


class PublicSite:
    """The pages by kind and language, and a reader who has not signed in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.reader = Client()

    def page(self, kind: str, language: str = "en") -> Any:
        """One page of the demonstration, as stored."""
        rows = KINDS[kind].objects.filter(locale__language_code=language)
        if kind != "home":
            rows = rows.filter(url_path__endswith="come-and-talk/" + ("easy-read/" if kind == "easy_read" else ""))
        return rows.get()

    def checked(self, kind: str, language: str = "en", **changes: Any) -> Any:
        """The page with everything that the public may be promised about it, not saved."""
        page = self.page(kind, language)
        facts = {"made_how": "person", "checked_by": "Northbrook People First", "checked_on": "2026-11-01"}
        for name, value in {**facts, "check_method": "readers", **changes}.items():
            setattr(page, name, value)
        return page

    def read(self, address: str, **headers: str) -> Any:
        """What a reader gets at an address."""
        return self.reader.get(address, headers=headers)


@pytest.fixture
def site(public_pages: World) -> PublicSite:
    """The public site with the demonstration's pages."""
    return PublicSite(public_pages)


@pytest.fixture
def without_workflow(site: PublicSite) -> None:
    """A council that checks and signs, and sends nothing through a workflow: its two checks have tests of their own."""
    Workflow.objects.update(active=False)
