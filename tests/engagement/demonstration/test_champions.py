"""Champions of the demonstration: in every locality, and missing where only the grid shows it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm.accounts.models import RoleGrant
from crm.areas.models import Area
from crm.champions.models import Appointment, GovernanceRole, Learning
from engagement.hearing.reports.coverage import cover, gaps


@pytest.mark.usefixtures("demonstration")
class TestChampions:
    def test_somebody_stands_in_every_locality_and_some_go_soon(self):
        standing = Appointment.objects.standing(timezone.localdate())
        assert set(standing.values_list("locality", flat=True)) == {area.pk for area in Area.objects.localities()}
        assert Appointment.objects.ending(timezone.localdate()).count() == 3
        assert set(Learning.objects.values_list("kind", flat=True)) == {"induction", "training", "mentored", "mentors"}

    def test_the_grid_names_the_gap_that_lists_hide(self):
        cells = {(str(cell.hearing.community), str(cell.hearing.locality)): cell for cell in cover()}
        assert cells["Somali community", "West"].state == "stands"
        missing = cells["Somali community", "East"]
        assert missing.is_nobody
        assert missing in gaps(cover())

    def test_every_account_of_a_champion_ends_with_a_term(self):
        grants = RoleGrant.objects.filter(role="champion").select_related("appointment")
        assert grants
        for grant in grants:
            assert grant.appointment.last_day == grant.last_day

    def test_three_people_in_governance_changed_something(self):
        assert GovernanceRole.objects.count() == 3
        assert all(role.influences.exists() for role in GovernanceRole.objects.all())
