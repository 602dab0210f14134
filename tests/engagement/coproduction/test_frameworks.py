"""Frameworks: as data with editions, mapped once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from crm.base.actors import SYSTEM
from crm.base.rules import Blocked, InputBlocked, Stale
from engagement.coproduction.frameworks.actions import add_framework, end_framework, load_frameworks
from engagement.coproduction.frameworks.details import PartDetails
from engagement.coproduction.frameworks.files import parts_from_lines, read_frameworks
from engagement.coproduction.frameworks.models import Framework, FrameworkPart
from tests.engagement.coproduction.deciding import a_framework, framework_details


def _count(key: str, kind: str) -> int:
    return FrameworkPart.objects.filter(framework__key=key, kind=kind).count()


def test_the_shipped_ones_hold_what_councils_are_held_to_and_load_once(world):
    assert load_frameworks(actor=SYSTEM, frameworks=read_frameworks()) == 3
    assert load_frameworks(actor=SYSTEM, frameworks=read_frameworks()) == 0
    assert _count("edi-strategy", "objective") == 14
    assert _count("edi-strategy", "theme") == 4
    assert _count("edi-strategy", "phase") == 5
    assert _count("everyones-battle", "objective") == 5
    assert _count("cqc-local-authorities", "statement") == 9
    assert _count("cqc-local-authorities", "i_statement") == 10
    assert all(framework.source and framework.licence for framework in Framework.objects.all())


def test_what_says_the_same_is_known_from_both_sides(world):
    load_frameworks(actor=SYSTEM, frameworks=read_frameworks())
    equity = FrameworkPart.objects.get(framework__key="cqc-local-authorities", code="3")
    assert "5" in equity.says_the_same.filter(framework__key="edi-strategy").values_list("code", flat=True)
    access = FrameworkPart.objects.get(framework__key="edi-strategy", code="5")
    assert equity in access.says_the_same.all()


def test_one_may_link_to_what_holds_today_and_not_to_i_statements(world):
    load_frameworks(actor=SYSTEM, frameworks=read_frameworks())
    old = a_framework(world)
    end_framework(actor=world.lead, framework=old, last_day=date(2026, 2, 1))
    offered = FrameworkPart.objects.to_link(date(2026, 6, 1))
    assert not offered.filter(framework=old).exists()
    assert not offered.filter(kind="i_statement").exists()
    assert offered.filter(framework__key="edi-strategy").count() == 23


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"key": "Not A Key"}, "key_wrong"),
        ({"edition": ""}, "edition_missing"),
        ({"source": ""}, "source_missing"),
        ({"first_day": None}, "day_missing"),
        ({"parts": []}, "parts_missing"),
        ({"parts": [PartDetails("1", "One"), PartDetails("1", "Two")]}, "part_twice"),
        ({"parts": [PartDetails("1", "One", within="2")]}, "part_within_unknown"),
        ({"parts": [PartDetails("1", "", kind="wish")]}, "part_incomplete"),
        ({"parts": [PartDetails("1" * 21, "x")]}, "part_too_long"),
    ],
)
def test_what_is_missing_is_said(changes, code, world):
    with pytest.raises(InputBlocked) as refused:
        add_framework(actor=world.lead, details=framework_details(**changes))
    assert code in {blocker.code for blocker in refused.value.blockers}
    assert not Framework.objects.exists()


def test_an_edition_stands_once_and_ends_once(world):
    framework = a_framework(world, edition="2026")
    with pytest.raises(InputBlocked, match="already"):
        a_framework(world, edition="2026")
    with pytest.raises(InputBlocked, match="before the first"):
        end_framework(actor=world.lead, framework=framework, last_day=date(2020, 1, 1))
    with pytest.raises(Stale):
        end_framework(actor=world.lead, framework=framework, expected_version=7)
    end_framework(actor=world.lead, framework=framework)
    with pytest.raises(Blocked, match="ended already"):
        end_framework(actor=world.lead, framework=framework)


def test_lines_become_parts(world):
    parts = parts_from_lines("1: Listen\n\nTell people: always, and in time\n7b: =1+1 🙂\n")
    assert [(part.code, part.name) for part in parts] == [
        ("1", "Listen"), ("Tell people", "always, and in time"), ("7b", "=1+1 🙂"),
    ]  # fmt: skip


def test_a_wrong_file_is_named(tmp_path: Path, world):
    (tmp_path / "bad.json").write_text(json.dumps({"key": "x", "parts": [{"kode": "1"}]}))
    with pytest.raises(CommandError, match=r"bad\.json"):
        call_command("load_frameworks", str(tmp_path))
    call_command("load_frameworks", verbosity=0)
    assert Framework.objects.count() == 3


def test_pages_and_api_say_the_same(world, signed_in, caller):
    browser = signed_in(world.lead)
    sent = {
        "name": "Local plan", "key": "local-plan", "edition": "2026", "source": "The council",
        "first_day_day": "1", "first_day_month": "4", "first_day_year": "2026",
        "parts": "1: سنیں\n2: Tell", "once": "a",
    }  # fmt: skip
    wrong = browser.post("/workspace/frameworks/new/", {**sent, "parts": ""})
    assert "Write at least one part" in wrong.content.decode()
    assert "Local plan" in wrong.content.decode()
    for _ in range(2):  # pressed twice, saved once
        led = browser.post("/workspace/frameworks/new/", sent)
    framework = Framework.objects.get()
    framework = Framework.objects.get()
    assert led["Location"] == f"/workspace/frameworks/{framework.pk}/"
    assert "سنیں" in browser.get(led["Location"]).content.decode()
    api = caller(world.lead)
    row = api.get(f"/frameworks/{framework.pk}/").json()
    assert [part["name"] for part in row["parts"]] == ["سنیں", "Tell"]
    refused = api.post("/frameworks/", {"key": "local-plan", "edition": "2026", "parts": []})
    assert refused.status_code == 400
    assert "parts_missing" in refused.content.decode()
    body = {"key": "b", "edition": "1", "name": "B", "source": "s", "first_day": "2026-01-01",
            "parts": [{"code": "1", "name": "One", "maps_to": ["local-plan/1"]}]}  # fmt: skip
    assert api.post("/frameworks/", body).status_code == 201
    assert caller(world.lead, "read").post("/frameworks/", body).status_code == 403
    assert caller(world.amina).post("/frameworks/", body).status_code == 403
    ended = api.post(f"/frameworks/{framework.pk}/end/", {"last_day": "2026-05-01"}, match='"1"')
    assert ended.status_code == 200
    assert len(api.get("/frameworks/?current=true").json()["results"]) == 1
    again = browser.post(f"/workspace/frameworks/{framework.pk}/end/", {"version": "2", "once": "b"})
    assert "ended already" in again.content.decode()
