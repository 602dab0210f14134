"""Jobs for forums, and what a forum can offer: `/api/v1/jobs/`, `/api/v1/offer-kinds/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from engagement.forums.actions import jobs as actions
from engagement.forums.filters import JobFilter
from engagement.forums.models import Job, OfferKind
from engagement.forums.permissions import forums as permissions

KIND = ("key", "name", "group", "hint", "job_words", "lead_days", "in_languages", "venue_fact")


class GiveInput(Input):
    """To whom."""

    owner = Link(User, required=True, help_text="Who does it from now on.")


class JobOut(Output):
    """A job."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named(help_text="A colleague who was given the job may not see more of it.")
    words = serializers.CharField()
    due_on = serializers.DateField()
    owner = Named()
    is_late = serializers.BooleanField()
    done_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


JOB: dict[str, Any] = {
    "id": f"{examples.ID}63", "version": 1, "forum": {"id": f"{examples.ID}60", "name": "Care at home"},
    "words": "Book 2 BSL interpreters", "due_on": "2026-12-15", "owner": examples.OFFICER, "is_late": False,
    "done_on": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(job: Job) -> Row:
    """A job as it goes out."""
    return {
        "id": job.pk,
        "version": job.version,
        **{name: getattr(job, name) for name in ("words", "due_on", "is_late", "done_on", "created_at", "modified_at")},
        "forum": named(job.forum),
        "owner": named(job.owner),
    }


class Jobs(Collection):
    """Jobs, those made last first."""

    model = Job
    item_name = "job"
    filter_class = JobFilter
    permissions_by_method = {"GET": permissions.read_jobs}
    operations = {"GET": Operation("List jobs for forums", "`open=true`: still to do.", gives=JobOut, example=JOB)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("forum", "owner")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class JobItem(Item):
    """One job."""

    model = Job
    item_name = "job"
    permissions_by_method = {"GET": permissions.read_jobs}
    operations = {"GET": Operation("Read a job for a forum", gives=JobOut, example=JOB)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("forum", "owner")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class FinishJob(Verb):
    """It is done."""

    model = Job
    item_name = "job"
    permissions_by_method = {"POST": permissions.finish_job}
    operations = {"POST": Operation("Say that a job for a forum is done")}

    def act(self, record: Job, values: dict[str, Any], expected_version: int | None) -> Record:
        """Done."""
        return actions.finish_job(actor=self.reader, job=record, expected_version=expected_version)


class GiveJob(Verb):
    """Somebody else does it."""

    model = Job
    item_name = "job"
    permissions_by_method = {"POST": permissions.give_job}
    operations = {
        "POST": Operation("Give a job for a forum to somebody else", takes=GiveInput,
                          example={"owner": examples.OFFICER["id"]})
    }  # fmt: skip

    def act(self, record: Job, values: dict[str, Any], expected_version: int | None) -> Record:
        """Give it."""
        return actions.give_job(actor=self.reader, job=record, owner=values["owner"], expected_version=expected_version)


class OfferKindOut(Output):
    """Something a forum can offer."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()
    hint = serializers.CharField()
    job_words = serializers.CharField(help_text="The job it makes; empty for none.")
    lead_days = serializers.IntegerField(allow_null=True, help_text="So many days before; below 0: after the forum.")
    in_languages = serializers.BooleanField(help_text="Asks which languages.")
    venue_fact = serializers.CharField(help_text="The line of a venue's access record it rests on.")
    modified_at = serializers.DateTimeField()


OFFER: dict[str, Any] = {
    "id": f"{examples.ID}61", "key": "bsl-interpreters", "name": "BSL interpreters (2)", "group": "understanding",
    "hint": "Book 4 weeks before", "job_words": "Book 2 BSL interpreters", "lead_days": 28, "in_languages": False,
    "venue_fact": "", "modified_at": examples.WHEN,
}  # fmt: skip


class OfferKinds(Collection):
    """What a forum can offer."""

    model = OfferKind
    permissions_by_method = {"GET": permissions.read_offer_kinds}
    operations = {"GET": Operation("List what a forum can offer", gives=OfferKindOut, example=OFFER)}

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        names = ("id", *KIND, "modified_at")
        return [{name: getattr(row, name) for name in names} for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()
