"""Who may log, correct and withdraw contacts, and settle promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds
from crm.base.kept import kept
from crm.base.permissions import permission
from engagement.log.models import EngagementEvent, Promise

LIST_KEEPERS = frozenset({Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR})


@kept
def _if_readable(reader: Actor, event: UUID) -> Any:
    return EngagementEvent.objects.visible_to(reader).filter(pk=event).order_by().values_list("pk", flat=True)


def _reads(actor: Actor, event: EngagementEvent) -> bool:
    return bool(_if_readable(actor, event.pk))


@permission("Log a contact", roles=FIELD_ROLES)
def log_event(*, actor: Actor) -> bool:
    """Anyone who meets people."""
    return True


@permission("Read contacts", roles=FIELD_ROLES, scope="read")
def read_events(*, actor: Actor) -> bool:
    """The words of one's team, locality and own contacts; summaries of the others; restricted ones by name only."""
    return True


@permission("Read restricted contacts", roles=FIELD_ROLES, scope="read")
def read_restricted_events(*, actor: Actor, events: Sequence[EngagementEvent]) -> bool:
    """The readers named on each of them, and nobody else; every reading is audited."""
    wanted = {event.pk for event in events}
    return EngagementEvent.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


@permission("See which restricted contacts nobody can read any more", roles={Role.ADMINISTRATOR}, scope="admin")
def find_lost_events(*, actor: Actor) -> bool:
    """That there are such contacts, and of which team: no words, no group, no person."""
    return True


@permission("Name a new reader of a contact nobody can read any more", roles={Role.ADMINISTRATOR}, scope="admin")
def name_reader_of_event(*, actor: Actor, event: EngagementEvent) -> bool:
    """Administrators, who do not read the contact; audited."""
    return True


@permission("Correct a contact", roles=FIELD_ROLES)
def correct_event(*, actor: Actor, event: EngagementEvent) -> bool:
    """Whoever may read its words; champions only what they logged themselves."""
    return (holds(actor, OFFICE_ROLES) or event.logged_by_id == actor.pk) and _reads(actor, event)


@permission("Say that the next step of a contact is done", roles=FIELD_ROLES)
def finish_next_step(*, actor: Actor, event: EngagementEvent) -> bool:
    """As correcting it."""
    return correct_event(actor=actor, event=event)


@permission("Withdraw a contact", roles=FIELD_ROLES)
def withdraw_event(*, actor: Actor, event: EngagementEvent) -> bool:
    """Who logged it, and leads and managers who may read its words."""
    return (holds(actor, {Role.LEAD, Role.MANAGER}) or event.logged_by_id == actor.pk) and _reads(actor, event)


@permission("Choose who may read a contact", roles=OFFICE_ROLES)
def restrict_event(*, actor: Actor, event: EngagementEvent) -> bool:
    """Who logged it, and managers who may read its words."""
    return (holds(actor, {Role.MANAGER}) or event.logged_by_id == actor.pk) and _reads(actor, event)


@permission("Export contacts", roles=OFFICE_ROLES, scope="read")
def export_events(*, actor: Actor) -> bool:
    """Only what one may read; every export is audited."""
    return True


@permission("Add a point to a contact", roles=FIELD_ROLES)
def add_point(*, actor: Actor, event: EngagementEvent) -> bool:
    """Whoever may correct the contact."""
    return correct_event(actor=actor, event=event)


@permission("Correct a point", roles=FIELD_ROLES)
def correct_point(*, actor: Actor, event: EngagementEvent) -> bool:
    """Whoever may correct the contact."""
    return correct_event(actor=actor, event=event)


@permission("Add a promise to a contact", roles=FIELD_ROLES)
def make_promise(*, actor: Actor, event: EngagementEvent) -> bool:
    """Whoever may correct the contact."""
    return correct_event(actor=actor, event=event)


def _settles(actor: Actor, promise: Promise) -> bool:
    seen = Promise.objects.visible_to(actor).filter(pk=promise.pk).exists()
    return seen and (holds(actor, OFFICE_ROLES) or promise.owner_id == actor.pk)


@permission("Read promises", roles=FIELD_ROLES, scope="read")
def read_promises(*, actor: Actor) -> bool:
    """Those of contacts one may read, and one's own."""
    return True


@permission("Record that a promise was kept", roles=FIELD_ROLES)
def keep_promise(*, actor: Actor, promise: Promise) -> bool:
    """Who keeps it, and officers, leads and managers who may see it."""
    return _settles(actor, promise)


@permission("Change a promise", roles=FIELD_ROLES)
def change_promise(*, actor: Actor, promise: Promise) -> bool:
    """Who keeps it, and officers, leads and managers who may see it."""
    return _settles(actor, promise)


@permission("Record that a promise was broken", roles=FIELD_ROLES)
def break_promise(*, actor: Actor, promise: Promise) -> bool:
    """Who keeps it, and officers, leads and managers who may see it."""
    return _settles(actor, promise)


@permission("Withdraw a promise", roles=FIELD_ROLES)
def withdraw_promise(*, actor: Actor, promise: Promise) -> bool:
    """Who keeps it, and officers, leads and managers who may see it."""
    return _settles(actor, promise)


@permission("Open a promise again", roles=FIELD_ROLES)
def reopen_promise(*, actor: Actor, promise: Promise) -> bool:
    """Who keeps it, and officers, leads and managers who may see it."""
    return _settles(actor, promise)


@permission("Record that a safeguarding concern was passed on", roles=FIELD_ROLES)
def pass_on_safeguarding(*, actor: Actor, event: EngagementEvent) -> bool:
    """Whoever may correct the contact."""
    return correct_event(actor=actor, event=event)


@permission("Read topics", roles=frozenset(Role), scope="read")
def read_topics(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Add a topic", roles=LIST_KEEPERS)
def add_topic(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Change a topic", roles=LIST_KEEPERS)
def change_topic(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Read the lists of topics, barriers and support", roles=frozenset(Role), scope="read")
def read_lists(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Add a barrier to the list", roles=LIST_KEEPERS)
def add_barrier(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Change a barrier of the list", roles=LIST_KEEPERS)
def change_barrier(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Add a kind of access or language support to the list", roles=LIST_KEEPERS)
def add_access_support(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Change a kind of access or language support of the list", roles=LIST_KEEPERS)
def change_access_support(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Load topics, barriers and kinds of support from files", roles=(), scope="admin", system=True)
def load_lists(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True
