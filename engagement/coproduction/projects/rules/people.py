"""What is missing before somebody takes part or leaves, before people are asked how it felt, and before they answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from crm.base.rules import Blocker
from crm.people.models import Person
from engagement.coproduction.projects.details import LeavingDetails, PartDetails, RoundDetails
from engagement.coproduction.projects.models import FeltRound, Project, ProjectPerson, Rung
from engagement.coproduction.projects.rules.projects import blockers_to_standing

LONGEST = timedelta(days=90)
MOST_LINKS = 500
NO_PART = Blocker("part_missing", "Choose as what they take part", "part")
TWICE = Blocker("takes_part_already", "This person takes part already", "person")
BEFORE_PROJECT = Blocker("day_before_start", "They cannot take part before the project began", "first_day")
FIRST_FUTURE = Blocker("day_in_future", "The day must be today or in the past", "first_day")
HAS_LEFT = Blocker("has_left", "This person has left already")
NO_LEAVING = Blocker("because_missing", "Choose why they left", "because")
LAST_EARLY = Blocker("day_before_start", "The last day must be the first day or later", "last_day")
LAST_FUTURE = Blocker("day_in_future", "The day must be today or in the past", "last_day")
ONE_ROUND = Blocker("still_asking", "People are being asked already. Wait for their last day to answer")
HOW_MANY = Blocker("links_missing", f"Write how many links you need, from 1 to {MOST_LINKS}", "links")
NO_LAST_DAY = Blocker("day_missing", "Choose the last day to answer", "closes_on")
DAY_WRONG = Blocker("day_out_of_range", "The last day to answer must be after today, and within 90 days", "closes_on")
NO_ANSWER = Blocker("rung_missing", "Choose the answer that comes nearest", "rung")
NOBODY_TO_ASK = Blocker("nobody_to_ask", "Nobody whom you may see, and who was not written to, takes part. Hand out "
                        "printed links")  # fmt: skip
MOST_LETTERS = 100  # each is asked about afresh, in one transaction that others wait for
TOO_MANY_TO_ASK = Blocker("too_many_to_ask", f"More than {MOST_LETTERS} people take part. Hand out printed links")
OVER = Blocker("round_over", "The last day to answer is over. Nothing more can be said here")


def blockers_to_taking_part(project: Project, person: Person, details: PartDetails) -> Iterator[Blocker]:
    """Why somebody cannot take part like this."""
    if details.part not in ProjectPerson.Part.values:
        yield NO_PART
    if ProjectPerson.objects.filter(project=project, person=person, last_day=None).exists():
        yield TWICE
    first = details.first_day or timezone.localdate()
    if first > timezone.localdate():
        yield FIRST_FUTURE
    elif first < project.opened_on:
        yield BEFORE_PROJECT


def blockers_to_changing(place: ProjectPerson) -> Iterator[Blocker]:
    """Why nothing about it can change any more."""
    if place.last_day is not None:
        yield HAS_LEFT


def blockers_to_leaving(place: ProjectPerson, details: LeavingDetails, last_day: date) -> Iterator[Blocker]:
    """What is missing when somebody leaves."""
    if details.because not in ProjectPerson.Left.values:
        yield NO_LEAVING
    if last_day > timezone.localdate():
        yield LAST_FUTURE
    elif last_day < place.first_day:
        yield LAST_EARLY


def blockers_to_asking(project: Project) -> Iterator[Blocker]:
    """Why people cannot be asked now."""
    yield from blockers_to_standing(project)
    if FeltRound.objects.filter(project=project, closes_on__gte=timezone.localdate()).exists():
        yield ONE_ROUND


def blockers_to_round(details: RoundDetails) -> Iterator[Blocker]:
    """What is missing in a round."""
    today = timezone.localdate()
    if details.links is None or not 1 <= details.links <= MOST_LINKS:
        yield HOW_MANY
    if details.closes_on is None:
        yield NO_LAST_DAY
    elif not today < details.closes_on <= today + LONGEST:
        yield DAY_WRONG


def blockers_to_answering(round_: FeltRound) -> Iterator[Blocker]:
    """Why it is too late."""
    if round_.closes_on < timezone.localdate():
        yield OVER


def blockers_to_drafting_letters(round_: FeltRound, people: int) -> Iterator[Blocker]:
    """Why no letters can be written."""
    yield from blockers_to_answering(round_)
    if not people:
        yield NOBODY_TO_ASK
    elif people > MOST_LETTERS:
        yield TOO_MANY_TO_ASK


def blockers_to_sending_letters(round_: FeltRound, ready: int) -> Iterator[Blocker]:
    """Why the letters cannot go. An answer that comes in the hour after one letter went would be known for theirs, so
    many go at once, as many as a figure must have to be shown."""
    yield from blockers_to_answering(round_)
    fewest = settings.SMALL_NUMBERS_UNDER
    if ready < fewest:
        yield Blocker(
            "too_few_letters",
            f"At least {fewest} people must be asked at once, so that nobody’s answer can be told by its time. "
            f"{ready} can be written to. Hand out printed links",
        )


def answer_missing(rung: Rung | None) -> Iterator[Blocker]:
    """One must be chosen."""
    if rung is None:
        yield NO_ANSWER
