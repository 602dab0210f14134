"""Invited and answered: one row for each invitee, places in turn, what would help, and nothing kept too long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.audit.models import Revision
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person
from engagement.forums.actions.answers import (
    answer_invitation,
    forget_answers,
    offer_free_places,
    record_answer,
    start_answer,
    take_calendar_reply,
)
from engagement.forums.actions.forums import cancel_forum
from engagement.forums.actions.invitations import invite, log_what_was_said, renew_link
from engagement.forums.answers import AnswerDetails
from engagement.forums.calendars.replies import Answer as InCalendar
from engagement.forums.models import Forum, HelpAsked, Invitation
from engagement.forums.reports.places import free_places
from tests.crm.panels.helpers import a_member
from tests.engagement.forums.helpers import a_forum
from tests.engagement.forums.inviting import (
    NOBODY,
    a_guest,
    a_reply,
    an_invitation,
    an_open_forum,
    held,
    held_details,
    help_of,
    purposes,
    says,
)


def test_inviting_twice_makes_no_second_invitation(world):
    forum = an_open_forum(world)
    first = invite(actor=world.amina, forum=forum, people=[world.person], organisations=[world.group])
    again = invite(actor=world.amina, forum=forum, people=[world.person, world.person], organisations=[world.group])
    assert len(first) == 2
    assert again == []
    assert forum.invitations.count() == 2


def test_of_a_panel_those_who_sit_there_today_are_invited(world):
    member = a_member(world)
    made = invite(actor=world.amina, forum=an_open_forum(world), panels=[member.panel])
    assert [(one.person, one.panel) for one in made] == [(member.person, member.panel)]


def test_a_cancelled_forum_invites_nobody_and_takes_no_answer(world):
    invitation = an_invitation(world)
    cancel_forum(actor=world.amina, forum=invitation.forum, reason="The boiler broke")
    with pytest.raises(Blocked):
        invite(actor=world.amina, forum=invitation.forum, organisations=[world.group])
    with pytest.raises(InputBlocked):
        says(invitation)


def test_whoever_may_not_see_a_person_cannot_invite_them(world):
    with pytest.raises(Refused):
        invite(actor=world.joe, forum=an_open_forum(world), people=[world.person])


def test_only_the_hash_of_a_secret_is_kept_and_another_secret_answers_nothing(world):
    invitation = an_invitation(world)
    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert invitation.secret not in map(str, stored.values())
    with pytest.raises(Refused):
        answer_invitation(actor=NOBODY, invitation=invitation, secret="x" * 32, details=AnswerDetails("yes"))


def test_a_new_link_ends_the_one_before(world):
    invitation = an_invitation(world)
    before = invitation.secret
    renewed = renew_link(actor=world.amina, invitation=invitation)
    assert renewed.secret != before
    with pytest.raises(Refused):
        answer_invitation(actor=NOBODY, invitation=renewed, secret=before, details=AnswerDetails("yes"))
    assert says(renewed).answer == "yes"


def test_the_later_answer_stands_by_whichever_door_and_counts_once(world):
    invitation = an_invitation(world)
    says(invitation, "yes")
    record_answer(actor=world.amina, invitation=invitation, details=AnswerDetails("maybe"), how="phone")
    take_calendar_reply(actor=SYSTEM, reply=a_reply(invitation, InCalendar.NO, comment="I work that day"))
    found = Invitation.objects.get(forum=invitation.forum)
    assert (found.answer, found.answered_how, found.why_not) == ("no", "calendar", "I work that day")


def test_a_calendar_reply_that_comes_late_or_twice_changes_nothing(world):
    invitation = an_invitation(world)
    early = a_reply(invitation, InCalendar.NO, stamp=timezone.now() - timedelta(hours=2))
    assert take_calendar_reply(actor=SYSTEM, reply=a_reply(invitation)).answer == "yes"
    assert take_calendar_reply(actor=SYSTEM, reply=early) is None
    assert Invitation.objects.get(pk=invitation.pk).answer == "yes"


def test_what_they_said_on_the_page_since_is_not_undone_by_an_older_calendar(world):
    invitation = an_invitation(world)
    reply = a_reply(invitation, InCalendar.NO)
    says(invitation, "yes")
    take_calendar_reply(actor=SYSTEM, reply=reply)
    assert Invitation.objects.get(pk=invitation.pk).answer == "yes"


def test_the_wish_for_another_time_becomes_a_note_and_no_answer(world):
    invitation = an_invitation(world)
    reply = a_reply(invitation, None, wish="Asks for another time: Friday 15 January 2027, 10:00.")
    assert take_calendar_reply(actor=SYSTEM, reply=reply).wish.startswith("Asks for another time")
    assert Invitation.objects.get(pk=invitation.pk).answer == "none"


def test_a_reply_with_a_secret_of_nobody_is_left_alone(world):
    assert take_calendar_reply(actor=SYSTEM, reply=a_reply(an_invitation(world), secret="nobodys")) is None


def test_anybody_may_start_on_the_open_page_and_nobody_where_it_is_not_open(world):
    assert a_guest(world).person is None
    with pytest.raises(Refused):
        start_answer(actor=NOBODY, forum=a_forum(world))
    with pytest.raises(Refused):
        start_answer(actor=NOBODY, forum=an_open_forum(world, title="Closed", is_public=False))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer": "none"}, "Tell us if you are coming"),
        ({"answer": "yes", "reach_by": "phone", "reach_at": "x"}, "Write a phone number, like 07700 900123"),
        ({"answer": "yes", "reach_by": "email", "reach_at": "x"}, "Write an e-mail address, like name@example.com"),
        ({"answer": "yes", "guests_others": 99}, "Write how many come with you"),
    ],
)
def test_errors_say_what_to_do(world, changes, words):
    with pytest.raises(InputBlocked, match=words):
        says(a_guest(world), **changes)


def test_who_comes_after_the_places_are_gone_waits_and_gets_the_first_that_comes_free(world):
    forum = an_open_forum(world, capacity=2)
    first, second = says(a_guest(world, forum), guests_supporters=1), says(a_guest(world, forum))
    third = says(a_guest(world, forum))
    assert (first.place, second.place, third.place) == ("has", "waiting", "waiting")
    says(first, "no")
    assert [Invitation.objects.get(pk=one.pk).place for one in (second, third)] == ["offered", "offered"]
    assert says(Invitation.objects.get(pk=second.pk)).place == "has"
    assert free_places(forum) == 0


def test_nobody_overtakes_those_who_wait(world):
    forum = an_open_forum(world, capacity=2)
    says(a_guest(world, forum))
    waits = says(a_guest(world, forum), guests_others=1)
    assert waits.place == "waiting"
    assert says(a_guest(world, forum)).place == "waiting"


def test_nobody_loses_their_place_by_asking_to_bring_more(world):
    forum = an_open_forum(world, capacity=1)
    mine = says(a_guest(world, forum))
    with pytest.raises(InputBlocked, match="Your place is kept"):
        says(mine, guests_others=1)
    assert Invitation.objects.get(pk=mine.pk).place == "has"


def test_an_offer_nobody_takes_goes_to_the_next(world):
    forum = an_open_forum(world, capacity=1)
    first, second, third = (says(a_guest(world, forum)) for _ in range(3))
    says(first, "no")
    with writing_allowed():
        Invitation.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    assert offer_free_places(actor=SYSTEM) == 1
    assert [Invitation.objects.get(pk=one.pk).place for one in (second, third)] == ["waiting", "offered"]


def test_held_places_are_only_for_those_who_say_so_themselves(world):
    purposes()
    forum = an_open_forum(world, capacity=2)
    for_them = held(world, forum)
    assert says(a_guest(world, forum)).place == "waiting"
    hers = says(an_invitation(world, forum), held=for_them)
    assert hers.place == "has"
    said = DeclaredCommunity.objects.get(person=world.person)
    assert (said.community, said.purpose.key, said.how) == (world.community, "seats", "form")


def test_no_more_places_are_held_than_fit_in_and_the_aim_is_written_down(world):
    with pytest.raises(InputBlocked, match="More places are held"):
        held(world, an_open_forum(world, capacity=1))
    with pytest.raises(InputBlocked, match="Write why they are held"):
        held(world, an_open_forum(world, title="Again", capacity=5), aim=" ")
    assert held_details(world).aim


def test_what_they_let_us_keep_becomes_a_need_told_on_this_form(world):
    invitation = an_invitation(world)
    says(invitation, help_asked=help_of("bsl-interpreter", "quiet-room"), keep_needs="keep", in_full=True)
    needs = AccessNeed.objects.filter(person=world.person)
    assert {need.type.key for need in needs} == {"bsl-interpreter", "quiet-room"}
    assert {need.told_by for need in needs} == {"form"}
    says(invitation, help_asked=help_of("bsl-interpreter", "quiet-room"), keep_needs="keep", in_full=True)
    assert needs.count() == 2


def test_what_is_not_to_be_kept_becomes_no_need_and_goes_four_weeks_after(world):
    invitation = an_invitation(world)
    says(invitation, help_asked=help_of("quiet-room"), help_words="No bright light", in_full=True)
    assert not AccessNeed.objects.exists()
    assert forget_answers(actor=SYSTEM) == 0
    with writing_allowed():
        Forum.objects.filter(pk=invitation.forum_id).update(on=timezone.localdate() - timedelta(weeks=5))
    assert forget_answers(actor=SYSTEM) == 1
    assert forget_answers(actor=SYSTEM) == 0
    assert not HelpAsked.objects.exists()
    assert Invitation.objects.get(pk=invitation.pk).help_words == ""
    assert "No bright light" not in str(list(Revision.objects.values_list("values", flat=True)))


def test_words_of_somebody_who_cannot_come_become_a_point_once(world):
    said = says(an_invitation(world), "cannot_but_say", to_say="Ring before you come.")
    event = log_what_was_said(actor=world.amina, invitation=said)
    assert [(point.words, point.wording) for point in event.points.all()] == [("Ring before you come.", "verbatim")]
    assert Invitation.objects.get(pk=said.pk).to_say == ""
    with pytest.raises(Blocked):
        log_what_was_said(actor=world.amina, invitation=said)


def test_a_champion_sees_who_comes_and_not_who_was_only_invited(world):
    invitation = an_invitation(world)
    seen = Invitation.objects.visible_to(world.chen)
    assert not seen.exists()
    says(invitation, "yes")
    assert seen.get() == invitation
    says(invitation, "no")
    assert not seen.exists()


@pytest.mark.parametrize("how", [{"restricted": True}, {"stopped_on": timezone.localdate()}])
def test_a_restricted_or_stopped_person_vanishes_from_the_list(world, how):
    says(an_invitation(world), "yes")
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(**how)
    for user in (world.amina, world.chen, world.lead):
        assert not Invitation.objects.visible_to(user).exists()
