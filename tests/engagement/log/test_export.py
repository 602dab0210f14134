"""An export is read in pieces by key; no piece loses or borrows what belongs to a contact."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.log import reports
from engagement.log.details import PointDetails
from engagement.log.models import EngagementEvent
from tests.world import World

POINTS, GROUPS = reports.EXPORT_HEADINGS.index("Points"), reports.EXPORT_HEADINGS.index("Groups")


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_every_contact_keeps_its_own_points_and_groups_wherever_a_piece_ends(
    world: World, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(reports, "CHUNK", piece)  # 2,000 contacts would only make the test slow
    today = timezone.localdate()
    said = {}
    for number, days in enumerate((0, 0, 0, 1, 1, 5, 40)):
        event = world.contact(
            occurred_on=today - timedelta(days=days),
            organisations=[world.group, world.south_group] if number % 2 else [world.group],
            points=[PointDetails(words=f"First of {number}."), PointDetails(words=f"Second of {number}.")],
        )
        said[str(event.pk)] = number
    rows = list(reports.export_rows(EngagementEvent.objects.visible_to(world.manager)))
    assert [said[row[0]] for row in rows] == [2, 1, 0, 4, 3, 5, 6], "newest first, each once"
    for row in rows:
        number = said[row[0]]
        assert row[POINTS] == f"First of {number}. | Second of {number}."
        groups = {world.group.name, world.south_group.name} if number % 2 else {world.group.name}
        assert set(row[GROUPS].split("; ")) == groups
