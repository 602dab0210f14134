"""Invitations in the workspace: whom to invite, who answered what, one invitation, held places."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.forums.actions.forums import cancel_forum
from engagement.forums.models import HeldPlaces, Invitation
from tests.crm.panels.helpers import a_member, somebody
from tests.engagement.forums.inviting import a_guest, an_invitation, an_open_forum, held, help_of, says


@pytest.fixture
def browser(world, signed_in):
    """Amina's."""
    return signed_in(world.amina)


def test_groups_panels_and_names_are_invited_from_one_page(world, browser):
    forum, member = an_open_forum(world, communities=[world.community]), a_member(world)
    page = f"/workspace/forums/{forum.pk}/invite/"
    assert "Al-Noor Mosque" in browser.get(page).content.decode()
    sent = {"groups": [str(world.group.pk)], "panels": [str(member.panel_id)], "names": "Parveen Begum\n"}
    answer = browser.post(page, sent)
    assert answer.status_code == 302, answer.content.decode()
    rows = Invitation.objects.filter(forum=forum)
    assert {(row.person, row.organisation) for row in rows} == {(world.person, None), (None, world.group)}


def test_a_name_nobody_bears_stays_in_the_box_with_what_is_wrong(world, browser):
    page = f"/workspace/forums/{an_open_forum(world).pk}/invite/"
    shown = browser.post(page, {"names": "Nobody Atall"}).content.decode()
    assert "Nobody you may see is called ‘Nobody Atall’" in shown.replace("&#x27;", "'")
    assert "Choose somebody to invite" in browser.post(page, {"names": ""}).content.decode()
    assert not Invitation.objects.exists()


def test_an_answer_by_phone_is_written_down_and_shown(world, browser):
    mine = an_invitation(world)
    kind = help_of("quiet-room")[0]
    sent = {"how": "phone", "answer": "yes", "help_asked": [str(kind.pk)], "guests_supporters": "1", "version": "1"}
    answer = browser.post(f"/workspace/invitations/{mine.pk}/answer/", sent)
    assert answer.status_code == 302, answer.content.decode()
    shown = browser.get(answer.url).content.decode()
    assert "by phone or in person" in shown
    assert "Quiet room" in shown


def test_words_of_somebody_who_cannot_come_are_logged_with_a_button(world, browser):
    mine = says(an_invitation(world), "cannot_but_say", to_say="Ring before you come.")
    page = f"/workspace/invitations/{mine.pk}/"
    assert "Ring before you come." in browser.get(page).content.decode()
    assert "wants to say something" in browser.get("/workspace/invitations/?to_log=true").content.decode()
    browser.post(f"{page}log/")
    assert Invitation.objects.get(pk=mine.pk).said is not None


def test_the_forum_tells_how_many_gave_each_answer_and_leaves_out_what_nobody_said(world, browser):
    mine = says(an_invitation(world), "cannot_but_say", to_say="Ring before you come.")
    shown = browser.get(f"/workspace/forums/{mine.forum_id}/").content.decode()
    assert "<li>I cannot come, but want to say something: 1</li>" in shown
    assert "Maybe: 0" not in shown


def test_a_link_is_ended_with_a_button(world, browser):
    mine = an_invitation(world)
    browser.post(f"/workspace/invitations/{mine.pk}/link/")
    assert Invitation.objects.get(pk=mine.pk).digest != mine.digest


def test_places_are_held_and_given_free(world, browser):
    forum = an_open_forum(world, capacity=5)
    row = held(world, forum)
    assert browser.get(f"/workspace/forums/{forum.pk}/hold-places/").status_code == 200
    browser.post(f"/workspace/held-places/{row.pk}/release/")
    assert not HeldPlaces.objects.exists()


def test_no_places_can_be_held_where_nothing_could_be_saved(world, browser):
    forum = an_open_forum(world, capacity=None)
    page = f"/workspace/forums/{forum.pk}/hold-places/"
    answer = browser.get(page, follow=True)
    assert answer.redirect_chain == [(f"/workspace/forums/{forum.pk}/", 302)]
    assert "Say first how many people fit in." in answer.content.decode()
    cancel_forum(actor=world.amina, forum=forum, reason="The hall flooded")
    answer = browser.get(page, follow=True)
    assert answer.redirect_chain == [(f"/workspace/forums/{forum.pk}/", 302)]
    assert "This forum took place or was cancelled." in answer.content.decode()


def test_no_answer_is_asked_for_that_could_not_be_kept(world, browser):
    mine = an_invitation(world)
    cancel_forum(actor=world.amina, forum=mine.forum, reason="The hall flooded")
    answer = browser.get(f"/workspace/invitations/{mine.pk}/answer/", follow=True)
    assert answer.redirect_chain == [(f"/workspace/invitations/{mine.pk}/", 302)]
    assert "This forum is over or does not take place." in answer.content.decode()


def test_the_list_says_who_waits_and_costs_the_same_for_one_as_for_ten(world, browser):
    forum = an_open_forum(world, capacity=1)
    says(an_invitation(world, forum))
    page, costs = f"/workspace/invitations/?forum={forum.pk}", []
    browser.get(page)
    for more in (9, 0):
        with CaptureQueriesContext(connection) as queries:
            shown = browser.get(page).content.decode()
        costs.append(len(queries))
        for number in range(more):
            says(an_invitation(world, forum, somebody(world, f"Person {number}")))
    assert "On the waiting list" in shown
    assert costs[0] == costs[1] <= 20


def test_a_guest_without_an_answer_stands_in_no_list(world, browser):
    a_guest(world)
    assert "Somebody without a name" not in browser.get("/workspace/invitations/").content.decode()


def test_a_champion_finds_who_comes_and_a_stranger_nothing(world, signed_in):
    mine = says(an_invitation(world))
    assert signed_in(world.chen).get(f"/workspace/invitations/{mine.pk}/").status_code == 200
    assert signed_in(world.joe).get(f"/workspace/invitations/{mine.pk}/").status_code == 404
    says(mine, "no")
    assert signed_in(world.chen).get(f"/workspace/invitations/{mine.pk}/").status_code == 404
