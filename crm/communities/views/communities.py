"""Communities: the nested list, one community, adding and changing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.glance import relationship
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.timeline import asked_for_page
from crm.base.views import WorkspaceView, one_of, one_row, one_seen
from crm.communities import permissions, reports
from crm.communities.actions import add_community, change_community, note_good_to_know
from crm.communities.filters import CommunityFilter
from crm.communities.forms import CommunityForm, GoodToKnowForm, initial_of, rows_of
from crm.communities.models import Community
from crm.communities.rules import merged


class CommunityList(Listing):
    """Communities, each under the one it lies in."""

    permission = permissions.read_communities
    template_name = "workspace/communities/list.html"
    title = "Communities"
    filterset = CommunityFilter
    shown_filters = ("kind", "within")

    def rows(self) -> Any:
        """What this reader may see."""
        return Community.objects.visible_to(self.user).current().for_list()

    def paged(self, rows: Any) -> Any:
        """25 topmost communities a page, each with all that lie in it."""
        return Paginator(reports.nested(rows), 25).get_page(self.request.GET.get("page"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader may add one."""
        return super().get_context_data(may_add=permissions.add_community(actor=self.user), **kwargs)


class CommunityPage(WorkspaceView):
    """One community: good to know, who speaks for it, what we heard."""

    permission = permissions.read_communities

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        community = one_row(reports.community_with_everything(self.user, pk))
        with asked_for_page(community, (reports.facts_of, self.user, community.pk), reader=self.user):
            shown = {
                "title": community.name,
                "community": community,
                "inside": [child for child in community.children.all() if not child.merged_into_id],
                "merged": [child for child in community.children.all() if child.merged_into_id],
                "may": self._may(community),
                "facts": reports.facts_about(community, reader=self.user),
                **relationship(community, reader=self.user),
            }
        return render(request, "workspace/communities/community.html", shown)

    def _may(self, community: Community) -> dict[str, bool]:
        """What this reader may do here. A row of the table is enough: the page was opened, so they see the community;
        and nothing more is done to one that went into another."""
        doing = {
            "change": permissions.change_community,
            "merge": permissions.merge_community,
            "note": permissions.note_good_to_know,
            "add_fact": permissions.add_community_fact,
            "end_fact": permissions.end_community_fact,
        }
        standing = community.merged_into_id is None
        return {name: standing and permission.row.open_to(self.user) for name, permission in doing.items()}


class AddCommunity(EditPage):
    """Add a community."""

    permission = permissions.add_community
    template_name = "workspace/communities/edit.html"
    title = "Add a community"
    saved_words = "The community is in the list."

    def make_form(self, data: Any, subject: Any) -> CommunityForm:
        """What is stored, or what was sent."""
        return CommunityForm(data, initial=initial_of(subject), rows=rows_of(subject), reader=self.user)

    def save(self, form: CommunityForm, subject: Any) -> Community:
        """Add it."""
        return add_community(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:community", args=[subject.pk]) if subject else reverse("workspace:communities")


class ChangeCommunity(AddCommunity):
    """Change a community."""

    permission = permissions.change_community
    title = "Change this community"
    saved_words = "Saved."

    def subject(self) -> Community:
        """The community."""
        rows = Community.objects.visible_to(self.user).prefetch_related("languages")
        found: Community = one_of(rows, pk=self.kwargs["pk"])
        return found

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was merged into another."""
        return merged([subject], "")

    def save(self, form: CommunityForm, subject: Any) -> Community:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_community(actor=self.user, community=subject, details=form.details(), expected_version=version)


class NoteGoodToKnow(EditPage):
    """Write what is good to know about a community: officers learn it at the door."""

    permission = permissions.note_good_to_know
    template_name = "workspace/communities/good_to_know.html"
    title = "Good to know"

    def subject(self) -> Community:
        """The community."""
        found: Community = one_seen(self.user, Community, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> GoodToKnowForm:
        """What stands there, or what was sent."""
        stored = {"good_to_know": subject.good_to_know, "version": subject.version}
        return GoodToKnowForm(data, initial=stored, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was merged into another."""
        return merged([subject], "")

    def save(self, form: Any, subject: Any) -> Community:
        """Save it."""
        words, version = form.cleaned_data["good_to_know"], form.cleaned_data["version"]
        return note_good_to_know(actor=self.user, community=subject, words=words, expected_version=version)

    def address(self, subject: Any) -> str:
        """Its page."""
        return reverse("workspace:community", args=[subject.pk])
