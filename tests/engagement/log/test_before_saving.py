"""What the page of the log says before it saves: the same words again, a form that was saved, a name like one known."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.base.writing import writing_allowed
from crm.organisations.actions import add_organisation
from crm.organisations.details import OrganisationDetails
from crm.people.models import Person
from crm.search.actions import rebuild_search
from engagement.log.actions import withdraw_event
from engagement.log.details import PointDetails
from engagement.log.models import EngagementEvent
from tests.engagement.log.test_from_a_phone import send
from tests.engagement.log.test_logging_page import NEW, told

SAME, ONCE = "You saved the same words today", "Save again only if you heard it twice."


def shown(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def saved(answer):
    assert answer.status_code == 302
    return EngagementEvent.objects.latest("created_at")


# --- The same words again ---


def test_back_and_save_again_is_warned_of_once_with_the_way_to_what_was_saved(world, signed_in):
    client, again = signed_in(world.amina), told(world)
    first = saved(client.post(NEW, told(world)))
    page = shown(client.post(NEW, again))
    assert SAME in page
    assert ONCE in page
    assert f'href="/workspace/contacts/{first.pk}/"' in page
    assert again["words"] in page
    assert EngagementEvent.objects.count() == 1
    assert saved(client.post(NEW, {**again, "anyway": "yes"})) != first


def test_it_stands_beside_the_other_gentle_words(world, signed_in):
    client, words = signed_in(world.amina), "Ring her on 07700 900123"
    saved(client.post(NEW, told(world, words=words, anyway="yes")))
    page = shown(client.post(NEW, told(world, words=words)))
    assert "You may have written a phone number" in page
    assert SAME in page


@pytest.mark.parametrize("what", ["other words", "another day", "a colleague", "withdrawn", "long ago"])
def test_it_is_not_said_of(world, signed_in, what):
    first = saved(signed_in(world.amina).post(NEW, told(world)))
    if what == "withdrawn":
        withdraw_event(actor=world.amina, event=first, reason="Twice")
    if what == "long ago":
        with writing_allowed():
            EngagementEvent.objects.update(created_at=timezone.now() - timedelta(hours=13))
    changes = {"other words": {"words": "The bus is late"}, "another day": {"when": "yesterday"}}.get(what, {})
    who = world.lead if what == "a colleague" else world.amina
    saved(signed_in(who).post(NEW, told(world, **changes)))
    assert EngagementEvent.objects.count() == 2


def test_just_after_midnight_it_says_yesterday(world, signed_in):
    client, midnight = signed_in(world.amina), timezone.localtime().replace(hour=0, minute=5) + timedelta(days=1)
    with time_machine.travel(midnight - timedelta(minutes=10), tick=False):
        client.force_login(world.amina)
        saved(client.post(NEW, told(world)))
    with time_machine.travel(midnight, tick=False):
        page = shown(client.post(NEW, told(world, when="yesterday")))
    assert "You saved the same words yesterday" in page


def test_what_a_phone_sends_twice_under_one_key_is_taken_and_under_two_is_asked_about(world, signed_in):
    client, sent, key = signed_in(world.amina), told(world), new_id()
    assert [send(client, key, sent).status_code for _ in range(2)] == [201, 200]
    answer = send(client, new_id(), sent)
    group = f"contact with {world.group.name}, {timezone.localdate():%-d %B %Y}"
    assert (answer.status_code, answer.json()["reasons"]) == (422, [f"{SAME}: {group}. {ONCE}"])
    assert send(client, new_id(), {**sent, "anyway": "yes"}).status_code == 201


def test_it_costs_one_query(world, signed_in, django_assert_num_queries):
    from engagement.log.details import EventDetails
    from engagement.log.twins import same_words

    event = world.contact()
    amina = type(world.amina).objects.get(pk=world.amina.pk)
    assert amina.grants_today
    details = EventDetails(occurred_on=event.occurred_on, points=[PointDetails(words=event.points.get().words)])
    with django_assert_num_queries(1):
        assert same_words(amina, details) == event


# --- A form that was saved before ---


def test_a_form_saved_before_with_other_words_keeps_them_under_a_new_key(world, signed_in):
    client, sent = signed_in(world.amina), told(world)
    first = saved(client.post(NEW, sent))
    page = shown(client.post(NEW, {**sent, "words": "Something else.", "promise_words": "Ring back"}))
    assert "You saved this contact before, with other words" in page
    assert f'href="/workspace/contacts/{first.pk}/"' in page
    assert "Something else." in page
    assert 'value="Ring back"' in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert key != sent["key"]
    assert f'data-instead="{sent["key"]}"' in page  # the phone forgets what waited under the old one
    second = saved(client.post(NEW, {**sent, "key": key, "words": "Something else."}))
    assert [one.points.get().words for one in (first, second)] == [sent["words"], "Something else."]


@pytest.mark.parametrize("changes", [{"promise_words": "Ring back"}, {"met": "other", "met_other": "A carer"}])
def test_another_promise_or_somebody_else_is_not_dropped_either(world, signed_in, changes):
    client, sent = signed_in(world.amina), told(world)
    saved(client.post(NEW, sent))
    assert "What you see below is not saved" in shown(client.post(NEW, {**sent, **changes}))


def test_a_form_saved_before_with_the_same_words_leads_to_its_contact(world, signed_in):
    client, sent = signed_in(world.amina), told(world)
    first = saved(client.post(NEW, sent))
    answer = client.post(NEW, {**sent, "kind": "phone"}, follow=True)
    assert answer.redirect_chain[0][0] == f"/workspace/contacts/{first.pk}/"
    assert "You saved this contact before. Here it is" in answer.content.decode()


# --- A name that is known, or like one that is ---


def another(world, name, **changes):
    return told(world, **{"met": "other", "met_other": name, "with": "", **changes})


def chosen(page):
    found = re.search(r'name="met" value="([^"]+)"[^>]* checked', page)
    return found[1] if found else None


def offered(page):
    """Whom one can choose, in order."""
    return re.findall(r'name="met" value="([^"]+)"', page)


@pytest.fixture
def carers(world):
    """A group of the East to which a colleague made a promise that is 25 days late; Amina never met them."""
    group = add_organisation(actor=world.lead, details=OrganisationDetails(
        name="Jameela Carers", kind="community_group", area=world.east_ward))  # fmt: skip
    world.promise(days=-25, actor=world.lead, organisations=[group])
    rebuild_search(actor=SYSTEM)
    return group


def test_a_known_name_typed_whole_is_chosen_with_its_card_when_something_is_missing(world, signed_in, carers):
    page = shown(signed_in(world.amina).post(NEW, another(world, "jameela CARERS", words="")))
    assert chosen(page) == offered(page)[0] == str(carers.pk)
    assert "About Jameela Carers: 1 promise is late" in page


def test_a_person_typed_by_their_very_name_is_who_was_met(world, signed_in):
    rebuild_search(actor=SYSTEM)
    event = saved(signed_in(world.amina).post(NEW, another(world, "parveen begum")))
    assert [row.person for row in event.contributions.all()] == [world.person]
    assert event.met_in_words == ""


def test_a_name_like_a_known_one_is_asked_about_once_before_saving(world, signed_in):
    rebuild_search(actor=SYSTEM)
    client, sent = signed_in(world.amina), another(world, "Bridg lane travelers site")
    page = shown(client.post(NEW, sent))
    assert "Did you mean Bridge Lane Traveller site?" in page
    assert offered(page)[0] == str(world.south_group.pk)
    assert chosen(page) == "other"
    assert 'value="Bridg lane travelers site"' in page
    assert not EngagementEvent.objects.exists()
    event = saved(client.post(NEW, {**sent, "anyway": "yes"}))
    assert (event.met_in_words, event.organisations.count()) == ("Bridg lane travelers site", 0)


def test_the_one_chosen_then_is_who_was_met_and_their_card_is_at_hand(world, signed_in, carers):
    client, sent = signed_in(world.amina), another(world, "Jamela carer")
    assert "About Jameela Carers: 1 promise is late" in shown(client.post(NEW, sent))
    event = saved(client.post(NEW, {**sent, "met": str(carers.pk)}))
    assert list(event.organisations.all()) == [carers]
    assert event.met_in_words == ""


def test_two_of_one_name_are_told_apart_by_their_ward(world, signed_in):
    for ward in (world.east_ward, world.south_ward):
        add_organisation(
            actor=world.amina, details=OrganisationDetails(name="Lantern Singers", kind="community_group", area=ward)
        )
    rebuild_search(actor=SYSTEM)
    page = shown(signed_in(world.amina).post(NEW, another(world, "Lantern Singers")))
    assert "Lantern Singers (Eastgate)" in page
    assert "Lantern Singers (Southgate)" in page


def test_a_person_one_may_not_see_is_never_told_of(world, signed_in):
    rebuild_search(actor=SYSTEM)
    client = signed_in(world.amina)
    assert "Did you mean Parveen Begum?" in shown(client.post(NEW, another(world, "Parvin Begum")))
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
    for name in ("Parvin Begum", "Parveen Begum"):
        event = saved(client.post(NEW, another(world, name, words=name)))
        assert (event.met_in_words, event.contributions.count()) == (name, 0)


def test_whoever_may_see_a_restricted_person_leaves_a_mark(world, signed_in):
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
        world.person.named_readers.add(world.amina)
    rebuild_search(actor=SYSTEM)
    shown(signed_in(world.amina).post(NEW, another(world, "Parvin Begum")))
    assert AuditEvent.objects.filter(verb="person.read", subject_id=world.person.pk).exists()


def test_a_phone_is_told_in_plain_words(world, signed_in):
    rebuild_search(actor=SYSTEM)
    answer = send(signed_in(world.amina), new_id(), another(world, "Bridg lane travelers site"))
    words = "Did you mean Bridge Lane Traveller site? Choose the name under Who did you meet? If not, save anyway."
    assert (answer.status_code, answer.json()["reasons"]) == (422, [words])
