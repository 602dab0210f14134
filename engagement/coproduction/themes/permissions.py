"""Who may read themes, gather points into them, and split, merge and nest them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.permissions import permission
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import READERS, Theme
from engagement.log.models import Point

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})


def _sees(actor: Actor, *themes: Theme) -> bool:
    wanted = {theme.pk for theme in themes}
    return Theme.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


def _reads_all(actor: Actor, points: Sequence[Point]) -> bool:
    wanted = {point.pk for point in points}
    return Point.objects.visible_to(actor).order_by().filter(pk__in=wanted).count() == len(wanted)


def _works_in(actor: Actor, locality: Area | None) -> bool:
    if holds(actor, OFFICE_ROLES):
        return True
    scope = scope_of(actor, {Role.CHAMPION})
    return scope.everywhere or (locality is not None and locality.pk in scope.localities)


def keeps(actor: Actor, theme: Theme, roles: Collection[Role] = OFFICE_ROLES) -> bool:
    """Whether a theme is this colleague's to change: they look after it, or it is of their locality, or whoever looks
    after it works in their team. Leads and managers keep every theme."""
    if holds(actor, KEEPERS) or theme.owner_id == actor.pk:
        return True
    scope = scope_of(actor, set(roles) - KEEPERS)
    if scope.everywhere or theme.locality_id in scope.localities:
        return True
    return bool(scope.teams) and not scope.teams.isdisjoint(theme.owner.scope_of(FIELD_ROLES).teams)


@permission("Read themes", roles=READERS, scope="read")
def read_themes(*, actor: Actor) -> bool:
    """Their names and figures: whoever meets people, counts or publishes. The words behind them: whoever may read each
    contact."""
    return True


@permission("Name a theme", roles=FIELD_ROLES)
def add_theme(*, actor: Actor, details: ThemeDetails) -> bool:
    """Officers, leads and managers anywhere; champions in their locality, which they must name."""
    return details.locality is None or _works_in(actor, details.locality)


@permission("Change a theme", roles=FIELD_ROLES)
def change_theme(*, actor: Actor, theme: Theme, details: ThemeDetails | None = None) -> bool:
    """Who looks after it, colleagues of their team and of its locality, leads and managers; champions in their
    locality."""
    place = details.locality if details is not None else None
    return _sees(actor, theme) and keeps(actor, theme, FIELD_ROLES) and (place is None or _works_in(actor, place))


@permission("Put points into a theme", roles=FIELD_ROLES)
def gather_points(*, actor: Actor, theme: Theme, points: Sequence[Point]) -> bool:
    """Whoever may read each of the points."""
    return _sees(actor, theme) and _reads_all(actor, points)


@permission("Take points out of a theme", roles=FIELD_ROLES)
def release_points(*, actor: Actor, theme: Theme, points: Sequence[Point]) -> bool:
    """Whoever may read each of the points."""
    return _sees(actor, theme) and _reads_all(actor, points)


@permission("Split a theme", roles=OFFICE_ROLES)
def split_theme(*, actor: Actor, theme: Theme, points: Sequence[Point]) -> bool:
    """Who looks after it, officers of their team and of its locality, leads and managers; each of them, the points they
    may read."""
    return _sees(actor, theme) and keeps(actor, theme) and _reads_all(actor, points)


@permission("Merge a theme into another", roles=OFFICE_ROLES)
def merge_theme(*, actor: Actor, theme: Theme, into: Theme) -> bool:
    """Whoever may change both themes; leads and managers any two."""
    return _sees(actor, theme, into) and keeps(actor, theme) and keeps(actor, into)


@permission("Put a theme inside another", roles=OFFICE_ROLES)
def nest_theme(*, actor: Actor, theme: Theme, parent: Theme | None) -> bool:
    """Who looks after it, officers of their team and of its locality, leads and managers. Whoever may change the wider
    theme may take it out."""
    if not _sees(actor, theme, *([parent] if parent else [])):
        return False
    wider = theme.parent if parent is None else None
    return keeps(actor, theme) or (wider is not None and keeps(actor, wider))


@permission("Close a theme", roles=OFFICE_ROLES)
def close_theme(*, actor: Actor, theme: Theme) -> bool:
    """Who looks after it, officers of their team and of its locality, leads and managers, with a reason."""
    return _sees(actor, theme) and keeps(actor, theme)


@permission("Open a theme again", roles=OFFICE_ROLES)
def reopen_theme(*, actor: Actor, theme: Theme) -> bool:
    """Who looks after it, officers of their team and of its locality, leads and managers. One that was merged takes
    back what it brought: whoever may change both."""
    both = theme.merged_into is None or keeps(actor, theme.merged_into)
    return _sees(actor, theme) and keeps(actor, theme) and both
