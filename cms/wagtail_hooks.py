"""Heard's own words in Wagtail's editor: why a page cannot go live, and which sentences are long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms import content_checks, shelves  # noqa: F401  # register themselves
from cms.agencies import begin_below_its_page, download_for_an_agency
from cms.easyread import remarks_on_page, rows_of
from cms.models import PublicPage
from cms.models.glossary import hard_words_in
from cms.rules import blockers_to_going_live, long_sentences
from cms.upkeep import failing_links, overdue_pages

# Parts of the editor that the public site does not use.
MOST_SHOWN = 8
UNUSED_MENU = frozenset({"help", "snippets"})
MOST_REMARKS = 6


class Upkeep(Component):
    """Pages to look at again, and links that fail."""

    name = "upkeep"
    order = 10
    template_name = "cms_editor/upkeep.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The first of each."""
        return {"overdue": overdue_pages()[:MOST_SHOWN], "failing": list(failing_links()[:MOST_SHOWN])}


@hooks.register("before_publish_page")
def say_what_is_missing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Back to the editor with every reason, before Wagtail tries and fails. The draft is kept."""
    blockers = blockers_to_going_live(page) if isinstance(page, PublicPage) else []
    if not blockers:
        return None
    for blocker in blockers:
        messages.error(request, blocker.words)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page")
def say_that_its_source_moved_on(request: HttpRequest, page: Any) -> None:
    """Whoever opens a version for editing is told first that what it was made from says something else now."""
    if request.method == "GET" and isinstance(page, PublicPage) and page.is_stale:
        messages.warning(request, f"What this was made from has changed: {page.made_from}. Bring it up to date.")


@hooks.register("before_bulk_action")
def say_what_is_missing_of_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Publishing several pages at once: none goes live while one of them cannot, and each is named with its reasons."""
    pages = [one.specific for one in objects] if action_type == "publish" else []
    waiting = [page.get_latest_revision_as_object() for page in pages if isinstance(page, PublicPage)]
    missing = [(page, blockers) for page in waiting if (blockers := blockers_to_going_live(page))]
    for page, blockers in missing:
        messages.error(request, f"{page.title}: {' '.join(blocker.words for blocker in blockers)}")
    return redirect("wagtailadmin_explore_root") if missing else None


@hooks.register("construct_main_menu")
def lead_to_versions(request: HttpRequest, menu_items: list[Any]) -> None:
    """How every version of every message stands lies in the workspace; the editor leads there."""
    menu_items.append(MenuItem("Versions of pages", reverse("workspace:versions"), icon_name="history", order=250))


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def say_what_to_look_at(request: HttpRequest, page: Any) -> None:
    """Easy Read: what to look at again, the first few at a time. Nothing of it keeps the page from being saved."""
    if not (isinstance(page, PublicPage) and page.is_easy_read):
        return
    remarks = remarks_on_page(rows_of(page.sections), language=page.language, glossary=hard_words_in(page.language))
    said = [str(remark) for remark in remarks]
    said += [f"The heading is long. Make it shorter: {title}" for title in long_sentences(page.headings())]
    for words in said[:MOST_REMARKS]:
        messages.warning(request, f"Easy Read: {words}")
    if len(said) > MOST_REMARKS:
        messages.warning(
            request, f"Easy Read: {len(said) - MOST_REMARKS} more. The checks beside the preview show all."
        )


@hooks.register("register_admin_urls", order=-1)
def files_for_agencies() -> list[URLPattern]:
    """Before Wagtail Localize's own: its PO file knows nothing of agreed words, and it begins below a page that is not
    there."""
    download = "localize/translate/<int:translation_id>/pofile/download/"
    return [
        path(download, download_for_an_agency, name="download_for_an_agency"),
        path("localize/submit/page/<int:page_id>/", begin_below_its_page, name="begin_below_its_page"),
    ]


@hooks.register("construct_homepage_panels")
def what_needs_somebody(request: HttpRequest, panels: list[Any]) -> None:
    """On the editor's first page: pages to look at again, and links that fail."""
    panels.insert(0, Upkeep())


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what nobody here needs."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU]
