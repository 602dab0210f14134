"""Frameworks: the list, one edition, a new one, the end of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.coproduction.frameworks import actions, permissions, rules
from engagement.coproduction.frameworks.filters import FrameworkFilter
from engagement.coproduction.frameworks.forms import EndFrameworkForm, FrameworkForm
from engagement.coproduction.frameworks.models import Framework


class FrameworkList(Listing):
    """Frameworks by name, the newest edition first."""

    permission = permissions.read_frameworks
    template_name = "workspace/coproduction/frameworks.html"
    title = "Frameworks"
    filterset = FrameworkFilter
    shown_filters = ("current",)

    def rows(self) -> Any:
        """All of them."""
        return Framework.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And what may be done."""
        return super().get_context_data(may_add=permissions.add_framework(actor=self.user), **kwargs)


class FrameworkPage(WorkspaceView):
    """One edition: its parts, and the parts of other frameworks that say the same."""

    permission = permissions.read_frameworks

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        framework = one_of(Framework.objects.visible_to(self.user).with_parts_in_order(), pk=pk)
        may_end = framework.last_day is None and permissions.end_framework(actor=self.user)
        shown = {"title": framework.name, "framework": framework, "may_end": may_end}
        return render(request, "workspace/coproduction/framework.html", shown)


class AddFramework(EditPage):
    """A framework of the council's own, or a new edition of one."""

    permission = permissions.add_framework
    template_name = "workspace/coproduction/edit.html"
    title = "Add a framework"

    def make_form(self, data: Any, subject: Any) -> FrameworkForm:
        """Empty."""
        return FrameworkForm(data, initial={"first_day": timezone.localdate()}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Framework:
        """Add it."""
        return actions.add_framework(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:framework", args=[subject.pk]) if subject else reverse("workspace:frameworks")


class EndFramework(AddFramework):
    """An edition holds no more."""

    permission = permissions.end_framework
    title = "This edition holds no more"

    def subject(self) -> Framework:
        """The edition."""
        found: Framework = one_seen(self.user, Framework, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Its last day."""
        initial = {"version": subject.version, "last_day": timezone.localdate()}
        return EndFrameworkForm(data, initial=initial, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It holds no more."""
        return rules.blockers_to_ending(subject, None)

    def save(self, form: Any, subject: Any) -> Framework:
        """End it."""
        data = form.cleaned_data
        return actions.end_framework(
            actor=self.user, framework=subject, last_day=data["last_day"], expected_version=data["version"]
        )

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {
            "lead": "What was linked to it stays linked, and counts for parts of other frameworks that say the same."
        }
