"""What is missing before points are gathered, or a theme is split, merged or nested: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.areas.models import AreaKind
from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker
from crm.base.text import personal_details
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.log.models import Point

NO_NAME = Blocker("name_missing", "Write what the theme is called", "name")
NAME_TAKEN = Blocker("name_taken", "An open theme is called this already. Put the points there, or choose another name",
                     "name")  # fmt: skip
NOT_A_LOCALITY = Blocker("not_a_locality", "Choose a locality, or none for the whole council", "locality")
CHAMPION_PLACE = Blocker("locality_missing", "Choose your locality", "locality")
NO_KEEPER = Blocker("owner_away", "Choose somebody who meets people here today", "owner")
CIRCLE = Blocker("theme_in_itself", "A theme cannot lie in itself, or in one that lies in it", "parent")
PARENT_GONE = Blocker("theme_not_open", "Choose a theme that is open", "parent")
NO_POINTS = Blocker("points_missing", "Choose at least one point", "points")
POINT_GONE = Blocker("contact_withdrawn", "The contact of a point was withdrawn. Leave that point out", "points")
NOT_HERE = Blocker("point_not_here", "Choose points that belong to this theme", "points")
ALL_GO = Blocker("nothing_left", "Leave at least one point here, or change the name of this theme instead", "points")
SAME_THEME = Blocker("theme_into_itself", "Choose another theme", "into")
INTO_GONE = Blocker("theme_not_open", "Choose a theme that is open", "into")
INTO_INSIDE = Blocker("theme_lies_inside", "That theme lies in this one. Take it out first", "into")
NO_REASON = Blocker("reason_missing", "Say why, in a few words", "reason")
IS_OPEN = Blocker("theme_open", "This theme is open")
CANNOT_TAKE_BACK = Blocker("theme_merged_on", "The theme it went into was merged or closed since. Open that one first")


def blockers_to_open(theme: Theme) -> Iterator[Blocker]:
    """Why nothing can be put into a theme, or changed about it."""
    if theme.state == Theme.State.MERGED:
        yield Blocker("theme_merged", "This theme goes on in another one. Open that one")
    elif theme.state == Theme.State.CLOSED:
        yield Blocker("theme_closed", "This theme is closed. Open it again first")


def blockers_to_keeping(details: ThemeDetails, *, field: bool, besides: Theme | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a theme. `field`: somebody who must name their own locality says it."""
    name = details.name.strip()
    if not name:
        yield NO_NAME
    elif any(found != besides for found in Theme.objects.open().filter(name__iexact=name)):
        yield NAME_TAKEN
    for one, words in (("name", name), ("about", details.about)):
        for detail in personal_details(words):
            yield Blocker("personal_detail", f"Take out {detail}: everybody here reads the names of themes", one)
    yield from _where(details, field)
    changed = besides is None or details.owner != besides.owner
    if details.owner is not None and changed and not holds(details.owner, FIELD_ROLES):
        yield NO_KEEPER


def _where(details: ThemeDetails, field: bool) -> Iterator[Blocker]:
    if details.locality is not None and details.locality.kind != AreaKind.LOCALITY:
        yield NOT_A_LOCALITY
    elif details.locality is None and field:
        yield CHAMPION_PLACE


def blockers_to_nesting(parent: Theme | None, theme: Theme | None = None) -> Iterator[Blocker]:
    """Why a theme cannot lie there."""
    if parent is None:
        return
    if parent.state != Theme.State.OPEN:
        yield PARENT_GONE
    if theme is not None and theme.pk in {one.pk for one in with_enclosing(parent)}:
        yield CIRCLE


def with_enclosing(theme: Theme) -> list[Theme]:
    """The theme, and each that it lies in, from the inside out. A query for each level."""
    found, here = [theme], theme.parent
    while here is not None and here not in found:
        found.append(here)
        here = here.parent
    return found


def blockers_to_gathering(points: Sequence[Point]) -> Iterator[Blocker]:
    """Why these cannot be put into a theme."""
    if not points:
        yield NO_POINTS
    if Point.objects.filter(pk__in=[point.pk for point in points], event__withdrawn_at__isnull=False).exists():
        yield POINT_GONE


def blockers_to_releasing(theme: Theme, points: Sequence[Point]) -> Iterator[Blocker]:
    """Why these cannot be taken out of a theme."""
    if not points:
        yield NO_POINTS
    here = ThemePoint.objects.filter(theme=theme, until=None, point__in=points).values("point").distinct().count()
    if here != len({point.pk for point in points}):
        yield NOT_HERE


def blockers_to_splitting(theme: Theme, points: Sequence[Point]) -> Iterator[Blocker]:
    """Why these cannot become a theme of their own."""
    yield from blockers_to_releasing(theme, points)
    if points and not ThemePoint.objects.filter(theme=theme, until=None).exclude(point__in=points).exists():
        yield ALL_GO


def blockers_to_merging(theme: Theme, into: Theme, reason: str) -> Iterator[Blocker]:
    """Why this theme cannot go on in that one."""
    if theme.pk == into.pk:
        yield SAME_THEME
    elif into.state != Theme.State.OPEN:
        yield INTO_GONE
    elif theme.pk in {one.pk for one in with_enclosing(into)}:
        yield INTO_INSIDE
    yield from reason_missing(reason)


def blockers_to_reopening(theme: Theme) -> Iterator[Blocker]:
    """Why it cannot be opened again."""
    if theme.state == Theme.State.OPEN:
        yield IS_OPEN
    if theme.merged_into is not None and theme.merged_into.state != Theme.State.OPEN:
        yield CANNOT_TAKE_BACK


def reason_missing(reason: str) -> Iterator[Blocker]:
    """A reason is needed."""
    if not reason.strip():
        yield NO_REASON
