"""What search looks through: one row per record, holding a folded key made from its names or words."""

from __future__ import annotations

from django.db import models

from crm.base.models import Guarded, VisibleQuerySet


class SearchDocument(Guarded):
    """The search key of one record. It holds folded personal words, so erasure deletes it with the record.

    Names and prose lie in indexes of their own: beside a million sentences, a short name would drown.
    """

    kind = models.CharField(max_length=20, help_text="Which registered kind: person, organisation, community, point.")
    object_id = models.UUIDField()
    prose = models.BooleanField(default=False, help_text="Whether the words are sentences and not a name.")
    key = models.TextField(help_text="Folded words and their sound keys, a space before each and after the last.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "search document"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
