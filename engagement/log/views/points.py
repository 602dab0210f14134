"""Points: adding one later, correcting one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from crm.base.views import one_of
from engagement.log import permissions
from engagement.log.actions import add_point, correct_point
from engagement.log.desk_forms import CorrectPointForm, PointForm
from engagement.log.details import PointDetails
from engagement.log.models import EngagementEvent, Point
from engagement.log.views.one_contact import OneForm


class AddPoint(OneForm):
    """Another thing people told us."""

    permission = permissions.add_point
    title = "Add what people told you"

    def make_form(self, data: Any, event: EngagementEvent) -> PointForm:
        """An empty point, with what the page of logging takes for granted."""
        plain = PointDetails("")
        initial = {name: getattr(plain, name) for name in ("kind", "wording", "voice", "quoting")}
        return PointForm(data, initial=initial, event=event, reader=self.user)

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Add it."""
        add_point(actor=self.user, event=event, point=form.details())
        return "Added."


class CorrectPoint(OneForm):
    """A point, put right."""

    permission = permissions.correct_point
    title = "Correct what people told you"

    def point(self, event: EngagementEvent) -> Point:
        """The point, of this contact."""
        found: Point = one_of(event.points.all(), pk=self.kwargs["point"])
        return found

    def get(self, request: HttpRequest, pk: Any, point: Any) -> Any:  # type: ignore[override]
        """The form."""
        return super().get(request, pk)

    def post(self, request: HttpRequest, pk: Any, point: Any) -> Any:  # type: ignore[override]
        """Correct it."""
        return super().post(request, pk)

    def make_form(self, data: Any, event: EngagementEvent) -> CorrectPointForm:
        """The point as it is."""
        point = self.point(event)
        initial = {name: getattr(point, name) for name in PointForm.base_fields if name != "raised_by"}
        initial["raised_by"] = point.raised_by.person_id if point.raised_by else None
        return CorrectPointForm(data, initial=initial, event=event, reader=self.user)

    def changes(self, event: EngagementEvent) -> Point:
        """The point."""
        return self.point(event)

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Correct it."""
        point = self.point(event)
        correct_point(
            actor=self.user,
            event=event,
            point=point,
            corrected=form.details(unseen_raiser_of=point),
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
        )
        return "Corrected."
