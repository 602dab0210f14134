"""Nobody who chooses can bend a blind choice or a draw: by offers made to see a name, by hand, or out of turn."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from django.test import Client

from crm.base.rules import Blocked, InputBlocked
from crm.panels import drawing
from crm.panels.actions.applying import record_offer_answer
from crm.panels.actions.choosing import seat_applicant, shortlist_application
from crm.panels.actions.drawing import draw_members, freeze_pool
from crm.panels.details.recruitment import Answers
from crm.panels.models import Application
from tests.api.conftest import Caller, token_for
from tests.crm.panels import calling
from tests.crm.people.test_pages import words_on


@pytest.fixture
def random_call(world):
    """Four people agreed to be drawn for one place."""
    call = calling.a_call(world, method="random", places=1, pool_questions=[calling.AGE])
    for number in range(4):
        answers = Answers(name=f"Zosia {number}", reach_by="link")
        calling.an_application(world, call=call, answers=answers, secret=str(number) * 43, features={"q1": "Under 40"})
    return calling.closed(world, call)


def test_an_offer_is_not_taken_back_once_the_name_was_seen(world, signed_in):
    offered = calling.decided(world, calling.sent_and_closed(world))
    with pytest.raises(InputBlocked, match="the name is known now"):
        calling.decided(world, offered, outcome="not_chosen")
    page = words_on(signed_in(world.lead).get(f"/workspace/applications/{offered.pk}/"))
    assert "/decide/" not in page
    assert "What did they say to the offer?" in page
    answer = Caller(token_for(world.lead).name).post(
        f"/applications/{offered.pk}/decide/", {"outcome": "reserve", "reason": "Later"}, match=f'"{offered.version}"'
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "input-blocked") or answer.status_code in (400, 409)
    assert Application.objects.get(pk=offered.pk).state == "offered"


class TestWherePlacesAreDrawn:
    def test_nobody_is_offered_a_place_by_hand_before_the_draw(self, world, random_call):
        one = Application.objects.first()
        with pytest.raises(InputBlocked, match="places are drawn, not given by hand"):
            calling.decided(world, one)

    def test_nobody_leaves_or_joins_a_frozen_pool(self, world, random_call):
        draw = freeze_pool(actor=world.lead, call=random_call, quotas={})
        one = Application.objects.first()
        for outcome in ("offered", "reserve", "not_chosen"):
            with pytest.raises(InputBlocked, match="The pool is frozen"):
                calling.decided(world, one, outcome=outcome)
        assert one.number in draw.pool
        drawn = draw_members(actor=world.lead, call=random_call)
        assert Application.objects.filter(state="offered", number__in=drawn.chosen).count() == 1

    def test_the_reserve_list_is_asked_in_the_order_it_was_drawn(self, world, random_call):
        freeze_pool(actor=world.lead, call=random_call, quotas={})
        draw_members(actor=world.lead, call=random_call)
        drawn = Application.objects.get(state="offered")
        first, second = Application.objects.filter(state="reserve").order_by("reserve_rank")[:2]
        record_offer_answer(actor=world.lead, application=drawn, accepts=False)
        with pytest.raises(InputBlocked, match="Others come first"):
            calling.decided(world, second)
        assert calling.decided(world, first).state == "offered"


def kinds_of_quotas(chance):
    pool = {f"N{n}": {q: chance.choice("ab") for q in ("x", "y")} for n in range(9)}
    quotas = {q: {answer: sorted(chance.sample(range(5), 2)) for answer in "ab"} for q in ("x", "y")}
    return pool, quotas


def meets(group, pool, quotas):
    return all(
        least <= sum(pool[number][question] == answer for number in group) <= most
        for question, answers in quotas.items()
        for answer, (least, most) in answers.items()
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_draw_takes_whom_trying_every_group_would_take(seed):
    pool, quotas = kinds_of_quotas(random.Random(seed))
    groups = [set(group) for group in combinations(pool, 4) if meets(group, pool, quotas)]
    if not groups:
        assert list(drawing.what_is_wrong(pool, quotas, 4))
        return
    taken: set[str] = set()
    for number in drawing.queue_of(pool, str(seed)):
        if any(taken | {number} <= group for group in groups):
            taken |= {number}
    assert set(drawing.select(pool, quotas, 4, str(seed)).chosen) == taken


def test_many_people_and_many_quotas_are_drawn_in_a_moment():
    chance = random.Random(3)
    pool = {f"N{n:03}": {f"q{k}": str(min(chance.randrange(3), chance.randrange(3))) for k in range(6)}
            for n in range(300)}  # fmt: skip
    quotas = {f"q{k}": {str(answer): [4, 9] for answer in range(3)} for k in range(6)}
    assert not list(drawing.what_is_wrong(pool, quotas, 20))
    drawn = drawing.select(pool, quotas, 20, "seed")
    assert len(drawn.chosen) == 20
    assert meets(drawn.chosen, pool, quotas)


def test_a_draw_that_found_a_group_fills_every_place_also_where_each_number_is_exact():
    chance = random.Random(101)
    pool = {f"N{n:04}": {f"q{k}": f"a{chance.choice(range(4))}" for k in range(6)} for n in range(500)}
    quotas = {f"q{k}": {f"a{answer}": [5, 5] for answer in range(4)} for k in range(6)}
    drawn = drawing.select(pool, quotas, 20, "1")
    assert len(drawn.chosen) == 20
    assert meets(drawn.chosen, pool, quotas)


def test_what_is_read_while_the_choice_is_blind_tells_no_name_by_any_door(world, signed_in):
    sent = calling.sent_and_closed(world)
    names = ("Halina", "Zielinska", "halina@post.example")
    lead, caller = signed_in(world.lead), Caller(token_for(world.lead, scope="read").name)
    for door in ("applications/", f"applications/{sent.pk}/", f"recruitment/{sent.call_id}/", "", "people/", "panels/"):
        assert not any(name in words_on(lead.get(f"/workspace/{door}")) for name in names), door
    for word in ("Halina", "Zielinska"):
        found = lead.post("/workspace/search/", {"words": word}).content.decode()
        assert "applications/" not in found.split("<main", 1)[1]
    for door in ("/applications/", f"/applications/{sent.pk}/", f"/recruitment-calls/{sent.call_id}/", "/people/"):
        answer = caller.get(door)
        assert not any(name in answer.content.decode() + str(answer.headers) for name in names), door
    assert caller.get("/applications/?ordering=name").status_code == 400
    assert caller.get("/applications/?name=Halina").status_code == 400
    audit = signed_in(world.auditor).get("/workspace/audit/").content.decode()
    assert not any(name in audit for name in names)


def test_an_applicant_cannot_act_on_another_one_by_their_own_link(world):
    calling.a_call(world)
    mine = calling.an_application(world, send=False)
    other = calling.an_application(world, answers=Answers(name="Other", reach_by="link"), secret="o" * 43, send=False)
    visitor = Client()
    assert visitor.get(f"/join/my/{other.pk}/").status_code == 404
    assert visitor.get(f"/join/my/{other.digest}/").status_code == 404
    assert visitor.get(f"/join/my/{other.number}/").status_code == 404
    visitor.post(f"/join/my/{calling.SECRET}/questions/name/", {"name": "Mine", "application": str(other.pk)})
    other.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.name, other.name) == ("Mine", "Other")


def test_ten_megabytes_and_odd_letters_do_no_harm_to_an_application(world):
    calling.an_application(world, send=False)
    visitor = Client(raise_request_exception=False)
    address = f"/join/my/{calling.SECRET}/questions/topics/"
    assert visitor.post(address, {"topics": "x" * 10_000_000}).status_code in (400, 413)
    odd = "=2+2 \u202egnirts\u202c 🙂 <b>bold</b>\x00"
    answer = visitor.post(address, {"topics": odd})
    assert answer.status_code in (200, 302)
    page = visitor.get(f"/join/my/{calling.SECRET}/check/").content.decode()
    assert "<b>bold</b>" not in page


def test_a_request_sent_again_seats_nobody_twice(world, signed_in):
    yes = calling.an_offer(world)
    lead = signed_in(world.lead)
    for _ in range(2):
        lead.post(f"/workspace/applications/{yes.pk}/place/", {"version": str(yes.version)})
    key = Caller(token_for(world.lead).name)
    fresh = Application.objects.get(pk=yes.pk)
    again = key.post(f"/applications/{yes.pk}/place/", {}, match=f'"{fresh.version}"')
    assert again.status_code == 409
    assert fresh.call.panel.memberships.count() == 1
    with pytest.raises(Blocked):
        seat_applicant(actor=world.lead, application=fresh)
    with pytest.raises(Blocked):
        shortlist_application(actor=world.lead, application=fresh)
