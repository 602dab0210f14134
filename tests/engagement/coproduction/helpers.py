"""What the tests of co-production share: points in themes, and a theme."""

from __future__ import annotations

from engagement.coproduction.themes.actions import add_theme, gather_points, merge_theme
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme
from engagement.log.details import PointDetails, ReachDetails
from engagement.log.models import Point
from tests.world import World


def a_point(world: World, words: str = "Nobody told us a carer can get help too.", **changes) -> Point:
    """Something a group of the East told Amina today, its community heard directly, unless told otherwise."""
    point = {name: changes.pop(name) for name in ("kind", "quoting", "through", "language", "translation")
             if name in changes}  # fmt: skip
    given = {"area": world.east_ward, "reach": [ReachDetails(world.community, 4)], **changes}
    return world.contact(points=[PointDetails(words, **point)], **given).points.get()


def a_theme(world: World, name: str = "Carers do not know what they can get", *, points=(), actor=None, **changes):
    """An open theme of the whole council that Amina looks after; the same one for the same name."""
    found = Theme.objects.open().filter(name=name).first()
    details = ThemeDetails(name, **changes)
    return found or add_theme(actor=actor or world.amina, details=details, points=points)


def themed(world: World, number: int = 1, name: str = "Carers do not know what they can get") -> Theme:
    """A theme with so many points."""
    return a_theme(world, name, points=[a_point(world, f"{name}: {place}.") for place in range(number)])


def one_more(world: World, number: int, point: Point) -> None:
    """One more point in the world's own theme, with one more theme inside it that holds the point too."""
    wide = themed(world)
    theme = a_theme(world, f"Theme {number}", parent=wide, locality=world.east, points=[point])
    near = a_point(world, f"Carers do not know: {number}.", through=world.group, language=world.urdu)
    gather_points(actor=world.amina, theme=wide, points=[point])
    merge_theme(actor=world.amina, theme=a_theme(world, f"Merged {number}", points=[near]), into=theme, reason="Same")
    a_point(world, f"Carers do not know that either: {number}.")
