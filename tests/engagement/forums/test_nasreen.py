"""Nasreen comes to a forum: what must be got right goes with her name, and her father's need only to whom it may.

The desk and the run sheet lie open where people arrive. They name her and say what to do at the forum; that her family
may not know stands on neither.
"""

from __future__ import annotations

import html

import pytest

from engagement.log.models import EngagementEvent
from tests.api.conftest import Caller, token_for
from tests.crm.people.test_nasreen import (
    EVERYBODY,
    INSTRUCTION,
    NAME,
    NEED,
    OWN_WORDS,
    READS_THE_NEED,
    SAFETY,
    SECRETS,
    SEES_HER,
    known,
    nasreen,
)
from tests.engagement.forums import holding
from tests.engagement.forums.coming import an_open_forum
from tests.engagement.forums.inviting import an_invitation, says

__all__ = ["known", "nasreen"]  # fixtures
MEETS_HER = [*SEES_HER, "chen"]  # the champion of the East, until the forum is closed
NO_NAME = [one for one in SECRETS if one not in (INSTRUCTION, NEED)]


@pytest.fixture
def coming(world, nasreen):
    """She said yes to a forum of the East; what her father needs is an arrangement there."""
    mine = an_invitation(world, an_open_forum(world), nasreen)
    says(mine)
    return mine


def shown(browser, path):
    """The words of a page; "" where it is refused or missing."""
    response = browser.get(path)
    assert response.status_code in (200, 302, 403, 404), path
    return html.unescape(response.content.decode()) if response.status_code == 200 else ""


def doors(world, mine):
    forum, row = f"/workspace/forums/{mine.forum_id}/", mine.arrangements.get()
    with_flags = [f"/workspace/invitations/{mine.pk}/", f"/workspace/sending/{world.call.pk}/"]
    need = [f"/workspace/arrangements/{row.pk}/", "/workspace/arrangements/"]
    named = ["/workspace/invitations/", f"{forum}desk/", f"{forum}run-sheet/"]
    plain = [forum, f"{forum}arrangements/", f"{forum}ready/", f"{forum}letters/", "/workspace/sending/"]
    return with_flags, need, named, plain


def test_whoever_meets_her_reads_what_to_get_right_before_anything_is_sent_or_said(world, coming, signed_in):
    with_flags, need, named, plain = doors(world, coming)
    for who in MEETS_HER:
        browser = signed_in(getattr(world, who))
        for path in with_flags if who in SEES_HER else with_flags[:1]:
            words = shown(browser, path)
            assert [one for one in (NAME, *SAFETY) if one not in words] == [], (who, path)
            assert (INSTRUCTION in words) == (who in SEES_HER), (who, path)
            assert (NEED in words.replace(INSTRUCTION, "")) == (who in READS_THE_NEED), (who, path)
        for path in need:
            assert (NAME in shown(browser, path)) == (who in READS_THE_NEED), (who, path)
        for path in named:
            words = shown(browser, path)
            assert NAME in words, (who, path)
            assert [one for one in (*SAFETY, "900950", OWN_WORDS) if one in words] == [], (who, path)
        for path in plain:
            assert OWN_WORDS not in shown(browser, path), (who, path)


def test_everybody_else_is_told_nothing_of_her_at_any_door(world, coming, signed_in):
    with_flags, need, named, plain = doors(world, coming)
    for who in sorted(set(EVERYBODY) - set(MEETS_HER)):
        browser = signed_in(world.everybody()[who])
        for path in (*with_flags, *need, *named, *plain):
            words = shown(browser, path)
            assert [one for one in NO_NAME if one in words] == [], (who, path)


def test_the_api_says_it_with_her_name_and_tells_others_nothing(world, coming):
    row = coming.arrangements.get()
    paths = [f"/invitations/{coming.pk}/", f"/messages/{world.call.pk}/", f"/arrangements/{row.pk}/"]
    lists = ["/invitations/", "/messages/", "/arrangements/", "/attendances/", f"/forums/{coming.forum_id}/"]
    for who in SEES_HER:
        caller = Caller(token_for(getattr(world, who)).name)
        for path in paths if who in READS_THE_NEED else paths[:2]:
            flags = caller.get(path).json()["get_right"]
            assert [flag["words"] for flag in flags] == [*SAFETY, INSTRUCTION], (who, path)
            assert flags[-1] == {
                "words": INSTRUCTION, "need": NEED if who in READS_THE_NEED else "", "about": "her father",
            }, (who, path)  # fmt: skip
        assert caller.get("/invitations/").json()["results"][0]["get_right"] == flags
        assert (caller.get(paths[2]).status_code == 200) == (who in READS_THE_NEED)
    for who in sorted(set(EVERYBODY) - set(MEETS_HER) - {"nobody"}):
        caller = Caller(token_for(getattr(world, who)).name)
        assert {caller.get(path).status_code for path in paths} <= {403, 404}, who
        for path in lists:
            told = caller.get(path).content.decode()
            assert [one for one in NO_NAME if one in told] == [], (who, path)


def test_when_she_came_and_spoke_others_learn_nothing_and_the_champion_no_more_once_it_is_closed(
    world, coming, signed_in
):
    by = getattr(world, SEES_HER[0])
    forum = holding.held(world, coming.forum)
    coming.forum.refresh_from_db()
    line = holding.came(world, coming, actor=by, spoke=True)
    said = holding.said(world, forum, "Ring before you come.", raised_by=line)
    at = f"/workspace/forums/{forum.pk}/"
    pages = [f"{at}desk/", f"{at}capture/", f"{at}close/", f"/workspace/attendances/{line.pk}/change/",
             f"/workspace/captured/{said.pk}/change/"]  # fmt: skip
    lists = ["/attendances/", "/captured/", f"/attendances/{line.pk}/", f"/captured/{said.pk}/"]
    assert NAME in shown(signed_in(world.chen), pages[0])
    _tells_nothing(world, sorted(set(EVERYBODY) - set(MEETS_HER)), pages, lists, signed_in)
    holding.closed(world, forum)
    contact = f"/workspace/contacts/{EngagementEvent.objects.get(forum=forum).pk}/"
    _tells_nothing(world, sorted(set(EVERYBODY) - set(SEES_HER)), [*pages, contact], lists, signed_in)


def _tells_nothing(world, people, pages, lists, signed_in):
    for who in people:
        browser = signed_in(world.everybody()[who])
        for path in pages:
            words = shown(browser, path)
            assert [one for one in NO_NAME if one in words] == [], (who, path)
        if who == "nobody":
            continue
        caller = Caller(token_for(world.everybody()[who], name=f"{who}-{len(pages)}").name)
        for path in lists:
            told = caller.get(path).content.decode()
            assert [one for one in NO_NAME if one in told] == [], (who, path)
