"""Only actions write: what opens the lock, what saves, and that the lock holds."""

from __future__ import annotations

import ast

import pytest

from crm.base.writing import WroteOutsideAction
from engagement.log.models import Topic
from tests.house.source import APPS, excepted, is_actions, name_of, nodes, sources

OPENS_THE_LOCK = {
    "crm/base/writing.py": "the lock itself",
    "crm/audit/actions.py": "opens it for every action",
    "crm/accounts/replay.py": "remembers a request before its action runs, so that a repeated one changes nothing",
    "api/authentication.py": "when a key was last used: no change that anybody makes",
}
SAVES = {
    **OPENS_THE_LOCK,
    "crm/base/models.py": "the lock in front of Django's own methods",
    "crm/audit/models.py": "saves an audit row once and never again",
    "crm/accounts/models/users.py": "makes an account; only actions and Django's own command call it",
    "crm/accounts/terms.py": "lets a champion's role follow the term, inside the action that changes the appointment",
    "crm/areas/localities.py": "keeps stored localities, inside the action that corrects the groupings",
    "engagement/log/localities.py": "keeps the localities of who was reached, inside the same action",
    "crm/search/upkeep.py": "keeps search documents, inside the action that changed the record",
    "crm/demonstration/": "parts of the demonstration, inside the one action that loads it",
    "engagement/demonstration/": "parts of the demonstration, inside the one action that loads it",
    "cms/": "Wagtail's content: its own writes are the named exception to the first sentence of the house",
}
ALWAYS_A_WRITE = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES = {*ALWAYS_A_WRITE, "save", "delete", "update", "create"}
ROWS = (".objects", "_default_manager", ".filter(", ".exclude(", ".all()", "visible_to(")


def test_only_actions_open_the_lock():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources(*APPS)
        if not excepted(path, OPENS_THE_LOCK)
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.alias)
        and (node.id if isinstance(node, ast.Name) else node.name) == "writing_allowed"
    ]
    assert not found, (
        f"writing_allowed() opened in {found}. Make the change in an action, where permission, rules and audit are."
    )


def test_only_actions_save():
    found = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call.func)}()"
        for path in sources(*APPS)
        if not is_actions(path) and not excepted(path, SAVES)
        for call in nodes(path)
        if isinstance(call, ast.Call) and _writes(call)
    ]
    assert not found, f"Saved outside an action: {found}. Move the change into the room's actions.py and call it."


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    method, on = call.func.attr, ast.unparse(call.func.value)
    if method in ALWAYS_A_WRITE:
        return True
    if method == "save":  # a form's or a view's own `save` is called on `self`
        return on not in ("self", "super()")
    if method == "delete":
        return on != "super()" and not on.endswith(("cache", "headers"))
    if method in ("update", "create"):
        return any(part in on for part in ROWS)
    return False


@pytest.mark.django_db
def test_a_record_refuses_to_be_saved_outside_an_action(world):
    for attempt in (
        lambda: Topic(name="Parking").save(),
        world.topic.delete,
        lambda: Topic.objects.update(name="Parking"),
        lambda: Topic.objects.all().delete(),
        lambda: Topic.objects.bulk_create([Topic(name="Parking")]),
        lambda: Topic.objects.create(name="Parking"),
    ):
        with pytest.raises(WroteOutsideAction):
            attempt()
    assert [topic.name for topic in Topic.objects.all()] == ["Carers"]
