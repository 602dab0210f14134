"""Forums of the last year to which the members of panels were invited as members, so that who came and spoke shows."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from crm.audit.actions import write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.demonstration.chance import Chance
from crm.panels.models import Membership
from engagement.forums.models import Forum, Invitation
from engagement.forums.vocabulary import Answer, ForumState, Place

# Panel → the series whose forums it met at, and which of them, newest first. The others have not met: the page says so.
MET = {
    "Adult care citizen panel": ("Care at home", (0,)),
    "Kashmiri women who care": ("Care at home", (1, 2)),
    "Direct payments together": ("Nothing about us without us", (0, 1)),
    "Carers of older people": ("Older and heard", (0,)),
    "Safeguarding forum": ("Carers who work", (0,)),
}


def load_panel_meetings(say: Say) -> None:
    """Load the members' invitations, to forums of months that are over: the table tells nothing of the running one."""
    chance, first = Chance("heard/panel meetings"), timezone.localdate().replace(day=1)
    made: list[Invitation] = []
    for panel, (title, places) in MET.items():
        held: Any = Forum.objects.filter(title=title, state=ForumState.HELD, on__lt=first).order_by("-on", "id")
        for forum in (one for place, one in enumerate(held) if place in places):
            members = _members(panel, forum)
            asked: Any = Invitation.objects.filter(forum=forum, person__in=[row.person_id for row in members])
            there = set(asked.values_list("person", flat=True))
            asked.update(panel=members[0].panel_id if members else None)
            made += [_invitation(chance, forum, row) for row in members if row.person_id not in there]
    write_new(made, verb=Verb.FORUM_INVITED)
    say(f"Meetings of panels: {len(made)} members invited.")


def _members(panel: str, forum: Forum) -> list[Membership]:
    rows: Any = Membership.objects.standing(forum.on).filter(panel__name=panel)
    rows = rows.exclude(role=Membership.Part.SUBSTITUTE).filter(person__restricted=False, person__stopped_on=None)
    return list(rows.select_related("person").order_by("id"))


def _invitation(chance: Chance, forum: Forum, row: Membership) -> Invitation:
    asked = timezone.make_aware(datetime.combine(forum.on - timedelta(days=20), time(10)))
    one = Invitation(
        id=chance.id_at(asked), forum=forum, invited_by=forum.owner, person=row.person, panel_id=row.panel_id,
        told_sequence=forum.sequence, answer=Answer.YES, answered_how=Invitation.How.PHONE,
        answered_at=asked + timedelta(days=4), answered_in_full=True, place=Place.HAS,
    )  # fmt: skip
    one.digest = Invitation.digest_of(one.secret)
    return one
