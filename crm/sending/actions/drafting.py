"""Messages: written, queued, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.languages.models import Language
from crm.people.models import Person
from crm.people.safety import WRITTEN
from crm.privacy.models import Purpose
from crm.sending import permissions, reaching, rules
from crm.sending.actions.moving import move, send_or_hold, tell
from crm.sending.actions.wording import words_for
from crm.sending.choosing import choose_version
from crm.sending.details import About, Calendar, Queued, Recipient
from crm.sending.models import Format, LetterTemplate, Message, MessageStep, To

State = Message.State


@action(permissions.draft_message)
def draft_message(
    *,
    actor: User,
    to: Recipient,
    purpose: Purpose | None,
    template_key: str,
    values: Mapping[str, str | date] | None = None,
    about: About | None = None,
    language: Language | None = None,
    format: str | None = None,  # the word officers use
    way: str = "",
    calendar: Calendar | None = None,
) -> Message:
    """Write a message to one person, group or address; nothing is sent yet. Way, language and form are theirs unless
    given. Raises `InputBlocked` (a value is missing), `Blocked` (the letter has no words)."""
    given, letter = dict(values or {}), _letter(template_key)
    refuse_input_if(rules.blockers_to_drafting(to, purpose, letter, given, way))
    assert letter is not None
    assert purpose is not None  # the rules refused it otherwise
    person = reaching.fresh_person(to.person.pk) if to.person else None
    message = Message(purpose=purpose, person=person, organisation=to.organisation, drafted_by=actor, wanted_way=way)
    message.to_kind = To.PERSON if to.person else To.ORGANISATION if to.organisation else To.GUEST
    message.address = to.guest.strip()
    message.format = format or (reaching.form_for(person) if person else Format.STANDARD)
    _about(message, about, calendar)
    route = reaching.route_of(message, way=way)
    message.way, message.by_hand, message.why = route.way, route.by_hand, _why(route.reasons)
    message.address = route.address or message.address
    tongue = language or (_tongue(person, route.way) if person else None)
    _fill_in(message, letter, reaching.english_is_none(tongue), given, spoken=_is_spoken(route))
    message.message_id = f"<{message.pk}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>"
    write(message, verb=Verb.MESSAGE_DRAFTED)
    attach([MessageStep(message=message, state=State.DRAFT, by=actor)])
    tell(message, "")
    return message


def _letter(key: str) -> LetterTemplate | None:
    return LetterTemplate.objects.filter(key=key).for_list().first()


def _why(reasons: Sequence[str]) -> str:
    return rules.no_safe_way(reasons).words if reasons else ""


def _about(message: Message, about: About | None, calendar: Calendar | None) -> None:
    if about is not None:
        message.about_kind, message.about_id = about.kind, about.id
    if calendar is not None:
        message.calendar_method, message.calendar_text = calendar.method, calendar.text


def _is_spoken(route: reaching.Route) -> bool:
    return bool(route.way) and route.way not in WRITTEN


def _tongue(person: Person, way: str) -> Language | None:
    """What is said aloud is read by a colleague, in English; the sheet says which language the person speaks."""
    return None if way and way not in WRITTEN else reaching.language_for(person)


def _fill_in(
    message: Message,
    letter: LetterTemplate,
    language: Language | None,
    given: Mapping[str, str | date],
    *,
    spoken: bool,
) -> None:
    """Its words, in the version that fits the reader best, with what is missing said openly."""
    chosen = choose_version(letter, language, Format.STANDARD if spoken else message.format)
    refuse_if([rules.NO_WORDS] if chosen.version is None else [])
    assert chosen.version is not None
    made = words_for(message, chosen.version, given)
    message.version_used, message.language = chosen.version, chosen.version.language
    message.subject, message.text, message.html = made.subject[:200], made.text, made.html
    message.fell_back = (". ".join(chosen.fell_back) + ".")[:300] if chosen.fell_back else ""


@action(permissions.queue_messages)
def queue_messages(*, actor: User, messages: Sequence[Message]) -> Queued:
    """Send drafts, and what was held back before. Each person is asked about afresh: one who cannot be reached safely
    is held back with the reason and stops nobody else. Raises `Blocked` for one on its way or sent already."""
    refuse_input_if([rules.TOO_MANY] if len(messages) > rules.MOST_AT_ONCE else [])
    done, now = Queued(), timezone.now()
    for message in messages:
        fresh = lock(message)
        refuse_if(rules.blockers_to_queueing(fresh))
        send_or_hold(fresh, actor=actor, verb=Verb.MESSAGE_QUEUED, when=now)
        (done.held if fresh.state == State.HELD else done.queued).append(fresh)
    return done


@action(permissions.withdraw_message)
def withdraw_message(
    *, actor: User, message: Message, reason: str = "", expected_version: int | None = None
) -> Message:
    """Take a message back before it goes. Raises `Stale`, `Blocked` once it went, or may have."""
    fresh = lock(message, expected_version=expected_version)
    refuse_if(rules.blockers_to_withdrawing(fresh))
    return _taken_back(actor, fresh, reason)


def stop_message(*, actor: Actor, message: Message, reason: str = "") -> None:
    """Take a message back because what it would say does not stand any more. Called inside the action that changed
    that, which asked the permission: whoever changes it may not be allowed to see every reader. One that went, or may
    have, stays as it is."""
    fresh = lock(message)
    if not list(rules.blockers_to_withdrawing(fresh)):
        _taken_back(actor, fresh, reason)


def _taken_back(actor: Actor, fresh: Message, reason: str) -> Message:
    more = {"attempt": None, "lease_until": None, "try_at": None}
    return move(fresh, State.WITHDRAWN, Verb.MESSAGE_WITHDRAWN, actor=actor, why=reason.strip(),
                ended_at=timezone.now(), **more)  # fmt: skip
