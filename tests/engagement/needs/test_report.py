"""The report on access needs: its gaps first, people once, small numbers hidden, and right when counted by hand."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.actions import review_need, share_need
from crm.access.details import ReviewDetails
from crm.access.models import AccessNeed, NeedKind, NeedReview, NeedShare
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from engagement.log.actions import withdraw_event
from engagement.log.models import Contribution
from engagement.needs.actions import export_access_report
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import OCCASIONS, PEOPLE, access_report, usual_period
from engagement.needs.tallies import count
from tests.crm.access.helpers import a_need, her_father
from tests.crm.people.test_pages import words_on
from tests.engagement.needs.helpers import an_outcome

PAGE, EXPORT = "/workspace/reports/access/", "/workspace/reports/access/export/"


def tallies():
    since, until = usual_period()
    return count(since, until, timezone.localdate())


def another(world, name="Ayaan", **changes):
    return add_person(actor=world.amina, details=PersonDetails(name=name, area=world.east_ward, **changes))


def test_a_person_with_many_needs_is_counted_once_and_a_supporter_is_a_person_of_their_own(world):
    for key in ("easy-read", "large-print-18", "bsl-interpreter"):
        a_need(world, key)
    a_need(world, supporter=her_father(world))
    people = tallies().people
    assert people["communication",]["people"] == 2
    assert people["communication", "group", "format"]["people"] == 1
    assert people["communication", "group", "professional"]["people"] == 2


def test_a_supporter_with_a_record_of_their_own_is_that_person(world):
    father, him = her_father(world), another(world, "Bashir")
    father.supporter = him
    father.save_base(raw=True, force_update=True)
    a_need(world, supporter=father)
    a_need(world, "large-print-18", person=him)
    assert tallies().people["communication",]["people"] == 1


def test_only_communication_and_information_is_the_standards(world):
    a_need(world, "step-free")
    a_need(world, "transport")
    a_need(world, "spoken-interpreter", language=world.urdu)
    people = tallies().people
    assert ("communication",) not in people
    assert {people[kind.value,]["people"] for kind in NeedKind if kind != NeedKind.COMMUNICATION} == {1}


def test_asked_in_time_asked_to_share_shared(world):
    late = a_need(world, told_on=timezone.localdate() - timedelta(days=500), may_share="yes")
    late.review_on = timezone.localdate() - timedelta(days=1)
    late.save_base(raw=True, force_update=True)
    share_need(actor=world.amina, need=late, shared_with="The agency")
    a_need(world, person=another(world))
    counts = tallies().people["communication",]
    assert counts == {
        "people": 2, "late": 1, "not_asked": 1, "agreed": 1, "shared": 1, "never_reviewed": 1, "no_outcome": 0,
    }  # fmt: skip
    late.refresh_from_db()
    review_need(actor=world.amina, need=late, details=ReviewDetails(may_share="no"))
    counts = tallies().people["communication",]
    assert (counts["late"], counts["agreed"], counts["shared"], counts["never_reviewed"]) == (0, 0, 0, 0)


def test_sharing_outside_the_period_does_not_count_in_it(world):
    need = a_need(world, may_share="yes", told_on=timezone.localdate() - timedelta(days=500))
    share_need(actor=world.amina, need=need, shared_with="X", shared_on=timezone.localdate() - timedelta(days=400))
    assert tallies().people["communication",]["shared"] == 0


def test_outcomes_count_times_with_their_reasons_and_not_those_of_withdrawn_contacts(world):
    need = a_need(world)
    an_outcome(world, need)
    an_outcome(world, need, met="not_met", why="no_money")
    an_outcome(world, need, met="partly", why="failed")
    an_outcome(world, need, happened_on=timezone.localdate() - timedelta(days=400))
    event = world.contact(people=[world.person])
    an_outcome(world, need, event=event)
    withdraw_event(actor=world.amina, event=event, reason="Logged twice")
    told = tallies().outcomes["communication", "group", "professional"]
    assert told == {"occasions": 3, "met": 1, "not_met": 1, "partly": 1, "unmet": 2, "why_no_money": 1,
                    "why_failed": 1}  # fmt: skip


def test_whoever_was_met_without_a_need_is_a_gap(world):
    world.contact(people=[world.person])
    world.contact(people=[another(world)])
    world.contact(people=[another(world, "Old")], occurred_on=timezone.localdate() - timedelta(days=400))
    a_need(world)
    found = tallies()
    assert (found.met, found.met_with_needs) == (2, 1)
    assert found.people["communication",]["no_outcome"] == 1


def test_whoever_was_met_with_a_supporters_need_alone_has_none_recorded(world):
    world.contact(people=[world.person])
    father = her_father(world)
    a_need(world, supporter=father)
    assert (tallies().met, tallies().met_with_needs) == (1, 0)
    father.supporter = another(world)
    father.save_base(raw=True, force_update=True)
    world.contact(people=[father.supporter])
    assert (tallies().met, tallies().met_with_needs) == (2, 1)


def test_people_who_asked_us_to_stop_stay_in_the_numbers(world):
    a_need(world)
    world.contact(people=[world.person])
    before = tallies()
    world.person.stopped_on = timezone.localdate()
    world.person.save_base(raw=True, force_update=True)
    assert tallies() == before


def test_small_numbers_are_hidden_and_a_hidden_one_cannot_be_worked_out(world, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 3, 1
    people = [another(world, f"P {number}") for number in range(8)]
    for number, person in enumerate(people):
        need = a_need(world, person=person, may_share="yes" if number else "not_asked")
        an_outcome(world, need, **({} if number else {"met": "not_met", "why": "other"}))
    total = access_report(*usual_period()).standard.total.numbers
    assert total["people"].value == 8
    assert [total[name].value for name in ("asked", "agreed", "met", "not_met")] == [None] * 4


def test_the_gaps_come_first_on_the_page(world, signed_in):
    a_need(world)
    page = words_on(signed_in(world.lead).get(PAGE))
    assert page.index("What is missing") < page.index("The standard:") < page.index("Beside the standard")
    assert "never asked about again" in page
    assert "We cannot know whether they have no need or were never asked" in page
    assert "hidden" in page


@pytest.mark.parametrize("name", ["lead", "manager", "analyst"])
def test_leads_managers_and_analysts_read_it(world, signed_in, name):
    assert signed_in(getattr(world, name)).get(PAGE).status_code == 200
    assert signed_in(getattr(world, name)).get("/api/v1/reports/access-needs/").status_code == 200


@pytest.mark.parametrize("name", ["amina", "chen", "administrator", "auditor", "leaver", "stranger"])
def test_others_do_not(world, signed_in, name):
    assert signed_in(getattr(world, name)).get(PAGE).status_code == 403
    assert signed_in(getattr(world, name)).get("/api/v1/reports/access-needs/").status_code == 403
    with pytest.raises(Refused):
        export_access_report(actor=getattr(world, name), since=timezone.localdate(), until=timezone.localdate())


def test_days_that_are_none_or_the_wrong_way_round_are_said_beside_the_field(world, signed_in):
    client = signed_in(world.lead)
    page = words_on(client.get(PAGE, {"since": "31/02/2026"}))
    assert "Enter a real date, like 24/11/2026" in page
    page = words_on(client.get(PAGE, {"since": "2026-05-02", "until": "2026-05-01"}))
    assert "The first day must be the last day or earlier" in page
    answer = client.get("/api/v1/reports/access-needs/?since=2026-05-02&until=2026-05-01")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "since")
    assert client.get("/api/v1/reports/access-needs/?nonsense=1").status_code == 400


def test_the_file_holds_what_the_page_shows_and_taking_it_away_is_audited(world, signed_in):
    a_need(world)
    answer = signed_in(world.analyst).post(EXPORT, {})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["Part"] == "Gaps"
    assert {row["Number"] for row in rows if row["Part"] == "Communication and information"} == {"hidden"}
    assert AuditEvent.objects.filter(verb="access_report.exported", actor=world.analyst).count() == 1
    assert signed_in(world.analyst).get(EXPORT).status_code == 405


def test_it_costs_the_same_few_queries_for_one_person_and_for_ten(world, django_assert_num_queries):
    since, until = usual_period()
    for number in range(10):
        need = a_need(world, person=another(world, f"P {number}"))
        an_outcome(world, need)
        with django_assert_num_queries(8):
            access_report(since, until)


@pytest.mark.usefixtures("demonstration")
class TestTheDemonstrationCountedByHand:
    """Every number again, from the raw rows, with nothing but loops."""

    def test_a_third_of_the_people_need_something_of_every_sort(self):
        needs = list(AccessNeed.objects.select_related("type", "supporter"))
        assert 90 <= len({need.person_id for need in needs}) <= 140
        father = next(need for need in needs if need.supporter and need.supporter.relation == "her father")
        assert (father.what_to_do, father.may_share) == ("Book a BSL interpreter", "yes")
        assert {need.type.kind for need in needs} == set(NeedKind.values)
        assert {need.may_share for need in needs} == set(AccessNeed.Sharing.values)
        assert any(need.own_words for need in needs)
        assert any(need.ended_on for need in needs)
        today = timezone.localdate()
        assert sum(need.review_on < today and not need.ended_on for need in needs) >= 10
        assert set(NeedReview.objects.values_list("answer", flat=True)) == set(NeedReview.Answer.values)
        assert not NeedShare.objects.exclude(need__may_share="yes").exists()
        assert {outcome.why for outcome in NeedOutcome.objects.exclude(met="met")} == set(NeedOutcome.Why.values)
        assert not NeedOutcome.objects.filter(happened_on__gt=today).exists()

    def test_people(self):
        since, until = usual_period()
        found = count(since, until, timezone.localdate()).people
        for where in [("communication",), ("adjustment",), ("communication", "group", "format")]:
            by_hand = people_by_hand(where[0], where[2] if len(where) > 1 else None, since, until)
            assert found[where] == {name: by_hand[name] for name in found[where]}
            assert len(found[where]) == (5 if len(where) > 1 else 7)
        for area in {need.person.locality_id for need in AccessNeed.objects.select_related("person")}:
            got = found.get(("communication", "locality", area), {"people": 0})["people"]
            assert got == people_by_hand("communication", None, since, until, area=area)["people"]

    def test_outcomes(self):
        since, until = usual_period()
        found = count(since, until, timezone.localdate()).outcomes["communication",]
        by_hand = {}
        for outcome in NeedOutcome.objects.select_related("need__type", "event"):
            gone = outcome.event is not None and outcome.event.withdrawn_at is not None
            if outcome.need.type.kind != "communication" or gone or not since <= outcome.happened_on <= until:
                continue
            names = ["occasions", outcome.met] + (["unmet", f"why_{outcome.why}"] if outcome.met != "met" else [])
            for name in names:
                by_hand[name] = by_hand.get(name, 0) + 1
        assert found == by_hand
        assert by_hand["unmet"] > 30

    def test_the_gap_of_people_met(self):
        since, until = usual_period()
        found = count(since, until, timezone.localdate())
        met = people_met_by_hand(since, until)
        with_needs = {need.supporter.supporter_id if need.supporter else need.person_id for need in standing()}
        assert (found.met, found.met_with_needs) == (len(met), len(met & with_needs))

    def test_what_is_shown_is_what_was_counted_rounded_to_five(self):
        since, until = usual_period()
        report = access_report(since, until)
        raw = people_by_hand("communication", None, since, until)
        raw = {**raw, "in_time": raw["people"] - raw["late"], "asked": raw["people"] - raw["not_asked"]}
        shown = report.standard.total.numbers
        for name in PEOPLE:
            assert shown[name].value in (None, (raw[name] + 2) // 5 * 5)
        assert [name for name in (*PEOPLE, *OCCASIONS) if shown[name].is_hidden] == []


def standing():
    rows = AccessNeed.objects.select_related("type", "person", "supporter").prefetch_related(
        "shares", "reviews", "outcomes__event"
    )
    return [need for need in rows if not need.ended_on and not (need.supporter and need.supporter.ended_on)]


def people_met_by_hand(since, until):
    return {
        row.person_id
        for row in Contribution.objects.select_related("event")
        if row.person_id and row.event.withdrawn_at is None and since <= row.event.occurred_on <= until
    }


def people_by_hand(kind, group, since, until, area=None):
    """The holders of standing needs of a kind (and group, and locality), sorted into sets by loops."""
    today, met = timezone.localdate(), people_met_by_hand(since, until)
    sets = {name: set() for name in ("people", "late", "not_asked", "agreed", "shared", "never_reviewed", "no_outcome")}
    for need in standing():
        wrong_place = area is not None and need.person.locality_id != area
        if need.type.kind != kind or (group is not None and need.type.group != group) or wrong_place:
            continue
        holder = need.person_id
        if need.supporter:
            holder = need.supporter.supporter_id or need.supporter_id
        noted = [
            outcome for outcome in need.outcomes.all()
            if since <= outcome.happened_on <= until and not (outcome.event and outcome.event.withdrawn_at)
        ]  # fmt: skip
        belongs = {
            "people": True,
            "late": need.review_on < today,
            "not_asked": need.may_share == "not_asked",
            "agreed": need.may_share == "yes",
            "shared": need.may_share == "yes" and any(since <= s.shared_on <= until for s in need.shares.all()),
            "never_reviewed": need.told_on < today - timedelta(days=365) and not need.reviews.all(),
            "no_outcome": need.person_id in met and not noted,
        }
        for name, yes in belongs.items():
            if yes:
                sets[name].add(holder)
    return {name: len(found) for name, found in sets.items()}
