"""Writing to the people in a project how to say what they felt: drafted, looked at, then sent to many at once.

The link of an e-mail is made while the mail server takes it (`letters_about`): no message, no step and no row of the
round ever holds it, so that who got which link cannot be found out, and a letter that goes again carries another one.
"""

from __future__ import annotations

from typing import Any

from crm.accounts.models import User
from crm.audit.actions import action, lock, record
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if
from crm.people.models import ContactWay, Person
from crm.privacy.models import Purpose
from crm.sending import reaching
from crm.sending.actions import draft_message, queue_messages, withdraw_message
from crm.sending.details import About, Queued, Recipient
from crm.sending.models import Message
from engagement.coproduction.projects import letters_about as about
from engagement.coproduction.projects.models import FeltRound, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.reports.letters import letters_of
from engagement.coproduction.projects.rules import people as rules

State = Message.State


@action(permissions.draft_felt_letters)
def draft_felt_letters(*, actor: User, round: FeltRound) -> list[Message]:
    """Write to everybody who takes part, whom this colleague may see and who was not sent one: by their safe way, in
    their language and form. Nothing is sent yet; a draft that is there already is written anew. Raises `Blocked`."""
    asked = lock(round)
    drafts = [message for message in letters_of(asked, actor) if message.state == State.DRAFT]
    gone = {message.person_id for message in letters_of(asked, actor)} - {message.person_id for message in drafts}
    places = ProjectPerson.objects.visible_to(actor).filter(project=asked.project_id, last_day=None)
    people = [place.person for place in places.for_list() if place.person is not None and place.person_id not in gone]
    refuse_if(rules.blockers_to_drafting_letters(asked, len(people)))
    for message in drafts:
        withdraw_message(actor=actor, message=message)
    purpose = Purpose.objects.current().filter(key=about.PURPOSE).first()
    record(Verb.FELT_LETTERS_DRAFTED, subject=asked, count=len(people))
    return [_draft(actor, asked, person, purpose) for person in people]


def _draft(actor: User, asked: FeltRound, person: Person, purpose: Purpose | None) -> Message:
    fresh = reaching.fresh_person(person.pk)
    assert fresh is not None  # held by the round, and seen a moment ago
    values: dict[str, Any] = {"project": asked.project.name, "closes_on": asked.closes_on}
    by_mail = False
    if purpose is not None:
        route = reaching.route_to(fresh, purpose, form=reaching.form_for(fresh))
        by_mail = route.way == ContactWay.Kind.EMAIL and not route.by_hand
    if by_mail:
        values["felt_link"] = about.link_with_mark(reaching.language_for(fresh))
    return draft_message(
        actor=actor,
        to=Recipient(person=fresh),
        purpose=purpose,
        template_key=about.BY_MAIL if by_mail else about.WITH_SLIP,
        values=values,
        about=About(about.ABOUT, asked.pk),
    )


@action(permissions.send_felt_letters)
def send_felt_letters(*, actor: User, round: FeltRound, as_they_are: bool = False) -> Queued:
    """Send the drafts, at least as many at once as a figure needs to be shown. One that is not in the reader's language
    or form waits unless `as_they_are`. Raises `Blocked`."""
    asked = lock(round)
    drafts = [message for message in letters_of(asked, actor) if message.state == State.DRAFT]
    ready = [message for message in drafts if message.way and (as_they_are or not message.fell_back)]
    refuse_if(rules.blockers_to_sending_letters(asked, len(ready)))
    record(Verb.FELT_LETTERS_SENT, subject=asked, count=len(ready))
    return queue_messages(actor=actor, messages=ready)
