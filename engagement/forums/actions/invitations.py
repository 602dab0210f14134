"""Inviting people, groups and members of panels to a forum; places that are held; words of those who cannot come."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write, write_new
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.panels.models import Membership, Panel
from crm.people.models import Person
from crm.sending.models import Format
from engagement.forums.actions.keeping import keep
from engagement.forums.answers import HeldDetails
from engagement.forums.models import Forum, HeldPlaces, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.rules import invitations as rules
from engagement.log.actions import log_event
from engagement.log.details import EventDetails, PointDetails
from engagement.log.models import EngagementEvent, Point


@action(permissions.invite)
def invite(
    *, actor: User, forum: Forum, people: Sequence[Person] = (), organisations: Sequence[Organisation] = (),
    panels: Sequence[Panel] = (),
) -> list[Invitation]:  # fmt: skip
    """Invite people, groups, and everybody who sits on these panels today and may be seen. Nothing is sent yet. Who is
    invited already is left as it is. Gives the new ones. Raises `Blocked`, `InputBlocked`."""
    fresh = lock(forum)
    refuse_if([rules.OVER] if rules.OVER in rules.blockers_to_inviting(fresh, [1]) else [])
    refuse_input_if(rules.blockers_to_inviting(fresh, [*people, *organisations, *panels]))
    members = _members(actor, panels)
    refuse_input_if([rules.TOO_MANY] if len(members) > rules.MOST_INVITED else [])
    here = Invitation.objects.filter(forum=fresh).order_by()
    known = {*here.values_list("person", flat=True), *here.values_list("organisation", flat=True)}
    through = {**{row.person: row.panel for row in members}, **dict.fromkeys(people)}
    new = [Invitation(forum=fresh, person=person, panel=panel, invited_by=actor)
           for person, panel in through.items() if person.pk not in known]  # fmt: skip
    new += [Invitation(forum=fresh, organisation=group, invited_by=actor)
            for group in dict.fromkeys(organisations) if group.pk not in known]  # fmt: skip
    for one in new:
        one.digest = Invitation.digest_of(one.secret)
    return write_new(new, verb=Verb.FORUM_INVITED)


def _members(actor: User, panels: Sequence[Panel]) -> list[Membership]:
    rows = Membership.objects.visible_to(actor).filter(panel__in=panels).standing(timezone.localdate())
    return list(rows.select_related("person", "panel").order_by("id")) if panels else []


@action(permissions.renew_link)
def renew_link(*, actor: User, invitation: Invitation, expected_version: int | None = None) -> Invitation:
    """Give an invitation a new link: the one before leads nowhere from now on. Raises `Stale`."""
    fresh = lock(invitation, expected_version=expected_version)
    fresh.link_number += 1
    fresh.digest = Invitation.digest_of(fresh.secret)
    return write(fresh, verb=Verb.INVITATION_RELINKED)


@action(permissions.set_letter_form)
def set_letter_form(
    *, actor: User, invitation: Invitation, form: str = "", language: Language | None = None,
    expected_version: int | None = None,
) -> Invitation:  # fmt: skip
    """Choose in which form and language letters about this forum go to them, in place of what their record says; empty
    for as it says. Raises `Stale`, `InputBlocked`."""
    fresh = lock(invitation, expected_version=expected_version)
    refuse_input_if([rules.NO_SUCH_FORM] if form not in ("", *Format.values) else [])
    fresh.format, fresh.language = form, language
    return write(fresh, verb=Verb.INVITATION_CHANGED)


@action(permissions.log_what_was_said)
def log_what_was_said(*, actor: User, invitation: Invitation, expected_version: int | None = None) -> EngagementEvent:
    """Log what somebody wanted to say who cannot come: a contact of its own, with their words as a point. The words
    then stand there alone. Raises `Stale`, `Blocked`."""
    fresh = lock(invitation, expected_version=expected_version)
    refuse_if(rules.blockers_to_logging_what_was_said(fresh))
    person, group = fresh.person, fresh.organisation
    point = PointDetails(
        words=fresh.to_say, wording=Point.Wording.VERBATIM, raised_by=person, raised_by_organisation=group
    )
    details = EventDetails(
        occurred_on=timezone.localdate(fresh.answered_at) if fresh.answered_at else timezone.localdate(),
        kind=EngagementEvent.Kind.MESSAGE,
        people=[person] if person else [],
        organisations=[group] if group else [],
        met_in_words="" if person or group else "Somebody who could not come to a forum",
        topics=list(fresh.forum.topics.all()),  # type: ignore[arg-type]  # one queryset for three lists
        points=[point],
    )
    event = log_event(actor=actor, details=details)
    fresh.said, fresh.to_say = event, ""
    keep(fresh, verb=Verb.SAID_LOGGED)
    return event


@action(permissions.hold_places)
def hold_places(*, actor: User, forum: Forum, details: HeldDetails) -> HeldPlaces:
    """Hold places for people of a community, with the aim, until a day. Raises `InputBlocked`."""
    fresh = lock(forum)
    refuse_input_if(rules.blockers_to_holding(fresh, details, rules.places_held(fresh)))
    assert details.community is not None  # the rules refused it otherwise
    assert details.places is not None
    assert details.until is not None
    row = HeldPlaces(forum=fresh, community=details.community, places=details.places, until=details.until)
    row.aim = details.aim.strip()
    return write(row, verb=Verb.PLACES_HELD)


@action(permissions.release_places)
def release_places(*, actor: User, held: HeldPlaces, expected_version: int | None = None) -> None:
    """Give held places free: anybody gets them from now on. Raises `Stale`."""
    fresh = lock(held, expected_version=expected_version)
    record(Verb.PLACES_RELEASED, subject=fresh)
    fresh.delete()
