"""What to do next after a contact: on the home page until somebody says that it is done."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import Blocked, Stale
from engagement.log.actions import finish_next_step, withdraw_event

STEP = "Ring about the room"
MORE = "And more: they follow when these are done."


def with_a_step(world, step=STEP, days=1, **details):
    today = timezone.localdate()
    return world.contact(
        occurred_on=today - timedelta(days=9), follow_up=step, follow_up_on=today - timedelta(days=days), **details
    )


def home(client):
    return unescape(client.get("/workspace/").content.decode())


def test_what_is_done_leaves_the_home_page_and_stays_in_the_history(world, signed_in):
    event, client = with_a_step(world), signed_in(world.amina)
    address = f"/workspace/contacts/{event.pk}/next-step/"
    assert f'href="{address}"' in home(client)
    assert f'href="{address}"' in client.get(f"/workspace/contacts/{event.pk}/").content.decode()
    assert STEP in client.get(address).content.decode()
    told = {"came_of_it": "The room is ours on Mondays.", "version": event.version}
    page = unescape(client.post(address, told, follow=True).content.decode())
    assert "Done. It is no longer on your list." in page
    history = page.split("What was changed, by whom and why")[1]
    assert "It is done. The room is ours on Mondays." in history
    assert STEP in history
    assert STEP not in home(client)
    event.refresh_from_db()
    assert (event.follow_up, event.follow_up_on) == ("", None)


def test_a_step_that_is_done_is_not_done_again(world, signed_in):
    event = with_a_step(world)
    finish_next_step(actor=world.amina, event=event)
    with pytest.raises(Blocked):
        finish_next_step(actor=world.amina, event=event)
    answer = signed_in(world.amina).get(f"/workspace/contacts/{event.pk}/next-step/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/workspace/contacts/{event.pk}/"
    assert "Nothing is left to do next." in answer.content.decode()


def test_nothing_is_done_at_a_withdrawn_contact_or_with_an_old_version(world):
    event = with_a_step(world)
    with pytest.raises(Stale):
        finish_next_step(actor=world.amina, event=event, expected_version=event.version + 1)
    withdraw_event(actor=world.amina, event=event, reason="Twice")
    with pytest.raises(Blocked):
        finish_next_step(actor=world.amina, event=event)


def test_by_api_what_is_done_leaves_the_home_page_and_is_refused_with_the_same_words(world, caller, signed_in):
    event, address = with_a_step(world), "/engagement-events/{}/finish-next-step/"
    told = {"came_of_it": "The room is ours on Mondays."}
    assert caller(world.joe).post(address.format(event.pk), told, match='"1"').status_code == 404
    assert caller(world.analyst).post(address.format(event.pk), told, match='"1"').status_code == 403
    amina = caller(world.amina)
    assert amina.post(address.format(event.pk), {"came_of_it": "x" * 281}, match='"1"').status_code == 400
    assert amina.post(address.format(event.pk), told, match='"1"').status_code == 200
    shown = amina.get(f"/engagement-events/{event.pk}/").json()
    assert (shown["version"], shown["follow_up"], shown["follow_up_on"]) == (2, "", None)
    assert STEP not in home(signed_in(world.amina))
    page = unescape(signed_in(world.amina).get(f"/workspace/contacts/{event.pk}/").content.decode())
    assert "It is done. The room is ours on Mondays." in page
    again = amina.post(address.format(event.pk), {}, match='"2"')
    assert again.status_code == 409
    assert again.json()["detail"].startswith("Nothing is left to do next.")


def test_only_who_may_correct_the_contact_says_that_it_is_done(world):
    with pytest.raises(Refused):
        finish_next_step(actor=world.analyst, event=with_a_step(world))


def test_the_home_page_says_that_more_is_to_do_than_it_shows(world, signed_in):
    for days in range(1, 11):
        with_a_step(world, days=days)
    client = signed_in(world.amina)
    assert MORE not in home(client)
    oldest = with_a_step(world, step="Send the minutes", days=12)
    shown = home(client)
    assert (MORE in shown, "Send the minutes" in shown, shown.count(STEP + "</a>")) == (True, True, 9)
    finish_next_step(actor=world.amina, event=oldest)
    assert MORE not in home(client)
