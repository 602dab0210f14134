"""What is said at a forum, one sentence after the other, until it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import one_seen
from engagement.forums.actions import desk
from engagement.forums.forms.holding import CaptureForm, captured_known
from engagement.forums.forms.verbs import SureForm
from engagement.forums.models import Captured, Forum
from engagement.forums.permissions import holding as permissions
from engagement.forums.reports.desk import name_raisers
from engagement.forums.rules.holding import blockers_to_the_desk
from engagement.forums.views.arrangements import mark_people
from engagement.forums.views.forums import OneForumPage, may_read_contact


class CapturePage(OneForumPage):
    """What is said, one sentence after the other. Saving leads back here."""

    permission = permissions.capture
    template_name = "workspace/forums/capture.html"
    title = "What is said"
    saved_words = "Written down. What comes next?"

    def make_form(self, data: Any, subject: Any) -> CaptureForm:
        """An empty sentence."""
        return CaptureForm(data, forum=subject, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """What looks like a personal detail."""
        return form.warnings()  # type: ignore[no-any-return]

    def save(self, form: Any, subject: Any) -> Forum:
        """Write it down."""
        desk.capture(actor=self.user, forum=subject, details=form.details())
        return subject  # type: ignore[no-any-return]

    def address(self, subject: Any) -> str:
        """Here again."""
        return reverse("workspace:capture", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """What stands already."""
        said = Captured.objects.visible_to(self.user).filter(forum=self.kwargs["pk"])
        rows: list[Any] = name_raisers(said.for_list(), self.user)
        mark_people(self.user, [row.raiser.person for row in rows if row.raiser])
        forum = Forum.objects.filter(pk=self.kwargs["pk"]).first()
        return {"captured": rows, "may_read": forum is not None and may_read_contact(forum, self.user)}


class OneCaptured(EditPage):
    """Something is done to one sentence."""

    template_name = "workspace/forums/captured.html"
    button = "Save"

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Its desk is not open."""
        return blockers_to_the_desk(subject.forum)

    def subject(self) -> Captured:
        """The row; 404 when it is hidden or missing."""
        found: Captured = one_seen(self.user, Captured, self.kwargs["pk"], "for_list")
        return found

    def address(self, subject: Any) -> str:
        """The page with the others."""
        return reverse("workspace:capture", args=[subject.forum_id])

    def shows(self) -> dict[str, Any]:
        """What the button says."""
        return {"button": self.button}


class ChangeCaptured(OneCaptured):
    """It is put right."""

    permission = permissions.change_captured
    title = "Change what was written down"

    def make_form(self, data: Any, subject: Any) -> CaptureForm:
        """What stands."""
        return CaptureForm(data, initial=captured_known(subject), forum=subject.forum, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """What looks like a personal detail."""
        return form.warnings()  # type: ignore[no-any-return]

    def save(self, form: Any, subject: Any) -> Captured:
        """Put it right."""
        details = form.details(before=subject.due_on)
        version = form.cleaned_data["version"]
        return desk.change_captured(actor=self.user, captured=subject, details=details, expected_version=version)


class DropCaptured(OneCaptured):
    """It is taken back."""

    permission = permissions.drop_captured
    title = "Take this back?"
    button = "Take it back"
    saved_words = "Taken back."

    def make_form(self, data: Any, subject: Any) -> SureForm:
        """Nothing to fill in."""
        return SureForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Captured:
        """Take it back."""
        desk.drop_captured(actor=self.user, captured=subject, expected_version=form.cleaned_data["version"])
        return subject  # type: ignore[no-any-return]
