"""Arrangements that cannot be forgotten: they follow who comes and what they need, and who may see them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.access.actions import end_need
from crm.access.models import AccessNeed
from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.base.writing import writing_allowed
from crm.people.models import Person
from crm.sending.actions import (
    Answer,
    begin_handing_over,
    claim_messages,
    load_letter_templates,
    note_handed_over,
)
from crm.sending.files import read_letters
from crm.sending.models import Message
from crm.sending.registry import letter_folders
from engagement.forums.actions.arrangements import (
    ask_for,
    book_arrangement,
    confirm_arrangement,
    drop_arrangement,
    let_fall_through,
    note_arrangement,
    tell_arrangement,
)
from engagement.forums.actions.forums import cancel_forum, move_forum
from engagement.forums.arranging import BookingDetails, GoneDetails
from engagement.forums.models import Arrangement, Forum
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need, her_father
from tests.crm.sending import helpers as sending
from tests.engagement.forums.coming import (
    BOOKING,
    an_arrangement,
    an_open_forum,
    answers,
    booked,
    confirmed,
    on_its_day,
    somebody,
    told,
)
from tests.engagement.forums.helpers import in_days
from tests.engagement.forums.inviting import purposes


def said(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


@pytest.mark.parametrize(("answer", "arranged"), [("yes", 1), ("maybe", 1), ("no", 0), ("none", 0)])
def test_every_need_of_whoever_comes_is_to_be_arranged(answer, arranged, world):
    a_need(world)
    forum = an_open_forum(world)
    answers(world, forum, world.person, answer)
    assert Arrangement.objects.filter(forum=forum, state="asked").count() == arranged


def test_arrangements_are_made_in_the_order_in_which_the_needs_were_told(world):
    needs = [a_need(world, f"large-print-{size}").pk for size in (16, 18, 20, 24, 28)]
    needs += [a_need(world, "bsl-interpreter").pk, a_need(world, "easy-read").pk]
    answers(world, an_open_forum(world), world.person)
    assert list(Arrangement.objects.order_by("pk").values_list("need", flat=True)) == needs


def test_a_need_told_after_the_answer_is_arranged_too_and_a_supporters_also(world):
    forum = an_open_forum(world)
    answers(world, forum, world.person)
    assert not Arrangement.objects.exists()
    a_need(world, "easy-read")
    a_need(world, supporter=her_father(world))
    assert {row.for_whom for row in Arrangement.objects.for_list()} == {"Parveen Begum", "Parveen Begum, her father"}
    answers(world, forum, world.person, "maybe")
    assert Arrangement.objects.count() == 2


def test_two_needs_of_the_type_they_once_ticked_are_both_arranged(world):
    forum = an_open_forum(world)
    answers(world, forum, world.person, ticks=["bsl-interpreter"])
    answers(world, forum, world.person, "no")
    needs = {a_need(world).pk, a_need(world, supporter=her_father(world)).pk}
    answers(world, forum, world.person)
    assert set(Arrangement.objects.values_list("need", flat=True)) == needs


def test_who_no_longer_comes_needs_nothing_and_who_comes_again_needs_it_again(world):
    row = booked(world)
    person = row.need.person
    answers(world, row.forum, person, "no")
    row.refresh_from_db()
    assert (row.is_needed, row.state) == (False, "booked")
    answers(world, row.forum, person, "yes")
    row.refresh_from_db()
    assert row.is_needed
    end_need(actor=world.amina, need=row.need, reason="She moved away")
    row.refresh_from_db()
    assert not row.is_needed
    assert [step.what for step in row.steps.all()] == ["asked", "booked", "not_needed", "needed_again", "not_needed"]


def test_what_is_not_needed_at_this_forum_does_not_come_back_by_itself(world):
    row = an_arrangement(world)
    with pytest.raises(Blocked, match="Write why it is not needed"):
        drop_arrangement(actor=world.amina, arrangement=row, reason=" ")
    drop_arrangement(actor=world.amina, arrangement=row, reason="She brings her own interpreter")
    answers(world, row.forum, row.need.person, "maybe")
    row.refresh_from_db()
    assert not row.is_needed


def test_what_a_guest_asks_for_in_words_is_arranged_once(world):
    forum = an_open_forum(world)
    guest = answers(world, forum, None, guest_name="Sam")
    first = ask_for(actor=world.chen, invitation=guest, words="A chair by the door")
    assert ask_for(actor=world.chen, invitation=guest, words=" A chair by the door ") == first
    assert (first.for_whom, first.what) == ("Sam", "A chair by the door")
    with pytest.raises(InputBlocked, match="Write what they ask for"):
        ask_for(actor=world.chen, invitation=guest, words=" ")
    answers(world, forum, None, "no", guest_name="Sam")
    with pytest.raises(InputBlocked, match="not said that they come"):
        ask_for(actor=world.chen, invitation=guest, words="Tea")


def test_what_they_ticked_for_this_forum_is_arranged_and_keeps_its_booking_when_we_may_keep_it(world):
    forum, person = an_open_forum(world), somebody(world)
    answers(world, forum, person, help_words="Sit near my sister", ticks=["bsl-interpreter"])
    assert {row.what for row in Arrangement.objects.for_list()} == {"BSL interpreter", "Sit near my sister"}
    booked(world, Arrangement.objects.get(asked_type__key="bsl-interpreter"))
    need = a_need(world, person=person)
    row = Arrangement.objects.get(need=need)
    assert (row.state, row.asked_type, Arrangement.objects.count()) == ("booked", None, 2)


def test_from_asked_to_told_in_order(world):
    row = an_arrangement(world)
    for verb, code in (
        (confirm_arrangement, "arrangement_not_booked"),
        (tell_arrangement, "arrangement_not_confirmed"),
    ):
        with pytest.raises(Blocked) as refusal:
            verb(actor=world.amina, arrangement=row)
        assert said(refusal) == [code]
    with pytest.raises(InputBlocked) as refusal:
        book_arrangement(actor=world.amina, arrangement=row, details=BookingDetails(" ", cost=Decimal(-1)))
    assert said(refusal) == ["supplier_missing", "cost_wrong"]
    row = told(world, row)
    today = timezone.localdate()
    assert (row.state, row.asked_on, row.booked_on, row.confirmed_on, row.told_on) == ("told", *[today] * 4)
    assert (row.supplier, row.registration_number, row.cost) == ("Northbrook Deaf Services", "NRCPD 1234", 180)
    with pytest.raises(Blocked, match="confirmed already"):
        confirm_arrangement(actor=world.amina, arrangement=row)
    with pytest.raises(Blocked, match="told already"):
        tell_arrangement(actor=world.amina, arrangement=row)


def test_a_message_in_their_safe_way_tells_them_when_it_went_out(world):
    purposes()
    load_letter_templates(actor=SYSTEM, letters=[one for folder in letter_folders for one in read_letters(folder)])
    person = sending.reachable(world, name="Amina Diallo")
    row = confirmed(world, person=person)
    row = tell_arrangement(actor=world.amina, arrangement=row, by_message=True)
    message = Message.objects.get(about_id=row.pk)
    assert (row.state, message.state, message.person) == ("confirmed", "waiting", person)
    assert "BSL interpreter" in message.text
    assert "Amina" not in message.subject
    with pytest.raises(Blocked, match="on its way"):
        tell_arrangement(actor=world.amina, arrangement=row, by_message=True)
    attempt = new_id()
    claim_messages(actor=SYSTEM, attempt=attempt, most=5)
    begin_handing_over(actor=SYSTEM, message=message, attempt=attempt)
    note_handed_over(actor=SYSTEM, message=message, attempt=attempt, answer=Answer("taken", ""))
    row.refresh_from_db()
    assert (row.state, row.told_on) == ("told", timezone.localdate())


def test_without_a_safe_way_nothing_is_sent_and_it_says_why(world):
    purposes()
    load_letter_templates(actor=SYSTEM, letters=[one for folder in letter_folders for one in read_letters(folder)])
    row = confirmed(world)
    with pytest.raises(Blocked, match="no safe way"):
        tell_arrangement(actor=world.amina, arrangement=row, by_message=True)
    assert not Message.objects.exists()


def test_another_supplier_confirms_anew_and_another_cost_does_not(world):
    row = confirmed(world)
    more = BookingDetails("Northbrook Deaf Services", "NRCPD 1234", Decimal(200))
    assert book_arrangement(actor=world.amina, arrangement=row, details=more).state == "confirmed"
    other = BookingDetails("Sign Here", "NRCPD 99")
    assert book_arrangement(actor=world.amina, arrangement=row, details=other).state == "booked"


def test_what_falls_through_is_booked_again(world):
    row = told(world)
    with pytest.raises(Blocked, match="Write what happened"):
        let_fall_through(actor=world.amina, arrangement=row, reason="")
    row = let_fall_through(actor=world.amina, arrangement=row, reason="The interpreter is ill")
    assert (row.state, row.fell_through, row.times_fallen, row.told_on) == ("asked", True, 1, None)
    with pytest.raises(Blocked, match="Nothing is booked"):
        let_fall_through(actor=world.amina, arrangement=row, reason="x")
    row = booked(world, row)
    assert (row.state, row.fell_through, row.times_fallen) == ("booked", False, 1)


def test_on_another_day_it_must_be_confirmed_again(world):
    row = confirmed(world)
    move_forum(actor=world.amina, forum=row.forum, on=in_days(70))
    row = Arrangement.objects.get(pk=row.pk)
    assert not row.is_sure
    assert confirm_arrangement(actor=world.amina, arrangement=row).is_sure


def test_for_a_cancelled_forum_nothing_is_arranged(world):
    row = an_arrangement(world)
    cancel_forum(actor=world.amina, forum=row.forum, reason="Flood")
    with pytest.raises(Blocked, match="Nothing can be arranged"):
        book_arrangement(actor=world.amina, arrangement=row, details=BOOKING)


def test_how_it_went_is_said_by_the_person_and_kept_with_the_need(world):
    row = told(world)
    with pytest.raises(InputBlocked) as refusal:
        note_arrangement(actor=world.amina, arrangement=row, details=GoneDetails(met="partly"))
    assert said(refusal) == ["forum_ahead", "why_missing"]
    row = on_its_day(row)
    assert note_arrangement(actor=world.amina, arrangement=row, details=GoneDetails(there=True)).state == "done"
    rated = GoneDetails(met="partly", why="failed", words="He came an hour late")
    row = note_arrangement(actor=world.amina, arrangement=row, details=rated)
    outcome = NeedOutcome.objects.get(need=row.need)
    assert (row.state, row.outcome, outcome.met, outcome.why) == ("rated", outcome, "partly", "failed")
    assert outcome.message == "Forum: Care at home"
    note_arrangement(actor=world.amina, arrangement=row, details=GoneDetails(met="met"))
    assert NeedOutcome.objects.get(need=row.need).met == "met"


def test_somebody_elses_change_is_not_lost(world):
    row = booked(world)
    with pytest.raises(Stale):
        confirm_arrangement(actor=world.amina, arrangement=row, expected_version=1)


class TestWhoSees:
    """A champion sees the needs of those who come to their forums, as long as they come."""

    def test_a_champion_sees_what_somebody_needs_only_while_they_come(self, world):
        row = an_arrangement(world, may_share="yes")
        other = a_need(world)  # Parveen Begum was never invited
        person, seen = row.need.person, lambda: AccessNeed.objects.visible_to(world.chen)
        assert person not in Person.objects.visible_to(world.chen)
        assert set(seen()) == {row.need}
        assert row in Arrangement.objects.visible_to(world.chen)
        assert other not in seen()
        for answer in ("no", "none"):
            answers(world, row.forum, person, answer)
            assert not seen().exists()
            assert not Arrangement.objects.visible_to(world.chen).exists()
        answers(world, row.forum, person, "maybe")
        assert set(seen()) == {row.need}

    @pytest.mark.parametrize("state", ["closed", "cancelled"])
    def test_and_not_when_the_forum_is_over(self, state, world):
        row = an_arrangement(world)
        with writing_allowed():
            Forum.objects.filter(pk=row.forum_id).update(state=state)
        assert not AccessNeed.objects.visible_to(world.chen).exists()
        assert not Arrangement.objects.visible_to(world.chen).exists()

    def test_nor_of_a_forum_elsewhere_that_they_do_not_organise(self, world):
        south = an_open_forum(world, locality=world.south)
        row = an_arrangement(world, forum=south)
        assert not AccessNeed.objects.visible_to(world.chen).exists()
        helped = an_open_forum(world, locality=world.south, organisers=[world.chen])
        answers(world, helped, row.need.person)
        assert set(AccessNeed.objects.visible_to(world.chen)) == {row.need}

    def test_what_may_not_be_shared_stays_with_who_wrote_it_down(self, world):
        row = an_arrangement(world, may_share="no")
        assert row not in Arrangement.objects.visible_to(world.chen)
        assert row not in Arrangement.objects.visible_to(world.joe)
        assert row in Arrangement.objects.visible_to(world.amina)

    def test_somebody_restricted_is_seen_by_named_readers_alone(self, world):
        row = an_arrangement(world, person=somebody(world, restricted=True, named_readers=[world.amina]))
        for other in (world.chen, world.lead, world.manager):
            assert row not in Arrangement.objects.visible_to(other)
        assert row in Arrangement.objects.visible_to(world.amina)

    def test_whoever_asked_us_to_stop_vanishes_and_is_left_as_they_were(self, world):
        row = booked(world)
        with writing_allowed():
            Person.objects.filter(pk=row.need.person_id).update(stopped_on=timezone.localdate())
        for reader in (world.amina, world.chen, world.lead, world.manager):
            assert not Arrangement.objects.visible_to(reader).exists()
            assert not AccessNeed.objects.visible_to(reader).exists()
        assert not Arrangement.objects.standing().exists()
        move_forum(actor=world.amina, forum=row.forum, on=row.forum.on + timedelta(days=1))
        row.refresh_from_db()
        assert (row.is_needed, row.state) == (True, "booked")

    def test_an_officer_who_organises_sees_what_those_of_elsewhere_need(self, world):
        row = an_arrangement(world, forum=an_open_forum(world, owner=world.joe))
        assert row in Arrangement.objects.visible_to(world.joe)
        assert row.need.person not in Person.objects.visible_to(world.joe)

    def test_what_somebody_asked_in_words_is_seen_with_them(self, world):
        forum = an_open_forum(world)
        invitation = answers(world, forum, somebody(world))
        row = ask_for(actor=world.amina, invitation=invitation, words="A chair by the door")
        assert row in Arrangement.objects.visible_to(world.chen)
        assert row not in Arrangement.objects.visible_to(world.joe)
        answers(world, forum, invitation.person, "no")
        assert row not in Arrangement.objects.visible_to(world.chen)
