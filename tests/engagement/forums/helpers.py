"""What the tests of forums share: the list of offers, a forum, a series, a job."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from crm.access.actions import load_need_types
from crm.access.files import shipped_need_types
from crm.base.actors import SYSTEM
from crm.venues.models import Venue
from engagement.forums.actions.forums import open_forum, plan_forum, skip_date
from engagement.forums.actions.lists import load_offer_kinds
from engagement.forums.actions.series import plan_series
from engagement.forums.details import ForumDetails, OfferDetails, RhythmDetails
from engagement.forums.files import shipped_offer_kinds
from engagement.forums.models import Forum, OfferKind, Series


def offers(world, *keys):
    """What the council can offer, loaded once; those of these keys."""
    if not OfferKind.objects.exists():
        load_need_types(actor=SYSTEM, lines=shipped_need_types())
        load_offer_kinds(actor=SYSTEM, lines=shipped_offer_kinds())
    kinds = {kind.key: kind for kind in OfferKind.objects.all()}
    return [OfferDetails(kinds[key]) for key in keys]


def a_venue(world):
    """Mill Street Centre, which a world that was taken back may remember though it is gone."""
    found = Venue.objects.filter(name="Mill Street Centre").first()
    if found is None:
        world.__dict__.pop("venue", None)
    return found or world.venue


def in_days(days):
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def forum_details(world, **changes):
    """Care at home, in the East, in 60 days from 1:30pm to 3:30pm at Mill Street, with 2 interpreters."""
    plain = {
        "title": "Care at home",
        "on": in_days(60),
        "starts": time(13, 30),
        "ends": time(15, 30),
        "venue": a_venue(world),
        "locality": world.east,
    }
    if "offers" not in changes:
        plain["offers"] = offers(world, "bsl-interpreters")
    return ForumDetails(**{**plain, **changes})


def a_forum(world, actor=None, **changes):
    """That forum, planned by Amina unless told otherwise."""
    return plan_forum(actor=actor or world.amina, details=forum_details(world, **changes))


def a_public_forum(world, **changes):
    """That forum, open, and so in the public calendars."""
    return open_forum(actor=world.amina, forum=a_forum(world, **changes))


def a_series(world, actor=None, *, how_often="monthly", by="weekday", dates=6, **changes):
    """That forum six times, every month on the same weekday."""
    details = forum_details(world, **changes)
    return plan_series(actor=actor or world.amina, details=details, rhythm=RhythmDetails(how_often, by, dates))


def a_date(world, number=1, **changes):
    """One date of a series of its own."""
    return list(a_series(world, **changes).forums.order_by("original_on"))[number]


def a_public_date(world):
    """One of a series that is open to anybody, and opened."""
    return open_forum(actor=world.amina, forum=Forum.objects.filter(series=a_series(world, is_public=True)).first())


def a_skipped_date(world):
    """A series with one date left out, and that day."""
    forum = a_date(world)
    return {"series": skip_date(actor=world.amina, forum=forum), "on": forum.original_on}


def a_job(world):
    """Book 2 BSL interpreters, a job of Amina's."""
    return a_forum(world).jobs.get(words="Book 2 BSL interpreters")


def days_of(series: Series) -> list[date]:
    """The days of a series as they stand."""
    return list(Forum.objects.filter(series=series).order_by("original_on").values_list("on", flat=True))
