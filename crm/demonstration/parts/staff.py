"""Teams and staff accounts."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from crm.accounts.groups import keep_groups_in_step
from crm.accounts.models import RoleGrant, Team, User
from crm.areas.models import Area
from crm.audit.actions import record, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import Line
from crm.demonstration.chance import Chance
from crm.demonstration.history import days_ago
from crm.demonstration.sign_ins import PASSWORD, staff_lines

DAYS_IN_POST = 900


def load_staff(say: Say) -> None:
    """Open an account for every role, with one password for all, since it is printed anyway."""
    chance, lines = Chance("heard/staff"), staff_lines()
    began = days_ago(DAYS_IN_POST)
    names = dict.fromkeys(line["team"] for line in lines if line["team"])
    teams = write_new([Team(id=chance.id_at(began), name=name) for name in names], verb=Verb.ROLE_GIVEN)
    shared = make_password(PASSWORD)
    users = [
        User(id=chance.id_at(began), email=line["email"], name=line["name"], password=shared, is_demonstration=True)
        for line in lines
    ]
    User.objects.bulk_create(users)
    for user in users:
        record(Verb.ACCOUNT_OPENED, subject=user)
    by_name = {team.name: team for team in teams}
    places = {area.name: area for area in Area.objects.localities()}
    grants = [_grant(line, user, by_name, places) for line, user in zip(lines, users, strict=True)]
    write_new(grants, verb=Verb.ROLE_GIVEN)
    for user in users:
        keep_groups_in_step(user)
    say(f"Staff accounts: {len(users)}, in {len(teams)} teams.")


def _grant(line: Line, user: User, teams: dict[str, Team], places: dict[str, Area]) -> RoleGrant:
    return RoleGrant(
        user=user,
        role=line["role"],
        team=teams.get(line["team"]),
        locality=places.get(line["locality"]),
        first_day=timezone.localdate() - timedelta(days=DAYS_IN_POST),
    )
