"""Invitations to forums and their answers: `/api/v1/invitations/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, number, one_of, text
from api.v1 import examples
from api.v1.about_person import WithPerson
from api.v1.contacts import ONLY_READ, with_readable
from api.v1.people import with_flags
from api.v1.people_shapes import FlagOut
from api.views import Item, Named, Operation, Output, Row, Verb, named
from crm.access.models import NeedType
from crm.base.models import Record
from crm.base.rules import Blocker, InputBlocked
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from crm.sending.models import Format
from engagement.forums.actions.answers import record_answer
from engagement.forums.actions.invitations import invite, log_what_was_said, renew_link, set_letter_form
from engagement.forums.answers import answer_of
from engagement.forums.invitation_filters import InvitationFilter
from engagement.forums.models import Forum, HelpAsked, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.vocabulary import Answer

PLAIN = (
    "answer", "answered_how", "answered_at", "why_not", "to_say", "help_words", "guests_supporters", "guests_others",
    "keep_needs", "place", "offered_until", "wish", "reminded_on",
)  # fmt: skip
TO_ONE = Blocker("nobody_chosen", "Choose one person or one group to invite", "person")


class InvitationInput(Input):
    """Whom to invite, and to what."""

    forum = Link(Forum, required=True)
    person = Link(Person, allow_null=True)
    organisation = Link(Organisation, allow_null=True)


class AnswerInput(Input):
    """What somebody told us. Send what is different."""

    always = ("answer",)
    answer = choice(Answer)
    how = one_of(["phone", "letter"], required=False, help_text="How they told us; by `phone` at first.")
    why_not = text(300, help_text="If they wish to say.")
    to_say = text(5000, help_text="Of somebody who cannot come, in their words.")
    help_asked = Links(NeedType, help_text="What would help them take part.")
    help_words = text(500, help_text="Something else that would help.")
    guests_supporters = number(help_text="Supporters who come with them.")
    guests_others = number(help_text="Others who come with them.")
    keep_needs = choice(Invitation.Keep)


class InvitationOut(Output):
    """An invitation and its answer."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named()
    person = Named(allow_null=True)
    get_right = FlagOut(many=True, help_text="What must be got right about the person. Show it before anything else.")
    organisation = Named(allow_null=True)
    panel = Named(allow_null=True, help_text="The panel through which the person was invited.")
    name = serializers.CharField(help_text="Of a guest, what they want to be called.")
    answer = serializers.CharField(help_text="`none`, `yes`, `maybe`, `no` or `cannot_but_say`.")
    answered_how = serializers.CharField(help_text="`page`, `calendar`, `phone` or `letter`; empty before.")
    answered_at = serializers.DateTimeField(allow_null=True)
    why_not = serializers.CharField()
    to_say = serializers.CharField(help_text="Empty once it was logged as a contact.")
    said = serializers.UUIDField(allow_null=True, help_text=f"The contact it was logged as. {ONLY_READ}")
    help_asked = Named(many=True)
    help_words = serializers.CharField()
    guests_supporters = serializers.IntegerField()
    guests_others = serializers.IntegerField()
    keep_needs = serializers.CharField(help_text="`keep` or `delete`.")
    place = serializers.CharField(help_text="`none`, `has`, `waiting` or `offered`.")
    offered_until = serializers.DateTimeField(allow_null=True)
    wish = serializers.CharField(help_text="Another time that their calendar asked for.")
    told = serializers.BooleanField(help_text="Whether we wrote to them.")
    reminded_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}70", "version": 2, "forum": {"id": f"{examples.ID}71", "name": "Care at home"},
    "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"}, "get_right": [], "organisation": None, "panel": None,
    "name": "Parveen Begum", "answer": "yes", "answered_how": "page", "answered_at": examples.WHEN, "why_not": "",
    "to_say": "", "said": None, "help_asked": [{"id": f"{examples.ID}72", "name": "BSL interpreter"}], "help_words": "",
    "guests_supporters": 1, "guests_others": 0, "keep_needs": "delete", "place": "has", "offered_until": None,
    "wish": "", "told": True, "reminded_on": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def with_help(rows: QuerySet[Any], reader: Any) -> QuerySet[Any]:
    """With names, and what would help where the reader may know it."""
    asked = HelpAsked.objects.visible_to(reader).select_related("type")
    shown = with_readable(rows, reader, "said")
    return shown.select_related("forum", "person", "organisation", "panel").prefetch_related(
        Prefetch("help_asked", queryset=asked)
    )


def as_row(row: Any) -> Row:
    """An invitation as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        "forum": named(row.forum),
        "person": named(row.person),
        "organisation": named(row.organisation),
        "panel": named(row.panel),
        "name": row.name,
        **{name: getattr(row, name) for name in PLAIN},
        "said": row.said_id if row.event_readable else None,
        "help_asked": [named(one.type) for one in row.help_asked.all()],
        "told": row.told_sequence is not None,
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


def note_reading(reader: Any, rows: Sequence[Any]) -> None:
    """Leave the trail of restricted people."""
    restricted = {row.person_id: row.person for row in rows if row.person_id and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


class Invitations(WithPerson):
    """Who is invited to what."""

    model = Invitation
    item_name = "invitation"
    filter_class = InvitationFilter
    permissions_by_method = {"GET": permissions.read_invitations, "POST": permissions.invite}
    operations = {
        "GET": Operation("List invitations", "To people the reader may see, groups and guests; champions see who comes "
                         "to their forums.", gives=InvitationOut, example=EXAMPLE),
        "POST": Operation("Invite a person or a group", "Once: again gives the invitation that stands. Nothing is sent "
                          "yet.", takes=InvitationInput, status=201,
                          example={"forum": f"{examples.ID}71", "person": f"{examples.ID}10"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and help."""
        return with_help(rows, self.reader)

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Without guests who said nothing."""
        return rows.exclude(person=None, organisation=None, answer=Answer.NONE)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """2 queries for what must be got right, and the trail."""
        note_reading(self.reader, rows)
        return with_flags([as_row(row) for row in rows], [row.person for row in rows], self.reader)

    def create(self, values: dict[str, Any]) -> Record:
        """Invite. Who is invited already stays invited."""
        person, group = values.get("person"), values.get("organisation")
        if (person is None) == (group is None):
            raise InputBlocked([TO_ONE])
        made = invite(
            actor=self.reader, forum=values["forum"], people=[person] if person else [],
            organisations=[group] if group else [],
        )  # fmt: skip
        return made[0] if made else Invitation.objects.get(forum=values["forum"], person=person, organisation=group)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Invite."""
        return self.add()


class InvitationItem(Item):
    """One invitation."""

    model = Invitation
    item_name = "invitation"
    beside = True
    permissions_by_method = {"GET": permissions.read_invitations}
    operations = {"GET": Operation("Read an invitation", gives=InvitationOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and help."""
        return with_help(rows, self.reader)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        note_reading(self.reader, [row])
        return with_flags([as_row(row)], [row.person], self.reader)[0]

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class InvitationVerb(Verb):
    """Something that is done with one invitation."""

    model = Invitation
    item_name = "invitation"


class RecordAnswer(InvitationVerb):
    """Write down an answer."""

    permissions_by_method = {"POST": permissions.record_answer}
    operations = {
        "POST": Operation("Write down an answer", "What somebody told us by phone, by letter or in person.",
                          takes=AnswerInput, example={"answer": "yes", "how": "phone", "guests_supporters": 1})
    }  # fmt: skip

    def act(self, record: Invitation, values: dict[str, Any], expected_version: int | None) -> Record:
        """Write it down."""
        how = values.pop("how", Invitation.How.PHONE)
        details = replace(answer_of(record), **values)
        return record_answer(
            actor=self.reader, invitation=record, details=details, how=how, expected_version=expected_version
        )


class LetterFormInput(Input):
    """In which form and language they are written to."""

    form = choice(Format, allow_blank=True, help_text="Empty: as their record says.")
    language = Link(Language, allow_null=True, help_text="Null: as their record says.")


class SetLetterForm(InvitationVerb):
    """The form of letters."""

    permissions_by_method = {"POST": permissions.set_letter_form}
    operations = {
        "POST": Operation("Choose language and form of letters about a forum", takes=LetterFormInput,
                          example={"form": "easy_read"})
    }  # fmt: skip

    def act(self, record: Invitation, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        known = {"form": record.format, "language": record.language}
        return set_letter_form(
            actor=self.reader, invitation=record, **{**known, **values}, expected_version=expected_version
        )


class RenewLink(InvitationVerb):
    """A new link."""

    permissions_by_method = {"POST": permissions.renew_link}
    operations = {"POST": Operation("Give an invitation a new link", "The one before leads nowhere from now on.")}

    def act(self, record: Invitation, values: dict[str, Any], expected_version: int | None) -> Record:
        """End the old one."""
        return renew_link(actor=self.reader, invitation=record, expected_version=expected_version)


class LogWords(InvitationVerb):
    """Log what somebody said who cannot come."""

    item_name = "event"
    permissions_by_method = {"POST": permissions.log_what_was_said}
    operations = {
        "POST": Operation("Log what somebody said who cannot come", "Gives the contact, with their words as a point.")
    }

    def act(self, record: Invitation, values: dict[str, Any], expected_version: int | None) -> Record:
        """As a contact."""
        return log_what_was_said(actor=self.reader, invitation=record, expected_version=expected_version)
