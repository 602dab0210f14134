"""Themes: named, filled, split, merged, nested, closed. Memberships end, they are never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import OFFICE_ROLES, holds
from crm.base.rules import refuse_if, refuse_input_if
from engagement.coproduction.themes import permissions, rules
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme, ThemeNesting, ThemePoint
from engagement.log.models import Point


@action(permissions.add_theme)
def add_theme(*, actor: User, details: ThemeDetails, points: Sequence[Point] = ()) -> Theme:
    """Name a theme, perhaps with its first points. Raises `InputBlocked` with every reason at once, `Refused` where a
    point may not be read."""
    refuse_input_if([*_kept(actor, details), *rules.blockers_to_nesting(details.parent)])
    theme = _made(Theme(), details, actor)
    if points:
        gather_points(actor=actor, theme=theme, points=points)
    return theme


def _kept(actor: User, details: ThemeDetails, besides: Theme | None = None) -> list[Any]:
    return list(rules.blockers_to_keeping(details, field=not holds(actor, OFFICE_ROLES), besides=besides))


def _made(theme: Theme, details: ThemeDetails, actor: User, verb: Verb = Verb.THEME_ADDED) -> Theme:
    theme.owner, theme.opened_on, theme.parent = details.owner or actor, timezone.localdate(), details.parent
    write(_filled(theme, details), verb=verb)
    _hang(theme, details.parent)
    return theme


def _filled(theme: Theme, details: ThemeDetails) -> Theme:
    theme.name, theme.about = details.name.strip(), details.about.strip()
    theme.owner, theme.locality = details.owner or theme.owner, details.locality
    return theme


@action(permissions.change_theme)
def change_theme(*, actor: User, theme: Theme, details: ThemeDetails, expected_version: int | None = None) -> Theme:
    """Put a theme right: all but what it lies in. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(theme, expected_version=expected_version)
    refuse_if(rules.blockers_to_open(fresh))
    refuse_input_if(_kept(actor, details, besides=fresh))
    return write(_filled(fresh, details), verb=Verb.THEME_CHANGED)


@action(permissions.gather_points)
def gather_points(*, actor: User, theme: Theme, points: Sequence[Point]) -> Theme:
    """Put points into a theme from today on; those that belong there already stay. Raises `Blocked` when it is closed,
    `InputBlocked`."""
    fresh = lock(theme)
    refuse_if(rules.blockers_to_open(fresh))
    refuse_input_if(rules.blockers_to_gathering(points))
    new = _begin(actor, fresh, [point.pk for point in points])
    return write(fresh, verb=Verb.POINTS_GATHERED, linked=_told("points", new))


@action(permissions.release_points)
def release_points(*, actor: User, theme: Theme, points: Sequence[Point]) -> Theme:
    """Take points out of a theme from today on; what was counted before stays right for its day. Raises `Blocked`,
    `InputBlocked`."""
    fresh = lock(theme)
    refuse_if(rules.blockers_to_open(fresh))
    refuse_input_if(rules.blockers_to_releasing(fresh, points))
    gone = _end(fresh, [point.pk for point in points])
    return write(fresh, verb=Verb.POINTS_RELEASED, linked=_told("points", gone))


@action(permissions.split_theme)
def split_theme(
    *, actor: User, theme: Theme, details: ThemeDetails, points: Sequence[Point], expected_version: int | None = None
) -> Theme:
    """Let some points of a theme become a theme of their own from today on. Returns the new one. Raises `Stale`,
    `Blocked`, `InputBlocked`."""
    fresh = lock(theme, expected_version=expected_version)
    refuse_if(rules.blockers_to_open(fresh))
    found = [*_kept(actor, details), *rules.blockers_to_splitting(fresh, points)]
    refuse_input_if([*found, *rules.blockers_to_nesting(details.parent)])
    new = _made(Theme(split_from=fresh), details, actor, Verb.THEME_SPLIT)
    moved = _end(fresh, [point.pk for point in points])
    _begin(actor, new, moved, came_from=fresh)
    write(fresh, verb=Verb.THEME_SPLIT, linked=_told("points", moved))
    return new


@action(permissions.merge_theme)
def merge_theme(*, actor: User, theme: Theme, into: Theme, reason: str, expected_version: int | None = None) -> Theme:
    """Let a theme go on in another one from today on, with its points and what lies in it. Returns the one that went.
    Raises `Stale`, `Blocked`, `InputBlocked`."""
    first, second = sorted((theme, into), key=lambda one: str(one.pk))  # in one order, so that nobody waits for ever
    held = {one.pk: lock(one) for one in (first, second)}
    fresh, stays = lock(theme, expected_version=expected_version), held[into.pk]
    refuse_if(rules.blockers_to_open(fresh))
    refuse_input_if(rules.blockers_to_merging(fresh, stays, reason))
    moved = _end(fresh)
    _begin(actor, stays, moved, came_from=fresh)
    for child in Theme.objects.filter(parent=fresh):
        _move(child, stays)
    _shut(fresh, Theme.State.MERGED, reason)
    fresh.merged_into = stays
    write(stays, verb=Verb.THEME_MERGED, linked=_told("points", moved))
    return write(fresh, verb=Verb.THEME_MERGED)


@action(permissions.nest_theme)
def nest_theme(*, actor: User, theme: Theme, parent: Theme | None, expected_version: int | None = None) -> Theme:
    """Put a theme inside a wider one from today on, or take it out. Raises `Stale`, `Blocked`, `InputBlocked`."""
    list(Theme.objects.select_for_update().order_by("pk").values_list("pk"))  # two moves at once could make a circle
    fresh = lock(theme, expected_version=expected_version)
    refuse_if(rules.blockers_to_open(fresh))
    held = lock(parent) if parent is not None else None
    refuse_input_if(rules.blockers_to_nesting(held, fresh))
    return _move(fresh, held)


@action(permissions.close_theme)
def close_theme(*, actor: User, theme: Theme, reason: str, expected_version: int | None = None) -> Theme:
    """Nothing more is gathered here; its points stay. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(theme, expected_version=expected_version)
    refuse_if(rules.blockers_to_open(fresh))
    refuse_input_if(rules.reason_missing(reason))
    _shut(fresh, Theme.State.CLOSED, reason)
    return write(fresh, verb=Verb.THEME_CLOSED)


@action(permissions.reopen_theme)
def reopen_theme(*, actor: User, theme: Theme, expected_version: int | None = None) -> Theme:
    """Open a theme again. One that was merged takes back from today on, of what it brought, what still belongs there.
    Raises `Stale`, `Blocked`."""
    fresh = lock(theme, expected_version=expected_version)
    refuse_if(rules.blockers_to_reopening(fresh))
    if fresh.merged_into is not None:
        _take_back(actor, fresh, lock(fresh.merged_into))
    fresh.state, fresh.merged_into, fresh.closed_on, fresh.closed_reason = Theme.State.OPEN, None, None, ""
    return write(fresh, verb=Verb.THEME_REOPENED)


def _take_back(actor: User, theme: Theme, keeper: Theme) -> None:
    """Points and themes that came with the merger go back; points that had been in both stay there too."""
    brought = set(ThemePoint.objects.filter(theme=theme, until=theme.closed_on).values_list("point_id", flat=True))
    there = ThemePoint.objects.filter(theme=keeper, until=None, point__in=brought)
    points = list(there.values_list("point_id", flat=True))
    _end(keeper, list(there.filter(came_from=theme).values_list("point_id", flat=True)))
    _begin(actor, theme, points, came_from=keeper)
    inside = ThemeNesting.objects.filter(parent=theme, until=theme.closed_on).values("theme")
    for child in Theme.objects.filter(pk__in=inside, parent=keeper):
        _move(child, theme)
    write(keeper, verb=Verb.THEME_REOPENED, linked=_told("points", points))


def _shut(theme: Theme, state: str, reason: str) -> None:
    theme.state, theme.closed_on, theme.closed_reason = state, timezone.localdate(), reason.strip()


def _move(theme: Theme, parent: Theme | None) -> Theme:
    today = timezone.localdate()
    if theme.parent_id == (parent.pk if parent else None):
        return theme
    ThemeNesting.objects.filter(theme=theme, until=None).update(until=today)
    _hang(theme, parent, today)
    theme.parent = parent
    return write(theme, verb=Verb.THEME_NESTED)


def _hang(theme: Theme, parent: Theme | None, since: date | None = None) -> None:
    if parent is not None:
        attach([ThemeNesting(theme=theme, parent=parent, since=since or timezone.localdate())])


def _begin(actor: User, theme: Theme, points: Iterable[UUID], came_from: Theme | None = None) -> list[UUID]:
    """The points belong there from today on; those that do already are left alone."""
    wanted = list(dict.fromkeys(points))
    known = set(ThemePoint.objects.filter(theme=theme, until=None, point__in=wanted).values_list("point_id", flat=True))
    new = [pk for pk in wanted if pk not in known]
    today = timezone.localdate()
    rows = [ThemePoint(theme=theme, point_id=pk, since=today, gathered_by=actor, came_from=came_from) for pk in new]
    write_new(rows, verb=Verb.POINTS_GATHERED)
    return new


def _end(theme: Theme, points: Sequence[UUID] | None = None) -> list[UUID]:
    """The points (all of them where none are named) do not belong there any more from today on."""
    rows = ThemePoint.objects.filter(theme=theme, until=None)
    if points is not None:
        rows = rows.filter(point__in=points)
    gone = list(rows.order_by("since", "id").values_list("point_id", flat=True))
    rows.update(until=timezone.localdate(), version=F("version") + 1, modified_at=timezone.now())
    return gone


def _told(what: str, points: Sequence[UUID]) -> dict[str, tuple[Any, Any]]:
    """For the audit: which points, by id. Nothing where there were none."""
    return {what: ([], [str(pk) for pk in points])} if points else {}
