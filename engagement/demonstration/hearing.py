"""Who is heard and who is not: a community heard elsewhere and spoken for in one locality, and a past under an old
name."""

from __future__ import annotations

from crm.audit.actions import attach
from crm.base.demonstration import Say
from crm.communities.models import Community
from crm.demonstration.parts.profiles import MERGED
from crm.organisations.models import Organisation, OrganisationCommunity
from engagement.log.models import Reach

SPOKEN_FOR = ("Somali community", "East Neighbourhood Network")  # heard in the West; in the East it speaks for them
LED_BY_THE_MERGED = "Kashmiri Elders of Small Heath"


def load_hearing(say: Say) -> None:
    """Load it; after the contacts."""
    spoken, old = _spoken_for(), _under_the_old_name()
    say(f"Contacts at which a group spoke for the {SPOKEN_FOR[0]}: {spoken}. Under an old name: {old}.")


def _spoken_for() -> int:
    """In averages nobody misses them: they are heard every week, and never in the East."""
    name, network = SPOKEN_FOR
    community, group = Community.objects.get(name=name), Organisation.objects.get(name=network)
    attach([OrganisationCommunity(organisation=group, community=community, relation="speaks_for")])
    rows = [
        Reach(
            event=event,
            community=community,
            basis=Reach.Basis.TOLD,
            voice=Reach.Voice.THROUGH,
            through=group,
            occurred_on=event.occurred_on,
            locality_id=event.locality_id,
        )
        for event in group.events.all()
    ]
    attach(rows)
    return len(rows)


def _under_the_old_name() -> int:
    """What was recorded for the merged community before the merger stands under its own name."""
    name, into, _ = MERGED
    gone = Community.objects.get(name=name)
    assert gone.merged_on is not None
    before = Reach.objects.filter(
        community__name=into, event__organisations__name=LED_BY_THE_MERGED, occurred_on__lt=gone.merged_on
    )
    return Reach.objects.filter(pk__in=list(before.values_list("pk", flat=True))).update(community=gone)
