"""Keeps the edition of the public calendars, inside the action that changed what they say."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import F
from django.utils import timezone

from crm.areas.models import Area, Council
from crm.communities.models import Community
from crm.languages.models import Language
from crm.venues.models import Venue
from engagement.forums.models import CalendarEdition, Forum, OfferKind, Series
from engagement.log.models import Topic

IN_PUBLIC_CALENDARS = (Series, Venue, OfferKind, Topic, Community, Language, Area, Council)
THE_ONE = 1


def follow_public_calendars(written: Sequence[models.Model]) -> None:
    """A new edition where an action changed something that public calendars may say. 1 query then, else none."""
    if any(_may_be_said(row) for row in written):
        new_edition()


def new_edition() -> None:
    """One more. Whoever asks next gets the text made anew."""
    now = timezone.now()
    kept = CalendarEdition.objects.filter(pk=THE_ONE)
    if not kept.update(number=F("number") + 1, changed_at=now):
        CalendarEdition.objects.get_or_create(pk=THE_ONE, defaults={"changed_at": now})


def _may_be_said(row: models.Model) -> bool:
    return row.was_published if isinstance(row, Forum) else isinstance(row, IN_PUBLIC_CALENDARS)
