"""The run sheet: what to do for each, never why, and only for whoever the reader may know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.audit.models import AuditEvent
from crm.base.rules import Blocked
from engagement.forums.actions.arrangements import ask_for
from engagement.forums.actions.day import set_meeting
from tests.crm.access.helpers import a_need
from tests.engagement.forums import coming
from tests.engagement.forums.coming import an_open_forum, answers, somebody
from tests.engagement.forums.holding import closed, ready_today

SECRET = "Her tumour makes her tired"


def sheet(browser, forum):
    answer = browser.get(f"/workspace/forums/{forum.pk}/run-sheet/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_to_do_for_each_and_never_why(world, signed_in):
    row = coming.confirmed(world, own_words=SECRET)
    answers(world, row.forum, row.invitation.person, help_words=SECRET)
    ask_for(actor=world.amina, invitation=row.invitation, words=SECRET)
    set_meeting(actor=world.amina, invitation=row.invitation, met_by=world.chen, words="At the bus stop")
    shown = sheet(signed_in(world.amina), row.forum)
    for words in ("Amina Diallo", "Book a BSL interpreter: Northbrook Deaf Services", "Chen", "At the bus stop",
                  "read it in Heard", "Mill Street Centre"):  # fmt: skip
        assert words in shown
    assert "tumour" not in shown
    assert AuditEvent.objects.filter(verb="forum.run_sheet_read", actor_id=world.amina.pk).count() == 1


def test_it_names_nobody_whom_the_reader_may_not_see(world, signed_in):
    hidden = somebody(world, "Hidden", restricted=True, named_readers=[world.amina])
    forum = an_open_forum(world, organisers=[world.joe])
    a_need(world, "bsl-interpreter", person=hidden)
    answers(world, forum, hidden, place="has")
    assert "Hidden" in sheet(signed_in(world.amina), forum)
    assert AuditEvent.objects.filter(verb="person.read").count() == 1
    for reader in (world.joe, world.chen, world.lead):
        shown = sheet(signed_in(reader), forum)
        assert "Hidden" not in shown
        assert "1 invitation of people you may not see" in shown
        assert "Book a BSL interpreter" in shown


def test_when_the_forum_is_closed_nobody_reads_it_any_more(world, signed_in):
    forum = closed(world)
    for reader in (world.amina, world.chen, world.analyst, world.publisher):
        assert signed_in(reader).get(f"/workspace/forums/{forum.pk}/run-sheet/").status_code == 403


def test_whom_to_ring_and_help_in_an_emergency_stand_on_it(world, signed_in, caller):
    forum, browser = ready_today(world), signed_in(world.amina)
    path = f"/workspace/forums/{forum.pk}/run-sheet/change/"
    assert browser.get(path).status_code == 200
    sent = {"on_the_day": "Joe, 0113 496 0100", "in_an_emergency": "Side door. Joe helps people down."}
    browser.post(path, {"version": "", **sent})
    assert "Joe helps people down" in sheet(browser, forum)
    assert (
        caller(world.amina).post(f"/forums/{forum.pk}/prepare-day/", {"on_the_day": ""}, match="*").status_code == 200
    )
    assert caller(world.amina, "read").post(f"/forums/{forum.pk}/prepare-day/", {}, match="*").status_code == 403


@pytest.mark.once
def test_who_meets_somebody_is_a_colleague_with_an_open_account(world, signed_in, caller):
    invitation = coming.comes(world)
    with pytest.raises(Blocked, match="Choose who meets them"):
        set_meeting(actor=world.amina, invitation=invitation, met_by=None, words="At the door")
    path = f"/workspace/invitations/{invitation.pk}/meeting/"
    assert signed_in(world.amina).get(path).status_code == 200
    answer = signed_in(world.amina).post(path, {"version": "", "met_by": str(world.joe.pk)}, follow=True)
    assert "Who meets them" in answer.content.decode()
    at = f"/invitations/{invitation.pk}/meeting/"
    assert caller(world.amina).post(at, {"met_by": str(world.chen.pk)}, match="*").status_code == 200
    invitation.refresh_from_db()
    assert invitation.met_by == world.chen


def test_it_costs_the_same_for_one_and_for_many(world, signed_in):
    forum, browser = an_open_forum(world), signed_in(world.amina)

    def more(name):
        a_need(world, "bsl-interpreter", person=(person := somebody(world, name)))
        set_meeting(actor=world.amina, invitation=answers(world, forum, person, place="has"), met_by=world.chen)

    more("One")
    sheet(browser, forum)
    with CaptureQueriesContext(connection) as few:
        sheet(browser, forum)
    for name in ("Two", "Three", "Four"):
        more(name)
    with CaptureQueriesContext(connection) as many:
        sheet(browser, forum)
    assert len(few) == len(many)
