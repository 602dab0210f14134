"""What keeps a request from being taken, and an answer from being written down."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.accounts.models import User
from crm.base.actors import holds
from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from engagement.formats.details import RequestDetails
from engagement.formats.models import READERS, Format, FormatRequest, State, Way

NO_FORMAT = Blocker("format_missing", "Choose how you want it", "format")
NO_WAY = Blocker("way_missing", "Choose how we can reach you", "reach_by")
NO_PLACE = Blocker("place_missing", "Write your number or address", "reach_at")
NO_PHONE = Blocker("phone_wrong", "Enter a telephone number, like 0113 496 0100", "reach_at")
NO_EMAIL = Blocker("email_wrong", "Enter an e-mail address, like name@example.com", "reach_at")
NO_TITLE = Blocker("about_missing", "Write which page or letter it is about", "about")
FINISHED = Blocker("finished", "This request is finished")
NO_STATE = Blocker("state_missing", "Choose what happened", "state")
NO_OUTCOME = Blocker("outcome_missing", "Write what you did, or why you could not", "outcome")
NOBODY = Blocker("owner_missing", "Choose a colleague who may answer", "owner")


def blockers_to_asking(details: RequestDetails) -> Iterator[Blocker]:
    """Everything that keeps a request from being answered."""
    if not details.about.strip():
        yield NO_TITLE
    if details.format not in Format.values:
        yield NO_FORMAT
    if details.reach_by not in Way.values:
        yield NO_WAY
    else:
        yield from _about_place(details.reach_by, details.reach_at.strip())


def _about_place(way: str, place: str) -> Iterator[Blocker]:
    if not place:
        yield NO_PLACE
    elif way in (Way.PHONE, Way.TEXT):
        if not kept_phone(place):
            yield NO_PHONE
    elif way == Way.EMAIL and not _is_email(place):
        yield NO_EMAIL


def _is_email(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def blockers_to_answering(request: FormatRequest) -> Iterator[Blocker]:
    """Why nothing more can be said about it."""
    if not request.is_open:
        yield FINISHED


def blockers_to_outcome(state: str, outcome: str) -> Iterator[Blocker]:
    """What is missing of an answer."""
    if state not in (State.ANSWERED, State.DONE, State.COULD_NOT):
        yield NO_STATE
    if not outcome.strip():
        yield NO_OUTCOME


def blockers_to_owning(owner: User) -> Iterator[Blocker]:
    """Why a colleague cannot answer it."""
    if not owner.is_active or not holds(owner, READERS):
        yield NOBODY
