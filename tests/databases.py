"""Test databases made from a template: the 200 migrations run once, every test run and every worker gets a copy.

The template's name holds a fingerprint of all migrations, so a new migration makes a new template.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

TEMPLATES = Path(settings.VAR_DIR) / "test-templates"
OURS = ("crm", "engagement", "cms", "api")
emptied = Event()  # set when a test has emptied the tables
# Two checkouts whose tests run at once on one server name their databases in DATABASE_URL; templates then keep apart.
PREFIX = f"{Path(str(settings.DATABASES['default']['NAME'])).stem.replace('-', '_')}_template_"
THEIRS = ("django", "wagtail", "wagtail-localize", "django-allauth", "django-tasks-db")


def fingerprint() -> str:
    """What the tables are made from: our migrations' text and the versions of the libraries that bring their own."""
    found = hashlib.sha256()
    for app in OURS:
        for file in sorted((Path(settings.BASE_DIR) / app / "migrations").glob("*.py")):
            found.update(file.read_bytes())
    found.update(str([version(name) for name in THEIRS]).encode())
    return found.hexdigest()[:12]


def fresh_if_emptied() -> None:
    """A new copy of the template when a test that committed has left its own rows behind."""
    if emptied.is_set():
        copy_template()
        emptied.clear()


_looked: tuple[Any, int] = (None, 0)  # the connection, and how many rows it had written when its links were looked at


def written_since_last_asked(opened: Any) -> bool:
    """Whether this connection wrote a row since this was asked last. PostgreSQL does not count them; it knows itself
    which links it has yet to look at."""
    global _looked
    if opened.vendor != "sqlite":
        return True
    before, _looked = _looked, (opened.connection, opened.connection.total_changes)
    return before != _looked


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several workers start at once; the first makes the template and the others wait."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{connection.vendor}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def copy_template() -> None:
    """Make this worker's test database a fresh copy of the template, whatever was in it."""
    facts = connection.settings_dict
    target = str(facts["TEST"]["NAME"] or f"test_{facts['NAME']}")
    connections.close_all()
    with one_at_a_time():
        copy = _copy_sqlite if connection.vendor == "sqlite" else _copy_postgresql
        copy(target)
    facts["TEST"]["NAME"] = facts["NAME"] = settings.DATABASES["default"]["NAME"] = target


def sqlite_template() -> Path:
    """The migrated, empty SQLite database; made now if nobody has."""
    with one_at_a_time():
        return _sqlite_template()


def _sqlite_template() -> Path:
    template = TEMPLATES / f"{PREFIX}{fingerprint()}.sqlite3"
    if not template.exists():
        for old in TEMPLATES.glob(f"{PREFIX}*"):
            old.unlink()
        making = template.with_suffix(".making")
        making.unlink(missing_ok=True)
        _migrate(f"sqlite:///{making}")
        making.rename(template)
    return template


def _copy_sqlite(target: str) -> None:
    template = _sqlite_template()
    # A new file in its place: whoever has the old one open still, in another thread, writes into the old one.
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(template, target)


def _postgresql_template(server: psycopg.Connection[Any]) -> str:
    """The name of the migrated, empty database; made now if nobody has."""
    template = f"{PREFIX}{fingerprint()}"
    if not _exists(server, template):
        for (old,) in server.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX]):
            _drop(server, old)
        making = f"{template}_making"
        _drop(server, making)
        server.execute(sql.SQL("create database {}").format(sql.Identifier(making)))
        _migrate(_postgresql_address(making))
        rename = sql.SQL("alter database {} rename to {}")
        server.execute(rename.format(sql.Identifier(making), sql.Identifier(template)))
    return template


def _copy_postgresql(target: str) -> None:
    with _maintenance() as server:
        template = _postgresql_template(server)
        _drop(server, target)
        make = sql.SQL("create database {} template {}")
        server.execute(make.format(sql.Identifier(target), sql.Identifier(template)))


def _maintenance() -> psycopg.Connection[Any]:
    """A connection to the server's own database: one cannot drop the database one is in."""
    facts = connection.settings_dict
    return psycopg.connect(
        host=facts["HOST"] or None,
        port=facts["PORT"] or None,
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _postgresql_address(name: str) -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def _migrate(address: str) -> None:
    """Run every migration on a database. Raises CalledProcessError with what it said."""
    made = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"The test database could not be made:\n{made.stdout}{made.stderr}")


def drop_copy() -> None:
    """Take the copy away when the run is over; the template stays."""
    target = connection.settings_dict["NAME"]
    connections.close_all()
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{target}{suffix}").unlink(missing_ok=True)
    else:
        with _maintenance() as server:
            _drop(server, target)


def make_template() -> None:
    """Make the template of this database before any test asks, so that no worker waits idle for the other."""
    with one_at_a_time():
        if connection.vendor == "sqlite":
            _sqlite_template()
            return
        with _maintenance() as server:
            _postgresql_template(server)


if __name__ == "__main__":
    import django

    django.setup()
    make_template()
