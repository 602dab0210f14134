"""What is known about working with communities, the rhythms of some localities, a former name and a merger."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from crm.accounts.models import RoleGrant
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.communities.models import Community, CommunityFact, CommunityLink, CommunityRhythm, FormerName
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.sign_ins import DATA

COLUMNS = ("community", "kind", "voice", "said_by", "days_ago", "key", "corrects", "words")
RHYTHMS = (("Somali community", "East", 60), ("Kashmiri community", "East", 30), ("Deaf community", "South", 45))
RENAMED = ("Gypsy, Roma and Traveller communities", "Travelling communities", 400)  # name, name before, days ago
MERGED = ("Mirpuri community", "Kashmiri community", 300)  # what went, where to, days ago


def load_profiles(say: Say) -> None:
    """Load them; after staff and communities."""
    communities = {community.name: community for community in Community.objects.all()}
    facts = _facts(communities)
    places = {place.name: place for place in Area.objects.localities()}
    attach(
        [
            CommunityRhythm(community=communities[name], locality=places[place], rhythm_days=days)
            for name, place, days in RHYTHMS
        ]
    )
    name, before, ago = RENAMED
    attach([FormerName(community=communities[name], name=before)])
    FormerName.objects.update(until=timezone.localdate() - timedelta(days=ago))
    _merge(communities)
    say(f"Things known about working with communities: {len(facts)}.")


def _facts(communities: dict[str, Community]) -> list[CommunityFact]:
    grant = RoleGrant.objects.filter(role=Role.OFFICER).select_related("user").order_by("id").first()
    assert grant is not None
    lines, chance = read_table(DATA / "community_facts.csv", COLUMNS), Chance("heard/community-facts")
    by_key: dict[str, CommunityFact] = {}
    facts = []
    for line in lines:
        fact = CommunityFact(
            id=chance.id_at(days_ago(int(line["days_ago"]))),
            community=communities[line["community"]],
            said_on=_day(line),
            recorded_by=grant.user,
            corrects=by_key.get(line["corrects"]),
            **{name: line[name] for name in ("kind", "voice", "said_by", "words")},
        )
        facts.append(fact)
        by_key[line["key"] or fact.words] = fact
    write_new(facts, verb=Verb.COMMUNITY_FACT_ADDED)
    backdate(facts, [days_ago(int(line["days_ago"])) for line in lines])
    return facts


def _day(line: Line) -> date:
    return timezone.localdate() - timedelta(days=int(line["days_ago"]))


def _merge(communities: dict[str, Community]) -> None:
    """A community that went on under another: its old contacts are told by the part that loads contacts."""
    name, into, ago = MERGED
    stays, day = communities[into], timezone.localdate() - timedelta(days=ago)
    gone = Community(
        id=Chance("heard/merged").id_at(days_ago(800)),
        name=name,
        parent=stays,
        merged_into=stays,
        merged_on=day,
        rhythm_days=60,
        description="Elders who asked to be called by the wider name.",
        source="Mirpuri named in CQC assessment report, November 2023",
    )
    write_new([gone], verb=Verb.COMMUNITY_MERGED)
    backdate([gone], [days_ago(800)])
    above = CommunityLink.objects.filter(descendant=stays).values_list("ancestor_id", "depth")
    links = [CommunityLink(ancestor_id=pk, descendant=gone, depth=depth + 1, since=day) for pk, depth in above]
    attach([CommunityLink(ancestor=gone, descendant=gone, depth=0), *links])
