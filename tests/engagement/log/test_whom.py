"""Lists of contacts and a contact's title say whom each was with, to whoever may know."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.details import ReachDetails

PAGES = ("/workspace/", "/workspace/contacts/")


@pytest.fixture
def contacts(world):
    """Today's contacts of Amina: with a person, with somebody in words, with a community, with a group."""
    alone = {"organisations": []}
    return {
        "Parveen Begum": world.contact(**alone, people=[world.person]),
        "A carer at the library": world.contact(**alone, met_in_words="A carer at the library"),
        "Kashmiri community": world.contact(**alone, reach=[ReachDetails(community=world.community)]),
        "Al-Noor Mosque, women's group": world.contact(),
    }


def links_to(page, event):
    """The words of the links to a contact."""
    parts = unescape(page.content.decode()).split(f'href="/workspace/contacts/{event.pk}/">')[1:]
    return [part.split("</a>")[0] for part in parts]


@pytest.mark.parametrize("path", PAGES)
def test_each_line_says_whom_it_was_with(world, signed_in, contacts, path):
    page = signed_in(world.amina).get(path)
    for name, event in contacts.items():
        assert [words.endswith(f"n person with {name}") for words in links_to(page, event)] == [True], name


def test_and_so_does_the_title(world, signed_in, contacts):
    client, day = signed_in(world.amina), f"{timezone.localdate():%-d %B %Y}"
    for name, event in contacts.items():
        page = unescape(client.get(f"/workspace/contacts/{event.pk}/").content.decode())
        assert f"<title>Contact with {name}, {day}" in page


def test_a_person_is_named_to_nobody_who_may_not_see_them(world, signed_in, contacts):
    other = Person.objects.get(pk=world.person.pk)
    with writing_allowed():
        Person.objects.filter(pk=other.pk).update(restricted=True)
    client, event = signed_in(world.amina), contacts["Parveen Begum"]
    for path in (*PAGES, f"/workspace/contacts/{event.pk}/"):
        page = client.get(path).content.decode()
        assert "n person with a person" in page or "Contact with a person," in page, path
        assert "Parveen" not in page, path


def test_ten_people_cost_the_queries_of_one(world, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(world.amina)
    for path in PAGES:
        world.contact(organisations=[], people=[world.person])
        client.get(path)
        with CaptureQueriesContext(connection) as one:
            client.get(path)
        for _ in range(9):
            world.contact(organisations=[], people=[world.person])
        with django_assert_num_queries(len(one)):
            client.get(path)


def test_a_next_step_whose_day_is_over_is_marked_late(world, signed_in):
    today = timezone.localdate()
    world.contact(occurred_on=today - timedelta(days=9), follow_up="Ring about the room", follow_up_on=today)
    body = signed_in(world.amina).get("/workspace/").content.decode()
    assert "Ring about the room" in body
    assert "heard-late" not in body
    world.contact(occurred_on=today - timedelta(days=9), follow_up="Send it", follow_up_on=today - timedelta(days=1))
    late = signed_in(world.amina).get("/workspace/").content.decode()
    assert late.count('<span class="heard-late">Late</span>') == 1
