"""Panels, their seats and who sits there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.communities.actions import add_community, merge_community
from crm.communities.details import CommunityDetails
from crm.declared.actions import withdraw_declaration
from crm.panels.actions.members import change_membership, leave_panel, note_about_member
from crm.panels.actions.panels import change_panel, change_panel_nature, change_seat, end_panel, end_seat
from crm.panels.details.panels import (
    LeaveDetails,
    MembershipDetails,
    NatureDetails,
    NoteDetails,
    PanelDetails,
    SeatDetails,
)
from crm.panels.models import Membership, Panel
from tests.crm.panels.helpers import a_member, a_panel, a_seat, declares, somebody
from tests.crm.privacy.helpers import a_purpose, stopped
from tests.world import LONG_AGO

TODAY = timezone.localdate


def codes(refusal):
    return {blocker.code for blocker in refusal.value.blockers}


def test_a_panel_says_who_decides_and_whom_it_asks_for(world):
    panel = a_panel(world, communities=[world.community], agenda_power="panel", words_power="together")
    assert (panel.get_agenda_power_display(), panel.get_budget_power_display()) == ("The panel", "The council alone")
    assert list(panel.communities.all()) == [world.community]
    with pytest.raises(InputBlocked) as refusal:
        a_panel(world, "EAST CITIZEN PANEL", locality=world.east_ward, lived_experience_wanted=11)
    assert codes(refusal) == {"name_taken", "not_a_locality", "over_ten"}
    with pytest.raises(Refused):
        change_panel(actor=world.amina, panel=panel, details=PanelDetails("Mine"))


def test_two_who_change_a_panel_at_once_do_not_lose_a_change(world):
    panel = a_panel(world)
    change_panel(actor=world.lead, panel=panel, details=PanelDetails("East panel"), expected_version=1)
    with pytest.raises(Stale):
        change_panel(actor=world.manager, panel=panel, details=PanelDetails("Panel East"), expected_version=1)


def test_a_panel_becomes_something_else_and_what_it_was_stays_readable(world, signed_in):
    panel = a_panel(world)
    with pytest.raises(InputBlocked) as refusal:
        change_panel_nature(actor=world.lead, panel=panel, details=NatureDetails("citizen_panel", panel.purpose))
    assert codes(refusal) == {"reason_missing", "nothing_changed"}
    details = NatureDetails("coproduction_forum", "Design care together", "They asked to decide, not advise")
    change_panel_nature(actor=world.lead, panel=panel, details=details)
    panel.refresh_from_db()
    assert (panel.kind, panel.purpose) == ("coproduction_forum", "Design care together")
    was = panel.changes.get()
    assert (was.old_kind, was.old_purpose) == ("citizen_panel", "Say what care should be like")
    page = signed_in(world.lead).get(f"/workspace/panels/{panel.pk}/").content.decode()
    assert "They asked to decide, not advise" in page
    assert "Say what care should be like" in page
    early = NatureDetails("focus_group", "Talk", "Smaller", TODAY() - timedelta(days=1))
    with pytest.raises(InputBlocked) as refusal:
        change_panel_nature(actor=world.lead, panel=panel, details=early)
    assert codes(refusal) == {"day_before_start"}


def test_focus_groups_grow_out_of_a_panel_and_both_pages_say_so(world, signed_in):
    panel = a_panel(world)
    group = a_panel(world, "Kashmiri women who care", kind="focus_group", grew_from=panel)
    browser = signed_in(world.amina)
    assert f"{group.name}</a> grew out of it" in browser.get(f"/workspace/panels/{panel.pk}/").content.decode()
    page = browser.get(f"/workspace/panels/{group.pk}/").content.decode()
    assert "it grew out of" in page
    assert panel.name in page


def test_a_panel_that_ends_ends_every_term_and_takes_no_change(world):
    panel = a_panel(world)
    member = a_member(world)
    with pytest.raises(InputBlocked) as refusal:
        end_panel(actor=world.lead, panel=panel, reason=" ", ended_on=TODAY() + timedelta(days=1))
    assert codes(refusal) == {"reason_missing", "day_in_future"}
    end_panel(actor=world.lead, panel=panel, reason="It became focus groups")
    member.refresh_from_db()
    assert (member.last_day, member.left_because) == (TODAY(), "ended")
    with pytest.raises(Blocked):
        change_panel(actor=world.lead, panel=panel, details=PanelDetails("Again"))
    with pytest.raises(Blocked):
        a_member(world, somebody(world, "Late"))


def test_a_reserved_seat_must_say_what_it_is_meant_to_mend(world):
    panel = a_panel(world)
    from_page = SeatDetails("Kept seat", world.community, " ")
    with pytest.raises(InputBlocked) as refusal:
        change_seat(actor=world.lead, seat=a_seat(world), details=from_page)
    assert codes(refusal) == {"aim_missing"}
    assert a_seat(world, "Kept seat", panel=panel, reserved_for=world.community).aim


def test_a_reserved_seat_refuses_somebody_without_their_own_declaration_and_says_why_kindly(world):
    seat = a_seat(world, reserved_for=world.community)
    declares(world, purpose=a_purpose(world))  # told for something else: of no use here
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, seat=seat)
    (blocker,) = refusal.value.blockers
    assert (blocker.code, blocker.field) == ("not_declared", "seat")
    assert "told us themselves" in blocker.words
    assert "Please never guess" in blocker.words
    declaration = declares(world)
    member = a_member(world, seat=seat)
    assert member.declaration == declaration


def test_a_declaration_of_a_community_that_lies_in_it_opens_the_seat_and_one_taken_back_does_not(world):
    seat = a_seat(world, reserved_for=world.community)
    declaration = declares(world, community=world.nested)
    withdraw_declaration(actor=world.amina, declaration=declaration)
    with pytest.raises(InputBlocked):
        a_member(world, seat=seat)
    declares(world, community=world.nested)
    assert a_member(world, seat=seat).seat == seat


def test_a_seat_for_part_of_a_community_is_not_opened_by_the_whole(world):
    seat = a_seat(world, reserved_for=world.nested)
    declares(world)
    with pytest.raises(InputBlocked):
        a_member(world, seat=seat)


def test_a_member_whose_declaration_was_taken_back_stays_until_their_term_is_made_longer(world):
    seat, end = a_seat(world, reserved_for=world.community), TODAY() + timedelta(days=30)
    declaration = declares(world)
    member = a_member(world, seat=seat, last_day=end)
    withdraw_declaration(actor=world.amina, declaration=declaration)
    same = MembershipDetails(seat=seat, lived_experience=True, first_day=member.first_day, last_day=end)
    change_membership(actor=world.amina, membership=member, details=same)
    longer = MembershipDetails(seat=seat, first_day=member.first_day, last_day=end + timedelta(days=1))
    with pytest.raises(InputBlocked) as refusal:
        change_membership(actor=world.amina, membership=member, details=longer)
    assert codes(refusal) == {"not_declared"}


def test_one_person_sits_in_a_seat_at_a_time_and_one_chairs(world):
    seat = a_seat(world)
    a_member(world, seat=seat, role="chair", last_day=TODAY())
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, somebody(world, "Sam"), seat=seat, role="chair")
    assert codes(refusal) == {"seat_taken", "chair_taken"}
    tomorrow = TODAY() + timedelta(days=1)
    sam = a_member(world, somebody(world, "Sam"), seat=seat, role="chair", first_day=tomorrow)
    assert sam.first_day == tomorrow


def test_a_term_that_ends_today_holds_today_and_not_tomorrow(world):
    member = a_member(world, last_day=TODAY())
    assert member in Membership.objects.standing(TODAY())
    assert member not in Membership.objects.standing(TODAY() + timedelta(days=1))


def test_nobody_sits_twice_on_one_panel_or_before_it_met(world):
    a_member(world)
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, first_day=LONG_AGO - timedelta(days=1))
    assert codes(refusal) == {"already_there", "day_before_panel"}
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, somebody(world, "Sam"), last_day=TODAY() - timedelta(days=1))
    assert codes(refusal) == {"days_backwards"}


def test_a_substitute_stands_in_for_a_member_and_has_no_seat_of_their_own(world):
    member, sam = a_member(world), somebody(world, "Sam")
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, sam, role="substitute", seat=a_seat(world))
    assert codes(refusal) == {"substitute_for_missing", "substitute_in_seat"}
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, sam, substitutes=member)
    assert codes(refusal) == {"not_a_substitute"}
    stands_in = a_member(world, sam, role="substitute", substitutes=member)
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, somebody(world, "Alex"), role="substitute", substitutes=stands_in)
    assert codes(refusal) == {"substitute_for_stranger"}


def test_who_stands_in_for_a_reserved_seat_must_have_said_so_too(world):
    declares(world)
    member = a_member(world, seat=a_seat(world, reserved_for=world.community))
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, somebody(world, "Sam"), role="substitute", substitutes=member)
    assert codes(refusal) == {"not_declared"}


def test_a_seat_of_another_panel_and_one_taken_away_are_refused(world):
    other = a_seat(world, panel=a_panel(world, "Funding panel", kind="funding_panel"))
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, seat=other)
    assert codes(refusal) == {"seat_of_another_panel"}
    seat = a_seat(world)
    end_seat(actor=world.lead, seat=seat)
    seat.refresh_from_db()
    with pytest.raises(InputBlocked) as refusal:
        a_member(world, seat=seat)
    assert codes(refusal) == {"seat_ended"}


def test_a_seat_where_somebody_sits_is_neither_taken_away_nor_kept_for_somebody_else(world):
    seat = a_seat(world)
    a_member(world, seat=seat)
    with pytest.raises(Blocked) as refusal:
        end_seat(actor=world.lead, seat=seat)
    assert codes(refusal) == {"seat_in_use"}
    with pytest.raises(InputBlocked) as refusal:
        change_seat(actor=world.lead, seat=seat, details=SeatDetails("Seat 1", world.community, "Nobody sits here"))
    assert codes(refusal) == {"seat_in_use"}


def test_somebody_leaves_with_a_reason_in_their_words(world):
    member = a_member(world, last_day=TODAY() + timedelta(days=9))
    with pytest.raises(InputBlocked) as refusal:
        leave_panel(actor=world.amina, membership=member, details=LeaveDetails("", "", TODAY() + timedelta(days=10)))
    assert codes(refusal) == {"reason_missing", "leaves_after_term"}
    leave_panel(actor=world.amina, membership=member, details=LeaveDetails("not_heard", "You decided before we came"))
    member.refresh_from_db()
    assert (member.last_day, member.left_words) == (TODAY(), "You decided before we came")
    with pytest.raises(Blocked):
        change_membership(actor=world.amina, membership=member, details=MembershipDetails())


def test_interests_and_training_are_noted(world):
    member = a_member(world)
    with pytest.raises(InputBlocked) as refusal:
        note_about_member(actor=world.amina, membership=member, details=NoteDetails("", ""))
    assert codes(refusal) == {"kind_missing", "words_missing"}
    note_about_member(actor=world.amina, membership=member, details=NoteDetails("interest", "Her son works there"))
    assert member.notes.get().words == "Her son works there"


def test_communities_that_go_on_under_another_take_panels_and_seats_along(world):
    panel = a_panel(world, communities=[world.community])
    seat = a_seat(world, reserved_for=world.community)
    stays = add_community(actor=world.lead, details=CommunityDetails(name="South Asian communities"))
    merge_community(actor=world.lead, community=world.community, into=stays, reason="One name")
    seat.refresh_from_db()
    assert seat.reserved_for == stays
    assert list(panel.communities.all()) == [stays]
    declares(world, community=world.nested)
    assert a_member(world, seat=seat).seat == seat


def test_members_are_seen_by_those_who_work_with_them_and_by_nobody_else(world):
    mine, theirs = a_member(world), somebody(world, "Southern Sam", actor=world.joe, area=world.south_ward)
    south = a_member(world, theirs, actor=world.joe)
    seen = {name: set(Membership.objects.visible_to(user)) for name, user in world.everybody().items()}
    assert seen["amina"] == {mine}
    assert seen["joe"] == {south}
    assert seen["lead"] == seen["manager"] == {mine, south}
    nothing = ("chen", "analyst", "publisher", "administrator", "auditor", "leaver", "stranger", "nobody")
    assert all(seen[name] == set() for name in nothing)


def test_a_champion_sees_whom_they_entered_on_panels_of_their_place_and_never_the_seat(world, signed_in):
    friend = somebody(world, "Friend of Chen", actor=world.chen)
    declares(world, friend, actor=world.lead)
    seat = a_seat(world, "Kashmiri seat", reserved_for=world.community)
    east = a_member(world, friend, actor=world.lead, seat=seat)
    south = a_panel(world, "South panel", locality=world.south)
    elsewhere = a_member(world, friend, actor=world.lead, panel=south)
    assert set(Membership.objects.visible_to(world.chen)) == {east}
    browser = signed_in(world.chen)
    page = browser.get(f"/workspace/memberships/{east.pk}/").content.decode()
    assert "Kashmiri seat" not in page
    assert browser.get(f"/workspace/memberships/{elsewhere.pk}/").status_code == 404
    assert "Friend of Chen" not in browser.get(f"/workspace/panels/{south.pk}/").content.decode()


def test_a_stopped_person_is_named_nowhere_on_the_panel(world, signed_in):
    member = a_member(world)
    stopped(world)
    browser = signed_in(world.lead)
    assert world.person.name not in browser.get(f"/workspace/panels/{member.panel_id}/").content.decode()
    assert browser.get(f"/workspace/memberships/{member.pk}/").status_code == 404


def test_for_whom_somebody_stands_in_is_not_told_to_those_who_may_not_know(world, signed_in):
    whom = a_member(world)
    other = somebody(world, "Southern Sam", actor=world.joe, area=world.south_ward)
    row = a_member(world, other, actor=world.lead, role="substitute", substitutes=whom)
    for path in (f"/workspace/memberships/{row.pk}/", f"/workspace/panels/{row.panel_id}/"):
        page = signed_in(world.joe).get(path).content.decode()
        assert "Southern Sam" in page
        assert "Parveen" not in page


def test_reading_who_sits_in_a_reserved_seat_is_audited_as_reading_what_they_declared(world, signed_in):
    declares(world)
    member = a_member(world, seat=a_seat(world, reserved_for=world.community))
    readings = AuditEvent.objects.filter(verb="declaration.read", subject_id=str(world.person.pk))
    before = readings.count()
    signed_in(world.lead).get(f"/workspace/panels/{member.panel_id}/")
    signed_in(world.lead).get(f"/workspace/memberships/{member.pk}/")
    assert readings.count() == before + 2


def test_trying_a_reserved_seat_is_audited_though_it_is_refused(world, signed_in):
    seat = a_seat(world, reserved_for=world.community)
    browser = signed_in(world.amina)
    path = f"/workspace/people/{world.person.pk}/panels/new/?panel={seat.panel_id}"
    page = browser.post(path, {"seat": str(seat.pk), "role": "member"}).content.decode()
    assert "told us themselves" in page
    assert f'value="{seat.pk}" selected' in page
    assert AuditEvent.objects.filter(verb="declaration.read", subject_id=str(world.person.pk)).count() == 1
    assert not Membership.objects.exists()


def test_the_pages_add_and_change_panels_seats_and_members(world, signed_in):
    lead, amina, today = signed_in(world.lead), signed_in(world.amina), TODAY()
    sent = {"name": "North panel", "kind": "focus_group", "purpose": "Talk about care"}
    assert lead.post("/workspace/panels/new/", {**sent, "kind": ""}).status_code == 200
    assert lead.post("/workspace/panels/new/", sent).status_code == 302
    panel = Panel.objects.get()
    assert panel.first_day == today
    home = f"/workspace/panels/{panel.pk}/"
    assert lead.post(f"{home}change/", {"name": "North focus group", "version": 1}).status_code == 302
    assert lead.post(f"{home}seats/new/", {"name": "Seat 1"}).status_code == 302
    seat = panel.seats.get()
    assert lead.post(f"/workspace/seats/{seat.pk}/change/", {"name": "Seat A", "version": 1}).status_code == 302
    path = f"/workspace/people/{world.person.pk}/panels/new/"
    assert "North focus group" in amina.get(path).content.decode()
    assert amina.post(f"{path}?panel={panel.pk}", {"seat": str(seat.pk), "role": "chair"}).status_code == 302
    member = Membership.objects.get()
    assert (member.seat, member.role) == (seat, "chair")
    place = f"/workspace/memberships/{member.pk}/"
    assert amina.post(f"{place}note/", {"kind": "training", "words": "Safeguarding", "version": 1}).status_code == 302
    page = amina.get(place).content.decode()
    assert "Safeguarding" in page
    assert "Seat A" in page
    assert "North focus group" in amina.get(f"/workspace/people/{world.person.pk}/").content.decode()
    sent = {"role": "member", "lived_experience": "on", "version": 2}
    assert amina.post(f"{place}change/", sent).status_code == 302
    assert amina.post(f"{place}leave/", {"because": "time", "words": "Two jobs", "version": 3}).status_code == 302
    assert "Two jobs" in amina.get(place).content.decode()
    assert lead.post(f"/workspace/seats/{seat.pk}/end/", {"version": 2}).status_code == 302
    assert lead.post(f"{home}nature/", {"kind": "steering_group", "purpose": "Steer", "reason": "Grown",
                                        "version": 2}).status_code == 302  # fmt: skip
    assert lead.post(f"{home}end/", {"reason": "Done", "version": 3}).status_code == 302
    assert "Done" in lead.get(home).content.decode()
    assert lead.get("/workspace/panels/?current=false").content.decode().count("North focus group") == 1
    assert "No panels match" in lead.get("/workspace/panels/?current=true").content.decode()
    assert signed_in(world.chen).get("/workspace/panels/new/").status_code == 403
