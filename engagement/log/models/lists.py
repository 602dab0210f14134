"""Lists that the council keeps: topics, kinds of support, barriers."""

from __future__ import annotations

from django.db import models

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet


class KeptListQuerySet(VisibleQuerySet[models.Model]):
    """Lists that the council keeps: topics, kinds of support, barriers."""

    def visible_to(self, user: Actor) -> KeptListQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def in_use(self) -> KeptListQuerySet:
        """Those still offered."""
        return self.filter(retired=False)

    def for_list(self) -> KeptListQuerySet:
        """In the council's order."""
        return self.order_by("order", "name", "id")


class KeptList(Record):
    """An entry of a list that the council keeps."""

    name = models.CharField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(default=100)
    retired = models.BooleanField("no longer offered", default=False)
    first_name = models.CharField(
        max_length=80, blank=True, editable=False,
        help_text="What it was called before it was first renamed: a list that is loaded again knows it by that.",
    )  # fmt: skip

    objects = KeptListQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Topic(KeptList):
    """What people talk about, in the council's list."""

    class Meta(KeptList.Meta):
        verbose_name = "topic"


class AccessSupport(KeptList):
    """Access or language support that can be used at a meeting, like a BSL interpreter."""

    class Meta(KeptList.Meta):
        verbose_name = "access or language support"
        verbose_name_plural = "access and language support"


class Barrier(KeptList):
    """Something that kept people from taking part, like the cost of travel."""

    class Meta(KeptList.Meta):
        verbose_name = "barrier"
