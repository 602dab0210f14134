"""What invitations show on a forum's own pages: who is invited, who comes, who waits."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.timeline import Card
from engagement.forums.models import Forum, Invitation
from engagement.forums.reports.tallies import tally_of
from engagement.forums.vocabulary import COMING


def invited_to(reader: Actor, forum: Forum) -> Card | None:
    """Answers in numbers, and the way to invite more. 3 queries."""
    if not holds(reader, FIELD_ROLES):
        return None
    tally = tally_of(forum, Invitation.objects.visible_to(reader))
    shows = {"tally": tally, "forum": forum, "may_invite": forum.state in COMING}
    return Card("workspace/forums/card_invite.html", shows, order=10)
