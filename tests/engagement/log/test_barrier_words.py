"""What an officer writes about the barriers they noticed, in the one box that the page has for it."""

import pytest

from crm.base.writing import writing_allowed
from engagement.log.details import BarrierDetails
from engagement.log.models import Barrier
from tests.crm.people.test_pages import words_on
from tests.engagement.log.test_contact_pages import correction

TICK = "Tick the barrier these words are about"


@pytest.fixture
def barriers(db):
    """No way in without steps, and too far from the bus."""
    with writing_allowed():
        return [Barrier.objects.create(name=name, order=place) for place, name in enumerate(("Steps", "Bus"))]


def saved(signed_in, world, event, *ticked, **changes):
    sent = correction(event, barriers=[str(barrier.pk) for barrier in ticked], **changes)
    return signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/correct/", sent)


def said(event):
    return {row.barrier.name: row.words for row in event.barriers.select_related("barrier")}


def test_words_about_no_barrier_are_asked_about_and_stay_in_their_box(world, signed_in, barriers):
    event = world.contact()
    page = words_on(saved(signed_in, world, event, barrier_words="No lift, four steps"))
    assert f'<a href="#id_barrier_words">{TICK}</a>' in page
    assert 'value="No lift, four steps"' in page
    assert not event.barriers.exists()
    assert saved(signed_in, world, event, barriers[1], barrier_words="No lift, four steps").status_code == 302
    assert said(event) == {"Bus": "No lift, four steps"}


def test_words_stay_with_the_barrier_they_were_about_and_every_barrier_keeps_its_own(world, signed_in, barriers):
    steps, bus = barriers
    event = world.contact(barriers=[BarrierDetails(bus, "The 51 stopped running")])
    saved(signed_in, world, event, steps, bus, barrier_words="The 51 stopped running at six")
    assert said(event) == {"Steps": "", "Bus": "The 51 stopped running at six"}
    event = world.contact(barriers=[BarrierDetails(steps, "Four steps"), BarrierDetails(bus, "No bus")])
    saved(signed_in, world, event, steps, bus, barrier_words="Five steps")
    assert said(event) == {"Steps": "Five steps", "Bus": "No bus"}


def test_words_of_a_barrier_that_is_ticked_no_more_do_not_push_out_those_of_another(world, signed_in, barriers):
    steps, bus = barriers
    event = world.contact(barriers=[BarrierDetails(steps, "Four steps"), BarrierDetails(bus, "No bus")])
    assert TICK in words_on(saved(signed_in, world, event, bus, barrier_words="Four steps"))
    saved(signed_in, world, event, bus, barrier_words="")
    assert said(event) == {"Bus": "No bus"}
