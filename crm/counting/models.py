"""What was counted month by month: made once, so that it says the same to everybody all month."""

from __future__ import annotations

from django.db import models

from crm.base.models import Record, VisibleQuerySet


class Release(Record):
    """What is told of one thing for a month, in public or to colleagues who meet nobody: numbers and ids, nothing of a
    person. It stands as it was made, whatever is written down, withdrawn or erased since; the next one is made from it,
    a month later."""

    what = models.CharField("what is told", max_length=40, editable=False)
    until = models.DateField("counted until the end of", editable=False)
    told = models.JSONField("what was counted", editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "release of figures"
        verbose_name_plural = "releases of figures"
        ordering = ["-until", "what"]
        constraints = [
            models.UniqueConstraint(fields=["what", "until"], name="one_release_of_each_thing_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.until}"
