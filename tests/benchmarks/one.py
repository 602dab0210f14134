"""One size on one database: fill it, serve it three ways, ask, keep the figures."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from api.pagination import list_of, sealed  # noqa: E402
from crm.areas.models import Council  # noqa: E402
from crm.base.spreadsheets import csv_answer  # noqa: E402
from crm.base.writing import writing_allowed  # noqa: E402
from crm.search.reports import likeliest  # noqa: E402
from engagement.forums.calendars.entries import Feed  # noqa: E402
from engagement.forums.calendars.writing import feed_text  # noqa: E402
from engagement.forums.models import Forum  # noqa: E402
from engagement.forums.reports.calendar_choices import WAYS_TO_CHOOSE  # noqa: E402
from engagement.forums.reports.calendars import first_day_shown, items_of, public_feed, text_of  # noqa: E402
from engagement.hearing.reports.quiet import hearings  # noqa: E402
from engagement.log.actions import export_events  # noqa: E402
from engagement.log.models import EngagementEvent  # noqa: E402
from engagement.log.reports import export_rows  # noqa: E402
from tests.benchmarks import plain  # noqa: E402
from tests.benchmarks.fill import empty_database, fill, filled_before  # noqa: E402
from tests.benchmarks.load import measure  # noqa: E402
from tests.benchmarks.operations import Asker, Operation, operations  # noqa: E402

PORTS = {"ours": 8451, "bare": 8452, "plain": 8453}
WORK = Path(settings.BASE_DIR) / "var" / "bench"
EXPORTED = 100_000


def main(vendor: str, people: int, seconds: float, *, step: str) -> None:
    """Fill, or take what was filled; measure, and write var/bench/<vendor>-<people>.json."""
    say = f"{vendor}, {people:,} people"
    started = time.perf_counter()
    empty_database()
    filled = filled_before(people) if step == "again" else fill(people)
    print(f"{say}: filled in {time.perf_counter() - started:.0f} s", flush=True)
    if step == "fill":
        return
    asker = Asker(filled)
    found: dict[str, Any] = {"vendor": vendor, "people": people, "operations": [], "export": _export(filled),
                             "calendar": _calendar(), "finding": _finding(filled)}  # fmt: skip
    connections.close_all()
    with _served("ours") as memory, _served("bare"), _served("plain"):
        for operation in operations(asker, _half_way(asker)):
            found["operations"].append(_measured(operation, seconds))
            print(f"{say}: {json.dumps(found['operations'][-1])}", flush=True)
        found["memory"] = memory()
    (WORK / f"{vendor}-{people}.json").write_text(json.dumps(found, indent=1))


def _measured(operation: Operation, seconds: float) -> dict[str, Any]:
    row: dict[str, Any] = {"name": operation.name, "target": operation.target}
    servers = {"ours": operation.ours, "bare": operation.bare, "plain": operation.plain, "kept": operation.kept}
    for server, ask in servers.items():
        if ask is None:
            continue
        for clients in operation.clients:
            port = PORTS["plain" if server == "kept" else server]
            try:
                row[f"{server} {clients}"] = vars(measure(port, ask, clients=clients, seconds=seconds))
            except RuntimeError as problem:
                row[f"{server} {clients}"] = {"error": str(problem)[:300]}
    return row


def _half_way(asker: Asker) -> str:
    """The address of a page of our API's list about half way down: where following `next` would lead."""
    day, pk = asker.far
    path = "/api/v1/engagement-events/"
    cursor = sealed([list_of(path, "-occurred_on", {}), day.isoformat(), str(pk), ""])
    return f"{path}?cursor={cursor}"


def _export(filled: Any) -> dict[str, float]:
    """Seconds for a CSV of 100,000 contacts (or all there are), as it leaves the server: ours, and the same columns by
    plain SQL through the same writer of CSV."""
    events = EngagementEvent.objects.order_by("-occurred_on", "-id")
    started = time.perf_counter()
    narrowed = export_events(actor=filled.manager, events=events)
    rows = islice(export_rows(narrowed), EXPORTED)
    lines = sum(1 for _ in csv_answer(rows, name="contacts").streaming_content) - 1  # the first is the mark of UTF-8
    ours = time.perf_counter() - started
    started = time.perf_counter()
    with connection.cursor() as cursor, open(os.devnull, "w") as nowhere:  # noqa: PTH123
        cursor.execute(_plain_export())
        csv.writer(nowhere, quoting=csv.QUOTE_ALL).writerows(cursor)
    return {"rows": lines, "ours": round(ours, 2), "plain": round(time.perf_counter() - started, 2)}


def _plain_export() -> str:
    join = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    through = "engagement_engagementevent"
    return (
        "SELECT e.id, e.occurred_on, e.kind, a.name, l.name, e.place, t.name, u.name, "
        f"(SELECT {join}(g.name, '; ') FROM {through}_organisations o JOIN crm_organisation g "
        "ON g.id = o.organisation_id WHERE o.engagementevent_id = e.id), "
        f"(SELECT {join}(c.name, '; ') FROM engagement_reach r JOIN crm_community c ON c.id = r.community_id "
        "WHERE r.event_id = e.id), "
        f"(SELECT {join}(s.name, '; ') FROM {through}_topics o JOIN engagement_topic s ON s.id = o.topic_id "
        "WHERE o.engagementevent_id = e.id), "
        f"(SELECT {join}(p.words, ' | ') FROM engagement_point p WHERE p.event_id = e.id), "
        f"(SELECT {join}(p.words, ' | ') FROM engagement_promise p WHERE p.event_id = e.id), e.withdrawn_reason "
        f"FROM {through} e LEFT JOIN crm_area a ON a.id = e.area_id LEFT JOIN crm_area l ON l.id = e.locality_id "
        "LEFT JOIN crm_team t ON t.id = e.team_id JOIN crm_user u ON u.id = e.logged_by_id "
        f"WHERE NOT e.restricted ORDER BY e.occurred_on DESC, e.id DESC LIMIT {EXPORTED}"
    )


def _calendar() -> dict[str, float]:
    """Milliseconds of the public calendar: made afresh from the database after one forum changed, the same in a process
    that has made none before, and its text alone, from entries in memory; the middle of nine, in turns."""
    chosen = WAYS_TO_CHOOSE["all"]("forums")
    forum = Forum.objects.public().order_by("pk")[:1]
    titles = count(1)

    def afresh() -> Feed:
        feed = public_feed(chosen, uid="bench", address="")
        feed_text(feed)
        return feed

    entries = items_of(Forum.objects.public().filter(on__gte=first_day_shown()), Council.objects.first())
    plain_feed = replace(afresh(), items=entries)

    def changed() -> None:
        with writing_allowed():
            Forum.objects.filter(pk__in=forum).update(title=f"Changed {next(titles)}")

    return {
        "forums": len(entries),
        "afresh": _middle(afresh, before=changed),
        "first": _middle(afresh, before=text_of.cache_clear),
        "text": _middle(lambda: feed_text(plain_feed)),
    }


def _finding(filled: Any) -> list[dict[str, Any]]:
    """Milliseconds of finding without the request around it, in this process: ours, with who may see what and in order
    of likelihood, and the plain query. The rest of a search is signing in and telling what was found. When communities
    were last heard is beside reading a kept roll-up of the same answer."""
    asked = (("a person", "person", "kamir", plain.people), ("a point", "point", "respite", plain.points))
    heard = {"what": "when each community was last heard, in each locality,", "ours": _middle(hearings, places=2),
             "plain": _middle(lambda: plain.rolled_up({}), places=2)}  # fmt: skip
    found = [
        {
            "what": what,
            "ours": _middle(lambda: likeliest(words, reader=filled.manager, kind=kind), places=2),  # noqa: B023
            "plain": _middle(lambda: ask({"name": words}), places=2),  # noqa: B023
        }
        for what, kind, words, ask in asked
    ]
    return [*found, heard]


def _middle(work: Callable[[], object], places: int = 1, before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of the middle one of nine; what is done `before` each does not count."""
    taken = []
    for _ in range(9):
        before()
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return round(sorted(taken)[4] * 1000, places)


@contextmanager
def _served(server: str) -> Iterator[Any]:
    """gunicorn with two workers; gives a function that tells its memory in MiB."""
    application = "tests.benchmarks.plain" if server == "plain" else "tests.benchmarks.wsgi"
    which = "tests.benchmarks.bare_settings" if server == "bare" else "tests.benchmarks.settings"
    command = [sys.executable, "-m", "gunicorn", "-c", "settings/gunicorn.py", f"{application}:application",
               "--bind", f"127.0.0.1:{PORTS[server]}", "--workers", "2", "--threads", "4"]  # fmt: skip
    process = subprocess.Popen(
        command, env={**os.environ, "BENCH_SETTINGS": which, "MALLOC_ARENA_MAX": "2"}, cwd=settings.BASE_DIR
    )
    try:
        _wait(PORTS[server])
        yield lambda: _memory(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
            continue
        return
    raise RuntimeError(f"Nothing answers at port {port}.")


def _memory(master: int) -> float:
    """Proportional set size of the master and its workers, MiB (/proc, Linux)."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    total = 0
    for pid in [str(master), *children]:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return round(total / 1024, 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), step=sys.argv[4])
