"""Finding themes, projects, decisions and outcomes by their words: `/api/v1/themes/search/` and so on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet

from api.v1.decisions import DecisionOut, Decisions
from api.v1.outcomes import DifferenceOut, Outcomes
from api.v1.projects import ProjectOut, Projects
from api.v1.search import Search, SearchInput
from api.v1.themes import ThemeOut, Themes
from api.views import Collection, Operation, Row


class ThreadSearch(Search):
    """Find records of one list; they go out as there."""

    of: ClassVar[type[Collection]]

    def _list(self) -> Collection:
        view = type(self).of()
        view.request = self.request
        return view

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """As in the list."""
        return self._list().with_related(rows)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return self._list().represent(rows)


class ThemeSearch(ThreadSearch):
    """Find themes."""

    of, model, kind = Themes, Themes.model, "theme"
    permissions_by_method = {"POST": Themes.permissions_by_method["GET"]}
    operations = {
        "POST": Operation("Find themes", "By their names.", takes=SearchInput, gives=ThemeOut,
                          example={"words": "breaks for carers"},
                          answer=Themes.operations["GET"].example)
    }  # fmt: skip


class ProjectSearch(ThreadSearch):
    """Find projects."""

    of, model, kind = Projects, Projects.model, "project"
    permissions_by_method = {"POST": Projects.permissions_by_method["GET"]}
    operations = {
        "POST": Operation("Find co-production projects", "By their names and questions.", takes=SearchInput,
                          gives=ProjectOut, example={"words": "carers strategy"},
                          answer=Projects.operations["GET"].example)
    }  # fmt: skip


class DecisionSearch(ThreadSearch):
    """Find decisions."""

    of, model, kind = Decisions, Decisions.model, "decision"
    permissions_by_method = {"POST": Decisions.permissions_by_method["GET"]}
    operations = {
        "POST": Operation("Find decisions", "By their questions and reasons; withdrawn ones too.", takes=SearchInput,
                          gives=DecisionOut, example={"words": "letters in Urdu"},
                          answer=Decisions.operations["GET"].example)
    }  # fmt: skip


class OutcomeSearch(ThreadSearch):
    """Find what is different."""

    of, model, kind = Outcomes, Outcomes.model, "outcome"
    permissions_by_method = {"POST": Outcomes.permissions_by_method["GET"]}
    operations = {
        "POST": Operation("Find outcomes", "By what is different, and for whom.", takes=SearchInput,
                          gives=DifferenceOut, example={"words": "first letter"},
                          answer=Outcomes.operations["GET"].example)
    }  # fmt: skip
