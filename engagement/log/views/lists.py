"""The lists that officers choose from when they log a contact: topics, barriers, kinds of support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.permissions import Permission
from crm.base.views import WorkspacePage, one_of
from engagement.log import actions, permissions
from engagement.log.list_forms import EntryForm, NewEntryForm, initial_of_entry
from engagement.log.models import AccessSupport, Barrier, KeptList, Topic


@dataclass(frozen=True)
class Section:
    """One list on the page: its name, what it is for, whose rows it shows, and the addresses that change it."""

    name: str
    about: str
    model: type[KeptList]
    adding: Permission
    one: str

    @property
    def add(self) -> str:
        """The name of the address that adds one."""
        return f"workspace:add-{self.one}"

    @property
    def change(self) -> str:
        """The name of the address that changes one."""
        return f"workspace:change-{self.one}"


SECTIONS = (
    Section("Topics", "What people talk about.", Topic, permissions.add_topic, "topic"),
    Section("Barriers", "What kept people from taking part.", Barrier, permissions.add_barrier, "barrier"),
    Section(
        "Access and language support", "What can be used at a meeting, like a BSL interpreter.",
        AccessSupport, permissions.add_access_support, "access-support",
    ),
)  # fmt: skip


class Lists(WorkspacePage):
    """All three, in the council's order, with what is no longer offered."""

    permission = permissions.read_lists
    template_name = "workspace/contacts/lists.html"
    title = "Lists to choose from"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The whole lists: each has a few dozen entries. One query for each."""
        lists = [
            {
                "section": section,
                "rows": list(section.model.objects.visible_to(self.user).for_list()),
                "may_keep": section.adding(actor=self.user),
            }
            for section in SECTIONS
        ]
        return super().get_context_data(lists=lists, **kwargs)


class _KeepsList(EditPage):
    """A page that adds or changes one entry of a list."""

    template_name = "workspace/contacts/list_entry.html"
    model: ClassVar[type[KeptList]]

    def subject(self) -> Any:
        """The entry; None for a new one."""
        key = self.kwargs.get("pk")
        return one_of(self.model.objects.visible_to(self.user), pk=key) if key else None

    def make_form(self, data: Any, subject: Any) -> NewEntryForm:
        """What is stored, or what was sent."""
        if subject is None:
            return NewEntryForm(data, reader=self.user)
        return EntryForm(data, initial=initial_of_entry(subject), reader=self.user)

    def address(self, subject: Any) -> str:
        """The lists."""
        return reverse("workspace:lists")


class AddTopic(_KeepsList):
    """Add a topic."""

    permission = permissions.add_topic
    model = Topic
    title = "Add a topic"

    def save(self, form: Any, subject: Any) -> Topic:
        """Add it."""
        return actions.add_topic(actor=self.user, **form.values_for_action())


class ChangeTopic(_KeepsList):
    """Rename, move or retire a topic."""

    permission = permissions.change_topic
    model = Topic
    title = "Change this topic"

    def save(self, form: Any, subject: Any) -> Topic:
        """Change it."""
        return actions.change_topic(actor=self.user, topic=subject, **form.values_for_action())


class AddBarrier(_KeepsList):
    """Add a barrier."""

    permission = permissions.add_barrier
    model = Barrier
    title = "Add a barrier"

    def save(self, form: Any, subject: Any) -> Barrier:
        """Add it."""
        return actions.add_barrier(actor=self.user, **form.values_for_action())


class ChangeBarrier(_KeepsList):
    """Rename, move or retire a barrier."""

    permission = permissions.change_barrier
    model = Barrier
    title = "Change this barrier"

    def save(self, form: Any, subject: Any) -> Barrier:
        """Change it."""
        return actions.change_barrier(actor=self.user, barrier=subject, **form.values_for_action())


class AddAccessSupport(_KeepsList):
    """Add a kind of support."""

    permission = permissions.add_access_support
    model = AccessSupport
    title = "Add access or language support"

    def save(self, form: Any, subject: Any) -> AccessSupport:
        """Add it."""
        return actions.add_access_support(actor=self.user, **form.values_for_action())


class ChangeAccessSupport(_KeepsList):
    """Rename, move or retire a kind of support."""

    permission = permissions.change_access_support
    model = AccessSupport
    title = "Change this access or language support"

    def save(self, form: Any, subject: Any) -> AccessSupport:
        """Change it."""
        return actions.change_access_support(actor=self.user, support=subject, **form.values_for_action())
