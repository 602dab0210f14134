"""What the record owns and pages show: forums, panels that look for people, groups, champions' own words.

Each is asked of a queryset of its room that holds only what anyone may read. Nothing is copied: a page is made anew
when the record changes (`cms.editions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from crm.areas.models import Area
from crm.communities.models import Community
from crm.directory.filters import for_community, in_locality, with_fact
from crm.directory.models import ChampionWords, DirectoryEntry, EntryFact
from crm.languages.models import Language
from crm.panels.models import RecruitmentCall
from engagement.forums.models import Forum

MOST = 50
# What the record says of getting in and taking part, to be translated with the site's other words.
FACTS = (
    _("No steps"), _("Accessible toilet"), _("Hearing loop"), _("Somebody signs (BSL)"), _("Papers in Easy Read"),
    _("A quiet room"), _("A place to pray"), _("Blue Badge parking"), _("A bus stop nearby"),
    _("You can bring a helper"), _("Costs nothing"), _("You can join from home"),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which groups: of a locality, who use a language, who stand to a community, and who have something for access.
    Empty means all."""

    locality: str = ""
    language: str = ""
    community: str = ""
    access: str = ""


def coming_forums(**only: Any) -> list[Forum]:
    """The next forums that are open to the public, the soonest first; those of a place, say, with `only`."""
    rows = Forum.objects.public().upcoming().filter(**only)
    return list(rows.select_related("venue", "locality")[:MOST])


def forums_for(locality: str, community: str, most: int) -> list[Forum]:
    """The next forums of a locality, and for a community."""
    rows = Forum.objects.public().upcoming().select_related("venue", "locality")
    if place := _id(locality):
        rows = rows.filter(locality=place)
    if whom := _id(community):
        rows = rows.filter(communities=whom)
    return list(rows[:most])


def open_calls(most: int = MOST) -> list[RecruitmentCall]:
    """The calls that take applications today, those that close first before the others."""
    rows = RecruitmentCall.objects.open_on(timezone.localdate()).select_related("panel")
    return list(rows.order_by("closes_on", "id")[:most])


def groups_listed(wanted: Wanted) -> QuerySet[DirectoryEntry]:
    """The groups of the directory that are wanted, by name."""
    rows = DirectoryEntry.objects.public().for_list()
    if (key := _id(wanted.locality)) and (place := Area.objects.localities().filter(pk=key).first()):
        rows = in_locality(rows, place)
    if key := _id(wanted.language):
        rows = rows.filter(organisation__languages=key)
    if (key := _id(wanted.community)) and (community := Community.objects.filter(pk=key).first()):
        rows = for_community(rows, community)
    return with_fact(rows, wanted.access) if wanted.access in EntryFact.About.values else rows


def champions_speaking(locality: str = "", most: int = MOST) -> list[ChampionWords]:
    """Champions' own words, of a locality or of all."""
    rows = ChampionWords.objects.public().for_list()
    place = _id(locality)
    return list((rows.filter(appointment__locality=place) if place else rows)[:most])


def places() -> list[tuple[str, str]]:
    """The localities of today to choose from: id, name."""
    rows = Area.objects.localities().on(timezone.localdate()).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def spoken() -> list[tuple[str, str]]:
    """The languages to choose from: id, own name where there is one."""
    rows = Language.objects.filter(organisations__directory_entry__in=DirectoryEntry.objects.public()).distinct()
    return [(str(pk), own or name) for pk, own, name in rows.order_by("name").values_list("pk", "own_name", "name")]


def communities() -> list[tuple[str, str]]:
    """The communities to choose from: id, name."""
    rows = Community.objects.current().order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _id(value: str) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
