"""What hearing shows on pages of other rooms: home, communities, and the page on which a contact is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from crm.areas.reports import localities_named, own_localities, reach_of
from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.timeline import Card, Glance, asks
from crm.communities.models import Community
from crm.organisations.models import Organisation, OrganisationCommunity
from engagement.hearing.permissions import read_hearing
from engagement.hearing.reports import told
from engagement.hearing.reports.asked import (
    Asked,
    asked_of,
    asked_too_often,
    asks_and_answers,
    waiting_for,
    window,
)
from engagement.hearing.reports.quiet import Hearing, hearings, links_of, localities_on, quiet, with_newest

SHOWN = 5


def _of_quiet_ones(reader: Actor) -> list[tuple[Any, ...]]:
    if not holds(reader, FIELD_ROLES):
        return []
    places = reach_of(reader, FIELD_ROLES)
    return [(localities_named, places), (with_newest, places, None), (links_of, None)]


@asks(_of_quiet_ones)
def quiet_card(reader: Actor) -> Card | None:
    """On the home page: the communities gone quiet in the reader's own localities; in the whole council for those who
    work everywhere, and where there are no localities."""
    if not holds(reader, FIELD_ROLES):
        return None
    own = own_localities(reader, FIELD_ROLES)
    rows = quiet(hearings(localities=own))
    by_place = [
        (place, [row for row in rows if row.locality == place])
        for place in (own or [None])  # type: ignore[list-item]
    ]
    places = [{"place": place, "rows": found[:SHOWN], "number": len(found)} for place, found in by_place]
    return Card("workspace/hearing/card_quiet.html", {"places": places, **_links(reader)}, order=18)


@asks(lambda reader: [(waiting_for, reader)] if holds(reader, FIELD_ROLES) else [])
def asked_card(reader: Actor) -> Card | None:
    """On the home page: the communities that wait for an answer of this colleague and are asked again and again."""
    if not holds(reader, FIELD_ROLES):
        return None
    rows = asked_too_often(waiting_for(reader))
    shows = {"rows": rows[:SHOWN], **_links(reader)}
    return Card("workspace/hearing/card_asked.html", shows, order=19) if rows else None


def _asks_of_community(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    if not isinstance(subject, Community) or not holds(reader, FIELD_ROLES):
        return []
    told_us = (told.topics_and_barriers, reader, subject.pk)
    heard = [(localities_on, timezone.localdate()), (asks_and_answers, window(), (subject.pk,))]
    return [told_us] if subject.merged_into_id else [told_us, *heard]


@asks(_asks_of_community)
def heard_about(reader: Actor, subject: Any) -> Card | None:
    """On a community's page: when it was last heard directly, here and in each locality, and whether it is asked too
    often."""
    if not isinstance(subject, Community) or subject.merged_into_id or not holds(reader, FIELD_ROLES):
        return None
    whole, *here = hearings([subject])
    asked = asked_of([subject])[0]
    shows = {"whole": whole, "here": here, "asked": asked, "community": subject, **_links(reader)}
    return Card("workspace/hearing/card_heard.html", shows, order=5, glance=[_glance(whole, asked)])


def _glance(whole: Hearing, asked: Asked) -> Glance:
    if asked.too_often:
        return Glance("Asked too often", asked.words, late=True, order=15)
    words = f"Heard directly {whole.ago}." if whole.last_on else "Never heard directly."
    return Glance("Last heard", f"{words}{' Quiet.' if whole.is_quiet else ''}", late=whole.is_quiet, order=15)


def told_about(reader: Actor, subject: Any) -> Card | None:
    """On a community's page: what they told us already, so that we do not ask again, and what kept them away."""
    if not isinstance(subject, Community) or not holds(reader, FIELD_ROLES):
        return None
    spoken = told.spoken_of(subject, reader=reader)
    shows = {"topics": spoken[told.TOPIC], "barriers": spoken[told.BARRIER], "community": subject}
    return Card("workspace/hearing/card_told.html", shows, order=12, on_paper=True)


def notes_before_asking(reader: Actor, subjects: Sequence[Any]) -> Mapping[Any, str]:
    """On the page where a contact is logged: for each group or community to choose, by id, what to tell them first
    because they were asked too often. At most 4 queries."""
    groups = [subject for subject in subjects if isinstance(subject, Organisation)]
    communities: dict[Any, list[Community]] = {
        subject.pk: [subject] for subject in subjects if isinstance(subject, Community)
    }
    stands_for = (OrganisationCommunity.Relation.LED_BY, OrganisationCommunity.Relation.SPEAKS_FOR)
    links = OrganisationCommunity.objects.filter(organisation__in=groups, relation__in=stands_for)
    for link in links.select_related("community") if groups else ():
        communities.setdefault(link.organisation_id, []).append(link.community)
    every = {community.pk: community for many in communities.values() for community in many}
    words = {row.community.pk: f"{row.community}: {row.words}" for row in asked_too_often(list(every.values()))}
    said = {pk: " ".join(words[one.pk] for one in many if one.pk in words) for pk, many in communities.items()}
    return {pk: line for pk, line in said.items() if line}


def _links(reader: Actor) -> dict[str, Any]:
    """Whether the reader may open the pages that say more."""
    return {"may_read_all": read_hearing.row.open_to(reader)}
