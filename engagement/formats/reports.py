"""By when a request is answered, who answers it, and how many asked for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.base.actors import Role, holds
from crm.counting.figures import Table, table
from engagement.formats.models import READERS, Format, FormatRequest

# Whose turn it is where neither the page nor the settings name anybody.
IN_TURN = (Role.LEAD, Role.MANAGER, Role.OFFICER)
SATURDAY = 5


def working_days_after(day: date, number: int) -> date:
    """The day that lies so many working days later: neither weekends nor bank holidays of England count."""
    closed = holidays.country_holidays("GB", subdiv="ENG", years=range(day.year, day.year + 2))
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY and day not in closed
    return day


def answer_by(asked_on: date) -> date:
    """By when whoever asked hears from us."""
    return working_days_after(asked_on, settings.FORMAT_ANSWER_DAYS)


def ready_by(asked_on: date) -> date:
    """By when they have it."""
    return working_days_after(asked_on, settings.FORMAT_READY_DAYS)


def who_answers(wanted: User | None = None) -> User | None:
    """The colleague a request reaches: who keeps the page, else the one the settings name, else the first lead,
    manager or officer. None only where nobody is there at all."""
    if wanted is not None and wanted.is_active and holds(wanted, READERS):
        return wanted
    return _named_in_settings() or next(_in_turn(), None)


def _named_in_settings() -> User | None:
    found = User.objects.filter(email__iexact=settings.FORMAT_REQUESTS_TO, is_active=True).first()
    return found if found is not None and holds(found, READERS) else None


def _in_turn() -> Iterator[User]:
    for role in IN_TURN:
        grants = RoleGrant.objects.on(timezone.localdate()).filter(role=role, user__is_active=True)
        yield from (grant.user for grant in grants.select_related("user").order_by("id")[:1])


def asked_for(today: date) -> Table[str]:
    """How many asked for each format in the last twelve months, as it may be shown."""
    rows = FormatRequest.objects.filter(asked_on__gt=today - timedelta(days=365)).order_by().values("format")
    counted = dict(rows.annotate(number=Count("pk")).values_list("format", "number"))
    return table({format_: counted.get(format_, 0) for format_ in Format.values})
