"""Forums as the meetings of panels: who was invited as a member, who came, and who spoke."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from crm.base.actors import Actor
from crm.panels.meetings import MemberMeetings, PanelMeetings
from crm.panels.models import Membership
from engagement.forums.models import Forum, Invitation
from engagement.forums.vocabulary import PAST

YEAR = timedelta(days=365)


def meetings_of_panels(today: date) -> PanelMeetings:
    """Forums of the 12 months until this day that took place, as they are asked of each membership. No query."""
    held = Invitation.objects.filter(
        panel=OuterRef("panel_id"), forum__state__in=PAST, forum__on__range=(today - YEAR, today)
    ).order_by()
    theirs = held.filter(person=OuterRef("person_id"))
    number = held.values("panel").annotate(forums=Count("forum", distinct=True)).values("forums")
    return PanelMeetings(
        number=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        came=Exists(theirs.filter(attendance__came=True)),
        spoke=Exists(theirs.filter(attendance__spoke=True)),
    )


def meetings_of_member(membership: Membership, reader: Actor) -> MemberMeetings:
    """Of the forums this reader may see, of all years. 1 query."""
    rows = Invitation.objects.filter(panel=membership.panel_id, person=membership.person_id, forum__state__in=PAST)
    told = rows.filter(forum__in=Forum.objects.visible_to(reader).order_by()).aggregate(
        invited=Count("pk"), came=Count("pk", filter=Q(attendance__came=True)),
        spoke=Count("pk", filter=Q(attendance__spoke=True)),
    )  # fmt: skip
    return MemberMeetings(**told)
