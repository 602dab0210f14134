"""A sheet to print before a visit: one page, with what to get right first. It shows no more than the reader may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from crm.base.glance import relationship
from crm.base.timeline import asked_for_page
from crm.base.views import WorkspaceView, one_of, one_seen
from crm.communities.models import Community
from crm.communities.permissions import read_communities
from crm.communities.reports import facts_about
from crm.organisations.models import Organisation
from crm.organisations.permissions import read_organisations
from crm.people.actions import read_restricted_people
from crm.people.flags import show_flags
from crm.people.loading import flag_parts
from crm.people.models import Person
from crm.people.permissions import read_people
from crm.people.safety import ways_of

LAST_CONTACTS = 3


class Sheet(WorkspaceView):
    """The sheet of one record. Say which record, and what its own part shows."""

    template_name: str

    def subject(self) -> Any:
        """The record; 404 when it is hidden or missing."""
        raise NotImplementedError(type(self).__name__)

    def shows(self, subject: Any) -> dict[str, Any]:
        """What the part of its own shows."""
        return {}

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The sheet, with who printed it and when."""
        subject = self.subject()
        with asked_for_page(subject, reader=self.user):
            about = relationship(subject, reader=self.user)
        shown = {
            "title": subject.name,
            "subject": subject,
            "glance": about["glance"],
            "cards": [card for card in about["cards"] if card.on_paper],
            "timeline": [entry for entry in about["timeline"] if not entry.struck][:LAST_CONTACTS],
            "printed_at": timezone.now(),
            **self.shows(subject),
        }
        return render(request, self.template_name, shown)


class PersonSheet(Sheet):
    """Before a visit to a person. Numbers and addresses stay off the paper: paper gets lost. Printing somebody who is
    restricted is a reading of them, and audited as one."""

    permission = read_people
    template_name = "workspace/sheets/person.html"

    def subject(self) -> Person:
        """The person."""
        rows = Person.objects.visible_to(self.user).for_list()
        rows = rows.with_parts("ways", "hats", *flag_parts)
        person: Person = one_of(rows, pk=self.kwargs["pk"])
        if person.restricted:
            read_restricted_people(actor=self.user, people=[person])
        return person

    def shows(self, subject: Person) -> dict[str, Any]:
        """What must be got right, the ways that are open or closed, and who interprets."""
        show_flags([subject], reader=self.user)
        return {"ways": ways_of(subject)}


class GroupSheet(Sheet):
    """Before a visit to a group."""

    permission = read_organisations
    template_name = "workspace/sheets/group.html"

    def subject(self) -> Organisation:
        """The group."""
        rows = Organisation.objects.visible_to(self.user).for_list().prefetch_related("languages")
        found: Organisation = one_of(rows, pk=self.kwargs["pk"])
        return found


class CommunitySheet(Sheet):
    """Before a meeting with a community."""

    permission = read_communities
    template_name = "workspace/sheets/community.html"

    def subject(self) -> Community:
        """The community."""
        found: Community = one_seen(self.user, Community, self.kwargs["pk"], "for_page")
        return found

    def shows(self, subject: Community) -> dict[str, Any]:
        """What is known about working with them."""
        return {"facts": facts_about(subject, reader=self.user)}
