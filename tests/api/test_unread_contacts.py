"""The id of a contact goes to those who may read it. Whoever reads a forum or an answer beside it may not."""

from __future__ import annotations

import pytest

from engagement.forums.actions.invitations import log_what_was_said
from engagement.log.actions import restrict_event
from tests.engagement.forums.coming import an_open_forum, answers
from tests.engagement.forums.holding import closed
from tests.engagement.needs.helpers import an_outcome


def a_forum_that_was_held(world):
    forum = closed(world)
    return "forums", forum, "event", forum.event


def words_of_a_guest(world):
    row = answers(world, an_open_forum(world), None, guest_name="A neighbour", to_say="There is no bus.")
    contact = log_what_was_said(actor=world.amina, invitation=row)
    return "invitations", row, "said", contact


def a_need_that_was_met(world):
    event = world.contact(people=[world.person])
    outcome = an_outcome(world, event=event, message="")
    return "need-outcomes", outcome, "event", outcome.event


@pytest.mark.parametrize("make", [a_forum_that_was_held, words_of_a_guest, a_need_that_was_met])
def test_the_contact_is_named_to_whoever_may_read_it_alone(world, caller, make):
    kind, row, field, contact = make(world)
    restrict_event(actor=world.amina, event=contact, readers=[world.amina])
    told = {}
    for name in ("amina", "manager"):
        reader = caller(getattr(world, name))
        (listed,) = [one for one in reader.get(f"/{kind}/").json()["results"] if one["id"] == str(row.pk)]
        told[name] = (listed[field], reader.get(f"/{kind}/{row.pk}/").json()[field])
        told[name] += (reader.get(f"/engagement-events/{contact.pk}/").status_code,)
    pk = str(contact.pk)
    assert told == {"amina": (pk, pk, 200), "manager": (None, None, 404)}
