"""One timer does all that is due once a day, and one failure forgets nothing else."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command, get_commands

from cms.management.commands import every_night
from tests.house.source import ROOT


@pytest.fixture
def ran(monkeypatch):
    """Which commands were called; the first fails."""
    names: list[str] = []

    def call(name, *given, **named):
        names.append(name)
        if name == "forget_old_keys":
            raise ValueError("Parveen Begum")

    monkeypatch.setattr(every_night, "call_command", call)
    monkeypatch.setattr(every_night, "close_old_connections", lambda: None)
    return names


def test_one_that_fails_keeps_no_other_from_running_and_is_named_at_the_end(ran, caplog):
    caplog.set_level("ERROR", logger="heard.nightly")
    with pytest.raises(CommandError, match=r"^Failed: forget_old_keys\. The others ran"):
        call_command("every_night")
    assert ran == [name for name, *_ in every_night.NIGHTLY]
    assert [record.facts for record in caplog.records] == [{"command": "forget_old_keys"}]


def test_whatever_forgets_is_done_every_night_and_each_is_a_command():
    names = {name for name, *_ in every_night.NIGHTLY}
    forgetting = {path.stem for path in ROOT.glob("*/management/commands/forget_*.py")}
    assert forgetting <= names, "Add it to NIGHTLY in cms/management/commands/every_night.py."
    assert names <= set(get_commands())


def test_what_runs_at_night_runs_on_an_installation_where_nothing_happened_yet(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    call_command("every_night")


def test_every_unit_is_written_out_and_every_timer_enabled():
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    units = set(re.findall(r"^`/etc/systemd/system/(heard-\S+)`", page, re.MULTILINE))
    enabled = set(re.search(r"enable --now (.+)", page)[1].split())
    assert {f"{name}.service" if "." not in name else name for name in enabled} <= units
    assert {unit for unit in units if unit.endswith(".timer")} <= enabled
