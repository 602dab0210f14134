"""Two erasures, or an erasure and an officer who writes, at the same time: nothing comes back and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from crm.erasing.actions import decide_erasure
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from engagement.log.actions import correct_point
from engagement.log.details import PointDetails
from tests.crm.erasing.helpers import LOOKED, a_request
from tests.world import World, make_world

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db(transaction=True)]


def erased(world: World, person: Any) -> None:
    """They ask, and it is granted."""
    request = a_request(world, person)
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason="Not needed", looked=LOOKED)


def meanwhile(does: Callable[[], None]) -> Thread:
    """It begins, and waits for what we hold."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            does()
        except BaseException as problem:
            failed.append(problem)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.failed = failed  # type: ignore[attr-defined]
    thread.start()
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] or not thread.is_alive():
                return thread
        time.sleep(0.05)
    raise AssertionError("it waits for nothing")


def is_done(thread: Thread) -> None:
    """It is done, and well."""
    thread.join(60)
    assert not thread.is_alive()
    assert thread.failed == []  # type: ignore[attr-defined]


def test_who_was_erased_does_not_come_back_with_the_words_of_another_erasure():
    world = make_world()
    halina = add_person(actor=world.amina, details=PersonDetails(name="Halina Nowak", area=world.east_ward))
    points = [PointDetails("Parveen Begum and Halina Nowak waited.")]
    point = world.contact(people=[world.person, halina], points=points).points.get()
    a_request(world, halina)
    with transaction.atomic():
        erased(world, world.person)
        other = meanwhile(lambda: erased(world, halina))
    is_done(other)
    point.refresh_from_db()
    assert point.words == "(taken out) and (taken out) waited."


def test_what_an_officer_writes_at_the_same_time_is_not_lost():
    world = make_world()
    event = world.contact(people=[world.person], points=[PointDetails("Parveen Begum waited.")])
    point = event.points.get()
    with transaction.atomic():
        corrected = PointDetails("Parveen Begum waited for two hours.")
        correct_point(actor=world.amina, event=event, point=point, corrected=corrected, reason="Said again")
        other = meanwhile(lambda: erased(world, world.person))
    is_done(other)
    point.refresh_from_db()
    assert point.words == "(taken out) waited for two hours."
