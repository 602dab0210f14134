"""Letters and messages, invented: a handful in every state, to people who can be reached by that way today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Council
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.parts.networks import officers_of_localities
from crm.organisations.models import Organisation
from crm.people.models import ContactWay, Person
from crm.privacy.models import Purpose
from crm.sending.actions import load_letter_templates
from crm.sending.choosing import NOT_CHECKED
from crm.sending.files import read_letters
from crm.sending.models import LetterVersion, Message, MessageStep, To
from crm.sending.reaching import PARTS, Route, language_for, route_to
from crm.sending.registry import letter_folders
from crm.sending.rendering import Rendered, render

State, Kind = Message.State, ContactWay.Kind
LOOKED_AT = 120  # people asked until enough can be reached by each way
REFUSED = "The mail server refused it (550): no such mailbox here"
BUSY = "The mail server refused it (451): busy, try again"
SILENT = "The mail server did not answer after it was given this. It may have gone out"
HELD = "There is no safe way to reach them for this. E-mail: They objected to this"
# Way, state, days ago, why: newest last.
STORY: tuple[tuple[str, str, int, str], ...] = (
    (Kind.EMAIL, State.HANDED_OVER, 30, ""),
    (Kind.LETTER, State.POSTED, 26, ""),
    (Kind.PHONE, State.PHONED, 25, ""),
    (Kind.EMAIL, State.HANDED_OVER, 12, ""),
    (Kind.EMAIL, State.WITHDRAWN, 11, "The date was wrong"),
    (Kind.EMAIL, State.FAILED, 6, REFUSED),
    (Kind.EMAIL, State.NOT_KNOWN, 4, SILENT),
    (Kind.EMAIL, State.HELD, 3, HELD),
    (Kind.LETTER, State.TO_PRINT, 2, ""),
    (Kind.LETTER, State.TO_PRINT, 2, ""),
    (Kind.PHONE, State.TO_PHONE, 2, ""),
    (Kind.PHONE, State.TO_PHONE, 1, "No answer"),
    (Kind.EMAIL, State.WAITING, 1, BUSY),
    (Kind.EMAIL, State.DRAFT, 0, ""),
)
ENDED = (State.HANDED_OVER, State.POSTED, State.PHONED, State.WITHDRAWN)
SAID = "You asked for a bench at the bus stop on Mill Street. The council will put one there in the spring."


def load_messages(say: Say) -> None:
    """The letters that come with Heard, and the messages."""
    letters = [letter for folder in letter_folders for letter in read_letters(folder)]
    words = load_letter_templates(actor=SYSTEM, letters=letters)
    purpose = Purpose.objects.get(key="answering")
    version = LetterVersion.objects.get(letter__key="thank-you", language=None, format="standard")
    made = _messages(purpose, version)
    say(f"Messages: {len(made)}, and {words} versions of letters, of which a machine drafted some that nobody checked.")


def _messages(purpose: Purpose, version: LetterVersion) -> list[Message]:
    chance, officers = Chance("heard/messages"), officers_of_localities()
    found = _reachable(purpose)
    rows, moments, steps = [], [], []
    for way, state, days, why in STORY:
        person, route = next(found[way], (None, Route()))
        if person is None:
            continue
        message = _message(person, route, version, chance.choice(officers), chance, days)
        message.purpose, message.state, message.why = purpose, state, why
        rows.append(_aged(message, days))
        moments.append(days_ago(days))
        steps += [MessageStep(message=message, state=State.DRAFT, by=message.drafted_by)]
        if state != State.DRAFT:
            steps.append(MessageStep(message=message, state=state, words=why))
    rows.append(_to_a_group(purpose, version, officers, chance))
    moments.append(days_ago(9))
    backdate(write_new(rows, verb=Verb.MESSAGE_DRAFTED), moments)
    attach(steps)
    return rows


def _reachable(purpose: Purpose) -> dict[str, Iterator[tuple[Person, Route]]]:
    """People by the way that is safe for them and that they prefer: looked for until there is one for each message, and
    among those only who have that way at all, as a route asks much of the database."""
    people = Person.objects.filter(restricted=False, stopped_on=None).with_parts(*PARTS).order_by("pk")[:LOOKED_AT]
    route_of = cache(lambda person: route_to(person, purpose))

    def reached_by(kind: str) -> Iterator[tuple[Person, Route]]:
        for person in people:
            if any(way.kind == kind for way in person.ways.all()):
                route = route_of(person)
                if route.way == kind and not (route.by_hand and kind == Kind.EMAIL):
                    yield person, route

    return {kind: reached_by(kind) for kind in (Kind.EMAIL, Kind.LETTER, Kind.PHONE)}


def _words_to(name: str, version: LetterVersion) -> Rendered:
    council = Council.objects.get()
    values = {"name": name, "words": SAID, "council": council.name, "council_phone": council.contact_phone,
              "council_email": council.contact_email}  # fmt: skip
    return render(version, values, form="standard", footer=council.name)


def _message(person: Person, route: Route, version: LetterVersion, officer: User, chance: Chance, days: int) -> Message:
    name = person.form_of_address or person.name
    words = _words_to(name, version)
    tongue = language_for(person) if route.way != Kind.PHONE else None
    key = chance.id_at(days_ago(days))
    return Message(
        id=key, to_kind=To.PERSON, person=person, version_used=version, way=route.way, address=route.address,
        by_hand=route.by_hand, subject=words.subject, text=words.text, html=words.html, drafted_by=officer,
        message_id=f"<{key}@localhost>",
        fell_back=f"{NOT_CHECKED.format(language=tongue.name)}." if tongue else "",
    )  # fmt: skip


def _aged(message: Message, days: int) -> Message:
    moment: datetime = days_ago(days)
    if message.state not in (State.DRAFT, State.HELD):
        message.queued_at = moment
    if message.state in ENDED:
        message.ended_at = moment + timedelta(minutes=2)
    if message.state == State.PHONED:
        message.result = Message.Result.SPOKE
    if message.why == "No answer":
        message.result, message.tries = Message.Result.NO_ANSWER, 1
    if message.state == State.WAITING:  # tomorrow, so that it is there to be looked at
        message.tries, message.try_at = 4, timezone.now() + timedelta(days=1)
    return message


def _to_a_group(purpose: Purpose, version: LetterVersion, officers: list[User], chance: Chance) -> Message:
    group = Organisation.objects.exclude(email="").order_by("name").first() or Organisation.objects.order_by("name")[0]
    words = _words_to(group.name, version)
    key, moment = chance.id_at(days_ago(9)), days_ago(9)
    return Message(
        id=key, to_kind=To.ORGANISATION, organisation=group, purpose=purpose, version_used=version, way=Kind.EMAIL,
        address=group.email, subject=words.subject, text=words.text, html=words.html, drafted_by=officers[0],
        state=State.HANDED_OVER, queued_at=moment, ended_at=moment, message_id=f"<{key}@localhost>",
    )  # fmt: skip
