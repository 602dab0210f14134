"""The same request twice makes one record."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from crm.accounts.models import IdempotencyKey
from crm.accounts.replay import Answer, KeyReused, once
from engagement.log.actions import add_topic
from engagement.log.models import Topic
from tests.world import make_world


def send(make, key="k1", body=b"{}", owner="user:1", path="/topics/"):
    return once(owner=owner, method="POST", path=path, key=key, body=body, make=make)


def adding(world, name):
    def make():
        topic = add_topic(actor=world.lead, name=name)
        return Answer(status=201, body={"id": str(topic.pk), "name": topic.name}, location=f"/topics/{topic.pk}/")

    return make


def test_the_same_request_again_gets_the_same_answer_and_makes_nothing(world):
    first = send(adding(world, "Transport"))
    second = send(adding(world, "Transport"))
    assert (second.status, second.body, second.location) == (first.status, first.body, first.location)
    assert (first.replayed, second.replayed) == (False, True)
    assert Topic.objects.filter(name="Transport").count() == 1


def test_it_costs_two_queries_more_than_the_change_itself(world, django_assert_num_queries):
    with django_assert_num_queries(4):  # with the savepoint a test's own transaction makes of it
        send(lambda: Answer(status=200, body=None))


def test_refused_when_the_key_comes_back_with_other_words(world):
    send(adding(world, "Transport"))
    with pytest.raises(KeyReused):
        send(adding(world, "Parking"), body=b'{"name": "Parking"}')
    assert not Topic.objects.filter(name="Parking").exists()


@pytest.mark.parametrize("other", [{"key": "k2"}, {"owner": "user:2"}, {"path": "/people/"}])
def test_another_key_person_or_address_is_another_request(world, other):
    send(adding(world, "Transport"))
    assert not send(adding(world, "Parking"), **other).replayed


def test_a_request_that_failed_keeps_nothing_and_may_come_again(world):
    def fail():
        add_topic(actor=world.lead, name="Half done")
        raise KeyError

    with pytest.raises(KeyError):
        send(fail)
    assert not Topic.objects.filter(name="Half done").exists()
    assert not IdempotencyKey.objects.exists()
    assert not send(adding(world, "Half done")).replayed


def test_after_a_day_the_key_is_free_again(world):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        send(adding(world, "Transport"))
    assert not send(adding(world, "Parking")).replayed


def test_old_answers_are_forgotten_and_young_ones_kept(world, capsys):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        send(adding(world, "Transport"))
    send(adding(world, "Parking"), key="k2")
    call_command("forget_old_keys")
    assert "Forgot 1 kept answers." in capsys.readouterr().out
    assert [row.answer["name"] for row in IdempotencyKey.objects.all()] == ["Parking"]


def test_whatever_the_other_side_chose_as_a_key_is_not_stored(world):
    send(adding(world, "Transport"), key="Parveen Begum \x00 " + "x" * 5000)
    assert "Parveen" not in IdempotencyKey.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_twins_at_the_same_moment_make_one_and_hear_the_same():
    world, answers, ready = make_world(), [], threading.Barrier(4)

    def press():
        def make():
            time.sleep(0.05)
            return adding(world, "Transport")()

        try:
            ready.wait()
            answers.append(send(make))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len({answer.body["id"] for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert Topic.objects.filter(name="Transport").count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_first_of_two_twins_fails_the_other_goes_ahead():
    world, answers, started, failed = make_world(), [], threading.Event(), []

    def first():
        def make():
            started.set()
            time.sleep(0.2)
            raise ValueError

        try:
            send(make)
        except ValueError as problem:
            failed.append(problem)
        finally:
            connection.close()

    def second():
        started.wait()
        answers.append(send(adding(world, "Transport")))
        connection.close()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed
    assert [answer.replayed for answer in answers] == [False]
