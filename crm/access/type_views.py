"""The council's list of types of access need."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from crm.access import permissions
from crm.access.actions import add_need_type, change_need_type
from crm.access.forms import NeedTypeForm, initial_of_type
from crm.access.models import NeedType
from crm.base.editing import EditPage
from crm.base.views import WorkspacePage, one_seen


class NeedTypeList(WorkspacePage):
    """Every type by kind and group, with what to do, and which are no longer offered."""

    permission = permissions.read_need_types
    template_name = "workspace/access/types.html"
    title = "Types of access need"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The whole list: a council has about a hundred."""
        types = list(NeedType.objects.visible_to(self.user).for_list())
        may_change = permissions.add_need_type(actor=self.user)
        return super().get_context_data(types=types, may_change=may_change, **kwargs)


class AddNeedType(EditPage):
    """Add a type."""

    permission = permissions.add_need_type
    template_name = "workspace/access/edit.html"
    title = "Add a type of need"

    def make_form(self, data: Any, subject: Any) -> NeedTypeForm:
        """What is stored, or what was sent."""
        return NeedTypeForm(data, initial=initial_of_type(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> NeedType:
        """Add it."""
        return add_need_type(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """The list."""
        return reverse("workspace:need-types")


class ChangeNeedType(AddNeedType):
    """Reword a type, or stop offering it."""

    permission = permissions.change_need_type
    title = "Change this type of need"

    def subject(self) -> NeedType:
        """The type."""
        found: NeedType = one_seen(self.user, NeedType, self.kwargs["pk"])
        return found

    def save(self, form: Any, subject: Any) -> NeedType:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_need_type(actor=self.user, need_type=subject, details=form.details(), expected_version=version)
