"""Heard's own words in Wagtail's editor: why a page cannot go live, and which sentences are long."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks

from cms.models import PublicPage
from cms.rules import blockers_to_going_live, long_sentences

# Parts of the editor that the public site does not use.
UNUSED_MENU = frozenset({"documents", "images", "help", "reports", "snippets"})


@hooks.register("before_publish_page")
def say_what_is_missing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Back to the editor with every reason, before Wagtail tries and fails. The draft is kept."""
    blockers = blockers_to_going_live(page) if isinstance(page, PublicPage) else []
    if not blockers:
        return None
    for blocker in blockers:
        messages.error(request, blocker.words)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def warn_of_long_sentences(request: HttpRequest, page: Any) -> None:
    """Easy Read: name the sentences with more than 15 words."""
    if isinstance(page, PublicPage) and page.is_easy_read:
        for sentence in long_sentences(page.words()):
            messages.warning(request, f"Easy Read: this sentence is long. Make two of it: {sentence}")


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what nobody here needs."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU]
