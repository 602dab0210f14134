"""Adding a group or a person from the page where a contact is logged, without losing what was typed."""

from __future__ import annotations

import html
import re

import pytest

from crm.base.actors import SYSTEM
from crm.organisations.actions import add_organisation
from crm.organisations.details import OrganisationDetails
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.search.actions import rebuild_search
from engagement.log.models import EngagementEvent
from tests.engagement.log.test_logging_page import NEW, told

SOMEBODY = f"{NEW}somebody/"


def hidden(page, name):
    """What stands in a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1])


def asked(client, world, newcomer="group", **changes):
    """The officer typed a whole contact, and then pressed that somebody is new. Returns the short form's page."""
    day = {"when": "other", "occurred_on_day": "3", "occurred_on_month": "2", "occurred_on_year": "2026"}
    more = {"people_count": "12", "topics": [str(world.topic.pk)]}
    sent = told(world, met="other", met_other="Lantern Singers", **day, **more, **changes)
    answer = client.post(SOMEBODY, {**sent, "newcomer": newcomer})
    assert answer.status_code == 200
    return answer.content.decode()


def short_form(page, newcomer="group", **changes):
    return {"newcomer": newcomer, "draft": hidden(page, "draft"), "once": hidden(page, "once"),
            "name": "Lantern Singers", **changes}  # fmt: skip


def back_on_the_log(answer, client):
    assert (answer.status_code, answer["Location"]) == (302, f"{NEW}?kept=1")
    return client.get(answer["Location"]).content.decode()


def everything_typed_is_there(page, world):
    for words in ("Nobody told us a carer can get help too.", 'value="Send the carers leaflet in Urdu"', 'value="12"',
                  'value="3"', 'value="2"', 'value="2026"'):  # fmt: skip
        assert words in page, words
    for name, value in (("when", "other"), ("promised", "yes"), ("promise_due", "7"), ("topics", world.topic.pk)):
        assert re.search(rf'name="{name}" value="{value}"[^>]* checked', page), name
    assert "There is a problem" not in page


def test_a_new_group_is_added_and_chosen_and_everything_typed_is_there(world, signed_in):
    client = signed_in(world.amina)
    page = asked(client, world)
    assert 'value="Lantern Singers"' in page
    answer = client.post(SOMEBODY, short_form(page, kind="club", area=str(world.east_ward.pk)))
    group = Organisation.objects.get(name="Lantern Singers")
    assert (group.kind, group.area) == ("club", world.east_ward)
    page = back_on_the_log(answer, client)
    everything_typed_is_there(page, world)
    assert re.search(rf'name="met" value="{group.pk}"[^>]* checked', page)
    assert "Added. What you wrote about the contact is below." in page


def test_the_contact_is_then_saved_with_the_new_person(world, signed_in):
    client = signed_in(world.amina)
    page = asked(client, world, "person")
    answer = client.post(SOMEBODY, short_form(page, "person", name="Sagal Warsame"))
    person = Person.objects.get(name="Sagal Warsame")
    page = back_on_the_log(answer, client)
    everything_typed_is_there(page, world)
    saved = client.post(NEW, told(world, met=str(person.pk), key=hidden(page, "key")))
    event = EngagementEvent.objects.get()
    assert saved["Location"] == f"/workspace/contacts/{event.pk}/?saved=1"
    assert event.contributions.get().person == person


def test_a_champion_adds_somebody_and_may_log_them(world, signed_in):
    client = signed_in(world.chen)
    page = asked(client, world, "person")
    answer = client.post(SOMEBODY, short_form(page, "person", name="Sagal Warsame"))
    # The form was given to Amina in this test; a champion's own comes back to the champion alone.
    assert client.get(answer["Location"]).status_code == 200
    assert Person.objects.get(name="Sagal Warsame").entered_by == world.chen


def test_pressing_twice_adds_them_once(world, signed_in):
    client = signed_in(world.amina)
    sent = short_form(asked(client, world))
    first, second = client.post(SOMEBODY, sent), client.post(SOMEBODY, sent)
    assert first["Location"] == second["Location"]
    assert Organisation.objects.filter(name="Lantern Singers").count() == 1
    client.post(SOMEBODY, {**sent, "name": "Lamp Singers"})
    assert Organisation.objects.filter(name="Lamp Singers").count() == 1


def test_one_of_a_name_like_it_can_be_chosen_instead(world, signed_in):
    known = add_organisation(actor=world.joe, details=OrganisationDetails(name="Lanturn Singers"))
    client = signed_in(world.amina)
    page = client.post(SOMEBODY, short_form(asked(client, world))).content.decode()
    for words in ("We may know this group already.", "Add anyway", f'name="choose" value="{known.pk}"'):
        assert words in page
    assert not Organisation.objects.filter(name="Lantern Singers").exists()
    answer = client.post(SOMEBODY, short_form(page, choose=str(known.pk)))
    page = back_on_the_log(answer, client)
    everything_typed_is_there(page, world)
    assert re.search(rf'name="met" value="{known.pk}"[^>]* checked', page)


def test_and_can_be_added_anyway(world, signed_in):
    add_organisation(actor=world.joe, details=OrganisationDetails(name="Lanturn Singers"))
    client = signed_in(world.amina)
    client.post(SOMEBODY, short_form(asked(client, world), seen="yes"))
    assert Organisation.objects.filter(name="Lantern Singers").exists()


def test_somebody_whom_one_may_not_see_is_neither_shown_nor_chosen(world, signed_in):
    rebuild_search(actor=SYSTEM)
    client = signed_in(world.joe)
    page = client.post(SOMEBODY, short_form(asked(client, world, "person"), "person", name=world.person.name))
    assert page.status_code == 302  # no warning gives her away
    refused = client.post(SOMEBODY, short_form(asked(client, world, "person"), "person", choose=str(world.person.pk)))
    assert refused.status_code == 404


def test_going_back_without_adding_loses_nothing(world, signed_in):
    client = signed_in(world.amina)
    answer = client.post(SOMEBODY, short_form(asked(client, world), back="yes"))
    page = back_on_the_log(answer, client)
    everything_typed_is_there(page, world)
    assert 'value="Lantern Singers"' in page
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(("newcomer", "words"), [("group", "Write the name of the group"),
                                                 ("person", "Write the name they use")])  # fmt: skip
def test_a_name_is_asked_for_beside_its_box_and_the_contact_is_kept(world, signed_in, newcomer, words):
    client = signed_in(world.amina)
    first = asked(client, world, newcomer)
    page = client.post(SOMEBODY, short_form(first, newcomer, name=" ")).content.decode()
    assert f'<a href="#id_name">{words}</a>' in page
    assert hidden(page, "draft") == hidden(first, "draft")


def test_what_was_typed_comes_back_after_signing_in_again(world, signed_in, client):
    officer = signed_in(world.amina)
    page = asked(officer, world)
    officer.logout()
    answer = officer.post(SOMEBODY, short_form(page))
    assert answer["Location"].startswith("/accounts/login/")
    assert officer.session["kept_forms"][NEW]["sent"].count("met_other") == 1
    forged = client.post(SOMEBODY, {"draft": "words=x", "newcomer": "group"})
    assert forged.status_code == 302
    assert "kept_forms" not in client.session


def test_nothing_about_anybody_stands_in_an_address_and_nobody_else_may(world, signed_in):
    client = signed_in(world.amina)
    answer = client.post(SOMEBODY, short_form(asked(client, world)))
    assert "Lantern" not in answer["Location"]
    assert client.get(SOMEBODY).status_code == 302
    assert client.post(SOMEBODY, {"newcomer": "planet", "draft": ""}).status_code == 404
    assert signed_in(world.analyst).post(SOMEBODY, {"newcomer": "group", "draft": ""}).status_code == 403


def test_enter_in_a_box_of_the_contact_saves_it_and_adds_nobody(world, signed_in):
    page = signed_in(world.amina).get(NEW).content.decode()
    form = page.split('<form method="post"')[1]
    first = re.search(r"<button[^>]*>", form)[0]
    assert "newcomer" not in first
