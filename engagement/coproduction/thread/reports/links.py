"""What belongs to the thread of one record, forwards and backwards, as conditions the database follows itself: so the
number of queries stays the same however long the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from crm.base.actors import Actor
from engagement.coproduction.decisions.models import AnsweredPoint, Decision, Outcome
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.coproduction.themes.reports.nesting import lying_in
from engagement.log.models import Point

KINDS: dict[str, type[Model]] = {
    "point": Point, "theme": Theme, "project": Project, "decision": Decision, "outcome": Outcome,
}  # fmt: skip
Keys = Any  # ids: a list of them, or a query that gives them


@dataclass(frozen=True)
class Links:
    """The ids of everything in a thread, by kind. `themes` and `decisions` may hold more than the points lead to."""

    points: Keys
    themes: Keys
    projects: Keys
    decisions: Keys
    outcomes: Keys


def links_of(record: Model, *, reader: Actor) -> Links:
    """Where the thread of a point, theme, project, decision or outcome leads. Restricted contacts lead nowhere but for
    their named readers: nobody else may know that there is one. At most 1 query."""
    own = Point.objects.visible_to(reader).filter(event__restricted=True).order_by().values("pk")
    return _FROM[type(record)](record, Point.objects.filter(Q(event__restricted=False) | Q(pk__in=own)))


def _keys(rows: QuerySet[Any], name: str = "pk") -> QuerySet[Any, Any]:
    return rows.order_by().values(name)


def _outcomes_of(decisions: Keys) -> Keys:
    return _keys(Outcome.objects.standing().filter(decision__in=decisions))


def _answering(points: Keys) -> Keys:
    return _keys(AnsweredPoint.objects.standing().filter(point__in=points), "decision")


def _from_point(point: Any, known: QuerySet[Point]) -> Links:
    themes = _keys(ThemePoint.objects.filter(point=point), "theme")
    decisions = _answering([point.pk])
    projects = _keys(Project.objects.filter(Q(decisions__in=decisions) | Q(themes__in=themes)))
    return Links([point.pk], themes, projects, decisions, _outcomes_of(decisions))


def _from_theme(theme: Any, known: QuerySet[Point]) -> Links:
    inside = lying_in([theme.pk], timezone.localdate())[theme.pk]
    gathered = ThemePoint.objects.standing().filter(theme__in=inside)
    points = _keys(known.filter(pk__in=_keys(gathered, "point")))
    by_name = Q(themes__in=inside) | Q(pk__in=_answering(points))
    decisions = _keys(Decision.objects.standing().filter(by_name))
    projects = _keys(Project.objects.filter(Q(themes__in=inside) | Q(decisions__in=decisions)))
    return Links(points, inside, projects, decisions, _outcomes_of(decisions))


def _from_project(project: Any, known: QuerySet[Point]) -> Links:
    themes = _keys(Theme.objects.filter(projects=project))
    decisions = _keys(Decision.objects.standing().filter(project=project))
    gathered = ThemePoint.objects.standing().filter(theme__in=themes)
    answered = AnsweredPoint.objects.standing().filter(decision__in=decisions)
    points = _keys(known.filter(Q(pk__in=_keys(gathered, "point")) | Q(pk__in=_keys(answered, "point"))))
    return Links(points, themes, [project.pk], decisions, _outcomes_of(decisions))


def _from_decision(decision: Any, known: QuerySet[Point]) -> Links:
    answered = AnsweredPoint.objects.standing().filter(decision=decision)
    points = _keys(known.filter(pk__in=_keys(answered, "point")))
    gathered = _keys(ThemePoint.objects.standing().filter(point__in=points), "theme")
    themes = _keys(Theme.objects.filter(Q(decisions=decision) | Q(pk__in=gathered)))
    projects = [decision.project_id] if decision.project_id else []
    return Links(points, themes, projects, [decision.pk], _outcomes_of([decision.pk]))


def _from_outcome(outcome: Any, known: QuerySet[Point]) -> Links:
    whole = _from_decision(outcome.decision, known)
    return Links(whole.points, whole.themes, whole.projects, whole.decisions, [outcome.pk])


_FROM: dict[type[Model], Callable[[Any, QuerySet[Point]], Links]] = {
    Point: _from_point,
    Theme: _from_theme,
    Project: _from_project,
    Decision: _from_decision,
    Outcome: _from_outcome,
}
