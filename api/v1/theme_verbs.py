"""What is done with themes: points put there and taken out; splitting, merging, nesting, closing."""

from __future__ import annotations

from typing import Any, ClassVar

from api.inputs import Input, Link, Links, text
from api.v1 import examples
from api.v1.themes import ThemeChangeInput
from api.views import Operation, Verb
from crm.base.models import Record
from engagement.coproduction.themes import actions, permissions
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme
from engagement.log.models import Point


class PointsInput(Input):
    """Points you may read."""

    always = ("points",)
    points = Links(Point, help_text="At least one.")


class SplitInput(ThemeChangeInput):
    """The new theme, and the points that go there."""

    always = ("name", "points")
    points = Links(Point, help_text="Points of this theme. At least one stays.")


class ThemeMergeInput(Input):
    """Where it goes on, and why."""

    into = Link(Theme, required=True, help_text="An open theme.")
    reason = text(300, help_text="In a few words.")


class NestInput(Input):
    """Where it lies."""

    parent = Link(Theme, allow_null=True, required=True, help_text="The wider theme; null for none.")  # type: ignore[assignment]  # a field of ours by that name


class ThemeCloseInput(Input):
    """Why."""

    always = ("reason",)
    reason = text(300, help_text="In a few words.")


class ThemeVerb(Verb):
    """Something that is done to a theme."""

    model = Theme
    item_name = "theme"
    does: ClassVar[Any]

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Do it."""
        more = {"expected_version": expected_version} if self.needs_version else {}
        done: Record = type(self).does(actor=self.reader, theme=record, **self.given(values), **more)
        return done

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the action takes."""
        return values


class Gather(ThemeVerb):
    """Put points there."""

    needs_version = False
    permissions_by_method = {"POST": permissions.gather_points}
    operations = {
        "POST": Operation("Put points into a theme", "From today on. Those that belong there already stay.",
                          takes=PointsInput, example={"points": [f"{examples.ID}05"]})
    }  # fmt: skip
    does = actions.gather_points

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """None, where none were named."""
        return {"points": [], **values}


class Release(Gather):
    """Take points out."""

    permissions_by_method = {"POST": permissions.release_points}
    operations = {
        "POST": Operation("Take points out of a theme", "From today on. What was counted before stays right.",
                          takes=PointsInput, example={"points": [f"{examples.ID}05"]})
    }  # fmt: skip
    does = actions.release_points


class Split(ThemeVerb):
    """Some points become a theme of their own."""

    permissions_by_method = {"POST": permissions.split_theme}
    operations = {
        "POST": Operation("Split a theme", "The points become a new theme, which is answered.", takes=SplitInput,
                          example={"name": "Carers and money", "points": [f"{examples.ID}05"]})
    }  # fmt: skip
    does = actions.split_theme

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """The new theme, and its points."""
        points = values.pop("points", [])
        return {"details": ThemeDetails(**{"name": "", **values}), "points": points}


class Merge(ThemeVerb):
    """It goes on in another one."""

    permissions_by_method = {"POST": permissions.merge_theme}
    operations = {
        "POST": Operation("Merge a theme into another", "Its points belong to the other one from today on; `reopen` "
                          "takes them back.", takes=ThemeMergeInput,
                          example={"into": f"{examples.ID}72", "reason": "People mean the same thing"})
    }  # fmt: skip
    does = actions.merge_theme

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Without a reason, the rules say so."""
        return {"reason": "", **values}


class Nest(ThemeVerb):
    """It lies in a wider one."""

    permissions_by_method = {"POST": permissions.nest_theme}
    operations = {
        "POST": Operation("Put a theme inside another", "The wider theme counts its points too, each once.",
                          takes=NestInput, example={"parent": f"{examples.ID}72"})
    }  # fmt: skip
    does = actions.nest_theme


class Close(ThemeVerb):
    """Nothing more is gathered there."""

    permissions_by_method = {"POST": permissions.close_theme}
    operations = {
        "POST": Operation("Close a theme", "Its points stay.", takes=ThemeCloseInput,
                          example={"reason": "Answered by the carers' strategy"})
    }  # fmt: skip
    does = actions.close_theme

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Without a reason, the rules say so."""
        return {"reason": "", **values}


class Reopen(ThemeVerb):
    """Open it again."""

    permissions_by_method = {"POST": permissions.reopen_theme}
    operations = {
        "POST": Operation("Open a theme again", "One that was merged takes back what it brought and what still "
                          "belongs there.")
    }  # fmt: skip
    does = actions.reopen_theme
