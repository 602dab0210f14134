"""A champion of one locality does not see another's people, contacts, champions or numbers, by any door."""

from __future__ import annotations

import pytest

from crm.people.actions import add_person
from crm.people.details import PersonDetails
from tests.api.conftest import Caller, token_for
from tests.crm.access.helpers import a_need
from tests.crm.champions.helpers import a_governance_role, an_appointment
from tests.crm.people.test_pages import words_on

HIDDEN = ("Zebedee Southall", "Only the South knows", "Xanthe of the South")


@pytest.fixture
def south(world):
    """Somebody, a contact and a champion of the South; Chen is champion of the East."""
    an_appointment(world)
    world.stranger_there = add_person(actor=world.joe, details=PersonDetails(name=HIDDEN[0], area=world.south_ward))
    event = world.contact(
        actor=world.joe, organisations=[world.south_group], people=[world.stranger_there], met_in_words="",
        follow_up=HIDDEN[1],
    )  # fmt: skip
    other = an_appointment(world, name=HIDDEN[2], locality=world.south, user=None)
    role = a_governance_role(world, world.person)
    need = a_need(world)
    return {"event": event, "person": world.stranger_there, "other": other, "role": role, "need": need}


def guesses(south):
    return {
        "people": south["person"].pk, "contacts": south["event"].pk, "champions": south["other"].pk,
        "governance-roles": south["role"].pk, "access-needs": south["need"].pk,
    }  # fmt: skip


def test_no_guess_opens_a_page(world, south, signed_in):
    client = signed_in(world.chen)
    for word, pk in guesses(south).items():
        response = client.get(f"/workspace/{word}/{pk}/")
        assert response.status_code in (403, 404), word
        assert not any(words in words_on(response) for words in HIDDEN)


def test_no_list_card_or_search_names_them(world, south, signed_in):
    client = signed_in(world.chen)
    for door in ("", "people/", "contacts/", "champions/", "promises/", "champions/?when=now", "groups/"):
        page = words_on(client.get(f"/workspace/{door}"))
        assert not any(words in page for words in HIDDEN), door
    for words in ("Zebedee", "Xanthe", "Only the South"):
        found = words_on(client.post("/workspace/search/", {"words": words}))
        assert not any(name in found for name in HIDDEN), words
    assert HIDDEN[0] in words_on(signed_in(world.joe).post("/workspace/search/", {"words": "Zebedee"}))


def test_no_report_or_export_opens(world, south, signed_in):
    client = signed_in(world.chen)
    for door in ("champions/coverage/", "hearing/", "access-needs/", "access-report/", "governance-roles/"):
        assert client.get(f"/workspace/{door}").status_code in (403, 404), door
    assert client.post("/workspace/contacts/export/").status_code in (403, 404)
    assert client.post("/workspace/hearing/export/").status_code in (403, 404)


def test_no_address_of_the_api_tells(world, south):
    caller = Caller(token_for(world.chen).name)
    for door in ("people", "engagement-events", "champions", "appointments", "promises", "points"):
        answer = caller.get(f"/{door}/")
        assert answer.status_code == 200, door
        assert not any(words in answer.content.decode() for words in HIDDEN), door
    assert caller.get(f"/people/{south['person'].pk}/").status_code == 404
    assert caller.get(f"/engagement-events/{south['event'].pk}/").status_code == 404
    assert caller.get(f"/appointments/{south['other'].pk}/").status_code == 404
    for door in ("governance-roles/", "access-needs/", "reports/coverage/", "reports/hearing/"):
        assert caller.get(f"/{door}").status_code == 403, door


def test_a_champion_does_see_their_own(world, south, signed_in):
    client = signed_in(world.chen)
    own = world.contact(actor=world.chen, follow_up="Mine to see")
    assert client.get(f"/workspace/contacts/{own.pk}/").status_code == 200
    assert "Chen" in words_on(client.get("/workspace/champions/"))
