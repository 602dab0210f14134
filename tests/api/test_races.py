"""Two systems at the same moment, on a real database."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from crm.base.rules import Blocked
from engagement.forums.models import Arrangement, Forum
from engagement.log.models import EngagementEvent
from tests.api.conftest import Caller, token_for
from tests.crm.access.helpers import a_need
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_seat, somebody
from tests.engagement.forums import coming, holding
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    answers, ready = [], threading.Barrier(len(calls))

    def run(call):
        try:
            ready.wait()
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_changes_made_from_one_version_only_one_is_kept():
    world = make_world()
    event, key = world.contact(), token_for(world.amina).name
    path = f"/engagement-events/{event.pk}/"

    def change(place):
        return lambda: Caller(key).patch(path, {"place": place, "reason": "Wrong"}, match='"1"')

    answers = at_once(change("Library"), change("Park"), change("Hall"))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    event.refresh_from_db()
    assert (event.version, event.corrections.count()) == (2, 1)


def test_a_promise_kept_and_broken_at_once_is_one_of_the_two():
    world = make_world()
    promise, key = world.promise(), token_for(world.amina).name
    path = f"/promises/{promise.pk}/"
    answers = at_once(
        lambda: Caller(key).post(f"{path}keep/", {}, match='"1"'),
        lambda: Caller(key).post(f"{path}break/", {"reason": "x"}, match='"1"'),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 412], [200, 409])


def test_the_same_contact_sent_by_four_hands_at_once_is_logged_once():
    world = make_world()
    key = token_for(world.amina).name
    body = {"occurred_on": str(timezone.localdate()), "met_in_words": "A neighbour", "points": [{"words": "x"}]}
    answers = at_once(*[lambda: Caller(key).post("/engagement-events/", body, key="abc") for _ in range(4)])
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert EngagementEvent.objects.count() == 1


def test_two_people_put_into_one_seat_at_once_share_no_seat():
    world = make_world()
    seat, key = a_seat(world), token_for(world.lead).name
    bodies = [{"panel": str(seat.panel_id), "person": str(person.pk), "seat": str(seat.pk)}
              for person in (world.person, somebody(world, "Halina"), somebody(world, "Yusuf"))]  # fmt: skip
    answers = at_once(*[lambda body=body: Caller(key).post("/memberships/", body) for body in bodies])
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400]
    assert seat.memberships.count() == 1


def test_an_applicant_given_their_place_by_two_at_once_sits_once():
    world = make_world()
    yes, key = calling.an_offer(world), token_for(world.lead).name
    path = f"/applications/{yes.pk}/place/"
    answers = at_once(*[lambda: Caller(key).post(path, {}, match=f'"{yes.version}"') for _ in range(3)])
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert yes.call.panel.memberships.count() == 1


def test_the_last_place_offered_by_two_at_once_is_offered_once():
    world = make_world()
    call, key = calling.a_call(world, places=1), token_for(world.lead).name
    sent = [calling.an_application(world, call=call, secret=str(number) * 43) for number in range(2)]
    calling.closed(world, call)
    body = {"outcome": "offered", "reason": "You know what a carer needs."}
    answers = at_once(
        *[lambda one=one: Caller(key).post(f"/applications/{one.pk}/decide/", body, match=f'"{one.version}"')
          for one in sent]
    )  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, 400]


def test_one_community_name_added_at_once_in_other_capitals_stands_once():
    key = token_for(make_world().lead).name
    answers = at_once(
        *[lambda name=name: Caller(key).post("/communities/", {"name": name}) for name in ("Roma", "ROMA")]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 400]


def test_two_communities_put_into_each_other_at_once_make_no_circle():
    world = make_world()
    key = token_for(world.lead).name
    pair = [Caller(key).post("/communities/", {"name": name}).json()["id"] for name in ("Roma", "Deaf people")]

    def into(inner, outer):
        return lambda: Caller(key).patch(f"/communities/{inner}/", {"parent": outer}, match="*")

    answers = at_once(into(*pair), into(*reversed(pair)))
    assert sorted(answer.status_code for answer in answers) == [200, 400]


def test_a_forum_closed_by_three_hands_at_once_has_one_contact():
    world = make_world()
    forum = holding.to_close(world)

    def close():
        try:
            return holding.closed(world, forum).state
        except Blocked as refusal:
            return str(refusal)

    assert sorted(at_once(close, close, close)) == ["This forum is closed already"] * 2 + ["closed"]
    assert EngagementEvent.objects.filter(forum=forum).count() == EngagementEvent.objects.count() == 1


def test_a_need_told_while_a_forum_is_called_ready_is_not_forgotten():
    world = make_world()
    forum, key = coming.told(world).forum, token_for(world.amina).name
    coming.answers(world, forum, world.person)
    quiet = a_need(world, "quiet-room", person=coming.somebody(world, "Rosa"))

    def tell():
        coming.answers(world, forum, quiet.person)

    at_once(tell, lambda: Caller(key).post(f"/forums/{forum.pk}/ready/", {}, match="*"))
    assert Arrangement.objects.filter(forum=forum, need=quiet).exists()
    assert Forum.objects.get(pk=forum.pk).state == "open"
