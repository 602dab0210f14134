"""A random selection can be repeated by anybody who holds the pool, and nobody could choose the seed to fit."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.rules import Blocked, InputBlocked
from crm.panels import drawing
from crm.panels.actions.drawing import draw_members, freeze_pool, take_pool
from crm.panels.details.recruitment import Answers
from crm.panels.models import Application, Draw, RecruitmentCall
from crm.panels.reports.recruitment import published, record_of
from tests.api.conftest import Caller, token_for
from tests.crm.panels import calling

POOL = {f"A{number:02}": {"q1": "Under 40" if number % 3 else "40 or over"} for number in range(30)}
QUOTAS = {"q1": {"Under 40": [2, 3], "40 or over": [2, 4]}}


@pytest.fixture
def random_call(world):
    """Six people agreed to be drawn for two places; one did not."""
    call = calling.a_call(world, method="random", pool_questions=[calling.AGE])
    for number in range(6):
        features = {"q1": calling.AGE["answers"][number % 2]}
        answers = Answers(name=f"Zosia {number}", reach_by="link")
        calling.an_application(world, call=call, answers=answers, secret=str(number) * 43, features=features)
    calling.an_application(world, call=call)
    return calling.closed(world, call)


def test_the_same_pool_quotas_and_seed_give_the_same_people_and_another_seed_others():
    first = drawing.select(POOL, QUOTAS, 6, "one")
    assert first == drawing.select(dict(reversed(POOL.items())), QUOTAS, 6, "one")
    assert first.chosen != drawing.select(POOL, QUOTAS, 6, "two").chosen


@pytest.mark.parametrize("seed", [str(number) for number in range(25)])
def test_every_draw_fills_the_places_within_the_quotas(seed):
    found = drawing.select(POOL, QUOTAS, 6, seed)
    old = sum(POOL[number]["q1"] == "40 or over" for number in found.chosen)
    assert len(found.chosen) == len(set(found.chosen)) == 6
    assert 3 <= old <= 4
    assert sorted([*found.chosen, *found.reserve]) == sorted(POOL)


def test_everybody_who_fits_can_be_drawn():
    drawn = {number for seed in range(120) for number in drawing.select(POOL, QUOTAS, 6, str(seed)).chosen}
    assert drawn == set(POOL)


def test_a_tight_corner_is_found():
    pool = {"a": {"x": "1", "y": "1"}, "b": {"x": "1", "y": "2"}, "c": {"x": "2", "y": "1"}, "d": {"x": "2", "y": "1"}}
    quotas = {"x": {"1": [1, 1], "2": [1, 1]}, "y": {"1": [1, 1], "2": [1, 1]}}
    for seed in range(10):
        assert "b" in drawing.select(pool, quotas, 2, str(seed)).chosen


def test_the_fingerprint_does_not_hang_on_the_order_or_the_script():
    pool = {"B": {"q": "پنجاه"}, "A": {"q": "x"}}
    assert drawing.canonical(pool) == '{"A":{"q":"x"},"B":{"q":"پنجاه"}}'
    assert drawing.hash_of(pool) == drawing.hash_of({"A": {"q": "x"}, "B": {"q": "پنجاه"}})


@pytest.mark.parametrize(
    ("quotas", "words"),
    [
        ({"q1": {"Under 40": [21, 25]}}, "fewer people in the pool"),
        ({"q1": {"Under 40": [3, 2]}}, "the least cannot be more than the most"),
        ({"q1": {"Under 40": [0, 1], "40 or over": [0, 1]}}, "No group of people in the pool"),
    ],
)
def test_quotas_that_cannot_be_met_are_said_kindly_before_the_draw(quotas, words):
    assert any(words in line for line in drawing.what_is_wrong(POOL, quotas, 6))
    with pytest.raises(drawing.Impossible):
        drawing.select(POOL, quotas, 6, "seed")


def test_the_pool_is_frozen_before_the_seed_exists(world, random_call):
    with pytest.raises(Blocked, match="Freeze the pool first"):
        draw_members(actor=world.lead, call=random_call)
    draw = freeze_pool(actor=world.lead, call=random_call, quotas={})
    assert draw.seed == ""
    assert len(draw.pool) == 6
    with pytest.raises(Blocked, match="frozen already"):
        freeze_pool(actor=world.lead, call=random_call, quotas={})


def test_a_draw_is_made_once_and_everybody_in_the_pool_has_an_answer(world, random_call):
    freeze_pool(actor=world.lead, call=random_call, quotas={"q1": {"Under 40": [1, 1]}})
    draw = draw_members(actor=world.lead, call=random_call)
    offered = set(Application.objects.filter(state="offered").values_list("number", flat=True))
    assert offered == set(draw.chosen)
    assert sorted(Application.objects.filter(state="reserve").values_list("reserve_rank", flat=True)) == [1, 2, 3, 4]
    assert not Application.objects.filter(state__in=["offered", "reserve"], reason="").exists()
    with pytest.raises(Blocked, match="drawn already"):
        draw_members(actor=world.lead, call=random_call)


def test_a_seed_from_outside_needs_its_source(world, random_call):
    freeze_pool(actor=world.lead, call=random_call, quotas={})
    with pytest.raises(InputBlocked, match="where the seed comes from"):
        draw_members(actor=world.lead, call=random_call, seed="03 11 19")


def saved_record(signed_in, world, call):
    """The record of the draw, as an auditor saves it from the page of the call."""
    return signed_in(world.auditor).get(f"/workspace/recruitment/{call.pk}/draw.json")


def test_whoever_has_the_pool_repeats_the_draw_from_its_record(world, random_call, signed_in, tmp_path, capsys):
    freeze_pool(actor=world.lead, call=random_call, quotas={"q1": {"Under 40": [1, 1]}})
    assert saved_record(signed_in, world, random_call).status_code == 404
    draw = draw_members(actor=world.lead, call=random_call)
    record = saved_record(signed_in, world, random_call)
    (tmp_path / "draw.json").write_bytes(record.content)
    (tmp_path / "pool.json").write_text(json.dumps(draw.pool))
    call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))
    assert capsys.readouterr().out.split() == draw.chosen
    (tmp_path / "pool.json").write_text(json.dumps({**draw.pool, "ZZZ": {}}))
    with pytest.raises(CommandError, match="not the pool"):
        call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))
    (tmp_path / "pool.json").write_text(json.dumps(draw.pool))
    other = record.content.replace(b'"least": 1, "most": 1', b'"least": 0, "most": 2')
    (tmp_path / "draw.json").write_bytes(other)
    with pytest.raises(CommandError, match="not the quotas"):
        call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))
    (tmp_path / "draw.json").write_bytes(Client().get("/join/join-us/draw.json").content)
    with pytest.raises(CommandError, match="without small quotas"):
        call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))


@pytest.mark.parametrize(
    ("places", "quotas", "told"),
    [
        (2, {"Under 40": [1, 1]}, False),
        (30, {"Under 40": [12, 12]}, True),
        (15, {"Under 40": [12, 12]}, False),  # three of the others
        (30, {"Under 40": [10, 12], "40 or over": [11, 25]}, True),
        (30, {"Under 40": [10, 25], "40 or over": [4, 6]}, False),
        (30, {"Under 40": [0, 6], "40 or over": [20, 30]}, True),  # perhaps nobody
        (30, {"Under 40": [0, 6], "40 or over": [20, 25], "Not said": [0, 4]}, False),
        (30, {"Under 40": [0, 6], "40 or over": [20, 26]}, False),
    ],
)
def test_quotas_that_tell_of_a_few_of_those_drawn_are_not_published(settings, places, quotas, told):
    settings.SMALL_NUMBERS_UNDER = 10
    call = RecruitmentCall(places=places, pool_questions=[{**calling.AGE, "key": "q1"}])
    draw = Draw(call=call, frozen_at=timezone.now(), quotas={"q1": quotas}, pool={}, pool_hash="x")
    shown = published(draw)
    assert bool(shown["quotas"]) == told
    assert shown["quotas_hidden"] == ([] if told else [calling.AGE["words"]])
    assert len(record_of(draw)["quotas"]) == len(quotas)


class TestThePoolForAnAuditor:
    def test_they_repeat_the_draw_with_the_file_from_the_page(self, world, random_call, signed_in, tmp_path, capsys):
        freeze_pool(actor=world.lead, call=random_call, quotas={"q1": {"Under 40": [1, 1]}})
        draw = draw_members(actor=world.lead, call=random_call)
        auditor = signed_in(world.auditor)
        page = f"/workspace/recruitment/{random_call.pk}/"
        assert "Save the pool" in auditor.get(page).content.decode()
        answer = auditor.get(f"{page}pool/")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "Zosia" not in answer.content.decode()
        (tmp_path / "pool.json").write_bytes(answer.content)
        (tmp_path / "draw.json").write_bytes(auditor.get(f"{page}draw.json").content)
        call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))
        assert capsys.readouterr().out.split() == draw.chosen

    def test_they_repeat_it_with_what_the_api_gives(self, world, random_call, tmp_path, capsys):
        freeze_pool(actor=world.lead, call=random_call, quotas={})
        draw = draw_members(actor=world.lead, call=random_call)
        caller = Caller(token_for(world.auditor, scope="read").name)
        given = caller.get(f"/recruitment-calls/{random_call.pk}/pool/")
        assert given.json() == {"pool": draw.pool}
        (tmp_path / "pool.json").write_bytes(given.content)
        record = caller.get(f"/recruitment-calls/{random_call.pk}/").json()["draw"]
        (tmp_path / "draw.json").write_text(json.dumps(record))
        call_command("repeat_draw", str(tmp_path / "pool.json"), str(tmp_path / "draw.json"))
        assert capsys.readouterr().out.split() == draw.chosen

    def test_it_is_given_after_the_draw_and_not_before(self, world, random_call, signed_in):
        for _ in range(2):
            with pytest.raises(Blocked, match="not drawn yet"):
                take_pool(actor=world.auditor, call=random_call)
            if not Draw.objects.exists():
                freeze_pool(actor=world.lead, call=random_call, quotas={})
        address = f"/workspace/recruitment/{random_call.pk}/pool/"
        answer = signed_in(world.auditor).get(address, follow=True)
        assert "not drawn yet" in answer.content.decode()
        caller = Caller(token_for(world.auditor).name)
        assert caller.get(f"/recruitment-calls/{random_call.pk}/pool/").status_code == 409

    def test_nobody_else_gets_it_and_who_did_is_kept(self, world, random_call, signed_in):
        freeze_pool(actor=world.lead, call=random_call, quotas={})
        draw_members(actor=world.lead, call=random_call)
        for name in ("amina", "chen", "lead", "manager", "analyst", "administrator"):
            answer = signed_in(getattr(world, name)).get(f"/workspace/recruitment/{random_call.pk}/pool/")
            assert answer.status_code == 403, name
        take_pool(actor=world.auditor, call=random_call)
        kept = AuditEvent.objects.filter(verb="draw.pool_taken").get()
        assert (kept.actor, kept.count) == (world.auditor, 6)


def test_what_is_published_holds_no_name_number_or_pool(world, random_call):
    freeze_pool(actor=world.lead, call=random_call, quotas={})
    visitor = Client()
    assert visitor.get("/join/join-us/draw.json").status_code == 404
    draw = draw_members(actor=world.lead, call=random_call)
    for address in ("/join/join-us/draw/", "/join/join-us/draw.json"):
        words = visitor.get(address).content.decode()
        assert draw.pool_hash in words
        assert draw.seed in words
        for secret in ["Zosia", "Halina", *draw.pool]:
            assert secret not in words


def test_a_lead_draws_by_the_pages_and_is_told_what_cannot_be_met(world, random_call, signed_in):
    lead, page = signed_in(world.lead), f"/workspace/recruitment/{random_call.pk}/draw/"
    assert lead.get(page).status_code == 200
    words = lead.post(page, {"q1-0-least": "5"}).content.decode()
    assert "fewer people in the pool" in words
    assert not Draw.objects.exists()
    lead.post(page, {"q1-0-least": "1", "q1-0-most": "1"})
    assert Draw.objects.get().drawn_at is None
    lead.post(page, {})
    assert len(Draw.objects.get().chosen) == 2
    assert signed_in(world.amina).get(page).status_code == 403
