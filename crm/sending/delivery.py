"""Hands waiting messages to the mail server, one after another, so that none is lost and none goes twice by itself."""

from __future__ import annotations

import logging
import smtplib
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from crm.areas.models import Council
from crm.base.actors import SYSTEM
from crm.base.again import begin_again
from crm.base.ids import new_id
from crm.sending.actions import (
    Answer,
    begin_handing_over,
    claim_messages,
    give_back,
    note_handed_over,
    settle_lost,
)
from crm.sending.models import Message
from crm.sending.registry import secrets_for, with_secrets

State = Message.State
AT_A_TIME = 20  # messages claimed together: what a dead sender keeps others waiting for
LOOK_FOR_WORK_EVERY = 60.0  # seconds between two looks for background work that was left lying
LOOK_EVERY = 2.0  # seconds between two looks when nothing waits
SERVER_AWAY = timedelta(minutes=1)
NO_ANSWER = "The mail server did not answer after it was given this. It may have gone out"
WRONG_ADDRESS = "The address is not one that mail can be sent to"
logger = logging.getLogger("heard.sending")


class ServerAway(Exception):
    """The mail server cannot be reached: nothing was handed over."""


@dataclass
class Tally:
    """What one round did."""

    done: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """So many more of these."""
        if number:
            self.done[what] = self.done.get(what, 0) + number

    @property
    def any(self) -> bool:
        """Whether anything happened."""
        return bool(self.done)


class Counter:
    """The post office's counter: one connection for many messages, known to be open before each is begun."""

    def __init__(self) -> None:
        self._mail: Any = get_connection(fail_silently=False)

    def make_ready(self) -> None:
        """Open the connection, or open it again when the server closed it. Raises `ServerAway`."""
        try:
            open_ = getattr(self._mail, "connection", None)
            if open_ is not None and hasattr(open_, "noop"):
                with suppress(smtplib.SMTPException, OSError):
                    if open_.noop()[0] == 250:
                        return
                self.close()
            self._mail.open()
        except (smtplib.SMTPException, OSError) as problem:
            raise ServerAway from problem

    def hand_over(self, email: EmailMultiAlternatives) -> Answer:
        """Give it to the server, and say what it answered. A silence is no answer: it may have gone."""
        try:
            self._mail.send_messages([email])
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()), (550, b""))
            return _refused(code, words)
        except smtplib.SMTPResponseException as problem:
            return _refused(problem.smtp_code, problem.smtp_error)
        except (
            smtplib.SMTPNotSupportedError,
            ValueError,
        ):  # UnicodeError is a ValueError: found before anything is sent
            return Answer("refused", WRONG_ADDRESS)
        except (smtplib.SMTPException, OSError):
            self.close()
            return Answer("not_known", NO_ANSWER)
        return Answer("taken")

    def close(self) -> None:
        """Close the connection, whatever state it is in."""
        with suppress(smtplib.SMTPException, OSError):
            self._mail.close()
        self._mail.connection = None


def _refused(code: int, words: bytes | str) -> Answer:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    told = f"The mail server refused it ({code}): {' '.join(said.split())}"[:300]
    return Answer("later" if 400 <= code < 500 else "refused", told)


def as_email(message: Message, reply_to: Sequence[str] = ()) -> EmailMultiAlternatives:
    """The message as an e-mail: text, the same words as an accessible page, and the calendar entry if there is one."""
    secrets = secrets_for(message.about_kind, message.about_id)
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.language:
        headers["Content-Language"] = message.language.code
    email = EmailMultiAlternatives(
        message.subject, with_secrets(message.text, secrets), settings.DEFAULT_FROM_EMAIL, [message.address],
        headers=headers, reply_to=list(reply_to),
    )  # fmt: skip
    email.attach_alternative(with_secrets(message.html, secrets), "text/html")
    if message.calendar_text:
        email.attach_alternative(message.calendar_text, f"text/calendar; method={message.calendar_method}")
    return email


def something_waits() -> bool:
    """Whether there is anything to do: a look that locks nothing. 1 query."""
    now = timezone.now()
    due = Q(state=State.WAITING) & (Q(try_at=None) | Q(try_at__lte=now))
    return Message.objects.filter(due | Q(state__in=(State.CLAIMED, State.HANDING_OVER), lease_until__lt=now)).exists()


def send_some(stopping: threading.Event | None = None) -> Tally:
    """One round: settle what dead senders left, claim a few, hand each over. Says what it did."""
    tally = Tally()
    if not something_waits():
        return tally
    tally.count("settled", settle_lost(actor=SYSTEM))
    attempt = new_id()
    claimed = claim_messages(actor=SYSTEM, attempt=attempt, most=AT_A_TIME)
    if not claimed:
        return tally
    counter, rest = Counter(), list(claimed)
    reply_to = _reply_to()
    try:
        while rest and not (stopping is not None and stopping.is_set()):
            counter.make_ready()
            tally.count(_send_one(counter, rest.pop(0), attempt, reply_to))
    except ServerAway:
        tally.count("away", len(rest))
        give_back(actor=SYSTEM, messages=rest, attempt=attempt, not_before=timezone.now() + SERVER_AWAY)
        rest = []
    finally:
        counter.close()
    if rest:
        give_back(actor=SYSTEM, messages=rest, attempt=attempt)
    return tally


def _send_one(counter: Counter, message: Message, attempt: UUID, reply_to: Sequence[str]) -> str:
    begun = begin_handing_over(actor=SYSTEM, message=message, attempt=attempt)
    if begun is None:
        return "not_begun"
    answer = counter.hand_over(as_email(begun, reply_to))
    note_handed_over(actor=SYSTEM, message=begun, attempt=attempt, answer=answer)
    return answer.kind


def _reply_to() -> list[str]:
    email = Council.objects.values_list("contact_email", flat=True).first()
    return [email] if email else []


def send_for_ever(stopping: threading.Event, *, every: float = LOOK_EVERY) -> None:
    """Send whatever waits, until asked to stop. A database that is away, or one bad message, does not end it. It is the
    one loop that always runs, so it also puts back what a killed background worker left lying."""
    looked = 0.0
    while not stopping.is_set():
        close_old_connections()
        try:
            if time.monotonic() - looked > LOOK_FOR_WORK_EVERY:
                looked = time.monotonic()
                begin_again()
            tally = send_some(stopping)
        except Exception:  # a database that is away, or a room above that fails: the message is settled when it is back
            logger.exception("outbox.failed")
            tally = Tally()
        if tally.any:
            logger.info("outbox", extra={"facts": {"done": tally.done}})
        else:
            stopping.wait(every)


def send_all(*, patience: float = 600.0) -> Tally:
    """Send until nothing waits that may go now. For a command run by hand, and for tests."""
    total, until = Tally(), time.monotonic() + patience
    while time.monotonic() < until:
        tally = send_some()
        if not tally.any:
            break
        for what, number in tally.done.items():
            total.count(what, number)
    return total
