"""Restricted records whose named readers have all left: an administrator names a new reader, without seeing a word.

The pages show when a record was entered, by which team and who could read it. Never a name of a person we know, never
what was said. Naming a reader is audited, and the new reader's reading is audited as every reading of these is.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.accounts.models import User
from crm.base.editing import EditPage
from crm.base.registries import Registry
from crm.base.rows import RowsForm
from crm.base.views import WorkspaceView, one_of
from crm.people import permissions
from crm.people.actions import name_reader_of_person
from crm.people.models import Person
from crm.people.readers import readers, without_readers

MOST = 200
# The lists there are, by their words and the name of their address; each shows the way to the others.
lost_lists: Registry[tuple[str, str]] = Registry("lists of records that nobody can read")


class LostList(WorkspaceView):
    """A list of such records: say the model and where a reader is named."""

    model: ClassVar[Any]
    title: ClassVar[str]
    name_reader: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        rows = without_readers(self.model.objects.all()).select_related("team", "locality")
        shown = {
            "title": self.title,
            "rows": rows.prefetch_related("named_readers")[:MOST],
            "name_reader": self.name_reader,
            "lists": list(lost_lists),
        }
        return render(request, "workspace/people/lost.html", shown)


class ReaderForm(RowsForm):
    """Who shall read it."""

    reader_named = forms.ModelChoiceField(
        label="Who may read it from now on?",
        help_text="They see it the next time they sign in, and can name others.",
        queryset=User.objects.none(),
        required=False,
        empty_label="Choose",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reader_named"]
        field.queryset = readers().order_by("name", "id")


class NameReader(EditPage):
    """Name a new reader of one record: say the model, the action, and the list to go back to."""

    template_name = "workspace/people/name_reader.html"
    title = "Name somebody who may read it"
    saved_words = "They may read it now."
    model: ClassVar[Any]
    list_name: ClassVar[str]

    def subject(self) -> Any:
        """The record; 404 unless nobody can read it."""
        return one_of(without_readers(self.model.objects.all()), pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> RowsForm:
        """Whom to choose."""
        return ReaderForm(data, initial={"version": subject.version}, reader=self.user)

    def address(self, subject: Any) -> str:
        """The list."""
        return reverse(self.list_name)


class LostPeople(LostList):
    """People nobody can read."""

    permission = permissions.find_lost_people
    model = Person
    title = "People nobody can read any more"
    name_reader = "workspace:name-reader-of-person"


class NameReaderOfPerson(NameReader):
    """Name a reader of one."""

    permission = permissions.name_reader_of_person
    model = Person
    list_name = "workspace:lost-people"

    def save(self, form: Any, subject: Any) -> Person:
        """Name them."""
        data = form.cleaned_data
        return name_reader_of_person(
            actor=self.user, person=subject, reader=data["reader_named"], expected_version=data["version"]
        )
