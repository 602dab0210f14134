"""Who is at the table, counted by hand again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.communities.actions import add_community
from crm.communities.details import CommunityDetails
from crm.declared.actions import withdraw_declaration
from crm.panels.reports.table import spoken, who_is_at_the_table
from tests.crm.panels.helpers import a_member, a_panel, a_seat, declares, somebody
from tests.crm.privacy.helpers import a_purpose, stopped
from tests.world import LONG_AGO

PAGE = "/workspace/panels/table/"


def people_on(world, panel, how_many, *, start=0, **changes):
    """So many people of the East sit on a panel, since long ago unless told otherwise."""
    changes = {"first_day": LONG_AGO, **changes}
    return [
        a_member(world, somebody(world, f"Member {start + number}"), panel=panel, **changes)
        for number in range(how_many)
    ]


@pytest.fixture
def council_panel(world):
    """A panel of the whole council that asks for Kashmiri people and for lived experience."""
    return a_panel(world, "Care panel", locality=None, communities=[world.community], lived_experience_wanted=5)


def points(part):
    return {point.about: point for point in part.points}


def test_the_numbers_are_those_one_counts_by_hand(world, council_panel, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    with_life = people_on(world, council_panel, 12, lived_experience=True)
    rest = people_on(world, council_panel, 18, start=50)
    for row in with_life[:11]:
        declares(world, row.person, world.nested, on=LONG_AGO)  # Kashmiri women lie in the Kashmiri community
    declares(world, rest[0].person, purpose=a_purpose(world))  # told for something else: not counted
    withdraw_declaration(actor=world.amina, declaration=declares(world, rest[1].person))
    a_member(world, somebody(world, "Gone"), panel=council_panel, first_day=LONG_AGO, last_day=LONG_AGO)
    a_member(world, somebody(world, "Stands in"), panel=council_panel, role="substitute", substitutes=rest[0])
    part = who_is_at_the_table(world.lead).of(council_panel)
    assert (part.people.value, part.seats) == (30, 0)
    found = points(part)
    assert (found["community"].people.value, found["lived"].people.value) == (11, 12)
    assert found["lived"].words == (
        "About 12 of 30 members bring lived experience. The terms ask for 5 of every 10. "
        "That is less than it should be."
    )
    assert found["lived"].less
    assert not found["community"].less


def test_a_person_on_two_panels_is_one_person_at_all_tables(world, council_panel, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    other = a_panel(world, "Funding panel", kind="funding_panel")
    for row in people_on(world, council_panel, 14):
        a_member(world, row.person, panel=other, first_day=LONG_AGO)
    table = who_is_at_the_table(world.lead)
    assert (table.all.people.value, table.of(other).people.value) == (14, 14)


def test_nobody_is_said_in_words_and_few_are_too_few_to_say(world, council_panel):
    rows = people_on(world, council_panel, 12)
    point = points(who_is_at_the_table(world.lead).of(council_panel))["community"]
    assert point.less
    assert point.words == "Nobody has said that they belong to the Kashmiri community; the terms ask for them."
    declares(world, rows[0].person, on=LONG_AGO)
    point = points(who_is_at_the_table(world.lead).of(council_panel))["community"]
    assert (point.less, point.people.value) == (False, None)
    assert point.words.startswith("Too few to say")


def test_others_than_leads_and_managers_cannot_tell_nobody_from_few(world, council_panel):
    rows = people_on(world, council_panel, 12)
    seat = a_seat(world, panel=council_panel, reserved_for=world.community)
    for reader in (world.analyst, world.amina):
        before = who_is_at_the_table(reader).of(council_panel)
        assert before.empty is None
        assert not before.less
        declaration = declares(world, rows[0].person)
        assert [p.words for p in who_is_at_the_table(reader).of(council_panel).points] == [
            p.words for p in before.points
        ]
        withdraw_declaration(actor=world.amina, declaration=declaration)
    assert who_is_at_the_table(world.lead).of(council_panel).empty == [seat]


def test_no_rate_is_told_where_nobody_sits(world, council_panel):
    point = points(who_is_at_the_table(world.lead).of(council_panel))["lived"]
    assert "%" not in point.words
    assert point.words.startswith("Nobody has said that they bring lived experience")


def test_a_stopped_person_stays_counted(world, council_panel, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    rows = people_on(world, council_panel, 11)
    stopped(world, rows[0].person)
    assert who_is_at_the_table(world.lead).of(council_panel).people.value == 11


def test_a_term_that_ended_yesterday_is_at_no_table(world, council_panel, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    rows = people_on(world, council_panel, 11, last_day=last)
    assert who_is_at_the_table(world.lead, today).of(council_panel).people.value == 11
    next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    assert who_is_at_the_table(world.lead, next_month).of(council_panel).people.is_hidden
    assert len(rows) == 11


def test_before_and_after_somebody_joins_the_words_are_the_same_until_the_month_is_over(world, council_panel, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 2, 1
    for row in people_on(world, council_panel, 4)[:2]:
        declares(world, row.person, on=LONG_AGO)
    before = who_is_at_the_table(world.lead)
    (new,) = people_on(world, council_panel, 1, start=70, first_day=timezone.localdate())
    declares(world, new.person)
    assert who_is_at_the_table(world.lead).of(council_panel).points == before.of(council_panel).points
    next_month = (timezone.localdate().replace(day=28) + timedelta(days=4)).replace(day=1)
    after = who_is_at_the_table(world.lead, next_month)
    assert points(after.of(council_panel))["community"].people.value == 3
    assert after.as_of == next_month - timedelta(days=1)


def test_a_kept_seat_whose_word_was_taken_back_is_not_counted_as_taken(world, council_panel, settings, signed_in):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 0, 1
    seat, person = a_seat(world, panel=council_panel, reserved_for=world.community), somebody(world, "Sits there")
    said = declares(world, person, world.nested, on=LONG_AGO)
    a_member(world, person, panel=council_panel, seat=seat, first_day=LONG_AGO)
    part = who_is_at_the_table(world.lead).of(council_panel)
    assert (part.seated.value, part.empty) == (1, [])
    withdraw_declaration(actor=world.amina, declaration=said)
    part = who_is_at_the_table(world.lead).of(council_panel)
    assert (part.seated.value, part.people.value, part.empty) == (0, 1, [seat])
    page = signed_in(world.lead).get(f"/workspace/panels/{council_panel.pk}/").content.decode()
    assert "Nobody it is kept for" in page
    assert f"/workspace/seats/{seat.pk}/end/" not in page
    assert "whoever sits there took back what they told us" in signed_in(world.lead).get(PAGE).content.decode()
    declares(world, person)
    assert who_is_at_the_table(world.lead).of(council_panel).empty == []


def test_a_hidden_number_cannot_be_worked_out_from_what_stands_beside_it(world, council_panel, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    people_on(world, council_panel, 12, lived_experience=True)
    people_on(world, council_panel, 2, start=50)
    part = who_is_at_the_table(world.lead).of(council_panel)
    assert part.people.value == 14
    assert points(part)["lived"].people.is_hidden  # 12 of 14 would tell the 2


def test_meetings_are_said_to_be_missing_and_not_counted_as_none(world, council_panel, signed_in):
    page = signed_in(world.lead).get(PAGE).content.decode()
    assert "No meeting of a panel in the last 12 months is written down" in page
    assert "Nobody has said that they belong to the Kashmiri community" in page


def test_the_table_opens_to_its_readers_only(world, council_panel, signed_in):
    found = {
        name: signed_in(user).get(PAGE).status_code for name, user in world.everybody().items() if name != "nobody"
    }
    assert {name for name, status in found.items() if status == 200} == {"amina", "joe", "lead", "manager", "analyst"}
    page = signed_in(world.chen).get(f"/workspace/panels/{council_panel.pk}/").content.decode()
    assert "Who is at the table" not in page


def test_it_costs_the_same_for_one_member_and_for_many(world, council_panel):
    people_on(world, council_panel, 1)
    with CaptureQueriesContext(connection) as few:
        who_is_at_the_table(world.lead)
    people_on(world, a_panel(world), 9, start=10)
    with CaptureQueriesContext(connection) as many:
        who_is_at_the_table(world.lead)
    assert len(few) == len(many) <= 11


def test_names_stand_in_a_sentence_as_people_say_them():
    assert [spoken("Roma community"), spoken("Kashmiri women")] == ["the Roma community", "Kashmiri women"]


def test_the_pages_stay_within_their_budget(world, council_panel, signed_in):
    a_member(world, panel=council_panel, seat=a_seat(world, panel=council_panel))
    browser = signed_in(world.lead)
    for path in (PAGE, f"/workspace/panels/{council_panel.pk}/"):
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 15, f"{path}: {len(seen)}"


def test_what_was_declared_for_something_else_is_not_counted_beside_what_was_declared_for_seats(world, council_panel):
    other = add_community(actor=world.lead, details=CommunityDetails(name="Deaf community"))
    council_panel.communities.add(other)
    (row,) = people_on(world, council_panel, 1)
    declares(world, row.person, on=LONG_AGO)
    declares(world, row.person, other, purpose=a_purpose(world), on=LONG_AGO)
    said = {point.name: point for point in who_is_at_the_table(world.lead).of(council_panel).points}
    assert said["Kashmiri community"].words.startswith("Too few to say")
    assert said["Deaf community"].words.startswith("Nobody has said")
