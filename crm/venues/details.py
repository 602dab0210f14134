"""What somebody says about a venue before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.areas.models import Area
from crm.organisations.models import Organisation


@dataclass(frozen=True)
class VenueDetails:
    """A place to meet. Only the name must be given."""

    name: str
    organisation: Organisation | None = None
    area: Area | None = None
    address: str = ""
    how_to_get_there: str = ""
    phone: str = ""
    map_point: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class VenueFactDetails:
    """One line of the access record: what was looked at, what was found, and with whom. No answer takes the line away:
    it is then unknown again, never "no"."""

    about: str
    answer: str | None = None
    words: str = ""
    checked_on: date | None = None
    checked_with: str = ""
