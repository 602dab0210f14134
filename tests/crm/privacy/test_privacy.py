"""Permission, objection and restriction are three acts, and each works at once."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.people.actions import add_person
from crm.people.details import PersonDetails, SafeRuleDetails, WayDetails
from crm.people.models import Person
from crm.privacy import actions
from crm.privacy.details import (
    BasisDetails,
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.models import Objection, Purpose, a_month_after
from crm.privacy.reports import NOT_TOLD, ways_to_reach

TODAY = timezone.localdate()


@pytest.fixture
def nasreen(world):
    ways = [WayDetails("phone", "07700 900123"), WayDetails("email", "n@post.example"), WayDetails("letter", "Home")]
    return add_person(actor=world.amina, details=PersonDetails(name="Nasreen", area=world.east_ward, ways=ways))


@pytest.fixture
def purposes(world):
    """Listening rests on public task; invitations ask first, and by e-mail rest on consent."""
    listening = PurposeDetails("Listen to you", bases=[BasisDetails()])
    by_email = [BasisDetails(), BasisDetails("consent", "email")]
    inviting = PurposeDetails("Invite you", asks_permission=True, bases=by_email)
    return [actions.add_purpose(actor=world.lead, details=details) for details in (listening, inviting)]


def answers(person, purpose=None):
    found = ways_to_reach(Person.objects.get(pk=person.pk), purpose=purpose).ways
    return {answer.way.kind: "; ".join(answer.reasons) for answer in found}


def gives(world, person, purpose, **changes):
    details = PermissionDetails(**{"purpose": purpose, "given_on": TODAY, "how": "At the drop-in", **changes})
    return actions.record_permission(actor=world.amina, person=person, details=details)


def test_a_purpose_that_asks_first_closes_every_way_until_they_say_yes_and_again_when_they_take_it_back(
    world, nasreen, purposes
):
    listening, inviting = purposes
    asks = "They have not said that we may get in touch about this"
    assert answers(nasreen, listening) == {"phone": "", "email": "", "letter": ""}
    assert answers(nasreen, inviting) == {"phone": asks, "email": asks, "letter": asks}
    given = gives(world, nasreen, inviting)
    assert answers(nasreen, inviting) == {"phone": "", "email": "", "letter": ""}
    actions.withdraw_permission(actor=world.amina, given=given, how="By phone")
    assert answers(nasreen, inviting) == {"phone": asks, "email": asks, "letter": asks}
    assert gives(world, nasreen, inviting).pk != given.pk


def test_a_permission_for_one_way_opens_that_way_alone(world, nasreen, purposes):
    gives(world, nasreen, purposes[1], channel="email")
    assert [kind for kind, why in answers(nasreen, purposes[1]).items() if not why] == ["email"]


def test_a_way_that_rests_on_consent_needs_it_though_the_purpose_does_not_ask_first(world, nasreen):
    bases = [BasisDetails(), BasisDetails("consent", "email")]
    purpose = actions.add_purpose(actor=world.lead, details=PurposeDetails("Tell you", bases=bases))
    assert answers(nasreen, purpose) == {
        "phone": "", "email": "This way needs their consent, and they have not given it", "letter": "",
    }  # fmt: skip
    gives(world, nasreen, purpose, channel="email")
    assert answers(nasreen, purpose)["email"] == ""


def test_a_way_without_a_lawful_basis_is_closed_and_so_is_a_purpose_that_ended(world, nasreen):
    details = PurposeDetails("Tell you", bases=[BasisDetails(channel="phone")])
    purpose = actions.add_purpose(actor=world.lead, details=details)
    no_basis = "Nobody has written down a lawful basis for this"
    assert answers(nasreen, purpose) == {"phone": "", "email": no_basis, "letter": no_basis}
    ended = PurposeDetails("Tell you", bases=[BasisDetails()], ended_on=TODAY)
    changed = actions.change_purpose(actor=world.administrator, purpose=purpose, details=ended)
    assert set(answers(nasreen, changed).values()) == {"We do not do this any more"}


def test_an_objection_stops_its_purpose_in_the_same_moment_and_only_a_refusal_opens_it_again(world, nasreen, purposes):
    listening = purposes[0]
    said = ObjectionDetails(TODAY, listening, "I have said it often enough")
    objection = actions.record_objection(actor=world.amina, person=nasreen, details=said)
    assert set(answers(nasreen, listening).values()) == {"They objected to this"}
    decided = actions.decide_objection(
        actor=world.lead, objection=objection, outcome="part", reason="We still write about promises."
    )
    assert set(answers(nasreen, listening).values()) == {
        "Their objection was granted in part: We still write about promises"
    }
    assert (decided.outcome, decided.decided_on) == ("part", TODAY)
    other = actions.record_objection(actor=world.amina, person=world.person, details=said)
    actions.decide_objection(actor=world.manager, objection=other, outcome="refused", reason="The law asks us to.")
    assert not any(answers(world.person, listening).values())


def test_an_objection_to_everything_closes_every_way_for_every_purpose_and_none(world, nasreen, purposes):
    actions.record_objection(actor=world.chen, person=_entered_by(world.chen, world), details=ObjectionDetails(TODAY))
    actions.record_objection(actor=world.amina, person=nasreen, details=ObjectionDetails(TODAY))
    for purpose in (None, *purposes):
        assert all("They objected to everything we do" in why for why in answers(nasreen, purpose).values())


def _entered_by(user, world):
    return add_person(actor=user, details=PersonDetails(name="Chen's", area=world.east_ward))


@pytest.mark.parametrize(
    ("said", "by"),
    [(date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 12, 5), date(2027, 1, 5)),
     (date(2028, 1, 30), date(2028, 2, 29)), (date(2026, 3, 31), date(2026, 4, 30))],
)  # fmt: skip
def test_an_objection_is_decided_within_one_month(said, by):
    assert a_month_after(said) == by
    assert Objection(raised_on=said).decide_by == by


def test_a_stopped_record_closes_every_way_even_to_a_sender_that_read_the_person_before(world, nasreen, purposes):
    old = Person.objects.get(pk=nasreen.pk)
    actions.restrict_person(actor=world.amina, person=nasreen, details=RestrictionDetails(TODAY))
    for purpose in (None, *purposes):
        answer = ways_to_reach(old, purpose=purpose)
        assert not answer.any_open
        assert {why for way in answer.ways for why in way.reasons} == {"Their record is only stored: nobody may use it"}


def test_the_person_is_told_what_we_do_before_anything_else(world, nasreen):
    assert NOT_TOLD in ways_to_reach(nasreen).before
    actions.record_notice(actor=world.amina, person=nasreen, details=NoticeDetails(TODAY, "spoken", world.urdu))
    assert NOT_TOLD not in ways_to_reach(nasreen).before


def test_what_to_obey_stays_when_a_purpose_opens_the_way(world, purposes):
    rules, ways = [SafeRuleDetails("no_voicemail")], [WayDetails("phone", "07700 900123")]
    details = PersonDetails(name="N", area=world.east_ward, ways=ways, safe_rules=rules)
    person = add_person(actor=world.amina, details=details)
    (answer,) = ways_to_reach(person, purpose=purposes[0]).ways
    assert list(answer.obey) == ["Never leave a voice message. Ring again."]


def test_what_is_missing_is_said_in_words(world, nasreen, purposes):
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(InputBlocked) as refusal:
        gives(world, nasreen, None, given_on=tomorrow, how=" ")
    assert refusal.value.by_field() == {
        "given_on": ["The day must be today or in the past"],
        "purpose": ["Choose what they said it about"],
        "how": ["Write how they said so, like: at the drop-in, in Urdu"],
    }
    gives(world, nasreen, purposes[1])
    with pytest.raises(InputBlocked) as refusal:
        gives(world, nasreen, purposes[1])
    assert refusal.value.blockers[0].code == "permission_standing"
    objection = actions.record_objection(actor=world.amina, person=nasreen, details=ObjectionDetails(TODAY))
    with pytest.raises(InputBlocked) as refusal:
        actions.decide_objection(actor=world.lead, objection=objection, outcome="open", reason="")
    assert set(refusal.value.by_field()) == {"outcome", "reason"}


def test_who_may_do_what(world, nasreen, purposes):
    objection = actions.record_objection(actor=world.amina, person=nasreen, details=ObjectionDetails(TODAY))
    restriction = actions.restrict_person(actor=world.amina, person=nasreen, details=RestrictionDetails(TODAY))
    allowed = {"lead", "manager"}
    for name, member in world.everybody().items():
        for attempt in (
            lambda member=member: actions.decide_objection(actor=member, objection=objection, outcome="x", reason=""),
            lambda member=member: actions.lift_restriction(actor=member, restriction=restriction, reason=""),
        ):
            with pytest.raises(InputBlocked if name in allowed else Refused):
                attempt()
    for name, member in world.everybody().items():
        expected = InputBlocked if name in ("lead", "administrator") else Refused
        with pytest.raises(expected):
            actions.add_purpose(actor=member, details=PurposeDetails(""))


def test_each_act_is_audited(world, nasreen, purposes):
    given = gives(world, nasreen, purposes[1])
    actions.withdraw_permission(actor=world.amina, given=given, how="By phone")
    restriction = actions.restrict_person(actor=world.amina, person=nasreen, details=RestrictionDetails(TODAY))
    actions.lift_restriction(actor=world.lead, restriction=restriction, reason="They came back")
    verbs = list(AuditEvent.objects.order_by("at", "id").values_list("verb", flat=True))[-6:]
    assert sorted(verbs) == sorted(
        ["permission.given", "permission.withdrawn", "person.stopped", "person.stopped", "person.released",
         "person.released"]
    )  # fmt: skip


def test_the_shipped_purposes_load_once_and_leave_alone_what_the_council_changed(world, capsys):
    call_command("load_purposes")
    inviting = Purpose.objects.get(key="invitations")
    assert {basis.channel: basis.basis for basis in inviting.bases.all()} == {
        "": "public_task", "text": "consent", "email": "consent",
    }  # fmt: skip
    actions.change_purpose(actor=world.lead, purpose=inviting, details=PurposeDetails("Ask", bases=[BasisDetails()]))
    call_command("load_purposes")
    assert Purpose.objects.get(key="invitations").name == "Ask"
    assert capsys.readouterr().out.splitlines() == ["Purposes: 6 added.", "Purposes: 0 added."]


def test_a_file_of_purposes_with_mistakes_loads_nothing_and_names_the_lines(world, tmp_path):
    file = tmp_path / "purposes.csv"
    file.write_text(
        "key,name,words,asks_permission,channel,basis,condition,source\n"
        "a,A,,yes,,because,,\n"
        "a,A,,perhaps,pigeon,consent,,\n"
    )
    with pytest.raises(CommandError) as refusal:
        call_command("load_purposes", file)
    assert "basis must be one of" in str(refusal.value)
    assert "asks_permission must be yes or no" in str(refusal.value)
    assert "channel must be one of" in str(refusal.value)
    assert not Purpose.objects.exists()
