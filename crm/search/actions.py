"""Making the search index afresh."""

from __future__ import annotations

from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.search import permissions
from crm.search.models import SearchDocument
from crm.search.registry import search_kinds
from crm.search.upkeep import rebuild


@action(permissions.rebuild_search)
def rebuild_search(*, actor: Actor) -> dict[str, int]:
    """Make every search document afresh, after loading past the actions or a change of the folding. Returns kind → how
    many. Readers find the old documents until it is done."""
    made = {kind.name: rebuild(kind) for kind in search_kinds}
    record(Verb.SEARCH_REBUILT, kind=SearchDocument._meta.model_name or "", count=sum(made.values()))
    return made
