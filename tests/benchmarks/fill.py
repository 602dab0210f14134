# invented rows in our own tables
"""Fills a database with people and ten contacts each, as fast as the database takes rows, the same rows every time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import count, islice
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from cms.demonstration import load_pages
from crm.accounts.models import User
from crm.base.text import search_words, sound
from crm.base.writing import writing_allowed
from crm.communities.models import Community, CommunityLink
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.people.models import Person
from crm.search.indexes import drop_indexes, make_indexes
from crm.search.models import SearchDocument
from engagement.forums.actions.editions import new_edition
from engagement.forums.models import Forum, ForumOffer, OfferKind
from engagement.log.models import Contribution, EngagementEvent, Point, Promise, Reach
from tests.benchmarks.needs import fill_needs
from tests.benchmarks.seats import fill_tables
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
# Nothing here needs to survive a power cut, and every row points at one that is there.
CARELESS = {
    "postgresql": ["SET session_replication_role = replica", "SET synchronous_commit = off",
                   "SET maintenance_work_mem = '512MB'"],
    "sqlite": ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000", "PRAGMA foreign_keys = OFF"],
}  # fmt: skip
CHUNK = 5_000
OFFICERS = 40
FORUMS = 500  # in the public calendar


@dataclass(frozen=True)
class Filled:
    """What the clients need to know of the database."""

    manager: User
    people: int
    groups: list[UUID]
    persons: list[UUID]


def filled_before(people: int) -> Filled:
    """What was filled in an earlier run, brought up to today's tables."""
    _roll_up()
    manager = User.objects.get(email="manager@northbrook.example")
    groups = list(Organisation.objects.filter(name__contains=" group ").values_list("pk", flat=True))
    return Filled(manager, people, groups, list(Person.objects.order_by("pk").values_list("pk", flat=True)[:people]))


def fill(people: int) -> Filled:
    """Fill an empty, migrated database with this many people and ten contacts each."""
    for statement in CARELESS[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    chance = random.Random(people)
    world = make_world()
    with writing_allowed():
        communities = _communities()
        groups = _groups(max(20, people // 100), communities, world, chance)
        officers = [
            User.objects.create(email=f"officer{n}@bench.example", name=f"Officer {n}") for n in range(OFFICERS)
        ]
    persons = [_id(chance) for _ in range(people)]
    blank = Person(entered_by=world.amina, name="")
    _rows(blank, PERSON, (_person(pk, world, chance) for pk in persons))
    _contacts(people * 10, world, groups, persons, communities, officers, chance)
    _forums(world)
    fill_needs(world, persons, lambda: _id(chance), chance)
    fill_tables(world, persons, communities, lambda: _id(chance), chance)
    _documents()
    load_pages(lambda words: None)
    _roll_up()
    return Filled(world.manager, people, groups, persons)


def _roll_up() -> None:
    """The kept roll-up that plain SQL reads: when each community, or one in it, was last heard in the whole council and
    in each locality, by its own voice and through a group, as `hearings` answers."""
    newest = "(SELECT max(h.last_on) FROM heard h WHERE h.community_id = c.id AND h.voice = '{voice}' "
    newest += "AND (p.id IS NULL OR h.locality_id = p.id)) AS {voice}_on"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_last_heard")
        cursor.execute(
            "CREATE TABLE bench_last_heard AS WITH heard AS (SELECT l.ancestor_id AS community_id, r.locality_id, "
            "r.voice, max(r.occurred_on) AS last_on FROM engagement_reach r "
            "JOIN crm_communitylink l ON l.descendant_id = r.community_id "
            "JOIN engagement_engagementevent e ON e.id = r.event_id "
            "WHERE e.withdrawn_at IS NULL AND NOT e.restricted GROUP BY 1, 2, 3), "
            "places AS (SELECT NULL AS id UNION ALL SELECT id FROM crm_area WHERE kind = 'locality') "
            f"SELECT c.id AS community_id, p.id AS locality_id, {newest.format(voice='direct')}, "
            f"{newest.format(voice='through')} FROM crm_community c CROSS JOIN places p "
            "WHERE c.kind = 'community' AND c.merged_into_id IS NULL"
        )
        cursor.execute("ANALYZE")


def _forums(world: World) -> None:
    """A public calendar of 500 forums, each with what it offers and a topic."""
    lines = [{"key": f"offer-{n}", "name": f"Offer {n}"} for n in range(4)]
    now = timezone.now()
    with writing_allowed():
        kinds = OfferKind.objects.bulk_create(OfferKind(group="being_there", **line) for line in lines)
        forums = Forum.objects.bulk_create(
            Forum(title=f"Forum {n}", about="What would help. " * 15, on=now.date() + timedelta(days=n % 300 + 1),
                  starts=time(13, 30), ends=time(15, 30), venue=world.venue, locality=world.east, owner=world.amina,
                  state="open", was_published=True, published_at=now)
            for n in range(FORUMS)
        )  # fmt: skip
        ForumOffer.objects.bulk_create(ForumOffer(forum=forum, kind=kind) for forum in forums for kind in kinds)
        links = Forum.topics.through
        links.objects.bulk_create(links(forum=forum, topic=world.topic) for forum in forums)
        new_edition()


_counted = count(1)


def _id(chance: random.Random) -> UUID:
    """Rising as the product's own ids do (version 7): random ones would be written all over the indexes, and filling
    a million of them took SQLite most of an hour."""
    return UUID(int=next(_counted) << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62))


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


def _person(pk: UUID, world: World, chance: random.Random) -> list[Any]:
    name = f"{chance.choice(FIRST)} {chance.choice(MIDDLE)} {chance.choice(LAST)}"
    return [pk, name, *_side(world, chance)]


def _side(world: World, chance: random.Random) -> list[UUID]:
    if chance.random() < 0.5:
        return [world.east_ward.pk, world.east.pk, world.east_team.pk]
    return [world.south_ward.pk, world.south.pk, world.south_team.pk]


# Which columns differ from row to row; the others are the model's defaults.
PERSON = ("id", "name", "area_id", "locality_id", "team_id")
EVENT = ("id", "occurred_on", "logged_by_id", "area_id", "locality_id", "team_id")
PRESENT = ("id", "event_id", "person_id")
POINT = ("id", "event_id", "words")
REACH = ("event_id", "community_id", "occurred_on", "locality_id")
PROMISE = ("id", "event_id", "due_on", "owner_id", "state")
DOCUMENT = ("kind", "object_id", "prose", "key")


def _contacts(number: int, world: World, groups: list[UUID], persons: list[UUID], communities: list[Community],
              officers: list[User], chance: random.Random) -> None:  # fmt: skip
    today = date.today()  # noqa: DTZ011
    for start in range(0, number, CHUNK * 10):
        events = [
            [_id(chance), today - timedelta(days=chance.randrange(DAYS)), chance.choice(officers).pk,
             *_side(world, chance)]
            for _ in range(min(CHUNK * 10, number - start))
        ]  # fmt: skip
        _rows(EngagementEvent(), EVENT, events)
        _links(EngagementEvent.organisations.through, ((e[0], chance.choice(groups)) for e in events))
        _links(EngagementEvent.officers.through, ((e[0], e[2]) for e in events))
        both = ((e[0], {chance.choice(persons), chance.choice(persons)}) for e in events)
        _rows(Contribution(), PRESENT, ([_id(chance), event, person] for event, two in both for person in two))
        _rows(Point(), POINT, ([_id(chance), e[0], " ".join(chance.choices(WORDS, k=10))] for e in events))
        _rows(Reach(), REACH, ([e[0], chance.choice(communities).pk, e[1], e[4]] for e in events))
        _rows(Promise(words="Send the leaflet"), PROMISE, (_promise(e, chance) for e in events[::10]))


def _promise(event: list[Any], chance: random.Random) -> list[Any]:
    state = Promise.State.KEPT if chance.random() < 0.95 else Promise.State.OPEN
    return [_id(chance), event[0], event[1] + timedelta(days=14), event[2], state.value]


def _documents() -> None:
    """The search documents, made from the rows as the product makes them, those of the world's own groups anew."""
    with writing_allowed():
        SearchDocument.objects.all().delete()
    shelves: list[tuple[Any, str, str, bool]] = [
        (Person, "person", "name", False),
        (Organisation, "organisation", "name", False),
        (Point, "point", "words", True),
    ]
    drop_indexes(None, _Statements())  # to make the indexes once is far quicker than to keep them
    for model, kind, field, prose in shelves:
        words = list(model.objects.values_list("pk", field))  # read before writing: one connection does one thing
        _rows(SearchDocument(), DOCUMENT, ([kind, pk, prose, _key(said)] for pk, said in words))
    make_indexes(None, _Statements())


class _Statements:
    """What a migration runs statements with, without its look at every row of the database."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


_sound = lru_cache(maxsize=None)(sound)


def _key(words: str) -> str:
    """As search makes it; the same few words come a million times."""
    found = search_words(words)
    return " " + " ".join(dict.fromkeys([*found, *(_sound(word) for word in found if len(word) > 1)])) + " "


def _rows(blank: models.Model, names: tuple[str, ...], rows: Iterable[list[Any]]) -> None:
    """Write rows past everything but the database itself: the blank's values, and these in place of some."""
    fields = [f for f in blank._meta.concrete_fields if not isinstance(f, models.AutoField)]
    usual = [f.get_db_prep_save(f.pre_save(blank, add=True), connection) for f in fields]
    places = [[f.attname for f in fields].index(name) for name in names]
    plain = _as_it_is if connection.vendor == "postgresql" else _for_sqlite

    def filled() -> Iterator[list[Any]]:
        for row in rows:
            values = usual.copy()
            for place, value in zip(places, row, strict=True):
                values[place] = plain(value)
            yield values

    _write(blank._meta.db_table, [f.column for f in fields], filled())


def _as_it_is(value: Any) -> Any:
    return value


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


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
