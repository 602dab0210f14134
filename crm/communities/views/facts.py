"""What is known about working with a community: adding to it, their own words beside ours, and what is over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import one_of, one_seen
from crm.communities import permissions, rules
from crm.communities.actions import add_community_fact, correct_community_fact, end_community_fact
from crm.communities.fact_forms import CorrectFactForm, EndFactForm, FactForm
from crm.communities.models import Community, CommunityFact


class AddFact(EditPage):
    """Write down one thing to know about a community."""

    permission = permissions.add_community_fact
    template_name = "workspace/communities/fact.html"
    title = "Add something to know"
    saved_words = "Saved. It stands on the community's page."

    def subject(self) -> Community:
        """The community."""
        found: Community = one_seen(self.user, Community, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> FactForm:
        """An empty one, or what was sent."""
        return FactForm(data, reader=self.user)

    def save(self, form: FactForm, subject: Any) -> CommunityFact:
        """Write it down."""
        return add_community_fact(actor=self.user, community=subject, details=form.details())

    def address(self, subject: Any) -> str:
        """The community's page."""
        return reverse("workspace:community", args=[getattr(subject, "community_id", subject.pk)])


class CorrectFact(AddFact):
    """Put what the community says beside what stands there."""

    permission = permissions.correct_community_fact
    title = "What does the community say?"
    saved_words = "Saved. Both stand on the community's page."

    def subject(self) -> Any:
        """What stands there."""
        rows = CommunityFact.objects.visible_to(self.user).select_related("community")
        return one_of(rows, pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> FactForm:
        """An empty one, or what was sent."""
        return CorrectFactForm(data, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_changing_fact(subject)

    def save(self, form: FactForm, subject: Any) -> CommunityFact:
        """Put it beside."""
        return correct_community_fact(actor=self.user, fact=subject, details=form.details())


class EndFact(CorrectFact):
    """Say that something is no longer true."""

    permission = permissions.end_community_fact
    title = "This is no longer true"
    saved_words = "Marked as no longer true."

    def make_form(self, data: Any, subject: Any) -> Any:
        """The reason, and the version that was read."""
        return EndFactForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> CommunityFact:
        """End it."""
        said = form.cleaned_data
        return end_community_fact(
            actor=self.user, fact=subject, reason=said["reason"], expected_version=said["version"]
        )
