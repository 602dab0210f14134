"""We owe an answer: what a person or group waits to hear, on their own page and on the sheet before a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from crm.access.flags import standing_needs
from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.sending import reaching
from crm.sending.models import Format
from engagement.coproduction.telling.models import Telling

SHOWN = 5
KINDS: dict[type[Any], str] = {Person: "person", Organisation: "organisation"}


@dataclass(frozen=True)
class Owed:
    """One answer that is due: what about, since when it was said and due, in which language and form, how far it is."""

    telling: Telling
    about: str
    said_on: date
    due_since: date
    read_in: str
    how_far: str


@kept
def _any_owed(reader: Actor, kind: str, pk: UUID) -> Any:
    return Telling.objects.untold().filter(**{kind: pk}).order_by().values_list("pk")[:1]


@kept
def _owed(reader: Actor, kind: str, pk: UUID) -> Any:
    rows = Telling.objects.visible_to(reader).untold().filter(**{kind: pk})
    return rows.select_related("decision", "outcome", "language", "message").order_by("due_since", "id")[: SHOWN + 1]


def _asks(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    kind = KINDS.get(type(subject))
    return [(_any_owed, reader, kind, subject.pk)] if kind and holds(reader, OFFICE_ROLES) else []


@asks(_asks)
def owed_to(reader: Actor, subject: Any) -> Card | None:
    """On the page of a person or group: the answers that are still due to them and this reader may read, what waits
    longest first, and the way to all, told ones too. 1 query with the rest of the page, and 1 more when something is
    due: who may read what it answers is a long question, and most people wait for nothing."""
    kind = KINDS.get(type(subject))
    if kind is None or not holds(reader, OFFICE_ROLES):
        return None
    found = _owed(reader, kind, subject.pk) if _any_owed(reader, kind, subject.pk) else []
    as_today = _as_they_read(reader, subject) if found else ""
    shows = {
        "owed": [_one(telling, as_today) for telling in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "list": f"{reverse('workspace:tellings')}?{kind}={subject.pk}",
    }
    return Card("workspace/coproduction/card_owed.html", shows, order=27, on_paper=bool(found))


def _as_they_read(reader: Actor, subject: Any) -> str:
    """How an answer would be given now. No query where the page shows what must be got right."""
    if not isinstance(subject, Person):
        return _in_words(None, Format.STANDARD)
    if not reaching.reads(subject):
        return "To be spoken with: they do not read"
    own = [need for need in standing_needs(reader, [subject]).get(subject.pk, []) if need.supporter_id is None]
    return _in_words(reaching.english_is_none(reaching.language_for(subject)), reaching.form_needed(own))


def _one(telling: Telling, as_today: str) -> Owed:
    """What was drafted says itself how it was written; what was not, is written as they need it today."""
    drafted = telling.message
    return Owed(
        telling=telling,
        about=str(telling.about),
        said_on=telling.said_on,
        due_since=telling.due_since,
        read_in=_in_words(telling.language, drafted.format) if drafted else as_today,
        how_far=telling.get_state_display(),
    )


def _in_words(language: Language | None, form: str) -> str:
    name = language.name if language else "English"
    return name if form == Format.STANDARD else f"{name}, {Format(form).label}"
