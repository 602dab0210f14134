"""Communities: a nested list of the council's own. They are not ethnic codes, and never a person's."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language


class CommunityQuerySet(VisibleQuerySet["Community"]):
    """Communities are known to everyone on the staff."""

    def visible_to(self, user: Actor) -> CommunityQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self) -> CommunityQuerySet:
        """Those not merged into another."""
        return self.filter(merged_into=None)

    def within(self, community: Community) -> CommunityQuerySet:
        """This community and all that lie in it."""
        return self.filter(enclosing__ancestor=community)

    def with_merged(self, community: UUID) -> CommunityQuerySet:
        """This community and those that were merged into it."""
        return self.filter(Q(pk=community) | Q(merged_into=community))

    def for_list(self) -> CommunityQuerySet:
        """By name, with parent and languages."""
        return self.select_related("parent").with_parts("languages").order_by("name", "id")

    def for_page(self) -> CommunityQuerySet:
        """With what its own page shows: what lies in it, and what was merged into it."""
        return self.for_list().select_related("merged_into").with_parts("children", "former_names")


class Community(Record):
    """A community or programme that the council wants to hear from, under the name people there use."""

    class Kind(models.TextChoices):
        """A community of people, or a programme through which the council meets them."""

        COMMUNITY = "community", "Community"
        PROGRAMME = "programme", "Programme"

    name = models.CharField(max_length=120, unique=True, help_text="The name people in it use.")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMUNITY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="lies in"
    )
    description = models.TextField(blank=True, help_text="Who this is, in a sentence or two.")
    good_to_know = models.TextField(
        blank=True,
        help_text="What to get right: times to avoid, customs, whom to ask first. No names or health details.",
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="communities")
    rhythm_days = models.PositiveSmallIntegerField(
        "hear from them every … days", default=90, help_text="After this many days without a word they count as quiet."
    )
    asks_in_90_days = models.PositiveSmallIntegerField(
        "ask them at most … times in 90 days", default=6,
        help_text="After more than this, while answers are owed, they count as asked too often.",
    )  # fmt: skip
    source = models.CharField(max_length=300, blank=True, help_text="Which document names them.")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged",
        help_text="The one that stays. It is never merged itself: whoever it goes into then takes this one along.",
    )  # fmt: skip
    merged_on = models.DateField(null=True, blank=True, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = "community"
        verbose_name_plural = "communities"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="community_not_in_itself",
                violation_error_message="A community cannot lie in itself.",
            ),
            models.CheckConstraint(
                condition=Q(rhythm_days__gte=1),
                name="community_rhythm_at_least_a_day",
                violation_error_message="Write a number of days, 1 or more.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommunityLink(Guarded):
    """Closure of the nesting: every community with each that encloses it, itself included (depth 0).

    It is the nesting of today: whatever was recorded before counts where its community lies now. A community that was
    merged lies in the one that stays. Reports "as it was" ask `since` and `FormerNesting` too.
    """

    ancestor = models.ForeignKey(Community, models.CASCADE, related_name="enclosed")
    descendant = models.ForeignKey(Community, models.CASCADE, related_name="enclosing")
    depth = models.PositiveSmallIntegerField()
    since = models.DateField(null=True, blank=True, help_text="Empty: as long as we know of both.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "community nesting"
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="one_nesting_per_pair")]

    def __str__(self) -> str:
        return f"{self.descendant_id} in {self.ancestor_id}"


class FormerNesting(Guarded):
    """A community lay in another until a day, when it was moved or merged: kept for reports "as it was"."""

    ancestor = models.ForeignKey(Community, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Community, models.CASCADE, related_name="lay_in")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(help_text="On this day it did not lie in it any more.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "former nesting of a community"

    def __str__(self) -> str:
        return f"{self.descendant_id} in {self.ancestor_id} until {self.until}"


class FormerName(Guarded):
    """A name a community had before, so that old records stay findable."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "former name of a community"

    def __str__(self) -> str:
        return self.name
