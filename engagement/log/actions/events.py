"""Contacts: logged, corrected, restricted, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.areas.reports import localities_of_ward, locality_of
from crm.audit.actions import action, attach, lock, record, write, write_new
from crm.audit.verbs import Verb
from crm.base.kept import asked_ahead
from crm.base.links import set_links
from crm.base.permissions import insist
from crm.base.rules import Blocker, refuse_if, refuse_input_if
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.organisations.reports import communities_of
from crm.people.readers import with_reader
from crm.people.rules import blockers_to_naming_a_reader
from engagement.log import permissions, rules
from engagement.log.actions.points import save_points
from engagement.log.actions.promises import save_promises
from engagement.log.children import take_back
from engagement.log.details import EventDetails, ReachDetails, SafeguardingDetails
from engagement.log.localities import only_locality_of
from engagement.log.models import (
    Contribution,
    EngagementEvent,
    EventBarrier,
    EventCorrection,
    Reach,
    SafeguardingReferral,
)
from engagement.log.models.events import EventQuerySet
from engagement.log.to_whom import Met, addressed

OWN_FIELDS = ("kind", "occurred_on", "occurred_at", "area", "place", "met_in_words", "follow_up", "follow_up_on")
LINKED = ("organisations", "topics", "support_used", "languages_used", "officers")


@action(permissions.log_event)
def log_event(*, actor: User, details: EventDetails) -> EngagementEvent:
    """Log a contact with its points and promises. Raises `InputBlocked` with every reason at once.

    Where nothing else is said: the ward is the one the group meets in, without a ward the locality is the one in which
    the actor works, the officer is the actor, the communities reached are those the groups are led by (heard directly)
    or speak for (heard through the group). Those there for us are of here (`colleagues_at`). Whoever restricts the
    contact stays among its readers; raises `Refused` for those who may not choose them.
    """
    refuse_input_if([*rules.blockers_to_logging(details), *_from_elsewhere(actor, details)])
    with asked_ahead(_asks_of_logging(details)):
        details = with_defaults(actor, details)
        communities = [row.community for row in details.reach or () if row.community]
        met: list[Met] = [*details.organisations, *details.people, *communities]
        promises = [addressed(promise, met) for promise in details.promises]
        locality = None if details.area else only_locality_of(actor)  # a ward says where it was, in a locality or not
        event, _ = enter_event(actor, replace(details, promises=promises), locality=locality)
    if details.safeguarding:
        _save_referral(actor, event, details.safeguarding)
    return event


def _asks_of_logging(details: EventDetails) -> Iterator[tuple[Any, ...]]:
    """What filling in will ask: the communities of the groups, unless they are told, and the locality of the ward."""
    if details.organisations and not any(row.community for row in details.reach or ()):
        yield communities_of, _keys(details.organisations)
    if ward := _ward_of(details):
        yield localities_of_ward, ward.pk


def _keys(groups: Sequence[Organisation]) -> tuple[UUID, ...]:
    return tuple(group.pk for group in groups)


def _from_elsewhere(actor: User, details: EventDetails) -> Iterator[Blocker]:
    """Who of those named as there for us is none of us here. Nothing is asked where the officer names themself."""
    others = [officer for officer in details.officers if officer.pk != actor.pk]
    if others and details.occurred_on:
        ward = _ward_of(details)
        locality = locality_of(ward, details.occurred_on) if ward else only_locality_of(actor)
        yield from rules.blockers_to_naming_officers(others, known=set(), team=actor.home_team_id, locality=locality)


def _ward_of(details: EventDetails) -> Area | None:
    """The ward it is told to be in, or else the one a group meets in."""
    return details.area or next((group.area for group in details.organisations if group.area_id), None)


def enter_event(
    actor: User, details: EventDetails, *, locality: Area | None = None
) -> tuple[EngagementEvent, dict[object, Contribution]]:
    """Write a contact as it is told, with nothing filled in, inside the action that asked the rules: a room above that
    writes contacts of its own calls it. `locality` counts where no ward says one. Gives it with whom was there by
    person."""
    event = _event(actor, details)
    event.locality = event.locality or locality
    write(event, verb=Verb.CONTACT_LOGGED)
    present = _save_links(event, details)
    if details.restricted or details.named_readers:
        insist(permissions.restrict_event, actor=actor, event=event)
    save_points(event, details.points, present)
    save_promises(actor, event, details.promises)
    return event, present


def with_defaults(actor: User, details: EventDetails) -> EventDetails:
    """The details with what the officer need not say filled in."""
    reach = reach_of(details.organisations) if details.reach is None else details.reach
    if details.reach is not None and not any(row.community for row in reach):
        reach = [*reach, *reach_of(details.organisations)]
    readers = [*details.named_readers, actor] if details.restricted else details.named_readers
    return replace(
        details, area=_ward_of(details), officers=details.officers or [actor], reach=reach, named_readers=readers
    )


def reach_of(organisations: Sequence[Organisation]) -> list[ReachDetails]:
    """The communities that meeting these groups reaches: led by it, heard directly; speaking for it, heard through."""
    if not organisations:
        return []
    links = communities_of(_keys(organisations))
    rows: dict[Any, ReachDetails] = {}
    for link in sorted(links, key=lambda link: link.relation):  # led_by before speaks_for before works_with
        if link.relation == OrganisationCommunity.Relation.LED_BY:
            rows.setdefault(link.community_id, ReachDetails(community=link.community))
        elif link.relation == OrganisationCommunity.Relation.SPEAKS_FOR:
            group = next(group for group in organisations if group.pk == link.organisation_id)
            through = ReachDetails(community=link.community, voice=Reach.Voice.THROUGH, through=group)
            rows.setdefault(link.community_id, through)
    return list(rows.values())


def _event(actor: User, details: EventDetails) -> EngagementEvent:
    assert details.occurred_on is not None  # the rules refused it otherwise
    own = {name: getattr(details, name) for name in OWN_FIELDS}
    return EngagementEvent(
        **own,
        locality=locality_of(details.area, details.occurred_on),
        team_id=actor.home_team_id,
        logged_by=actor,
        restricted=details.restricted,
    )


def _save_links(event: EngagementEvent, details: EventDetails) -> dict[object, Contribution]:
    for name in (*LINKED, "named_readers"):
        if rows := getattr(details, name):
            getattr(event, name).add(*rows)
    attach(_reach_rows(event, details.reach or ()))
    attach([EventBarrier(event=event, barrier=row.barrier, words=row.words) for row in details.barriers])
    attach(rows := [Contribution(event=event, person=person, area_id=person.area_id) for person in details.people])
    return {row.person_id: row for row in rows}


def _reach_rows(event: EngagementEvent, reach: Sequence[ReachDetails]) -> list[Reach]:
    return [
        Reach(
            event=event,
            community=row.community,
            people=row.people,
            basis=row.basis,
            voice=row.voice,
            through=row.through,
            occurred_on=event.occurred_on,
            locality_id=event.locality_id,
        )
        for row in reach
    ]


@action(permissions.correct_event)
def correct_event(
    *, actor: User, event: EngagementEvent, details: EventDetails, reason: str, expected_version: int | None = None
) -> EngagementEvent:
    """Correct a contact; who did it, why, and what it said before are kept. Points and promises have actions of their
    own. Raises `Stale`, `Blocked` when it was withdrawn, `InputBlocked` for what is missing."""
    fresh = lock(event, expected_version=expected_version)
    refuse_if(rules.blockers_to_adding_to(fresh))
    known = set(fresh.officers.values_list("pk", flat=True))
    strangers = rules.blockers_to_naming_officers(
        details.officers, known=known, team=fresh.team_id, locality=fresh.locality
    )
    refuse_input_if([*rules.blockers_to_correcting(details, fresh), *strangers, *rules.reason_missing(reason)])
    assert details.occurred_on is not None
    for name in OWN_FIELDS:
        setattr(fresh, name, getattr(details, name))
    if fresh.area_id or "area_id" in fresh.changed_fields():  # without a ward, where it was is known otherwise
        fresh.locality = locality_of(details.area, details.occurred_on)
    linked = _correct_links(fresh, details)
    own = fresh.changed_fields()
    if "occurred_on" in own or "locality_id" in own:
        fresh.reach.update(occurred_on=fresh.occurred_on, locality=fresh.locality)
    if not own and not linked:
        return fresh
    attach([EventCorrection(event=fresh, corrected_by=actor, reason=reason.strip(), fields=sorted({*own, *linked}))])
    return write(fresh, verb=Verb.CONTACT_CORRECTED, linked=linked)


def _correct_links(event: EngagementEvent, details: EventDetails) -> dict[str, tuple[Any, Any]]:
    changed: dict[str, tuple[Any, Any]] = {}
    for name in LINKED:
        link, wanted = getattr(event, name), list(getattr(details, name))
        before = sorted(str(pk) for pk in link.values_list("pk", flat=True))
        after = sorted(str(row.pk) for row in wanted)
        if before != after:
            link.set(wanted)
            changed[name] = (before, after)
    if details.reach is not None:
        _replace_reach(event, details.reach, changed)
    _replace_barriers(event, details, changed)
    _replace_people(event, details, changed)
    return changed


def _replace_reach(event: EngagementEvent, reach: Sequence[ReachDetails], changed: dict[str, Any]) -> None:
    def plain(rows: Sequence[Reach]) -> list[list[str]]:
        return sorted([str(r.community_id), str(r.people), r.basis, r.voice, str(r.through_id)] for r in rows)

    old, new = list(event.reach.all()), _reach_rows(event, reach)
    if plain(old) != plain(new):
        event.reach.all().delete()
        attach(new)
        changed["reach"] = (plain(old), plain(new))


def _replace_barriers(event: EngagementEvent, details: EventDetails, changed: dict[str, Any]) -> None:
    old = sorted([str(row.barrier_id), row.words] for row in event.barriers.all())
    new = sorted([str(row.barrier.pk), row.words] for row in details.barriers)
    if old != new:
        event.barriers.all().delete()
        attach([EventBarrier(event=event, barrier=row.barrier, words=row.words) for row in details.barriers])
        changed["barriers"] = (old, new)


def _replace_people(event: EngagementEvent, details: EventDetails, changed: dict[str, Any]) -> None:
    present = {row.person_id: row for row in event.contributions.all() if row.person_id}
    wanted = {person.pk: person for person in details.people}
    gone = [row.pk for pk, row in present.items() if pk not in wanted]
    added = [person for pk, person in wanted.items() if pk not in present]
    if gone or added:
        event.contributions.filter(pk__in=gone).delete()
        attach([Contribution(event=event, person=person, area_id=person.area_id) for person in added])
        changed["people"] = (sorted(map(str, present)), sorted(map(str, wanted)))
    if rules.children_in(added):
        take_back(event.points.filter(raised_by=None, raised_by_organisation=None))


@action(permissions.finish_next_step)
def finish_next_step(
    *, actor: User, event: EngagementEvent, came_of_it: str = "", expected_version: int | None = None
) -> EngagementEvent:
    """What was to be done next is done, and no longer to do. What it was, and what came of it, stay in the history.
    Raises `Stale`, and `Blocked` where nothing is left to do or the contact was withdrawn."""
    fresh = lock(event, expected_version=expected_version)
    refuse_if(rules.blockers_to_finishing(fresh))
    fresh.follow_up, fresh.follow_up_on = "", None
    reason = f"It is done. {came_of_it.strip()}".strip()
    attach([EventCorrection(event=fresh, corrected_by=actor, reason=reason, fields=sorted(fresh.changed_fields()))])
    return write(fresh, verb=Verb.CONTACT_CORRECTED)


@action(permissions.withdraw_event)
def withdraw_event(
    *, actor: User, event: EngagementEvent, reason: str, expected_version: int | None = None
) -> EngagementEvent:
    """Withdraw a contact that should not stand: it is struck through and counted nowhere, and never gone.
    Raises `Stale`, `Blocked` when it is withdrawn already, `InputBlocked` without a reason."""
    fresh = lock(event, expected_version=expected_version)
    refuse_if(blocker for blocker in rules.blockers_to_withdrawing(fresh, reason) if not blocker.field)
    refuse_input_if(rules.reason_missing(reason))
    fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = timezone.now(), actor, reason.strip()
    return write(fresh, verb=Verb.CONTACT_WITHDRAWN)


@action(permissions.restrict_event)
def restrict_event(
    *, actor: User, event: EngagementEvent, readers: Sequence[User], expected_version: int | None = None
) -> EngagementEvent:
    """Let only named colleagues read a contact; an empty list opens it to team and locality again. Whoever restricts
    it stays among the readers. Raises `Stale`."""
    fresh = lock(event, expected_version=expected_version)
    wanted = {reader.pk: reader for reader in [*readers, actor]} if readers else {}
    fresh.restricted = bool(wanted)
    return write(fresh, verb=Verb.CONTACT_RESTRICTED, linked=set_links(fresh, "named_readers", wanted.values()))


@action(permissions.export_events)
def export_events(*, actor: User, events: EventQuerySet) -> EventQuerySet:
    """The contacts that may leave as a file: of these, those whose words the actor may read. Audited with their
    number."""
    readable = events.visible_to(actor)
    record(Verb.CONTACTS_EXPORTED, kind="engagementevent", count=readable.count())
    return readable


@action(permissions.read_restricted_events)
def read_restricted_events(*, actor: User, events: Sequence[EngagementEvent]) -> None:
    """Record that somebody was shown the words of restricted contacts: one audit event for each."""
    for event in events:
        record(Verb.CONTACT_READ, subject=event)


@action(permissions.pass_on_safeguarding)
def pass_on_safeguarding(*, actor: User, event: EngagementEvent, details: SafeguardingDetails) -> SafeguardingReferral:
    """Record that a concern was passed on: when, to whom, reference. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_passing_on(details))
    return _save_referral(actor, event, details)


def _save_referral(actor: User, event: EngagementEvent, details: SafeguardingDetails) -> SafeguardingReferral:
    referral = SafeguardingReferral(
        event=event,
        passed_on_at=details.passed_on_at,
        to_team=details.to_team.strip(),
        reference=details.reference.strip(),
        passed_on_by=actor,
    )
    return write_new([referral], verb=Verb.SAFEGUARDING_PASSED_ON)[0]


@action(permissions.name_reader_of_event)
def name_reader_of_event(
    *, actor: User, event: EngagementEvent, reader: User | None, expected_version: int | None = None
) -> EngagementEvent:
    """Give a restricted contact whose readers have all left a new one. The administrator who does it reads no word of
    it. Raises `Stale`, `InputBlocked`."""
    fresh = lock(event, expected_version=expected_version)
    refuse_input_if(blockers_to_naming_a_reader(fresh, reader))
    return write(fresh, verb=Verb.READER_NAMED, linked=with_reader(fresh, reader))
