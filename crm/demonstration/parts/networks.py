"""What stands around groups of the demonstration: networks, areas they serve, services, and support they were given."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago, rewrite
from crm.demonstration.sign_ins import DATA
from crm.languages.models import Language
from crm.organisations.models import NetworkMember, Organisation, Service, SupportGiven

SERVICE_WORDS = ("name", "description", "who_for", "when", "cost", "how_to_join", "status")
ASKED = 70  # of a hundred groups, so many were asked whether what we know is right
WITH_WHOM = ("the chair", "the secretary", "a trustee", "the imam", "the worker", "two members")


def load_networks(say: Say) -> None:
    """Load networks with members, areas served, services, support given, and who confirmed what we know."""
    groups = {group.name: group for group in Organisation.objects.select_related("area")}
    officers = officers_of_localities()
    chance = Chance("heard/networks")
    _load_members(groups)
    _load_areas(groups)
    services = _load_services(groups, chance, officers)
    support = _load_support(groups, chance, officers)
    _confirm(list(groups.values()), chance, officers)
    say(f"Services of groups: {services}. Support given to groups: {support}.")


def officers_of_localities() -> list[User]:
    """The officers of the localities, in the same order every time."""
    grants = RoleGrant.objects.filter(role=Role.OFFICER, locality__isnull=False).select_related("user")
    return [grant.user for grant in grants.order_by("locality__name", "user__email")]


def _load_members(groups: dict[str, Organisation]) -> None:
    lines = read_table(DATA / "networks.csv", ("network", "member", "part", "from", "until"))
    attach(
        [
            NetworkMember(
                network=groups[line["network"]],
                member=groups[line["member"]],
                part=line["part"],
                first_day=line.day("from"),
                last_day=line.day("until"),
            )
            for line in lines
        ]
    )


def _load_areas(groups: dict[str, Organisation]) -> None:
    areas = {(area.kind, area.code): area for area in Area.objects.all()}
    served = Organisation.areas_served.through
    served.objects.bulk_create(
        served(organisation_id=groups[line["group"]].pk, area_id=areas[line["kind"], line["code"]].pk)
        for line in read_table(DATA / "areas_served.csv", ("group", "kind", "code"))
    )


def _load_services(groups: dict[str, Organisation], chance: Chance, officers: list[User]) -> int:
    columns = ("group", *SERVICE_WORDS[:-1], "languages", "status", "in_directory", "confirmed_days_ago")
    lines, moment = read_table(DATA / "services.csv", columns), days_ago(450)
    services = write_new([_service(line, groups, chance, officers) for line in lines], verb=Verb.SERVICE_ADDED)
    backdate(services, [moment] * len(services))
    by_code = {language.code: language for language in Language.objects.all()}
    spoken = Service.languages.through
    spoken.objects.bulk_create(
        spoken(service_id=service.pk, language_id=by_code[code].pk)
        for service, line in zip(services, lines, strict=True)
        for code in line["languages"].split()
    )
    return len(services)


def _service(line: Line, groups: dict[str, Organisation], chance: Chance, officers: list[User]) -> Service:
    asked = line["confirmed_days_ago"]
    return Service(
        id=chance.id_at(days_ago(450)),
        organisation=groups[line["group"]],
        **{name: line[name] for name in SERVICE_WORDS},
        in_directory=line["in_directory"] == "yes",
        confirmed_on=timezone.localdate() - timedelta(days=int(asked)) if asked else None,
        confirmed_by=chance.choice(officers) if asked else None,
    )


def _load_support(groups: dict[str, Organisation], chance: Chance, officers: list[User]) -> int:
    lines = read_table(DATA / "support_given.csv", ("group", "kind", "days_ago", "words", "hours", "people"))
    moments = [days_ago(int(line["days_ago"])) for line in lines]
    rows = [
        SupportGiven(
            id=chance.id_at(moment),
            organisation=groups[line["group"]],
            kind=line["kind"],
            given_on=timezone.localdate() - timedelta(days=int(line["days_ago"])),
            words=line["words"],
            hours=Decimal(line["hours"]) if line["hours"] else None,
            people=int(line["people"]) if line["people"] else None,
            given_by=chance.choice(officers),
        )
        for line, moment in zip(lines, moments, strict=True)
    ]
    backdate(write_new(rows, verb=Verb.SUPPORT_GIVEN_ADDED), moments)
    return len(rows)


def _confirm(groups: list[Organisation], chance: Chance, officers: list[User]) -> None:
    """Most groups were asked, some of them over a year ago, and some never."""
    asked = [group for group in sorted(groups, key=lambda group: group.name) if chance.happens(ASKED)]
    for group in asked:
        group.confirmed_on = timezone.localdate() - timedelta(days=chance.randrange(5, 520))
        group.confirmed_by, group.confirmed_with = chance.choice(officers), chance.choice(WITH_WHOM)
    rewrite(asked, "confirmed_on", "confirmed_by", "confirmed_with")
