"""What the tests of messages share: letters, people with ways that are open, and messages in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.base.writing import writing_allowed
from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, WayDetails
from crm.people.models import Person
from crm.sending.actions import (
    Answer,
    begin_handing_over,
    claim_messages,
    draft_message,
    load_letter_templates,
    note_handed_over,
    queue_messages,
)
from crm.sending.details import Recipient
from crm.sending.files import read_letters
from crm.sending.models import LetterTemplate, LetterVersion, Message
from tests.crm.privacy.helpers import a_purpose
from tests.world import World

WORDS = {"words": "The ramp is being built."}
EMAIL = WayDetails("email", "parveen@example.org")
PHONE = WayDetails("phone", "+441214960123")
LETTER = WayDetails("letter", "1 Mill Street\nNorthbrook")


def answering(world: World) -> Any:
    """The purpose the shipped letters are sent for: nobody is asked first."""
    return a_purpose(world, "Answering", asks_permission=False)


def letters(world: World) -> LetterTemplate:
    """The letters that come with Heard; the thank you among them."""
    found = LetterTemplate.objects.filter(key="thank-you").first()
    if found is None:
        answering(world)
        load_letter_templates(actor=SYSTEM, letters=read_letters())
        found = LetterTemplate.objects.get(key="thank-you")
    return found


def reachable(world: World, *ways: WayDetails, name: str = "Nasreen Akhtar", actor: Any = None, **more: Any) -> Person:
    """Somebody of the East with these ways (an e-mail address, unless told otherwise)."""
    details = PersonDetails(name=name, area=world.east_ward, ways=ways or (EMAIL,), **more)
    return add_person(actor=actor or world.amina, details=details)


def speaks(language: Any, *uses: str) -> tuple[LanguageUseDetails, ...]:
    """How they use one language."""
    return tuple(LanguageUseDetails(language, use) for use in uses)


def a_draft(world: World, person: Person | None = None, **more: Any) -> Message:
    """A thank you to somebody, written by Amina."""
    letters(world)
    told = {"actor": world.amina, "purpose": answering(world), "template_key": "thank-you", "values": WORDS, **more}
    if "to" not in told:
        told["to"] = Recipient(person=person or reachable(world))
    return draft_message(**told)


def waiting(world: World, person: Person | None = None, **more: Any) -> Message:
    """One that was sent on its way."""
    message = a_draft(world, person, **more)
    queue_messages(actor=more.get("actor", world.amina), messages=[message])
    message.refresh_from_db()
    return message


def claimed(world: World, **more: Any) -> Message:
    """One a sender took and has not begun."""
    message = waiting(world, **more)
    claim_messages(actor=SYSTEM, attempt=new_id(), most=500)
    message.refresh_from_db()
    return message


def to_print(world: World, **more: Any) -> Message:
    """A letter that waits to be printed."""
    return waiting(world, reachable(world, LETTER, **more))


def to_phone(world: World, **more: Any) -> Message:
    """Somebody who waits for a call."""
    return waiting(world, reachable(world, PHONE, **more))


def ended_long_ago(world: World) -> Message:
    """One that was sent so long ago that its words go."""
    message = answered(world, "taken")
    with writing_allowed():
        Message.objects.filter(pk=message.pk).update(ended_at=timezone.now() - timedelta(days=400))
    return message


def machine_draft(world: World) -> LetterVersion:
    """The Urdu words of the thank you, which a machine wrote and nobody checked."""
    return letters(world).versions.get(language=world.urdu)


def being_handed_over(world: World, **more: Any) -> Message:
    """One in the hands of a sender."""
    message, attempt = waiting(world, **more), new_id()
    claim_messages(actor=SYSTEM, attempt=attempt, most=500)
    begun = begin_handing_over(actor=SYSTEM, message=message, attempt=attempt)
    assert begun is not None
    return begun


def answered(world: World, kind: str, words: str = "", **more: Any) -> Message:
    """One the mail server answered about: taken, refused, later or not_known."""
    message = being_handed_over(world, **more)
    assert message.attempt is not None
    note_handed_over(actor=SYSTEM, message=message, attempt=message.attempt, answer=Answer(kind, words))
    message.refresh_from_db()
    return message


def lease_ran_out(message: Message) -> Message:
    """Its sender died some time ago."""
    with writing_allowed():
        Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    message.refresh_from_db()
    return message
