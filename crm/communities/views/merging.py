"""Letting a community go on under another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import one_seen
from crm.communities import permissions
from crm.communities.actions import merge_community
from crm.communities.forms import MergeForm
from crm.communities.models import Community
from crm.communities.rules import merged


class MergeCommunity(EditPage):
    """Merge a community into another; its page then says where it went."""

    permission = permissions.merge_community
    template_name = "workspace/communities/merge.html"
    title = "Merge this community into another"
    saved_words = "Merged. This page says where it went."

    def subject(self) -> Community:
        """The one that goes."""
        found: Community = one_seen(self.user, Community, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> MergeForm:
        """Which one stays, and why."""
        return MergeForm(data, initial={"version": subject.version}, community=subject, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was merged already."""
        return merged([subject], "")

    def save(self, form: MergeForm, subject: Any) -> Community:
        """Merge them."""
        said = form.cleaned_data
        return merge_community(
            actor=self.user,
            community=subject,
            into=said["into"],
            reason=said["reason"],
            expected_version=said["version"],
        )

    def address(self, subject: Any) -> str:
        """Its page."""
        return reverse("workspace:community", args=[subject.pk])
