"""Somebody who is erased leaves every copy that is kept by reading what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.champions.models import Appointment
from crm.erasing.actions import decide_erasure
from crm.erasing.actions.again import erase_again
from crm.erasing.actions.stones import KEPT_FOR
from crm.erasing.gone import may_be_gone
from crm.erasing.models import Gone
from crm.organisations.models import Organisation
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from engagement.log.details import BarrierDetails, PointDetails, PromiseDetails
from engagement.log.models import Barrier, EngagementEvent, Point, Promise
from tests.crm.access.helpers import a_need
from tests.crm.erasing.helpers import EVERYWHERE, LOOKED, a_request, in_the_list
from tests.crm.privacy.helpers import stopped

LONG_AGO = "2020-01-01T00:00:00Z"


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def changes(reader, kind, since=LONG_AGO):
    return {row["id"]: row for row in rows(reader.get(f"/{kind}/?changed_since={since}&page_size=100"))}


def erased(world, looked=LOOKED):
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason="No need.", looked=looked)


def restricted_to(world, *readers):
    a_request(world)
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
        world.person.named_readers.set(readers)


def test_an_erased_person_comes_as_an_id_and_nothing_else(world, caller):
    amina, pk = caller(world.amina), str(world.person.pk)
    assert changes(amina, "people")[pk]["name"] == "Parveen Begum"
    erased(world)
    assert amina.get(f"/people/{pk}/").status_code == 404
    row = changes(amina, "people")[pk]
    assert set(row) == {"id", "state", "erased_at"}
    assert row["state"] == "erased"
    assert rows(amina.get("/people/")) == []


def test_what_was_deleted_with_a_person_comes_as_ids_too(world, caller):
    need, amina = a_need(world), caller(world.amina)
    erased(world)
    assert not AccessNeed.objects.filter(pk=need.pk).exists()
    assert changes(amina, "access-needs")[str(need.pk)]["state"] == "erased"
    assert set(changes(amina, "people")) == {str(world.person.pk)}


def test_what_goes_when_a_request_is_granted_in_part_comes_as_an_id_and_the_person_as_they_are(world, caller):
    need, amina = a_need(world), caller(world.amina)
    part = {"outcome": "part", "reason": "The rest we must keep.", "parts": ["accessneed.person"]}
    decide_erasure(actor=world.lead, request=a_request(world), **part)
    assert changes(amina, "access-needs")[str(need.pk)]["state"] == "erased"
    assert changes(amina, "people")[str(world.person.pk)]["name"] == "Parveen Begum"


def test_of_a_need_that_may_not_be_shared_nobody_else_learns_that_it_was_there(world, caller):
    need = a_need(world, may_share="no")
    lead, amina = caller(world.lead), caller(world.amina)
    assert changes(lead, "access-needs") == {}
    erased(world)
    assert set(changes(lead, "people")) == {str(world.person.pk)}
    assert changes(lead, "access-needs") == {}
    assert changes(amina, "access-needs")[str(need.pk)]["state"] == "erased"


def test_a_champion_who_entered_somebody_is_told_of_the_person_and_not_of_their_needs(world, caller):
    mine = add_person(actor=world.chen, details=PersonDetails(name="Rosa", area=world.east_ward))
    need = a_need(world, person=mine)
    decide_erasure(actor=world.lead, request=a_request(world, mine), outcome="granted", reason="They asked.",
                   looked=LOOKED)  # fmt: skip
    told = {gone.pk for gone in Gone.objects.visible_to(world.chen)}
    assert mine.pk in told
    assert need.pk not in told


def test_whoever_could_never_see_the_person_is_not_told_that_they_are_gone(world, caller):
    erased(world)
    told = {
        name for name in ("amina", "joe", "chen", "lead", "manager")
        if rows(caller(getattr(world, name)).get(f"/people/?changed_since={LONG_AGO}"))
    }  # fmt: skip
    assert told == {"amina", "lead", "manager"}


def test_that_a_restricted_person_is_gone_is_told_to_the_readers_named_on_the_record_alone(world, caller):
    restricted_to(world, world.lead, world.joe)
    erased(world)
    told = {name for name, member in world.everybody().items() if Gone.objects.visible_to(member).exists()}
    assert told == {"lead", "joe"}
    gone = Gone.objects.get(pk=world.person.pk)
    assert (gone.team, gone.locality) == (None, None)


def test_an_erased_person_whose_record_was_only_stored_leaves_the_copies_made_before(world, caller):
    a_request(world)
    stopped(world)
    erased(world)
    assert changes(caller(world.amina), "people")[str(world.person.pk)]["state"] == "erased"


def everything_said_with_her(world):
    """A contact with her: a point she raised in which she is not named, one that names her, and a promise."""
    with writing_allowed():
        barrier = Barrier.objects.create(name="Cost")
    return world.contact(
        people=[world.person],
        points=[PointDetails("No lift.", raised_by=world.person), PointDetails("Parveen Begum is left out.")],
        promises=[
            PromiseDetails("Ring Parveen Begum", timezone.localdate() + timedelta(days=3), to_person=world.person)
        ],
        barriers=[BarrierDetails(barrier=barrier, words="Parveen Begum has no car")],
    )


def test_every_record_that_erasing_rewrote_counts_as_changed(world, caller):
    event, other = everything_said_with_her(world), world.contact()
    with writing_allowed():
        for model in (EngagementEvent, Point, Promise):
            model.objects.update(modified_at=timezone.now() - timedelta(days=2))
    since = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    before = {row.pk: row.version for model in (EngagementEvent, Point, Promise) for row in model.objects.all()}
    erased(world)
    amina = caller(world.amina)
    found = {kind: changes(amina, kind, since) for kind in ("engagement-events", "points", "promises")}
    row = found["engagement-events"][str(event.pk)]
    assert row["people"] == [{"id": None, "name": None}]
    assert "Parveen" not in str(found)
    assert str(other.pk) not in found["engagement-events"]
    assert set(found["points"]) == {str(point.pk) for point in event.points.all()}
    assert set(found["promises"]) == {str(event.promises.get().pk)}
    for record in (event, *event.points.all(), event.promises.get()):
        record.refresh_from_db()
        assert record.version > before[record.pk], record
        assert record.modified_at > timezone.now() - timedelta(minutes=5), record


def test_a_contact_counts_as_changed_when_only_the_words_of_a_point_of_it_were_taken_out(world, caller):
    event = world.contact(points=[PointDetails("Parveen Begum is left out.")])
    with writing_allowed():
        EngagementEvent.objects.update(modified_at=timezone.now() - timedelta(days=2))
        Organisation.objects.filter(pk=world.group.pk).update(good_to_know="Ask Parveen Begum for the key.")
    erased(world, EVERYWHERE)
    event.refresh_from_db()
    assert event.version > 1
    since = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (row,) = changes(caller(world.amina), "engagement-events", since).values()
    assert row["points"][0]["words"] == "(taken out) is left out."
    assert str(world.group.pk) in changes(caller(world.joe), "organisations", since)


def test_somebody_who_is_erased_again_after_an_old_backup_leaves_the_copies_again(world, caller):
    erase_again(actor=SYSTEM, erased=in_the_list(world))
    assert set(changes(caller(world.amina), "people")) == {str(world.person.pk)}


def test_people_who_changed_and_who_are_gone_come_in_one_order_and_pages_without_gap(world, caller):
    with writing_allowed():
        made = [
            Person.objects.create(name=f"P{number}", locality=world.east, team=world.east_team, entered_by=world.amina)
            for number in range(5)
        ]
    erased(world)
    with writing_allowed():
        Person.objects.filter(pk=made[-1].pk).update(modified_at=timezone.now())
    amina, seen, address = caller(world.amina), [], f"/people/?changed_since={LONG_AGO}&page_size=2"
    while address:
        page = amina.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert seen == [str(pk) for pk in (*(one.pk for one in made[:4]), world.person.pk, made[4].pk)]


def test_reading_what_changed_costs_the_same_for_one_erased_person_and_for_ten(world, caller):
    amina = caller(world.amina)
    erased(world)
    amina.get("/people/")

    def cost():
        with CaptureQueriesContext(connection) as seen:
            changes(amina, "people")
        return len(seen)

    one = cost()
    with writing_allowed():
        Gone.objects.bulk_create(
            Gone(id=Organisation().pk, kind="person", gone_at=timezone.now(), restricted=False, team=world.east_team)
            for _ in range(9)
        )
    assert len(changes(amina, "people")) == 10
    assert one == cost()


def test_what_is_left_of_an_erased_record_goes_after_a_year(world):
    with writing_allowed():
        long_gone = {"kind": "person", "gone_at": timezone.now() - KEPT_FOR - timedelta(days=1), "restricted": False}
        Gone.objects.create(id=Organisation().pk, **long_gone)
    erased(world)
    assert [gone.pk for gone in Gone.objects.all()] == [world.person.pk]


@pytest.mark.parametrize(
    ("model", "whether"), [(Person, True), (AccessNeed, True), (Appointment, False), (Point, False)]
)
def test_only_kinds_that_are_deleted_with_a_person_are_looked_for_among_the_erased(model, whether):
    assert may_be_gone(model) is whether
