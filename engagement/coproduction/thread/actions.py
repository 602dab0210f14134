"""The thread taken away, and the event log kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max

from crm.accounts.models import User
from crm.areas.models import Council
from crm.audit import actions as audit
from crm.audit.actions import action, attach
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.models import Record
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.thread import permissions
from engagement.coproduction.thread.models import FeedEntry
from engagement.coproduction.thread.reports.chain import chain_of
from engagement.coproduction.thread.reports.rows import flat_rows

MOST_AT_ONCE = 5000
WHAT = FeedEntry.What
KINDS: dict[type[models.Model], str] = {Theme: "theme", Project: "project", Decision: "decision", Outcome: "outcome"}


@action(permissions.export_thread)
def export_thread(*, actor: User, record: Record) -> list[dict[str, Any]]:
    """The chain of a record as rows, as far as this colleague may see. That it was taken is audited."""
    rows = flat_rows(chain_of(record, reader=actor))
    audit.record(Verb.THREAD_EXPORTED, subject=record, count=len(rows))
    return rows


@action(permissions.number_feed)
def number_feed(*, actor: Actor) -> int:
    """Give positions to what was committed since somebody asked last, in the order it was written. Returns how many.
    Two who ask at once wait for each other."""
    list(Council.objects.select_for_update().values_list("pk"))
    new = list(FeedEntry.objects.filter(position=None).order_by("id").values_list("pk", flat=True)[:MOST_AT_ONCE])
    last = FeedEntry.objects.aggregate(last=Max("position"))["last"] or 0
    rows = [FeedEntry(pk=pk, position=last + place) for place, pk in enumerate(new, start=1)]
    if rows:
        FeedEntry.objects.bulk_update(rows, ["position"], batch_size=500)
        audit.record(Verb.FEED_NUMBERED, kind="feedentry", count=len(rows))
    return len(rows)


def keep_feed(written: Sequence[models.Model]) -> None:
    """What an action wrote goes into the event log, each record once; part of every action. That people were told goes
    there the first time only: whoever counted these entries would count the people."""
    found = dict.fromkeys(entry for row in written for entry in _entries(row))
    if not found:
        return
    told = FeedEntry.objects.filter(what=WHAT.TOLD, subject_id__in=[pk for _, pk, what in found if what == WHAT.TOLD])
    known = set(told.values_list("subject_id", flat=True))
    new = [entry for entry in found if entry[2] != WHAT.TOLD or entry[1] not in known]
    attach([FeedEntry(kind=kind, subject_id=pk, what=what) for kind, pk, what in new])


def _entries(row: models.Model) -> Iterable[tuple[str, UUID, str]]:
    if isinstance(row, Telling):
        about = row.decision_id or row.outcome_id
        if row.state == Telling.State.TOLD and about is not None:
            yield "decision" if row.decision_id else "outcome", about, WHAT.TOLD
    elif isinstance(row, Record) and type(row) in KINDS:
        yield KINDS[type(row)], row.pk, WHAT.CREATED if row.version == 1 else WHAT.CHANGED
