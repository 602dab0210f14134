"""Pages whose news comes from the record: Wagtail says the words around it, the record owns the facts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.group_form import FindGroupForm
from cms.living import Wanted, coming_forums, groups_listed, open_calls
from cms.models.base import MessagePage, shown_children, tabs
from crm.areas.models import Area, AreaKind
from crm.counting.figures import says_how_it_changes, says_the_rule
from engagement.coproduction.telling.reports.you_said import you_said
from engagement.forums.models import Forum

SHOWN = 25  # groups on the page of the directory; the others come after


class ForumPage(MessagePage):
    """What one forum is about, in every format. Day, place and whether it was cancelled come from the record."""

    forum = models.ForeignKey(
        Forum, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Only a forum that is open to the public is shown.",
    )  # fmt: skip

    template = "public/forum_page.html"
    edit_handler = tabs("summary", "body", facts=("forum",))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the forum, if the public may know of it."""
        rows = Forum.objects.public().select_related("venue").prefetch_related("communities")
        forum = rows.filter(pk=self.forum_id).first() if self.forum_id else None
        return {**super().get_context(request, *args, **kwargs), "forum": forum}


class ForumsPage(MessagePage):
    """The forums that are coming."""

    template = "public/forums_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the forums."""
        return {**super().get_context(request, *args, **kwargs), "forums": coming_forums()}


class PanelsPage(MessagePage):
    """Panels, and those that look for new members today."""

    template = "public/panels_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the calls that take applications today."""
        return {**super().get_context(request, *args, **kwargs), "calls": open_calls()}


class DirectoryPage(MessagePage):
    """The directory of community groups and networks."""

    template = "public/directory_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the first groups by name, and the form that narrows them down."""
        rows = list(groups_listed(Wanted())[: SHOWN + 1])
        shows = {"groups": rows[:SHOWN], "more": len(rows) > SHOWN, "form": FindGroupForm()}
        return {**super().get_context(request, *args, **kwargs), **shows}


class YouSaidPage(MessagePage):
    """What we asked, what people said, and what we did or could not do."""

    template = "public/you_said_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the lines in the page's language and the figures: those of the public endpoint."""
        told = you_said(str(get_language()))
        rules = {"rule": says_the_rule(), "public_rule": says_how_it_changes()}
        more = {"told": told, **rules, "promises": settings.PUBLIC_PROMISES}
        return {**super().get_context(request, *args, **kwargs), **more}


class LocalityPage(MessagePage):
    """The landing page of one locality: its forums, and the pages that only concern it."""

    locality = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", limit_choices_to=Q(kind=AreaKind.LOCALITY)
    )

    template = "public/locality_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "cms.InformationPage", "cms.NewsPage", "cms.ForumPage", "cms.ReportPage", "cms.ContactPage", "cms.EasyReadPage",
    ]  # fmt: skip
    edit_handler = tabs("summary", "body", facts=("locality",))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the forums of the locality and the pages below."""
        forums = coming_forums(locality=self.locality_id) if self.locality_id else []
        pages = [page for page in shown_children(self) if not page.is_easy_read]
        return {**super().get_context(request, *args, **kwargs), "forums": forums, "pages": pages}
