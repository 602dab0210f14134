# every name in these statements is ours
"""The same work in plain SQL under WSGI: as fast as this machine and this database can."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import psycopg

ADDRESS = os.environ["DATABASE_URL"]
POSTGRESQL = ADDRESS.startswith("postgres")
_kept = threading.local()


def connection() -> Any:
    """One connection a thread."""
    found = getattr(_kept, "connection", None)
    if found is None and POSTGRESQL:
        found = psycopg.connect(ADDRESS, autocommit=True)
    elif found is None:
        found = sqlite3.connect(ADDRESS.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        found.execute("PRAGMA journal_mode=WAL")
        found.execute("PRAGMA synchronous=NORMAL")
    _kept.connection = found
    return found


def ask(statement: str, *values: Any) -> list[Any]:
    """Run a statement written with ? marks."""
    cursor = connection().execute(statement.replace("?", "%s") if POSTGRESQL else statement, values)
    return list(cursor.fetchall()) if cursor.description else []


COLUMNS = "e.id, e.kind, e.occurred_on, e.place, p.words"
NEWEST = "ORDER BY e.occurred_on DESC, e.id DESC LIMIT 25"
JOINED = "JOIN engagement_point p ON p.event_id = e.id"


def listed(asked: dict[str, str]) -> Any:
    """25 contacts of one group, by key."""
    after = "AND (e.occurred_on, e.id) < (?, ?)" if "day" in asked else ""
    values = [asked["organisation"], *([asked["day"], asked["id"]] if after else [])]
    return ask(
        f"SELECT {COLUMNS} FROM engagement_engagementevent_organisations o "
        f"JOIN engagement_engagementevent e ON e.id = o.engagementevent_id {JOINED} "
        f"WHERE o.organisation_id = ? {after} {NEWEST}",
        *values,
    )


def newest(asked: dict[str, str]) -> Any:
    """25 contacts of the whole table, by key."""
    after = "WHERE (e.occurred_on, e.id) < (?, ?)" if "day" in asked else ""
    values = [asked["day"], asked["id"]] if after else []
    return ask(f"SELECT {COLUMNS} FROM engagement_engagementevent e {JOINED} {after} {NEWEST}", *values)


def people(asked: dict[str, str]) -> Any:
    """Ten people by part of a name, through the same trigram index."""
    like = f"%{asked['name']}%"
    if POSTGRESQL:
        return ask(
            "SELECT object_id, key FROM crm_searchdocument WHERE NOT prose AND kind = 'person' AND key LIKE ? LIMIT 10",
            like,
        )
    return ask(
        "SELECT d.object_id, d.key FROM crm_search_names n JOIN crm_searchdocument d ON d.id = n.rowid "
        "WHERE n.key LIKE ? AND d.kind = 'person' LIMIT 10",
        like,
    )


def points(asked: dict[str, str]) -> Any:
    """Ten points by a word in them, through the same trigram index."""
    like = f"%{asked['name']}%"
    if POSTGRESQL:
        return ask("SELECT object_id, key FROM crm_searchdocument WHERE prose AND key LIKE ? LIMIT 10", like)
    return ask(
        "SELECT d.object_id, d.key FROM crm_search_prose n JOIN crm_searchdocument d ON d.id = n.rowid "
        "WHERE n.key LIKE ? LIMIT 10",
        like,
    )


def last_heard(asked: dict[str, str]) -> Any:
    """When each community was last heard, live from the whole table."""
    return ask("SELECT community_id, max(occurred_on) FROM engagement_reach WHERE voice = 'direct' GROUP BY 1")


def heard_grid(asked: dict[str, str]) -> Any:
    """Contacts of the last year by community and locality, direct and through a group, live."""
    since = str(date.today() - timedelta(days=364))  # noqa: DTZ011
    return ask(
        "SELECT l.ancestor_id, r.locality_id, count(DISTINCT r.event_id), "
        "count(DISTINCT CASE WHEN r.voice = 'direct' THEN r.event_id END) "
        "FROM engagement_reach r JOIN crm_communitylink l ON l.descendant_id = r.community_id "
        "JOIN engagement_engagementevent e ON e.id = r.event_id "
        "WHERE r.occurred_on >= ? AND e.withdrawn_at IS NULL AND NOT e.restricted GROUP BY 1, 2",
        since,
    )


def tables(asked: dict[str, str]) -> Any:
    """Members of each panel by locality and lived experience, and by declared community, live."""
    sits = ("FROM crm_membership m JOIN crm_person p ON p.id = m.person_id WHERE m.last_day IS NULL "
            "AND m.role <> 'substitute'")  # fmt: skip
    places = ask(f"SELECT m.panel_id, p.locality_id, m.lived_experience, count(DISTINCT m.person_id) {sits} "
                 "GROUP BY 1, 2, 3")  # fmt: skip
    said = ask("SELECT m.panel_id, d.community_id, count(DISTINCT m.person_id) FROM crm_membership m "
               "JOIN crm_declaredcommunity d ON d.person_id = m.person_id AND d.withdrawn_on IS NULL "
               "WHERE m.last_day IS NULL GROUP BY 1, 2")  # fmt: skip
    return [*places, *said]


def rolled_up(asked: dict[str, str]) -> Any:
    """What `hearings` answers, from a kept roll-up: when each was last heard in the council and in each locality, by
    its own voice and through a group, with its name and the rhythm set for it."""
    return ask(
        "SELECT h.community_id, c.name, c.rhythm_days, h.locality_id, h.direct_on, h.through_on, r.rhythm_days "
        "FROM bench_last_heard h JOIN crm_community c ON c.id = h.community_id "
        "LEFT JOIN crm_communityrhythm r ON r.community_id = h.community_id "
        "AND (r.locality_id = h.locality_id OR (r.locality_id IS NULL AND h.locality_id IS NULL))"
    )


def created(asked: dict[str, str]) -> Any:
    """A contact with two participants and a point."""
    sent = json.loads(asked["body"])
    ident, now = (str if POSTGRESQL else lambda u: u.hex), "2026-01-01 00:00:00"
    event = ident(uuid4())
    run = connection()
    run.execute("BEGIN" if POSTGRESQL else "BEGIN IMMEDIATE")
    blank: dict[str, Any] = dict.fromkeys(("place", "met_in_words", "follow_up", "withdrawn_reason"), "")
    insert("engagement_engagementevent", {**blank, "id": event, "created_at": now, "modified_at": now, "version": 1,
           "kind": "in_person", "occurred_on": str(date.today()), "logged_by_id": sent["officer"],  # noqa: DTZ011
           "restricted": False})  # fmt: skip
    for person in sent["people"]:
        insert("engagement_contribution", {"id": ident(uuid4()), "created_at": now, "modified_at": now, "version": 1,
               "event_id": event, "person_id": person})  # fmt: skip
    blank = dict.fromkeys(("translation", "translator", "authority"), "")
    insert("engagement_point", {**blank, "id": ident(uuid4()), "created_at": now, "modified_at": now, "version": 1,
           "event_id": event, "position": 1, "words": sent["words"], "wording": "paraphrase", "kind": "concern",
           "voice": "own", "quoting": "not_asked"})  # fmt: skip
    run.execute("COMMIT")
    return event


def insert(table: str, row: dict[str, Any]) -> None:
    """One row."""
    marks = ", ".join("?" * len(row))
    ask(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


DOORS: dict[str, Callable[[dict[str, str]], Any]] = {
    "/listed": listed, "/newest": newest, "/people": people, "/points": points, "/last_heard": last_heard,
    "/heard_grid": heard_grid, "/tables": tables, "/rolled_up": rolled_up, "/created": created,
    "/healthz": lambda asked: "ok",
    "/fixed": lambda asked: "x" * int(asked.get("bytes", 6000)),
}  # fmt: skip


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The server."""
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    if environ["REQUEST_METHOD"] == "POST":
        asked["body"] = environ["wsgi.input"].read().decode()
    body = json.dumps(DOORS[environ["PATH_INFO"]](asked), default=str).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
