"""What is measured: each operation as Heard's users ask for it, and the same work of the references."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client

from crm.accounts.actions import make_token
from engagement.log.models import EngagementEvent
from tests.benchmarks.fill import Filled
from tests.benchmarks.load import Asking

TODAY = str(date.today())  # noqa: DTZ011
JSON = {"Content-Type": "application/json"}
CALENDAR = "/calendars/all/forums.ics"
SAID = "Nobody told us a carer can get help too."


@dataclass(frozen=True)
class Operation:
    """An operation, and how each server is asked for it; a server that has no counterpart is left out."""

    name: str
    ours: Asking
    bare: Asking | None = None
    plain: Asking | None = None
    kept: Asking | None = None  # plain SQL of a kept roll-up or of fixed bytes, where the target speaks of it
    target: str = ""
    clients: tuple[int, ...] = field(default=(1, 8))


@dataclass
class Asker:
    """Who asks: a manager with a token and a session, over what was filled in."""

    filled: Filled
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        manager = self.filled.manager
        _, key = make_token(actor=manager, name="bench", scope="log", days=1)
        self.token = {"Authorization": f"Bearer {key}", **JSON}
        browser = Client()
        browser.force_login(manager)
        browser.get("/workspace/contacts/new/")
        cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
        self.csrf = cookies["csrftoken"]
        self.session = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        far = EngagementEvent.objects.newest_first()[self.filled.people * 5 : self.filled.people * 5 + 1]
        self.far = far.values_list("occurred_on", "pk").get()

    def group(self) -> str:
        return str(self.chance.choice(self.filled.groups))

    def person(self) -> str:
        return str(self.chance.choice(self.filled.persons))

    def plain_id(self, pk: Any) -> str:
        return str(pk) if connection.vendor == "postgresql" else str(pk).replace("-", "")

    def get(self, path: Callable[[], str] | str, headers: dict[str, str] | None = None) -> Asking:
        return lambda: ("GET", path() if callable(path) else path, b"", headers or {})


def operations(asker: Asker, deep: str) -> list[Operation]:
    """Every operation of the targets. `deep` is the address of a page of our list half way down."""
    return [
        *_writing(asker),
        *_lists(asker, deep),
        *_pages(asker),
        *_finding(asker),
        *_calendar(asker),
        *_whole_table(asker),
        *_tables(asker),
        *_needs(asker),
    ]


def _writing(asker: Asker) -> list[Operation]:
    manager = asker.filled.manager
    numbers = count(1)

    def ours() -> tuple[str, str, bytes, dict[str, str]]:
        body = {"kind": "in_person", "occurred_on": TODAY, "organisations": [asker.group()],
                "people": list({asker.person(), asker.person()}), "points": [{"words": SAID}]}  # fmt: skip
        headers = {**asker.token, "Idempotency-Key": str(uuid4())}
        return "POST", "/api/v1/engagement-events/", json.dumps(body).encode(), headers

    def page() -> tuple[str, str, bytes, dict[str, str]]:
        group = asker.group()
        told = {"csrfmiddlewaretoken": asker.csrf, "key": str(uuid4()), "met": group, "when": "today",
                "kind": "in_person", "promised": "no",
                "words": f"{SAID} {next(numbers)}"}  # fmt: skip  # the same words twice would be asked about, not saved
        headers = {**asker.session, "Content-Type": "application/x-www-form-urlencoded"}
        return "POST", "/workspace/contacts/new/", urlencode(told).encode(), headers

    def bare() -> tuple[str, str, bytes, dict[str, str]]:
        present = [{"person": pk} for pk in {asker.person(), asker.person()}]
        body = {"kind": "in_person", "occurred_on": TODAY, "logged_by": str(manager.pk), "points": [{"words": SAID}],
                "organisations": [asker.group()], "contributions": present}  # fmt: skip
        return "POST", "/events/", json.dumps(body).encode(), JSON

    def plain() -> tuple[str, str, bytes, dict[str, str]]:
        people = [asker.plain_id(pk) for pk in {asker.person(), asker.person()}]
        body = {"officer": asker.plain_id(manager.pk), "people": people, "words": SAID}
        return "POST", "/created", json.dumps(body).encode(), {}

    return [
        Operation("log a contact, API", ours, bare, plain, target="bare ≥ 0.5; ≤ 16 queries"),
        Operation("log a contact, page", page, bare, plain, target="p95 ≤ 3 × the API's"),
    ]


def _lists(asker: Asker, deep: str) -> list[Operation]:
    day, pk = asker.far
    far = f"/newest?day={day}&id={asker.plain_id(pk)}"
    group = asker.get(lambda: f"/api/v1/engagement-events/?organisation={asker.group()}", asker.token)
    bare = asker.get(lambda: f"/events/?organisation={asker.group()}")
    plain = asker.get(lambda: f"/listed?organisation={asker.plain_id(asker.group())}")
    return [
        Operation("list 25 of one group, API", group, bare, plain, target="bare ≥ 0.6; ≤ 6 queries"),
        Operation("list 25, API", asker.get("/api/v1/engagement-events/", asker.token), asker.get("/events/"),
                  asker.get("/newest"), target="bare ≥ 0.6"),
        Operation("list 25, half way down, API", asker.get(deep, asker.token), asker.get("/events/"), asker.get(far),
                  target="first and deep page within 1.3 ×"),
    ]  # fmt: skip


def _pages(asker: Asker) -> list[Operation]:
    def person() -> str:
        return asker.person()

    half = "bare ≥ 0.5; ≤ 15 queries"
    same = f"?bytes={len(Client().get('/en/').content)}"
    return [
        Operation("list page", asker.get("/workspace/contacts/", asker.session), asker.get("/page/"), target=half),
        Operation("group page", asker.get(lambda: f"/workspace/groups/{asker.group()}/", asker.session),
                  asker.get(lambda: f"/group/{asker.group()}/"), target=half),
        Operation("person page", asker.get(lambda: f"/workspace/people/{person()}/", asker.session),
                  asker.get(lambda: f"/person/{person()}/"), target=half),
        Operation("home", asker.get("/workspace/", asker.session), asker.get("/page/"), target=half),
        Operation("public page", asker.get("/en/"), asker.get(f"/fixed/{same}"), None, asker.get(f"/fixed{same}"),
                  target="cached: bare ≥ 0.5; first build ≤ 30 queries"),
    ]  # fmt: skip


def _finding(asker: Asker) -> list[Operation]:
    def search(where: str, words: str) -> Asking:
        body = json.dumps({"words": words}).encode()
        return lambda: ("POST", f"/api/v1/{where}/search/", body, asker.token)

    return [
        Operation("find a person by part of a name", search("people", "kamir"),
                  asker.get("/people/?name=kamir"), asker.get("/people?name=kamir"), target="p95 ≤ 6 × plain"),
        Operation("find a point by its words", search("points", "respite"),
                  None, asker.get("/points?name=respite"), target="p95 ≤ 6 × plain"),
    ]  # fmt: skip


def _calendar(asker: Asker) -> list[Operation]:
    has_it = {"If-None-Match": Client().get(CALENDAR).headers["ETag"]}
    fixed, kept = asker.get("/fixed/"), asker.get("/fixed")
    return [
        Operation("calendar of 500 forums, unchanged", asker.get(CALENDAR, has_it), fixed, None, kept,
                  target="about a bare response"),
        Operation("calendar of 500 forums, kept", asker.get(CALENDAR, {"Accept-Encoding": "gzip"}), fixed, None, kept),
    ]  # fmt: skip


def _whole_table(asker: Asker) -> list[Operation]:
    home = asker.get("/workspace/", asker.session)
    return [
        Operation("when each community was last heard (home)", home, None, asker.get("/last_heard"),
                  asker.get("/rolled_up"), target="kept roll-up within 3 ×"),
        Operation("who we hear from, 12 months, API", asker.get("/api/v1/reports/hearing/", asker.token), None,
                  asker.get("/heard_grid"), target="plain within 3 ×", clients=(1,)),
    ]  # fmt: skip


def _tables(asker: Asker) -> list[Operation]:
    """Panels and champions: as many members as people, at most ten thousand, and 500 champions."""
    page, token, few = asker.session, asker.token, "≤ 15 queries"
    return [
        Operation("who is at all tables, page", asker.get("/workspace/panels/table/", page), None,
                  asker.get("/tables"), target=few, clients=(1,)),
        Operation("coverage grid, page", asker.get("/workspace/champions/coverage/", page), None, None, target=few,
                  clients=(1,)),
        Operation("list 25 memberships, API", asker.get("/api/v1/memberships/", token), target="≤ 6 queries"),
        Operation("list 25 appointments, API", asker.get("/api/v1/appointments/", token), target="≤ 6 queries"),
    ]  # fmt: skip


def _needs(asker: Asker) -> list[Operation]:
    """What people need: half as many needs as people, three outcomes each."""
    page, token = asker.session, asker.token
    return [
        Operation("list of needs, page", asker.get("/workspace/access-needs/", page), target="≤ 15 queries"),
        Operation("list 25 needs, API", asker.get("/api/v1/access-needs/", token), target="≤ 6 queries"),
        Operation("report on access needs, page", asker.get("/workspace/reports/access/", page), target="≤ 15 queries",
                  clients=(1,)),
        Operation("whom nobody asked, page", asker.get("/workspace/people/?nobody_asked=true", page),
                  target="≤ 15 queries", clients=(1,)),
    ]  # fmt: skip
