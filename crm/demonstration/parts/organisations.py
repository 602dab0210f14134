"""Groups and organisations, invented, in real wards."""

from __future__ import annotations

from datetime import timedelta

from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.communities.models import Community
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.sign_ins import DATA
from crm.languages.models import Language
from crm.organisations.models import Organisation, OrganisationCommunity

COLUMNS = ("name", "kind", "parent", "ward", "place", "languages", "relations", "description", "good_to_know")


def organisation_lines() -> list[Line]:
    """The groups, as the file tells them."""
    return read_table(DATA / "organisations.csv", COLUMNS)


def load_organisations(say: Say) -> None:
    """Load groups with their wards, parents, languages, and how each stands to its communities."""
    lines, chance = organisation_lines(), Chance("heard/organisations")
    wards = {ward.name: ward for ward in Area.objects.wards()}
    began = days_ago(700)
    made: dict[str, Organisation] = {}
    for number, line in enumerate(lines):
        values = {name: line[name] for name in ("name", "kind", "place", "description", "good_to_know")}
        made[line["name"]] = Organisation(
            id=chance.id_at(began),
            parent=made[line["parent"]] if line["parent"] else None,
            area=wards[line["ward"]],
            phone=f"+44121496{200 + number:04}" if chance.happens(80) else "",
            email=f"hello@group{number + 1}.example" if chance.happens(60) else "",
            **values,
        )
    groups = write_new(list(made.values()), verb=Verb.ORGANISATION_ADDED)
    moments = [began + timedelta(days=chance.randrange(120)) for _ in groups]
    backdate(groups, moments)
    communities = {community.name: community for community in Community.objects.all()}
    attach([link for line in lines for link in _relations(line, made, communities)])
    _languages(lines, made)
    say(f"Groups and organisations: {len(groups)}.")


def _relations(
    line: Line, made: dict[str, Organisation], communities: dict[str, Community]
) -> list[OrganisationCommunity]:
    pairs = [relation.split(":") for relation in line["relations"].split(";")]
    return [
        OrganisationCommunity(organisation=made[line["name"]], community=communities[name], relation=relation)
        for relation, name in pairs
    ]


def _languages(lines: list[Line], made: dict[str, Organisation]) -> None:
    by_code = {language.code: language for language in Language.objects.all()}
    spoken = Organisation.languages.through
    spoken.objects.bulk_create(
        spoken(organisation_id=made[line["name"]].pk, language_id=by_code[code].pk)
        for line in lines
        for code in line["languages"].split()
    )
