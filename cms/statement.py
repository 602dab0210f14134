"""What the accessibility statement says of itself: from checks and problems that people wrote down. Nothing here says
how far the site complies; the person who signs says that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cms.models.newsroom import Covers, Problem, Review


@dataclass(frozen=True)
class Part:
    """One of what the statement covers: its name, the problems that still stand, and when it was last looked at."""

    name: str
    problems: list[Problem]
    last_checked: date | None


def parts() -> list[Part]:
    """Site, workspace and documents. Two queries."""
    problems = list(Problem.objects.filter(fixed_on=None).order_by("covers", "found_on", "id"))
    days: dict[str, date] = {}
    checks = Review.objects.filter(kind=Review.Kind.ACCESS).order_by("checked_on")
    for covers, day in checks.values_list("covers", "checked_on"):
        days[covers] = day
    return [
        Part(str(what.label), [problem for problem in problems if problem.covers == what], days.get(what))
        for what in Covers
    ]
