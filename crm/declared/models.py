"""Declared community links: said by the person, for a purpose, or absent. Never inferred from whom somebody met."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.communities.models import Community
from crm.people.models import Person, one_of_people
from crm.privacy.models import Purpose


class DeclaredCommunityQuerySet(VisibleQuerySet["DeclaredCommunity"]):
    """Read by officers, leads and managers of the person, never by champions; each reading is audited."""

    def visible_to(self, user: Actor) -> DeclaredCommunityQuerySet:
        """Those of people the user may see, for office roles. What was taken back is read by nobody any more: that it
        was said once stays for the person's own file alone."""
        return self.changes_visible_to(user).standing()

    def changes_visible_to(self, user: Actor) -> DeclaredCommunityQuerySet:
        """The same with those taken back, for copies elsewhere that must drop them; nothing but their ids goes out."""
        if not holds(user, OFFICE_ROLES):
            return self.none()
        return self.filter(one_of_people(Person.objects.visible_to(user)))

    def standing(self) -> DeclaredCommunityQuerySet:
        """Those not taken back."""
        return self.filter(withdrawn_on=None)


class DeclaredCommunity(Record):
    """That a person said they belong to a community, for one purpose, until they take it back."""

    class How(models.TextChoices):
        """How they said so. There is no "we think so"."""

        SPOKEN = "spoken", "They told us"
        SIGNED = "signed", "They signed it in BSL"
        WRITTEN = "written", "They wrote it"
        FORM = "form", "On a form"

    person = models.ForeignKey(Person, models.CASCADE, related_name="declared_communities")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", help_text="What they told us for.")
    declared_on = models.DateField("said so on")
    how = models.CharField("how they said so", max_length=10, choices=How)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    withdrawn_on = models.DateField("taken back on", null=True, blank=True, editable=False)

    objects = DeclaredCommunityQuerySet.as_manager()

    class Meta:
        verbose_name = "declared community"
        verbose_name_plural = "declared communities"
        ordering = ["-declared_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_standing_declaration",
                violation_error_message="They said so for this purpose already.",
            )
        ]

    def __str__(self) -> str:
        return f"Declared {self.declared_on}"

    @property
    def withdrawn_at(self) -> datetime | None:
        """The moment it was taken back; None while it stands."""
        return self.modified_at if self.withdrawn_on else None
