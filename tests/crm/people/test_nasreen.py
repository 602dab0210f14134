"""No voicemail; Urdu spoken, does not read; BSL for her father, which may not be shared; her family may not know.

Every member of the cast goes through every door she can be met at. Who may read the need reads it; who may see her and
not the need reads what to do; everybody else is told nothing, not even that she is there.
"""

from __future__ import annotations

import html

import pytest

from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, SafeRuleDetails, WayDetails
from tests import grounds
from tests.crm.access.helpers import a_need, her_father
from tests.crm.sending.helpers import waiting
from tests.world import CAST

NAME = "Nasreen Kauser"
SAFETY = [
    "Never leave a voice message.",
    "Their family may not know. No letters or visits, unless they say that it is safe.",
    "Speaks Urdu, does not read it. Say it aloud: written words do not reach them.",
]
INSTRUCTION, NEED, OWN_WORDS = "Book a BSL interpreter", "BSL interpreter", "He signs, she hears"
READS_THE_NEED = ["amina"]  # she wrote it down, and it may not be shared
SEES_HER = ["amina", "lead", "manager"]
SECRETS = [NAME, "Kauser", "900950", *SAFETY, INSTRUCTION, NEED, OWN_WORDS, "her father"]
EVERYBODY = [*CAST, "nobody"]


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """She is made once for all tests of a file: they read, and what one of them writes is taken back."""
    with grounds.with_more(django_db_blocker) as world:
        yield _made(world)


def _made(world):
    person = add_person(
        actor=world.amina,
        details=PersonDetails(
            name=NAME,
            area=world.east_ward,
            ways=[WayDetails("phone", "07700 900950", is_preferred=True), WayDetails("letter", "Her parents' house")],
            roles=[RoleDetails(world.group, "treasurer")],
            languages=[LanguageUseDetails(world.urdu, "speaks", True), LanguageUseDetails(world.urdu, "reads_not")],
            safe_rules=[SafeRuleDetails("no_voicemail"), SafeRuleDetails("family")],
        ),
    )
    need = a_need(world, person=person, supporter=her_father(world, person), may_share="no", own_words=OWN_WORDS)
    return {"person": person, "need": need, "met": world.contact(people=[person]), "call": waiting(world, person)}


@pytest.fixture
def nasreen(known, world):
    """Nasreen, and beside the world what is known of her, as objects of the test's own."""
    mine = {name: type(record)._base_manager.get(pk=record.pk) for name, record in known.items()}
    world.need, world.met, world.call = mine["need"], mine["met"], mine["call"]
    return mine["person"]


def pages(world, person):
    """Door → how it is opened."""
    return {
        "her page": ("GET", f"/workspace/people/{person.pk}/"),
        "the list": ("GET", "/workspace/people/"),
        "search": ("POST", "/workspace/search/"),
        "the log page": ("GET", f"/workspace/contacts/new/?with={person.pk}"),
        "the contact": ("GET", f"/workspace/contacts/{world.met.pk}/"),
        "the sheet before a visit": ("GET", f"/workspace/people/{person.pk}/print/"),
        "her group": ("GET", f"/workspace/groups/{world.group.pk}/"),
    }


def opened(browser, door):
    """The words of a page, as they are read; "" where it is refused or leads to signing in."""
    method, path = door
    response = browser.post(path, {"words": "Nasreen"}) if method == "POST" else browser.get(path)
    assert response.status_code in (200, 302, 403, 404), path
    return html.unescape(response.content.decode()) if response.status_code == 200 else ""


def told(words):
    """Which of her secrets stand there."""
    return [secret for secret in SECRETS if secret in words]


@pytest.mark.parametrize("who", SEES_HER)
def test_whoever_sees_her_reads_what_to_get_right_at_every_door(world, nasreen, signed_in, who):
    browser = signed_in(getattr(world, who))
    for name, door in pages(world, nasreen).items():
        words = opened(browser, door)
        assert [one for one in (NAME, *SAFETY, INSTRUCTION, "er father") if one not in words] == [], name
        # The need's name, apart from the instruction that holds the same words.
        assert (NEED in words.replace(INSTRUCTION, "")) == (who in READS_THE_NEED), name
        assert OWN_WORDS not in words or who in READS_THE_NEED, name


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - set(SEES_HER)))
def test_everybody_else_is_told_nothing_at_any_door(world, nasreen, signed_in, who):
    browser = signed_in(world.everybody()[who])
    doors = {
        **pages(world, nasreen),
        "her needs": ("GET", "/workspace/access-needs/"),
        "the need": ("GET", f"/workspace/access-needs/{world.need.pk}/"),
        "whether it was met": ("GET", f"/workspace/contacts/{world.met.pk}/needs/{world.need.pk}/"),
        "messages": ("GET", "/workspace/sending/"),
        "the message": ("GET", f"/workspace/sending/{world.call.pk}/"),
        "the sheet for the call": ("GET", f"/workspace/sending/{world.call.pk}/phone/"),
        "a new message": ("GET", f"/workspace/people/{nasreen.pk}/write/"),
        "what she allows": ("GET", f"/workspace/people/{nasreen.pk}/privacy/"),
        "home": ("GET", "/workspace/"),
        "contacts": ("GET", "/workspace/contacts/"),
        "the log page itself": ("GET", "/workspace/contacts/new/"),
    }
    assert {name: told(opened(browser, door)) for name, door in doors.items()} == {name: [] for name in doors}


@pytest.mark.parametrize("who", SEES_HER)
def test_the_api_gives_each_role_its_words(world, nasreen, caller, who):
    calls, reads = caller(getattr(world, who)), who in READS_THE_NEED
    whole = calls.get(f"/people/{nasreen.pk}/").json()
    listed = next(row for row in calls.get("/people/").json()["results"] if row["id"] == str(nasreen.pk))
    found = calls.post("/people/search/", {"words": "Nasreen"}).json()["results"]
    last = {"words": INSTRUCTION, "need": NEED if reads else "", "about": "her father"}
    flags = [*({"words": words, "need": "", "about": ""} for words in SAFETY), last]
    for row in (whole, listed, *(row for row in found if "get_right" in row)):
        assert row["get_right"] == flags
    needs = calls.get("/access-needs/").json()["results"]
    assert [row["id"] for row in needs] == ([str(world.need.pk)] if reads else [])
    assert [row["own_words"] for row in needs] == ([OWN_WORDS] if reads else [])
    assert calls.get(f"/access-needs/{world.need.pk}/").status_code == (200 if reads else 404)


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - set(SEES_HER) - {"nobody"}))
def test_the_api_tells_everybody_else_nothing(world, nasreen, caller, who):
    calls = caller(getattr(world, who))
    paths = [f"/people/{nasreen.pk}/", f"/people/{nasreen.pk}/ways/", f"/access-needs/{world.need.pk}/",
             f"/messages/{world.call.pk}/"]  # fmt: skip
    assert {path: calls.get(path).status_code in (401, 403, 404) for path in paths} == dict.fromkeys(paths, True)
    for path in ("/people/", "/access-needs/", "/messages/", "/engagement-events/",
                 f"/engagement-events/{world.met.pk}/", f"/organisations/{world.group.pk}/"):  # fmt: skip
        assert told(calls.get(path).content.decode()) == [], path
    assert told(calls.post("/people/search/", {"words": NAME}).content.decode()) == []
    assert told(calls.post("/people/similar/", {"name": NAME}).content.decode().replace(NAME, "")) == []


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_file_that_is_taken_away_holds_her(world, nasreen, signed_in, who):
    browser = signed_in(world.everybody()[who])
    for path in ("/workspace/contacts/export/", "/workspace/reports/access/export/", "/workspace/hearing/export/"):
        response = browser.post(path)
        body = b"".join(response.streaming_content if response.streaming else [response.content]).decode()
        assert told(body.replace(NEED, "")) == [], path  # the report names each type of the list


@pytest.mark.parametrize("who", SEES_HER)
def test_the_sheet_for_a_call_says_what_to_obey_before_the_number(world, nasreen, signed_in, who):
    assert (world.call.way, world.call.state) == ("phone", "to_phone")
    browser = signed_in(getattr(world, who))
    sheet = html.unescape(browser.get(f"/workspace/sending/{world.call.pk}/phone/").content.decode())
    rules = ["Never leave a voice message. Ring again.",
             "Their family may not know. Speak only to them, and take no message."]  # fmt: skip
    assert all(sheet.index(words) < sheet.index("900950") for words in rules)
    assert OWN_WORDS not in sheet
