"""Whether needs were met: at a contact with one press, in a message in words, and put right."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from engagement.log.actions import withdraw_event
from engagement.needs.actions import change_outcome, note_outcome
from engagement.needs.details import OutcomeDetails
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need, her_father
from tests.crm.people.test_pages import unlabelled, words_on
from tests.engagement.needs.helpers import an_outcome


def said(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def at_contact(event, need, end=""):
    return f"/workspace/contacts/{event.pk}/needs/{need.pk}/{end}"


def test_at_a_contact_it_takes_its_day(world):
    day = timezone.localdate() - timedelta(days=3)
    event = world.contact(people=[world.person], occurred_on=day)
    outcome = note_outcome(actor=world.amina, need=a_need(world), event=event, details=OutcomeDetails(met="met"))
    assert (outcome.happened_on, outcome.message, outcome.event, outcome.why) == (day, "", event, "")


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        (OutcomeDetails(met=""), ["met_missing", "occasion_missing", "day_missing"]),
        (OutcomeDetails(met="not_met", message="Letter", happened_on=timezone.localdate()), ["why_missing"]),
        (OutcomeDetails(met="met", message="x", happened_on=timezone.localdate() + timedelta(1)),
         ["happened_in_future"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_once(world, details, codes):
    with pytest.raises(InputBlocked) as refusal:
        note_outcome(actor=world.amina, need=a_need(world), details=details)
    assert said(refusal) == codes


def test_not_for_somebody_who_was_not_there_nor_twice_nor_for_a_withdrawn_contact(world):
    need, away = a_need(world), world.contact()
    met = OutcomeDetails(met="met")
    with pytest.raises(InputBlocked) as refusal:
        note_outcome(actor=world.amina, need=need, event=away, details=met)
    assert said(refusal) == ["person_not_there"]
    event = world.contact(people=[world.person])
    note_outcome(actor=world.amina, need=need, event=event, details=met)
    with pytest.raises(InputBlocked) as refusal:
        note_outcome(actor=world.amina, need=need, event=event, details=met)
    assert said(refusal) == ["outcome_twice"]
    gone = world.contact(people=[world.person])
    withdraw_event(actor=world.amina, event=gone, reason="Logged twice")
    gone.refresh_from_db()
    with pytest.raises(InputBlocked) as refusal:
        note_outcome(actor=world.amina, need=need, event=gone, details=met)
    assert said(refusal) == ["contact_withdrawn"]


def test_putting_it_right_takes_the_reason_away_when_it_was_met_after_all(world):
    outcome = an_outcome(world, met="not_met", why="none_free", words="All at the hospital")
    changed = change_outcome(actor=world.amina, outcome=outcome, details=OutcomeDetails(met="met", why="none_free"))
    assert (changed.met, changed.why, changed.version) == ("met", "", 2)
    with pytest.raises(Stale):
        change_outcome(actor=world.amina, outcome=outcome, details=OutcomeDetails(met="met"), expected_version=1)


@pytest.mark.parametrize("who", ["joe", "chen", "analyst", "leaver", "nobody"])
def test_whoever_may_not_read_the_need_notes_nothing(world, who):
    need = a_need(world)
    with pytest.raises(Refused):
        an_outcome(world, need, actor=world.everybody()[who])
    with pytest.raises(Refused):
        change_outcome(actor=world.everybody()[who], outcome=an_outcome(world, need), details=OutcomeDetails(met="met"))


def test_on_the_page_of_a_contact_met_is_one_press(world, signed_in):
    event, client = world.contact(people=[world.person]), signed_in(world.amina)
    need, fathers = a_need(world, "easy-read"), a_need(world, supporter=her_father(world))
    page = words_on(client.get(f"/workspace/contacts/{event.pk}/"))
    assert "Were their access needs met?" in page
    assert "her father" in page
    answer = client.post(at_contact(event, need, "met/"))
    assert answer["Location"] == f"/workspace/contacts/{event.pk}/"
    assert NeedOutcome.objects.get(need=need).met == "met"
    client.post(at_contact(event, need, "met/"))
    assert NeedOutcome.objects.filter(need=need).count() == 1
    page = words_on(client.get(at_contact(event, fathers), {"met": "not_met"}))
    assert re.search(r'value="not_met"[^>]* checked', page)
    assert unlabelled(page) == []
    page = words_on(client.post(at_contact(event, fathers), {"met": "not_met", "words": "Nobody came"}))
    assert '<a href="#id_why">Choose why it was not met, or only partly</a>' in page
    assert "Nobody came" in page
    client.post(at_contact(event, fathers), {"met": "not_met", "why": "none_free", "words": "Nobody came"})
    page = words_on(client.get(f"/workspace/contacts/{event.pk}/"))
    assert "Nobody was free, or it could not be had. Nobody came" in page
    client.post(at_contact(event, fathers), {"met": "partly", "why": "failed", "version": "1"})
    assert NeedOutcome.objects.get(need=fathers).met == "partly"


def test_a_need_one_may_not_read_is_not_asked_about_at_the_contact(world, signed_in):
    event, need = world.contact(people=[world.person]), a_need(world, "reach-by-text", may_share="no")
    page = words_on(signed_in(world.manager).get(f"/workspace/contacts/{event.pk}/"))
    assert "Were their access needs met?" not in page
    assert "Text only, do not phone" in page
    for end in ("", "met/"):
        assert signed_in(world.manager).post(at_contact(event, need, end)).status_code == 404
    assert not NeedOutcome.objects.exists()


def test_a_contact_one_may_not_read_takes_no_outcome(world, signed_in):
    event = world.contact(actor=world.joe, organisations=[world.south_group], people=[])
    assert signed_in(world.amina).post(at_contact(event, a_need(world), "met/")).status_code == 404


def test_in_a_message_by_the_page_of_the_need_where_its_history_stands(world, signed_in):
    need, client, today = a_need(world), signed_in(world.amina), timezone.localdate()
    new = f"/workspace/access-needs/{need.pk}/messages/new/"
    assert unlabelled(words_on(client.get(new))) == []
    page = words_on(client.post(new, {"met": "met"}))
    assert "Write which message it was" in page
    day = {"happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year}
    answer = client.post(new, {"met": "partly", "why": "failed", "message": "Letter about the forum", **day})
    assert answer["Location"] == f"/workspace/access-needs/{need.pk}/"
    page = words_on(client.get(answer["Location"]))
    assert "Letter about the forum" in page
    assert "Partly met" in page
    assert "It was booked and did not work" in page
