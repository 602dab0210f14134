"""Communities and programmes, as the council's documents name them, nested."""

from __future__ import annotations

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import read_table
from crm.communities.models import Community, CommunityLink
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.sign_ins import DATA
from crm.languages.models import Language

COLUMNS = ("name", "kind", "parent", "rhythm_days", "languages", "description", "good_to_know", "source")


def load_communities(say: Say) -> None:
    """Load them in the file's order: a parent stands above what lies in it."""
    lines = read_table(DATA / "communities.csv", COLUMNS)
    chance, began = Chance("heard/communities"), days_ago(800)
    made: dict[str, Community] = {}
    for line in lines:
        values = {name: line[name] for name in ("name", "kind", "description", "good_to_know", "source")}
        made[line["name"]] = Community(
            id=chance.id_at(began),
            parent=made[line["parent"]] if line["parent"] else None,
            rhythm_days=int(line["rhythm_days"]),
            **values,
        )
    communities = write_new(list(made.values()), verb=Verb.COMMUNITY_ADDED)
    backdate(communities, [began] * len(communities))
    attach([link for community in communities for link in _nesting(community)])
    by_code = {language.code: language for language in Language.objects.all()}
    spoken = Community.languages.through
    spoken.objects.bulk_create(
        spoken(community_id=made[line["name"]].pk, language_id=by_code[code].pk)
        for line in lines
        for code in line["languages"].split()
    )
    say(f"Communities and programmes: {len(communities)}.")


def _nesting(community: Community) -> list[CommunityLink]:
    links: list[CommunityLink] = []
    ancestor: Community | None = community
    while ancestor is not None:
        links.append(CommunityLink(ancestor=ancestor, descendant=community, depth=len(links)))
        ancestor = ancestor.parent
    return links
