"""Communities from a file: those that are not there yet, nested."""

from __future__ import annotations

from collections.abc import Sequence

from crm.audit.actions import action, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_input_if
from crm.base.tables import Line
from crm.communities import permissions, rules
from crm.communities.actions.nesting import hang_all_new, hold_the_whole_nesting
from crm.communities.models import Community
from crm.languages.models import Language


@action(permissions.load_communities)
def load_communities(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the communities of a file that are not there yet, each under its parent; what the council keeps already
    stays as it is, and one that it renamed or merged is not added again. Returns how many were added: none the second
    time. Raises `InputBlocked` with every mistake and its line."""
    hold_the_whole_nesting()
    known = rules.known_by_name()
    refuse_input_if(rules.blockers_to_loading(lines, known))
    new: list[tuple[Line, Community]] = []
    for line in lines:
        if line["name"].casefold() not in known:
            new.append((line, _community(line, known.get(line["parent"].casefold()))))
            known[line["name"].casefold()] = new[-1][1]
    hang_all_new(write_new([community for _, community in new], verb=Verb.COMMUNITY_ADDED))
    by_code = {language.code: language for language in Language.objects.all()}
    spoken = Community.languages.through._default_manager
    pairs = [(community, by_code[code]) for line, community in new for code in dict.fromkeys(line["languages"].split())]
    spoken.bulk_create(spoken.model(community=community, language=language) for community, language in pairs)
    return len(new)


def _community(line: Line, parent: Community | None) -> Community:
    plain = ("name", "kind", "description", "good_to_know", "source")
    values = {name: line[name] for name in plain}
    return Community(parent=parent, rhythm_days=int(line["rhythm_days"] or rules.USUAL_RHYTHM), **values)
