"""People: `/api/v1/people/`. They are searched by POST; no name ever stands in an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, text
from api.v1 import examples
from api.v1.search import Search, SearchInput
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.models import Record
from crm.languages.models import Language
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
from crm.people.flags import Flag, flags_of
from crm.people.models import ContactWay, Person, PersonHat, PersonLanguage, PersonRole, SafeContactRule
from crm.people.safety import WayAnswer, ways_of

OWN = (
    "name", "form_of_address", "pronouns", "age_band", "contact_rules", "interpreter",
    "interpreter_not_from_community", "interpreter_note", "responsible_adult", "restricted",
)  # fmt: skip
PARTS = {"ways": WayDetails, "languages": LanguageUseDetails, "roles": RoleDetails, "hats": HatDetails,
         "safe_rules": SafeRuleDetails}  # fmt: skip
WAY = ("kind", "value", "is_preferred", "do_not_use", "best_times", "is_safe", "note")
MANY = 50


class WayShape(Input):
    """One way to reach a person, or one that must not be used."""

    kind = choice(ContactWay.Kind, required=True)
    value = text(254, help_text="Number or address.")
    is_preferred = serializers.BooleanField(default=False, help_text="They prefer this.")
    do_not_use = serializers.BooleanField(default=False, help_text="It must not be used.")
    best_times = text(100, help_text="Like: after 5, not on Fridays.")
    is_safe = serializers.BooleanField(
        default=False, help_text="They say it is safe: open even where a rule closes ways of its kind."
    )
    note = text(200, help_text="Like: ask for Sam, or why not to use it.")


class LanguageShape(Input):
    """A language a person speaks, reads or signs."""

    language = Link(Language, required=True)
    use = choice(PersonLanguage.Use, required=True)
    is_preferred = serializers.BooleanField(default=False, help_text="They prefer this.")


class RoleShape(Input):
    """What a person is in a group."""

    organisation = Link(Organisation, required=True)
    role = text(100, required=True, help_text="Like chair, imam, member, volunteer.")
    first_day = serializers.DateField(required=False, allow_null=True)
    last_day = serializers.DateField(required=False, allow_null=True)


class HatShape(Input):
    """Who the person is to us, for as long as they are."""

    hat = choice(PersonHat.Hat, required=True)
    first_day = serializers.DateField(required=False, allow_null=True)
    last_day = serializers.DateField(required=False, allow_null=True)


class SafeRuleShape(Input):
    """A safe-contact rule. What it closes is told at `/people/{id}/ways/`."""

    rule = choice(SafeContactRule.Rule, required=True)
    words = text(200, help_text="In their words, if there is more to say.")


class PersonInput(Input):
    """A person. Lists are sent whole."""

    name = text(150, help_text="The name they use.")
    form_of_address = text(60, help_text="Like Mrs Begum, Haji sahib, or just Sam.")
    pronouns = text(40, help_text="If they gave them.")
    age_band = choice(Person.AgeBand)
    area = Link(Area, allow_null=True, help_text="The ward.")
    contact_rules = text(1000, help_text="What must never happen, like: never leave a message.")
    interpreter = serializers.ChoiceField(
        choices=["", *Person.Interpreter.values], required=False, help_text="Whether they want a woman or a man."
    )
    interpreter_not_from_community = serializers.BooleanField(
        required=False, help_text="The interpreter must not be from their own community."
    )
    interpreter_note = text(200, help_text="Like: not Mr Khan; ask for the same one again.")
    responsible_adult = text(150, help_text="For someone under 18.")
    restricted = serializers.BooleanField(required=False, help_text="Only named colleagues may see this person.")
    named_readers = Links(User)
    ways = serializers.ListField(child=WayShape(), required=False, max_length=MANY)
    languages = serializers.ListField(child=LanguageShape(), required=False, max_length=MANY)
    roles = serializers.ListField(child=RoleShape(), required=False, max_length=MANY)
    hats = serializers.ListField(child=HatShape(), required=False, max_length=MANY)
    safe_rules = serializers.ListField(child=SafeRuleShape(), required=False, max_length=MANY)


class LanguageOut(Output):
    """A language a person uses."""

    language = Named()
    use = serializers.CharField()
    is_preferred = serializers.BooleanField()


class RoleOut(Output):
    """What a person is in a group."""

    organisation = Named()
    role = serializers.CharField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class WayOut(Output):
    """A way to reach a person."""

    kind = serializers.CharField()
    value = serializers.CharField()
    is_preferred = serializers.BooleanField()
    do_not_use = serializers.BooleanField()
    best_times = serializers.CharField()
    is_safe = serializers.BooleanField()
    note = serializers.CharField()
    open = serializers.BooleanField(help_text="Whether it may be used at all. A purpose may close it besides.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it is closed.")
    obey = serializers.ListField(child=serializers.CharField(), help_text="What to obey when you use it.")


class HatOut(Output):
    """Who a person is to us."""

    hat = serializers.CharField()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class SafeRuleOut(Output):
    """A safe-contact rule."""

    rule = serializers.CharField()
    words = serializers.CharField()


class FlagOut(Output):
    """Something that must be got right about a person."""

    words = serializers.CharField(help_text="What to do.")
    need = serializers.CharField(help_text="The need itself, for readers who may see it.")
    about = serializers.CharField(help_text="Whose it is, when not the person's own, like: her father.")


class PersonOut(Output):
    """A person, as a list shows them: without numbers and addresses."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    form_of_address = serializers.CharField()
    pronouns = serializers.CharField()
    age_band = serializers.CharField()
    area = Named(allow_null=True)
    locality = Named(allow_null=True)
    team = Named(allow_null=True)
    contact_rules = serializers.CharField(help_text="What must never happen. Read it before you use a way.")
    get_right = FlagOut(many=True, help_text="What must be got right. Show it before anything else.")
    interpreter = serializers.CharField()
    interpreter_not_from_community = serializers.BooleanField()
    interpreter_note = serializers.CharField()
    responsible_adult = serializers.CharField()
    restricted = serializers.BooleanField()
    languages = LanguageOut(many=True)
    roles = RoleOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class PersonWhole(PersonOut):
    """A person with the ways to reach them."""

    ways = WayOut(many=True)
    hats = HatOut(many=True)
    safe_rules = SafeRuleOut(many=True)
    named_readers = Named(many=True)


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}10", "version": 1, "name": "Parveen Begum", "form_of_address": "Mrs Begum", "pronouns": "",
    "age_band": "65_79", "area": examples.EVENT["area"], "locality": examples.EVENT["locality"], "team": None,
    "contact_rules": "", "get_right": [{"words": "Never leave a voice message.", "need": "", "about": ""}],
    "interpreter": "woman", "interpreter_not_from_community": True, "interpreter_note": "", "responsible_adult": "", "restricted": False, "languages": [],
    "roles": [{"organisation": examples.GROUP, "role": "member", "first_day": None, "last_day": None}],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
PHONE = {"kind": "phone", "value": "07700 900123", "is_preferred": True, "do_not_use": False,
         "best_times": "After 6pm", "is_safe": False, "note": ""}  # fmt: skip
NO_VOICEMAIL = {"rule": "no_voicemail", "words": ""}
EXAMPLE_WHOLE = {
    **EXAMPLE,
    "ways": [{**PHONE, "open": True, "reasons": [], "obey": ["Never leave a voice message. Ring again."]}],
    "hats": [{"hat": "carer", "first_day": "2025-03-01", "last_day": None}],
    "safe_rules": [NO_VOICEMAIL],
    "named_readers": [],
}
EXAMPLE_INPUT = {"name": "Parveen Begum", "form_of_address": "Mrs Begum", "ways": [PHONE],
                 "safe_rules": [NO_VOICEMAIL]}  # fmt: skip


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With places, team, languages and groups: two queries more, however many rows."""
    return rows.select_related("area", "locality", "team").prefetch_related(
        Prefetch("language_uses", PersonLanguage.objects.select_related("language")),
        Prefetch("roles", PersonRole.objects.select_related("organisation")),
    )


def as_row(person: Person) -> Row:
    """A person as a list shows them, without what must be got right."""
    uses, roles = person.language_uses.all(), person.roles.all()
    return {
        "id": person.pk,
        "version": person.version,
        **{name: getattr(person, name) for name in OWN},
        "area": named(person.area),
        "locality": named(person.locality),
        "team": named(person.team),
        "languages": [{"language": named(u.language), "use": u.use, "is_preferred": u.is_preferred} for u in uses],
        "roles": [
            {"organisation": named(r.organisation), "role": r.role, "first_day": r.first_day, "last_day": r.last_day}
            for r in roles
        ],
        "created_at": person.created_at,
        "modified_at": person.modified_at,
    }


def as_rows(people: Sequence[Person], reader: User) -> list[Row]:
    """People with what must be got right about each, which costs the same for one as for a hundred."""
    flags = flags_of(people, reader=reader)
    return [{**as_row(person), "get_right": as_flags(flags.get(person.pk, ()))} for person in people]


def as_flags(flags: Sequence[Flag]) -> list[Row]:
    """What must be got right, as it goes out."""
    return [{"words": flag.words, "need": flag.need, "about": flag.about} for flag in flags]


def as_way(answer: WayAnswer) -> Row:
    """A way to reach a person, open or closed."""
    own = {name: getattr(answer.way, name) for name in WAY}
    return {**own, "open": answer.is_open, "reasons": list(answer.reasons), "obey": list(answer.obey)}


def details_from(values: dict[str, Any], known: dict[str, Any]) -> PersonDetails:
    """A person as the request tells them, upon what is known already."""
    told = dict(values)
    for name, shape in PARTS.items():
        if name in told:
            told[name] = [shape(**part) for part in told[name]]
    return PersonDetails(**{"name": "", **known, **told})


def known_of(person: Person) -> dict[str, Any]:
    """A person as they stand, for a change that tells only what is different."""
    return {
        **{name: getattr(person, name) for name in OWN},
        "area": person.area,
        "named_readers": list(person.named_readers.all()),
        "ways": [
            WayDetails(**{name: getattr(way, name) for name in WAY}) for way in person.ways.all()
        ],
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
        """With what must be got right."""
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
        return for_list(rows).prefetch_related("ways", "safe_rules", "hats", "named_readers")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with ways, hats, safe-contact rules and named readers."""
        if row.restricted:
            actions.read_restricted_people(actor=self.reader, people=[row])
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
        details = details_from(values, known_of(record))
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
            gives=PersonOut, example={"words": "begm"},
        )
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return as_rows(rows, self.reader)
