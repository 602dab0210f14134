"""The report on access needs: its gaps first, people once, small numbers hidden, and right when counted by hand."""

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.access.actions import end_need, review_need, share_need, take_back_no_need
from crm.access.details import ReviewDetails
from crm.access.models import AccessNeed, NeedKind, NeedReview, NeedShare, NoNeed
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from engagement.log.actions import withdraw_event
from engagement.log.models import Contribution
from engagement.needs.actions import export_access_report
from engagement.needs.lines import OCCASIONS, PEOPLE
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import access_report, whole_year
from engagement.needs.tallies import count
from tests.crm.access.helpers import a_need, a_no_need, her_father
from tests.crm.people.test_pages import words_on
from tests.engagement.needs.helpers import an_outcome

PAGE, EXPORT = "/workspace/reports/access/", "/workspace/reports/access/export/"
API = "/api/v1/reports/access-needs/"


def tallies():
    """Counted until today, to see at once what was written down in a test."""
    today = timezone.localdate()
    return count(today - timedelta(days=364), today, today)


def asked():
    """Who was asked, in every place together."""
    found = Counter()
    for told in tallies().asked.values():
        found.update(told)
    return {name: found[name] for name in ("met", "with_needs", "needs_nothing", "ended")}


def last_month():
    """A day in the last month that is over: what happened on it is in the report of today."""
    return whole_year()[1]


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
    assert asked() == {"met": 2, "with_needs": 1, "needs_nothing": 0, "ended": 0}
    assert tallies().people["communication",]["no_outcome"] == 1


def test_whoever_was_met_has_a_need_or_needs_nothing_or_had_needs_or_nobody_asked(world):
    people = [world.person, *(another(world, name) for name in ("Nothing", "Ended", "Nobody"))]
    for person in people:
        world.contact(people=[person])
    a_need(world)
    a_no_need(world, person=people[1])
    end_need(actor=world.amina, need=a_need(world, person=people[2]), reason="Healed")
    assert asked() == {"met": 4, "with_needs": 1, "needs_nothing": 1, "ended": 1}
    a_no_need(world, person=people[2])
    assert asked() == {"met": 4, "with_needs": 1, "needs_nothing": 2, "ended": 0}
    a_need(world, person=people[1])
    assert asked() == {"met": 4, "with_needs": 2, "needs_nothing": 1, "ended": 0}


def test_who_needs_nothing_is_counted_though_not_met_and_late_when_the_year_is_over(world):
    row = a_no_need(world, person=another(world))
    a_no_need(world)
    row.asked_on, row.review_on = (timezone.localdate() - timedelta(days=days) for days in (400, 1))
    row.save_base(raw=True, force_update=True)
    told = tallies().asked[world.east.pk]
    assert (told["nothing"], told["nothing_late"]) == (2, 1)


def test_a_supporter_found_to_be_somebody_with_an_answer_counts_once_as_having_a_need(world):
    father, him = her_father(world), another(world, "Bashir")
    a_no_need(world, person=him)
    a_need(world, supporter=father)
    father.supporter = him
    father.save_base(raw=True, force_update=True)
    world.contact(people=[him])
    assert asked() == {"met": 1, "with_needs": 1, "needs_nothing": 0, "ended": 0}
    assert "nothing" not in tallies().asked[world.east.pk]


def test_whoever_was_met_with_a_supporters_need_alone_has_none_recorded(world):
    world.contact(people=[world.person])
    father = her_father(world)
    a_need(world, supporter=father)
    assert (asked()["met"], asked()["with_needs"]) == (1, 0)
    father.supporter = another(world)
    father.save_base(raw=True, force_update=True)
    world.contact(people=[father.supporter])
    assert (asked()["met"], asked()["with_needs"]) == (2, 1)


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
        need = a_need(world, person=person, told_on=last_month(), may_share="yes" if number else "not_asked")
        an_outcome(world, need, happened_on=last_month(), **({} if number else {"met": "not_met", "why": "other"}))
    total = access_report().standard.total.numbers
    assert total["people"].value == 8
    assert [total[name].value for name in ("asked", "agreed", "met", "not_met")] == [None] * 4


def test_the_gaps_come_first_on_the_page(world, signed_in):
    a_need(world)
    page = words_on(signed_in(world.lead).get(PAGE))
    assert page.index("What is missing") < page.index("The standard:") < page.index("Beside the standard")
    assert "never asked about again" in page
    assert "whom nobody has asked what they need" in page
    assert "Were asked and need nothing" in page
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
        export_access_report(actor=getattr(world, name))


def test_days_that_are_none_and_places_that_are_none_are_said_beside_the_field(world, signed_in):
    client = signed_in(world.lead)
    assert "Enter a real date, like 2026-11-24" in words_on(client.get(PAGE, {"until": "2026-02-31"}))
    assert "Choose a day of 2000 or later" in words_on(client.get(PAGE, {"until": "0001-01-01"}))
    assert "There is no such record, or you may not see it." in words_on(
        client.get(PAGE, {"locality": str(world.person.pk)})
    )
    answer = client.get(f"{API}?until=2026-02-31")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "until")
    assert client.get(f"{API}?locality={world.person.pk}").status_code == 400
    assert client.get(f"{API}?nonsense=1").status_code == 400
    assert client.get(f"{API}?since=2026-01-01").status_code == 400
    sent = client.post(EXPORT, {"until": "2026-02-31"}, follow=True)
    assert "Nothing was exported: there is no such month or place" in words_on(sent)


@pytest.mark.parametrize(
    ("asked", "today", "period"),
    [
        (None, date(2026, 11, 24), (date(2025, 11, 1), date(2026, 10, 31))),
        (None, date(2026, 11, 1), (date(2025, 11, 1), date(2026, 10, 31))),
        (None, date(2026, 10, 31), (date(2025, 10, 1), date(2026, 9, 30))),
        (date(2026, 11, 30), date(2026, 11, 24), (date(2025, 11, 1), date(2026, 10, 31))),
        (date(2030, 1, 1), date(2026, 11, 24), (date(2025, 11, 1), date(2026, 10, 31))),
        (date(2024, 2, 29), date(2026, 11, 24), (date(2023, 3, 1), date(2024, 2, 29))),
        (date(2024, 2, 28), date(2026, 11, 24), (date(2023, 2, 1), date(2024, 1, 31))),
        (date(2026, 1, 1), date(2026, 11, 24), (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_the_year_ends_with_a_whole_month_that_is_over(monkeypatch, asked, today, period):
    monkeypatch.setattr(timezone, "localdate", lambda *_: today)
    assert whole_year(asked) == period


def test_two_reports_a_day_apart_cannot_tell_what_one_person_did_on_that_day(world, signed_in, settings):
    """The attack: ask until one day and until the next, and see who made the difference. Every day of a month is
    answered with one and the same year, and no other length can be asked for."""
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 2, 1
    people = [another(world, f"P {number}") for number in range(5)]
    day = (last_month().replace(day=1) - timedelta(days=1)).replace(day=15)
    for number, person in enumerate(people):
        world.contact(people=[person], occurred_on=day - timedelta(days=number))
    client = signed_in(world.analyst)
    month = [day.replace(day=1) + timedelta(days=number) for number in range(28)]
    assert len({whole_year(until) for until in month[:26]}) == 1, "every day of the month asks for the same"
    asked_for = [month[0], *(day + timedelta(days=number) for number in range(-2, 3)), month[25]]
    assert len({client.get(f"{API}?until={until}").content for until in asked_for}) == 1
    for until in (day, day + timedelta(days=1)):
        file = b"".join(client.post(EXPORT, {"until": until.isoformat()}).streaming_content)
        assert f"{day.replace(day=15):%Y-%m-15}".encode() not in file
    assert client.get(f"{API}?since={day}&until={day}").status_code == 400


def test_what_stands_is_told_as_of_the_end_of_the_last_month_whatever_happened_since(world):
    """The attack: read the report today and tomorrow, and see whose need came, ended or was asked about between."""
    long_ago, then = last_month() - timedelta(days=500), last_month() - timedelta(days=1)
    needs = [a_need(world, person=another(world, f"P {number}"), told_on=long_ago) for number in range(2)]
    nothing = a_no_need(world, person=another(world, "Nothing"), asked_on=last_month())
    for need in needs:
        need.review_on = then
        need.save_base(raw=True, force_update=True)
    period = (*whole_year(), last_month())
    before = count(*period)
    assert before.people["communication",]["late"] == 2
    end_need(actor=world.amina, need=needs[0], reason="Healed")
    review_need(actor=world.amina, need=needs[1], details=ReviewDetails())
    a_need(world, person=another(world, "New"))
    a_no_need(world, person=another(world, "Newer"))
    take_back_no_need(actor=world.amina, no_need=nothing, reason="Nobody asked")
    assert count(*period) == before
    assert tallies().people["communication",]["people"] == 2


def test_the_report_of_one_locality_counts_only_it(world, signed_in, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 0, 1
    for number in range(3):
        a_need(world, person=another(world, f"E {number}"), told_on=last_month())
    sam = add_person(actor=world.joe, details=PersonDetails(name="Sam", area=world.south_ward))
    a_need(world, "easy-read", person=sam, actor=world.joe, told_on=last_month())
    client = signed_in(world.lead)
    whole, east, south = (
        client.get(f"{API}{query}").json()
        for query in ("", f"?locality={world.east.pk}", f"?locality={world.south.pk}")
    )
    assert whole["locality"] is None
    assert east["locality"]["name"] == "East"

    def people(body, by, key):
        return [row["people"] for row in body["results"]
                if (row["kind"], row["by"], row["key"]) == ("communication", by, key)]  # fmt: skip

    assert [people(body, "all", "") for body in (whole, east, south)] == [[4], [3], [1]]
    assert [people(body, "type", "easy-read") for body in (whole, east, south)] == [[1], [0], [1]]
    assert people(whole, "locality", str(world.east.pk)) == [3]
    assert not [row for row in east["results"] if row["by"] == "locality"]
    page = words_on(client.get(PAGE, {"locality": str(world.south.pk)}))
    assert "This is what Heard can say about it for South." in page
    file = b"".join(client.post(EXPORT, {"locality": str(world.south.pk)}).streaming_content).decode()
    assert '"Of","","South"' in file


def test_a_lead_of_one_locality_is_shown_it_first_and_may_ask_for_the_whole_council(world, signed_in):
    with writing_allowed():
        world.lead.grants.update(locality=world.east, team=world.east_team)
    client = signed_in(world.lead)
    assert "say about it for East." in words_on(client.get(PAGE))
    assert "say about it for the whole council." in words_on(client.get(PAGE, {"locality": ""}))
    assert "say about it for the whole council." in words_on(signed_in(world.manager).get(PAGE))


def test_nothing_hidden_is_found_by_taking_one_report_from_another(world, settings):
    """The attack: the whole council less every locality but one, for every line and measure."""
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 3, 1
    for number in range(7):
        person = another(world, f"E {number}")
        a_need(world, "easy-read", person=person, told_on=last_month(), may_share="yes" if number else "not_asked")
        world.contact(people=[person], occurred_on=last_month())
    sam = add_person(actor=world.joe, details=PersonDetails(name="Sam", area=world.south_ward))
    a_need(world, "easy-read", person=sam, actor=world.joe, told_on=last_month())
    world.contact(actor=world.joe, organisations=[], people=[sam], occurred_on=last_month())
    whole, east, south = (access_report(None, place) for place in (None, world.east, world.south))
    assert east.standard.total.numbers["people"].value is None or whole.standard.total.numbers["people"].value is None
    lines = {
        name: [report.standard.total, *report.standard.groups, *report.standard.types]
        for name, report in (("whole", whole), ("east", east), ("south", south))
    }
    shown = {
        (name, line.name, measure): number.value
        for name, many in lines.items() for line in many for measure, number in line.numbers.items()
        if number.value is not None
    }  # fmt: skip
    for (name, line, measure), number in shown.items():
        if name == "whole" and ("east", line, measure) in shown:
            rest = number - shown["east", line, measure]
            assert rest == 0 or rest >= 3, (line, measure)
    hidden = [gap.key for gap in south.gaps if gap.people.is_hidden]
    assert "nobody_asked" in hidden


def test_the_file_holds_what_the_page_shows_and_taking_it_away_is_audited(world, signed_in):
    a_need(world)
    answer = signed_in(world.analyst).post(EXPORT, {})
    assert answer["Cache-Control"] == "no-store, private"
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0]["Part"] == "Gaps"
    assert {row["Number"] for row in rows if row["Part"] == "Communication and information"} == {"hidden"}
    assert AuditEvent.objects.filter(verb="access_report.exported", actor=world.analyst).count() == 1
    assert signed_in(world.analyst).get(EXPORT).status_code == 302


def test_it_costs_the_same_few_queries_for_one_person_and_for_ten(world, django_assert_num_queries):
    for number in range(10):
        need = a_need(world, person=another(world, f"P {number}"))
        an_outcome(world, need)
        a_no_need(world, person=another(world, f"N {number}"))
        with django_assert_num_queries(6):
            access_report(None, world.east if number % 2 else None)


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
        since, until = whole_year()
        found = count(since, until, last_month()).people
        for where in [("communication",), ("adjustment",), ("communication", "group", "format")]:
            by_hand = people_by_hand(where[0], where[2] if len(where) > 1 else None, since, until)
            assert found[where] == {name: by_hand[name] for name in found[where]}
            assert len(found[where]) == (5 if len(where) > 1 else 7)
        for area in {need.person.locality_id for need in AccessNeed.objects.select_related("person")}:
            got = found.get(("communication", "locality", area), {"people": 0})["people"]
            assert got == people_by_hand("communication", None, since, until, area=area)["people"]

    def test_outcomes(self):
        since, until = whole_year()
        found = count(since, until, last_month()).outcomes["communication",]
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
        since, until = whole_year()
        found = count(since, until, last_month()).asked
        met, home = people_met_by_hand(since, until), dict(Person.objects.values_list("pk", "locality"))
        with_needs = {need.supporter.supporter_id if need.supporter else need.person_id for need in standing()}
        ever = {
            need.supporter.supporter_id if need.supporter else need.person_id
            for need in AccessNeed.objects.select_related("supporter")
            if need.told_on <= last_month()
        }
        nothing = {row.person_id: row for row in NoNeed.objects.all() if stood(row, row.asked_on)}
        nothing = {pk: row for pk, row in nothing.items() if pk not in with_needs}
        late = {pk for pk, row in nothing.items() if row.review_on < last_month()}
        sets = {
            "met": met,
            "with_needs": met & with_needs,
            "needs_nothing": met & set(nothing),
            "ended": (met & ever) - with_needs - set(nothing),
            "nothing": set(nothing),
            "nothing_late": late,
        }
        for place in {*home.values()}:
            by_hand = {name: sum(home[pk] == place for pk in many) for name, many in sets.items()}
            got = found.get(place, {})
            assert {name: got.get(name, 0) for name in sets} == by_hand
        assert len(sets["needs_nothing"]) >= 20
        assert len(late) >= 5
        assert len(met - with_needs - set(nothing) - ever) >= 20
        told = {asked.key: asked.people.value for asked in access_report().asked}
        nobody = len(sets["met"]) - sum(len(sets[name]) for name in ("with_needs", "needs_nothing", "ended"))
        assert told["nobody_asked"] in (None, (nobody + 2) // 5 * 5)
        assert told["nothing"] in (None, (len(nothing) + 2) // 5 * 5)

    def test_the_numbers_of_one_locality(self):
        since, until = whole_year()
        found = count(since, until, last_month()).people
        for area in {need.person.locality_id for need in AccessNeed.objects.select_related("person")}:
            by_hand = people_by_hand("communication", "format", since, until, area=area)
            got = found.get(("communication", "group", "format", area), {"people": 0, "late": 0, "agreed": 0})
            assert {name: got[name] for name in ("people", "late", "agreed")} == {
                name: by_hand[name] for name in ("people", "late", "agreed")
            }

    def test_what_is_shown_is_what_was_counted_rounded_to_five(self):
        since, until = whole_year()
        report = access_report()
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
    own = [need for need in rows if stood(need, need.told_on)]
    return [need for need in own if not need.supporter or stood(need.supporter, last_month())]


def stood(row, since):
    """Whether it stood at the end of the last month."""
    return since <= last_month() and (row.ended_on is None or row.ended_on > last_month())


def people_met_by_hand(since, until):
    return {
        row.person_id
        for row in Contribution.objects.select_related("event")
        if row.person_id and row.event.withdrawn_at is None and since <= row.event.occurred_on <= until
    }


def people_by_hand(kind, group, since, until, area=None):
    """The holders of standing needs of a kind (and group, and locality), sorted into sets by loops."""
    as_of, met = last_month(), people_met_by_hand(since, until)
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
            "late": need.review_on < as_of
            or any(one.reviewed_on > as_of and one.due_on < as_of for one in need.reviews.all()),
            "not_asked": need.may_share == "not_asked",
            "agreed": need.may_share == "yes",
            "shared": need.may_share == "yes" and any(since <= s.shared_on <= until for s in need.shares.all()),
            "never_reviewed": need.told_on < as_of - timedelta(days=365)
            and not any(one.reviewed_on <= as_of for one in need.reviews.all()),
            "no_outcome": need.person_id in met and not noted,
        }
        for name, yes in belongs.items():
            if yes:
                sets[name].add(holder)
    return {name: len(found) for name, found in sets.items()}
