"""The panels of the demonstration: several kinds, one that others grew out of, and a gap that the table names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import User
from crm.base.actors import Role
from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.panels.models import MemberNote, Membership, Panel, PanelChange, Seat
from crm.panels.reports.table import who_is_at_the_table


@pytest.mark.usefixtures("demonstration")
class TestThePanelsOfTheDemonstration:
    def test_there_are_five_kinds_and_a_citizen_panel_that_became_two_focus_groups(self):
        assert len(set(Panel.objects.values_list("kind", flat=True))) >= 5
        grown = Panel.objects.filter(kind="focus_group", grew_from__kind="citizen_panel")
        assert grown.count() == 2
        assert PanelChange.objects.count() == 1
        assert 60 <= Membership.objects.count() <= 75
        assert MemberNote.objects.exists()

    def test_everybody_sits_where_the_rules_would_let_them(self):
        for row in Membership.objects.select_related("seat__reserved_for", "declaration", "panel", "person"):
            assert not row.person.restricted
            assert row.first_day >= row.panel.first_day
            if row.seat and row.seat.reserved_for_id:
                assert row.declaration.person_id == row.person_id
                assert row.declaration.purpose.key == "seats"
        taken = Membership.objects.standing(timezone.localdate()).exclude(seat=None).values_list("seat", flat=True)
        assert len(taken) == len(set(taken))

    def test_one_kept_seat_is_empty_and_the_table_names_who_is_missing(self):
        roma = Community.objects.get(name="Roma community")
        seat = Seat.objects.get(reserved_for=roma)
        lead = User.objects.filter(grants__role=Role.LEAD).first()
        part = who_is_at_the_table(lead).of(seat.panel)
        assert seat in part.empty
        words = "Nobody has said that they belong to the Roma community; the terms ask for them."
        assert words in [point.words for point in part.less]
        sitting = Membership.objects.values("person")
        assert not DeclaredCommunity.objects.filter(community=roma, person__in=sitting).exists()

    def test_something_can_be_counted_and_something_is_too_few_to_say(self):
        lead = User.objects.filter(grants__role=Role.LEAD).first()
        table = who_is_at_the_table(lead)
        carers = next(point for point in table.all.points if point.name == "Unpaid carers")
        assert carers.people.value
        assert any(point.words.startswith("Too few to say") for part in table.panels for point in part.points)

    def test_what_members_declared_counts_on_whatever_day_it_is_loaded(self):
        end_of_last_month = timezone.localdate() - timedelta(days=31)  # at the earliest: the table counts as of then
        said = DeclaredCommunity.objects.filter(purpose__key="seats", person__in=Membership.objects.values("person"))
        assert not said.filter(declared_on__gt=end_of_last_month).exists()

    def test_panels_have_met_and_it_shows_who_came_and_who_spoke(self):
        table = who_is_at_the_table(User.objects.filter(grants__role=Role.LEAD).first())
        told = {point.about: point for point in table.all.points}
        assert told["came"].people.value
        assert told["spoke"].people.value
        quiet = next(part for part in table.panels if part.name == "Small grants panel")
        assert not any(point.about == "came" for point in quiet.points), "It has not met: that is not nobody."
