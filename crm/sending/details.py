"""What somebody says about a message before it is drafted: plain values that rooms, pages and the API fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.sending.models import Format, LetterVersion, Message


@dataclass(frozen=True)
class Recipient:
    """To whom: exactly one of a person, a group, or an address somebody gave for this one thing (e-mail or phone)."""

    person: Person | None = None
    organisation: Organisation | None = None
    guest: str = ""


@dataclass(frozen=True)
class About:
    """What a message is about: a kind that a room put into `registry.about_kinds`, and the id of the record."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Calendar:
    """A calendar entry that goes with an e-mail: its method (REQUEST, CANCEL) and its text."""

    method: str
    text: str


@dataclass(frozen=True)
class VersionDetails:
    """New words of a letter in one language (None: English) and format."""

    subject: str
    body: str
    language: Language | None = None
    format: str = Format.STANDARD
    made_from: LetterVersion | None = None
    machine_draft: bool = False


@dataclass(frozen=True)
class Queued:
    """What became of messages that were to be sent: queued, or held back with the reason on each."""

    queued: list[Message] = field(default_factory=list)
    held: list[Message] = field(default_factory=list)
