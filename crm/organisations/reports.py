"""What can be told about groups: how much support each was given, and who is in a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce

from crm.areas.models import AreaKind
from crm.base.actors import Actor
from crm.base.kept import kept, kept_for_all
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity, Service, SupportGiven


def with_support(groups: QuerySet[Organisation], *, reader: Actor) -> QuerySet[Any]:
    """The groups, each with how often it was given support (`support_times`) and for how many hours, where hours were
    written down (`support_hours`); no query more."""
    rows = SupportGiven.objects.visible_to(reader).filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return groups.annotate(
        support_times=Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0),
        support_hours=Subquery(rows.annotate(n=Sum("hours")).values("n")),
    )


@kept_for_all
def communities_of(groups: tuple[UUID, ...]) -> QuerySet[OrganisationCommunity]:
    """How these groups stand to communities, each with the community."""
    return OrganisationCommunity.objects.filter(organisation__in=groups).select_related("community")


@dataclass(frozen=True)
class Near:
    """Something that stands around a group. `part` says how: what a group does in a network, the kind of an area,
    whether a service runs; with the days from and until where there are some."""

    pk: Any
    name: str
    part: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def how(self) -> str:
        """The kind of an area, or whether a service runs, in words."""
        return HOW.get(self.part, "")

    @property
    def leads(self) -> bool:
        """Whether it leads, or is led by, the other."""
        return self.part == NetworkMember.Part.LEADS


@dataclass(frozen=True)
class Around:
    """What stands around a group: groups that belong to it, the one it belongs to, the networks it is in, its members
    where it is a network, the areas it serves and the services it offers."""

    children: list[Near]
    parents: list[Near]
    networks: list[Near]
    members: list[Near]
    areas: list[Near]
    services: list[Near]


CHILD, PARENT, NETWORK, MEMBER, AREA, SERVICE = "child", "parent", "network", "member", "area", "service"
HOW: dict[str, str] = {value: str(label) for value, label in [*AreaKind.choices, *Service.Status.choices]}
PLACES = {
    "children": CHILD,
    "parents": PARENT,
    "networks": NETWORK,
    "members": MEMBER,
    "areas": AREA,
    "services": SERVICE,
}
NO_DAY = Cast(Value(None), DateField())


@kept
def group_with_everything(reader: Actor, pk: UUID) -> QuerySet[Organisation]:
    """A group with all that its page shows."""
    rows = Organisation.objects.visible_to(reader).filter(pk=pk).select_related("area", "parent", "confirmed_by")
    with_parts: Any = with_support(rows, reader=reader)
    found: QuerySet[Organisation] = with_parts.with_parts("community_links__community", "languages")[:1]
    return found


@kept
def around_group(reader: Actor, group: UUID, parent: UUID | None) -> Any:
    """What stands around a group, of what the reader may see: how, which, and from when until when."""
    known = Organisation.objects.visible_to(reader).order_by().values("pk")
    days = ("part", "first_day", "last_day")
    rows = NetworkMember.objects.order_by()
    children = Organisation.objects.filter(parent=group, pk__in=known).order_by()
    parents = Organisation.objects.filter(pk=parent, pk__in=known).order_by() if parent else children.none()
    in_networks = rows.filter(member=group, network__in=known)
    members = rows.filter(network=group, member__in=known)
    served = Organisation.areas_served.through.objects.filter(organisation=group).order_by()
    services = Service.objects.visible_to(reader).filter(organisation=group).order_by()
    return children.values_list(Value(CHILD), "pk", "name", Value(""), NO_DAY, NO_DAY).union(
        parents.values_list(Value(PARENT), "pk", "name", Value(""), NO_DAY, NO_DAY),
        in_networks.values_list(Value(NETWORK), "network", "network__name", *days),
        members.values_list(Value(MEMBER), "member", "member__name", *days),
        served.values_list(Value(AREA), "area", "area__name", "area__kind", "area__first_day", "area__last_day"),
        services.values_list(Value(SERVICE), "pk", "name", "status", NO_DAY, NO_DAY),
        all=True,
    )


def asked_around(reader: Actor, group: Organisation) -> tuple[Any, ...]:
    """What `around` asks, to be asked ahead."""
    return around_group, reader, group.pk, group.parent_id


def around(group: Organisation, *, reader: Actor) -> Around:
    """What stands around a group, of what the reader may see, leaders first: 1 query."""
    found: dict[str, list[Near]] = {CHILD: [], PARENT: [], NETWORK: [], MEMBER: [], AREA: [], SERVICE: []}
    for how, *line in around_group(reader, group.pk, group.parent_id):
        found[how].append(Near(*line))
    for many in found.values():
        many.sort(key=lambda near: (not near.leads, near.name, near.first_day or date.min))
    return Around(**{name: found[kind] for name, kind in PLACES.items()})
