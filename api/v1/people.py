"""People: `/api/v1/people/`. They are searched by POST; no name ever stands in an address."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from api.problems import Fault, Problem, pointer_of
from api.v1.people_shapes import (
    EXAMPLE,
    EXAMPLE_INPUT,
    EXAMPLE_WHOLE,
    OWN,
    PARTS,
    WAY,
    PersonInput,
    PersonOut,
    PersonWhole,
)
from api.v1.search import Search, SearchInput
from api.views import Collection, Item, Operation, Row, named
from crm.accounts.models import User
from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.models import Record
from crm.base.together import asks_of_parts, load_together
from crm.organisations.models import Organisation
from crm.people import actions, permissions
from crm.people.details import (
    HatDetails,
    LanguageUseDetails,
    PersonDetails,
    RoleDetails,
    SafeRuleDetails,
    WayDetails,
)
from crm.people.filters import PersonFilter
from crm.people.flags import Flag, asked_of_flags, flags_of
from crm.people.loading import flag_parts
from crm.people.marks import mark_restricted_people
from crm.people.models import Person, PersonRole
from crm.people.safety import WayAnswer, ways_of

NO_GROUP = "Say which group. A role in a group that you may not open is sent back as you read it, and stays."
PLACES = ("area", "locality", "team")
PLACE_NAMES = {f"{place}_name": F(f"{place}__name") for place in PLACES}


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With places, team, languages, groups and what must be got right: one query more, however many rows."""
    named_places: Any = rows.annotate(**PLACE_NAMES)
    with_all: QuerySet[Any] = named_places.with_parts(*_parts())
    return with_all


def _parts() -> tuple[str, ...]:
    return "language_uses__language", "roles__organisation", *flag_parts


@kept
def _people(reader: Actor, ids: tuple[UUID, ...]) -> QuerySet[Any]:
    return Person.objects.visible_to(reader).filter(pk__in=ids).annotate(**PLACE_NAMES).order_by()


def as_row(person: Person, known: Many[Any]) -> Row:
    """A person as a list shows them, without what must be got right; `known` are the groups the reader may open."""
    uses = person.language_uses.all()
    return {
        "id": person.pk,
        "version": person.version,
        **{name: getattr(person, name) for name in OWN},
        **{place: _place(person, place) for place in PLACES},
        "languages": [{"language": named(u.language), "use": u.use, "is_preferred": u.is_preferred} for u in uses],
        "roles": [_role(role, known) for role in person.roles.all()],
        "created_at": person.created_at,
        "modified_at": person.modified_at,
    }


def _place(person: Any, place: str) -> Row | None:
    pk = getattr(person, f"{place}_id")
    return {"id": pk, "name": getattr(person, f"{place}_name")} if pk else None


def _role(role: PersonRole, known: Many[Any]) -> Row:
    group = {"id": role.organisation_id if role.organisation_id in known else None, "name": role.organisation.name}
    return {"organisation": group, "role": role.role, "first_day": role.first_day, "last_day": role.last_day}


def _groups_known(people: Sequence[Person], reader: User) -> set[Any]:
    return Organisation.objects.seen_among(reader, {role.organisation_id for p in people for role in p.roles.all()})


def as_rows(people: Sequence[Person], reader: User) -> list[Row]:
    """People with what must be got right about each, which costs the same for one as for a hundred. For champions one
    query more: which of their groups they may open."""
    flags, known = flags_of(people, reader=reader), _groups_known(people, reader)
    return [{**as_row(person, known), "get_right": as_flags(flags.get(person.pk, ()))} for person in people]


def with_flags(rows: Sequence[Row], people: Sequence[Person | None], reader: User) -> list[Row]:
    """Rows that each name a person (or nobody), with what must be got right about them: at most 2 queries, however many
    rows. `people` are those the reader may see, in the order of the rows."""
    known = [person for person in people if person is not None]
    flags = flags_of(known, reader=reader) if known else {}
    return [
        {**row, "get_right": as_flags(flags.get(person.pk, ()) if person else ())}
        for row, person in zip(rows, people, strict=True)
    ]


def as_flags(flags: Sequence[Flag]) -> list[Row]:
    """What must be got right, as it goes out."""
    return [{"words": flag.words, "need": flag.need, "about": flag.about} for flag in flags]


def as_way(answer: WayAnswer) -> Row:
    """A way to reach a person, open or closed."""
    own = {name: getattr(answer.way, name) for name in WAY}
    return {**own, "open": answer.is_open, "reasons": list(answer.reasons), "obey": list(answer.obey)}


def details_from(values: dict[str, Any], known: dict[str, Any], unseen: Sequence[RoleDetails] = ()) -> PersonDetails:
    """A person as the request tells them, upon what is known already. `unseen` are their roles in groups that the
    reader may not open."""
    told = dict(values)
    if "roles" in told:
        told["roles"] = _with_groups(told["roles"], unseen)
    for name, shape in PARTS.items():
        if name in told:
            told[name] = [shape(**part) for part in told[name]]
    return PersonDetails(**{"name": "", **known, **told})


def _with_groups(roles: Sequence[Row], unseen: Sequence[RoleDetails]) -> list[Row]:
    """The roles that name their group. One without must be just what was read: the action keeps it as it stands."""
    read = {(role.role, role.first_day, role.last_day) for role in unseen}
    told = [(role["role"], role.get("first_day"), role.get("last_day")) for role in roles]
    faults = [
        Fault("group_missing", NO_GROUP, pointer_of("roles", place, "organisation"))
        for place, role in enumerate(roles)
        if role["organisation"] is None and told[place] not in read
    ]
    if faults:
        raise Problem(400, detail=NO_GROUP, faults=faults)
    return [role for role in roles if role["organisation"] is not None]


def known_of(person: Person) -> dict[str, Any]:
    """A person as they stand, for a change that tells only what is different."""
    return {
        **{name: getattr(person, name) for name in OWN},
        "area": person.area,
        "named_readers": list(person.named_readers.all()),
        "ways": [WayDetails(**{name: getattr(way, name) for name in WAY}) for way in person.ways.all()],
        "languages": [
            LanguageUseDetails(u.language, u.use, is_preferred=u.is_preferred)
            for u in person.language_uses.select_related("language")
        ],
        "roles": [
            RoleDetails(r.organisation, r.role, first_day=r.first_day, last_day=r.last_day)
            for r in person.roles.select_related("organisation")
        ],
        "hats": [HatDetails(hat.hat, hat.first_day, hat.last_day) for hat in person.hats.all()],
        "safe_rules": [SafeRuleDetails(rule.rule, rule.words) for rule in person.safe_rules.all()],
    }


class People(Collection):
    """People, those added last first."""

    model = Person
    item_name = "person"
    filter_class = PersonFilter
    permissions_by_method = {"GET": permissions.read_people, "POST": permissions.add_person}
    operations = {
        "GET": Operation(
            "List people", "Without numbers and addresses: those are read one person at a time.", gives=PersonOut,
            example=EXAMPLE,
        ),
        "POST": Operation(
            "Add a person", "Only the name they use must be given.", takes=PersonInput, status=201,
            example=EXAMPLE_INPUT,
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """With what must be got right; whoever is shown restricted people leaves a mark."""
        mark_restricted_people(self.reader, rows)
        return as_rows(rows, self.reader)

    def create(self, values: dict[str, Any]) -> Record:
        """Add them."""
        return actions.add_person(actor=self.reader, details=details_from(values, {}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class PersonItem(Item):
    """One person."""

    model = Person
    item_name = "person"
    permissions_by_method = {"GET": permissions.read_people, "PATCH": permissions.change_person}
    operations = {
        "GET": Operation("Read a person", "With the ways to reach them.", gives=PersonWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation(
            "Change a person", "Send what is different. Lists are sent whole.", takes=PersonInput,
            example={"contact_rules": "Never leave a message"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows, and what `ways_of` reads."""
        with_list: Any = for_list(rows)
        with_all: QuerySet[Any] = with_list.with_parts("ways", "hats", "named_readers")
        return with_all

    def represent_one(self, row: Any) -> Row:
        """As in the list, with ways, hats, safe-contact rules and named readers."""
        mark_restricted_people(self.reader, [row])
        (whole,) = as_rows([row], self.reader)
        return {
            **whole,
            "ways": [as_way(answer) for answer in ways_of(row).ways],
            "hats": [{"hat": h.hat, "first_day": h.first_day, "last_day": h.last_day} for h in row.hats.all()],
            "safe_rules": [{"rule": rule.rule, "words": rule.words} for rule in row.safe_rules.all()],
            "named_readers": [named(reader) for reader in row.named_readers.all()],
        }

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change them."""
        known, seen = known_of(record), _groups_known([record], self.reader)
        details = details_from(values, known, [role for role in known["roles"] if role.organisation.pk not in seen])
        return actions.change_person(
            actor=self.reader, person=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class PeopleSearch(Search):
    """Find a person by their name."""

    model = Person
    kind = "person"
    permissions_by_method = {"POST": permissions.read_people}
    operations = {
        "POST": Operation(
            "Find a person", "By name, however it is spelt: Muhamad finds Mohammed.", takes=SearchInput,
            gives=PersonOut, example={"words": "begm"}, answer=EXAMPLE,
        )
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def asks(self, ids: tuple[UUID, ...]) -> list[tuple[Any, ...]]:
        """Those whom the reader may see, their parts and what must be got right."""
        parts = asks_of_parts(Person, ids, *_parts())
        return [(_people, self.reader, ids), parts, *asked_of_flags(self.reader, ids)]

    def found(self, ids: tuple[UUID, ...]) -> list[Any]:
        """With the parts that were asked beside."""
        found: list[Any] = _people(self.reader, ids)
        load_together(found, *_parts())
        return found

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return as_rows(rows, self.reader)
