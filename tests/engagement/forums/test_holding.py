"""A forum takes place and is closed: what is refused in words, and the one contact that closing writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import Revision
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.panels.reports.table import who_is_at_the_table
from crm.privacy.actions import restrict_person
from crm.privacy.details import RestrictionDetails
from engagement.forums.actions.answers import forget_answers
from engagement.forums.actions.arrangements import note_arrangement
from engagement.forums.actions.desk import count_heads, drop_attendance, note_attendance
from engagement.forums.actions.forums import cancel_forum
from engagement.forums.actions.holding import close_forum, hold_forum, take_back_held
from engagement.forums.arranging import GoneDetails
from engagement.forums.held import AttendanceDetails, ClosingDetails, HeadcountDetails
from engagement.forums.models import Attendance, Captured, Forum
from engagement.forums.reports.missing import who_is_missing
from engagement.log.models import AccessSupport, Barrier, EngagementEvent, Reach
from engagement.needs.models import NeedOutcome
from tests.crm.panels.helpers import a_member, a_panel
from tests.engagement.forums import coming
from tests.engagement.forums.coming import an_open_forum, answers, somebody
from tests.engagement.forums.helpers import a_forum
from tests.engagement.forums.holding import came, closed, held, invited, on_the_day, ready_today, said
from tests.world import LONG_AGO

TODAY = timezone.localdate


def words(refusal):
    return " ".join(blocker.words for blocker in refusal.value.blockers)


def a_barrier(name="Travel cost or distance"):
    with writing_allowed():
        return Barrier.objects.get_or_create(name=name)[0]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (a_forum, "Open this forum first"),
        (lambda w: on_the_day(an_open_forum(w)), "Say first that this forum is ready"),
        (held, "written down already"),
        (lambda w: cancel_forum(actor=w.amina, forum=a_forum(w), reason="Flood"), "was cancelled"),
        (lambda w: on_the_day(ready_today(w), -3), "still to come"),
    ],
)
@pytest.mark.once
def test_it_is_held_when_it_is_ready_and_its_day_has_come(world, make, why):
    with pytest.raises(Blocked) as refusal:
        hold_forum(actor=world.amina, forum=make(world))
    assert why in words(refusal)


def test_a_forum_is_held_on_its_day_or_later(world):
    assert hold_forum(actor=world.chen, forum=ready_today(world)).state == "held"
    assert hold_forum(actor=world.amina, forum=on_the_day(ready_today(world), 4)).state == "held"
    with pytest.raises(Refused):
        hold_forum(actor=world.chen, forum=ready_today(world, locality=world.south))


def test_held_by_mistake_is_taken_back_with_a_reason_while_nothing_is_written_down(world, signed_in, caller):
    forum = held(world)
    at, browser = f"/workspace/forums/{forum.pk}/not-held/", signed_in(world.amina)
    assert at in browser.get(f"/workspace/forums/{forum.pk}/desk/").content.decode()
    assert "Write why it is taken back" in browser.post(at, {"reason": " "}).content.decode()
    browser.post(at, {"reason": "The wrong forum"})
    forum.refresh_from_db()
    assert (forum.state, "The wrong forum" in forum.reopened_reason) == ("open", True)
    assert "The wrong forum" in browser.get(f"/workspace/forums/{forum.pk}/").content.decode()
    api = caller(world.amina)
    again = api.post(f"/forums/{forum.pk}/take-back-held/", {"reason": "Twice"}, match="*")
    assert (again.status_code, "Nobody said" in again.json()["detail"]) == (409, True)
    row = came(world)
    refused = api.post(f"/forums/{row.forum_id}/take-back-held/", {"reason": "Twice"}, match="*")
    assert (refused.status_code, "who came" in refused.json()["detail"]) == (409, True)
    with pytest.raises(Refused):
        take_back_held(actor=world.chen, forum=held(world, locality=world.south), reason="Not hers")


def test_pressing_twice_counts_somebody_once_and_undo_takes_it_back(world):
    row = came(world)
    again = came(world, row.invitation, spoke=True, others=2)
    assert (again.pk, again.spoke, again.heads) == (row.pk, True, 3)
    drop_attendance(actor=world.amina, attendance=again)
    assert not Attendance.objects.exists()


def test_whoever_walks_in_stands_on_the_list_with_or_without_a_name(world):
    forum = held(world)
    for details in (AttendanceDetails(person=world.person, how="walked_in"), AttendanceDetails(called="Zeinab 🙂"),
                    AttendanceDetails()):  # fmt: skip
        note_attendance(actor=world.amina, forum=forum, details=details)
    assert [row.name for row in Attendance.objects.for_list()] == [
        "Parveen Begum",
        "Zeinab 🙂",
        "Somebody without a name",
    ]


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"came": False, "spoke": True}, "Somebody who spoke was there"),
        ({"came": False, "others": 1}, "only where they came"),
        ({"others": 51}, "up to 50"),
        ({"reason": "The bus"}, "Leave out what kept them away"),
    ],
)
@pytest.mark.once
def test_what_cannot_be_right_is_said_in_words(world, details, why):
    with pytest.raises(Blocked) as refusal:
        came(world, **details)
    assert why in words(refusal)


def test_why_somebody_did_not_come_is_kept_in_the_row_alone(world):
    row = came(world, came=False, barrier=a_barrier(), reason="The bus never came")
    came(world, row.invitation, came=False, barrier=a_barrier(), reason="She says: the bus =1+1")
    assert not Revision.objects.filter(values__icontains="bus").exists()
    row = came(world, row.invitation)
    assert (row.came, row.barrier, row.reason) == (True, None, "")


def test_nobody_is_written_down_before_it_begins_or_after_it_is_closed(world):
    invitation = answers(world, ready_today(world), world.person)
    with pytest.raises(Blocked, match="Say first that this forum takes place"):
        came(world, invitation)
    forum = closed(world)
    row = Attendance.objects.get(forum=forum)
    with pytest.raises(Blocked, match="Correct it there"):
        came(world, row.invitation, spoke=True)
    late = answers(world, forum, somebody(world))
    assert came(world, late, came=False, barrier=a_barrier()).barrier.name == "Travel cost or distance"


def test_closing_asks_for_who_came_and_what_was_said(world):
    forum = held(world)
    with pytest.raises(Blocked, match="If nobody came, say so"):
        close_forum(actor=world.amina, forum=forum)
    came(world, invited(world, forum=forum))
    with pytest.raises(Blocked, match="at least one thing that people said"):
        close_forum(actor=world.amina, forum=forum)
    said(world, forum)
    for details, why in (
        ({"nobody_came": True}, "Somebody stands on the list"),
        ({"next_words": "We tell the board"}, "by when"),
        ({"next_by": TODAY()}, "Write what happens next"),
        ({"next_words": "We go on", "next_by": TODAY() - timedelta(days=1)}, "after the forum"),
    ):
        with pytest.raises(Blocked, match=why):
            close_forum(actor=world.amina, forum=forum, details=ClosingDetails(**details))
    assert not EngagementEvent.objects.exists()


def test_closing_writes_exactly_one_contact_with_everything_that_is_known(world):
    with writing_allowed():
        step_free = AccessSupport.objects.create(name="Step-free room")
    forum = held(world, communities=[world.community], topics=[world.topic], organisers=[world.chen])
    mother = came(world, invited(world, forum=forum, guests_others=1), others=1, spoke=True)
    answers(world, forum, somebody(world, "Rosa"), place="has")
    came(world, answers(world, forum, somebody(world, "Lee"), place="has"), came=False, barrier=a_barrier())
    counts = [
        HeadcountDetails(12, world.nested),
        HeadcountDetails(5, None, "estimated"),
        HeadcountDetails(0, world.community),
    ]
    count_heads(actor=world.chen, forum=forum, counts=counts)
    said(world, forum, "بس دیر سے آتی ہے 🚌", raised_by=mother, verbatim=True, language=world.urdu, quoting="yes")
    said(world, forum, "Send the timetable", kind="promise", due_on=TODAY() + timedelta(days=7))
    coming.an_arrangement(world, "step-free", forum=None)
    done = close_forum(
        actor=world.chen, forum=forum,
        details=ClosingDetails(
            next_words="We tell the board", next_by=TODAY() + timedelta(days=20), rest_stayed_away=True,
            support_used=[step_free],
        ),
    )  # fmt: skip
    event = EngagementEvent.objects.get()
    assert (done.state, done.event, event.forum) == ("closed", event, done)
    assert (event.occurred_on, event.locality, event.place) == (forum.on, world.east, "Mill Street Centre")
    assert event.met_in_words == "Forum: Care at home"
    assert set(event.officers.all()) == {world.amina, world.chen}
    assert list(event.topics.all()) == [world.topic]
    assert list(event.support_used.all()) == [step_free]
    assert [row.barrier.name for row in event.barriers.all()] == ["Travel cost or distance"]
    assert (event.follow_up, event.follow_up_on) == ("We tell the board", TODAY() + timedelta(days=20))
    reach = {row.community: (row.people, row.basis, row.locality) for row in event.reach.all()}
    assert reach == {
        world.nested: (12, "counted", world.east),
        world.community: (None, "estimated", world.east),
        None: (19, "estimated", world.east),
    }
    point, promise = event.points.get(), event.promises.get()
    assert (point.raised_by.person, point.wording, point.language) == (world.person, "verbatim", world.urdu)
    assert (promise.owner, promise.to_community) == (world.amina, world.community)
    assert not Captured.objects.exists()
    away = Attendance.objects.filter(came=False).values_list("person__name", flat=True)
    assert set(away) == {"Rosa", "Lee"}
    mother.refresh_from_db()
    assert mother.contribution == event.contributions.get()


def test_closing_twice_writes_one_contact(world):
    forum = closed(world)
    with pytest.raises(Blocked, match="closed already"):
        close_forum(actor=world.amina, forum=forum)
    assert EngagementEvent.objects.count() == 1


def test_a_forum_nobody_came_to_has_a_contact_that_reached_nobody(world):
    closed(world, held(world, communities=[world.community]), nobody_came=True)
    event = EngagementEvent.objects.get()
    assert event.met_in_words == "Forum nobody came to: Care at home"
    assert not Reach.objects.exists()


def test_without_a_ward_the_locality_of_the_forum_counts_and_a_correction_keeps_it(world):
    forum = held(world, venue=None, place_words="The tent", mode="both")
    note_attendance(actor=world.amina, forum=forum, details=AttendanceDetails())
    said(world, forum)
    event = closed(world, forum).event
    assert (event.area, event.locality) == (None, world.east)


def test_whoever_asked_us_to_stop_is_counted_and_stands_in_no_contact(world):
    row = came(world)
    said(world, row.forum, raised_by=row)
    restrict_person(actor=world.amina, person=world.person, details=RestrictionDetails(TODAY()))
    event = closed(world, row.forum).event
    assert not event.contributions.exists()
    assert event.points.get().raised_by is None
    assert event.reach.get().people == 1


def test_while_a_child_was_there_nobody_is_quoted_in_particular(world):
    child = came(world, invited(world, somebody(world, "Sam", age_band="14_17", responsible_adult="His aunt")))
    with pytest.raises(Blocked, match="never quoted"):
        said(world, child.forum, raised_by=child, quoting="yes")
    said(world, child.forum, quoting="yes")
    assert closed(world, child.forum).event.points.get().quoting == "no"


def test_how_needs_were_met_counts_at_the_contact(world):
    row = coming.on_its_day(coming.told(world))
    forum = hold_forum(actor=world.amina, forum=ready_today(world, Forum.objects.get(pk=row.forum_id)))
    note_arrangement(actor=world.amina, arrangement=row, details=GoneDetails(there=True, met="met"))
    came(world, row.invitation)
    said(world, forum)
    event = closed(world, forum).event
    assert NeedOutcome.objects.get().event == event


def test_when_the_person_is_erased_what_they_did_stands_without_them(world):
    row = came(world, spoke=True)
    said(world, row.forum, raised_by=row)
    event = closed(world, row.forum).event
    with writing_allowed():
        world.person.delete()
    row.refresh_from_db()
    assert (row.person, row.invitation, row.came, row.spoke) == (None, None, True, True)
    assert event.points.get().raised_by.person is None


def test_what_somebody_was_called_and_why_they_stayed_away_go_four_weeks_after(world):
    kept = a_barrier()
    row = came(world, came=False, barrier=kept, reason="The bus never came")
    note_attendance(actor=world.amina, forum=row.forum, details=AttendanceDetails(called="Zeinab"))
    on_the_day(row.forum, 27)
    assert forget_answers(actor=SYSTEM) == 0
    on_the_day(row.forum, 29)
    forget_answers(actor=SYSTEM)
    assert set(Attendance.objects.values_list("called", "reason", "barrier")) == {("", "", kept.pk), ("", "", None)}


def test_who_of_a_panel_came_and_spoke_is_told_in_numbers_and_of_each_member(world, settings, signed_in):
    settings.SMALL_NUMBERS_UNDER = settings.SMALL_NUMBERS_ROUND_TO = 1
    panel = a_panel(world)
    one, two = (a_member(world, somebody(world, name), panel=panel, first_day=LONG_AGO) for name in ("Rosa", "Lee"))
    a_member(world, somebody(world, "Kit"), panel=panel, first_day=LONG_AGO)
    forum = held(world)
    for member, spoke in ((one, True), (two, False)):
        came(world, answers(world, forum, member.person, place="has", panel=panel), spoke=spoke)
    on_the_day(forum, TODAY().day + 3)
    points = {point.about: point for point in who_is_at_the_table(world.lead).of(panel).points}
    assert points["came"].words == "About 2 of 3 members came to the meeting of the last 12 months."
    assert points["spoke"].people.value == 1
    shown = signed_in(world.amina).get(f"/workspace/memberships/{one.pk}/").content.decode()
    assert "Invited to 1, came to 1, spoke at 1" in shown


def test_a_forum_stands_in_the_timeline_of_whoever_came_before_it_is_closed_and_its_contact_after(world, signed_in):
    row, browser = came(world), signed_in(world.amina)
    at = f"/workspace/people/{world.person.pk}/"
    assert "forum: care at home" in browser.get(at).content.decode()
    said(world, row.forum, "Ring before you come.", raised_by=row)
    closed(world, row.forum)
    shown = browser.get(at).content.decode()
    assert "Ring before you come." in shown
    assert "forum: care at home" not in shown


def test_forums_that_are_not_closed_count_among_those_heard_lately(world):
    forum = held(world, communities=[world.nested])
    rows = {row.community: row.forums for row in who_is_missing(forum).rows}
    assert (rows[world.nested], rows[world.community]) == (1, 1)
