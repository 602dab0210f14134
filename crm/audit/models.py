"""The audit trail."""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.db import models

from crm.base.actors import Actor, Role, holds
from crm.base.ids import new_id
from crm.base.models import Guarded, VisibleQuerySet

OUR_APPS = ("crm", "engagement")


def kind_of(thing: models.Model | type[models.Model]) -> str:
    """How the audit names a kind of record: by the model's name, with its app where two apps have one of that name."""
    return _kind_of(thing._meta.model)


@cache
def _kind_of(model: type[models.Model]) -> str:
    name = model._meta.model_name or ""
    alike = [other for other in apps.get_models() if other._meta.model_name == name and _is_ours(other)]
    return model._meta.label_lower if len(alike) > 1 and _is_ours(model) else name


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in OUR_APPS


class AuditQuerySet(VisibleQuerySet["AuditEvent"]):
    """Audit rows: auditors read them; nobody changes or deletes them."""

    def visible_to(self, user: Actor) -> AuditQuerySet:
        """Auditors see every row; nobody else sees any."""
        return self if holds(user, {Role.AUDITOR}) else self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("Audit rows are never changed.")

    def delete(self) -> NoReturn:
        """Never."""
        raise TypeError("Audit rows are never deleted.")


class AuditEvent(Guarded):
    """One thing one person did to one record: never the words, only which fields."""

    class Door(models.TextChoices):
        """The way in."""

        PAGE = "page", "Page"
        API = "api", "API"
        COMMAND = "command", "Command"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("when", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="who",
        null=True,
        related_name="+",
        help_text="Empty for the system itself.",
    )
    verb = models.CharField("did what", max_length=60)
    subject_type = models.CharField("to which kind of record", max_length=60)
    subject_id = models.CharField("to which record", max_length=40, blank=True)
    fields = models.JSONField("which fields", default=list)
    count = models.PositiveIntegerField("how many rows left", null=True, help_text="For exports and lists read.")
    door = models.CharField("way in", max_length=10, choices=Door)
    correlation = models.UUIDField("request", help_text="The same for everything one request or command did.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "audit event"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["actor", "-at"], name="audit_actor"),
            models.Index(fields=["-at", "-id"], name="audit_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saved once, never again."""
        if not self._state.adding:
            raise TypeError("Audit rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("Audit rows are never deleted.")


class Revision(Guarded):
    """What the changed fields held before and after. Erasure blanks `values`; the audit event stays."""

    event = models.OneToOneField(AuditEvent, models.CASCADE, primary_key=True, related_name="revision")
    values = models.JSONField("before and after", help_text="Field name to [before, after].")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "revision"

    def __str__(self) -> str:
        return f"Revision of {self.event_id}"
