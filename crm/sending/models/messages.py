"""Messages: to whom, what for, by which way, and how far each one is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import ContactWay, Person, one_of_people
from crm.privacy.models import Purpose
from crm.sending.models.letters import Format, LetterVersion
from crm.sending.registry import about_kinds


class To(models.TextChoices):
    """To whom a message goes."""

    PERSON = "person", "A person"
    ORGANISATION = "organisation", "A group or organisation"
    GUEST = "guest", "An address somebody gave for this one thing"


class State(models.TextChoices):
    """How far a message is."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting to be sent"
    CLAIMED = "claimed", "About to be sent"
    HANDING_OVER = "handing_over", "Being handed to the mail server"
    HANDED_OVER = "handed_over", "Sent"
    NOT_KNOWN = "not_known", "We do not know whether it went out"
    FAILED = "failed", "It could not be sent"
    HELD = "held", "Held back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TO_PRINT = "to_print", "To print and post"
    POSTED = "posted", "Posted"
    TO_PHONE = "to_phone", "To phone or tell"
    PHONED = "phoned", "Phoned or told"


# Groups of states.
NOT_BEGUN = frozenset(
    {State.DRAFT, State.WAITING, State.CLAIMED, State.HELD, State.TO_PRINT, State.TO_PHONE, State.FAILED}
)
FOR_A_PERSON = frozenset({State.NOT_KNOWN, State.FAILED, State.HELD, State.TO_PRINT, State.TO_PHONE})
HOLDABLE = frozenset({State.DRAFT, State.HELD})
ENDED = frozenset({State.HANDED_OVER, State.POSTED, State.PHONED, State.WITHDRAWN})


class MessageQuerySet(VisibleQuerySet["Message"]):
    """Messages are seen by whoever may see the person, and by whoever looks after what they are about."""

    def visible_to(self, user: Actor) -> MessageQuerySet:
        """Officers, leads and managers: those to people they may see, and to groups. Champions: those they wrote to
        people they may see, and those about what is theirs (a forum). To an address without a name: who wrote it, leads
        and managers. Where a kind says so, only those who may read what it is about see them. Those to a person who
        asked us to stop vanish with them, and to a restricted person are seen only by those who may see the person."""
        return self._seen_by(user, about_kinds.names())

    def these_seen_by(self, user: Actor, messages: Collection[Message]) -> MessageQuerySet:
        """Those of these messages that are `visible_to` this reader. Asking for no other kinds than they are about is
        what every button beside a message waits for."""
        kinds = {message.about_kind for message in messages}
        rows = self.filter(pk__in={message.pk for message in messages}, about_kind__in=kinds)
        return rows._seen_by(user, [name for name in about_kinds.names() if name in kinds])

    def _seen_by(self, user: Actor, kinds: Iterable[str]) -> MessageQuerySet:
        if not holds(user, FIELD_ROLES):
            return self.none()
        person = Q(one_of_people(Person.objects.visible_to(user)), to_kind=To.PERSON)
        office = holds(user, OFFICE_ROLES)
        seen = person if office else person & Q(drafted_by=user.pk)
        seen |= Q(to_kind=To.ORGANISATION) if office else Q(to_kind=To.ORGANISATION, drafted_by=user.pk)
        nameless = Q(to_kind=To.GUEST) | Q(to_kind=To.PERSON, person=None)
        seen |= nameless if holds(user, {Role.LEAD, Role.MANAGER}) else nameless & Q(drafted_by=user.pk)
        alone = [name for name in about_kinds.names() if about_kinds[name].only]
        seen &= ~Q(about_kind__in=alone)
        open_ = Q(person=None) | Q(person__restricted=False, person__stopped_on=None)
        theirs = _readable_about(user, kinds)
        return self.filter(seen | theirs & open_ if theirs else seen)

    def to_subject(self, user: Actor, kind: str, pk: UUID) -> MessageQuerySet:
        """Of those `visible_to` this reader, those to a person or group whose page they have open, and so may see. What
        an officer then may not read are only the kinds that are kept apart: asking for nothing else is five times as
        quick."""
        to_them = Q(person=pk) if kind == "person" else Q(organisation=pk)
        if not holds(user, OFFICE_ROLES):
            return self.visible_to(user).filter(to_them)
        alone = [name for name in about_kinds.names() if about_kinds[name].only]
        seen = ~Q(about_kind__in=alone)
        return self.filter(to_them, seen | _readable_about(user, alone))

    def about(self, kind: str, ids: Iterable[UUID]) -> MessageQuerySet:
        """Those about some records of one kind."""
        return self.filter(about_kind=kind, about_id__in=list(ids))

    def for_a_person(self) -> MessageQuerySet:
        """Those that wait for somebody to decide or to do something."""
        return self.filter(state__in=FOR_A_PERSON)

    def for_list(self) -> MessageQuerySet:
        """With whom they go to, oldest first: what waits longest stands first."""
        return self.select_related("person__locality", "organisation", "purpose", "language", "drafted_by").order_by(
            "created_at", "id"
        )


def _readable_about(user: Actor, kinds: Iterable[str]) -> Q:
    """That a message is about a record of one of these kinds that this user may read."""
    found = Q()
    for name in kinds:
        found |= Q(about_kind=name, about_id__in=inside(about_kinds[name].readable, user))
    return found


class Message(Record):
    """One message to one person, group or address, for one purpose, and what became of it."""

    State = State

    class Result(models.TextChoices):
        """How a phone call or a word in person ended."""

        SPOKE = "spoke", "I told them"
        PASSED_ON = "passed_on", "It was passed on as they agreed"
        NO_ANSWER = "no_answer", "No answer: try again"
        WRONG = "wrong", "Wrong number or address"

    to_kind = models.CharField("to", max_length=15, choices=To)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="messages")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name="what for")
    about_kind = models.CharField("about what kind of record", max_length=40, blank=True)
    about_id = models.UUIDField("about which record", null=True, blank=True)
    version_used = models.ForeignKey(
        LetterVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="words used"
    )
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means English."
    )
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)
    fell_back = models.CharField(
        "not as they need it", max_length=300, blank=True, editable=False,
        help_text="What is missing: words in their language or format, say.",
    )  # fmt: skip
    way = models.CharField(max_length=10, choices=ContactWay.Kind, blank=True, help_text="Empty when none is open.")
    wanted_way = models.CharField(max_length=10, choices=ContactWay.Kind, blank=True, editable=False)
    address = models.CharField("number or address", max_length=254, blank=True)
    by_hand = models.BooleanField(default=False, help_text="Somebody must do it: no machine can do it safely.")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField("words", blank=True)
    html = models.TextField("words as a page", blank=True)
    calendar_method = models.CharField(max_length=10, blank=True, help_text="Like REQUEST or CANCEL (RFC 5546).")
    calendar_text = models.TextField("calendar entry", blank=True, help_text="As RFC 5545 has it.")
    message_id = models.CharField("number for mail programs", max_length=120, unique=True, editable=False)
    state = models.CharField(max_length=15, choices=State, default=State.DRAFT, editable=False)
    why = models.CharField("why", max_length=300, blank=True, editable=False)
    result = models.CharField("how it ended", max_length=15, choices=Result, blank=True, editable=False)
    attempt = models.UUIDField("who is sending it", null=True, editable=False)
    lease_until = models.DateTimeField("until when it is theirs", null=True, editable=False)
    tries = models.PositiveSmallIntegerField("how often tried", default=0, editable=False)
    try_at = models.DateTimeField("not before", null=True, blank=True, editable=False)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    queued_at = models.DateTimeField("queued", null=True, editable=False)
    ended_at = models.DateTimeField("sent, posted or told", null=True, editable=False)
    blanked_on = models.DateField("words deleted on", null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["state", "try_at", "queued_at"], name="message_outbox"),
            models.Index(fields=["state", "lease_until"], name="message_lease"),
            models.Index(fields=["about_kind", "about_id"], name="message_about"),
            models.Index(fields=["person", "-created_at"], name="message_person"),
            models.Index(fields=["modified_at", "id"], name="message_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_kind="person", organisation=None)
                | Q(to_kind="organisation", organisation__isnull=False, person=None)
                | Q(to_kind="guest", organisation=None, person=None),
                name="message_to_one",
                violation_error_message="A message goes to one person, one group or one address.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("claimed", "handing_over"))
                | Q(attempt__isnull=False, lease_until__isnull=False),
                name="message_being_sent_is_leased",
                violation_error_message="What is being sent belongs to a sender for a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"

    @property
    def to_words(self) -> str:
        """To whom, for those who may see it."""
        if self.person:
            return self.person.name
        if self.organisation:
            return self.organisation.name
        return (
            "An address given for this one thing" if self.to_kind == To.GUEST else "Somebody who is not kept any more"
        )

    @property
    def for_a_person(self) -> bool:
        """Whether somebody must decide or do something."""
        return self.state in FOR_A_PERSON


class AboutMessageQuerySet(VisibleQuerySet[Any]):
    """Seen with the message."""

    def visible_to(self, user: Actor) -> AboutMessageQuerySet:
        """Those of messages the user may see."""
        return self.filter(message__in=inside(keys_seen, user, Message))


class MessageStep(Guarded):
    """One step of a message: what state it reached, when, by whom, and why."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=15, choices=State)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty for Heard itself."
    )

    objects = AboutMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "step of a message"
        verbose_name_plural = "steps of a message"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_state_display()
