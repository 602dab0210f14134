"""Groups and organisations."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.base.registries import Registry
from crm.communities.models import Community
from crm.languages.models import Language

Knows = Callable[[Actor], Exists]
# How a champion comes to know of a group besides by its place and by having entered it; rooms above put theirs in.
ways_to_know: Registry[Knows] = Registry("how a champion comes to know of a group")


class OrganisationQuerySet(VisibleQuerySet["Organisation"]):
    """Groups are known to the office, so that nobody asks twice; to champions where they stand."""

    def visible_to(self, user: Actor) -> OrganisationQuerySet:
        """All, for officers, leads and managers. Champions: those that meet in their locality or serve it, those they
        entered, and those of contacts they may know of (`ways_to_know`)."""
        if holds(user, OFFICE_ROLES):
            return self
        if not holds(user, {Role.CHAMPION}):
            return self.none()
        scope = scope_of(user, {Role.CHAMPION})
        if scope.everywhere:
            return self
        near = Area.objects.touching(scope.localities, timezone.localdate()).order_by().values("pk")
        serves = Organisation.areas_served.through.objects.filter(organisation_id=OuterRef("pk"), area__in=near)
        known = Q(area__in=near) | Exists(serves) | Q(entered_by=user.pk)
        for way in ways_to_know:
            known |= Q(way(user))
        return self.filter(known)

    def seen_among(self, user: Actor, ids: Collection[Any]) -> set[Any]:
        """Which of these groups the user may open, for pages that name groups beside something else. The office opens
        all: no query; for champions 1 query."""
        if not ids or holds(user, OFFICE_ROLES):
            return set(ids)
        return set(self.visible_to(user).order_by().filter(pk__in=ids).values_list("pk", flat=True))

    def open(self) -> OrganisationQuerySet:
        """Those that still exist."""
        return self.filter(closed_on=None)

    def for_list(self) -> OrganisationQuerySet:
        """By name, with area, parent and communities."""
        links = models.Prefetch("community_links", OrganisationCommunity.objects.select_related("community"))
        return self.select_related("area", "parent").prefetch_related(links).order_by("name", "id")


class Organisation(Record):
    """A group, network or organisation that people meet in or that speaks for them."""

    class Kind(models.TextChoices):
        """What it is."""

        COMMUNITY_GROUP = "community_group", "Community group"
        FAITH = "faith", "Faith group or place of worship"
        CHARITY = "charity", "Charity or voluntary organisation"
        NETWORK = "network", "Network or umbrella organisation"
        SITE = "site", "Traveller site or other place people live"
        CLUB = "club", "Club or centre"
        USER_LED = "user_led", "User-led organisation"
        PROVIDER = "provider", "Care provider"
        HEALTH = "health", "NHS or public health"
        EDUCATION = "education", "School, college or university"
        STATUTORY = "statutory", "Council or other public body"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMUNITY_GROUP)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="belongs to"
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ward", help_text="Where it meets."
    )
    place = models.CharField(max_length=200, blank=True, help_text="Where it meets, in words.")
    description = models.TextField(blank=True, help_text="What they do, in a sentence or two.")
    good_to_know = models.TextField(
        blank=True, help_text="What to get right before you go: shoes, times, doors, whom to ask. No health details."
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="organisations")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    website = models.URLField(blank=True)
    communities = models.ManyToManyField(Community, through="OrganisationCommunity", related_name="organisations")
    areas_served = models.ManyToManyField(
        Area, blank=True, related_name="served_by", help_text="Wards, localities or constituencies it serves."
    )
    confirmed_on = models.DateField("last confirmed on", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_with = models.CharField(
        max_length=150, blank=True, editable=False, help_text="Who in the group said that this is right, by role."
    )
    closed_on = models.DateField("no longer exists since", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        help_text="Empty for groups that came from a file, or before this was kept.",
    )  # fmt: skip

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "group or organisation"
        verbose_name_plural = "groups and organisations"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_name"),
            models.Index(fields=["kind", "name"], name="organisation_kind"),
            models.Index(fields=["confirmed_on", "name"], name="organisation_confirmed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="organisation_not_in_itself",
                violation_error_message="A group cannot belong to itself.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationCommunity(Guarded):
    """How a group stands to a community, so that a partner's voice never counts as people's own."""

    class Relation(models.TextChoices):
        """Led by the community, speaking for it, or working with it."""

        LED_BY = "led_by", "Led by"
        SPEAKS_FOR = "speaks_for", "Speaks for"
        WORKS_WITH = "works_with", "Works with"
        SERVES = "serves", "Serves"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="community_links")
    community = models.ForeignKey(Community, models.PROTECT, related_name="organisation_links")
    relation = models.CharField(max_length=20, choices=Relation)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "how a group stands to a community"
        ordering = ["relation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "community", "relation"], name="one_relation_per_group_and_community"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.community_id}"
