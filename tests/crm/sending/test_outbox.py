"""The outbox: claimed, begun, handed over; what a crash, a refusal and a silence leave; and who may not be sent to."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.people.models import ContactWay
from crm.sending import delivery
from crm.sending.actions import (
    Answer,
    begin_handing_over,
    claim_messages,
    decide_message,
    note_handed_over,
    queue_messages,
    settle_lost,
    withdraw_message,
)
from crm.sending.models import Message
from crm.sending.registry import message_changed
from crm.sending.reports import progress_of
from tests.crm.privacy.helpers import an_objection, stopped
from tests.crm.sending.helpers import a_draft, answered, being_handed_over, lease_ran_out, reachable, waiting

State = Message.State


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_message_that_waits_is_handed_to_the_mail_server(world):
    message = waiting(world)
    assert delivery.send_all().done == {"taken": 1}
    assert state_of(message) == State.HANDED_OVER
    (sent,) = mail.outbox
    assert sent.to == ["parveen@example.org"]
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert "The ramp is being built." in sent.body
    assert [step.state for step in message.steps.all()] == ["draft", "waiting", "handed_over"]


def test_two_senders_never_get_the_same_message(world):
    message = waiting(world)
    first, second = new_id(), new_id()
    assert claim_messages(actor=SYSTEM, attempt=first) == [message]
    assert claim_messages(actor=SYSTEM, attempt=second) == []
    assert begin_handing_over(actor=SYSTEM, message=message, attempt=second) is None


def test_a_sender_that_died_after_claiming_loses_nothing_and_the_message_waits_again(world):
    message = waiting(world)
    claim_messages(actor=SYSTEM, attempt=new_id())
    assert settle_lost(actor=SYSTEM) == 0  # the lease still runs
    lease_ran_out(message)
    settle_lost(actor=SYSTEM)
    assert state_of(message) == State.WAITING


def test_a_sender_that_died_while_handing_over_leaves_it_to_a_person(world):
    message = lease_ran_out(being_handed_over(world))
    assert delivery.send_all().done == {"settled": 1}
    assert state_of(message) == State.NOT_KNOWN
    assert not mail.outbox
    assert "may have gone out" in message.why
    delivery.send_all()
    assert not mail.outbox


def test_a_late_answer_settles_what_nobody_knew(world):
    message = lease_ran_out(being_handed_over(world))
    settle_lost(actor=SYSTEM)
    note_handed_over(actor=SYSTEM, message=message, attempt=message.attempt, answer=Answer("taken"))
    assert state_of(message) == State.HANDED_OVER


def test_a_late_answer_changes_nothing_once_a_person_decided(world):
    message = lease_ran_out(being_handed_over(world))
    attempt = message.attempt
    settle_lost(actor=SYSTEM)
    decide_message(actor=world.amina, message=message, decision="send_again")
    assert note_handed_over(actor=SYSTEM, message=message, attempt=attempt, answer=Answer("taken")) is None
    assert state_of(message) == State.WAITING


def test_a_person_decides_that_it_went_out_or_sends_it_again_under_the_same_number(world):
    went, again = answered(world, "not_known"), answered(world, "not_known", person=reachable(world, name="Sam"))
    decide_message(actor=world.amina, message=went, decision="went_out")
    decide_message(actor=world.amina, message=again, decision="send_again")
    delivery.send_all()
    assert state_of(went) == state_of(again) == State.HANDED_OVER
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [again.message_id]


def test_a_refusal_that_may_pass_is_tried_again_later_and_in_the_end_given_to_a_person(world):
    message = answered(world, "later", "The mail server refused it (451): busy")
    assert message.state == State.WAITING
    assert message.try_at > timezone.now() + timedelta(seconds=50)
    delivery.send_all()
    assert not mail.outbox
    with writing_allowed():
        Message.objects.filter(pk=message.pk).update(tries=6, try_at=None)
    attempt = new_id()
    claim_messages(actor=SYSTEM, attempt=attempt)
    begin_handing_over(actor=SYSTEM, message=message, attempt=attempt)
    note_handed_over(actor=SYSTEM, message=message, attempt=attempt, answer=Answer("later", "busy"))
    assert state_of(message) == State.FAILED


def test_a_refusal_for_good_is_given_to_a_person_at_once_with_the_servers_reason(world):
    message = answered(world, "refused", "The mail server refused it (550): no such user")
    assert (message.state, message.why) == (State.FAILED, "The mail server refused it (550): no such user")
    decide_message(actor=world.amina, message=message, decision="send_again")
    assert state_of(message) == State.WAITING


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), "refused"),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"later")}), "later"),
        (smtplib.SMTPDataError(552, b"too big"), "refused"),
        (smtplib.SMTPServerDisconnected("gone"), "not_known"),
        (TimeoutError(), "not_known"),
        (ValueError("an address that is none"), "refused"),
    ],
    ids=str,
)
def test_what_the_mail_server_says_is_told_apart_from_its_silence(problem, kind):
    class Server:
        connection = None

        def send_messages(self, messages):
            raise problem

        def close(self):
            pass

    counter = delivery.Counter()
    counter._mail = Server()
    assert counter.hand_over(mail.EmailMultiAlternatives()).kind == kind


def test_a_mail_server_that_is_away_costs_no_message_and_no_try(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = waiting(world)
    assert delivery.send_all().done == {"away": 1}
    assert (state_of(message), message.tries) == (State.WAITING, 0)
    assert message.try_at > timezone.now()


def test_whoever_was_stopped_in_between_is_not_sent_to(world):
    person = reachable(world)
    message = waiting(world, person)
    stopped(world, person)
    delivery.send_all()
    assert not mail.outbox
    assert state_of(message) == State.HELD
    assert "only stored" in message.why
    assert not Message.objects.visible_to(world.amina).exists()


def test_whoever_objected_in_between_is_not_sent_to_and_the_officer_reads_why(world):
    person = reachable(world)
    message = waiting(world, person)
    an_objection(world, person, message.purpose)
    delivery.send_all()
    assert not mail.outbox
    assert state_of(message) == State.HELD
    assert "They objected to this" in message.why


def test_an_address_that_changed_in_between_is_not_written_to(world):
    person = reachable(world)
    message = waiting(world, person)
    with writing_allowed():
        ContactWay.objects.filter(person=person).update(value="new@example.org")
    delivery.send_all()
    assert not mail.outbox
    assert state_of(message) == State.HELD
    decide_message(actor=world.amina, message=message, decision="send_again")
    delivery.send_all()
    assert mail.outbox[0].to == ["new@example.org"]


def test_one_that_cannot_be_sent_safely_stops_nobody_else(world):
    first, second = reachable(world), reachable(world, name="Sam")
    an_objection(world, first)
    done = queue_messages(actor=world.amina, messages=[a_draft(world, first), a_draft(world, second)])
    assert (len(done.held), len(done.queued)) == (1, 1)
    assert "They objected to everything we do" in done.held[0].why


def test_what_waits_can_be_taken_back_and_what_may_have_gone_cannot(world):
    message = waiting(world)
    claim_messages(actor=SYSTEM, attempt=new_id())
    withdraw_message(actor=world.amina, message=message)
    delivery.send_all()
    assert not mail.outbox
    with pytest.raises(Blocked):
        withdraw_message(actor=world.amina, message=being_handed_over(world, person=reachable(world, name="Sam")))


def test_nothing_is_sent_twice_by_queueing_twice(world):
    message = waiting(world)
    with pytest.raises(Blocked):
        queue_messages(actor=world.amina, messages=[message])


def test_rooms_above_hear_of_every_change_inside_its_transaction(world):
    heard = []
    message_changed.add("test", lambda message, before: heard.append((before, message.state)))
    try:
        waiting(world)
        delivery.send_all()
    finally:
        message_changed._entries.pop("test")
    assert heard == [("", "draft"), ("draft", "waiting"), ("handing_over", "handed_over")]


def test_how_far_a_long_send_is_costs_one_query(world, django_assert_num_queries):
    waiting(world)
    answered(world, "refused", person=reachable(world, name="Sam"))
    with django_assert_num_queries(1):
        progress = progress_of(Message.objects.all())
    assert (progress.on_their_way, progress.for_a_person, progress.total) == (1, 1, 2)


def test_looking_for_work_locks_nothing_and_costs_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not delivery.send_some().any
