"""People: the list, one person, adding and changing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.editing import EditPage
from crm.base.glance import relationship
from crm.base.kept import kept
from crm.base.listing import Listing
from crm.base.naming import Lookalike, names_like
from crm.base.timeline import asked_for_page
from crm.base.views import WorkspaceView, one_of, one_row
from crm.organisations.models import Organisation
from crm.people import permissions
from crm.people.actions import add_person, change_person
from crm.people.filters import PersonFilter, narrowings
from crm.people.flags import asked_of_flags, show_flags
from crm.people.forms import PersonForm, initial_of, rows_of
from crm.people.loading import flag_parts, page_parts
from crm.people.marks import mark_restricted_people
from crm.people.models import Person
from crm.people.safety import ways_of


class PersonList(Listing):
    """People by name, narrowed by place and language."""

    permission = permissions.read_people
    template_name = "workspace/people/list.html"
    title = "People"
    filterset = PersonFilter
    shown_filters = ("locality", "area", "language", "hat")

    def offered(self) -> tuple[str, ...]:
        """Those of this list, and for the office those of rooms above."""
        more = narrowings.names() if holds(self.user, OFFICE_ROLES) else []
        return (*self.shown_filters, *more)

    def rows(self) -> Any:
        """Whom this reader may see."""
        return Person.objects.visible_to(self.user).for_list().with_parts(*flag_parts)

    def paged(self, rows: Any) -> Any:
        """One page, each person with what must be got right; whoever is shown restricted people leaves a mark."""
        page = super().paged(rows)
        mark_restricted_people(self.user, page)
        show_flags(page, reader=self.user)
        return page


@kept
def person_with_everything(reader: Actor, pk: UUID) -> Any:
    """A person with all that their page shows."""
    rows = Person.objects.visible_to(reader).for_list().filter(pk=pk)
    return rows.with_parts("ways", "hats", "named_readers", *flag_parts, *page_parts)[:1]


class PersonPage(WorkspaceView):
    """One person: what must never happen first, then how to reach them, then what they told us."""

    permission = permissions.read_people

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        person = one_row(person_with_everything(self.user, pk))
        mark_restricted_people(self.user, [person])
        roles = person.roles.all()
        with asked_for_page(person, *asked_of_flags(self.user, [person.pk]), reader=self.user):
            show_flags([person], reader=self.user)
            shown = {
                "title": person.name,
                "person": person,
                "ways": ways_of(person),
                "groups_seen": Organisation.objects.seen_among(self.user, [one.organisation_id for one in roles]),
                **relationship(person, reader=self.user),
            }
        return render(request, "workspace/people/person.html", shown)


class AddPerson(EditPage):
    """Add a person."""

    permission = permissions.add_person
    template_name = "workspace/people/edit.html"
    title = "Add a person"
    saved_words = "The person is saved."

    def make_form(self, data: Any, subject: Any) -> PersonForm:
        """What is stored, or what was sent."""
        return PersonForm(data, initial=initial_of(subject), rows=rows_of(subject, self.user), reader=self.user)

    def warnings(self, form: PersonForm, subject: Any) -> list[Lookalike]:
        """People of a name like theirs, of those this reader may see."""
        return names_like("person", form.cleaned_data["name"], reader=self.user, besides=subject)

    def save(self, form: PersonForm, subject: Any) -> Person:
        """Add them."""
        return add_person(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Their page, or the list."""
        return reverse("workspace:person", args=[subject.pk]) if subject else reverse("workspace:people")


class ChangePerson(AddPerson):
    """Change a person."""

    permission = permissions.change_person
    title = "Change this person"
    saved_words = "Saved."

    def subject(self) -> Person:
        """The person. The form shows every way to reach them: opening it for a restricted person leaves a mark."""
        rows = Person.objects.visible_to(self.user).with_parts(
            "ways", "language_uses", "roles__organisation", "hats", "safe_rules", "named_readers"
        )
        found: Person = one_of(rows, pk=self.kwargs["pk"])
        if self.request.method == "GET":
            mark_restricted_people(self.user, [found])
        return found

    def warnings(self, form: PersonForm, subject: Any) -> list[Lookalike]:
        """People of a name like theirs, when the name is a new one."""
        return super().warnings(form, subject) if form.cleaned_data["name"].strip() != subject.name else []

    def save(self, form: PersonForm, subject: Any) -> Person:
        """Change them."""
        version = form.cleaned_data["version"]
        return change_person(actor=self.user, person=subject, details=form.details(), expected_version=version)
