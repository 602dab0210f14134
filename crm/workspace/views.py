"""Home and help."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from crm.accounts import permissions
from crm.base.permissions import Row
from crm.base.timeline import cards_of_home
from crm.base.views import WorkspacePage


class Home(WorkspacePage):
    """What an officer sees first: today, promises with the late ones first, communities gone quiet."""

    permission = permissions.open_workspace
    template_name = "workspace/home.html"
    title = "Home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The cards of every room that has something for this reader."""
        return super().get_context_data(cards=cards_of_home(self.user), **kwargs)


class OpenPage(TemplateView):
    """A page of words that anyone may read: help, accessibility, privacy."""

    row: Row = permissions.PUBLIC_PAGE
    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the title."""
        return super().get_context_data(title=self.title, **kwargs)
