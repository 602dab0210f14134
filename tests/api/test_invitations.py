"""Invitations by the API: the same actions and words as the pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.forums.models import Invitation
from tests.crm.panels.helpers import somebody
from tests.engagement.forums.inviting import an_invitation, an_open_forum, help_of, says

INVITATIONS = "/invitations/"


def test_a_person_is_invited_once_answers_by_phone_and_is_read_again(world, caller):
    forum, amina = an_open_forum(world), caller(world.amina)
    body = {"forum": str(forum.pk), "person": str(world.person.pk)}
    made = amina.post(INVITATIONS, body)
    assert made.status_code == 201, made.content
    assert amina.post(INVITATIONS, body).json()["id"] == made.json()["id"]
    url = made.json()["url"]
    told = {"answer": "yes", "how": "phone", "help_asked": [str(help_of("quiet-room")[0].pk)], "guests_supporters": 1}
    assert amina.post(f"{url}answer/", told, match="*").status_code == 200
    row = amina.get(url).json()
    assert (row["answer"], row["answered_how"], row["guests_supporters"]) == ("yes", "phone", 1)
    assert [one["name"] for one in row["help_asked"]] == ["Quiet room"]
    assert row["told"] is False


def test_nobody_is_invited_by_half_and_an_answer_says_something(world, caller):
    forum, amina = an_open_forum(world), caller(world.amina)
    answer = amina.post(INVITATIONS, {"forum": str(forum.pk)})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "nobody_chosen")
    mine = an_invitation(world, forum)
    answer = amina.post(f"{INVITATIONS}{mine.pk}/answer/", {"answer": "none"}, match="*")
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (400, "Tell us if you are coming")


def test_a_link_is_renewed_and_words_are_logged(world, caller):
    mine = an_invitation(world)
    says(mine, "cannot_but_say", to_say="Ring before you come.")
    amina = caller(world.amina)
    before = mine.digest
    assert amina.post(f"{INVITATIONS}{mine.pk}/new-link/", match="*").status_code == 200
    assert Invitation.objects.get(pk=mine.pk).digest != before
    logged = amina.post(f"{INVITATIONS}{mine.pk}/log/", match="*")
    assert (logged.status_code, "/engagement-events/" in logged.json()["url"]) == (200, True)
    again = amina.post(f"{INVITATIONS}{mine.pk}/log/", match="*")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "nothing_said")


@pytest.mark.parametrize("who", ["joe", "chen"])
def test_what_one_may_not_see_is_missing(world, caller, who):
    mine = an_invitation(world)
    answer = caller(getattr(world, who)).get(f"{INVITATIONS}{mine.pk}/")
    assert answer.status_code == 404


def test_a_list_costs_the_same_for_one_as_for_ten(world, caller):
    forum, amina = an_open_forum(world), caller(world.amina)
    says(an_invitation(world, forum), help_asked=help_of("quiet-room"))
    costs: list[int] = []
    amina.get(INVITATIONS)
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert amina.get(INVITATIONS).status_code == 200
        costs.append(len(queries))
        for number in range(9):
            person = somebody(world, f"Person {number} {len(costs)}")
            says(an_invitation(world, forum, person), help_asked=help_of("quiet-room", "bsl-interpreter"))
    assert costs[0] == costs[1]
    assert costs[1] <= 15


def test_invitations_are_narrowed_by_forum_and_answer(world, caller):
    mine = an_invitation(world)
    amina = caller(world.amina)
    assert len(amina.get(f"{INVITATIONS}?forum={mine.forum_id}&answer=none").json()["results"]) == 1
    assert amina.get(f"{INVITATIONS}?answer=yes").json()["results"] == []
