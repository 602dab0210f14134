"""Whom we heard, where and about what: counted apart, with what is unknown in the same picture."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.communities.actions import add_community, change_community, merge_community
from crm.communities.details import CommunityDetails, RhythmDetails
from engagement.hearing.reports.grid import Wanted, cells
from engagement.hearing.reports.people import people_shown
from engagement.hearing.reports.picture import draw
from engagement.hearing.reports.rows import COLUMNS
from engagement.log.actions import add_topic, withdraw_event
from engagement.log.details import ReachDetails
from engagement.log.models import EngagementEvent
from tests.crm.people.test_pages import words_on

PAGE, API, EXPORT = "/workspace/hearing/", "/api/v1/reports/hearing/", "/workspace/hearing/export/"
TODAY = timezone.localdate()


def heard(world, *rows, days=1, ward=None, on=None, **changes):
    reach = [
        ReachDetails(community, people, voice=voice, through=world.group if voice == "through" else None)
        for community, people, voice in rows
    ]
    wanted = {"occurred_on": on or TODAY - timedelta(days=days), "area": ward or world.east_ward, "reach": reach}
    return world.contact(actor=world.manager, **{**wanted, **changes})


def direct(community, people=12):
    return (community, people, "direct")


def through(community, people=None):
    return (community, people, "through")


def last_year(**changes):
    return Wanted(first_day=TODAY - timedelta(days=364), last_day=TODAY, **changes)


def cell(wanted, by, *key):
    """Contacts, direct, through, people, without a headcount."""
    found = next((row for row in cells(wanted, by) if row.key == key), None)
    return (found.contacts, found.direct, found.through, found.people, found.uncounted) if found else None


HERE = ("community", "locality")


def test_direct_voice_is_counted_apart_from_groups_speaking_for_people(world):
    heard(world, direct(world.community, 12))
    heard(world, through(world.community))
    heard(world, direct(world.nested, 20), through(world.community, 5))
    assert cell(last_year(), HERE, world.community.pk, world.east.pk) == (3, 2, 2, 32, 1)
    assert cell(last_year(), HERE, world.nested.pk, world.east.pk) == (1, 1, 0, 20, 0)


def test_forty_people_in_three_communities_stay_forty(world):
    third = add_community(actor=world.lead, details=CommunityDetails(name="Carers", parent=world.community))
    heard(world, direct(world.community, 40), direct(world.nested, 25), direct(third, 30))
    assert cell(last_year(), HERE, world.community.pk, world.east.pk)[3] == 40
    assert cell(last_year(), ("locality",), world.east.pk) == (1, 1, 0, 40, 0)


def test_what_is_unknown_stands_in_the_same_picture(world):
    heard(world, (None, 8, "direct"))
    world.contact(organisations=[world.south_group], area=None, topics=[world.topic])
    world.contact(world.lead, organisations=[], people=[world.person], reach=[])  # who works in no one locality
    south_group_lies = EngagementEvent.objects.filter(locality=world.south).count()
    assert south_group_lies == 1  # the group's own ward
    assert cell(last_year(), HERE, None, world.east.pk)[0] == 1
    picture = draw(last_year())
    unknown = picture.communities[-1]
    assert (unknown.name, unknown.whole.contacts) == ("No community named", 3)
    assert picture.columns[-1] is None  # a contact of nowhere
    assert (picture.topics[-1].name, picture.topics[-1].whole.contacts) == ("No topic named", 2)


def test_withdrawn_restricted_and_earlier_contacts_are_not_counted(world):
    heard(world, direct(world.community), restricted=True, named_readers=[world.lead])
    withdraw_event(actor=world.manager, event=heard(world, direct(world.community)), reason="Twice")
    heard(world, direct(world.community), days=365)
    assert cells(last_year(), HERE) == []


def test_it_is_narrowed_by_topic_community_and_locality(world):
    parking = add_topic(actor=world.lead, name="Parking")
    heard(world, direct(world.nested), topics=[world.topic, parking])
    heard(world, direct(world.community), topics=[world.topic], ward=world.south_ward)
    assert cell(last_year(topic=parking), HERE, world.community.pk, world.east.pk)[0] == 1
    assert cell(last_year(topic=parking), HERE, world.community.pk, world.south.pk) is None
    assert cell(last_year(community=world.nested), ("topic", "locality"), world.topic.pk, world.east.pk)[0] == 1
    assert {row.key[0] for row in cells(last_year(community=world.nested), HERE)} == {world.nested.pk}
    assert {row.key[1] for row in cells(last_year(locality=world.south), HERE)} == {world.south.pk}
    by_both = ("community", "topic")
    assert cell(last_year(), by_both, world.community.pk, world.topic.pk)[0] == 2


def months(wanted, community):
    """Month → contacts of a community."""
    return {row.key[1]: row.contacts for row in cells(wanted, ("community", "month")) if row.key[0] == community.pk}


def test_a_community_renamed_and_merged_keeps_its_past_figures(world):
    stays = add_community(actor=world.lead, details=CommunityDetails(name="South Asian communities"))
    for on in (date(2026, 3, 3), date(2026, 3, 20), date(2026, 5, 5)):
        heard(world, direct(world.community), on=on)
    heard(world, direct(world.nested), on=date(2026, 5, 6))
    heard(world, direct(stays), on=date(2026, 5, 7))
    spring = {"first_day": date(2026, 1, 1), "last_day": date(2026, 6, 30)}
    before = months(Wanted(**spring), world.community)
    assert before == {date(2026, 3, 1): 2, date(2026, 5, 1): 2}
    change_community(actor=world.lead, community=world.community, details=CommunityDetails(name="Kashmiris"))
    merge_community(actor=world.lead, community=world.community, into=stays, reason="One name")
    as_it_was = Wanted(**spring, as_it_was=True)
    assert months(as_it_was, world.community) == before
    assert months(as_it_was, stays) == {date(2026, 5, 1): 1}
    assert months(Wanted(**spring), stays) == {date(2026, 3, 1): 2, date(2026, 5, 1): 3}
    then = {line.name: line.whole.contacts for line in draw(as_it_was).communities}
    assert then == {"Kashmiri community": 4, "Kashmiri women": 1, "South Asian communities": 1}
    now = {line.name: line.whole.contacts for line in draw(Wanted(**spring)).communities}
    assert now == {"South Asian communities": 5, "Kashmiri women": 1}
    one = draw(Wanted(**spring, as_it_was=True, community=world.community)).communities
    assert {line.name: line.whole.contacts for line in one} == {"Kashmiri community": 4, "Kashmiri women": 1}


def test_a_move_counts_where_it_lay_on_the_day_and_where_it_lies_now(world):
    heard(world, direct(world.nested), days=30)
    change_community(actor=world.lead, community=world.nested, details=CommunityDetails(name="Kashmiri women"))
    assert cell(last_year(), HERE, world.community.pk, world.east.pk) is None
    assert cell(last_year(as_it_was=True), HERE, world.community.pk, world.east.pk)[0] == 1
    heard(world, direct(world.nested), days=0)
    assert cell(last_year(as_it_was=True), HERE, world.community.pk, world.east.pk)[0] == 1


def cells_of(page, name):
    """The words of each cell in the row of a community: All, East, South."""
    row = next(part for part in page.split("<tr")[1:] if f">{name}</a>" in part)
    return [" ".join(strip_tags(part).split()) for part in row.split("<td")[1:]]


def strip_tags(html):
    return re.sub(r"<[^>]*>", " ", html.partition(">")[2])


def test_a_number_alone_is_direct_and_a_group_speaking_is_said(world, signed_in):
    heard(world, direct(world.community, 12), days=TODAY.day)
    heard(world, through(world.community), ward=world.south_ward)
    page = words_on(signed_in(world.manager).get(PAGE))
    whole, east, south = cells_of(page, "Kashmiri community")
    assert whole == "2 1 direct 1 through about 10 people no headcount at 1"
    assert (east, south) == ("1", "1 0 direct 1 through Quiet never heard")


def test_quiet_is_said_where_somebody_expects_them_and_not_heard_elsewhere(world, signed_in):
    heard(world, direct(world.community), days=300)
    heard(world, direct(world.nested), days=300, ward=world.south_ward)
    rhythm = CommunityDetails(name="Kashmiri women", parent=world.community, rhythms=[RhythmDetails(world.east, 30)])
    change_community(actor=world.lead, community=world.nested, details=rhythm)
    page = words_on(signed_in(world.manager).get(PAGE))
    assert cells_of(page, "Kashmiri women")[1:] == ["0 Quiet never heard", "1 Quiet 9 months ago"]
    only_here = add_community(actor=world.lead, details=CommunityDetails(name="Carers"))
    heard(world, direct(only_here))
    page = words_on(signed_in(world.manager).get(PAGE))
    assert cells_of(page, "Carers")[1:] == ["1", "0 not heard"]


def test_the_page_shows_zero_as_0_and_quiet_in_words_and_opens_to_the_contacts(world, signed_in):
    event = heard(world, direct(world.community), topics=[world.topic])
    heard(world, through(world.community), ward=world.south_ward)
    page = words_on(signed_in(world.manager).get(PAGE))
    assert cells_of(page, "Kashmiri women") == ["0 Quiet never heard", "0 not heard", "0 not heard"]
    opens = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')
             if f"community={world.community.pk}" in part and f"locality={world.east.pk}" in part]  # fmt: skip
    rows = words_on(signed_in(world.manager).get(opens[0]))
    assert f"/workspace/contacts/{event.pk}/" in rows
    assert rows.count('class="heard-meta"><a') == 1


def test_an_analyst_sees_the_numbers_and_no_way_to_the_contacts(world, signed_in):
    heard(world, direct(world.community))
    analyst = signed_in(world.analyst)
    page = words_on(analyst.get(PAGE))
    assert cells_of(page, "Kashmiri community")[1] == "1"
    assert "/workspace/contacts/" not in page
    assert "You see the numbers, not the contacts behind them." in page
    assert "Who we hear from" in words_on(analyst.get("/workspace/"))  # in the menu


def test_officers_leads_managers_and_analysts_read_and_export(world, signed_in):
    for name, user in world.everybody().items():
        opens = name in ("amina", "joe", "lead", "manager", "analyst")
        assert (signed_in(user).get(PAGE).status_code == 200) == opens, name
        assert (signed_in(user).get(API).status_code == 200) == opens, name
        assert (signed_in(user).post(EXPORT).status_code == 200) == opens, name


def test_small_numbers_of_people_are_hidden_and_others_rounded_on_page_file_and_api(world, signed_in):
    heard(world, direct(world.nested, 4), days=TODAY.day)
    heard(world, direct(world.community, 43), ward=world.south_ward, days=TODAY.day)
    analyst = signed_in(world.analyst)
    page = words_on(analyst.get(PAGE))
    assert "people: hidden" in page
    assert page.count("about 45 people") == 1  # the total; the 43 beside the hidden 4 would give it away
    rows = {(row["community"], row["locality"]): row for row in analyst.get(API).json()["results"]}
    assert rows["Kashmiri women", "East"]["people_hidden"]
    assert rows["Kashmiri women", "East"]["people"] is None
    assert rows["Kashmiri community", "South"]["people_hidden"]
    file = b"".join(analyst.post(EXPORT).streaming_content).decode()
    assert '"43"' not in file
    assert '"4"' not in file


def test_a_parent_does_not_give_away_what_lies_in_it():
    parent, child = "p", "c"
    shown = people_shown({parent: {"east": 44, "south": 60}, child: {"east": 40, "south": 60}}, {parent: {child}})
    assert shown[parent].cells["east"].is_hidden  # 44 less 40 would leave 4
    assert not shown[child].cells["east"].is_hidden
    alone = people_shown({parent: {"east": 84, "south": 60}, child: {"east": 40, "south": 60}}, {parent: {child}})
    assert (alone[parent].cells["east"].value, alone[parent].total.value) == (85, 145)


def test_the_export_is_audited_and_says_the_rule_and_the_period(world, signed_in):
    heard(world, direct(world.community, 40))
    answer = signed_in(world.lead).post(EXPORT, {"community": str(world.community.pk)})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(f'"{name}"' for name in COLUMNS)
    assert "are hidden" in lines[-1]
    told = AuditEvent.objects.get(verb="hearing.exported")
    assert (told.actor, told.count) == (world.lead, len(lines) - 2)
    wrong = signed_in(world.lead).post(EXPORT, {"community": "0190f6a0-0000-7000-8000-000000000000"}, follow=True)
    assert "Nothing was exported" in wrong.content.decode()


def test_periods_a_day_apart_cannot_tell_how_many_people_one_contact_reached(world, signed_in, settings):
    """The attack: ask until one day and until the next, and take one number of people from the other."""
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 0, 1
    over = TODAY.replace(day=1) - timedelta(days=1)
    heard(world, direct(world.community, 40), days=(TODAY - over).days)
    heard(world, direct(world.community, 7), days=(TODAY - over.replace(day=3)).days)
    heard(world, direct(world.community, 5))
    analyst = signed_in(world.analyst)

    def people(asked=""):
        body = analyst.get(f"{API}{asked}").json()
        rows = [row for row in body["results"] if (row["community"], row["locality"]) == ("Kashmiri community", "East")]
        return [(row["contacts"], row["people"], row["contacts_without_headcount"]) for row in rows]

    month = [over.replace(day=number).isoformat() for number in range(1, over.day + 1)]
    assert {tuple(people(f"?occurred_from={day}&occurred_to={day}")) for day in month} == {((2, 47, 0),)}
    assert people() == people(f"?occurred_to={TODAY}") == [(3, 47, 1)]
    for day in (month[0], month[-1]):
        file = b"".join(analyst.post(EXPORT, {"occurred_from": day, "occurred_to": day}).streaming_content).decode()
        assert f"Contacts from {month[0]} to {month[-1]}" in file


@pytest.mark.parametrize("by", ["community-locality", "community-locality-topic", "community-month", "topic-month",
                                "locality-topic", "locality-month", "community-locality-month"])  # fmt: skip
def test_every_column_is_always_there_however_it_is_counted(world, signed_in, by):
    heard(world, direct(world.community), topics=[world.topic])
    rows = signed_in(world.analyst).get(f"{API}?by={by}").json()["results"]
    assert rows
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(COLUMNS))}
    counted = next(row for row in rows if row["contacts"])
    for name in ("community", "locality", "topic", "month"):
        assert (counted[name] is not None) == (name in by.split("-"))


@pytest.mark.parametrize(("asked", "words"), [
    ("by=people", "Say one of"), ("comunity=x", "There is no filter of this name here."),
    ("occurred_from=soon", "Enter a real date"), ("topic=0190f6a0-0000-7000-8000-000000000000", "no such record"),
    ("occurred_from=2026-05-01&occurred_to=2026-04-01", "The last day must be the first day or later"),
])  # fmt: skip
def test_a_filter_that_cannot_be_read_counts_nothing(world, signed_in, asked, words):
    analyst = signed_in(world.analyst)
    answer = analyst.get(f"{API}?{asked}")
    assert answer.status_code == 400
    assert words in answer.content.decode()
    if not asked.startswith(("by", "com")):
        assert words in words_on(analyst.get(f"{PAGE}?{asked}"))


def test_a_cell_says_the_same_as_the_list_of_contacts_it_opens(world, signed_in):
    heard(world, direct(world.community), topics=[world.topic])
    heard(world, direct(world.nested), through(world.community))
    heard(world, through(world.nested), ward=world.south_ward)
    manager = signed_in(world.manager)
    for voice, number in (("direct", 2), ("through", 2)):
        rows = manager.get(f"/api/v1/engagement-events/?community={world.community.pk}&voice={voice}").json()["results"]
        assert len(rows) == number
    only = f"/api/v1/engagement-events/?community={world.nested.pk}&voice=direct"
    assert len(manager.get(only).json()["results"]) == 1
    for what, number in (("topic", 2), ("community", 0), ("locality", 0)):
        assert len(manager.get(f"/api/v1/engagement-events/?without={what}").json()["results"]) == number
    assert len(manager.get("/api/v1/engagement-events/?restricted=false&voice=through").json()["results"]) == 2


def test_the_picture_costs_the_same_for_one_contact_and_for_ten(world, signed_in, django_assert_max_num_queries):
    manager = signed_in(world.manager)
    manager.get(PAGE)

    def cost(path):
        with django_assert_max_num_queries(15) as counted:
            manager.get(path)
        return len(counted)

    heard(world, direct(world.community))
    before = cost(PAGE), cost(f"{PAGE}?narrow=yes"), cost(API)
    for number in range(9):
        heard(world, direct(add_community(actor=world.lead, details=CommunityDetails(name=f"C {number}"))))
    assert (cost(PAGE), cost(f"{PAGE}?narrow=yes"), cost(API)) == before
