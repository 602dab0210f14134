# invented rows in our own tables
"""Fills a database with people and ten contacts each, as fast as the database takes rows, the same rows every time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection, models

from cms.demonstration import load_pages
from crm.accounts.models import User
from crm.base.text import search_key
from crm.base.writing import writing_allowed
from crm.communities.models import Community, CommunityLink
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.people.models import Person
from crm.search.models import SearchDocument
from engagement.log.models import Contribution, EngagementEvent, Point, Promise, Reach
from tests.world import World, make_world

FIRST = ["Amina", "Mohammed", "Parveen", "Grace", "Yusuf", "Selam", "Ioana", "Wei", "Fatima", "Daniel", "Marta", "Abdi"]
MIDDLE = [f"{a}{b}" for a in ("Ba", "Ka", "Li", "Mo", "Ra", "Sa", "Ta", "Zu", "Ne", "Do") for b in ("ran", "lik", "mir",
          "dou", "sha", "von", "tek", "wan")]  # fmt: skip
LAST = [
    "Begum",
    "Khan",
    "Ali",
    "Popescu",
    "Diallo",
    "Tesfaye",
    "Smith",
    "Kowalska",
    "Hussain",
    "Chen",
    "Warsame",
    "Jones",
]
WORDS = [
    "carer",
    "respite",
    "bus",
    "transport",
    "leaflet",
    "interpreter",
    "evening",
    "forum",
    "children",
    "hospital",
    "discharge",
    "letter",
    "phone",
    "garden",
    "lonely",
    "meals",
    "benefits",
    "housing",
    "repairs",
    "doctor",
    "dentist",
    "prayer",
    "women",
    "school",
    "signing",
    "Easy",
    "Read",
    "waiting",
    "list",
    "budget",
    "payment",
    "support",
    "worker",
    "day",
    "centre",
    "club",
]
DAYS = 540
CHUNK = 5_000
OFFICERS = 40


@dataclass(frozen=True)
class Filled:
    """What the clients need to know of the database."""

    world: World
    people: int
    groups: list[UUID]
    persons: list[UUID]


def fill(people: int) -> Filled:
    """Fill an empty, migrated database with this many people and ten contacts each."""
    chance = random.Random(people)
    world = make_world()
    with writing_allowed():
        communities = _communities()
        groups = _groups(max(20, people // 100), communities, world, chance)
        officers = [
            User.objects.create(email=f"officer{n}@bench.example", name=f"Officer {n}") for n in range(OFFICERS)
        ]
    persons = [_id(chance) for _ in range(people)]
    _rows(Person, (_person(pk, world, chance) for pk in persons))
    _contacts(people * 10, world, groups, persons, communities, officers, chance)
    _documents()
    load_pages(lambda words: None)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_last_heard AS SELECT community_id, max(occurred_on) AS last_on "
                       "FROM engagement_reach WHERE voice = 'direct' GROUP BY community_id")  # fmt: skip
        cursor.execute("ANALYZE")
    return Filled(world, people, groups, persons)


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _communities() -> list[Community]:
    rows = Community.objects.bulk_create(Community(name=f"Community {n}") for n in range(60))
    CommunityLink.objects.bulk_create(CommunityLink(ancestor=row, descendant=row, depth=0) for row in rows)
    return rows


def _groups(number: int, communities: list[Community], world: World, chance: random.Random) -> list[UUID]:
    rows = Organisation.objects.bulk_create(
        [Organisation(id=_id(chance), name=f"{chance.choice(MIDDLE)} group {n}", area=world.east_ward)
         for n in range(number)], batch_size=500)  # fmt: skip
    OrganisationCommunity.objects.bulk_create(
        [OrganisationCommunity(organisation=row, community=chance.choice(communities), relation="led_by")
         for row in rows], batch_size=500)  # fmt: skip
    return [row.pk for row in rows]


def _person(pk: UUID, world: World, chance: random.Random) -> Person:
    east = chance.random() < 0.5
    return Person(
        id=pk,
        name=f"{chance.choice(FIRST)} {chance.choice(MIDDLE)} {chance.choice(LAST)}",
        area=world.east_ward if east else world.south_ward,
        locality=world.east if east else world.south,
        team=world.east_team if east else world.south_team,
        entered_by=world.amina,
    )


def _contacts(number: int, world: World, groups: list[UUID], persons: list[UUID], communities: list[Community],
              officers: list[User], chance: random.Random) -> None:  # fmt: skip
    today = date.today()  # noqa: DTZ011
    for start in range(0, number, CHUNK * 10):
        events = [_event(world, officers, today, chance) for _ in range(min(CHUNK * 10, number - start))]
        _rows(EngagementEvent, events)
        _links(EngagementEvent.organisations.through, ((e.pk, chance.choice(groups)) for e in events))
        _links(EngagementEvent.officers.through, ((e.pk, e.logged_by_id) for e in events))
        _rows(Contribution, _present(events, persons, chance))
        _rows(Point, (_point(event, chance) for event in events))
        _rows(Reach, (Reach(event=e, community=chance.choice(communities), occurred_on=e.occurred_on) for e in events))
        _rows(Promise, (_promise(e, chance) for e in events[::10]))


def _present(events: list[EngagementEvent], persons: list[UUID], chance: random.Random) -> Iterator[Contribution]:
    for event in events:
        for person in {chance.choice(persons), chance.choice(persons)}:
            yield Contribution(id=_id(chance), event=event, person_id=person)


def _event(world: World, officers: list[User], today: date, chance: random.Random) -> EngagementEvent:
    east = chance.random() < 0.5
    return EngagementEvent(
        id=_id(chance),
        occurred_on=today - timedelta(days=chance.randrange(DAYS)),
        area=world.east_ward if east else world.south_ward,
        locality=world.east if east else world.south,
        team=world.east_team if east else world.south_team,
        logged_by=chance.choice(officers),
    )


def _point(event: EngagementEvent, chance: random.Random) -> Point:
    return Point(id=_id(chance), event=event, words=" ".join(chance.choices(WORDS, k=10)))


def _promise(event: EngagementEvent, chance: random.Random) -> Promise:
    due = event.occurred_on + timedelta(days=14)
    state = Promise.State.KEPT if chance.random() < 0.95 else Promise.State.OPEN
    return Promise(id=_id(chance), event=event, words="Send the leaflet", due_on=due, owner_id=event.logged_by_id,
                   state=state)  # fmt: skip


def _documents() -> None:
    """The search documents, made from the rows as the product makes them."""
    shelves: list[tuple[Any, str, str, bool]] = [
        (Person, "person", "name", False),
        (Organisation, "organisation", "name", False),
        (Point, "point", "words", True),
    ]
    for model, kind, field, prose in shelves:
        words = list(model.objects.values_list("pk", field))  # read before writing: one connection does one thing
        _rows(SearchDocument, (SearchDocument(kind=kind, object_id=pk, key=search_key(said), prose=prose)
                               for pk, said in words))  # fmt: skip


def _rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows past everything but the database itself."""
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    _write(model._meta.db_table, [f.column for f in fields], (
        [f.get_db_prep_save(f.pre_save(row, add=True), connection) for f in fields] for row in rows
    ))  # fmt: skip


def _links(through: Any, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    left, right = [f.column for f in through._meta.concrete_fields if f.is_relation]
    plain = (lambda pk: pk) if connection.vendor == "postgresql" else (lambda pk: pk.hex)
    _write(through._meta.db_table, [left, right], ([plain(a), plain(b)] for a, b in pairs))


def _write(table: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
    names, waiting = ", ".join(f'"{column}"' for column in columns), iter(rows)
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in waiting:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    while chunk := list(islice(waiting, CHUNK)):
        connection.connection.execute("BEGIN IMMEDIATE")
        connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)
        connection.connection.commit()


def empty_database() -> None:
    """The tables, and nothing in them."""
    call_command("migrate", verbosity=0)
