"""What was typed on a page of the workspace while signed out, or with the token of an earlier sign-in, comes back."""

import re

import pytest
from django.test import Client

from crm.people.models import Person
from engagement.log.models import EngagementEvent

TYPED = {
    "points/new/": {"words": "Zanzibar buses stop too early."},
    "promises/new/": {"words": "Zanzibar leaflet for the hall"},
    "correct/": {"place": "Zanzibar hall"},
    "withdraw/": {"reason": "Zanzibar twice"},
    "{point}": {"words": "Zanzibar put right"},
    "{promise}": {"reason": "Zanzibar was closed"},
    "/workspace/people/new/": {"name": "Zanzibar Begum"},
}


@pytest.fixture
def pages(world):
    """Where each form of the pages above stands."""
    event = world.contact()
    promise = world.promise()
    contact = f"/workspace/contacts/{event.pk}/"
    standing = {
        "{point}": f"{contact}points/{event.points.get().pk}/",
        "{promise}": f"/workspace/promises/{promise.pk}/break/",
    }
    return {name: standing.get(name) or (name if name[0] == "/" else contact + name) for name in TYPED}


def shown(client, address):
    """What a browser sends of a page without a change: its hidden fields."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


@pytest.mark.parametrize("name", list(TYPED))
def test_what_was_typed_while_signed_out_comes_back_to_its_writer(world, signed_in, pages, name):
    client, address = signed_in(world.amina), pages[name]
    sent = shown(client, address) | TYPED[name]
    client.logout()
    to_sign_in = client.post(address, sent)["Location"]
    assert to_sign_in.startswith("/accounts/login/?next=")
    assert "anzibar" not in to_sign_in
    told = client.get(to_sign_in).content.decode()
    assert "You were signed out. What you wrote is kept for an hour: sign in, and it comes back." in told
    assert "anzibar" not in told
    client.force_login(world.amina)
    page = client.get(f"{address}?kept=1").content.decode()
    assert "You are signed in again. What you wrote is below. Check it and save." in page
    assert "Zanzibar" in page
    assert "Zanzibar" not in client.get(f"{address}?kept=1").content.decode()  # once: the words are on a page now


@pytest.mark.parametrize("name", list(TYPED))
def test_what_was_typed_while_signed_out_is_shown_to_nobody_else(world, signed_in, pages, name):
    client, address = signed_in(world.amina), pages[name]
    sent = shown(client, address) | TYPED[name]
    client.logout()
    client.post(address, sent)
    client.force_login(world.manager)
    assert "Zanzibar" not in client.get(f"{address}?kept=1").content.decode()
    client.force_login(world.amina)
    assert "Zanzibar" not in client.get(f"{address}?kept=1").content.decode()


def test_a_form_that_nobody_was_given_is_not_kept(client, pages):
    for address in pages.values():
        client.post(address, {"words": "x" * 1000, "who_writes": "made:up"})
    assert "kept_forms" not in client.session


def test_words_left_in_two_tabs_both_come_back_and_a_sixth_page_drops_the_first(world, signed_in, pages):
    client = signed_in(world.amina)
    sent = {name: shown(client, address) | TYPED[name] for name, address in pages.items()}
    client.logout()
    for name in list(TYPED)[:6]:
        client.post(pages[name], sent[name])
    client.force_login(world.amina)
    found = ["Zanzibar" in client.get(f"{pages[name]}?kept=1").content.decode() for name in list(TYPED)[:6]]
    assert found == [False, True, True, True, True, True]


def test_a_form_with_the_token_of_an_earlier_sign_in_comes_back_with_a_new_one_and_saves(world, pages):
    event, client = EngagementEvent.objects.get(pk=pages["points/new/"].split("/")[3]), Client(enforce_csrf_checks=True)
    client.force_login(world.amina)
    address = pages["points/new/"]
    sent = shown(client, address) | TYPED["points/new/"] | {"csrfmiddlewaretoken": "x" * 64}
    answer = client.post(address, sent, follow=True)
    page = answer.content.decode()
    assert "Zanzibar" in page
    assert "Zanzibar" not in str(answer.redirect_chain)
    fresh = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert fresh["csrfmiddlewaretoken"] != sent["csrfmiddlewaretoken"]
    client.post(address, TYPED["points/new/"] | fresh)
    assert event.points.filter(words=TYPED["points/new/"]["words"]).count() == 1


def test_a_form_with_a_wrong_token_that_another_person_was_given_says_what_to_do_and_saves_nothing(world, pages):
    client, address = Client(enforce_csrf_checks=True), "/workspace/people/new/"
    client.force_login(world.amina)
    sent = shown(client, address) | TYPED[address] | {"csrfmiddlewaretoken": "x" * 64}
    client.force_login(world.manager)
    answer = client.post(address, sent)
    assert answer.status_code == 403
    assert "Copy it, because it is lost when the page loads again." in answer.content.decode()
    assert "kept_forms" not in client.session
    assert not Person.objects.filter(name__contains="Zanzibar").exists()
