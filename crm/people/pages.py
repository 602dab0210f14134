"""Pages about one thing around a person: 404 when the person is hidden or missing, and back to them afterwards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property

from crm.base.editing import EditPage
from crm.base.permissions import about
from crm.base.rows import RowsForm
from crm.base.views import one_of, one_seen
from crm.people.models import Person


class PersonPartPage(EditPage):
    """Say which form, what to save, and in `lead` what an officer must know before they save."""

    template_name = "workspace/people/part.html"
    form_class: ClassVar[type[RowsForm]]
    lead: ClassVar[str] = ""

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The person."""
        return about(type(self).permission, self.person)

    @cached_property
    def person(self) -> Person:
        """The person."""
        found: Person = one_seen(self.user, Person, self.kwargs["pk"])
        return found

    def subject(self) -> Any:
        """Nothing is there yet; the person must be."""
        return self.person and None

    def make_form(self, data: Any, subject: Any) -> RowsForm:
        """An empty form, or what was sent."""
        return self.form_class(data, reader=self.user)

    def shows(self) -> dict[str, Any]:
        """Whom it is about."""
        return {"about": self.person, "lead": self.lead}

    def address(self, subject: Any) -> str:
        """The person's page."""
        return reverse("workspace:person", args=[self.person.pk])


class AroundPersonPage(EditPage):
    """A page about one record that hangs on a person: say its model, form and what to save."""

    template_name = "workspace/people/part.html"
    model: ClassVar[Any]
    form_class: ClassVar[type[RowsForm]]
    lead: ClassVar[str] = ""

    @cached_property
    def record(self) -> Any:
        """The record."""
        return one_of(self.model.objects.visible_to(self.user).select_related("person"), pk=self.kwargs["pk"])

    def subject(self) -> Any:
        """The record."""
        return self.record

    def initial(self, record: Any) -> dict[str, Any]:
        """What the form shows before anything is typed, beside the version."""
        return {}

    def make_form(self, data: Any, subject: Any) -> RowsForm:
        """What is stored, or what was sent."""
        return self.form_class(data, initial={"version": subject.version, **self.initial(subject)}, reader=self.user)

    def told(self, record: Any) -> str:
        """What stands in the record and must be known before it is decided on; empty when the form shows it."""
        return ""

    def shows(self) -> dict[str, Any]:
        """Whom it is about, and what stands there."""
        return {"about": self.record.person, "lead": self.lead, "told": self.told(self.record)}

    def address(self, subject: Any) -> str:
        """The person's page."""
        return reverse("workspace:person", args=[self.record.person_id])
