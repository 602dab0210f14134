"""What is missing before a project opens, changes, moves or closes: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from crm.areas.models import AreaKind
from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker
from crm.base.text import personal_details
from crm.communities.rules import merged
from engagement.coproduction.projects.closing import before_closing
from engagement.coproduction.projects.details import LevelDetails, ProjectDetails
from engagement.coproduction.projects.models import FeltRound, Project, Rung, Stage
from engagement.coproduction.themes.models import Theme

CLOSED = Blocker("project_closed", "This project is closed")
NEEDED = {
    "name": Blocker("name_missing", "Write a short name", "name"),
    "question": Blocker("question_missing", "Write the question you want to answer together", "question"),
    "can_change": Blocker("can_change_missing", "Write what can change. If nothing can, do not ask", "can_change"),
    "cannot_change": Blocker("cannot_change_missing", "Write what cannot change, and why. If everything can, say so",
                             "cannot_change"),
}  # fmt: skip
FUTURE = Blocker("day_in_future", "The day must be today or in the past", "opened_on")
ENDS_EARLY = Blocker("ends_before_start", "It cannot end before it began", "ends_by")
NOT_A_LOCALITY = Blocker("not_a_locality", "Choose a locality, or none for the whole council", "locality")
OWNER_AWAY = Blocker("owner_away", "Choose somebody who meets people here today", "owner")
LESS_THAN_NOTHING = Blocker("budget_negative", "Write 0 or more pounds", "budget_open")
TOO_MUCH = Blocker("budget_too_long", "Write at most 9,999,999,999.99 pounds", "budget_open")
THEME_GONE = Blocker("theme_merged", "A theme goes on in another one. Choose that one", "themes")
PANEL_ENDED = Blocker("panel_ended", "A panel has ended. Choose another", "panels")
NO_LEVEL = Blocker("level_missing", "Choose how much people may decide, before anybody takes part", "level")
SAME_LEVEL = Blocker("level_same", "This level is declared already", "level")
NO_REASON = Blocker("reason_missing", "Say why, in words people can read", "reason")
ASKED = Blocker("people_were_asked", "People were asked how it felt. The level they were promised stays as it was")
NO_STAGE = Blocker("stage_missing", "Choose a stage", "stage")
SAME_STAGE = Blocker("stage_same", "The project is at this stage already", "stage")
NO_ENDING = Blocker("ending_missing", "Write how it ended, in words people can read", "words")
STILL_ASKING = Blocker("still_asking", "People are still being asked how it felt. Close it after their last day to "
                       "answer")  # fmt: skip
MOST_POUNDS = Decimal("9999999999.99")


def blockers_to_standing(project: Project) -> Iterator[Blocker]:
    """Why nothing can be changed any more."""
    if project.closed_on:
        yield CLOSED


def blockers_to_keeping(details: ProjectDetails, besides: Project | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a project."""
    for name, blocker in NEEDED.items():
        words = getattr(details, name)
        if not words.strip():
            yield blocker
        for found in personal_details(words):
            yield Blocker("personal_detail", f"Take out {found}: everybody here reads this", name)
    yield from _days(details, besides)
    if details.locality is not None and details.locality.kind != AreaKind.LOCALITY:
        yield NOT_A_LOCALITY
    stays = besides is not None and details.owner == besides.owner
    if details.owner is not None and not stays and not holds(details.owner, FIELD_ROLES):
        yield OWNER_AWAY
    yield from _money(details.budget_open)
    yield from _links(details, besides)


def _days(details: ProjectDetails, besides: Project | None) -> Iterator[Blocker]:
    first = details.opened_on or (besides.opened_on if besides else timezone.localdate())
    if first > timezone.localdate():
        yield FUTURE
    if details.ends_by is not None and details.ends_by < first:
        yield ENDS_EARLY


def _money(pounds: Decimal | None) -> Iterator[Blocker]:
    if pounds is not None and pounds < 0:
        yield LESS_THAN_NOTHING
    elif pounds is not None and pounds > MOST_POUNDS:
        yield TOO_MUCH


def _links(details: ProjectDetails, besides: Project | None) -> Iterator[Blocker]:
    """What is chosen must go on; what the project has already may stay."""
    known = {name: set(getattr(besides, name).values_list("pk", flat=True)) if besides else set()
             for name in ("themes", "communities", "panels")}  # fmt: skip
    if any(theme.state == Theme.State.MERGED and theme.pk not in known["themes"] for theme in details.themes):
        yield THEME_GONE
    if any(panel.ended_on and panel.pk not in known["panels"] for panel in details.panels):
        yield PANEL_ENDED
    yield from merged(details.communities, "communities", known=known["communities"])


def blockers_to_declaring(rung: Rung | None) -> Iterator[Blocker]:
    """The level is declared beforehand."""
    if rung is None:
        yield NO_LEVEL


def blockers_to_declaring_again(project: Project, details: LevelDetails) -> Iterator[Blocker]:
    """Why another level cannot be declared like this."""
    yield from blockers_to_declaring(details.rung)
    if details.rung is not None and details.rung.pk == project.level_id:
        yield SAME_LEVEL
    if not details.reason.strip():
        yield NO_REASON


def blockers_to_another_level(project: Project) -> Iterator[Blocker]:
    """Why the level cannot change any more."""
    yield from blockers_to_standing(project)
    if FeltRound.objects.filter(project=project).exists():
        yield ASKED


def blockers_to_moving(project: Project, stage: str) -> Iterator[Blocker]:
    """Why it cannot come to this stage."""
    if stage not in Stage.values:
        yield NO_STAGE
    elif stage == project.stage:
        yield SAME_STAGE


def blockers_to_closing(project: Project) -> Iterator[Blocker]:
    """Why it cannot close: the rooms that know who was told say so."""
    yield from blockers_to_standing(project)
    if FeltRound.objects.filter(project=project, closes_on__gte=timezone.localdate()).exists():
        yield STILL_ASKING
    for ask in before_closing:
        yield from ask(project)


def ending_missing(words: str) -> Iterator[Blocker]:
    """How it ended must be told."""
    if not words.strip():
        yield NO_ENDING
    for found in personal_details(words):
        yield Blocker("personal_detail", f"Take out {found}: everybody here reads this", "words")
