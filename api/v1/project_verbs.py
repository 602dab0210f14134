"""What is done with projects: another level, another stage, asking how it felt, closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, number, text
from api.reports import Report
from api.v1.projects import LEVEL, PROJECT
from api.views import Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.base.views import one_of
from crm.counting.figures import says_how_it_changes, says_the_rule
from engagement.coproduction.projects.actions import felt as asking
from engagement.coproduction.projects.actions import felt_letters as writing
from engagement.coproduction.projects.actions import projects as actions
from engagement.coproduction.projects.details import LevelDetails, RoundDetails
from engagement.coproduction.projects.models import FeltRound, Project, Rung, Stage
from engagement.coproduction.projects.permissions import people as may
from engagement.coproduction.projects.permissions import projects as permissions
from engagement.coproduction.projects.reports.felt import Felt, felt_in
from engagement.coproduction.projects.reports.people import leavers_of


class LevelInput(Input):
    """Another level, and why."""

    level = Link(Rung, allow_null=True, help_text="A rung of the ladder.")
    reason = text(300, help_text="In words people can read.")


class StageInput(Input):
    """Where it is now."""

    always = ("stage",)
    stage = choice(Stage)
    words = text(300, help_text="What happened.")


class CloseProjectInput(Input):
    """How it ended."""

    words = text(2000, help_text="What was decided, what changed and what did not, in words people can read.")


class RoundInput(Input):
    """How many links, until when."""

    links = number(help_text="One for each person, at most 500.")
    closes_on = serializers.DateField(required=False, help_text="The last day to answer, within 90 days.")


class AsTheyAreInput(Input):
    """Which letters go."""

    as_they_are = serializers.BooleanField(
        required=False, help_text="Those too that are not in the reader's language or form."
    )


class FeltGroupOut(Output):
    """How many felt like this."""

    felt = serializers.CharField(help_text="`below`, `as_declared` or `above`.")
    answers = serializers.IntegerField(allow_null=True, help_text="Rounded. Null: hidden.")


class FeltOut(Output):
    """One round of asking."""

    id = serializers.UUIDField()
    opened_on = serializers.DateField()
    closes_on = serializers.DateField()
    links_made = serializers.IntegerField()
    over = serializers.BooleanField(help_text="Figures are told from the day after the last day to answer.")
    answers = serializers.IntegerField(allow_null=True, help_text="Rounded. Null: hidden, or not over.")
    felt = FeltGroupOut(many=True)
    middle = Named(allow_null=True, help_text="The rung in the middle of all answers. Null: too few answered.")
    gap = serializers.IntegerField(allow_null=True, help_text="Rungs above the declared one; below when negative.")


class LeftOut(Output):
    """Why people left."""

    because = serializers.CharField()
    people = serializers.IntegerField(allow_null=True, help_text="Rounded. Null: hidden.")


class FeltReportOut(Output):
    """Declared beside felt."""

    declared = Named()
    promise = serializers.CharField()
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    results = FeltOut(many=True)
    left = LeftOut(many=True, help_text="Every reason, and all together that few gave, at the end of last month.")
    left_rule = serializers.CharField(help_text="How the numbers of those who left change.")


class LinksOut(Output):
    """Links to hand out."""

    results = serializers.ListField(child=serializers.CharField(), help_text="Secrets: `/felt/<secret>/`.")


ROUND: Row = {
    "id": PROJECT["id"], "opened_on": "2026-10-01", "closes_on": "2026-10-31", "links_made": 20, "over": True,
    "answers": 15, "felt": [{"felt": "below", "answers": 15}, {"felt": "as_declared", "answers": None},
                            {"felt": "above", "answers": None}],
    "middle": {"id": LEVEL["id"], "name": "Consultation"}, "gap": -2,
}  # fmt: skip


class DeclareLevel(Verb):
    """Another level."""

    model = Project
    item_name = "project"
    permissions_by_method = {"POST": permissions.declare_level}
    operations = {
        "POST": Operation("Declare another level of participation", "With the reason. Not once people were asked how "
                          "it felt.", takes=LevelInput,
                          example={"level": LEVEL["id"], "reason": "The law leaves less open than we thought"}),
    }  # fmt: skip

    def act(self, record: Project, values: dict[str, Any], expected_version: int | None) -> Record:
        """Declare it."""
        details = LevelDetails(values.get("level"), values.get("reason", ""))
        return actions.declare_level(
            actor=self.reader, project=record, details=details, expected_version=expected_version
        )


class MoveProject(Verb):
    """Another stage."""

    model = Project
    item_name = "project"
    permissions_by_method = {"POST": permissions.move_project}
    operations = {
        "POST": Operation("Say that a project came to another stage", "Forwards or back.", takes=StageInput,
                          example={"stage": "deliver", "words": "The contract is signed"}),
    }  # fmt: skip

    def act(self, record: Project, values: dict[str, Any], expected_version: int | None) -> Record:
        """Move it."""
        told = {"stage": "", **values}
        return actions.move_project(actor=self.reader, project=record, **told, expected_version=expected_version)


class CloseProject(Verb):
    """It ends."""

    model = Project
    item_name = "project"
    permissions_by_method = {"POST": permissions.close_project}
    operations = {
        "POST": Operation("Close a co-production project", "Refused while people are untold.", takes=CloseProjectInput,
                          example={"words": "Carers can book a break by phone since May."}),
    }  # fmt: skip

    def act(self, record: Project, values: dict[str, Any], expected_version: int | None) -> Record:
        """Close it."""
        told = {"words": "", **values}
        return actions.close_project(actor=self.reader, project=record, **told, expected_version=expected_version)


class Ask(Verb):
    """A round of asking how it felt."""

    model = Project
    item_name = "project"
    needs_version = False
    permissions_by_method = {"POST": may.open_felt_round}
    operations = {
        "POST": Operation("Ask people how much they felt they decided", "Makes one-time links that lead to no person; "
                          "read them under the round.", takes=RoundInput,
                          example={"links": 20, "closes_on": "2026-10-31"}),
    }  # fmt: skip

    def act(self, record: Project, values: dict[str, Any], expected_version: int | None) -> Record:
        """Begin."""
        details = RoundDetails(values.get("links"), values.get("closes_on"))
        asking.open_felt_round(actor=self.reader, project=record, details=details)
        return record


class DraftFeltLetters(Verb):
    """Letters that ask how it felt are written, not sent."""

    model = FeltRound
    item_name = "project"
    needs_version = False
    permissions_by_method = {"POST": may.draft_felt_letters}
    operations = {
        "POST": Operation("Write to people in a project how to say what they felt", "To everybody who takes part and "
                          "whom you may see. Nothing is sent. Read them at `/messages/?about_kind=felt-round&about=…`.",
                          takes=Input, example={})
    }  # fmt: skip

    def act(self, record: FeltRound, values: dict[str, Any], expected_version: int | None) -> Record:
        """Draft them; the project answers."""
        writing.draft_felt_letters(actor=self.reader, round=record)
        return record.project


class SendFeltLetters(Verb):
    """They go, many at once."""

    model = FeltRound
    item_name = "project"
    needs_version = False
    permissions_by_method = {"POST": may.send_felt_letters}
    operations = {
        "POST": Operation("Send people in a project a link to say what they felt", "As many at once as a figure needs "
                          "to be shown. Which link is whose is kept nowhere.", takes=AsTheyAreInput,
                          example={"as_they_are": False}),
    }  # fmt: skip

    def act(self, record: FeltRound, values: dict[str, Any], expected_version: int | None) -> Record:
        """Send them; the project answers."""
        writing.send_felt_letters(actor=self.reader, round=record, as_they_are=values.get("as_they_are", False))
        return record.project


class FeltReport(Report):
    """Declared beside felt."""

    model = Project
    permissions_by_method = {"GET": may.read_felt}
    operations = {
        "GET": Operation("How much people felt they decided", "Beside the level that was declared, round by round, and "
                         "why people left. Small numbers are hidden.", gives=FeltReportOut,
                         example={"declared": LEVEL, "promise": "You shape it with us.", "results": [ROUND],
                                  "small_numbers": "Numbers of people under 10 are hidden.",
                                  "left": [{"because": "They did not feel heard", "people": None}],
                                  "left_rule": "These figures are counted once a month."}),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """As it was counted."""
        self.insist_on_known_parameters()
        project = one_of(self.rows().select_related("level"), pk=pk)
        left = [{"because": words, "people": figure.value} for words, figure in leavers_of(project).lines]
        return self.sent({
            "declared": named(project.level), "promise": project.level.promise, "small_numbers": says_the_rule(),
            "results": [felt_row(felt) for felt in felt_in(project)], "left": left,
            "left_rule": says_how_it_changes(),
        })  # fmt: skip


def felt_row(felt: Felt) -> Row:
    """A round as it goes out."""
    asked, cells = felt.round, felt.figures.cells if felt.figures else {}
    return {
        "id": asked.pk,
        "opened_on": asked.opened_on,
        "closes_on": asked.closes_on,
        "links_made": asked.links_made,
        "over": felt.figures is not None,
        "answers": felt.answers.value if felt.answers else None,
        "felt": [{"felt": key, "answers": figure.value} for key, figure in cells.items()],
        "middle": named(felt.middle),
        "gap": felt.gap,
    }
