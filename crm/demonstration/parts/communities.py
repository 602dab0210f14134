"""Communities and programmes, as they come with Heard."""

from __future__ import annotations

from crm.base.actors import SYSTEM
from crm.base.demonstration import Say
from crm.communities.actions import load_communities as load_from_file
from crm.communities.files import read_communities
from crm.communities.models import Community
from crm.demonstration.history import backdate, days_ago


def load_communities(say: Say) -> None:
    """Load the shipped list, and let it be kept since before the first contact."""
    number = load_from_file(actor=SYSTEM, lines=read_communities())
    communities = list(Community.objects.all())
    backdate(communities, [days_ago(800)] * len(communities))
    say(f"Communities and programmes: {number}.")
