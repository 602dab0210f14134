"""A forum is ready when everything that whoever comes needs is there; whatever is new opens it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.actions import end_need
from crm.audit.models import AuditEvent
from crm.base.rules import Blocked, Stale
from crm.base.writing import writing_allowed
from crm.people.models import Person
from crm.venues.actions import add_venue, check_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from engagement.forums.actions.arrangements import let_fall_through
from engagement.forums.actions.forums import change_forum, move_forum
from engagement.forums.actions.jobs import finish_job
from engagement.forums.actions.ready import mark_ready
from engagement.forums.details import details_of
from engagement.forums.models import Forum
from engagement.forums.rules.ready import blockers_to_being_ready, missing_at
from tests.crm.access.helpers import a_need
from tests.engagement.forums.coming import an_arrangement, an_open_forum, answers, booked, confirmed, somebody, told
from tests.engagement.forums.helpers import a_forum, forum_details, offers


def words(forum, reader):
    return [blocker.words for blocker in blockers_to_being_ready(missing_at(forum), reader)]


def ready(world, forum, **more):
    return mark_ready(actor=world.amina, forum=forum, **more)


def again(forum):
    return Forum.objects.get(pk=forum.pk)


def test_it_is_refused_while_a_need_is_unmet_and_says_what_to_do(world):
    row = an_arrangement(world)
    with pytest.raises(Blocked, match="Arrange for Amina Diallo: BSL interpreter"):
        ready(world, row.forum)
    booked(world, row)
    with pytest.raises(Blocked, match="Ask whether it is certain, for Amina Diallo: BSL interpreter"):
        ready(world, row.forum)
    confirmed(world, row)
    assert ready(world, row.forum).state == "ready"
    assert AuditEvent.objects.filter(verb="forum.ready").count() == 1


def test_whoever_may_not_read_the_need_learns_what_to_do_and_not_for_whom(world):
    row = an_arrangement(world, may_share="no")
    assert words(row.forum, world.amina) == ["Arrange for Amina Diallo: BSL interpreter"]
    for reader in (world.chen, world.joe, world.manager):
        assert words(row.forum, reader) == ["Arrange for somebody who is coming: Book a BSL interpreter"]
    with pytest.raises(Blocked, match="somebody who is coming"):
        mark_ready(actor=world.chen, forum=row.forum)


def test_a_reason_overrides_and_stays_in_the_record(world):
    row = an_arrangement(world)
    forum = ready(world, row.forum, reason="Her sister signs for her, she says")
    assert (forum.state, forum.ready_override_reason) == ("ready", "Her sister signs for her, she says")
    event = AuditEvent.objects.get(verb="forum.ready")
    assert "ready_override_reason" in event.fields
    answers(world, forum, row.need.person, "maybe")
    assert again(forum).state == "ready"


def test_a_draft_a_past_or_a_ready_forum_cannot_be_called_ready_whatever_the_reason(world):
    with pytest.raises(Blocked, match="Open this forum first"):
        ready(world, a_forum(world), reason="x")
    forum = ready(world, an_open_forum(world), reason="Nothing is missing")
    assert forum.ready_override_reason == ""
    with pytest.raises(Blocked, match="ready already"):
        ready(world, forum)
    with pytest.raises(Stale):
        ready(world, an_open_forum(world), expected_version=99)


class TestOpensAgain:
    """What is new opens a ready forum again, with the reason in words and without a name."""

    def test_by_a_new_need(self, world):
        row = confirmed(world)
        forum = ready(world, row.forum)
        a_need(world, "easy-read", person=row.need.person)
        now = again(forum)
        assert (now.state, now.reopened_reason) == (
            "open",
            "Something more must be arranged for somebody who is coming",
        )
        assert AuditEvent.objects.filter(verb="forum.reopened").count() == 1

    def test_by_a_new_answer_with_needs_and_not_by_one_without(self, world):
        forum = ready(world, an_open_forum(world))
        answers(world, forum, somebody(world, "Sam"))
        assert again(forum).state == "ready"
        a_need(world)
        assert again(forum).state == "ready"
        answers(world, forum, world.person)
        assert again(forum).state == "open"

    def test_when_the_interpreter_falls_through(self, world):
        row = told(world)
        forum = ready(world, row.forum)
        let_fall_through(actor=world.amina, arrangement=row, reason="The interpreter is ill")
        now = again(forum)
        assert (now.state, now.reopened_reason) == ("open", "What was booked for somebody who is coming fell through")
        assert words(now, world.amina) == ["Book again for Amina Diallo: BSL interpreter"]

    def test_also_where_it_was_once_called_ready_without_it(self, world):
        row = an_arrangement(world)
        forum = ready(world, row.forum, reason="Her sister signs")
        confirmed(world, row)
        assert again(forum).state == "ready"
        row.refresh_from_db()
        let_fall_through(actor=world.amina, arrangement=row, reason="The interpreter is ill")
        assert again(forum).state == "open"

    def test_by_another_venue_and_by_another_day(self, world):
        forum = ready(world, an_open_forum(world))
        hall = add_venue(actor=world.amina, details=VenueDetails(name="The Hall", area=world.east_ward), facts=[])
        change_forum(actor=world.amina, forum=forum, details=forum_details(world, offers=[], venue=hall))
        assert (again(forum).state, again(forum).reopened_reason[:20]) == ("open", "The venue has change")
        forum = ready(world, again(forum))
        move_forum(actor=world.amina, forum=forum, on=forum.on + timedelta(days=7))
        assert (again(forum).state, again(forum).reopened_reason[:20]) == ("open", "The day has changed.")

    def test_not_by_what_has_nothing_to_do_with_it(self, world):
        row = confirmed(world)
        forum = ready(world, row.forum)
        note = {**vars(details_of(again(forum))), "notes": "The key is at the desk"}
        change_forum(actor=world.amina, forum=forum, details=forum_details(world, **note))
        end_need(actor=world.amina, need=row.need, reason="She moved away")
        assert again(forum).state == "ready"


class TestThereAnyway:
    """What the forum offers anyway needs no booking; what nobody asked the venue is not there."""

    def test_a_way_in_that_was_checked_is_there_and_one_nobody_asked_about_is_not(self, world):
        row = an_arrangement(world, "step-free")
        assert words(row.forum, world.amina) == []
        loop = an_arrangement(world, "hearing-aid", forum=row.forum, person=row.need.person)
        [said] = words(row.forum, world.amina)
        assert said.startswith("Arrange for Amina Diallo: ")
        assert "Nobody has asked Mill Street Centre: hearing loop that works?" in said
        facts = [
            VenueFactDetails(about, "yes", checked_on=timezone.localdate()) for about in ("step_free", "hearing_loop")
        ]
        check_venue(actor=world.amina, venue=world.venue, facts=facts)
        assert words(row.forum, world.amina) == []
        assert ready(world, loop.forum).state == "ready"

    def test_a_no_from_the_venue_opens_a_ready_forum_again(self, world):
        row = an_arrangement(world, "step-free")
        forum = ready(world, row.forum)
        facts = [VenueFactDetails("step_free", "no", checked_on=timezone.localdate())]
        check_venue(actor=world.amina, venue=world.venue, facts=facts)
        assert again(forum).state == "open"
        assert "says no" in words(again(forum), world.amina)[0]

    def test_an_interpreter_the_forum_offers_is_there_when_the_job_is_done(self, world):
        forum = an_open_forum(world, offers=offers(world, "bsl-interpreters"))
        an_arrangement(world, forum=forum)
        assert "To do: Book 2 BSL interpreters" in words(forum, world.amina)[0]
        finish_job(actor=world.amina, job=forum.jobs.get(words="Book 2 BSL interpreters"))
        assert words(forum, world.amina) == []

    def test_messages_and_joining_online_follow_by_themselves(self, world):
        forum = an_open_forum(world, mode="online", venue=None)
        person = somebody(world)
        for key in ("reach-by-text", "step-free", "join-online"):
            an_arrangement(world, key, forum=forum, person=person)
        assert words(forum, world.amina) == []


def test_somebody_who_asked_us_to_stop_keeps_no_forum_from_being_ready(world):
    row = an_arrangement(world)
    with writing_allowed():
        Person.objects.filter(pk=row.need.person_id).update(stopped_on=timezone.localdate())
    assert words(row.forum, world.amina) == []
