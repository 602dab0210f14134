"""What the story draws from: the groups, people, officers and lists that the earlier parts loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area, AreaGrouping
from crm.base.actors import Role
from crm.base.tables import read_table
from crm.communities.models import Community, CommunityLink
from crm.languages.models import Language
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.people.models import Person, PersonLanguage, PersonRole
from engagement.demonstration.lists import DATA
from engagement.log.models import AccessSupport, Barrier, Topic

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Everything that contacts refer to, loaded once."""

    today: date
    groups: list[Organisation]
    relations: dict[UUID, list[tuple[str, Community]]]
    members: dict[UUID, list[Person]]
    people: list[Person]
    wards: list[Area]
    locality_of: dict[UUID, UUID]
    officers: dict[UUID, list[User]]
    champions: dict[UUID, User]
    city_officers: list[User]
    manager: User
    teams: dict[UUID, UUID | None]
    communities: dict[str, Community]
    enclosing: dict[UUID, list[str]]
    languages: dict[str, Language]
    speaks: dict[UUID, set[UUID]]
    topics: dict[str, Topic]
    support: list[AccessSupport]
    barriers: list[Barrier]
    words: dict[str, list[tuple[str, str]]]

    def quiet(self, group: Organisation) -> bool:
        """Whether nothing has been heard lately of a community that this group stands for."""
        names = {words for words, _ in self.words["quiet"]}
        return any(community.name in names for _, community in self.relations[group.pk])

    def fitting(self, what: str, marks: set[str]) -> set[str]:
        """The words of this kind that are meant for somebody with one of these marks."""
        return {words for words, who in self.words[what] if marks & set(who.split("; "))}

    def words_for(self, what: str, *about: str) -> list[str]:
        """The words of this kind that fit anything, and those that fit one of these."""
        return [words for words, fits in self.words[what] if not fits or set(fits.split("; ")) & set(about)]


def find_place() -> Place:
    """Load it: a fixed number of queries."""
    grants = list(RoleGrant.objects.select_related("user", "team").order_by("id"))
    officers = [grant for grant in grants if grant.role == Role.OFFICER]
    groupings = AreaGrouping.objects.on(timezone.localdate()).filter(inner__kind="ward", outer__kind="locality")
    groups = list(Organisation.objects.select_related("area").prefetch_related("languages").order_by("pk"))
    links = OrganisationCommunity.objects.select_related("community").order_by("relation", "community__name")
    members = PersonRole.objects.filter(last_day=None, person__restricted=False).select_related("person__area")
    enclosing = CommunityLink.objects.select_related("ancestor").order_by("id")
    topics: list[Any] = list(Topic.objects.order_by("order"))
    support: list[Any] = list(AccessSupport.objects.order_by("order"))
    barriers: list[Any] = list(Barrier.objects.order_by("order"))
    return Place(
        today=timezone.localdate(),
        groups=groups,
        relations=_grouped((link.organisation_id, (link.relation, link.community)) for link in links),
        members=_grouped((role.organisation_id, role.person) for role in members.order_by("person_id")),
        people=list(Person.objects.filter(restricted=False).select_related("area").order_by("pk")),
        wards=list(Area.objects.wards()),
        locality_of={row.inner_id: row.outer_id for row in groupings},
        officers=_grouped((grant.locality_id, grant.user) for grant in officers if grant.locality_id),
        champions={key: grant.user for grant in grants if (key := grant.locality_id) and grant.role == Role.CHAMPION},
        city_officers=[grant.user for grant in officers if grant.locality_id is None],
        manager=next(grant.user for grant in grants if grant.role == Role.MANAGER),
        teams={grant.user_id: grant.team_id for grant in officers},
        communities={community.name: community for community in Community.objects.all()},
        enclosing=_grouped((link.descendant_id, link.ancestor.name) for link in enclosing),
        languages={language.code: language for language in Language.objects.all()},
        speaks=_sets_of(PersonLanguage.objects.values_list("person_id", "language_id")),
        topics={topic.name: topic for topic in topics},
        support=support,
        barriers=barriers,
        words=_words(),
    )


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _sets_of(pairs: Iterable[tuple[K, T]]) -> dict[K, set[T]]:
    found: dict[K, set[T]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _words() -> dict[str, list[tuple[str, str]]]:
    lines = read_table(DATA / "words.csv", ("what", "words", "fits"))
    return _grouped((line["what"], (line["words"], line["fits"])) for line in lines)
