"""Every action: keyword-only, with an actor and a permission of its own name; refused, undone and audited as one."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models.signals import post_delete
from django.test.utils import CaptureQueriesContext

from api.v1.urls import urlpatterns
from api.views import Collection
from crm.audit.actions import ACTIONS, after_writing
from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.permissions import PERMISSIONS, Refused
from crm.erasing.models import Gone
from tests import grounds
from tests.house.calls import CALLS, ELSEWHERE, Call
from tests.house.source import APPS, ROOT, is_actions, name_of, nodes, sources
from tests.world import World

MACHINERY = "crm/audit/actions.py"
# Reading that is itself audited is an action too, and stands with the reports it makes.
ALSO = {"crm/audit/reports.py": "reading the trail is written to the trail"}
FILES = [path for path in sources(*APPS) if (is_actions(path) or name_of(path) in ALSO) and name_of(path) != MACHINERY]


def _module(path) -> Any:
    return importlib.import_module(name_of(path).removesuffix("/__init__.py").removesuffix(".py").replace("/", "."))


def _own_functions(module: Any) -> dict[str, Callable[..., Any]]:
    return {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    }


FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: value for path in FILES for name, value in _own_functions(_module(path)).items()
}
MADE = sorted(name for name, value in FUNCTIONS.items() if getattr(value, "is_action", False))


def test_no_action_stands_anywhere_else():
    assert set(ACTIONS) == set(MADE), "An action outside actions.py: move it, or name the file in ALSO with its reason."


def called() -> set[str]:
    """Every name that an action's file, or an app's start, uses."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in [*FILES, *(ROOT / app / "apps.py" for app in APPS if (ROOT / app / "apps.py").exists())]
        for node in nodes(file)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def test_what_stands_in_actions_is_an_action_or_helps_one():
    """What apps.py puts into a registry helps the action that walks it (what goes along when communities merge)."""
    used = called()
    stray = [
        f"{name_of(path)}: {name}"
        for path in FILES
        if is_actions(path)
        for name, function in _own_functions(_module(path)).items()
        if not (getattr(function, "is_action", False) or name.startswith("_") or name in used)
    ]
    assert not stray, (
        f"{stray}: public, no action, and no action calls it. Decorate it with @action(permissions.<its name>), or "
        "move it to where it is used."
    )


def _permissions_of(room: str) -> list[Any]:
    """The room's permissions: one file, or a folder of them."""
    package = importlib.import_module(f"{room}.permissions")
    inner = pkgutil.iter_modules(getattr(package, "__path__", []))
    return [package, *(importlib.import_module(f"{package.__name__}.{one.name}") for one in inner)]


def test_an_action_is_keyword_only_takes_an_actor_and_has_a_permission_of_its_name():
    wrong = [f"{name}: {why}" for name in MADE for why in _wrong_with(name)]
    assert MADE
    assert not wrong, "\n".join(wrong)


def _wrong_with(name: str) -> Iterator[str]:
    function = FUNCTIONS[name]
    parameters = inspect.signature(function).parameters
    if "actor" not in parameters:
        yield "takes no actor."
    if {p.kind for p in parameters.values()} != {inspect.Parameter.KEYWORD_ONLY}:
        yield "takes something without its name: begin with `*`."
    room = re.sub(r"\.(actions|reports)(\..*)?$", "", function.__module__)
    permission = next((getattr(module, name) for module in _permissions_of(room) if hasattr(module, name)), None)
    if permission is None:
        yield f"{room}/permissions.py has no {name}."
    elif ACTIONS[name] is not permission or PERMISSIONS[name] is not permission.row:
        yield f"asks for another permission than {room}/permissions.py says."


def test_every_action_is_tried_by_these_guards():
    missing = sorted(set(MADE) - set(CALLS) - set(ELSEWHERE))
    assert not missing, f"Say in tests/house/calls.py how to call {missing}, so that the guards below can."


@pytest.fixture(scope="module", params=sorted(set(MADE) & set(CALLS)))
def name(request: pytest.FixtureRequest) -> str:
    """An action that these guards call."""
    return str(request.param)


@pytest.fixture(scope="module")
def prepared(name: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Call]:
    """Who may call it and with what, once for the tests of one action: what it is about takes longest to make."""
    with grounds.with_more(django_db_blocker) as world:
        yield CALLS[name](world)


@pytest.fixture
def call(prepared: Call, world: World) -> Call:
    """The same as objects of the test's own, because actions change those they are given."""
    return deepcopy(prepared, {id(SYSTEM): SYSTEM})


@pytest.fixture
def vanished():
    """The kinds and ids of records deleted during a test, of those that lists of the API tell changes of."""
    views = {getattr(pattern.callback, "cls", object) for pattern in urlpatterns}
    listed = {view.model for view in views if issubclass(view, Collection) and view.tells_changes}
    gone: list[tuple[str, Any]] = []

    def note(sender: Any, instance: Any, **about: Any) -> None:
        if sender in listed:
            gone.append((sender._meta.model_name, instance.pk))

    post_delete.connect(note)
    yield gone
    post_delete.disconnect(note)


def test_an_action_leaves_an_audit_event(name, call, vanished):
    actor, details = call
    before = AuditEvent.objects.count()
    FUNCTIONS[name](actor=actor, **details)
    told = set(Gone.objects.values_list("kind", "id"))
    assert told >= set(vanished), f"{name} deletes what copies elsewhere keep: take_away() tells them that it is gone."
    made = list(AuditEvent.objects.order_by("at", "id"))[before:]
    assert made, f"{name} changed something and nobody would know. Use write() or record()."
    assert {event.actor_id for event in made} == {actor.pk}, "Somebody else stands in the trail."
    assert len({event.correlation for event in made}) == 1


# They read, or note what allauth wrote, and write that down: the trail is the last thing written, and the only one.
ONLY_READ = {name for name in MADE if name.startswith(("export_", "read_"))}
ONLY_READ |= {"take_pool", "take_felt_links", "note_sign_in_change"}


def test_an_action_that_fails_after_writing_leaves_nothing(name, call):
    actor, details = call

    def fail(written: Any) -> None:
        raise ZeroDivisionError("after everything was written")

    after_writing.add("guard", fail)
    try:
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            with pytest.raises(ZeroDivisionError):
                FUNCTIONS[name](actor=actor, **details)
            written = tables_written(captured)
            after = rows_of(written)
            transaction.set_rollback(True)
    finally:
        after_writing._entries.pop("guard")
    assert written or name in ONLY_READ, f"{name} wrote nothing: this guard cannot see whether it is one transaction."
    assert after == rows_of(written), f"{name} is not one transaction."


@pytest.mark.once
def test_an_action_refuses_whoever_its_row_refuses_and_writes_nothing(name, call, world):
    _, details = call
    row = PERMISSIONS[name]
    refused = {who: user for who, user in world.everybody().items() if not row.open_to(user)}
    assert refused or row.public, f"Nobody of the cast is refused {name}."
    with CaptureQueriesContext(connection) as captured:
        for user in refused.values():
            with pytest.raises(Refused):
                FUNCTIONS[name](actor=user, **details)
    assert not tables_written(captured)
    if not row.public:
        assert not row.open_to(AnonymousUser())


WRITES = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


def tables_written(captured: CaptureQueriesContext) -> set[str]:
    """The tables that these queries wrote to, whatever became of it."""
    return {found[1] for query in captured.captured_queries if (found := WRITES.match(query["sql"]))}


def rows_of(tables: set[str]) -> dict[str, list[Any]]:
    """Every row of these tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found
