"""No voicemail; Urdu spoken, does not read; BSL for her father; her family may not know: exactly that, in the right
words, to each role and through each door."""

from __future__ import annotations

import re

import pytest

from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, SafeRuleDetails, WayDetails
from crm.people.flags import flags_of
from tests.crm.access.helpers import a_need, her_father
from tests.crm.privacy import helpers

NO_VOICEMAIL = "Never leave a voice message."
FAMILY = "Their family may not know. No letters or visits, unless they say that it is safe."
READING = "Speaks Urdu, does not read it. Say it aloud: written words do not reach them."
INTERPRETER = "Interpreter: a woman, not from their own community."
BSL = "Book a BSL interpreter"
WORDS = [NO_VOICEMAIL, FAMILY, READING, INTERPRETER, BSL]
SEEING = ["amina", "lead", "manager"]


@pytest.fixture
def nasreen(world):
    person = add_person(
        actor=world.amina,
        details=PersonDetails(
            name="Nasreen Kauser",
            area=world.east_ward,
            interpreter="woman",
            interpreter_not_from_community=True,
            ways=[
                WayDetails("phone", "07700 900950", is_preferred=True, best_times="Between ten and two"),
                WayDetails("text", "07700 900951"),
                WayDetails("letter", "Her parents' house"),
                WayDetails("visit"),
            ],
            languages=[LanguageUseDetails(world.urdu, "speaks", True), LanguageUseDetails(world.urdu, "reads_not")],
            safe_rules=[SafeRuleDetails("no_voicemail"), SafeRuleDetails("family")],
        ),
    )
    a_need(world, person=person, supporter=her_father(world, person), may_share="no")
    return person


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("who", SEEING)
def test_each_role_that_sees_her_is_told_what_to_get_right_and_only_who_may_reads_the_need(world, nasreen, who):
    flags = flags_of([nasreen], reader=getattr(world, who))[nasreen.pk]
    assert [flag.words for flag in flags] == [NO_VOICEMAIL, FAMILY, READING, INTERPRETER, BSL]
    assert flags[-1].about == "her father"
    assert bool(flags[-1].need) == (who == "amina")  # she wrote it down; it may not be shared


@pytest.mark.parametrize("who", SEEING)
def test_her_page_says_it_before_any_way_and_no_closed_way_can_be_tapped(world, nasreen, signed_in, who):
    page = text_of(signed_in(getattr(world, who)).get(f"/workspace/people/{nasreen.pk}/"))
    places = [page.index(words) for words in WORDS]
    assert max(places) < page.index("How to reach them") < page.index("07700 900950")
    assert "Her father" in page
    assert "Never leave a voice message. Ring again." in page
    assert "Best times: Between ten and two" in page
    assert re.findall(r'href="((?:tel|sms|mailto):[^"]+)"', page) == ["tel:+447700900950", "sms:+447700900951"]
    for kind in ("Letter", "Visit"):
        assert re.search(rf"Do not use</strong> <s [^>]*>{kind}.*?</s><br>Their family may not know\.", page), kind


@pytest.mark.parametrize("who", SEEING)
def test_lists_and_the_contact_say_it_too(world, nasreen, signed_in, who):
    event = world.contact(people=[nasreen], organisations=[])
    browser = signed_in(getattr(world, who))
    for path in ("/workspace/people/", f"/workspace/contacts/{event.pk}/"):
        page = text_of(browser.get(path))
        assert [words for words in WORDS if words not in page] == [], path


def test_the_log_page_says_it_before_the_contact_is_written(world, nasreen, signed_in):
    page = text_of(signed_in(world.amina).get(f"/workspace/contacts/new/?with={nasreen.pk}"))
    assert [words for words in WORDS if words not in page] == []


@pytest.mark.parametrize("who", SEEING)
def test_the_api_says_the_same_and_gives_no_address_of_a_closed_way(world, nasreen, caller, who):
    calls = caller(getattr(world, who))
    for row in (
        calls.get(f"/people/{nasreen.pk}/").json(),
        next(row for row in calls.get("/people/").json()["results"] if row["id"] == str(nasreen.pk)),
    ):
        assert [flag["words"] for flag in row["get_right"]] == WORDS
        assert row["get_right"][-1]["about"] == "her father"
    answer = calls.get(f"/people/{nasreen.pk}/ways/").json()
    assert answer["before"] == [
        INTERPRETER,
        "They have not been told yet what we do with what we know about them. Tell them.",
    ]
    assert {way["kind"]: (way["open"], way["value"], way["reasons"]) for way in answer["ways"]} == {
        "phone": (True, "+447700900950", []),
        "text": (True, "+447700900951", []),
        "letter": (False, "", ["Their family may not know"]),
        "visit": (False, "", ["Their family may not know"]),
    }
    assert {way["kind"]: way["obey"] for way in answer["ways"] if way["open"]} == {
        "phone": [
            "Never leave a voice message. Ring again.",
            "Their family may not know. Speak only to them, and take no message.",
        ],
        "text": ["Their family may not know. Write nothing that shows who you are or what it is about.", READING],
    }


def test_a_purpose_is_asked_for_by_its_key(world, nasreen, caller):
    purpose = helpers.a_purpose(world)
    calls = caller(world.amina)
    asked = calls.get(f"/people/{nasreen.pk}/ways/?purpose={purpose.key}").json()
    assert (asked["purpose"], asked["any_open"]) == (purpose.key, False)
    helpers.a_permission(world, nasreen)
    asked = calls.get(f"/people/{nasreen.pk}/ways/?purpose={purpose.key}").json()
    assert [way["kind"] for way in asked["ways"] if way["open"]] == ["phone", "text"]
    assert calls.get(f"/people/{nasreen.pk}/ways/?purpose=nothing").status_code == 400
    assert calls.get(f"/people/{nasreen.pk}/ways/?because=x").status_code == 400


@pytest.mark.parametrize("who", ["joe", "chen", "analyst", "administrator", "auditor", "publisher"])
def test_nobody_else_is_told_anything(world, nasreen, signed_in, caller, who):
    member = getattr(world, who)
    assert signed_in(member).get(f"/workspace/people/{nasreen.pk}/").status_code in (403, 404)
    assert caller(member).get(f"/people/{nasreen.pk}/ways/").status_code in (403, 404)
