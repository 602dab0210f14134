"""Whether this installation can serve: each check says what it waits for, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from crm.base import static
from crm.base.registries import Registry

readiness_checks: Registry[Callable[[], str]] = Registry("readiness checks")
_settled: set[str] = set()


def what_is_not_ready() -> list[str]:
    """What is still missing, in words; empty when all is there. A check that once passed is not asked again."""
    waiting = []
    for name in readiness_checks.names():
        if name in _settled:
            continue
        try:
            missing = readiness_checks[name]()
        except DatabaseError:
            missing = "the database"
        if missing:
            waiting.append(missing)
            break
        _settled.add(name)
    return waiting


def migrations_applied() -> str:
    """Says "the database to be set up" while a migration is missing."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "the database to be set up" if plan else ""


readiness_checks.add("migrations", migrations_applied)
readiness_checks.add("static files", static.missing)
