"""Themes that people named, and six projects at different stages: a felt level below the declared one among them, and a
community that stayed quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.communities.models import Community
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.panels.models import Panel
from crm.people.models import Person
from engagement.coproduction.projects.actions.projects import load_ladder
from engagement.coproduction.projects.files import shipped_ladder
from engagement.coproduction.projects.models import (
    FeltRound,
    FeltTally,
    LevelDeclared,
    Project,
    ProjectPerson,
    ProjectStage,
    Rung,
    Stage,
)
from engagement.coproduction.themes.models import Theme, ThemeNesting, ThemePoint
from engagement.demonstration.lists import DATA
from engagement.log.models import Point

THEMES = ("name", "parent", "merged_into", "locality", "named_days_ago", "ended_days_ago", "reason", "phrases", "about")
PROJECTS = ("name", "locality", "owner", "days_ago", "ends_in", "stage", "level", "budget", "themes", "communities",
            "panels", "groups", "people", "left", "felt", "question", "can_change", "cannot_change")  # fmt: skip
MOST_POINTS, MOST_ALIKE = 90, 6  # of one theme, and of those so many in the same words
TAKES = 12  # so many days until somebody puts a point into its theme
STAGES = list(Stage)
ROUND_ENDED, ROUND_RAN = 30, 21  # days ago; for so many days


@dataclass
class Together:
    """Makes themes and projects, always the same."""

    today: date
    chance: Chance = field(default_factory=lambda: Chance("heard/together"))
    users: dict[str, User] = field(default_factory=lambda: {user.email: user for user in User.objects.all()})
    places: dict[str, Area] = field(default_factory=lambda: {area.name: area for area in Area.objects.localities()})
    themes: dict[str, Theme] = field(default_factory=dict)

    def day(self, ago: int) -> date:
        """So many days ago."""
        return self.today - timedelta(days=ago)

    def theme(self, line: Line) -> Theme:
        """One theme."""
        ended = int(line["ended_days_ago"]) if line["ended_days_ago"] else None
        made = Theme(
            id=self.chance.id_at(days_ago(int(line["named_days_ago"]))),
            name=line["name"],
            about=line["about"],
            parent=self.themes.get(line["parent"]),
            locality=self.places.get(line["locality"]),
            owner=self._keeper(line["locality"]),
            opened_on=self.day(int(line["named_days_ago"])),
        )
        if ended is not None:
            made.state, made.merged_into = Theme.State.MERGED, self.themes[line["merged_into"]]
            made.closed_on, made.closed_reason = self.day(ended), line["reason"]
        self.themes[made.name] = made
        return made

    def _keeper(self, locality: str) -> User:
        return self.users[f"officer.{locality.lower() or 'city'}@heard.example"]

    def gathered(self, line: Line, points: Sequence[Point]) -> list[ThemePoint]:
        """The points whose words hold one of the theme's phrases, since some days after they were said; of a merged
        theme, in the other one from that day on."""
        theme, phrases = self.themes[line["name"]], line["phrases"].split("|") if line["phrases"] else []
        fits = (point for point in points if any(phrase in point.words for phrase in phrases))
        rows, known = [], Counter[str]()
        for point in islice(fits, MOST_POINTS):
            known[point.words] += 1
            if known[point.words] > MOST_ALIKE:
                continue
            since = max(theme.opened_on, point.event.occurred_on + timedelta(days=self.chance.randrange(1, TAKES)))
            if since > (theme.closed_on or self.today):
                continue
            rows.append(self._row(theme, point, since, theme.closed_on))
            if theme.merged_into is not None and theme.closed_on is not None:
                rows.append(self._row(theme.merged_into, point, theme.closed_on, came_from=theme))
        return rows

    def _row(self, theme: Theme, point: Point, since: date, until: date | None = None, came_from: Any = None) -> Any:
        moment = days_ago((self.today - since).days)
        return ThemePoint(
            id=self.chance.id_at(moment), theme=theme, point=point, since=since, until=until, came_from=came_from,
            gathered_by=theme.owner,
        )  # fmt: skip

    def project(self, line: Line, rungs: dict[str, Rung]) -> Project:
        """One project at its stage."""
        began = self.day(int(line["days_ago"]))
        return Project(
            id=self.chance.id_at(days_ago(int(line["days_ago"]))),
            owner=self.users[line["owner"]],
            locality=self.places.get(line["locality"]),
            opened_on=began,
            ends_by=self.today + timedelta(days=int(line["ends_in"])),
            budget_open=Decimal(line["budget"]),
            level=rungs[line["level"]],
            level_declared_on=began,
            stage=line["stage"],
            **{name: line[name] for name in ("name", "question", "can_change", "cannot_change")},
        )

    def stages(self, project: Project) -> list[ProjectStage]:
        """Every stage until the one it is at, evenly spread."""
        passed = STAGES[: STAGES.index(Stage(project.stage)) + 1]
        step = (self.today - project.opened_on) // len(passed)
        return [
            ProjectStage(project=project, stage=stage, since=project.opened_on + step * number, moved_by=project.owner)
            for number, stage in enumerate(passed)
        ]

    def people(self, line: Line, project: Project, near: Sequence[Person]) -> list[ProjectPerson]:
        """Who takes part, and the first of them who left, with the reason they gave."""
        parts, left = list(ProjectPerson.Part), [because for because in line["left"].split("|") if because]
        rows = []
        for number, person in enumerate(self.chance.sample(list(near), k=min(int(line["people"]), len(near)))):
            first = project.opened_on + timedelta(days=self.chance.randrange(7, 40))
            row = ProjectPerson(
                id=self.chance.id_at(days_ago((self.today - first).days)), project=project, person=person,
                part=parts[number % 3], first_day=first,
            )  # fmt: skip
            if number < len(left):
                row.last_day, row.left_because = first + timedelta(days=60), left[number]
            rows.append(row)
        return rows


def load_together(say: Say) -> None:
    """The ladder, the themes with their points, and the projects."""
    load_ladder(actor=SYSTEM, lines=shipped_ladder())
    together = Together(timezone.localdate())
    say(f"Themes: {_load_themes(together)}.")
    say(f"Projects: {_load_projects(together)}.")


def _load_themes(together: Together) -> str:
    lines = read_table(DATA / "themes.csv", THEMES)
    themes = [together.theme(line) for line in lines]
    write_new(themes, verb=Verb.THEME_ADDED)
    backdate(themes, [_at(together, theme.opened_on) for theme in themes])
    attach([ThemeNesting(theme=theme, parent=theme.parent, since=theme.opened_on) for theme in themes if theme.parent])
    rows = _points_of(together, lines)
    write_new(rows, verb=Verb.POINTS_GATHERED)
    backdate(rows, [_at(together, row.since) for row in rows])
    return f"{len(themes)}, with {len(rows)} points"


def _points_of(together: Together, lines: Iterable[Line]) -> list[ThemePoint]:
    """Newest said first, of contacts that stand and that everybody may count; each pair of theme and point once."""
    readable = Point.objects.standing().filter(event__restricted=False).select_related("event")
    points = list(readable.order_by("-event__occurred_on", "id"))
    found: dict[tuple[Any, Any, Any], ThemePoint] = {}
    for line in lines:
        for row in together.gathered(line, points):
            found.setdefault((row.theme.pk, row.point.pk, row.until), row)
    return list(found.values())


def _load_projects(together: Together) -> int:
    lines = read_table(DATA / "projects.csv", PROJECTS)
    rungs = {rung.key: rung for rung in Rung.objects.all()}
    projects = [together.project(line, rungs) for line in lines]
    write_new(projects, verb=Verb.PROJECT_OPENED)
    backdate(projects, [_at(together, project.opened_on) for project in projects])
    attach([LevelDeclared(project=one, rung=one.level, declared_on=one.opened_on, declared_by=one.owner)
            for one in projects])  # fmt: skip
    attach([stage for project in projects for stage in together.stages(project)])
    for line, project in zip(lines, projects, strict=True):
        _link(together, line, project)
        _ask(together, line, project, rungs)
    return len(projects)


def _link(together: Together, line: Line, project: Project) -> None:
    names = {name: line[name].split("|") for name in ("themes", "communities", "panels")}
    project.themes.set([together.themes[name] for name in names["themes"]])
    communities = list(Community.objects.filter(name__in=names["communities"]).order_by("name"))
    project.communities.set(communities)
    project.panels.set(Panel.objects.filter(name__in=names["panels"]))
    speaks = OrganisationCommunity.objects.filter(community__in=communities).order_by("organisation__name", "id")
    groups = list(dict.fromkeys(speaks.values_list("organisation", flat=True)))[: int(line["groups"])]
    project.organisations.set(Organisation.objects.filter(pk__in=groups))
    near = Person.objects.filter(restricted=False, stopped_on=None, area__isnull=False).order_by("id")
    if project.locality is not None:
        near = near.filter(locality=project.locality)
    write_new(together.people(line, project, list(near[:200])), verb=Verb.TOOK_PART)


def _ask(together: Together, line: Line, project: Project, rungs: dict[str, Rung]) -> None:
    """What people felt, as tallies of a round that is over; every link was used or has run out."""
    if not line["felt"]:
        return
    said = {key: int(number) for key, _, number in (one.partition(":") for one in line["felt"].split("|"))}
    asked = FeltRound(
        id=together.chance.id_at(days_ago(ROUND_ENDED + ROUND_RAN)), project=project,
        opened_on=together.day(ROUND_ENDED + ROUND_RAN), closes_on=together.day(ROUND_ENDED),
        links_made=sum(said.values()) + 6, opened_by=project.owner,
    )  # fmt: skip
    write_new([asked], verb=Verb.FELT_ASKED)
    attach([FeltTally(round=asked, rung=rung, answers=said.get(key, 0)) for key, rung in rungs.items()])


def _at(together: Together, day: date) -> datetime:
    return days_ago((together.today - day).days)
