"""Who is quiet: in the whole council and in each locality, by the rhythm set for both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.areas.models import Area, AreaGrouping, AreaKind
from crm.base.spans import how_long
from crm.base.writing import writing_allowed
from crm.communities.actions import add_community, change_community, merge_community
from crm.communities.details import CommunityDetails, RhythmDetails
from engagement.hearing.reports.quiet import hearings, hidden_by_averages, quiet
from engagement.log.actions import withdraw_event
from engagement.log.details import ReachDetails
from tests.crm.people.test_pages import words_on

HOME, LIST, API = "/workspace/", "/workspace/hearing/quiet/", "/api/v1/reports/quiet/"


def heard(world, days, *, ward=None, community=None, voice="direct", **changes):
    through = world.south_group if voice == "through" else None
    row = ReachDetails(community or world.community, 12, voice=voice, through=through)
    on = timezone.localdate() - timedelta(days=days)
    return world.contact(occurred_on=on, area=ward or world.east_ward, reach=[row], **changes)


def of(world, locality=None, community=None):
    wanted = community or world.community
    return next(row for row in hearings() if row.community == wanted and row.locality == locality)


def with_rhythm(world, days, *rhythms):
    details = CommunityDetails(name="Kashmiri community", rhythm_days=days, rhythms=rhythms)
    change_community(actor=world.lead, community=world.community, details=details)


@pytest.mark.parametrize(("days", "is_quiet"), [(0, False), (59, False), (60, False), (61, True), (400, True)])
def test_quiet_is_more_days_than_the_rhythm(world, days, is_quiet):
    with_rhythm(world, 60)
    heard(world, days)
    assert (of(world).days, of(world).is_quiet) == (days, is_quiet)


def test_never_heard_counts_as_quiet(world):
    assert of(world).is_quiet
    assert of(world).ago == "never"


def test_a_locality_has_its_own_rhythm_or_else_the_communitys(world):
    with_rhythm(world, 60, RhythmDetails(world.east, 30))
    heard(world, 40)
    heard(world, 40, ward=world.south_ward)
    assert (of(world, world.east).is_quiet, of(world, world.south).is_quiet) == (True, False)
    assert (of(world).rhythm_days, of(world, world.east).rhythm_days) == (60, 30)


def test_heard_elsewhere_is_quiet_here(world):
    heard(world, 3, ward=world.south_ward)
    heard(world, 5, voice="through")
    here = of(world, world.east)
    assert (here.is_quiet, here.last_on, here.through_ago) == (True, None, "5 days ago")
    assert not of(world).is_quiet
    assert not of(world, world.south).is_quiet


def test_one_heard_elsewhere_and_only_spoken_for_here_is_what_averages_hide(world, signed_in):
    heard(world, 3, ward=world.south_ward)
    assert hidden_by_averages(hearings()) == []
    heard(world, 5, voice="through")
    assert hidden_by_averages(hearings()) == [of(world, world.east)]
    page = words_on(signed_in(world.analyst).get("/workspace/hearing/"))
    assert "Easy to miss" in page
    assert "in East: never heard directly; through a group 5 days ago" in page
    assert not of(world, world.south, world.nested).stands_out
    assert of(world, world.east).stands_out


def test_one_that_lies_in_it_speaks_for_it_and_not_the_other_way(world):
    heard(world, 3, community=world.nested)
    assert of(world).days == 3
    heard(world, 1)
    assert of(world, community=world.nested).days == 3


def test_restricted_and_withdrawn_contacts_do_not_count(world):
    heard(world, 200)
    heard(world, 1, restricted=True, named_readers=[world.lead])
    withdraw_event(actor=world.amina, event=heard(world, 2), reason="Logged twice")
    assert (of(world).days, of(world, world.east).days) == (200, 200)


def test_a_council_without_localities_has_one_row_a_community(world, signed_in):
    with writing_allowed():
        AreaGrouping.objects.all().delete()
        Area.objects.filter(kind=AreaKind.LOCALITY).update(last_day=timezone.localdate() - timedelta(days=1))
    heard(world, 200)
    assert {row.locality for row in hearings()} == {None}
    assert "Kashmiri community" in words_on(signed_in(world.lead).get(HOME))
    assert signed_in(world.lead).get(LIST).status_code == 200


def test_one_merged_into_it_was_heard_as_it(world):
    gone = add_community(actor=world.lead, details=CommunityDetails(name="Mirpuri community"))
    heard(world, 4, community=gone)
    merge_community(actor=world.lead, community=gone, into=world.community, reason="One name")
    assert of(world).days == 4
    assert gone not in [row.community for row in hearings()]


def test_first_come_those_for_whom_only_a_group_spoke_then_the_longest_silent_last_the_never_heard(world):
    heard(world, 5, voice="through")
    heard(world, 300, community=world.nested)
    heard(world, 4, community=world.nested, voice="through", ward=world.south_ward)
    never = add_community(actor=world.lead, details=CommunityDetails(name="Bravanese community"))
    planned = CommunityDetails(name="Somali community", rhythms=[RhythmDetails(world.east, 30)])
    missed = add_community(actor=world.lead, details=planned)
    rows = quiet([row for row in hearings() if row.locality == world.east])
    assert [row.community for row in rows] == [world.community, world.nested, missed, never]


def test_home_names_the_quiet_of_ones_own_locality_in_words_people_use(world, signed_in):
    heard(world, 217)
    heard(world, 2, ward=world.south_ward)
    page = words_on(signed_in(world.amina).get(HOME))
    assert "7 months ago" in page
    assert "217 days" not in page
    assert f'href="{LIST}"' in page
    joes = words_on(signed_in(world.joe).get(HOME))
    assert "7 months ago" not in joes
    whole = words_on(signed_in(world.lead).get(HOME))
    assert "7 months ago" not in whole  # heard in the South two days ago


def test_the_list_opens_at_ones_own_locality_and_shows_any(world, signed_in):
    heard(world, 217)
    heard(world, 2, ward=world.south_ward)
    amina = signed_in(world.amina)
    assert "7 months ago" in words_on(amina.get(LIST))
    assert "7 months ago" not in words_on(amina.get(f"{LIST}?locality={world.south.pk}"))
    assert "Who has gone quiet</h1>" in words_on(amina.get(f"{LIST}?locality="))
    assert "Who has gone quiet</h1>" in words_on(amina.get(f"{LIST}?locality=nonsense"))


def test_the_api_tells_each_place_with_every_column(world, signed_in):
    heard(world, 217)
    rows = signed_in(world.analyst).get(API).json()["results"]
    assert len({tuple(row) for row in rows}) == 1
    here = next(r for r in rows if r["locality"] == "East" and r["community"] == "Kashmiri community")
    assert (here["days"], here["quiet"], here["asked_too_often"]) == (217, True, None)
    whole = next(r for r in rows if r["locality"] is None and r["community"] == "Kashmiri community")
    assert (whole["asks_in_90_days"], whole["answers_owed"], whole["asked_too_often"]) == (0, 0, False)


def test_officers_leads_managers_and_analysts_read_it(world, signed_in):
    for name, user in world.everybody().items():
        opens = name in ("amina", "joe", "lead", "manager", "analyst")
        assert (signed_in(user).get(LIST).status_code == 200) == opens, name
        assert (signed_in(user).get(API).status_code == 200) == opens, name


@pytest.mark.parametrize(("days", "words"), [
    (0, "0 days"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (60, "8 weeks"), (61, "2 months"),
    (217, "7 months"), (729, "23 months"), (731, "2 years"), (4000, "10 years"),
])  # fmt: skip
def test_how_long_is_said_as_people_say_it_and_never_longer_than_it_is(days, words):
    assert how_long(days) == words


def test_what_nobody_asks_about_a_community_is_not_read(world):
    heard(world, 3, community=world.nested)
    with CaptureQueriesContext(connection) as asked:
        assert of(world).days == 3, "heard by those who lie in it"
    told = " ".join(query["sql"] for query in asked)
    assert '"crm_community"."rhythm_days"' in told
    assert '"crm_community"."created_at"' not in told
    assert '"crm_communitylink"."depth" > 0' in told, "that it lies in itself is known"
