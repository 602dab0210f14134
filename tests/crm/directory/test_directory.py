"""Groups that agreed to be read of: put in, changed, confirmed by themselves, taken off; and champions' own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.editions import this_edition
from crm.accounts.models import IdempotencyKey
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.directory.actions import (
    confirm_entry,
    confirm_entry_by_link,
    list_group,
    make_entry_link,
    publish_champion_words,
    take_champion_words_off,
    take_entry_off,
)
from crm.directory.models import ChampionWords, DirectoryEntry, EntryCorrection
from crm.erasing.actions import erase_person
from crm.organisations.models import Organisation
from tests.api.conftest import Caller, token_for
from tests.crm.champions.helpers import an_appointment
from tests.crm.directory.helpers import NOBODY, a_correction, an_entry, entry_details, linked, some_words, words_details
from tests.crm.erasing.helpers import LOOKED, granted
from tests.world import World


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"about": " "}, "about_missing"),
        ({"agreed_with": ""}, "agreed_with_missing"),
        ({"agreed_on": None}, "agreed_on_missing"),
        ({"agreed_on": timezone.localdate() + timedelta(days=2)}, "agreed_on_in_future"),
        ({"facts": {"step_free": "maybe"}}, "fact_unknown"),
        ({"facts": {"sauna": "yes"}}, "fact_unknown"),
        ({"about": "Ring Sam on 07700 900123"}, "personal_details"),
    ],
)
def test_a_group_stands_in_the_directory_only_as_it_agreed(world: World, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(InputBlocked) as told:
        list_group(actor=world.amina, organisation=world.group, details=entry_details(**changes))
    assert code in {blocker.code for blocker in told.value.blockers}


def test_it_stands_once_and_comes_back_after_it_was_taken_off(world: World) -> None:
    entry = an_entry(world)
    with pytest.raises(InputBlocked):
        list_group(actor=world.amina, organisation=world.group, details=entry_details())
    take_entry_off(actor=world.amina, entry=entry, reason="They asked us to")
    assert not DirectoryEntry.objects.public().exists()
    again = list_group(actor=world.amina, organisation=world.group, details=entry_details(facts={"quiet": "yes"}))
    assert again.pk == entry.pk
    assert DirectoryEntry.objects.public().get().facts.get().about == "quiet"


def test_a_group_that_no_longer_exists_is_read_by_nobody(world: World) -> None:
    an_entry(world)
    with writing_allowed():
        Organisation.objects.filter(pk=world.group.pk).update(closed_on=timezone.localdate())
    assert not DirectoryEntry.objects.public().exists()


def test_a_colleague_of_another_place_keeps_only_groups_they_see(world: World) -> None:
    entry = an_entry(world, organisation=world.south_group)
    assert not DirectoryEntry.objects.visible_to(world.chen).exists()
    with pytest.raises(Refused):
        confirm_entry(actor=world.chen, entry=entry, how="text", with_whom="the chair")
    assert DirectoryEntry.objects.visible_to(world.publisher).get() == entry


def test_confirming_says_how_and_by_whom_and_makes_a_new_edition(world: World) -> None:
    entry, before = an_entry(world), this_edition()
    for how, whom in (("link", "the chair"), ("", "the chair"), ("text", " ")):
        with pytest.raises(InputBlocked):
            confirm_entry(actor=world.amina, entry=entry, how=how, with_whom=whom)
    sure = confirm_entry(actor=world.amina, entry=entry, how="text", with_whom="the chair")
    assert (sure.confirmed_on, sure.confirmed_how) == (timezone.localdate(), "text")
    assert this_edition() != before


def test_only_the_last_link_works_and_none_after_it_was_taken_off(world: World) -> None:
    first = linked(world)
    secret = first.secret
    second = make_entry_link(actor=world.amina, entry=first)
    assert second.secret != secret
    with pytest.raises(Refused):
        confirm_entry_by_link(actor=NOBODY, entry=second, secret=secret)
    confirm_entry_by_link(actor=NOBODY, entry=second, secret=second.secret)
    gone = take_entry_off(actor=world.amina, entry=second, reason="They moved")
    assert gone.secret == ""
    assert Client().get(f"/listed/my/{second.secret}/").status_code == 404


def test_the_group_confirms_and_corrects_by_its_link_without_an_account(world: World) -> None:
    entry, reader = linked(world), Client()
    address = f"/listed/my/{entry.secret}/"
    page = reader.get(address)
    assert "We cook and eat together." in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"
    assert reader.post(address, {"right": "yes"}).status_code == 302
    entry.refresh_from_db()
    assert entry.confirmed_how == "link"
    empty = reader.post(address, {"words": " "})
    assert "Write what is wrong, in your own words" in empty.content.decode()
    said = {"words": "ہم بدھ کو ملتے ہیں 🙂", "once": "a-key-of-this-form-0001"}
    for _press in range(2):
        assert reader.post(address, said).status_code == 302
    assert EntryCorrection.objects.get().words == "ہم بدھ کو ملتے ہیں 🙂"
    assert entry.secret not in str(list(IdempotencyKey.objects.values())), "the link is kept nowhere"
    assert not AuditEvent.objects.filter(
        subject_id=str(entry.pk), actor_id__isnull=False, verb="entry.corrected"
    ).exists()


def test_a_correction_waits_for_a_colleague_and_is_settled_once(world: World, signed_in: Any) -> None:
    correction = a_correction(world)
    amina = signed_in(world.amina)
    assert "Al-Noor Mosque" in amina.get("/workspace/directory/").content.decode()
    address = f"/workspace/directory/corrections/{correction.pk}/"
    assert "Write what you did" in amina.post(address, {"outcome": ""}).content.decode()
    assert amina.post(address, {"outcome": "Changed the day"}).status_code == 302
    assert not EntryCorrection.objects.waiting().exists()
    assert "This was settled already" in amina.post(address, {"outcome": "Again"}).content.decode()


def test_the_pages_put_a_group_in_change_it_and_take_it_off(world: World, signed_in: Any) -> None:
    amina = signed_in(world.amina)
    start = f"/workspace/groups/{world.group.pk}/directory/"
    assert amina.get(start).status_code == 200
    day = timezone.localdate()
    form = {"about": "=1+1", "agreed_with": "the chair", "agreed_on_day": day.day, "agreed_on_month": day.month,
            "agreed_on_year": day.year, "fact_step_free": "yes"}  # fmt: skip
    assert amina.post(start, {**form, "about": ""}).status_code == 200
    assert amina.post(start, form).status_code == 302
    entry = DirectoryEntry.objects.get()
    assert entry.about == "=1+1"
    assert amina.get(start).headers["Location"] == f"/workspace/directory/{entry.pk}/"
    pages = ("", "change/", "confirm/", "off/")
    assert {amina.get(f"/workspace/directory/{entry.pk}/{page}").status_code for page in pages} == {200}
    assert amina.post(f"/workspace/directory/{entry.pk}/link/").status_code == 302
    assert "/listed/my/" in amina.get(f"/workspace/directory/{entry.pk}/").content.decode()
    said = {"how": "phone", "with_whom": "the chair"}
    assert amina.post(f"/workspace/directory/{entry.pk}/confirm/", said).status_code == 302
    assert amina.post(f"/workspace/directory/{entry.pk}/off/", {"reason": "They moved"}).status_code == 302
    entry.refresh_from_db()
    assert not entry.is_public
    assert signed_in(world.publisher).get("/workspace/directory/").status_code == 200


def test_a_champions_words_stand_while_the_term_holds(world: World, signed_in: Any) -> None:
    words = some_words(world)
    assert list(ChampionWords.objects.public()) == [words]
    with pytest.raises(InputBlocked):
        publish_champion_words(
            actor=world.lead, appointment=words.appointment, details=words_details(words="Mail me: a@b.example")
        )
    lead = signed_in(world.lead)
    assert "I listen first." in lead.get(f"/workspace/champions/{words.appointment_id}/words/").content.decode()
    assert lead.post(f"/workspace/champions/{words.appointment_id}/words/off/").status_code == 302
    assert not ChampionWords.objects.public().exists()
    words.refresh_from_db()
    with pytest.raises(Blocked):
        take_champion_words_off(actor=world.lead, words=words)


def test_words_of_a_term_that_is_over_are_read_by_nobody(world: World) -> None:
    appointment = an_appointment(world, days=0)
    publish_champion_words(actor=world.lead, appointment=appointment, details=words_details())
    assert ChampionWords.objects.public().count() == 1
    over = timezone.localdate() - timedelta(days=1)
    with writing_allowed():
        type(appointment).objects.filter(pk=appointment.pk).update(first_day=over, last_day=over)
    assert not ChampionWords.objects.public().exists()


def test_the_api_keeps_the_directory_with_the_same_words(world: World) -> None:
    caller, address = Caller(token_for(world.amina, "log").name), "/directory-entries/"
    refused = caller.post(address, {"organisation": str(world.group.pk)}, key="the-first-key-0001")
    assert refused.status_code == 400
    assert "Write what the group does, for anyone to read" in refused.content.decode()
    given = {"organisation": str(world.group.pk), "about": "We cook.", "agreed_with": "the chair",
             "agreed_on": str(timezone.localdate()), "facts": {"step_free": "yes"}}  # fmt: skip
    made = caller.post(address, given, key="the-second-key-0001")
    assert made.status_code == 201, made.content
    one = caller.get(made.headers["Location"])
    assert one.json()["facts"] == {"step_free": "yes"}
    changed = caller.send("PATCH", made.headers["Location"], {"meets": "Fridays"}, {"If-Match": one.headers["ETag"]})
    assert changed.status_code == 200, changed.content
    said = {"how": "text", "with_whom": "the chair"}
    where, match = f"{made.headers['Location']}confirm/", changed.headers["ETag"]
    assert caller.post(where, said, key="the-third-key-0001", match=match).status_code == 200
    assert caller.get(f"{address}?access=step_free&public=true").json()["results"]
    reads = Caller(token_for(world.amina, "read").name)
    assert reads.post(address, given, key="the-fourth-key-0001").status_code == 403


def test_a_champions_public_words_go_with_the_person_who_said_them(world: World) -> None:
    appointment = an_appointment(world, person=world.person)
    publish_champion_words(actor=world.lead, appointment=appointment, details=words_details())
    assert ChampionWords.objects.get().person == world.person
    request, before = granted(world), this_edition()
    erase_person(actor=world.lead, request=request, looked=LOOKED)
    assert not ChampionWords.objects.exists()
    assert this_edition() != before, "a page made before still says what they said"
