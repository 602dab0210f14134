"""Senders that are killed with SIGKILL, at any moment: no message is lost, and none goes twice without a person's yes.

The suite kills a few. For the figures in the decision note:

    KILLS=50 MESSAGES=1000 python -m pytest tests/crm/sending/test_killing.py -s
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.sending import delivery
from crm.sending.actions import decide_message
from crm.sending.models import LetterVersion, Message, MessageStep
from engagement.forums.models import Invitation
from tests.engagement.forums.inviting import to_be_told
from tests.world import World, make_world

KILLS, MESSAGES = int(os.environ.get("KILLS", "6")), int(os.environ.get("MESSAGES", "60"))
LONGEST_LIFE = 0.5 if MESSAGES > 100 else 0.3  # seconds a sender lives before it is killed
State = Message.State


@pytest.fixture
def sink(tmp_path, settings):
    """A mail server of its own; gives the file of what it took."""
    log = tmp_path / "taken.log"
    log.touch()
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "sink.py"), str(log), "8"], stdout=subprocess.PIPE, text=True
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(server.stdout.readline())
    yield log
    server.kill()
    server.wait()
    server.stdout.close()


def outbox(world: World, number: int) -> None:
    """So many invitations to one forum that wait, to addresses given for one thing. Each is given its words when it
    goes."""
    forum, now = to_be_told(world), timezone.now()
    reverse("my-invitation", args=["loads"])  # all addresses, or each sender would die while it loads them
    version = LetterVersion.objects.get(letter__key="forum-invitation", language=None, format="standard")
    invited = [Invitation(forum=forum, reach_by="email", reach_at=f"g{n}@example.org") for n in range(number)]
    for one in invited:
        one.digest = Invitation.digest_of(one.secret)
    rows = [
        Message(to_kind="guest", purpose=version.letter.purpose, version_used=version, way="email",
                address=one.reach_at, subject="Come", text="Come", html="<p>Come</p>", state=State.WAITING,
                queued_at=now, drafted_by=world.amina, message_id=f"<{n}@testserver>", about_kind="forum-invitation",
                about_id=one.pk)
        for n, one in enumerate(invited)
    ]  # fmt: skip
    with writing_allowed():
        Invitation.objects.bulk_create(invited)
        Message.objects.bulk_create(rows)


def a_sender() -> int:
    """A process that sends whatever waits, and then ends. Gives its number."""
    connections.close_all()
    if pid := os.fork():
        return pid
    try:
        delivery.send_all()
    finally:
        os._exit(0)


def its_lease_runs_out() -> None:
    """The only sender is dead: what it held is nobody's once its lease is over."""
    past = timezone.now() - timedelta(seconds=1)
    with writing_allowed():
        Message.objects.filter(state__in=(State.CLAIMED, State.HANDING_OVER)).update(lease_until=past)


def kill_many(chance: random.Random) -> int:
    """Start senders and kill each at some moment, until all is sent or so many died."""
    killed = 0
    while killed < KILLS and Message.objects.filter(state__in=(State.WAITING, State.CLAIMED)).exists():
        pid = a_sender()
        time.sleep(chance.random() * LONGEST_LIFE)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
        its_lease_runs_out()
    return killed


def sends_the_rest() -> None:
    its_lease_runs_out()
    os.waitpid(a_sender(), 0)


@pytest.mark.django_db(transaction=True)
def test_killed_senders_lose_nothing_and_double_nothing(sink):
    world = make_world()
    outbox(world, MESSAGES)
    began = time.monotonic()
    killed = kill_many(random.Random(20261128))
    sends_the_rest()
    took = time.monotonic() - began
    taken, states = Counter(sink.read_text().split()), Counter(Message.objects.values_list("state", flat=True))
    assert not [one for one, times in taken.items() if times > 1], "Sent twice without a person's yes."
    assert set(states) <= {State.HANDED_OVER, State.NOT_KNOWN}
    assert states[State.NOT_KNOWN] <= killed, "A killed sender leaves one message unknown at most."
    sent = set(Message.objects.filter(state=State.HANDED_OVER).values_list("message_id", flat=True))
    assert sent <= set(taken), "Marked as sent, and the mail server never had it."
    unknown = list(Message.objects.filter(state=State.NOT_KNOWN))
    went = [message for message in unknown if message.message_id in taken]
    for message in unknown:
        decide_message(actor=world.amina, message=message, decision="went_out" if message in went else "send_again")
    sends_the_rest()
    assert Counter(sink.read_text().split()) == Counter(f"<{n}@testserver>" for n in range(MESSAGES))
    assert not Message.objects.exclude(state=State.HANDED_OVER).exists()
    assert MessageStep.objects.filter(state=State.NOT_KNOWN).count() == len(unknown)
    sys.stdout.write(
        f"\n{MESSAGES} messages, {killed} senders killed in {took:.0f} seconds: {states[State.HANDED_OVER]} known to "
        f"be sent, {len(unknown)} not known ({len(went)} of them had gone), none lost, none doubled.\n"
    )
