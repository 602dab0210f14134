"""Series: planned, changed as a whole, ended, and given their next dates every night."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.actions import parts
from engagement.forums.details import ForumDetails, RhythmDetails, details_of, on_its_day, where_alike
from engagement.forums.models import Forum, Series
from engagement.forums.permissions import forums as permissions
from engagement.forums.reports.template import like_the_others, standing_details
from engagement.forums.rules import forums as rules


@action(permissions.plan_series)
def plan_series(*, actor: User, details: ForumDetails, rhythm: RhythmDetails) -> Series:
    """Plan forums that come again: one for each date of the next 12 months, all alike. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_reaching(actor, details))
    _refuse(details, rhythm)
    series = write(_filled(Series(owner=actor), details, rhythm), verb=Verb.SERIES_PLANNED)
    series.organisers.set(details.organisers)
    parts.add_dates(series, details, parts.days_wanted(series), owner=series.owner, opened=False)
    return series


@action(permissions.repeat_forum)
def repeat_forum(*, actor: User, forum: Forum, rhythm: RhythmDetails, expected_version: int | None = None) -> Series:
    """A forum that was to be held once comes again: it is the first date of a series. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing(fresh))
    refuse_input_if([*rules.blockers_to_repeating(fresh, rhythm), *rules.blockers_to_rhythm(rhythm)])
    details = details_of(fresh)
    series = write(_filled(Series(owner=fresh.owner), details, rhythm), verb=Verb.SERIES_PLANNED)
    series.organisers.set(details.organisers)
    fresh.series, fresh.original_on = series, fresh.on
    parts.keep(fresh, verb=Verb.FORUM_CHANGED)
    more = [day for day in parts.days_wanted(series) if day != fresh.on]
    parts.add_dates(series, details, more, owner=fresh.owner, opened=fresh.was_published)
    return series


@action(permissions.change_series)
def change_series(
    *, actor: User, series: Series, details: ForumDetails, rhythm: RhythmDetails, expected_version: int | None = None
) -> Series:
    """Change every date ahead; one that was changed alone only where it did not differ from the others. A new rhythm
    makes and takes away dates nobody was told of. `details.on` is the day of the first date. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(series, expected_version=expected_version)
    dates, before = parts.coming_of(fresh), standing_details(fresh)
    told = Forum.objects.filter(series=fresh, was_published=True).exists()
    refuse_if(rules.blockers_to_changing_series(fresh, details, rhythm, told))
    _refuse(details, rhythm, was_on=fresh.first_on)
    new_rule = (fresh.how_often, fresh.by, fresh.first_on) != (rhythm.how_often, rhythm.by, details.on)
    _filled(fresh, details, rhythm)
    if told and fresh.changed_fields():
        fresh.sequence += 1
    linked = set_links(fresh, "organisers", details.organisers)
    saved = write(fresh, verb=Verb.SERIES_CHANGED, linked=linked)
    if new_rule:
        saved.skipped.all().delete()
    _fit_dates(saved, dates, details, before)
    return saved


def _fit_dates(series: Series, dates: list[Forum], details: ForumDetails, before: ForumDetails) -> None:
    wanted = set(parts.days_wanted(series))
    opened = any(forum.was_published for forum in dates)
    for forum in dates:
        if forum.original_on not in wanted and not forum.was_published:
            parts.remove(forum)
        elif forum.changed_alone:
            _apply(forum, where_alike(details_of(forum), before, details))
        else:
            _apply(forum, details)
    made = Forum.objects.filter(series=series).values_list("original_on", flat=True)
    parts.add_dates(series, details, wanted - set(made), owner=series.owner, opened=opened)


def _apply(forum: Forum, details: ForumDetails) -> None:
    own = on_its_day(details, forum.on)
    parts.fill(forum, own)
    parts.keep(forum, verb=Verb.FORUM_CHANGED, linked=parts.set_parts(forum, own))
    parts.set_jobs(forum)


@action(permissions.end_series)
def end_series(*, actor: User, series: Series, expected_version: int | None = None) -> Series:
    """No new dates are made, and those nobody was told of are taken away; the others stand until somebody cancels
    them. Raises `Stale`, `Blocked`."""
    fresh = lock(series, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    for forum in parts.coming_of(fresh):
        if not forum.was_published:
            parts.remove(forum)
    fresh.ended_on = timezone.localdate()
    return write(fresh, verb=Verb.SERIES_ENDED)


@action(permissions.extend_series)
def extend_series(*, actor: Actor) -> int:
    """Make the dates of every running series that came within 12 months. A new date is like the last one that was not
    changed alone, and open where that one is. Returns how many were made: none the second time."""
    made = 0
    for series in Series.objects.running().order_by("id"):
        lock(series)
        like = like_the_others(series)
        known = set(Forum.objects.filter(series=series).values_list("original_on", flat=True))
        new = [day for day in parts.days_wanted(series) if day not in known and day > _today()]
        if like is not None and new:
            parts.add_dates(series, details_of(like), new, owner=like.owner, opened=like.was_published)
            made += len(new)
    return made


def _today() -> date:
    return timezone.localdate()


def _refuse(details: ForumDetails, rhythm: RhythmDetails, was_on: date | None = None) -> None:
    keeping = rules.blockers_to_keeping(details, today=timezone.localdate(), was_on=was_on)
    refuse_input_if([*keeping, *rules.blockers_to_rhythm(rhythm)])


def _filled(series: Series, details: ForumDetails, rhythm: RhythmDetails) -> Series:
    series.name, series.about, series.locality = details.title.strip(), details.about.strip(), details.locality
    series.first_on, series.starts, series.ends = details.on, details.starts, details.ends  # type: ignore[assignment]  # the rules refuse none
    series.how_often, series.by, series.dates = rhythm.how_often, rhythm.by, rhythm.dates
    series.owner = details.owner or series.owner
    return series
