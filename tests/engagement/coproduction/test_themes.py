"""Themes: gathered, counted as known on any day, split, merged, nested, offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from engagement.coproduction.themes.actions import (
    add_theme,
    change_theme,
    close_theme,
    gather_points,
    merge_theme,
    nest_theme,
    release_points,
    reopen_theme,
    split_theme,
)
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import ThemePoint
from engagement.coproduction.themes.reports.figures import figures_of
from engagement.coproduction.themes.reports.hidden import hidden_figures
from engagement.coproduction.themes.reports.nearest import nearest_points
from engagement.coproduction.themes.reports.words import points_of
from engagement.log.actions import restrict_event, withdraw_event
from engagement.log.details import PointDetails, ReachDetails
from tests.crm.panels.helpers import somebody
from tests.engagement.coproduction.helpers import a_point, a_theme, officer_of, themed

TODAY = timezone.localdate


def codes(refusal):
    return {blocker.code for blocker in refusal.value.blockers}


def later(days):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def counted(theme, days=0):
    """How many points a theme held at the end of a day from today."""
    return figures_of(theme, TODAY() + timedelta(days=days)).points


def test_a_theme_says_how_many_asked_from_where_and_through_whom(world):
    theme = a_theme(world, points=[
        a_point(world, kind="concern", quoting="yes"),
        a_point(world, "Pay carers for the day.", kind="ask", through=world.group),
        a_point(world, "Lovely.", kind="praise", area=world.south_ward, reach=None, organisations=[world.south_group]),
    ])  # fmt: skip
    found = figures_of(theme, TODAY())
    assert (found.points, found.asking, found.direct) == (3, 2, 2)
    assert [(one.name, one.points) for one in found.through] == [(world.group.name, 1)]
    assert [(one.name, one.points) for one in found.communities] == [
        (world.community.name, 2),
        ("No community named", 1),
    ]
    assert {(one.name, one.points) for one in found.localities} == {("East", 2), ("South", 1)}
    assert (found.since, found.latest) == (TODAY(), TODAY())
    assert found.people.is_hidden


def test_a_point_is_gathered_once_and_leaves_without_changing_yesterday(world):
    theme, point = a_theme(world), a_point(world)
    gather_points(actor=world.amina, theme=theme, points=[point])
    gather_points(actor=world.amina, theme=theme, points=[point])
    assert ThemePoint.objects.count() == 1
    with later(2):
        release_points(actor=world.amina, theme=theme, points=[point])
        with pytest.raises(InputBlocked) as refusal:
            release_points(actor=world.amina, theme=theme, points=[point])
        assert codes(refusal) == {"point_not_here"}
        assert [counted(theme, day) for day in (-3, -2, -1, 0)] == [0, 1, 1, 0]


def test_merged_and_split_back_the_figures_of_every_day_are_right(world):
    both = a_point(world, "Both.")
    one = a_theme(world, "One", points=[a_point(world, "First."), a_point(world, "Second."), both])
    two = a_theme(world, "Two", points=[a_point(world, "Third."), both])
    inner = a_theme(world, "Inner", parent=one, points=[a_point(world, "Fourth.")])
    with later(2):
        merge_theme(actor=world.amina, theme=one, into=two, reason="People mean the same")
        for theme in (one, two, inner):
            theme.refresh_from_db()
        assert (one.state, one.merged_into, inner.parent) == ("merged", two, two)
        assert (counted(one, -1), counted(two, -1), counted(one), counted(two)) == (4, 2, 0, 5)
        with pytest.raises(Blocked) as refusal:
            gather_points(actor=world.amina, theme=one, points=[a_point(world)])
        assert codes(refusal) == {"theme_merged"}
    with later(5):
        release_points(actor=world.amina, theme=two, points=[both])
        gather_points(actor=world.amina, theme=two, points=[both])
        reopen_theme(actor=world.amina, theme=one)
        for theme in (one, two, inner):
            theme.refresh_from_db()
        assert (one.state, one.merged_into, inner.parent) == ("open", None, one)
        assert (counted(one), counted(two)) == (4, 2)
        days = (-5, -4, -3, -1, 0)
        assert [counted(one, day) for day in days] == [4, 4, 0, 0, 4]
        assert [counted(two, day) for day in days] == [2, 2, 5, 5, 2]


def test_merged_and_opened_again_on_one_day_nothing_has_changed(world):
    one, two = themed(world, 2, "One"), themed(world, 1, "Two")
    merge_theme(actor=world.amina, theme=one, into=two, reason="By mistake")
    reopen_theme(actor=world.amina, theme=one)
    assert (counted(one), counted(two)) == (2, 1)
    two.refresh_from_db()
    with later(3):
        assert (counted(one, -3), counted(one), counted(two, -3), counted(two)) == (2, 2, 1, 1)


def test_a_theme_is_split_and_something_stays(world):
    theme = themed(world, 3)
    points = list(points_of(theme, reader=world.amina))
    with pytest.raises(InputBlocked) as refusal:
        split_theme(actor=world.amina, theme=theme, details=ThemeDetails("Money"), points=points)
    assert codes(refusal) == {"nothing_left"}
    with later(1):
        new = split_theme(actor=world.amina, theme=theme, details=ThemeDetails("Money"), points=points[:1])
        assert new.split_from_id == theme.pk
        assert (counted(theme, -1), counted(theme), counted(new, -1), counted(new)) == (3, 2, 0, 1)


def test_a_wider_theme_counts_the_points_inside_once_and_no_theme_lies_in_itself(world):
    point = a_point(world)
    wide, inner = a_theme(world, "Wide", points=[point]), a_theme(world, "Inner", points=[point, a_point(world)])
    with later(1):
        nest_theme(actor=world.amina, theme=inner, parent=wide)
        assert (counted(wide, -1), counted(wide)) == (1, 2)
        wide.refresh_from_db()
        with pytest.raises(InputBlocked) as refusal:
            nest_theme(actor=world.amina, theme=wide, parent=inner)
        assert codes(refusal) == {"theme_in_itself"}
        with pytest.raises(InputBlocked) as refusal:
            merge_theme(actor=world.amina, theme=wide, into=inner, reason="")
        assert codes(refusal) == {"theme_lies_inside", "reason_missing"}
    with later(3):
        nest_theme(actor=world.amina, theme=inner, parent=None)
        assert (counted(wide, -1), counted(wide)) == (2, 1)


def test_the_page_of_a_wider_theme_shows_the_words_of_those_inside_and_the_list_says_whose_points_it_counts(
    world, signed_in
):
    inner = a_theme(world, "Inner", points=[a_point(world, "No bus after six"), a_point(world, "The bus is dear")])
    wide = a_theme(world, "Wide")
    nest_theme(actor=world.amina, theme=inner, parent=wide)
    page = signed_in(world.amina).get(f"/workspace/themes/{wide.pk}/").content.decode()
    assert "<strong>2 points</strong>" in page
    assert "No bus after six" in page
    listed = signed_in(world.amina).get("/workspace/themes/").content.decode()
    assert "0 points of its own · 1 theme in it · " in listed
    assert "2 points · " in listed
    offered = signed_in(world.amina).get(f"/workspace/themes/{wide.pk}/nest/").content.decode()
    assert str(inner.pk) not in offered, "a theme inside it"
    assert f'value="{wide.pk}"' not in offered, "itself"


def test_people_are_hidden_where_a_theme_inside_would_give_few_away(world, settings):
    settings.SMALL_NUMBERS_UNDER = 3
    people = [somebody(world, f"Person {number}") for number in range(6)]

    def raised(number):
        point = PointDetails("A carer asks.", raised_by=people[number])
        return world.contact(people=[people[number]], points=[point]).points.get()

    wide = a_theme(world, "Wide", points=[raised(0), raised(1), raised(2)])
    assert str(figures_of(wide, TODAY()).people) == "5"
    inner = a_theme(world, "Inner", parent=wide, points=[raised(3), raised(4), raised(5), raised(1), raised(2)])
    assert str(figures_of(inner, TODAY()).people) == "5"
    assert figures_of(wide, TODAY()).people.is_hidden, "6 less 5 is 1"
    with later(1):
        assert figures_of(wide, TODAY() - timedelta(days=1)).people is None


def test_whoever_meets_nobody_reads_rough_figures_of_whole_months(world, settings, signed_in):
    """Not by subtraction (a community, praise, a theme inside), not by the day, not by the list."""
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 3, 1
    points = [a_point(world, f"Point {number}.", kind="ask") for number in range(5)]
    points.append(a_point(world, "Lovely.", kind="praise", reach=[ReachDetails(world.nested, 2)], through=world.group))
    theme = a_theme(world, "Breaks", points=points)
    rough = hidden_figures(theme, TODAY())
    assert [figure.value for figure in (rough.points, rough.asking, rough.direct)] == [9, 4, 4], "6 to 11, and 3 to 5"
    assert [(row.name, row.points.value) for row in rough.communities] == [("Kashmiri community", 4)]
    assert [(row.name, row.points.value) for row in rough.localities] == [("East", 9)]
    assert rough.through == [], "one of a few is not named"
    wide = a_theme(world, "Wide", points=[a_point(world)])
    nest_theme(actor=world.amina, theme=theme, parent=wide)
    assert hidden_figures(wide, TODAY()).points.value == 9, "7 are not told from 6"
    browser = signed_in(world.analyst)
    page = browser.get(f"/workspace/themes/{theme.pk}/").content.decode()
    assert "points hidden" in page
    assert "Choose the last day of a month" in (
        browser.get(f"/workspace/themes/{theme.pk}/?on={TODAY():%d/%m/%Y}").content.decode()
    )
    assert "6 points" not in browser.get("/workspace/themes/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        page = signed_in(world.analyst).get(f"/workspace/themes/{theme.pk}/").content.decode()
        assert ": points about 9" in page
        assert "East: about 9" in page


def test_restricted_and_withdrawn_contacts_are_not_counted_and_their_words_stay_hidden(world, signed_in):
    open_, shut, gone = a_point(world), a_point(world, "Whispered."), a_point(world, "Taken back.")
    theme = a_theme(world, points=[open_, shut, gone])
    restrict_event(actor=world.amina, event=shut.event, readers=[world.lead])
    with later(1):
        withdraw_event(actor=world.amina, event=gone.event, reason="Wrong group")
        assert (counted(theme, -1), counted(theme)) == (2, 1)
    assert list(points_of(theme, reader=world.joe)) == []
    page = signed_in(world.lead).get(f"/workspace/themes/{theme.pk}/").content.decode()
    assert "Whispered." in page
    page = signed_in(world.manager).get(f"/workspace/themes/{theme.pk}/").content.decode()
    assert "Whispered." not in page
    assert open_.words in page


def test_the_nearest_points_share_rare_words_and_nothing_is_linked(world):
    near = a_point(world, "My wife cares for her mother and no carer told her of a break.")
    far = a_point(world, "The bus does not stop at the centre.")
    hidden = a_point(world, "Carer carer carer.", actor=world.joe, area=world.south_ward)
    theme = a_theme(world, points=[a_point(world)])
    found = nearest_points(theme, reader=world.amina)
    assert found[0].point == near
    assert 0 < found[0].nearness <= 100
    assert far not in [one.point for one in found] or found[-1].point == far
    assert hidden not in [one.point for one in found]
    assert ThemePoint.objects.filter(theme=theme).count() == 1


def test_a_theme_of_another_script_finds_its_own(world):
    urdu = a_point(world, "دیکھ بھال کرنے والوں کو مدد نہیں ملتی", language=world.urdu)
    a_point(world, "The bus is late 😀.")
    theme = a_theme(world, "دیکھ بھال", points=[])
    assert [one.point for one in nearest_points(theme, reader=world.amina)] == [urdu]


def test_who_may_name_gather_and_shape(world):
    point = a_point(world)
    theme = a_theme(world)
    with pytest.raises(Refused):
        gather_points(actor=world.joe, theme=theme, points=[point])
    with pytest.raises(InputBlocked) as refusal:
        add_theme(actor=world.chen, details=ThemeDetails("Mine"))
    assert codes(refusal) == {"locality_missing"}
    with pytest.raises(Refused):
        add_theme(actor=world.chen, details=ThemeDetails("Mine", locality=world.south))
    assert add_theme(actor=world.chen, details=ThemeDetails("Mine", locality=world.east)).owner == world.chen
    with pytest.raises(Refused):
        close_theme(actor=world.chen, theme=theme, reason="Done")
    with pytest.raises(Refused):
        add_theme(actor=world.analyst, details=ThemeDetails("Mine"))


def test_a_theme_is_changed_by_its_keeper_their_team_its_locality_and_leads(world, signed_in):
    """The officer of the South gathers into a theme of the East, and changes nothing else about it."""
    theme, own = a_theme(world, locality=world.east), a_theme(world, "Buses", actor=world.joe)
    gather_points(actor=world.joe, theme=theme, points=[a_point(world, actor=world.joe, area=world.south_ward)])
    tries = [
        (change_theme, {"theme": theme, "details": ThemeDetails("Mine")}),
        (close_theme, {"theme": theme, "reason": "Done"}),
        (merge_theme, {"theme": own, "into": theme, "reason": "The same"}),
        (merge_theme, {"theme": theme, "into": own, "reason": "The same"}),
        (nest_theme, {"theme": theme, "parent": own}),
        (split_theme, {"theme": theme, "details": ThemeDetails("Mine"), "points": []}),
    ]
    for act, given in tries:
        with pytest.raises(Refused, match="leads and managers"):
            act(actor=world.joe, **given)
    assert "leads and managers can change, split or merge" in (
        signed_in(world.joe).get(f"/workspace/themes/{theme.pk}/").content.decode()
    )
    refused = signed_in(world.joe).post(f"/workspace/themes/{theme.pk}/close/", {"reason": "Done", "once": "a"})
    assert (refused.status_code, "Who may do this. Close a theme" in refused.content.decode()) == (403, True)
    nest_theme(actor=world.joe, theme=own, parent=theme)  # one's own may lie in any; its keeper may take it out again
    own.refresh_from_db()
    nest_theme(actor=world.amina, theme=own, parent=None)
    merge_theme(actor=world.lead, theme=theme, into=own, reason="The same")
    theme.refresh_from_db()
    with pytest.raises(Refused):
        reopen_theme(actor=world.amina, theme=theme)
    colleague = officer_of(world.east_team)
    assert close_theme(actor=colleague, theme=a_theme(world, "Of our team"), reason="Done").state == "closed"
    with pytest.raises(Refused):
        change_theme(actor=world.chen, theme=a_theme(world, "In the East", locality=world.east, actor=world.chen),
                     details=ThemeDetails("Mine", locality=world.south))  # fmt: skip


def test_a_name_is_needed_once_and_without_personal_details(world):
    a_theme(world)
    told = ThemeDetails("CARERS DO NOT KNOW WHAT THEY CAN GET", "Ring 0113 496 0999", locality=world.east_ward)
    with pytest.raises(InputBlocked) as refusal:
        add_theme(actor=world.amina, details=told)
    assert codes(refusal) == {"name_taken", "personal_detail", "not_a_locality"}
    theme = a_theme(world, "Buses")
    change_theme(actor=world.amina, theme=theme, details=ThemeDetails("Buses 🚌"), expected_version=1)
    with pytest.raises(Stale):
        change_theme(actor=world.lead, theme=theme, details=ThemeDetails("Coaches"), expected_version=1)


def test_the_pages_gather_split_and_close(world, signed_in):
    browser, point = signed_in(world.amina), a_point(world, "<b>Carers</b> are not told.")
    browser.post(f"/workspace/points/{point.pk}/themes/", {"name": "Carers are not told", "once": "a"})
    theme = a_theme(world, "Carers are not told")
    browser.post(f"/workspace/points/{point.pk}/themes/", {"name": "Carers are not told", "once": "a"})
    assert ThemePoint.objects.get().theme == theme
    near = a_point(world, "No carer knows.")
    page = browser.get(f"/workspace/themes/{theme.pk}/gather/").content.decode()
    assert "No carer knows." in page
    answer = browser.post(f"/workspace/themes/{theme.pk}/gather/", {"points": [], "once": "b"})
    assert "Choose at least one point" in answer.content.decode()
    browser.post(f"/workspace/themes/{theme.pk}/gather/", {"points": [str(near.pk)], "once": "c"})
    page = browser.get(f"/workspace/themes/{theme.pk}/").content.decode()
    assert "<strong>2 points</strong>" in page
    assert "&lt;b&gt;Carers&lt;/b&gt;" in page
    assert "Carers are not told" in browser.get(f"/workspace/contacts/{point.event_id}/").content.decode()
    sent = {"points": [str(near.pk)], "name": "Nobody knows", "once": "d"}
    browser.post(f"/workspace/themes/{theme.pk}/split/", sent)
    assert counted(a_theme(world, "Nobody knows")) == 1
    too_long = browser.post(f"/workspace/themes/{theme.pk}/close/", {"reason": "x" * 3_000_000, "once": "e"})
    assert (too_long.status_code, "Nothing was saved" in too_long.content.decode()) == (400, True)
    browser.post(f"/workspace/themes/{theme.pk}/close/", {"reason": "Answered", "once": "e"})
    assert "Closed</strong>" in browser.get(f"/workspace/themes/{theme.pk}/").content.decode()
    assert "Carers are not told" not in browser.get("/workspace/themes/").content.decode()
    browser.post(f"/workspace/themes/{theme.pk}/reopen/", {"once": "f"})
    wrong = browser.get(f"/workspace/themes/{theme.pk}/?on=31/02/2026").content.decode()
    assert "Enter a real date" in wrong
