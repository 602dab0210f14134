"""A step of the editor's workflow that named people take: a check that everybody can use a page, or that the people it
is for understand it. What they say they did is written down as a `Review`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState

from cms.models.base import PublicPage
from cms.models.newsroom import Review
from cms.versions import CheckMethod
from cms.words import mark_of
from crm.accounts.groups import may_edit_site


class ApproveForm(TaskStateCommentForm):
    """Who looked, and how. Heard fills in neither."""

    checked_by = forms.CharField(
        label="Who looked at it?", max_length=250, help_text="Names, if they agree to be named, or a group."
    )
    how = forms.CharField(
        label="How?",
        max_length=250,
        help_text="Like: keyboard and NVDA; or: read with 5 people with a learning disability.",
    )


class CommunityForm(ApproveForm):
    """Who of the people it is for read it."""

    check_method = forms.ChoiceField(label="In which way?", choices=CheckMethod.choices)


class NamedCheck(Task):
    """A check by named people. Whoever sent a page in does not pass it themselves."""

    kind = models.CharField("what they look for", max_length=10, choices=Review.Kind)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="who may pass it",
        help_text="Name people. Each must be able to open the editor.",
    )  # fmt: skip

    admin_form_fields = [*Task.admin_form_fields, "kind", "people"]
    admin_form_widgets = {"people": forms.CheckboxSelectMultiple}

    class Meta:
        verbose_name = "check by named people"
        verbose_name_plural = "checks by named people"

    @classmethod
    def get_description(cls) -> str:
        """As the list of kinds of step says it."""
        return "Named people look at the page and say who looked and how"

    def is_named(self, user: Any) -> bool:
        """Whether this colleague is one of them, and may still enter the editor today."""
        return may_edit_site(user) and self.people.filter(pk=user.pk).exists()

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Those who are named."""
        return self.is_named(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is being looked at, nobody else changes it."""
        return not self.is_named(user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """To pass it, saying who looked; or to ask for changes."""
        if not self.is_named(user):
            return []
        state = obj.current_workflow_state
        passing = [] if state is not None and state.requested_by_id == user.pk else [("approve", "Pass it", True)]
        return [("reject", "Ask for changes", True), *passing]

    def get_form_for_action(self, action: str) -> Any:
        """Passing asks who looked and how."""
        if action != "approve":
            return TaskStateCommentForm
        return CommunityForm if self.kind == Review.Kind.COMMUNITY else ApproveForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for this colleague."""
        if not self.is_named(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """As Wagtail's; what was passed is written down first."""
        if action_name == "approve":
            self._write_down(task_state, user, kwargs)
        said = {"comment": kwargs.get("comment", "")}
        return super().on_action(task_state, user, action_name, **said)

    def _write_down(self, task_state: Any, user: Any, said: dict[str, Any]) -> None:
        page = task_state.revision.as_object()
        if not isinstance(page, PublicPage):
            return
        if not (said.get("checked_by") and said.get("how")):
            raise PermissionDenied("Say who looked at it, and how.")
        Review.objects.create(
            kind=self.kind,
            page_id=page.pk,
            checked_by=said["checked_by"],
            how=said["how"],
            findings=said.get("comment", ""),
            mark=mark_of(page.words()),
            recorded_by=user,
        )
        if self.kind == Review.Kind.COMMUNITY:
            _put_on_the_page(task_state, page, user, said)


def _put_on_the_page(task_state: Any, page: PublicPage, user: Any, said: dict[str, Any]) -> None:
    """Who checked the page is part of the page: it stands in the draft that goes on, whose words the step before
    passed already."""
    page.checked_by, page.check_method = said["checked_by"], said.get("check_method", "")
    page.checked_on = Review.objects.filter(page_id=page.pk).latest("pk").checked_on
    task_state.revision = page.save_revision(user=user, changed=False)
    task_state.save(update_fields=["revision"])
    task_state.workflow_state.copy_approved_task_states_to_revision(task_state.revision)
