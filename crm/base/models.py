"""What every record of ours has: an id, times, a version, a lock against silent writing, and a way to be seen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self, TypeVar

from django.db import models

from crm.base.actors import Actor
from crm.base.ids import new_id
from crm.base.together import TogetherQuerySet
from crm.base.writing import insist_on_action

M = TypeVar("M", bound=models.Model, covariant=True)


class GuardedQuerySet(TogetherQuerySet[M]):
    """A queryset that cannot write outside an action."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        """As Django's, inside an action only."""
        insist_on_action(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        """As Django's, inside an action only."""
        insist_on_action(self.model.__name__)
        return super().bulk_update(objs, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's, inside an action only."""
        insist_on_action(self.model.__name__)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, inside an action only."""
        insist_on_action(self.model.__name__)
        return super().delete()


class VisibleQuerySet(GuardedQuerySet[M]):
    """A queryset that knows who may see its rows. A room that says nothing shows nothing."""

    def visible_to(self, user: Actor) -> Self:
        """The rows this user may see. Fails closed: none, until the room says otherwise."""
        return self.none()

    def for_list(self) -> Self:
        """The rows with what a list shows of them, loaded at once, in the list's own order."""
        return self


class Guarded(models.Model):
    """A row that only an action may write."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, inside an action only."""
        insist_on_action(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's, inside an action only."""
        insist_on_action(type(self).__name__)
        return super().delete(*args, **kwargs)


class Record(Guarded):
    """A record of Heard: found by an opaque id, changed by actions, its version counted so that no change is lost."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField("first saved", auto_now_add=True)
    modified_at = models.DateTimeField("last changed", auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs describe a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Remember what was stored, so that an action can say which fields it changed."""
        record = super().from_db(db, field_names, values)
        record.__dict__["_stored"] = dict(zip(field_names, values, strict=False))
        return record

    def changed_fields(self) -> dict[str, tuple[Any, Any]]:
        """Field name → (stored value, value now), for the fields whose value differs."""
        stored: dict[str, Any] = self.__dict__.get("_stored", {})
        return {
            name: (old, self.__dict__[name])
            for name, old in stored.items()
            if name in self.__dict__ and self.__dict__[name] != old and name not in ("modified_at", "version")
        }

    @property
    def etag(self) -> str:
        """The version as HTTP says it (RFC 9110, strong validator)."""
        return f'"{self.version}"'
