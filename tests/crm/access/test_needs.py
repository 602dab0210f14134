"""Writing needs down, asking again, sharing and ending them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.actions import change_need, end_need, review_need, share_need
from crm.access.details import NeedDetails, ReviewDetails
from crm.access.models import AccessNeed, NeedReview, NeedShare
from crm.audit.blanking import BLANKED_ON_ERASURE
from crm.audit.models import AuditEvent, Revision
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from tests.crm.access.helpers import a_need, a_type, her_father

TODAY = timezone.localdate


def said(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def test_only_the_type_must_be_given(world):
    need = a_need(world)
    assert (need.what_to_do, need.told_on, need.told_by) == ("Book a BSL interpreter", TODAY(), "themselves")
    assert need.review_on == TODAY() + timedelta(days=365)
    assert (need.may_share, need.recorded_by) == ("not_asked", world.amina)
    assert AuditEvent.objects.latest("at").verb == "need.recorded"


def test_the_usual_instruction_names_the_language(world):
    need = a_need(world, "spoken-interpreter", language=world.urdu)
    assert (need.what_to_do, need.name) == ("Book an interpreter for Urdu", "Interpreter for a spoken language: Urdu")


def test_a_need_told_long_ago_is_asked_about_a_year_from_now_and_not_in_the_past(world):
    need = a_need(world, told_on=TODAY() - timedelta(days=900))
    assert need.review_on == TODAY() + timedelta(days=365)


def test_everything_that_is_wrong_is_said_at_once(world):
    tomorrow = TODAY() + timedelta(days=1)
    with pytest.raises(InputBlocked) as refusal:
        a_need(world, "spoken-interpreter", told_on=tomorrow, review_on=TODAY(), supporter=_anothers_supporter(world))
    assert said(refusal) == ["language_missing", "told_in_future", "review_in_past", "supporter_of_another"]
    with pytest.raises(InputBlocked) as refusal:
        change_need(actor=world.amina, need=a_need(world), details=NeedDetails(type=None))
    assert said(refusal) == ["type_missing"]


def _anothers_supporter(world):
    other = add_person(actor=world.amina, details=PersonDetails(name="Ayaan", area=world.east_ward))
    return her_father(world, other)


def test_the_need_of_a_supporter_is_his_own_and_ends_with_his_support(world):
    father = her_father(world)
    need = a_need(world, supporter=father)
    assert need.supporter == father
    father.ended_on = TODAY()
    father.save_base(raw=True, force_update=True)
    assert list(AccessNeed.objects.current()) == []


def test_asking_again_moves_the_next_time_and_keeps_what_was_due(world):
    need = a_need(world)
    due = need.review_on
    next_on = TODAY() + timedelta(days=90)
    review_need(actor=world.amina, need=need, details=ReviewDetails(next_on=next_on), expected_version=1)
    need.refresh_from_db()
    assert (need.review_on, need.version) == (next_on, 2)
    review = NeedReview.objects.get()
    assert (review.answer, review.due_on, review.reviewed_on) == ("same", due, TODAY())


def test_what_has_changed_is_written_down_with_the_review(world):
    need = a_need(world, own_words="I sign")
    changed = ReviewDetails(answer="changed", what_to_do="Book a Deaf relay interpreter too", may_share="yes")
    need = review_need(actor=world.amina, need=need, details=changed)
    assert (need.what_to_do, need.own_words, need.may_share) == ("Book a Deaf relay interpreter too", "I sign", "yes")


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (ReviewDetails(answer="changed"), "nothing_changed"),
        (ReviewDetails(answer="changed", what_to_do="Book a BSL interpreter"), "nothing_changed"),
        (ReviewDetails(what_to_do="Something else"), "answer_is_same"),
        (ReviewDetails(reviewed_on=TODAY() + timedelta(days=1)), "reviewed_in_future"),
        (ReviewDetails(reviewed_on=TODAY() - timedelta(days=1)), "reviewed_before_told"),
        (ReviewDetails(next_on=TODAY()), "review_in_past"),
    ],
)
def test_a_review_that_cannot_be_right_is_refused(world, details, code):
    need = a_need(world)
    with pytest.raises(InputBlocked) as refusal:
        review_need(actor=world.amina, need=need, details=details)
    assert said(refusal) == [code]
    assert not NeedReview.objects.exists()


def test_a_need_that_ended_stays_and_cannot_be_changed(world):
    need = a_need(world)
    review_need(actor=world.amina, need=need, details=ReviewDetails(answer="ended", reason="She moved away"))
    need.refresh_from_db()
    assert (need.ended_on, need.ended_reason) == (TODAY(), "She moved away")
    for call in (
        lambda: end_need(actor=world.amina, need=need, reason="x"),
        lambda: review_need(actor=world.amina, need=need, details=ReviewDetails()),
        lambda: change_need(actor=world.amina, need=need, details=NeedDetails(type=need.type)),
        lambda: share_need(actor=world.amina, need=need, shared_with="The venue"),
    ):
        with pytest.raises(Blocked) as refusal:
            call()
        assert "need_ended" in said(refusal)
    with pytest.raises(InputBlocked):
        end_need(actor=world.amina, need=a_need(world), reason=" ")


@pytest.mark.parametrize("answer", ["no", "not_asked"])
def test_sharing_is_refused_without_the_persons_agreement(world, answer):
    need = a_need(world, may_share=answer)
    with pytest.raises(Blocked) as refusal:
        share_need(actor=world.amina, need=need, shared_with="The interpreter agency")
    assert said(refusal) == ["sharing_not_agreed"]
    assert not NeedShare.objects.exists()


def test_with_agreement_it_is_noted_with_whom_and_when(world):
    need = share_need(actor=world.amina, need=a_need(world, may_share="yes"), shared_with=" The agency ")
    share = NeedShare.objects.get()
    assert (share.shared_with, share.shared_on, share.shared_by, need.version) == (
        "The agency",
        TODAY(),
        world.amina,
        2,
    )
    with pytest.raises(InputBlocked) as refusal:
        share_need(actor=world.amina, need=need, shared_with="", shared_on=TODAY() + timedelta(days=1))
    assert said(refusal) == ["shared_with_missing", "shared_in_future"]


def test_somebody_elses_change_is_not_lost(world):
    need = a_need(world)
    change_need(actor=world.manager, need=need, details=NeedDetails(type=need.type, own_words="x"))
    with pytest.raises(Stale):
        change_need(actor=world.amina, need=need, details=NeedDetails(type=need.type), expected_version=1)


def test_a_type_no_longer_offered_stays_with_the_needs_that_have_it(world):
    need, ended = a_need(world), a_type("moon")
    ended.ended_on = TODAY()
    ended.save_base(raw=True, force_update=True)
    with pytest.raises(InputBlocked) as refusal:
        a_need(world, "moon")
    assert said(refusal) == ["type_ended"]
    need.type.ended_on = TODAY()
    need.type.save_base(raw=True, force_update=True)
    change_need(actor=world.amina, need=need, details=NeedDetails(type=need.type, own_words="Still mine"))


def test_one_that_may_not_be_shared_is_seen_by_who_wrote_it_down_alone(world):
    need = a_need(world, may_share="no")
    seen = {name: AccessNeed.objects.visible_to(who).exists() for name, who in world.everybody().items()}
    assert [name for name, sees in seen.items() if sees] == ["amina"]
    with pytest.raises(Refused):
        change_need(actor=world.manager, need=need, details=NeedDetails(type=need.type))


def test_when_that_account_is_closed_the_managers_can_ask_again(world):
    need = a_need(world, may_share="no")
    world.amina.is_active = False
    world.amina.save_base(raw=True, force_update=True)
    seen = {name: AccessNeed.objects.visible_to(who).exists() for name, who in world.everybody().items()}
    assert [name for name, sees in seen.items() if sees] == ["manager"]
    assert need.recorded_by == world.amina


def test_the_officers_leads_and_managers_of_the_person_see_the_others(world):
    a_need(world)
    seen = {name: AccessNeed.objects.visible_to(who).exists() for name, who in world.everybody().items()}
    assert [name for name, sees in seen.items() if sees] == ["amina", "lead", "manager"]


@pytest.mark.parametrize("who", ["joe", "chen", "analyst", "administrator", "leaver", "stranger", "nobody"])
def test_whoever_may_not_see_the_person_writes_nothing_down(world, who):
    with pytest.raises(Refused):
        a_need(world, actor=world.everybody()[who])


def test_revisions_of_a_need_are_blanked_when_the_person_is_erased(world):
    need = a_need(world, own_words="I sign")
    change_need(actor=world.amina, need=need, details=NeedDetails(type=need.type, own_words="I sign and read lips"))
    event = AuditEvent.objects.get(verb="need.changed")
    assert event.verb in BLANKED_ON_ERASURE
    assert Revision.objects.get(event=event).values["own_words"] == ["I sign", "I sign and read lips"]
