"""Champions in every locality, with a gap that only the grid shows: somebody stands for the Somali community, and in
the East, where only a group speaks for it, nobody does any more. And three people in bodies that govern."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.champions.models import Appointment, GovernanceRole, Influence, Learning
from crm.communities.models import Community
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.sign_ins import DATA
from crm.people.models import Person

COLUMNS = ("name", "email", "kind", "locality", "communities", "began_days_ago", "ends_in_days", "hours", "may_decide",
           "reason", "learning")  # fmt: skip
GOVERNING = (
    ("expert", "Safeguarding Adults Board", 500, None, (
        (320, "The board's letters begin with who to ring, and say it in one line."),
        (60, "People may bring somebody to the first talk about a concern."),
    )),
    ("role_model", "Carers' strategy group", 300, None, (
        (110, "Carers are asked for the hours they can come before a date is set."),
    )),
    ("leader", "Review of direct payments", 620, 80, (
        (240, "The form about direct payments went from eleven pages to three."),
    )),
)  # fmt: skip


def load_champions(say: Say) -> None:
    """Load them; after people."""
    lines, chance = read_table(DATA / "champions.csv", COLUMNS), Chance("heard/champions")
    today = timezone.localdate()
    appointments = _appointments(lines, chance, today)
    learnt = [one for appointment, line in zip(appointments, lines, strict=True) for one in
              _learning(appointment, line, chance, today)]  # fmt: skip
    write_new(learnt, verb=Verb.LEARNING_ADDED)
    say(f"Champions: {len(appointments)}, with {len(learnt)} things learnt. Roles in governance: {_governing(today)}.")


def _appointments(lines: list[Line], chance: Chance, today: date) -> list[Appointment]:
    places = {area.name: area for area in Area.objects.localities()}
    accounts = {user.email: user for user in User.objects.filter(email__in=[line["email"] for line in lines])}
    grants = {grant.user_id: grant for grant in RoleGrant.objects.filter(role=Role.CHAMPION)}
    officers = {grant.locality_id: grant.user for grant in
                RoleGrant.objects.filter(role=Role.OFFICER).select_related("user").order_by("-id")}  # fmt: skip
    made, moments = [], [days_ago(int(line["began_days_ago"])) for line in lines]
    for line, moment in zip(lines, moments, strict=True):
        user = accounts.get(line["email"])
        place = places[line["locality"]]
        last = today + timedelta(days=int(line["ends_in_days"]))
        over = last < today
        appointment = Appointment(
            id=chance.id_at(moment), kind=line["kind"], name=line["name"], locality=place, user=user,
            grant=_ends_with(grants.get(user.pk) if user else None, last),
            first_day=today - timedelta(days=int(line["began_days_ago"])), last_day=last,
            hours_a_month=int(line["hours"]), may_decide=line["may_decide"], ended_reason=line["reason"],
            handed_over_to=officers.get(place.pk) if over else None, handed_over_on=last if over else None,
        )  # fmt: skip
        made.append(appointment)
    backdate(write_new(made, verb=Verb.APPOINTMENT_MADE), moments)
    _stand_for(made, lines)
    return made


def _ends_with(grant: RoleGrant | None, last_day: date) -> RoleGrant | None:
    """The role in Heard ends with the term."""
    if grant is not None:
        grant.last_day = last_day
        grant.save(update_fields=["last_day"])
    return grant


def _stand_for(appointments: list[Appointment], lines: list[Line]) -> None:
    known = {community.name: community for community in Community.objects.all()}
    through: Any = Appointment.communities.through
    rows = [
        through(appointment=appointment, community=known[name])
        for appointment, line in zip(appointments, lines, strict=True)
        for name in (line["communities"].split(";") if line["communities"] else ())
    ]
    through.objects.bulk_create(rows)


def _learning(appointment: Appointment, line: Line, chance: Chance, today: date) -> list[Learning]:
    """Each as the file tells it: kind, days ago, hours, words, with whom."""
    found = []
    for told in line["learning"].split(";") if line["learning"] else ():
        kind, days, hours, words, other = told.split(":")
        happened = today - timedelta(days=int(days))
        found.append(
            Learning(
                id=chance.id_at(days_ago(int(days))),
                appointment=appointment,
                kind=kind,
                happened_on=happened,
                hours=hours,
                words=words,
                other=other,
            )
        )
    return found


def _governing(today: date) -> int:
    """Three people with what came out differently because they spoke."""
    chance, lines = Chance("heard/governing"), []
    adults = (Person.AgeBand.ADULT, Person.AgeBand.OLDER)
    people = Person.objects.filter(restricted=False, stopped_on=None, age_band__in=adults, roles__isnull=False)
    chosen = people.order_by("pk").distinct()[: len(GOVERNING)]
    roles, moments = [], []
    for person, (kind, body, began, ended, influenced) in zip(chosen, GOVERNING, strict=True):
        last = today - timedelta(days=ended) if ended else None
        role = GovernanceRole(id=chance.id_at(days_ago(began)), person=person, kind=kind, body=body,
                              first_day=today - timedelta(days=began), last_day=last)  # fmt: skip
        roles.append(role)
        moments.append(days_ago(began))
        lines += [Influence(role=role, happened_on=today - timedelta(days=days), words=words)
                  for days, words in influenced]  # fmt: skip
    backdate(write_new(roles, verb=Verb.GOVERNANCE_ROLE_ADDED), moments)
    attach(lines)
    return len(roles)
