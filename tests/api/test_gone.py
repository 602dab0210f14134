"""Whatever is taken away leaves every copy kept by reading what changed: told to whoever could read it alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.accounts.models import RoleGrant, User
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.erasing.gone import who_sees
from crm.erasing.models import Gone
from crm.panels.models import Membership
from crm.people.models import Person
from engagement.forums.actions.answers import NOTHING_SAID_FOR, forget_answers
from engagement.forums.actions.desk import drop_attendance, drop_captured
from engagement.forums.actions.forums import change_forum, skip_date
from engagement.forums.models import Arrangement, Attendance, Captured, Forum, Invitation, Job
from engagement.needs.models import NeedOutcome
from tests.api.test_erased import changes, erased, restricted_to
from tests.crm.access.helpers import a_need
from tests.crm.panels.helpers import a_member
from tests.engagement.forums.coming import an_open_forum as a_bare_forum
from tests.engagement.forums.coming import answers
from tests.engagement.forums.helpers import a_date, a_job, forum_details
from tests.engagement.forums.holding import came, closed, guest, held, said, to_close
from tests.engagement.forums.inviting import a_guest
from tests.engagement.needs.helpers import an_outcome
from tests.world import LONG_AGO

KINDS = {Forum: "forums", Job: "jobs", Attendance: "attendances", Captured: "captured", Invitation: "invitations",
         AccessNeed: "access-needs", Arrangement: "arrangements", Membership: "memberships",
         NeedOutcome: "need-outcomes"}  # fmt: skip


def those_who(world, rows):
    """The names of the cast who see one of these rows."""
    return {name for name, member in world.everybody().items() if rows.visible_to(member).exists()}


def told_of(world, *ids):
    return those_who(world, Gone.objects.filter(pk__in=ids))


def no_more_interpreters(world, job):
    change_forum(actor=world.amina, forum=job.forum, details=forum_details(world, offers=[]))


def said_nothing(world):
    row = a_guest(world)
    with writing_allowed():
        Invitation.objects.filter(pk=row.pk).update(created_at=timezone.now() - NOTHING_SAID_FOR - timedelta(hours=1))
    return row


TAKEN_AWAY = {
    "a date nobody was told of": (a_date, lambda w, row: skip_date(actor=w.amina, forum=row)),
    "a job of a date nobody was told of": (
        lambda w: a_date(w).jobs.first(), lambda w, row: skip_date(actor=w.amina, forum=row.forum)
    ),
    "a job that is not needed any more": (a_job, no_more_interpreters),
    "a wrong press at the desk": (came, lambda w, row: drop_attendance(actor=w.amina, attendance=row)),
    "a wrong press about a guest": (
        lambda w: came(w, guest(w)), lambda w, row: drop_attendance(actor=w.amina, attendance=row)
    ),
    "words taken back": (lambda w: said(w, held(w)), lambda w, row: drop_captured(actor=w.amina, captured=row)),
    "words that moved into the contact": (lambda w: to_close(w).captured.get(), lambda w, row: closed(w, row.forum)),
    "a guest who said nothing": (said_nothing, lambda w, row: forget_answers(actor=SYSTEM)),
}  # fmt: skip


@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_what_an_action_takes_away_is_told_to_whoever_could_read_it_and_to_nobody_else(world, caller, what):
    make, take = TAKEN_AWAY[what]
    row = make(world)
    rows = type(row).objects.filter(pk=row.pk)
    saw = those_who(world, rows)
    assert "amina" in saw
    take(world, row)
    assert not rows.exists()
    assert told_of(world, row.pk) == saw
    told = changes(caller(world.amina), KINDS[type(row)])[str(row.pk)]
    assert (set(told), told["state"]) == ({"id", "state", "erased_at"}, "erased")


def test_a_job_given_to_somebody_is_told_to_them_too(world):
    row = a_job(world)
    with writing_allowed():
        Job.objects.filter(pk=row.pk).update(owner=world.chen)
        Forum.objects.filter(pk=row.forum_id).update(locality=world.south)
    saw = those_who(world, Job.objects.filter(pk=row.pk))
    assert "chen" in saw
    no_more_interpreters(world, row)
    assert told_of(world, row.pk) == saw


def test_taking_a_press_back_costs_the_same_for_one_helper_and_for_ten(world):
    def cost(row):
        row = Attendance.objects.get(pk=row.pk)
        with CaptureQueriesContext(connection) as seen:
            drop_attendance(actor=world.amina, attendance=row)
        return len(seen)

    one = cost(came(world, guest(world)))
    with writing_allowed():
        Attendance.objects.all().delete()
    for number in range(9):
        came(world, answers(world, held(world), None, guest_name=f"Guest {number}", place="has"))
    assert cost(Attendance.objects.first()) == one


def test_who_sees_what_goes_with_a_person_costs_the_same_with_a_dozen_colleagues_more(world, comes):
    rows = {type(row): [row.pk] for row in (*comes.values(), an_outcome(world, need=comes["access-needs"]))}

    def told_and_cost():
        with CaptureQueriesContext(connection) as asked:
            told = {(model, pk): readers for model, ids in rows.items() for pk, readers in who_sees(model, ids).items()}
        return told, len(asked)

    before, cost = told_and_cost()
    assert all(before.values())
    with writing_allowed():
        more = [User.objects.create(email=f"{number}@example.org", name=f"Officer {number}") for number in range(12)]
        for one in more:
            RoleGrant.objects.create(user=one, role="officer", locality=world.east, first_day=LONG_AGO)
    after, cost_of_more = told_and_cost()
    assert cost_of_more == cost
    here = {one.pk for one in more}
    assert after == {row: readers | here for row, readers in before.items()}


@pytest.fixture
def comes(world):
    """Parveen Begum comes to a forum of the East that Joe of the South organises, and needs an interpreter."""
    forum = a_bare_forum(world, organisers=[world.joe])
    need = a_need(world)
    invitation = answers(world, forum, world.person)
    return {"access-needs": need, "invitations": invitation, "arrangements": Arrangement.objects.get(need=need)}


def test_whoever_saw_somebody_only_as_organiser_is_told_of_what_they_saw_and_not_of_the_person(world, caller, comes):
    joe = caller(world.joe)
    for kind, row in comes.items():
        assert str(row.pk) in changes(joe, kind), kind
    assert changes(joe, "people") == {}
    erased(world)
    for kind, row in comes.items():
        assert changes(joe, kind)[str(row.pk)]["state"] == "erased", kind
    assert changes(joe, "people") == {}


def test_what_goes_with_a_person_is_told_to_whoever_could_read_it_and_to_nobody_else(world, comes):
    outcome, member = an_outcome(world, need=comes["access-needs"]), a_member(world, world.person)
    rows = [type(row).objects.filter(pk=row.pk) for row in (*comes.values(), outcome, member)]
    saw = {one.model: those_who(world, one) for one in rows}
    ids = {one.model: one.get().pk for one in rows}
    erased(world)
    assert {model: told_of(world, pk) for model, pk in ids.items()} == saw


def test_where_somebody_lives_is_not_found_out_by_a_filter_of_what_they_need(world, caller, comes):
    joe, need = caller(world.joe), str(comes["access-needs"].pk)
    found = {side: rows_of(joe, f"?locality={getattr(world, side).pk}") for side in ("east", "south")}
    assert rows_of(joe, "") == [need]
    assert found == {"east": [], "south": []}
    assert rows_of(caller(world.amina), f"?locality={world.east.pk}") == [need]


def rows_of(reader, query):
    return [row["id"] for row in reader.get(f"/access-needs/{query}").json()["results"]]


def test_that_a_need_is_gone_is_not_told_to_who_wrote_it_down_and_may_read_the_person_no_more(world):
    need = a_need(world, may_share="no")
    restricted_to(world, world.lead)
    assert those_who(world, AccessNeed.objects.filter(pk=need.pk)) == set()
    erased(world)
    assert told_of(world, need.pk) == set()
    assert told_of(world, world.person.pk) == {"lead"}
    assert not Person.objects.filter(pk=world.person.pk).exists()
